package open

import (
	"strings"

	"sobre/inventory"
)

// addRules adds the rules of an estate. Names and patterns of workloads mean
// those of their own estate, so they become the IDs that those have now.
func (j *joiner) addRules(e *inventory.Estate, r *renames) {
	if len(e.Rules) == 0 {
		return
	}
	names := namesOf(e)
	for _, rule := range e.Rules {
		rule.Apart = names.expand(rule.Apart, r)
		rule.Together = names.expand(rule.Together, r)
		rule.Only = names.expand(rule.Only, r)
		rule.Never = names.expand(rule.Never, r)
		rule.Stay = names.expand(rule.Stay, r)
		for i, h := range rule.Hosts {
			rule.Hosts[i] = to(r.hosts, h)
		}
		rule.From = r.origins(rule.From)
		j.all.Rules = append(j.all.Rules, rule)
	}
}

// workloadNames finds the workloads of an estate by ID or name.
type workloadNames struct {
	estate *inventory.Estate
	exact  map[string][]string // lower case → IDs
}

func namesOf(e *inventory.Estate) workloadNames {
	n := workloadNames{e, map[string][]string{}}
	for i := range e.Workloads {
		w := &e.Workloads[i]
		id, name := strings.ToLower(w.ID), strings.ToLower(w.Name)
		n.exact[id] = append(n.exact[id], w.ID)
		if name != id && name != "" {
			n.exact[name] = append(n.exact[name], w.ID)
		}
	}
	return n
}

// expand replaces names and patterns by IDs; what matches nothing stays.
func (n workloadNames) expand(list []string, r *renames) []string {
	if len(list) == 0 {
		return list
	}
	var out []string
	seen := map[string]bool{}
	for _, text := range list {
		found := n.exact[strings.ToLower(text)]
		if strings.ContainsAny(text, "*?") {
			found = nil
			for i := range n.estate.Workloads {
				if w := &n.estate.Workloads[i]; inventory.Matches(text, w.ID, w.Name) {
					found = append(found, w.ID)
				}
			}
		}
		if len(found) == 0 {
			out = append(out, text)
			continue
		}
		for _, id := range found {
			if id = to(r.workloads, id); !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}
