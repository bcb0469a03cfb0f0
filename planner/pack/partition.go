package pack

import (
	"cmp"
	"math"
	"slices"

	"sobre/planner/pack/lp"
)

// partition looks for a packing of at most a target that is made of given
// patterns, each member in exactly one: branch and bound on the patterns, with
// the linear relaxation as the guide and whole-number duals as the proof.
type partition struct {
	c      *colgen
	m      *master
	target int64
	limit  int64 // nodes
	noise  float64
	narrow bool // branch on the group with the fewest patterns left
	rng    rng

	byGroup [][]int32 // columns with a group
	byClass [][]int32
	bans    []int32 // per column, reasons why it cannot be used
	rest    []int
	most    []int // per class, hosts that may still be used
	least   []int // per class, hosts that must still be used; may be below zero
	cost    int64
	chosen  []int

	nodes   int64
	partial bool // something was left unexplored
	done    bool // a packing was found
}

// banned is the cost of a column that is out of use, in units of the program:
// it leaves the basis when it is in it.
const banned = 1000

// newPartition prepares the search.
func newPartition(c *colgen, patterns []pattern, target int64) *partition {
	p := &partition{c: c, target: target, m: newMaster(c.in, perturbation/100, true)}
	p.rest, p.most = slices.Clone(c.in.count), slices.Clone(c.in.stock)
	for k := range c.in.classes {
		p.least = append(p.least, c.in.forced(k))
	}
	p.byGroup, p.byClass = make([][]int32, len(c.in.groups)), make([][]int32, len(c.in.classes))
	for _, q := range patterns {
		p.m.add(q.class, q.content)
	}
	for j, q := range p.m.columns {
		if q.class < 0 {
			continue
		}
		p.byClass[q.class] = append(p.byClass[q.class], int32(j))
		for _, s := range q.content {
			p.byGroup[s.Index] = append(p.byGroup[s.Index], int32(j))
		}
	}
	p.bans = make([]int32, len(p.m.columns))
	return p
}

// run searches from the start within a number of nodes. It tells whether it
// has found a packing, or, when complete, that there is none.
func (p *partition) run(nodes int64, noise float64, seed uint64) (found, complete bool) {
	p.nodes, p.limit, p.noise, p.rng = 0, nodes, noise, newRNG(seed)
	p.partial, p.done = false, false
	p.narrow = seed%2 == 1
	p.node()
	return p.done, !p.partial
}

// node explores the present partial packing.
func (p *partition) node() {
	if p.done {
		return
	}
	p.nodes++
	status := p.c.solve(p.m)
	p.c.meter.spend(int64(len(p.m.columns) / 8))
	if p.nodes > p.limit || p.c.meter.out() || status != lp.Optimal {
		p.partial = true
		return
	}
	if p.cost > p.target || p.uncoverable() {
		return
	}
	if p.cost+p.c.roundUp(p.m.value()) > p.target && p.hopeless() {
		return
	}
	if k, x := p.fractionalClass(); k >= 0 {
		p.split(k, x)
		return
	}
	j, whole := p.branch()
	if whole {
		p.offer()
		return
	}
	if j < 0 {
		p.partial = true // only penalties are left, yet no proof: rounding
		return
	}
	bans := p.fix(j)
	p.node()
	p.unfix(j, bans)
	if p.over() {
		return
	}
	p.ban(j)
	p.node()
	p.unban(j)
}

func (p *partition) over() bool { return p.done || p.partial && p.nodes > p.limit }

// fractionalClass finds the class whose number of hosts in the solution is
// furthest from whole, and that number; -1 when all are whole.
func (p *partition) fractionalClass() (class int, hosts float64) {
	sum := make([]float64, len(p.most))
	for _, j := range p.m.lp.Basic() {
		if q := p.m.columns[j]; q.class >= 0 {
			sum[q.class] += p.m.lp.X(j)
		}
	}
	class = -1
	worst := 0.01
	for k, x := range sum {
		if off := math.Abs(x - math.Round(x)); off > worst {
			class, worst, hosts = k, off, x
		}
	}
	return class, hosts
}

// split explores fewer and more hosts of a class than the x of the solution,
// the nearer first.
func (p *partition) split(class int, x float64) {
	most, least := p.most[class], p.least[class]
	below := int(math.Floor(x))
	up := x-math.Floor(x) >= 0.5
	for range 2 {
		if up {
			p.least[class] = max(least, below+1)
		} else {
			p.most[class] = min(most, below)
		}
		if p.least[class] <= p.most[class] {
			p.ask(class)
			p.node()
		}
		p.most[class], p.least[class] = most, least
		p.ask(class)
		if p.over() {
			return
		}
		up = !up
	}
}

// uncoverable tells whether some group is in no column that is left.
func (p *partition) uncoverable() bool {
	for g, n := range p.rest {
		if n > 0 && !slices.ContainsFunc(p.byGroup[g], func(j int32) bool { return p.bans[j] == 0 }) {
			return true
		}
	}
	return false
}

// hopeless proves in whole numbers that what is left costs too much.
func (p *partition) hopeless() bool {
	m, in := p.m, p.c.in
	m.readDuals()
	most := make([]int64, len(in.classes))
	for k := range most {
		most[k] = math.MinInt64
	}
	for j, q := range m.columns {
		if q.class < 0 || p.bans[j] > 0 {
			continue
		}
		worth := int64(0)
		for _, s := range q.content {
			worth += int64(s.Count) * m.weight[s.Index]
			if m.loaded {
				worth -= int64(s.Count) * m.scale * in.loadCost(0, q.class, s.Index)
			}
		}
		most[q.class] = max(most[q.class], worth)
	}
	total := int64(0)
	for g, n := range p.rest {
		total += int64(n) * m.weight[g]
	}
	for k, worth := range most {
		if worth == math.MinInt64 {
			if p.least[k] > 0 {
				return true // hosts are asked for that nothing fits
			}
			continue
		}
		charge := worth - m.scale*in.hostCost(0, k)
		hosts := int64(max(0, p.least[k]))
		if charge > 0 {
			hosts = int64(p.most[k])
		}
		if math.Abs(float64(charge)*float64(hosts)) > 1<<60 {
			return false
		}
		total -= charge * hosts
	}
	if total <= 0 {
		return false
	}
	cost := p.cost + (total-1)/m.scale + 1
	if beyond := cost % p.c.step; beyond > 0 {
		cost += p.c.step - beyond
	}
	return cost > p.target
}

// branch chooses the column to decide on; whole tells that the solution has
// no fractions and no penalties.
func (p *partition) branch() (column int, whole bool) {
	column, whole = -1, true
	best := math.Inf(-1)
	for _, j := range p.m.lp.Basic() {
		x := p.m.lp.X(j)
		if x < 1e-6 {
			continue
		}
		if p.m.columns[j].class < 0 || p.bans[j] > 0 {
			whole = whole && x < 1e-3
			continue
		}
		fraction := x - math.Floor(x)
		if fraction > 1e-3 && fraction < 0.999 {
			whole = false
		}
		score := min(x, 1) + float64(p.noise*p.rng.float())
		if fraction > 0.999 || fraction < 1e-3 {
			score = x / 1e3 // decided by the program already; only when nothing else is left
		}
		if score > best {
			column, best = j, score
		}
	}
	if p.narrow && !whole {
		column = p.narrowest()
	}
	return column, whole
}

// narrowest is the column with the largest x of those with the group that the
// fewest columns are left for.
func (p *partition) narrowest() int {
	group, fewest := -1, math.MaxInt
	for g, n := range p.rest {
		if n == 0 {
			continue
		}
		left := 0
		for _, j := range p.byGroup[g] {
			if p.bans[j] == 0 {
				left++
			}
		}
		if left < fewest {
			group, fewest = g, left
		}
	}
	column, best := -1, math.Inf(-1)
	if group < 0 {
		return column
	}
	for _, j := range p.byGroup[group] {
		if p.bans[j] == 0 {
			if score := p.m.lp.X(int(j)) + float64(p.noise*p.rng.float()); score > best {
				column, best = int(j), score
			}
		}
	}
	return column
}

// fix puts a host with column j into the packing and returns the columns that
// cannot be used beside it.
func (p *partition) fix(j int) []int32 {
	q := p.m.columns[j]
	p.chosen = append(p.chosen, j)
	p.cost += p.c.in.patternCost(q.class, q.content)
	var bans []int32
	p.least[q.class]--
	if p.most[q.class]--; p.most[q.class] == 0 {
		bans = append(bans, p.byClass[q.class]...)
	}
	for _, s := range q.content {
		p.rest[s.Index] -= s.Count
		for _, other := range p.byGroup[s.Index] {
			if n := shareOf(p.m.columns[other].content, s.Index); n > p.rest[s.Index] && n <= p.rest[s.Index]+s.Count {
				bans = append(bans, other)
			}
		}
	}
	for _, other := range bans {
		p.ban(int(other))
	}
	p.update(q)
	return bans
}

func (p *partition) unfix(j int, bans []int32) {
	q := p.m.columns[j]
	p.chosen = p.chosen[:len(p.chosen)-1]
	p.cost -= p.c.in.patternCost(q.class, q.content)
	p.most[q.class]++
	p.least[q.class]++
	for _, s := range q.content {
		p.rest[s.Index] += s.Count
	}
	for _, other := range bans {
		p.unban(int(other))
	}
	p.update(q)
}

// update asks the program for what is left of the groups of a pattern.
func (p *partition) update(q pattern) {
	for _, s := range q.content {
		right := float64(p.rest[s.Index])
		if right == 0 {
			right = -1
		}
		p.m.lp.SetRight(p.m.row[s.Index], right)
	}
	p.ask(q.class)
}

// ask asks the program for the number of hosts of a class that is left.
func (p *partition) ask(class int) {
	p.m.lp.SetRight(p.m.stockRow[class], float64(p.most[class]))
	least := float64(p.least[class])
	if least <= 0 {
		least = -1
	}
	p.m.lp.SetRight(p.m.forceRow[class], least)
}

func (p *partition) ban(j int) {
	if p.bans[j]++; p.bans[j] == 1 {
		p.m.lp.Ban(j, true)
		p.m.lp.SetCost(j, banned)
	}
}

func (p *partition) unban(j int) {
	if p.bans[j]--; p.bans[j] == 0 {
		q := p.m.columns[j]
		p.m.lp.Ban(j, false)
		p.m.lp.SetCost(j, float64(p.c.in.patternCost(q.class, q.content))/p.m.unit)
	}
}

// offer offers the packing of what is chosen and the whole solution of the
// program, if it is one.
func (p *partition) offer() {
	var hosts []stack
	for _, j := range p.chosen {
		hosts = append(hosts, stack{p.m.columns[j], 1, anyType})
	}
	basic := p.m.lp.Basic()
	slices.SortFunc(basic, func(a, b int) int { return cmp.Compare(a, b) })
	for _, j := range basic {
		if n := int(math.Round(p.m.lp.X(j))); n > 0 && p.m.columns[j].class >= 0 {
			hosts = append(hosts, stack{p.m.columns[j], n, anyType})
		}
	}
	s := p.c.s
	packing := p.c.in.newPacking(p.c.in.trimHosts(hosts))
	if packing.missing > 0 || !p.c.inStock(hosts) {
		p.partial = true // fractions that rounding took for none
		return
	}
	s.offer(packing, "set partition")
	p.done = s.best.missing == 0 && s.best.values[0] <= p.target
	p.partial = p.partial || !p.done
}

// inStock tells whether there are enough hosts of every class.
func (c *colgen) inStock(hosts []stack) bool {
	used := make([]int, len(c.in.classes))
	for _, h := range hosts {
		if used[h.class] += h.count; used[h.class] > c.in.stock[h.class] {
			return false
		}
	}
	return true
}
