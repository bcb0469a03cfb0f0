package verify

import (
	"fmt"
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
)

// Place is a host of a plan as a place for one workload.
type Place struct {
	Host      string     `json:"host"`
	Obstacles []Obstacle `json:"obstacles,omitempty"` // none: it could be there
	// Fullest is how full its fullest limited resource would be, of what may be
	// filled; 1 is full.
	Fullest  float64 `json:"fullest"`
	Resource string  `json:"resource,omitzero"` // which one
}

// Obstacle is one thing that keeps a workload off a host.
type Obstacle struct {
	Kind  string  `json:"kind"`           // place | room | rule
	Name  string  `json:"name,omitzero"`  // of the resource or the rule
	Need  float64 `json:"need,omitzero"`  // with it on the host, in the unit of the resource
	Limit float64 `json:"limit,omitzero"` // what may be filled
	What  string  `json:"what"`           // in words, English
}

// Elsewhere looks, for one workload of a plan, at every host in service after
// it: might the workload be there, everything else being where the plan puts
// it? It judges by the same definitions as Check. Failures are not replayed.
func Elsewhere(p *plan.Plan, e *inventory.Estate, workload string) ([]Place, error) {
	w := newWorld(p, e, Options{})
	i := w.byItem[workload]
	if i == nil || i.excluded != "" {
		return nil, fmt.Errorf("no workload %q takes part in the plan", workload)
	}
	var places []Place
	for _, h := range w.hosts {
		if h.after() && h != i.at {
			places = append(places, w.placeFor(i, h))
		}
	}
	return places, nil
}

// placeFor looks at one host.
func (w *world) placeFor(i *item, h *host) Place {
	p := Place{Host: h.id}
	if ok, why := w.mayRun(i, h); !ok {
		p.Obstacles = append(p.Obstacles, Obstacle{Kind: "place", What: why})
		return p
	}
	p.Obstacles = append(p.Obstacles, w.ruleObstacles(i, h)...)
	if h == i.home && i.physical() {
		return p // its own server holds it as it does today
	}
	sum := w.filled(h)
	add(sum, i.demand)
	for d, name := range w.names {
		limit := h.room[d]
		if i.demand[d] > 0 && !w.fits(d, sum[d], limit) {
			p.Obstacles = append(p.Obstacles, Obstacle{
				Kind: "room", Name: name, Need: sum[d], Limit: limit, What: name + ": " + number(sum[d]) + " of " + number(limit),
			})
		}
		if limit > 0 && limit < noLimit && sum[d]/limit > p.Fullest {
			p.Fullest, p.Resource = sum[d]/limit, name
		}
	}
	return p
}

// ruleObstacles lists the rules that the workload would break there and does
// not break where it is.
func (w *world) ruleObstacles(i *item, h *host) []Obstacle {
	there := func(other *item) *host {
		if other == i {
			return h
		}
		return other.at
	}
	now := func(other *item) *host { return other.at }
	var list []Obstacle
	for _, rule := range w.rules {
		if rule.IsSoft() || !slices.Contains(rule.members, i) {
			continue
		}
		before, after := w.broken(rule, now), w.broken(rule, there)
		if len(after) > len(before) {
			list = append(list, Obstacle{Kind: "rule", Name: rule.label, What: after[len(after)-1]})
		}
	}
	return list
}

// Limits is, for every host in service after the plan, what may be filled of
// each of the plan's resources and what is, in their order and units; +Inf
// where nothing limits.
func Limits(p *plan.Plan, e *inventory.Estate) map[string]Filling {
	w := newWorld(p, e, Options{})
	all := map[string]Filling{}
	for _, h := range w.hosts {
		if h.after() {
			all[h.id] = Filling{Capacity: h.capacity, Limit: h.room, Filled: w.filled(h), Takes: h.takes}
		}
	}
	return all
}

// ModelLimits is what may be filled of each of the plan's resources on a host
// of each model that may be bought, by its name.
func ModelLimits(p *plan.Plan, e *inventory.Estate, c *inventory.Catalogue) map[string]Filling {
	w := newWorld(p, e, Options{Catalogue: c})
	all := map[string]Filling{}
	for _, m := range w.mayBuy() {
		capacity, room := w.roomOf(machineOf(m))
		all[m.Name] = Filling{Capacity: capacity, Limit: room, Filled: make([]float64, len(room)), Takes: true}
	}
	return all
}

// Filling is what a host has, what of it may be filled, and what is.
type Filling struct {
	Capacity, Limit, Filled []float64
	Takes                   bool // others than what it holds today
}
