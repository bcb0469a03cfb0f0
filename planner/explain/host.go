package explain

import (
	"cmp"
	"fmt"
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// HostAnswer is what fills a host, why it is kept, and what would free it.
type HostAnswer struct {
	ID       string         `json:"id"`
	Name     string         `json:"name,omitzero"`
	Model    string         `json:"model,omitzero"`
	State    plan.HostState `json:"state"`
	Spare    bool           `json:"spare,omitzero"`
	Filled   []Fill         `json:"filled,omitempty"`
	Holds    []Held         `json:"holds,omitempty"` // largest first
	Stay     []Held         `json:"stay,omitempty"`  // of them, what may not move
	Kept     bool           `json:"kept_by_policy,omitzero"`
	Off      int            `json:"off_after_wave,omitzero"`
	Gone     []Held         `json:"gone,omitempty"`     // of a retired host: what leaves it, and where to
	Homeless []Held         `json:"homeless,omitempty"` // what would find no place were it gone
}

// Fill is how full a host is of one resource.
type Fill struct {
	Resource string  `json:"resource"`
	Unit     string  `json:"unit,omitzero"`
	Filled   float64 `json:"filled"`
	Limit    float64 `json:"limit"`    // what may be filled
	Capacity float64 `json:"capacity"` // before headroom
}

// Share is how much of what may be filled is.
func (f Fill) Share() float64 {
	if f.Limit <= 0 {
		return 0
	}
	return f.Filled / f.Limit
}

// Held is a workload on a host.
type Held struct {
	Workload string  `json:"workload"`
	Share    float64 `json:"share,omitzero"`    // of what may be filled of the resource it takes most of
	Resource string  `json:"resource,omitzero"` // which one
	Why      string  `json:"why,omitzero"`      // why it stays
	To       string  `json:"to,omitzero"`
}

// Host explains one host, by ID or name.
func Host(p *plan.Plan, s *Study, name string) (*HostAnswer, error) {
	n := slices.IndexFunc(p.Hosts, func(h plan.Host) bool { return h.ID == name })
	if n < 0 {
		n = slices.IndexFunc(p.Hosts, func(h plan.Host) bool { return h.Name == name && name != "" })
	}
	if n < 0 {
		return nil, fmt.Errorf("host %q: %w", name, ErrUnknown)
	}
	h := &p.Hosts[n]
	a := &HostAnswer{ID: h.ID, Name: h.Name, Model: h.Model, State: h.State, Spare: h.Spare}
	a.Kept = inventory.MatchesAny(s.Policy.Hosts.Keep, h.ID, h.Name)
	limits := verify.Limits(p, s.Estate)
	a.fill(p, limits[h.ID])
	for _, m := range p.Placements {
		switch {
		case m.To == h.ID:
			held := heldOf(p, m, limits[h.ID])
			a.Holds = append(a.Holds, held)
			if m.Stays != "" {
				a.Stay = append(a.Stay, held)
			}
		case m.From == h.ID:
			a.Gone = append(a.Gone, Held{Workload: m.Workload, To: m.To})
		}
	}
	slices.SortStableFunc(a.Holds, func(x, y Held) int { return cmp.Compare(y.Share, x.Share) })
	for _, w := range p.Waves {
		if slices.Contains(w.Freed, h.ID) {
			a.Off = w.Number
		}
	}
	return a, a.evacuate(p, s, limits)
}

func (a *HostAnswer) fill(p *plan.Plan, f verify.Filling) {
	for d := range f.Limit {
		if d < len(p.Resources) && f.Takes && f.Limit[d] < 1e300 && f.Limit[d] > 0 {
			a.Filled = append(a.Filled, Fill{p.Resources[d].Name, p.Resources[d].Unit, f.Filled[d], f.Limit[d], f.Capacity[d]})
		}
	}
}

func heldOf(p *plan.Plan, m plan.Placement, f verify.Filling) Held {
	h := Held{Workload: m.Workload, Why: m.Stays}
	for _, need := range needs(p, m, f) {
		if need.Share > h.Share {
			h.Share, h.Resource = need.Share, need.Resource
		}
	}
	return h
}

// evacuate tries to put everything movable of a host on the others, the
// largest first, and notes what finds no place.
func (a *HostAnswer) evacuate(p *plan.Plan, s *Study, limits map[string]verify.Filling) error {
	if a.State == plan.Retire || len(a.Holds) == 0 {
		return nil
	}
	demand := map[string][]float64{}
	for _, m := range p.Placements {
		demand[m.Workload] = m.Demand
	}
	for _, held := range a.Holds {
		if held.Why != "" {
			continue
		}
		places, err := verify.Elsewhere(p, s.Estate, held.Workload)
		if err != nil {
			return err
		}
		if !settle(places, limits, demand[held.Workload]) {
			a.Homeless = append(a.Homeless, held)
		}
	}
	return nil
}

// settle adds a workload to the first host that may hold it and still has room.
func settle(places []verify.Place, limits map[string]verify.Filling, demand []float64) bool {
	for _, x := range places {
		f := limits[x.Host]
		if len(x.Obstacles) > 0 || !roomFor(f, demand) {
			continue
		}
		for d := range demand {
			f.Filled[d] += demand[d]
		}
		return true
	}
	return false
}

func roomFor(f verify.Filling, demand []float64) bool {
	for d, need := range demand {
		if need > 0 && f.Filled[d]+need > f.Limit[d]*(1+1e-6) {
			return false
		}
	}
	return true
}
