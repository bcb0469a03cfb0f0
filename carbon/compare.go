package carbon

import (
	"fmt"
	"math"
	"slices"
)

// Footprint is the energy and emissions of a scenario, per year of 8,760 h
// unless said otherwise.
type Footprint struct {
	ITEnergyKWh       Range `json:"it_energy_kwh_per_year" yaml:"it_energy_kwh_per_year"`
	EnergyKWh         Range `json:"energy_kwh_per_year" yaml:"energy_kwh_per_year"` // what the meter of the room sees
	PUE               Range `json:"pue" yaml:"pue"`                                 // of the scenario's part of its rooms
	CO2eKg            Range `json:"co2e_kg_per_year" yaml:"co2e_kg_per_year"`       // of use, by the method of Settings
	LocationKg        Range `json:"co2e_location_kg_per_year" yaml:"co2e_location_kg_per_year"`
	MarketKg          Range `json:"co2e_market_kg_per_year" yaml:"co2e_market_kg_per_year"` // equal to LocationKg without a contract
	EmbodiedKg        Range `json:"embodied_kg" yaml:"embodied_kg"`                         // of what is bought, once
	EmbodiedKgPerYear Range `json:"embodied_kg_per_year" yaml:"embodied_kg_per_year"`       // the same over its lifetime
	TotalKg           Range `json:"total_kg_per_year" yaml:"total_kg_per_year"`             // use and manufacture
	WaterLitres       Range `json:"water_litres_per_year,omitzero" yaml:"water_litres_per_year,omitempty"`
	ReusedKWh         Range `json:"reused_kwh_per_year,omitzero" yaml:"reused_kwh_per_year,omitempty"` // of EnergyKWh, as heat elsewhere
	// Parts is the manufacture of what is bought reckoned from its parts, with
	// metals and primary energy, whatever EmbodiedKg was given; once, without range.
	Parts Impact `json:"manufacture_from_parts,omitzero" yaml:"manufacture_from_parts,omitempty"`
}

// Payback is how long what is bought has to serve until it has saved as much
// as its manufacture emitted.
type Payback struct {
	Years Range `json:"years" yaml:"years"` // 0 where nothing is bought; at most MaxPayback
	// NeverPaysBack tells that half of the draws or more save nothing a year, or
	// so little that Years.Best is MaxPayback.
	NeverPaysBack bool `json:"never,omitzero" yaml:"never,omitempty"`
	// BeyondLife tells that Years.Best is longer than what is bought lasts.
	BeyondLife bool `json:"beyond_life,omitzero" yaml:"beyond_life,omitempty"`
	// ChanceNever is the share of draws in which it does not pay back, 0 to 1.
	ChanceNever float64 `json:"chance_never,omitzero" yaml:"chance_never,omitempty"`
}

// MaxPayback stands for never, in years.
const MaxPayback = 1000

// Result is two scenarios side by side.
type Result struct {
	Settings Settings  `json:"-" yaml:"-"` // as used, defaults filled in
	Factors  []Factor  `json:"factors" yaml:"factors"`
	Before   Footprint `json:"before" yaml:"before"`
	After    Footprint `json:"after" yaml:"after"`
	// Saving is before less after; negative where the plan emits more. Its
	// ranges are of the difference draw by draw. Its PUE is 0.
	Saving Footprint `json:"saving" yaml:"saving"`
	// NetKg is the saving over the horizon in kgCO2e: H × saving of use less
	// H/lifetime of the manufacture.
	NetKg       Range           `json:"net_co2e_kg_over_horizon" yaml:"net_co2e_kg_over_horizon"`
	Payback     Payback         `json:"payback" yaml:"payback"`
	Assumptions []Assumption    `json:"assumptions" yaml:"assumptions"` // by ID
	Tornado     []Swing         `json:"tornado" yaml:"tornado"`         // of Saving.TotalKg, widest first
	Hosts       []HostFootprint `json:"hosts" yaml:"hosts"`             // by ID
	// Sensitivities is what the saving would be under other readings, each alone.
	Sensitivities []Sensitivity `json:"sensitivities,omitempty" yaml:"sensitivities,omitempty"`
}

// Compare is the footprint of two scenarios and of their difference. Only what
// stops drawing power saves: a host missing from after is unplugged. The same
// input gives the same result to the last bit.
func Compare(before, after Scenario, s Settings) (Result, error) {
	m, err := newModel(before, after, s)
	if err != nil {
		return Result{}, fmt.Errorf("computing the footprint: %w", err)
	}
	b, a := m.draw(latinHypercube(m.settings.Draws, m.settings.Seed))
	r := Result{Settings: m.settings, Factors: m.factors(), Assumptions: m.notes.sorted()}
	r.Payback = m.payback(b, a)
	r.NetKg = m.net(b, a)
	r.Saving = m.difference(b, a)
	r.Before, r.After = m.footprint(b), m.footprint(a)
	r.Before.Parts, r.After.Parts = before.parts(), after.parts()
	r.Tornado = m.tornado(true)
	r.Hosts = m.hostFootprints()
	if r.Sensitivities, err = sensitivities(before, after, m.settings); err != nil {
		return Result{}, fmt.Errorf("computing the sensitivities: %w", err)
	}
	return r, nil
}

// Of is the footprint of one scenario as it is. Saving, NetKg and Payback of
// the result stay zero; its tornado is of the total.
func Of(scenario Scenario, s Settings) (Result, error) {
	m, err := newModel(scenario, Scenario{}, s)
	if err != nil {
		return Result{}, fmt.Errorf("computing the footprint: %w", err)
	}
	b, _ := m.draw(latinHypercube(m.settings.Draws, m.settings.Seed))
	r := Result{Settings: m.settings, Factors: m.factors(), Assumptions: m.notes.sorted()}
	r.Before = m.footprint(b)
	r.Before.Parts = scenario.parts()
	r.Tornado = m.tornado(false)
	r.Hosts = m.hostFootprints()
	return r, nil
}

// factors lists the electricity factors in use, by ID.
func (m *model) factors() []Factor {
	var list []Factor
	for _, s := range m.sites {
		if !slices.ContainsFunc(list, func(f Factor) bool { return f.ID == s.factor.ID }) {
			list = append(list, s.factor)
		}
	}
	slices.SortFunc(list, func(a, b Factor) int { return compareIDs(a.ID, b.ID) })
	return list
}

// footprint sums up draws, which it sorts.
func (m *model) footprint(o outcome) Footprint {
	var f Footprint
	f.PUE = RangeOf(perDraw(o.facility, o.it, func(facility, it float64) float64 {
		if it == 0 {
			return 0
		}
		return facility / it
	}))
	use := o.location
	if m.settings.Method == Market {
		use = o.market
	}
	f.TotalKg = RangeOf(perDraw(use, o.yearly, func(u, e float64) float64 { return u + e }))
	f.CO2eKg = RangeOf(slices.Clone(use))
	f.LocationKg, f.MarketKg = RangeOf(o.location), RangeOf(o.market)
	f.ITEnergyKWh, f.EnergyKWh = RangeOf(o.it), RangeOf(o.facility)
	f.EmbodiedKg, f.EmbodiedKgPerYear = RangeOf(o.once), RangeOf(o.yearly)
	f.WaterLitres, f.ReusedKWh = f.ITEnergyKWh.Scale(m.settings.Water), f.EnergyKWh.Scale(m.settings.Reuse.Fraction())
	return f
}

// difference is before less after, draw by draw.
func (m *model) difference(b, a outcome) Footprint {
	less := func(x, y []float64) []float64 {
		return perDraw(x, y, func(v, w float64) float64 { return v - w })
	}
	d := m.footprint(outcome{
		it: less(b.it, a.it), facility: less(b.facility, a.facility), location: less(b.location, a.location),
		market: less(b.market, a.market), once: less(b.once, a.once), yearly: less(b.yearly, a.yearly),
	})
	d.PUE = Range{}
	return d
}

// use is the emissions of use by the method of the settings.
func (m *model) use(o outcome) []float64 {
	if m.settings.Method == Market {
		return o.market
	}
	return o.location
}

func (m *model) net(b, a outcome) Range {
	ub, ua := m.use(b), m.use(a)
	net := make([]float64, len(ub))
	for k := range net {
		net[k] = m.settings.Horizon * (ub[k] + b.yearly[k] - ua[k] - a.yearly[k])
	}
	return RangeOf(net)
}

// payback is manufacture over the yearly saving of use, draw by draw.
func (m *model) payback(b, a outcome) Payback {
	ub, ua := m.use(b), m.use(a)
	years := make([]float64, len(ub))
	never := 0
	bought := false
	var life float64 // kg-weighted lifetime of what is bought, of the first draw
	for k := range years {
		kg := a.once[k] - b.once[k]
		if kg <= 0 {
			continue
		}
		bought = true
		life = kg / math.Max(a.yearly[k]-b.yearly[k], math.SmallestNonzeroFloat64)
		years[k] = MaxPayback
		if saving := ub[k] - ua[k]; saving > 0 {
			years[k] = math.Min(MaxPayback, kg/saving)
		}
		if years[k] == MaxPayback {
			never++
		}
	}
	if !bought {
		return Payback{}
	}
	p := Payback{Years: RangeOf(years), ChanceNever: float64(never) / float64(len(years))}
	p.NeverPaysBack = p.Years.Best >= MaxPayback
	p.BeyondLife = p.Years.Best > life
	return p
}

// perDraw combines two series.
func perDraw(x, y []float64, f func(x, y float64) float64) []float64 {
	out := make([]float64, len(x))
	for k := range out {
		out[k] = f(x[k], y[k])
	}
	return out
}
