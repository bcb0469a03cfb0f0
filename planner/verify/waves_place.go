package verify

import (
	"math"
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
)

// checkPlace sees that a workload may be on a host while it arrives there.
func (v *replay) checkPlace(m *plan.Move, i *item, from, to *host) {
	if m.Swing != (to != i.at) {
		v.broke(i.ID, "wave %d moves it to %s; swing: %t", v.index+1, to.id, m.Swing)
	}
	if to != i.at {
		if v.stops[i]++; v.stops[i] > 1 {
			v.broke(i.ID, "it makes %d stops on the way", v.stops[i])
		}
	}
	if ok, why := v.w.mayRun(i, to); !ok || to == i.home {
		v.broke(i.ID, "wave %d moves it to %s, where it may not run: %s", v.index+1, to.id, why)
	}
	if v.off[to] || to.planned == nil {
		v.broke(i.ID, "wave %d moves it to %s, which is not in service then", v.index+1, to.id)
	}
	if over := v.tooFull(i, to); over != "" {
		v.broke(i.ID, "wave %d, minute %s: no room for it on %s: %s", v.index+1, number(m.Start), to.id, over)
	}
	v.checkRules(m, i, from, to)
}

// tooFull says which limit of a host a workload would break, if any.
func (v *replay) tooFull(i *item, to *host) string {
	for d := range v.w.names {
		if i.demand[d] <= 0 {
			continue
		}
		sum := i.demand[d]
		for _, other := range v.held[to] {
			if !(other.physical() && other.home == to) {
				sum += other.demand[d]
			}
		}
		if !v.w.fits(d, sum, to.room[d]) {
			return v.w.names[d] + ": " + number(sum) + " of " + number(to.room[d])
		}
	}
	return ""
}

// checkRules sees that a workload on its way breaks no rule that was kept.
func (v *replay) checkRules(m *plan.Move, i *item, from, to *host) {
	for _, rule := range v.rulesOf[i] {
		switch rule.Kind() {
		case inventory.RuleTogether, inventory.RuleFence: // of the end of a wave, and of the plan
		case inventory.RuleApart, inventory.RuleAtMost:
			if other := v.downWith(rule, i, m); other != nil {
				v.broke(i.ID, "wave %d, minute %s: it is interrupted while %s is, and rule %s keeps them apart", v.index+1, number(m.Start), other.ID, rule.label)
			}
			if others := v.partners(rule, i, to); len(others) >= rule.Most() {
				v.broke(i.ID, "wave %d, minute %s: it meets %s in %s, and rule %s keeps them apart", v.index+1, number(m.Start), listed(others), to.domain(rule.By), rule.label)
			}
		default:
			if (from == nil || v.w.allows(rule, i, from)) && !v.w.allows(rule, i, to) {
				v.broke(i.ID, "wave %d, minute %s: on %s it breaks rule %s", v.index+1, number(m.Start), to.id, rule.label)
			}
		}
	}
}

// downWith is another member of an apart rule that is interrupted as well.
func (v *replay) downWith(rule *rule, i *item, m *plan.Move) *item {
	if m.Downtime <= 0 || rule.Kind() != inventory.RuleApart {
		return nil
	}
	for _, t := range v.moving {
		if t.down && t.i != i && slices.Contains(rule.members, t.i) && !v.boundTo(i, t.i) {
			return t.i
		}
	}
	return nil
}

// partners are the other members of a rule that counts in the place where i
// arrives, those that arrive there and those that have not left yet.
func (v *replay) partners(rule *rule, i *item, to *host) []string {
	place := to.domain(rule.By)
	var list []string
	for _, other := range rule.members {
		if other == i {
			continue
		}
		at := v.at[other]
		there := at != nil && at.domain(rule.By) == place
		for _, t := range v.moving {
			there = there || t.i == other && t.to.domain(rule.By) == place
		}
		if there {
			list = append(list, other.ID)
		}
	}
	return list
}

// noteTogether sees that a together rule that has been kept is still kept
// after a wave (-1: before the first).
func (v *replay) noteTogether(n int) {
	for _, rule := range v.w.rules {
		if rule.IsSoft() || rule.Kind() != inventory.RuleTogether || len(v.w.broken(rule, func(i *item) *host { return i.at })) > 0 {
			continue
		}
		holds := len(v.w.broken(rule, v.where)) == 0
		if v.kept[rule] && !holds {
			v.broke(rule.label, "wave %d ends with this rule broken, which was kept before", n+1)
		}
		v.kept[rule] = holds
	}
}

// checkBound sees that what a together rule binds moves in one wave.
func (v *replay) checkBound() {
	for _, rule := range v.w.rules {
		if rule.IsSoft() || rule.Kind() != inventory.RuleTogether || len(v.w.broken(rule, func(i *item) *host { return i.at })) > 0 {
			continue
		}
		first := 0
		for _, i := range rule.members {
			if !i.mover() || v.arrived[i] == 0 {
				continue
			}
			if first == 0 {
				first = v.arrived[i]
			}
			if v.arrived[i] != first {
				v.broke(rule.label, "its workloads move in the waves %d and %d", first, v.arrived[i])
			}
		}
	}
}

// checkAfter sees that what a workload waits for has arrived.
func (v *replay) checkAfter(m *plan.Move, i *item) {
	if m.Swing {
		return
	}
	for _, a := range v.w.policy.Waves.After {
		if !i.isAmong(a.Move) {
			continue
		}
		for _, other := range v.w.items {
			if !other.mover() || !other.isAmong(a.After) || other.isAmong(a.Move) || v.boundTo(i, other) {
				continue
			}
			if v.arrived[other] == 0 || v.arrived[other] == v.index+1 && v.arrival[other] > m.Start+1e-6 {
				v.broke(i.ID, "wave %d moves it before %s has arrived", v.index+1, other.ID)
			}
		}
	}
}

func (i *item) isAmong(patterns []string) bool {
	return inventory.MatchesAny(patterns, i.ID, i.Name, i.Service)
}

// boundTo tells whether a together rule makes both move at once.
func (v *replay) boundTo(a, b *item) bool {
	for _, rule := range v.w.rules {
		if !rule.IsSoft() && rule.Kind() == inventory.RuleTogether && slices.Contains(rule.members, a) && slices.Contains(rule.members, b) {
			return true
		}
	}
	return false
}

// switchOff sees that a host is switched off once, and only when nothing runs
// on it any more.
func (v *replay) switchOff(n int) {
	wave := &v.w.plan.Waves[n]
	for _, id := range wave.Freed {
		h := v.w.byHost[id]
		switch {
		case h == nil || h.planned == nil || h.planned.State != plan.Retire:
			v.broke(id, "wave %d frees it, and the plan does not retire it", n+1)
			continue
		case v.off[h]:
			v.broke(id, "wave %d frees it a second time", n+1)
		case len(v.held[h]) > 0:
			v.broke(id, "wave %d frees it, and %s still runs on it", n+1, v.held[h][0].ID)
		}
		v.off[h] = true
	}
}

// checkOff sees that every retired host is switched off some time.
func (v *replay) checkOff() {
	for _, h := range v.w.hosts {
		if h.planned != nil && h.planned.State == plan.Retire && !v.off[h] {
			v.broke(h.id, "the plan retires it, and no wave switches it off")
		}
	}
}

// checkImpossible proves again that some workload can never leave its host:
// no host could hold it even with everything gone that could ever move.
func (w *world) checkImpossible(r *recorder) {
	if w.waitsInCircle() {
		r.checked("impossible order", 1)
		return
	}
	v := newReplay(w, r)
	stuck := map[*item]bool{}
	for _, i := range w.items {
		if i.mover() && i.home != nil {
			stuck[i] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for _, i := range w.items {
			if !stuck[i] || !v.couldLeave(i) {
				continue
			}
			delete(stuck, i)
			v.held[i.home] = slices.DeleteFunc(v.held[i.home], func(o *item) bool { return o == i })
			delete(v.at, i)
			changed = true
		}
	}
	r.checked("impossible order", len(stuck))
	if len(stuck) == 0 {
		r.broke("wave-impossible", "", "the plan says that no order of its moves exists, and that is not proven: each workload could leave its host if others went first")
	}
}

func (v *replay) couldLeave(i *item) bool {
	for _, h := range v.w.hosts {
		if h == i.home || h.planned == nil {
			continue
		}
		if ok, _ := v.w.mayRun(i, h); !ok || v.tooFull(i, h) != "" {
			continue
		}
		if !slices.ContainsFunc(v.w.rules, func(rule *rule) bool { return v.forbids(rule, i, h) }) {
			return true
		}
	}
	return false
}

// forbids tells whether a rule keeps a workload off a host with what is there.
func (v *replay) forbids(rule *rule, i *item, h *host) bool {
	if rule.IsSoft() || !slices.Contains(rule.members, i) {
		return false
	}
	if most := rule.Most(); most > 0 && len(v.partners(rule, i, h)) >= most {
		return true
	}
	return !v.w.allows(rule, i, h)
}

// waitsInCircle tells whether the policy's waves.after makes workloads wait
// for each other. A workload is out of it when nothing that is left makes it wait.
func (w *world) waitsInCircle() bool {
	left := map[*item]bool{}
	for _, i := range w.items {
		left[i] = i.mover()
	}
	for changed := true; changed; {
		changed = false
		for _, i := range w.items {
			if left[i] && !w.waits(i, left) {
				left[i], changed = false, true
			}
		}
	}
	return slices.ContainsFunc(w.items, func(i *item) bool { return left[i] })
}

func (w *world) waits(i *item, left map[*item]bool) bool {
	for _, a := range w.policy.Waves.After {
		if !i.isAmong(a.Move) {
			continue
		}
		for _, other := range w.items {
			if left[other] && other.isAmong(a.After) && !other.isAmong(a.Move) {
				return true
			}
		}
	}
	return false
}

// near compares figures that both sides have added up in their own order.
func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*max(1, math.Abs(b)) }
