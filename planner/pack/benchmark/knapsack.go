package benchmark

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"math/bits"
	"slices"

	"sobre/planner/pack"
)

// knapsack decides whether some content of one host weighs more than a
// limit. It searches depth first over exact integers, bounded by a surrogate:
// one resource that is a weighted sum of all, filled fractionally. The
// weights of that sum may be any, so floating point chooses them and cannot
// spoil the answer.
type knapsack struct {
	p     *pack.Problem
	t     int
	times int
	items []knapItem
	rules *rules

	limit int64
	work  int64   // scans left before giving up
	free  []int64 // room left per resource and time
	on    []int   // members on the host, per group
	chain []share // what is on the host, for the message
}

type knapItem struct {
	g      int
	weight int64
	most   int   // members that a host may hold
	size   int64 // in the surrogate
}

type share struct{ g, n int }

// scanLimit bounds the search for one type of host to a few seconds.
const scanLimit = 2e9

// add lets the search use group g with weight w above 0 a member.
func (k *knapsack) add(g int, w int64) {
	group := &k.p.Groups[g]
	most := group.Count
	if group.Max > 0 {
		most = min(most, group.Max)
	}
	for i, v := range group.Demand {
		if v > 0 {
			most = int(min(int64(most), k.p.Types[k.t].Capacity[i/k.times]/v))
		}
	}
	if most > 0 {
		k.items = append(k.items, knapItem{g: g, weight: w, most: most})
	}
}

// atMost returns nil when no content weighs more than the limit, an error
// that names one which does, or errTooHard.
func (k *knapsack) atMost(limit int64) error {
	k.limit = limit
	if limit < 0 {
		return fmt.Errorf("an empty host weighs more than %d", limit)
	}
	if len(k.items) == 0 {
		return nil
	}
	k.free = make([]int64, len(k.p.Groups[0].Demand))
	for i := range k.free {
		k.free[i] = k.p.Types[k.t].Capacity[i/k.times]
	}
	k.on = make([]int, len(k.p.Groups))
	if k.linear() {
		return nil
	}
	k.rules = newRules(k.p)
	room, ok := k.surrogate()
	if !ok {
		return errTooHard
	}
	k.order()
	all := make([]int, len(k.items))
	for i := range all {
		all[i] = i
	}
	k.work = scanLimit / 50
	err := k.search(all, 0, 0, room)
	if !errors.Is(err, errTooHard) {
		return err
	}
	if k.table() {
		return nil
	}
	k.work = scanLimit
	return k.search(all, 0, 0, room)
}

// order puts the best weight for its size first, compared in 128 bits: only
// in the exact order is the greedy filling a bound.
func (k *knapsack) order() {
	slices.SortStableFunc(k.items, func(a, b knapItem) int {
		h1, l1 := bits.Mul64(uint64(b.weight), uint64(a.size))
		h2, l2 := bits.Mul64(uint64(a.weight), uint64(b.size))
		if c := cmp.Compare(h1, h2); c != 0 {
			return c
		}
		return cmp.Compare(l1, l2)
	})
}

// search tries every content made of what is on the host and of candidates;
// held is how many of the first candidate are on it already.
func (k *knapsack) search(candidates []int, held int, weight, room int64) error {
	if weight > k.limit {
		return k.refuted(weight)
	}
	for len(candidates) > 0 {
		if k.work -= int64(len(candidates)); k.work < 0 {
			return errTooHard
		}
		if k.bounded(candidates, held, weight, room) {
			return nil
		}
		it := &k.items[candidates[0]]
		if held < it.most && k.fits(it.g) && k.rules.allow(k.on, it.g) {
			k.put(it.g, 1)
			err := k.search(k.fitting(candidates), held+1, weight+it.weight, room-it.size)
			k.put(it.g, -1)
			if err != nil {
				return err
			}
		}
		candidates, held = candidates[1:], 0
	}
	return nil
}

// bounded tells whether even a fractional filling of the surrogate with the
// candidates stays within the limit.
func (k *knapsack) bounded(candidates []int, held int, weight, room int64) bool {
	left := k.limit - weight
	for i, c := range candidates {
		it := &k.items[c]
		n := int64(it.most)
		if i == 0 {
			n -= int64(held)
		}
		if it.size > 0 && room/it.size < n {
			n = room / it.size
			if hi, lo := bits.Mul64(uint64(n), uint64(it.weight)); hi > 0 || lo > uint64(left) {
				return false
			}
			left -= n * it.weight
			room -= n * it.size
			hi, lo := bits.Mul64(uint64(room), uint64(it.weight))
			part, _ := bits.Div64(hi, lo, uint64(it.size)) // room < size: no overflow
			return part <= uint64(left)
		}
		if hi, lo := bits.Mul64(uint64(n), uint64(it.weight)); hi > 0 || lo > uint64(left) {
			return false
		}
		left -= n * it.weight
		room -= n * it.size
	}
	return true
}

// fitting returns the candidates of which one more still fits.
func (k *knapsack) fitting(candidates []int) []int {
	kept := make([]int, 0, len(candidates))
	for i, c := range candidates {
		if i == 0 || k.fits(k.items[c].g) {
			kept = append(kept, c)
		}
	}
	return kept
}

func (k *knapsack) fits(g int) bool {
	for i, v := range k.p.Groups[g].Demand {
		if v > k.free[i] {
			return false
		}
	}
	return true
}

func (k *knapsack) put(g, n int) {
	for i, v := range k.p.Groups[g].Demand {
		k.free[i] -= int64(n) * v
	}
	k.on[g] += n
}

func (k *knapsack) refuted(weight int64) error {
	for g, n := range k.on {
		if n > 0 {
			k.chain = append(k.chain, share{g, n})
		}
	}
	return fmt.Errorf("the content %v (group, number) weighs %d, at most %d is allowed", k.chain, weight, k.limit)
}

// surrogate chooses the weighted sum of resources that bounds best, gives
// every item its size in it and returns the size of the host.
func (k *knapsack) surrogate() (int64, bool) {
	mult := k.multipliers()
	room := new(big.Int)
	for i, m := range mult {
		room.Add(room, product(m, k.free[i]))
	}
	if !room.IsInt64() || room.Sign() == 0 {
		return 0, false
	}
	for i := range k.items {
		it := &k.items[i]
		for j, v := range k.p.Groups[it.g].Demand {
			it.size += mult[j] * v // v ≤ free: at most the size of the host
		}
	}
	return room.Int64(), true
}

// multipliers lowers the Lagrangian bound of the knapsack by subgradient
// steps and returns its multipliers as whole numbers.
func (k *knapsack) multipliers() []int64 {
	n := len(k.free)
	// In shares of the host: share[i] is the price of all of resource i.
	best, price, slope := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range price {
		if k.free[i] > 0 {
			price[i] = float64(k.limit) / float64(n)
		}
	}
	copy(best, price)
	least := -1.0
	for step := range 200 {
		value := k.lagrangian(price, slope)
		if least < 0 || value < least {
			least = value
			copy(best, price)
		}
		norm := 0.0
		for _, s := range slope {
			norm += s * s
		}
		if norm == 0 {
			break
		}
		length := float64(k.limit+1) / (norm * (4 + float64(step)/4))
		for i := range price {
			price[i] = max(0, price[i]-length*slope[i])
			if k.free[i] == 0 {
				price[i] = 0
			}
		}
	}
	return whole(best, k.free)
}

// lagrangian is the bound at a price, with its slope in every price.
func (k *knapsack) lagrangian(price, slope []float64) float64 {
	value := 0.0
	for i := range price {
		value += price[i]
		slope[i] = 1
	}
	for _, it := range k.items {
		cost := 0.0
		demand := k.p.Groups[it.g].Demand
		for i, v := range demand {
			if v > 0 {
				cost += price[i] * float64(v) / float64(k.free[i])
			}
		}
		if gain := float64(it.weight) - cost; gain > 0 {
			value += gain * float64(it.most)
			for i, v := range demand {
				if v > 0 {
					slope[i] -= float64(it.most) * float64(v) / float64(k.free[i])
				}
			}
		}
	}
	return value
}

// whole turns prices of whole resources into whole multipliers of their units.
func whole(price []float64, free []int64) []int64 {
	total := 0.0
	for _, p := range price {
		total += p
	}
	m := make([]int64, len(price))
	some := false
	for i := range m {
		if free[i] > 0 && total > 0 {
			m[i] = int64(price[i] / total * (1 << 50) / float64(free[i]))
			some = some || m[i] > 0
		}
	}
	for i := 0; !some && i < len(m); i++ {
		if free[i] > 0 {
			m[i], some = 1, true
		}
	}
	return m
}
