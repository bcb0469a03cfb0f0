package rvtools

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

// maxColumns is the number of columns of a worksheet, by its format.
const maxColumns = 16384

// sheetRows reads one sheet of a workbook.
type sheetRows struct {
	part    io.Closer
	scan    *xmlScanner
	strings *sharedStrings
	line    int
	width   int // columns of the header
	inCell  openCell
	ended   bool
}

// openCell is the cell being read.
type openCell struct {
	column  int // from 0
	kind    string
	formula bool
	filled  bool // it had a value
	text    []byte
}

// sheet opens the sheet of that name; nil when there is none.
func (w *workbook) sheet(name string) (rows, error) {
	f := w.sheets[name]
	if f == nil {
		return nil, nil
	}
	r, err := w.open(f)
	if err != nil {
		return nil, err
	}
	return &sheetRows{part: r, scan: newXMLScanner(r), strings: w.strings}, nil
}

func (s *sheetRows) close() error { return s.part.Close() }

func (s *sheetRows) decimalComma() bool { return false }

func (s *sheetRows) header() ([]string, int, error) {
	var r record
	s.width = maxColumns
	if err := s.next(&r, nil); err != nil {
		return nil, 0, err
	}
	last := 0
	for i := range r.cells {
		if r.cells[i].kind != emptyCell {
			last = i
		}
	}
	s.width = last + 1
	names := make([]string, s.width)
	for i := range names {
		names[i] = string(r.raw(i))
	}
	return names, r.line, nil
}

func (s *sheetRows) next(r *record, wanted []bool) error {
	for {
		if err := s.toRow(); err != nil {
			return err
		}
		r.reset(s.line, s.width)
		if err := s.row(r, wanted); err != nil {
			return fmt.Errorf("row %d: %w", s.line, err)
		}
		if !r.blank() {
			return nil
		}
	}
}

// toRow passes everything up to the next row that is not empty.
func (s *sheetRows) toRow() error {
	for {
		tok, err := s.scan.next()
		if err != nil {
			if errors.Is(err, io.EOF) && !s.ended {
				return errUnclosed
			}
			return err
		}
		switch {
		case tok.kind == startTag && string(tok.name) == "row":
			s.line++
			if n, err := strconv.Atoi(string(attr(tok.attrs, "r"))); err == nil && n >= s.line {
				s.line = n
			}
			if !tok.empty {
				return nil
			}
		case string(tok.name) == "sheetData" && (tok.kind == endTag || tok.empty):
			// What follows (filters, comments, print settings) is no data.
			s.ended = true
			return io.EOF
		}
	}
}

func (s *sheetRows) row(r *record, wanted []bool) error {
	column, inValue, phonetic := -1, false, 0
	for {
		tok, err := s.scan.next()
		if errors.Is(err, io.EOF) {
			return errUnclosed
		}
		if err != nil {
			return err
		}
		if tok.kind == charData {
			if inValue && phonetic == 0 {
				s.inCell.text = append(s.inCell.text, tok.text...)
			}
			if len(s.inCell.text) > maxToken {
				return errTooLong
			}
			continue
		}
		switch string(tok.name) {
		case "c":
			if tok.kind == startTag {
				column = s.startCell(tok, column)
			}
			if tok.kind == endTag && column >= 0 && column < len(r.cells) && (wanted == nil || wanted[column]) {
				if err := s.endCell(r, column); err != nil {
					return err
				}
			}
		case "v", "t":
			inValue = tok.kind == startTag && !tok.empty
			s.inCell.filled = s.inCell.filled || inValue
		case "f":
			s.inCell.formula = true
		case "rPh":
			if !tok.empty {
				phonetic += tagStep(tok.kind)
			}
		case "row":
			return nil
		}
	}
}

// startCell opens a cell and returns its column.
func (s *sheetRows) startCell(tok token, before int) int {
	s.inCell = openCell{column: before + 1, text: s.inCell.text[:0]}
	kind := attr(tok.attrs, "t")
	switch string(kind) { // no copy for the kinds there are
	case "s":
		s.inCell.kind = "s"
	case "", "n":
	case "e":
		s.inCell.kind = "e"
	default:
		s.inCell.kind = "str"
	}
	if n := columnOf(attr(tok.attrs, "r")); n >= 0 {
		s.inCell.column = n
	}
	return s.inCell.column
}

func (s *sheetRows) endCell(r *record, column int) error {
	c := &s.inCell
	switch {
	case len(c.text) == 0 && c.formula:
		r.set(column, unsolved, nil)
	case len(c.text) == 0:
	case c.kind == "e":
		r.set(column, errorCell, c.text)
	case c.kind == "s":
		n, err := strconv.Atoi(string(c.text))
		if err != nil {
			return fmt.Errorf("column %d: %q is no number of a shared text", column+1, c.text)
		}
		text, err := s.strings.text(n)
		if err != nil {
			return fmt.Errorf("column %d: %w", column+1, err)
		}
		if len(text) > 0 {
			r.set(column, textCell, text)
		}
	case c.kind == "str":
		r.set(column, textCell, c.text)
	default:
		r.set(column, numberCell, c.text)
	}
	return nil
}

// columnOf is the column, from 0, of a reference such as AB12; -1 for none.
func columnOf(ref []byte) int {
	n := 0
	for i, c := range ref {
		if c < 'A' || c > 'Z' || i > 2 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}
