package audit

import (
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"
)

// Field is how far one fact can be trusted over all machines it applies to.
// Stale, defaulted and conflicting ones are among those present; one record may
// be several of them.
type Field struct {
	Of          string `json:"of" yaml:"of"`                   // hosts | workloads
	Field       string `json:"field" yaml:"field"`             // as files name it: "cpu.cores"
	Records     int    `json:"records" yaml:"records"`         // that should have it
	Present     int    `json:"present" yaml:"present"`         // that do
	Stale       int    `json:"stale" yaml:"stale"`             // of machines not heard of for long
	Defaulted   int    `json:"defaulted" yaml:"defaulted"`     // from a table of models, not from the machine
	Conflicting int    `json:"conflicting" yaml:"conflicting"` // inventories or registers disagree
	Matters     string `json:"matters" yaml:"matters"`         // what rests on it
}

// defaultSigns mark the method of an origin that filled a gap from a table.
var defaultSigns = []string{"table of processor", "catalogue of hosts"}

// IsDefault tells whether a method is that of a gap filled from a table.
func IsDefault(method string) bool {
	return slices.ContainsFunc(defaultSigns, func(sign string) bool { return strings.Contains(method, sign) })
}

// fact is one column of the quality table.
type fact[R any] struct {
	name, matters string
	known         func(*R) bool
}

func hostFacts() []fact[inventory.Host] {
	type H = inventory.Host
	return []fact[H]{
		{"cpu.cores", "size", func(h *H) bool { return h.CPU.Cores > 0 }},
		{"cpu.clock", "size", func(h *H) bool { return h.CPU.Clock.Known() }},
		{"cpu.model", "throughput and power", func(h *H) bool { return h.CPU.Model != "" }},
		{"memory", "size", func(h *H) bool { return h.Memory.Known() }},
		{"model", "power", func(h *H) bool { return h.Model != "" }},
		{"serial", "telling machines apart", func(h *H) bool { return h.Serial != "" || h.UUID != "" }},
		{"year", "age and manufacture", func(h *H) bool { return h.Year > 0 }},
		{"power", "electricity", func(h *H) bool { return !h.Power.IsZero() }},
		{"site", "electricity and rules", func(h *H) bool { return h.Site != "" }},
	}
}

func workloadFacts(v *view) []fact[inventory.Workload] {
	type W = inventory.Workload
	return []fact[W]{
		{"use.cpu", "how many fit on a host", func(w *W) bool { return !v.cpuUse(w).IsZero() }},
		{"use.memory", "how many fit on a host", func(w *W) bool { return !v.memoryUse(w).IsZero() }},
		{"vcpus", "size", func(w *W) bool { return w.VCPUs > 0 }},
		{"memory", "size", func(w *W) bool { return w.Memory.Known() }},
		{"disk", "storage and time to move", func(w *W) bool { return w.Disk.Known() }},
		{"os", "licences and support", func(w *W) bool { return w.OS != "" }},
		{"host", "where it runs today", func(w *W) bool { return w.Host != "" }},
		{"service", "who is told, and footprint by service", func(w *W) bool { return w.Service != "" }},
	}
}

func (v *view) quality() []Field {
	var out []Field
	conflicts := v.conflicts()
	for _, f := range hostFacts() {
		q := Field{Of: "hosts", Field: f.name, Matters: f.matters}
		for i := range v.estate.Hosts {
			h := &v.estate.Hosts[i]
			if inService(h) {
				v.rate(&q, h.ID, f.known(h), h.From, conflicts)
			}
		}
		out = append(out, q)
	}
	for _, f := range workloadFacts(v) {
		q := Field{Of: "workloads", Field: f.name, Matters: f.matters}
		for i := range v.estate.Workloads {
			w := &v.estate.Workloads[i]
			if runs(w) {
				v.rate(&q, w.ID, f.known(w), w.From, conflicts)
			}
		}
		out = append(out, q)
	}
	return slices.DeleteFunc(out, func(q Field) bool { return q.Records == 0 })
}

// doubt is a fact of a machine that sources tell differently.
type doubt struct{ id, field string }

func (v *view) conflicts() map[doubt]bool {
	out := map[doubt]bool{}
	for _, c := range v.options.Conflicts {
		out[doubt{c.ID, c.Field}] = true
	}
	for _, f := range v.estate.Findings {
		switch f.Code {
		case "register-disagrees", "figures-differ":
			field := f.Values["field"]
			if field == "cores" {
				field = "cpu.cores"
			}
			out[doubt{f.Subject, field}] = true
		}
	}
	return out
}

// rate counts one record in a field.
func (v *view) rate(q *Field, id string, known bool, from []inventory.Origin, conflicts map[doubt]bool) {
	q.Records++
	if !known {
		return
	}
	q.Present++
	if v.stale[id] {
		q.Stale++
	}
	if conflicts[doubt{id, q.Field}] {
		q.Conflicting++
	}
	for _, o := range from {
		named := slices.ContainsFunc(o.Fields, func(f string) bool {
			return f == q.Field || strings.HasPrefix(q.Field, f+".") || strings.HasPrefix(f, q.Field+".")
		})
		if named && IsDefault(o.Method) {
			q.Defaulted++
			return
		}
	}
}

// cannot says what no data allows to compute, in words.
func (v *view) cannot() []string {
	var out []string
	lacks := func(of, field, format string) {
		for _, q := range v.qualityOf(of, field) {
			if n := q.Records - q.Present; n > 0 {
				out = append(out, fmt.Sprintf(format, n, q.Records))
			}
		}
	}
	lacks("workloads", "use.cpu", "how busy %d of %d machines are: no measure of their CPU")
	lacks("workloads", "use.memory", "how much memory %d of %d machines use: no measure")
	if n, all := v.oneLook(); n > 0 {
		out = append(out, fmt.Sprintf("how busy %d of %d machines are over time: they were seen at one moment only", n, all))
	}
	if !v.day.Known() {
		out = append(out, "ages and states of support: the inventory has no date (--day gives one)")
	}
	lacks("hosts", "year", "how old %d of %d servers are")
	lacks("hosts", "power", "what %d of %d servers draw: no power figure, it is estimated from their model")
	lacks("workloads", "os", "whether the systems of %d of %d machines are still mended: they are unknown")
	if n := v.unlisted(); n > 0 {
		out = append(out, fmt.Sprintf("whether the systems of %d machines are still mended: the table of releases does not hold them", n))
	}
	if len(v.estate.Datastores) > 0 || v.hasGuests() {
		out = append(out, "disks that no machine has: only a look into the datastores tells")
	}
	out = append(out, "disk and network throughput: no inventory read so far tells of them", "which machines depend on one another")
	return out
}

func (v *view) qualityOf(of, field string) []Field {
	return slices.DeleteFunc(v.quality(), func(q Field) bool { return q.Of != of || q.Field != field })
}

func (v *view) oneLook() (n, all int) {
	for i := range v.estate.Workloads {
		w := &v.estate.Workloads[i]
		if !runs(w) {
			continue
		}
		all++
		if s := v.cpuUse(w); s.Now.Known() && *s == (inventory.Stat{Now: s.Now}) {
			n++
		}
	}
	return n, all
}

// unlisted is how many systems are named and not in the table of releases.
func (v *view) unlisted() int {
	n := 0
	for i := range v.estate.Workloads {
		w := &v.estate.Workloads[i]
		if _, ok := inventory.LookUpOS(w.OS); runs(w) && w.OS != "" && !ok {
			n++
		}
	}
	return n
}

func (v *view) hasGuests() bool {
	return slices.ContainsFunc(v.estate.Workloads, func(w inventory.Workload) bool { return w.Kind == inventory.VM })
}
