package pack

import (
	"math"
	"math/bits"
	"slices"
)

// knapsack finds contents of one host of a class that are worth most: a
// bounded multi-dimensional knapsack with the rules of the instance. What is
// fixed on the host is in every content, and its value is counted.
//
// Values are whole numbers held in float64, exact below 2^53, so the value of
// a content is exact. Bounds on what can still be added are float64 and are
// raised by margin, which is orders of magnitude above their rounding error.
type knapsack struct {
	in    *instance
	class int

	slots    []int     // those where capacity can bind
	capacity []float64 // per slot of slots, beside what is fixed; for the multipliers
	left     []int64   // per slot of slots, of the content being built

	items []knapItem // groups that may be added
	base  float64    // value of the fixed content

	lambda []float64 // per slot of slots, kept from one call to the next
	spent  int64

	tree *knapTree // shared by all knapsacks: valid from one call to the next only
}

// knapItem is a group that may be added to a host.
type knapItem struct {
	group  int
	most   int     // members that fit on the empty host
	demand []int64 // per slot of slots
	value  float64 // of one member; set at each call
	weight float64 // in the surrogate constraint
}

// newKnapsack prepares the knapsack of a class.
func newKnapsack(in *instance, class int, tree *knapTree) *knapsack {
	k := &knapsack{in: in, class: class, tree: tree}
	c := &in.classes[class]
	need := make([]int64, in.slots)
	var groups []int
	for g := range in.groups {
		most := in.patternMax(class, g) - shareOf(c.fixed, g)
		if most <= 0 {
			continue
		}
		groups = append(groups, g)
		for s, v := range in.groups[g].demand {
			if need[s] <= c.left[s] {
				need[s] += int64(most) * v // both factors are bounded by the capacity
			}
		}
	}
	for s := range need {
		if need[s] > c.left[s] {
			k.slots = append(k.slots, s)
			k.capacity = append(k.capacity, float64(c.left[s]))
		}
	}
	k.left = make([]int64, len(k.slots))
	k.lambda = make([]float64, len(k.slots))
	for i := range k.lambda {
		k.lambda[i] = 1 / max(1, k.capacity[i])
	}
	for _, g := range groups {
		item := knapItem{group: g, most: in.patternMax(class, g) - shareOf(c.fixed, g), demand: make([]int64, len(k.slots))}
		for i, s := range k.slots {
			item.demand[i] = in.groups[g].demand[s]
		}
		k.items = append(k.items, item)
	}
	return k
}

// prepare sets the values (whole numbers; those ≤ 0 are left out) and how many
// members there are of each group; load, when set, is what a member costs on
// this class, in the same unit.
func (k *knapsack) prepare(value []int64, count []int, load func(group int) float64) {
	t := k.tree
	t.items = t.items[:0]
	for i := range k.items {
		it := k.items[i]
		it.value = float64(value[it.group])
		if load != nil {
			it.value -= load(it.group)
		}
		it.most = min(it.most, count[it.group])
		if it.value > 0 && it.most > 0 {
			t.items = append(t.items, it)
		}
	}
	k.base = 0
	for _, f := range k.in.classes[k.class].fixed {
		worth := float64(value[f.Index])
		if load != nil {
			worth -= load(f.Index)
		}
		k.base += float64(f.Count) * worth
	}
}

// idle is the most that a host with nothing added is worth: a host that fixed
// members keep in use is never empty.
func (k *knapsack) idle() float64 {
	if len(k.in.classes[k.class].fixed) > 0 {
		return k.base
	}
	return 0
}

// multipliers improves lambda, the weights of the slots in the surrogate
// constraint, by subgradient steps on the Lagrangian dual of the linear
// relaxation (Fisher, "The Lagrangian relaxation method for solving integer
// programming problems", 1981), and leaves the items sorted by value per
// weight. It returns the bound that lambda gives.
func (k *knapsack) multipliers(steps int, target float64) float64 {
	items := k.tree.items
	best := math.Inf(1)
	lambda := slices.Clone(k.lambda)
	k.rescale(lambda, items)
	slope := make([]float64, len(lambda))
	agility := 1.0
	sinceBetter := 0
	for step := 0; ; step++ {
		bound := 0.0
		for i := range slope {
			slope[i] = k.capacity[i]
			bound += float64(lambda[i] * k.capacity[i])
		}
		for j := range items {
			it := &items[j]
			profit := it.value
			for i, d := range it.demand {
				profit -= float64(lambda[i] * float64(d))
			}
			if profit > 0 {
				bound += float64(float64(it.most) * profit)
				for i, d := range it.demand {
					slope[i] -= float64(float64(it.most) * float64(d))
				}
			}
		}
		k.spent += int64(len(items) * len(lambda) / 8)
		if bound < best {
			best = bound
			copy(k.lambda, lambda)
			sinceBetter = 0
		} else if sinceBetter++; sinceBetter >= 4 {
			agility, sinceBetter = agility/2, 0
		}
		norm := 0.0
		for i, s := range slope {
			scaled := s / max(1, k.capacity[i])
			if lambda[i] > 0 || s < 0 {
				norm += float64(scaled * scaled)
			}
		}
		if step >= steps || norm < 1e-12 || len(lambda) == 1 && step > 12 {
			break
		}
		length := agility * max(bound-target, 1e-3*bound) / norm
		for i, s := range slope {
			scale := max(1, k.capacity[i])
			lambda[i] = max(0, lambda[i]-float64(length*s)/float64(scale*scale))
		}
	}
	k.order()
	return best + k.base
}

// rescale finds the multiple of lambda that fits the present values best: the
// ratio of the item at which the surrogate knapsack is full.
func (k *knapsack) rescale(lambda []float64, items []knapItem) {
	total := 0.0
	for i, l := range lambda {
		total += float64(l * k.capacity[i])
	}
	if total <= 0 {
		for i := range lambda {
			lambda[i] = 1 / max(1, k.capacity[i])
		}
		total = float64(len(lambda))
	}
	k.weigh(lambda, items)
	ratios := make([]int, len(items))
	for j := range ratios {
		ratios[j] = j
	}
	slices.SortFunc(ratios, func(a, b int) int { return compareRatio(&items[a], &items[b]) })
	for _, j := range ratios {
		it := &items[j]
		total -= float64(it.weight * float64(it.most))
		if total <= 0 {
			for i := range lambda {
				lambda[i] *= it.value / it.weight
			}
			return
		}
	}
}

func (k *knapsack) weigh(lambda []float64, items []knapItem) {
	for j := range items {
		w := 0.0
		for i, d := range items[j].demand {
			w += float64(lambda[i] * float64(d))
		}
		items[j].weight = w
	}
}

// compareRatio puts the item of more value per weight first: those that weigh
// nothing before all others, and those worth nothing behind. Without the two
// exceptions an item with neither would be equal to every other, which is no
// order, and the fractional bound would miss what sorts behind it.
func compareRatio(a, b *knapItem) int {
	if (a.value > 0) != (b.value > 0) {
		if a.value > 0 {
			return -1
		}
		return 1
	}
	left, right := a.value*b.weight, b.value*a.weight
	switch {
	case left > right:
		return -1
	case left < right:
		return 1
	}
	return a.group - b.group
}

// order weighs the items by lambda and sorts them.
func (k *knapsack) order() {
	k.weigh(k.lambda, k.tree.items)
	slices.SortFunc(k.tree.items, func(a, b knapItem) int { return compareRatio(&a, &b) })
}

// bitset is a set of items in order of ratio.
type bitset []uint64

func (b bitset) next(i int) int {
	w := i >> 6
	if w >= len(b) {
		return -1
	}
	if word := b[w] >> (i & 63); word != 0 {
		return i + bits.TrailingZeros64(word)
	}
	for w++; w < len(b); w++ {
		if b[w] != 0 {
			return w<<6 + bits.TrailingZeros64(b[w])
		}
	}
	return -1
}

func (b bitset) clear(i int) { b[i>>6] &^= 1 << (i & 63) }
func (b bitset) set(i int)   { b[i>>6] |= 1 << (i & 63) }
