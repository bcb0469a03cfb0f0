package inventory

import (
	"fmt"
	"strconv"
	"strings"
)

// Bounds beyond which a figure is an error of units or of typing. They are far
// from any machine there is: 32 TiB and 8,192 cores are the largest hosts sold
// in 2026, 9 GHz the fastest core ever run.
const (
	maxMemoryMiB = 256 << 20
	maxCores     = 65_536
	maxDiskMiB   = 1 << 40
	minClockMHz  = 10
	maxClockMHz  = 20_000
	maxHostWatts = 100_000
	firstYear    = 1970
	lastYear     = 2100
	maxPUE       = 10
)

// maxSameFindings is how many findings of one code Check lists; the rest is
// counted.
const maxSameFindings = 100

// Check looks for what does not hang together: IDs that are missing or stand
// twice, names that lead nowhere, figures that cannot be, rules that match
// nothing. The findings are in the order of the estate.
//
// Codes: id-missing, id-twice, identity-shared, site-unknown, chassis-unknown,
// cluster-unknown, pool-unknown, host-unknown, datastore-unknown,
// memory-unknown, memory-absurd, cpu-absurd, clock-absurd, disk-absurd,
// power-absurd, year-absurd, use-absurd, pue-absurd, slot-twice, slot-absurd,
// rule-unclear, rule-matches-nothing.
func (e *Estate) Check() []Finding {
	c := checker{estate: e, known: map[string]map[string]bool{}, counts: map[string]int{}}
	c.ids("site", len(e.Sites), func(i int) string { return e.Sites[i].Name })
	c.ids("chassis", len(e.Chassis), func(i int) string { return e.Chassis[i].ID })
	c.ids("cluster", len(e.Clusters), func(i int) string { return e.Clusters[i].ID })
	c.ids("pool", len(e.Pools), func(i int) string { return e.Pools[i].ID })
	c.ids("host", len(e.Hosts), func(i int) string { return e.Hosts[i].ID })
	c.ids("workload", len(e.Workloads), func(i int) string { return e.Workloads[i].ID })
	c.ids("datastore", len(e.Datastores), func(i int) string { return e.Datastores[i].ID })
	c.uuids()
	c.places()
	for i := range e.Hosts {
		c.host(&e.Hosts[i])
	}
	c.slots()
	for i := range e.Workloads {
		c.workload(&e.Workloads[i])
	}
	c.rules()
	return c.close()
}

// checker gathers what Check finds.
type checker struct {
	estate   *Estate
	known    map[string]map[string]bool // kind → ID
	counts   map[string]int             // by code
	codes    []string                   // in the order they came up
	findings []Finding
}

func (c *checker) find(f Finding) {
	if c.counts[f.Code] == 0 {
		c.codes = append(c.codes, f.Code)
	}
	if c.counts[f.Code]++; c.counts[f.Code] <= maxSameFindings {
		c.findings = append(c.findings, f)
	}
}

// absurd is a finding about a figure that cannot be.
func (c *checker) absurd(what, kind, id, figure string) {
	c.find(Finding{
		Code: what + "-absurd", Severity: Error, Subject: id, What: fmt.Sprintf("%s %s: %s cannot be", kind, id, figure), Do: "correct it in the inventory",
		Values: map[string]string{"kind": kind, "id": id, "figure": figure},
	})
}

func (c *checker) close() []Finding {
	for _, code := range c.codes {
		if more := c.counts[code] - maxSameFindings; more > 0 {
			c.findings = append(c.findings, Finding{
				Code: code, Severity: Warning, What: fmt.Sprintf("%d more like these, not listed", more), Values: map[string]string{"more": strconv.Itoa(more)},
			})
		}
	}
	return c.findings
}

func (c *checker) ids(kind string, n int, id func(int) string) {
	seen := map[string]bool{}
	for i := range n {
		switch name := id(i); {
		case name == "":
			c.find(Finding{Code: "id-missing", Severity: Error, What: fmt.Sprintf("%s %d has no ID", kind, i+1), Do: "give it one",
				Values: map[string]string{"kind": kind, "number": strconv.Itoa(i + 1)}})
		case seen[name]:
			c.find(Finding{Code: "id-twice", Severity: Error, Subject: name, What: fmt.Sprintf("%s %q stands twice", kind, name), Do: "rename one of the two or drop it",
				Values: map[string]string{"kind": kind, "id": name}})
		default:
			seen[name] = true
		}
	}
	c.known[kind] = seen
}

// uuids looks for workloads that one SMBIOS UUID makes look like one machine.
func (c *checker) uuids() {
	first := map[string]string{}
	for i := range c.estate.Workloads {
		w := &c.estate.Workloads[i]
		if w.UUID == "" {
			continue
		}
		other, twice := first[w.UUID]
		if !twice {
			first[w.UUID] = w.ID
			continue
		}
		c.find(Finding{
			Code: "identity-shared", Severity: Warning, Subject: w.ID, What: fmt.Sprintf("workloads %s and %s have the same SMBIOS UUID", other, w.ID),
			Do: "drop one if they are one machine", Values: map[string]string{"id": w.ID, "other": other, "uuid": w.UUID},
		})
	}
}

// refer checks a name that must lead to something, where it is given.
func (c *checker) refer(subject, kind, name string) {
	if name == "" || c.known[kind][name] {
		return
	}
	c.find(Finding{
		Code: kind + "-unknown", Severity: Warning, Subject: subject, What: fmt.Sprintf("%s names the %s %q, which is not in the estate", subject, kind, name),
		Do: "add it, or correct the name", Values: map[string]string{"kind": kind, "name": name, "subject": subject},
	})
}

// places checks sites, chassis, clusters, pools and datastores.
func (c *checker) places() {
	for i := range c.estate.Sites {
		if s := &c.estate.Sites[i]; s.PUE != 0 && (s.PUE < 1 || s.PUE > maxPUE) {
			c.absurd("pue", "site", s.Name, fmt.Sprintf("a PUE of %g", s.PUE))
		}
	}
	for i := range c.estate.Chassis {
		c.refer(c.estate.Chassis[i].ID, "site", c.estate.Chassis[i].Site)
	}
	for i := range c.estate.Clusters {
		c.refer(c.estate.Clusters[i].ID, "site", c.estate.Clusters[i].Site)
	}
	for i := range c.estate.Pools {
		p := &c.estate.Pools[i]
		c.refer(p.ID, "cluster", p.Cluster)
		c.refer(p.ID, "pool", p.Parent)
	}
	for i := range c.estate.Datastores {
		d := &c.estate.Datastores[i]
		for _, h := range d.Hosts {
			c.refer(d.ID, "host", h)
		}
		if absurdSize(d.Capacity, maxDiskMiB) || absurdSize(d.Free, maxDiskMiB) {
			c.absurd("disk", "datastore", d.ID, fmt.Sprintf("%s, %s of them free", d.Capacity, d.Free))
		}
	}
}

func absurdSize(s Size, most float64) bool { return s.MiB() < 0 || s.MiB() > most }

func (c *checker) host(h *Host) {
	c.refer(h.ID, "site", h.Site)
	c.refer(h.ID, "chassis", h.Chassis)
	c.refer(h.ID, "cluster", h.Cluster)
	if h.Memory.Known() && h.Memory.MiB() == 0 || absurdSize(h.Memory, maxMemoryMiB) {
		c.absurd("memory", "host", h.ID, h.Memory.String()+" of memory")
	}
	if !h.Memory.Known() && (h.State == "" || h.State == HostOn) {
		c.find(Finding{
			Code: "memory-unknown", Severity: Warning, Subject: h.ID, What: fmt.Sprintf("the memory of host %s is unknown: nothing can be placed on it", h.ID),
			Do: "add memory to it", Values: map[string]string{"id": h.ID},
		})
	}
	if absurdSize(h.Disk, maxDiskMiB) {
		c.absurd("disk", "host", h.ID, h.Disk.String()+" of disk")
	}
	c.cpu(h)
	c.power(h)
	if h.Year != 0 && (h.Year < firstYear || h.Year > lastYear) {
		c.absurd("year", "host", h.ID, fmt.Sprintf("made in %d", h.Year))
	}
	c.use("host", h.ID, &h.Use)
}

func (c *checker) cpu(h *Host) {
	cpu := h.CPU
	least, most := min(cpu.Sockets, cpu.Cores, cpu.Threads), max(cpu.Sockets, cpu.Cores, cpu.Threads)
	doubled := cpu.Cores > 0 && cpu.Sockets > cpu.Cores || cpu.Threads > 0 && cpu.Cores > cpu.Threads
	if least < 0 || most > maxCores || doubled {
		c.absurd("cpu", "host", h.ID, fmt.Sprintf("%d sockets, %d cores and %d threads in all", cpu.Sockets, cpu.Cores, cpu.Threads))
	}
	if mhz := cpu.Clock.MHz(); cpu.Clock.Known() && (mhz < minClockMHz || mhz > maxClockMHz) {
		c.absurd("clock", "host", h.ID, "a clock of "+cpu.Clock.String())
	}
}

func (c *checker) power(h *Host) {
	p := h.Power
	bad := p.Idle.Known() && p.Max.Known() && p.Idle.Watts() > p.Max.Watts()
	for _, w := range []Power{p.Idle, p.Max, p.Mean} {
		bad = bad || w.Watts() < 0 || w.Watts() > maxHostWatts
	}
	if bad {
		c.absurd("power", "host", h.ID, fmt.Sprintf("%s idle, %s at most, %s on average", orUnknown(p.Idle), orUnknown(p.Max), orUnknown(p.Mean)))
	}
}

func orUnknown(p Power) string {
	if !p.Known() {
		return "unknown"
	}
	return p.String()
}

// use checks measured levels: none is negative; no share of memory exceeds all
// of it. CPU may: a guest counts more than 100 % under turbo.
func (c *checker) use(kind, id string, u *Use) {
	for _, s := range []struct {
		name string
		stat *Stat
		most float64 // percent
	}{{"CPU", &u.CPU, 1000}, {"memory", &u.Memory, 200}} {
		for _, l := range []Level{s.stat.Now, s.stat.Mean, s.stat.P50, s.stat.P90, s.stat.P95, s.stat.P99, s.stat.Max} {
			if l.Value() < 0 || l.Kind() == OfWhole && l.Value() > s.most {
				c.absurd("use", kind, id, fmt.Sprintf("%s use of %s", s.name, l))
				break
			}
		}
	}
}

// slots checks that no two blades stand in one slot, and none beyond the last.
func (c *checker) slots() {
	size := map[string]int{}
	for i := range c.estate.Chassis {
		size[c.estate.Chassis[i].ID] = c.estate.Chassis[i].Slots
	}
	type place struct {
		chassis string
		slot    int
	}
	taken := map[place]string{}
	for i := range c.estate.Hosts {
		h := &c.estate.Hosts[i]
		if h.Slot == 0 {
			continue
		}
		if most := size[h.Chassis]; h.Slot < 0 || most > 0 && h.Slot > most {
			c.absurd("slot", "host", h.ID, fmt.Sprintf("slot %d of chassis %s", h.Slot, h.Chassis))
		}
		p := place{h.Chassis, h.Slot}
		if other, twice := taken[p]; twice {
			c.find(Finding{
				Code: "slot-twice", Severity: Warning, Subject: h.ID, What: fmt.Sprintf("hosts %s and %s both stand in slot %d of chassis %s", other, h.ID, h.Slot, h.Chassis),
				Do: "correct one of them", Values: map[string]string{"id": h.ID, "other": other, "slot": strconv.Itoa(h.Slot), "chassis": h.Chassis},
			})
		}
		taken[p] = h.ID
	}
}

func (c *checker) workload(w *Workload) {
	c.refer(w.ID, "host", w.Host)
	c.refer(w.ID, "cluster", w.Cluster)
	c.refer(w.ID, "pool", w.Pool)
	for _, d := range w.Datastores {
		c.refer(w.ID, "datastore", d)
	}
	if absurdSize(w.Memory, maxMemoryMiB) || absurdSize(w.MemoryReservation, maxMemoryMiB) {
		c.absurd("memory", "workload", w.ID, w.Memory.String()+" of memory")
	}
	if w.VCPUs < 0 || w.VCPUs > maxCores || w.CPUReservation.MHz() < 0 {
		c.absurd("cpu", "workload", w.ID, strconv.Itoa(w.VCPUs)+" vCPUs")
	}
	if absurdSize(w.Disk, maxDiskMiB) || absurdSize(w.DiskUsed, maxDiskMiB) {
		c.absurd("disk", "workload", w.ID, w.Disk.String()+" of disk")
	}
	c.use("workload", w.ID, &w.Use)
}

func (c *checker) rules() {
	if len(c.estate.Rules) == 0 {
		return
	}
	guests := matcher{names: map[string]bool{}}
	for i := range c.estate.Workloads {
		guests.add(c.estate.Workloads[i].ID, c.estate.Workloads[i].Name)
	}
	hosts := matcher{names: map[string]bool{}}
	for i := range c.estate.Hosts {
		hosts.add(c.estate.Hosts[i].ID, c.estate.Hosts[i].Name, c.estate.Hosts[i].Model)
	}
	for i := range c.estate.Rules {
		c.rule(&c.estate.Rules[i], i, &guests, &hosts)
	}
}

func (c *checker) rule(r *Rule, i int, guests, hosts *matcher) {
	name := r.Name
	if name == "" {
		name = fmt.Sprintf("rule %d", i+1)
	}
	c.nothing(name, "workload", r.Workloads(), guests)
	c.nothing(name, "host", r.Hosts, hosts)
	unclear := r.Unclear()
	if unclear == "" {
		return
	}
	c.find(Finding{
		Code: "rule-unclear", Severity: Error, Subject: name, What: fmt.Sprintf("%s: %s", name, unclear), Do: "split it or complete it",
		Values: map[string]string{"rule": name, "why": unclear},
	})
}

// nothing reports the names and patterns of a rule that match nothing.
func (c *checker) nothing(rule, kind string, list []string, m *matcher) {
	for _, text := range list {
		if m.matches(text) {
			continue
		}
		c.find(Finding{
			Code: "rule-matches-nothing", Severity: Warning, Subject: rule, What: fmt.Sprintf("%s: no %s is called %q", rule, kind, text), Do: "correct or drop the name",
			Values: map[string]string{"rule": rule, "kind": kind, "name": text},
		})
	}
}

// matcher finds names as rules write them: exactly, or by pattern.
type matcher struct {
	names map[string]bool
	tries int // comparisons of patterns with names so far
}

// maxTries bounds the comparisons that the patterns of a hostile file cost;
// 1,000 patterns over 100,000 workloads stay below.
const maxTries = 200_000_000

func (m *matcher) add(names ...string) {
	for _, n := range names {
		m.names[strings.ToLower(n)] = true
	}
}

func (m *matcher) matches(text string) bool {
	if !strings.ContainsAny(text, "*?") {
		return text != "" && m.names[strings.ToLower(text)]
	}
	for n := range m.names {
		if m.tries++; m.tries > maxTries || Matches(text, n) {
			return true
		}
	}
	return false
}
