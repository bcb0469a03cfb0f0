package planner

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/waves"
)

// orderMoves says in which order the plan is carried out, or why no order can
// be found.
func (s *survey) orderMoves(p *plan.Plan) {
	o := newOrdering(s, p)
	order := waves.Plan(&o.problem)
	p.Waves = order.Waves
	if len(order.Stuck) > 0 {
		p.Findings = append(p.Findings, o.whyNot(order))
	}
}

// ordering states a plan as a problem of order.
type ordering struct {
	s        *survey
	plan     *plan.Plan
	problem  waves.Problem
	ends     []end
	places   []int // in the survey; -1: none
	hostOf   map[string]int
	loads    []*inventory.Workload
	itemOf   map[string]int // workload ID → item
	workload map[string]int
}

func newOrdering(s *survey, p *plan.Plan) *ordering {
	o := &ordering{s: s, plan: p, hostOf: map[string]int{}, itemOf: map[string]int{}, workload: map[string]int{}}
	o.problem.Policy = s.policy.Waves
	for i := range p.Hosts {
		o.addPlanned(&p.Hosts[i])
	}
	o.addWorkloads()
	o.addBinds()
	o.addLimits()
	o.problem.MayHold = o.mayHold
	o.problem.Trip = func(w, from, to int) waves.Trip {
		if from == waves.Nowhere {
			return s.trip(o.loads[w], nil, o.ends[to])
		}
		return s.trip(o.loads[w], &o.ends[from], o.ends[to])
	}
	return o
}

func (o *ordering) addPlanned(h *plan.Host) {
	if i, exists := o.s.hostPlace[h.ID]; exists && h.State != plan.Buy {
		pl := &o.s.places[i]
		o.addHost(waves.Host{ID: h.ID, Takes: pl.takes, Room: pl.room, Retire: h.State == plan.Retire}, end{pl.host, pl.cluster, false}, i)
		return
	}
	host := waves.Host{ID: h.ID, Takes: true}
	place := slices.IndexFunc(o.s.places, func(pl place) bool {
		return pl.model != nil && pl.model.Name == h.Model && pl.cluster == h.Cluster
	})
	if place >= 0 {
		host.Room = o.s.places[place].room
	}
	o.addHost(host, end{boughtHostOf(o.plan, *h), h.Cluster, true}, place)
}

func (o *ordering) addHost(h waves.Host, as end, place int) {
	o.hostOf[h.ID] = len(o.ends)
	o.problem.Hosts = append(o.problem.Hosts, h)
	o.ends, o.places = append(o.ends, as), append(o.places, place)
}

func (o *ordering) addWorkloads() {
	known := map[string]*inventory.Workload{}
	for i := range o.s.items {
		for _, w := range o.s.items[i].workloads {
			known[w.ID], o.itemOf[w.ID] = w, i
		}
	}
	for _, m := range o.plan.Placements {
		w := known[m.Workload]
		o.workload[w.ID] = len(o.loads)
		o.loads = append(o.loads, w)
		load := waves.Workload{
			ID: w.ID, Name: w.Name, Service: w.Service, From: waves.Nowhere, To: o.hostOf[m.To],
			Demand: o.demandOf(w), Weightless: w.Kind == inventory.Physical, Risk: riskOf(w),
		}
		if m.From != "" {
			load.From = o.sourceOf(m.From)
		}
		o.problem.Workloads = append(o.problem.Workloads, load)
	}
}

// sourceOf is the host that a workload comes from: it may be one that is out
// of service and that the plan does not list.
func (o *ordering) sourceOf(id string) int {
	if n, listed := o.hostOf[id]; listed {
		return n
	}
	place := o.s.hostPlace[id]
	o.addHost(waves.Host{ID: id}, end{o.s.places[place].host, o.s.places[place].cluster, false}, place)
	return o.hostOf[id]
}

// demandOf is what a workload is packed with, in whole units.
func (o *ordering) demandOf(w *inventory.Workload) []int64 {
	demand := make([]int64, len(o.s.resources))
	for d, v := range o.s.needs[w.ID] {
		demand[d] = int64(math.Round(v * o.s.resources[d].scale))
	}
	return demand
}

// addBinds lists what the packing has put together, which moves together.
func (o *ordering) addBinds() {
	for i := range o.s.items {
		if len(o.s.items[i].workloads) < 2 {
			continue
		}
		var bind []int
		for _, w := range o.s.items[i].workloads {
			if n, placed := o.workload[w.ID]; placed {
				bind = append(bind, n)
			}
		}
		o.problem.Binds = append(o.problem.Binds, bind)
	}
}

// addLimits states the rules that count workloads.
func (o *ordering) addLimits() {
	for u := range o.s.rules {
		use := &o.s.rules[u]
		if !use.hard || use.rule.Most() == 0 {
			continue
		}
		limit := waves.Limit{Max: use.rule.Most(), Alternate: use.rule.Kind() == inventory.RuleApart}
		for n, w := range o.loads {
			if inventory.MatchesAny(use.rule.Workloads(), w.ID, w.Name) {
				limit.Members = append(limit.Members, n)
			}
		}
		numbers := map[string]int{}
		for n := range o.ends {
			key := o.domainOf(n, use.rule.By)
			if _, known := numbers[key]; !known {
				numbers[key] = len(numbers)
			}
			limit.Place = append(limit.Place, numbers[key])
		}
		o.problem.Limits = append(o.problem.Limits, limit)
	}
}

// domainOf is the place of a host that an apart rule counts in.
func (o *ordering) domainOf(n int, by inventory.Domain) string {
	h := o.ends[n]
	chassis, site := h.Chassis, h.Site
	for _, c := range o.plan.Chassis {
		if c.ID == chassis && site == "" {
			site = c.Site
		}
	}
	switch {
	case by == inventory.ByChassis && chassis != "":
		return "chassis " + chassis
	case by == inventory.ByRack && h.Labels["rack"] != "":
		return "rack " + h.Labels["rack"]
	case by == inventory.BySite && site != "":
		return "site " + site
	}
	return "host " + o.problem.Hosts[n].ID
}

func (o *ordering) mayHold(w, host int) bool {
	it := &o.s.items[o.itemOf[o.loads[w].ID]]
	place := o.places[host]
	return place >= 0 && !it.stays && it.anchors == nil && (it.fenced == nil || slices.Contains(it.fenced, place)) && slices.Contains(it.allowed, place)
}

// whyNot says why the moves have no order.
func (o *ordering) whyNot(order waves.Order) inventory.Finding {
	const shown = 8
	var ids, trips []string
	for n, w := range order.Stuck {
		load := &o.problem.Workloads[w]
		ids = append(ids, load.ID)
		if n == shown {
			trips = append(trips, "…")
		}
		if n < shown {
			trips = append(trips, fmt.Sprintf("%s (%s → %s)", load.ID, o.hostName(load.From), o.hostName(load.To)))
		}
	}
	f := inventory.Finding{
		Code: "moves-not-ordered", Severity: inventory.Error, Subject: ids[0],
		Values: map[string]string{"circle": strings.Join(ids, " ")},
	}
	if order.Proven {
		f.Code = "moves-impossible"
	}
	list := strings.Join(trips, ", ")
	switch {
	case order.Why == waves.Windows:
		f.What = "no window is left for the moves of " + list
		f.Do = "open more or longer windows, or black out fewer days, in the policy's waves"
	case order.Why == waves.After:
		f.What = "no order of moves exists: by the policy's waves.after each of these waits for the next, the last for the first: " + list
		f.Do = "take one of them out of waves.after"
	case order.Proven:
		f.What = "no order of moves exists: each of these goes to where the next one is, the last to the first, and no host has room for any of them in the meantime: " + list
		f.Do = "let one of them stay (a stay rule), or lend a host with room for it"
	default:
		f.What = "no order of moves was found: these wait for each other: " + list
		f.Do = "let one of them stay (a stay rule), or lend a host with room for it"
	}
	return f
}

func (o *ordering) hostName(n int) string {
	if n == waves.Nowhere {
		return "?"
	}
	return o.problem.Hosts[n].ID
}
