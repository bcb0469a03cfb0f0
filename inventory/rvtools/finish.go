package rvtools

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// estate gives everything its ID and its place, and hands it over.
func (b *builder) estate() *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version}
	slices.SortFunc(b.sources, func(x, y inventory.Source) int { return strings.Compare(x.ID, y.ID) })
	e.Sources = b.sources
	for _, s := range b.sources {
		if s.Collected.Known() && s.Collected.Time().After(e.Collected.Time()) {
			e.Collected = s.Collected
		}
	}
	clusters := b.nameClusters(e)
	hosts := b.nameHosts(e, clusters)
	pools := b.namePools(e, clusters)
	datastores := b.nameDatastores(e, hosts)
	vms, ids := b.nameWorkloads(e)
	for i := range b.vms {
		w, v := &e.Workloads[vms[i]], &b.vms[i]
		if v.host >= 0 {
			w.Host = e.Hosts[hosts[v.host]].ID
		}
		w.Cluster, w.Pool = at(clusters, v.cluster), at(pools, v.pool)
		for _, d := range v.datastores {
			w.Datastores = append(w.Datastores, datastores[d])
		}
		slices.Sort(w.Datastores)
		b.local(w, v)
		diskSums(w, v)
		b.unknowns(i, w)
	}
	e.Rules = b.rules(ids)
	b.sharedUUIDs(e)
	b.limits(e)
	e.Findings = b.notes.findings(e, hosts, vms)
	return e
}

func at(ids []string, n int32) string {
	if n < 0 {
		return ""
	}
	return ids[n]
}

// inOrder lists 0…n-1 in the order of compare, ties as they stand.
func inOrder(n int, compare func(i, j int) int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, compare)
	return order
}

// idOf makes a name fit to be an ID: lower case, and without the * and ? that
// stand for any characters in rules.
func idOf(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '*' || r == '?' {
			return '-'
		}
		return r
	}, strings.ToLower(name))
}

func (b *builder) nameClusters(e *inventory.Estate) []string {
	var ids inventory.IDs
	named := make([]string, len(b.clusters))
	for _, i := range inOrder(len(b.clusters), func(i, j int) int {
		x, y := &b.clusters[i], &b.clusters[j]
		return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.server, y.server))
	}) {
		c := &b.clusters[i]
		c.ID = ids.Unique(idOf(c.Name))
		c.EVC = b.evc(i)
		named[i] = c.ID
		e.Clusters = append(e.Clusters, c.Cluster)
	}
	slices.SortFunc(e.Clusters, func(x, y inventory.Cluster) int { return strings.Compare(x.ID, y.ID) })
	return named
}

// evc is the CPU generation that all hosts of the cluster show, if it is one.
func (b *builder) evc(cluster int) string {
	mode := ""
	for i := range b.hosts {
		if h := &b.hosts[i]; h.cluster == cluster {
			if h.evc == "" || mode != "" && mode != h.evc {
				return ""
			}
			mode = h.evc
		}
	}
	return mode
}

// nameHosts fills the hosts of the estate and gives the index in it of each.
func (b *builder) nameHosts(e *inventory.Estate, clusters []string) []int {
	short := map[string]int{}
	for i := range b.hosts {
		short[shortName(b.hosts[i].Name)]++
	}
	var ids inventory.IDs
	for _, i := range inOrder(len(b.hosts), func(i, j int) int {
		x, y := &b.hosts[i], &b.hosts[j]
		return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.server, y.server), strings.Compare(x.datacenter, y.datacenter))
	}) {
		h := &b.hosts[i]
		name := shortName(h.Name)
		if short[name] > 1 {
			name = h.Name
		}
		h.ID = ids.Unique(idOf(name))
		h.Cluster = at(clusters, int32(h.cluster))
	}
	index := make([]int, len(b.hosts))
	for place, i := range inOrder(len(b.hosts), func(i, j int) int { return strings.Compare(b.hosts[i].ID, b.hosts[j].ID) }) {
		e.Hosts = append(e.Hosts, b.hosts[i].Host)
		index[i] = place
	}
	return index
}

func (b *builder) namePools(e *inventory.Estate, clusters []string) []string {
	var ids inventory.IDs
	named := make([]string, len(b.pools))
	for _, i := range inOrder(len(b.pools), func(i, j int) int {
		return cmp.Or(strings.Compare(b.pools[i].Name, b.pools[j].Name), strings.Compare(b.pools[i].path, b.pools[j].path))
	}) {
		b.pools[i].ID = ids.Unique(idOf(b.pools[i].Name))
		named[i] = b.pools[i].ID
	}
	for i := range b.pools {
		p := &b.pools[i]
		p.Cluster, p.Parent = at(clusters, int32(p.cluster)), at(named, int32(p.parent))
		e.Pools = append(e.Pools, p.Pool)
	}
	slices.SortFunc(e.Pools, func(x, y inventory.Pool) int { return strings.Compare(x.ID, y.ID) })
	return named
}

func (b *builder) nameDatastores(e *inventory.Estate, hosts []int) []string {
	var ids inventory.IDs
	named := make([]string, len(b.datastores))
	for _, i := range inOrder(len(b.datastores), func(i, j int) int {
		x, y := &b.datastores[i], &b.datastores[j]
		return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.server, y.server))
	}) {
		d := &b.datastores[i]
		d.ID = ids.Unique(idOf(d.Name))
		named[i] = d.ID
		for _, h := range d.hosts {
			d.Hosts = append(d.Hosts, e.Hosts[hosts[h]].ID)
		}
		slices.Sort(d.Hosts)
		e.Datastores = append(e.Datastores, d.Datastore)
	}
	slices.SortFunc(e.Datastores, func(x, y inventory.Datastore) int { return strings.Compare(x.ID, y.ID) })
	return named
}

// nameWorkloads fills the workloads of the estate and gives the index in it,
// and the ID, of each.
func (b *builder) nameWorkloads(e *inventory.Estate) (index []int, named []string) {
	var ids inventory.IDs
	named = make([]string, len(b.workloads))
	for _, i := range inOrder(len(b.workloads), func(i, j int) int {
		x, y := &b.vms[i], &b.vms[j]
		return cmp.Or(strings.Compare(x.name, y.name), strings.Compare(x.server, y.server), strings.Compare(x.datacenter, y.datacenter),
			strings.Compare(x.folder, y.folder), strings.Compare(x.id, y.id), strings.Compare(x.source, y.source), cmp.Compare(x.line, y.line))
	}) {
		named[i] = ids.Unique(idOf(b.workloads[i].Name))
		b.workloads[i].ID = named[i]
	}
	index = make([]int, len(b.workloads))
	for to, from := range inOrder(len(b.workloads), func(i, j int) int { return strings.Compare(named[i], named[j]) }) {
		index[from] = to
	}
	e.Workloads = b.workloads
	permute(e.Workloads, index)
	b.workloads = nil
	return index, named
}

// permute moves every element to the place that to gives for it, without a
// second copy of what may be most of the memory in use.
func permute[T any](list []T, to []int) {
	next := slices.Clone(to)
	for i := range next {
		for next[i] != i {
			j := next[i]
			list[i], list[j] = list[j], list[i]
			next[i], next[j] = next[j], j
		}
	}
}

// local pins a VM to the one host that reaches its disks, when it has others to
// go to.
func (b *builder) local(w *inventory.Workload, v *vmFacts) {
	if len(b.hosts) < 2 {
		return
	}
	for _, n := range v.datastores {
		if d := &b.datastores[n]; d.only >= 0 {
			b.pin(w, inventory.PinLocalDatastore, d.Name)
		}
	}
}

// diskSums fills in the disk where vInfo has no total: from vDisk, else from
// what is provisioned, which has the swap file in it.
func diskSums(w *inventory.Workload, v *vmFacts) {
	switch {
	case w.Disk.Known():
	case v.disks > 0:
		w.Disk = inventory.MiB(v.disks)
	case v.provisioned.Known():
		w.Disk = v.provisioned
		o := w.From[0]
		o.Fields, o.Method = []string{"disk"}, "Provisioned MiB, the swap file included"
		w.From = append(w.From, o)
	}
	if !w.DiskUsed.Known() && v.partitions > 0 {
		w.DiskUsed = inventory.MiB(v.partitions)
	}
}

// unknowns says what of a workload that matters no sheet told.
func (b *builder) unknowns(n int, w *inventory.Workload) {
	if w.Class != "" || w.State == inventory.Template {
		return
	}
	unknown := func(code, what string) {
		b.notes.aboutVM(n, inventory.Finding{
			Code: code, Severity: inventory.Warning, Source: w.From[0].Source, At: w.From[0].At, Line: w.From[0].Line,
			What: fmt.Sprintf("%s of VM %s is unknown", what, w.Name), Do: "enter it in the estate file",
			Values: map[string]string{"name": w.Name},
		})
	}
	if !w.Memory.Known() {
		unknown("memory-unknown", "the memory")
	}
	if w.VCPUs == 0 {
		unknown("vcpus-unknown", "the number of vCPUs")
	}
	if w.Host == "" {
		unknown("host-unknown", "the host")
	}
}

// sharedUUIDs says which VMs have one SMBIOS UUID: copies made outside vCenter.
// Merging by UUID must not take them for one machine.
func (b *builder) sharedUUIDs(e *inventory.Estate) {
	first := map[string]int{}
	for i := range e.Workloads {
		w := &e.Workloads[i]
		if w.UUID == "" {
			continue
		}
		n, shared := first[w.UUID]
		if !shared {
			first[w.UUID] = i
			continue
		}
		other := &e.Workloads[n]
		b.notes.add(inventory.Finding{
			Code: "identity-shared", Severity: inventory.Warning, Subject: w.ID, Source: w.From[0].Source, At: w.From[0].At, Line: w.From[0].Line,
			What:   fmt.Sprintf("VM %s has the same SMBIOS UUID as %s: a copy; counted as two machines", w.Name, other.Name),
			Do:     "tell them apart by name when merging with other inventories",
			Values: map[string]string{"name": w.Name, "other": other.Name, "uuid": w.UUID},
		})
	}
}

// limits says what no RVTools export tells.
func (b *builder) limits(e *inventory.Estate) {
	if len(e.Workloads) == 0 {
		return
	}
	b.notes.add(inventory.Finding{
		Code: "not-in-source", Severity: inventory.Note,
		What:   fmt.Sprintf("RVTools shows one moment, and no PCI devices given to VMs: use over time and passthrough of %d VMs are unknown", len(e.Workloads)),
		Do:     "add measured use, and pin VMs with a GPU or other device in the estate file",
		Values: map[string]string{"count": strconv.Itoa(len(e.Workloads))},
	})
}
