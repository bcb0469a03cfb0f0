package waves

import (
	"cmp"
	"slices"

	"sobre/planner/plan"
)

// choosePilot picks the moves of the first wave: of little risk, of different
// services, a server that becomes a guest among them where there is any, and
// such that all can be done as things are today. Nil: the wave is an ordinary
// one, because it is not the first or because there is little to move.
func (s *schedule) choosePilot() map[int]bool {
	most := *s.p.Policy.Pilot
	defer func() { s.piloted = true }()
	moves := 0
	for u := range s.units {
		moves += len(s.units[u].members)
	}
	if s.piloted || most == 0 || moves <= most {
		return nil
	}
	chosen, services := map[int]bool{}, map[string]bool{}
	count := 0
	trial := newLoad(s.p)
	take := func(u int) {
		x := &s.units[u]
		service := s.p.Workloads[x.members[0]].Service
		if chosen[u] || x.waitsOn > 0 || count+len(x.members) > most || x.minutes > s.p.Policy.Window.Minutes() ||
			service != "" && services[service] || trial.obstacleFor(x.members, x.to) != none {
			return
		}
		for _, w := range x.members {
			trial.arrive(w, x.to)
		}
		chosen[u], services[service] = true, true
		count += len(x.members)
	}
	order := s.byRisk()
	if p2v := slices.IndexFunc(order, func(u int) bool { return s.units[u].kind == plan.P2V }); p2v >= 0 {
		take(order[p2v])
	}
	for _, u := range order {
		take(u)
	}
	if len(chosen) == 0 {
		return nil
	}
	return chosen
}

// byRisk lists the units, those of the least risk first.
func (s *schedule) byRisk() []int {
	risk := make([]int, len(s.units))
	order := make([]int, len(s.units))
	for u := range s.units {
		order[u] = u
		for _, w := range s.units[u].members {
			risk[u] += s.p.Workloads[w].Risk
		}
		risk[u] += len(s.units[u].members) - 1 + len(s.units[u].gates)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(risk[a], risk[b]), cmp.Compare(s.units[a].minutes, s.units[b].minutes))
	})
	return order
}
