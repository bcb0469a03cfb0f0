package planner

import (
	"maps"
	"slices"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// priceWaves says what the plan saves a year after each wave, and names the
// figures of the waves that nobody has given.
func (s *survey) priceWaves(asked plan.WavesPolicy, p *plan.Plan) {
	s.addSavings(p)
	s.assumeWaves(asked, p)
}

// addSavings follows the saving of the plan from wave to wave: what is
// retired and still on is not saved yet.
func (s *survey) addSavings(p *plan.Plan) {
	if p.Before.ITEnergy.Best <= 0 || p.Before.Energy.Best <= 0 {
		return
	}
	meter := p.Before.Energy.Best / p.Before.ITEnergy.Best
	perKWh := func(yearly carbon.Range) float64 { return yearly.Best / p.Before.Energy.Best }
	on := s.drawsUntilOff(p)
	blades := map[string]int{} // of enclosures that go, still on
	enclosure := map[string]string{}
	for _, h := range p.Hosts {
		if h.State == plan.Retire && h.Chassis != "" {
			blades[h.Chassis]++
			enclosure[h.ID] = h.Chassis
		}
	}
	for i := range p.Waves {
		for _, id := range p.Waves[i].Freed {
			delete(on, id)
			if c := enclosure[id]; c != "" {
				if blades[c]--; blades[c] == 0 {
					delete(on, c)
				}
			}
		}
		still := 0.0
		for _, id := range slices.Sorted(maps.Keys(on)) {
			still += on[id] * meter
		}
		p.Waves[i].Saved = &plan.WaveSaving{
			Energy: p.Saving.Energy.Best - still,
			CO2e:   p.Saving.CO2e.Best - still*perKWh(p.Before.CO2e),
			Cost:   p.Saving.Cost.Best - still*perKWh(p.Before.Cost),
		}
	}
}

// drawsUntilOff is what the hosts and enclosures that the plan retires draw
// until they are switched off, in kWh a year at the machine, by ID.
func (s *survey) drawsUntilOff(p *plan.Plan) map[string]float64 {
	on := map[string]float64{}
	for _, h := range p.Hosts {
		if h.State == plan.Retire {
			on[h.ID] = h.Energy.Best
		}
	}
	for _, c := range p.Chassis {
		if c.State == plan.Retire && c.Before > 0 {
			on[c.ID] = s.enclosurePower(c).Fixed.Watts() * carbon.HoursPerYear / 1000
		}
	}
	return on
}

// enclosurePower is what an enclosure draws: its own figure, else its model's.
func (s *survey) enclosurePower(c plan.Chassis) inventory.ChassisPower {
	for i := range s.estate.Chassis {
		if e := &s.estate.Chassis[i]; e.ID == c.ID && !e.Power.IsZero() {
			return e.Power
		}
	}
	if m := s.chassisModel(c.Model); m != nil {
		return m.Power
	}
	return inventory.ChassisPower{}
}

// assumeWaves lists the defaults that the waves rest on.
func (s *survey) assumeWaves(asked plan.WavesPolicy, p *plan.Plan) {
	kinds := map[plan.MoveKind]int{}
	for _, w := range p.Waves {
		for _, m := range w.Moves {
			kinds[m.Kind]++
		}
	}
	if len(kinds) == 0 {
		return
	}
	used := s.policy.Waves
	assume := func(given bool, id, what, unit string, value float64, count int) {
		if !given {
			p.Assumptions = append(p.Assumptions, carbon.Assumption{
				ID: "waves." + id, What: what, Value: value, Unit: unit, Source: "judgement, a default of this program", Count: count,
			})
		}
	}
	assume(asked.Window.Known(), "window", "how long a window for moves is open", "h", used.Window.Hours(), 0)
	assume(asked.Every.Known(), "every", "days from one window for moves to the next", "days", used.Every.Hours()/24, 0)
	assume(asked.Parallel > 0, "parallel", "moves in progress at a time", "", float64(used.Parallel), 0)
	assume(asked.PerHost > 0, "per_host", "moves in progress at a time on one host", "", float64(used.PerHost), 0)
	assume(asked.Pilot != nil, "pilot", "moves of the first wave, the pilot", "", float64(*used.Pilot), 0)
	for _, k := range []struct {
		kind                      plan.MoveKind
		name, rate, setup, effort string
	}{
		{plan.P2V, "p2v", "rate at which the disk of a server that becomes a guest is copied", "time around the copying of a server that becomes a guest", "work of people for a server that becomes a guest"},
		{plan.Live, "live", "rate at which the memory of a running guest is copied", "time around the copying of a running guest", "work of people for a running guest that changes host"},
		{plan.Cold, "cold", "rate at which the disk of a stopped guest is copied, where it is", "time to move a stopped guest", "work of people for a guest that is stopped to change host"},
	} {
		if kinds[k.kind] == 0 {
			continue
		}
		of, given := used.Of(k.kind), asked.Of(k.kind)
		assume(given.Rate.Known(), k.name+".rate", k.rate, "MB/s", of.Rate.MBPerSecond(), kinds[k.kind])
		assume(given.Setup.Known(), k.name+".setup", k.setup, "min", of.Setup.Minutes(), kinds[k.kind])
		assume(given.Effort.Known(), k.name+".effort", k.effort, "h", of.Effort.Hours(), kinds[k.kind])
	}
	assume(used.P2V.Most == 0 || asked.P2V.Most > 0 || kinds[plan.P2V] == 0, "p2v.most", "servers that become guests in one wave, at most", "", float64(used.P2V.Most), kinds[plan.P2V])
}
