package workbook

import (
	"fmt"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"sobre/report/document"
)

// head is one column of a sheet: a span of a table has three.
type head struct {
	title  string
	column int // of the table
	part   part
	format string
}

// part is what of a cell stands in a column.
type part int

const (
	whole part = iota
	best
	low
	high
)

// heads spreads the columns of a table over those of a sheet. A title names
// its unit, and none occurs twice.
func (b *book) heads(t *document.Table) []head {
	var list []head
	used := map[string]bool{}
	add := func(title string, h head) {
		for n := 2; used[title]; n++ {
			title = fmt.Sprintf("%s %d", h.title, n)
		}
		used[title] = true
		h.title = title
		list = append(list, h)
	}
	for i, c := range t.Columns {
		title := c.Title
		if c.Unit != "" {
			title += " (" + c.Unit + ")"
		}
		h := head{title: title, column: i, format: format(t, i)}
		if c.Kind != document.Span {
			add(title, h)
			continue
		}
		for _, p := range []struct {
			part part
			word string
		}{{best, b.Words.Best}, {low, b.Words.Low}, {high, b.Words.High}} {
			h.part, h.title = p.part, title+", "+p.word
			add(h.title, h)
		}
	}
	return list
}

// value is what a cell holds in a column of a sheet; nil when it is not known.
func (h head) value(t *document.Table, c document.Cell) any {
	if !c.Known {
		return nil
	}
	switch h.part {
	case best:
		return c.Span.Best
	case low:
		return c.Span.Low
	case high:
		return c.Span.High
	}
	switch t.Columns[h.column].Kind {
	case document.Number, document.Share:
		return c.Value
	}
	return c.Text
}

// data writes a long table on a sheet of its own: heads frozen, a filter on
// each, sums that follow the filter below.
func (b *book) data(t *document.Table) error {
	name := b.sheetName(t.Title)
	if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	sw, err := b.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	heads := b.heads(t)
	if err := b.shape(sw, t, heads); err != nil {
		return err
	}
	if err := b.dataRows(sw, t, heads); err != nil {
		return err
	}
	last := len(t.Rows) + 1
	if len(t.Rows) > 0 {
		corner, err := excelize.CoordinatesToCellName(len(heads), last)
		if err != nil {
			return err
		}
		if err := sw.AddTable(&excelize.Table{Range: "A1:" + corner, Name: "t_" + identifier(t.ID), StyleName: "TableStyleLight1"}); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// shape sets widths and freezes the heads and the first column.
func (b *book) shape(sw *excelize.StreamWriter, t *document.Table, heads []head) error {
	for i, h := range heads {
		if err := sw.SetColWidth(i+1, i+1, b.columnWidth(t, h)); err != nil {
			return err
		}
	}
	return sw.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"})
}

// columnWidth is that of the longest of the first texts, within reason.
func (b *book) columnWidth(t *document.Table, h head) float64 {
	longest := min(utf8.RuneCountInString(h.title), 18)
	for i, r := range t.Rows {
		if i == 200 {
			break
		}
		if c := r[h.column]; h.part == whole {
			longest = max(longest, utf8.RuneCountInString(b.Show(t.Columns[h.column], c)))
		}
	}
	return float64(min(longest, 60)) + 3
}

func (b *book) dataRows(sw *excelize.StreamWriter, t *document.Table, heads []head) error {
	row := make([]any, len(heads))
	for i, h := range heads {
		id, err := b.style(style{head: true, indent: i > 0 && h.format == ""})
		if err != nil {
			return err
		}
		row[i] = excelize.Cell{StyleID: id, Value: h.title}
	}
	if err := sw.SetRow("A1", row, excelize.RowOpts{Height: 44}); err != nil {
		return err
	}
	for n, r := range t.Rows {
		for i, h := range heads {
			id, err := b.style(style{number: h.format, indent: i > 0 && h.format == "", wrap: t.Columns[h.column].Wide})
			if err != nil {
				return err
			}
			row[i] = excelize.Cell{StyleID: id, Value: h.value(t, r[h.column])}
		}
		if err := sw.SetRow(fmt.Sprintf("A%d", n+2), row); err != nil {
			return err
		}
	}
	next := len(t.Rows) + 2
	if t.Totals && len(t.Rows) > 1 {
		if err := b.sums(sw, t, heads, next); err != nil {
			return err
		}
		next++
	}
	if t.Note == "" {
		return nil
	}
	id, err := b.style(style{muted: true})
	if err != nil {
		return err
	}
	return sw.SetRow(fmt.Sprintf("A%d", next+1), []any{excelize.Cell{StyleID: id, Value: t.Note}})
}

// sums writes a row of formulas that add up what the filter shows, each with
// the value that it has now.
func (b *book) sums(sw *excelize.StreamWriter, t *document.Table, heads []head, at int) error {
	row := make([]any, len(heads))
	for i, h := range heads {
		id, err := b.style(style{total: true, number: h.format})
		if err != nil {
			return err
		}
		cell := excelize.Cell{StyleID: id}
		switch {
		case i == 0:
			cell.Value = b.Words.Total
		case t.Columns[h.column].Sum:
			letter, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				return err
			}
			cell.Formula = fmt.Sprintf("SUBTOTAL(109,%s2:%s%d)", letter, letter, at-1)
			cell.Value = h.value(t, t.Total(h.column))
		}
		row[i] = cell
	}
	return sw.SetRow(fmt.Sprintf("A%d", at), row)
}

// identifier makes a name for a table of the ID of one.
func identifier(id string) string {
	out := []byte(id)
	for i, c := range out {
		if c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			out[i] = '_'
		}
	}
	return string(out)
}
