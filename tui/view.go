package tui

import (
	"cmp"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/explain"
	"sobre/planner/plan"
)

// view is a plan with what the screens look up in it.
type view struct {
	plan      *plan.Plan
	workloads []workload
	hostAt    map[string]int    // host ID → index in plan.Hosts
	after     map[string][]int  // host ID → workloads it holds after the plan
	before    map[string][]int  // host ID → workloads it holds today
	at        map[string]int    // workload ID → index in workloads
	findings  map[string][]int  // subject → index in plan.Findings
	lost      map[string]string // workload ID → why it stays down
	known     map[string]*inventory.Workload
	hosts     map[string]*inventory.Host
	rules     []inventory.Rule // of policy and estate
	// Answers to questions about this plan, by workload; nil or absent: not asked.
	elsewhere map[string]*explain.WorkloadAnswer
	fewer     *explain.FewerAnswer
}

// fate is what becomes of a workload.
type fate int

const (
	stays fate = iota
	moves
	becomesGuest
	held // may not move
	unplaced
	leftOut
)

// workload is a workload of the plan, wherever it stands there.
type workload struct {
	id, from, to string
	fate         fate
	reason       string // code, of what is not placed
	why          string // in English, empty: nothing is said
	memory       float64
	vcpus        int
}

// newView indexes a plan. The estate may be nil.
func newView(p *plan.Plan, e *inventory.Estate) *view {
	v := &view{
		plan: p, hostAt: map[string]int{}, after: map[string][]int{}, before: map[string][]int{}, at: map[string]int{},
		findings: map[string][]int{}, lost: map[string]string{}, known: map[string]*inventory.Workload{}, hosts: map[string]*inventory.Host{},
		elsewhere: map[string]*explain.WorkloadAnswer{},
	}
	v.rules = slices.Clone(p.Policy.Rules)
	if e != nil {
		v.rules = append(v.rules, e.Rules...)
		for i := range e.Workloads {
			v.known[e.Workloads[i].ID] = &e.Workloads[i]
		}
		for i := range e.Hosts {
			v.hosts[e.Hosts[i].ID] = &e.Hosts[i]
		}
	}
	for i, h := range p.Hosts {
		v.hostAt[h.ID] = i
	}
	if p.Failover != nil {
		for _, l := range p.Failover.Lost {
			v.lost[l.Workload] = l.What
		}
	}
	for i, f := range p.Findings {
		v.findings[f.Subject] = append(v.findings[f.Subject], i)
	}
	v.listWorkloads()
	return v
}

func (v *view) listWorkloads() {
	p := v.plan
	for _, x := range p.Placements {
		w := workload{id: x.Workload, from: x.From, to: x.To, why: x.Stays, memory: demandOf(p, &x, "memory"), vcpus: int(demandOf(p, &x, "vcpus"))}
		switch {
		case x.Stays != "":
			w.fate = held
		case x.Kind == "p2v":
			w.fate = becomesGuest
		case x.Kind != "":
			w.fate = moves
		}
		v.workloads = append(v.workloads, w)
	}
	for _, u := range p.Unplaced {
		v.workloads = append(v.workloads, workload{id: u.Workload, fate: unplaced, reason: u.Reason, why: u.What})
	}
	for _, u := range p.Excluded {
		v.workloads = append(v.workloads, workload{id: u.Workload, fate: leftOut, reason: u.Reason, why: u.What})
	}
	slices.SortStableFunc(v.workloads, func(a, b workload) int { return cmp.Compare(a.id, b.id) })
	for i := range v.workloads {
		w := &v.workloads[i]
		v.at[w.id] = i
		if k := v.known[w.id]; k != nil {
			w.memory, w.vcpus = k.Memory.MiB(), k.VCPUs
			if w.from == "" {
				w.from = k.Host
			}
		}
		if w.to != "" {
			v.after[w.to] = append(v.after[w.to], i)
		}
		if w.from != "" {
			v.before[w.from] = append(v.before[w.from], i)
		}
	}
}

// demandOf is what a workload is counted with of a resource, 0 where the plan
// does not say.
func demandOf(p *plan.Plan, x *plan.Placement, resource string) float64 {
	for d, r := range p.Resources {
		if r.Name == resource && d < len(x.Demand) {
			return x.Demand[d]
		}
	}
	return 0
}

// memoryLoad is how full the memory of a host is after the plan, 1 is full.
func memoryLoad(h *plan.Host) float64 {
	if used, ok := h.Load["memory_used"]; ok {
		return used
	}
	return h.Load["memory"]
}

// memoryToday is how full the memory of a host is today by what is allocated,
// 0 where the estate does not say.
func (v *view) memoryToday(id string) float64 {
	h := v.hosts[id]
	if h == nil || h.Memory.MiB() <= 0 {
		return 0
	}
	total := 0.0
	for _, i := range v.before[id] {
		total += v.workloads[i].memory
	}
	return total / h.Memory.MiB()
}

// cpuToday is how busy the cores of a host are by what was measured on its
// workloads, each by its 95th percentile, else its mean; 0 where nothing was.
// It is for the eye only: peaks of different workloads are added up.
func (v *view) cpuToday(id string) float64 {
	h := v.hosts[id]
	if h == nil || h.CPU.Cores <= 0 {
		return 0
	}
	busy := 0.0
	for _, i := range v.before[id] {
		w := v.known[v.workloads[i].id]
		if w == nil {
			continue
		}
		level := w.Use.CPU.P95
		if !level.Known() {
			level = w.Use.CPU.Mean
		}
		switch {
		case !level.Known() || level.Kind() != inventory.OfWhole:
		case w.Kind == inventory.Physical:
			busy += level.Value() / 100
		default:
			busy += level.Value() / 100 * float64(w.VCPUs) / float64(h.CPU.Cores)
		}
	}
	return busy
}

// find is the index of the first name that is, begins with or holds a text,
// in that order; -1 for none.
func find(n int, name func(int) string, text string) int {
	text = strings.ToLower(text)
	begins, holds := -1, -1
	for i := range n {
		s := strings.ToLower(name(i))
		switch {
		case s == text:
			return i
		case begins < 0 && strings.HasPrefix(s, text):
			begins = i
		case holds < 0 && strings.Contains(s, text):
			holds = i
		}
	}
	if begins >= 0 {
		return begins
	}
	return holds
}
