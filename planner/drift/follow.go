package drift

import (
	"slices"
	"strings"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// FromPlan is how far an inventory is along a plan, and where it left it.
type FromPlan struct {
	Moves   int `json:"moves"` // that the plan asks for
	Done    int `json:"done"`
	Pending int `json:"pending"` // still where they were
	// Elsewhere are workloads that are neither where they were nor where the
	// plan has them.
	Elsewhere []Stray `json:"elsewhere,omitempty"`
	// StillOn are hosts in service that the plan retires.
	StillOn []Left `json:"still_on,omitempty"`
	// NotIn are hosts that the plan keeps and the inventory lacks.
	NotIn []string `json:"not_in,omitempty"`
	// Unplanned are workloads that the plan does not know.
	Unplanned []string `json:"unplanned,omitempty"`
	// Gone are workloads of the plan that are not there any more.
	Gone []string `json:"gone,omitempty"`
	// Open is what the inventory uses a year above the plan.
	Open Gap `json:"open"`
}

// Stray is a workload that has left the plan.
type Stray struct {
	Workload string `json:"workload"`
	Planned  string `json:"planned"`
	At       string `json:"at"`
}

// Left is a host that is on and should be off.
type Left struct {
	Host      string       `json:"host"`
	Workloads int          `json:"workloads"` // still on it
	Energy    carbon.Range `json:"energy_kwh_per_year"`
}

// Gap is what lies between an inventory and its plan a year; negative where
// the inventory is better.
type Gap struct {
	Hosts  int     `json:"hosts"`
	Energy float64 `json:"energy_kwh_per_year"`
	CO2e   float64 `json:"co2e_kg_per_year"` // of use
	Cost   float64 `json:"cost_per_year"`
}

// follow holds the later inventory against the plan, which names workloads as
// the earlier one does: a server that has become a guest may have a new ID.
func follow(in Input, same map[string]string) *FromPlan {
	e, today, p := in.New, in.NewToday, in.Plan
	f := &FromPlan{Open: Gap{
		Hosts: today.After.Hosts - p.After.Hosts, Energy: today.After.Energy.Best - p.After.Energy.Best,
		CO2e: today.After.CO2e.Best - p.After.CO2e.Best, Cost: today.After.Cost.Best - p.After.Cost.Best,
	}}
	workloads := map[string]*inventory.Workload{}
	for i := range e.Workloads {
		w := &e.Workloads[i]
		workloads[w.ID] = w
	}
	for i := range e.Workloads {
		if old := same[e.Workloads[i].ID]; old != "" {
			workloads[old] = &e.Workloads[i]
		}
	}
	planned := map[string]bool{}
	bought := map[string]bool{} // hosts that exist in the plan alone
	for _, h := range p.Hosts {
		bought[h.ID] = h.State == plan.Buy
	}
	for _, m := range p.Placements {
		planned[m.Workload] = true
		f.place(m, workloads[m.Workload], bought)
	}
	for _, u := range append(slices.Clone(p.Unplaced), p.Excluded...) {
		planned[u.Workload] = true
	}
	for i := range e.Workloads {
		if id := e.Workloads[i].ID; !planned[id] && !planned[same[id]] {
			f.Unplanned = append(f.Unplanned, id)
		}
	}
	f.hosts(e, today, p)
	slices.Sort(f.Unplanned)
	slices.Sort(f.Gone)
	return f
}

// place says whether a workload is where the plan has it. A bought host has a
// name only in the plan: any host that the workload has moved to may be it.
func (f *FromPlan) place(m plan.Placement, w *inventory.Workload, bought map[string]bool) {
	moves := m.From != m.To
	if moves {
		f.Moves++
	}
	switch {
	case w == nil:
		f.Gone = append(f.Gone, m.Workload)
	case w.Host == m.To, moves && bought[m.To] && w.Host != m.From:
		if moves {
			f.Done++
		}
	case moves && w.Host == m.From:
		f.Pending++
	default:
		f.Elsewhere = append(f.Elsewhere, Stray{m.Workload, m.To, w.Host})
	}
}

func (f *FromPlan) hosts(e *inventory.Estate, today, p *plan.Plan) {
	on := map[string]*plan.Host{}
	for i := range today.Hosts {
		if h := &today.Hosts[i]; h.State != plan.Retire {
			on[h.ID] = h
		}
	}
	exists := byID(e.Hosts, func(h *inventory.Host) string { return h.ID })
	for _, h := range p.Hosts {
		switch now := on[h.ID]; {
		case h.State == plan.Retire && now != nil:
			f.StillOn = append(f.StillOn, Left{h.ID, now.Workloads, now.Energy})
		case h.State == plan.Keep && exists[h.ID] == nil:
			f.NotIn = append(f.NotIn, h.ID)
		}
	}
	slices.SortFunc(f.StillOn, func(a, b Left) int { return strings.Compare(a.Host, b.Host) })
	slices.Sort(f.NotIn)
}
