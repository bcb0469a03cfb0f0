package pack

import (
	"slices"
	"sort"
)

// nameGroups marks the groups that cannot merge with an equal one: a rule, a
// start that counts or a fixed host tells them from it.
func (c *compiler) nameGroups() {
	c.named = make([]bool, len(c.p.Groups))
	for g := range c.p.Groups {
		grp := &c.p.Groups[g]
		c.named[g] = grp.Max > 0 && grp.Max < grp.Count || len(grp.Fixed) > 0 || c.in.moves && len(grp.Start) > 0
	}
	for _, x := range c.p.Conflicts {
		if c.binds(x) {
			c.named[x.If], c.named[x.Of] = true, true
		}
	}
	for _, l := range c.p.Limits {
		for _, g := range l.Groups {
			c.named[g] = true
		}
	}
}

// binds tells whether a conflict forbids anything.
func (c *compiler) binds(x Conflict) bool {
	return c.p.Groups[x.If].Count > 0 && c.p.Groups[x.Of].Count > x.Max
}

// mergeGroups makes inner groups, equal ones merged.
func (c *compiler) mergeGroups() {
	allowed := make([]intSet, len(c.sets))
	for s, set := range c.sets {
		allowed[s] = newSet(len(c.in.classes))
		for i, cl := range c.in.classes {
			if _, on := slices.BinarySearch(set, cl.types[0]); on || set == nil {
				allowed[s].add(i)
			}
		}
	}
	c.groupOf = make([]int, len(c.p.Groups))
	known := map[uint64][]int{}
	for g := range c.p.Groups {
		c.groupOf[g] = -1
		grp := &c.p.Groups[g]
		if grp.Count == 0 {
			continue
		}
		hash := hashOf(grp.Demand, uint64(c.setOf[g]))
		if !c.named[g] {
			if at := c.equal(known[hash], g); at >= 0 {
				c.join(at, g)
				continue
			}
			known[hash] = append(known[hash], len(c.in.groups))
		}
		c.groupOf[g] = len(c.in.groups)
		c.in.groups = append(c.in.groups, c.group(g, allowed[c.setOf[g]]))
		c.in.count = append(c.in.count, grp.Count)
	}
	for i := range c.in.groups {
		if !c.named[c.in.groups[i].parts[0].Index] {
			c.in.groups[i].max = c.in.count[i]
		}
	}
}

// equal finds a group made so far that g may join; -1: none.
func (c *compiler) equal(candidates []int, g int) int {
	for _, at := range candidates {
		first := c.in.groups[at].parts[0].Index
		if c.setOf[first] == c.setOf[g] && slices.Equal(c.p.Groups[first].Demand, c.p.Groups[g].Demand) {
			return at
		}
	}
	return -1
}

func (c *compiler) join(at, g int) {
	c.groupOf[g] = at
	c.in.count[at] += c.p.Groups[g].Count
	c.in.groups[at].parts = append(c.in.groups[at].parts, Share{g, c.p.Groups[g].Count})
}

// group makes the inner form of one group, rules left out.
func (c *compiler) group(g int, allowed intSet) group {
	src := &c.p.Groups[g]
	grp := group{
		demand:  make([]int64, c.in.slots),
		sum:     make([]int64, c.p.Dims),
		peak:    make([]int64, c.p.Dims),
		low:     make([]int64, c.p.Dims),
		max:     src.Count,
		allowed: allowed,
		parts:   []Share{{g, src.Count}},
	}
	if src.Max > 0 {
		grp.max = min(grp.max, src.Max)
	}
	for i, v := range src.Demand {
		grp.sum[i/c.times] += v
	}
	for d := range grp.low {
		grp.low[d] = ceiling
	}
	for s, at := range c.slotTimes {
		v, d := src.Demand[at], c.in.resource[s]
		grp.demand[s] = v
		grp.peak[d] = max(grp.peak[d], v)
		grp.low[d] = min(grp.low[d], v)
	}
	return grp
}

// hashOf is FNV-1a over 64-bit words.
func hashOf(values []int64, seed uint64) uint64 {
	h := seed ^ 14695981039346656037
	for _, v := range values {
		h = (h ^ uint64(v)) * 1099511628211
	}
	return h
}

// attachRules turns conflicts and limits into what each group knows of others.
func (c *compiler) attachRules() {
	pairs := map[[2]int]int{} // If, Of: the least Max
	for _, x := range c.p.Conflicts {
		if !c.binds(x) {
			continue
		}
		key := [2]int{c.groupOf[x.If], c.groupOf[x.Of]}
		if old, ok := pairs[key]; !ok || x.Max < old {
			pairs[key] = x.Max
		}
	}
	tolerance := func(when, of int) int32 {
		if v, ok := pairs[[2]int{when, of}]; ok {
			return int32(min(v, free))
		}
		return free
	}
	for key := range pairs {
		a, b := key[0], key[1]
		c.in.groups[a].rules = append(c.in.groups[a].rules, rule{int32(b), tolerance(b, a), tolerance(a, b)})
		if _, both := pairs[[2]int{b, a}]; !both {
			c.in.groups[b].rules = append(c.in.groups[b].rules, rule{int32(a), tolerance(a, b), tolerance(b, a)})
		}
	}
	for g := range c.in.groups {
		rules := c.in.groups[g].rules
		sort.Slice(rules, func(i, j int) bool { return rules[i].other < rules[j].other })
	}
	c.attachLimits()
}

// attachLimits keeps the limits that bind; those on one group join its max.
func (c *compiler) attachLimits() {
	for _, l := range c.p.Limits {
		var inner []int
		members := 0
		for _, g := range l.Groups {
			if at := c.groupOf[g]; at >= 0 {
				inner = append(inner, at)
				members += c.in.count[at]
			}
		}
		if members <= l.Max {
			continue
		}
		for _, g := range inner {
			c.in.groups[g].max = min(c.in.groups[g].max, l.Max)
		}
		if len(inner) < 2 {
			continue
		}
		slices.Sort(inner)
		for _, g := range inner {
			c.in.groups[g].limits = append(c.in.groups[g].limits, int32(len(c.in.limits)))
		}
		c.in.limits = append(c.in.limits, Limit{Groups: inner, Max: l.Max})
	}
}

// tariffs brings the objectives to classes and inner groups.
func (c *compiler) tariffs() {
	for i := range c.in.minimise {
		o := &c.in.minimise[i]
		t := tariff{host: make([]int64, len(c.in.classes))}
		if o.Host != nil {
			for k, cl := range c.in.classes {
				t.host[k] = o.Host[cl.types[0]]
			}
		}
		if slices.ContainsFunc(o.Load, charges) {
			t.load = make([][]int64, len(c.in.classes))
			for k, cl := range c.in.classes {
				t.load[k] = o.Load[cl.types[0]]
			}
		}
		if charges(o.Enclosure) {
			t.enclosure = append(t.enclosure, 0)
			t.enclosure = append(t.enclosure, o.Enclosure[:min(len(o.Enclosure), c.in.enclosures)]...)
			t.enclosure = append(t.enclosure, make([]int64, c.in.enclosures+1-len(t.enclosure))...)
		}
		if charges(o.Move) {
			t.move = make([]int64, len(c.in.groups))
			for g := range c.in.groups {
				t.move[g] = o.Move[c.in.groups[g].parts[0].Index]
			}
		}
		c.in.costs = append(c.in.costs, t)
	}
	c.in.startOn = make([][]Share, len(c.p.Types))
	if !c.in.moves {
		return
	}
	for g := range c.in.groups {
		grp := &c.in.groups[g]
		grp.starts = c.p.Groups[grp.parts[0].Index].Start
		for _, s := range grp.starts {
			c.in.startOn[s.Index] = append(c.in.startOn[s.Index], Share{g, s.Count})
		}
	}
}

// charges tells whether a list of costs has one above 0.
func charges(costs []int64) bool {
	return slices.ContainsFunc(costs, func(v int64) bool { return v > 0 })
}

// fix gives each class its fixed members. Those that cannot be there together
// are lost, first come first served.
func (c *compiler) fix() {
	for t, fixed := range c.fixedOn {
		at := c.classOf[t]
		if len(fixed) == 0 {
			continue
		}
		cl := &c.in.classes[at]
		var kept []Share
		for _, f := range fixed {
			g, stay := c.groupOf[f.Index], 0
			if c.in.mayHold(at, g) {
				room := min(c.in.capacityRoom(c.in.leftWith(at, kept), g), c.in.ruleRoom(kept, g))
				stay = min(f.Count, room)
			}
			if stay > 0 {
				kept = append(kept, Share{g, stay})
			}
			c.in.groups[g].fixed += stay
			c.lose(g, f.Count-stay)
		}
		cl.fixed = kept
		cl.left = c.in.leftWith(at, kept)
	}
}

// lose takes members out of the problem that no packing can place.
func (c *compiler) lose(g, n int) {
	if n > 0 {
		c.in.count[g] -= n
		c.in.lost = append(c.in.lost, Share{g, n})
	}
}

// dropMisfits loses the members that fit on no host even alone.
func (c *compiler) dropMisfits() {
	for g := range c.in.groups {
		loose := c.in.count[g] - c.in.groups[g].fixed
		fits := false
		for k := 0; k < len(c.in.classes) && !fits && loose > 0; k++ {
			fits = c.in.patternMax(k, g) > shareOf(c.in.classes[k].fixed, g)
		}
		if !fits {
			c.lose(g, loose)
		}
	}
}
