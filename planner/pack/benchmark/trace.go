package benchmark

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// flavour is a size of VM in a trace: a letter, cores and GiB in billionths.
type flavour struct {
	letter byte
	size   [2]int64
}

// readFlavours reads flav_map.txt: "cores,GiB letter" on each line.
func readFlavours(path string) ([]flavour, error) {
	var all []flavour
	err := linesOf(path, func(line int, text string) error {
		f := strings.Fields(text)
		if len(f) == 0 {
			return nil
		}
		if len(f) != 2 || len(f[1]) != 1 || !isLetter(f[1][0]) {
			return faultf(path, line, "expected cores,GiB and a letter, not %q", text)
		}
		size := strings.Split(f[0], ",")
		if len(size) != 2 {
			return faultf(path, line, "expected cores,GiB, not %q", f[0])
		}
		fl := flavour{letter: f[1][0]}
		for d := range fl.size {
			var err error
			if fl.size[d], err = parseDecimal(size[d]); err != nil {
				return faultf(path, line, "%v", err)
			}
		}
		if fl.size == [2]int64{} {
			return faultf(path, line, "flavour %s needs nothing", f[1])
		}
		for _, other := range all {
			if other.letter == fl.letter {
				return faultf(path, line, "flavour %s is given a second time", f[1])
			}
		}
		all = append(all, fl)
		return nil
	})
	if err == nil && len(all) == 0 {
		err = faultf(path, 0, "no flavours")
	}
	return all, err
}

// traceReader takes all requests of a flavour trace as one set of items: per
// line a time, then letters parted by commas, with a bar after each batch of
// one tenant (Cortez et al., Resource Central, 2017, as prepared for
// Bergsma et al., Generating complex, realistic cloud workloads using
// recurrent neural networks, 2021).
type traceReader struct {
	b       *grouping
	group   [256]int // per letter; -1: no such flavour
	demand  [256][]int64
	line    int
	inTime  bool // in the number that begins a line
	letters int  // of the word that is being read
	letter  byte
}

func readTrace(name string, r *bufio.Reader, flavours []flavour, o ReadOptions) (*Instance, error) {
	host := o.Host
	if host == nil {
		host = []int64{64, 512}
	}
	if len(host) != 2 || host[0] < 1 || host[1] < 1 || host[0] > 1e9 || host[1] > 1e9 {
		return nil, faultf(name, 0, "expected a host of two numbers from 1 to 10^9, cores and GiB, not %v", host)
	}
	capacity := []int64{host[0] * 1e9, host[1] * 1e9}
	in := &Instance{Format: "trace", Dims: 2}
	t := &traceReader{b: newGrouping(name, in), line: 1, inTime: true}
	for c := range t.group {
		t.group[c] = -1
	}
	for _, f := range flavours {
		t.demand[f.letter] = []int64{f.size[0], f.size[1]}
	}
	for d := range capacity {
		var demands [][]int64
		for _, f := range flavours {
			demands = append(demands, t.demand[f.letter][d:d+1])
		}
		reduce(demands, []*int64{&capacity[d]})
	}
	in.single(capacity)
	if err := t.read(r); err != nil {
		return nil, err
	}
	return t.b.finish()
}

func (t *traceReader) read(r *bufio.Reader) error {
	for {
		c, err := r.ReadByte()
		if errors.Is(err, io.EOF) {
			return t.word()
		}
		if err != nil {
			return faultf(t.b.file, t.line, "reading: %v", err)
		}
		if err := t.byte(c); err != nil {
			return err
		}
	}
}

func (t *traceReader) byte(c byte) error {
	switch {
	case t.inTime && c >= '0' && c <= '9':
		return nil
	case c == '\n':
		err := t.word()
		t.line++
		t.inTime = true
		return err
	case isSpace(c), c == ',', c == '|':
		t.inTime = false
		return t.word()
	case isLetter(c), c >= '0' && c <= '9':
		t.inTime = false
		t.letters++
		t.letter = c
		return nil
	}
	return faultf(t.b.file, t.line, "expected a time, then flavours parted by commas and bars, not %q", c)
}

// word ends a word: one letter is a request, more are none.
func (t *traceReader) word() error {
	n, c := t.letters, t.letter
	t.letters = 0
	switch {
	case n == 0:
		return nil
	case n > 1:
		return faultf(t.b.file, t.line, "expected flavours of one letter; longer words stand in traces of durations")
	case t.demand[c] == nil:
		return faultf(t.b.file, t.line, "flavour %q is not in flav_map.txt", c)
	}
	if t.group[c] < 0 {
		t.group[c] = t.b.open(t.line, t.demand[c])
	}
	return t.b.put(t.line, t.group[c], 1)
}
