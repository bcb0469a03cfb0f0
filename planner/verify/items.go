package verify

import (
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

func (w *world) addItems() {
	for n := range w.estate.Workloads {
		i := &item{Workload: &w.estate.Workloads[n]}
		i.home = w.byHost[i.Host]
		if i.home != nil && i.home.estate == nil {
			i.home = nil // a bought host has the ID of one that the estate lost
		}
		i.cluster = i.Cluster
		if i.cluster == "" && i.home != nil {
			i.cluster = i.home.cluster
		}
		i.excluded = i.whyExcluded()
		i.idle = !i.physical() && (i.State == inventory.Off || i.State == inventory.Suspended)
		for _, p := range i.Pins {
			i.pinned = i.pinned || p.Kind.Hard()
		}
		w.items = append(w.items, i)
		if w.byItem[i.ID] == nil {
			w.byItem[i.ID] = i
		}
	}
}

func (i *item) physical() bool { return i.Kind == inventory.Physical }

// running tells whether the workload is on; a machine whose state no source
// tells counts as on.
func (i *item) running() bool { return i.State == "" || i.State == inventory.On }

// whyExcluded is the reason why a workload is not planned at all, empty when it is.
func (i *item) whyExcluded() string {
	switch {
	case i.State == inventory.Template:
		return "template"
	case i.Class != "":
		return string(i.Class)
	case i.physical() && i.State == inventory.Off:
		return "off"
	case i.physical() && i.home != nil && i.home.estate.State == inventory.HostOff:
		return "off"
	}
	return ""
}

// decideStays finds what must remain where it is: out of scope, named by a
// stay rule, or pinned. Without a known host there is nowhere to stay.
func (w *world) decideStays() {
	named := map[*item]bool{}
	for _, r := range w.rules {
		if r.Kind() == inventory.RuleStay && !r.IsSoft() {
			for _, i := range w.matching(r.Stay) {
				named[i] = true
			}
		}
	}
	for _, i := range w.items {
		if i.excluded != "" || i.home == nil {
			continue
		}
		i.pinned = i.pinned || named[i] // a stay rule ties it to its host as a pin does
		if i.pinned || !w.inScope(i) {
			i.stays = true
			i.home.stays = append(i.home.stays, i)
		}
	}
}

// inScope tells whether the policy lets the workload move at all.
func (w *world) inScope(i *item) bool {
	scope := w.policy.Scope
	in := len(scope.Include) == 0
	for _, c := range scope.Include {
		in = in || w.meets(i, c)
	}
	for _, c := range scope.Exclude {
		in = in && !w.meets(i, c)
	}
	return in
}

// meets tells whether a workload meets a condition of the form field=pattern.
func (w *world) meets(i *item, condition string) bool {
	field, pattern, ok := strings.Cut(condition, "=")
	if !ok {
		return false
	}
	return inventory.Matches(strings.TrimSpace(pattern), w.field(i, strings.TrimSpace(field))...)
}

// field lists the values that a workload has in a field of a scope condition.
func (w *world) field(i *item, name string) []string {
	switch name {
	case "id":
		return []string{i.ID}
	case "name":
		return []string{i.Name}
	case "kind":
		if i.Kind == "" {
			return []string{string(inventory.VM)}
		}
		return []string{string(i.Kind)}
	case "host":
		if i.home == nil {
			return []string{i.Host}
		}
		return []string{i.home.id, i.home.estate.Name}
	case "cluster":
		return w.clusterNames(i.cluster)
	case "site":
		if i.home == nil {
			return nil
		}
		return []string{i.home.site}
	case "service":
		return []string{i.Service}
	case "os":
		return []string{i.OS}
	case "state":
		if i.State == "" {
			return []string{string(inventory.On)}
		}
		return []string{string(i.State)}
	}
	return []string{i.Labels[name]}
}

func (w *world) clusterNames(id string) []string {
	for _, c := range w.estate.Clusters {
		if c.ID == id {
			return []string{id, c.Name}
		}
	}
	return []string{id}
}

// matching lists the planned workloads that one of the patterns names.
func (w *world) matching(patterns []string) []*item {
	var found []*item
	for _, i := range w.items {
		if i.excluded == "" && inventory.MatchesAny(patterns, i.ID, i.Name) {
			found = append(found, i)
		}
	}
	return found
}

// mayRun tells whether section 1 lets the workload be on the host, rules and
// limits aside; if not, why says so.
func (w *world) mayRun(i *item, h *host) (ok bool, why string) {
	if i.stays {
		return h == i.home, "it must stay where it is"
	}
	if h.takes {
		if h.estate == nil && h.model == nil {
			return false, "its model is not among the models of the plan"
		}
		if w.keepsClusters() && !i.physical() && i.cluster != "" && !h.serves(i.cluster) {
			return false, "the host is in cluster " + quote(h.cluster) + ", the guest in " + quote(i.cluster) + ", and the policy keeps clusters"
		}
		return true, ""
	}
	switch {
	case h == i.home && h.inService && !h.retired && (h.estate.Role != inventory.Hypervisor || !h.measured()):
		return true, ""
	case h.retired:
		return false, "hosts.retire names the host"
	case !h.inService:
		return false, "the host is not in service"
	case h.estate.Role != inventory.Hypervisor:
		return false, "a standalone server holds its own system or nothing"
	}
	return false, "the host's memory or cores are unknown"
}

func (w *world) keepsClusters() bool { return w.policy.Clusters == plan.KeepClusters }

// serves tells whether the host may hold guests of the cluster: a bought host
// that no cluster is named for holds none.
func (h *host) serves(cluster string) bool { return h.cluster == cluster }

func quote(s string) string {
	if s == "" {
		return "none"
	}
	return `"` + s + `"`
}
