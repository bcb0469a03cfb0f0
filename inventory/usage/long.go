package usage

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"sobre/inventory"
)

// longTable reads a table with a row a value:
//
//	machine,timestamp,metric,value,unit
//	etatcivil,2026-11-21T19:35:00Z,cpu,12.5,%
func (f *file) longTable() error {
	header, _, _ := strings.Cut(f.text, "\n")
	c, _ := longColumns(header)
	r := csv.NewReader(strings.NewReader(f.text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = c.separator, true, -1, true
	if _, err := r.Read(); err != nil {
		return err
	}
	known := map[string]*longSeries{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			return err
		}
		cell := func(i int) string {
			if i < 0 || i >= len(row) {
				return ""
			}
			return row[i]
		}
		name := cell(c.machine) + "\x00" + cell(c.metric) + "\x00" + cell(c.unit) + "\x00" + cell(c.instance)
		s, ok := known[name]
		if !ok {
			s = f.longSeries(cell(c.machine), cell(c.metric), cell(c.unit), cell(c.instance), line)
			known[strings.Clone(name)] = s
		}
		at, okTime := f.clock.read(cell(c.time))
		v, okValue := decimal(cell(c.value))
		if s == nil || !okTime || !okValue || !f.pool.add(s.series, at, v*s.factor) {
			f.skip(line)
		}
	}
}

// longSeries is a series and what its values are multiplied by.
type longSeries struct {
	series *series
	factor float64
}

// longSeries is the series of a row, nil for a metric or unit that says nothing
// of CPU or memory.
func (f *file) longSeries(machine, metric, unit, instance string, line int) *longSeries {
	m, factor, ok := measureOf(metric, unit)
	machine, instance = inventory.CleanText(machine), inventory.CleanText(instance)
	if machine == "" || !ok {
		return nil
	}
	return &longSeries{f.pool.get(key{machine, m, instance}, f.origin(line)), factor}
}

// tableColumns is where in a row of a long table things are.
type tableColumns struct {
	separator                                    rune
	machine, time, metric, value, unit, instance int
}

// longColumns finds the columns of a long table in its header, false where one
// that is needed is missing.
func longColumns(header string) (tableColumns, bool) {
	t, err := inventory.ReadCSV(strings.NewReader(header), inventory.CSVOptions{})
	if err != nil {
		return tableColumns{}, false
	}
	c := tableColumns{
		separator: t.Separator, machine: t.Column(machineColumns()...), time: t.Column("timestamp", "time", "date", "horodatage", "heure", "date heure", "zeitstempel"),
		metric: t.Column("metric", "metrique", "mesure", "counter", "compteur", "metrik"), value: t.Column("value", "valeur", "wert"),
		unit: t.Column("unit", "unite", "einheit"), instance: t.Column("instance", "core", "coeur"),
	}
	return c, c.machine >= 0 && c.time >= 0 && c.metric >= 0 && c.value >= 0
}

// measureOf is the measure that a metric and its unit stand for, and what
// values are multiplied by.
func measureOf(metric, unit string) (m measure, factor float64, ok bool) {
	plain, unit := inventory.PlainHeader(metric), strings.ToLower(strings.TrimSpace(unit))
	words := strings.Fields(strings.ReplaceAll(plain, "_", " "))
	has := func(list ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	available := has("available", "disponible", "free", "libre", "verfugbar")
	switch {
	case has("cpu", "processor", "processeur", "prozessor"):
		return cpuUnit(unit, has("idle", "inactif"))
	case has("memory", "memoire", "mem", "ram", "speicher", "arbeitsspeicher"):
		return memoryUnit(unit, available)
	}
	return 0, 0, false
}

func cpuUnit(unit string, idle bool) (measure, float64, bool) {
	switch {
	case idle:
		return 0, 0, false // not what is used
	case unit == "%" || unit == "percent" || unit == "pct" || unit == "":
		return cpuPercent, 1, true
	case unit == "ratio" || unit == "1" || unit == "fraction":
		return cpuPercent, 100, true
	case unit == "mhz":
		return cpuMHz, 1, true
	case unit == "ghz":
		return cpuMHz, 1000, true
	case unit == "hz":
		return cpuMHz, 1e-6, true
	case unit == "cores" || unit == "core" || unit == "vcpu":
		return cpuCores, 1, true
	}
	return 0, 0, false
}

func memoryUnit(unit string, available bool) (measure, float64, bool) {
	bytes := map[string]float64{
		"b": 1, "bytes": 1, "byte": 1, "octets": 1, "o": 1, "kb": 1 << 10, "kib": 1 << 10, "ko": 1 << 10, "kio": 1 << 10,
		"mb": 1 << 20, "mib": 1 << 20, "mo": 1 << 20, "mio": 1 << 20, "gb": 1 << 30, "gib": 1 << 30, "go": 1 << 30, "gio": 1 << 30,
	}
	factor, isSize := bytes[unit]
	switch {
	case isSize && available:
		return memoryAvailable, factor / (1 << 20), true
	case isSize:
		return memoryMiB, factor / (1 << 20), true
	case available:
		return 0, 0, false
	case unit == "%" || unit == "percent" || unit == "pct":
		return memoryPercent, 1, true
	case unit == "ratio" || unit == "1" || unit == "fraction":
		return memoryPercent, 100, true
	}
	return 0, 0, false
}
