package ocs

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// composer builds the estate from machines.
type composer struct {
	estate    *inventory.Estate
	hostIDs   inventory.IDs
	workIDs   inventory.IDs
	hosts     map[*machine]string // ID
	workloads map[*machine]int    // index of a guest in estate.Workloads
}

// compose makes an estate of what was read. It depends on the documents only,
// not on the order of the paths.
func compose(in inputs, read []reading, o Options) *inventory.Estate {
	c := &composer{
		estate: &inventory.Estate{Version: inventory.Version},
		hosts:  map[*machine]string{}, workloads: map[*machine]int{},
	}
	all := c.unreadable(in, read)
	kept, findings := unique(slices.Clone(all))
	c.find(findings...)
	c.sources(in, read, all, kept)
	kept = c.leaveOut(kept, o)
	for _, m := range kept {
		c.server(m)
	}
	for _, m := range kept {
		c.guest(m)
	}
	c.join(kept)
	for _, m := range kept {
		c.adopt(m)
	}
	c.stale(kept, o)
	c.encodings(all)
	c.retired()
	c.sort()
	return c.estate
}

func (c *composer) find(f ...inventory.Finding) {
	c.estate.Findings = append(c.estate.Findings, f...)
}

// unreadable reports the documents that gave no machine and returns the others.
func (c *composer) unreadable(in inputs, read []reading) []*machine {
	var machines []*machine
	for i, r := range read {
		if r.machine != nil {
			machines = append(machines, r.machine)
			continue
		}
		at := in.files[i]
		switch {
		case r.remark != nil:
			f := *r.remark
			f.At, f.Source = at.shown, sourceID(at.source)
			c.find(f)
			continue
		case errors.Is(r.err, errArchived), errors.Is(r.err, errGroup):
			continue // counted in the source, and said for all by retired
		}
		f := inventory.Finding{
			Code: "document-unreadable", Severity: inventory.Error,
			At: in.files[i].shown, Line: r.line, Source: sourceID(in.files[i].source),
			What:   "cannot be read: " + inventory.CleanText(r.err.Error()) + ": what it describes is missing",
			Do:     "let the agent send its inventory again, or delete the file",
			Values: map[string]string{"cause": inventory.CleanText(r.err.Error())},
		}
		if r.skipped {
			f.Code, f.Severity = "document-skipped", inventory.Note
			f.What = "the document is " + inventory.CleanText(r.err.Error()) + ": left out"
			f.Do = ""
		}
		c.find(f)
	}
	return machines
}

// leaveOut drops workstations, counted, unless they were asked for.
func (c *composer) leaveOut(machines []*machine, o Options) []*machine {
	if o.Workstations {
		return machines
	}
	kept := slices.DeleteFunc(slices.Clone(machines), func(m *machine) bool { return m.kind == workstation })
	if n := len(machines) - len(kept); n > 0 {
		c.find(inventory.Finding{
			Code: "workstations-left-out", Severity: inventory.Note,
			What:   "workstations, which are no servers, were left out: " + strconv.Itoa(n),
			Do:     "read again with workstations included if they shall be placed too",
			Values: map[string]string{"workstations": strconv.Itoa(n)},
		})
	}
	return kept
}

// server adds a physical machine: a host, and the system that runs on it unless
// it only runs guests.
func (c *composer) server(m *machine) {
	if m.kind == guest {
		return
	}
	id := c.hostIDs.Unique(inventory.PlainID(m.name))
	c.hosts[m] = id
	h := inventory.Host{
		ID: id, Name: m.name, Role: inventory.Standalone, Make: m.make, Model: m.model, Serial: m.serial, UUID: m.uuid,
		CPU: m.cpu, Memory: m.memory, Disk: m.disk, Labels: maps.Clone(m.labels), From: m.from(m.origins...),
		Device: m.device(), MACs: m.macs,
	}
	if !h.Disk.Known() {
		h.Disk = m.fsTotal
	}
	if m.isHypervisor() {
		h.Role, h.OS = inventory.Hypervisor, m.os
	}
	c.estate.Hosts = append(c.estate.Hosts, h)
	if h.Role == inventory.Standalone {
		w := m.workload(c.workIDs.Unique(id + "-os"))
		w.Kind, w.Host = inventory.Physical, id
		c.estate.Workloads = append(c.estate.Workloads, w)
	}
}

func (c *composer) guest(m *machine) {
	if m.kind != guest {
		return
	}
	w := m.workload(c.workIDs.Unique(inventory.PlainID(m.name)))
	w.Kind = inventory.VM
	w.Device, w.MACs = m.device(), m.macs
	c.workloads[m] = len(c.estate.Workloads)
	c.estate.Workloads = append(c.estate.Workloads, w)
}

func (m *machine) workload(id string) inventory.Workload {
	vcpus, method := m.vcpus()
	origins := []inventory.Origin{}
	if method != "" {
		origins = append(origins, inventory.Origin{Line: m.line, Method: method, Fields: []string{"vcpus"}})
	}
	w := inventory.Workload{
		ID: id, Name: m.name, State: inventory.On, OS: m.os, Service: m.service, UUID: m.uuid,
		VCPUs: vcpus, Memory: m.osMemory, Disk: m.fsTotal, DiskUsed: m.fsUsed,
		Pins: m.pins, Labels: m.labels, Licences: m.licences,
	}
	switch {
	case w.Disk.Known():
		origins = append(origins, inventory.Origin{Line: m.fsLine, Method: "sum of local file systems", Fields: []string{"disk", "disk_used"}})
	case m.disk.Known():
		w.Disk = m.disk
	}
	w.From = m.from(origins...)
	return w
}

// from is the provenance of a record of this machine: the document as a whole,
// and what was derived or stands elsewhere in it.
func (m *machine) from(special ...inventory.Origin) []inventory.Origin {
	out := make([]inventory.Origin, 0, 1+len(special))
	for _, o := range append([]inventory.Origin{{Line: m.line}}, special...) {
		o.Source, o.At = sourceID(m.file.source), m.file.shown
		out = append(out, o)
	}
	return out
}

// adopt puts a machine's findings into the estate, about the record it became.
func (c *composer) adopt(m *machine) {
	for _, f := range m.findings {
		f.Subject, f.Source, f.At = c.subject(m), sourceID(m.file.source), m.file.shown
		c.find(f)
	}
}

func (c *composer) subject(m *machine) string {
	if m.kind != guest {
		return c.hosts[m]
	}
	return c.estate.Workloads[c.workloads[m]].ID
}

// stale flags machines that have not been heard of for long: an OCS base keeps
// dead ones for years.
func (c *composer) stale(machines []*machine, o Options) {
	limit := cmp.Or(o.StaleDays, defaultStaleDays)
	newest := c.estate.Collected.Time()
	if limit < 0 || newest.IsZero() {
		return
	}
	for _, m := range machines {
		if !m.seen.Known() {
			continue
		}
		days := int(newest.Sub(m.seen.Time()).Hours() / 24)
		if days < limit {
			continue
		}
		c.find(inventory.Finding{
			Code: "machine-stale", Severity: inventory.Warning, Subject: c.subject(m), Source: sourceID(m.file.source),
			At: m.file.shown, Line: m.line,
			What:   "last inventory on " + m.seen.String() + ", " + strconv.Itoa(days) + " days before the newest",
			Do:     "check that the machine still exists",
			Values: map[string]string{"name": m.name, "seen": m.seen.String(), "days": strconv.Itoa(days)},
		})
	}
}

// encodings says how documents were read that are not what they claim.
func (c *composer) encodings(machines []*machine) {
	n := 0
	for _, m := range machines {
		if m.encoding == "windows-1252" {
			n++
		}
	}
	if n > 0 {
		c.find(inventory.Finding{
			Code: "encoding-assumed", Severity: inventory.Note,
			What:   "documents that are not UTF-8 were read as Windows-1252, which includes Latin-1: " + strconv.Itoa(n),
			Values: map[string]string{"documents": strconv.Itoa(n), "encoding": "windows-1252"},
		})
	}
}

// retired says how many rows of the server were no machine in service.
func (c *composer) retired() {
	for _, s := range c.estate.Sources {
		if n := s.Counts["archived"]; n > 0 {
			c.find(inventory.Finding{
				Code: "archived-left-out", Severity: inventory.Note, Source: s.ID,
				What:   "machines that OCS holds as archived were left out: " + strconv.Itoa(n),
				Values: map[string]string{"machines": strconv.Itoa(n)},
			})
		}
	}
}

func (c *composer) sort() {
	slices.SortFunc(c.estate.Hosts, func(a, b inventory.Host) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(c.estate.Workloads, func(a, b inventory.Workload) int { return strings.Compare(a.ID, b.ID) })
	rank := map[inventory.Severity]int{inventory.Error: 0, inventory.Warning: 1, inventory.Note: 2}
	slices.SortStableFunc(c.estate.Findings, func(a, b inventory.Finding) int {
		return cmp.Or(
			cmp.Compare(rank[a.Severity], rank[b.Severity]), strings.Compare(a.Code, b.Code), strings.Compare(a.Subject, b.Subject),
			strings.Compare(a.Source, b.Source), strings.Compare(a.At, b.At), cmp.Compare(a.Line, b.Line), strings.Compare(a.What, b.What),
		)
	})
}
