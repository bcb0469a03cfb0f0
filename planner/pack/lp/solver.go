package lp

import "fmt"

// Sense is the direction of a row.
type Sense int8

// The senses of a row: its left side is at least, or at most, its right side.
const (
	AtLeast Sense = iota
	AtMost
)

// Row is one constraint; its left side comes with the columns.
type Row struct {
	Sense Sense
	Right float64
}

// Status is how a solve ended.
type Status int

// The ways a solve ends. Stalled means that the iteration limit was reached.
const (
	Optimal Status = iota
	Infeasible
	Unbounded
	Stalled
)

// String names the status.
func (s Status) String() string {
	switch s {
	case Optimal:
		return "optimal"
	case Infeasible:
		return "infeasible"
	case Unbounded:
		return "unbounded"
	case Stalled:
		return "stalled"
	}
	return fmt.Sprintf("Status(%d)", int(s))
}

const (
	feasible    = 1e-9 // an x above -feasible is no violation
	optimal     = 1e-9 // a reduced cost above -optimal does not improve
	pivotLeast  = 1e-7 // smallest pivot taken from a ratio test
	mostUpdates = 300  // product-form updates before a fresh factorisation

	// leastUpdates come before a factorisation; between the two limits it is
	// due when the updates have cost as much as it will.
	leastUpdates = 30
	listLength   = 100 // columns kept in the candidate list
	listRounds   = 30  // pivots before the list is made anew
)

// Solver holds one linear program and its current basis. Rows are fixed at
// New; columns may be added, and right sides and costs changed, at any time.
// A variable is numbered from 0: first one logical (surplus or slack) per
// row, then the columns in the order in which they were added.
type Solver struct {
	rows   int
	sign   []float64 // of the row's logical: -1 surplus, +1 slack
	right  []float64
	shift  []float64 // perturbation of right
	cost   []float64 // per column
	banned []bool    // per column: may not enter the basis
	column sparse
	byRow  [][]entry

	alpha   []float64 // per column, zero between calls
	touched []int32
	reduced []float64 // per column out of the basis, while the dual simplex runs
	weight  []float64 // per position, Devex weights

	head  []int32 // variable at each basis position
	where []int32 // position of each variable, or -1
	x     []float64
	dual  []float64
	fresh bool // head factorised, x and dual computed

	lu      factor
	updates sparse  // product-form etas, by position
	updPos  []int32 // their pivot positions
	updDiag []float64
	drag    int64 // what solves have spent on the updates

	list       []int32
	blocking   []block
	top        []candidate
	listAge    int
	iterations int64
	spent      int64

	direction, pivotRow, right2, left2, unit []float64
	saved                                    []float64
	logicalIndex                             [1]int32
	logicalValue                             [1]float64
}

// entry is an entry of a row.
type entry struct {
	column int32
	value  float64
}

// New makes a program with the given rows and no column; its basis is the
// logicals. Right sides are raised by about perturb, each by another amount, to
// break ties; 0 raises none.
func New(rows []Row, perturb float64) *Solver {
	m := len(rows)
	s := &Solver{rows: m, byRow: make([][]entry, m)}
	s.column.reset()
	s.updates.reset()
	s.sign, s.right, s.shift = make([]float64, m), make([]float64, m), make([]float64, m)
	s.head, s.where = make([]int32, m), make([]int32, m)
	s.x, s.dual = make([]float64, m), make([]float64, m)
	s.direction, s.pivotRow = make([]float64, m), make([]float64, m)
	s.right2, s.left2, s.unit = make([]float64, m), make([]float64, m), make([]float64, m)
	for i, r := range rows {
		s.sign[i] = -1
		if r.Sense == AtMost {
			s.sign[i] = 1
		}
		s.right[i] = r.Right
		s.head[i], s.where[i] = int32(i), int32(i)
	}
	s.Perturb(perturb)
	return s
}

// Perturb changes how far right sides are raised; see New.
func (s *Solver) Perturb(perturb float64) {
	for i := range s.shift {
		s.shift[i] = perturb * hash(uint64(i))
	}
	s.fresh = false
}

// hash spreads i over (0.5, 1.5); the mixer is SplitMix64 (Steele, Lea and
// Flood, "Fast splittable pseudorandom number generators", 2014).
func hash(i uint64) float64 {
	z := (i + 1) * 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return 0.5 + float64(z>>11)/(1<<53)
}

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}

// Rows is the number of rows, Columns that of the columns added so far.
func (s *Solver) Rows() int { return s.rows }

// Columns is the number of columns added so far.
func (s *Solver) Columns() int { return s.column.len() }

// Iterations is the number of simplex pivots so far.
func (s *Solver) Iterations() int64 { return s.iterations }

// Work is the effort so far: about one unit for each nonzero touched.
func (s *Solver) Work() int64 { return s.spent }

// AddColumn adds a variable with a cost and its entries (distinct rows) and
// returns its number among the columns, from 0. The slices are copied.
func (s *Solver) AddColumn(cost float64, index []int32, value []float64) int {
	for k, i := range index {
		s.column.push(i, value[k])
		s.byRow[i] = append(s.byRow[i], entry{int32(len(s.cost)), value[k]})
	}
	s.column.close()
	s.cost = append(s.cost, cost)
	s.banned = append(s.banned, false)
	s.where = append(s.where, -1)
	return len(s.cost) - 1
}

// Column returns the entries of column j, to read only.
func (s *Solver) Column(j int) (index []int32, value []float64) { return s.column.vector(j) }

// Cost returns the cost of column j.
func (s *Solver) Cost(j int) float64 { return s.cost[j] }

// SetCost changes the cost of column j.
func (s *Solver) SetCost(j int, cost float64) {
	s.cost[j] = cost
	s.fresh = s.fresh && s.where[s.rows+j] < 0
}

// SetRight changes the right side of row i. A covering row with a right side
// below zero is as good as deleted: its surplus becomes basic and costs nothing.
func (s *Solver) SetRight(i int, right float64) {
	s.right[i] = right
	s.fresh = false
}

// Ban keeps column j from entering the basis, or allows it again. A banned
// column that is basic leaves it only when its cost makes it: see SetCost.
func (s *Solver) Ban(j int, banned bool) { s.banned[j] = banned }

// Start puts the given columns in the basis, each in place of the logical of
// the row given with it, before the first solve.
func (s *Solver) Start(columns []int, rows []int) {
	for k, j := range columns {
		i := rows[k]
		pos := s.where[i]
		if pos < 0 || s.where[s.rows+j] >= 0 {
			continue
		}
		s.where[i] = -1
		s.head[pos] = int32(s.rows + j)
		s.where[s.rows+j] = pos
	}
	s.fresh = false
}

// X is the value of column j.
func (s *Solver) X(j int) float64 {
	if pos := s.where[s.rows+j]; pos >= 0 {
		return max(0, s.x[pos])
	}
	return 0
}

// Basic lists the columns in the basis, in order of position.
func (s *Solver) Basic() []int {
	var basic []int
	for _, v := range s.head {
		if int(v) >= s.rows {
			basic = append(basic, int(v)-s.rows)
		}
	}
	return basic
}

// LogicalBasic tells whether the logical of row i is in the basis.
func (s *Solver) LogicalBasic(i int) bool { return s.where[i] >= 0 }

// Duals is the price of each row, ≥ 0 for AtLeast rows and ≤ 0 for AtMost
// ones at an optimum; to read only, valid until the next call.
func (s *Solver) Duals() []float64 { return s.dual }

// ReducedCost is the cost of column j less what its entries are worth.
func (s *Solver) ReducedCost(j int) float64 {
	index, value := s.column.vector(j)
	d := s.cost[j]
	for k, i := range index {
		d -= float64(s.dual[i] * value[k])
	}
	return d
}

// Value is the dual objective, on the right sides without perturbation. At an
// optimum it equals the least cost.
func (s *Solver) Value() float64 {
	sum := 0.0
	for i, y := range s.dual {
		sum += float64(y * s.right[i])
	}
	return sum
}

// vector returns the column of variable v.
func (s *Solver) vector(v int32) ([]int32, []float64) {
	if int(v) >= s.rows {
		return s.column.vector(int(v) - s.rows)
	}
	s.logicalIndex[0], s.logicalValue[0] = v, s.sign[v]
	return s.logicalIndex[:], s.logicalValue[:]
}

func (s *Solver) variableCost(v int32) float64 {
	if int(v) >= s.rows {
		return s.cost[int(v)-s.rows]
	}
	return 0
}
