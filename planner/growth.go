package planner

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// growthYears is how far the table of growth looks at most.
const growthYears = 10

// writeGrowth tabulates year by year what no longer fits, up to the first year
// in which no placement on the hosts of the plan can.
func (w *writer) writeGrowth() {
	if !w.s.policy.Growth.Rises() {
		return
	}
	today, after := map[int][]*inventory.Workload{}, map[int][]*inventory.Workload{} // by place, by host
	for i := range w.s.items {
		for _, load := range w.s.items[i].workloads { // bound ones may run on several hosts
			if home, known := w.s.hostPlace[load.Host]; known {
				today[home] = append(today[home], load)
			}
		}
	}
	var rooms []int // place of each host in service
	for _, p := range w.parts {
		for n := range p.hosts {
			for _, i := range p.hosts[n].items {
				after[len(rooms)] = append(after[len(rooms)], w.s.items[i].workloads...)
			}
			rooms = append(rooms, p.hosts[n].place)
		}
	}
	for year := range growthYears + 1 {
		y := plan.GrowthYear{Year: year}
		for place, loads := range today {
			y.TodayOver += int(whole(w.overIn(place, loads, year)))
		}
		for n, loads := range after {
			y.PlanOver += int(whole(w.overIn(rooms[n], loads, year)))
		}
		y.Short = w.shortIn(rooms, after, year)
		w.plan.Growth = append(w.plan.Growth, y)
		if y.Short != "" {
			return
		}
	}
}

// demandIn is what a workload needs of a resource after some years.
func (w *writer) demandIn(load *inventory.Workload, d, year int) float64 {
	need := w.s.needs[load.ID][d] * w.s.resources[d].scale
	switch w.s.resources[d].Name {
	case "cpu", "memory", "memory_used", "memory_allocated", "disk":
		need *= w.s.policy.Growth.After(load.Service, float64(year)-w.s.policy.Growth.Years)
	}
	return need
}

// overIn tells whether what is on a place that takes others is over one of its
// limits after some years.
func (w *writer) overIn(place int, loads []*inventory.Workload, year int) bool {
	pl := &w.s.places[place]
	if !pl.takes {
		return false
	}
	for d, room := range pl.room {
		if room >= noLimit {
			continue
		}
		sum := 0.0
		for _, load := range loads {
			sum += w.demandIn(load, d, year)
		}
		if sum > float64(room)*(1+1e-6)+w.s.resources[d].scale {
			return true
		}
	}
	return false
}

// shortIn is a resource of which the hosts that take others have too little
// together for what is on them, "" for none.
func (w *writer) shortIn(rooms []int, after map[int][]*inventory.Workload, year int) string {
	for d, r := range w.s.resources[:w.s.shown] {
		need, room, limited := 0.0, 0.0, true
		for n, place := range rooms {
			pl := &w.s.places[place]
			if !pl.takes {
				continue
			}
			limited = limited && pl.room[d] < noLimit
			room += float64(pl.room[d])
			for _, load := range after[n] {
				need += w.demandIn(load, d, year)
			}
		}
		if limited && d != cpuResource && need > room || d == cpuResource && w.s.shown == len(w.s.resources) && limited && need > room {
			return r.Name
		}
	}
	return ""
}
