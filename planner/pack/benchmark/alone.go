package benchmark

import "math/bits"

// Ways to bound a knapsack by one of its resources, the others forgotten.

// linear tells whether some resource alone bounds the weight because weight
// per size nowhere exceeds limit per capacity. Volume bounds are proved so.
func (k *knapsack) linear() bool {
	for i, room := range k.free {
		if room > 0 && k.linearIn(i, room) {
			return true
		}
	}
	return false
}

func (k *knapsack) linearIn(i int, room int64) bool {
	for _, it := range k.items {
		h1, l1 := bits.Mul64(uint64(it.weight), uint64(room))
		h2, l2 := bits.Mul64(uint64(k.limit), uint64(k.p.Groups[it.g].Demand[i]))
		if h1 > h2 || h1 == h2 && l1 > l2 {
			return false
		}
	}
	return true
}

// tableLimit bounds the cells that tables may fill for one type of host.
const tableLimit = 3e9

// table tells whether the exact knapsack of some resource alone stays within
// the limit, by dynamic programming over its capacity. It proves what rests
// on how the sizes of one resource go together, and all of one dimension.
func (k *knapsack) table() bool {
	var cells, parts int64
	for _, it := range k.items {
		parts += int64(bits.Len(uint(it.most)))
	}
	for i, room := range k.free {
		if room == 0 || room > 1<<26 {
			continue
		}
		if cells += room * parts; cells > tableLimit {
			return false
		}
		if k.most(i, room) <= k.limit {
			return true
		}
	}
	return false
}

// most is the largest weight that fits resource i alone, or a number above
// the limit when it is above.
func (k *knapsack) most(i int, room int64) int64 {
	best := make([]int64, room+1)
	for _, it := range k.items {
		size := k.p.Groups[it.g].Demand[i]
		// Members in lots of 1, 2, 4, …: every number up to most is a sum.
		for left, lot := int64(it.most), int64(1); left > 0; lot *= 2 {
			n := min(lot, left)
			left -= n
			k.lot(best, n*size, n, it.weight) // all of them fit: most sees to that
		}
		if best[room] > k.limit {
			break
		}
	}
	return best[room]
}

// lot lets n members of a weight be taken once, together. What is over the
// limit is all the same, which also keeps sums within 64 bits.
func (k *knapsack) lot(best []int64, size, n, weight int64) {
	over := k.limit + 1
	if hi, lo := bits.Mul64(uint64(n), uint64(weight)); hi > 0 || lo > uint64(over) {
		weight = over
	} else {
		weight = int64(lo)
	}
	for r := int64(len(best)) - 1; r >= size; r-- {
		if w := min(over, best[r-size]+weight); w > best[r] {
			best[r] = w
		}
	}
}
