package paper

import (
	"strconv"

	"sobre/report/document"
)

// The styles of running text.
func body() style { return style{size: 9.5} }
func note() style { return style{size: 8, role: muted} }

// block sets one block of a section.
func (b *book) block(block document.Block) {
	switch x := block.(type) {
	case *document.Paragraph:
		b.text(x)
	case *document.List:
		b.list(x)
	case *document.Answer:
		b.answer(x)
	case *document.Figures:
		b.figures(x)
	case *document.Table:
		b.table(x)
	case *document.Chart:
		b.chart(x)
	}
}

func (b *book) text(p *document.Paragraph) {
	s := body()
	switch p.Style {
	case document.Lead:
		s = style{size: 12.5}
	case document.Note:
		s = note()
	case document.Heading:
		b.room(60)
		b.y += 8
		s = style{size: 10.5, bold: true}
	}
	b.paragraph(p.Text, s, marginLeft, b.wide)
	b.y += 5
}

func (b *book) list(l *document.List) {
	s := body()
	for i, item := range l.Items {
		mark := "–"
		if l.Ordered {
			mark = strconv.Itoa(i+1) + "."
		}
		b.room(s.size * 1.35)
		b.put(mark, s, marginLeft, b.y+s.size)
		b.item(item, s, marginLeft+16, b.wide-16)
		b.y += 3
	}
	b.y += 2
}

// item sets what in bold, then the rest on the same line.
func (b *book) item(i document.Item, s style, x, width float64) {
	strong := s
	strong.bold = true
	if i.Head == "" {
		b.paragraph(i.Text, s, x, width)
		return
	}
	heads := b.lines(i.Head, strong, width)
	for n, line := range heads {
		b.room(s.size * 1.35)
		b.put(line, strong, x, b.y+s.size)
		if n < len(heads)-1 {
			b.y += s.size * 1.35
		}
	}
	last := b.width(heads[len(heads)-1]+" ", strong)
	rest := b.after(i.Text, s, width-last, x+last)
	b.y += s.size * 1.35
	if rest != "" {
		b.paragraph(rest, s, x, width)
	}
}

// after sets what fits of a text on the rest of a line, and gives what is left.
func (b *book) after(text string, s style, width, x float64) string {
	if text == "" || width < 30 {
		return text
	}
	first := b.lines(text, s, width)[0]
	if b.width(first, s) > width || len(first) > len(text) || text[:len(first)] != first {
		return text
	}
	b.put(first, s, x, b.y+s.size)
	rest := text[len(first):]
	for rest != "" && rest[0] == ' ' {
		rest = rest[1:]
	}
	return rest
}

// answer sets the verdict in a panel with a bar at its side.
func (b *book) answer(a *document.Answer) {
	head, text := style{size: 15, serif: true, leading: 1.2}, body()
	width := b.wide - 30
	height := 20 + float64(len(b.lines(a.Head, head, width)))*head.size*1.2 + float64(len(b.lines(a.Text, text, width)))*text.size*1.35
	b.room(height + 8)
	side := role("after")
	switch a.Tone {
	case document.No:
		side = "gone"
	case document.Caution:
		side = "spare"
	}
	b.pdf.SetFillColor(colour("panel"))
	b.pdf.Rect(marginLeft, b.y, b.wide, height, "F")
	b.pdf.SetFillColor(colour(side))
	b.pdf.Rect(marginLeft, b.y, 6, height, "F")
	end := b.y + height
	b.y += 8
	b.paragraph(a.Head, head, marginLeft+18, width)
	b.y += 3
	b.paragraph(a.Text, text, marginLeft+18, width)
	b.y = end + 8
}

// figures sets the numbers side by side.
func (b *book) figures(f *document.Figures) {
	const height = 70.0
	b.room(height + 8)
	if len(f.Items) == 0 {
		return
	}
	step := b.wide / float64(len(f.Items))
	b.rule(marginLeft, b.y, b.wide, faintLine())
	for i, item := range f.Items {
		x, y := marginLeft+float64(i)*step+6, b.y
		width := step - 12
		b.put(item.Label, style{size: 8.5, bold: true}, x, y+14)
		b.change(item, x, y+32, width)
		b.put(item.Unit, note(), x, y+43)
		s := style{size: 8, bold: true}
		if item.Good {
			s.role = "after"
		}
		for n, line := range b.lines(item.Change, s, width) {
			b.put(line, s, x, y+54+float64(n)*10)
		}
		if i > 0 {
			b.pdf.SetLineWidth(thinLine)
			b.pdf.SetDrawColor(colour("faint"))
			b.pdf.Line(x-6, y, x-6, y+height)
		}
	}
	b.y += height
	b.rule(marginLeft, b.y, b.wide, faintLine())
	b.y += 8
}

// change sets before → after as large as fits.
func (b *book) change(f document.Figure, x, y, width float64) {
	was := style{size: 14, role: muted}
	is := style{size: 14, bold: true}
	arrow := " → "
	for was.size > 9 && b.width(f.Before+arrow, was)+b.width(f.After, is) > width {
		was.size--
		is.size--
	}
	b.put(f.Before+arrow, was, x, y)
	b.put(f.After, is, x+b.width(f.Before+arrow, was), y)
}
