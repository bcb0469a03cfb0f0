package planner

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// whereabouts leads from each placed workload to its host in the plan.
func (w *writer) whereabouts() map[string]*plan.Host {
	hosts := map[string]*plan.Host{}
	for i := range w.plan.Hosts {
		hosts[w.plan.Hosts[i].ID] = &w.plan.Hosts[i]
	}
	at := map[string]*plan.Host{}
	for _, m := range w.plan.Placements {
		at[m.Workload] = hosts[m.To]
	}
	return at
}

// breaks tells whether the plan does not do what a soft rule asks.
func (w *writer) breaks(r *inventory.Rule, at map[string]*plan.Host) bool {
	seen, stays := map[string]bool{}, w.staying()
	for i := range w.s.estate.Workloads {
		load := &w.s.estate.Workloads[i]
		h := at[load.ID]
		if h == nil || !inventory.MatchesAny(namesOf(r), load.ID, load.Name) {
			continue
		}
		onNamed := inventory.MatchesAny(r.Hosts, h.ID, h.Name, w.modelOf(h))
		switch {
		case len(r.Stay) > 0 && load.Host != "" && load.Host != h.ID,
			len(r.Only) > 0 && !onNamed && !stays[load.ID], len(r.Never) > 0 && onNamed && !stays[load.ID]:
			return true
		}
		where := domainIn(h, r.By)
		if len(r.Apart) > 0 && seen[where] {
			return true
		}
		seen[where] = true
	}
	return len(r.Together) > 0 && len(seen) > 1
}

// staying marks the workloads that no plan may move: what a rule asks of their
// host is broken already, not by the plan.
func (w *writer) staying() map[string]bool {
	stays := map[string]bool{}
	for i := range w.s.items {
		for _, load := range w.s.items[i].workloads {
			stays[load.ID] = w.s.items[i].stays
		}
	}
	return stays
}

// domainIn is the host, chassis or site of a host of the plan.
func domainIn(h *plan.Host, by inventory.Domain) string {
	name := ""
	switch by {
	case inventory.ByChassis:
		name = h.Chassis
	case inventory.BySite:
		name = h.Site
	}
	if name == "" {
		return "host " + h.ID
	}
	return string(by) + " " + name
}

// modelOf is the model that a rule may name a host by.
func (w *writer) modelOf(h *plan.Host) string {
	if i, exists := w.s.hostPlace[h.ID]; exists && h.State != plan.Buy {
		return w.s.places[i].host.Model
	}
	return h.Model
}
