package carbon

import "math"

// HostFootprint is one host's part of the footprint, before and after, its
// share of its enclosure included. The parts of all hosts sum to the IT energy
// of the scenario at the median of every input.
type HostFootprint struct {
	ID     string  `json:"id" yaml:"id"`
	Rung   Rung    `json:"rung" yaml:"rung"`   // of its power
	Power  string  `json:"power" yaml:"power"` // ID of the assumption that its power is from
	Before HostUse `json:"before" yaml:"before"`
	After  HostUse `json:"after" yaml:"after"`
}

// HostUse is what one host uses in a year.
type HostUse struct {
	EnergyKWh Range `json:"it_energy_kwh_per_year" yaml:"it_energy_kwh_per_year"` // of IT
	CO2eKg    Range `json:"co2e_kg_per_year" yaml:"co2e_kg_per_year"`             // of use, the room's overhead at the PUE before the change
	// IdleKWh is the part that it would draw without load, its enclosure
	// included; the rest follows the work.
	IdleKWh    float64 `json:"idle_kwh_per_year,omitzero" yaml:"idle_kwh_per_year,omitempty"`
	ChassisKWh float64 `json:"chassis_kwh_per_year,omitzero" yaml:"chassis_kwh_per_year,omitempty"`
	EmbodiedKg float64 `json:"embodied_kg_per_year,omitzero" yaml:"embodied_kg_per_year,omitempty"` // of a bought host, its enclosure left out
}

// hostFootprints gives each host a range in closed form: independent
// log-normal inputs multiply, so the squares of the logs of their spreads add.
func (m *model) hostFootprints() []HostFootprint {
	list := make([]HostFootprint, 0, len(m.hosts))
	for _, p := range m.hosts {
		f := HostFootprint{ID: p.id, Rung: p.curve.Rung, Power: p.curve.Assumption.ID}
		f.Before = m.hostUse(p, p.before, m.chassisShare[0])
		f.After = m.hostUse(p, p.after, m.chassisShare[1])
		list = append(list, f)
	}
	return list
}

func (m *model) hostUse(p hostPair, h *HostLoad, chassis map[string]float64) HostUse {
	watts := p.watts(h, 0)
	if watts == 0 {
		return HostUse{}
	}
	const kWh = HoursPerYear / 1000.0
	var extra float64
	if running(h) {
		extra = chassis[h.Host.Chassis]
	}
	spread := math.Log(p.watts(h, 1)/p.watts(h, -1)) / 2 // of the load, as it moves the watts
	gsd := math.Exp(math.Hypot(math.Log(p.curve.GSD), spread))
	site, err := m.site(h.Host.Site)
	if err != nil {
		return HostUse{}
	}
	s := m.sites[site]
	factor := s.factor.Grams
	if m.settings.Method == Market {
		factor = s.market
	}
	all := math.Exp(math.Hypot(math.Hypot(math.Log(gsd), math.Log(s.pueGSD)), math.Log(factorGSD)))
	energy := (watts + extra) * kWh
	use := HostUse{
		EnergyKWh: logNormal(energy, gsd), CO2eKg: logNormal(energy*s.pue*factor/1000, all),
		IdleKWh: (min(watts, p.curve.Idle()) + extra) * kWh, ChassisKWh: extra * kWh,
	}
	if h.Bought {
		kg, _ := embodiedOf(*h)
		years, _ := lifetimeOf(h.Lifetime)
		use.EmbodiedKg = kg / years
	}
	return use
}
