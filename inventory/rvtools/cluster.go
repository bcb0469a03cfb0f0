package rvtools

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// cluster takes in one row of vCluster: its HA and DRS settings.
func (b *builder) cluster(_ *scope, t *table) {
	n := b.clusterNumber(t.server(), t.text(fName), b.origin(t))
	c := &b.clusters[n]
	if c.set {
		return // it stands in a newer export, or twice
	}
	c.set, c.From = true, []inventory.Origin{b.origin(t)}
	c.HA = inventory.HA{Enabled: t.flag(fHA), Admission: t.flag(fAdmission)}
	if level := t.count(fFailover); level > 0 && level < 64 {
		c.HA.HostFailures = level
		c.HA.Policy = "hosts"
	}
	if c.HA.Enabled && c.HA.Admission && c.HA.HostFailures == 0 {
		b.notes.add(inventory.Finding{
			Code: "ha-policy-unknown", Severity: inventory.Note, Subject: t.text(fName), Source: t.source, At: t.at, Line: t.rec.line,
			What:   fmt.Sprintf("HA of cluster %s keeps room in reserve, but RVTools does not say how much", c.Name),
			Do:     "set survive in the policy",
			Values: map[string]string{"cluster": c.Name},
		})
	}
	c.DRS = inventory.DRS{Enabled: t.flag(fDRS), DPM: t.flag(fDPM)}
	switch mode := strings.ToLower(t.text(fDRSMode)); {
	case strings.Contains(mode, "full"):
		c.DRS.Automation = "full"
	case strings.Contains(mode, "partial"):
		c.DRS.Automation = "partial"
	case strings.Contains(mode, "manual"):
		c.DRS.Automation = "manual"
	}
}

// pool takes in one row of vRP. The root pool of a cluster is no pool.
func (b *builder) pool(_ *scope, t *table) {
	path := t.text(fPath)
	if path == "" {
		path = t.text(fName)
	}
	cluster, inside := splitPool(path)
	if inside == "" {
		return
	}
	n := b.poolAt(t.server(), b.clusterNumber(t.server(), cluster, b.origin(t)), path, b.origin(t))
	p := &b.pools[n]
	p.From = []inventory.Origin{b.origin(t)}
	if v, known := t.number(fCPUReservation); known && v > 0 {
		p.CPUReservation = inventory.MHz(v)
	}
	if v, known := t.number(fCPULimit); known && v > 0 {
		p.CPULimit = inventory.MHz(v)
	}
	if v, known := t.number(fMemoryReservation); known && v > 0 {
		p.MemoryReservation = inventory.MiB(v)
	}
	if v, known := t.number(fMemoryLimit); known && v > 0 {
		p.MemoryLimit = inventory.MiB(v)
	}
}

// splitPool cuts "/Datacenter/Cluster/Resources/prod/web" into the cluster and
// the pool's path below the root pool, which is empty for the root itself.
func splitPool(path string) (cluster, inside string) {
	before, inside, ok := strings.Cut(path, "/Resources")
	if !ok || inside != "" && inside[0] != '/' {
		if path == "Resources" || strings.Contains(path, "/") {
			return "", ""
		}
		return "", path
	}
	return before[strings.LastIndexByte(before, '/')+1:], strings.Trim(inside, "/")
}

// maxPoolDepth is the deepest nesting that vSphere allows (8), and some.
const maxPoolDepth = 16

// poolAt is the number of the pool with that path, made with all above it.
func (b *builder) poolAt(server string, cluster int, path string, from inventory.Origin) int {
	key := placeKey{server, strings.ToLower(path)}
	if n, ok := b.poolOf[key]; ok {
		return n
	}
	_, inside := splitPool(path)
	parent := -1
	if i := strings.LastIndexByte(inside, '/'); i > 0 && strings.Count(inside, "/") < maxPoolDepth {
		parent = b.poolAt(server, cluster, path[:len(path)-len(inside)+i], from)
	}
	n := len(b.pools)
	b.poolOf[key] = n
	b.pools = append(b.pools, poolFacts{
		Pool:    inventory.Pool{Name: inside[strings.LastIndexByte(inside, '/')+1:], From: []inventory.Origin{from}},
		cluster: cluster, parent: parent, path: path,
	})
	return n
}

// poolNumber is the number of the pool that a row of vInfo names; -1: none.
func (b *builder) poolNumber(v vmFacts, t *table) int {
	path := strings.TrimRight(t.text(fPool), "/")
	if _, inside := splitPool(path); inside == "" {
		return -1
	}
	return b.poolAt(v.server, int(v.cluster), path, b.origin(t))
}

// datastore takes in one row of vDatastore.
func (b *builder) datastore(s *scope, t *table) {
	d := datastoreFacts{server: t.server(), only: -1}
	d.Name, d.Type = t.text(fName), t.text(fType)
	d.Capacity, d.Free = t.size(fCapacity), t.size(fFree)
	d.From = []inventory.Origin{b.origin(t)}
	listed := 0
	for name := range strings.FieldsFuncSeq(string(t.rec.raw(t.index[fHosts])), func(r rune) bool { return r == ',' || r == ';' }) {
		if name = inventory.CleanText(name); name == "" {
			continue
		}
		if listed++; listed > maxDatastoreHosts {
			break
		}
		if h := b.hostNamed(s, d.server, name); h >= 0 && !slices.Contains(d.hosts, h) {
			d.hosts = append(d.hosts, h)
		}
	}
	count, known := t.amount(fHostCount)
	if listed == 1 && len(d.hosts) == 1 && (!known || count == 1) {
		d.only = d.hosts[0]
	}
	key := placeKey{d.server, strings.ToLower(d.Name)}
	if _, twice := s.datastoreOf[key]; twice {
		return
	}
	n := len(b.datastores)
	s.datastoreOf[key] = n
	s.datastoreOf[placeKey{"", key.name}] = n
	b.datastores = append(b.datastores, d)
}

// maxDatastoreHosts is well above what vSphere allows (256 hosts a datastore).
const maxDatastoreHosts = 4096

// hostNamed is the host of vHost that a list names; -1 for none.
func (b *builder) hostNamed(s *scope, server, name string) int {
	n := hostName{name: name, server: server, cluster: -1}
	if h := b.only(n, s.hosts[strings.ToLower(name)]); h >= 0 {
		return h
	}
	return b.only(n, s.short[shortName(name)])
}

// rules turns the rules that VMs say they belong to into rules of the estate,
// as far as RVTools tells: the names and, mostly, the types.
func (b *builder) rules(ids []string) []inventory.Rule {
	found := map[ruleKey]*ruleFacts{}
	for i := range b.vms {
		v := &b.vms[i]
		if v.ruleNames == "" {
			continue
		}
		names, types := splitList(v.ruleNames), splitList(v.ruleTypes)
		for k, name := range names {
			kind := ""
			switch {
			case len(types) == len(names):
				kind = ruleKind(types[k])
			case len(types) == 1:
				kind = ruleKind(types[0])
			}
			key := ruleKey{v.source, int(v.cluster), name}
			r := found[key]
			if r == nil {
				r = &ruleFacts{kind: kind, line: int(v.line), source: v.source}
				found[key] = r
			}
			if kind != r.kind {
				r.kind = ""
			}
			r.members = append(r.members, ids[i])
		}
	}
	return b.writeRules(found)
}

type ruleKey struct {
	source  string
	cluster int
	name    string
}

type ruleFacts struct {
	kind, source string
	line         int
	members      []string
}

func splitList(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" && len(list) < maxPins {
			list = append(list, part)
		}
	}
	return list
}

// ruleKind is "apart", "together", or "" for what names no hosts and no sense.
func ruleKind(text string) string {
	t := strings.ToLower(text)
	switch {
	case strings.Contains(t, "host"):
		return ""
	case strings.Contains(t, "anti") || strings.Contains(t, "separate"):
		return "apart"
	case strings.Contains(t, "affinity") || strings.Contains(t, "together"):
		return "together"
	}
	return ""
}

func (b *builder) writeRules(found map[ruleKey]*ruleFacts) []inventory.Rule {
	keys := make([]ruleKey, 0, len(found))
	for k := range found {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(x, y ruleKey) int {
		return strings.Compare(x.name+"\x00"+x.source+"\x00"+strconv.Itoa(x.cluster), y.name+"\x00"+y.source+"\x00"+strconv.Itoa(y.cluster))
	})
	var rules []inventory.Rule
	for _, k := range keys {
		r := found[k]
		slices.Sort(r.members)
		rule := inventory.Rule{Name: k.name, From: []inventory.Origin{{Source: r.source, At: "vInfo", Line: r.line}}}
		code, what := "rule-state-unknown", "is taken to be in force: RVTools does not say whether it is enabled"
		switch {
		case r.kind == "" || len(r.members) < 2:
			code, what = "rule-not-read", "is left out: RVTools gives its name, not what it asks for"
		case r.kind == "apart":
			rule.Apart = r.members
		default:
			rule.Together = r.members
		}
		if code == "rule-state-unknown" {
			rules = append(rules, rule)
		}
		b.notes.add(inventory.Finding{
			Code: code, Severity: inventory.Warning, Subject: k.name, Source: r.source, At: "vInfo", Line: r.line,
			What:   fmt.Sprintf("rule %q of %d VMs %s", k.name, len(r.members), what),
			Do:     "check it in vCenter, and in the estate file",
			Values: map[string]string{"rule": k.name, "count": strconv.Itoa(len(r.members))},
		})
	}
	return rules
}
