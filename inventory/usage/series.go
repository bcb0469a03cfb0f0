package usage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"
)

// SeriesOptions says how to read series; its zero value is good.
type SeriesOptions struct {
	FS fs.FS // where paths are looked up; nil: this machine's files
	// Zone is where times without a zone are, and whose hours profiles count;
	// nil: UTC, which is the same on every machine.
	Zone *time.Location
}

// Series is what monitoring systems measured, as read: what Enrich sums up and
// adds to an estate.
type Series struct {
	sources  []inventory.Source
	pool     *pool
	zone     *time.Location
	findings []inventory.Finding
	unsaid   int
	items    map[string]item // of Zabbix, by number
	waiting  []waiting       // values of Zabbix whose item is not known yet
	noZone   map[string]bool // sources whose times have no zone
}

// maxSeriesFile bounds one file; 5 million values have 200 MB as CSV.
const maxSeriesFile = 256 << 20

// format is what a file of series is.
type format int

const (
	noSeries format = iota
	longTable
	sadfTable
	sadfJSON
	sarText
	perfmon
	prtg
	zabbix
	prometheus
)

// String is what sources and findings call the format.
func (f format) String() string {
	return [...]string{"", "table of samples", "sadf -d", "sadf -j", "sar", "perfmon", "PRTG", "Zabbix", "Prometheus"}[f]
}

var (
	sarBanner      = regexp.MustCompile(`^(Linux|SunOS|AIX)\s+\S+\s+\(([^)\n]*)\)\s+(\d\S*)`)
	zabbixSign     = regexp.MustCompile(`"itemid"\s*:\s*"?\d`)
	zabbixValue    = regexp.MustCompile(`"(clock|key_)"\s*:\s*"`)
	prometheusSign = regexp.MustCompile(`"resultType"\s*:\s*"matrix"`)
	sysstatSign    = regexp.MustCompile(`^\s*\{\s*"sysstat"\s*:`)
)

// formatOf tells what series a file holds by its first bytes.
func formatOf(head []byte) format {
	plain := bytes.ReplaceAll(head, []byte{0}, nil) // of UTF-16, enough to recognise it by
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		plain = bytes.TrimPrefix(plain, []byte(mark))
	}
	text := strings.TrimLeft(inventory.DecodeText(plain), "\ufeff \r\n")
	first, _, _ := strings.Cut(text, "\n")
	if sep, _, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(strings.Trim(sep, "\"\r")), "sep=") {
		_, rest, _ := strings.Cut(text, "\n")
		first, _, _ = strings.Cut(rest, "\n")
	}
	switch {
	case strings.Contains(first[:min(len(first), 64)], "(PDH-CSV") || strings.Contains(first[:min(len(first), 64)], "(PDH-TSV"):
		return perfmon
	case strings.HasPrefix(first, "# hostname;interval;timestamp"):
		return sadfTable
	case sarBanner.MatchString(first):
		return sarText
	case sysstatSign.MatchString(text):
		return sadfJSON
	case strings.HasPrefix(text, "{") && prometheusSign.MatchString(text):
		return prometheus
	case strings.HasPrefix(text, "{") || strings.HasPrefix(text, "["):
		if zabbixSign.MatchString(text) && zabbixValue.MatchString(text) {
			return zabbix
		}
		return noSeries
	case isPRTG(first):
		return prtg
	}
	if _, ok := longColumns(first); ok {
		return longTable
	}
	return noSeries
}

// RecogniseSeries tells from the first bytes of a file (up to 64 KiB) whether
// it holds measured series that ReadSeries reads. The name does not matter.
func RecogniseSeries(head []byte, _ string) bool { return formatOf(head) != noSeries }

// ReadSeries reads the files together: a series may go on from one to the
// next. What cannot be read becomes a finding; an error means that nothing
// could, or that ctx ended.
func ReadSeries(ctx context.Context, paths []string, o SeriesOptions) (*Series, error) {
	s := &Series{pool: newPool(), zone: o.Zone, items: map[string]item{}, noZone: map[string]bool{}}
	if s.zone == nil {
		s.zone = time.UTC
	}
	var failed []error
	for i, p := range paths {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		source := inventory.Source{ID: "series", Kind: "usage", Path: p, Counts: map[string]int{}}
		if i > 0 {
			source.ID += "-" + strconv.Itoa(i+1)
		}
		if err := s.read(o.FS, p, &source); err != nil {
			failed = append(failed, fmt.Errorf("reading %s: %w", p, err))
		}
		s.sources = append(s.sources, source)
	}
	s.settle()
	if len(s.pool.series) == 0 {
		return nil, errors.Join(append(failed, fmt.Errorf("no use of CPU or memory in %s", strings.Join(paths, ", ")))...)
	}
	if s.pool.full {
		s.find(inventory.Finding{Code: "values-cut", Severity: inventory.Error, What: "there are more values than " + strconv.Itoa(maxPoints) + ": those beyond are missing", Do: "give a shorter time or fewer machines at once"})
	}
	return s, nil
}

// read reads one file.
func (s *Series) read(fsys fs.FS, path string, source *inventory.Source) error {
	text, err := inventory.ReadTextFile(fsys, path, maxSeriesFile)
	if err == nil {
		source.SHA256 = text.SHA256
		f := &file{Series: s, text: text.Text, stem: inventory.FileStem(path), at: filepath.Base(path), source: source.ID, clock: clock{zone: s.zone}}
		kind := formatOf([]byte(text.Text[:min(len(text.Text), 64<<10)]))
		source.Tool = kind.String()
		before := s.pool.points
		err = f.parse(kind)
		source.Counts["values"] = s.pool.points - before
		if f.bad > 0 {
			source.Counts["unreadable"] = f.bad
			s.find(inventory.Finding{Code: "values-unreadable", Severity: inventory.Warning, Source: source.ID, At: f.at, Line: f.badLine,
				What: "values or rows that cannot be read were left out: " + strconv.Itoa(f.bad) + ", the first here", Do: "check the export",
				Values: map[string]string{"values": strconv.Itoa(f.bad)}})
		}
		if f.clock.assumed {
			s.noZone[source.ID] = true
		}
	}
	if err != nil {
		s.find(inventory.Finding{Code: "document-unreadable", Severity: inventory.Error, Source: source.ID, At: filepath.Base(path),
			What: "cannot be read: " + inventory.CleanText(err.Error()) + ": what it measured is missing", Do: "export it again",
			Values: map[string]string{"cause": inventory.CleanText(err.Error())}})
	}
	return err
}

// file is one file that is being read.
type file struct {
	*Series
	text, stem string
	at, source string
	clock      clock
	bad        int // values or rows that cannot be read
	badLine    int // the first of them
}

func (f *file) parse(kind format) error {
	switch kind {
	case longTable:
		return f.longTable()
	case sadfTable:
		return f.sadf()
	case sadfJSON:
		return f.sysstatJSON()
	case sarText:
		return f.sar()
	case perfmon:
		return f.perfmon()
	case prtg:
		return f.prtg()
	case zabbix:
		return f.zabbix()
	case prometheus:
		return f.prometheus()
	}
	return errors.New("no series of a kind that is known")
}

// skip counts a value or row that cannot be read.
func (f *file) skip(line int) {
	if f.bad++; f.badLine == 0 {
		f.badLine = line
	}
}

func (f *file) origin(line int) inventory.Origin {
	return inventory.Origin{Source: f.source, At: f.at, Line: line}
}

// lines calls visit with each line and its number, from 1.
func (f *file) lines(visit func(n int, line string)) {
	rest := f.text
	for n := 1; rest != ""; n++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		visit(n, strings.TrimRight(line, "\r"))
	}
}

// maxSeriesFindings is how many remarks are told one by one.
const maxSeriesFindings = 1000

func (s *Series) find(f inventory.Finding) {
	if len(s.findings) >= maxSeriesFindings {
		s.unsaid++
		return
	}
	s.findings = append(s.findings, f)
}

// decimal reads a number with a point or a comma.
func decimal(text string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
	return v, err == nil
}
