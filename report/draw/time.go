package draw

import (
	"math"

	"sobre/report/document"
)

// curve draws a figure over the years with the band of its range.
func (p Pen) curve(d *document.Curve) Picture {
	pic := Picture{Width: p.Width}
	if len(d.Points) == 0 {
		return pic
	}
	low, high := 0.0, 0.0
	for _, q := range d.Points {
		low, high = math.Min(low, q.Value.Low), math.Max(high, q.Value.High)
	}
	marks := ticks(low, high, 4)
	low, high = math.Min(low, marks[0]), math.Max(high, marks[len(marks)-1])
	left, top, height := 12.0, 20.0, 150.0
	for _, v := range marks {
		left = math.Max(left, width(p.Show(v), smallSize)+10)
	}
	y := func(v float64) float64 { return top + height - (v-low)/math.Max(high-low, 1e-9)*height }
	x := func(i int) float64 {
		return left + 20 + float64(i)*(p.Width-left-50)/math.Max(float64(len(d.Points)-1), 1)
	}
	pic.small(0, 10, d.Unit, Start, Muted)
	for _, v := range marks {
		role := Faint
		if v == 0 {
			role = Ink
		}
		pic.line(left, y(v), p.Width, y(v), role)
		pic.small(left-6, y(v)+4, p.Show(v), End, Muted)
	}
	p.band(&pic, d, x, y)
	pic.Height = top + height + 26
	for i, q := range d.Points {
		pic.small(x(i), top+height+18, q.Label, Middle, Muted)
	}
	return pic
}

func (p Pen) band(pic *Picture, d *document.Curve, x func(int) float64, y func(float64) float64) {
	var upper, lower, best []Point
	for i, q := range d.Points {
		upper = append(upper, Point{x(i), y(q.Value.High)})
		lower = append([]Point{{x(i), y(q.Value.Low)}}, lower...)
		best = append(best, Point{x(i), y(q.Value.Best)})
	}
	pic.add(Shape{Form: Area, Points: append(upper, lower...), Role: Band})
	pic.add(Shape{Form: Stroke, Points: best, Role: After, Thick: 2.5})
	for i, b := range best {
		pic.rect(b.X-3, b.Y-3, 6, 6, After)
		if i == len(best)-1 {
			pic.add(Shape{Form: Label, X: b.X, Y: b.Y - 9, Text: p.Show(d.Points[i].Value.Best), Size: textSize, Anchor: Middle, Role: Ink, Bold: true})
		}
	}
}

// gantt draws tasks along the time.
func (p Pen) gantt(d *document.Gantt) Picture {
	pic := Picture{Width: p.Width}
	end, labels := 1e-9, 20.0
	for _, r := range d.Rows {
		end = math.Max(end, r.End)
		labels = math.Max(labels, width(r.Label, textSize)+12)
	}
	labels = math.Min(labels, p.Width*0.28)
	rowHeight := 26.0
	bottom := float64(len(d.Rows))*rowHeight + 4
	room := p.Width - labels - 16
	x := func(v float64) float64 { return labels + v/end*room }
	for _, v := range ticks(0, end, 5) {
		if v > end {
			break
		}
		pic.line(x(v), 0, x(v), bottom, Faint)
		pic.small(x(v), bottom+15, p.Show(v), Middle, Muted)
	}
	for i, r := range d.Rows {
		y := float64(i) * rowHeight
		pic.text(0, y+17, cut(r.Label, textSize, labels-8), Start, Ink)
		w := math.Max(x(r.End)-x(r.Start), 3)
		pic.rect(x(r.Start), y+5, w, 16, After)
		p.note(&pic, r, x(r.Start), x(r.Start)+w, y+17)
	}
	pic.small(labels, bottom+31, d.Unit, Start, Muted)
	pic.Height = bottom + 38
	return pic
}

// note puts what is said of a task after its bar, or before it where there is
// no room.
func (p Pen) note(pic *Picture, r document.Task, from, to, y float64) {
	w := width(r.Note, smallSize)
	switch {
	case to+6+w <= p.Width:
		pic.small(to+6, y, r.Note, Start, Muted)
	case from-6-w >= p.Width*0.28:
		pic.small(from-6, y, r.Note, End, Muted)
	}
}
