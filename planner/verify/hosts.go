package verify

import (
	"encoding/json"

	"sobre/inventory"
	"sobre/planner/plan"
)

// checkModels sees that what is bought exists as the catalogue has it, and in
// that number.
func (w *world) checkModels(r *recorder) {
	bought := map[string]int{}
	for _, h := range w.hosts {
		if h.estate != nil {
			continue
		}
		name := h.planned.Model
		bought[name]++
		switch {
		case h.model == nil:
			r.broke("model-unknown", h.id, "it is bought as %s, which is not among the models of the plan", quote(name))
		case h.model.CPU.Cores <= 0 || h.model.Memory.MiB() <= 0:
			r.broke("model-unknown", h.id, "its model %s has no cores or no memory", quote(name))
		case len(w.policy.Hosts.Buy) > 0 && !inventory.MatchesAny(w.policy.Hosts.Buy, name):
			r.broke("model-forbidden", h.id, "hosts.buy does not name %s", quote(name))
		}
	}
	for n := range w.plan.Models {
		m := &w.plan.Models[n]
		if m.Stock != nil && bought[m.Name] > *m.Stock {
			r.broke("model-stock", m.Name, "%d are bought, %d are in stock", bought[m.Name], *m.Stock)
		}
		w.checkModel(m, r)
	}
	r.checked("models", len(w.plan.Models))
	if w.catalogue == nil && len(w.plan.Models) > 0 {
		r.unchecked("the bought models are taken as the plan describes them: no catalogue was given to compare them with")
	}
}

func (w *world) checkModel(m *inventory.HostModel, r *recorder) {
	if w.catalogue == nil {
		return
	}
	for n := range w.catalogue.Hosts {
		c := &w.catalogue.Hosts[n]
		if c.Name != m.Name {
			continue
		}
		a, errA := json.Marshal(c)
		b, errB := json.Marshal(m)
		if errA != nil || errB != nil || string(a) != string(b) {
			r.broke("model-differs", m.Name, "the plan describes it otherwise than the catalogue: %s, not %s", b, a)
		}
		return
	}
	r.broke("model-differs", m.Name, "the catalogue has no such model")
}

// checkHosts sees that every host is listed once, in the state that what it
// holds and the policy ask for.
func (w *world) checkHosts(r *recorder) {
	seen := map[string]bool{}
	for n := range w.plan.Hosts {
		h := &w.plan.Hosts[n]
		if seen[h.ID] {
			r.broke("host-twice", h.ID, "the plan lists it twice")
			continue
		}
		seen[h.ID] = true
		v := w.byHost[h.ID]
		switch {
		case v == nil:
			r.broke("host-unknown", h.ID, "the plan lists it as %s, and the estate has no such host", quote(string(h.State)))
		case v.estate == nil:
			w.checkBought(v, r)
		default:
			w.checkExisting(v, r)
		}
	}
	for _, h := range w.hosts {
		if h.counted() && h.planned == nil {
			r.broke("host-missing", h.id, "it is in service today, and the plan does not list it")
		}
	}
	w.checkMinimum(r)
	r.checked("hosts", len(w.hosts))
}

// checkMinimum sees that each cluster with a host in service has as many as the
// policy wants on, or all that it has.
func (w *world) checkMinimum(r *recorder) {
	on, all := map[string]int{}, map[string]int{}
	for _, h := range w.hosts {
		if !h.takes || h.cluster == "" {
			continue
		}
		if h.after() {
			on[h.cluster]++
		}
		if h.after() || h.estate != nil {
			all[h.cluster]++
		}
	}
	for _, c := range sortedKeys(on) {
		if want := min(w.policy.Hosts.Min, all[c]); on[c] < want {
			r.broke("hosts-min", c, "%d hosts of the cluster are in service, the policy wants %d", on[c], want)
		}
	}
}

func (w *world) checkBought(h *host, r *recorder) {
	w.checkContentCount(h, r)
	if len(h.content) == 0 && !h.planned.Spare {
		r.broke("host-state", h.id, "it is bought, holds nothing and is no spare")
	}
}

func (w *world) checkExisting(h *host, r *recorder) {
	w.checkContentCount(h, r)
	p := h.planned
	switch p.State {
	case plan.Buy:
		r.broke("host-state", h.id, "the plan buys it, and the estate has it already")
	case plan.Retire:
		if len(h.content) > 0 {
			r.broke("host-state", h.id, "the plan retires it, and puts %d workloads on it", len(h.content))
		}
		if h.kept() {
			r.broke("host-state", h.id, "the plan retires it, and it is kept whatever happens: hosts.keep names it or something stays on it")
		}
	case plan.Keep:
		w.checkKept(h, r)
	default:
		r.broke("host-state", h.id, "%s is no state of a host (keep, retire, buy)", quote(string(p.State)))
	}
	if p.Cluster != h.estate.Cluster || p.Chassis != h.estate.Chassis || p.Site != "" && p.Site != h.site {
		r.broke("host-differs", h.id, "the plan has it in cluster %s, chassis %s, site %s, the estate in %s, %s, %s",
			quote(p.Cluster), quote(p.Chassis), quote(p.Site), quote(h.estate.Cluster), quote(h.estate.Chassis), quote(h.site))
	}
}

func (w *world) checkKept(h *host, r *recorder) {
	switch {
	case !h.inService && len(h.stays) == 0:
		r.broke("host-state", h.id, "the plan keeps it, and it is not in service today (%s)", h.estate.State)
	case h.planned.Spare && !h.takes:
		r.broke("host-state", h.id, "the plan keeps it as a spare, and it cannot take others")
	case len(h.content) == 0 && !h.planned.Spare && !h.kept() && !w.runsUnplaced(h):
		r.broke("host-state", h.id, "the plan keeps it, and it holds nothing, is no spare and nothing asks for it")
	}
}

func (w *world) checkContentCount(h *host, r *recorder) {
	if h.planned.Workloads != len(h.content) {
		r.broke("host-count", h.id, "the plan counts %d workloads on it, it places %d there", h.planned.Workloads, len(h.content))
	}
	if h.planned.Spare && len(h.content) > 0 {
		r.broke("host-state", h.id, "the plan calls it a spare, and puts %d workloads on it", len(h.content))
	}
}

// runsUnplaced tells whether a workload that the plan has no place for runs on
// the host today, or on a hypervisor that nobody has named: it goes on running
// there, so the host stays in service.
func (w *world) runsUnplaced(h *host) bool {
	for _, u := range w.plan.Unplaced {
		if i := w.byItem[u.Workload]; i != nil && (i.home == h || i.home == nil && h.estate.Role == inventory.Hypervisor) {
			return true
		}
	}
	return false
}
