package lp_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sobre/planner/pack/lp"
)

// TestRoughComesClose compares rough values and duals with those of the simplex.
func TestRoughComesClose(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 3))
		rows, columns := randomCover(r, 20+r.IntN(40), 300, 5)
		s := build(rows, columns, 0)
		if status := s.Solve(100_000); status != lp.Optimal {
			t.Fatalf("seed %d: %v", seed, status)
		}
		rough := lp.NewRough(rows)
		for _, c := range columns {
			rough.AddColumn(c.cost, c.index, c.value, 0)
		}
		for range 40 {
			rough.Run(100)
		}
		if off := math.Abs(rough.Value()/s.Value() - 1); off > 0.01 {
			t.Errorf("seed %d: value %g, by the simplex %g", seed, rough.Value(), s.Value())
		}
		for i, y := range rough.Duals() {
			if rows[i].Sense == lp.AtLeast && y < 0 || rows[i].Sense == lp.AtMost && y > 0 {
				t.Errorf("seed %d: dual %g of row %d has the wrong sign", seed, y, i)
			}
		}
		for j := range rough.Columns() {
			if rough.X(j) < 0 || rough.ReducedCost(j) < -0.1 {
				t.Errorf("seed %d: column %d has x %g and reduced cost %g", seed, j, rough.X(j), rough.ReducedCost(j))
			}
		}
	}
}
