package gate

import (
	"fmt"
	"slices"

	"sobre/inventory"
)

func dataMeasures() []Measure {
	return []Measure{
		{Name: "data.coverage", Unit: Percent, Views: both, What: "running workloads of which size, host and CPU use are known", read: coverage(func(r *reader, w *inventory.Workload) bool {
			return r.sized(w) && measured(w.Use.CPU) && r.hosts[w.Host] != nil
		})},
		{Name: "data.cpu", Unit: Percent, Views: both, What: "running workloads of which CPU use was measured", read: coverage(func(_ *reader, w *inventory.Workload) bool { return measured(w.Use.CPU) })},
		{Name: "data.memory", Unit: Percent, Views: both, What: "running workloads of which memory use was measured", read: coverage(func(_ *reader, w *inventory.Workload) bool { return measured(w.Use.Memory) })},
		{Name: "data.power", Unit: Percent, Views: both, What: "hosts in service whose power was measured or stated, not estimated", read: powerKnown},
		{Name: "data.errors", Views: both, List: true, What: "findings on the data that are errors", read: dataErrors},
		{Name: "data.age", Unit: Days, Views: both, What: "days since the data were collected", read: dataAge},
	}
}

// coverage is the share of the running workloads of which something is known,
// with those of which it is not.
func coverage(known func(r *reader, w *inventory.Workload) bool) func(r *reader) Reading {
	return func(r *reader) Reading {
		running, _ := r.running()
		if len(running) == 0 {
			return Reading{Unknown: "no workload runs"}
		}
		var reading Reading
		for _, w := range running {
			if !known(r, w) {
				reading.Subjects = append(reading.Subjects, Subject{ID: w.ID})
			}
		}
		reading.Value = 100 - float64(len(reading.Subjects))/float64(len(running))*100
		return reading
	}
}

// sized tells whether a workload says what it needs; the system of a physical
// server has what its host has.
func (r *reader) sized(w *inventory.Workload) bool {
	h := r.hosts[w.Host]
	own := w.Kind == inventory.Physical && h != nil
	return (w.VCPUs > 0 || own && h.CPU.Cores > 0) && (w.Memory.Known() || own && h.Memory.Known())
}

// measured tells whether a series of use holds anything.
func measured(s inventory.Stat) bool { return s != inventory.Stat{} }

func powerKnown(r *reader) Reading {
	known, all := 0, 0
	var reading Reading
	for _, h := range r.plan.Hosts {
		e := r.hosts[h.ID]
		if e == nil || h.State != "keep" {
			continue
		}
		all++
		p := e.Power
		if p.Metered.Known() || p.Mean.Known() || p.Idle.Known() && p.Max.Known() || len(p.Points) > 0 {
			known++
		} else {
			reading.Subjects = append(reading.Subjects, Subject{ID: h.ID})
		}
	}
	if all == 0 {
		return Reading{Unknown: "no host of the estate is in service"}
	}
	reading.Value = float64(known) / float64(all) * 100
	return reading
}

func dataErrors(r *reader) Reading {
	var list []Subject
	for _, f := range r.plan.Findings {
		if f.Severity == inventory.Error {
			id := f.Subject
			if id == "" {
				id = f.Code
			}
			list = append(list, Subject{ID: id, What: f.What})
		}
	}
	return listing(list)
}

func dataAge(r *reader) Reading {
	oldest := r.estate.Collected
	for _, s := range r.estate.Sources {
		if s.Collected.Known() && (!oldest.Known() || s.Collected.Time().Before(oldest.Time())) {
			oldest = s.Collected
		}
	}
	switch {
	case !oldest.Known():
		return Reading{Unknown: "the estate does not say when it was collected (collected: 2026-11-02)"}
	case oldest.Time().After(r.date.Time()):
		return Reading{Unknown: fmt.Sprintf("it was collected on %s, which is after %s", oldest, r.date)}
	}
	return Reading{Value: r.date.Time().Sub(oldest.Time()).Hours() / 24}
}

func sortedNames(set map[string]bool) []string {
	var names []string
	for n := range set {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
