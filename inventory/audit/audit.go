package audit

import (
	"sobre/inventory"
)

// Audit is what an estate is made of, how it is used, and how far the data can
// be trusted.
type Audit struct {
	Name      string         `json:"name,omitzero" yaml:"name,omitempty"`
	Day       inventory.Date `json:"day,omitzero" yaml:"day,omitempty"` // ages and support are told as of it: the day of the inventory
	Totals    Totals         `json:"totals" yaml:"totals"`
	Counts    []Count        `json:"counts" yaml:"counts"`
	Use       []Distribution `json:"use" yaml:"use"`
	Allotted  []Allotted     `json:"allotted,omitempty" yaml:"allotted,omitempty"`
	Idle      []Idle         `json:"idle" yaml:"idle"`
	Oversized []Oversized    `json:"oversized" yaml:"oversized"`
	// Candidates are the standalone servers, best first.
	Candidates []Candidate   `json:"candidates" yaml:"candidates"`
	Single     []SinglePoint `json:"single_points" yaml:"single_points"`
	Storage    []Storage     `json:"storage,omitempty" yaml:"storage,omitempty"`
	Quality    []Field       `json:"quality" yaml:"quality"`
	Cannot     []string      `json:"cannot_tell" yaml:"cannot_tell"` // sentences: what no data allows to compute
	Machines   []Machine     `json:"machines" yaml:"machines"`
}

// Totals are sums over the estate.
type Totals struct {
	Hosts       int     `json:"hosts" yaml:"hosts"`
	HostsOn     int     `json:"hosts_on" yaml:"hosts_on"`
	Hypervisors int     `json:"hypervisors" yaml:"hypervisors"`
	Standalone  int     `json:"standalone" yaml:"standalone"`
	Blades      int     `json:"blades" yaml:"blades"`
	Workloads   int     `json:"workloads" yaml:"workloads"` // templates and placeholders left out
	Physical    int     `json:"physical" yaml:"physical"`
	VMs         int     `json:"vms" yaml:"vms"`
	On          int     `json:"on" yaml:"on"`
	Cores       int     `json:"cores" yaml:"cores"`           // of hosts that are on
	MemoryMiB   float64 `json:"memory_mib" yaml:"memory_mib"` // of hosts that are on
	Sites       int     `json:"sites" yaml:"sites"`
	Clusters    int     `json:"clusters" yaml:"clusters"`
}

// Count is how many machines there are of each kind.
type Count struct {
	By   string `json:"by" yaml:"by"`     // role | state | make | model | age | os | support | site | service
	Of   string `json:"of" yaml:"of"`     // hosts | workloads
	Rows []Row  `json:"rows" yaml:"rows"` // the most frequent first; ages and states of support in their own order
}

// Row is one kind of a count; an empty name is unknown.
type Row struct {
	Name string `json:"name" yaml:"name"`
	N    int    `json:"n" yaml:"n"`
}

// Options says how to look at an estate; its zero value is good.
type Options struct {
	Day       inventory.Date   // ages and support are told as of it; unknown: the day of the inventory
	Rules     []inventory.Rule // of a policy, besides the estate's own
	Conflicts []Conflict       // of a merge
	Accepted  *Accepted        // what people accept although it speaks against moving a machine; nil: nothing
}

// Conflict is a fact that several inventories of one machine tell differently.
type Conflict struct {
	Kind  string // host | workload
	ID    string
	Field string
}

// Of works out everything.
func Of(e *inventory.Estate, o Options) *Audit {
	v := newView(e, o)
	a := &Audit{Name: e.Name, Day: v.day, Totals: v.totals(), Counts: v.counts(), Use: v.distributions(), Allotted: v.allotted()}
	a.Idle = v.idle()
	a.Oversized = v.oversized()
	a.Candidates = v.candidates()
	a.Single = v.singlePoints()
	a.Storage = v.storage()
	a.Quality = v.quality()
	a.Cannot = v.cannot()
	a.Machines = v.machines(a)
	return a
}

// view is an estate with what is looked up again and again.
type view struct {
	estate  *inventory.Estate
	options Options
	day     inventory.Date
	hosts   map[string]*inventory.Host
	onHost  map[string][]*inventory.Workload // workloads by host ID
	stale   map[string]bool                  // IDs of machines not heard of for long
}

func newView(e *inventory.Estate, o Options) *view {
	v := &view{estate: e, options: o, day: e.Collected, hosts: map[string]*inventory.Host{}, onHost: map[string][]*inventory.Workload{}, stale: map[string]bool{}}
	for _, s := range e.Sources {
		if !e.Collected.Known() && s.Collected.Time().After(v.day.Time()) {
			v.day = s.Collected
		}
	}
	if o.Day.Known() {
		v.day = o.Day
	}
	for i := range e.Hosts {
		v.hosts[e.Hosts[i].ID] = &e.Hosts[i]
	}
	for i := range e.Workloads {
		w := &e.Workloads[i]
		v.onHost[w.Host] = append(v.onHost[w.Host], w)
	}
	for i := range e.Findings {
		if f := &e.Findings[i]; f.Code == "machine-stale" {
			v.stale[f.Subject] = true
		}
	}
	return v
}

// real tells workloads from templates and placeholders.
func real(w *inventory.Workload) bool {
	return w.State != inventory.Template && w.Class != inventory.Placeholder && w.Class != inventory.Agent
}

// runs tells whether a workload is on.
func runs(w *inventory.Workload) bool {
	return real(w) && (w.State == "" || w.State == inventory.On)
}

func inService(h *inventory.Host) bool {
	return h.State == "" || h.State == inventory.HostOn || h.State == inventory.HostMaintenance
}

// standalone tells hosts that run one system on the metal.
func (v *view) standalone(h *inventory.Host) bool {
	if h.Role != "" {
		return h.Role == inventory.Standalone
	}
	for _, w := range v.onHost[h.ID] {
		if w.Kind == inventory.VM {
			return false
		}
	}
	return len(v.onHost[h.ID]) > 0
}

// physical tells the system of a standalone server.
func (v *view) physical(w *inventory.Workload) bool {
	if w.Kind != "" {
		return w.Kind == inventory.Physical
	}
	h := v.hosts[w.Host]
	return h != nil && v.standalone(h)
}

func (v *view) totals() Totals {
	e := v.estate
	t := Totals{Hosts: len(e.Hosts), Sites: len(e.Sites), Clusters: len(e.Clusters)}
	for i := range e.Hosts {
		h := &e.Hosts[i]
		if v.standalone(h) {
			t.Standalone++
		} else {
			t.Hypervisors++
		}
		if h.Chassis != "" {
			t.Blades++
		}
		if inService(h) {
			t.HostsOn++
			t.Cores += h.CPU.Cores
			t.MemoryMiB += h.Memory.MiB()
		}
	}
	for i := range e.Workloads {
		w := &e.Workloads[i]
		if !real(w) {
			continue
		}
		t.Workloads++
		if v.physical(w) {
			t.Physical++
		} else {
			t.VMs++
		}
		if runs(w) {
			t.On++
		}
	}
	return t
}
