package planner

import (
	"fmt"
	"slices"

	"sobre/inventory"
)

// byPlace tells whether a rule asks something of each workload and its host
// alone, whatever else is there.
func byPlace(k inventory.RuleKind) bool {
	switch k {
	case inventory.RuleOnly, inventory.RuleNever, inventory.RulePhysical, inventory.RuleNUMA, inventory.RuleLive:
		return true
	}
	return false
}

// placeRulesOf lists the rules in force that limit the places of an item.
func (s *survey) placeRulesOf(it *item) []int {
	var found []int
	for u := range s.rules {
		use := &s.rules[u]
		if !use.hard || !byPlace(use.rule.Kind()) {
			continue
		}
		patterns := use.rule.Workloads()
		for _, w := range it.workloads {
			if inventory.MatchesAny(patterns, w.ID, w.Name) {
				found = append(found, u)
				break
			}
		}
	}
	return found
}

// holdingInFailure leaves out what a failure does not ask: a restart is no
// live move.
func (s *survey) holdingInFailure(rules []int) []int {
	return slices.DeleteFunc(slices.Clone(rules), func(u int) bool {
		return s.rules[u].rule.Kind() == inventory.RuleLive
	})
}

// placeKey spells what the rules look at in an item, so that items that they
// treat alike share their list of places.
func (s *survey) placeKey(it *item, rules []int) string {
	key := ""
	for _, u := range rules {
		switch s.rules[u].rule.Kind() {
		case inventory.RuleNUMA:
			for _, w := range it.workloads {
				key += fmt.Sprint(s.vcpusOf(w), s.memoryOf(w), ";")
			}
		case inventory.RuleLive, inventory.RulePhysical:
			for _, w := range it.workloads {
				key += fmt.Sprint(w.Host, ";", w.Kind, ";", isOff(w), ";")
			}
		default:
			continue
		}
		for _, w := range it.workloads {
			key += string('0' + rune(whole(inventory.MatchesAny(s.rules[u].rule.Workloads(), w.ID, w.Name))))
		}
	}
	return key
}

// ruledOut tells whether a rule keeps an item off a place.
func (s *survey) ruledOut(it *item, place int, rules []int) bool {
	for _, u := range rules {
		r := s.rules[u].rule
		for _, w := range it.workloads {
			if inventory.MatchesAny(r.Workloads(), w.ID, w.Name) && !s.permits(r, w, place) {
				return true
			}
		}
	}
	return false
}

// permits tells whether a rule lets a workload that it names be on a place
// (docs/planner.md, section 3).
func (s *survey) permits(r *inventory.Rule, w *inventory.Workload, place int) bool {
	p := &s.places[place]
	switch r.Kind() {
	case inventory.RuleOnly, inventory.RuleNever:
		names := []string{p.id}
		if p.host != nil {
			names = append(names, p.host.Name, p.host.Model)
		}
		return inventory.MatchesAny(r.Hosts, names...) == (r.Kind() == inventory.RuleOnly)
	case inventory.RulePhysical:
		return w.Kind != inventory.Physical || p.host != nil && p.id == w.Host
	case inventory.RuleNUMA:
		return w.Kind == inventory.Physical && p.host != nil && p.id == w.Host || s.fitsNode(w, p)
	case inventory.RuleLive:
		return s.movesLive(w, p)
	}
	return true
}

// fitsNode tells whether a workload fits in one socket of a host and its share
// of the memory; true where the sockets are not known.
func (s *survey) fitsNode(w *inventory.Workload, p *place) bool {
	h := p.asHost()
	n := h.CPU.Sockets
	if n <= 0 || h.CPU.Cores <= 0 || !h.Memory.Known() {
		return true
	}
	return s.vcpusOf(w)*n <= h.CPU.Cores && s.memoryOf(w).MiB()*float64(n) <= h.Memory.MiB()
}

// movesLive tells whether a running guest gets to a host without an
// interruption. What is off or runs nowhere known moves as it likes.
func (s *survey) movesLive(w *inventory.Workload, p *place) bool {
	home, known := s.hostPlace[w.Host]
	if !known || isOff(w) || w.Kind == inventory.Physical || p.host != nil && p.id == w.Host {
		return true
	}
	from := s.places[home].host
	if c := s.clusterNamed(from.Cluster); c != nil && c.EVC != "" && p.cluster == c.ID {
		return true
	}
	ok, _ := inventory.MovesLive(from.CPU, p.asHost().CPU)
	return ok
}

func (s *survey) clusterNamed(id string) *inventory.Cluster {
	for i := range s.estate.Clusters {
		if s.estate.Clusters[i].ID == id {
			return &s.estate.Clusters[i]
		}
	}
	return nil
}
