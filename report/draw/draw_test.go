package draw_test

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"sobre/carbon"
	"sobre/report/document"
	"sobre/report/draw"
)

func pen(width float64) draw.Pen {
	return draw.Pen{
		Width: width, Show: func(v float64) string { return strconv.FormatFloat(v, 'g', 3, 64) },
		Words: document.Words{Before: "Today", After: "Plan", Kept: "kept", Bought: "bought", Spare: "spare", Retired: "retired", Memory: "memory", CPU: "CPU"},
	}
}

var figures = rapid.OneOf(rapid.Float64Range(-1e6, 1e6), rapid.SampledFrom([]float64{0, 1, -1, 1e-12, 1e15, -1e15}))

func drawings() *rapid.Generator[document.Drawing] {
	name := rapid.StringN(0, 40, 200)
	span := rapid.Custom(func(t *rapid.T) carbon.Range {
		a, b, c := figures.Draw(t, "a"), figures.Draw(t, "b"), figures.Draw(t, "c")
		return carbon.Range{Low: min(a, b, c), Best: a, High: max(a, b, c)}
	})
	box := rapid.Custom(func(t *rapid.T) document.Box {
		return document.Box{
			Name: name.Draw(t, "name"), Slot: rapid.IntRange(-1, 20).Draw(t, "slot"),
			State: rapid.SampledFrom([]document.State{document.Kept, document.Bought, document.Spare, document.Retired}).Draw(t, "state"),
			CPU:   rapid.Float64Range(-1, 3).Draw(t, "cpu"), Memory: rapid.Float64Range(-1, 3).Draw(t, "memory"),
		}
	})
	group := rapid.Custom(func(t *rapid.T) document.Group {
		return document.Group{Title: name.Draw(t, "title"), Slots: rapid.SampledFrom([]int{0, 4, 16, 1 << 40}).Draw(t, "slots"), Hosts: rapid.SliceOfN(box, 0, 60).Draw(t, "hosts")}
	})
	return rapid.Custom(func(t *rapid.T) document.Drawing {
		n := rapid.IntRange(0, 12).Draw(t, "n")
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			return &document.Room{Before: rapid.SliceOfN(group, 0, 4).Draw(t, "before"), After: rapid.SliceOfN(group, 0, 4).Draw(t, "after")}
		case 1:
			return &document.Racks{Groups: rapid.SliceOfN(group, 0, 4).Draw(t, "groups")}
		case 2:
			d := &document.Bars{}
			for range n {
				d.Items = append(d.Items, document.Bar{Label: name.Draw(t, "l"), Before: span.Draw(t, "b"), After: span.Draw(t, "a")})
			}
			return d
		case 3:
			d := &document.Columns{}
			for range n {
				d.Items = append(d.Items, document.ColumnItem{Label: name.Draw(t, "l"), Value: math.Abs(figures.Draw(t, "v"))})
			}
			return d
		case 4:
			d := &document.Tornado{Centre: figures.Draw(t, "centre")}
			for range n {
				d.Items = append(d.Items, document.Swing{Label: name.Draw(t, "l"), Low: figures.Draw(t, "low"), High: figures.Draw(t, "high")})
			}
			return d
		case 5:
			d := &document.Curve{}
			for range n {
				d.Points = append(d.Points, document.Point{Label: name.Draw(t, "l"), Value: span.Draw(t, "v")})
			}
			return d
		}
		d := &document.Gantt{}
		for range n {
			from := math.Abs(figures.Draw(t, "from"))
			d.Rows = append(d.Rows, document.Task{Label: name.Draw(t, "l"), Start: from, End: from + math.Abs(figures.Draw(t, "length")), Note: name.Draw(t, "note")})
		}
		return d
	})
}

// TestPicturesStayInTheirFrame holds that whatever the data, every filled mark
// lies within the picture and every number is one.
func TestPicturesStayInTheirFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := pen(rapid.SampledFrom([]float64{340, 660, 720}).Draw(t, "width"))
		pic := p.Layout(&document.Chart{Drawing: drawings().Draw(t, "drawing")})
		if math.IsNaN(pic.Height) || pic.Height < 0 || pic.Height > 1e5 {
			t.Fatalf("height %g", pic.Height)
		}
		for _, s := range pic.Shapes {
			for _, v := range []float64{s.X, s.Y, s.W, s.H} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%+v has no place", s)
				}
			}
			if s.Form == draw.Rect && (s.X < -1 || s.Y < -1 || s.X+s.W > p.Width+1 || s.Y+s.H > pic.Height+1) {
				t.Fatalf("%+v is outside %g × %g", s, p.Width, pic.Height)
			}
		}
	})
}

// TestStatesDifferInForm holds that what becomes of a host can be told without colour.
func TestStatesDifferInForm(t *testing.T) {
	seen := map[string]document.State{}
	for _, state := range []document.State{document.Kept, document.Bought, document.Spare, document.Retired} {
		pic := pen(720).Layout(&document.Chart{Drawing: &document.Room{After: []document.Group{{Hosts: []document.Box{{State: state}}}}}})
		form := ""
		for _, s := range pic.Shapes {
			if s.Form != draw.Label && s.Y < 60 { // above the legend
				form += strconv.Itoa(int(s.Form)) + strconv.FormatBool(s.Dashed) + " "
			}
		}
		if other, twice := seen[form]; twice {
			t.Errorf("%s looks like %s but for its colour", state, other)
		}
		seen[form] = state
	}
}
