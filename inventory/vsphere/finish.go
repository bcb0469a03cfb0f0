package vsphere

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// finish makes what needed the IDs of all objects, and puts all in order.
func (c *collector) finish() *inventory.Estate {
	c.makeRules()
	c.keepTwinsApart()
	c.sayDedicated()
	for _, p := range c.pending {
		p.finding.Subject = c.ids[p.ref]
		c.find(p.finding)
	}
	c.saySnapshots()
	c.sayYears()
	c.sayGaps()
	c.sayCounts()
	e := c.estate
	slices.SortFunc(e.Clusters, func(a, b inventory.Cluster) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(e.Findings, func(a, b inventory.Finding) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.At, b.At), cmp.Compare(a.What, b.What))
	})
	return e
}

// keepTwinsApart adds a rule for each fault-tolerant VM: both halves on one
// host would protect from nothing.
func (c *collector) keepTwinsApart() {
	seen := map[string]bool{}
	for _, t := range c.twins {
		members := []string{c.ids[t.primary]}
		for _, s := range t.shadows {
			members = append(members, c.ids[s])
		}
		members = slices.DeleteFunc(members, func(id string) bool { return id == "" })
		slices.Sort(members)
		members = slices.Compact(members)
		key := strings.Join(members, "\x00")
		if len(members) < 2 || seen[key] {
			continue
		}
		seen[key] = true
		c.estate.Rules = append(c.estate.Rules, inventory.Rule{
			Name: "fault tolerance of " + c.ids[t.primary], Apart: members,
			Reason: "the two halves of a fault-tolerant VM", From: origin(t.primary),
		})
	}
	slices.SortStableFunc(c.estate.Rules, func(a, b inventory.Rule) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.From[0].At, b.From[0].At))
	})
}

// sayGaps says what the server did not give, one finding a property.
func (c *collector) sayGaps() {
	for key, n := range c.gaps.denied {
		c.find(inventory.Finding{
			Code: "permission-missing", Severity: inventory.Warning, At: key.kind + "." + key.path,
			What:   fmt.Sprintf("The account may not read %s of %d objects of type %s; what it tells is left unknown.", key.path, n, key.kind),
			Do:     "Give the account the role Read-only at the top of the inventory, with propagation.",
			Values: map[string]string{"property": key.path, "type": key.kind, "count": strconv.Itoa(n)},
		})
	}
	for key := range c.gaps.lacking {
		c.find(inventory.Finding{
			Code: "property-unsupported", Severity: inventory.Note, At: key.kind + "." + key.path,
			What:   fmt.Sprintf("This version of the server does not know %s of type %s; what it tells is left unknown.", key.path, key.kind),
			Values: map[string]string{"property": key.path, "type": key.kind},
		})
	}
}

// sayCounts says how much the account could see: an account without rights on
// a folder does not get an error there, it gets a smaller inventory.
func (c *collector) sayCounts() {
	c.estate.Sources[0].Counts = c.counts
	values := map[string]string{}
	for k, n := range c.counts {
		values[k] = strconv.Itoa(n)
	}
	c.find(inventory.Finding{
		Code: "account-sees", Severity: inventory.Note, At: c.url,
		What: fmt.Sprintf("What the account sees: hosts %d, clusters %d, VMs %d, datastores %d, datacenters %d. vSphere hides what an account has no rights on, without saying so.",
			c.counts["hosts"], c.counts["clusters"], c.counts["vms"], c.counts["datastores"], c.counts["datacenters"]),
		Do:     "Compare the numbers with what you know to be there.",
		Values: values,
	})
	if c.counts["hosts"] == 0 {
		c.find(inventory.Finding{
			Code: "nothing-seen", Severity: inventory.Error, At: c.url,
			What: "The account sees no host at all.",
			Do:   "Give the account the role Read-only at the top of the inventory, with propagation.",
		})
	}
}
