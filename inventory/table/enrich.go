package table

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Enrich adds what the register knows to the machines of an estate. A row is
// joined by UUID, else by serial number, else by name where only one machine
// has it. What a person entered (site, service, owner, dates, price, labels) is
// taken from the register; what an agent measured (processors, memory) only
// where the estate does not know it. What does not join is a finding.
func (r *Register) Enrich(e *inventory.Estate) {
	j := newJoin(e)
	r.source.ID = e.SourceID(r.source.ID)
	e.Sources = append(e.Sources, r.source)
	for _, f := range r.findings {
		e.Findings = append(e.Findings, r.about(f.Line, f))
	}
	if r.unsaid > 0 {
		e.Findings = append(e.Findings, r.about(0, inventory.Finding{
			Code: "findings-cut", Severity: inventory.Warning, What: "further cells that cannot be used: " + strconv.Itoa(r.unsaid),
			Do: "check the mapping file", Values: map[string]string{"findings": strconv.Itoa(r.unsaid)},
		}))
	}
	joined := map[string]int{} // host or workload → line
	for i := range r.rows {
		row := &r.rows[i]
		h, w, how := j.find(row)
		if h == nil && w == nil {
			e.Findings = append(e.Findings, r.unmatched(row, j))
			continue
		}
		id := idOf(h, w)
		if first, twice := joined[id]; twice {
			e.Findings = append(e.Findings, r.about(row.line, inventory.Finding{
				Code: "row-twice", Severity: inventory.Warning, Subject: id, Do: "keep one of the two",
				What:   "line " + strconv.Itoa(first) + " of the register is about the same machine: this row was left out",
				Values: map[string]string{"line": strconv.Itoa(first)},
			}))
			continue
		}
		joined[id] = row.line
		r.addSite(e, row)
		r.addChassis(e, row)
		e.Findings = append(e.Findings, r.conflicts(row, h, how)...)
		r.fill(row, h, j.systems(h, w))
	}
	slices.SortFunc(e.Chassis, func(a, b inventory.Chassis) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(e.Sites, func(a, b inventory.Site) int { return strings.Compare(a.Name, b.Name) })
	r.notInRegister(e, joined)
}

func idOf(h *inventory.Host, w *inventory.Workload) string {
	if h != nil {
		return h.ID
	}
	return w.ID
}

// about says that a finding is about a line of the register, 0 for the whole.
func (r *Register) about(line int, f inventory.Finding) inventory.Finding {
	f.Source, f.At, f.Line = r.source.ID, r.file, line
	return f
}

// fill writes a row into the host and the workloads it is about, and says which
// fields of them now come from the register.
func (r *Register) fill(row *row, h *inventory.Host, systems []*inventory.Workload) {
	if h != nil {
		var f fields
		set(&f, "site", &h.Site, row.site)
		set(&f, "chassis", &h.Chassis, row.chassis)
		set(&f, "owner", &h.Owner, row.owner)
		set(&f, "purchased", &h.Purchased, row.purchased)
		set(&f, "maintained", &h.Maintained, row.maintained)
		set(&f, "price", &h.Price, row.price)
		keep(&f, "serial", &h.Serial, row.serial)
		keep(&f, "make", &h.Make, row.maker)
		keep(&f, "model", &h.Model, row.model)
		keep(&f, "cpu.model", &h.CPU.Model, row.cpu.Model)
		keep(&f, "cpu.threads", &h.CPU.Threads, row.cpu.Threads)
		keep(&f, "year", &h.Year, row.year)
		keep(&f, "cpu.sockets", &h.CPU.Sockets, row.cpu.Sockets)
		keep(&f, "cpu.cores", &h.CPU.Cores, row.cpu.Cores)
		keep(&f, "cpu.clock", &h.CPU.Clock, row.cpu.Clock)
		keep(&f, "memory", &h.Memory, row.memory)
		keep(&f, "disk", &h.Disk, row.disk)
		keep(&f, "power.idle", &h.Power.Idle, row.power.Idle)
		keep(&f, "power.max", &h.Power.Max, row.power.Max)
		set(&f, "power.metered", &h.Power.Metered, row.power.Metered)
		if row.purchased.Known() {
			keep(&f, "year", &h.Year, row.purchased.Time().Year())
		}
		h.Labels = r.labels(&f, h.Labels, row)
		h.From = r.origin(h.From, row, f)
	}
	for _, w := range systems {
		var f fields
		set(&f, "service", &w.Service, row.service)
		keep(&f, "os", &w.OS, row.os)
		if w.Kind == inventory.Physical {
			keep(&f, "vcpus", &w.VCPUs, row.cpu.Cores)
			keep(&f, "memory", &w.Memory, row.memory)
			keep(&f, "disk", &w.Disk, row.disk)
		} else {
			keep(&f, "vcpus", &w.VCPUs, row.vcpus)
		}
		keep(&f, "disk_used", &w.DiskUsed, row.diskUsed)
		w.Labels = r.labels(&f, w.Labels, row)
		w.From = r.origin(w.From, row, f)
	}
}

// fields are the names of those that a row gave.
type fields []string

// set takes a value of the register where it has one.
func set[T comparable](f *fields, name string, into *T, value T) {
	var unknown T
	if value != unknown {
		*into = value
		*f = append(*f, name)
	}
}

// keep takes a value of the register only where the estate has none.
func keep[T comparable](f *fields, name string, into *T, value T) {
	var unknown T
	if *into == unknown {
		set(f, name, into, value)
	}
}

func (r *Register) labels(f *fields, labels map[string]string, row *row) map[string]string {
	if len(row.labels) == 0 {
		return labels
	}
	// A host and its system may share one map: change neither's.
	labels = maps.Clone(labels)
	if labels == nil {
		labels = map[string]string{}
	}
	for _, l := range slices.Sorted(maps.Keys(row.labels)) {
		labels[l] = row.labels[l]
		*f = append(*f, "labels."+l)
	}
	return labels
}

func (r *Register) origin(from []inventory.Origin, row *row, f fields) []inventory.Origin {
	if len(f) == 0 {
		return from
	}
	return append(from, inventory.Origin{Source: r.source.ID, At: r.file, Line: row.line, Fields: f})
}

// conflicts says where register and inventory disagree on what a machine is.
func (r *Register) conflicts(row *row, h *inventory.Host, how string) []inventory.Finding {
	if h == nil {
		return nil
	}
	var out []inventory.Finding
	disagree := func(field, mine, theirs string) {
		if mine == "" || theirs == "" || strings.EqualFold(mine, theirs) {
			return
		}
		out = append(out, r.about(row.line, inventory.Finding{
			Code: "register-disagrees", Severity: inventory.Note, Subject: h.ID, Do: "correct the register",
			What:   "the register says " + field + " " + strconv.Quote(theirs) + ", the inventory " + strconv.Quote(mine) + ": the inventory counts",
			Values: map[string]string{"field": field, "register": theirs, "inventory": mine},
		}))
	}
	if how != "serial" {
		disagree("serial", h.Serial, row.serial)
	}
	disagree("memory", h.Memory.String(), row.memory.String())
	if row.cpu.Cores != 0 && h.CPU.Cores != 0 {
		disagree("cores", strconv.Itoa(h.CPU.Cores), strconv.Itoa(row.cpu.Cores))
	}
	return out
}

// addSite makes sure that the site of a machine exists.
func (r *Register) addSite(e *inventory.Estate, row *row) {
	if row.site == "" || slices.ContainsFunc(e.Sites, func(s inventory.Site) bool { return s.Name == row.site }) {
		return
	}
	e.Sites = append(e.Sites, inventory.Site{Name: row.site, Country: r.country,
		From: []inventory.Origin{{Source: r.source.ID, At: r.file, Line: row.line}}})
}

// addChassis makes sure that the enclosure of a machine exists.
func (r *Register) addChassis(e *inventory.Estate, row *row) {
	if row.chassis == "" || slices.ContainsFunc(e.Chassis, func(c inventory.Chassis) bool { return c.ID == row.chassis }) {
		return
	}
	e.Chassis = append(e.Chassis, inventory.Chassis{ID: row.chassis, Name: row.chassis, Site: row.site,
		From: []inventory.Origin{{Source: r.source.ID, At: r.file, Line: row.line}}})
}

// unmatched says why a row joined nothing.
func (r *Register) unmatched(row *row, j join) inventory.Finding {
	what, do := "the inventory has no machine "+strings.TrimSpace(row.name+" "+row.serial), "check whether it is off, retired, or without agent"
	if n := len(j.byName[nameKey(row.name)]) + len(j.guests[nameKey(row.name)]); row.name != "" && n > 1 {
		what, do = strconv.Itoa(n)+" machines are called "+row.name+" and no serial number tells which is meant", "add the serial number to the register"
	}
	return r.about(row.line, inventory.Finding{Code: "row-unmatched", Severity: inventory.Note, What: what, Do: do,
		Values: map[string]string{"name": row.name, "serial": row.serial}})
}

// notInRegister says which hosts the register does not know.
func (r *Register) notInRegister(e *inventory.Estate, joined map[string]int) {
	for _, h := range e.Hosts {
		if _, ok := joined[h.ID]; ok {
			continue
		}
		e.Findings = append(e.Findings, r.about(0, inventory.Finding{
			Code: "host-not-in-register", Severity: inventory.Note, Subject: h.ID, Do: "add it to the register",
			What: "the register does not know the machine: its site, age and owner stay unknown", Values: map[string]string{"name": h.Name},
		}))
	}
}
