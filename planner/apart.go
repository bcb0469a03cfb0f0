package planner

import (
	"fmt"
	"slices"

	"sobre/inventory"
)

// applyApart turns apart rules into limits of one item a host, and by chassis
// or site into one of them for each item.
func (s *survey) applyApart() {
	for u := range s.rules {
		use := &s.rules[u]
		if use.soft || len(use.rule.Apart) == 0 {
			continue
		}
		members := s.named(use.rule.Apart)
		if len(members) < 2 {
			continue
		}
		s.reportJoinedApart(use, members)
		s.limits = append(s.limits, limit{members, 1})
		if use.rule.By == inventory.ByChassis || use.rule.By == inventory.BySite {
			s.spreads = append(s.spreads, spreading{members, use.rule.By})
			s.spread(use, members)
		}
	}
}

// spreading is a rule that keeps items in different chassis or sites.
type spreading struct {
	items []int
	by    inventory.Domain
}

// clashes tells whether item i, restarted on host n of the part, would share a
// chassis or site with another item that a rule keeps it apart from.
func (p *part) clashes(i, n int, failed []int, added map[int][]int) bool {
	for _, sp := range p.s.spreads {
		if !slices.Contains(sp.items, i) {
			continue
		}
		domain := p.s.domainOf(p.hosts[n].place, sp.by)
		for m, h := range p.hosts {
			if p.s.domainOf(h.place, sp.by) != domain {
				continue
			}
			there := added[m]
			if !slices.Contains(failed, m) {
				there = slices.Concat(h.items, there)
			}
			for _, other := range there {
				if other != i && slices.Contains(sp.items, other) {
					return true
				}
			}
		}
	}
	return false
}

// domainKey tells places apart, for items that a rule spreads over chassis or
// sites.
func (s *survey) domainKey(i, place int) string {
	key := ""
	for _, sp := range s.spreads {
		if slices.Contains(sp.items, i) {
			key += s.domainOf(place, sp.by) + "/"
		}
	}
	return key
}

// reportJoinedApart notes an apart rule that names two workloads which another
// rule joins.
func (s *survey) reportJoinedApart(use *ruleUse, members []int) {
	for _, i := range members {
		matches := 0
		for _, w := range s.items[i].workloads {
			if inventory.MatchesAny(use.rule.Apart, w.ID, w.Name) {
				matches++
			}
		}
		if matches > 1 {
			use.contradiction = fmt.Sprintf("a together rule joins %d of them on one host", matches)
			s.find("rule-contradicted", inventory.Error, use.label,
				fmt.Sprintf("rule %q cannot be kept: %s", use.label, use.contradiction), "drop one of the two rules")
		}
	}
}

// spread gives each member a chassis or site of its own: the one it is in
// today where possible. It narrows the search more than the rule does, so the
// bound is taken without it (see packPart).
func (s *survey) spread(use *ruleUse, members []int) {
	domains := map[string][]int{}
	for _, i := range members {
		for _, p := range s.items[i].allowed {
			d := s.domainOf(p, use.rule.By)
			if d != "" && !slices.Contains(domains[d], p) {
				domains[d] = append(domains[d], p)
			}
		}
	}
	given := s.assign(members, domains, use.rule.By)
	for _, i := range members {
		it := &s.items[i]
		if it.stays {
			continue
		}
		it.narrowed = []int{}
		for _, p := range it.allowed {
			if given[i] != "" && s.domainOf(p, use.rule.By) == given[i] {
				it.narrowed = append(it.narrowed, p)
			}
		}
		if len(it.narrowed) == 0 {
			it.refused = fmt.Sprintf("rule %s leaves no %s for it", use.label, use.rule.By)
		}
	}
}

// domainOf is the chassis or site of a host. One that names none is a domain
// by itself. A model to buy has none yet, so such a rule keeps off it.
func (s *survey) domainOf(p int, by inventory.Domain) string {
	h := s.places[p].host
	if h == nil {
		return ""
	}
	name := h.Chassis
	if by == inventory.BySite {
		name = h.Site
	}
	if name == "" {
		return "host " + h.ID
	}
	return name
}

// assign matches members with domains, one each (augmenting paths), those that
// cannot move first and today's domain before others.
func (s *survey) assign(members []int, domains map[string][]int, by inventory.Domain) map[int]string {
	choices := func(i int) []string {
		it := &s.items[i]
		seen := map[string]bool{}
		for _, p := range it.allowed {
			if d := s.domainOf(p, by); d != "" {
				seen[d] = true
			}
		}
		list := sortedNames(seen)
		if it.home >= 0 {
			today := s.domainOf(it.home, by)
			slices.SortStableFunc(list, func(a, b string) int { return rank(a != today) - rank(b != today) })
		}
		return list
	}
	holder := map[string]int{}
	var place func(i int, tried map[string]bool) bool
	place = func(i int, tried map[string]bool) bool {
		for _, d := range choices(i) {
			if tried[d] {
				continue
			}
			tried[d] = true
			other, taken := holder[d]
			if !taken || place(other, tried) {
				holder[d] = i
				return true
			}
		}
		return false
	}
	for _, i := range members {
		place(i, map[string]bool{})
	}
	given := map[int]string{}
	for d := range domains {
		if i, ok := holder[d]; ok {
			given[i] = d
		}
	}
	return given
}

func rank(worse bool) int {
	if worse {
		return 1
	}
	return 0
}
