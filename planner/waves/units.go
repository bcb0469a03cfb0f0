package waves

import (
	"cmp"
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
)

// unit is what starts to move at the same time: one workload, or several that
// a together rule binds, which follow each other in one slot.
type unit struct {
	members []int
	to      int
	trips   []Trip
	minutes float64
	person  float64 // minutes of work of people
	kind    plan.MoveKind
	rank    int // lower goes first
	swung   bool
	last    bool // held back until nothing else can move
	done    bool
	waitsOn int   // units that must arrive before
	gates   []int // that wait for this one
}

// makeUnits lists what moves.
func (s *schedule) makeUnits() {
	bound := map[int]int{} // workload → bind
	for b, members := range s.p.Binds {
		for _, w := range members {
			bound[w] = b + 1
		}
	}
	made := map[int]int{} // bind → unit
	for w := range s.p.Workloads {
		load := &s.p.Workloads[w]
		if load.From == load.To {
			continue
		}
		b := bound[w]
		u, exists := made[b]
		if b == 0 || !exists || s.units[u].to != load.To {
			u = len(s.units)
			s.units = append(s.units, unit{to: load.To})
			made[b] = u
		}
		s.units[u].members = append(s.units[u].members, w)
		s.unitOf[w] = u
	}
	for u := range s.units {
		s.measure(u)
	}
}

// measure finds how long a unit takes from where its members are.
func (s *schedule) measure(u int) {
	x := &s.units[u]
	x.trips, x.minutes, x.person = x.trips[:0], 0, 0
	for _, w := range x.members {
		t := s.p.Trip(w, s.at[w], x.to)
		x.trips = append(x.trips, t)
		x.minutes += t.Minutes
		x.person += s.p.Policy.Of(t.Kind).Effort.Minutes()
		x.kind = t.Kind
	}
}

// depend notes which units wait for which, and gives workloads that wait for
// themselves by a circle.
func (s *schedule) depend() []int {
	named := func(patterns []string) []int {
		found := map[int]bool{}
		for u := range s.units {
			for _, w := range s.units[u].members {
				load := &s.p.Workloads[w]
				if inventory.MatchesAny(patterns, load.ID, load.Name, load.Service) {
					found[u] = true
				}
			}
		}
		return sortedKeys(found)
	}
	for _, a := range s.p.Policy.After {
		later := named(a.Move)
		before := slices.DeleteFunc(named(a.After), func(u int) bool { return slices.Contains(later, u) })
		if len(before) == 0 {
			continue
		}
		g := len(s.gates)
		s.gates = append(s.gates, gate{before: before, later: later, left: len(before)})
		for _, u := range before {
			s.units[u].gates = append(s.units[u].gates, g)
		}
		for _, u := range later {
			s.units[u].waitsOn++
		}
	}
	return s.dependencyCircle()
}

// gate opens for some units when others have arrived.
type gate struct {
	before, later []int
	left          int // of before
}

// dependencyCircle finds units that wait for each other, as workloads.
func (s *schedule) dependencyCircle() []int {
	waits, left := make([]int, len(s.units)), make([]int, len(s.gates))
	for g := range s.gates {
		left[g] = s.gates[g].left
	}
	var free []int
	for u := range s.units {
		if waits[u] = s.units[u].waitsOn; waits[u] == 0 {
			free = append(free, u)
		}
	}
	for len(free) > 0 {
		u := free[len(free)-1]
		free = free[:len(free)-1]
		for _, g := range s.units[u].gates {
			if left[g]--; left[g] > 0 {
				continue
			}
			for _, l := range s.gates[g].later {
				if waits[l]--; waits[l] == 0 {
					free = append(free, l)
				}
			}
		}
	}
	waitsFor := map[int]int{} // unit → one that it waits for and that never comes
	for g := range s.gates {
		if left[g] == 0 {
			continue
		}
		never := s.gates[g].before[slices.IndexFunc(s.gates[g].before, func(u int) bool { return waits[u] > 0 })]
		for _, l := range s.gates[g].later {
			waitsFor[l] = never
		}
	}
	if len(waitsFor) == 0 {
		return nil
	}
	var circle []int
	for _, u := range follow(slices.Min(sortedKeys(waitsFor)), func(u int) int { return waitsFor[u] }) {
		circle = append(circle, s.units[u].members[0])
	}
	return circle
}

// follow walks from one to the next until it comes back to where it was, and
// gives the circle.
func follow(start int, next func(int) int) []int {
	at := map[int]int{}
	var path []int
	for u := start; ; u = next(u) {
		if n, again := at[u]; again {
			return path[n:]
		}
		at[u] = len(path)
		path = append(path, u)
	}
}

// rankUnits decides what goes first where there is a choice: what others wait
// for, then the hosts that are emptied soonest, one after the other (of
// standalone servers, one service after the other), then what makes room.
func (s *schedule) rankUnits(first map[int]bool) {
	type group struct {
		key     string
		minutes float64
	}
	groups := map[string]*group{}
	keyOf := func(u int) string {
		w := s.units[u].members[0]
		load := &s.p.Workloads[w]
		switch {
		case load.From == Nowhere:
			return "0"
		case !s.p.Hosts[load.From].Retire:
			return "2" // makes room at most
		case load.Weightless && load.Service != "":
			return "1 service " + load.Service
		}
		return "1 host " + s.p.Hosts[load.From].ID
	}
	for u := range s.units {
		k := keyOf(u)
		if groups[k] == nil {
			groups[k] = &group{key: k}
		}
		groups[k].minutes += s.units[u].minutes
	}
	order := make([]int, len(s.units))
	for u := range order {
		order[u] = u
	}
	slices.SortStableFunc(order, func(a, b int) int {
		ga, gb := groups[keyOf(a)], groups[keyOf(b)]
		return cmp.Or(
			whether(!first[a])-whether(!first[b]),
			whether(len(s.units[a].gates) == 0)-whether(len(s.units[b].gates) == 0),
			cmp.Compare(ga.key[:1], gb.key[:1]),
			cmp.Compare(ga.minutes, gb.minutes), cmp.Compare(ga.key, gb.key),
			cmp.Compare(s.units[a].minutes, s.units[b].minutes),
		)
	})
	for rank, u := range order {
		s.units[u].rank = rank
	}
	wanted := map[int]bool{} // by the urgent ones
	for u := range first {
		wanted[s.units[u].to] = true
	}
	for u := range s.units {
		s.units[u].last = s.manner.holdBack && !first[u] && (wanted[s.units[u].to] || s.manner.early)
	}
}

func whether(b bool) int {
	if b {
		return 1
	}
	return 0
}
