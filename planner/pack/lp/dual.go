package lp

import "math"

const (
	// costNoise is how much repair raises costs to break ties between columns;
	// the primal simplex that follows works with the true costs again.
	costNoise = 1e-5
	// weightCeiling ends a reference framework of Devex weights.
	weightCeiling = 1e8
)

// repair makes the basis primal feasible by the dual simplex. Until it is done
// the costs of columns out of the basis are raised so far that none improves,
// and a little more, each by another amount, because equal costs make the
// dual simplex stand still.
func (s *Solver) repair(end int64) Status {
	s.saved = append(s.saved[:0], s.cost...)
	for j := range s.cost {
		if s.where[s.rows+j] < 0 {
			s.cost[j] += max(0, -s.ReducedCost(j)) + float64(costNoise*hash(uint64(j)))
		}
	}
	s.spent += int64(len(s.column.index))
	status := s.dualSimplex(end)
	copy(s.cost, s.saved)
	s.computeDuals()
	return status
}

// dualSimplex runs from a dual feasible basis until x is feasible.
func (s *Solver) dualSimplex(end int64) Status {
	s.weight = resize(s.weight, s.rows)
	s.resetWeights()
	s.computeReduced()
	for {
		if s.iterations >= end {
			return Stalled
		}
		pos := s.leaving()
		if pos < 0 {
			return Optimal
		}
		s.rowOf(pos)
		v, ratio := s.dualRatio()
		if v < 0 {
			s.clearRow()
			if len(s.updPos) > 0 {
				s.refactor()
				s.computeReduced()
				continue
			}
			return Infeasible
		}
		s.enter(v)
		// The pivot is computed twice, by row and by column; when the two
		// disagree in sign or size the updates have drifted.
		if s.direction[pos] > -pivotLeast {
			s.clearRow()
			if len(s.updPos) == 0 {
				return Stalled
			}
			s.refactor()
			s.computeReduced()
			continue
		}
		s.moveDuals(s.head[pos], ratio)
		s.reweigh(pos)
		s.replace(pos, v, s.x[pos]/s.direction[pos])
		if len(s.updPos) == 0 { // replace has refactored
			s.computeReduced()
		}
	}
}

// leaving is the position whose x is most negative for its Devex weight, or -1.
func (s *Solver) leaving() int32 {
	most, pos := 0.0, int32(-1)
	for i, v := range s.x {
		if v < -feasible {
			if score := v * v / s.weight[i]; score > most {
				most, pos = score, int32(i)
			}
		}
	}
	return pos
}

func (s *Solver) resetWeights() {
	for i := range s.weight {
		s.weight[i] = 1
	}
}

// reweigh updates the Devex weights for a pivot at pos (Forrest and Goldfarb,
// "Steepest-edge simplex algorithms for linear programming", 1992, on Harris's
// approximation).
func (s *Solver) reweigh(pos int32) {
	pivot := s.direction[pos]
	scale := s.weight[pos] / (pivot * pivot)
	for i, d := range s.direction {
		if d != 0 {
			s.weight[i] = max(s.weight[i], d*d*scale)
		}
	}
	s.weight[pos] = max(scale, 1)
	if s.weight[pos] > weightCeiling {
		s.resetWeights()
	}
}

// computeReduced sets the reduced costs that dualSimplex keeps.
func (s *Solver) computeReduced() {
	s.reduced = resize(s.reduced, len(s.cost))
	for j := range s.cost {
		if s.where[s.rows+j] < 0 {
			s.reduced[j] = max(0, s.ReducedCost(j))
		}
	}
	s.spent += int64(len(s.column.index))
}

// moveDuals takes ratio × pivotRow from the duals, where leaving is the
// variable that leaves the basis.
func (s *Solver) moveDuals(leaving int32, ratio float64) {
	for i, r := range s.pivotRow {
		if r != 0 {
			s.dual[i] -= float64(ratio * r)
		}
	}
	for _, j := range s.touched {
		s.reduced[j] = max(0, s.reduced[j]+ratio*s.alpha[j])
		s.alpha[j] = 0
	}
	if int(leaving) >= s.rows {
		s.reduced[int(leaving)-s.rows] = ratio
	}
}

// block is a variable that may enter in a dual pivot: minus its entry in the
// pivot row, and its reduced cost.
type block struct {
	v        int32
	alpha, d float64
}

// dualRatio finds the variable that first reaches reduced cost zero when the
// duals move along pivotRow, and by how far. Ties within the tolerance go to
// the largest pivot. It leaves alpha and touched as rowEntries sets them.
func (s *Solver) dualRatio() (int32, float64) {
	s.rowEntries()
	s.blocking = s.blocking[:0]
	least := math.Inf(1)
	add := func(b block) {
		s.blocking = append(s.blocking, b)
		least = min(least, (b.d+optimal)/b.alpha)
	}
	for i, r := range s.pivotRow {
		if alpha := s.sign[i] * r; s.where[i] < 0 && alpha < -pivotLeast {
			add(block{int32(i), -alpha, max(0, -s.sign[i]*s.dual[i])})
		}
	}
	for _, j := range s.touched {
		if alpha := s.alpha[j]; alpha < -pivotLeast && s.where[s.rows+int(j)] < 0 && !s.banned[j] {
			add(block{int32(s.rows) + j, -alpha, s.reduced[j]})
		}
	}
	entering, largest, ratio := int32(-1), 0.0, 0.0
	for _, b := range s.blocking {
		if b.d <= least*b.alpha && b.alpha > largest {
			entering, largest, ratio = b.v, b.alpha, b.d/b.alpha
		}
	}
	return entering, ratio
}

// rowEntries sets alpha to pivotRow times each column and lists in touched the
// columns where that may not be zero. A pivot row is mostly zeros, so it goes
// by rows.
func (s *Solver) rowEntries() {
	s.alpha = resize(s.alpha, len(s.cost))
	s.touched = s.touched[:0]
	for i, r := range s.pivotRow {
		if abs(r) < dropBelow {
			continue
		}
		row := s.byRow[i]
		for _, e := range row {
			if s.alpha[e.column] == 0 {
				s.touched = append(s.touched, e.column)
			}
			s.alpha[e.column] += float64(r * e.value)
		}
		s.spent += int64(len(row))
	}
}

// clearRow forgets what rowEntries computed.
func (s *Solver) clearRow() {
	for _, j := range s.touched {
		s.alpha[j] = 0
	}
}
