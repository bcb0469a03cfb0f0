package mask

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Masker masks one estate, and what is written about it.
type Masker struct {
	key    *Key
	estate *inventory.Estate            // as it was
	tokens map[string]map[string]string // kind → name → token
	words  map[string]string            // in lower case → token, to be found in sentences
	most   int                          // words of the longest of them
}

// New prepares to mask an estate with a key, which learns its names.
func New(k *Key, e *inventory.Estate) *Masker {
	if k.Tokens == nil {
		k.Tokens = map[string]string{}
	}
	m := &Masker{key: k, estate: e, tokens: map[string]map[string]string{}, words: map[string]string{}}
	names := namesOf(e)
	for _, kind := range kinds {
		m.tokens[kind] = k.order(kind, names[kind])
	}
	// What several kinds are called by one name is told in sentences as the first.
	for _, kind := range kinds {
		if kind == "note" {
			continue // sentences of their own
		}
		for name, token := range m.tokens[kind] {
			m.word(name, token)
		}
	}
	return m
}

func (m *Masker) word(name, token string) {
	lower := strings.ToLower(name)
	if _, known := m.words[lower]; known || len(lower) < 2 || plainSource.MatchString(lower) {
		return // one letter tells nobody, and is a word of many sentences
	}
	m.words[lower] = token
	m.most = max(m.most, len(splitWords(lower)))
}

// token is what stands for a name of a kind; an empty name stays empty.
func (m *Masker) token(kind, name string) string {
	if name == "" {
		return ""
	}
	if t, ok := m.tokens[kind][name]; ok {
		return t
	}
	// Met in a sentence only: told by the secret, in no order.
	t := kind + "-" + hex.EncodeToString(m.key.digest(kind, name))[:12]
	m.key.Tokens[t] = name
	return t
}

// number stands for a serial number, a DEVICEID and the like.
func (m *Masker) number(s string) string {
	if s == "" {
		return ""
	}
	t := "sn-" + hex.EncodeToString(m.key.digest("serial", s))[:12]
	m.key.Tokens[t] = s
	return t
}

// uuid stands for a UUID. Both byte orders of one stand for one again, so that
// masked inventories still merge.
func (m *Masker) uuid(u string) string {
	if u == "" {
		return ""
	}
	canonical := min(u, inventory.SwapUUID(u))
	h := hex.EncodeToString(m.key.digest("uuid", canonical))
	t := h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:32]
	if u != canonical {
		t = inventory.SwapUUID(t)
	}
	m.key.Tokens[t] = u
	return t
}

// mac stands for an address of a network card; it is marked as locally given
// (IEEE 802, bit 1 of the first octet), as no maker gave it.
func (m *Masker) mac(a string) string {
	h := hex.EncodeToString(m.key.digest("mac", strings.ToLower(a)))
	t := "02:" + h[:2] + ":" + h[2:4] + ":" + h[4:6] + ":" + h[6:8] + ":" + h[8:10]
	m.key.Tokens[t] = a
	return t
}

// Estate is the estate with everything masked; the estate itself stays as it is.
func (m *Masker) Estate() *inventory.Estate {
	e := m.estate
	out := &inventory.Estate{Version: e.Version, Name: m.token("estate", e.Name), Collected: e.Collected}
	for _, s := range e.Sources {
		s.ID, s.Path, s.Tool = m.source(s.ID), m.token("place", s.Path), m.Text(s.Tool)
		out.Sources = append(out.Sources, s)
	}
	for _, s := range e.Sites {
		s.Name, s.From = m.token("site", s.Name), m.origins(s.From)
		out.Sites = append(out.Sites, s)
	}
	for _, c := range e.Chassis {
		c.ID, c.Name, c.Serial, c.Site, c.From = m.token("chassis", c.ID), m.token("chassis", c.Name), m.number(c.Serial), m.token("site", c.Site), m.origins(c.From)
		out.Chassis = append(out.Chassis, c)
	}
	for _, c := range e.Clusters {
		c.ID, c.Name, c.Site, c.From = m.token("cluster", c.ID), m.token("cluster", c.Name), m.token("site", c.Site), m.origins(c.From)
		out.Clusters = append(out.Clusters, c)
	}
	for _, p := range e.Pools {
		p.ID, p.Name, p.Cluster, p.Parent, p.From = m.token("pool", p.ID), m.token("pool", p.Name), m.token("cluster", p.Cluster), m.token("pool", p.Parent), m.origins(p.From)
		out.Pools = append(out.Pools, p)
	}
	for _, h := range e.Hosts {
		out.Hosts = append(out.Hosts, m.host(h))
	}
	for _, w := range e.Workloads {
		out.Workloads = append(out.Workloads, m.workload(w))
	}
	for _, d := range e.Datastores {
		d.ID, d.Name, d.Hosts, d.From = m.token("store", d.ID), m.token("store", d.Name), m.all("host", d.Hosts), m.origins(d.From)
		out.Datastores = append(out.Datastores, d)
	}
	for _, r := range e.Rules {
		out.Rules = append(out.Rules, m.Rule(r))
	}
	for _, f := range e.Findings {
		out.Findings = append(out.Findings, m.finding(f))
	}
	return out
}

func (m *Masker) host(h inventory.Host) inventory.Host {
	h.ID, h.Name = m.token("host", h.ID), m.token("host", h.Name)
	h.Site, h.Cluster, h.Chassis = m.token("site", h.Site), m.token("cluster", h.Cluster), m.token("chassis", h.Chassis)
	h.Serial, h.UUID, h.Device, h.Owner = m.number(h.Serial), m.uuid(h.UUID), m.number(h.Device), m.token("owner", h.Owner)
	h.MACs, h.Labels, h.From = m.macs(h.MACs), m.labels(h.Labels), m.origins(h.From)
	return h
}

func (m *Masker) workload(w inventory.Workload) inventory.Workload {
	w.ID, w.Name, w.Host = m.token("vm", w.ID), m.token("vm", w.Name), m.token("host", w.Host)
	w.Cluster, w.Pool, w.Service = m.token("cluster", w.Cluster), m.token("pool", w.Pool), m.token("service", w.Service)
	w.UUID, w.Device, w.MACs = m.uuid(w.UUID), m.number(w.Device), m.macs(w.MACs)
	w.Datastores, w.Labels, w.From = m.all("store", w.Datastores), m.labels(w.Labels), m.origins(w.From)
	w.Pins = slices.Clone(w.Pins)
	for i := range w.Pins {
		w.Pins[i].Reason = m.token("note", w.Pins[i].Reason)
	}
	return w
}

func (m *Masker) all(kind string, names []string) []string {
	out := slices.Clone(names)
	for i := range out {
		out[i] = m.token(kind, out[i])
	}
	return out
}

func (m *Masker) macs(list []string) []string {
	out := slices.Clone(list)
	for i := range out {
		out[i] = m.mac(out[i])
	}
	slices.Sort(out)
	return out
}

// plainLabel is a value that tells nobody: a small number, or the stage of life
// of a machine. Policies choose machines by such.
var plainLabel = regexp.MustCompile(`^([0-9]{1,3}|prod|production|preprod|pre-prod|test|recette|dev|develop(pe)?ment|d[ée]veloppement|int(egration)?|qualif(ication)?|demo|formation|on|off|true|false|yes|no)$`)

func (m *Masker) labels(labels map[string]string) map[string]string {
	if labels == nil {
		return nil
	}
	out := make(map[string]string, len(labels))
	for k, v := range labels {
		if v != "" && !plainLabel.MatchString(strings.ToLower(v)) {
			v = m.token("label", v)
		}
		out[k] = v
	}
	return out
}

// plainSource is an ID that only says what sort of source it is.
var plainSource = regexp.MustCompile(`^(ocs|glpi|rvtools|vsphere|proxmox|libvirt|azure|dmidecode|table|usage|register|estate)(-[0-9]+)?$`)

func (m *Masker) source(id string) string {
	if plainSource.MatchString(id) {
		return id
	}
	return m.token("source", id)
}

// plainPlace is a sheet of RVTools: it says what kind of facts, not whose.
var plainPlace = regexp.MustCompile(`^v[A-Z][A-Za-z_]+$`)

func (m *Masker) place(at string) string {
	if plainPlace.MatchString(at) {
		return at
	}
	return m.token("place", at)
}

func (m *Masker) origins(from []inventory.Origin) []inventory.Origin {
	out := slices.Clone(from)
	for i := range out {
		o := &out[i]
		o.Source, o.At, o.Method = m.source(o.Source), m.place(o.At), m.Text(o.Method)
		o.Fields = slices.Clone(o.Fields)
		for k, f := range o.Fields {
			if list, item, ok := strings.Cut(f, "."); ok && (list == "macs" || list == "datastores" || list == "pins") {
				o.Fields[k] = list + "." + m.token("note", item)
			}
		}
	}
	return out
}

// Rule is a rule with names masked. Patterns become the machines that they
// match: they would match no token.
func (m *Masker) Rule(r inventory.Rule) inventory.Rule {
	r.Name, r.Reason = m.token("rule", r.Name), m.token("note", r.Reason)
	r.Apart, r.Together, r.Only = m.Workloads(r.Apart), m.Workloads(r.Together), m.Workloads(r.Only)
	r.Never, r.Stay, r.Hosts = m.Workloads(r.Never), m.Workloads(r.Stay), m.Hosts(r.Hosts)
	r.From = m.origins(r.From)
	return r
}

// Workloads masks names and patterns of workloads.
func (m *Masker) Workloads(list []string) []string {
	return m.expand("vm", list, len(m.estate.Workloads), func(i int) []string {
		w := &m.estate.Workloads[i]
		return []string{w.ID, w.Name}
	})
}

// Hosts masks names and patterns of hosts; models that they may name stay.
func (m *Masker) Hosts(list []string) []string {
	return m.expand("host", list, len(m.estate.Hosts), func(i int) []string {
		h := &m.estate.Hosts[i]
		return []string{h.ID, h.Name, h.Model}
	})
}

// expand masks a list of names and patterns of n machines.
func (m *Masker) expand(kind string, list []string, n int, names func(i int) []string) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, text := range list {
		found := false
		for i := range n {
			all := names(i)
			if !inventory.Matches(text, all...) {
				continue
			}
			if found = true; len(all) > 2 && !inventory.Matches(text, all[:2]...) {
				add(text) // by model
				continue
			}
			add(m.token(kind, all[0]))
		}
		if !found {
			add(m.token(kind, text))
		}
	}
	return out
}

func (m *Masker) finding(f inventory.Finding) inventory.Finding {
	f.Source, f.At = m.source(f.Source), m.place(f.At)
	f.Subject = m.subject(f.Subject)
	values := map[string]string{}
	for k, v := range f.Values {
		values[k] = m.value(k, v)
	}
	for _, k := range sortedByLength(f.Values) {
		if v := f.Values[k]; v != "" && values[k] != v {
			f.What, f.Do = replaceWord(f.What, v, values[k]), replaceWord(f.Do, v, values[k])
		}
	}
	f.What, f.Do = m.Text(f.What), m.Text(f.Do)
	if f.Values != nil {
		f.Values = values
	}
	return f
}

func (m *Masker) subject(s string) string {
	if s == "" {
		return ""
	}
	for _, kind := range kinds {
		if t, ok := m.tokens[kind][s]; ok && kind != "note" {
			return t
		}
	}
	return m.token("note", s)
}

// told are values of findings that say what, how many or how much, not who.
var told = []string{"count", "kind", "figure", "field", "fields", "line", "number", "more", "encoding", "separator", "decimal", "days", "seen", "sheet", "size", "threads",
	"section", "lacks", "state", "automation", "rows", "documents", "findings", "workstations", "guests", "oldest", "hosts", "vms", "snapshots", "slot", "limit", "unknown", "columns", "why", "model", "maker"}

func (m *Masker) value(key, v string) string {
	if slices.Contains(told, key) {
		return m.Text(v)
	}
	if _, err := strconv.ParseFloat(strings.TrimSuffix(v, " %"), 64); err == nil || v == "" {
		return v
	}
	if _, known := m.words[strings.ToLower(v)]; known {
		return m.Text(v)
	}
	if masked := m.Text(v); masked != v {
		return masked
	}
	if quantity.MatchString(v) {
		return v
	}
	return m.token("note", v)
}

// quantity is a figure with a unit, or a date.
var quantity = regexp.MustCompile(`^[0-9][0-9.,:/ -]*( ?(MiB|GiB|TiB|MHz|GHz|W|kW|%|cores?|vCPUs?|years?))?$`)

func sortedByLength(values map[string]string) []string {
	var keys []string
	for k := range values {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if c := len(values[b]) - len(values[a]); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return keys
}

// String says what was masked: how many names of each kind.
func (m *Masker) String() string {
	var parts []string
	for _, kind := range kinds {
		if n := len(m.tokens[kind]); n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", kind, n))
		}
	}
	return strings.Join(parts, ", ")
}
