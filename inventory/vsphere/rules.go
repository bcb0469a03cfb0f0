package vsphere

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// makeRules turns the DRS rules of all clusters into rules of the estate.
func (c *collector) makeRules() {
	for _, cl := range c.clusters {
		groups := newGroups(cl.config.Group)
		for _, info := range cl.config.Rule {
			if info != nil {
				c.rule(cl, groups, info)
			}
		}
		c.overrides(cl)
	}
	slices.SortStableFunc(c.estate.Rules, func(a, b inventory.Rule) int {
		return strings.Compare(a.Name+"\x00"+a.From[0].At, b.Name+"\x00"+b.From[0].At)
	})
}

// groups are the named sets that rules between guests and hosts speak of.
type groups struct {
	guests map[string][]reference
	hosts  map[string][]reference
}

func newGroups(list []types.BaseClusterGroupInfo) groups {
	g := groups{guests: map[string][]reference{}, hosts: map[string][]reference{}}
	for _, info := range list {
		switch group := info.(type) {
		case *types.ClusterVmGroup:
			g.guests[group.Name] = group.Vm
		case *types.ClusterHostGroup:
			g.hosts[group.Name] = group.Host
		}
	}
	return g
}

// rule adds one rule. Whether a VM-host rule must or should hold is its
// mandatory flag; DRS holds rules between guests always.
func (c *collector) rule(cl clusterRecord, g groups, info types.BaseClusterRuleInfo) {
	head := info.GetClusterRuleInfo()
	r := inventory.Rule{
		Name: inventory.CleanText(head.Name), Disabled: !isTrue(head.Enabled),
		From: []inventory.Origin{{Source: sourceID, At: at(cl.ref) + " rule " + strconv.Itoa(int(head.Key))}},
	}
	var members []string
	switch spec := info.(type) {
	case *types.ClusterAffinityRuleSpec:
		r.Together = c.members(cl, r, spec.Vm)
		members = r.Together
	case *types.ClusterAntiAffinityRuleSpec:
		r.Apart = c.members(cl, r, spec.Vm)
		members = r.Apart
	case *types.ClusterVmHostRuleInfo:
		c.hostRule(cl, g, r, spec)
		return
	default:
		c.find(inventory.Finding{
			Code: "rule-ignored", Severity: inventory.Note, Subject: cl.id, At: r.From[0].At,
			What: fmt.Sprintf("Rule %q of cluster %s says nothing of where guests run, so it is left out.", r.Name, cl.name),
		})
		return
	}
	if len(members) < 2 {
		c.ruleLost(cl, r, "fewer than two of its guests are known")
		return
	}
	c.addRule(cl, r, head.InCompliance == nil || *head.InCompliance)
}

func (c *collector) hostRule(cl clusterRecord, g groups, r inventory.Rule, spec *types.ClusterVmHostRuleInfo) {
	r.Soft = !isTrue(spec.Mandatory)
	guests := c.members(cl, r, g.guests[spec.VmGroupName])
	if spec.AffineHostGroupName != "" {
		r.Hosts = c.members(cl, r, g.hosts[spec.AffineHostGroupName])
		r.Only, r.Never = guests, nil
		c.addHostRule(cl, r, spec)
	}
	if spec.AntiAffineHostGroupName != "" {
		r.Hosts = c.members(cl, r, g.hosts[spec.AntiAffineHostGroupName])
		r.Only, r.Never = nil, guests
		c.addHostRule(cl, r, spec)
	}
}

func (c *collector) addHostRule(cl clusterRecord, r inventory.Rule, spec *types.ClusterVmHostRuleInfo) {
	switch {
	case len(r.Only)+len(r.Never) == 0:
		c.ruleLost(cl, r, fmt.Sprintf("no guest of its group %q is known", inventory.CleanText(spec.VmGroupName)))
	case len(r.Hosts) == 0:
		c.ruleLost(cl, r, "no host of its group is known")
	default:
		c.addRule(cl, r, spec.InCompliance == nil || *spec.InCompliance)
	}
}

// members are the IDs of the objects a rule speaks of, in order. Those that
// the account may not see are counted in a finding.
func (c *collector) members(cl clusterRecord, r inventory.Rule, refs []reference) []string {
	var ids []string
	unknown := 0
	for _, ref := range refs {
		if id, ok := c.ids[ref]; ok {
			ids = append(ids, id)
		} else {
			unknown++
		}
	}
	if unknown > 0 {
		c.find(inventory.Finding{
			Code: "rule-member-unknown", Severity: inventory.Warning, Subject: cl.id, At: r.From[0].At,
			What:   fmt.Sprintf("Rule %q of cluster %s speaks of %d guests or hosts that the account does not see; it holds for the others only.", r.Name, cl.name, unknown),
			Do:     "Give the account the role Read-only at the top of the inventory, with propagation.",
			Values: map[string]string{"rule": r.Name, "unknown": strconv.Itoa(unknown)},
		})
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (c *collector) ruleLost(cl clusterRecord, r inventory.Rule, why string) {
	c.find(inventory.Finding{
		Code: "rule-empty", Severity: inventory.Warning, Subject: cl.id, At: r.From[0].At,
		What:   fmt.Sprintf("Rule %q of cluster %s is left out: %s.", r.Name, cl.name, why),
		Do:     "Check the rule in vSphere, and the rights of the account.",
		Values: map[string]string{"rule": r.Name, "cluster": cl.name},
	})
}

func (c *collector) addRule(cl clusterRecord, r inventory.Rule, kept bool) {
	c.estate.Rules = append(c.estate.Rules, r)
	switch {
	case r.Disabled:
		c.find(inventory.Finding{
			Code: "rule-disabled", Severity: inventory.Note, Subject: cl.id, At: r.From[0].At,
			What:   fmt.Sprintf("Rule %q of cluster %s is switched off: it is listed, but no plan keeps it.", r.Name, cl.name),
			Values: map[string]string{"rule": r.Name, "cluster": cl.name},
		})
	case !kept:
		c.find(inventory.Finding{
			Code: "rule-broken", Severity: inventory.Warning, Subject: cl.id, At: r.From[0].At,
			What:   fmt.Sprintf("Rule %q of cluster %s is in force, and vSphere says that it is broken today.", r.Name, cl.name),
			Values: map[string]string{"rule": r.Name, "cluster": cl.name},
		})
	}
}

// overrides says which guests do not follow their cluster's DRS and HA
// settings: someone had a reason to set them apart.
func (c *collector) overrides(cl clusterRecord) {
	for _, o := range cl.config.DrsVmConfig {
		how := automation(o.Behavior)
		if o.Enabled != nil && !*o.Enabled {
			how = "off"
		}
		if how == "" || how == automation(cl.config.DrsConfig.DefaultVmBehavior) {
			continue
		}
		c.remark(o.Key, inventory.Finding{
			Code: "drs-override", Severity: inventory.Note,
			What:   fmt.Sprintf("DRS is set to %q for this guest, unlike for its cluster %s.", how, cl.name),
			Do:     "Find out why before it is moved.",
			Values: map[string]string{"cluster": cl.name, "automation": how},
		})
	}
	if n := len(cl.config.DasVmConfig); n > 0 {
		c.find(inventory.Finding{
			Code: "ha-override", Severity: inventory.Note, Subject: cl.id, At: at(cl.ref),
			What:   fmt.Sprintf("%d guests of cluster %s have HA settings of their own, such as another restart priority.", n, cl.name),
			Values: map[string]string{"cluster": cl.name, "guests": strconv.Itoa(n)},
		})
	}
}
