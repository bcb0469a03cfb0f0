package page

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"sobre/report/document"
	"sobre/report/draw"
)

// writeSVG writes a picture as an inline SVG with title and description.
// Colours are classes of the page's style, so that they follow its theme.
func writeSVG(b *strings.Builder, p draw.Picture, c *document.Chart, name string) {
	id := "chart-" + html.EscapeString(c.ID) + "-" + name
	fmt.Fprintf(b, `<svg class="chart %s" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-t %s-d">`, name, num(p.Width), num(p.Height+2), id, id)
	fmt.Fprintf(b, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, id, html.EscapeString(c.Title), id, html.EscapeString(c.Summary))
	for _, run := range runs(p.Shapes) {
		if len(run) > 1 {
			writeRects(b, run)
		} else {
			writeShape(b, run[0])
		}
	}
	b.WriteString("</svg>")
}

// runs joins plain rectangles of one role that follow one another, so that a
// room of a thousand hosts stays small.
func runs(shapes []draw.Shape) [][]draw.Shape {
	var list [][]draw.Shape
	for _, s := range shapes {
		if n := len(list); n > 0 && plain(s) && plain(list[n-1][0]) && list[n-1][0].Role == s.Role {
			list[n-1] = append(list[n-1], s)
			continue
		}
		list = append(list, []draw.Shape{s})
	}
	return list
}

func plain(s draw.Shape) bool { return s.Form == draw.Rect && s.Title == "" && s.Round == 0 }

func writeRects(b *strings.Builder, run []draw.Shape) {
	fmt.Fprintf(b, `<path class="f-%s" d="`, run[0].Role)
	for _, s := range run {
		fmt.Fprintf(b, "M%s %sh%sv%sh-%sz", num(s.X), num(s.Y), num(s.W), num(s.H), num(s.W))
	}
	b.WriteString(`"/>`)
}

func writeShape(b *strings.Builder, s draw.Shape) {
	extra := ""
	if s.Dashed {
		extra = ` stroke-dasharray="2.5 2"`
	}
	if s.Thick > 0 {
		extra += ` stroke-width="` + num(s.Thick) + `"`
	}
	if s.Round > 0 {
		extra += ` rx="` + num(s.Round) + `"`
	}
	title := ""
	if s.Title != "" {
		title = "<title>" + html.EscapeString(s.Title) + "</title>"
	}
	switch s.Form {
	case draw.Rect:
		fmt.Fprintf(b, `<rect class="f-%s" x="%s" y="%s" width="%s" height="%s"%s>%s</rect>`, s.Role, num(s.X), num(s.Y), num(s.W), num(s.H), extra, title)
	case draw.Outline:
		fmt.Fprintf(b, `<rect class="s-%s" x="%s" y="%s" width="%s" height="%s"%s>%s</rect>`, s.Role, num(s.X), num(s.Y), num(s.W), num(s.H), extra, title)
	case draw.Line:
		fmt.Fprintf(b, `<path class="s-%s" d="M%s %sl%s %s"%s/>`, s.Role, num(s.X), num(s.Y), num(s.W), num(s.H), extra)
	case draw.Area:
		fmt.Fprintf(b, `<path class="f-%s" d="%sz"/>`, s.Role, through(s.Points))
	case draw.Stroke:
		fmt.Fprintf(b, `<path class="s-%s" d="%s"%s/>`, s.Role, through(s.Points), extra)
	case draw.Label:
		writeLabel(b, s)
	}
}

func writeLabel(b *strings.Builder, s draw.Shape) {
	weight := ""
	if s.Bold {
		weight = ` font-weight="600"`
	}
	anchor := ""
	if s.Anchor != draw.Start {
		anchor = ` text-anchor="` + string(s.Anchor) + `"`
	}
	fmt.Fprintf(b, `<text class="f-%s" x="%s" y="%s" font-size="%s"%s%s>%s</text>`, s.Role, num(s.X), num(s.Y), num(s.Size), weight, anchor, html.EscapeString(s.Text))
}

func through(points []draw.Point) string {
	var b strings.Builder
	for i, p := range points {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		b.WriteString(letter + num(p.X) + " " + num(p.Y))
	}
	return b.String()
}

// num writes a length to a hundredth.
func num(v float64) string {
	return strconv.FormatFloat(float64(int(v*100+copysign(0.5, v)))/100, 'f', -1, 64)
}

func copysign(v, sign float64) float64 {
	if sign < 0 {
		return -v
	}
	return v
}
