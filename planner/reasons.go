package planner

import (
	"fmt"
	"slices"
	"strings"

	"sobre/planner/plan"
)

// writeUnplaced says for every workload without a place why it has none.
func (w *writer) writeUnplaced() {
	for _, p := range w.parts {
		for _, i := range p.lost {
			reason, what := p.whyLost(i)
			for _, load := range w.s.items[i].workloads {
				w.plan.Unplaced = append(w.plan.Unplaced, plan.Unplaced{Workload: load.ID, Reason: reason, What: what})
			}
		}
	}
	slices.SortFunc(w.plan.Unplaced, func(a, b plan.Unplaced) int { return strings.Compare(a.Workload, b.Workload) })
}

// whyLost finds the first cause that holds: no place may hold it, none is big
// enough, none has room left.
func (p *part) whyLost(i int) (reason, what string) {
	s, it := p.s, &p.s.items[i]
	places := it.choice()
	if len(places) == 0 {
		if it.refused != "" {
			return "rules", it.refused
		}
		return "no-host", "no host may hold it: no hypervisor in its reach, and nothing in the catalogue"
	}
	if d, most := s.shortfall(it, it.allowed); d >= 0 {
		if len(it.workloads) > 1 {
			return "rules", fmt.Sprintf("with the %d others that a rule keeps together it needs %s; the roomiest host it may use offers %s after headroom",
				len(it.workloads)-1, s.amount(d, it.demand[d]), s.amount(d, most))
		}
		return "too-big", fmt.Sprintf("needs %s; the roomiest host it may use offers %s after headroom",
			s.amount(d, it.demand[d]), s.amount(d, most))
	}
	if d, most := s.shortfall(it, places); d >= 0 {
		return "rules", fmt.Sprintf("needs %s; the roomiest host that rules leave it offers %s", s.amount(d, it.demand[d]), s.amount(d, most))
	}
	d, most := p.scarcest(it, places)
	return "no-room", fmt.Sprintf("needs %s; of the %d hosts it may use the emptiest has %s left",
		s.amount(d, it.demand[d]), len(places), s.amount(d, most))
}

// whyItStays says what keeps an item where it is: a pin or rule, or that it is
// too big for every other host it might go to; "" for one that may move.
func (s *survey) whyItStays(it *item) string {
	if it.stays {
		return it.refused
	}
	own := s.ownHome(it)
	if own < 0 {
		return ""
	}
	var others []int
	for _, i := range it.allowed {
		if i != own {
			others = append(others, i)
		}
	}
	if len(others) == 0 {
		return ""
	}
	if d, most := s.shortfall(it, others); d >= 0 {
		return fmt.Sprintf("too big: needs %s; the roomiest host it might move to offers %s after headroom",
			s.amount(d, it.demand[d]), s.amount(d, most))
	}
	return ""
}

// shortfall finds a resource of which every allowed host, even empty, has too
// little, and the most that one offers; -1 when some host is big enough.
func (s *survey) shortfall(it *item, places []int) (resource int, most int64) {
	for d, need := range it.demand {
		most = 0
		for _, i := range places {
			most = max(most, s.places[i].room[d])
		}
		if need > most {
			return d, most
		}
	}
	return -1, 0
}

// scarcest finds the resource that the item's hosts are shortest of, and the
// most that one of them has left.
func (p *part) scarcest(it *item, places []int) (resource int, most int64) {
	free := p.freeRoom()
	worst := 0.0
	for d, need := range it.demand {
		left := int64(0)
		for n, h := range p.hosts {
			if slices.Contains(places, h.place) {
				left = max(left, free[n][d])
			}
		}
		if need > 0 && float64(need)/float64(left+1) > worst {
			worst, resource, most = float64(need)/float64(left+1), d, left
		}
	}
	return resource, most
}

// amount is a quantity of a resource in words.
func (s *survey) amount(d int, v int64) string {
	r := s.resources[d]
	value := float64(v) / r.scale
	switch r.Name {
	case "memory", "memory_used", "memory_allocated", "disk":
		return fmt.Sprintf("%.1f GiB of %s", value/1024, strings.ReplaceAll(r.Name, "_", " "))
	case "cpu":
		return fmt.Sprintf("%.0f %s of cpu", value, r.Unit)
	}
	return fmt.Sprintf("%.0f %s", value, r.Name)
}
