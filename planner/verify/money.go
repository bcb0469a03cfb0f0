package verify

import (
	"slices"

	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
	"sobre/planner/plan"
)

// partsToday is what makes up the load of a host today.
func (w *world) partsToday(h *host) []carbon.Part {
	var parts []carbon.Part
	for _, i := range w.items {
		if i.home == h && i.excluded == "" && i.running() {
			parts = append(parts, i.part(1))
		}
	}
	return parts
}

// partsAfter is what makes up the load of a host after the plan.
func (w *world) partsAfter(h *host) []carbon.Part {
	var parts []carbon.Part
	for _, i := range h.content {
		if !i.running() {
			continue
		}
		overhead := 1.0
		if !i.ownHost() {
			overhead = w.overhead(i)
		}
		parts = append(parts, i.part(overhead))
	}
	return parts
}

func (i *item) part(overhead float64) carbon.Part {
	_, measured := figure(i.Use.CPU, plan.Mean)
	p := carbon.Part{Work: i.mean * overhead, Measured: measured}
	for _, l := range i.Profile.CPU {
		p.Shape = append(p.Shape, max(l.Value(), 0))
	}
	return p
}

// checkMoney counts both bills again, from the hosts and what the referee
// finds on them.
func (w *world) checkMoney(f carbon.Result, r *recorder) {
	p := w.plan
	before, after := cost.Scenario{Energy: f.Before.EnergyKWh}, cost.Scenario{Energy: f.After.EnergyKWh}
	for _, h := range w.hosts {
		if h.counted() {
			before.Items = append(before.Items, h.item())
			was := h.licensed(w.runningToday(h))
			was.Closed = w.ruledOut(h)
			before.Machines = append(before.Machines, was)
		}
		if h.after() {
			after.Items = append(after.Items, h.item())
			is := h.licensed(h.content)
			is.Closed = h.planned.ClosedTo
			if h.estate == nil && is.Cluster == "" {
				is.Cluster = "bought"
			}
			after.Machines = append(after.Machines, is)
		}
	}
	for _, c := range p.Chassis {
		i := cost.Item{ID: c.ID, Model: c.Model, Kind: cost.Enclosure}
		if m := w.chassisModel(c.Model); m != nil {
			i.Price, i.RackUnits = m.Price, m.RackUnits
		}
		if c.Before > 0 {
			before.Items = append(before.Items, i)
		}
		if c.After > 0 {
			i.Bought = c.State == plan.Buy
			after.Items = append(after.Items, i)
		}
	}
	bill, err := cost.Compare(before, after, f.Saving.EnergyKWh, w.policy.CostSettings())
	if err != nil {
		r.unchecked("money: %v", err)
		return
	}
	figures := []amount{
		{"before.cost_eur_per_year", p.Before.Cost.Best, bill.Before.PerYear.Best},
		{"after.cost_eur_per_year", p.After.Cost.Best, bill.After.PerYear.Best},
		{"saving.cost_eur_per_year", p.Saving.Cost.Best, bill.Saving.PerYear.Best},
	}
	if c := p.Cost; c != nil {
		figures = append(figures,
			amount{"cost.before.licences_per_year", c.Before.Licences.Best, bill.Before.Licences.Best},
			amount{"cost.after.licences_per_year", c.After.Licences.Best, bill.After.Licences.Best},
			amount{"cost.after.maintenance_per_year", c.After.Maintenance.Best, bill.After.Maintenance.Best},
			amount{"cost.after.space_per_year", c.After.Space.Best, bill.After.Space.Best},
			amount{"cost.after.once", c.After.Once.Best, bill.After.Once.Best},
			amount{"cost.npv", c.NPV.Best, bill.NPV.Best},
		)
	}
	w.compare(figures, r)
}

func (w *world) runningToday(h *host) []*item {
	var list []*item
	for _, i := range w.items {
		if i.home == h && i.excluded == "" {
			list = append(list, i)
		}
	}
	return list
}

// facts is the host as the estate or the catalogue has it.
func (h *host) facts() inventory.Host {
	if h.estate != nil {
		return *h.estate
	}
	f := inventory.Host{Role: inventory.Hypervisor}
	if m := h.model; m != nil {
		f.Model, f.CPU, f.Price, f.RackUnits = m.Name, m.CPU, m.Price, m.RackUnits
	}
	return f
}

func (h *host) item() cost.Item {
	f := h.facts()
	i := cost.Item{ID: h.id, Model: f.Model, Bought: h.estate == nil, Price: f.Price, RackUnits: f.RackUnits, Kind: cost.Server}
	if h.chassis != "" {
		i.Kind = cost.Blade
	}
	return i
}

func (h *host) licensed(content []*item) cost.Machine {
	f := h.facts()
	m := cost.Machine{ID: h.id, Hypervisor: f.Role == inventory.Hypervisor, Sockets: f.CPU.Sockets, Cores: f.CPU.Cores, Cluster: h.cluster}
	for _, i := range content {
		if i.running() {
			m.Workloads = append(m.Workloads, *i.Workload)
		}
	}
	return m
}

// checkServices holds the parts of all services against the whole.
func (w *world) checkServices(r *recorder) {
	if len(w.plan.Services) == 0 {
		return
	}
	var before, after [2]float64
	for _, s := range w.plan.Services {
		before[0], before[1] = before[0]+s.Before.Energy.Best, before[1]+s.Before.CO2e.Best
		after[0], after[1] = after[0]+s.After.Energy.Best, after[1]+s.After.CO2e.Best
	}
	p := w.plan
	w.compare([]amount{
		{"services, energy before", before[0], p.Before.Energy.Best}, {"services, carbon before", before[1], p.Before.CO2e.Best},
		{"services, energy after", after[0], p.After.Energy.Best}, {"services, carbon after", after[1], p.After.CO2e.Best},
	}, r)
}

// ruledOut lists what licences are for whose workloads no rule lets on a host.
func (w *world) ruledOut(h *host) []string {
	var closed []string
	for _, l := range w.policy.Cost.Licences {
		open := false
		for _, i := range w.items {
			if i.excluded == "" && !i.idle && l.Needed(*i.Workload) {
				open = open || i.home == h || w.rulesAllow(i, h)
			}
		}
		if !open && !slices.Contains(closed, l.For) {
			closed = append(closed, l.For)
		}
	}
	return closed
}

// rulesAllow tells whether no hard only or never rule keeps a workload, or one
// that a rule ties it to, off a host.
func (w *world) rulesAllow(i *item, h *host) bool {
	for _, r := range w.rules {
		if kind := r.Kind(); r.Soft || kind != inventory.RuleOnly && kind != inventory.RuleNever {
			continue
		}
		if slices.Contains(r.members, i) && !w.allows(r, i, h) {
			return false
		}
	}
	return true
}

// checkClosed sees that the plan keeps workloads off hosts that it says are
// closed to them, in service and after failures: their licences are not paid.
func (w *world) checkClosed(r *recorder) {
	n := 0
	for _, h := range w.hosts {
		if h.planned == nil {
			continue
		}
		for _, what := range h.planned.ClosedTo {
			n++
			for _, i := range h.content {
				if w.needs(i, what) {
					r.broke("licence-closed", h.id, "the plan says it is closed to %s, and puts %s on it", what, i.ID)
				}
			}
			if w.plan.Failover == nil {
				continue
			}
			for failed, restarts := range w.plan.Failover.Restarts {
				for id, to := range restarts {
					if i := w.byItem[id]; to == h.id && i != nil && w.needs(i, what) {
						r.broke("licence-closed", h.id, "the plan says it is closed to %s, and restarts %s on it when %s fails", what, id, failed)
					}
				}
			}
		}
	}
	r.checked("closed hosts", n)
}

// needs tells whether a workload that runs needs a licence for a purpose.
func (w *world) needs(i *item, what string) bool {
	return i.running() && slices.ContainsFunc(w.policy.Cost.Licences, func(l cost.Licence) bool { return l.For == what && l.Needed(*i.Workload) })
}
