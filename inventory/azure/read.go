package azure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Options says how to read; its zero value is good.
type Options struct {
	FS fs.FS // where paths are looked up; nil: this machine's files
}

// maxFile bounds one file; the template holds at most 20,000 servers.
const maxFile = 32 << 20

// columns is where in a row things are; -1: nowhere.
type columns struct {
	name, addresses, cores, memory, system, version, kind, hypervisor int
	cpuUse, memoryUse                                                 int
	used, allocated                                                   int
	usedMiB, allocatedMiB                                             float64 // what one of their unit is
	disks                                                             []int   // sizes in GB
}

var diskHeader = regexp.MustCompile(`^disk \d+ size in gb$`)

// findColumns tells false for a table that is no Azure Migrate import.
func findColumns(t *inventory.CSV) (columns, bool) {
	c := columns{
		name: t.Column("server name"), addresses: t.Column("ip addresses", "ip address"),
		cores: t.Column("cores"), memory: t.Column("memory in mb"), system: t.Column("os name"), version: t.Column("os version"),
		kind: t.Column("server type"), hypervisor: t.Column("hypervisor"),
		cpuUse: t.Column("cpu utilization percentage"), memoryUse: t.Column("memory utilization percentage"),
		used: t.Column("storage in use in gb"), allocated: t.Column("storage allocated in gb"), usedMiB: 1024, allocatedMiB: 1024,
	}
	if i := t.Column("storage in use in mb"); i >= 0 {
		c.used, c.usedMiB = i, 1
	}
	if i := t.Column("storage allocated in mb"); i >= 0 {
		c.allocated, c.allocatedMiB = i, 1
	}
	for i, h := range t.Header {
		if diskHeader.MatchString(inventory.PlainHeader(h)) {
			c.disks = append(c.disks, i)
		}
	}
	return c, c.name >= 0 && c.cores >= 0 && c.memory >= 0 && c.system >= 0
}

// Recognise tells from the first bytes of a file whether it is an Azure Migrate
// import. The name does not matter.
func Recognise(head []byte, _ string) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if !bytes.Contains(bytes.ToLower(line), []byte("server name")) {
		return false
	}
	t, err := inventory.ReadCSV(bytes.NewReader(line), inventory.CSVOptions{})
	if err != nil {
		return false
	}
	_, ok := findColumns(t)
	return ok
}

// Read reads files, or folders of them. A row or cell that cannot be read
// becomes a finding; an error means that a file is no such table, that none has
// a row, or that ctx ended.
func Read(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
	files, err := inventory.FilesIn(o.FS, paths, func(name string) bool {
		head, err := inventory.ReadHead(o.FS, name, 64<<10)
		return err == nil && strings.EqualFold(path.Ext(filepath.ToSlash(name)), ".csv") && Recognise(head, name)
	})
	if err != nil {
		return nil, fmt.Errorf("looking for Azure Migrate imports: %w", err)
	}
	b := &builder{}
	for i, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		source := inventory.Source{ID: "azure", Kind: "azure", Path: f, Counts: map[string]int{}}
		if i > 0 {
			source.ID += "-" + strconv.Itoa(i+1)
		}
		if err := b.file(o.FS, f, &source); err != nil {
			return nil, err
		}
		b.sources = append(b.sources, source)
	}
	if len(b.servers) == 0 {
		return nil, fmt.Errorf("no server in %s: the Azure Migrate import has no row with a name", strings.Join(paths, ", "))
	}
	return b.estate(), nil
}

func (b *builder) file(fsys fs.FS, name string, source *inventory.Source) error {
	text, err := inventory.ReadTextFile(fsys, name, maxFile)
	if err != nil {
		return err
	}
	source.SHA256 = text.SHA256
	t, err := inventory.ReadCSV(strings.NewReader(text.Text), inventory.CSVOptions{})
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	c, ok := findColumns(t)
	if !ok {
		return fmt.Errorf("reading %s: %w", name, errors.New("no Azure Migrate import: it needs the columns Server name, Cores, Memory (In MB) and OS name"))
	}
	r := reader{builder: b, table: t, columns: c, source: source.ID, file: filepath.Base(name)}
	for _, row := range t.Rows {
		source.Counts["rows"]++
		r.row(row)
	}
	return nil
}

// reader turns the rows of one file into servers.
type reader struct {
	*builder
	columns
	table  *inventory.CSV
	source string
	file   string
	line   inventory.CSVRow
	server string // of the row being read
}

func (r *reader) row(line inventory.CSVRow) {
	r.line, r.server = line, ""
	r.server = r.text(r.name)
	if r.server == "" {
		r.bad("row-without-machine", inventory.Warning, "the row names no server: left out", "fill in Server name")
		return
	}
	s := server{
		name: r.server, system: strings.TrimSpace(r.text(r.columns.system) + " " + r.text(r.version)), hypervisor: r.text(r.hypervisor),
		from: inventory.Origin{Source: r.source, At: r.file, Line: line.Line},
	}
	s.kind = r.kindOf(s.hypervisor)
	s.cores = int(r.number(r.cores, "Cores", maxCores))
	if v := r.number(r.memory, "Memory", maxMiB); v > 0 {
		s.memory = inventory.MiB(v)
	}
	s.cpu, s.memoryUse = r.percent(r.cpuUse, "CPU utilization"), r.percent(r.columns.memoryUse, "Memory utilization")
	if v := r.number(r.used, "Storage in use", maxMiB) * r.usedMiB; v > 0 {
		s.diskUsed = inventory.MiB(v)
	}
	s.disk = r.disk()
	if a := r.text(r.addresses); a != "" {
		s.labels = map[string]string{"ip": a}
	}
	r.servers = append(r.servers, s)
}

// Limits beyond which a figure is a mistake.
const (
	maxCores = 1 << 16
	maxMiB   = 1 << 40
)

// kindOf is what the row says of the server: Physical or Virtual, in English or
// French. Where it says nothing, a hypervisor makes it a guest.
func (r *reader) kindOf(hypervisor string) inventory.Kind {
	switch word := strings.ToLower(r.text(r.kind)); {
	case strings.HasPrefix(word, "phys"):
		return inventory.Physical
	case strings.HasPrefix(word, "virt"), hypervisor != "":
		return inventory.VM
	}
	r.bad("kind-uncertain", inventory.Warning, "the row does not say whether "+r.server+" is physical or virtual; taken for a guest", "fill in Server type")
	return inventory.VM
}

// disk is what is allocated: by its own column, or the sum of the disks.
func (r *reader) disk() inventory.Size {
	if v := r.number(r.allocated, "Storage allocated", maxMiB) * r.allocatedMiB; v > 0 {
		return inventory.MiB(v)
	}
	sum := 0.0
	for _, d := range r.disks {
		sum += r.number(d, r.table.Header[d], maxMiB/1024) * 1024
	}
	if sum == 0 || sum > maxMiB {
		return inventory.Size{}
	}
	return inventory.MiB(sum)
}

// text is a cell; a formula is no value.
func (r *reader) text(column int) string {
	cell := r.line.Cell(column)
	if inventory.IsFormula(cell) {
		r.bad("cell-formula", inventory.Warning, strconv.Quote(cell)+" is a formula, not a value: taken as unknown", "write the value")
		return ""
	}
	return cell
}

// number is a cell as a number from 0 to limit, 0 when there is none.
func (r *reader) number(column int, what string, limit float64) float64 {
	cell := r.text(column)
	if cell == "" {
		return 0
	}
	v, ok := r.table.Number(cell)
	if !ok || v < 0 || v > limit {
		r.bad("cell-unreadable", inventory.Warning, what+" of "+r.server+" is "+strconv.Quote(cell)+", which cannot be: taken as unknown", "correct the row")
		return 0
	}
	return v
}

func (r *reader) percent(column int, what string) inventory.Level {
	cell := strings.TrimSpace(strings.TrimSuffix(r.text(column), "%"))
	if cell == "" {
		return inventory.Level{}
	}
	v, ok := r.table.Number(cell)
	if !ok || v < 0 || v > 100 {
		r.bad("cell-unreadable", inventory.Warning, what+" of "+r.server+" is "+strconv.Quote(cell)+", which is no percentage: taken as unknown", "correct the row")
		return inventory.Level{}
	}
	return inventory.PercentLevel(v)
}

func (r *reader) bad(code string, s inventory.Severity, what, do string) {
	r.find(inventory.Finding{Code: code, Severity: s, What: what, Do: do, Source: r.source, At: r.file, Line: r.line.Line,
		Values: map[string]string{"name": r.server}})
}

// sorted is in order of severity, code and place.
func sorted(findings []inventory.Finding) []inventory.Finding {
	slices.SortStableFunc(findings, func(a, b inventory.Finding) int {
		if a.Code != b.Code {
			return strings.Compare(a.Code, b.Code)
		}
		return strings.Compare(a.Subject, b.Subject)
	})
	return findings
}
