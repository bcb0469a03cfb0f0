// Package draw lays out the charts of a report as plain shapes, once for all
// writers: pages draw them as SVG, paper as vectors. It measures text by a
// table of widths, so that a picture is the same wherever it is drawn.
package draw

import (
	"strings"
	"unicode"
)

// Picture is shapes on a plane: x to the right, y downwards, in points of
// about 1/96 inch.
type Picture struct {
	Width, Height float64
	Shapes        []Shape
}

// Form is what a shape is.
type Form int

// The forms.
const (
	Rect    Form = iota // filled, from X, Y over W × H
	Outline             // the edge of a rectangle
	Line                // from X, Y to X+W, Y+H
	Label               // text; Y is its base line
	Area                // a filled polygon
	Stroke              // a line through points
)

// Role is what a shape stands for; writers choose its colour.
type Role string

// The roles.
const (
	Ink     Role = "ink"    // text and axes
	Muted   Role = "muted"  // lesser text
	Faint   Role = "faint"  // grid lines, empty slots
	Before  Role = "before" // today
	After   Role = "after"  // the plan, what is kept
	New     Role = "new"    // what is bought
	Standby Role = "spare"  // what stands by
	Gone    Role = "gone"   // what is switched off
	Band    Role = "band"   // the area of a range
	Paper   Role = "paper"  // the background, for marks on filled shapes
)

// Anchor is the point of a text that its X names.
type Anchor string

// The anchors.
const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Point is a place on the plane.
type Point struct{ X, Y float64 }

// Shape is one mark.
type Shape struct {
	Form       Form
	X, Y, W, H float64
	Points     []Point
	Role       Role
	Thick      float64 // of lines; 0: 1
	Dashed     bool
	Round      float64 // radius of corners
	Text       string
	Size       float64 // of text
	Bold       bool
	Anchor     Anchor
	Title      string // what a pointer over it says
}

// Sizes of text.
const (
	textSize  = 12.0
	smallSize = 11.0
)

func (p *Picture) add(s Shape) { p.Shapes = append(p.Shapes, s) }

func (p *Picture) rect(x, y, w, h float64, role Role) {
	if w > 0 && h > 0 {
		p.add(Shape{Form: Rect, X: x, Y: y, W: w, H: h, Role: role})
	}
}

func (p *Picture) line(x1, y1, x2, y2 float64, role Role) {
	p.add(Shape{Form: Line, X: x1, Y: y1, W: x2 - x1, H: y2 - y1, Role: role})
}

func (p *Picture) text(x, y float64, text string, anchor Anchor, role Role) {
	p.add(Shape{Form: Label, X: x, Y: y, Text: text, Size: textSize, Anchor: anchor, Role: role})
}

func (p *Picture) small(x, y float64, text string, anchor Anchor, role Role) {
	p.add(Shape{Form: Label, X: x, Y: y, Text: text, Size: smallSize, Anchor: anchor, Role: role})
}

func (p *Picture) strong(x, y float64, text string) {
	p.add(Shape{Form: Label, X: x, Y: y, Text: text, Size: textSize, Anchor: Start, Role: Ink, Bold: true})
}

// width is about how wide a text of a size is. The widths are those of a
// humanist sans serif, in parts of the size, a little on the wide side.
func width(text string, size float64) float64 {
	sum := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljtfI.,:;'’|!()[] \u00a0", r):
			sum += 0.32
		case r == '\u202f':
			sum += 0.2
		case strings.ContainsRune("mwMW%…–—", r):
			sum += 0.88
		case unicode.IsUpper(r):
			sum += 0.68
		default:
			sum += 0.56
		}
	}
	return sum * size
}

// cut shortens a text to a width.
func cut(text string, size, to float64) string {
	if width(text, size) <= to {
		return text
	}
	runes := []rune(text)
	for len(runes) > 1 && width(string(runes)+"…", size) > to {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " \u00a0") + "…"
}

// lines breaks a text to a width, on at most n lines.
func lines(text string, size, to float64, n int) []string {
	var list []string
	line := ""
	for _, word := range strings.Fields(text) {
		next := strings.TrimLeft(line+" "+word, " ")
		if line != "" && width(next, size) > to && len(list) < n-1 {
			list = append(list, line)
			next = word
		}
		line = next
	}
	return append(list, cut(line, size, to))
}
