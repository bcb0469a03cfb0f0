package planner

import (
	"slices"

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
			was := machine(host, h.Cluster, today[h.ID])
			was.Closed = s.ruledOutFor(s.hostPlace[h.ID])
			before.Machines = append(before.Machines, was)
			if h.State == plan.Keep {
				after.Items = append(after.Items, hostItem(host))
				is := machine(host, h.Cluster, then[h.ID])
				is.Closed = h.ClosedTo
				after.Machines = append(after.Machines, is)
			}
			continue
		}
		host := boughtHostOf(p, h)
		item := hostItem(host)
		item.Bought = true
		after.Items = append(after.Items, item)
		is := machine(host, h.Cluster, then[h.ID])
		is.Closed = h.ClosedTo
		if is.Cluster == "" {
			is.Cluster = boughtCluster
		}
		after.Machines = append(after.Machines, is)
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

// boughtCluster is where bought hosts stand that join no cluster of the estate:
// what runs on one of them can reach the others.
const boughtCluster = "bought hosts"

// clusterToReach is the cluster that licences count a host of the plan in.
func clusterToReach(p *place) string {
	if p.model != nil && p.cluster == "" {
		return boughtCluster
	}
	return p.cluster
}

// ruledOutFor lists the purposes of licences whose workloads no rule lets on a
// host, fences of the plan aside.
func (s *survey) ruledOutFor(place int) []string {
	var closed []string
	for n := range s.purposes {
		open := slices.ContainsFunc(s.purposes[n].items, func(i int) bool {
			it := &s.items[i]
			rules := slices.DeleteFunc(s.placeRulesOf(it), func(u int) bool {
				kind := s.rules[u].rule.Kind()
				return kind != inventory.RuleOnly && kind != inventory.RuleNever
			})
			return it.home == place || !s.ruledOut(it, place, rules)
		})
		if !open {
			closed = append(closed, s.purposes[n].what)
		}
	}
	return closed
}

// machine is a host as licences see it.
func machine(h *inventory.Host, cluster string, workloads []*inventory.Workload) cost.Machine {
	m := cost.Machine{ID: h.ID, Hypervisor: h.Role == inventory.Hypervisor, Sockets: h.CPU.Sockets, Cores: h.CPU.Cores, Cluster: cluster}
	for _, w := range workloads {
		m.Workloads = append(m.Workloads, *w)
	}
	return m
}
