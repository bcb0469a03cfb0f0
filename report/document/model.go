package document

import (
	"strings"

	"sobre/carbon"
	"sobre/wording"
)

// Document is a report.
type Document struct {
	Language string // en | fr
	Title    string
	Subtitle string
	Subject  string   // what it is about: the name of the estate, as it is
	Date     string   // of the data, in words; empty: not known
	Day      string   // the same as 2009-11-02
	Tool     string   // program and version
	Small    []string // the small print of page one: data of which day, how much is measured, who can check
	Parts    []Part
	Changes  *Section // since an earlier plan; nil: none was given
	Words    Words
	language *wording.Language
}

// Show writes a cell as people read it.
func (d *Document) Show(col Column, cell Cell) string {
	if !cell.Known {
		return ""
	}
	l := d.language
	switch col.Kind {
	case Number:
		return l.Typeset(l.Number(cell.Value, col.Decimals))
	case Share:
		return l.Tell("%s %", l.Number(cell.Value*100, col.Decimals))
	case Span:
		low, high := l.Typeset(rounded(l, cell.Span.Low)), l.Typeset(rounded(l, cell.Span.High))
		best := l.Typeset(rounded(l, cell.Span.Best))
		if low == high {
			return best
		}
		// A line may break before the range, not in it.
		return best + " " + strings.ReplaceAll(l.Tell("(%s to %s)", low, high), " ", "\u00a0")
	}
	return cell.Text
}

// Words are what the writers themselves say.
type Words struct {
	Contents, Page, Of, Figure, Unit, Start, Length, Low, Best, High, Before, After, Saving, Total string
	Filter, Rows, More, Sort, SkipToContent, Data, Theme, Chart, None, Shown, Dash                 string
	ContentsHint, RangeHint, Hosts, Kept, Retired, Bought, Spare, Empty, CPU, Memory               string
}

// Number writes a number to the figures that matter, as charts do.
func (d *Document) Number(v float64) string { return d.language.Typeset(rounded(d.language, v)) }

// OnPaper says that only some rows of a table are on paper.
func (d *Document) OnPaper(some, all int) string {
	l := d.language
	return l.Tell("The first %s of %s rows; the page and the workbook have them all.", l.Typeset(l.Count(some)), l.Typeset(l.Count(all)))
}

// Part is a run of sections for one reader.
type Part struct {
	ID       string // decision | study | annexes
	Title    string
	Sections []Section
}

// Section is a titled run of blocks.
type Section struct {
	ID     string // stable, for links
	Number string // "3", "A"; empty in the decision
	Title  string
	Blocks []Block
}

// Block is one piece of a section: *Paragraph, *List, *Answer, *Figures,
// *Table or *Chart.
type Block interface{ block() }

// Paragraph is running text.
type Paragraph struct {
	Text  string
	Style Style
}

// Style is how a paragraph weighs.
type Style string

// The styles; empty is ordinary text.
const (
	Lead    Style = "lead"    // opens a section in larger type
	Note    Style = "note"    // small
	Heading Style = "heading" // a title inside a section
)

// List is items under one another.
type List struct {
	Items   []Item
	Ordered bool
}

// Item is one line of a list: what in bold, then more about it. Either may be empty.
type Item struct{ Head, Text string }

// Answer is the verdict.
type Answer struct {
	Tone Tone
	Head string
	Text string
}

// Tone is what an answer comes to. It is never told by colour alone: the
// words say it.
type Tone string

// The tones.
const (
	Yes     Tone = "yes"
	No      Tone = "no"
	Caution Tone = "caution"
)

// Figures are the numbers that a reader takes away.
type Figures struct{ Items []Figure }

// Figure is one of them: before, after, and the difference with its range.
type Figure struct {
	Label  string
	Before string
	After  string
	Unit   string
	Change string // "saves 39 (27 … 56)", in words
	Good   bool   // the change is one for the better
	// Was, Is and Saved are the same as numbers, in Unit.
	Was, Is, Saved carbon.Range
}

// Table is rows of typed cells.
type Table struct {
	ID      string // stable; names the sheet of a workbook
	Title   string
	Columns []Column
	Rows    [][]Cell
	Totals  bool // a last row sums the columns that say so
	Data    bool // long and to be worked with: a sheet of its own in a workbook
	Note    string
}

// Column says what the cells under it are.
type Column struct {
	Title    string
	Unit     string
	Kind     Kind
	Decimals int  // of numbers
	Sum      bool // of a table with totals
	Wide     bool // holds sentences
}

// Kind is what a column holds.
type Kind string

// The kinds.
const (
	Text   Kind = "text"   // sentences and names
	Name   Kind = "name"   // of a machine or file, shown as it is
	Number Kind = "number" // aligned by its end
	Share  Kind = "share"  // 0 to 1, shown in percent
	Span   Kind = "span"   // low, best and high
)

// Cell is one value. A cell that is not Known is empty: missing is not zero.
type Cell struct {
	Known bool
	Text  string       // of Text and Name
	Value float64      // of Number and Share
	Span  carbon.Range // of Span
}

// Chart is a picture by its data.
type Chart struct {
	ID      string
	Title   string
	Summary string // what it shows, for those who do not see it
	Drawing Drawing
}

// Drawing is the data of a chart: *Room, *Racks, *Bars, *Columns, *Tornado,
// *Curve or *Gantt.
type Drawing interface{ drawing() }

// Room is the hosts before and after, side by side.
type Room struct{ Before, After []Group }

// Racks are enclosures and sites with what they hold after the plan.
type Racks struct{ Groups []Group }

// Group is an enclosure, or the servers of a site outside any.
type Group struct {
	Title string
	Slots int // of an enclosure; 0: no enclosure, or not known
	Hosts []Box
}

// Box is a host in a picture.
type Box struct {
	Name        string
	State       State
	Slot        int
	CPU, Memory float64 // 0 to 1; negative: not known
	Loads       int
}

// State is what becomes of a host.
type State string

// The states.
const (
	Kept    State = "kept"
	Retired State = "retired"
	Bought  State = "bought"
	Spare   State = "spare"
)

// Bars compare before and after, each with its range.
type Bars struct {
	Unit  string
	Items []Bar
}

// Bar is one line of it.
type Bar struct {
	Label         string
	Before, After carbon.Range
	Unit          string // of this line; empty: that of Bars
}

// Columns count things by class.
type Columns struct {
	Unit  string
	Items []ColumnItem
}

// ColumnItem is one class.
type ColumnItem struct {
	Label string
	Value float64
}

// Tornado is how far each assumption alone moves a result.
type Tornado struct {
	Unit   string
	Centre float64
	Items  []Swing
}

// Swing is one line of it: the result with the assumption at both ends.
type Swing struct {
	Label     string
	Low, High float64
}

// Curve is a figure over the years with its range.
type Curve struct {
	Unit   string
	Points []Point
}

// Point is one year.
type Point struct {
	Label string
	Value carbon.Range
}

// Gantt is work along the time, in hours from a start.
type Gantt struct {
	Unit string
	Rows []Task
}

// Task is one line of it.
type Task struct {
	Label      string
	Start, End float64
	Note       string // beside its bar
}

func (*Paragraph) block() {}
func (*List) block()      {}
func (*Answer) block()    {}
func (*Figures) block()   {}
func (*Table) block()     {}
func (*Chart) block()     {}

func (*Room) drawing()    {}
func (*Racks) drawing()   {}
func (*Bars) drawing()    {}
func (*Columns) drawing() {}
func (*Tornado) drawing() {}
func (*Curve) drawing()   {}
func (*Gantt) drawing()   {}

// Total sums a column. The ends of ranges add too: the parts of a sum share
// most of their doubt.
func (t *Table) Total(column int) Cell {
	sum := Cell{}
	for _, row := range t.Rows {
		if c := row[column]; c.Known {
			sum.Known = true
			sum.Value += c.Value
			sum.Span = sum.Span.Plus(c.Span)
		}
	}
	return sum
}
