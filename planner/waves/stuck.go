package waves

import (
	"cmp"
	"slices"
)

// explainStuck says why the rest cannot be moved: workloads that wait for each
// other, and whether that is proven.
func (s *schedule) explainStuck() Order {
	if s.noWindow {
		return Order{Stuck: s.leftOver(), Why: Windows}
	}
	if never := s.neverFree(); len(never) > 0 {
		return Order{Stuck: s.circle(never, func(w int) int { return s.p.Workloads[w].From }), Proven: true, Why: Room}
	}
	return Order{Stuck: s.circle(s.leftOver(), func(w int) int { return s.at[w] }), Why: Room}
}

// leftOver lists the workloads that have not arrived.
func (s *schedule) leftOver() []int {
	var list []int
	for u := range s.units {
		if !s.units[u].done {
			list = append(list, s.units[u].members...)
		}
	}
	slices.Sort(list)
	return list
}

// neverFree lists the workloads that can never make a first move, whatever the
// order: no host could hold them even with everything gone that could ever
// move. What is not listed may still be stuck; what is listed surely is: of
// those, none can be the first to go.
func (s *schedule) neverFree() []int {
	trial := newLoad(s.p)
	stuck := map[int]bool{}
	for w := range s.unitOf {
		if s.p.Workloads[w].From != Nowhere {
			stuck[w] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for _, w := range sortedKeys(stuck) {
			if !s.couldLeave(trial, w) {
				continue
			}
			delete(stuck, w)
			trial.vanish(w)
			changed = true
		}
	}
	return sortedKeys(stuck)
}

func (s *schedule) couldLeave(trial *load, w int) bool {
	load := &s.p.Workloads[w]
	if trial.obstacleFor([]int{w}, load.To) == none {
		return true
	}
	for h := range s.p.Hosts {
		if h != load.From && h != load.To && s.p.Hosts[h].Takes && s.p.MayHold(w, h) && trial.obstacleFor([]int{w}, h) == none {
			return true
		}
	}
	return false
}

// vanish takes a workload out of everything.
func (l *load) vanish(w int) {
	from := l.at[w]
	for d, v := range l.demandOn(w, from) {
		l.sum[from][d] -= v
	}
	for _, n := range l.limit[w] {
		l.count[n][l.p.Limits[n].Place[from]]--
	}
	l.at[w] = Nowhere
}

// circle follows stuck workloads from one to the next: each goes to where the
// next one is.
func (s *schedule) circle(stuck []int, at func(int) int) []int {
	if len(stuck) == 0 {
		return nil
	}
	on := map[int][]int{} // host → stuck workloads on it, the largest first
	for _, w := range stuck {
		on[at(w)] = append(on[at(w)], w)
	}
	for _, list := range on {
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(s.weight(b), s.weight(a)) })
	}
	blocker := map[int]int{}
	for _, w := range stuck {
		if there := on[s.p.Workloads[w].To]; len(there) > 0 {
			blocker[w] = there[0]
		}
	}
	// What waits for none of the stuck waits for a rule; a partner of it comes next.
	for _, w := range stuck {
		if _, known := blocker[w]; !known {
			blocker[w] = s.ruleBlocker(w, stuck, at)
		}
	}
	return follow(stuck[0], func(w int) int { return blocker[w] })
}

// ruleBlocker is a stuck workload that a limit keeps from the place where w
// goes; w itself when there is none.
func (s *schedule) ruleBlocker(w int, stuck []int, at func(int) int) int {
	for _, n := range s.limit[w] {
		limit := &s.p.Limits[n]
		for _, other := range stuck {
			if other != w && at(other) != Nowhere && s.has(other, n) && limit.Place[at(other)] == limit.Place[s.p.Workloads[w].To] {
				return other
			}
		}
	}
	return w
}

// weight is the largest share that a workload takes of a host it may go to.
func (s *schedule) weight(w int) float64 {
	share := 0.0
	for d, room := range s.p.Hosts[s.p.Workloads[w].To].Room {
		if room > 0 && room < NoLimit && d < len(s.p.Workloads[w].Demand) {
			share = max(share, float64(s.p.Workloads[w].Demand[d])/float64(room))
		}
	}
	return share
}
