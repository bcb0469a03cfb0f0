package table

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"sobre/inventory"
)

// Options says how to read a register; its zero value is good.
type Options struct {
	Mapping *Mapping // nil: common headers are tried
	FS      fs.FS    // where the path is looked up; nil: this machine's files
}

// Register is an asset register as read: what Enrich adds to an estate.
type Register struct {
	source   inventory.Source
	file     string // as origins call it
	rows     []row
	findings []inventory.Finding
	unsaid   int // findings beyond maxFindings
	country  string
}

// maxFindings is how many remarks on its cells a register may have before the
// rest is only counted: nobody reads more, and a wrong mapping gives one a cell.
const maxFindings = 1000

// row is what one line of the register says of one machine. Only what has a
// value is there.
type row struct {
	line                                                                int
	serial, name, uuid, site, chassis, service, owner, maker, model, os string
	kind, host, state                                                   string
	year, vcpus                                                         int
	purchased, maintained                                               inventory.Date
	price                                                               inventory.Money
	cpu                                                                 inventory.CPU
	memory, disk, diskUsed                                              inventory.Size
	power                                                               inventory.HostPower
	labels                                                              map[string]string
}

// maxBytes is the largest register; see inventory.ReadCSV.
const maxBytes = 32 << 20

// Read reads a register. A cell that cannot be read becomes a finding; an error
// means that the file is no table or names no machine.
func Read(path string, o Options) (*Register, error) {
	m := o.Mapping
	if m == nil {
		m = &Mapping{Version: inventory.Version}
	}
	if err := m.Validate(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	t, sum, err := readTable(o.FS, path, m)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	r := &Register{
		file: filepath.Base(path), country: m.Country,
		source: inventory.Source{
			ID: "register", Kind: "table", Path: path, SHA256: sum, Tool: m.Name,
			Counts: map[string]int{"rows": len(t.Rows)},
		},
	}
	if t.epoch.IsZero() {
		r.assumed(t.CSV, m)
	}
	columns, err := r.columns(t.CSV, m)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	cells := cellReader{table: t.CSV, epoch: t.epoch, mapping: m, register: r, columns: columns}
	for _, line := range t.Rows {
		if row, ok := cells.row(line); ok {
			r.rows = append(r.rows, row)
		}
	}
	return r, nil
}

// Recognise tells from the first bytes of a file whether it may be a register:
// a table whose header has a serial number or a name, and a site, a service, a
// date of purchase or an end of maintenance.
func Recognise(head []byte, _ string) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if bytes.HasPrefix(line, []byte("sep=")) {
		_, rest, _ := bytes.Cut(head, []byte("\n"))
		line, _, _ = bytes.Cut(rest, []byte("\n"))
	}
	t, err := inventory.ReadCSV(bytes.NewReader(line), inventory.CSVOptions{})
	if err != nil {
		return false
	}
	return isRegister(t)
}

// isRegister tells whether a header is that of a register of machines.
func isRegister(t *inventory.CSV) bool {
	has := func(fields ...string) bool {
		return slices.ContainsFunc(fields, func(f string) bool { return t.Column(Fields()[f]...) >= 0 })
	}
	return len(t.Header) > 2 && has("serial", "name") && has("site", "service", "purchased", "maintained")
}

func readFile(fsys fs.FS, path string) ([]byte, error) {
	f, err := open(fsys, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxBytes+1))
}

func open(fsys fs.FS, path string) (fs.File, error) {
	if fsys != nil {
		return fsys.Open(path)
	}
	return os.Open(path)
}

// columns finds the column of each field and label. One that the mapping names
// and the table lacks is a finding; with no column to know machines by there
// is nothing to do.
func (r *Register) columns(t *inventory.CSV, m *Mapping) (map[string]int, error) {
	found := map[string]int{}
	find := func(key, header string, tried ...string) {
		if header == "" && len(tried) == 0 {
			return
		}
		if header != "" {
			tried = []string{header}
		}
		if c := t.Column(tried...); c >= 0 {
			found[key] = c
		} else if header != "" {
			do := "correct the mapping file"
			if near := inventory.Nearest(header, t.Header); near != "" {
				do += "; did you mean " + strconv.Quote(near) + "?"
			}
			r.find(1, inventory.Finding{Code: "column-missing", Severity: inventory.Warning, Do: do,
				What:   "the register has no column " + strconv.Quote(header) + ": " + key + " stays unknown",
				Values: map[string]string{"column": header, "field": key}})
		}
	}
	for _, f := range slices.Sorted(maps.Keys(Fields())) {
		if m.Columns == nil {
			find(f, "", Fields()[f]...)
			continue
		}
		find(f, m.Columns[f])
	}
	for _, l := range slices.Sorted(maps.Keys(m.Labels)) {
		find("label "+l, m.Labels[l])
	}
	for _, key := range []string{"serial", "name", "uuid"} {
		if _, ok := found[key]; ok {
			return found, nil
		}
	}
	return nil, fmt.Errorf("no column with a serial number, a name or a UUID among %q: name one in a mapping file", t.Header)
}

// assumed says what was told from the content, so that a reader can object.
func (r *Register) assumed(t *inventory.CSV, m *Mapping) {
	if m.Separator != "" && m.Encoding != "" && m.Decimal != "" {
		return
	}
	separator, decimal := string(t.Separator), string(t.Decimal)
	r.find(1, inventory.Finding{
		Code: "table-assumed", Severity: inventory.Note, Do: "say otherwise in a mapping file",
		What:   fmt.Sprintf("read as %s with the separator %q and the decimal sign %q", t.Encoding, separator, decimal),
		Values: map[string]string{"encoding": t.Encoding, "separator": separator, "decimal": decimal},
	})
}

func (r *Register) find(line int, f inventory.Finding) {
	if len(r.findings) >= maxFindings {
		r.unsaid++
		return
	}
	r.findings = append(r.findings, r.about(line, f))
}
