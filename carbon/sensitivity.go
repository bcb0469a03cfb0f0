package carbon

import (
	"fmt"
	"slices"

	"sobre/inventory"
)

// Sensitivity is what the saving would be if one thing were read differently,
// all inputs at their medians. It is for judgement, never for an inventory.
type Sensitivity struct {
	ID      string  `json:"id" yaml:"id"`
	What    string  `json:"what" yaml:"what"`                               // an English sentence
	Saving  float64 `json:"saving_kg_per_year" yaml:"saving_kg_per_year"`   // kgCO2e a year, use and manufacture
	Against float64 `json:"against_kg_per_year" yaml:"against_kg_per_year"` // the same without the change
}

// Figures of the sensitivities. Judgement: growth that a half-empty platform
// invites, and the manufacture of an ordinary server by 48 makers' sheets.
const (
	reboundShare   = 0.20
	ordinaryServer = 1215 // kgCO2e
)

// sensitivities tries other readings one at a time.
func sensitivities(before, after Scenario, s Settings) ([]Sensitivity, error) {
	s.Draws = 1
	plain, err := central(before, after, s)
	if err != nil {
		return nil, err
	}
	var list []Sensitivity
	try := func(id, what string, b, a Scenario, s Settings, extra float64) error {
		saving, err := central(b, a, s)
		if err != nil {
			return err
		}
		list = append(list, Sensitivity{ID: id, What: what, Saving: saving.TotalKg.Best + extra, Against: plain.TotalKg.Best})
		return nil
	}
	rebound := reboundShare
	if s.Rebound.Known() {
		rebound = s.Rebound.Fraction()
	}
	constant := s
	constant.FixedShare = inventory.Percent(0)
	gone := missing(before, after)
	renewed := float64(len(gone)) * ordinaryServer / defaultLifetime
	steps := []error{
		try("constant-pue", "The PUE of the room stays as it is, as if all its overhead followed the IT load: the usual arithmetic, too good.", before, after, constant, 0),
		try("rebound", fmt.Sprintf("The freed room is filled with %.0f %% more work.", 100*rebound), before, busier(after, 1+rebound), s, 0),
		try("left-idle", "The hosts to retire are left on without load.", before, with(after, gone, On), s, 0),
		try("standby", "The hosts to retire are switched off but stay plugged in.", before, with(after, gone, Standby), s, 0),
		try("refresh", fmt.Sprintf("Against a baseline that renews each retired host by an ordinary server (%d kgCO2e over %d years).", ordinaryServer, defaultLifetime), before, after, s, renewed),
	}
	for _, err := range steps {
		if err != nil {
			return nil, err
		}
	}
	if h := s.Heating; h.Share.Known() && h.Factor.Known() {
		lost := plain.ITEnergyKWh.Best * h.Share.Fraction() * h.Factor.GramsPerKWh() / 1000
		list = append(list, Sensitivity{
			ID: "heating", Saving: plain.TotalKg.Best - lost, Against: plain.TotalKg.Best,
			What: fmt.Sprintf("%s of the IT's heat warms the building; its loss is made up for at %s.", h.Share, h.Factor),
		})
	}
	marginal, err := marginals(s)
	if err != nil {
		return nil, err
	}
	for _, f := range marginal {
		use := plain.EnergyKWh.Best*f.Grams/1000 + plain.EmbodiedKgPerYear.Best
		list = append(list, Sensitivity{
			ID: f.ID, Saving: use, Against: plain.TotalKg.Best,
			What: fmt.Sprintf("Counted with a marginal factor, %.0f gCO2e/kWh (%s, %s): what the last kWh saved avoids.", f.Grams, f.Source.Publisher, f.Scope),
		})
	}
	return list, nil
}

// central is the saving at the medians of all inputs.
func central(before, after Scenario, s Settings) (Footprint, error) {
	m, err := newModel(before, after, s)
	if err != nil {
		return Footprint{}, err
	}
	b, a := m.draw(latinHypercube(1, 0))
	return m.difference(b, a), nil
}

// missing lists the hosts of before that are not in after.
func missing(before, after Scenario) []HostLoad {
	stays := map[string]bool{}
	for _, h := range after.Hosts {
		stays[h.Host.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(before.Hosts), func(h HostLoad) bool { return stays[h.Host.ID] || h.State == Off })
}

// busier multiplies all loads, up to full.
func busier(s Scenario, by float64) Scenario {
	s.Hosts = slices.Clone(s.Hosts)
	for i := range s.Hosts {
		h := &s.Hosts[i]
		h.Load = min(1, h.Load*by)
		h.Profile = slices.Clone(h.Profile)
		for k := range h.Profile {
			h.Profile[k] = min(1, h.Profile[k]*by)
		}
	}
	return s
}

// with adds hosts without load in a state, and the enclosures that they need
// are those of s.
func with(s Scenario, hosts []HostLoad, state State) Scenario {
	s.Hosts = slices.Clone(s.Hosts)
	for _, h := range hosts {
		h.Load, h.Profile, h.State, h.Bought = 0, nil, state, false
		s.Hosts = append(s.Hosts, h)
	}
	return s
}

// marginals lists the marginal factors of the settings' country.
func marginals(s Settings) ([]Factor, error) {
	x, err := grid()
	if err != nil {
		return nil, err
	}
	var list []Factor
	for _, f := range x.byCountry[s.Country] {
		if f.Method == Marginal {
			list = append(list, f)
		}
	}
	return list, nil
}
