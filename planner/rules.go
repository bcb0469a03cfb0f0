package planner

import (
	"fmt"
	"slices"

	"sobre/inventory"
)

// ruleUse is a rule in force with what it applies to.
type ruleUse struct {
	rule  *inventory.Rule
	label string
	soft  bool // a plan may break it
	hard  bool // the search holds to it: not soft, or held to in this trial
	count int  // items it names
}

// trial varies what a plan is asked for, to learn what a rule costs and which
// rules contradict each other. Rules are named by their number among those in
// force. The zero value asks for what the policy says.
type trial struct {
	hold    map[int]bool    // soft rules that are held to as if they were hard
	without map[int]bool    // rules that are left out
	among   map[string]bool // the workloads that take part; nil: all
	peaks   bool            // a profile counts with its busiest hour
}

// unproven tells whether nobody asks what is proven of a trial's plan.
func (t *trial) unproven() bool { return len(t.hold) > 0 }

// applyRules turns rules into what the engine knows: items that stay, items
// joined into one, places allowed, and limits of how many share a host.
func (s *survey) applyRules() {
	s.listRules()
	s.applyStay()
	s.applyTogether()
	s.allowPlaces()
	s.applyCounts()
	s.indexLimits()
	s.weighItems()
	s.applyFences()
}

func (s *survey) listRules() {
	for _, list := range [][]inventory.Rule{s.estate.Rules, s.policy.Rules} {
		for i := range list {
			r := &list[i]
			if r.Disabled {
				continue
			}
			if why := r.Unclear(); why != "" {
				s.find("rule-not-in-force", inventory.Error, labelOf(r),
					fmt.Sprintf("rule %q is not in force: %s", labelOf(r), why), "correct the rule")
				continue
			}
			n := len(s.rules)
			hard := (!r.IsSoft() || s.trial.hold[n]) && !s.trial.without[n]
			s.rules = append(s.rules, ruleUse{rule: r, label: labelOf(r), soft: r.IsSoft(), hard: hard})
		}
	}
	for i := range s.rules {
		use := &s.rules[i]
		use.count = len(s.named(use.rule.Workloads()))
		if use.count == 0 {
			s.find("rule-matches-nothing", inventory.Warning, use.label,
				fmt.Sprintf("rule %q names no workload that takes part", use.label), "check its names")
		}
	}
}

// labelOf is the name of a rule, or what it says.
func labelOf(r *inventory.Rule) string {
	if r.Name != "" {
		return r.Name
	}
	names := fmt.Sprint(r.Workloads())
	names = names[1 : len(names)-1]
	by := ""
	if r.By != "" && r.By != inventory.ByHost {
		by = " by " + string(r.By)
	}
	switch kind := r.Kind(); kind {
	case inventory.RuleApart:
		return "apart" + by + ": " + names
	case inventory.RuleAtMost:
		return fmt.Sprintf("at most %d%s: %s", r.AtMost, by, names)
	case inventory.RuleOnly, inventory.RuleNever:
		return fmt.Sprintf("%s: %s on %v", kind, names, r.Hosts)
	case inventory.RuleFence:
		return fmt.Sprintf("fence of %d hosts: %s", r.HostsAtMost, names)
	default:
		return string(kind) + ": " + names
	}
}

// named lists the items that a rule's patterns match, by index.
func (s *survey) named(patterns []string) []int {
	var found []int
	for i := range s.items {
		if s.matches(i, patterns) > 0 {
			found = append(found, i)
		}
	}
	return found
}

// matches counts the workloads of an item that patterns name.
func (s *survey) matches(i int, patterns []string) int {
	n := 0
	for _, w := range s.items[i].workloads {
		n += int(whole(inventory.MatchesAny(patterns, w.ID, w.Name)))
	}
	return n
}

func (s *survey) applyStay() {
	for _, use := range s.rules {
		if !use.hard || use.rule.Kind() != inventory.RuleStay {
			continue
		}
		for _, i := range s.named(use.rule.Stay) {
			if it := &s.items[i]; it.home >= 0 && !it.stays && !(use.rule.IsSoft() && s.leaves(it.home)) {
				it.stays, it.pinned = true, true
				it.refused = "stays by rule " + use.label
				if use.rule.Reason != "" {
					it.refused += " (" + use.rule.Reason + ")"
				}
			}
		}
	}
}

// leaves tells whether a place is to be emptied of all that no hard rule or pin
// keeps there.
func (s *survey) leaves(place int) bool {
	p := &s.places[place]
	return p.retired || !inService(p.host)
}

// applyTogether joins the items of each together rule into one. What may move
// goes where one of those is that stay.
func (s *survey) applyTogether() {
	for u := range s.rules {
		use := &s.rules[u]
		if !use.hard || use.rule.Kind() != inventory.RuleTogether {
			continue
		}
		members := s.named(use.rule.Together)
		movers := slices.DeleteFunc(slices.Clone(members), func(i int) bool { return s.items[i].stays })
		if len(members) < 2 || len(movers) == 0 {
			continue
		}
		joined := s.join(movers)
		if len(movers) < len(members) {
			joined.anchor(s.homesOfStaying(members))
		}
		s.items[movers[0]] = joined
		s.drop(movers[1:])
	}
}

// homesOfStaying lists the hosts that members of a rule stay on.
func (s *survey) homesOfStaying(members []int) []int {
	var homes []int
	for _, i := range members {
		if it := &s.items[i]; it.stays && !slices.Contains(homes, it.home) {
			homes = append(homes, it.home)
		}
	}
	slices.Sort(homes)
	return homes
}

// anchor ties an item to some hosts, of those that it was tied to before.
func (it *item) anchor(homes []int) {
	if it.anchors != nil {
		homes = slices.DeleteFunc(slices.Clone(it.anchors), func(p int) bool { return !slices.Contains(homes, p) })
	}
	it.anchors = append([]int{}, homes...)
}

// drop takes items, given in ascending order, out of the list.
func (s *survey) drop(indexes []int) {
	kept := s.items[:0]
	for i := range s.items {
		if _, gone := slices.BinarySearch(indexes, i); !gone {
			kept = append(kept, s.items[i])
		}
	}
	s.items = kept
}

// join makes one item of several that may move.
func (s *survey) join(members []int) item {
	joined := item{idle: true, mayStop: true, demand: make([]int64, len(s.resources))}
	at := map[int]int{} // home → workloads there
	for _, i := range members {
		it := &s.items[i]
		joined.workloads = append(joined.workloads, it.workloads...)
		joined.idle = joined.idle && it.idle
		joined.mayStop = joined.mayStop && (it.mayStop || it.idle)
		joined.pinned = joined.pinned || it.pinned
		joined.mean += it.mean
		for d := range joined.demand {
			joined.demand[d] += it.demand[d]
		}
		if it.home >= 0 {
			at[it.home] += len(it.workloads)
		}
		if it.anchors != nil {
			joined.anchor(it.anchors)
		}
	}
	joined.home = fullest(at)
	return joined
}

// fullest is the home that most workloads share, the first on a tie; -1 for none.
func fullest(at map[int]int) int {
	best := -1
	for home, n := range at {
		if best < 0 || n > at[best] || n == at[best] && home < best {
			best = home
		}
	}
	return best
}
