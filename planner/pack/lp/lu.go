package lp

import "math"

const (
	pivotFloor   = 1e-9  // a smaller pivot means a singular basis
	dropBelow    = 1e-14 // entries that cancel to less are zero
	rowThreshold = 0.1   // a pivot is at least this share of its row's largest entry
	searchWidth  = 4     // rows and columns looked at for each pivot
)

// sparse is a growing list of sparse vectors in two flat slices.
type sparse struct {
	start []int32
	index []int32
	value []float64
}

func (s *sparse) reset() {
	s.start = append(s.start[:0], 0)
	s.index = s.index[:0]
	s.value = s.value[:0]
}

func (s *sparse) push(i int32, v float64) {
	s.index = append(s.index, i)
	s.value = append(s.value, v)
}

func (s *sparse) close() { s.start = append(s.start, int32(len(s.index))) }

func (s *sparse) len() int { return len(s.start) - 1 }

func (s *sparse) vector(k int) ([]int32, []float64) {
	a, b := s.start[k], s.start[k+1]
	return s.index[a:b], s.value[a:b]
}

// factor is B = LU with a row and a basis position eliminated at each step.
type factor struct {
	m                 int
	pivotRow          []int32 // per step
	pivotPos          []int32
	pivot             []float64
	lower             sparse  // per entry of lowerStep: rows and multipliers
	lowerStep         []int32 // steps with a non-empty column in L
	upperRow          sparse  // per step: positions eliminated later
	upperCol          sparse  // per step: rows eliminated earlier
	work              eliminator
	scratch, scratch2 []float64
}

// eliminator is the active part of the matrix while it is factorised.
type eliminator struct {
	rowIndex         [][]int32
	rowValue         [][]float64
	colRows          [][]int32
	rowList, colList buckets
	mark             []int32 // position in the row being updated, plus one
	rowDone, colDone []bool
	touched          int64 // entries, in the present factorisation
}

// buckets chains rows (or columns) by their number of active entries.
type buckets struct {
	head, next, prev, count []int32
}

func (b *buckets) reset(n int) {
	b.head = resize(b.head, n+2)
	b.next, b.prev, b.count = resize(b.next, n), resize(b.prev, n), resize(b.count, n)
	for i := range b.head {
		b.head[i] = -1
	}
}

func (b *buckets) insert(i, count int32) {
	b.count[i] = count
	b.prev[i] = -1
	b.next[i] = b.head[count]
	if b.next[i] >= 0 {
		b.prev[b.next[i]] = i
	}
	b.head[count] = i
}

func (b *buckets) remove(i int32) {
	if b.prev[i] >= 0 {
		b.next[b.prev[i]] = b.next[i]
	} else {
		b.head[b.count[i]] = b.next[i]
	}
	if b.next[i] >= 0 {
		b.prev[b.next[i]] = b.prev[i]
	}
}

func (b *buckets) move(i, count int32) {
	if b.count[i] != count {
		b.remove(i)
		b.insert(i, count)
	}
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// factorise factorises the matrix whose column at each of m positions column
// returns. When it is singular it reports the positions and the rows left
// without a pivot, in equal number.
func (f *factor) factorise(m int, column func(pos int) ([]int32, []float64)) (positions, rows []int32) {
	f.m = m
	f.pivotRow, f.pivotPos, f.pivot = f.pivotRow[:0], f.pivotPos[:0], f.pivot[:0]
	f.lowerStep = f.lowerStep[:0]
	f.lower.reset()
	f.upperRow.reset()
	f.scratch, f.scratch2 = resize(f.scratch, m), resize(f.scratch2, m)
	w := &f.work
	w.touched = int64(8 * m)
	w.load(m, column)
	for len(f.pivot) < m {
		row, pos := w.choose()
		if row < 0 {
			return w.leftOver()
		}
		f.eliminate(row, pos)
	}
	f.transposeUpper()
	return nil, nil
}

func (w *eliminator) load(m int, column func(pos int) ([]int32, []float64)) {
	w.rowIndex, w.rowValue, w.colRows = resize(w.rowIndex, m), resize(w.rowValue, m), resize(w.colRows, m)
	w.mark, w.rowDone, w.colDone = resize(w.mark, m), resize(w.rowDone, m), resize(w.colDone, m)
	for i := range m {
		w.rowIndex[i], w.rowValue[i], w.colRows[i] = w.rowIndex[i][:0], w.rowValue[i][:0], w.colRows[i][:0]
		w.mark[i], w.rowDone[i], w.colDone[i] = 0, false, false
	}
	for pos := range m {
		index, value := column(pos)
		for k, i := range index {
			w.rowIndex[i] = append(w.rowIndex[i], int32(pos))
			w.rowValue[i] = append(w.rowValue[i], value[k])
			w.colRows[pos] = append(w.colRows[pos], i)
		}
	}
	w.rowList.reset(m)
	w.colList.reset(m)
	for i := m - 1; i >= 0; i-- {
		w.rowList.insert(int32(i), int32(len(w.rowIndex[i])))
		w.colList.insert(int32(i), int32(len(w.colRows[i])))
	}
}

// choose picks the next pivot: singletons first, then the least Markowitz
// count among the shortest columns and rows that is large enough in its row.
func (w *eliminator) choose() (row, pos int32) {
	for c := w.colList.head[1]; c >= 0; c = w.colList.next[c] {
		// Nothing is eliminated below it, so its size within the row is no matter.
		if i := w.colRows[c][0]; math.Abs(w.entry(i, c)) > pivotFloor {
			return i, c
		}
	}
	for i := w.rowList.head[1]; i >= 0; i = w.rowList.next[i] {
		if math.Abs(w.rowValue[i][0]) > pivotFloor {
			return i, w.rowIndex[i][0]
		}
	}
	row, pos = -1, -1
	best, looked := int64(math.MaxInt64), 0
	consider := func(i, c int32) {
		cost := int64(len(w.rowIndex[i])-1) * int64(len(w.colRows[c])-1)
		if cost < best && w.acceptable(i, c) {
			best, row, pos = cost, i, c
		}
	}
	for n := int32(2); n < int32(len(w.colList.head)); n++ {
		for c := w.colList.head[n]; c >= 0; c = w.colList.next[c] {
			for _, i := range w.colRows[c] {
				consider(i, c)
			}
			if looked++; looked >= searchWidth && row >= 0 {
				return row, pos
			}
		}
		for i := w.rowList.head[n]; i >= 0; i = w.rowList.next[i] {
			for _, c := range w.rowIndex[i] {
				consider(i, c)
			}
			if looked++; looked >= searchWidth && row >= 0 {
				return row, pos
			}
		}
		if row >= 0 && best <= int64(n)*int64(n) {
			return row, pos
		}
	}
	return row, pos
}

func (w *eliminator) entry(i, c int32) float64 {
	for k, j := range w.rowIndex[i] {
		if j == c {
			return w.rowValue[i][k]
		}
	}
	return 0
}

// acceptable tells whether entry (i, c) is a stable pivot.
func (w *eliminator) acceptable(i, c int32) bool {
	own, largest := 0.0, 0.0
	for k, j := range w.rowIndex[i] {
		v := math.Abs(w.rowValue[i][k])
		largest = max(largest, v)
		if j == c {
			own = v
		}
	}
	return own > pivotFloor && own >= rowThreshold*largest
}

// eliminate takes row and pos out of the active part.
func (f *factor) eliminate(row, pos int32) {
	w := &f.work
	w.rowList.remove(row)
	w.colList.remove(pos)
	w.rowDone[row], w.colDone[pos] = true, true
	step := int32(len(f.pivot))
	pivot := 0.0
	for k, c := range w.rowIndex[row] {
		if c == pos {
			pivot = w.rowValue[row][k]
			continue
		}
		f.upperRow.push(c, w.rowValue[row][k])
		w.dropFromColumn(c, row)
	}
	f.upperRow.close()
	f.pivotRow, f.pivotPos, f.pivot = append(f.pivotRow, row), append(f.pivotPos, pos), append(f.pivot, pivot)
	upperIndex, upperValue := f.upperRow.vector(int(step))
	before := len(f.lower.index)
	for _, i := range w.colRows[pos] {
		if i == row {
			continue
		}
		factor := w.takeEntry(i, pos) / pivot
		f.lower.push(i, factor)
		w.subtract(i, factor, upperIndex, upperValue)
		w.rowList.move(i, int32(len(w.rowIndex[i])))
	}
	if len(f.lower.index) > before {
		f.lower.close()
		f.lowerStep = append(f.lowerStep, step)
	}
	for _, c := range upperIndex {
		w.colList.move(c, int32(len(w.colRows[c])))
	}
}

// takeEntry removes entry (i, c) from row i and returns its value.
func (w *eliminator) takeEntry(i, c int32) float64 {
	index, value := w.rowIndex[i], w.rowValue[i]
	for k, j := range index {
		if j == c {
			v, last := value[k], len(index)-1
			index[k], value[k] = index[last], value[last]
			w.rowIndex[i], w.rowValue[i] = index[:last], value[:last]
			return v
		}
	}
	return 0
}

func (w *eliminator) dropFromColumn(c, row int32) {
	rows := w.colRows[c]
	for k, i := range rows {
		if i == row {
			rows[k] = rows[len(rows)-1]
			w.colRows[c] = rows[:len(rows)-1]
			return
		}
	}
}

// subtract takes times × (index, value) from row i, with fill-in.
func (w *eliminator) subtract(i int32, times float64, index []int32, value []float64) {
	if len(index) == 0 {
		return
	}
	w.touched += int64(2*len(w.rowIndex[i]) + 3*len(index))
	for k, c := range w.rowIndex[i] {
		w.mark[c] = int32(k) + 1
	}
	own, ownValue := w.rowIndex[i], w.rowValue[i]
	cancelled := false
	for k, c := range index {
		if p := w.mark[c]; p > 0 {
			ownValue[p-1] -= float64(times * value[k])
			if math.Abs(ownValue[p-1]) < dropBelow {
				ownValue[p-1], cancelled = 0, true
			}
			continue
		}
		own, ownValue = append(own, c), append(ownValue, -times*value[k])
		w.colRows[c] = append(w.colRows[c], i)
	}
	for _, c := range own {
		w.mark[c] = 0
	}
	if cancelled {
		kept := 0
		for k, c := range own {
			if ownValue[k] == 0 {
				w.dropFromColumn(c, i)
				w.colList.move(c, int32(len(w.colRows[c])))
				continue
			}
			own[kept], ownValue[kept] = c, ownValue[k]
			kept++
		}
		own, ownValue = own[:kept], ownValue[:kept]
	}
	w.rowIndex[i], w.rowValue[i] = own, ownValue
}

func (w *eliminator) leftOver() (positions, rows []int32) {
	for i := range w.rowDone {
		if !w.rowDone[i] {
			rows = append(rows, int32(i))
		}
		if !w.colDone[i] {
			positions = append(positions, int32(i))
		}
	}
	return positions, rows
}

// transposeUpper stores U by columns too, for solves that skip zeros.
func (f *factor) transposeUpper() {
	m := f.m
	step := resize(f.work.mark, m) // of each position
	for k, pos := range f.pivotPos {
		step[pos] = int32(k)
	}
	u := &f.upperCol
	u.start = resize(u.start, m+1)
	clear(u.start)
	for _, pos := range f.upperRow.index {
		u.start[step[pos]+1]++
	}
	for k := range m {
		u.start[k+1] += u.start[k]
	}
	total := len(f.upperRow.index)
	u.index, u.value = resize(u.index, total), resize(u.value, total)
	for k := range m {
		index, value := f.upperRow.vector(k)
		for e, pos := range index {
			s := step[pos]
			at := u.start[s]
			u.index[at], u.value[at] = f.pivotRow[k], value[e]
			u.start[s]++
		}
	}
	copy(u.start[1:], u.start[:m])
	u.start[0] = 0
	clear(step)
}

// solve overwrites right (by row) and sets x (by position) with B x = right.
func (f *factor) solve(right, x []float64) {
	for k, step := range f.lowerStep {
		if v := right[f.pivotRow[step]]; v != 0 {
			index, value := f.lower.vector(k)
			for e, i := range index {
				right[i] -= float64(value[e] * v)
			}
		}
	}
	for k := f.m - 1; k >= 0; k-- {
		v := right[f.pivotRow[k]]
		if v == 0 {
			x[f.pivotPos[k]] = 0
			continue
		}
		v /= f.pivot[k]
		x[f.pivotPos[k]] = v
		index, value := f.upperCol.vector(k)
		for e, i := range index {
			right[i] -= float64(value[e] * v)
		}
	}
}

// solveTransposed overwrites left (by position) and sets y (by row) with Bᵀ y = left.
func (f *factor) solveTransposed(left, y []float64) {
	for k := range f.m {
		v := left[f.pivotPos[k]]
		if v == 0 {
			y[f.pivotRow[k]] = 0
			continue
		}
		v /= f.pivot[k]
		y[f.pivotRow[k]] = v
		index, value := f.upperRow.vector(k)
		for e, pos := range index {
			left[pos] -= float64(value[e] * v)
		}
	}
	for k := len(f.lowerStep) - 1; k >= 0; k-- {
		index, value := f.lower.vector(k)
		sum := 0.0
		for e, i := range index {
			sum += float64(value[e] * y[i])
		}
		y[f.pivotRow[f.lowerStep[k]]] -= sum
	}
}
