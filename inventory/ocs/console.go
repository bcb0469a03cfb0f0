package ocs

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Rows that are in a list of machines and are none.
var (
	errArchived = fmt.Errorf("%w of a machine in service but archived", errNotInventory)
	errGroup    = fmt.Errorf("%w of a machine but a group of them", errNotInventory)
)

// remark is a finding on a whole file: it goes to visit in place of a machine.
type remark struct{ inventory.Finding }

// Error makes a remark pass where errors do.
func (r *remark) Error() string { return r.What }

// looksLikeConsole tells the CSV that the console exports from its list of
// machines by the header, whatever the separator and in English or French.
func looksLikeConsole(text []byte, mapping map[string]string) bool {
	line := firstLine(string(text[:min(len(text), 16<<10)]))
	_, ok := readConsoleHeader(line, mapping)
	return ok
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// consoleRow is one row: its values and the line it starts on.
type consoleRow struct {
	line   int
	values []string
}

// consoleReader reads the console's list of machines. Its values stand in
// quotes that are not escaped, so that quotes, separators and line ends inside
// a value are only told from real ones by what stands around them.
type consoleReader struct {
	header consoleHeader
	visit  func(*document, error)
}

// parseConsole gives each row of a console export to visit as a document.
func parseConsole(text string, mapping map[string]string, visit func(*document, error)) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	head, body, _ := strings.Cut(text, "\n")
	header, _ := readConsoleHeader(head, mapping)
	c := &consoleReader{header: header, visit: visit}
	rows, err := c.rows(text, body)
	if err == nil && len(rows) == 0 {
		err = errors.New("the list of machines has a header and no rows")
	}
	if err != nil {
		visit(nil, &syntaxError{1, err})
		return
	}
	shift := c.fitHeader(rows)
	c.lacking()
	for _, r := range rows {
		c.row(r, shift)
	}
	c.onePage(len(rows))
}

// rows cuts the body into rows: the way the console wrote it, or, where a
// spreadsheet saved it again, the way those do.
func (c *consoleReader) rows(text, body string) ([]consoleRow, error) {
	sep := string(c.header.separator)
	if c.header.trailing && strings.HasPrefix(strings.TrimLeft(body, "\n"), `"`) {
		return nativeRows(body, sep), nil
	}
	table, err := inventory.ReadCSV(strings.NewReader(text), inventory.CSVOptions{Separator: c.header.separator})
	if err != nil {
		return nil, err
	}
	var rows []consoleRow
	for _, r := range table.Rows {
		cells := r.Cells
		for len(cells) > len(c.header.names) && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		rows = append(rows, consoleRow{r.Line, cells})
	}
	return rows, nil
}

// nativeRows cuts where the console ends a row: quote, separator, line end,
// quote. A line end alone is part of a value, and so is a quote.
func nativeRows(body, sep string) []consoleRow {
	line := 2
	start := strings.TrimLeft(body, "\n")
	line += len(body) - len(start)
	var rows []consoleRow
	for _, piece := range strings.Split(strings.TrimPrefix(start, `"`), `"`+sep+"\n\"") {
		lines := 1 + strings.Count(piece, "\n")
		piece = strings.TrimSuffix(strings.TrimRight(piece, "\n "), `"`+sep)
		rows = append(rows, consoleRow{line, strings.Split(piece, `"`+sep+`"`)})
		line += lines
	}
	return rows
}

// fitHeader tells which column the header has and the rows lack, -1 when none:
// the console heads the column Archive and writes no value for it.
func (c *consoleReader) fitHeader(rows []consoleRow) int {
	archived := c.header.position("archived")
	if archived < 0 {
		return -1
	}
	for _, r := range rows {
		if len(r.values) == len(c.header.names) {
			return -1
		}
	}
	return archived
}

// row turns one row into a document. One whose values cannot be lined up with
// the header is left out: a figure in the wrong column is worse than none.
func (c *consoleReader) row(r consoleRow, missing int) {
	values := r.values
	want := len(c.header.names)
	if missing >= 0 && len(values) == want-1 {
		values = append(append(append([]string{}, values[:missing]...), ""), values[missing:]...)
	}
	if len(values) != want {
		c.visit(nil, &syntaxError{r.line, fmt.Errorf("the row has %d values under %d headers, so that none can be told for sure", len(values), want)})
		return
	}
	d := &document{sections: map[string][]section{}, told: c.told()}
	archived := ""
	for i, col := range c.header.columns {
		value := inventory.CleanText(values[i])
		if col.section == "" || value == "" {
			continue
		}
		switch col.name {
		case "ARCHIVE":
			archived = value
		case "LASTDATE", "LASTCOME":
			value = isoDay(value)
		}
		d.add(col.section, field{col.name, value, r.line})
	}
	hw := d.first("HARDWARE")
	d.agent = hw.get("USERAGENT")
	if id := hw.get("ID"); id != "" {
		d.deviceID = "computer " + id + " " + hw.get("NAME")
	}
	if hw.get("LASTDATE") == "" {
		d.add("HARDWARE", field{"LASTDATE", hw.get("LASTCOME"), r.line})
	}
	c.visit(checkRow(d, hw.get("NAME"), archived, r.line))
}

// checkRow refuses rows of the list that are no machine in service.
func checkRow(d *document, name, archived string, line int) (*document, error) {
	switch {
	case name == "":
		return nil, &syntaxError{line, errors.New("the row names no machine")}
	case name == systemGroup || name == downloadGroup:
		return nil, &syntaxError{line, errGroup}
	case isArchived(archived):
		return nil, &syntaxError{line, errArchived}
	}
	return d, nil
}

// isArchived tells the marks of a machine that was taken out of service from
// those of one that was not.
func isArchived(mark string) bool {
	switch strings.ToLower(mark) {
	case "", "0", "no", "non", "false":
		return false
	}
	return true
}

// add puts a field into the one section of a name that a row has.
func (d *document) add(name string, f field) {
	list := d.sections[name]
	if len(list) == 0 {
		list = []section{{line: f.line}}
	}
	list[0].fields = append(list[0].fields, f)
	d.sections[name] = list
}

var dayMonthYear = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b`)

// isoDay turns the date that a French spreadsheet makes of "2026-11-21 19:21:43"
// back: 21/11/2026 19:21. Where the second number can be no month, the first is.
func isoDay(s string) string {
	found := dayMonthYear.FindStringSubmatch(s)
	if found == nil {
		return s
	}
	day, _ := strconv.Atoi(found[1]) // digits, by the pattern
	month, _ := strconv.Atoi(found[2])
	if month > 12 {
		day, month = month, day
	}
	return fmt.Sprintf("%s-%02d-%02d", found[3], month, day)
}
