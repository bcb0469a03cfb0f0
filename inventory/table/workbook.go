package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"sobre/inventory"
)

// sheet is a table with a header, from a CSV or a workbook.
type sheet struct {
	*inventory.CSV
	epoch time.Time // day 0 of dates that are numbers; zero for a CSV
	name  string    // of the sheet of a workbook
}

// Limits on a workbook, unpacked; a register of 45,000 machines has 60 MB.
const (
	maxUnpacked = 512 << 20
	maxInMemory = 16 << 20 // larger sheets are unpacked to a temporary file
	maxColumns  = 2000
	maxCells    = 5_000_000
)

// readTable reads the table at path as the mapping says, and gives the SHA-256
// of the file with it.
func readTable(fsys fs.FS, path string, m *Mapping) (*sheet, string, error) {
	data, err := readFile(fsys, path)
	if err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	switch {
	case len(data) > maxBytes:
		return nil, "", fmt.Errorf("the table is larger than %d MiB", maxBytes>>20)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		s, err := readWorkbook(data, m)
		return s, hash, err
	case bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return nil, "", errors.New("it is a workbook of the format before 2007: save it as .xlsx or .csv")
	}
	t, err := inventory.ReadCSV(bytes.NewReader(data), m.csv())
	if err != nil {
		return nil, "", err
	}
	return &sheet{CSV: t}, hash, nil
}

// readWorkbook reads one sheet: the one that the mapping names, or the first
// with a header that names machines, or the first.
func readWorkbook(data []byte, m *Mapping) (*sheet, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxInMemory})
	if err != nil {
		return nil, fmt.Errorf("opening the workbook: %w", err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if m.Sheet != "" {
		for _, n := range names {
			if strings.EqualFold(n, m.Sheet) {
				return readSheet(f, n, m)
			}
		}
		return nil, fmt.Errorf("the workbook has no sheet %q, but %q", m.Sheet, names)
	}
	var first *sheet
	var failed error
	for _, n := range names {
		s, err := readSheet(f, n, m)
		switch {
		case err != nil:
			failed = errors.Join(failed, err)
			continue
		case namesMachines(s.CSV):
			return s, nil
		case first == nil:
			first = s
		}
	}
	if first == nil {
		return nil, errors.Join(errors.New("the workbook has no sheet with a table"), failed)
	}
	return first, nil
}

// readSheet reads the rows of a sheet. The header is the line that the mapping
// names, or the first that is not blank. Of a formula the value that was
// computed last is taken.
func readSheet(f *excelize.File, name string, m *Mapping) (*sheet, error) {
	rows, err := f.Rows(name)
	if err != nil {
		return nil, fmt.Errorf("reading sheet %s: %w", name, err)
	}
	defer rows.Close()
	s := &sheet{CSV: &inventory.CSV{Decimal: '.', Encoding: "workbook"}, name: name, epoch: epochOf(f)}
	cells := 0
	for line := 1; rows.Next(); line++ {
		record, err := rows.Columns()
		if err != nil {
			return nil, fmt.Errorf("reading sheet %s: row %d: %w", name, line, err)
		}
		if cells += len(record); len(record) > maxColumns || cells > maxCells {
			return nil, fmt.Errorf("reading sheet %s: more than %d columns or %d cells", name, maxColumns, maxCells)
		}
		if line < m.Header {
			continue
		}
		for i, c := range record {
			record[i] = inventory.CleanText(c)
		}
		switch {
		case strings.Join(record, "") == "":
		case s.Header == nil:
			s.Header = record
		default:
			s.Rows = append(s.Rows, inventory.CSVRow{Line: line, Cells: record})
		}
	}
	if s.Header == nil {
		return nil, fmt.Errorf("reading sheet %s: it is empty", name)
	}
	return s, rows.Error()
}

// epochOf is the day that dates are counted from: two days before 1900 by a
// mistake that spreadsheets keep, or 1904 in workbooks made on old Macs.
func epochOf(f *excelize.File) time.Time {
	if p, err := f.GetWorkbookProps(); err == nil && p.Date1904 != nil && *p.Date1904 {
		return time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
}

// namesMachines tells whether a header has a column to know machines by.
func namesMachines(t *inventory.CSV) bool {
	for _, f := range []string{"serial", "name", "uuid"} {
		if t.Column(Fields()[f]...) >= 0 {
			return true
		}
	}
	return false
}

// RecogniseFile tells whether the workbook at path may be a register, as
// Recognise does for the first bytes of a CSV.
func RecogniseFile(fsys fs.FS, path string) bool {
	t, _, err := readTable(fsys, path, &Mapping{Version: inventory.Version})
	return err == nil && isRegister(t.CSV)
}
