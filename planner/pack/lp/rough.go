package lp

import "math"

// Rough approaches an optimum of the kind of program that a Solver solves, by
// the first-order primal-dual method of A. Chambolle and T. Pock ("A
// first-order primal-dual algorithm for convex problems with applications to
// imaging", 2011), each row and column with a step of its own (Pock and
// Chambolle, "Diagonal preconditioning", 2011), started again from averages as
// D. Applegate and others do ("Practical large-scale linear programming using
// primal-dual hybrid gradient", 2021).
//
// It ends within some tenths of a per cent, where the simplex goes on to the
// end; but a pass costs no more than reading the columns twice, and its duals
// lie in the middle of what is optimal rather than at a corner, so that column
// generation needs far fewer columns to follow them.
type Rough struct {
	sign   []float64 // per row: of its dual
	right  []float64
	column sparse
	cost   []float64

	x, y       []float64
	xSum, ySum []float64
	rowSize    []float64 // sum of entries
	colSize    []float64
	activity   []float64
	balance    float64 // step of the duals in terms of that of x
	spent      int64
}

// NewRough makes a program with the given rows and no column.
func NewRough(rows []Row) *Rough {
	m := len(rows)
	r := &Rough{balance: 1, sign: make([]float64, m), right: make([]float64, m), y: make([]float64, m),
		ySum: make([]float64, m), rowSize: make([]float64, m), activity: make([]float64, m)}
	r.column.reset()
	for i, row := range rows {
		r.sign[i], r.right[i] = 1, row.Right
		if row.Sense == AtMost {
			r.sign[i] = -1
		}
	}
	return r
}

// AddColumn adds a variable with a cost and its entries, all above 0, and where
// to start it.
func (r *Rough) AddColumn(cost float64, index []int32, value []float64, x float64) {
	size := 0.0
	for k, i := range index {
		r.column.push(i, value[k])
		r.rowSize[i] += value[k]
		size += value[k]
	}
	r.column.close()
	r.cost = append(r.cost, cost)
	r.colSize = append(r.colSize, size)
	r.x, r.xSum = append(r.x, x), append(r.xSum, 0)
}

// SetDuals says where to start the duals.
func (r *Rough) SetDuals(duals []float64) { copy(r.y, duals) }

// Duals is the price of each row, ≥ 0 for AtLeast rows and ≤ 0 for AtMost
// ones; to read only, valid until the next call.
func (r *Rough) Duals() []float64 { return r.y }

// X is the value of column j.
func (r *Rough) X(j int) float64 { return r.x[j] }

// Columns is the number of columns added so far.
func (r *Rough) Columns() int { return len(r.cost) }

// Value is the dual objective; as the duals are not quite feasible, it bounds
// nothing.
func (r *Rough) Value() float64 {
	sum := 0.0
	for i, y := range r.y {
		sum += float64(y * r.right[i])
	}
	return sum
}

// ReducedCost is the cost of column j less what its entries are worth.
func (r *Rough) ReducedCost(j int) float64 {
	index, value := r.column.vector(j)
	d := r.cost[j]
	for k, i := range index {
		d -= float64(r.y[i] * value[k])
	}
	return d
}

// Work is the effort so far: about one unit for each nonzero touched.
func (r *Rough) Work() int64 { return r.spent }

// Run makes passes over all columns and ends at the average of what they went
// through.
func (r *Rough) Run(passes int) {
	if r.balance == 1 {
		r.rebalance(length(r.x), length(r.y))
	}
	startX, startY := append([]float64(nil), r.x...), append([]float64(nil), r.y...)
	clear(r.xSum)
	clear(r.ySum)
	for range passes {
		r.pass()
	}
	for j := range r.x {
		r.x[j] = r.xSum[j] / float64(passes)
		startX[j] -= r.x[j]
	}
	for i := range r.y {
		r.y[i] = r.ySum[i] / float64(passes)
		startY[i] -= r.y[i]
	}
	r.rebalance(length(startX), length(startY))
	r.spent += int64(passes) * int64(len(r.column.index)+len(r.cost)+len(r.y))
}

// rebalance moves the balance half way to the ratio of two lengths.
func (r *Rough) rebalance(x, y float64) {
	if x > 1e-9 && y > 1e-9 {
		r.balance = min(max(math.Sqrt(r.balance*y/x), 1e-4), 1e4)
	}
}

func length(v []float64) float64 {
	sum := 0.0
	for _, e := range v {
		sum += float64(e * e)
	}
	return math.Sqrt(sum)
}

// pass steps x along its reduced costs and the duals along what x leaves uncovered.
func (r *Rough) pass() {
	clear(r.activity)
	start := r.column.start
	for j, cost := range r.cost {
		index, value := r.column.index[start[j]:start[j+1]], r.column.value[start[j]:start[j+1]]
		reduced := cost
		for k, i := range index {
			reduced -= float64(value[k] * r.y[i])
		}
		old := r.x[j]
		next := max(0, old-reduced/float64(r.balance*r.colSize[j]))
		r.x[j] = next
		r.xSum[j] += next
		if ahead := 2*next - old; ahead != 0 {
			for k, i := range index {
				r.activity[i] += float64(value[k] * ahead)
			}
		}
	}
	for i, y := range r.y {
		if r.rowSize[i] > 0 {
			y += float64(r.balance*(r.right[i]-r.activity[i])) / r.rowSize[i]
		}
		if y*r.sign[i] < 0 {
			y = 0
		}
		r.y[i] = y
		r.ySum[i] += y
	}
}
