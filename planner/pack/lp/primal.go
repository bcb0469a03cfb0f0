package lp

import "slices"

// Solve finds an optimum from the current basis, within limit more pivots.
// It runs the dual simplex where the basis is primal infeasible (with costs
// raised for the time being where it is dual infeasible too), then the primal.
func (s *Solver) Solve(limit int64) Status {
	end := s.iterations + limit
	if !s.fresh {
		s.refactor()
	}
	for range 5 {
		if s.worstX() >= 0 {
			if status := s.repair(end); status != Optimal {
				return status
			}
		}
		if status := s.primal(end); status != Optimal {
			return status
		}
		if len(s.updPos) == 0 {
			return Optimal
		}
		s.refactor() // and look again: the updates may have drifted
		if s.worstX() < 0 && s.best(nil) < 0 {
			return Optimal
		}
	}
	return Optimal
}

// worstX is the position of the most negative x, or -1.
func (s *Solver) worstX() int32 {
	worst, pos := -feasible, int32(-1)
	for i, v := range s.x {
		if v < worst {
			worst, pos = v, int32(i)
		}
	}
	return pos
}

// reducedCost of any variable that is not in the basis.
func (s *Solver) reducedCost(v int32) float64 {
	if int(v) < s.rows {
		return -s.sign[v] * s.dual[v]
	}
	return s.ReducedCost(int(v) - s.rows)
}

// best finds the variable to enter, or -1: from the candidate list while it
// lasts, then from all. Entries that stopped improving leave the list.
func (s *Solver) best(skip []int32) int32 {
	if s.listAge < listRounds {
		if v := s.bestOfList(skip); v >= 0 {
			s.listAge++
			return v
		}
	}
	s.makeList()
	return s.bestOfList(skip)
}

func (s *Solver) bestOfList(skip []int32) int32 {
	entering, least, kept := int32(-1), 0.0, 0
	for _, v := range s.list {
		if s.where[v] >= 0 {
			continue
		}
		d := s.reducedCost(v)
		if d >= -optimal {
			continue
		}
		s.list[kept] = v
		kept++
		if d < least && !slices.Contains(skip, v) {
			entering, least = v, d
		}
	}
	s.spent += int64(4 * len(s.list))
	s.list = s.list[:kept]
	return entering
}

// candidate is a variable that would improve, and its reduced cost.
type candidate struct {
	v int32
	d float64
}

// makeList fills the candidate list with the variables of least reduced cost.
func (s *Solver) makeList() {
	s.listAge = 0
	top := s.top[:0]
	for i := range s.rows {
		if s.where[i] < 0 {
			if d := -s.sign[i] * s.dual[i]; d < -optimal {
				top = keepLeast(top, candidate{int32(i), d})
			}
		}
	}
	for j := range s.cost {
		if s.where[s.rows+j] >= 0 || s.banned[j] {
			continue
		}
		if d := s.ReducedCost(j); d < -optimal {
			top = keepLeast(top, candidate{int32(s.rows + j), d})
		}
	}
	s.spent += int64(len(s.column.index))
	s.list = s.list[:0]
	for _, c := range top {
		s.list = append(s.list, c.v)
	}
	s.top = top
}

// keepLeast puts c in a heap of the listLength least, the greatest on top.
func keepLeast(heap []candidate, c candidate) []candidate {
	if len(heap) < listLength {
		heap = append(heap, c)
		for i := len(heap) - 1; i > 0; {
			up := (i - 1) / 2
			if heap[up].d >= heap[i].d {
				break
			}
			heap[up], heap[i] = heap[i], heap[up]
			i = up
		}
		return heap
	}
	if c.d >= heap[0].d {
		return heap
	}
	heap[0] = c
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(heap) {
			return heap
		}
		if down+1 < len(heap) && heap[down+1].d > heap[down].d {
			down++
		}
		if heap[down].d <= heap[i].d {
			return heap
		}
		heap[down], heap[i] = heap[i], heap[down]
		i = down
	}
}

// primal runs the primal simplex from a feasible basis.
func (s *Solver) primal(end int64) Status {
	var skip []int32 // variables whose only pivots are too small to take
	s.listAge = listRounds
	for {
		if s.iterations >= end {
			return Stalled
		}
		v := s.best(skip)
		if v < 0 {
			return Optimal
		}
		s.enter(v)
		pos := s.ratio()
		if pos < 0 {
			return Unbounded
		}
		if abs(s.direction[pos]) < pivotLeast {
			if len(s.updPos) > 0 {
				s.refactor()
			}
			skip = append(skip, v)
			continue
		}
		skip = skip[:0]
		step := max(0, s.x[pos]) / s.direction[pos]
		d := s.reducedCost(v)
		s.rowOf(pos)
		times := d / s.direction[pos]
		for i, r := range s.pivotRow {
			if r != 0 {
				s.dual[i] += float64(times * r)
			}
		}
		s.replace(pos, v, step)
	}
}

// ratio is the two-pass ratio test (Harris, "Pivot selection methods of the
// Devex LP code", 1973): the largest pivot among the rows that block within
// the tolerance.
func (s *Solver) ratio() int32 {
	least, any := 0.0, false
	for i, d := range s.direction {
		if d <= pivotLeast/100 {
			continue
		}
		if r := (max(0, s.x[i]) + feasible) / d; !any || r < least {
			least, any = r, true
		}
	}
	pos, largest := int32(-1), 0.0
	for i, d := range s.direction {
		if d <= pivotLeast/100 {
			continue
		}
		if max(0, s.x[i])/d <= least && d > largest {
			pos, largest = int32(i), d
		}
	}
	return pos
}
