package planner

import (
	"cmp"
	"fmt"
	"slices"
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
		if s.trial.among != nil && !s.trial.among[w.ID] {
			continue
		}
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
	it.mayStop = slices.ContainsFunc(s.policy.Survive.MayStop, func(c string) bool { return s.meets(w, c) })
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
	matches := func(condition string) bool { return s.meets(w, condition) }
	included := len(s.policy.Scope.Include) == 0
	for _, c := range s.policy.Scope.Include {
		included = included || matches(c)
	}
	for _, c := range s.policy.Scope.Exclude {
		included = included && !matches(c)
	}
	return included
}

// meets tells whether a workload meets a condition of the form field=pattern.
func (s *survey) meets(w *inventory.Workload, condition string) bool {
	field, pattern, _ := strings.Cut(condition, "=")
	return inventory.Matches(strings.TrimSpace(pattern), s.fieldsOf(w, strings.TrimSpace(field))...)
}

// fieldsOf is what a condition compares: a field by its name, else a label. A
// host or cluster may be meant by its ID or its name.
func (s *survey) fieldsOf(w *inventory.Workload, field string) []string {
	home, known := s.hostPlace[w.Host]
	switch field {
	case "id":
		return []string{w.ID}
	case "name":
		return []string{w.Name}
	case "kind":
		return []string{string(cmp.Or(w.Kind, inventory.VM))}
	case "os":
		return []string{w.OS}
	case "service":
		return []string{w.Service}
	case "state":
		return []string{string(cmp.Or(w.State, inventory.On))}
	case "host":
		if known {
			return []string{w.Host, s.places[home].host.Name}
		}
		return []string{w.Host}
	case "cluster":
		id := s.clusterOf(w)
		if c := s.clusterNamed(id); c != nil {
			return []string{id, c.Name}
		}
		return []string{id}
	case "site":
		if known {
			return []string{s.siteOfHost(s.places[home].host)}
		}
		return nil
	}
	return []string{w.Labels[field]}
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
