package pack

import (
	"math/bits"
	"slices"
)

// build makes the tables for the items in order.
func (k *knapsack) build() {
	t := k.tree
	n := len(t.items)
	t.words = (n + 63) / 64
	t.size, t.prefix = resizeSlice(t.size, len(k.slots)), resizeSlice(t.prefix, len(k.slots))
	rank := make([]int, n)
	for s := range k.slots {
		for i := range rank {
			rank[i] = i
		}
		slices.SortFunc(rank, func(a, b int) int {
			if c := t.items[a].demand[s] - t.items[b].demand[s]; c != 0 {
				return int(min(max(c, -1), 1))
			}
			return a - b
		})
		t.size[s] = resizeSlice(t.size[s], n)
		t.prefix[s] = resizeSlice(t.prefix[s], (n+1)*t.words)
		clear(t.prefix[s][:t.words])
		for r, i := range rank {
			t.size[s][r] = t.items[i].demand[s]
			row := t.prefix[s][(r+1)*t.words : (r+2)*t.words]
			copy(row, t.prefix[s][r*t.words:])
			bitset(row).set(i)
		}
	}
	k.spent += int64(len(k.slots) * n * (2 + t.words) / 4)
	k.bucket()
	k.pairUp()
	t.index = resizeSlice(t.index, len(k.in.groups))
	for g := range t.index {
		t.index[g] = -1
	}
	t.room, t.taken, t.fixed = resizeSlice(t.room, n), resizeSlice(t.taken, n), resizeSlice(t.fixed, n)
	for i := range t.items {
		t.index[t.items[i].group] = int32(i)
	}
	t.limit = resizeSlice(t.limit, len(k.in.limits))
}

// lookups is about how many entries a table of ranks has.
const lookups = 512

// bucket makes the tables for rank.
func (k *knapsack) bucket() {
	t := k.tree
	t.shift, t.first = resizeSlice(t.shift, len(k.slots)), resizeSlice(t.first, len(k.slots))
	for s := range k.slots {
		sizes := t.size[s]
		t.shift[s] = uint(max(0, bits.Len64(uint64(sizes[len(sizes)-1]/lookups))))
		entries := int(sizes[len(sizes)-1]>>t.shift[s]) + 1
		t.first[s] = resizeSlice(t.first[s], entries)
		n := 0
		for b := range entries {
			for sizes[n]>>t.shift[s] < int64(b) {
				n++
			}
			t.first[s][b] = int32(n)
		}
	}
}

// rank is how many items are at most left in a slot.
func (t *knapTree) rank(slot int, left int64) int {
	sizes, first := t.size[slot], t.first[slot]
	if left < 0 {
		return 0
	}
	b := left >> t.shift[slot]
	if b >= int64(len(first)) {
		return len(sizes)
	}
	n := int(first[b])
	for n < len(sizes) && sizes[n] <= left {
		n++
	}
	return n
}

// pairUp finds the items that fit beside each on the empty host.
func (k *knapsack) pairUp() {
	t := k.tree
	left := k.in.classes[k.class].left
	t.pairs = resizeSlice(t.pairs, len(t.items)*t.words)
	for i := range t.items {
		row := bitset(t.pairs[i*t.words : (i+1)*t.words])
		for w := range row {
			row[w] = ^uint64(0)
		}
		for s, slot := range k.slots {
			n := t.rank(s, left[slot]-t.items[i].demand[s])
			for w, v := range t.prefix[s][n*t.words : (n+1)*t.words] {
				row[w] &= v
			}
		}
	}
}

// fill is the fractional bound on what items of a set, from one on, add to a
// content with so much of the surrogate constraint left.
func (t *knapTree) fill(set bitset, from int, surplus float64) float64 {
	w := from >> 6
	if w >= len(set) {
		return 0
	}
	sum := 0.0
	for word := set[w] >> (from & 63) << (from & 63); ; word = set[w] {
		for ; word != 0; word &= word - 1 {
			if t.fillOne(w<<6+bits.TrailingZeros64(word), &sum, &surplus) {
				return sum
			}
		}
		if w++; w >= len(set) {
			return sum
		}
	}
}

// fillBeside is fill for the items that fit beside item i on the empty host.
func (t *knapTree) fillBeside(set bitset, i int, surplus float64) float64 {
	sum := 0.0
	pairs := t.pairs[i*t.words : (i+1)*t.words]
	for w := i >> 6; w < len(set); w++ {
		word := set[w] & pairs[w]
		if w == i>>6 {
			word = word >> (i & 63) << (i & 63)
		}
		for ; word != 0; word &= word - 1 {
			if t.fillOne(w<<6+bits.TrailingZeros64(word), &sum, &surplus) {
				return sum
			}
		}
	}
	return sum
}

// fillOne adds an item to a fractional filling and tells whether it is full.
func (t *knapTree) fillOne(i int, sum, surplus *float64) bool {
	it := &t.items[i]
	if it.value <= 0 {
		return true
	}
	room := float64(t.room[i] - t.taken[i])
	if w := it.weight * room; w <= *surplus || w <= 0 {
		*surplus -= w
		*sum += float64(it.value * room)
		return false
	}
	if *surplus > 0 {
		*sum += float64(it.value * (*surplus / it.weight))
	}
	return true
}
