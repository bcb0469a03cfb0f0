package lp_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sobre/planner/pack/lp"
)

type column struct {
	cost  float64
	index []int32
	value []float64
}

func build(rows []lp.Row, columns []column, perturb float64) *lp.Solver {
	s := lp.New(rows, perturb)
	for _, c := range columns {
		s.AddColumn(c.cost, c.index, c.value)
	}
	return s
}

func TestKnownAnswers(t *testing.T) {
	ge, le := lp.AtLeast, lp.AtMost
	tests := []struct {
		name    string
		rows    []lp.Row
		columns []column
		status  lp.Status
		value   float64
	}{
		{"one row", []lp.Row{{ge, 3}}, []column{{2, []int32{0}, []float64{2}}}, lp.Optimal, 3},
		{"odd cycle cover", []lp.Row{{ge, 1}, {ge, 1}, {ge, 1}}, []column{
			{1, []int32{0, 1}, []float64{1, 1}}, {1, []int32{1, 2}, []float64{1, 1}}, {1, []int32{0, 2}, []float64{1, 1}},
		}, lp.Optimal, 1.5},
		{"profit as negative cost", []lp.Row{{le, 4}, {le, 12}, {le, 18}}, []column{
			{-3, []int32{0, 2}, []float64{1, 3}}, {-5, []int32{1, 2}, []float64{2, 2}},
		}, lp.Optimal, -36},
		{"stock forces the dearer column", []lp.Row{{ge, 5}, {le, 2}}, []column{
			{1, []int32{0, 1}, []float64{1, 1}}, {4, []int32{0}, []float64{1}},
		}, lp.Optimal, 14},
		{"infeasible", []lp.Row{{ge, 5}, {le, 2}}, []column{{1, []int32{0, 1}, []float64{1, 1}}}, lp.Infeasible, 0},
		{"unbounded", []lp.Row{{ge, 1}}, []column{{-1, []int32{0}, []float64{1}}}, lp.Unbounded, 0},
		{"no column, nothing asked", []lp.Row{{ge, 0}, {le, 1}}, nil, lp.Optimal, 0},
		{"no column, something asked", []lp.Row{{ge, 1}}, nil, lp.Infeasible, 0},
		// Beale's example, on which the plain simplex cycles.
		{"cycling", []lp.Row{{le, 0}, {le, 0}, {le, 1}}, []column{
			{-0.75, []int32{0, 1}, []float64{0.25, 0.5}}, {150, []int32{0, 1}, []float64{-60, -90}},
			{-0.02, []int32{0, 1, 2}, []float64{-1.0 / 25, -1.0 / 50, 1}}, {6, []int32{0, 1}, []float64{9, 3}},
		}, lp.Optimal, -0.05},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := build(test.rows, test.columns, 0)
			if got := s.Solve(1000); got != test.status {
				t.Fatalf("status %v, want %v", got, test.status)
			}
			if test.status == lp.Optimal && math.Abs(s.Value()-test.value) > 1e-7 {
				t.Errorf("value %g, want %g", s.Value(), test.value)
			}
		})
	}
}

// checkOptimal verifies an optimum from the definitions: primal and dual
// feasibility, and equal values, which together prove it.
func checkOptimal(t *testing.T, s *lp.Solver, rows []lp.Row, tolerance float64) {
	t.Helper()
	left := make([]float64, len(rows))
	primal := 0.0
	for j := range s.Columns() {
		x := s.X(j)
		if x < 0 {
			t.Fatalf("x[%d] = %g", j, x)
		}
		primal += x * s.Cost(j)
		index, value := s.Column(j)
		for k, i := range index {
			left[i] += x * value[k]
		}
		if d := s.ReducedCost(j); d < -1e-7 {
			t.Fatalf("column %d has reduced cost %g", j, d)
		}
	}
	dual := 0.0
	for i, r := range rows {
		y := s.Duals()[i]
		dual += y * r.Right
		if r.Sense == lp.AtLeast && (left[i] < r.Right-tolerance || y < -1e-7) ||
			r.Sense == lp.AtMost && (left[i] > r.Right+tolerance || y > 1e-7) {
			t.Fatalf("row %d: left %g, right %g, dual %g", i, left[i], r.Right, y)
		}
	}
	if math.Abs(primal-dual) > tolerance*(1+math.Abs(dual))*float64(1+len(rows)) {
		t.Fatalf("primal value %g, dual value %g", primal, dual)
	}
}

// randomCover makes a covering program with penalty columns and stock rows.
func randomCover(r *rand.Rand, m, n, width int) ([]lp.Row, []column) {
	stocks := r.IntN(3)
	rows := make([]lp.Row, m+stocks)
	for i := range m {
		rows[i] = lp.Row{Sense: lp.AtLeast, Right: float64(1 + r.IntN(3))}
	}
	for i := range stocks {
		rows[m+i] = lp.Row{Sense: lp.AtMost, Right: float64(1 + r.IntN(4))}
	}
	var columns []column
	for i := range m {
		columns = append(columns, column{10, []int32{int32(i)}, []float64{1}})
	}
	for range n {
		c := column{cost: 1 + float64(r.IntN(3))}
		for _, i := range r.Perm(m)[:1+r.IntN(min(width, m))] {
			c.index = append(c.index, int32(i))
			c.value = append(c.value, float64(1+r.IntN(2)))
		}
		if stocks > 0 && r.IntN(2) == 0 {
			c.cost /= 2
			c.index = append(c.index, int32(m+r.IntN(stocks)))
			c.value = append(c.value, 1)
		}
		columns = append(columns, c)
	}
	return rows, columns
}

func TestRandomCovers(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		rows, columns := randomCover(r, 1+r.IntN(60), r.IntN(400), 6)
		s := build(rows, columns, 0)
		if status := s.Solve(100_000); status != lp.Optimal {
			t.Fatalf("seed %d: %v", seed, status)
		}
		checkOptimal(t, s, rows, 1e-6)
		perturbed := build(rows, columns, 1e-6)
		if status := perturbed.Solve(100_000); status != lp.Optimal {
			t.Fatalf("seed %d, perturbed: %v", seed, status)
		}
		if math.Abs(perturbed.Value()-s.Value()) > 1e-6*float64(len(rows)) {
			t.Fatalf("seed %d: value %g perturbed, %g not", seed, perturbed.Value(), s.Value())
		}
	}
}

// TestChanges grows and changes one program and compares it with a fresh one
// after each change.
func TestChanges(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		rows, columns := randomCover(r, 20+r.IntN(30), 150, 4)
		first := len(rows) + 50
		s := build(rows, columns[:first], 0)
		var pairs [2][]int
		for i, row := range rows {
			if row.Sense == lp.AtLeast {
				pairs[0], pairs[1] = append(pairs[0], i), append(pairs[1], i)
			}
		}
		s.Start(pairs[0], pairs[1]) // the penalty columns come first
		for at := first; ; {
			if status := s.Solve(100_000); status != lp.Optimal {
				t.Fatalf("seed %d: %v", seed, status)
			}
			checkOptimal(t, s, rows, 1e-6)
			fresh := build(rows, columns[:at], 0)
			fresh.Solve(100_000)
			if math.Abs(fresh.Value()-s.Value()) > 1e-6 {
				t.Fatalf("seed %d: value %g, from scratch %g", seed, s.Value(), fresh.Value())
			}
			if at == len(columns) {
				break
			}
			for range min(len(columns)-at, 1+r.IntN(20)) {
				s.AddColumn(columns[at].cost, columns[at].index, columns[at].value)
				at++
			}
			for range r.IntN(3) {
				i := r.IntN(len(rows))
				if rows[i].Sense == lp.AtLeast {
					rows[i].Right = float64(r.IntN(4) - 1)
					s.SetRight(i, rows[i].Right)
				}
			}
			for range r.IntN(3) {
				j := r.IntN(at)
				columns[j].cost = float64(r.IntN(5))
				s.SetCost(j, columns[j].cost)
			}
		}
	}
}

func TestBannedColumnsStayOut(t *testing.T) {
	rows := []lp.Row{{lp.AtLeast, 2}}
	s := build(rows, []column{{1, []int32{0}, []float64{1}}, {3, []int32{0}, []float64{1}}}, 0)
	s.Ban(0, true)
	s.Solve(10)
	if s.Value() != 6 || s.X(0) != 0 {
		t.Errorf("value %g with x[0] = %g, want 6 with 0", s.Value(), s.X(0))
	}
	s.Ban(0, false)
	s.Solve(10)
	if s.Value() != 2 {
		t.Errorf("value %g once allowed again, want 2", s.Value())
	}
}

func TestStalled(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	rows, columns := randomCover(r, 40, 300, 4)
	s := build(rows, columns, 0)
	if got := s.Solve(3); got != lp.Stalled {
		t.Fatalf("status %v after 3 pivots, want stalled", got)
	}
	if got := s.Solve(100_000); got != lp.Optimal {
		t.Fatalf("status %v when resumed", got)
	}
	checkOptimal(t, s, rows, 1e-6)
}

func BenchmarkCover500(b *testing.B) {
	for range b.N {
		r := rand.New(rand.NewPCG(7, 7))
		rows, columns := randomCover(r, 500, 6000, 5)
		s := build(rows, columns, 1e-4)
		var penalty, own []int
		for i := range 500 {
			penalty, own = append(penalty, i), append(own, i)
		}
		s.Start(penalty, own)
		s.Solve(1_000_000)
		b.ReportMetric(float64(s.Iterations()), "pivots")
	}
}
