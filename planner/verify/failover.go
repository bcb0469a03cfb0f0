package verify

import (
	"sort"

	"sobre/inventory"
	"sobre/planner/plan"
)

// checkFailover replays section 4: after any k of the hosts of a part fail
// together, everything on them that is on and not pinned restarts elsewhere.
func (w *world) checkFailover(r *recorder) {
	k := w.failures()
	f := w.plan.Failover
	takers := w.takers()
	if k == 0 && f == nil || len(takers) == 0 {
		return
	}
	if f == nil {
		r.broke("failover", "", "the policy asks to survive %d failures, and the plan has no failover", k)
		return
	}
	if f.Hosts < k && len(w.plan.Unplaced) == 0 {
		r.broke("failover", "", "the policy asks to survive %d failures, the plan survives %d", k, f.Hosts)
	}
	w.checkSpares(f, r)
	w.checkLost(f, takers, r)
	if f.Hosts <= 0 {
		return
	}
	if f.Replayed != len(takers) {
		r.broke("failover-replayed", "", "the plan replayed %d failures, %d hosts take others", f.Replayed, len(takers))
	}
	for _, h := range takers {
		w.replay(h.id, []*host{h}, r)
	}
	keys := map[string]bool{}
	w.replayDomains(f, takers, keys, r)
	for _, id := range sortedKeys(f.Restarts) {
		w.checkRestartKey(id, keys, r)
	}
	for _, id := range sortedKeys(f.Stopped) {
		w.checkRestartKey(id, keys, r)
	}
	w.checkFences(f, r)
	r.checked("failures", len(takers))
	if f.Hosts == 2 {
		w.replayPairs(f, takers, r)
	}
	if f.Hosts > 2 {
		r.unchecked("failures of more than two hosts at the same time")
	}
}

// failures is how many hosts may fail together.
func (w *world) failures() int {
	if w.policy.Survive == nil {
		return 0
	}
	return max(w.policy.Survive.Hosts, 0)
}

// takers lists the hosts in service after the plan that take others.
func (w *world) takers() []*host {
	var list []*host
	for _, h := range w.hosts {
		if h.takes && h.after() {
			list = append(list, h)
		}
	}
	return list
}

func (w *world) checkSpares(f *plan.Failover, r *recorder) {
	named := map[string]bool{}
	for _, id := range f.Spares {
		named[id] = true
		if h := w.byHost[id]; h == nil || h.planned == nil || !h.planned.Spare {
			r.broke("failover-spares", id, "the failover names it as a spare, and the hosts of the plan do not")
		}
	}
	for _, h := range w.hosts {
		if h.planned != nil && h.planned.Spare && !named[h.id] {
			r.broke("failover-spares", h.id, "it is a spare, and the failover does not name it")
		}
	}
}

// checkLost sees that the plan names what is lost with its host, and nothing else.
func (w *world) checkLost(f *plan.Failover, takers []*host, r *recorder) {
	named := map[string]bool{}
	for _, u := range f.Lost {
		named[u.Workload] = true
		i := w.byItem[u.Workload]
		lives := i != nil && i.running() && i.at != nil && i.at.takes
		if !lives || !i.pinned && u.Reason != givenUp {
			r.broke("failover-lost", u.Workload, "the plan gives it up when its host fails, and no pin forces that")
		}
	}
	for _, h := range takers {
		for _, i := range h.content {
			if i.pinned && i.running() && !named[i.ID] {
				r.broke("failover-lost", i.ID, "a pin keeps it on %s, so it is lost with it, and the plan does not say so", h.id)
			}
		}
	}
}

// givenUp is the reason of a workload that finds no room when its host fails.
// A plan with such a one does not do what the policy asks, and has to call
// itself infeasible.
const givenUp = "no-room"

// noRoom lists what the plan says it has to give up.
func noRoom(f *plan.Failover) map[string]bool {
	list := map[string]bool{}
	for _, u := range f.Lost {
		if u.Reason == givenUp {
			list[u.Workload] = true
		}
	}
	return list
}

// checkRestartKey sees that restarts are listed for failures that can be.
func (w *world) checkRestartKey(key string, domains map[string]bool, r *recorder) {
	takes := func(id string) bool {
		h := w.byHost[id]
		return h != nil && h.takes && h.after()
	}
	if takes(key) || domains[key] {
		return
	}
	for n := range key {
		if key[n] == '+' && takes(key[:n]) && takes(key[n+1:]) && key[:n] < key[n+1:] {
			return
		}
	}
	r.broke("failover-restart", key, "the plan replays its failure, and it is no host that takes others after the plan")
}

// pairKey is how restarts after the failure of two hosts are filed.
func pairKey(a, b *host) string {
	ids := []string{a.id, b.id}
	sort.Strings(ids)
	return ids[0] + "+" + ids[1]
}

// replayDomains replays the failure of every chassis and site that the policy
// lets fail, and notes their names.
func (w *world) replayDomains(f *plan.Failover, takers []*host, keys map[string]bool, r *recorder) {
	for _, by := range w.domainsThatFail() {
		in := map[string][]*host{}
		for _, h := range takers {
			if name := h.domain(by); name != "host "+h.id {
				in[name] = append(in[name], h)
			}
		}
		replayed := f.Chassis
		if by == inventory.BySite {
			replayed = f.Sites
		}
		if replayed != len(in) {
			r.broke("failover-replayed", string(by), "the plan replayed %d failures, %d may happen", replayed, len(in))
		}
		for _, name := range sortedKeys(in) {
			keys[name] = true
			w.replay(name, in[name], r)
		}
		r.checked("failures", len(in))
	}
}

// domainsThatFail lists the sizes of place that the policy lets fail.
func (w *world) domainsThatFail() []inventory.Domain {
	var list []inventory.Domain
	if v := w.policy.Survive; v != nil && v.Chassis > 0 {
		list = append(list, inventory.ByChassis)
	}
	if v := w.policy.Survive; v != nil && v.Site > 0 {
		list = append(list, inventory.BySite)
	}
	return list
}

// restarting lists what has to restart when the hosts fail.
func restarting(failed []*host) []*item {
	var list []*item
	for _, h := range failed {
		for _, i := range h.content {
			if i.running() && !i.pinned {
				list = append(list, i)
			}
		}
	}
	return list
}

// alongside lists what is off and goes with the others all the same, as the
// rest of its together rule.
func alongside(failed []*host, restarts map[string]string) []*item {
	var list []*item
	for _, h := range failed {
		for _, i := range h.content {
			if !i.running() && !i.pinned && restarts[i.ID] != "" {
				list = append(list, i)
			}
		}
	}
	return list
}

// outage is hosts that fail together and what the plan does about it.
type outage struct {
	name    string
	down    map[*host]bool
	stopped map[*item]bool // switched off or left down
	moving  []*item
	to      map[*item]*host
}

// replay checks the restarts that a plan lists for hosts that fail together.
func (w *world) replay(name string, failed []*host, r *recorder) {
	f := w.plan.Failover
	restarts := f.Restarts[name]
	o := &outage{name: name, down: map[*host]bool{}, stopped: w.stopped(name, r), to: map[*item]*host{}}
	for _, h := range failed {
		o.down[h] = true
	}
	o.moving = append(restarting(failed), alongside(failed, restarts)...)
	lost := noRoom(f)
	for _, i := range o.moving {
		h := w.byHost[restarts[i.ID]]
		switch {
		case restarts[i.ID] == "" && (lost[i.ID] || o.stopped[i]): // it says so itself
		case restarts[i.ID] == "":
			r.broke("failover-restart", name, "when it fails, %s restarts nowhere", i.ID)
		case h == nil || o.down[h] || !h.after() || !h.takes:
			r.broke("failover-restart", name, "when it fails, %s cannot restart on %s: it is not in service then or takes no others", i.ID, restarts[i.ID])
		default:
			if ok, why := w.mayRestart(i, h); !ok {
				r.broke("failover-restart", name, "when it fails, %s may not restart on %s: %s", i.ID, h.id, why)
			}
			o.to[i] = h
		}
	}
	if len(restarts) > len(o.moving) {
		r.broke("failover-restart", name, "when it fails, %d workloads have to restart, the plan restarts %d", len(o.moving), len(restarts))
	}
	for _, problem := range w.strain(o) {
		r.broke("failover-limit", name, "when it fails, %s", problem)
	}
}

// stopped lists what the plan lets down in a failure, and sees that all of it
// may stop.
func (w *world) stopped(name string, r *recorder) map[*item]bool {
	set := map[*item]bool{}
	for _, id := range w.plan.Failover.Stopped[name] {
		i := w.byItem[id]
		if i == nil || i.at == nil || !w.mayStop(i) {
			r.broke("failover-stopped", name, "when it fails, the plan stops %s, which may not stop", id)
			continue
		}
		set[i] = true
	}
	return set
}

// mayStop tells whether the policy lets a workload stop in a failure.
func (w *world) mayStop(i *item) bool {
	if w.policy.Survive == nil {
		return false
	}
	for _, c := range w.policy.Survive.MayStop {
		if w.meets(i, c) {
			return true
		}
	}
	return false
}

// mayRestart is mayRun for a workload whose host is down: what stays only
// because of policy or rule may leave it then.
func (w *world) mayRestart(i *item, h *host) (ok bool, why string) {
	free := *i
	free.stays = false
	return w.mayRun(&free, h)
}

// strain says which limits and rules are broken when workloads have restarted.
func (w *world) strain(o *outage) []string {
	var problems []string
	added := map[*host][]float64{}
	var order []*host
	for _, i := range o.moving {
		h := o.to[i]
		if h == nil {
			continue
		}
		if added[h] == nil {
			added[h] = make([]float64, len(w.names))
			order = append(order, h)
		}
		add(added[h], i.demand)
	}
	for _, h := range order {
		sum := w.filled(h)
		for _, i := range h.content {
			if o.stopped[i] && !i.ownHost() {
				subtract(sum, i.demand)
			}
		}
		add(sum, added[h])
		for d := range w.names {
			if added[h][d] == 0 {
				continue
			}
			if over := w.over(h, d, sum[d]); over != "" {
				problems = append(problems, h.id+" is over its limits: "+over)
			}
		}
	}
	return append(problems, w.strainRules(o)...)
}

// strainRules checks the rules that name a restarted workload.
func (w *world) strainRules(o *outage) []string {
	restarted := make(map[*item]bool, len(o.moving))
	for _, i := range o.moving {
		restarted[i] = true
	}
	var problems []string
	for _, rule := range w.rules {
		if rule.IsSoft() || !holdsInFailure(rule.Kind()) || !touches(rule, restarted) {
			continue
		}
		at := func(i *item) *host {
			switch {
			case restarted[i]:
				return o.to[i]
			case i.at == nil || o.down[i.at] || !i.running() || o.stopped[i]:
				return nil
			}
			return i.at
		}
		problems = append(problems, w.brokenAfter(rule, restarted, at)...)
	}
	return problems
}

// holdsInFailure tells whether a rule is checked after restarts. A restart is
// no live move; fences count the hosts of all failures together.
func holdsInFailure(k inventory.RuleKind) bool {
	return k != inventory.RuleStay && k != inventory.RuleLive && k != inventory.RuleFence
}

func touches(r *rule, items map[*item]bool) bool {
	for _, i := range r.members {
		if items[i] {
			return true
		}
	}
	return false
}

// brokenAfter checks a rule after restarts, where a workload that stays on a
// living host counts as staying and every restarted one as moving.
func (w *world) brokenAfter(r *rule, restarted map[*item]bool, at func(*item) *host) []string {
	free := *r
	free.members = nil
	where := map[*item]*host{}
	for _, i := range r.members {
		j := i
		if restarted[i] && i.stays {
			loose := *i
			loose.stays = false
			j = &loose
		}
		where[j] = at(i)
		free.members = append(free.members, j)
	}
	problems := w.broken(&free, func(i *item) *host { return where[i] })
	for n, p := range problems {
		problems[n] = "rule " + r.label + " is broken: " + p
	}
	return problems
}

// checkFences counts the hosts that a fenced product runs on in the plan and
// after any failure.
func (w *world) checkFences(f *plan.Failover, r *recorder) {
	for _, rule := range w.rules {
		if rule.IsSoft() || rule.Kind() != inventory.RuleFence {
			continue
		}
		all, fixed := map[string]bool{}, map[string]bool{}
		for _, i := range rule.members {
			if i.at == nil {
				continue
			}
			all[i.at.id] = true
			if i.stays {
				fixed[i.at.id] = true
			}
			for _, restarts := range f.Restarts {
				if to := restarts[i.ID]; to != "" {
					all[to] = true
				}
			}
		}
		if len(all) > max(rule.HostsAtMost, len(fixed)) {
			r.broke("rule-fence", rule.label, "after failures %d hosts have run what may run on %d", len(all), rule.HostsAtMost)
		}
	}
}
