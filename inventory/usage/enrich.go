package usage

import (
	"strconv"
	"strings"

	"sobre/inventory"
)

// Enrich adds the use read to the machines of an estate, joined by name or ID:
// that of a physical server to the workload on it, in % of the server; that of
// a guest to the guest, in % of its own processors and memory; that of a
// hypervisor to the host. It replaces what the estate holds, as it was asked
// for. What does not join is a finding.
func (t *Table) Enrich(e *inventory.Estate) {
	t.source.ID = e.SourceID(t.source.ID)
	e.Sources = append(e.Sources, t.source)
	for _, f := range t.findings {
		e.Findings = append(e.Findings, t.about(f.Line, f))
	}
	if t.unsaid > 0 {
		e.Findings = append(e.Findings, t.about(0, inventory.Finding{
			Code: "findings-cut", Severity: inventory.Warning, What: "further cells that cannot be used: " + strconv.Itoa(t.unsaid),
			Do: "check the columns", Values: map[string]string{"findings": strconv.Itoa(t.unsaid)},
		}))
	}
	to := targets(e)
	seen := map[*inventory.Use]int{}
	for _, r := range t.rows {
		target, ok := to[shortKey(r.name)]
		switch first := seen[target.use]; {
		case !ok || target.use == nil:
			what, do := "the inventory has no machine "+r.name, "check the name"
			if ok {
				what, do = "the inventory has more than one machine "+r.name, "name it by its ID"
			}
			e.Findings = append(e.Findings, t.about(r.line, inventory.Finding{Code: "use-unmatched", Severity: inventory.Warning,
				What: what + ": its use was left out", Do: do, Values: map[string]string{"name": r.name}}))
			continue
		case first > 0:
			e.Findings = append(e.Findings, t.about(r.line, inventory.Finding{Code: "row-twice", Severity: inventory.Warning, Do: "keep one of the two",
				What: "another row is about " + r.name + " too: this one was left out", Values: map[string]string{"name": r.name}}))
			continue
		}
		seen[target.use] = r.line
		*target.use = r.use
		*target.from = append(*target.from, inventory.Origin{Source: t.source.ID, At: t.file, Line: r.line, Fields: []string{"use"}})
	}
}

// target is a place in the estate that use is written to; one without a place
// stands for a name that several machines have.
type target struct {
	use  *inventory.Use
	from *[]inventory.Origin
}

// targets indexes the machines of an estate by ID and by name. An ID wins over
// a name, unless it is the name that several machines have: then the row may
// mean any of them.
func targets(e *inventory.Estate) map[string]target {
	byName, byID := map[string]target{}, map[string]target{}
	add := func(id, name string, t target) {
		byID[strings.ToLower(id)] = t
		if name == "" {
			return
		}
		if _, twice := byName[shortKey(name)]; twice {
			t = target{}
		}
		byName[shortKey(name)] = t
	}
	standalone := map[string]string{}
	for i := range e.Hosts {
		h := &e.Hosts[i]
		if h.Role != inventory.Standalone {
			add(h.ID, h.Name, target{&h.Use, &h.From})
			continue
		}
		standalone[h.ID] = h.Name
	}
	for i := range e.Workloads {
		w := &e.Workloads[i]
		t := target{&w.Use, &w.From}
		add(w.ID, w.Name, t)
		if _, ok := standalone[w.Host]; ok && w.Kind == inventory.Physical {
			byID[strings.ToLower(w.Host)] = t
		}
	}
	for id, t := range byID {
		if same, known := byName[id]; !known || same.use != nil {
			byName[id] = t
		}
	}
	return byName
}

// shortKey is a name without domain, in lower case.
func shortKey(name string) string {
	short, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(name)), ".")
	return short
}
