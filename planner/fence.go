package planner

import (
	"cmp"
	"fmt"
	"slices"

	"sobre/inventory"
)

// applyFences chooses the hosts that each fenced product may run on. That
// narrows the search more than the rule does, so the bound is taken without it.
func (s *survey) applyFences() {
	for u := range s.rules {
		use := &s.rules[u]
		if !use.hard || use.rule.Kind() != inventory.RuleFence {
			continue
		}
		members := s.named(use.rule.Fence)
		homes := s.homesOfStaying(members)
		chosen := s.standIns(s.chooseFence(members, homes, use.rule.HostsAtMost-len(homes)))
		chosen = append(chosen, homes...)
		slices.Sort(chosen)
		for _, i := range members {
			s.fenceIn(i, chosen, use)
		}
	}
}

// fenceIn limits an item to the chosen hosts, after a failure too.
func (s *survey) fenceIn(i int, chosen []int, use *ruleUse) {
	it := &s.items[i]
	outside := func(p int) bool { return !slices.Contains(chosen, p) }
	if it.fenced == nil {
		it.fenced = append([]int{}, chosen...)
	} else {
		it.fenced = slices.DeleteFunc(slices.Clone(it.fenced), outside)
	}
	if it.stays {
		return
	}
	it.narrowed = slices.DeleteFunc(append([]int{}, it.choice()...), outside)
	if len(it.narrowed) == 0 {
		it.refused = fmt.Sprintf("rule %s leaves no host for it: %d hosts do not hold all of it", use.label, use.rule.HostsAtMost)
	}
}

// chooseFence picks at most n places besides homes: each time the one that
// holds most of what has none yet, on a tie the one where most of it runs
// today. A model may be picked several times.
func (s *survey) chooseFence(members, homes []int, n int) []int {
	left := slices.DeleteFunc(slices.Clone(members), func(i int) bool { return s.items[i].stays })
	slices.SortStableFunc(left, func(a, b int) int { return cmp.Compare(s.items[b].weight, s.items[a].weight) })
	for _, home := range homes {
		left = s.without(left, s.fill(home, left, members))
	}
	var picked []int
	for range n {
		best, bestSum, bestToday := -1, 0.0, 0
		for p := range s.places {
			if slices.Contains(picked, p) && s.places[p].model == nil || slices.Contains(homes, p) {
				continue
			}
			sum, today := 0.0, 0
			for _, i := range s.fill(p, left, nil) {
				sum += s.items[i].weight + 1e-9
				today += int(whole(s.items[i].home == p))
			}
			if sum > bestSum*(1+1e-9) || sum > 0 && sum >= bestSum*(1-1e-9) && today > bestToday {
				best, bestSum, bestToday = p, sum, today
			}
		}
		if best < 0 {
			break
		}
		picked = append(picked, best)
		left = s.without(left, s.fill(best, left, nil))
	}
	return picked
}

// fill lists which of the items go on a place, the first ones first, beside
// those of already that stay there.
func (s *survey) fill(p int, items, already []int) []int {
	room := slices.Clone(s.places[p].room)
	for _, i := range already {
		if it := &s.items[i]; it.stays && it.home == p {
			for d, v := range it.demand {
				room[d] -= v
			}
		}
	}
	var in []int
	for _, i := range items {
		if it := &s.items[i]; slices.Contains(it.choice(), p) && fits(it.demand, room) && s.mayJoin(i, in) {
			in = append(in, i)
			for d, v := range it.demand {
				room[d] -= v
			}
		}
	}
	return in
}

func fits(demand, room []int64) bool {
	for d, v := range demand {
		if v > room[d] {
			return false
		}
	}
	return true
}

func (s *survey) without(items, gone []int) []int {
	return slices.DeleteFunc(items, func(i int) bool { return slices.Contains(gone, i) })
}

// standIns replaces picked models by places of their own, of which there are
// as many hosts as were picked: what is fenced goes to no other bought host.
func (s *survey) standIns(picked []int) []int {
	count := map[int]int{}
	var chosen []int
	for _, p := range picked {
		if s.places[p].model == nil {
			chosen = append(chosen, p)
		} else {
			count[p]++
		}
	}
	for p := range s.places {
		if count[p] == 0 {
			continue
		}
		copied := s.places[p]
		copied.stock, copied.fence = count[p], true
		s.places = append(s.places, copied)
		s.offerTo(p, len(s.places)-1)
		chosen = append(chosen, len(s.places)-1)
	}
	return chosen
}

// offerTo lets every item that may go to a model's place go to its stand-in too.
func (s *survey) offerTo(model, standIn int) {
	longer := map[*int][]int{}
	extend := func(list []int) []int {
		if !slices.Contains(list, model) {
			return list
		}
		more, known := longer[&list[0]]
		if !known || len(more) != len(list)+1 {
			more = append(slices.Clone(list), standIn)
			longer[&list[0]] = more
		}
		return more
	}
	for i := range s.items {
		it := &s.items[i]
		it.allowed, it.restarts, it.narrowed = extend(it.allowed), extend(it.restarts), extend(it.narrowed)
	}
}
