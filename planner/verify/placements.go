package verify

import (
	"encoding/json"
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
)

// checkInputs looks at what everything else rests on: the policy of the plan
// and the IDs of the estate.
func (w *world) checkInputs(r *recorder) {
	if w.plan.Version != inventory.Version {
		r.broke("version", "", "the plan is of version %d, this program reads version %d", w.plan.Version, inventory.Version)
	}
	if err := w.policy.Validate(); err != nil {
		r.broke("policy", "", "%v", err)
	}
	w.checkPolicy(r)
	hosts, items := map[string]bool{}, map[string]bool{}
	for n := range w.estate.Hosts {
		id := w.estate.Hosts[n].ID
		if hosts[id] {
			r.broke("estate-ids", id, "two hosts of the estate have this ID")
		}
		hosts[id] = true
	}
	for _, i := range w.items {
		if items[i.ID] {
			r.broke("estate-ids", i.ID, "two workloads of the estate have this ID")
		}
		items[i.ID] = true
	}
	if n := len(w.estate.Workloads); w.plan.Estate.Workloads != n {
		r.broke("estate-size", "", "the plan is about %d workloads, the estate has %d", w.plan.Estate.Workloads, n)
	}
	r.checked("inputs", 2+len(hosts)+len(items))
}

// checkPolicy compares the policy in the plan with the one it was made by.
func (w *world) checkPolicy(r *recorder) {
	if w.asked == nil {
		return
	}
	asked, errA := json.Marshal(w.asked.WithDefaults())
	got, errB := json.Marshal(w.policy)
	if errA != nil || errB != nil || string(asked) != string(got) {
		r.broke("policy-differs", "", "the plan was made by another policy than the one given: %s, not %s", got, asked)
	}
}

// checkPlacements sees that every workload is in exactly one list, the right
// one, and on a host that may hold it.
func (w *world) checkPlacements(r *recorder) {
	seen := map[string]string{}
	once := func(id, list string) {
		if w.byItem[id] == nil {
			r.broke("workload-unknown", id, "it is listed under %s, and the estate has no such workload", list)
			return
		}
		if before := seen[id]; before != "" {
			r.broke("workload-twice", id, "it is listed under %s and again under %s", before, list)
			return
		}
		seen[id] = list
	}
	for n := range w.plan.Placements {
		p := &w.plan.Placements[n]
		once(p.Workload, "placements")
		w.checkPlacement(p, r)
	}
	for _, u := range w.plan.Unplaced {
		once(u.Workload, "unplaced")
		w.checkUnplaced(u, r)
	}
	for _, u := range w.plan.Excluded {
		once(u.Workload, "excluded")
		if i := w.byItem[u.Workload]; i != nil && i.excluded == "" {
			r.broke("workload-class", i.ID, "it is listed under excluded, and nothing excludes it")
		}
	}
	for _, i := range w.items {
		if seen[i.ID] == "" {
			r.broke("workload-missing", i.ID, "it is in none of placements, unplaced and excluded")
		}
	}
	r.checked("placements", len(w.items))
}

func (w *world) checkPlacement(p *plan.Placement, r *recorder) {
	i, h := w.byItem[p.Workload], w.byHost[p.To]
	if i == nil {
		return
	}
	if i.excluded != "" {
		r.broke("workload-class", i.ID, "it is placed, and should be listed under excluded (%s)", i.excluded)
		return
	}
	if h == nil {
		r.broke("host-unknown", i.ID, "it goes to %q, which is neither in the estate nor bought by the plan", p.To)
		return
	}
	w.checkFrom(p, i, r)
	if i.stays && p.Stays == "" {
		r.broke("placement-stays", i.ID, "it must stay on %s, and the plan does not say why", i.home.id)
	}
	if p.Stays != "" && h != i.home {
		r.broke("placement-stays", i.ID, "the plan says that it stays (%s), and moves it", p.Stays)
	}
	if !h.after() {
		r.broke("host-out-of-service", i.ID, "it is placed on %s, which the plan does not keep or buy", h.id)
	}
	if ok, why := w.mayRun(i, h); !ok {
		code := "place-forbidden"
		if i.stays {
			code = "stay-moved"
		}
		r.broke(code, i.ID, "it may not run on %s: %s", h.id, why)
	}
}

// checkFrom sees that where a workload comes from and what happens to it are
// told as they are.
func (w *world) checkFrom(p *plan.Placement, i *item, r *recorder) {
	from := ""
	if i.home != nil {
		from = i.home.id
	}
	if p.From != from {
		r.broke("placement-from", i.ID, "the plan says that it runs on %s today, the estate says %s", quote(p.From), quote(from))
	}
	kind := "move"
	switch {
	case p.To == from:
		kind = ""
	case i.physical():
		kind = "p2v"
	}
	if p.Kind != kind && from != "" {
		r.broke("placement-kind", i.ID, "the plan calls it %s, it is %s", quote(p.Kind), quote(kind))
	}
}

func (w *world) checkUnplaced(u plan.Unplaced, r *recorder) {
	i := w.byItem[u.Workload]
	switch {
	case i == nil:
		return
	case i.excluded != "":
		r.broke("workload-class", i.ID, "it is listed under unplaced, and should be under excluded (%s)", i.excluded)
	case i.stays:
		r.broke("stay-moved", i.ID, "it stays on %s and has its place there, but is listed under unplaced", i.home.id)
	case u.Reason == "" || u.What == "":
		r.broke("unplaced-reason", i.ID, "it is unplaced without a reason")
	case u.Reason == "too-big":
		w.checkTooBig(i, r)
	}
}

// checkTooBig doubts the strongest of all reasons.
func (w *world) checkTooBig(i *item, r *recorder) {
	for _, h := range w.hosts {
		if h.estate == nil {
			continue
		}
		if ok, _ := w.mayRun(i, h); ok && len(h.stays) == 0 && w.holds(i, h.room) && h.takes && w.permitted(i, h) {
			r.broke("unplaced-reason", i.ID, "it is called too big, and %s could hold it alone", h.id)
			return
		}
	}
	for _, m := range w.mayBuy() {
		if h := w.modelHost(m, i.cluster); w.holds(i, h.room) && w.permitted(i, h) {
			r.broke("unplaced-reason", i.ID, "it is called too big, and a %s could hold it alone", m.Name)
			return
		}
	}
}

// permitted tells whether all rules that look at a workload and its host alone
// let them be together.
func (w *world) permitted(i *item, h *host) bool {
	for _, r := range w.rules {
		if !r.IsSoft() && slices.Contains(r.members, i) && !w.allows(r, i, h) {
			return false
		}
	}
	return true
}

func (w *world) holds(i *item, room []float64) bool {
	for d, need := range i.demand {
		if need > room[d]*(1-1e-6) {
			return false
		}
	}
	return true
}
