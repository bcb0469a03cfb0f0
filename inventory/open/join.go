package open

import (
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"
)

// join makes one estate of several. Everything keeps what it refers to: IDs
// that stand in two estates are made unique, and the references with them.
//
// A host, or a guest, that two estates hold under one SMBIOS UUID is one
// machine: it is counted once, as the earlier estate has it, and what that one
// does not know is filled in from the later. A machine that an agent inside
// took for a server and a hypervisor knows as its guest is the guest.
func join(estates []*inventory.Estate) *inventory.Estate {
	if len(estates) == 1 {
		return estates[0]
	}
	j := joiner{
		all: &inventory.Estate{Version: inventory.Version}, hosts: map[string]int{}, workloads: map[string]int{}, differing: map[string]*difference{},
	}
	for _, e := range estates {
		j.add(e)
	}
	j.dropGuestHosts()
	j.sayDifferences()
	j.sayNamesakes()
	slices.SortFunc(j.all.Hosts, func(a, b inventory.Host) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(j.all.Workloads, func(a, b inventory.Workload) int { return strings.Compare(a.ID, b.ID) })
	return j.all
}

// joiner is the estate being put together.
type joiner struct {
	all              *inventory.Estate
	hosts, workloads map[string]int // UUID, and serial number of hosts → index
	differing        map[string]*difference
	sources          inventory.IDs
	chassis          inventory.IDs
	clusters         inventory.IDs
	pools            inventory.IDs
	datastores       inventory.IDs
	hostIDs, loadIDs inventory.IDs
}

// renames lead from the IDs of one estate to those in the joined one.
type renames struct {
	sources, chassis, clusters, pools, datastores, hosts, workloads map[string]string
}

// to is the new ID of an old one, or the name itself where it led nowhere.
func to(m map[string]string, id string) string {
	if new, ok := m[id]; ok {
		return new
	}
	return id
}

func (j *joiner) add(e *inventory.Estate) {
	if j.all.Name == "" {
		j.all.Name = e.Name
	}
	if e.Collected.Time().After(j.all.Collected.Time()) {
		j.all.Collected = e.Collected
	}
	r := renames{sources: map[string]string{}}
	for _, s := range e.Sources {
		r.sources[s.ID] = j.sources.Unique(s.ID)
		s.ID = r.sources[s.ID]
		j.all.Sources = append(j.all.Sources, s)
	}
	for _, s := range e.Sites {
		if !slices.ContainsFunc(j.all.Sites, func(t inventory.Site) bool { return t.Name == s.Name }) {
			s.From = r.origins(s.From)
			j.all.Sites = append(j.all.Sites, s)
		}
	}
	j.addPlaces(e, &r)
	j.addHosts(e, &r)
	j.addDatastores(e, &r)
	j.addWorkloads(e, &r)
	j.addRules(e, &r)
	for _, f := range e.Findings {
		f.Source = to(r.sources, f.Source)
		if id, ok := r.hosts[f.Subject]; ok {
			f.Subject = id
		} else {
			f.Subject = to(r.workloads, f.Subject)
		}
		j.all.Findings = append(j.all.Findings, f)
	}
}

func (r *renames) origins(from []inventory.Origin) []inventory.Origin {
	for i := range from {
		from[i].Source = to(r.sources, from[i].Source)
	}
	return from
}

// addPlaces adds chassis, clusters and pools.
func (j *joiner) addPlaces(e *inventory.Estate, r *renames) {
	r.chassis, r.clusters, r.pools = map[string]string{}, map[string]string{}, map[string]string{}
	for _, c := range e.Chassis {
		r.chassis[c.ID] = j.chassis.Unique(c.ID)
		c.ID, c.From = r.chassis[c.ID], r.origins(c.From)
		j.all.Chassis = append(j.all.Chassis, c)
	}
	for _, c := range e.Clusters {
		r.clusters[c.ID] = j.clusters.Unique(c.ID)
		c.ID, c.From = r.clusters[c.ID], r.origins(c.From)
		j.all.Clusters = append(j.all.Clusters, c)
	}
	for _, p := range e.Pools {
		r.pools[p.ID] = j.pools.Unique(p.ID)
	}
	for _, p := range e.Pools {
		p.ID, p.Parent, p.Cluster = r.pools[p.ID], to(r.pools, p.Parent), to(r.clusters, p.Cluster)
		p.From = r.origins(p.From)
		j.all.Pools = append(j.all.Pools, p)
	}
}

func (j *joiner) addHosts(e *inventory.Estate, r *renames) {
	r.hosts = map[string]string{}
	known := len(j.all.Hosts)
	shared := sharedKeys(len(e.Hosts), func(i int) []string { return keysOf(&e.Hosts[i]) })
	for _, h := range e.Hosts {
		h.Chassis, h.Cluster, h.From = to(r.chassis, h.Chassis), to(r.clusters, h.Cluster), r.origins(h.From)
		keys := slices.DeleteFunc(keysOf(&h), func(k string) bool { return shared[k] })
		if i, by := j.sameHost(keys, &h); i >= 0 && i < known {
			first := &j.all.Hosts[i]
			r.hosts[h.ID] = first.ID
			j.twice("host", h.ID, first.ID, by)
			j.compareHosts(first, &h)
			fillHost(first, &h)
			continue
		}
		old := h.ID
		h.ID = j.hostIDs.Unique(old)
		r.hosts[old] = h.ID
		for _, k := range keys {
			j.hosts[k] = len(j.all.Hosts)
		}
		j.all.Hosts = append(j.all.Hosts, h)
	}
}

func (j *joiner) addDatastores(e *inventory.Estate, r *renames) {
	r.datastores = map[string]string{}
	for _, d := range e.Datastores {
		r.datastores[d.ID] = j.datastores.Unique(d.ID)
		d.ID, d.From = r.datastores[d.ID], r.origins(d.From)
		for i := range d.Hosts {
			d.Hosts[i] = to(r.hosts, d.Hosts[i])
		}
		j.all.Datastores = append(j.all.Datastores, d)
	}
}

func (j *joiner) addWorkloads(e *inventory.Estate, r *renames) {
	r.workloads = map[string]string{}
	known := len(j.all.Workloads)
	shared := sharedKeys(len(e.Workloads), func(i int) []string { return []string{e.Workloads[i].UUID} })
	for _, w := range e.Workloads {
		w.Host, w.Cluster, w.Pool = to(r.hosts, w.Host), to(r.clusters, w.Cluster), to(r.pools, w.Pool)
		w.From = r.origins(w.From)
		for i := range w.Datastores {
			w.Datastores[i] = to(r.datastores, w.Datastores[i])
		}
		if i, how := find(j.workloads, w.UUID); i >= 0 && i < known && !shared[w.UUID] {
			first := &j.all.Workloads[i]
			r.workloads[w.ID] = first.ID
			j.twice("workload", w.ID, first.ID, "SMBIOS UUID "+w.UUID+how)
			j.compareWorkloads(first, &w)
			if first.Kind == inventory.Physical && w.Kind == inventory.VM {
				// The hypervisor knows better than the agent inside.
				w.ID = first.ID
				*first, w = w, *first
			}
			fillWorkload(first, &w)
			continue
		}
		old := w.ID
		w.ID = j.loadIDs.Unique(old)
		r.workloads[old] = w.ID
		if w.UUID != "" && !shared[w.UUID] {
			j.workloads[w.UUID] = len(j.all.Workloads)
		}
		j.all.Workloads = append(j.all.Workloads, w)
	}
}

// keysOf are what a host is known by: its UUID and its serial number.
func keysOf(h *inventory.Host) []string {
	keys := make([]string, 0, 2)
	if h.UUID != "" {
		keys = append(keys, h.UUID)
	}
	if h.Serial != "" {
		keys = append(keys, "serial "+strings.ToLower(h.Serial))
	}
	return keys
}

// sameHost is the host that has one of the keys, and which; -1: none has. Hosts
// of one serial number whose UUIDs differ are two: makers number apart.
func (j *joiner) sameHost(keys []string, h *inventory.Host) (i int, by string) {
	for _, k := range keys {
		serial, isSerial := strings.CutPrefix(k, "serial ")
		if !isSerial {
			if i, how := find(j.hosts, k); i >= 0 {
				return i, "SMBIOS UUID " + k + how
			}
			continue
		}
		i, ok := j.hosts[k]
		if !ok {
			continue
		}
		if other := j.all.Hosts[i].UUID; other == "" || h.UUID == "" {
			return i, "serial number " + serial
		}
	}
	return -1, ""
}

// sharedKeys are those that stand several times in one list: copies, which they
// cannot tell apart.
func sharedKeys(n int, keys func(int) []string) map[string]bool {
	seen, shared := map[string]bool{}, map[string]bool{}
	for i := range n {
		for _, k := range keys(i) {
			if k != "" && seen[k] {
				shared[k] = true
			}
			seen[k] = true
		}
	}
	return shared
}

// find looks a UUID up as it stands, and with the bytes of its first three
// groups the other way round, as Windows and vCenter may differ; -1: not there.
func find(index map[string]int, uuid string) (i int, how string) {
	if uuid == "" {
		return -1, ""
	}
	if i, ok := index[uuid]; ok {
		return i, ""
	}
	if i, ok := index[swapped(uuid)]; ok {
		return i, ", written the other way round"
	}
	return -1, ""
}

func swapped(u string) string {
	if len(u) != 36 {
		return ""
	}
	pairs := func(s string) string {
		var b strings.Builder
		for i := len(s); i >= 2; i -= 2 {
			b.WriteString(s[i-2 : i])
		}
		return b.String()
	}
	return pairs(u[:8]) + "-" + pairs(u[9:13]) + "-" + pairs(u[14:18]) + u[18:]
}

func (j *joiner) twice(kind, id, first, by string) {
	j.all.Findings = append(j.all.Findings, inventory.Finding{
		Code: "counted-once", Severity: inventory.Note, Subject: first,
		What:   fmt.Sprintf("%s %s of a further inventory is %s (same %s): counted once", kind, id, first, by),
		Values: map[string]string{"kind": kind, "id": id, "first": first, "by": by},
	})
}

// dropGuestHosts takes out the servers that are guests of a hypervisor.
func (j *joiner) dropGuestHosts() {
	guests := map[string]int{}
	for i := range j.all.Workloads {
		if w := &j.all.Workloads[i]; w.Kind == inventory.VM && w.UUID != "" {
			guests[w.UUID] = i
		}
	}
	dropped := map[string]bool{}
	j.all.Hosts = slices.DeleteFunc(j.all.Hosts, func(h inventory.Host) bool {
		i, _ := find(guests, h.UUID)
		if i < 0 || h.Role == inventory.Hypervisor {
			return false
		}
		guest := &j.all.Workloads[i]
		dropped[h.ID] = true
		j.all.Findings = append(j.all.Findings, inventory.Finding{
			Code: "server-is-guest", Severity: inventory.Warning, Subject: guest.ID,
			What:   fmt.Sprintf("server %s is the guest %s of a hypervisor (same SMBIOS UUID): no host", h.ID, guest.ID),
			Values: map[string]string{"host": h.ID, "workload": guest.ID, "uuid": h.UUID},
		})
		return true
	})
	for i := range j.all.Workloads {
		if w := &j.all.Workloads[i]; dropped[w.Host] {
			w.Host = ""
		}
	}
}
