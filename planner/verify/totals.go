package verify

import (
	"math"

	"sobre/planner/plan"
)

// checkTotals recounts the hosts, chassis, cores and memory before and after.
func (w *world) checkTotals(r *recorder) {
	var before, after tally
	chassisBefore, chassisAfter := map[string]bool{}, map[string]bool{}
	for _, h := range w.hosts {
		m := h.machine()
		if h.counted() {
			before.add(m)
			chassisBefore[h.chassis] = true
		}
		if h.after() {
			after.add(m)
			chassisAfter[h.chassis] = true
		}
	}
	delete(chassisBefore, "")
	delete(chassisAfter, "")
	before.chassis, after.chassis = len(chassisBefore), len(chassisAfter)
	before.compare("before", w.plan.Before, r)
	after.compare("after", w.plan.After, r)
	if want := before.hosts - after.hosts; w.plan.Saving.Hosts != want {
		r.broke("totals", "saving", "the plan saves %d hosts by its own word, %d by the count of them", w.plan.Saving.Hosts, want)
	}
	r.checked("totals", 9)
}

// tally counts machines.
type tally struct {
	hosts, chassis, cores int
	memory                float64 // MiB
}

func (t *tally) add(m machine) {
	t.hosts++
	t.cores += max(m.cpu.Cores, 0)
	t.memory += max(m.memory.MiB(), 0)
}

func (t *tally) compare(when string, got plan.Totals, r *recorder) {
	if got.Hosts != t.hosts {
		r.broke("totals", when, "the plan counts %d hosts %s, there are %d", got.Hosts, when, t.hosts)
	}
	if got.Chassis != t.chassis {
		r.broke("totals", when, "the plan counts %d chassis %s, there are %d", got.Chassis, when, t.chassis)
	}
	if got.Cores != t.cores {
		r.broke("totals", when, "the plan counts %d cores %s, there are %d", got.Cores, when, t.cores)
	}
	if math.Abs(float64(got.MemoryMiB)-t.memory) > float64(t.hosts)+1 {
		r.broke("totals", when, "the plan counts %d MiB of memory %s, there are %s", got.MemoryMiB, when, number(t.memory))
	}
}

// checkStatus sees that the plan calls itself no better than it is.
func (w *world) checkStatus(r *recorder) {
	p := w.plan
	after := 0
	for _, h := range w.hosts {
		if h.after() {
			after++
		}
	}
	switch {
	case p.Status != plan.Optimal && p.Status != plan.Feasible && p.Status != plan.Infeasible:
		r.broke("status", "", "%s is no status (optimal, feasible, infeasible)", quote(string(p.Status)))
	case (p.Status == plan.Infeasible) != (len(p.Unplaced) > 0 || p.Failover != nil && len(noRoom(p.Failover)) > 0 || w.policy.Hosts.Max > 0 && after > w.policy.Hosts.Max):
		r.broke("status", "", "the plan calls itself %s, leaves %d workloads unplaced and loses others only to pins", p.Status, len(p.Unplaced))
	}
	r.checked("status", 1)
	if len(p.Unplaced) > 0 {
		return // the bound speaks of plans that place everything
	}
	if p.Bound.Hosts > after {
		r.broke("bound", "", "the plan says that no fewer than %d hosts can do, and does with %d", p.Bound.Hosts, after)
	}
	if p.Bound.Gap != after-p.Bound.Hosts {
		r.broke("bound", "", "the plan says that its gap is %d, %d hosts less a bound of %d is %d", p.Bound.Gap, after, p.Bound.Hosts, after-p.Bound.Hosts)
	}
	if p.Status != plan.Optimal {
		return
	}
	switch {
	case len(p.Objective) == 0 || p.Objective[0] == plan.Hosts:
	case p.Objective[0] == plan.NewHosts && w.bought() == 0:
		return // none bought: no plan buys fewer
	default:
		r.unchecked("that the plan is optimal in %s: the bound speaks of hosts only", p.Objective[0])
		return
	}
	if after != p.Bound.Hosts {
		r.broke("status", "", "the plan calls itself optimal, with %d hosts and a bound of %d", after, p.Bound.Hosts)
	}
}

func (w *world) bought() int {
	n := 0
	for _, h := range w.hosts {
		if h.estate == nil {
			n++
		}
	}
	return n
}
