package pack

import (
	"fmt"
	"math/bits"
	"slices"
	"sort"
)

// surrogate is one made-up resource: each group has a weight and no content of
// a host of a class weighs more than room. The number of hosts that the
// weights alone need is a bound; volume, cliques and dual feasible functions
// are all of this kind.
type surrogate struct {
	weight []int64 // per group
	room   []int64 // per class
}

// simpleBounds tries the bounds that need no search.
func (s *search) simpleBounds() {
	s.raiseBy(&surrogate{make([]int64, len(s.in.groups)), make([]int64, len(s.in.classes))}, "fixed hosts and least loads")
	for slot := range s.in.slots {
		s.raiseBy(s.in.volume(slot), fmt.Sprintf("volume of resource %d", s.in.resource[slot]))
	}
	for g := range s.in.groups {
		if m := s.in.groups[g].max; m < s.in.count[g] && s.couldRaise(uint64(s.in.count[g]/m)) {
			s.raiseBy(s.in.atMost([]int{g}, m), "members of a group kept apart")
		}
	}
	for _, l := range s.in.limits {
		members := 0
		for _, g := range l.Groups {
			members += s.in.count[g]
		}
		if l.Max == 0 || !s.couldRaise(uint64(members/l.Max)) {
			continue
		}
		s.raiseBy(s.in.atMost(l.Groups, l.Max), "limit on groups together")
	}
	for _, v := range s.in.cliques() {
		s.raiseBy(v, "groups that exclude each other")
	}
	s.dualFeasible()
	s.meter.spend(int64(len(s.in.groups)) * int64(s.in.slots))
}

// volume weighs a group by its demand in one slot.
func (in *instance) volume(slot int) *surrogate {
	v := &surrogate{make([]int64, len(in.groups)), make([]int64, len(in.classes))}
	for g := range in.groups {
		v.weight[g] = in.groups[g].demand[slot]
	}
	for k := range in.classes {
		v.room[k] = in.classes[k].capacity[slot]
	}
	return v
}

// atMost weighs the members of some groups 1; a host holds at most most of them.
func (in *instance) atMost(groups []int, most int) *surrogate {
	v := &surrogate{make([]int64, len(in.groups)), make([]int64, len(in.classes))}
	for _, g := range groups {
		v.weight[g] = 1
	}
	for k := range v.room {
		v.room[k] = int64(most)
	}
	return v
}

// raiseBy raises the bound by the cheapest hosts with enough room for all the
// weight, hosts divisible: a fractional knapsack, whose dual is the proof.
func (s *search) raiseBy(v *surrogate, by string) {
	d, enough := s.in.cheapest(v)
	if !enough {
		s.none = true
		s.boundBy = by + ": more than all hosts have"
		return
	}
	s.raiseDual(d, by)
}

// raiseDual raises the bound to what a dual proves.
func (s *search) raiseDual(d *dual, by string) {
	if d == nil {
		return
	}
	s.in.chargeFixed(d)
	bound, ok := s.in.value(d)
	if step := s.in.costStep(); bound%step != 0 {
		bound += step - bound%step
	}
	if !ok || bound < s.bound || bound == s.bound && (s.cert != nil || s.boundBy == "") {
		return
	}
	s.bound, s.cert, s.boundBy = bound, d, by
	s.report()
}

// cheapest is the dual of buying room by the cheapest, and whether the stock
// has enough of it. The dual is nil when there is nothing to prove.
func (in *instance) cheapest(v *surrogate) (d *dual, enough bool) {
	need := wide{}
	for g, n := range in.count {
		need.addProduct(uint64(n), uint64(v.weight[g]))
	}
	in.trim(v)
	var have wide
	order := make([]int, 0, len(in.classes))
	for k := range in.classes {
		if len(in.classes[k].fixed) > 0 && in.stock[k] > 0 {
			have.addProduct(1, uint64(v.room[k]))
		} else if v.room[k] > 0 && in.stock[k] > 0 {
			order = append(order, k)
		}
	}
	cost := in.costs[0].host
	sort.SliceStable(order, func(i, j int) bool {
		a, b := order[i], order[j]
		return productLess(cost[a], v.room[b], cost[b], v.room[a])
	})
	price, per := int64(0), int64(1)
	for _, k := range order {
		if !have.less(need) {
			break
		}
		price, per = cost[k], v.room[k]
		have.addProduct(uint64(in.stock[k]), uint64(v.room[k]))
	}
	if have.less(need) {
		return nil, false
	}
	return in.priced(v, price, per), true
}

// trim lowers the room of a class to the weight of all that may be on it.
func (in *instance) trim(v *surrogate) {
	for k := range in.classes {
		sum := int64(0)
		for g, n := range in.count {
			if v.weight[g] > 0 && in.mayHold(k, g) {
				if sum, _ = addProduct(sum, int64(n), v.weight[g]); sum == 0 || sum >= v.room[k] {
					sum = v.room[k]
					break
				}
			}
		}
		v.room[k] = min(v.room[k], sum)
	}
}

// priced is the dual that pays price for each per of weight, and the least
// load cost of each member on top.
func (in *instance) priced(v *surrogate, price, per int64) *dual {
	widest := max(slices.Max(append([]int64{per}, v.room...)), slices.Max(append([]int64{0}, v.weight...)))
	dearest := max(price, slices.Max(append([]int64{0}, in.costs[0].host...)))
	shift := max(0, bits.Len64(uint64(widest))+bits.Len64(uint64(dearest))-61)
	d := &dual{scale: max(1, per>>shift), weight: make([]int64, len(in.groups)), stock: make([]int64, len(in.classes))}
	for g := range d.weight {
		d.weight[g] = v.weight[g] >> shift * price
		least := in.leastLoad(g)
		if high, low := bits.Mul64(uint64(least), uint64(d.scale)); high == 0 && low < uint64(ceiling) {
			d.weight[g] += int64(low)
		}
	}
	for k := range d.stock {
		if in.stock[k] == 0 {
			continue
		}
		d.stock[k] = v.room[k]>>shift*price - d.scale*in.costs[0].host[k]
		if len(in.classes[k].fixed) == 0 {
			d.stock[k] = max(0, d.stock[k])
			if d.stock[k] > 0 && in.classes[k].unlimited {
				return nil
			}
		}
	}
	return d
}

// leastLoad is the least load cost in the first objective that a member of a
// group has on any class that may hold it.
func (in *instance) leastLoad(g int) int64 {
	if in.costs[0].load == nil {
		return 0
	}
	least := int64(-1)
	for k := range in.classes {
		if in.stock[k] > 0 && in.mayHold(k, g) {
			if c := in.loadCost(0, k, g); least < 0 || c < least {
				least = c
			}
		}
	}
	return max(0, least)
}

// How many groups a clique may have, and how many pairs are looked at to build it.
const (
	longestClique = 2000
	cliquePairs   = 10_000_000
)

// fullHost is the weight of a full host in a clique; it has many small divisors.
const fullHost = 5040

// cliques weigh groups of which no two fit on one host, so that a full host
// weighs the same whichever of them it holds. They are built greedily: once
// with the big members first, once with the groups that need most hosts first.
func (in *instance) cliques() []*surrogate {
	share := make([]int64, len(in.groups)) // of a host, that one member takes
	need := make([]float64, len(in.groups))
	size := make([]float64, len(in.groups))
	widest := make([]int64, in.slots)
	for s := range widest {
		widest[s] = in.widest(s)
	}
	for g := range in.groups {
		most := 1
		for k := range in.classes {
			most = max(most, in.patternMax(k, g))
		}
		share[g] = fullHost / int64(most)
		need[g] = float64(in.count[g]) * float64(share[g])
		for s, v := range in.groups[g].demand {
			size[g] = max(size[g], float64(v)/float64(widest[s]+1))
		}
	}
	var out []*surrogate
	for _, key := range [][]float64{size, need} {
		v := &surrogate{make([]int64, len(in.groups)), make([]int64, len(in.classes))}
		for _, g := range in.clique(key) {
			v.weight[g] = share[g]
		}
		for k := range v.room {
			v.room[k] = fullHost
		}
		out = append(out, v)
	}
	return out
}

// clique picks groups of which no two may meet on a host, those with the
// largest key first.
func (in *instance) clique(key []float64) []int {
	order := make([]int, 0, len(key))
	for g := range key {
		if in.count[g] > 0 {
			order = append(order, g)
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return key[order[i]] > key[order[j]] })
	var chosen []int
	pairs := 0
	meets := func(g int) bool {
		for _, h := range chosen {
			if pairs++; in.together(g, h) {
				return true
			}
		}
		return false
	}
	for _, g := range order {
		if len(chosen) < longestClique && pairs < cliquePairs && !meets(g) {
			chosen = append(chosen, g)
		}
	}
	return chosen
}

// widest is the largest capacity of any class in a slot.
func (in *instance) widest(slot int) int64 {
	most := int64(0)
	for k := range in.classes {
		if in.stock[k] > 0 {
			most = max(most, in.classes[k].capacity[slot])
		}
	}
	return most
}

// together tells whether some host may hold a member of each of two groups.
func (in *instance) together(g, h int) bool {
	if r, ok := in.rule(g, h); ok && (r.mine == 0 || r.theirs == 0) {
		return false
	}
	for _, l := range in.groups[g].limits {
		if in.limits[l].Max < 2 && slices.Contains(in.groups[h].limits, l) {
			return false
		}
	}
	for k := range in.classes {
		if in.stock[k] == 0 || !in.mayHold(k, g) || !in.mayHold(k, h) {
			continue
		}
		fits := true
		for s, v := range in.groups[g].demand {
			if v+in.groups[h].demand[s] > in.classes[k].capacity[s] {
				fits = false
				break
			}
		}
		if fits {
			return true
		}
	}
	return false
}
