package verify

import (
	"strconv"

	"sobre/inventory"
)

// rule is a rule in force, with the workloads it is about.
type rule struct {
	inventory.Rule
	label   string
	number  int // in the order of the plan, from 1
	members []*item
}

// compileRules lists the rules in force: of the estate, then of the policy.
func (w *world) compileRules() {
	add := func(list []inventory.Rule, of string) {
		for n, r := range list {
			if r.Disabled || r.Unclear() != "" {
				continue
			}
			c := &rule{Rule: r, label: r.Name}
			if c.label == "" {
				c.label = of + " rule " + strconv.Itoa(n+1)
			}
			c.members = w.matching(r.Workloads())
			w.rules = append(w.rules, c)
			c.number = len(w.rules)
		}
	}
	add(w.estate.Rules, "estate")
	add(w.policy.Rules, "policy")
}

func (w *world) checkRules(r *recorder) {
	at := func(i *item) *host { return i.at }
	for _, rule := range w.rules {
		problems := w.broken(rule, at)
		if rule.IsSoft() {
			continue
		}
		for _, p := range problems {
			r.broke("rule-"+string(rule.Kind()), rule.label, "%s", p)
		}
	}
	r.checked("rules", len(w.rules))
	w.checkRuleResults(r)
	w.sayUnknown(r)
	w.checkContradictions(r)
}

// checkContradictions sees that the plan blames rules only where something has
// no place, and names what there is. That no rule less would do is not
// rechecked.
func (w *world) checkContradictions(r *recorder) {
	for _, c := range w.plan.Contradictions {
		switch {
		case len(w.plan.Unplaced) == 0:
			r.broke("contradiction", listed(c.Rules), "the plan says that rules contradict each other, and places everything")
		case len(c.Rules) == 0 || len(c.Workloads) == 0:
			r.broke("contradiction", listed(c.Rules), "it names no rules or no workloads")
		}
		for _, id := range c.Workloads {
			if i := w.byItem[id]; i == nil || i.excluded != "" {
				r.broke("contradiction", id, "a contradiction names it, and it is not planned")
			}
		}
	}
	r.checked("contradictions", len(w.plan.Contradictions))
}

// checkRuleResults compares what the plan says of the rules with what is so.
func (w *world) checkRuleResults(r *recorder) {
	for _, result := range w.plan.Rules {
		if result.Broken && !result.Soft {
			r.broke("rule-broken", result.Rule, "the plan itself says that this rule is broken, and only a soft one may be")
		}
	}
	if len(w.plan.Rules) != len(w.rules) {
		r.broke("rules-listed", "", "the plan lists %d rules, %d are in force", len(w.plan.Rules), len(w.rules))
		return
	}
	for n, rule := range w.rules {
		result := w.plan.Rules[n]
		if result.Soft != rule.IsSoft() {
			r.broke("rules-listed", rule.label, "the plan says soft: %t, the rule says soft: %t", result.Soft, rule.IsSoft())
		}
		broken := len(w.broken(rule, func(i *item) *host { return i.at })) > 0
		if rule.IsSoft() && result.Broken != broken {
			r.broke("rules-listed", rule.label, "the plan says broken: %t for this soft rule, it is %t", result.Broken, broken)
		}
	}
	r.checked("rule results", len(w.rules))
}

// broken says how a rule is broken when every workload is where at puts it
// (nil: nowhere). What stays may break a rule among itself: no plan can change
// that.
func (w *world) broken(r *rule, at func(*item) *host) []string {
	switch r.Kind() {
	case inventory.RuleApart, inventory.RuleAtMost:
		return brokenCount(r, at)
	case inventory.RuleTogether:
		return brokenTogether(r, at)
	case inventory.RuleStay:
		return w.brokenStay(r, at)
	case inventory.RuleFence:
		return brokenFence(r, at)
	}
	return w.brokenHosts(r, at)
}

// brokenStay matters to soft stay rules; hard ones decide where workloads are.
func (w *world) brokenStay(r *rule, at func(*item) *host) []string {
	var problems []string
	for _, i := range w.matching(r.Stay) {
		if h := at(i); h != nil && i.home != nil && h != i.home {
			problems = append(problems, i.ID+" leaves "+i.home.id)
		}
	}
	return problems
}

func brokenCount(r *rule, at func(*item) *host) []string {
	type place struct {
		movers int
		all    []string
	}
	places := map[string]*place{}
	var order []string
	for _, i := range r.members {
		h := at(i)
		if h == nil {
			continue
		}
		key := h.domain(r.By)
		if places[key] == nil {
			places[key] = &place{}
			order = append(order, key)
		}
		p := places[key]
		p.all = append(p.all, i.ID)
		if !i.stays {
			p.movers++
		}
	}
	var problems []string
	for _, key := range order {
		if p := places[key]; len(p.all) > r.Most() && p.movers > 0 {
			problems = append(problems, listed(p.all)+" are together in "+key)
		}
	}
	return problems
}

// domain names the place of a host that a rule counts in. A host that names no
// chassis, rack or site is one by itself.
func (h *host) domain(by inventory.Domain) string {
	switch {
	case by == inventory.ByChassis && h.chassis != "":
		return "chassis " + h.chassis
	case by == inventory.ByRack && h.estate != nil && h.estate.Labels["rack"] != "":
		return "rack " + h.estate.Labels["rack"]
	case by == inventory.BySite && h.site != "":
		return "site " + h.site
	}
	return "host " + h.id
}

func brokenTogether(r *rule, at func(*item) *host) []string {
	fixed, movers := map[*host]bool{}, map[*host]bool{}
	var ids []string
	for _, i := range r.members {
		h := at(i)
		if h == nil {
			continue
		}
		ids = append(ids, i.ID)
		if i.stays {
			fixed[h] = true
		} else {
			movers[h] = true
		}
	}
	stray := len(movers) > 1
	for h := range movers {
		stray = stray || len(fixed) > 0 && !fixed[h]
	}
	if !stray {
		return nil
	}
	return []string{listed(ids) + " must be on one host and are on " + strconv.Itoa(len(union(fixed, movers)))}
}

func union(a, b map[*host]bool) map[*host]bool {
	all := map[*host]bool{}
	for h := range a {
		all[h] = true
	}
	for h := range b {
		all[h] = true
	}
	return all
}

// brokenFence counts the hosts that run the members: those of what stays may be
// too many by themselves, and then nothing may be added to them.
func brokenFence(r *rule, at func(*item) *host) []string {
	all, fixed := map[*host]bool{}, map[*host]bool{}
	for _, i := range r.members {
		if h := at(i); h != nil {
			all[h] = true
			if i.stays {
				fixed[h] = true
			}
		}
	}
	if len(all) <= max(r.HostsAtMost, len(fixed)) {
		return nil
	}
	return []string{strconv.Itoa(len(all)) + " hosts run what may run on " + strconv.Itoa(r.HostsAtMost)}
}

// brokenHosts checks the rules that look at each workload and its host alone.
func (w *world) brokenHosts(r *rule, at func(*item) *host) []string {
	var problems []string
	for _, i := range r.members {
		h := at(i)
		if h == nil || i.stays || w.allows(r, i, h) {
			continue
		}
		problems = append(problems, i.ID+" is on "+h.id+", which the rule forbids it")
	}
	return problems
}

// ruleNames are the names by which a rule may name the host.
func (h *host) ruleNames() []string {
	if h.estate != nil {
		return []string{h.estate.ID, h.estate.Name, h.estate.Model}
	}
	if h.planned == nil {
		return []string{h.model.Name}
	}
	return []string{h.planned.Model}
}

// listed joins the first few names, with the count of the rest.
func listed(ids []string) string {
	const shown = 4
	text := ""
	for n, id := range ids {
		if n == shown {
			return text + " and " + strconv.Itoa(len(ids)-shown) + " more"
		}
		if n > 0 {
			text += ", "
		}
		text += id
	}
	return text
}
