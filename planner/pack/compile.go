package pack

import (
	"encoding/binary"
	"slices"
	"sort"
)

// compiler turns a valid Problem into an instance.
type compiler struct {
	p     *Problem
	in    *instance
	times int

	setOf   []int     // per group of the Problem, its distinct Allowed
	sets    [][]int   // the distinct Alloweds; nil: all types
	classOf []int     // per type of the Problem; -1: stock 0
	groupOf []int     // per group of the Problem; -1: count 0
	named   []bool    // per group of the Problem: it must stay a group of its own
	fixedOn [][]Share // per type of the Problem

	slotTimes []int // per slot, its place in Group.Demand
}

// compile builds the inner form of a problem that validate has accepted.
func compile(p *Problem) *instance {
	c := &compiler{p: p, in: &instance{problem: p}, times: max(p.Times, 1)}
	c.objectives()
	c.allowedSets()
	c.mergeTypes()
	c.chooseSlots()
	c.nameGroups()
	c.mergeGroups()
	c.attachRules()
	c.tariffs()
	c.fix()
	c.dropMisfits()
	for g := range c.in.groups {
		grp := &c.in.groups[g]
		grp.plain = len(grp.rules) == 0 && len(grp.limits) == 0 && grp.max >= c.in.count[g]
	}
	c.in.classOf = c.classOf
	c.in.unit = 1 + int64(c.in.slots)/16
	c.in.rough = c.in.roughCosts()
	for s := range c.in.slots {
		c.in.usual = append(c.in.usual, c.in.typical(s))
	}
	return c.in.residual(c.in.count, c.in.stock)
}

// objectives lists what is to be minimised: the number of hosts when nothing is said.
func (c *compiler) objectives() {
	c.in.minimise = c.p.Minimise
	if len(c.in.minimise) == 0 {
		ones := make([]int64, len(c.p.Types))
		for i := range ones {
			ones[i] = 1
		}
		c.in.minimise = []Objective{{Host: ones}}
	}
	for _, o := range c.in.minimise {
		for e, v := range o.Enclosure {
			if v > 0 {
				c.in.enclosures = max(c.in.enclosures, e+1)
			}
		}
		for _, v := range o.Move {
			c.in.moves = c.in.moves || v > 0
		}
	}
}

// allowedSets numbers the distinct Allowed lists. Groups mostly share a few.
func (c *compiler) allowedSets() {
	known := map[string]int{}
	c.setOf = make([]int, len(c.p.Groups))
	var key []byte
	for g := range c.p.Groups {
		allowed := c.p.Groups[g].Allowed
		key = key[:0]
		if allowed != nil {
			key = append(key, 1)
			for _, t := range allowed {
				key = binary.AppendUvarint(key, uint64(t))
			}
		}
		set, ok := known[string(key)]
		if !ok {
			set = len(c.sets)
			known[string(key)] = set
			c.sets = append(c.sets, allowed)
		}
		c.setOf[g] = set
	}
}

// mergeTypes makes classes of types that agree in capacity, costs, the Allowed
// lists they are on and, where it costs something, their enclosure. Types with
// fixed members stay alone.
func (c *compiler) mergeTypes() {
	c.fixedOn = make([][]Share, len(c.p.Types))
	for g := range c.p.Groups {
		for _, f := range c.p.Groups[g].Fixed {
			c.fixedOn[f.Index] = append(c.fixedOn[f.Index], Share{g, f.Count})
		}
	}
	member := make([]intSet, len(c.p.Types))
	for t := range member {
		member[t] = newSet(len(c.sets))
	}
	for s, set := range c.sets {
		for _, t := range set {
			member[t].add(s)
		}
	}
	known := map[string]int{}
	c.classOf = make([]int, len(c.p.Types))
	members := 0
	for g := range c.p.Groups {
		members += c.p.Groups[g].Count
	}
	for t := range c.p.Types {
		if c.p.Types[t].Stock == 0 {
			c.classOf[t] = -1
			continue
		}
		key := string(c.typeKey(t, member[t]))
		at, ok := known[key]
		if !ok {
			at = len(c.in.classes)
			known[key] = at
			c.in.classes = append(c.in.classes, class{})
			c.in.stock = append(c.in.stock, 0)
		}
		c.classOf[t] = at
		cl := &c.in.classes[at]
		cl.types = append(cl.types, t)
		if c.p.Types[t].Enclosure <= c.in.enclosures {
			cl.enclosure = c.p.Types[t].Enclosure
		}
		stock := c.p.Types[t].Stock
		cl.unlimited = cl.unlimited || stock == Unlimited
		// More hosts than members are as good as any number of them.
		if cl.unlimited = cl.unlimited || stock >= members-c.in.stock[at]; cl.unlimited {
			stock = members - c.in.stock[at]
		}
		c.in.stock[at] += stock
	}
}

// typeKey is equal for types that may share a class.
func (c *compiler) typeKey(t int, member intSet) []byte {
	var key []byte
	put := func(v int64) { key = binary.AppendVarint(key, v) }
	typ := &c.p.Types[t]
	for _, v := range typ.Capacity {
		put(v)
	}
	if typ.Enclosure <= c.in.enclosures {
		put(int64(typ.Enclosure))
	} else {
		put(0)
	}
	for i := range c.in.minimise {
		o := &c.in.minimise[i]
		if o.Host != nil {
			put(o.Host[t])
		}
		for d := range c.p.Dims {
			if o.Load != nil && o.Load[t] != nil {
				put(o.Load[t][d])
			} else {
				put(0)
			}
		}
	}
	for _, w := range member {
		key = binary.LittleEndian.AppendUint64(key, w)
	}
	if c.fixedOn[t] != nil {
		put(int64(t) + 1)
	}
	return key
}

// chooseSlots keeps, per resource, the times that no other time dominates.
func (c *compiler) chooseSlots() {
	for d := range c.p.Dims {
		for _, t := range c.peakTimes(d) {
			c.in.resource = append(c.in.resource, d)
			c.slotTimes = append(c.slotTimes, d*c.times+t)
		}
	}
	c.in.slots = len(c.slotTimes)
	for i := range c.in.classes {
		cl := &c.in.classes[i]
		for _, d := range c.in.resource {
			cl.capacity = append(cl.capacity, c.p.Types[cl.types[0]].Capacity[d])
		}
		cl.left = cl.capacity
	}
}

// peakTimes lists the times of a resource that matter: at each of the others
// every group demands at most what it demands at one of these.
func (c *compiler) peakTimes(d int) []int {
	if c.times == 1 {
		return []int{0}
	}
	total := make([]int64, c.times)
	order := make([]int, c.times)
	for t := range order {
		order[t] = t
		for g := range c.p.Groups {
			if c.p.Groups[g].Count > 0 {
				total[t] += c.p.Groups[g].Demand[d*c.times+t]
			}
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return total[order[i]] > total[order[j]] })
	var kept []int
	for _, t := range order {
		if !slices.ContainsFunc(kept, func(k int) bool { return c.dominates(d, k, t) }) {
			kept = append(kept, t)
		}
	}
	slices.Sort(kept)
	return kept
}

// dominates tells whether every group demands at least as much at time k as at time t.
func (c *compiler) dominates(d, k, t int) bool {
	for g := range c.p.Groups {
		demand := c.p.Groups[g].Demand[d*c.times:]
		if c.p.Groups[g].Count > 0 && demand[t] > demand[k] {
			return false
		}
	}
	return true
}
