package planner

import (
	"fmt"
	"slices"

	"sobre/inventory"
)

// clashes tells whether item i, restarted on host n of the part, would be one
// too many of a rule's items in a chassis, rack or site.
func (p *part) clashes(i, n int, r *recovery) bool {
	for _, sp := range p.s.spreads {
		if !slices.Contains(sp.items, i) {
			continue
		}
		domain, there := p.domainAt(n, sp.by), 0
		for m := range p.hosts {
			if p.domainAt(m, sp.by) != domain {
				continue
			}
			for _, other := range r.running(m) {
				there += int(whole(other != i && slices.Contains(sp.items, other)))
			}
		}
		if there >= sp.max {
			return true
		}
	}
	return false
}

// domainAt is the chassis, rack or site of a host in service.
func (p *part) domainAt(n int, by inventory.Domain) string {
	if b, known := p.stands[n]; known {
		switch {
		case by == inventory.ByChassis && b.chassis != "":
			return "chassis " + b.chassis
		case by == inventory.BySite && b.site != "":
			return "site " + b.site
		}
	}
	if domain := p.s.domainOf(p.hosts[n].place, by); domain != aloneOfModel {
		return domain
	}
	return fmt.Sprint(aloneOfModel, n)
}

// domainKey tells places apart, for items that a rule spreads over chassis,
// racks or sites.
func (s *survey) domainKey(i, place int) string {
	key := ""
	for _, sp := range s.spreads {
		if slices.Contains(sp.items, i) {
			key += s.domainOf(place, sp.by) + "/"
		}
	}
	return key
}

// spread gives each member a chassis, rack or site: the one it is in today
// where possible. It narrows the search more than the rule does, so the bound
// is taken without it (see packPart).
func (s *survey) spread(use *ruleUse, sp spreading) {
	given := s.assign(sp)
	for _, i := range sp.items {
		it := &s.items[i]
		if it.stays {
			continue
		}
		choice := it.allowed
		if it.narrowed != nil {
			choice = it.narrowed // another rule has chosen already
		}
		it.narrowed = []int{}
		for _, p := range choice {
			if d := s.domainOf(p, sp.by); d == aloneOfModel || d != "" && d == given[i] {
				it.narrowed = append(it.narrowed, p)
			}
		}
		if len(it.narrowed) == 0 {
			it.refused = fmt.Sprintf("rule %s leaves no %s for it", use.label, sp.by)
		}
	}
}

// aloneOfModel marks a model of which every host bought is a place by itself.
const aloneOfModel = "bought"

// domainOf is the chassis, rack or site of a place. A host that names none is
// one by itself; so is a bought host in a rack of its own. Where a bought host
// will stand is not known while the search runs, so that a rule by site, or by
// chassis for a blade, keeps off it ("").
func (s *survey) domainOf(p int, by inventory.Domain) string {
	h := s.places[p].host
	if h == nil {
		if by == inventory.ByRack || by == inventory.ByChassis && s.places[p].model.Chassis == "" {
			return aloneOfModel
		}
		return ""
	}
	name := ""
	switch by {
	case inventory.ByChassis:
		name = h.Chassis
	case inventory.ByRack:
		name = h.Labels["rack"]
	case inventory.BySite:
		name = s.siteOfHost(h)
	}
	if name == "" {
		return "host " + h.ID
	}
	return string(by) + " " + name
}

// siteOfHost is the site of a host, else of its chassis.
func (s *survey) siteOfHost(h *inventory.Host) string {
	if h.Site != "" || h.Chassis == "" {
		return h.Site
	}
	for i := range s.estate.Chassis {
		if s.estate.Chassis[i].ID == h.Chassis {
			return s.estate.Chassis[i].Site
		}
	}
	return ""
}

// assign matches members with domains, so many each (augmenting paths), those
// that cannot move first and today's domain before others.
func (s *survey) assign(sp spreading) map[int]string {
	holders := map[string][]int{}
	var place func(i int, tried map[string]bool) bool
	place = func(i int, tried map[string]bool) bool {
		for _, d := range s.domainChoices(i, sp.by) {
			if tried[d] {
				continue
			}
			tried[d] = true
			if len(holders[d]) < sp.max {
				holders[d] = append(holders[d], i)
				return true
			}
			for n, other := range holders[d] {
				if !s.items[other].stays && place(other, tried) {
					holders[d][n] = i
					return true
				}
			}
		}
		return false
	}
	for _, staying := range []bool{true, false} {
		for _, i := range sp.items {
			if s.items[i].stays == staying {
				place(i, map[string]bool{})
			}
		}
	}
	given := map[int]string{}
	for d, items := range holders {
		for _, i := range items {
			given[i] = d
		}
	}
	return given
}

// domainChoices lists where an item may go, today's domain first.
func (s *survey) domainChoices(i int, by inventory.Domain) []string {
	it := &s.items[i]
	choice := it.allowed
	if it.narrowed != nil {
		choice = it.narrowed
	}
	if it.stays {
		choice = []int{it.home}
	}
	seen := map[string]bool{}
	for _, p := range choice {
		if d := s.domainOf(p, by); d != "" && d != aloneOfModel {
			seen[d] = true
		}
	}
	list := sortedNames(seen)
	if it.home >= 0 {
		today := s.domainOf(it.home, by)
		slices.SortStableFunc(list, func(a, b string) int { return int(whole(a != today) - whole(b != today)) })
	}
	return list
}
