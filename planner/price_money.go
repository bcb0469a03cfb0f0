package planner

import (
	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
	"sobre/planner/plan"
)

// priceMoney adds the bills, before and after.
func (s *survey) priceMoney(p *plan.Plan, today, then tenancy) error {
	before := cost.Scenario{Energy: p.Before.Energy}
	after := cost.Scenario{Energy: p.After.Energy}
	for _, h := range p.Hosts {
		if h.State != plan.Buy {
			host := s.places[s.hostPlace[h.ID]].host
			before.Items = append(before.Items, hostItem(host))
			before.Machines = append(before.Machines, machine(host, h.Cluster, today[h.ID]))
			if h.State == plan.Keep {
				after.Items = append(after.Items, hostItem(host))
				after.Machines = append(after.Machines, machine(host, h.Cluster, then[h.ID]))
			}
			continue
		}
		host := boughtHostOf(p, h)
		item := hostItem(host)
		item.Bought = true
		after.Items = append(after.Items, item)
		after.Machines = append(after.Machines, machine(host, h.Cluster, then[h.ID]))
	}
	for _, c := range p.Chassis {
		item := s.chassisItem(c)
		if c.Before > 0 {
			before.Items = append(before.Items, item)
		}
		if c.After > 0 {
			item.Bought = c.State == plan.Buy
			after.Items = append(after.Items, item)
		}
	}
	result, err := cost.Compare(before, after, p.Saving.Energy, s.policy.CostSettings())
	if err != nil {
		return err
	}
	fillMoney(p, result)
	return nil
}

// fillMoney writes a result of the cost room into the plan.
func fillMoney(p *plan.Plan, r cost.Result) {
	p.Cost = &r
	p.Before.Cost, p.After.Cost, p.Saving.Cost = r.Before.PerYear, r.After.PerYear, r.Saving.PerYear
	bought := 0.0
	for _, b := range r.After.ByModel {
		bought += b.Sum
	}
	p.After.Purchase = carbon.Exactly(bought)
	if r.Saving.Once.Best < 0 && !r.NeverPays {
		years := r.PaybackYears
		p.Saving.CostPayback = &years
	}
	p.Assumptions = append(p.Assumptions, r.Assumptions...)
}

// hostItem is a host as it costs money.
func hostItem(h *inventory.Host) cost.Item {
	return cost.Item{ID: h.ID, Model: h.Model, Kind: kindOf(h), Price: h.Price, RackUnits: h.RackUnits}
}

func kindOf(h *inventory.Host) cost.Kind {
	if h.Chassis != "" {
		return cost.Blade
	}
	return cost.Server
}

// chassisItem is an enclosure as it costs money.
func (s *survey) chassisItem(c plan.Chassis) cost.Item {
	item := cost.Item{ID: c.ID, Model: c.Model, Kind: cost.Enclosure}
	if m := s.chassisModel(c.Model); m != nil {
		item.Price, item.RackUnits = m.Price, m.RackUnits
	}
	return item
}

// machine is a host as licences see it.
func machine(h *inventory.Host, cluster string, workloads []*inventory.Workload) cost.Machine {
	m := cost.Machine{ID: h.ID, Hypervisor: h.Role == inventory.Hypervisor, Sockets: h.CPU.Sockets, Cores: h.CPU.Cores, Cluster: cluster}
	for _, w := range workloads {
		m.Workloads = append(m.Workloads, *w)
	}
	return m
}
