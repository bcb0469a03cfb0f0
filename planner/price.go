package planner

import (
	"fmt"

	"sobre/carbon"
	"sobre/planner/plan"
)

// price adds what the hosts of the plan draw, emit and cost, before and after.
func (s *survey) price(p *plan.Plan) error {
	today, then := s.tenancyToday(), s.tenancyOf(p)
	before, after := s.scenarioBefore(p, today), s.scenarioAfter(p, then)
	result, err := carbon.Compare(before, after, s.policy.CarbonSettings(s.estate.Sites))
	if err != nil {
		return err
	}
	s.footprint = &result
	fillTotals(&p.Before, result.Before)
	fillTotals(&p.After, result.After)
	p.Saving.Energy, p.Saving.CO2e = result.Saving.EnergyKWh, result.Saving.CO2eKg
	p.Saving.NetCO2e, p.Saving.Total = result.NetKg, result.Saving.TotalKg
	p.Saving.Worth = result.NetKg.Best >= 0
	if result.After.EmbodiedKg.Best > 0 && !result.Payback.NeverPaysBack {
		years := result.Payback.Years
		p.Saving.CarbonPayback = &years
	}
	p.Assumptions, p.Tornado, p.Sensitivities = result.Assumptions, result.Tornado, result.Sensitivities
	priceHosts(p, result.Hosts)
	p.Services = services(result.Attribute(s.tenants(today), false), result.Attribute(s.tenants(then), true))
	indicator := result.Indicator(s.subject(p))
	p.Indicator = &indicator
	return s.priceMoney(p, today, then)
}

// spreadOverYears adds the saving year by year: what is switched off saves
// from the day its wave says, from the start where there are no dates.
func (s *survey) spreadOverYears(p *plan.Plan) error {
	years, err := s.footprint.Trajectory(carbon.Pace{Off: plan.PowerOff(p.Waves), GridChange: s.policy.Carbon.GridChange.Fraction()})
	p.Years = years
	return err
}

// subject is what the indicator of a plan speaks of.
func (s *survey) subject(p *plan.Plan) carbon.Subject {
	about := carbon.Subject{
		Perimeter: fmt.Sprintf("%d servers in service", p.Before.Hosts),
		Period:    "a year of 8,760 h",
	}
	if p.Estate.Name != "" {
		about.Perimeter = p.Estate.Name + ": " + about.Perimeter
	}
	if !p.Estate.Collected.IsZero() {
		about.Period = fmt.Sprintf("a year of 8,760 h, inventory of %s", p.Estate.Collected)
	}
	return about
}

func fillTotals(t *plan.Totals, f carbon.Footprint) {
	t.Energy, t.ITEnergy, t.CO2e, t.Embodied = f.EnergyKWh, f.ITEnergyKWh, f.CO2eKg, f.EmbodiedKg
	t.PUE, t.EmbodiedPerYear, t.Water, t.Reused = f.PUE, f.EmbodiedKgPerYear, f.WaterLitres, f.ReusedKWh
	t.Manufacture = f.Parts
	t.Location, t.Market = f.LocationKg, f.MarketKg
}

// scenarioBefore is the hosts in service today, each with the mean work that
// runs on it.
func (s *survey) scenarioBefore(p *plan.Plan, today tenancy) carbon.Scenario {
	var sc carbon.Scenario
	for _, h := range p.Hosts {
		i, exists := s.hostPlace[h.ID]
		if h.State == plan.Buy || !exists {
			continue
		}
		parts := s.partsOn(h.ID, today[h.ID])
		work := 0.0
		for _, part := range parts {
			work += part.Work
		}
		load := carbon.HostLoad{Host: *s.places[i].host, Load: s.meanLoad(i, work, len(parts))}
		load.Carry(parts, s.places[i].capacity)
		sc.Hosts = append(sc.Hosts, load)
	}
	sc.Chassis = s.chassisLoads(p, func(c plan.Chassis) bool { return c.Before > 0 })
	return sc
}

// scenarioAfter is the hosts that the plan keeps and buys. Those it retires
// are gone, and with them what they draw.
func (s *survey) scenarioAfter(p *plan.Plan, then tenancy) carbon.Scenario {
	var sc carbon.Scenario
	for _, h := range p.Hosts {
		if h.State == plan.Retire {
			continue
		}
		load := boughtLoad(p, h)
		capacity := s.capacityOf(&load.Host)
		if h.State == plan.Keep {
			i := s.hostPlace[h.ID]
			load, capacity = carbon.HostLoad{Host: *s.places[i].host, Load: h.MeanCPU}, s.places[i].capacity
		}
		load.Carry(s.partsOn(h.ID, then[h.ID]), capacity)
		sc.Hosts = append(sc.Hosts, load)
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

func priceHosts(p *plan.Plan, footprints []carbon.HostFootprint) {
	byID := map[string]carbon.HostFootprint{}
	for _, f := range footprints {
		byID[f.ID] = f
	}
	for i := range p.Hosts {
		h := &p.Hosts[i]
		f := byID[h.ID]
		use := f.After
		if h.State == plan.Retire {
			use = f.Before
		}
		if h.State == plan.Keep {
			h.EnergyBefore = f.Before.EnergyKWh
		}
		h.Energy, h.Idle, h.Enclosure = use.EnergyKWh, use.IdleKWh, use.ChassisKWh
		h.PowerRung, h.PowerFrom = string(f.Rung), f.Power
	}
}
