package pack

import (
	"cmp"
	"math"
	"slices"
)

// census lists all contents of a class that a packing of a given cost could use.
type census struct {
	k       *knapsack
	keep    float64 // least value
	floor   []int64 // per slot of the knapsack, least load; nil: none
	nodes   int64   // left
	most    int     // contents to list at most
	list    [][]Share
	partial bool // something was left out

	// When hosts can waste next to nothing, items go by size, small ones first:
	// then few orders lead to a full host, and no bound on values is needed.
	sized  bool
	ratio  float64   // most value per weight of any item
	least  [][]int64 // per slot and item, the smallest size from that item on
	window bitset
}

// every lists the contents worth at least keep and loaded at least floor, and
// tells whether these are all. Values must be set by prepareAll.
func (k *knapsack) every(keep float64, floor []int64, most int, nodes int64) (list [][]Share, complete bool) {
	t := k.tree
	if len(t.items) == 0 {
		if k.base >= keep && len(k.in.classes[k.class].fixed) > 0 {
			list = append(list, slices.Clone(k.in.classes[k.class].fixed))
		}
		return list, true
	}
	c := &census{k: k, keep: keep, floor: floor, nodes: nodes, most: most, sized: k.full(floor)}
	if c.sized {
		slices.SortFunc(t.items, func(a, b knapItem) int {
			return cmp.Or(cmp.Compare(k.bulk(&a), k.bulk(&b)), cmp.Compare(a.group, b.group))
		})
	}
	k.build()
	k.start()
	surplus := 0.0
	for i, l := range k.lambda {
		surplus += float64(l * k.capacity[i])
	}
	c.measure()
	t.margin = 1e-9 * (k.base + c.bound(t.levels[0], 0, 0, surplus) + 1)
	if k.base >= keep && len(k.in.classes[k.class].fixed) > 0 {
		c.list = append(c.list, k.content())
	}
	c.descend(0, k.base, surplus)
	k.spent += (nodes - c.nodes) * int64(4+len(k.slots)*(t.words+4)/4)
	return c.list, !c.partial
}

// prepareAll is prepare with the groups that are worth nothing left in.
func (k *knapsack) prepareAll(value []int64, load func(group int) float64) {
	k.prepare(value, k.in.count, load)
	t := k.tree
	t.items = t.items[:0]
	for i := range k.items {
		it := k.items[i]
		it.value = float64(value[it.group])
		if load != nil {
			it.value -= load(it.group)
		}
		t.items = append(t.items, it)
	}
	k.order()
}

// descend lists the extensions of the present content by items of the set at
// this depth.
func (c *census) descend(depth int, value, surplus float64) {
	t := c.k.tree
	set := t.levels[depth]
	if c.sized {
		c.finish(depth, value)
	}
	for i := set.next(0); i >= 0; i = set.next(i + 1) {
		if c.bound(set, i, value, surplus)+t.margin < c.keep {
			return
		}
		if c.sized && !c.leavesRoom(i) {
			continue
		}
		if !c.try(depth, i, value, !c.sized) {
			return
		}
		before := len(t.changes)
		c.k.take(depth, i, i)
		c.descend(depth+1, value+t.items[i].value, surplus-t.items[i].weight)
		c.k.giveBack(i, before)
	}
}

// try counts a node and, when emit is set, lists the content with one member of
// item i more if it is worth and loaded enough; false when the search must end.
func (c *census) try(depth, i int, value float64, emit bool) bool {
	t := c.k.tree
	if c.nodes <= 0 || len(c.list) >= c.most || c.nodes%1024 == 0 && t.stop.Load() {
		c.partial = true
		return false
	}
	c.nodes--
	if emit && value+t.items[i].value >= c.keep {
		before := len(t.changes)
		c.k.take(depth, i, i)
		if c.loaded() {
			c.list = append(c.list, c.k.content())
		}
		c.k.giveBack(i, before)
	}
	return true
}

// finish lists the contents that one more member completes: those items lie in
// a window of sizes in each slot.
func (c *census) finish(depth int, value float64) {
	k, t := c.k, c.k.tree
	c.window = append(c.window[:0], t.levels[depth]...)
	for s := range k.slots {
		spare := int64(k.capacity[s]) - c.floor[s] // what may stay free
		if need := k.left[s] - spare; need > 0 {
			n := t.rank(s, need-1)
			row := t.prefix[s][n*t.words : (n+1)*t.words]
			for w := range c.window {
				c.window[w] &^= row[w]
			}
		}
	}
	for i := c.window.next(0); i >= 0; i = c.window.next(i + 1) {
		if !c.try(depth, i, value, true) {
			return
		}
	}
}

// leavesRoom tells whether a further item, not before i, may fit beside i.
func (c *census) leavesRoom(i int) bool {
	for s, d := range c.k.tree.items[i].demand {
		if d+c.least[s][i] > c.k.left[s] {
			return false
		}
	}
	return true
}

// full tells whether floors leave a host hardly any room.
func (k *knapsack) full(floor []int64) bool {
	for s, v := range floor {
		if float64(v) > (1-leastWaste)*k.capacity[s] {
			return true
		}
	}
	return false
}

// bulk is the size of an item relative to the host, over all slots.
func (k *knapsack) bulk(it *knapItem) float64 {
	sum := 0.0
	for s, v := range it.demand {
		sum += float64(v) / max(1, k.capacity[s])
	}
	return sum
}

// measure prepares bound and last.
func (c *census) measure() {
	items := c.k.tree.items
	for _, it := range items {
		if it.value > 0 {
			c.ratio = max(c.ratio, it.value/it.weight)
		}
	}
	for s := range c.k.slots {
		least := make([]int64, len(items))
		smallest := int64(math.MaxInt64 / 2)
		for i := len(items) - 1; i >= 0; i-- {
			smallest = min(smallest, items[i].demand[s])
			least[i] = smallest
		}
		c.least = append(c.least, least)
	}
}

// bound is at least the value of any content that items from one on complete.
func (c *census) bound(set bitset, from int, value, surplus float64) float64 {
	if !c.sized {
		return value + c.k.tree.fill(set, from, surplus)
	}
	return value + float64(c.ratio*max(0, surplus))
}

// loaded tells whether the present content leaves no more free than it may.
func (c *census) loaded() bool {
	for s := range c.floor {
		if int64(c.k.capacity[s])-c.k.left[s] < c.floor[s] {
			return false
		}
	}
	return true
}

// patternsFor lists the patterns that a packing with a first objective of at
// most target can use, and tells whether these are all. A dual leaves only so
// much to such a packing: a content that weighs less than its host costs by
// more than the whole gap is in none of them.
func (c *colgen) patternsFor(d *dual, target int64, most int, nodes int64) (list []pattern, complete bool) {
	gap := float64(float64(target)*float64(d.scale)) - c.in.dualTotal(d)
	gap += float64(1e-9 * (math.Abs(gap) + float64(d.scale))) // far above its rounding error
	complete = true
	for k, knap := range c.knap {
		if knap == nil {
			continue
		}
		var load func(int) float64
		if c.m.loaded {
			load = func(g int) float64 { return float64(c.in.loadCost(0, k, g)) * float64(d.scale) }
		}
		price := float64(float64(d.scale)*float64(c.in.hostCost(0, k))) + float64(d.stock[k])
		knap.prepare(d.weight, c.in.count, load)
		knap.multipliers(60, price)
		knap.prepareAll(d.weight, load)
		contents, all := knap.every(price-gap, c.floors(k, target), most-len(list), nodes)
		complete = complete && all
		for _, content := range contents {
			list = append(list, pattern{k, content})
		}
		c.pay(knap)
	}
	return list, complete
}

// dualTotal is what a dual proves times its scale.
func (in *instance) dualTotal(d *dual) float64 {
	sum := 0.0
	for g, n := range in.count {
		sum += float64(float64(n) * float64(d.weight[g]))
	}
	for k, v := range d.stock {
		sum -= float64(float64(in.stock[k]) * float64(v))
	}
	return sum
}

// floors is how much a host of a class must be loaded in each slot of its
// knapsack, so that hosts for target in all have room for everything: where
// volume nearly decides, hosts can waste next to nothing.
func (c *colgen) floors(class int, target int64) []int64 {
	floors := make([]int64, len(c.knap[class].slots))
	for i, s := range c.knap[class].slots {
		size, cost := int64(0), int64(1) // of the class with the most room for its cost
		for k := range c.in.classes {
			room, price := c.in.classes[k].capacity[s], c.in.hostCost(0, k)
			if c.in.stock[k] > 0 && productLess(size, price, room, cost) {
				size, cost = room, price
			}
		}
		if cost == 0 || size > 1<<31 || target > 1<<31 || c.in.total[s] > math.MaxInt64/cost {
			continue
		}
		// What all hosts may waste, and this one: both times cost.
		waste := size*target - c.in.total[s]*cost
		floor := size*c.in.hostCost(0, class) - waste
		fixed := c.in.classes[class].capacity[s] - c.in.classes[class].left[s]
		floors[i] = max(0, (floor+cost-1)/cost-fixed)
	}
	return floors
}
