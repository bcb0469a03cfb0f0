package paper

import (
	"math"

	"sobre/report/document"
)

// most is how many rows of a table go on paper: more is no reading.
const most = 400

// grid is a table as it is set: texts, widths and the size of its type.
type grid struct {
	heads   []string
	rows    [][]string
	foot    []string
	right   []bool
	widths  []float64
	size    float64
	crowded bool // its texts are much wider than the page
}

// worthTurning is how many rows a wide table must have to get pages on their side.
const worthTurning = 12

const gutter = 8.0

// table sets a table; its head is repeated on each page.
func (b *book) table(t *document.Table) {
	if b.turns(t) {
		b.turn()
	}
	if b.lying {
		defer b.upright()
	}
	g := b.grid(t)
	b.room(70)
	b.y += 6
	b.paragraph(t.Title, style{size: 9, bold: true}, marginLeft, b.wide)
	b.y += 2
	b.tableHead(g)
	for _, row := range g.rows {
		height := b.rowHeight(g, row, false)
		if b.y+height > b.bottom {
			b.newPage()
			b.tableHead(g)
		}
		b.row(g, row, false)
		b.rule(marginLeft, b.y-1.5, g.width(), faintLine())
	}
	if g.foot != nil {
		b.room(b.rowHeight(g, g.foot, true))
		b.rule(marginLeft, b.y-1.5, g.width(), strongLine())
		b.row(g, g.foot, true)
	}
	if n := len(t.Rows); n > most {
		b.paragraph(b.OnPaper(most, n), note(), marginLeft, b.wide)
	}
	if t.Note != "" {
		b.y += 2
		b.paragraph(t.Note, note(), marginLeft, b.wide)
	}
	b.y += 6
}

// turns tells whether a table asks for a page on its side.
func (b *book) turns(t *document.Table) bool {
	return !b.lying && len(t.Rows) >= worthTurning && b.grid(t).crowded
}

func (b *book) grid(t *document.Table) grid {
	g := grid{size: 8}
	if len(t.Columns) > 7 {
		g.size = 6.8
	}
	for _, c := range t.Columns {
		head := c.Title
		if c.Unit != "" {
			head += " (" + c.Unit + ")"
		}
		g.heads = append(g.heads, head)
		g.right = append(g.right, c.Kind == document.Number || c.Kind == document.Share || c.Kind == document.Span)
	}
	for _, r := range t.Rows[:min(len(t.Rows), most)] {
		g.rows = append(g.rows, b.cells(t, r))
	}
	if t.Totals && len(t.Rows) > 1 {
		sums := make([]document.Cell, len(t.Columns))
		for i, c := range t.Columns {
			if c.Sum {
				sums[i] = t.Total(i)
			}
		}
		g.foot = b.cells(t, sums)
		g.foot[0] = b.Words.Total
	}
	g.widths, g.crowded = b.widths(g)
	return g
}

func (b *book) cells(t *document.Table, row []document.Cell) []string {
	list := make([]string, len(row))
	for i, c := range row {
		list[i] = b.Show(t.Columns[i], c)
	}
	return list
}

// sample is how many rows the widths of columns are measured by.
const sample = 120

// widths gives each column what it needs: all of it where there is room, else
// its longest word and a part of the rest.
func (b *book) widths(g grid) (widths []float64, crowded bool) {
	n := len(g.heads)
	natural, least, whole := make([]float64, n), make([]float64, n), make([]float64, n)
	measure := func(row []string, s style) {
		for i, text := range row {
			w := b.width(text, s) + 1
			whole[i] = math.Max(whole[i], w)
			if !s.bold { // heads and sums may break where room is short
				natural[i] = math.Max(natural[i], w)
			}
			for _, word := range words(text) {
				least[i] = math.Max(least[i], b.width(word, s)+1)
			}
		}
	}
	measure(g.heads, style{size: g.size, bold: true})
	for i, row := range g.rows {
		if i < sample || i%(len(g.rows)/sample+1) == 0 {
			measure(row, style{size: g.size})
		}
	}
	if g.foot != nil {
		measure(g.foot, style{size: g.size, bold: true})
	}
	room := b.wide - float64(n-1)*gutter
	if sum(whole) <= room {
		return whole, false
	}
	for i := range least {
		least[i] = math.Min(least[i], room/3)
		natural[i] = math.Max(natural[i], least[i])
	}
	all := 0.0
	for i := range natural {
		all += math.Min(natural[i], room/2)
	}
	return share(natural, least, room), all > 1.4*room
}

func sum(list []float64) float64 {
	total := 0.0
	for _, v := range list {
		total += v
	}
	return total
}

// share divides a width among columns.
func share(natural, least []float64, room float64) []float64 {
	all, bare := sum(natural), sum(least)
	widths := make([]float64, len(natural))
	for i := range widths {
		switch {
		case all <= room:
			widths[i] = natural[i]
		case bare >= room:
			widths[i] = least[i] * room / bare
		default:
			widths[i] = least[i] + (natural[i]-least[i])*(room-bare)/(all-bare)
		}
	}
	return widths
}

// words are the parts of a text that a line breaks between.
func words(text string) []string {
	var list []string
	start := 0
	for i := range len(text) {
		if text[i] == ' ' {
			list = append(list, text[start:i])
			start = i + 1
		}
	}
	return append(list, text[start:])
}

func (g grid) width() float64 {
	return float64(len(g.widths)-1)*gutter + sum(g.widths)
}

const rowLeading = 1.25

func (b *book) rowHeight(g grid, row []string, bold bool) float64 {
	lines := 1
	for i, text := range row {
		lines = max(lines, len(b.lines(text, style{size: g.size, bold: bold}, g.widths[i])))
	}
	return float64(min(lines, 40))*g.size*rowLeading + 5
}

// row sets a row; no cell takes more than 40 lines.
func (b *book) row(g grid, row []string, bold bool) {
	s := style{size: g.size, bold: bold}
	height := b.rowHeight(g, row, bold)
	x := marginLeft
	for i, text := range row {
		for n, line := range b.lines(text, s, g.widths[i]) {
			if n >= 40 {
				break
			}
			at := x
			if g.right[i] {
				at = x + g.widths[i] - b.width(line, s)
			}
			b.put(line, s, at, b.y+1+g.size*(1+rowLeading*float64(n)))
		}
		x += g.widths[i] + gutter
	}
	b.y += height
}

func (b *book) tableHead(g grid) {
	b.row(g, g.heads, true)
	b.rule(marginLeft, b.y-1.5, g.width(), strongLine())
	b.y++
}
