package tui

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Size of a cell of the terminal in a picture, in pixels.
const (
	cellWidth  = 9
	cellHeight = 19
	textSize   = 15
)

// writeSVG draws the screen as a picture, its text still text.
func (m *model) writeSVG(out io.Writer) error {
	width, height := m.size.width, m.size.height
	screen := uv.NewScreenBuffer(width, height)
	uv.NewStyledString(strings.Join(m.paint(), "\n")).Draw(screen, screen.Bounds())
	fore, back := "#1c1c1c", "#fdfdfd"
	if m.look.dark {
		fore, back = "#d8d8d8", "#16181d"
	}
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="%d">`+"\n",
		width*cellWidth, height*cellHeight, textSize)
	fmt.Fprintf(w, `<rect width="100%%" height="100%%" fill="%s"/>`+"\n", back)
	for y := range height {
		for x := 0; x < width; {
			x += drawRun(w, screen, x, y, fore, back)
		}
	}
	fmt.Fprintln(w, "</svg>")
	return w.Flush()
}

// drawRun draws the cells from x on that look alike, and says how many they are.
func drawRun(w io.Writer, screen uv.ScreenBuffer, x, y int, fore, back string) int {
	first := screen.CellAt(x, y)
	if first == nil {
		return 1
	}
	var text strings.Builder
	n := 0
	for x+n < screen.Width() {
		c := screen.CellAt(x+n, y)
		if c == nil || !c.Style.Equal(&first.Style) {
			break
		}
		text.WriteString(c.Content)
		n += max(1, c.Width)
	}
	if first.Style.Attrs&uv.AttrReverse != 0 {
		fmt.Fprintf(w, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", x*cellWidth, y*cellHeight, n*cellWidth, cellHeight, fore)
		fore = back
	} else if strings.TrimSpace(text.String()) == "" {
		return n
	}
	weight := ""
	if first.Style.Attrs&uv.AttrBold != 0 {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(w, `<text x="%d" y="%d" fill="%s"%s xml:space="preserve" textLength="%d" lengthAdjust="spacingAndGlyphs">`,
		x*cellWidth, y*cellHeight+textSize, hex(first.Style.Fg, fore), weight, n*cellWidth)
	xml.EscapeText(w, []byte(text.String())) //nolint:errcheck // the writer keeps its error until it is flushed
	fmt.Fprintln(w, "</text>")
	return n
}

// hex is a colour as SVG writes it.
func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
