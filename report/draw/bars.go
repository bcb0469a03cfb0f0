package draw

import (
	"math"

	"sobre/carbon"
	"sobre/report/document"
)

// bars draws today and plan under one another for each figure, on a scale of
// its own, with a whisker over the range.
func (p Pen) bars(d *document.Bars) Picture {
	pic := Picture{Width: p.Width}
	label := math.Max(width(p.Words.Before, textSize), width(p.Words.After, textSize)) + 10
	y := 0.0
	for _, b := range d.Items {
		unit := b.Unit
		if unit == "" {
			unit = d.Unit
		}
		pic.strong(0, y+13, b.Label)
		pic.text(width(b.Label, textSize)*1.2+12, y+13, unit, Start, Muted)
		full := math.Max(math.Max(b.Before.High, b.After.High), 1e-9)
		room := p.Width - label - 58
		p.bar(&pic, p.Words.Before, b.Before, place{label, y + 20, room}, full, Before)
		p.bar(&pic, p.Words.After, b.After, place{label, y + 46, room}, full, After)
		y += 84
	}
	pic.small(0, y+4, p.Words.RangeHint, Start, Muted)
	pic.Height = y + 12
	return pic
}

func (p Pen) bar(pic *Picture, word string, r carbon.Range, at place, full float64, role Role) {
	scale := at.width / full
	pic.text(0, at.y+15, word, Start, Ink)
	pic.rect(at.x, at.y, math.Max(r.Best, 0)*scale, 20, role)
	if r.High > r.Low {
		low, high, mid := at.x+math.Max(r.Low, 0)*scale, at.x+math.Max(r.High, 0)*scale, at.y+10
		pic.add(Shape{Form: Line, X: low, Y: mid, W: high - low, Role: Paper, Thick: 4})
		pic.add(Shape{Form: Line, X: low, Y: mid, W: high - low, Role: Ink, Thick: 1.6})
		for _, x := range []float64{low, high} {
			pic.add(Shape{Form: Line, X: x, Y: mid - 5, H: 10, Role: Ink, Thick: 1.6})
		}
	}
	end := at.x + math.Max(r.High, r.Best)*scale + 8
	pic.add(Shape{Form: Label, X: math.Min(end, at.x+at.width+8), Y: at.y + 15, Text: p.Show(r.Best), Size: textSize, Anchor: Start, Role: Ink, Bold: true})
}

// columns draws a count by class.
func (p Pen) columns(d *document.Columns) Picture {
	pic := Picture{Width: p.Width}
	if len(d.Items) == 0 {
		return pic
	}
	const top, height = 22.0, 120.0
	most := 1e-9
	widest := 0.0
	for _, i := range d.Items {
		most = math.Max(most, i.Value)
		widest = math.Max(widest, width(i.Label, smallSize))
	}
	step := p.Width / float64(len(d.Items))
	every := max(1, int(math.Ceil((widest+6)/step)))
	pic.small(p.Width, 10, d.Unit, End, Muted)
	bar := math.Min(step*0.76, 56)
	for i, item := range d.Items {
		x := float64(i) * step
		h := item.Value / most * height
		pic.rect(x+(step-bar)/2, top+height-h, bar, h, After)
		if item.Value > 0 {
			pic.small(x+step/2, top+height-h-4, p.Show(item.Value), Middle, Ink)
		}
		if i%every == 0 {
			pic.small(x+step/2, top+height+15, item.Label, Middle, Muted)
		}
	}
	pic.line(0, top+height, p.Width, top+height, Ink)
	pic.Height = top + height + 22
	return pic
}

// tornado draws how far each assumption moves the result, the widest on top.
func (p Pen) tornado(d *document.Tornado) Picture {
	pic := Picture{Width: p.Width}
	if len(d.Items) == 0 {
		return pic
	}
	low, high := d.Centre, d.Centre
	for _, s := range d.Items {
		low, high = math.Min(low, math.Min(s.Low, s.High)), math.Max(high, math.Max(s.Low, s.High))
	}
	labels := p.Width * 0.36
	rowHeight := 30.0
	if p.narrow() {
		labels, rowHeight = 0, 46
	}
	x0, room := labels+44, p.Width-labels-92
	at := func(v float64) float64 { return x0 + (v-low)/math.Max(high-low, 1e-9)*room }
	bottom := float64(len(d.Items)) * rowHeight
	pic.line(at(d.Centre), 0, at(d.Centre), bottom+4, Ink)
	for i, s := range d.Items {
		p.swing(&pic, s, float64(i)*rowHeight, labels, at)
	}
	pic.small(at(d.Centre), bottom+18, p.Show(d.Centre)+" "+d.Unit, Middle, Ink)
	pic.Height = bottom + 24
	return pic
}

func (p Pen) swing(pic *Picture, s document.Swing, y, labels float64, at func(float64) float64) {
	if p.narrow() {
		pic.small(0, y+14, cut(s.Label, smallSize, p.Width), Start, Ink)
		y += 18
	} else {
		for i, l := range lines(s.Label, smallSize, labels-6, 2) {
			pic.small(0, y+12+float64(i)*13, l, Start, Ink)
		}
	}
	from, to := at(math.Min(s.Low, s.High)), at(math.Max(s.Low, s.High))
	pic.rect(from, y+3, to-from, 16, After)
	pic.small(from-5, y+15, p.Show(math.Min(s.Low, s.High)), End, Muted)
	pic.small(to+5, y+15, p.Show(math.Max(s.Low, s.High)), Start, Muted)
}
