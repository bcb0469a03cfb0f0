package planner

import (
	"fmt"
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
)

// spot is where the plan puts a workload.
type spot struct {
	load  *inventory.Workload
	stays bool // no plan may move it: what a rule asks of it is not the plan's to break
	host  *plan.Host
	place int
}

// spots lists the placed workloads, in the order of the estate.
func (w *writer) spots() []spot {
	at := map[string]spot{}
	hosts := map[string]*plan.Host{}
	for i := range w.plan.Hosts {
		hosts[w.plan.Hosts[i].ID] = &w.plan.Hosts[i]
	}
	for _, p := range w.parts {
		for n := range p.hosts {
			h := &p.hosts[n]
			for _, i := range h.items {
				for _, load := range w.s.items[i].workloads {
					at[load.ID] = spot{load, w.s.items[i].stays, hosts[w.ids[h]], h.place}
				}
			}
		}
	}
	var list []spot
	for i := range w.s.estate.Workloads {
		if s, placed := at[w.s.estate.Workloads[i].ID]; placed {
			list = append(list, s)
		}
	}
	return list
}

// breaks tells whether the plan does not do what a rule asks.
func (w *writer) breaks(r *inventory.Rule, all []spot) bool {
	members := slices.DeleteFunc(slices.Clone(all), func(s spot) bool {
		return !inventory.MatchesAny(r.Workloads(), s.load.ID, s.load.Name)
	})
	switch r.Kind() {
	case inventory.RuleApart, inventory.RuleAtMost:
		return w.crowded(r, members)
	case inventory.RuleTogether:
		return torn(members)
	case inventory.RuleFence:
		return overFence(r, members)
	case inventory.RuleStay:
		return slices.ContainsFunc(members, func(s spot) bool {
			_, known := w.s.hostPlace[s.load.Host]
			return known && s.load.Host != s.host.ID
		})
	}
	return slices.ContainsFunc(members, func(s spot) bool { return !s.stays && !w.s.permits(r, s.load, s.place) })
}

// crowded tells whether a place holds more of the members than the rule allows
// and something that may move is among them.
func (w *writer) crowded(r *inventory.Rule, members []spot) bool {
	count, movers := map[string]int{}, map[string]bool{}
	for _, s := range members {
		d := w.domainIn(s, r.By)
		count[d]++
		movers[d] = movers[d] || !s.stays
	}
	for d, n := range count {
		if n > r.Most() && movers[d] {
			return true
		}
	}
	return false
}

// domainIn is the host, chassis, rack or site of a host of the plan.
func (w *writer) domainIn(s spot, by inventory.Domain) string {
	name := ""
	switch by {
	case inventory.ByChassis:
		name = s.host.Chassis
	case inventory.BySite:
		name = s.host.Site
	case inventory.ByRack:
		if h := w.s.places[s.place].host; h != nil {
			name = h.Labels["rack"]
		}
	}
	if name == "" {
		return "host " + s.host.ID
	}
	return fmt.Sprint(by, " ", name)
}

// torn tells whether what may move is not all on one host, one of those that
// the others stay on.
func torn(members []spot) bool {
	fixed, movers := map[string]bool{}, map[string]bool{}
	for _, s := range members {
		if s.stays {
			fixed[s.host.ID] = true
		} else {
			movers[s.host.ID] = true
		}
	}
	for id := range movers {
		if len(movers) > 1 || len(fixed) > 0 && !fixed[id] {
			return true
		}
	}
	return false
}

// overFence tells whether more hosts run the members than the rule allows, not
// counting those that what stays needs beyond it.
func overFence(r *inventory.Rule, members []spot) bool {
	fixed, all := map[string]bool{}, map[string]bool{}
	for _, s := range members {
		all[s.host.ID] = true
		if s.stays {
			fixed[s.host.ID] = true
		}
	}
	return len(all) > max(r.HostsAtMost, len(fixed))
}
