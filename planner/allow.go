package planner

import (
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

// allowPlaces lists for every item the places that may hold it. Items with the
// same answer share one list, which the engine recognises.
func (s *survey) allowPlaces() {
	shared := map[string][]int{}
	for i := range s.items {
		it := &s.items[i]
		if it.stays {
			s.places[it.home].kept = true
			s.reportStayOnRetired(it)
		}
		if it.stays && (it.pinned || !s.places[it.home].takes) {
			it.allowed = []int{it.home} // lost with its host, as today
			continue
		}
		rules := s.placeRulesOf(it)
		clusters := s.clustersOf(it)
		key := fmt.Sprint(clusters, rules, s.ownHome(it))
		allowed, known := shared[key]
		if !known {
			allowed = s.allowedFor(it, rules)
			shared[key] = allowed
		}
		it.allowed = allowed
		if !it.pinned {
			it.restarts = allowed
		}
		if it.stays {
			// Out of scope: the plan leaves it alone, a failure does not.
			it.allowed = []int{it.home}
			continue
		}
		if len(rules) > 0 {
			it.refused = "rules: " + s.labels(rules)
		}
		if it.anchored {
			it.allowed = slices.DeleteFunc(slices.Clone(allowed), func(p int) bool { return p != it.anchor })
			it.refused = "a together rule ties it to what stays on " + s.places[it.anchor].id
		}
		if len(clusters) > 1 {
			it.refused = "a together rule joins guests of the clusters " + strings.Join(clusters, " and ")
		}
	}
}

func (s *survey) reportStayOnRetired(it *item) {
	if p := &s.places[it.home]; p.retired {
		s.find("retired-host-not-empty", inventory.Warning, p.id,
			fmt.Sprintf("host %s is to be retired, but %s stays on it (%s)", p.id, it.id(), it.refused),
			"move it by other means, or take the host off hosts.retire")
	}
}

// placeRulesOf lists the only and never rules in force for an item.
func (s *survey) placeRulesOf(it *item) []int {
	var found []int
	for u := range s.rules {
		use := &s.rules[u]
		patterns := slices.Concat(use.rule.Only, use.rule.Never)
		if use.soft || len(patterns) == 0 {
			continue
		}
		for _, w := range it.workloads {
			if inventory.MatchesAny(patterns, w.ID, w.Name) {
				found = append(found, u)
				break
			}
		}
	}
	return found
}

func (s *survey) labels(rules []int) string {
	var labels []string
	for _, u := range rules {
		labels = append(labels, s.rules[u].label)
	}
	return strings.Join(labels, "; ")
}

// clustersOf lists the clusters that the guests of an item are kept in.
func (s *survey) clustersOf(it *item) []string {
	clusters := map[string]bool{}
	if s.policy.Clusters == plan.KeepClusters {
		for _, w := range it.workloads {
			if c := s.clusterOf(w); c != "" && w.Kind == inventory.VM {
				clusters[c] = true
			}
		}
	}
	return sortedNames(clusters)
}

// ownHome is the standalone server that an item may stay on, -1 for none.
func (s *survey) ownHome(it *item) int {
	if it.home < 0 || len(it.workloads) > 1 {
		return -1
	}
	p := &s.places[it.home]
	if p.takes || p.retired || !inService(p.host) {
		return -1
	}
	return it.home
}

func (s *survey) allowedFor(it *item, rules []int) []int {
	clusters := s.clustersOf(it)
	own := s.ownHome(it)
	var allowed []int
	for i := range s.places {
		p := &s.places[i]
		inCluster := len(clusters) == 0 || len(clusters) == 1 && p.cluster == clusters[0]
		if i != own && !(p.takes && inCluster) {
			continue
		}
		if s.ruledOut(p, rules) {
			continue
		}
		allowed = append(allowed, i)
	}
	return allowed
}

func (s *survey) ruledOut(p *place, rules []int) bool {
	names := []string{p.id}
	if p.host != nil {
		names = append(names, p.host.Name, p.host.Model)
	}
	for _, u := range rules {
		r := s.rules[u].rule
		named := inventory.MatchesAny(r.Hosts, names...)
		if len(r.Only) > 0 && !named || len(r.Never) > 0 && named {
			return true
		}
	}
	return false
}
