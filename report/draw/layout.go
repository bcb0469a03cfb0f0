package draw

import (
	"math"

	"sobre/report/document"
)

// Pen is how wide pictures are and how they say numbers and words.
type Pen struct {
	Width float64
	Show  func(v float64) string
	Words document.Words
}

// narrowest is the width below which what stands side by side is stacked.
const narrowest = 520

// Layout lays out a chart. A chart without data gives an empty picture.
func (p Pen) Layout(c *document.Chart) Picture {
	switch d := c.Drawing.(type) {
	case *document.Room:
		return p.room(d)
	case *document.Racks:
		return p.racks(d)
	case *document.Bars:
		return p.bars(d)
	case *document.Columns:
		return p.columns(d)
	case *document.Tornado:
		return p.tornado(d)
	case *document.Curve:
		return p.curve(d)
	case *document.Gantt:
		return p.gantt(d)
	}
	return Picture{Width: p.Width}
}

// narrow tells whether the picture is for a phone.
func (p Pen) narrow() bool { return p.Width < narrowest }

// ticks are round numbers that span low to high, about n of them (P. Heckbert,
// "Nice Numbers for Graph Labels", Graphics Gems, 1990).
func ticks(low, high float64, n int) []float64 {
	if !(high > low) || math.IsInf(high-low, 0) || math.IsNaN(high-low) {
		return []float64{low}
	}
	step := nice((high - low) / float64(max(n, 1)))
	var list []float64
	for v := math.Floor(low/step) * step; v < high+step*0.5 && len(list) < 50; v += step {
		list = append(list, v)
	}
	return list
}

// nice is the round number nearest to v: 1, 2 or 5 times a power of ten.
func nice(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	switch f := v / power; {
	case f < 1.5:
		return power
	case f < 3:
		return 2 * power
	case f < 7:
		return 5 * power
	}
	return 10 * power
}
