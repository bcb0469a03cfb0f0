package pack

import (
	"math"
	"slices"

	"sobre/planner/pack/lp"
)

// master is the linear relaxation of covering all groups with patterns, over
// the patterns known so far: one row per group with members to place, one per
// class of limited stock, and one for each host that fixed members keep in use.
type master struct {
	in   *instance
	lp   *lp.Solver
	rows []lp.Row
	unit float64 // first objective that one unit of cost in the program stands for

	columns  []pattern // by column of the program; penalties come first and have class -1
	known    *pool
	row      []int // per group, -1: none
	stockRow []int // per class, -1: none
	forceRow []int // per class, -1: none

	weight []int64 // per group, the duals as whole numbers: units of 1/scale of the objective
	scale  int64
	credit []float64 // per class, what its stock and force rows are worth, in the same units; ≤ 0 for stock
	loaded bool      // loads cost something in the first objective
}

// A dual of one unit of the program has at most dualBits bits, so that values of
// contents stay far below 2^53; scales stay small enough to be read easily.
const (
	dualBits  = 44
	scaleBits = 39
)

// newMaster makes the program for an instance, with penalties and no pattern.
// With counted, every class has a stock row and a force row, for branching on
// the number of its hosts.
func newMaster(in *instance, perturb float64, counted bool) *master {
	m := &master{in: in, known: newPool(), loaded: in.costs[0].load != nil}
	m.unit = 1
	for k := range in.classes {
		m.unit = max(m.unit, float64(in.hostCost(0, k)))
		if m.loaded {
			for g := range in.groups {
				m.unit = max(m.unit, float64(in.loadCost(0, k, g)))
			}
		}
	}
	m.scale = int64(min(max(1, math.Exp2(dualBits)/m.unit), math.Exp2(scaleBits)))
	rows := make([]lp.Row, 0, len(in.groups))
	for _, n := range in.count {
		if n <= 0 {
			m.row = append(m.row, -1)
			continue
		}
		m.row = append(m.row, len(rows))
		rows = append(rows, lp.Row{Sense: lp.AtLeast, Right: float64(n)})
	}
	members := in.members()
	for k := range in.classes {
		m.stockRow, m.forceRow = append(m.stockRow, -1), append(m.forceRow, -1)
		if counted || !in.classes[k].unlimited && in.stock[k] < members {
			m.stockRow[k] = len(rows)
			rows = append(rows, lp.Row{Sense: lp.AtMost, Right: float64(in.stock[k])})
		}
		if counted || in.forced(k) > 0 {
			m.forceRow[k] = len(rows)
			rows = append(rows, lp.Row{Sense: lp.AtLeast, Right: float64(in.forced(k))})
		}
	}
	m.rows = rows
	m.lp = lp.New(rows, perturb)
	m.weight = make([]int64, len(in.groups))
	m.credit = make([]float64, len(in.classes))
	m.penalties()
	return m
}

// forced is how many hosts of a class fixed members keep in use.
func (in *instance) forced(class int) int {
	if len(in.classes[class].fixed) > 0 && in.stock[class] > 0 {
		return 1
	}
	return 0
}

// penalties makes a column of its own for each row that asks for something, so
// that the program has a solution.
func (m *master) penalties() {
	add := func(row int) {
		m.lp.AddColumn(penalty, []int32{int32(row)}, []float64{1})
		m.columns = append(m.columns, pattern{class: -1})
	}
	for _, row := range slices.Concat(m.row, m.forceRow) {
		if row >= 0 {
			add(row)
		}
	}
}

// penalty is the cost of leaving a member out, in units of the program.
const penalty = 20

// patternCost is the first objective of one host with a content.
func (in *instance) patternCost(class int, content []Share) int64 {
	cost := in.hostCost(0, class)
	if in.costs[0].load != nil {
		for _, s := range content {
			cost += int64(s.Count) * in.loadCost(0, class, s.Index)
		}
	}
	return cost
}

// add makes a column of a pattern unless it has one.
func (m *master) add(class int, content []Share) bool {
	if !m.known.add(class, content) {
		return false
	}
	index := make([]int32, 0, len(content)+2)
	value := make([]float64, 0, len(content)+2)
	for _, s := range content {
		if row := m.row[s.Index]; row >= 0 {
			index, value = append(index, int32(row)), append(value, float64(s.Count))
		}
	}
	for _, row := range []int{m.stockRow[class], m.forceRow[class]} {
		if row >= 0 {
			index, value = append(index, int32(row)), append(value, 1)
		}
	}
	m.lp.AddColumn(float64(m.in.patternCost(class, content))/m.unit, index, value)
	m.columns = append(m.columns, m.known.patterns[len(m.known.patterns)-1])
	return true
}

// readDuals rounds the duals of the program down to whole numbers. Whatever
// they are, a bound computed from them is exact: see colgen.bound.
func (m *master) readDuals() { m.setDuals(m.lp.Duals()) }

// setDuals does it with duals from elsewhere.
func (m *master) setDuals(duals []float64) {
	factor := m.unit * float64(m.scale)
	for g, row := range m.row {
		m.weight[g] = 0
		if row >= 0 {
			m.weight[g] = int64(max(0, duals[row]) * factor)
		}
	}
	for k := range m.credit {
		m.credit[k] = 0
		if row := m.stockRow[k]; row >= 0 {
			m.credit[k] += float64(min(0, duals[row]) * factor)
		}
		if row := m.forceRow[k]; row >= 0 {
			m.credit[k] += float64(max(0, duals[row]) * factor)
		}
	}
}

// price is what a content of a class must be worth more than to improve the
// program, with the cost of hosts taken times stretch.
func (m *master) price(class int, stretch float64) float64 {
	return float64(float64(m.in.hostCost(0, class))*float64(m.scale)*stretch) - m.credit[class]
}

// loadOf is what members cost on a class in units of the duals; nil: nothing.
func (m *master) loadOf(class int) func(int) float64 {
	if !m.loaded {
		return nil
	}
	return func(g int) float64 { return float64(m.in.loadCost(0, class, g)) * float64(m.scale) }
}

// value is the value of the program in units of the first objective.
func (m *master) value() float64 { return m.lp.Value() * m.unit }

// short tells whether the solution of the program pays penalties.
func (m *master) short() bool {
	for j, c := range m.columns {
		if c.class >= 0 {
			return false
		}
		if m.lp.X(j) > 0.01 {
			return true
		}
	}
	return false
}

// copy makes a program for an instance, the same or with fewer members left,
// from the columns that are basic or have a reduced cost of at most most. It
// starts from the same basis, where rows that are left out have nothing to ask.
func (m *master) copy(in *instance, perturb, most float64) *master {
	c := newMaster(in, perturb, false)
	var basis, rows []int
	penalties := map[int]int{} // by row
	for j, p := range c.columns {
		if p.class < 0 {
			index, _ := c.lp.Column(j)
			penalties[int(index[0])] = j
		}
	}
	to := m.rowsIn(c)
	for _, j := range m.lp.Basic() {
		if p := m.columns[j]; p.class >= 0 {
			c.add(p.class, p.content)
			basis = append(basis, c.lp.Columns()-1)
			continue
		}
		index, _ := m.lp.Column(j)
		if at := to[index[0]]; at >= 0 {
			basis = append(basis, penalties[at])
		}
	}
	for j, p := range m.columns {
		if p.class >= 0 && m.lp.ReducedCost(j) <= most {
			c.add(p.class, p.content)
		}
	}
	for i := range m.lp.Rows() {
		if !m.lp.LogicalBasic(i) && to[i] >= 0 {
			rows = append(rows, to[i])
		}
	}
	if len(basis) == len(rows) {
		c.lp.Start(basis, rows)
	}
	return c
}

// rowsIn is where each row is in another program; -1: nowhere.
func (m *master) rowsIn(other *master) []int {
	to := slices.Repeat([]int{-1}, m.lp.Rows())
	match := func(from, at []int) {
		for i, row := range from {
			if row >= 0 {
				to[row] = at[i]
			}
		}
	}
	match(m.row, other.row)
	match(m.stockRow, other.stockRow)
	match(m.forceRow, other.forceRow)
	return to
}
