package explain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// Amount is what is asked of one resource, in the units of the plan.
type Amount struct {
	Resource string  `json:"resource"`
	Unit     string  `json:"unit,omitzero"`
	Need     float64 `json:"need"`
	// Share is Need over what may be filled of it on its host; 0 where nothing limits.
	Share float64 `json:"share,omitzero"`
}

// WorkloadAnswer is why a workload is where it is, and where else it could be.
type WorkloadAnswer struct {
	ID       string         `json:"id"`
	Name     string         `json:"name,omitzero"`
	Service  string         `json:"service,omitzero"`
	From     string         `json:"from,omitzero"`
	Host     string         `json:"host,omitzero"` // absent: it has no place
	Kind     string         `json:"kind,omitzero"` // as in Placement
	Stays    string         `json:"stays,omitzero"`
	Unplaced string         `json:"unplaced,omitzero"` // why
	Excluded string         `json:"excluded,omitzero"` // why
	Needs    []Amount       `json:"needs,omitempty"`
	Beside   []string       `json:"beside,omitempty"` // what else is on its host
	Rules    []string       `json:"rules,omitempty"`  // that name it
	Restart  string         `json:"restart,omitzero"` // where it restarts when its host fails
	Wave     int            `json:"wave,omitzero"`    // that it moves in
	Frees    string         `json:"frees,omitzero"`   // host that would be empty without it
	Places   []verify.Place `json:"places,omitempty"` // all other hosts, where it fits first
	// Fits is how many of them could hold it; Why counts what forbids the others.
	Fits int            `json:"fits"`
	Why  map[string]int `json:"why,omitempty"`
}

// ErrUnknown is the answer about something that a plan does not have.
var ErrUnknown = errors.New("the plan has no such thing")

// Workload explains one workload, by ID or name.
func Workload(p *plan.Plan, s *Study, name string) (*WorkloadAnswer, error) {
	w := findWorkload(s.Estate, name)
	if w == nil {
		return nil, fmt.Errorf("workload %q: %w", name, ErrUnknown)
	}
	a := &WorkloadAnswer{ID: w.ID, Name: w.Name, Service: w.Service, From: w.Host, Why: map[string]int{}}
	for _, u := range p.Excluded {
		if u.Workload == w.ID {
			a.Excluded = u.What
			return a, nil
		}
	}
	for _, u := range p.Unplaced {
		if u.Workload == w.ID {
			a.Unplaced = u.What
		}
	}
	limits := verify.Limits(p, s.Estate)
	for _, m := range p.Placements {
		if m.Workload == w.ID {
			a.Host, a.Kind, a.Stays, a.From = m.To, m.Kind, m.Stays, m.From
			a.Needs = needs(p, m, limits[m.To])
		}
	}
	a.around(p, s, w)
	places, err := verify.Elsewhere(p, s.Estate, w.ID)
	if err != nil {
		return nil, err
	}
	a.sortPlaces(places)
	return a, nil
}

// around notes what is beside the workload, names it or depends on it.
func (a *WorkloadAnswer) around(p *plan.Plan, s *Study, w *inventory.Workload) {
	for _, m := range p.Placements {
		if m.To == a.Host && m.Workload != w.ID && a.Host != "" {
			a.Beside = append(a.Beside, m.Workload)
		}
	}
	if a.Host != "" && len(a.Beside) == 0 && a.Stays == "" {
		a.Frees = a.Host
	}
	for _, r := range RulesInForce(s) {
		if inventory.MatchesAny(r.Rule.Workloads(), w.ID, w.Name) {
			a.Rules = append(a.Rules, r.Label)
		}
	}
	if p.Failover != nil {
		a.Restart = p.Failover.Restarts[a.Host][w.ID]
	}
	for _, wave := range p.Waves {
		for _, m := range wave.Moves {
			if m.Workload == w.ID && !m.Swing {
				a.Wave = wave.Number
			}
		}
	}
}

func (a *WorkloadAnswer) sortPlaces(places []verify.Place) {
	for _, x := range places {
		if len(x.Obstacles) == 0 {
			a.Fits++
			continue
		}
		o := x.Obstacles[0]
		switch o.Kind {
		case "place":
			a.Why[o.What]++
		default:
			a.Why[o.Kind+" "+o.Name]++
		}
	}
	slices.SortStableFunc(places, func(x, y verify.Place) int {
		return cmp.Or(
			cmp.Compare(rank(x), rank(y)),
			cmp.Compare(x.Fullest, y.Fullest), cmp.Compare(x.Host, y.Host),
		)
	})
	a.Places = places
}

// rank sorts places: where it fits, where it lacks room, where a rule forbids
// it, where it may not be at all.
func rank(p verify.Place) int {
	worst := 0
	for _, o := range p.Obstacles {
		worst = max(worst, map[string]int{"room": 1, "rule": 2, "place": 3}[o.Kind])
	}
	return worst
}

func needs(p *plan.Plan, m plan.Placement, on verify.Filling) []Amount {
	var list []Amount
	for d, need := range m.Demand {
		if need <= 0 || d >= len(p.Resources) {
			continue
		}
		a := Amount{Resource: p.Resources[d].Name, Unit: p.Resources[d].Unit, Need: need}
		if d < len(on.Limit) && on.Takes && on.Limit[d] > 0 {
			a.Share = need / on.Limit[d]
		}
		list = append(list, a)
	}
	return list
}

// findWorkload finds a workload by ID, else by name.
func findWorkload(e *inventory.Estate, name string) *inventory.Workload {
	for n := range e.Workloads {
		if e.Workloads[n].ID == name {
			return &e.Workloads[n]
		}
	}
	for n := range e.Workloads {
		if e.Workloads[n].Name == name {
			return &e.Workloads[n]
		}
	}
	return nil
}
