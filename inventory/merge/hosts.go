package merge

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
)

// mergeHosts makes one host of every class.
func (m *merger) mergeHosts() {
	fields := hostFields()
	classes := m.hosts.each()
	hosts := make([]inventory.Host, len(classes))
	conflicts := map[int][]Conflict{}
	for n, class := range classes {
		var members []*member[inventory.Host]
		for _, i := range class {
			r := &m.hosts.records[i]
			h := m.estates[r.estate].Hosts[r.index]
			names := &m.renames[r.estate]
			h.Chassis, h.Cluster, h.From = to(names.chassis, h.Chassis), to(names.clusters, h.Cluster), m.origins(r.estate, h.From)
			members = append(members, &member[inventory.Host]{record: r, value: &h, from: h.From})
		}
		if len(members) == 1 {
			hosts[n] = *members[0].value
			continue
		}
		order(m, members)
		hosts[n], conflicts[n] = m.combineHosts(members, fields)
	}
	ids := m.number(m.hosts, classes, func(n int) (string, string) { return hosts[n].ID, hosts[n].Name })
	for n, class := range classes {
		hosts[n].ID = ids[n]
		for _, i := range class {
			m.renames[m.hosts.records[i].estate].hosts[m.hosts.records[i].id] = ids[n]
		}
	}
	m.tell(m.hosts, classes, ids, conflicts)
	slices.SortFunc(hosts, func(a, b inventory.Host) int { return strings.Compare(a.ID, b.ID) })
	m.all.Hosts = hosts
}

func (m *merger) combineHosts(members []*member[inventory.Host], fields []field[inventory.Host]) (inventory.Host, []Conflict) {
	h := inventory.Host{ID: bestID(m, members)}
	values := make([]*inventory.Host, len(members))
	for i, mem := range members {
		values[i] = mem.value
	}
	fields = slices.Concat(fields,
		listFields("macs", values, func(h *inventory.Host) *[]string { return &h.MACs }, same),
		mapFields("labels", Office, values, func(h *inventory.Host) *map[string]string { return &h.Labels }, same),
		mapFields("resources", Placed, values, func(h *inventory.Host) *map[string]int64 { return &h.Resources }, func(n int64) string { return itoa(int(n)) }))
	c := combine(m, "host", &h, fields, members)
	h.From = c.from
	return h, c.conflicts
}

// order puts the member first that knows best what the machine is, by a rule
// that the order of the estates does not change.
func order[R any](m *merger, members []*member[R]) {
	slices.SortStableFunc(members, func(a, b *member[R]) int {
		oa, _ := originOf(a.from, "id")
		ob, _ := originOf(b.from, "id")
		sa, sb := m.sources[oa.Source], m.sources[ob.Source]
		return cmp.Or(
			compareBool(a.partial, b.partial),
			cmp.Compare(m.rankOf(a.from), m.rankOf(b.from)),
			strings.Compare(sb.Collected.String(), sa.Collected.String()),
			m.compareOrigins(&oa, &ob), a.record.compare(b.record),
		)
	})
}

// bestID is the ID that a class wants: the least of those that the sort of
// source tells that knows best.
func bestID[R any](m *merger, members []*member[R]) string {
	best := members[0].record.id
	for _, mem := range members[1:] {
		if mem.partial == members[0].partial && m.rankOf(mem.from) == m.rankOf(members[0].from) {
			best = min(best, mem.record.id)
		}
	}
	return best
}

// rankOf is how well the source of a record knows what the machine is.
func (m *merger) rankOf(from []inventory.Origin) int {
	o, known := originOf(from, "id")
	s, listed := m.sources[o.Source]
	return Placed.rank(witnessOf(&s, known && listed))
}

// number gives every class an ID of its own. A number behind the name is what
// told machines of one name apart in one inventory.
func (m *merger) number(c *classes, list [][]int, called func(n int) (id, name string)) []string {
	want := make([]string, len(list))
	for n := range list {
		id, name := called(n)
		want[n] = id
		if stem, short := stemOf(id), shortName(name); id != short && (stem == short || stem == short+"-os") {
			want[n] = stem
		}
	}
	return numbered(want, func(a, b int) int { return c.compare(list[a], list[b]) })
}

// tell lists what was merged, refused and in conflict.
func (m *merger) tell(c *classes, list [][]int, ids []string, conflicts map[int][]Conflict) {
	id := make(map[int]string, len(list)) // of the root
	for n, class := range list {
		id[c.root(class[0])] = ids[n]
		for _, k := range conflicts[n] {
			k.ID = ids[n]
			m.result.Conflicts = append(m.result.Conflicts, k)
		}
		if len(class) < 2 {
			continue
		}
		by := slices.Clone(c.by[c.root(class[0])])
		slices.Sort(by)
		match := Match{Kind: c.kind, ID: ids[n], By: slices.Compact(by)}
		for _, i := range class {
			r := &c.records[i]
			match.Seen = append(match.Seen, Seen{Source: r.source, ID: r.id, Name: r.name})
		}
		slices.SortFunc(match.Seen, func(a, b Seen) int {
			return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.ID, b.ID), strings.Compare(a.Name, b.Name))
		})
		m.result.Merged = append(m.result.Merged, match)
	}
	told := map[Refusal]bool{}
	for _, r := range c.refused {
		if c.root(r.a) == c.root(r.b) {
			continue // something else told that they are one
		}
		a, b := id[c.root(r.a)], id[c.root(r.b)]
		told[Refusal{Kind: c.kind, A: min(a, b), B: max(a, b), By: r.by, Why: r.why, Open: r.open}] = true
	}
	refused := slices.SortedFunc(maps.Keys(told), func(a, b Refusal) int {
		return cmp.Or(strings.Compare(a.A, b.A), strings.Compare(a.B, b.B), strings.Compare(a.By, b.By), strings.Compare(a.Why, b.Why))
	})
	m.result.Refused = append(m.result.Refused, refused...)
	slices.SortStableFunc(m.result.Merged, func(a, b Match) int { return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(m.result.Conflicts, func(a, b Conflict) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID))
	})
}
