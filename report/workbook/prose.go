package workbook

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"sobre/report/document"
)

// sheet is a sheet to read on its way: text runs over its first columns, small
// tables and charts stand below one another.
type sheet struct {
	*book
	name string
	row  int // the next one, from 1
	err  error
}

// Columns of a sheet to read.
const (
	proseColumns = 10
	firstWidth   = 40.0
	otherWidth   = 13.0
	wideSpan     = 3 // columns that a cell of sentences runs over
)

// prose writes a part of the report.
func (b *book) prose(name string, p document.Part) error {
	s := &sheet{book: b, name: name, row: 1}
	s.check(b.f.SetColWidth(name, "A", "A", firstWidth))
	s.check(b.f.SetColWidth(name, "B", "T", otherWidth))
	fit := true
	s.check(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	off := false
	s.check(b.f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &off}))
	landscape, size, width, height := "landscape", 9, 1, 0
	s.check(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &size, FitToWidth: &width, FitToHeight: &height}))
	if p.ID == "decision" {
		subject := b.Subject
		if b.Date != "" {
			subject += " · " + b.Date
		}
		s.line(subject, style{bold: true, good: true})
		s.line(b.Title, style{size: 20, bold: true})
		s.line(b.Subtitle, style{muted: true})
	} else {
		s.line(p.Title, style{size: 18, bold: true})
	}
	for _, section := range p.Sections {
		s.row++
		title := section.Title
		if section.Number != "" {
			title = section.Number + "  " + title
		}
		s.line(title, style{size: 14, bold: true})
		for _, block := range section.Blocks {
			s.block(block)
		}
	}
	if p.ID == "decision" {
		s.row++
		for _, line := range b.Small {
			s.line(line, style{muted: true, size: 9})
		}
	}
	s.check(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("%s!$A$1:$J$%d", quoted(name), s.row), Scope: name}))
	return s.err
}

// quoted is a sheet's name as formulas write it.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// check keeps the first error.
func (s *sheet) check(err error) {
	if s.err == nil {
		s.err = err
	}
}

// cell writes one value; nil leaves the cell empty. Text stays text, whatever
// it begins with.
func (s *sheet) cell(column int, v any, st style) {
	at, err := excelize.CoordinatesToCellName(column, s.row)
	s.check(err)
	id, err := s.style(st)
	s.check(err)
	s.check(s.f.SetCellStyle(s.name, at, at, id))
	switch v := v.(type) {
	case nil:
	case string:
		s.check(s.f.SetCellStr(s.name, at, v))
	default:
		s.check(s.f.SetCellValue(s.name, at, v))
	}
}

// formula writes a formula.
func (s *sheet) formula(column int, text string, st style) {
	s.cell(column, nil, st)
	at, err := excelize.CoordinatesToCellName(column, s.row)
	s.check(err)
	s.check(s.f.SetCellFormula(s.name, at, text))
}

// line writes a text over the width of the sheet, as high as it needs.
func (s *sheet) line(text string, st style) {
	st.wrap = true
	s.cell(1, text, st)
	last, err := excelize.CoordinatesToCellName(proseColumns, s.row)
	s.check(err)
	s.check(s.f.MergeCell(s.name, fmt.Sprintf("A%d", s.row), last))
	size := max(st.size, 10)
	perLine := (firstWidth + (proseColumns-1)*otherWidth) * 10 / float64(size)
	lines := math.Max(1, math.Ceil(float64(utf8.RuneCountInString(text))/perLine))
	s.check(s.f.SetRowHeight(s.name, s.row, math.Min(lines*float64(size)*1.45+2, 400)))
	s.row++
}

func (s *sheet) block(block document.Block) {
	switch x := block.(type) {
	case *document.Paragraph:
		switch x.Style {
		case document.Lead:
			s.line(x.Text, style{size: 12})
		case document.Note:
			s.line(x.Text, style{muted: true, size: 9})
		case document.Heading:
			s.row++
			s.line(x.Text, style{bold: true})
		default:
			s.line(x.Text, style{})
		}
	case *document.List:
		for i, item := range x.Items {
			mark := "– "
			if x.Ordered {
				mark = fmt.Sprintf("%d. ", i+1)
			}
			text := item.Head
			if text != "" && item.Text != "" {
				text += " "
			}
			s.line(mark+text+item.Text, style{})
		}
	case *document.Answer:
		s.line(x.Head, style{size: 14, bold: true})
		s.line(x.Text, style{})
	case *document.Figures:
		s.figures(x)
	case *document.Table:
		s.table(x)
	case *document.Chart:
		s.chart(x)
	}
}

// figures are numbers here; the saving of hosts is reckoned from its cells.
func (s *sheet) figures(f *document.Figures) {
	w := s.Words
	s.row++
	for i, title := range []string{w.Figure, w.Unit, w.Before, w.After, w.Saving + ", " + w.Best, w.Saving + ", " + w.Low, w.Saving + ", " + w.High} {
		s.cell(i+1, title, style{head: true})
	}
	s.row++
	for _, item := range f.Items {
		number := style{number: decimals(0)}
		if item.Was.Best < 100 && item.Was.Best != math.Trunc(item.Was.Best) {
			number.number = decimals(1)
		}
		s.cell(1, item.Label, style{bold: true})
		s.cell(2, item.Unit, style{muted: true})
		s.cell(3, item.Was.Best, number)
		s.cell(4, item.Is.Best, number)
		if item.Saved.Low == item.Saved.High {
			s.formula(5, fmt.Sprintf("C%d-D%d", s.row, s.row), number)
		} else {
			s.cell(5, item.Saved.Best, number)
			s.cell(6, item.Saved.Low, number)
			s.cell(7, item.Saved.High, number)
		}
		s.row++
	}
	s.row++
}

// table writes a short table; a long one is named, and has a sheet of its own.
func (s *sheet) table(t *document.Table) {
	if t.Data {
		s.line(fmt.Sprintf("%s: %d %s", t.Title, len(t.Rows), s.Words.Rows), style{bold: true})
		return
	}
	s.line(t.Title, style{bold: true})
	heads := s.heads(t)
	spots := spotsOf(t, heads)
	s.tableRow(spots, func(i int) (any, style) {
		return heads[i].title, style{head: true, indent: i > 0 && heads[i].format == ""}
	})
	first := s.row
	for _, r := range t.Rows {
		s.tableRow(spots, func(i int) (any, style) {
			h := heads[i]
			return h.value(t, r[h.column]), style{number: h.format, indent: i > 0 && h.format == "", wrap: t.Columns[h.column].Kind == document.Text || t.Columns[h.column].Wide}
		})
	}
	if t.Totals && len(t.Rows) > 1 {
		s.sum(t, heads, spots, first)
	}
	if t.Note != "" {
		s.line(t.Note, style{muted: true, size: 9})
	}
	s.row++
}

// spot is where a column of a table stands on a sheet to read.
type spot struct{ column, span int }

// spotsOf places columns beside one another; those that hold sentences run
// over several.
func spotsOf(t *document.Table, heads []head) []spot {
	list := make([]spot, len(heads))
	at := 1
	for i, h := range heads {
		list[i] = spot{at, 1}
		if i > 0 && t.Columns[h.column].Wide {
			list[i].span = wideSpan
		}
		at += list[i].span
	}
	return list
}

// tableRow writes one row of a table, as high as its longest text needs.
func (s *sheet) tableRow(spots []spot, value func(i int) (any, style)) {
	lines := 1.0
	for i, at := range spots {
		v, st := value(i)
		s.cell(at.column, v, st)
		width := otherWidth * float64(at.span)
		if at.column == 1 {
			width = firstWidth
		}
		if at.span > 1 {
			from, err := excelize.CoordinatesToCellName(at.column, s.row)
			s.check(err)
			to, err := excelize.CoordinatesToCellName(at.column+at.span-1, s.row)
			s.check(err)
			id, err := s.style(st)
			s.check(err)
			s.check(s.f.SetCellStyle(s.name, from, to, id))
			s.check(s.f.MergeCell(s.name, from, to))
		}
		if text, ok := v.(string); ok && (st.wrap || st.head) {
			lines = math.Max(lines, math.Ceil(float64(utf8.RuneCountInString(text))*1.12/width))
		}
	}
	s.check(s.f.SetRowHeight(s.name, s.row, math.Min(lines*13.5+2, 400)))
	s.row++
}

// sum writes a row of formulas below a table.
func (s *sheet) sum(t *document.Table, heads []head, spots []spot, first int) {
	for i, h := range heads {
		st := style{total: true, number: h.format}
		column := spots[i].column
		switch {
		case i == 0:
			s.cell(1, s.Words.Total, st)
		case t.Columns[h.column].Sum:
			letter, err := excelize.ColumnNumberToName(column)
			s.check(err)
			s.formula(column, fmt.Sprintf("SUM(%s%d:%s%d)", letter, first, letter, s.row-1), st)
		default:
			s.cell(column, nil, st)
		}
	}
	s.row++
}
