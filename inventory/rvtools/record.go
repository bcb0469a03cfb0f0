package rvtools

import (
	"math"
	"strconv"
	"strings"

	"sobre/inventory"
)

// cellKind is what a cell says of its own content.
type cellKind uint8

const (
	emptyCell  cellKind = iota
	textCell            // text, or a number written as text
	numberCell          // a number, with a decimal point
	errorCell           // #N/A, #REF!
	unsolved            // a formula whose value was not stored
)

// record is one row of a sheet: a cell for every column of the header, empty
// where the row has none or nobody wants the column. Its bytes live until the
// next row.
type record struct {
	line  int // row of the sheet or line of the file, from 1
	cells []cell
	bytes []byte
}

type cell struct {
	start, end int
	kind       cellKind
}

func (r *record) reset(line, columns int) {
	r.line = line
	r.bytes = r.bytes[:0]
	if cap(r.cells) < columns {
		r.cells = make([]cell, columns)
	}
	r.cells = r.cells[:columns]
	clear(r.cells)
}

func (r *record) set(column int, kind cellKind, text []byte) {
	start := len(r.bytes)
	r.bytes = append(r.bytes, text...)
	r.cells[column] = cell{start, len(r.bytes), kind}
}

func (r *record) raw(column int) []byte {
	if column < 0 || column >= len(r.cells) {
		return nil
	}
	c := r.cells[column]
	return r.bytes[c.start:c.end]
}

func (r *record) kind(column int) cellKind {
	if column < 0 || column >= len(r.cells) {
		return emptyCell
	}
	return r.cells[column].kind
}

func (r *record) blank() bool {
	for i := range r.cells {
		if r.cells[i].kind != emptyCell {
			return false
		}
	}
	return true
}

// rows is one sheet or file, read row by row.
type rows interface {
	// header is the first row with content, and its line.
	header() (names []string, line int, err error)
	// next fills r with the next row with content; io.EOF ends. Columns that
	// are not wanted may be left empty.
	next(r *record, wanted []bool) error
	// decimalComma tells whether a comma in a number is the decimal sign here.
	decimalComma() bool
	close() error
}

// cleaner makes text from cells safe, and keeps one copy of what repeats.
type cleaner struct{ seen map[string]string }

// maxSeen bounds the memory that rare texts take in the cleaner.
const maxSeen = 1 << 16

// text is the cell's content as clean text of its own.
func (c *cleaner) text(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	if s, ok := c.seen[string(raw)]; ok {
		return s
	}
	s := string(raw)
	if !tidy(s) {
		s = inventory.CleanText(unescapeOOXML(s))
	}
	if len(raw) <= 128 && len(c.seen) < maxSeen {
		if c.seen == nil {
			c.seen = map[string]string{}
		}
		c.seen[string(raw)] = s
	}
	return s
}

// tidy tells whether CleanText would leave s as it is, for the plain texts that
// nearly all cells hold.
func tidy(s string) bool {
	if len(s) > 512 || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f || s[i] == ' ' && s[i+1] == ' ' || s[i] == '_' && s[i+1:] != "" && s[i+1] == 'x' {
			return false
		}
	}
	return true
}

// unescapeOOXML turns _x000D_, which workbooks write for a character that XML
// cannot hold, into a space; every such character is one that is cleaned away.
func unescapeOOXML(s string) string {
	for from := 0; ; {
		i := strings.Index(s[from:], "_x")
		if i < 0 {
			return s
		}
		i += from
		from = i + 2
		if len(s) < i+7 || s[i+6] != '_' {
			continue
		}
		if v, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && v < ' ' {
			s = s[:i] + " " + s[i+7:]
			from = i + 1
		}
	}
}

// numberError is why a cell gave no number.
type numberError string

const (
	noNumber        numberError = "it is no number"
	ambiguousNumber numberError = "its comma may be a decimal or a thousands sign"
	hugeNumber      numberError = "no such amount exists"
)

// maxNumber is above any MiB, MHz or count of one machine: 1 EiB.
const maxNumber = 1 << 40

// parseNumber reads a number as cells hold it: 12, 12.5, 1 024, 12,5, 87%.
// known is false for an empty cell.
func parseNumber(raw []byte, decimalComma bool) (v float64, known bool, problem numberError) {
	if len(raw) == 0 {
		return 0, false, ""
	}
	v, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		v, known, problem = parseWritten(string(raw), decimalComma)
		if !known || problem != "" {
			return 0, false, problem
		}
	}
	if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > maxNumber {
		return 0, false, hugeNumber
	}
	return v, true, ""
}

// parseWritten reads a number with the marks that people and locales add.
func parseWritten(text string, decimalComma bool) (v float64, known bool, problem numberError) {
	s := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f', '\u2009', '\'':
			return -1
		}
		return r
	}, strings.TrimSuffix(strings.TrimSpace(text), "%"))
	if s == "" {
		return 0, false, ""
	}
	comma, point := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma < 0:
	case point > comma: // 1,234.5
		s = strings.ReplaceAll(s, ",", "")
	case point >= 0: // 1.234,5
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	case strings.Count(s, ",") > 1: // 1,234,567
		s = strings.ReplaceAll(s, ",", "")
	case !decimalComma && len(s)-comma == 4:
		return 0, false, ambiguousNumber
	default:
		s = strings.Replace(s, ",", ".", 1)
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, false, noNumber
	}
	return v, true, ""
}

// isTrue reads RVTools' booleans, which are the words True and False, and what
// other programs make of them.
func isTrue(raw []byte) bool {
	switch strings.ToLower(strings.TrimSpace(string(raw))) {
	case "true", "1", "yes", "vrai", "wahr":
		return true
	}
	return false
}
