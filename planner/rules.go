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
	soft  bool
	count int // items it names
	// contradiction says why it cannot be kept at all, "" when it can.
	contradiction string
}

// applyRules turns rules into what the engine knows: items that stay, items
// joined into one, places allowed, and limits of how many share a host.
func (s *survey) applyRules() {
	s.listRules()
	s.applyStay()
	s.applyTogether()
	s.allowPlaces()
	s.applyApart()
	s.indexLimits()
	s.weighItems()
}

func (s *survey) listRules() {
	for _, list := range [][]inventory.Rule{s.estate.Rules, s.policy.Rules} {
		for i := range list {
			r := &list[i]
			if !r.Disabled {
				s.rules = append(s.rules, ruleUse{rule: r, label: labelOf(r), soft: r.Soft})
			}
		}
	}
	for i := range s.rules {
		use := &s.rules[i]
		use.count = len(s.named(namesOf(use.rule)))
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
	names := fmt.Sprint(namesOf(r))
	names = names[1 : len(names)-1]
	switch {
	case len(r.Apart) > 0 && r.By != "" && r.By != inventory.ByHost:
		return "apart by " + string(r.By) + ": " + names
	case len(r.Apart) > 0:
		return "apart: " + names
	case len(r.Together) > 0:
		return "together: " + names
	case len(r.Only) > 0:
		return fmt.Sprintf("only: %s on %v", names, r.Hosts)
	case len(r.Never) > 0:
		return fmt.Sprintf("never: %s on %v", names, r.Hosts)
	}
	return "stay: " + names
}

func namesOf(r *inventory.Rule) []string {
	return slices.Concat(r.Apart, r.Together, r.Only, r.Never, r.Stay)
}

// named lists the items that a rule's patterns match, by index.
func (s *survey) named(patterns []string) []int {
	var found []int
	for i := range s.items {
		for _, w := range s.items[i].workloads {
			if inventory.MatchesAny(patterns, w.ID, w.Name) {
				found = append(found, i)
				break
			}
		}
	}
	return found
}

func (s *survey) applyStay() {
	for _, use := range s.rules {
		if use.soft || len(use.rule.Stay) == 0 {
			continue
		}
		for _, i := range s.named(use.rule.Stay) {
			if it := &s.items[i]; it.home >= 0 && !it.stays {
				it.stays, it.pinned = true, true
				it.refused = "stays by rule " + use.label
				if use.rule.Reason != "" {
					it.refused += " (" + use.rule.Reason + ")"
				}
			}
		}
	}
}

// applyTogether joins the items of each together rule into one.
func (s *survey) applyTogether() {
	for u := range s.rules {
		use := &s.rules[u]
		if use.soft || len(use.rule.Together) == 0 {
			continue
		}
		members := s.named(use.rule.Together)
		if len(members) < 2 {
			continue
		}
		anchor, why := s.anchorOf(members)
		if why != "" {
			use.contradiction = why
			s.find("rule-contradicted", inventory.Error, use.label,
				fmt.Sprintf("rule %q cannot be kept: %s", use.label, why), "change the rule or what keeps them")
			continue
		}
		movers := slices.DeleteFunc(members, func(i int) bool { return s.items[i].stays })
		if len(movers) == 0 {
			continue
		}
		joined := s.join(movers)
		if anchor >= 0 {
			joined.anchored, joined.anchor = true, anchor
		}
		s.items[movers[0]] = joined
		s.drop(movers[1:])
	}
}

// anchorOf is the one host that members of a together rule stay on, -1 for
// none, or says that they stay on several.
func (s *survey) anchorOf(members []int) (anchor int, why string) {
	anchor = -1
	var first string
	for _, i := range members {
		it := &s.items[i]
		home := -1
		switch {
		case it.stays:
			home = it.home
		case it.anchored:
			home = it.anchor
		default:
			continue
		}
		if anchor >= 0 && anchor != home {
			return -1, fmt.Sprintf("%s stays on %s and %s on %s", first, s.places[anchor].id, it.id(), s.places[home].id)
		}
		anchor, first = home, it.id()
	}
	return anchor, ""
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
	joined := item{idle: true, demand: make([]int64, len(s.resources))}
	at := map[int]int{} // home → workloads there
	for _, i := range members {
		it := &s.items[i]
		joined.workloads = append(joined.workloads, it.workloads...)
		joined.idle = joined.idle && it.idle
		joined.pinned = joined.pinned || it.pinned
		joined.mean += it.mean
		for d := range joined.demand {
			joined.demand[d] += it.demand[d]
		}
		if it.home >= 0 {
			at[it.home] += len(it.workloads)
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
