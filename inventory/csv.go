package inventory

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// Limits on a table of text; a register of 45,000 machines has 10 MB and a
// million cells.
const (
	maxCSVBytes   = 32 << 20
	maxCSVColumns = 2000
	maxCSVCells   = 5_000_000
)

// CSVOptions says what is known of a table; what is left zero is told from the
// bytes.
type CSVOptions struct {
	Separator rune   // ; , tab or |
	Decimal   byte   // , or .
	Encoding  string // "utf-8", "utf-16" or "windows-1252"; "latin-1" is read as the last
	Header    int    // line of the header, where a title stands above it; 0: the first that is not blank
}

// CSV is a table read from text, and what was assumed about it.
type CSV struct {
	Header    []string // cleaned
	Rows      []CSVRow // without the blank ones
	Separator rune
	Decimal   byte
	Encoding  string
}

// CSVRow is one row: cleaned cells, and the line of the file it starts on.
type CSVRow struct {
	Line  int
	Cells []string
}

// Cell is the cell of a column, "" beyond the end of a short row or for the
// column -1.
func (r CSVRow) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// ReadCSV reads a table with a header from r, as spreadsheets and registers
// write it: separator, encoding and decimal sign are told from the content
// unless o gives them, a "sep=;" line is passed over, quotes may stand astray.
func ReadCSV(r io.Reader, o CSVOptions) (*CSV, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxCSVBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxCSVBytes {
		return nil, fmt.Errorf("the table is larger than %d MiB", maxCSVBytes>>20)
	}
	t := &CSV{Separator: o.Separator, Decimal: o.Decimal}
	text, err := t.decode(data, o.Encoding)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("the table is empty")
	}
	text, skipped := dropLines(text, o.Header-1)
	if rest, sep, ok := separatorLine(text); ok {
		text, skipped = rest, skipped+1
		if t.Separator == 0 {
			t.Separator = sep
		}
	}
	if t.Separator == 0 {
		t.Separator = sniffSeparator(text)
	}
	if err := t.fill(text, skipped); err != nil {
		return nil, err
	}
	if t.Decimal == 0 {
		t.Decimal = t.sniffDecimal()
	}
	return t, nil
}

// dropLines cuts off the first n lines and tells how many there were.
func dropLines(text string, n int) (rest string, dropped int) {
	for dropped < n {
		_, after, found := strings.Cut(text, "\n")
		if !found {
			break
		}
		text = after
		dropped++
	}
	return text, dropped
}

// decode turns the bytes into UTF-8 by a byte order mark, by the encoding
// given, or by what they can be.
func (t *CSV) decode(data []byte, encoding string) (string, error) {
	switch name := strings.ToLower(encoding); {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}), strings.HasPrefix(name, "utf-16"):
		t.Encoding = "utf-16"
		text, err := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewDecoder().Bytes(data)
		return string(text), err
	case name != "" && name != "utf-8" && name != "utf8" && name != "windows-1252" && name != "cp1252" && name != "latin-1" && name != "latin1" && name != "iso-8859-1":
		return "", fmt.Errorf("unknown encoding %q (utf-8, utf-16 or windows-1252)", encoding)
	}
	t.Encoding = "utf-8"
	if !utf8.Valid(data) {
		t.Encoding = "windows-1252"
	}
	return DecodeText(data), nil
}

// separatorLine takes off the line by which Excel is told the separator.
func separatorLine(text string) (rest string, sep rune, ok bool) {
	line, rest, _ := strings.Cut(text, "\n")
	sign, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, "\r\" ")), "sep=")
	if r, n := utf8.DecodeRuneInString(sign); ok && n > 0 && n == len(sign) {
		return rest, r, true
	}
	return text, 0, false
}

// sniffSeparator takes the sign that the header has most of outside quotes.
func sniffSeparator(text string) rune {
	header, _, _ := strings.Cut(text, "\n")
	counts := map[rune]int{}
	quoted := false
	for _, r := range header {
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[r]++
		}
	}
	best := ';'
	for _, r := range ";,\t|" {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}

func (t *CSV) fill(text string, skipped int) error {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = t.Separator, true, -1, true
	cells := 0
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if len(record) > maxCSVColumns {
			return fmt.Errorf("more than %d columns", maxCSVColumns)
		}
		if cells += len(record); cells > maxCSVCells {
			return fmt.Errorf("more than %d cells", maxCSVCells)
		}
		line, _ := r.FieldPos(0)
		row := CSVRow{Line: line + skipped, Cells: cleanCells(record)}
		switch {
		case strings.Join(row.Cells, "") == "":
		case t.Header == nil:
			t.Header = row.Cells
		default:
			t.Rows = append(t.Rows, row)
		}
	}
	if t.Header == nil {
		return errors.New("the table is empty")
	}
	return nil
}

// cleanCells cleans the cells and unwraps ="00123", by which people keep
// spreadsheets from taking a serial number for a number.
func cleanCells(record []string) []string {
	cells := make([]string, len(record))
	for i, c := range record {
		c = CleanText(c)
		if inner, ok := strings.CutPrefix(c, `="`); ok && strings.HasSuffix(inner, `"`) && strings.Count(inner, `"`) == 1 {
			c = CleanText(strings.TrimSuffix(inner, `"`))
		}
		cells[i] = c
	}
	return cells
}

// sniffDecimal takes the comma for the decimal sign when more cells can only
// be read that way than with a point.
func (t *CSV) sniffDecimal() byte {
	commas, points := 0, 0
	for _, row := range t.Rows {
		for _, c := range row.Cells {
			switch sign, ok := decimalOf(c); {
			case !ok:
			case sign == ',':
				commas++
			default:
				points++
			}
		}
	}
	if commas > points {
		return ','
	}
	return '.'
}

// decimalOf is the decimal sign of a cell that can be read in one way only.
func decimalOf(cell string) (sign byte, ok bool) {
	at := strings.LastIndexAny(cell, ",.")
	if at < 0 || strings.Trim(cell, "0123456789,. -") != "" {
		return 0, false
	}
	other := byte(',')
	if cell[at] == ',' {
		other = '.'
	}
	before := cell[:at]
	if strings.IndexByte(before, cell[at]) >= 0 {
		return 0, false // 1.234.567 or 192.168.1.1
	}
	return cell[at], strings.IndexByte(before, other) >= 0 || len(cell)-at-1 != 3
}

// Number reads a cell as a number with the table's decimal sign: "4 250,00",
// "1.234,5". It tells false for what is none.
func (t *CSV) Number(cell string) (float64, bool) {
	thousands := ","
	if t.Decimal == ',' {
		thousands = "."
	}
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' {
			return -1
		}
		return r
	}, cell)
	digits = strings.ReplaceAll(digits, thousands, "")
	v, err := strconv.ParseFloat(strings.Replace(digits, string(t.Decimal), ".", 1), 64)
	if err != nil || v != v || v > maxAmount || v < -maxAmount {
		return 0, false
	}
	return v, true
}

// Column is the index of the first column whose header is one of names, case,
// accents and punctuation aside; -1 when there is none.
func (t *CSV) Column(names ...string) int {
	for _, name := range names {
		for i, h := range t.Header {
			if PlainHeader(h) == PlainHeader(name) {
				return i
			}
		}
	}
	return -1
}

// PlainHeader reduces a header to what people agree on: letters and digits in
// lower case, without accents: "N° de série" becomes "n de serie".
func PlainHeader(s string) string {
	var b strings.Builder
	s = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss").Replace(strings.ToLower(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// IsFormula tells cells that a spreadsheet would compute rather than show. The
// text of one is no value, and would run where it is opened next.
func IsFormula(cell string) bool {
	if cell == "" || !strings.ContainsRune("=+-@", rune(cell[0])) {
		return false
	}
	// -12,5 and +33 3 89 32 58 58 are numbers.
	return cell[0] == '=' || cell[0] == '@' || strings.Trim(cell[1:], "0123456789.,:/() -") != ""
}
