package planner

import (
	"fmt"
	"strings"

	"sobre/inventory"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

func pad(n int) string { return fmt.Sprintf("%02d", n) }

func effortName(e pack.Effort) string {
	return [...]string{"quick", "normal", "thorough"}[e]
}

// writeHosts lists the hosts of the estate that are in service today or after
// the plan, in their order, then those bought.
func (w *writer) writeHosts() {
	used := inUse(w.parts)
	spares := w.spareHosts()
	for i := range w.s.places {
		pl := &w.s.places[i]
		if pl.host == nil {
			continue
		}
		switch h := used[i]; {
		case h != nil:
			w.plan.Hosts = append(w.plan.Hosts, w.host(h, spares[h]))
		case inService(pl.host):
			w.plan.Hosts = append(w.plan.Hosts, w.retired(i))
		}
	}
	models := map[string]bool{}
	for _, b := range w.bought {
		entry := w.host(b.used, spares[b.used])
		entry.Site, entry.Chassis, entry.Slot = b.site, b.chassis, b.slot
		w.plan.Hosts = append(w.plan.Hosts, entry)
		models[w.s.places[b.used.place].id] = true
	}
	for i := range w.s.places {
		// A model has a place for each cluster; it is listed once.
		if m := w.s.places[i].model; m != nil && models[m.Name] {
			w.plan.Models = append(w.plan.Models, *m)
			delete(models, m.Name)
		}
	}
	w.countHosts()
}

// countHosts sums the hosts of the plan, before and after.
func (w *writer) countHosts() {
	for _, h := range w.plan.Hosts {
		var host *inventory.Host
		if i, exists := w.s.hostPlace[h.ID]; exists && h.State != plan.Buy {
			host = w.s.places[i].host
			count(&w.plan.Before, host)
		} else {
			host = boughtHostOf(w.plan, h)
		}
		if h.State != plan.Retire {
			count(&w.plan.After, host)
		}
	}
	w.plan.Saving.Hosts = w.plan.Before.Hosts - w.plan.After.Hosts
}

func count(t *plan.Totals, h *inventory.Host) {
	t.Hosts++
	t.Cores += h.CPU.Cores
	t.MemoryMiB += int64(h.Memory.MiB())
}

// boughtHostOf is a bought host of the plan as if it stood in the estate.
func boughtHostOf(p *plan.Plan, h plan.Host) *inventory.Host {
	for i := range p.Models {
		if p.Models[i].Name == h.Model {
			host := asHost(&p.Models[i])
			host.ID, host.Chassis, host.Site = h.ID, h.Chassis, h.Site
			return host
		}
	}
	return &inventory.Host{ID: h.ID}
}

func (w *writer) spareHosts() map[*usedHost]bool {
	spares := map[*usedHost]bool{}
	for _, p := range w.parts {
		for _, n := range p.spares {
			spares[&p.hosts[n]] = true
		}
	}
	return spares
}

// host describes a host in service after the plan.
func (w *writer) host(used *usedHost, spare bool) plan.Host {
	s, pl := w.s, &w.s.places[used.place]
	h := pl.asHost()
	entry := plan.Host{
		ID: w.ids[used], Model: strings.TrimSpace(h.Make + " " + h.Model), State: plan.Keep, Role: h.Role, Spare: spare,
		Cluster: pl.cluster, Chassis: h.Chassis, Slot: h.Slot, Site: s.siteOfHost(h), Capacity: pl.offers[:s.shown],
	}
	if pl.model != nil {
		entry.State, entry.Model = plan.Buy, pl.model.Name
	} else {
		entry.Name = h.Name
	}
	entry.ClosedTo = s.closedTo(used.place)
	demand := make([]int64, len(s.resources))
	mean, running := 0.0, 0
	for _, i := range used.items {
		it := &s.items[i]
		entry.Workloads += len(it.workloads)
		running += int(whole(!it.idle))
		mean += s.meanOn(it, used.place)
		for d, v := range it.demand {
			demand[d] += v
		}
	}
	entry.MeanCPU = s.meanLoad(used.place, mean, running)
	for d, r := range s.resources {
		if pl.full[d] > 0 {
			if entry.Load == nil {
				entry.Load = map[string]float64{}
			}
			entry.Load[r.Name] = max(entry.Load[r.Name], rounded(float64(demand[d])/pl.full[d])) // CPU: its busiest hour
		}
	}
	return entry
}

func (w *writer) retired(i int) plan.Host {
	h := w.s.places[i].host
	return plan.Host{
		ID: h.ID, Name: h.Name, Model: strings.TrimSpace(h.Make + " " + h.Model), State: plan.Retire, Role: h.Role,
		Cluster: h.Cluster, Chassis: h.Chassis, Slot: h.Slot, Site: w.s.siteOfHost(h), Capacity: w.s.places[i].offers[:w.s.shown],
	}
}

// meanOn is the mean CPU work of an item on a host: a physical server that has
// become a guest does its work and the hypervisor's overhead.
func (s *survey) meanOn(it *item, place int) float64 {
	sum := 0.0
	for _, w := range it.workloads {
		if isOff(w) {
			continue
		}
		work := s.meanCPU(w)
		if home, known := s.hostPlace[w.Host]; !known || home != place {
			work *= s.overhead(w)
		}
		sum += work
	}
	return sum
}

// meanLoad is the mean CPU load of a host, 0 to 1; the assumed use where the
// capacity of a host that does something is unknown.
func (s *survey) meanLoad(place int, work float64, running int) float64 {
	capacity := s.places[place].capacity
	switch {
	case running == 0:
		return 0
	case capacity <= 0:
		return s.policy.Unknown.CPU.Fraction()
	}
	return rounded(min(work/capacity, 1))
}

// rounded keeps six digits behind the point: more would only be noise of the
// arithmetic in a file that people compare.
func rounded(v float64) float64 {
	const digits = 1e6
	return float64(int64(v*digits+0.5)) / digits
}

// enclose gives bought blades a chassis: free slots of existing ones of the
// model first, then new ones. Where a chassis may fail, blades are shared out
// among two new ones or more instead.
func (w *writer) enclose() {
	free := w.freeSlots()
	opened := map[string]int{}
	shared := w.s.policy.Survive.Chassis > 0
	for n := range w.bought {
		b := &w.bought[n]
		model := w.s.chassisModel(w.s.places[b.used.place].model.Chassis)
		if model == nil || model.Slots <= 0 {
			continue
		}
		at := -1
		for m, c := range free {
			if strings.EqualFold(c.model, model.Name) && len(c.free) > 0 && (at < 0 || shared && len(c.free) > len(free[at].free)) {
				at = m
			}
		}
		if at < 0 || shared && opened[model.Name] < 2 {
			opened[model.Name]++
			id := "new-" + model.Name + "-" + pad(opened[model.Name])
			free = append(free, slots{id: id, model: model.Name, site: b.site, free: upTo(model.Slots), total: model.Slots, bought: true})
			at = len(free) - 1
		}
		c := &free[at]
		b.chassis, b.slot, b.site = c.id, c.free[0], c.site
		c.free = c.free[1:]
	}
	w.writeChassis(free)
}

// slots is a chassis with what is free in it.
type slots struct {
	id, model, site string
	free            []int
	total           int
	bought          bool
}

func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i + 1
	}
	return list
}

// freeSlots lists the existing chassis with the slots that no host is in today.
func (w *writer) freeSlots() []slots {
	var list []slots
	for _, c := range w.s.estate.Chassis {
		taken := map[int]bool{}
		unknown := 0
		for i := range w.s.estate.Hosts {
			h := &w.s.estate.Hosts[i]
			if h.Chassis != c.ID {
				continue
			}
			if h.Slot == 0 {
				unknown++
			}
			taken[h.Slot] = true
		}
		s := slots{id: c.ID, model: c.Model, site: c.Site, total: c.Slots}
		for _, n := range upTo(c.Slots) {
			if !taken[n] {
				s.free = append(s.free, n)
			}
		}
		s.free = s.free[:max(0, len(s.free)-unknown)]
		list = append(list, s)
	}
	return list
}

// writeChassis lists the enclosures with how many blades are on in each.
func (w *writer) writeChassis(all []slots) {
	used := inUse(w.parts)
	for _, c := range all {
		entry := plan.Chassis{ID: c.id, Model: c.model, Site: c.site, Slots: c.total, State: plan.Keep}
		for i := range w.s.places {
			h := w.s.places[i].host
			if h == nil || h.Chassis != c.id {
				continue
			}
			entry.Before += int(whole(inService(h) || used[i] != nil))
			entry.After += int(whole(used[i] != nil))
		}
		for _, b := range w.bought {
			entry.After += int(whole(b.chassis == c.id))
		}
		switch {
		case c.bought:
			entry.State = plan.Buy
		case entry.After == 0:
			entry.State = plan.Retire
		}
		w.plan.Chassis = append(w.plan.Chassis, entry)
		w.plan.Before.Chassis += int(whole(entry.Before > 0))
		w.plan.After.Chassis += int(whole(entry.After > 0))
	}
}
