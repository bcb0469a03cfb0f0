package lp

// refactor factorises the basis anew and recomputes x and the duals. Columns
// that depend on others give way to logicals.
func (s *Solver) refactor() {
	for {
		positions, rows := s.lu.factorise(s.rows, func(pos int) ([]int32, []float64) { return s.vector(s.head[pos]) })
		s.spent += s.lu.work.touched
		if len(positions) == 0 {
			break
		}
		for k, pos := range positions {
			s.where[s.head[pos]] = -1
			s.head[pos] = rows[k]
			s.where[rows[k]] = pos
		}
	}
	s.updates.reset()
	s.updPos, s.updDiag = s.updPos[:0], s.updDiag[:0]
	s.drag = 0
	s.computeX()
	s.computeDuals()
	s.fresh = true
}

func (s *Solver) computeX() {
	for i := range s.rows {
		s.right2[i] = s.right[i] + s.shift[i]
	}
	s.solve(s.right2, s.x)
}

func (s *Solver) computeDuals() {
	for pos, v := range s.head {
		s.left2[pos] = s.variableCost(v)
	}
	s.solveTransposed(s.left2, s.dual)
}

// solve sets x, by position, with B x = right, which it overwrites.
func (s *Solver) solve(right, x []float64) {
	s.lu.solve(right, x)
	for k, pos := range s.updPos {
		v := x[pos]
		if v == 0 {
			continue
		}
		v /= s.updDiag[k]
		x[pos] = v
		index, value := s.updates.vector(k)
		for e, i := range index {
			x[i] -= float64(value[e] * v)
		}
	}
	s.spent += int64(s.rows + len(s.updates.index)/2)
}

// solveTransposed sets y, by row, with Bᵀ y = left, which it overwrites.
func (s *Solver) solveTransposed(left, y []float64) {
	for k := len(s.updPos) - 1; k >= 0; k-- {
		pos := s.updPos[k]
		sum := left[pos]
		index, value := s.updates.vector(k)
		for e, i := range index {
			sum -= float64(value[e] * left[i])
		}
		left[pos] = sum / s.updDiag[k]
	}
	s.lu.solveTransposed(left, y)
	s.spent += int64(s.rows + len(s.updates.index))
}

// enter computes direction, by position: what the basis loses for one unit of v.
func (s *Solver) enter(v int32) {
	clear(s.right2)
	index, value := s.vector(v)
	for k, i := range index {
		s.right2[i] = value[k]
	}
	s.solve(s.right2, s.direction)
}

// rowOf computes pivotRow: the row of the inverse of the basis at pos.
func (s *Solver) rowOf(pos int32) {
	clear(s.unit)
	s.unit[pos] = 1
	s.solveTransposed(s.unit, s.pivotRow)
}

// replace puts v in the basis at pos, where direction is v's and step its value.
func (s *Solver) replace(pos, v int32, step float64) {
	diag := s.direction[pos]
	for i, d := range s.direction {
		if d == 0 || int32(i) == pos {
			continue
		}
		s.x[i] -= float64(step * d)
		if abs(d) > dropBelow {
			s.updates.push(int32(i), d)
		}
	}
	s.updates.close()
	s.updPos, s.updDiag = append(s.updPos, pos), append(s.updDiag, diag)
	s.x[pos] = step
	s.where[s.head[pos]] = -1
	s.head[pos] = v
	s.where[v] = pos
	s.iterations++
	s.drag += int64(3 * len(s.updates.index))
	if n := len(s.updPos); n >= mostUpdates || n >= leastUpdates && s.drag > s.lu.work.touched {
		s.refactor()
	}
}
