package carbon

import (
	"cmp"
	"fmt"
	"slices"
)

// Indicator is one block of figures for the reports that a French local
// authority owes. The names of its parts are those of the instruments.
type Indicator struct {
	Perimeter  string   `json:"perimeter" yaml:"perimeter"`
	Period     string   `json:"period" yaml:"period"`
	Reference  string   `json:"reference" yaml:"reference"` // the baseline
	Method     string   `json:"method" yaml:"method"`
	Exclusions []string `json:"exclusions" yaml:"exclusions"`

	Rungs   []RungCount `json:"rungs" yaml:"rungs"` // how each host's power is known
	Factors []Factor    `json:"factors" yaml:"factors"`

	REEN  REEN            `json:"reen_art_35" yaml:"reen_art_35"`
	BEGES BEGES           `json:"beges_v5" yaml:"beges_v5"`
	PCAET PCAET           `json:"pcaet" yaml:"pcaet"`
	RGESN []RGESNCriteria `json:"rgesn_v2" yaml:"rgesn_v2"`
}

// RungCount is how many hosts have their power from a rung.
type RungCount struct {
	Rung  Rung `json:"rung" yaml:"rung"`
	Hosts int  `json:"hosts" yaml:"hosts"`
}

// REEN is what the digital strategy of a municipality above 50,000 inhabitants
// follows (loi 2021-1485 du 15 novembre 2021, art. 35; décret 2022-1084).
type REEN struct {
	ServersBefore     int   `json:"servers_before" yaml:"servers_before"`
	ServersAfter      int   `json:"servers_after" yaml:"servers_after"`
	ServersRetired    int   `json:"servers_retired" yaml:"servers_retired"`
	ITEnergyBefore    Range `json:"it_energy_before_kwh_per_year" yaml:"it_energy_before_kwh_per_year"`
	ITEnergyAfter     Range `json:"it_energy_after_kwh_per_year" yaml:"it_energy_after_kwh_per_year"`
	FacilityBefore    Range `json:"facility_energy_before_kwh_per_year" yaml:"facility_energy_before_kwh_per_year"`
	FacilityAfter     Range `json:"facility_energy_after_kwh_per_year" yaml:"facility_energy_after_kwh_per_year"`
	PUEBefore         Range `json:"pue_before" yaml:"pue_before"`
	PUEAfter          Range `json:"pue_after" yaml:"pue_after"`
	EmbodiedKg        Range `json:"embodied_kg" yaml:"embodied_kg"`
	CarbonPayback     Range `json:"carbon_payback_years" yaml:"carbon_payback_years"`
	CarbonNeverRepaid bool  `json:"carbon_never_repaid" yaml:"carbon_never_repaid"`
}

// BEGES is the emissions by item of the regulatory inventory (méthode v5, July
// 2022; décret 2022-982), in tCO2e.
type BEGES struct {
	// Item21 is indirect emissions of electricity, location-based average mix.
	// The factor's upstream and grid losses, which belong to item 4.1, are in it:
	// no publisher at hand splits them off.
	Item21Before Range  `json:"item_2_1_before_t_per_year" yaml:"item_2_1_before_t_per_year"`
	Item21After  Range  `json:"item_2_1_after_t_per_year" yaml:"item_2_1_after_t_per_year"`
	Item41       string `json:"item_4_1" yaml:"item_4_1"`
	// Item42 is fixed assets: manufacture of what is bought, in the year it is.
	Item42 Range `json:"item_4_2_t" yaml:"item_4_2_t"`
	// ItemMarket is item 2.1 by contract, beside, never instead.
	MarketBefore Range `json:"market_based_before_t_per_year" yaml:"market_based_before_t_per_year"`
	MarketAfter  Range `json:"market_based_after_t_per_year" yaml:"market_based_after_t_per_year"`
}

// PCAET is the sheet of an action of a territorial climate plan (code de
// l'environnement, L.229-26).
type PCAET struct {
	EnergySaved Range   `json:"energy_saved_kwh_per_year" yaml:"energy_saved_kwh_per_year"`
	CO2eAvoided Range   `json:"co2e_avoided_t_per_year" yaml:"co2e_avoided_t_per_year"` // use, manufacture taken off over its life
	Net         Range   `json:"net_co2e_t_over_horizon" yaml:"net_co2e_t_over_horizon"`
	Horizon     float64 `json:"horizon_years" yaml:"horizon_years"`
	Indicator   string  `json:"indicator" yaml:"indicator"`
}

// RGESNCriteria is one criterion on hosting of the general reference for the
// ecodesign of digital services (RGESN, Arcep and others, version 2, 2024).
type RGESNCriteria struct {
	Criterion string  `json:"criterion" yaml:"criterion"`
	What      string  `json:"what" yaml:"what"`
	Value     float64 `json:"value" yaml:"value"`
	Limit     float64 `json:"limit" yaml:"limit"`
	Met       bool    `json:"met" yaml:"met"`
}

// Subject is what an indicator says of itself in words.
type Subject struct {
	Perimeter string // "60 servers of the city hall's machine room"
	Period    string // "2026, a year of 8,760 h"
	Reference string // the baseline; empty: the estate as inventoried, unchanged
}

// Indicator puts the figures of a result in the terms of the French instruments.
func (r Result) Indicator(about Subject) Indicator {
	if about.Reference == "" {
		about.Reference = "the estate as inventoried, with nothing changed or renewed"
	}
	ind := Indicator{
		Perimeter: about.Perimeter, Period: about.Period, Reference: about.Reference, Factors: r.Factors,
		Method: fmt.Sprintf("difference of two scenarios (ISO 14064-2), %s-based electricity, median and 5th to 95th percentile of %d draws", r.Settings.Method, r.Settings.Draws),
		Exclusions: []string{
			"storage arrays and network outside hosts and enclosures", "end of life of what is retired", "manufacture of what exists (spent already)",
			"work of people and transport", "rebound (shown as a sensitivity)",
		},
		Rungs: r.rungs(),
		REEN: REEN{
			ITEnergyBefore: r.Before.ITEnergyKWh, ITEnergyAfter: r.After.ITEnergyKWh,
			FacilityBefore: r.Before.EnergyKWh, FacilityAfter: r.After.EnergyKWh,
			PUEBefore: r.Before.PUE, PUEAfter: r.After.PUE, EmbodiedKg: r.After.EmbodiedKg,
			CarbonPayback: r.Payback.Years, CarbonNeverRepaid: r.Payback.NeverPaysBack,
		},
		BEGES: BEGES{
			Item21Before: r.Before.LocationKg.Scale(0.001), Item21After: r.After.LocationKg.Scale(0.001),
			Item41: "in item 2.1: the factor's upstream and losses are not published apart",
			Item42: r.After.EmbodiedKg.Scale(0.001), MarketBefore: r.Before.MarketKg.Scale(0.001), MarketAfter: r.After.MarketKg.Scale(0.001),
		},
		PCAET: PCAET{
			EnergySaved: r.Saving.EnergyKWh, CO2eAvoided: r.Saving.TotalKg.Scale(0.001), Net: r.NetKg.Scale(0.001),
			Horizon: r.Settings.Horizon, Indicator: "kWh a year at the meter of the machine room",
		},
	}
	if r.asIs() {
		ind.Reference = "the estate as inventoried; no project is compared"
		ind.Method = fmt.Sprintf("one scenario, %s-based electricity, median and 5th to 95th percentile of %d draws", r.Settings.Method, r.Settings.Draws)
		ind.Exclusions = slices.DeleteFunc(ind.Exclusions, func(e string) bool {
			return e == "rebound (shown as a sensitivity)" || e == "end of life of what is retired"
		})
	}
	ind.REEN.ServersBefore, ind.REEN.ServersAfter, ind.REEN.ServersRetired = r.counts()
	ind.RGESN = r.rgesn()
	return ind
}

// asIs tells whether the result is of one scenario alone.
func (r Result) asIs() bool { return r.After == Footprint{} }

func (r Result) counts() (before, after, retired int) {
	for _, h := range r.Hosts {
		was, is := h.Before.EnergyKWh.Best > 0, h.After.EnergyKWh.Best > 0
		if was {
			before++
		}
		if is {
			after++
		}
		if was && !is {
			retired++
		}
	}
	return before, after, retired
}

func (r Result) rungs() []RungCount {
	var list []RungCount
	for _, h := range r.Hosts {
		i := slices.IndexFunc(list, func(c RungCount) bool { return c.Rung == h.Rung })
		if i < 0 {
			list = append(list, RungCount{Rung: h.Rung})
			i = len(list) - 1
		}
		list[i].Hosts++
	}
	slices.SortFunc(list, func(a, b RungCount) int {
		return cmp.Or(cmp.Compare(b.Hosts, a.Hosts), cmp.Compare(a.Rung, b.Rung))
	})
	return list
}

// rgesn holds the state after against the limits that the criteria name; where
// there is no after, the state before.
func (r Result) rgesn() []RGESNCriteria {
	pue := r.After.PUE.Best
	if pue == 0 {
		pue = r.Before.PUE.Best
	}
	list := []RGESNCriteria{{Criterion: "8.3", What: "PUE of the machine room in service", Value: pue, Limit: 1.5, Met: pue < 1.5}}
	if wue := r.Settings.Water; wue > 0 {
		list = append(list, RGESNCriteria{Criterion: "8.4", What: "Water evaporated, litres per kWh of IT", Value: wue, Limit: 0.4, Met: wue <= 0.4})
	}
	for _, f := range r.Factors {
		list = append(list, RGESNCriteria{
			Criterion: "8.6", What: "gCO2e per kWh of electricity in " + f.Country, Value: f.Grams, Limit: 100, Met: f.Grams < 100,
		})
	}
	if reuse := r.Settings.Reuse; reuse.Known() {
		list = append(list, RGESNCriteria{
			Criterion: "8.7", What: "Part of the room's heat used elsewhere, or PUE below 1.3", Value: reuse.Fraction(),
			Met: reuse.Fraction() > 0 || pue < 1.3,
		})
	}
	return list
}
