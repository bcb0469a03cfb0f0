package planner

import (
	"fmt"
	"slices"

	"sobre/inventory"
)

// limit says that at most max workloads of the items share a host.
type limit struct {
	items []int
	max   int
	// weights is how many workloads of each item count; nil: one of each.
	weights map[int]int64
}

// weightOf is how many workloads an item brings along.
func (l *limit) weightOf(i int) int {
	if l.weights == nil {
		return 1
	}
	return int(l.weights[i])
}

// spreading is a rule that lets at most max items into one chassis, rack or site.
type spreading struct {
	items []int
	by    inventory.Domain
	max   int
}

// applyCounts turns rules that count workloads into limits of so many items a
// host, and by chassis, rack or site into one of them for each item.
func (s *survey) applyCounts() {
	for u := range s.rules {
		use := &s.rules[u]
		most := use.rule.Most()
		if !use.hard || most == 0 {
			continue
		}
		members := s.refuseTooMany(use, s.named(use.rule.Workloads()))
		if len(members) < 2 {
			continue
		}
		l, heaviest := limit{items: members, max: most}, 1
		weights := map[int]int64{}
		for _, i := range members {
			n := s.matches(i, use.rule.Workloads())
			weights[i], heaviest = int64(n), max(heaviest, n)
		}
		if heaviest > 1 {
			l.weights = weights
		}
		s.limits = append(s.limits, l)
		if by := use.rule.By; by != "" && by != inventory.ByHost {
			sp := spreading{members, by, most / heaviest}
			s.spreads = append(s.spreads, sp)
			s.spread(use, sp)
		}
	}
}

// refuseTooMany takes out of the members those of which a together rule puts
// more on one host than the rule allows: they go nowhere.
func (s *survey) refuseTooMany(use *ruleUse, members []int) []int {
	return slices.DeleteFunc(members, func(i int) bool {
		n, it := s.matches(i, use.rule.Workloads()), &s.items[i]
		if n <= use.rule.Most() {
			return false
		}
		it.allowed, it.restarts = []int{}, nil
		it.refused = fmt.Sprintf("rule %s allows %d in one place, and a together rule joins %d of them on one host", use.label, use.rule.Most(), n)
		return true
	})
}

// mayJoin tells whether no limit is broken when item i joins the items on a host.
func (s *survey) mayJoin(i int, on ...[]int) bool {
	for _, n := range s.items[i].limits {
		l := &s.limits[n]
		together := l.weightOf(i)
		for _, items := range on {
			for _, other := range items {
				if _, in := slices.BinarySearch(l.items, other); in && other != i {
					together += l.weightOf(other)
				}
			}
		}
		if together > l.max {
			return false
		}
	}
	return true
}

// indexLimits notes for every item which limits it counts in.
func (s *survey) indexLimits() {
	for l := range s.limits {
		slices.Sort(s.limits[l].items)
		for _, i := range s.limits[l].items {
			s.items[i].limits = append(s.items[i].limits, l)
		}
	}
}
