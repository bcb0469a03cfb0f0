package merge

import (
	"cmp"
	"slices"
	"strings"

	"sobre/inventory"
)

// spot is a chassis, cluster, pool or datastore of one estate.
type spot struct {
	estate, index int
	id, name      string   // the name stays when an ID is numbered
	sources       []string // new IDs of those that tell of it
	hosts         []int    // classes of hosts in or at it
	serial        string
}

// sameSpot tells whether two places of one name are one: one source tells of both,
// or one host stands in both. Two vCenters each have a "Cluster1".
func sameSpot(a, b *spot) bool {
	if a.serial != "" && b.serial != "" {
		return a.serial == b.serial
	}
	shares := func(x, y []string) bool {
		return slices.ContainsFunc(x, func(s string) bool { return slices.Contains(y, s) })
	}
	return shares(a.sources, b.sources) || slices.ContainsFunc(a.hosts, func(h int) bool { return slices.Contains(b.hosts, h) })
}

// spots gathers the places of one kind and numbers those of one ID that differ.
// It gives the new ID of each and which are one: those of one new ID.
func (m *merger) spots(list []spot, into func(*renames) map[string]string) map[string][]*spot {
	parent := make([]int, len(list))
	byName := map[string][]int{}
	for i := range list {
		parent[i] = i
		name := cmp.Or(list[i].name, list[i].id)
		byName[name] = append(byName[name], i)
	}
	root := func(i int) int {
		for parent[i] != i {
			i = parent[i]
		}
		return i
	}
	for _, same := range byName {
		for x, a := range same {
			for _, b := range same[x+1:] {
				if sameSpot(&list[a], &list[b]) {
					parent[max(root(a), root(b))] = min(root(a), root(b))
				}
			}
		}
	}
	var roots []int
	keys, least := map[int]string{}, map[int]string{}
	for i := range list {
		if id := least[root(i)]; id == "" || list[i].id < id {
			least[root(i)] = list[i].id
		}
		if root(i) == i {
			roots = append(roots, i)
		}
		for _, source := range list[i].sources {
			if key, ok := keys[root(i)]; !ok || source < key {
				keys[root(i)] = source
			}
		}
	}
	plain := map[string]bool{}
	for _, r := range roots {
		plain[least[r]] = true
	}
	want := make([]string, len(roots))
	for n, r := range roots {
		if want[n] = least[r]; plain[stemOf(want[n])] {
			want[n] = stemOf(want[n]) // a number that an earlier merge put behind
		}
	}
	ids := numbered(want, func(a, b int) int { return strings.Compare(keys[roots[a]], keys[roots[b]]) })
	of := map[int]string{}
	for n, r := range roots {
		of[r] = ids[n]
	}
	out := map[string][]*spot{}
	for i := range list {
		s := &list[i]
		id := of[root(i)]
		into(&m.renames[s.estate])[s.id] = id
		out[id] = append(out[id], s)
	}
	return out
}

// named is the name of a place: where it had none and its ID is numbered, what
// it was called.
func named(name, old, new string) string {
	if name == "" && old != new {
		return old
	}
	return name
}

func (m *merger) sourcesOf(estate int, from []inventory.Origin) []string {
	var out []string
	for _, o := range from {
		if s := to(m.renames[estate].sources, o.Source); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// mergePlaces makes one of the sites, chassis, clusters and pools.
func (m *merger) mergePlaces() {
	m.mergeSites()
	inChassis := m.hostsBy(func(h *inventory.Host) string { return h.Chassis })
	inCluster := m.hostsBy(func(h *inventory.Host) string { return h.Cluster })
	var chassis, clusters, pools []spot
	for i, e := range m.estates {
		for k, c := range e.Chassis {
			chassis = append(chassis, spot{i, k, c.ID, c.Name, m.sourcesOf(i, c.From), inChassis[i][c.ID], serialKey(c.Serial)})
		}
		for k, c := range e.Clusters {
			clusters = append(clusters, spot{i, k, c.ID, c.Name, m.sourcesOf(i, c.From), inCluster[i][c.ID], ""})
		}
	}
	gather(m, m.spots(chassis, func(r *renames) map[string]string { return r.chassis }), &m.all.Chassis, m.chassisOf, mergeChassis)
	gather(m, m.spots(clusters, func(r *renames) map[string]string { return r.clusters }), &m.all.Clusters, m.clusterOf, mergeCluster)
	for i, e := range m.estates {
		for k, p := range e.Pools {
			pools = append(pools, spot{i, k, p.ID, p.Name, m.sourcesOf(i, p.From), inCluster[i][p.Cluster], ""})
		}
	}
	gather(m, m.spots(pools, func(r *renames) map[string]string { return r.pools }), &m.all.Pools, m.poolOf, mergePool)
}

// hostsBy are, for each estate, the classes of hosts by the place they name.
func (m *merger) hostsBy(name func(*inventory.Host) string) []map[string][]int {
	out := make([]map[string][]int, len(m.estates))
	for i, e := range m.estates {
		out[i] = map[string][]int{}
		for k := range e.Hosts {
			if h := &e.Hosts[k]; name(h) != "" {
				out[i][name(h)] = append(out[i][name(h)], m.hosts.root(m.hosts.of[hostName{i, h.ID}]))
			}
		}
	}
	return out
}

// gather makes one record of the places of each new ID.
func gather[T any](m *merger, groups map[string][]*spot, into *[]T, read func(*spot, string) T, merge func(to *T, from *T)) {
	for _, id := range sortedKeys(groups) {
		spots := groups[id]
		slices.SortStableFunc(spots, func(a, b *spot) int {
			return strings.Compare(strings.Join(a.sources, " "), strings.Join(b.sources, " "))
		})
		v := read(spots[0], id)
		for _, s := range spots[1:] {
			more := read(s, id)
			merge(&v, &more)
		}
		*into = append(*into, v)
	}
}

func (m *merger) chassisOf(s *spot, id string) inventory.Chassis {
	c := m.estates[s.estate].Chassis[s.index]
	c.Name = named(c.Name, c.ID, id)
	c.ID, c.From = id, m.origins(s.estate, c.From)
	return c
}

func mergeChassis(c, o *inventory.Chassis) {
	c.Name, c.Model, c.Serial = cmp.Or(c.Name, o.Name), cmp.Or(c.Model, o.Model), cmp.Or(c.Serial, o.Serial)
	c.Site, c.Slots, c.Power = cmp.Or(c.Site, o.Site), cmp.Or(c.Slots, o.Slots), cmp.Or(c.Power, o.Power)
	c.From = unionOrigins(c.From, o.From)
}

func (m *merger) clusterOf(s *spot, id string) inventory.Cluster {
	c := m.estates[s.estate].Clusters[s.index]
	c.Name = named(c.Name, c.ID, id)
	c.ID, c.From = id, m.origins(s.estate, c.From)
	return c
}

func mergeCluster(c, o *inventory.Cluster) {
	c.Name, c.Site, c.EVC = cmp.Or(c.Name, o.Name), cmp.Or(c.Site, o.Site), cmp.Or(c.EVC, o.EVC)
	c.HA, c.DRS = cmp.Or(c.HA, o.HA), cmp.Or(c.DRS, o.DRS)
	c.From = unionOrigins(c.From, o.From)
}

func (m *merger) poolOf(s *spot, id string) inventory.Pool {
	p := m.estates[s.estate].Pools[s.index]
	names := &m.renames[s.estate]
	p.Name = named(p.Name, p.ID, id)
	p.ID, p.Parent, p.Cluster, p.From = id, to(names.pools, p.Parent), to(names.clusters, p.Cluster), m.origins(s.estate, p.From)
	return p
}

func mergePool(p, o *inventory.Pool) {
	p.Name, p.Cluster, p.Parent = cmp.Or(p.Name, o.Name), cmp.Or(p.Cluster, o.Cluster), cmp.Or(p.Parent, o.Parent)
	p.CPUReservation, p.CPULimit = cmp.Or(p.CPUReservation, o.CPUReservation), cmp.Or(p.CPULimit, o.CPULimit)
	p.MemoryReservation, p.MemoryLimit = cmp.Or(p.MemoryReservation, o.MemoryReservation), cmp.Or(p.MemoryLimit, o.MemoryLimit)
	p.From = unionOrigins(p.From, o.From)
}

// mergeDatastores makes one of the datastores, once hosts have their new IDs.
func (m *merger) mergeDatastores() {
	var list []spot
	for i, e := range m.estates {
		for k, d := range e.Datastores {
			var at []int
			for _, h := range d.Hosts {
				if r, ok := m.hosts.of[hostName{i, h}]; ok {
					at = append(at, m.hosts.root(r))
				}
			}
			list = append(list, spot{i, k, d.ID, d.Name, m.sourcesOf(i, d.From), at, ""})
		}
	}
	groups := m.spots(list, func(r *renames) map[string]string { return r.datastores })
	gather(m, groups, &m.all.Datastores, func(s *spot, id string) inventory.Datastore {
		d := m.estates[s.estate].Datastores[s.index]
		d.Name = named(d.Name, d.ID, id)
		d.ID, d.From, d.Hosts = id, m.origins(s.estate, d.From), slices.Clone(d.Hosts)
		for i := range d.Hosts {
			d.Hosts[i] = to(m.renames[s.estate].hosts, d.Hosts[i])
		}
		return d
	}, func(d, o *inventory.Datastore) {
		d.Name, d.Type = cmp.Or(d.Name, o.Name), cmp.Or(d.Type, o.Type)
		d.Capacity, d.Free = cmp.Or(d.Capacity, o.Capacity), cmp.Or(d.Free, o.Free)
		d.Hosts = union(d.Hosts, o.Hosts, same)
		d.From = unionOrigins(d.From, o.From)
	})
}

func (m *merger) mergeSites() {
	at := map[string]int{}
	for i, e := range m.estates {
		for _, s := range e.Sites {
			s.From = m.origins(i, s.From)
			k, known := at[s.Name]
			if !known {
				at[s.Name] = len(m.all.Sites)
				m.all.Sites = append(m.all.Sites, s)
				continue
			}
			old := &m.all.Sites[k]
			old.PUE = max(old.PUE, s.PUE)
			if old.Country == "" || s.Country != "" && s.Country < old.Country {
				old.Country = s.Country
			}
			old.From = unionOrigins(old.From, s.From)
		}
	}
	slices.SortFunc(m.all.Sites, func(a, b inventory.Site) int { return strings.Compare(a.Name, b.Name) })
}

func unionOrigins(a, b []inventory.Origin) []inventory.Origin {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	return union(a, b, func(o inventory.Origin) string {
		return strings.Join([]string{o.Source, o.At, pad(o.Line), strings.Join(o.Fields, " "), o.Method}, "\x00")
	})
}
