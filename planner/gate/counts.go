package gate

import (
	"fmt"

	"sobre/inventory"
	"sobre/planner/plan"
)

func countMeasures() []Measure {
	return []Measure{
		{Name: "hosts", Views: both, What: "hosts in service", read: func(r *reader) Reading { return number(r.plan.After.Hosts) }},
		{Name: "hosts.empty", Views: both, List: true, What: "hosts in service that hold nothing and do not stand by for a failure", read: emptyHosts},
		{Name: "hosts.bought", Views: planned, List: true, What: "hosts that the plan buys", read: inState(plan.Buy)},
		{Name: "hosts.retired", Views: planned, List: true, What: "hosts that the plan retires", read: inState(plan.Retire)},
		{Name: "hosts.unmaintained", Views: both, List: true, What: "hosts in service whose maintenance contract has ended", read: unmaintained},
		{Name: "chassis", Views: both, What: "chassis with a blade in service", read: func(r *reader) Reading { return number(r.plan.After.Chassis) }},
		{Name: "cores", Views: both, What: "cores of the hosts in service", read: func(r *reader) Reading { return number(r.plan.After.Cores) }},
		{Name: "workloads", Views: both, What: "workloads that a plan places", read: func(r *reader) Reading { return number(len(r.plan.Placements) + len(r.plan.Unplaced)) }},
		{Name: "unplaced", Views: planFirst, List: true, What: "workloads that find no place; today: that run on no known host", read: unplaced},
		{Name: "infeasible", Views: planned, List: true, What: "what keeps the best plan from being one: workloads without a place or without a restart, rules that cannot be kept", read: infeasible},
		{Name: "gap", Views: planned, What: "hosts of the plan above the proven least number", read: func(r *reader) Reading { return number(r.plan.Bound.Gap) }},
		{Name: "bound", Views: planned, What: "proven least number of hosts", read: func(r *reader) Reading { return number(r.plan.Bound.Hosts) }},
		{Name: "moves", Views: planned, What: "workloads that change host", read: moves},
	}
}

func number(n int) Reading { return Reading{Value: float64(n)} }

func listing(subjects []Subject) Reading {
	return Reading{Value: float64(len(subjects)), Subjects: subjects}
}

func emptyHosts(r *reader) Reading {
	var list []Subject
	for _, h := range r.plan.Hosts {
		if h.State != plan.Retire && h.Workloads == 0 && !h.Spare {
			list = append(list, Subject{ID: h.ID, What: "holds nothing"})
		}
	}
	return listing(list)
}

func inState(s plan.HostState) func(r *reader) Reading {
	return func(r *reader) Reading {
		var list []Subject
		for _, h := range r.plan.Hosts {
			if h.State == s {
				list = append(list, Subject{ID: h.ID, What: h.Model})
			}
		}
		return listing(list)
	}
}

func unmaintained(r *reader) Reading {
	var list []Subject
	unknown, inService := 0, 0
	for _, h := range r.plan.Hosts {
		e := r.hosts[h.ID]
		if h.State != plan.Keep || e == nil {
			continue
		}
		inService++
		switch {
		case !e.Maintained.Known():
			unknown++
		case e.Maintained.Time().Before(r.date.Time()):
			list = append(list, Subject{ID: h.ID, What: "maintained until " + e.Maintained.String()})
		}
	}
	reading := listing(list)
	switch {
	case unknown == inService && unknown > 0:
		reading.Unknown = "no host names the end of its maintenance contract (maintained: 2027-06-30)"
	case unknown > 0:
		reading.Partial = fmt.Sprintf("%d hosts without the end of their maintenance contract", unknown)
	}
	return reading
}

func unplaced(r *reader) Reading {
	var list []Subject
	for _, u := range r.plan.Unplaced {
		list = append(list, Subject{ID: u.Workload, What: u.What})
	}
	return listing(list)
}

func infeasible(r *reader) Reading {
	reading := unplaced(r)
	list := append(reading.Subjects, lostWorkloads(r).Subjects...)
	for _, rule := range r.plan.Rules {
		if rule.Broken && !rule.Soft {
			list = append(list, Subject{ID: rule.Rule, What: "the rule cannot be kept"})
		}
	}
	return listing(list)
}

func moves(r *reader) Reading {
	n := 0
	for _, p := range r.plan.Placements {
		if p.From != "" && p.From != p.To {
			n++
		}
	}
	return number(n)
}

// running lists the workloads of the view that run, with the host that they
// are on ("" for none).
func (r *reader) running() (list []*inventory.Workload, at map[string]string) {
	at = map[string]string{}
	for _, p := range r.plan.Placements {
		at[p.Workload] = p.To
	}
	for _, u := range r.plan.Unplaced {
		at[u.Workload] = ""
	}
	for i := range r.estate.Workloads {
		w := &r.estate.Workloads[i]
		if _, planned := at[w.ID]; planned && (w.State == "" || w.State == inventory.On) {
			list = append(list, w)
		}
	}
	return list, at
}
