package paper

import (
	"strings"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
)

// style is how a text is set.
type style struct {
	size    float64
	bold    bool
	serif   bool // of titles
	role    role
	leading float64 // of its size; 0: 1.35
}

// role is what a colour stands for.
type role string

const muted role = "muted"

// colour is the colour of a role on white paper. The roles are those of the
// drawings too.
func colour(r role) (red, green, blue int) {
	switch r {
	case muted:
		return 0x4a, 0x53, 0x5c
	case "faint":
		return 0xc6, 0xcc, 0xd1
	case "before":
		return 0x8c, 0x7a, 0x5b
	case "after":
		return 0x0f, 0x6e, 0x66
	case "new":
		return 0x2b, 0x59, 0xc3
	case "spare":
		return 0xa3, 0x5c, 0x07
	case "gone":
		return 0xa3, 0x3a, 0x3a
	case "band":
		return 0xcf, 0xe6, 0xe3
	case "paper":
		return 0xff, 0xff, 0xff
	case "panel":
		return 0xf1, 0xf3, 0xf1
	}
	return 0x16, 0x1a, 0x1e
}

// typeface knows which characters the font has. It is made once a report.
type typeface struct {
	font  *sfnt.Font
	known map[rune]bool
}

func newTypeface() typeface {
	font, err := sfnt.Parse(liberationsansregular.TTF)
	if err != nil {
		font = nil // every character is then taken to be there, which a test would show
	}
	return typeface{font, map[rune]bool{}}
}

// has tells whether the font can draw a character.
func (f typeface) has(r rune) bool {
	if f.font == nil {
		return true
	}
	if known, ok := f.known[r]; ok {
		return known
	}
	var b sfnt.Buffer
	i, err := f.font.GlyphIndex(&b, r)
	f.known[r] = err == nil && i != 0
	return f.known[r]
}

// clean replaces what the font cannot draw, so that a name in another script
// leaves its trace and the file stays whole.
func (f typeface) clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || r == unicode.ReplacementChar:
			return -1
		case r > 0xffff || !f.has(r):
			return '□'
		}
		return r
	}, text)
}

func (b *book) font(s style) {
	switch {
	case s.serif:
		b.pdf.SetFont(serif, "B", s.size)
	case s.bold:
		b.pdf.SetFont(sans, "B", s.size)
	default:
		b.pdf.SetFont(sans, "", s.size)
	}
	b.pdf.SetTextColor(colour(s.role))
}

// width is how wide a text is.
func (b *book) width(text string, s style) float64 {
	b.font(s)
	return b.pdf.GetStringWidth(b.face.clean(text))
}

// put sets a text with its base line at y.
func (b *book) put(text string, s style, x, y float64) {
	if text != "" {
		b.font(s)
		b.pdf.Text(x, y, b.face.clean(text))
	}
}

// lines breaks a text to a width at its spaces; a word longer than the line is
// broken anywhere.
func (b *book) lines(text string, s style, width float64) []string {
	var list []string
	line := ""
	space := b.width(" ", s)
	used := 0.0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' }) {
		w := b.width(word, s)
		if line != "" && used+space+w > width {
			list = append(list, line)
			line, used = "", 0
		}
		for w > width && len([]rune(word)) > 1 {
			head := b.fitting(word, s, width)
			list = append(list, head)
			word = word[len(head):]
			w = b.width(word, s)
		}
		if line == "" {
			line, used = word, w
		} else {
			line, used = line+" "+word, used+space+w
		}
	}
	return append(list, line)
}

// fitting is the longest beginning of a word that fits, a character at least,
// broken after a sign where there is one.
func (b *book) fitting(word string, s style, width float64) string {
	runes := []rune(word)
	n, used := 0, 0.0 // the font has no kerning: widths add up
	for ; n < len(runes); n++ {
		used += b.width(string(runes[n]), s)
		if used > width && n > 0 {
			break
		}
	}
	for k := n; k > n/2; k-- {
		if strings.ContainsRune("-._/:,", runes[k-1]) {
			return string(runes[:k])
		}
	}
	return string(runes[:n])
}

// paragraph sets a text on as many lines as it needs and moves down.
func (b *book) paragraph(text string, s style, x, width float64) {
	leading := s.leading
	if leading == 0 {
		leading = 1.35
	}
	for _, line := range b.lines(text, s, width) {
		b.room(s.size * leading)
		b.put(line, s, x, b.y+s.size)
		b.y += s.size * leading
	}
}

// pen is a line's thickness and colour.
type pen struct {
	thick float64
	role  role
}

const (
	thinLine  = 0.5
	thickLine = 1.2
)

// The lines of a page.
func faintLine() pen  { return pen{thinLine, "faint"} }
func strongLine() pen { return pen{thickLine, ""} }

func (b *book) rule(x, y, width float64, p pen) {
	b.pdf.SetLineWidth(p.thick)
	b.pdf.SetDrawColor(colour(p.role))
	b.pdf.Line(x, y, x+width, y)
}

// dots lead the eye across the contents.
func (b *book) dots(from, to, y float64) {
	b.pdf.SetFillColor(colour("faint"))
	for x := to; x > from; x -= 5 {
		b.pdf.Rect(x, y, 1, 1, "F")
	}
}
