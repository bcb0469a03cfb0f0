package planner

import (
	"slices"

	"sobre/planner/plan"
)

// A licence that counts whole hosts makes the first workload on a host dear and
// the next ones free, which no cost of a host or of a workload expresses. The
// search therefore tries fences: sets of hosts that the workloads needing a
// licence are kept on, by size, each packed and weighed like any other packing
// (docs/planner.md). What is proven of the number of hosts is proven without
// any fence.

// inside tells whether licences let the item be on a place.
func (f *freedom) inside(place int) bool {
	if f.licensedOn == nil {
		return true
	}
	_, ok := slices.BinarySearch(f.licensedOn, place)
	return ok
}

// fencedIn leaves those of the places that licences allow. Without a
// fence it is the same list, which items share.
func (f *freedom) fencedIn(places []int) []int {
	if f.licensedOn == nil {
		return places
	}
	return slices.DeleteFunc(slices.Clone(places), func(p int) bool { return !f.inside(p) })
}

// licencesToFence lists what the licences are for that the search weighs by
// whole hosts: those where cost is an objective.
func (s *survey) licencesToFence() []string {
	if !slices.Contains(s.policy.Minimise, plan.Cost) {
		return nil
	}
	return s.licencesByHost()
}

// triesFences tells whether the packing was found among tried fences, which
// proves nothing of the cost.
func (s *survey) triesFences() bool {
	return len(s.purposes) > 0 && slices.Contains(s.policy.Minimise, plan.Cost)
}

// leftInFence is how many more hosts of a model may be set aside.
func (s *survey) leftInFence(place int) int {
	p, n := &s.places[place], 0
	for i := range s.purposes {
		if s.purposes[i].what == p.licensed {
			n = s.purposes[i].toBuy
		}
	}
	return max(0, n-s.taken[place])
}

// fence is one set of hosts to keep a purpose's workloads on.
type fence struct {
	places []int // existing hosts and, with toBuy, places set aside; ascending; nil: none
	toBuy  int   // hosts of each model that may be set aside
	spare  bool  // of those, as many as may fail are held back to stand by
}

// holdBack is what the search leaves free for the fence's own spares.
func (f fence) holdBack(failures int) map[int]int {
	if !f.spare {
		return nil
	}
	reserve := map[int]int{}
	for _, i := range f.places {
		reserve[i] = failures
	}
	return reserve
}

// apply sets the fence of a purpose for the items of a part. An item that other
// purposes fence too may be only where all of them let it.
func (p *part) apply(f fence, u *purpose) {
	u.toBuy = f.toBuy
	for _, i := range u.itemsOf(p) {
		it := &p.s.items[i]
		if it.stays {
			continue
		}
		u.fences[i] = f.places
		if own := p.s.ownHome(it); own >= 0 && f.places != nil && !slices.Contains(f.places, own) {
			u.fences[i] = append(slices.Clone(f.places), own) // its own server is licensed as it is
			slices.Sort(u.fences[i])
		}
		it.licensedOn = p.s.fencesOf(i)
	}
	for n := range p.s.purposes {
		p.s.purposes[n].open = nil
	}
}

// fencesOf is where the fences of all purposes let an item be; nil: anywhere.
func (s *survey) fencesOf(i int) []int {
	var common []int
	for n := range s.purposes {
		places := s.purposes[n].fences[i]
		switch {
		case places == nil:
		case common == nil:
			common = places
		default:
			common = slices.DeleteFunc(slices.Clone(common), func(p int) bool { return !slices.Contains(places, p) })
		}
	}
	return common
}

// fences lists the fences of existing hosts to try for a purpose in a part: one
// host more each time, those first that cost least to license and hold such
// workloads today.
func (p *part) fences(u *purpose) []fence {
	items := u.itemsOf(p)
	if 2*len(items) > len(p.items) {
		return nil // nearly every host would be in it
	}
	var list []fence
	takers := p.takersFor(items, u)
	steps := [triesPerKind]int{1, 1, 2, 4, 8} // from one size to the next
	for n, k := 0, p.fewest(items, takers); k <= len(takers) && n < triesPerKind; n, k = n+1, k+steps[n] {
		places := slices.Clone(takers[:k])
		slices.Sort(places)
		list = append(list, fence{places: places})
	}
	return list
}

// fencesToBuy lists the fences of bought hosts to try, by their number.
func (p *part) fencesToBuy(u *purpose) []fence {
	items := u.itemsOf(p)
	var list []fence
	var aside []int
	for _, i := range p.places {
		if p.s.places[i].licensed == u.what {
			aside = append(aside, i)
		}
	}
	if len(aside) == 0 || 2*len(items) > len(p.items) {
		return nil
	}
	fewest, failures := max(1, p.fewestOf(items, aside)), p.s.policy.Survive.Hosts
	for n := range 3 {
		list = append(list, fence{places: aside, toBuy: fewest + n})
		if failures > 0 {
			list = append(list, fence{places: aside, toBuy: fewest + n + failures, spare: true})
		}
	}
	return list
}

// triesPerKind is how many sizes of fence are tried for one purpose in one part,
// from the fewest hosts that have the room.
const triesPerKind = 5

// takersFor lists the existing hosts that an item may go to, in the order in
// which a fence takes them in. Hosts of what stays come first: they are
// licensed whatever happens.
func (p *part) takersFor(items []int, u *purpose) []int {
	allowed, stays, holds := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, i := range items {
		it := &p.s.items[i]
		if it.stays {
			stays[it.home] = true
		}
		if it.home >= 0 {
			holds[it.home] = true
		}
		for _, place := range it.allowed {
			allowed[place] = true
		}
	}
	var list []int
	for _, i := range p.places {
		if pl := &p.s.places[i]; pl.takes && pl.host != nil && allowed[i] {
			list = append(list, i)
		}
	}
	rank := func(i int) []int64 {
		return []int64{whole(!stays[i]), int64(p.s.licenceOf(i, u, 1) * 100), whole(!holds[i]), -p.roomOf(i)}
	}
	slices.SortStableFunc(list, func(a, b int) int { return slices.Compare(rank(a), rank(b)) })
	return list
}

// roomOf weighs a host by its scarcest room, in parts of ten thousand of the
// roomiest one.
func (p *part) roomOf(i int) int64 {
	least := 10_000.0
	for d, room := range p.s.places[i].room {
		if roomiest := p.s.roomiest[d]; roomiest > 0 && room < noLimit {
			least = min(least, 10_000*float64(room)/float64(roomiest))
		}
	}
	return int64(least)
}

// fewest is how many of the hosts, in order, have the room that items need in
// sum; at least as many as have to survive a failure.
func (p *part) fewest(items, hosts []int) int {
	need := p.sum(items)
	for k, i := range hosts {
		enough := true
		for d := range need {
			need[d] -= min(need[d], p.s.places[i].room[d])
			enough = enough && need[d] == 0
		}
		if enough {
			return k + 1
		}
	}
	return len(hosts) + 1
}

// fewestOf is the same for hosts to buy, of which there are enough of each.
func (p *part) fewestOf(items, models []int) int {
	best := int64(len(items))
	for _, i := range models {
		k := int64(1)
		for d, v := range p.sum(items) {
			if room := p.s.places[i].room[d]; room > 0 {
				k = max(k, (v+room-1)/room)
			}
		}
		best = min(best, k)
	}
	return int(best)
}

func (p *part) sum(items []int) []int64 {
	need := make([]int64, len(p.s.resources))
	for _, i := range items {
		for d, v := range p.s.items[i].demand {
			need[d] += v
		}
	}
	return need
}
