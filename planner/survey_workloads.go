package planner

import (
	"fmt"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

// surveyWorkloads turns workloads into items, or excludes them with a reason.
func (s *survey) surveyWorkloads() error {
	seen := map[string]bool{}
	for i := range s.estate.Workloads {
		w := &s.estate.Workloads[i]
		if w.ID == "" || seen[w.ID] {
			return fmt.Errorf("estate: workload %d: ID %q is empty or stands twice", i+1, w.ID)
		}
		seen[w.ID] = true
		if reason, what := s.exclusion(w); reason != "" {
			s.excluded = append(s.excluded, plan.Unplaced{Workload: w.ID, Reason: reason, What: what})
			continue
		}
		s.items = append(s.items, s.newItem(w))
	}
	return nil
}

// exclusion says why a workload is not planned at all, if so.
func (s *survey) exclusion(w *inventory.Workload) (reason, what string) {
	switch {
	case w.State == inventory.Template:
		return "template", "a template runs nowhere"
	case w.Class == inventory.Placeholder:
		return "placeholder", "a placeholder for a guest of another site"
	case w.Class == inventory.Agent:
		return "agent", "belongs to the hypervisor platform, which places it itself"
	case w.Class == inventory.Orphan:
		return "orphan", "known to the manager, but no host has it"
	case w.Kind != inventory.Physical:
		return "", ""
	case w.State == inventory.Off || w.State == inventory.Suspended:
		return "off", "a physical server that is off: decide whether to scrap it"
	}
	if home, ok := s.hostPlace[w.Host]; ok && s.places[home].host.State == inventory.HostOff {
		return "off", "its physical server is off: decide whether to scrap it"
	}
	return "", ""
}

func (s *survey) newItem(w *inventory.Workload) item {
	it := item{workloads: []*inventory.Workload{w}, home: -1}
	if home, ok := s.hostPlace[w.Host]; ok {
		it.home = home
	}
	it.idle = isOff(w)
	for _, pin := range w.Pins {
		if pin.Kind.Hard() {
			it.stays, it.pinned = it.home >= 0, true
			it.refused = strings.TrimSpace(fmt.Sprintf("pinned by %s %s", pin.Kind, pin.Reason))
		}
	}
	if it.home >= 0 && !s.inScope(w) {
		it.stays = true
		it.refused = "out of scope"
	}
	return it
}

func (s *survey) inScope(w *inventory.Workload) bool {
	if s.policy.Scope.IsZero() {
		return true
	}
	matches := func(condition string) bool {
		field, pattern, _ := strings.Cut(condition, "=")
		return inventory.Matches(pattern, s.fieldOf(w, field))
	}
	included := len(s.policy.Scope.Include) == 0
	for _, c := range s.policy.Scope.Include {
		included = included || matches(c)
	}
	for _, c := range s.policy.Scope.Exclude {
		included = included && !matches(c)
	}
	return included
}

// fieldOf is what a scope condition compares: a field by its name, else a label.
func (s *survey) fieldOf(w *inventory.Workload, field string) string {
	switch field {
	case "id":
		return w.ID
	case "name":
		return w.Name
	case "kind":
		return string(w.Kind)
	case "host":
		return w.Host
	case "os":
		return w.OS
	case "service":
		return w.Service
	case "state":
		return string(w.State)
	case "cluster":
		return s.clusterOf(w)
	case "site":
		if home, ok := s.hostPlace[w.Host]; ok {
			return s.places[home].host.Site
		}
		return ""
	}
	return w.Labels[field]
}

// clusterOf is the cluster of a workload, or of the host it runs on.
func (s *survey) clusterOf(w *inventory.Workload) string {
	if w.Cluster != "" {
		return w.Cluster
	}
	if home, ok := s.hostPlace[w.Host]; ok {
		return s.places[home].cluster
	}
	return ""
}

// isOff tells whether a workload does not run: it is off or suspended.
func isOff(w *inventory.Workload) bool {
	return w.State == inventory.Off || w.State == inventory.Suspended
}
