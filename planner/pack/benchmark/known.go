package benchmark

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
)

// Known holds published values of instances by name.
type Known struct {
	rows map[string][]knownRow
}

type knownRow struct {
	set       string
	optimum   int64 // -1: not published
	published int64 // best of the published rules, -1: none
}

// ReadKnown reads a table of published values: CSV with a header that names
// the columns. Used are "instance" or "name", "set", "optimum" (negative or
// empty: unknown) or in its place "best_lb" and "best_ub" (known when equal),
// and "best_of_351_heuristics".
func ReadKnown(name string, r io.Reader) (*Known, error) {
	c := csv.NewReader(bufio.NewReader(&limited{r: r, left: maxBytes}))
	header, err := c.Read()
	if err != nil {
		return nil, faultf(name, 1, "reading the header: %v", err)
	}
	col := map[string]int{}
	for i, h := range header {
		col[strings.TrimSpace(h)] = i
	}
	key, ok := col["instance"]
	if !ok {
		if key, ok = col["name"]; !ok {
			return nil, faultf(name, 1, "expected a column instance or name")
		}
	}
	k := &Known{rows: map[string][]knownRow{}}
	for {
		f, err := c.Read()
		if errors.Is(err, io.EOF) {
			return k, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		line, _ := c.FieldPos(0)
		row, err := newKnownRow(col, f)
		if err != nil {
			return nil, faultf(name, line, "%v", err)
		}
		k.rows[f[key]] = append(k.rows[f[key]], row)
	}
}

func newKnownRow(col map[string]int, f []string) (knownRow, error) {
	row := knownRow{optimum: -1, published: -1}
	if i, ok := col["set"]; ok {
		row.set = f[i]
	}
	number := func(column string) (int64, error) {
		i, ok := col[column]
		if !ok || f[i] == "" {
			return -1, nil
		}
		v, err := strconv.ParseInt(f[i], 10, 64)
		if err != nil {
			return -1, fmt.Errorf("%s: expected a whole number, not %q", column, f[i])
		}
		return max(v, -1), nil
	}
	var err error
	if row.optimum, err = number("optimum"); err != nil {
		return row, err
	}
	if row.published, err = number("best_of_351_heuristics"); err != nil {
		return row, err
	}
	low, err := number("best_lb")
	if err != nil {
		return row, err
	}
	high, err := number("best_ub")
	if err == nil && row.optimum < 0 && low == high {
		row.optimum = high
	}
	return row, err
}

// find returns what is published of the instance in a file: the row of its
// name and, where several sets use the name, of the set that its path names.
func (k *Known) find(file string) knownRow {
	none := knownRow{optimum: -1, published: -1}
	if k == nil {
		return none
	}
	base := strings.TrimSuffix(filepath.Base(file), ".gz")
	rows := k.rows[strings.TrimSuffix(base, filepath.Ext(base))]
	if rows == nil {
		rows = k.rows[base]
	}
	if len(rows) == 1 {
		return rows[0]
	}
	for _, part := range strings.Split(filepath.ToSlash(file), "/") {
		for _, r := range rows {
			if strings.EqualFold(part, r.set) {
				return r
			}
		}
	}
	return none
}
