package rvtools

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// export is one RVTools export being read: a workbook or a set of CSV files.
type export struct {
	source inventory.Source
	// open gives the rows of a sheet and what to call it, nil rows when the
	// export has no such sheet.
	open  func(sheet string) (r rows, at string, err error)
	close func() error
	// version is RVTools' own, such as [4 4 1]; nil when unknown.
	version []int
}

// table is one sheet being read: its rows with the columns found.
type table struct {
	rows
	spec    sheetSpec
	at      string
	source  string
	index   [numFields]int // column of a field; -1: absent
	wanted  []bool
	headers []string
	custom  []customColumn
	rec     record
	notes   *notes
	clean   *cleaner
	bad     map[badValue]*badCount
}

// customColumn is a custom attribute or tag category of the site.
type customColumn struct {
	column int
	label  string
}

// badValue is what was wrong in one column.
type badValue struct {
	field   field
	problem string
}

type badCount struct {
	n, line int
	value   string
}

// open opens a sheet and maps its columns; nil when the export lacks it or
// nothing can be read of it, which findings then say.
func (b *builder) open(x *export, spec sheetSpec) *table {
	r, at, err := x.open(spec.name)
	if err != nil {
		b.unreadable(x, spec, err)
		return nil
	}
	if r == nil {
		b.sheetMissing(x, spec)
		return nil
	}
	t := &table{rows: r, spec: spec, at: at, source: x.source.ID, notes: &b.notes, clean: &b.clean, bad: map[badValue]*badCount{}}
	names, line, err := r.header()
	if errors.Is(err, io.EOF) {
		err = errors.New("it has no header")
	}
	if err == nil {
		err = t.mapColumns(names)
	}
	if err != nil {
		b.unreadable(x, spec, errors.Join(err, r.close()))
		return nil
	}
	t.columnsMissing(line)
	return t
}

// mapColumns finds the field of every column. The first column of a name wins.
func (t *table) mapColumns(names []string) error {
	for i := range t.index {
		t.index[i] = -1
	}
	t.wanted = make([]bool, len(names))
	t.headers = names
	for i, name := range names {
		f, ok := t.spec.columns[normalise(name, t.spec.name)]
		if ok && t.index[f] < 0 {
			t.index[f] = i
			t.wanted[i] = true
		}
	}
	needs := fName
	if t.spec.name == "vMetaData" {
		needs = fVersion
	}
	if t.index[needs] < 0 {
		return fmt.Errorf("none of its %d columns is named as RVTools names the first", len(names))
	}
	return nil
}

// wantCustom takes in the columns that RVTools itself does not have.
func (t *table) wantCustom() {
	for i, name := range t.headers {
		if t.wanted[i] || !isCustom(name, t.spec.name) {
			continue
		}
		label := inventory.CleanText(name)
		if label == "" || slices.ContainsFunc(t.custom, func(c customColumn) bool { return c.label == label }) {
			continue
		}
		t.custom = append(t.custom, customColumn{i, label})
		t.wanted[i] = true
	}
}

// each calls f for every row. A row that cannot be read ends the sheet, with a
// finding: in a damaged file nothing after it can be trusted.
func (t *table) each(ctx context.Context, f func()) error {
	defer t.rows.close()
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		err := t.rows.next(&t.rec, t.wanted)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.notes.add(inventory.Finding{
				Code: "sheet-truncated", Severity: inventory.Error, Source: t.source, At: t.at, Line: t.rec.line,
				What:   fmt.Sprintf("the sheet cannot be read to its end (%v): %d rows were read", err, n),
				Do:     "export it again",
				Values: map[string]string{"rows": strconv.Itoa(n), "cause": err.Error()},
			})
			break
		}
		if len(t.rec.raw(t.index[fName])) > 0 || t.spec.name == "vMetaData" {
			f()
		}
	}
	t.report()
	return nil
}

func (t *table) has(f field) bool { return t.index[f] >= 0 }

// text is the field's content, clean.
func (t *table) text(f field) string {
	raw := t.rec.raw(t.index[f])
	switch t.rec.kind(t.index[f]) {
	case unsolved, errorCell:
		t.badValue(f, raw, "a formula without a stored value")
		return ""
	}
	return t.clean.text(raw)
}

// flag is a yes or no; no when empty.
func (t *table) flag(f field) bool { return isTrue(t.rec.raw(t.index[f])) }

// number is the field's number; known is false for an empty or a bad one.
func (t *table) number(f field) (v float64, known bool) {
	column := t.index[f]
	raw := t.rec.raw(column)
	switch t.rec.kind(column) {
	case emptyCell:
		return 0, false
	case unsolved, errorCell:
		t.badValue(f, raw, "a formula without a stored value")
		return 0, false
	}
	v, known, problem := parseNumber(raw, t.rows.decimalComma() && t.rec.kind(column) == textCell)
	if problem != "" {
		t.badValue(f, raw, string(problem))
	}
	return v, known
}

// amount is a number that cannot be negative.
func (t *table) amount(f field) (v float64, known bool) {
	v, known = t.number(f)
	if known && v < 0 {
		t.badValue(f, t.rec.raw(t.index[f]), "it is negative")
		return 0, false
	}
	return v, known
}

// count is an amount of whole things, at most a million.
func (t *table) count(f field) int {
	v, known := t.amount(f)
	if !known {
		return 0
	}
	if v > 1e6 || v != float64(int(v)) {
		t.badValue(f, t.rec.raw(t.index[f]), string(hugeNumber))
		return 0
	}
	return int(v)
}

// size is an amount in MiB; 0 is unknown where a machine cannot have none.
func (t *table) size(f field) inventory.Size {
	if v, known := t.amount(f); known {
		return inventory.MiB(v)
	}
	return inventory.Size{}
}

func (t *table) badValue(f field, raw []byte, problem string) {
	key := badValue{f, problem}
	c := t.bad[key]
	if c == nil {
		c = &badCount{line: t.rec.line, value: inventory.CleanText(string(raw[:min(len(raw), 80)]))}
		t.bad[key] = c
	}
	c.n++
}

// report says which values of the sheet could not be used, and which rows.
func (t *table) report() {
	for key, c := range t.bad {
		column := inventory.CleanText(t.headers[t.index[key.field]])
		t.notes.add(inventory.Finding{
			Code: "value-unreadable", Severity: inventory.Warning, Source: t.source, At: t.at, Line: c.line,
			What:   fmt.Sprintf("column %q: %d values cannot be used, the first is %q (%s); they count as unknown", column, c.n, c.value, key.problem),
			Do:     "correct them in the sheet or export it again",
			Values: map[string]string{"column": column, "count": strconv.Itoa(c.n), "value": c.value, "why": key.problem},
		})
	}
	c, ok := t.rows.(*csvRows)
	if !ok {
		return
	}
	if c.notes.ragged > 0 {
		t.notes.add(inventory.Finding{
			Code: "row-unreadable", Severity: inventory.Error, Source: t.source, At: t.at, Line: c.notes.firstBad,
			What:   fmt.Sprintf("%d rows have not as many values as the header has names: left out", c.notes.ragged),
			Do:     "export a workbook (.xlsx) instead, which cannot break this way",
			Values: map[string]string{"count": strconv.Itoa(c.notes.ragged)},
		})
	}
	if c.notes.mended > 0 {
		t.notes.add(inventory.Finding{
			Code: "row-mended", Severity: inventory.Note, Source: t.source, At: t.at, Line: c.notes.firstMended,
			What:   fmt.Sprintf("quotes in the annotation of %d rows cut them (RVTools before 4.6.1): put together again", c.notes.mended),
			Values: map[string]string{"count": strconv.Itoa(c.notes.mended)},
		})
	}
}

// columnsMissing says, once for the sheet, which columns that matter it lacks
// and what cannot be told without them.
func (t *table) columnsMissing(line int) {
	var names, lost []string
	for f := range numFields {
		if what, matters := t.spec.lost[f]; matters && !t.has(f) {
			names = append(names, titles()[f])
			lost = append(lost, what)
		}
	}
	if len(names) == 0 {
		return
	}
	t.notes.add(inventory.Finding{
		Code: "column-missing", Severity: inventory.Warning, Source: t.source, At: t.at, Line: line,
		What:   fmt.Sprintf("the sheet %s lacks columns (%s): %s", t.spec.name, strings.Join(names, ", "), strings.Join(lost, "; ")),
		Do:     "export it again with all columns",
		Values: map[string]string{"sheet": t.spec.name, "columns": strings.Join(names, ", ")},
	})
}

func (b *builder) sheetMissing(x *export, spec sheetSpec) {
	if spec.sheet == "" {
		return
	}
	severity := inventory.Note
	if spec.grave {
		severity = inventory.Warning
	}
	b.notes.add(inventory.Finding{
		Code: "sheet-missing", Severity: severity, Source: x.source.ID, At: spec.name,
		What:   fmt.Sprintf("the export has no sheet %s: %s", spec.name, spec.sheet),
		Do:     "export all sheets",
		Values: map[string]string{"sheet": spec.name},
	})
}

func (b *builder) unreadable(x *export, spec sheetSpec, err error) {
	b.notes.add(inventory.Finding{
		Code: "sheet-unreadable", Severity: inventory.Error, Source: x.source.ID, At: spec.name,
		What:   fmt.Sprintf("the sheet %s cannot be read (%v)%s", spec.name, err, because(spec.sheet)),
		Do:     "export it again",
		Values: map[string]string{"sheet": spec.name, "cause": err.Error()},
	})
}

func because(lost string) string {
	if lost == "" {
		return ""
	}
	return ": " + lost
}
