package merge

import (
	"slices"
	"strings"

	"sobre/inventory"
)

// mergeWorkloads makes one workload of every class. What an agent inside took
// for a server and a hypervisor knows as its guest is the guest.
func (m *merger) mergeWorkloads() {
	m.matchWorkloads()
	fields := workloadFields()
	classes := m.workloads.each()
	all := make([]inventory.Workload, len(classes))
	conflicts := map[int][]Conflict{}
	for n, class := range classes {
		var members []*member[inventory.Workload]
		kind := inventory.Kind("")
		for _, i := range class {
			w := m.renamed(&m.workloads.records[i])
			members = append(members, &member[inventory.Workload]{record: &m.workloads.records[i], value: w, from: w.From})
			if kind == "" || w.Kind == inventory.VM {
				kind = w.Kind
			}
		}
		if len(members) == 1 {
			all[n] = *members[0].value
			continue
		}
		for _, mem := range members {
			mem.partial = mem.value.Kind != kind && mem.value.Kind != ""
		}
		order(m, members)
		all[n], conflicts[n] = m.combineWorkloads(members, fields)
		all[n].Kind = kind
	}
	ids := m.number(m.workloads, classes, func(n int) (string, string) { return all[n].ID, all[n].Name })
	for n, class := range classes {
		all[n].ID = ids[n]
		for _, i := range class {
			m.renames[m.workloads.records[i].estate].workloads[m.workloads.records[i].id] = ids[n]
		}
	}
	m.tell(m.workloads, classes, ids, conflicts)
	slices.SortFunc(all, func(a, b inventory.Workload) int { return strings.Compare(a.ID, b.ID) })
	m.all.Workloads = all
}

// renamed is a workload with what it names called by the new IDs.
func (m *merger) renamed(r *record) *inventory.Workload {
	w := m.estates[r.estate].Workloads[r.index]
	names := &m.renames[r.estate]
	w.Host, w.Cluster, w.Pool = to(names.hosts, w.Host), to(names.clusters, w.Cluster), to(names.pools, w.Pool)
	w.From = m.origins(r.estate, w.From)
	w.Datastores = slices.Clone(w.Datastores)
	for i := range w.Datastores {
		w.Datastores[i] = to(names.datastores, w.Datastores[i])
	}
	return &w
}

func (m *merger) combineWorkloads(members []*member[inventory.Workload], fields []field[inventory.Workload]) (inventory.Workload, []Conflict) {
	w := inventory.Workload{ID: bestID(m, members)}
	values := make([]*inventory.Workload, len(members))
	for i, mem := range members {
		values[i] = mem.value
	}
	type W = inventory.Workload
	fields = slices.Concat(fields,
		listFields("macs", values, func(w *W) *[]string { return &w.MACs }, same),
		listFields("datastores", values, func(w *W) *[]string { return &w.Datastores }, same),
		listFields("licences", values, func(w *W) *[]string { return &w.Licences }, same),
		listFields("pins", values, func(w *W) *[]inventory.Pin { return &w.Pins }, func(p inventory.Pin) string { return strings.TrimSpace(string(p.Kind) + " " + p.Reason) }),
		mapFields("labels", Office, values, func(w *W) *map[string]string { return &w.Labels }, same),
		mapFields("resources", Placed, values, func(w *W) *map[string]int64 { return &w.Resources }, func(n int64) string { return itoa(int(n)) }))
	c := combine(m, "workload", &w, fields, members)
	w.From = c.from
	return w, c.conflicts
}

// guestHost is a server that turned out to be a guest.
type guestHost struct{ host, workload, uuid string }

// dropGuestHosts takes out the servers that are guests of a hypervisor: an
// agent inside cannot always tell.
func (m *merger) dropGuestHosts() {
	guests := map[string]string{}
	for i := range m.all.Workloads {
		if w := &m.all.Workloads[i]; w.Kind == inventory.VM && w.UUID != "" {
			guests[canonicalUUID(w.UUID)] = w.ID
		}
	}
	dropped := map[string]bool{}
	m.all.Hosts = slices.DeleteFunc(m.all.Hosts, func(h inventory.Host) bool {
		id, ok := guests[canonicalUUID(h.UUID)]
		if !ok || h.UUID == "" || h.Role == inventory.Hypervisor {
			return false
		}
		dropped[h.ID] = true
		m.result.guests = append(m.result.guests, guestHost{h.ID, id, h.UUID})
		return true
	})
	for i := range m.all.Workloads {
		if w := &m.all.Workloads[i]; dropped[w.Host] {
			w.Host = ""
		}
	}
}
