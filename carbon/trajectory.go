package carbon

import (
	"fmt"
	"math"
)

// Year is what a plan saves in one year of its horizon.
type Year struct {
	Year       int   `json:"year" yaml:"year"` // 1: the first twelve months
	EnergyKWh  Range `json:"energy_kwh" yaml:"energy_kwh"`
	CO2eKg     Range `json:"co2e_kg" yaml:"co2e_kg"`         // of use
	EmbodiedKg Range `json:"embodied_kg" yaml:"embodied_kg"` // emitted to make what is bought, in the first year
	// CumulatedKg is use saved less manufacture since the start; once positive,
	// the plan has paid back.
	CumulatedKg Range `json:"cumulated_kg" yaml:"cumulated_kg"`
}

// Pace is when a plan takes effect.
type Pace struct {
	// Off is the time in years after the start at which a host is switched off,
	// by ID; hosts that are not named are off from the start. What is bought
	// runs from the start, so that both draw power until then.
	Off map[string]float64
	// GridChange is by how much the factor of electricity changes a year: −0.03
	// where it falls by 3 %.
	GridChange float64
}

// Trajectory is the saving year by year over the horizon: only what is switched
// off saves, from the day it is.
func (r Result) Trajectory(p Pace) ([]Year, error) {
	if !(p.GridChange > -1 && p.GridChange < 1) {
		return nil, fmt.Errorf("a yearly change of the grid factor of %g is not between -1 and 1", p.GridChange)
	}
	years := int(math.Ceil(r.Settings.Horizon))
	list := make([]Year, 0, years)
	var sum Range
	for y := range years {
		length := math.Min(1, r.Settings.Horizon-float64(y))
		full := r.reached(p.Off, float64(y), length)
		grid := math.Pow(1+p.GridChange, float64(y))
		year := Year{Year: y + 1, EnergyKWh: r.Saving.EnergyKWh.Scale(full * length)}
		year.CO2eKg = r.Saving.CO2eKg.Scale(full * length * grid)
		if y == 0 {
			year.EmbodiedKg = r.Saving.EmbodiedKg.Scale(-1)
		}
		sum = Range{
			sum.Low + year.CO2eKg.Low - year.EmbodiedKg.High, sum.Best + year.CO2eKg.Best - year.EmbodiedKg.Best,
			sum.High + year.CO2eKg.High - year.EmbodiedKg.Low,
		}
		year.CumulatedKg = sum
		list = append(list, year)
	}
	return list, nil
}

// reached is the part of the full saving that a year sees: hosts still on take
// theirs off, in proportion to their IT energy. It is negative while old and
// new run side by side.
func (r Result) reached(off map[string]float64, start, length float64) float64 {
	saved := r.Saving.ITEnergyKWh.Best
	if saved == 0 {
		return 1
	}
	missing := 0.0
	for _, h := range r.Hosts {
		if h.After.EnergyKWh.Best > 0 {
			continue
		}
		on := math.Min(math.Max(off[h.ID]-start, 0), length) / length
		missing += h.Before.EnergyKWh.Best * on
	}
	return 1 - missing/saved
}
