package document

import (
	"cmp"
	"slices"

	"sobre/planner/plan"
)

// roomChart is the picture of page one: the room before and after.
func (c *composer) roomChart() *Chart {
	f := c.facts
	return &Chart{
		ID: "room", Title: c.t("The machine rooms today and after the plan"),
		Summary: c.t("Today: %s in service. After: %s kept, %s bought, %s of all standing by for a failure, %s switched off.",
			c.many("%s host|%s hosts", c.p.Before.Hosts), c.count(f.kept), c.count(f.bought), c.count(f.spares), c.count(f.retired)),
		Drawing: c.room(),
	}
}

// mostGroups is how many places the picture of page one tells apart.
const mostGroups = 12

// room groups hosts as finely as one look can take: by enclosure, by site, or
// not at all.
func (c *composer) room() *Room {
	existing := func(h plan.Host) bool { return h.State != plan.Buy }
	all := func(plan.Host) bool { return true }
	for _, by := range []grouping{byEnclosure, bySite} {
		if after := c.groups(all, by); len(after) <= mostGroups {
			return &Room{Before: c.groups(existing, by), After: after}
		}
	}
	return &Room{Before: c.groups(existing, together), After: c.groups(all, together)}
}

// grouping is what tells the places of hosts apart.
type grouping int

const (
	byEnclosure grouping = iota
	bySite
	together
)

// groups are the enclosures, then the sites with what stands there by itself.
func (c *composer) groups(take func(plan.Host) bool, by grouping) []Group {
	byKey := map[string]*Group{}
	var list []*Group
	group := func(key, title string, slots int) *Group {
		g, ok := byKey[key]
		if !ok {
			g = &Group{Title: title, Slots: slots}
			byKey[key] = g
			list = append(list, g)
		}
		return g
	}
	enclosures := map[string]plan.Chassis{}
	for _, x := range c.p.Chassis {
		enclosures[x.ID] = x
	}
	hosts := slices.Clone(c.p.Hosts)
	slices.SortStableFunc(hosts, func(a, b plan.Host) int {
		return cmp.Or(cmp.Compare(standing(a, enclosures), standing(b, enclosures)), cmp.Compare(a.Site, b.Site), cmp.Compare(a.Chassis, b.Chassis), cmp.Compare(a.Slot, b.Slot))
	})
	for _, h := range hosts {
		if !take(h) {
			continue
		}
		key, title, slots := "site\x00"+h.Site, h.Site, 0
		if title == "" {
			title = c.t("Site not known")
		}
		if by == together {
			key, title = "", c.t("All sites")
		}
		if h.Chassis != "" && by == byEnclosure {
			key, title, slots = "chassis\x00"+h.Chassis, h.Chassis, enclosures[h.Chassis].Slots
			if h.Site != "" {
				title += " · " + h.Site
			}
		}
		g := group(key, title, slots)
		g.Hosts = append(g.Hosts, boxOf(h))
	}
	groups := make([]Group, len(list))
	for i, g := range list {
		groups[i] = *g
	}
	return groups
}

// standing is the order of places in a picture, so that what is the same
// before and after stands side by side: enclosures, sites, servers of unknown
// site, and what is bought.
func standing(h plan.Host, enclosures map[string]plan.Chassis) int {
	switch {
	case h.State == plan.Buy && (h.Chassis == "" || enclosures[h.Chassis].State == plan.Buy):
		return 3
	case h.Chassis != "":
		return 0
	case h.Site != "":
		return 1
	}
	return 2
}

func boxOf(h plan.Host) Box {
	b := Box{Name: hostName(h), State: Kept, Slot: h.Slot, CPU: -1, Memory: -1, Loads: h.Workloads}
	switch {
	case h.State == plan.Retire:
		b.State = Retired
	case h.Spare:
		b.State = Spare
	case h.State == plan.Buy:
		b.State = Bought
	}
	if v, ok := h.Load["cpu"]; ok {
		b.CPU = v
	} else if h.State == plan.Keep && h.Workloads > 0 {
		b.CPU = h.MeanCPU
	}
	if _, ok := h.Load["memory"]; ok || h.Load["memory_used"] > 0 {
		b.Memory = memoryLoad(h)
	}
	return b
}

// racksChart draws what each host holds after the plan.
func (c *composer) racksChart() *Chart {
	inService := func(h plan.Host) bool { return h.State != plan.Retire }
	groups := c.groups(inService, byEnclosure)
	if len(groups) == 0 {
		return nil
	}
	return &Chart{
		ID: "racks", Title: c.t("What each host holds after the plan"),
		Summary: c.t("One box for each host in service, by enclosure and site, filled to its memory and with a line at its CPU; small squares are servers that only keep what stays on them. The table below has the same figures."),
		Drawing: &Racks{Groups: groups},
	}
}
