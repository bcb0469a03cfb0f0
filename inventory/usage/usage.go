package usage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Options says how to read a table of use; its zero value is good.
type Options struct {
	CSV inventory.CSVOptions
	FS  fs.FS // where the path is looked up; nil: this machine's files
}

// Table is a table of use as read: what Enrich adds to an estate.
type Table struct {
	source   inventory.Source
	file     string // as origins call it
	rows     []row
	findings []inventory.Finding
	unsaid   int // findings beyond maxFindings
}

// maxFindings is how many remarks on its cells a table may have before the rest
// is only counted.
const maxFindings = 1000

// row is the use of one machine.
type row struct {
	line int
	name string
	use  inventory.Use
}

const maxBytes = 32 << 20

// machineColumns are the headers that a machine's name may stand under.
func machineColumns() []string {
	return []string{"machine", "serveur", "server", "host", "hostname", "nom", "name", "vm"}
}

// statOf is the part of a Stat that a word of a header stands for, "" when it
// stands for none: cpu_mean, "CPU moyenne", memory p95.
func statOf(word string) string {
	switch word {
	case "now", "instant":
		return "now"
	case "mean", "average", "avg", "moyenne":
		return "mean"
	case "p50", "median", "mediane":
		return "p50"
	case "p90", "p95", "p99":
		return word
	case "max", "maximum", "peak", "pic":
		return "max"
	}
	return ""
}

// Read reads a table of use. A cell that cannot be read becomes a finding; an
// error means that the file is no table or has no column of use.
func Read(path string, o Options) (*Table, error) {
	data, err := readFile(o.FS, path)
	if err != nil {
		return nil, err
	}
	csv, err := inventory.ReadCSV(bytes.NewReader(data), o.CSV)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	sum := sha256.Sum256(data)
	t := &Table{file: filepath.Base(path), source: inventory.Source{
		ID: "use", Kind: "usage", Path: path, SHA256: hex.EncodeToString(sum[:]), Counts: map[string]int{"rows": len(csv.Rows)},
	}}
	columns, err := findColumns(csv)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	for _, line := range csv.Rows {
		t.read(csv, columns, line)
	}
	return t, nil
}

// Recognise tells from the first bytes of a file whether it is a table of use.
func Recognise(head []byte, _ string) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	csv, err := inventory.ReadCSV(bytes.NewReader(line), inventory.CSVOptions{})
	if err != nil {
		return false
	}
	_, err = findColumns(csv)
	return err == nil
}

func readFile(fsys fs.FS, path string) ([]byte, error) {
	open := func() (fs.File, error) { return os.Open(path) }
	if fsys != nil {
		open = func() (fs.File, error) { return fsys.Open(path) }
	}
	f, err := open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return data, nil
}

// columns says where in a row things are.
type columns struct {
	machine, samples, days, rollup int
	levels                         []levelColumn
}

// levelColumn is a column of one statistic of one resource.
type levelColumn struct {
	index          int
	header         string
	resource, stat string
	unit           string // of bare numbers
}

func findColumns(t *inventory.CSV) (columns, error) {
	c := columns{
		machine: t.Column(machineColumns()...), samples: t.Column("samples", "mesures"),
		days: t.Column("days", "jours"), rollup: t.Column("rollup", "pas"),
	}
	if c.machine < 0 {
		return c, fmt.Errorf("no column with the machine's name (such as \"machine\") among %q", t.Header)
	}
	for i, h := range t.Header {
		if l, ok := parseHeader(h); ok {
			l.index = i
			c.levels = append(c.levels, l)
		}
	}
	if len(c.levels) == 0 {
		return c, errors.New("no column of use (such as cpu_mean, cpu_p95, memory_p95_gib)")
	}
	return c, nil
}

// parseHeader reads "cpu_p95", "memory_max_gib", "CPU moyenne (%)".
func parseHeader(h string) (levelColumn, bool) {
	l := levelColumn{header: h, unit: "%"}
	for _, word := range strings.Fields(inventory.PlainHeader(h)) {
		switch word {
		case "cpu", "processeur":
			l.resource = "cpu"
		case "memory", "memoire", "mem", "ram":
			l.resource = "memory"
		case "mib":
			l.unit = "MiB"
		case "gib":
			l.unit = "GiB"
		case "mhz":
			l.unit = "MHz"
		case "ghz":
			l.unit = "GHz"
		}
		if stat := statOf(word); stat != "" {
			l.stat = stat
		}
	}
	fits := l.unit == "%" || (l.resource == "cpu") == strings.HasSuffix(l.unit, "Hz")
	return l, l.resource != "" && l.stat != "" && fits
}

// read reads one row.
func (t *Table) read(csv *inventory.CSV, c columns, line inventory.CSVRow) {
	r := row{line: line.Line, name: line.Cell(c.machine)}
	if r.name == "" || inventory.IsFormula(r.name) {
		t.find(line.Line, inventory.Finding{Code: "row-without-machine", Severity: inventory.Note, What: "the row names no machine: left out"})
		return
	}
	for _, l := range c.levels {
		cell := line.Cell(l.index)
		if cell == "" {
			continue
		}
		v, err := level(csv, cell, l)
		if err != nil {
			t.find(line.Line, inventory.Finding{
				Code: "use-unreadable", Severity: inventory.Warning, Do: "correct the table",
				What:   l.header + " of " + r.name + ": " + err.Error() + ": taken as unknown",
				Values: map[string]string{"name": r.name, "column": l.header, "value": cell},
			})
			continue
		}
		*part(&r.use, l.resource, l.stat) = v
	}
	for _, s := range []*inventory.Stat{&r.use.CPU, &r.use.Memory} {
		if s.IsZero() {
			continue
		}
		s.Samples, s.Days, s.Rollup = count(csv, line.Cell(c.samples)), count(csv, line.Cell(c.days)), line.Cell(c.rollup)
	}
	t.checkOrder(r)
	t.rows = append(t.rows, r)
}

// level reads a cell: a bare number has the unit of its column.
func level(csv *inventory.CSV, cell string, l levelColumn) (inventory.Level, error) {
	text := cell
	if v, ok := csv.Number(cell); ok {
		text = strconv.FormatFloat(v, 'f', -1, 64) + " " + l.unit
	}
	var out inventory.Level
	if err := out.UnmarshalText([]byte(text)); err != nil {
		return out, fmt.Errorf("%q is not a level of use", cell)
	}
	wrongKind := l.resource == "cpu" && out.Kind() == inventory.Megabytes || l.resource == "memory" && out.Kind() == inventory.Cycles
	if out.Value() < 0 || out.Kind() == inventory.OfWhole && out.Value() > 100 || wrongKind {
		return inventory.Level{}, fmt.Errorf("%q is no level that a machine can have", cell)
	}
	return out, nil
}

func count(csv *inventory.CSV, cell string) int {
	v, ok := csv.Number(cell)
	if !ok || v < 0 || v > 1<<31 {
		return 0
	}
	return int(v)
}

func part(u *inventory.Use, resource, stat string) *inventory.Level {
	s := &u.CPU
	if resource == "memory" {
		s = &u.Memory
	}
	switch stat {
	case "now":
		return &s.Now
	case "mean":
		return &s.Mean
	case "p50":
		return &s.P50
	case "p90":
		return &s.P90
	case "p95":
		return &s.P95
	case "p99":
		return &s.P99
	}
	return &s.Max
}

// checkOrder doubts rows whose maximum is below another of their figures.
func (t *Table) checkOrder(r row) {
	doubt := func(resource string, s inventory.Stat) {
		for _, l := range []inventory.Level{s.Mean, s.P50, s.P90, s.P95, s.P99} {
			if s.Max.Known() && l.Known() && l.Kind() == s.Max.Kind() && l.Value() > s.Max.Value() {
				t.find(r.line, inventory.Finding{
					Code: "use-doubtful", Severity: inventory.Warning, Do: "check the columns",
					What:   "the maximum of " + resource + " of " + r.name + " is below another of its figures",
					Values: map[string]string{"name": r.name, "resource": resource},
				})
				return
			}
		}
	}
	doubt("CPU", r.use.CPU)
	doubt("memory", r.use.Memory)
}

func (t *Table) find(line int, f inventory.Finding) {
	if len(t.findings) >= maxFindings {
		t.unsaid++
		return
	}
	t.findings = append(t.findings, t.about(line, f))
}

// about says that a finding is about a line of the table.
func (t *Table) about(line int, f inventory.Finding) inventory.Finding {
	f.Source, f.At, f.Line = t.source.ID, t.file, line
	return f
}
