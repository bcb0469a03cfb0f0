package lp

import "math"

// dualSimplex runs from a dual feasible basis until x is feasible.
func (s *Solver) dualSimplex(end int64) Status {
	for {
		if s.iterations >= end {
			return Stalled
		}
		pos := s.worstX()
		if pos < 0 {
			return Optimal
		}
		s.rowOf(pos)
		v, ratio := s.dualRatio()
		if v < 0 {
			if len(s.updPos) > 0 {
				s.refactor()
				continue
			}
			return Infeasible
		}
		s.enter(v)
		// The pivot is computed twice, by row and by column; when the two
		// disagree in sign or size the updates have drifted.
		if s.direction[pos] > -pivotLeast {
			if len(s.updPos) == 0 {
				return Stalled
			}
			s.refactor()
			continue
		}
		for i, r := range s.pivotRow {
			if r != 0 {
				s.dual[i] -= ratio * r
			}
		}
		s.replace(pos, v, s.x[pos]/s.direction[pos])
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
// the largest pivot.
func (s *Solver) dualRatio() (int32, float64) {
	s.blocking = s.blocking[:0]
	for i, r := range s.pivotRow {
		if alpha := s.sign[i] * r; s.where[i] < 0 && alpha < -pivotLeast {
			s.blocking = append(s.blocking, block{int32(i), -alpha, max(0, -s.sign[i]*s.dual[i])})
		}
	}
	for j := range s.cost {
		if s.where[s.rows+j] >= 0 || s.banned[j] {
			continue
		}
		index, value := s.column.vector(j)
		alpha := 0.0
		for k, i := range index {
			alpha += s.pivotRow[i] * value[k]
		}
		if alpha < -pivotLeast {
			s.blocking = append(s.blocking, block{int32(s.rows + j), -alpha, max(0, s.ReducedCost(j))})
		}
	}
	s.spent += int64(len(s.column.index))
	least := math.Inf(1)
	for _, b := range s.blocking {
		least = min(least, (b.d+optimal)/b.alpha)
	}
	entering, largest, ratio := int32(-1), 0.0, 0.0
	for _, b := range s.blocking {
		if b.d <= least*b.alpha && b.alpha > largest {
			entering, largest, ratio = b.v, b.alpha, b.d/b.alpha
		}
	}
	return entering, ratio
}
