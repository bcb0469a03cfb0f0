package tui

import "strings"

// pane is the details of the selected row of a table: beside it on a wide
// screen, below it on a narrow one, alone when it is opened.
type pane struct {
	open   bool
	scroll scroller
}

// sideWidth is the width from which details stand beside the table.
const sideWidth = 110

// key opens, closes and moves the pane; it tells whether it knew the key.
func (d *pane) key(k string) bool {
	if k == "enter" {
		d.open = !d.open
		d.scroll.top = 0
		return true
	}
	return d.open && k != "up" && k != "down" && k != "j" && k != "k" && d.scroll.key(k, 10)
}

// beside lays out a table with the details of its selected row.
func (d *pane) beside(f frame, g *grid, details func(frame, int) []string) []string {
	if f.plain {
		return g.lines(f)
	}
	g.arrange()
	row := g.row()
	table, text := f, f
	switch {
	case row < 0:
		return g.lines(f)
	case f.width >= sideWidth:
		text.width = f.width * 2 / 5
		table.width = f.width - text.width - 3
		left := g.lines(table)
		right := d.scroll.cut(wrapAll(details(text, row), text.width), f.height)
		for len(left) < f.height {
			left = append(left, "")
		}
		return side(left, right, table.width, f.look.rule.Render(" │ "))
	case d.open:
		text.width = f.width - 2
		return indent(d.scroll.cut(wrapAll(details(text, row), text.width), f.height))
	}
	below := min(8, f.height/2)
	table.height = f.height - below
	text.width = f.width - 2
	lines := g.lines(table)
	for len(lines) < table.height {
		lines = append(lines, "")
	}
	cut := wrapAll(details(text, row), text.width)
	lines = append(lines, f.look.rule.Render(strings.Repeat("┄", f.width)))
	return append(lines, indent(cut[:min(len(cut), below-1)])...)
}

func wrapAll(lines []string, width int) []string {
	var all []string
	for _, l := range lines {
		all = append(all, wrap(l, width)...)
	}
	return all
}

func indent(lines []string) []string {
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}
