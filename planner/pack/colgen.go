package pack

import (
	"math"
	"slices"

	"sobre/planner/pack/lp"
)

// colgen is column generation over the groups (Gilmore and Gomory, "A linear
// programming approach to the cutting-stock problem", 1961): a master program
// and a knapsack per class that finds patterns it lacks.
type colgen struct {
	s       *search
	in      *instance
	m       *master
	knap    []*knapsack
	meter   *meter
	nodes   int64 // of one exact pricing
	nodeCap int64 // that nodes may grow to
	step    int64 // the first objective is a multiple of it
	rounds  int
	dived   int // dives made

	decisions uint64 // runs of set partitions so far, for other draws each time
	ended     string // converged, bound, pricing, limit or master and why

	exhaustive bool  // go on although the bound cannot rise
	certifying bool  // go on until there is a certificate
	best       *dual // proves most, whole or not
	bestValue  float64
}

// Column generation ended because pricing was too hard, or the work was spent.
const (
	pricing     = "pricing"
	shortOfWork = "limit"
)

const (
	mostPairs    = 2_000_000 // groups × classes
	leastRounds  = 8         // that the work must be enough for
	firstNodes   = 20_000
	capNodes     = 8 * firstNodes
	probeNodes   = 20
	perturbation = 1e-4
	mostPivots   = 20_000 // of one solve of the master

	pivotsAtATime = 200
)

// newColgen prepares column generation from the patterns of the pool; nil when
// the instance is out of its reach.
func newColgen(s *search, in *instance, meter *meter) *colgen {
	c := &colgen{s: s, in: in, meter: meter, nodes: firstNodes, nodeCap: capNodes, step: in.costStep()}
	if len(in.groups)*len(in.classes) > mostPairs {
		return nil
	}
	tree := &knapTree{stop: meter.stop}
	round := int64(0)
	for k := range in.classes {
		if !in.classes[k].unlimited && in.stock[k] == 0 {
			c.knap = append(c.knap, nil)
			continue
		}
		knap := newKnapsack(in, k, tree)
		if round += knap.probeWork(); !knap.withinReach() || round > meter.limit/leastRounds {
			return nil
		}
		c.knap = append(c.knap, knap)
	}
	c.m = newMaster(in, perturbation, false)
	return c
}

// probeWork is about what one quick search of a class costs.
func (k *knapsack) probeWork() int64 {
	n, slots := int64(len(k.items)), int64(len(k.slots))
	words := (n + 63) / 64
	return n*n/8 + 3*n*slots + n*slots*(2+words)/2 + n*(4+slots*(words+4)/4)
}

// withinReach tells whether the tables and the depth of a search are of a
// size to work with.
func (k *knapsack) withinReach() bool {
	const mostTable, mostMembers = 1 << 23, 4000
	words := (len(k.items) + 63) / 64
	if (len(k.items)+1)*words*len(k.slots) > mostTable {
		return false
	}
	for i := range k.items {
		if k.items[i].most > mostMembers {
			return false
		}
	}
	return true
}

// hair is how far above a step the value of a program may be and still count as
// that step: proving the next one from so little would need pricing to the end.
const hair = 1e-4

// roundUp is the least value that the first objective can have at or above v,
// or a hair below v.
func (c *colgen) roundUp(v float64) int64 {
	return int64(math.Ceil(v/float64(c.step)-hair)) * c.step
}

// mostSeeds is how many patterns of the pool column generation starts from.
const mostSeeds = 5000

// seed gives the master the patterns of the best packing and of the pool.
func (c *colgen) seed() {
	for _, h := range c.s.best.hosts {
		c.m.add(h.class, h.content)
	}
	for i, p := range c.s.pool.patterns {
		if i < mostSeeds {
			c.m.add(p.class, p.content)
		}
	}
}

// run generates columns until the bound cannot rise, meets the best packing,
// or the meter is out. It returns the value of the master program.
func (c *colgen) run() {
	for !c.meter.out() {
		c.rounds++
		status := c.solve(c.m)
		if status != lp.Optimal {
			c.ended = "master " + status.String()
			return
		}
		c.m.readDuals()
		upper := make([]float64, len(c.in.classes))
		added := c.probe(c.in.count, c.in.stock, upper)
		c.raise(upper)
		if added >= max(1, len(c.in.groups)/5) && !c.met() {
			continue
		}
		added, done := c.exact()
		if done {
			return
		}
		if added == 0 {
			if c.nodes*8 > c.nodeCap || c.nodes*8*int64(len(c.knap)) > c.meter.left()/10 {
				c.ended = pricing
				return
			}
			c.nodes *= 8
		}
	}
	c.ended = shortOfWork
}

// ready tells whether the master has a solution that dives can start from.
func (c *colgen) ready() bool { return c.rounds > 0 && !c.m.short() }

// solve solves a program and pays for it, a few pivots at a time, so that it
// ends soon after the meter is out.
func (c *colgen) solve(m *master) lp.Status {
	for range mostPivots / pivotsAtATime {
		before := m.lp.Work()
		status := m.lp.Solve(pivotsAtATime)
		c.meter.spend((m.lp.Work() - before) / 8)
		if status != lp.Stalled || c.meter.out() {
			return status
		}
	}
	return lp.Stalled
}

// probe adds columns that the quick search finds, for the members of each group
// and the hosts of each class that are left, and returns how many. It sets
// upper, when given, to a bound on what a content of each class is worth.
func (c *colgen) probe(count, stock []int, upper []float64) int {
	added := 0
	for k, knap := range c.knap {
		if knap == nil || stock[k] == 0 {
			continue
		}
		if c.meter.out() {
			if upper != nil {
				upper[k] = math.Inf(1)
			}
			continue
		}
		price := c.m.price(k, 1)
		knap.prepare(c.m.weight, count, c.m.loadOf(k))
		if len(knap.tree.items) == 0 {
			if upper != nil {
				upper[k] = knap.idle()
			}
			continue
		}
		bound := knap.multipliers(20, price)
		if upper != nil {
			upper[k] = bound + float64(1e-9*(math.Abs(bound)+1))
		}
		knap.build()
		knap.probe(c.improving(price), probeNodes)
		added += c.take(k)
		c.pay(knap)
	}
	return added
}

// dig adds columns that the exact search finds within a number of nodes. It
// sets upper, when given, as probe does.
func (c *colgen) dig(count, stock []int, nodes int64, upper []float64) int {
	added := 0
	note := func(k int, bound float64) {
		if upper != nil {
			upper[k] = bound
		}
	}
	for k, knap := range c.knap {
		if knap == nil || stock[k] == 0 {
			continue
		}
		if c.meter.out() {
			note(k, math.Inf(1))
			continue
		}
		price := c.improving(c.m.price(k, 1))
		knap.prepare(c.m.weight, count, c.m.loadOf(k))
		if len(knap.tree.items) == 0 {
			note(k, knap.idle())
			continue
		}
		knap.multipliers(40, price)
		note(k, knap.search(price, price, nodes))
		added += c.take(k)
		c.pay(knap)
	}
	return added
}

// improving is what a content must be worth at least to be a new column.
func (c *colgen) improving(price float64) float64 {
	return price + 1e-7*c.m.unit*float64(c.m.scale)
}

// take adds the contents that a knapsack has found to the master.
func (c *colgen) take(class int) int {
	t := c.knap[class].tree
	slices.SortStableFunc(t.found, func(a, b found) int {
		switch {
		case a.value > b.value:
			return -1
		case a.value < b.value:
			return 1
		}
		return slices.CompareFunc(a.content, b.content, compareShares)
	})
	added := 0
	for _, f := range t.found {
		if c.m.add(class, f.content) {
			added++
		}
	}
	return added
}

func (c *colgen) pay(k *knapsack) {
	c.meter.spend(k.spent)
	k.spent = 0
}

// exact prices every class within the node limit, adds what it finds and
// raises the bound. It tells whether nothing is left to gain.
//
// The search is told to prune what could not keep the bound from being the
// value of the master rounded up: with hosts that cost stretch times as much,
// the duals still prove that.
func (c *colgen) exact() (added int, done bool) {
	value := c.m.value()
	target := c.roundUp(value)
	stretch := 1 + 1e-7
	if below := float64(target-c.step) + 1e-5*float64(c.step); below > 0 && !c.exhaustive {
		stretch = max(stretch, value*(1-1e-10)/below)
	}
	upper := make([]float64, len(c.in.classes))
	for k, knap := range c.knap {
		if knap == nil {
			continue
		}
		if c.meter.out() {
			upper[k] = math.Inf(1)
			continue
		}
		price := c.m.price(k, 1)
		knap.prepare(c.m.weight, c.in.count, c.m.loadOf(k))
		if len(knap.tree.items) == 0 {
			upper[k] = knap.idle()
			continue
		}
		knap.multipliers(80, price)
		upper[k] = knap.search(c.m.price(k, stretch), c.improving(price), c.nodes)
		added += c.take(k)
		c.pay(knap)
	}
	c.raise(upper)
	if !c.exhaustive && c.s.bound >= target || c.met() {
		c.ended = "bound"
		return added, true
	}
	if added == 0 && !c.cutShort(upper) {
		c.ended = "converged"
		return 0, true
	}
	return added, false
}

// met tells whether the best packing is proven optimal, with a certificate if
// that is what the columns are for.
func (c *colgen) met() bool { return c.s.closed() && !(c.certifying && c.s.cert == nil) }

// cutShort tells whether a bound of a pricing is above the price by more than rounding.
func (c *colgen) cutShort(upper []float64) bool {
	for k, u := range upper {
		if u > c.m.price(k, 1+1e-5)+1 {
			return true
		}
	}
	return false
}

// raise raises the bound of the search to what the whole-number duals and the
// most that a content of each class can be worth prove (Farley, "A note on
// bounding a class of linear programming problems", 1990; with the stock
// priced as Lasdon does).
func (c *colgen) raise(upper []float64) {
	most := make([]int64, len(upper))
	for k, u := range upper {
		if !(u < 1<<60) {
			return // far above any use, and soon above what fits
		}
		most[k] = int64(math.Ceil(u))
	}
	d := c.in.farley(c.m.weight, most, c.m.scale)
	if d == nil {
		return
	}
	c.s.raiseDual(d, "column generation")
	if v := c.in.dualTotal(d) / float64(d.scale); v > c.bestValue {
		c.best, c.bestValue = d, v
	}
}
