package merge

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// mergeRules lists each rule once. Names and patterns of workloads mean those of
// their own estate, so they become the IDs that those have now.
func (m *merger) mergeRules() {
	byText := map[string]inventory.Rule{}
	for i, e := range m.estates {
		if len(e.Rules) == 0 {
			continue
		}
		r, names := &m.renames[i], namesOf(e)
		for _, rule := range e.Rules {
			rule.Apart = names.expand(rule.Apart, r)
			rule.Together = names.expand(rule.Together, r)
			rule.Only = names.expand(rule.Only, r)
			rule.Never = names.expand(rule.Never, r)
			rule.Stay = names.expand(rule.Stay, r)
			rule.Of = names.expand(rule.Of, r)
			rule.Fence = names.expand(rule.Fence, r)
			rule.Physical = names.expand(rule.Physical, r)
			rule.NUMA = names.expand(rule.NUMA, r)
			rule.Live = names.expand(rule.Live, r)
			rule.Hosts = slices.Clone(rule.Hosts)
			for k, h := range rule.Hosts {
				rule.Hosts[k] = to(r.hosts, h)
			}
			rule.From = m.origins(i, rule.From)
			byText[textOf(rule)] = rule
		}
	}
	for _, text := range sortedKeys(byText) {
		m.all.Rules = append(m.all.Rules, byText[text])
	}
}

// textOf tells values apart and orders them.
func textOf(v any) string {
	var b bytes.Buffer
	// Rules and findings are plain data, which always encode.
	_ = inventory.EncodeJSON(&b, v)
	return b.String()
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
