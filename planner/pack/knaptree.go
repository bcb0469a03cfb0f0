package pack

import (
	"math"
	"math/bits"
	"slices"
	"sync/atomic"
)

// knapTree is the depth-first search of a knapsack. For every slot it keeps
// the items by size, and for every rank the set of items up to it, so which
// items still fit on a host is the intersection of one set per slot.
type knapTree struct {
	items []knapItem // by value per weight, best first
	words int

	size   [][]int64  // per slot, ascending
	prefix [][]uint64 // per slot, sets of the 0, 1, 2, … smallest, one after the other
	shift  []uint     // per slot, sizes are looked up by size >> shift
	first  [][]int32  // per slot and size >> shift, how many sizes are below that
	pairs  []uint64   // per item, the set of those that fit beside it on the empty host

	index    []int32 // item of each group, -1 when it is none
	room     []int32 // per item, members the rules allow
	taken    []int32 // per item, members in the content, beside those
	fixed    []int32 // per item, members fixed on the host
	limit    []int   // per limit of the instance, members it still allows
	changes  []roomChange
	levels   []bitset
	least    [][]int64 // per depth: see smallest
	path     []int32   // items in the content, in order of joining
	best     float64
	found    []found
	margin   float64
	prune    float64 // what cannot beat this is not searched
	keep     float64 // contents worth more than this are kept
	nodes    int64
	skips    int64 // items that a bound on pairs ruled out
	limitEnd int64
	cut      bool
	open     float64      // highest bound of what was cut off
	stop     *atomic.Bool // set from outside: end now
}

// found is a content and its value.
type found struct {
	value   float64
	content []Share
}

type roomChange struct{ item, room int32 }

// keepFound is how many contents a search keeps, the best ones.
const keepFound = 100

func resizeSlice[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// start puts the search back at the host that holds only what is fixed.
func (k *knapsack) start() {
	t := k.tree
	fixed := k.in.classes[k.class].fixed
	for i := range t.items {
		t.room[i], t.taken[i], t.fixed[i] = int32(t.items[i].most), 0, 0
	}
	for l := range t.limit {
		t.limit[l] = k.in.limits[l].Max
	}
	for _, f := range fixed {
		if i := t.index[f.Index]; i >= 0 {
			t.fixed[i] = int32(f.Count)
		}
		for _, l := range k.in.groups[f.Index].limits {
			t.limit[l] -= f.Count
		}
	}
	for s, slot := range k.slots {
		k.left[s] = k.in.classes[k.class].left[slot]
	}
	t.path, t.changes, t.nodes, t.skips = t.path[:0], t.changes[:0], 0, 0
	t.cut, t.open = false, math.Inf(-1)
	root := t.level(0)
	for i := range root {
		root[i] = ^uint64(0)
	}
	if n := len(t.items); n%64 != 0 {
		root[t.words-1] = 1<<(n%64) - 1
	}
}

func (t *knapTree) level(depth int) bitset {
	for len(t.levels) <= depth {
		t.levels = append(t.levels, nil)
	}
	t.levels[depth] = resizeSlice(t.levels[depth], t.words)
	return t.levels[depth]
}

// search looks for the contents worth most, within a number of nodes. It
// returns an upper bound on the value of every content that is at most prune
// or the value of the best one found when the search was complete.
func (k *knapsack) search(prune, keep float64, nodes int64) float64 {
	t := k.tree
	t.found = t.found[:0]
	k.build()
	k.start()
	surplus := 0.0
	for i, l := range k.lambda {
		surplus += float64(l * k.capacity[i])
	}
	bound := k.base + k.tree.fill(t.levels[0], 0, surplus)
	t.margin = 1e-9 * (math.Abs(bound) + 1)
	t.best, t.prune, t.keep, t.limitEnd = k.base, prune, keep, nodes
	if !k.descend(0, k.base, surplus) && k.base > keep {
		k.record(k.base)
	}
	k.spent += k.searchWork()
	upper := max(t.best, prune)
	if t.cut {
		upper = max(upper, t.open)
	}
	return min(upper, max(bound+t.margin, t.best))
}

// searchWork is what the search since start has cost.
func (k *knapsack) searchWork() int64 {
	t := k.tree
	return t.nodes*int64(4+len(k.slots)*(t.words+4)/4) + t.skips*int64(1+t.words/4)
}

// probe looks from every item as a seed for a content worth more than keep,
// with a few nodes each. It proves nothing; search must have built the tables
// or build be called before.
func (k *knapsack) probe(keep float64, nodes int64) {
	t := k.tree
	t.found = t.found[:0]
	surplus := 0.0
	for i, l := range k.lambda {
		surplus += float64(l * k.capacity[i])
	}
	t.margin, t.prune, t.keep, t.limitEnd = 0, keep, keep, nodes
	for seed := range t.items {
		k.start()
		t.best = math.Inf(-1)
		before := len(t.changes)
		k.take(0, seed, 0)
		value := k.base + t.items[seed].value
		if !k.descend(1, value, surplus-t.items[seed].weight) && value > keep {
			k.record(value)
		}
		k.giveBack(seed, before)
		k.spent += k.searchWork() + int64(len(t.items)/8)
	}
}

// descend extends the content by the items of the set at this depth. It tells
// whether an extension was recorded.
func (k *knapsack) descend(depth int, value, surplus float64) bool {
	t := k.tree
	set := t.levels[depth]
	least := k.smallest(depth)
	recorded := false
	for i := set.next(0); i >= 0; i = set.next(i + 1) {
		bound := value + t.fill(set, i, surplus) + t.margin
		if bound <= max(t.best, t.prune) {
			break
		}
		if t.nodes >= t.limitEnd || t.nodes%1024 == 1023 && t.stop.Load() {
			t.cut = true
			t.open = max(t.open, bound)
			break
		}
		v := value + t.items[i].value
		if limit := max(t.best, t.prune); v <= min(limit, t.keep) && (k.last(i, least) ||
			v+t.fillBeside(set, i, surplus-t.items[i].weight)+t.margin <= limit) {
			t.skips++
			continue
		}
		t.nodes++
		before := len(t.changes)
		k.take(depth, i, i)
		t.best = max(t.best, v)
		if k.descend(depth+1, v, surplus-t.items[i].weight) {
			recorded = true
		} else if v > t.keep {
			k.record(v)
			recorded = true
		}
		k.giveBack(i, before)
	}
	return recorded
}

// smallest is the smallest size in each slot of the items of a level; nil at
// the root, where it is no help.
func (k *knapsack) smallest(depth int) []int64 {
	if depth == 0 {
		return nil
	}
	t := k.tree
	for len(t.least) <= depth {
		t.least = append(t.least, nil)
	}
	least := resizeSlice(t.least[depth], len(k.slots))
	t.least[depth] = least
	for s := range least {
		least[s] = math.MaxInt64
	}
	for w, word := range t.levels[depth] {
		for ; word != 0; word &= word - 1 {
			for s, d := range t.items[w<<6+bits.TrailingZeros64(word)].demand {
				least[s] = min(least[s], d)
			}
		}
	}
	return least
}

// last tells whether nothing fits beside item i any more, by the smallest
// sizes there are.
func (k *knapsack) last(i int, least []int64) bool {
	demand := k.tree.items[i].demand
	for s, v := range least {
		if k.left[s]-demand[s] < v {
			return true
		}
	}
	return false
}

// record keeps the present content if it is among the best.
func (k *knapsack) record(value float64) {
	t := k.tree
	at := len(t.found)
	if at < keepFound {
		t.found = append(t.found, found{})
	} else {
		at = 0
		for i := range t.found {
			if t.found[i].value < t.found[at].value {
				at = i
			}
		}
		if t.found[at].value >= value {
			return
		}
	}
	t.found[at] = found{value, k.content()}
}

// content is a copy of the present content, what is fixed included.
func (k *knapsack) content() []Share {
	t := k.tree
	content := slices.Clone(k.in.classes[k.class].fixed)
	for p := 0; p < len(t.path); {
		i, q := t.path[p], p
		for q < len(t.path) && t.path[q] == i {
			q++
		}
		content = addShare(content, t.items[i].group, q-p)
		p = q
	}
	ascend(content)
	return content
}

// addShare adds members of a group to a content.
func addShare(content []Share, group, count int) []Share {
	for i := range content {
		if content[i].Index == group {
			content[i].Count += count
			return content
		}
	}
	return append(content, Share{group, count})
}

// take adds a member of item i and sets the next level to what still fits of
// the items from one on: what comes before, an earlier branch has searched.
func (k *knapsack) take(depth, i, from int) {
	t := k.tree
	next := t.level(depth + 1)
	copy(next, t.levels[depth])
	for w := range from >> 6 {
		next[w] = 0
	}
	next[from>>6] &= ^uint64(0) << (from & 63)
	it := &t.items[i]
	for s, d := range it.demand {
		k.left[s] -= d
		n := t.rank(s, k.left[s])
		row := t.prefix[s][n*t.words : (n+1)*t.words]
		for w := from >> 6; w < t.words; w++ {
			next[w] &= row[w]
		}
	}
	t.taken[i]++
	t.path = append(t.path, int32(i))
	k.applyRules(next, i)
	if t.taken[i] >= t.room[i] {
		next.clear(i)
	}
}

// applyRules narrows the room of the items that item i has a rule with.
func (k *knapsack) applyRules(next bitset, i int) {
	t := k.tree
	grp := &k.in.groups[t.items[i].group]
	for _, r := range grp.rules {
		j := t.index[r.other]
		if j < 0 {
			continue
		}
		theirs := r.theirs - t.fixed[j]
		if theirs >= t.room[j] {
			continue
		}
		t.changes = append(t.changes, roomChange{j, t.room[j]})
		t.room[j] = theirs
		if t.taken[j] >= t.room[j] {
			next.clear(int(j))
		}
	}
	for _, r := range grp.rules {
		// Were the other on the host already, there would be no room for more
		// than it tolerates.
		if j := t.index[r.other]; j >= 0 && t.taken[i]+t.fixed[i] > r.mine {
			next.clear(int(j))
		}
	}
	for _, l := range grp.limits {
		if t.limit[l]--; t.limit[l] <= 0 {
			for _, g := range k.in.limits[l].Groups {
				if j := t.index[g]; j >= 0 {
					next.clear(int(j))
				}
			}
		}
	}
}

func (k *knapsack) giveBack(i, changes int) {
	t := k.tree
	it := &t.items[i]
	for s, d := range it.demand {
		k.left[s] += d
	}
	t.taken[i]--
	t.path = t.path[:len(t.path)-1]
	for n := len(t.changes) - 1; n >= changes; n-- {
		t.room[t.changes[n].item] = t.changes[n].room
	}
	t.changes = t.changes[:changes]
	for _, l := range k.in.groups[it.group].limits {
		t.limit[l]++
	}
}
