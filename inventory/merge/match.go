package merge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// samePlace is the evidence that two records were read from one place.
const samePlace = "the same place of the same source"

// sameHost is the evidence that two systems run on one server.
const sameHost = "the system of the same host"

func itoa(n int) string { return strconv.Itoa(n) }

// hostName is a host as the workloads of its estate name it.
type hostName struct {
	estate int
	id     string
}

// classes are sets of records that are one machine each.
type classes struct {
	kind    string
	records []record
	parent  []int
	members [][]int          // of the root
	by      map[int][]string // evidence, of the root
	of      map[hostName]int // record of each ID
	refused []refusal
	enemies map[[2]int]bool // pairs that people say are different
}

// refusal is two records that share something and are not one machine.
type refusal struct {
	a, b    int
	by, why string
	open    bool
}

func newClasses(kind string, records []record) *classes {
	c := &classes{
		kind: kind, records: records, parent: make([]int, len(records)), members: make([][]int, len(records)),
		by: map[int][]string{}, of: map[hostName]int{}, enemies: map[[2]int]bool{},
	}
	for i := range records {
		c.parent[i] = i
		c.members[i] = []int{i}
		c.of[hostName{records[i].estate, records[i].id}] = i
	}
	return c
}

func (c *classes) root(i int) int {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

func (c *classes) join(a, b int, by string) {
	a, b = c.root(a), c.root(b)
	if a != b {
		if len(c.members[a]) < len(c.members[b]) {
			a, b = b, a
		}
		c.parent[b] = a
		c.members[a] = append(c.members[a], c.members[b]...)
		c.by[a] = append(c.by[a], c.by[b]...)
		c.members[b] = nil
		delete(c.by, b)
	}
	if !slices.Contains(c.by[a], by) {
		c.by[a] = append(c.by[a], by)
	}
}

// matchHosts finds the hosts that are one machine.
func (m *merger) matchHosts() {
	var records []record
	chassis := map[string]bool{}
	for i, e := range m.estates {
		for k := range e.Hosts {
			records = append(records, m.hostRecord(i, k))
		}
		for k := range e.Chassis {
			chassis[serialKey(e.Chassis[k].Serial)] = true
		}
	}
	c := newClasses("host", records)
	m.hosts = c
	c.decided(m.wishes)
	c.match(func(r *record) []string { return r.places }, samePlace, nil)
	c.match(func(r *record) []string { return one(r.uuid) }, "SMBIOS UUID %s", c.copies)
	c.match(func(r *record) []string {
		if r.serial == "" || r.kind == "" || chassis[r.serial] {
			return nil
		}
		return []string{r.serial + " of " + r.kind}
	}, "serial number %s", c.otherUUID)
	c.match(func(r *record) []string { return one(r.device) }, "DEVICEID %s", c.otherUUID)
	c.match(func(r *record) []string {
		if r.serial == "" || r.short == "" || chassis[r.serial] {
			return nil
		}
		return []string{r.serial + " and name " + r.short}
	}, "serial number %s", c.otherUUID)
	c.match(nameAndAddress, "name and network address %s", c.otherUUID)
	c.weak(func(r *record) string { return r.serial }, "serial number %s", func(a, b *record) (string, bool) {
		if chassis[a.serial] {
			return "it is the serial number of a chassis", false
		}
		if a.kind == "" || b.kind == "" {
			return "a serial number alone is not enough, and make or model are missing", true
		}
		return "make and model differ", true
	})
	c.weak(func(r *record) string { return r.short }, "name %s", nameAlone)
}

// matchWorkloads finds the workloads that are one machine.
func (m *merger) matchWorkloads() {
	var records []record
	for i, e := range m.estates {
		for k := range e.Workloads {
			records = append(records, m.workloadRecord(i, k))
		}
	}
	c := newClasses("workload", records)
	m.workloads = c
	c.decided(m.wishes)
	c.match(func(r *record) []string { return r.places }, samePlace, nil)
	c.match(func(r *record) []string { return one(r.uuid) }, "SMBIOS UUID %s", nil)
	c.match(func(r *record) []string {
		if r.system < 0 {
			return nil
		}
		return []string{"host " + itoa(m.hosts.root(r.system))}
	}, sameHost, c.otherUUID)
	c.match(func(r *record) []string { return one(r.device) }, "DEVICEID %s", c.otherUUID)
	c.match(nameAndAddress, "name and network address %s", c.otherUUID)
	c.weak(func(r *record) string {
		if r.system >= 0 {
			return "" // said of its host already
		}
		return r.short
	}, "name %s", nameAlone)
}

func one(key string) []string {
	if key == "" {
		return nil
	}
	return []string{key}
}

func nameAndAddress(r *record) []string {
	if r.short == "" {
		return nil
	}
	keys := make([]string, len(r.macs))
	for i, mac := range r.macs {
		keys[i] = r.short + " " + strings.ToLower(mac)
	}
	return keys
}

// nameAlone refuses machines of one name. Where both tell a UUID and these
// differ, they are two for certain and nothing needs saying.
func nameAlone(a, b *record) (string, bool) {
	if a.uuid != "" && b.uuid != "" || a.serial != "" && b.serial != "" && a.serial != b.serial {
		return "", false
	}
	return "a name alone is not enough, and no UUID, serial number or address tells", true
}

// decided joins what people say is one machine and notes what they say is not.
func (c *classes) decided(w *wishes) {
	same, different := map[int][]int{}, map[int][]int{}
	for i := range c.records {
		for _, d := range w.about(w.same, &c.records[i]) {
			same[d] = append(same[d], i)
		}
		for _, d := range w.about(w.different, &c.records[i]) {
			different[d] = append(different[d], i)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(different)) {
		w.used[fmt.Sprintf("different %d", d)] = true
		for _, a := range different[d] {
			for _, b := range different[d] {
				c.enemies[[2]int{a, b}] = a != b
			}
		}
	}
	for _, d := range slices.Sorted(maps.Keys(same)) {
		w.used[fmt.Sprintf("same %d", d)] = true
		for _, i := range same[d][1:] {
			c.join(same[d][0], i, "decision")
		}
	}
}

// match joins the records that share a key, unless several of one estate do:
// then it tells nothing. veto tells why two are not one all the same.
func (c *classes) match(keys func(*record) []string, by string, veto func(a, b int) string) {
	groups := c.groups(keys)
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		group := groups[key]
		evidence := by
		if strings.Contains(by, "%s") {
			evidence = fmt.Sprintf(by, key)
		}
		if several := c.severalOfOne(group, by == sameHost); several != "" {
			c.refuseAll(group, evidence, several)
			continue
		}
		for _, i := range group[1:] {
			c.try(group[0], i, evidence, veto)
		}
	}
}

// groups are the records by key, those of one key in an order of their own;
// keys that one record alone has are left out.
func (c *classes) groups(keys func(*record) []string) map[string][]int {
	first := make(map[string]int, len(c.records))
	groups := map[string][]int{}
	for i := range c.records {
		for _, k := range keys(&c.records[i]) {
			f, twice := first[k]
			switch {
			case !twice:
				first[k] = i
			case f == i:
			default:
				if groups[k] == nil {
					groups[k] = []int{f}
				}
				groups[k] = append(groups[k], i)
			}
		}
	}
	for _, g := range groups {
		slices.SortFunc(g, func(a, b int) int { return c.records[a].compare(&c.records[b]) })
	}
	return groups
}

func (c *classes) try(a, b int, by string, veto func(a, b int) string) {
	if c.root(a) == c.root(b) {
		c.join(a, b, by)
		return
	}
	if c.decidedApart(a, b) {
		c.refused = append(c.refused, refusal{a, b, by, "decision", false})
		return
	}
	if veto != nil {
		if why := veto(a, b); why != "" {
			c.refused = append(c.refused, refusal{a, b, by, why, true})
			return
		}
	}
	c.join(a, b, by)
}

// decidedApart tells whether people say that two classes are different.
func (c *classes) decidedApart(a, b int) bool {
	if len(c.enemies) == 0 {
		return false
	}
	for _, x := range c.members[c.root(a)] {
		for _, y := range c.members[c.root(b)] {
			if c.enemies[[2]int{x, y}] {
				return true
			}
		}
	}
	return false
}

// severalOfOne tells why a key that a group shares is of no use: several
// machines of one estate have it.
func (c *classes) severalOfOne(group []int, system bool) string {
	seen := map[hostName]int{} // estate, and host of a system → class
	for _, i := range group {
		e := hostName{c.records[i].estate, ""}
		if system {
			// Hosts of one estate may turn out to be one by what another tells.
			e.id = c.records[i].host
		}
		if class, ok := seen[e]; ok && class != c.root(i) {
			return "several machines of one inventory have it: copies, or blades that report their chassis'"
		}
		seen[e] = c.root(i)
	}
	return ""
}

// refuseAll notes that a key did not join its group: each with the first of
// another estate.
func (c *classes) refuseAll(group []int, by, why string) {
	if by == samePlace {
		return // several machines of one document: nothing was claimed
	}
	for _, i := range group[1:] {
		if c.root(i) != c.root(group[0]) {
			c.refused = append(c.refused, refusal{group[0], i, by, why, false})
		}
	}
}

// otherUUID refuses machines whose UUIDs are known and differ.
func (c *classes) otherUUID(a, b int) string {
	if disjoint(c.all(a, func(r *record) string { return r.uuid }), c.all(b, func(r *record) string { return r.uuid })) {
		return "their SMBIOS UUIDs differ"
	}
	return ""
}

// copies refuses hosts that share a UUID only: makers ship boards with one UUID
// for all, and disks with their systems are cloned.
func (c *classes) copies(a, b int) string {
	serials := disjoint(c.all(a, func(r *record) string { return r.serial }), c.all(b, func(r *record) string { return r.serial }))
	names := disjoint(c.all(a, func(r *record) string { return r.short }), c.all(b, func(r *record) string { return r.short }))
	if serials && names {
		return "serial numbers and names differ: a UUID that a maker gave to many, or a copy"
	}
	return ""
}

// all are the known values of a class.
func (c *classes) all(i int, value func(*record) string) []string {
	var out []string
	for _, k := range c.members[c.root(i)] {
		if v := value(&c.records[k]); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// disjoint tells whether both lists hold something and nothing in common.
func disjoint(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

// weak lists the records of different estates that share what is not enough to
// call them one. why is "" where nothing needs saying.
func (c *classes) weak(key func(*record) string, by string, why func(a, b *record) (string, bool)) {
	told := map[[2]int]bool{}
	for _, r := range c.refused {
		told[c.pair(r.a, r.b)] = true
	}
	groups := c.groups(func(r *record) []string { return one(key(r)) })
	for _, k := range slices.Sorted(maps.Keys(groups)) {
		a := groups[k][0]
		for _, b := range groups[k][1:] {
			if c.root(a) == c.root(b) || c.records[a].estate == c.records[b].estate || told[c.pair(a, b)] {
				continue
			}
			text, open := why(&c.records[a], &c.records[b])
			if text == "" {
				continue
			}
			if c.decidedApart(a, b) {
				text, open = "decision", false
			}
			told[c.pair(a, b)] = true
			c.refused = append(c.refused, refusal{a, b, fmt.Sprintf(by, k), text, open})
		}
	}
}

func (c *classes) pair(a, b int) [2]int {
	a, b = c.root(a), c.root(b)
	return [2]int{min(a, b), max(a, b)}
}

// each are all classes, the members of each in an order of their own.
func (c *classes) each() [][]int {
	var out [][]int
	for i, members := range c.members {
		if c.parent[i] != i {
			continue
		}
		members = slices.Clone(members)
		slices.SortFunc(members, func(a, b int) int { return c.records[a].compare(&c.records[b]) })
		out = append(out, members)
	}
	slices.SortStableFunc(out, c.compare)
	return out
}

// compare is an order of classes that stays when more is learnt of a machine:
// by the least place where it was seen.
func (c *classes) compare(a, b []int) int {
	least := func(class []int) string {
		first := c.records[class[0]].first
		for _, i := range class[1:] {
			first = min(first, c.records[i].first)
		}
		return first
	}
	return cmp.Or(strings.Compare(least(a), least(b)), c.records[a[0]].compare(&c.records[b[0]]))
}
