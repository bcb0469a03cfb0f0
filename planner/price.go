package planner

import (
	"sobre/carbon"
	"sobre/planner/plan"
)

// price adds what the hosts of the plan draw, emit and cost, before and after.
func (s *survey) price(p *plan.Plan) error {
	before, after := s.scenarioBefore(p), s.scenarioAfter(p)
	result, err := carbon.Compare(before, after, s.carbonSettings())
	if err != nil {
		return err
	}
	fillTotals(&p.Before, result.Before)
	fillTotals(&p.After, result.After)
	p.Saving.Energy, p.Saving.CO2e = result.Saving.EnergyKWh, result.Saving.CO2eKg
	p.Saving.NetCO2e = result.NetKg
	p.Saving.Worth = result.NetKg.Best >= 0
	if result.After.EmbodiedKg.Best > 0 && !result.Payback.NeverPaysBack {
		years := result.Payback.Years
		p.Saving.CarbonPayback = &years
	}
	p.Assumptions, p.Tornado = result.Assumptions, result.Tornado
	priceHosts(p, result.Hosts)
	s.priceMoney(p)
	return nil
}

func fillTotals(t *plan.Totals, f carbon.Footprint) {
	t.Energy, t.ITEnergy, t.CO2e, t.Embodied = f.EnergyKWh, f.ITEnergyKWh, f.CO2eKg, f.EmbodiedKg
}

// scenarioBefore is the hosts in service today, each with the mean work that
// runs on it.
func (s *survey) scenarioBefore(p *plan.Plan) carbon.Scenario {
	work := make([]float64, len(s.places))
	count := make([]int, len(s.places))
	for i := range s.items {
		for _, w := range s.items[i].workloads {
			home, ok := s.hostPlace[w.Host]
			if !ok || isOff(w) {
				continue
			}
			work[home] += s.meanCPU(w)
			count[home]++
		}
	}
	var sc carbon.Scenario
	for _, h := range p.Hosts {
		i, exists := s.hostPlace[h.ID]
		if h.State == plan.Buy || !exists {
			continue
		}
		sc.Hosts = append(sc.Hosts, carbon.HostLoad{Host: *s.places[i].host, Load: s.meanLoad(i, work[i], count[i])})
	}
	sc.Chassis = s.chassisLoads(p, func(c plan.Chassis) bool { return c.Before > 0 })
	return sc
}

// scenarioAfter is the hosts that the plan keeps and buys. Those it retires
// are gone, and with them what they draw.
func (s *survey) scenarioAfter(p *plan.Plan) carbon.Scenario {
	var sc carbon.Scenario
	for _, h := range p.Hosts {
		switch h.State {
		case plan.Keep:
			sc.Hosts = append(sc.Hosts, carbon.HostLoad{Host: *s.places[s.hostPlace[h.ID]].host, Load: h.MeanCPU})
		case plan.Buy:
			sc.Hosts = append(sc.Hosts, boughtLoad(p, h))
		}
	}
	sc.Chassis = s.chassisLoads(p, func(c plan.Chassis) bool { return c.After > 0 })
	return sc
}

// boughtLoad is a bought host with what its model says of it.
func boughtLoad(p *plan.Plan, h plan.Host) carbon.HostLoad {
	load := carbon.HostLoad{Host: *boughtHostOf(p, h), Load: h.MeanCPU, Bought: true}
	for i := range p.Models {
		if m := &p.Models[i]; m.Name == h.Model {
			load.Embodied, load.Lifetime = m.Embodied, m.Lifetime
		}
	}
	return load
}

func (s *survey) chassisLoads(p *plan.Plan, on func(plan.Chassis) bool) []carbon.ChassisLoad {
	var list []carbon.ChassisLoad
	for _, c := range p.Chassis {
		if !on(c) {
			continue
		}
		load := carbon.ChassisLoad{ID: c.ID, Model: c.Model, Site: c.Site, Bought: c.State == plan.Buy}
		for i := range s.estate.Chassis {
			if s.estate.Chassis[i].ID == c.ID {
				load.Power = s.estate.Chassis[i].Power
			}
		}
		if m := s.chassisModel(c.Model); m != nil {
			if load.Bought {
				load.Embodied, load.Lifetime = m.Embodied, m.Lifetime
			}
			if load.Power.IsZero() {
				load.Power = m.Power
			}
		}
		list = append(list, load)
	}
	return list
}

func (s *survey) carbonSettings() carbon.Settings {
	c := s.policy.Carbon
	settings := carbon.Settings{
		Country: s.country(), Method: carbon.Method(c.Method), Factor: c.Factor, PUE: c.PUE, Horizon: c.Horizon.Years(),
	}
	for _, site := range s.estate.Sites {
		settings.Sites = append(settings.Sites, carbon.Site{Name: site.Name, Country: site.Country, PUE: site.PUE})
	}
	return settings
}

func priceHosts(p *plan.Plan, footprints []carbon.HostFootprint) {
	byID := map[string]carbon.HostFootprint{}
	for _, f := range footprints {
		byID[f.ID] = f
	}
	for i := range p.Hosts {
		h := &p.Hosts[i]
		f := byID[h.ID]
		h.Energy, h.PowerRung = f.After.EnergyKWh, string(f.Rung)
		if h.State == plan.Retire {
			h.Energy = f.Before.EnergyKWh
		}
	}
}

// priceMoney adds the electricity bill and the purchase. The tariff is the
// policy's and has no doubt of its own, so the range is that of the energy.
func (s *survey) priceMoney(p *plan.Plan) {
	tariff := s.policy.Cost.Electricity.PerKWh().Amount()
	p.Before.Cost, p.After.Cost = times(p.Before.Energy, tariff), times(p.After.Energy, tariff)
	p.Saving.Cost = times(p.Saving.Energy, tariff)
	spent := 0.0
	for _, h := range p.Hosts {
		if h.State != plan.Buy {
			continue
		}
		for _, m := range p.Models {
			if m.Name == h.Model {
				spent += m.Price.Amount()
			}
		}
	}
	for _, c := range p.Chassis {
		if m := s.chassisModel(c.Model); c.State == plan.Buy && m != nil {
			spent += m.Price.Amount()
		}
	}
	p.After.Purchase = carbon.Exactly(spent)
	if spent > 0 && p.Saving.Cost.Low > 0 {
		p.Saving.CostPayback = &carbon.Range{
			Low: spent / p.Saving.Cost.High, Best: spent / p.Saving.Cost.Best, High: spent / p.Saving.Cost.Low,
		}
	}
}

func times(r carbon.Range, k float64) carbon.Range {
	return carbon.Range{Low: r.Low * k, Best: r.Best * k, High: r.High * k}
}
