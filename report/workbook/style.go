package workbook

import (
	"math"

	"github.com/xuri/excelize/v2"

	"sobre/report/document"
)

// style is how a cell looks. The zero style is ordinary text.
type style struct {
	size   int // of type; 0: 10
	bold   bool
	muted  bool
	wrap   bool
	head   bool   // of a table
	total  bool   // a line above
	good   bool   // in the colour of the plan
	indent bool   // a little space at its start, after a column of numbers
	number string // format of numbers
}

// Colours, as the page has them.
const (
	ink      = "161A1E"
	faintInk = "4A535C"
	after    = "0F6E66"
	before   = "8C7A5B"
	panel    = "EEF1EF"
	faint    = "C6CCD1"
)

// style gives the number of a style, made once.
func (b *book) style(s style) (int, error) {
	if id, ok := b.styles[s]; ok {
		return id, nil
	}
	size := 10.0
	if s.size > 0 {
		size = float64(s.size)
	}
	colour := ink
	switch {
	case s.muted:
		colour = faintInk
	case s.good:
		colour = after
	}
	x := &excelize.Style{
		Font:      &excelize.Font{Size: size, Bold: s.bold || s.head || s.total, Color: colour, Family: "Calibri"},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: s.wrap || s.head},
	}
	if s.indent {
		x.Alignment.Indent = 1
	}
	if s.number != "" {
		x.CustomNumFmt = &s.number
	}
	if s.head {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{panel}}
		x.Border = []excelize.Border{{Type: "bottom", Color: ink, Style: 2}}
		x.Alignment.Vertical = "bottom"
	}
	if s.total {
		x.Border = []excelize.Border{{Type: "top", Color: ink, Style: 2}}
	}
	id, err := b.f.NewStyle(x)
	if err == nil {
		b.styles[s] = id
	}
	return id, err
}

// format is the format of the numbers of a column. Programs show it with the
// signs of their own language.
func format(t *document.Table, column int) string {
	c := t.Columns[column]
	switch c.Kind {
	case document.Share:
		return "0%"
	case document.Number:
		return decimals(c.Decimals)
	case document.Span:
		most := 0.0
		for _, r := range t.Rows {
			most = math.Max(most, math.Abs(r[column].Span.Best))
		}
		switch {
		case most >= 100:
			return decimals(0)
		case most >= 10:
			return decimals(1)
		}
		return decimals(2)
	}
	return ""
}

func decimals(n int) string {
	text := "#,##0"
	for i := range n {
		if i == 0 {
			text += "."
		}
		text += "0"
	}
	return text
}
