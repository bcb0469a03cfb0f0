package usage

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"
)

var (
	pdhMinutes = regexp.MustCompile(`\((-?\d{1,4})\)"?$`)
	pdhPath    = regexp.MustCompile(`^\\\\([^\\]+)\\(.+)\\([^\\]+)$`)
	pdhObject  = regexp.MustCompile(`^(.*?)\((.*)\)$`)
)

// counter is what a path such as \\HOST\Processor(_Total)\% Processor Time
// counts.
type counter struct {
	measure  measure
	factor   float64
	instance string
	core     bool
}

// parseCounter reads the path of a counter in English, French or German. The
// names are those of Windows' own translations (perfc009, perfc00C, perfc007).
func parseCounter(object, name string) (counter, bool) {
	instance := ""
	if found := pdhObject.FindStringSubmatch(object); found != nil {
		object, instance = found[1], found[2]
	}
	object, name = inventory.PlainHeader(object), inventory.PlainHeader(name)
	switch object {
	case "processor", "processeur", "prozessor", "processor information", "informations sur le processeur", "prozessorinformationen":
		switch name {
		case "processor time", "temps processeur", "prozessorzeit":
			return cpuCounter(instance), true
		}
	case "hyper v hypervisor logical processor", "processeur logique de l hyperviseur hyper v", "logischer prozessor fur hyper v hypervisor":
		switch name {
		case "total run time", "temps d execution total", "gesamtausfuhrungszeit":
			return cpuCounter(instance), true
		}
	case "memory", "memoire", "arbeitsspeicher", "speicher":
		factor := map[string]float64{
			"available mbytes": 1, "megaoctets disponibles": 1, "mo disponibles": 1, "verfugbare mb": 1, "verfugbare mbytes": 1,
			"available kbytes": 1.0 / 1024, "kilo octets disponibles": 1.0 / 1024, "kilooctets disponibles": 1.0 / 1024, "ko disponibles": 1.0 / 1024, "verfugbare kb": 1.0 / 1024,
			"available bytes": 1.0 / (1 << 20), "octets disponibles": 1.0 / (1 << 20), "verfugbare bytes": 1.0 / (1 << 20),
		}[name]
		return counter{measure: memoryAvailable, factor: factor}, factor > 0
	}
	return counter{}, false
}

// cpuCounter is that of one processor or of all: _Total, or 0,_Total of one
// NUMA node, which is left to its cores.
func cpuCounter(instance string) counter {
	if instance == "" || strings.EqualFold(instance, "_Total") {
		return counter{measure: cpuPercent, factor: 1}
	}
	return counter{measure: cpuPercent, factor: 1, instance: instance, core: true}
}

// perfmon reads what perfmon, typeperf and relog write: a column of times and
// one a counter. Times are local and month first in all languages; the zone
// stands in the first header as minutes west of UTC, where it stands at all.
func (f *file) perfmon() error {
	r := csv.NewReader(strings.NewReader(f.text))
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = true, -1, true
	header, _, _ := strings.Cut(f.text, "\n")
	if strings.Contains(header, "PDH-TSV") || strings.Count(header, "\t") > strings.Count(header, ",") {
		r.Comma = '\t'
	} else if strings.Count(header, "\";\"") > strings.Count(header, "\",\"") {
		r.Comma = ';'
	}
	row, err := r.Read()
	if err != nil {
		return err
	}
	f.clock.monthFirst = true
	f.pdhZone(row[0])
	columns, unread := f.pdhColumns(row)
	if len(columns) == 0 {
		return fmt.Errorf("no counter of CPU or memory among %d; %s", len(row)-1, unread)
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		at, ok := f.clock.read(row[0])
		if !ok {
			if len(row) > 1 { // typeperf ends with a sentence
				f.skip(line)
			}
			continue
		}
		for i, c := range columns {
			if i >= len(row) || strings.TrimSpace(row[i]) == "" {
				continue // the first sample of a rate is blank
			}
			v, ok := decimal(row[i])
			if !ok || !f.pool.add(c.series, at, v*c.factor) {
				f.skip(line)
			}
		}
	}
}

// pdhZone takes the zone from "(PDH-CSV 4.0) (Romance Standard Time)(-60)".
func (f *file) pdhZone(cell string) {
	found := pdhMinutes.FindStringSubmatch(strings.TrimSpace(cell))
	if found == nil {
		return
	}
	west, err := strconv.Atoi(found[1])
	if err == nil && west >= -14*60 && west <= 14*60 {
		f.clock.zone, f.clock.told = time.FixedZone("", -west*60), true
	}
}

// pdhColumns finds the counters of CPU and memory among the columns.
func (f *file) pdhColumns(row []string) (map[int]longSeries, string) {
	columns := map[int]longSeries{}
	unread := ""
	for i, cell := range row {
		found := pdhPath.FindStringSubmatch(inventory.CleanText(cell))
		if i == 0 || found == nil {
			continue
		}
		c, ok := parseCounter(found[2], found[3])
		if !ok {
			unread = "the first is " + strconv.Quote(found[2]+`\`+found[3])
			continue
		}
		s := f.pool.get(key{found[1], c.measure, c.instance}, f.origin(1))
		s.core = c.core
		columns[i] = longSeries{s, c.factor}
	}
	return columns, unread
}

// isPRTG tells the header of PRTG's historic data: every name comes twice, the
// second time for the raw value.
func isPRTG(header string) bool {
	t, err := inventory.ReadCSV(strings.NewReader(header), inventory.CSVOptions{})
	if err != nil || len(t.Header) < 4 {
		return false
	}
	raw, ok := strings.CutSuffix(t.Header[1], "(RAW)")
	return ok && raw == t.Header[0]
}

// prtg reads PRTG's historic data of one sensor. It names no machine: the file
// does ("etatcivil.csv", "etatcivil cpu.csv"). Raw times are days since
// 1899-12-30 in UTC.
func (f *file) prtg() error {
	t, err := inventory.ReadCSV(strings.NewReader(f.text), inventory.CSVOptions{})
	if err != nil {
		return err
	}
	machine := machineOfFile(f.stem)
	columns := map[int]longSeries{}
	coverage := -1
	for i, h := range t.Header {
		channel, raw := strings.CutSuffix(h, "(RAW)")
		if !raw {
			if plain := inventory.PlainHeader(h); plain == "coverage" || plain == "couverture" || plain == "abdeckung" {
				coverage = i
			}
			continue
		}
		if m, factor, ok := prtgChannel(channel, firstUnit(t, i-1)); ok {
			s := f.pool.get(key{machine, m, ""}, f.origin(1))
			s.guessed = "the name of the file"
			columns[i] = longSeries{s, factor}
		}
	}
	if len(columns) == 0 {
		return fmt.Errorf("no channel of CPU or memory among %q", t.Header)
	}
	for _, row := range t.Rows {
		days, err := strconv.ParseFloat(strings.Replace(row.Cell(1), ",", ".", 1), 64)
		if err != nil {
			continue // sums and averages at the end
		}
		at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(days * float64(24*time.Hour))).Round(time.Second)
		if strings.HasPrefix(row.Cell(coverage), "0 ") || row.Cell(coverage) == "0" {
			continue // nothing was measured then
		}
		for i, c := range columns {
			cell := row.Cell(i)
			if cell == "" {
				continue
			}
			v, ok := decimal(cell)
			if c.factor < 0 {
				v = 100 - v // available, in percent
			}
			if !ok || days < 20_000 || days > 100_000 || !f.pool.add(c.series, at, max(v, 0)*max(c.factor, -c.factor)) {
				f.skip(row.Line)
			}
		}
	}
	return nil
}

// prtgChannel is what a channel of a sensor measures; a negative factor stands
// for percent that are available.
func prtgChannel(channel, unit string) (measure, float64, bool) {
	plain := inventory.PlainHeader(channel)
	switch {
	case unit == "%" && (plain == "total" || plain == "summe" || plain == "cpu load" || plain == "charge cpu" || plain == "cpu"):
		return cpuPercent, 1, true
	case strings.Contains(plain, "percent available memory"), strings.Contains(plain, "memoire disponible en pourcentage"), strings.Contains(plain, "pourcentage de memoire disponible"),
		strings.Contains(plain, "prozent verfugbarer speicher"), strings.Contains(plain, "verfugbarer speicher prozent"):
		return memoryPercent, -1, true
	case plain == "available memory", plain == "memoire disponible", plain == "verfugbarer speicher":
		return memoryAvailable, 1.0 / (1 << 20), true // raw values are bytes
	case unit == "%" && (plain == "memory usage" || plain == "memory consumed percent" || plain == "utilisation de la memoire"):
		return memoryPercent, 1, true
	}
	return 0, 0, false
}

// firstUnit is what stands behind the number in the first value of a column.
func firstUnit(t *inventory.CSV, column int) string {
	for _, row := range t.Rows {
		if cell := row.Cell(column); cell != "" {
			return strings.TrimSpace(strings.TrimLeft(cell, "0123456789., \u00a0<"))
		}
	}
	return ""
}

// machineOfFile is the machine that a file is named after, without the word for
// what was measured.
func machineOfFile(stem string) string {
	words := strings.FieldsFunc(stem, func(r rune) bool { return r == ' ' || r == '_' })
	for len(words) > 1 {
		switch strings.ToLower(words[len(words)-1]) {
		case "cpu", "mem", "memory", "ram", "memoire", "mémoire", "load", "prtg", "historic", "data":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	return inventory.CleanText(strings.Join(words, "_"))
}
