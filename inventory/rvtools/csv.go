package rvtools

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"sobre/inventory"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	// maxLine bounds one line of CSV.
	maxLine = 4 << 20
	// maxJoined bounds the lines that one quoted cell may run over. RVTools
	// writes blanks for line breaks since 3.10; before, notes had few lines.
	maxJoined = 50
	// maxFailedJoins is after how many quotes that never closed none is taken
	// for the start of a cell of several lines any more.
	maxFailedJoins = 100
)

// csvRows reads one CSV file of RVTools. It is not RFC 4180: before 4.6.1
// RVTools did not double the quotes inside values, old versions end lines with
// a separator, and the separator is that of the exporting PC.
type csvRows struct {
	file      io.Closer
	in        *bufio.Reader
	separator byte
	line      int // lines read
	pending   [][]byte
	width     int // cells of a whole row
	freeText  int // the column whose text may hold separators; -1: none
	fields    [][]byte
	failed    int // joins of lines that came to nothing
	notes     csvNotes
}

// csvNotes is what was wrong with the rows.
type csvNotes struct {
	mended, ragged        int // rows with too many or too few cells: put right, left out
	firstMended, firstBad int // their lines
}

// openCSV opens one file.
func openCSV(path string) (*csvRows, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return newCSV(f, f), nil
}

func newCSV(r io.Reader, c io.Closer) *csvRows {
	text := transform.NewReader(r, unicode.BOMOverride(transform.Nop))
	return &csvRows{file: c, in: bufio.NewReaderSize(text, 64<<10), freeText: -1}
}

func (c *csvRows) close() error { return c.file.Close() }

// decimalComma: where lists are separated by semicolons, it is because the
// comma is taken.
func (c *csvRows) decimalComma() bool { return c.separator != ',' }

func (c *csvRows) header() ([]string, int, error) {
	for {
		line, err := c.readLine()
		if err != nil {
			return nil, 0, err
		}
		text := bytes.TrimSpace(line)
		if len(text) == 5 && strings.EqualFold(string(text[:4]), "sep=") {
			c.separator = text[4]
			continue
		}
		if len(text) == 0 {
			continue
		}
		if c.separator == 0 {
			c.separator = sniffSeparator(text)
		}
		c.split(line)
		names := make([]string, len(c.fields))
		for i, f := range c.fields {
			names[i] = inventory.DecodeText(f)
			if normalise(names[i], "") == "annotation" {
				c.freeText = i
			}
		}
		for len(names) > 1 && names[len(names)-1] == "" {
			names = names[:len(names)-1]
		}
		c.width = len(names)
		return names, c.line, nil
	}
}

// sniffSeparator is the separator that cuts the header into most parts.
func sniffSeparator(header []byte) byte {
	best, most := byte(','), 0
	for _, s := range []byte{',', ';', '\t', '|'} {
		if n := bytes.Count(header, []byte{s}); n > most {
			best, most = s, n
		}
	}
	return best
}

func (c *csvRows) next(r *record, wanted []bool) error {
	for {
		line, err := c.readLine()
		if err != nil {
			return err
		}
		first := c.line
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := c.splitRow(line); err != nil {
			return err
		}
		if c.blank() || !c.mend(first) {
			continue
		}
		r.reset(first, c.width)
		for i, f := range c.fields[:min(len(c.fields), c.width)] {
			if f = bytes.TrimSpace(f); len(f) > 0 && wanted[i] {
				r.set(i, textCell, []byte(inventory.DecodeText(f)))
			}
		}
		if !r.blank() {
			return nil
		}
	}
}

// splitRow cuts a row into fields, taking in further lines while a quoted cell
// is open, and giving them back when it never closes well.
func (c *csvRows) splitRow(line []byte) error {
	if c.split(line) || c.failed > maxFailedJoins {
		return nil
	}
	joined := bytes.Clone(line)
	start, taken := c.line, [][]byte{}
	for len(taken) < maxJoined && len(joined) < maxLine {
		more, err := c.readLine()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		taken = append(taken, bytes.Clone(more))
		joined = append(append(joined, '\n'), more...)
		if c.split(joined) && len(c.fields) <= c.width+1 {
			return nil
		}
	}
	c.failed++
	c.pending, c.line = append(taken, c.pending...), start
	c.split(line)
	return nil
}

func (c *csvRows) blank() bool {
	for _, f := range c.fields {
		if len(bytes.TrimSpace(f)) > 0 {
			return false
		}
	}
	return true
}

// mend brings the fields to the width of the header; false leaves the row out.
func (c *csvRows) mend(line int) bool {
	n := len(c.fields)
	if n == c.width+1 && len(bytes.TrimSpace(c.fields[n-1])) == 0 {
		c.fields = c.fields[:c.width]
		return true
	}
	extra := n - c.width
	switch {
	case extra == 0:
		return true
	case extra > 0 && c.freeText >= 0:
		// Unescaped quotes let the separators in a note cut it: put it together.
		a := c.freeText
		note := bytes.Join(c.fields[a:a+extra+1], []byte{c.separator})
		c.fields = append(append(append([][]byte{}, c.fields[:a]...), note), c.fields[a+extra+1:]...)
		c.notes.mended++
		if c.notes.firstMended == 0 {
			c.notes.firstMended = line
		}
		return true
	}
	c.notes.ragged++
	if c.notes.firstBad == 0 {
		c.notes.firstBad = line
	}
	return false
}

// split cuts text into fields; false when a quoted field does not end in it. A
// quote ends a field only before a separator or the end of the text.
func (c *csvRows) split(text []byte) bool {
	c.fields = c.fields[:0]
	for {
		if len(text) == 0 || text[0] != '"' {
			i := bytes.IndexByte(text, c.separator)
			if i < 0 {
				c.fields = append(c.fields, text)
				return true
			}
			c.fields = append(c.fields, text[:i])
			text = text[i+1:]
			continue
		}
		stop := closingQuote(text, c.separator)
		if stop < 0 {
			c.fields = append(c.fields, text[1:])
			return false
		}
		c.fields = append(c.fields, bytes.ReplaceAll(text[1:stop], []byte(`""`), []byte(`"`)))
		if stop+1 == len(text) {
			return true
		}
		text = text[stop+2:]
	}
}

// closingQuote is where the quoted field that text starts with ends.
func closingQuote(text []byte, separator byte) int {
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 == len(text) || text[i+1] == separator {
			return i
		}
		if text[i+1] == '"' && i+2 < len(text) && text[i+2] != separator {
			i++ // a doubled quote inside
		}
	}
	return -1
}

func (c *csvRows) readLine() ([]byte, error) {
	c.line++
	if len(c.pending) > 0 {
		line := c.pending[0]
		c.pending = c.pending[1:]
		return line, nil
	}
	line, err := c.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line, err = c.readLong(line)
	}
	if err != nil && !(errors.Is(err, io.EOF) && len(line) > 0) {
		return nil, err
	}
	return bytes.TrimRight(line, "\r\n"), nil
}

// readLong reads on where a line is longer than the buffer.
func (c *csvRows) readLong(start []byte) ([]byte, error) {
	line := bytes.Clone(start)
	for {
		more, err := c.in.ReadSlice('\n')
		line = append(line, more...)
		if len(line) > maxLine {
			return nil, fmt.Errorf("line %d is longer than %d MiB", c.line, maxLine>>20)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}
