package table

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Estate makes an estate of a table that stands alone: a row is a physical
// server with the system on it, a hypervisor where other rows run on it, or a
// guest. What a row is, its column kind says; else it is a guest where it has a
// host or vCPUs, and a physical server where not, which is said.
func (r *Register) Estate() *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version, Sources: []inventory.Source{r.source}}
	e.Findings = slices.Clone(r.findings)
	if r.unsaid > 0 {
		e.Findings = append(e.Findings, r.about(0, inventory.Finding{
			Code: "findings-cut", Severity: inventory.Warning, What: "further cells that cannot be used: " + strconv.Itoa(r.unsaid),
			Do: "check the mapping file", Values: map[string]string{"findings": strconv.Itoa(r.unsaid)},
		}))
	}
	rows := slices.Clone(r.rows)
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Or(strings.Compare(a.label(), b.label()), cmp.Compare(a.line, b.line)) })
	m := maker{Register: r, estate: e, hosting: map[string]bool{}, hostIDs: map[string]string{}}
	for _, row := range rows {
		if row.host != "" {
			m.hosting[nameKey(row.host)] = true
		}
	}
	m.all(rows)
	slices.SortFunc(e.Hosts, func(a, b inventory.Host) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(e.Workloads, func(a, b inventory.Workload) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(e.Chassis, func(a, b inventory.Chassis) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(e.Sites, func(a, b inventory.Site) int { return strings.Compare(a.Name, b.Name) })
	return e
}

// label is what a row is sorted and called by.
func (r *row) label() string { return strings.ToLower(cmp.Or(r.name, r.serial, r.uuid)) }

// maker makes the machines of a table.
type maker struct {
	*Register
	estate  *inventory.Estate
	hosting map[string]bool   // names that other rows run on
	hostIDs map[string]string // ID by name
	hosts   inventory.IDs
	works   inventory.IDs
	assumed int
	lost    []string // hosts that are named and have no row
}

func (m *maker) all(rows []row) {
	var guests []row
	for _, r := range rows {
		if m.isGuest(&r) {
			guests = append(guests, r)
			continue
		}
		m.server(&r)
	}
	for _, r := range guests {
		m.guest(&r)
	}
	if m.assumed > 0 {
		m.say(inventory.Warning, "kind-uncertain", "rows that do not say whether they are physical or virtual, taken for physical servers: "+strconv.Itoa(m.assumed),
			"map a column to kind (physical, vm) or to host", "machines", strconv.Itoa(m.assumed))
	}
	slices.Sort(m.lost)
	if lost := slices.Compact(m.lost); len(lost) > 0 {
		m.say(inventory.Warning, "host-unknown", "hosts that guests run on and that have no row: "+strings.Join(lost, ", "), "add a row for each", "hosts", strings.Join(lost, ", "))
	}
}

func (m *maker) say(s inventory.Severity, code, what, do, key, value string) {
	m.estate.Findings = append(m.estate.Findings, m.about(0, inventory.Finding{Code: code, Severity: s, What: what, Do: do, Values: map[string]string{key: value}}))
}

// isGuest tells whether a row is a guest.
func (m *maker) isGuest(r *row) bool {
	word := inventory.PlainHeader(r.kind)
	switch {
	case strings.HasPrefix(word, "vm"), strings.HasPrefix(word, "virt"), strings.HasPrefix(word, "guest"), strings.HasPrefix(word, "machine virt"):
		return true
	case word != "":
		return false
	case r.host != "" || r.vcpus > 0:
		return true
	}
	if !m.hosting[nameKey(r.name)] && r.serial == "" && r.maker == "" && r.model == "" {
		m.assumed++
	}
	return false
}

// server adds a physical machine, and the system on it unless it runs guests.
func (m *maker) server(r *row) {
	h := inventory.Host{ID: m.hosts.Unique(inventory.PlainID(r.label())), Name: cmp.Or(r.name, r.serial), Role: inventory.Standalone, UUID: r.uuid}
	m.addSite(m.estate, r)
	m.addChassis(m.estate, r)
	word := inventory.PlainHeader(r.kind)
	if m.hosting[nameKey(r.name)] && r.name != "" || strings.HasPrefix(word, "hyper") || strings.HasPrefix(word, "esx") {
		h.Role, h.OS = inventory.Hypervisor, r.os
	}
	if r.name != "" {
		m.hostIDs[nameKey(r.name)] = h.ID
	}
	if stateOf(r.state) == inventory.Off {
		h.State = inventory.HostOff
	}
	var systems []*inventory.Workload
	if h.Role == inventory.Standalone {
		w := inventory.Workload{ID: m.works.Unique(h.ID + "-os"), Name: h.Name, Kind: inventory.Physical, Host: h.ID, State: stateOf(r.state)}
		systems = append(systems, &w)
	}
	m.fill(r, &h, systems)
	m.fromModel(r, &h)
	m.estate.Hosts = append(m.estate.Hosts, h)
	for _, w := range systems {
		if w.VCPUs == 0 {
			w.VCPUs = cmp.Or(h.CPU.Threads, h.CPU.Cores)
		}
		m.estate.Workloads = append(m.estate.Workloads, *w)
		m.lacks(r, h.ID, h.CPU.Cores == 0, !h.Memory.Known())
	}
	if len(systems) == 0 {
		m.lacks(r, h.ID, h.CPU.Cores == 0, !h.Memory.Known())
	}
}

// fromModel fills what the table of processors knows of the model.
func (m *maker) fromModel(r *row, h *inventory.Host) {
	known, ok := inventory.LookUpCPU(h.CPU.Model)
	if !ok {
		return
	}
	var f fields
	if h.CPU.Sockets > 0 {
		keep(&f, "cpu.cores", &h.CPU.Cores, known.Cores*h.CPU.Sockets)
		keep(&f, "cpu.threads", &h.CPU.Threads, known.Threads*h.CPU.Sockets)
	}
	keep(&f, "cpu.clock", &h.CPU.Clock, known.Clock)
	if len(f) > 0 {
		h.From = append(h.From, inventory.Origin{Source: m.source.ID, At: m.file, Line: r.line, Fields: f, Method: "table of processors: " + known.Name})
	}
}

func (m *maker) guest(r *row) {
	w := inventory.Workload{ID: m.works.Unique(inventory.PlainID(r.label())), Name: cmp.Or(r.name, r.serial), Kind: inventory.VM, UUID: r.uuid, State: stateOf(r.state)}
	m.fill(r, nil, []*inventory.Workload{&w})
	var f fields
	set(&f, "memory", &w.Memory, r.memory)
	set(&f, "disk", &w.Disk, r.disk)
	keep(&f, "vcpus", &w.VCPUs, r.cpu.Cores)
	if r.host != "" {
		w.Host = m.hostIDs[nameKey(r.host)]
		if w.Host == "" {
			m.lost = append(m.lost, r.host)
		}
	}
	w.From = []inventory.Origin{{Source: m.source.ID, At: m.file, Line: r.line}}
	m.estate.Workloads = append(m.estate.Workloads, w)
	m.lacks(r, w.ID, w.VCPUs == 0, !w.Memory.Known())
}

// stateOf reads a word of a state, in English or French; on where it says nothing.
func stateOf(word string) inventory.WorkloadState {
	switch plain := inventory.PlainHeader(word); {
	case plain == "off", plain == "poweredoff", plain == "stopped", strings.HasPrefix(plain, "arret"), strings.HasPrefix(plain, "etein"):
		return inventory.Off
	case strings.HasPrefix(plain, "suspend"):
		return inventory.Suspended
	case plain == "template", plain == "modele":
		return inventory.Template
	}
	return inventory.On
}

func (m *maker) lacks(r *row, id string, cores, memory bool) {
	for _, lack := range []struct {
		missing    bool
		code, what string
	}{{cores, "cores-unknown", "cores"}, {memory, "memory-unknown", "memory"}} {
		if lack.missing {
			m.estate.Findings = append(m.estate.Findings, m.about(r.line, inventory.Finding{Code: lack.code, Severity: inventory.Warning, Subject: id,
				What: "the row does not say the " + lack.what + " of the machine", Do: "fill it in, or map its column", Values: map[string]string{"name": cmp.Or(r.name, r.serial)}}))
		}
	}
}
