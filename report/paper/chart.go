package paper

import (
	"math"

	"codeberg.org/go-pdf/fpdf"

	"sobre/report/document"
	"sobre/report/draw"
)

// drawn is the width that charts are laid out to before they are scaled to the
// width of the text.
const drawn = 660

// least is how far a picture is shrunk to stay on its page.
const least = 0.72

// chart draws a picture with its caption below.
func (b *book) chart(c *document.Chart) {
	pic := draw.Pen{Width: drawn, Show: b.Number, Words: b.Words}.Layout(c)
	scale := b.wide / drawn
	caption := float64(len(b.lines(c.Summary, note(), b.wide)))*note().size*1.35 + 20
	if most := b.bottom - marginTop - caption; pic.Height*scale > most {
		scale = most / pic.Height
	}
	b.y += 4
	if left := (b.bottom - b.y - caption) / pic.Height; left < scale && left > least*scale {
		scale = left // a little smaller, and it is still on this page
	}
	b.room(pic.Height*scale + caption)
	for _, s := range pic.Shapes {
		b.shape(s, scale)
	}
	b.y += pic.Height*scale + 4
	b.paragraph(c.Title, style{size: 9, bold: true}, marginLeft, b.wide)
	if c.Summary != "" {
		b.paragraph(c.Summary, note(), marginLeft, b.wide)
	}
	b.y += 8
}

// shape draws one mark of a picture whose corner is at the left margin and b.y.
func (b *book) shape(s draw.Shape, k float64) {
	x, y := marginLeft+s.X*k, b.y+s.Y*k
	b.pdf.SetFillColor(colour(role(s.Role)))
	b.pdf.SetDrawColor(colour(role(s.Role)))
	b.pdf.SetLineWidth(math.Max(s.Thick, 1) * k)
	if s.Dashed {
		b.pdf.SetDashPattern([]float64{2, 1.6}, 0)
		defer b.pdf.SetDashPattern([]float64{}, 0)
	}
	switch s.Form {
	case draw.Rect:
		b.pdf.Rect(x, y, s.W*k, s.H*k, "F")
	case draw.Outline:
		if s.Round > 0 {
			b.pdf.RoundedRect(x, y, s.W*k, s.H*k, s.Round*k, "1234", "D")
		} else {
			b.pdf.Rect(x, y, s.W*k, s.H*k, "D")
		}
	case draw.Line:
		b.pdf.Line(x, y, x+s.W*k, y+s.H*k)
	case draw.Area:
		b.pdf.Polygon(b.points(s.Points, k), "F")
	case draw.Stroke:
		b.stroke(b.points(s.Points, k))
	case draw.Label:
		b.label(s, k, x, y)
	}
}

func (b *book) points(list []draw.Point, k float64) []fpdf.PointType {
	points := make([]fpdf.PointType, len(list))
	for i, p := range list {
		points[i] = fpdf.PointType{X: marginLeft + p.X*k, Y: b.y + p.Y*k}
	}
	return points
}

func (b *book) stroke(points []fpdf.PointType) {
	for i, p := range points {
		if i == 0 {
			b.pdf.MoveTo(p.X, p.Y)
		} else {
			b.pdf.LineTo(p.X, p.Y)
		}
	}
	b.pdf.DrawPath("D")
}

func (b *book) label(s draw.Shape, k, x, y float64) {
	st := style{size: s.Size * k, bold: s.Bold, role: role(s.Role)}
	switch s.Anchor {
	case draw.Middle:
		x -= b.width(s.Text, st) / 2
	case draw.End:
		x -= b.width(s.Text, st)
	}
	b.put(s.Text, st, x, y)
}
