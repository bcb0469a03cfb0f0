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
		it.allowed = s.sharedPlaces(shared, it, rules)
		if !it.pinned {
			it.restarts = s.sharedPlaces(shared, it, s.holdingInFailure(rules))
		}
		if it.stays {
			// Out of scope: the plan leaves it alone, a failure does not.
			it.allowed = []int{it.home}
			continue
		}
		s.explainChoice(it, rules)
	}
}

// explainChoice says what narrows the places of an item that may move, and ties
// it to what it must be with.
func (s *survey) explainChoice(it *item, rules []int) {
	if len(rules) > 0 {
		it.refused = "rules: " + s.labels(rules)
	}
	if it.anchors != nil {
		it.allowed = slices.DeleteFunc(slices.Clone(it.allowed), func(p int) bool { return !slices.Contains(it.anchors, p) })
		it.refused = "together rules tie it to what stays on different hosts"
		if len(it.anchors) > 0 {
			it.refused = "a together rule ties it to what stays on " + s.places[it.anchors[0]].id
		}
	}
	if clusters := s.clustersOf(it); len(clusters) > 1 {
		it.refused = "a together rule joins guests of the clusters " + strings.Join(clusters, " and ")
	}
}

// sharedPlaces is the list of places that an item may be on under some rules.
func (s *survey) sharedPlaces(shared map[string][]int, it *item, rules []int) []int {
	key := fmt.Sprint(s.clustersOf(it), rules, s.ownHome(it), s.placeKey(it, rules))
	places, known := shared[key]
	if !known {
		places = s.allowedFor(it, rules)
		shared[key] = places
	}
	return places
}

func (s *survey) reportStayOnRetired(it *item) {
	if p := &s.places[it.home]; p.retired {
		s.find("retired-host-not-empty", inventory.Warning, p.id,
			fmt.Sprintf("host %s is to be retired, but %s stays on it (%s)", p.id, it.id(), it.refused),
			"move it by other means, or take the host off hosts.retire")
	}
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
		if !s.ruledOut(it, i, rules) {
			allowed = append(allowed, i)
		}
	}
	return allowed
}
