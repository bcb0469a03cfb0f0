// Package paper writes a report as a PDF: A4, the decision on its first pages,
// then contents, study and annexes, with running heads and page numbers.
// Charts are vectors, text is text, and nothing in it depends on the clock.
// The library cannot write structure tags; the HTML page is the accessible
// form of a report.
package paper

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"

	"sobre/report/document"
)

// The families of type: Liberation, under the SIL Open Font License 1.1.
const (
	sans  = "sans"
	serif = "serif" // bold only, for titles
)

// Sizes in points. A4 is 595.28 × 841.89.
const (
	pageWidth    = 595.28
	pageHeight   = 841.89
	marginLeft   = 56.0
	marginTop    = 68.0
	marginBottom = 62.0
)

// Write writes a report. The same report gives the same bytes.
func Write(w io.Writer, d *document.Document) error {
	// The first pass finds the page of each section; the contents of the second
	// name them. Their length is the same in both, so that no page moves.
	first := newBook(d, nil, 0)
	first.set()
	second := newBook(d, first.pages, first.pdf.PageNo())
	second.set()
	if err := second.pdf.Error(); err != nil {
		return fmt.Errorf("setting the report on paper: %w", err)
	}
	if err := second.pdf.Output(w); err != nil {
		return fmt.Errorf("writing the report on paper: %w", err)
	}
	return nil
}

// book is one pass over a report.
type book struct {
	*document.Document
	pdf    *fpdf.Fpdf
	y      float64        // where the next line begins
	wide   float64        // the width of the text, which a page on its side changes
	bottom float64        // where the text ends
	lying  bool           // pages are on their side
	known  map[string]int // pages of sections, from the pass before
	total  int            // pages in all
	pages  map[string]int // pages of sections, of this pass
	links  map[string]int
	head   string // of the running head
	face   typeface
}

func newBook(d *document.Document, known map[string]int, total int) *book {
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(marginLeft, marginTop, marginLeft)
	pdf.SetCatalogSort(true)
	fixed := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // a file of the same plan is the same file
	pdf.SetCreationDate(fixed)
	pdf.SetModificationDate(fixed)
	pdf.AddUTF8FontFromBytes(sans, "", liberationsansregular.TTF)
	pdf.AddUTF8FontFromBytes(sans, "B", liberationsansbold.TTF)
	pdf.AddUTF8FontFromBytes(serif, "B", liberationserifbold.TTF)
	b := &book{Document: d, pdf: pdf, known: known, total: total, pages: map[string]int{}, links: map[string]int{}, face: newTypeface()}
	pdf.SetTitle(b.face.clean(d.Title+" – "+d.Subject), true)
	pdf.SetSubject(d.Subtitle, true)
	pdf.SetCreator(d.Tool, true)
	pdf.SetProducer("sobre", true)
	pdf.SetLang(d.Language)
	for _, p := range d.Parts {
		b.links[p.ID] = pdf.AddLink()
		for _, s := range p.Sections {
			b.links[s.ID] = pdf.AddLink()
		}
	}
	return b
}

// set sets the whole report.
func (b *book) set() {
	b.newPage()
	b.title()
	for i, p := range b.Parts {
		if i == 1 {
			b.head = b.Words.Contents
			b.newPage()
			b.contents()
		}
		if i > 0 {
			b.head = p.Title
			b.newPage()
			b.partTitle(p)
		} else {
			b.mark(p.ID, p.Title, 0)
		}
		for _, s := range p.Sections {
			b.section(s)
		}
		if i == 0 {
			b.smallPrint()
		}
	}
}

func (b *book) newPage() {
	width, height, orientation := pageWidth, pageHeight, "P"
	if b.lying {
		width, height, orientation = pageHeight, pageWidth, "L"
	}
	b.pdf.AddPageFormat(orientation, fpdf.SizeType{Wd: pageWidth, Ht: pageHeight})
	b.y, b.wide, b.bottom = marginTop, width-2*marginLeft, height-marginBottom
	n := b.pdf.PageNo()
	if n > 1 {
		left := b.Subject
		if b.head != "" {
			left += " · " + b.head
		}
		b.put(left, style{size: 8, role: muted}, marginLeft, 40)
		b.rule(marginLeft, 48, b.wide, faintLine())
	}
	foot := fmt.Sprintf("%s %d", b.Words.Page, n)
	if b.total > 0 {
		foot = fmt.Sprintf("%s %d %s %d", b.Words.Page, n, b.Words.Of, b.total)
	}
	s := style{size: 8, role: muted}
	b.put(foot, s, marginLeft+b.wide-b.width(foot, s), b.bottom+marginBottom-34)
	b.put(b.Tool, s, marginLeft, b.bottom+marginBottom-34)
}

// room breaks the page when less than so much of it is left.
func (b *book) room(height float64) {
	if b.y+height > b.bottom {
		b.newPage()
	}
}

// turn begins a page on its side; upright goes back to pages that stand, from
// the next on.
func (b *book) turn() {
	b.lying = true
	b.newPage()
}

func (b *book) upright() {
	b.lying = false
	b.y = b.bottom + 1
}

// mark notes where a part or section begins: for links, bookmarks and contents.
func (b *book) mark(id, title string, level int) {
	b.pages[id] = b.pdf.PageNo()
	b.pdf.SetLink(b.links[id], b.y-14, -1)
	b.pdf.SetFont(sans, "", 9)
	b.pdf.Bookmark(b.face.clean(title), level, b.y-14)
}

func (b *book) title() {
	subject := b.Subject
	if b.Date != "" {
		subject += " · " + b.Date
	}
	b.y = 56
	b.paragraph(subject, style{size: 10, bold: true, role: "after"}, marginLeft, b.wide)
	b.y += 4
	b.paragraph(b.Title, style{size: 25, serif: true}, marginLeft, b.wide)
	b.paragraph(b.Subtitle, style{size: 10, role: muted}, marginLeft, b.wide)
	b.y += 6
	b.rule(marginLeft, b.y, b.wide, strongLine())
	b.y += 6
}

func (b *book) partTitle(p document.Part) {
	b.y += 14
	b.mark(p.ID, p.Title, 0)
	b.paragraph(p.Title, style{size: 21, serif: true}, marginLeft, b.wide)
	b.rule(marginLeft, b.y+2, b.wide, strongLine())
	b.y += 10
}

func (b *book) section(s document.Section) {
	if t, ok := s.Blocks[0].(*document.Table); ok && b.turns(t) {
		b.turn() // the title goes with its table
	}
	b.room(130) // a title never stands alone at the foot of a page
	b.y += 14
	title := s.Title
	if s.Number != "" {
		title = s.Number + "  " + title
	}
	b.mark(s.ID, title, 1)
	b.paragraph(title, style{size: 14, serif: true}, marginLeft, b.wide)
	b.y += 3
	for _, block := range s.Blocks {
		b.block(block)
	}
}

// contents lists parts and sections with their pages, each a link.
func (b *book) contents() {
	b.y += 14
	b.paragraph(b.Words.Contents, style{size: 21, serif: true}, marginLeft, b.wide)
	b.y += 8
	for _, p := range b.Parts {
		b.entry(p.ID, p.Title, style{size: 10.5, bold: true}, marginLeft)
		for _, s := range p.Sections {
			title := s.Title
			if s.Number != "" {
				title = s.Number + "  " + title
			}
			b.entry(s.ID, title, style{size: 10}, marginLeft+14)
		}
		b.y += 8
	}
}

func (b *book) entry(id, title string, s style, x float64) {
	b.room(18)
	b.y += 15
	page := "000"
	if n, ok := b.known[id]; ok {
		page = fmt.Sprint(n)
	}
	b.put(title, s, x, b.y)
	end := pageWidth - marginLeft
	b.put(page, s, end-b.width(page, s), b.y)
	b.dots(x+b.width(title, s)+6, end-b.width(page, s)-6, b.y-2)
	b.pdf.Link(x, b.y-11, end-x, 15, b.links[id])
	b.y += 2
}

func (b *book) smallPrint() {
	b.room(50)
	b.y += 12
	b.rule(marginLeft, b.y, b.wide, faintLine())
	b.y += 4
	for _, line := range b.Small {
		b.paragraph(line, style{size: 8, role: muted}, marginLeft, b.wide)
	}
}
