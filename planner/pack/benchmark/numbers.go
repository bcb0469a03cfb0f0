package benchmark

import (
	"bufio"
	"errors"
	"io"
	"strconv"

	"sobre/planner/pack"
)

// numbers is a text of whole numbers with the line each stands on.
type numbers struct {
	file  string
	value []int64
	line  []int32
}

// readNumbers reads the formats that are nothing but whole numbers, and tells
// them apart by how many there are: a vector instance of d dimensions and m
// types has 2 + d + m(d+1), a list of n sizes 2 + n, one of n sizes with
// demands 2 + 2n. No text with at least one item satisfies two of these.
func readNumbers(name string, r *bufio.Reader) (*Instance, error) {
	n, err := scanNumbers(name, r)
	if err != nil {
		return nil, err
	}
	total, first := int64(len(n.value)), n.value[0]
	if first < 1 {
		return nil, faultf(name, int(n.line[0]), "expected the number of dimensions or of items, at least 1, not %d", first)
	}
	switch {
	case total == 2+first && !n.untyped(first):
		return n.sizes(1)
	case first <= maxDims && total >= 2+first:
		d, m := first, n.value[1+first]
		if m >= 0 && m <= total && total == 2+d+m*(d+1) {
			return n.vector(int(d), int(m))
		}
	}
	if first <= total && total == 2+2*first {
		return n.sizes(2)
	}
	return nil, n.misshapen()
}

// untyped tells a vector instance of no types from a list that ends in a size
// of 0. Both are wrong; only the message differs.
func (n *numbers) untyped(d int64) bool {
	return d > 1 && n.value[1+d] == 0 && n.line[1] == n.line[d]
}

// misshapen says what the text would need, after the layout of its first
// lines: a vector instance has its d capacities on one line.
func (n *numbers) misshapen() error {
	total, first := int64(len(n.value)), n.value[0]
	last := int(n.line[len(n.line)-1])
	vector := first == 1 && total%2 == 1 || first > 1 && first+1 < total && n.line[1] == n.line[min(first, total-1)]
	if vector && first <= maxDims && first+1 < total {
		m := n.value[1+first]
		if m < 1 {
			return faultf(n.file, int(n.line[1+first]), "expected the number of types, at least 1, not %d", m)
		}
		return faultf(n.file, last, "expected %d types of %d sizes and a demand each, found %d numbers after the number of types",
			m, first, total-2-first)
	}
	return faultf(n.file, last, "expected either %d sizes after the number of items and the capacity, found %d numbers, "+
		"or a vector instance: d, d capacities, number of types, then d sizes and a demand for each type", first, max(0, total-2))
}

func (n *numbers) vector(d, m int) (*Instance, error) {
	if m < 1 {
		return nil, faultf(n.file, int(n.line[1+d]), "expected the number of types, at least 1, not %d", m)
	}
	in := &Instance{Format: "vector", Dims: d}
	capacity, err := n.capacity(1, d)
	if err != nil {
		return nil, err
	}
	in.single(capacity)
	b := newGrouping(n.file, in)
	for at := 2 + d; at < len(n.value); at += d + 1 {
		demand, count, line := n.value[at:at+d:at+d], n.value[at+d], int(n.line[at])
		if err := n.checkSizes(at, d); err != nil {
			return nil, err
		}
		if count < 1 {
			return nil, faultf(n.file, int(n.line[at+d]), "expected a demand of at least 1, not %d", count)
		}
		if _, err := b.add(line, demand, count, 0); err != nil {
			return nil, err
		}
	}
	return b.finish()
}

// sizes reads a one-dimensional list: number, capacity, then per item its
// size, or (width 2) per size also its demand.
func (n *numbers) sizes(width int) (*Instance, error) {
	in := &Instance{Format: "one-dimensional", Dims: 1}
	capacity, err := n.capacity(1, 1)
	if err != nil {
		return nil, err
	}
	in.single(capacity)
	b := newGrouping(n.file, in)
	for at := 2; at < len(n.value); at += width {
		if err := n.checkSizes(at, 1); err != nil {
			return nil, err
		}
		count := int64(1)
		if width == 2 {
			count = n.value[at+1]
		}
		if count < 1 {
			return nil, faultf(n.file, int(n.line[at+1]), "expected a demand of at least 1, not %d", count)
		}
		if _, err := b.add(int(n.line[at]), n.value[at:at+1:at+1], count, 0); err != nil {
			return nil, err
		}
	}
	return b.finish()
}

// capacity returns the d capacities at a place of the text.
func (n *numbers) capacity(at, d int) ([]int64, error) {
	for i := at; i < at+d; i++ {
		if n.value[i] < 1 {
			return nil, faultf(n.file, int(n.line[i]), "expected a capacity of at least 1, not %d", n.value[i])
		}
	}
	return n.value[at : at+d : at+d], nil
}

// checkSizes refuses negative sizes and items that need nothing at all.
func (n *numbers) checkSizes(at, d int) error {
	some := false
	for i := at; i < at+d; i++ {
		if n.value[i] < 0 {
			return faultf(n.file, int(n.line[i]), "expected a size of 0 or more, not %d", n.value[i])
		}
		some = some || n.value[i] > 0
	}
	if !some {
		return faultf(n.file, int(n.line[at]), "expected an item that needs something: all its sizes are 0")
	}
	return nil
}

// single makes the instance one of equal bins without limit.
func (in *Instance) single(capacity []int64) {
	in.Bins = []BinType{{Capacity: capacity, Cost: 1, Max: pack.Unlimited}}
	in.TypeOf = []int{0}
	in.Problem.Dims = in.Dims
	in.Problem.Types = []pack.Type{{Capacity: capacity, Stock: pack.Unlimited}}
}

// scanNumbers reads whole numbers between white space, to the end.
func scanNumbers(name string, r *bufio.Reader) (*numbers, error) {
	n := &numbers{file: name}
	s := tokens{r: r, line: 1}
	for {
		word, line, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, faultf(name, line, "reading: %v", err)
		}
		v, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return nil, faultf(name, line, "expected a whole number of at most 64 bits, not %q", word)
		}
		if len(n.value) == maxNumbers {
			return nil, faultf(name, line, "more than %d numbers", maxNumbers)
		}
		n.value = append(n.value, v)
		n.line = append(n.line, int32(line))
	}
	if len(n.value) < 3 {
		return nil, faultf(name, s.line, "expected a number of dimensions or items, a capacity and at least one size, found %d numbers", len(n.value))
	}
	return n, nil
}

// tokens splits a text at white space and counts its lines.
type tokens struct {
	r    *bufio.Reader
	line int
	word []byte
}

// next returns the next word and its line, or io.EOF.
func (t *tokens) next() (string, int, error) {
	t.word = t.word[:0]
	for {
		c, err := t.r.ReadByte()
		if err != nil {
			if len(t.word) > 0 && errors.Is(err, io.EOF) {
				return string(t.word), t.line, nil
			}
			return "", t.line, err
		}
		if !isSpace(c) {
			// No number is this long; the rest would only fill memory.
			if len(t.word) < 64 {
				t.word = append(t.word, c)
			}
			continue
		}
		line := t.line
		if c == '\n' {
			t.line++
		}
		if len(t.word) > 0 {
			return string(t.word), line, nil
		}
	}
}
