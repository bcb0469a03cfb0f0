package planner

import (
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

func (w *writer) writeFailover() {
	k := w.s.policy.Survive.Hosts
	if k == 0 {
		return
	}
	f := &plan.Failover{Hosts: k, Restarts: map[string]map[string]string{}}
	for _, p := range w.parts {
		for _, n := range p.spares {
			f.Spares = append(f.Spares, w.ids[&p.hosts[n]])
		}
		for n := range p.hosts {
			f.Replayed += int(whole(w.s.places[p.hosts[n].place].takes))
		}
		for _, r := range p.replay {
			w.addRestart(f, p, r)
		}
		for _, i := range p.unsafe {
			for _, load := range w.s.items[i].workloads {
				if isOff(load) {
					continue // nothing restarts it, nothing loses it
				}
				f.Lost = append(f.Lost, plan.Unplaced{Workload: load.ID, Reason: "no-room",
					What: "no other host has room for it when its own fails"})
			}
		}
		f.Lost = append(f.Lost, p.pinnedLost()...)
	}
	f.Chassis, f.Sites = w.domainsReplayed(inventory.ByChassis), w.domainsReplayed(inventory.BySite)
	w.plan.Failover = f
}

// domainsReplayed counts the chassis or sites whose failure was replayed.
func (w *writer) domainsReplayed(by inventory.Domain) int {
	names := map[string]bool{}
	for _, p := range w.parts {
		for _, f := range p.failures(0) {
			if strings.HasPrefix(f.name, string(by)+" ") {
				names[f.name] = true
			}
		}
	}
	return len(names)
}

// addRestart notes a restart under what failed: the hosts, joined by "+", or
// the chassis or site.
func (w *writer) addRestart(f *plan.Failover, p *part, r restart) {
	key := r.name
	if key == "" {
		var failed []string
		for _, n := range r.hosts {
			failed = append(failed, w.ids[&p.hosts[n]])
		}
		slices.Sort(failed)
		key = strings.Join(failed, "+")
	}
	for _, load := range w.s.items[r.item].workloads {
		switch {
		case isOff(load):
		case r.to < 0:
			if f.Stopped == nil {
				f.Stopped = map[string][]string{}
			}
			f.Stopped[key] = append(f.Stopped[key], load.ID)
		default:
			if f.Restarts[key] == nil {
				f.Restarts[key] = map[string]string{}
			}
			f.Restarts[key][load.ID] = w.ids[&p.hosts[r.to]]
		}
	}
}

// pinnedLost lists the workloads that go down with their host because they
// stay there.
func (p *part) pinnedLost() []plan.Unplaced {
	var list []plan.Unplaced
	for _, h := range p.hosts {
		if !p.s.places[h.place].takes {
			continue
		}
		for _, i := range h.items {
			it := &p.s.items[i]
			if it.idle || !it.pinned {
				continue
			}
			for _, load := range it.workloads {
				if isOff(load) {
					continue
				}
				list = append(list, plan.Unplaced{Workload: load.ID, Reason: "pinned", What: it.refused})
			}
		}
	}
	return list
}
