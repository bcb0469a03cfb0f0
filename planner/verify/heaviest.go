package verify

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// knapsack asks whether some set of loads fits a host and weighs more than a
// limit: a branch and bound whose bound is the fractional knapsack of one
// weighted sum of all resources (a surrogate constraint; F. Glover, "Surrogate
// constraints", Operations Research 16, 1968).
type knapsack struct {
	free  []float64 // room left per resource; +Inf: no limit
	limit int64     // is there a content that weighs more?
	loads []load
	nodes int // budget
	spent int

	seats  []int     // per rule, how many more of what it counts may be in; of the branch
	left   []float64 // per resource, of the branch
	size   []float64 // prefix sums of surrogate sizes, loads in order
	weight []int64   // prefix sums of weights
	prices []float64 // of one unit of each resource, the surrogate
}

// load is a number of equal things to put in.
type load struct {
	weight int64
	demand []float64
	count  int
	seats  []seats // of what rules count
	size   float64
}

// offer adds a class of things that may be put in, if one of them fits.
func (k *knapsack) offer(c *class) bool {
	for d, need := range c.demand {
		if need > k.free[d] {
			return false
		}
	}
	for _, g := range c.seats {
		if g.members > k.seats[g.rule] {
			return false
		}
	}
	k.loads = append(k.loads, load{weight: c.weight, demand: c.demand, count: c.count, seats: c.bundle.seats})
	return true
}

// exceeds answers the question, first with all resources but one or two
// forgotten: what no content weighs then, none weighs with all of them, and
// what then looks alike is looked at once.
func (k *knapsack) exceeds() answer {
	if len(k.loads) == 0 {
		return no
	}
	dims := k.limited()
	const most = 12 // beyond, pairs of dimensions are too many to try
	for size := 1; size <= 2 && size < len(dims) && (size == 1 || len(dims) <= most); size++ {
		for _, kept := range subsets(dims, size) {
			relaxed := k.without(kept)
			a := unknown
			if size == 1 {
				a = relaxed.solveAlone()
			}
			if a == unknown {
				a = relaxed.solve()
			}
			k.spent += relaxed.spent
			if a == no {
				return no
			}
		}
	}
	k.nodes -= k.spent
	return k.solve()
}

// limited lists the resources that limit anything.
func (k *knapsack) limited() []int {
	var dims []int
	for d, v := range k.free {
		if !math.IsInf(v, 1) && slices.ContainsFunc(k.loads, func(l load) bool { return l.demand[d] > 0 }) {
			dims = append(dims, d)
		}
	}
	return dims
}

// subsets lists the ways to pick one or two.
func subsets(dims []int, size int) [][]int {
	var list [][]int
	for n, a := range dims {
		if size == 1 {
			list = append(list, []int{a})
			continue
		}
		for _, b := range dims[n+1:] {
			list = append(list, []int{a, b})
		}
	}
	return list
}

// without is the knapsack of fewer resources, without groups, and with what
// then is alike joined. It gets a part of the nodes.
func (k *knapsack) without(kept []int) *knapsack {
	r := &knapsack{limit: k.limit, nodes: k.nodes / 20}
	for _, d := range kept {
		r.free = append(r.free, k.free[d])
	}
	for _, l := range k.loads {
		demand := make([]float64, len(kept))
		for n, d := range kept {
			demand[n] = l.demand[d]
		}
		r.loads = append(r.loads, load{weight: l.weight, demand: demand, count: l.count})
	}
	slices.SortFunc(r.loads, func(a, b load) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), slices.Compare(a.demand, b.demand))
	})
	merged := r.loads[:0]
	for _, l := range r.loads {
		if n := len(merged) - 1; n >= 0 && merged[n].weight == l.weight && slices.Equal(merged[n].demand, l.demand) {
			merged[n].count += l.count
			continue
		}
		merged = append(merged, l)
	}
	r.loads = merged
	return r
}

// solve answers the question by branch and bound.
func (k *knapsack) solve() answer {
	if k.best(k.choosePrices()) <= k.limit {
		return no
	}
	k.left = slices.Clone(k.free)
	k.prefix()
	return k.branch(0, 0)
}

// choosePrices looks for the prices of resources under which the fractional
// knapsack is smallest: each resource alone, then subgradient steps from the
// best of those and from all alike. It returns the best it met.
func (k *knapsack) choosePrices() []float64 {
	var dims []int
	for d, v := range k.free {
		if v > 0 && !math.IsInf(v, 1) {
			dims = append(dims, d)
		}
	}
	even := make([]float64, len(k.free)) // shares of the price of a whole host
	for _, d := range dims {
		even[d] = 1 / float64(len(dims))
	}
	best, bestValue := even, int64(math.MaxInt64)
	try := func(share []float64) bool {
		if value := k.best(share); value < bestValue {
			best, bestValue = slices.Clone(share), value
		}
		return bestValue <= k.limit
	}
	for _, d := range dims {
		alone := make([]float64, len(k.free))
		alone[d] = 1
		if try(alone) {
			return best
		}
	}
	for _, start := range [][]float64{blend(best, even, 0.1), even} {
		if k.descend(slices.Clone(start), dims, try) {
			break
		}
	}
	return best
}

// blend mixes two sets of shares, with a part of the second.
func blend(a, b []float64, part float64) []float64 {
	mixed := make([]float64, len(a))
	for d := range a {
		mixed[d] = (1-part)*a[d] + part*b[d]
	}
	return mixed
}

// descend takes multiplicative subgradient steps: what the fractional knapsack
// overfills becomes dearer. It ends when try is content.
func (k *knapsack) descend(share []float64, dims []int, try func([]float64) bool) bool {
	const steps = 60 // enough to settle three digits, measured on mixed hosts
	for n := range steps {
		if try(share) {
			return true
		}
		filled := k.fractionalLoad(dims)
		step := 0.7 / math.Sqrt(float64(n+1))
		sum := 0.0
		for _, d := range dims {
			share[d] *= math.Exp(step * (filled[d] - 1))
			sum += share[d]
		}
		for _, d := range dims {
			share[d] /= sum
		}
	}
	return false
}

// best sorts the loads by worth under the prices, and returns the fractional
// knapsack of the empty host.
func (k *knapsack) best(share []float64) int64 {
	k.prices = make([]float64, len(k.free))
	for d, v := range k.free {
		if share[d] > 0 {
			k.prices[d] = share[d] / v
		}
	}
	for n := range k.loads {
		l := &k.loads[n]
		l.size = 0
		for d, need := range l.demand {
			l.size += need * k.prices[d]
		}
	}
	sort.SliceStable(k.loads, func(a, b int) bool {
		return float64(k.loads[a].weight)*k.loads[b].size > float64(k.loads[b].weight)*k.loads[a].size
	})
	k.prefix()
	return k.fraction(0, k.budget(k.free))
}

// budget is the price of the room that is left.
func (k *knapsack) budget(left []float64) float64 {
	sum := 0.0
	for d, v := range left {
		if k.prices[d] > 0 {
			sum += v * k.prices[d]
		}
	}
	return sum * (1 + 1e-12)
}

func (k *knapsack) prefix() {
	k.size = make([]float64, len(k.loads)+1)
	k.weight = make([]int64, len(k.loads)+1)
	for n, l := range k.loads {
		k.size[n+1] = k.size[n] + l.size*float64(l.count)
		k.weight[n+1] = k.weight[n] + l.weight*int64(l.count)
	}
}

// fraction is the most that loads from the n-th on weigh within a budget, when
// they may be cut; whole, since weights are.
func (k *knapsack) fraction(n int, budget float64) int64 {
	last := len(k.loads)
	end := k.size[n] + budget
	// The first load that does not fit whole.
	cut := n + sort.Search(last-n, func(m int) bool { return k.size[n+m+1] > end })
	value := k.weight[cut] - k.weight[n]
	if l := cut; l < last && k.loads[l].size > 0 {
		part := (end - k.size[l]) / k.loads[l].size * float64(k.loads[l].weight)
		// Rounded up by the last digits: it is a bound.
		value += int64(math.Floor(min(part*(1+1e-12)+1e-6, float64(math.MaxInt64/4))))
	}
	return value
}

// fractionalLoad is how full each resource is in the fractional knapsack.
func (k *knapsack) fractionalLoad(dims []int) []float64 {
	filled := make([]float64, len(k.free))
	budget := k.budget(k.free)
	for _, l := range k.loads {
		n := float64(l.count)
		if l.size > 0 {
			n = min(n, budget/l.size)
		}
		budget -= n * l.size
		for _, d := range dims {
			filled[d] += n * l.demand[d] / k.free[d]
		}
		if budget <= 0 {
			break
		}
	}
	return filled
}

// branch tries which load comes next, best first; weight is what is in.
func (k *knapsack) branch(from int, weight int64) answer {
	if weight > k.limit {
		return yes
	}
	budget := k.budget(k.left)
	for n := from; n < len(k.loads); n++ {
		if k.spent++; k.spent > k.nodes {
			return unknown
		}
		if weight+k.fraction(n, budget) <= k.limit {
			return no
		}
		for take := k.fitting(n); take > 0; take-- {
			k.put(n, take)
			a := k.branch(n+1, weight+int64(take)*k.loads[n].weight)
			k.put(n, -take)
			if a != no {
				return a
			}
		}
	}
	return no
}

// fitting is how many of a load still go in.
func (k *knapsack) fitting(n int) int {
	l := &k.loads[n]
	count := l.count
	for _, g := range l.seats {
		count = min(count, k.seats[g.rule]/g.members)
	}
	for d, need := range l.demand {
		// A sum of floats may miss its limit by its last digits.
		for count > 0 && need*float64(count) > k.left[d]+1e-9*k.free[d] {
			count = min(count-1, int(k.left[d]/need*(1+1e-9)))
		}
	}
	return max(count, 0)
}

func (k *knapsack) put(n, times int) {
	l := &k.loads[n]
	for d, need := range l.demand {
		k.left[d] -= need * float64(times)
	}
	for _, g := range l.seats {
		k.seats[g.rule] -= g.members * times
	}
}
