package merge

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// mergeFindings lists each finding of the estates once.
func (m *merger) mergeFindings() {
	seen := map[string]bool{}
	for i, e := range m.estates {
		r := &m.renames[i]
		for _, f := range e.Findings {
			f.Source = to(r.sources, f.Source)
			if id, ok := r.hosts[f.Subject]; ok {
				f.Subject = id
			} else {
				f.Subject = to(r.workloads, f.Subject)
			}
			if text := textOf(f); !seen[text] {
				seen[text] = true
				m.all.Findings = append(m.all.Findings, f)
			}
		}
	}
	order := []inventory.Severity{inventory.Error, inventory.Warning, inventory.Note}
	slices.SortStableFunc(m.all.Findings, func(a, b inventory.Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, a.Severity), slices.Index(order, b.Severity)), strings.Compare(a.Code, b.Code), strings.Compare(a.Subject, b.Subject),
			strings.Compare(a.Source, b.Source), strings.Compare(a.At, b.At), cmp.Compare(a.Line, b.Line), strings.Compare(a.What, b.What),
		)
	})
}

// maxListed is how many machines of one kind of finding are told one by one.
const maxListed = 50

// Findings are what the merge has to say about the estate it made: how many
// machines were counted once, which may be counted twice, and on which figures
// the inventories differ.
func (r *Result) Findings() []inventory.Finding {
	var out []inventory.Finding
	if n := len(r.Merged); n > 0 {
		first := r.Merged[0]
		out = append(out, inventory.Finding{
			Code: "counted-once", Severity: inventory.Note, Subject: first.ID,
			What:   fmt.Sprintf("machines that several inventories hold, counted once: %d, the first %s by %s", n, first.ID, strings.Join(first.By, ", ")),
			Values: map[string]string{"count": strconv.Itoa(n), "id": first.ID, "by": strings.Join(first.By, ", ")},
		})
	}
	for _, g := range r.guests[:min(len(r.guests), maxListed)] {
		out = append(out, inventory.Finding{
			Code: "server-is-guest", Severity: inventory.Warning, Subject: g.workload,
			What:   fmt.Sprintf("server %s is the guest %s of a hypervisor (same SMBIOS UUID): no host", g.host, g.workload),
			Values: map[string]string{"host": g.host, "workload": g.workload, "uuid": g.uuid},
		})
	}
	return append(append(out, r.differences()...), r.doubts()...)
}

// differences are one finding a field: the first machine and how many.
func (r *Result) differences() []inventory.Finding {
	first, n := map[string]Conflict{}, map[string]int{}
	for _, c := range r.Conflicts {
		if !weighs[c.Field] {
			continue
		}
		if n[c.Field]++; n[c.Field] == 1 {
			first[c.Field] = c
		}
	}
	var out []inventory.Finding
	for _, field := range sortedKeys(first) {
		c := first[field]
		out = append(out, inventory.Finding{
			Code: "inventories-differ", Severity: inventory.Warning, Subject: c.ID,
			What:   fmt.Sprintf("%s: %d machines differ between inventories; the first is %s: %s is used, another says %s", field, n[field], c.ID, c.Used, c.Other),
			Do:     "check which inventory is right, and say so in the decisions of the merge",
			Values: map[string]string{"figure": field, "count": strconv.Itoa(n[field]), "id": c.ID, "used": c.Used, "other": c.Other},
		})
	}
	return out
}

// weighs are the facts that change a plan.
var weighs = map[string]bool{
	"cpu.sockets": true, "cpu.cores": true, "cpu.clock": true, "cpu.model": true, "memory": true, "disk": true, "vcpus": true, "host": true, "state": true,
	"role": true, "model": true, "year": true, "site": true, "power.idle": true, "power.max": true, "power.mean": true, "power.metered": true,
}

// doubts are machines that may be counted twice.
func (r *Result) doubts() []inventory.Finding {
	var out []inventory.Finding
	for _, f := range r.Refused {
		if !f.Open || len(out) == maxListed {
			continue
		}
		out = append(out, inventory.Finding{
			Code: "perhaps-twice", Severity: inventory.Warning, Subject: f.B,
			What:   fmt.Sprintf("%s and %s have one %s; counted as two, because %s", f.A, f.B, f.By, f.Why),
			Do:     "say same or different in the decisions of the merge",
			Values: map[string]string{"id": f.B, "other": f.A, "by": f.By, "why": f.Why},
		})
	}
	return out
}
