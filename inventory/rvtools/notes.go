package rvtools

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"sobre/inventory"
)

// maxNotes is how many findings of one code in one sheet are listed; beyond
// that they are only counted, or a bad workbook would bury what matters.
const maxNotes = 50

// note is a finding whose subject may not have its ID yet.
type note struct {
	inventory.Finding
	host, vm int // whose ID is the subject; -1: none
}

// notes gathers findings.
type notes struct {
	list   []note
	counts map[noteKey]*tally
}

type noteKey struct{ code, source, at string }

type tally struct {
	n     int
	first note
}

// add keeps a finding without a subject.
func (ns *notes) add(f inventory.Finding) { ns.keep(note{f, -1, -1}) }

// aboutVM keeps a finding whose subject is a workload.
func (ns *notes) aboutVM(vm int, f inventory.Finding) { ns.keep(note{f, -1, vm}) }

// aboutHost keeps a finding whose subject is a host.
func (ns *notes) aboutHost(host int, f inventory.Finding) { ns.keep(note{f, host, -1}) }

func (ns *notes) keep(n note) {
	if ns.counts == nil {
		ns.counts = map[noteKey]*tally{}
	}
	key := noteKey{n.Code, n.Source, n.At}
	t := ns.counts[key]
	if t == nil {
		t = &tally{first: n}
		ns.counts[key] = t
	}
	if t.n++; t.n <= maxNotes {
		ns.list = append(ns.list, n)
	}
}

// findings is the list in order: by code, subject, place.
func (ns *notes) findings(e *inventory.Estate, hosts, vms []int) []inventory.Finding {
	list := make([]inventory.Finding, 0, len(ns.list))
	for _, n := range ns.list {
		f := n.Finding
		if n.host >= 0 {
			f.Subject = e.Hosts[hosts[n.host]].ID
		}
		if n.vm >= 0 {
			f.Subject = e.Workloads[vms[n.vm]].ID
		}
		list = append(list, f)
	}
	for key, t := range ns.counts {
		if t.n > maxNotes {
			list = append(list, inventory.Finding{
				Code: key.code, Severity: t.first.Severity, Source: key.source, At: key.at, Do: t.first.Do,
				What:   fmt.Sprintf("%d more like these, not listed", t.n-maxNotes),
				Values: map[string]string{"more": strconv.Itoa(t.n - maxNotes)},
			})
		}
	}
	slices.SortFunc(list, func(a, b inventory.Finding) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Source, b.Source), cmp.Compare(a.At, b.At),
			cmp.Compare(b2i(a.Line == 0), b2i(b.Line == 0)), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.What, b.What))
	})
	return list
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
