package carbon

import (
	"fmt"
	"strings"

	"sobre/inventory"
)

// Formula is how one figure comes about.
type Formula struct {
	ID        string   `json:"id" yaml:"id"` // "co2e"
	What      string   `json:"what" yaml:"what"`
	Formula   string   `json:"formula" yaml:"formula"`
	Unit      string   `json:"unit" yaml:"unit"`
	Reference string   `json:"reference" yaml:"reference"`             // author, title, year
	Uses      []string `json:"uses,omitempty" yaml:"uses,omitempty"`   // IDs of assumptions, or what they start with
	Parts     []string `json:"parts,omitempty" yaml:"parts,omitempty"` // IDs of formulas that it is made of
}

// Formulas lists how the figures of a footprint come about.
func Formulas() []Formula {
	return []Formula{
		{
			ID: "co2e", What: "Emissions of use in a year.", Formula: "energy × factor of electricity", Unit: "kgCO2e/year",
			Reference: "GHG Protocol, Scope 2 Guidance, 2015 (location-based)", Uses: []string{"grid."}, Parts: []string{"energy"},
		},
		{
			ID: "energy", What: "Electricity at the meter of the machine room in a year.",
			Formula: "(P·(1 + α) + F) × hours / 1000, with F = φ·(PUE − 1)·P₀ and α = (1 − φ)·(PUE − 1)", Unit: "kWh/year",
			Reference: "N. Rasmussen, Electrical Efficiency Modeling for Data Centers, Schneider Electric White Paper 113, 2011",
			Uses:      []string{"pue", "fixed-share", "hours"}, Parts: []string{"power"},
		},
		{
			ID: "power", What: "Power of hosts and enclosures, P; P₀ is that before the change.",
			Formula: "Σ hosts P(load) + Σ enclosures in use (fixed + per module × blades on), P(load) straight between published points", Unit: "W",
			Reference: "SPECpower_ssj2008 results, medians by processor model and sockets; docs/carbon.md has the error of each rung",
			Uses:      []string{"power.", "chassis", "standby"}, Parts: []string{"load"},
		},
		{
			ID: "load", What: "Mean CPU load of a host that work moves to.", Formula: "Σ loadᵢ·Cᵢ·(1 + overhead) / Σ C, C the throughput of a host", Unit: "share",
			Reference: "work is conserved; docs/carbon.md §3", Uses: []string{"load", "throughput."},
		},
		{
			ID: "embodied", What: "Emissions of making what is bought, once.", Formula: "Σ bought hosts and enclosures, as given or from their parts", Unit: "kgCO2e",
			Reference: "Umweltbundesamt, Green Cloud Computing, Texte 94/2021", Uses: []string{"embodied."},
		},
		{
			ID: "total", What: "Emissions of use and manufacture in a year.", Formula: "co2e + embodied / lifetime", Unit: "kgCO2e/year",
			Reference: "ISO/IEC 21031:2024 (linear over the expected life)", Uses: []string{"lifetime"}, Parts: []string{"co2e", "embodied"},
		},
		{
			ID: "payback", What: "Time until what is bought has saved what its manufacture emitted.", Formula: "embodied / (co2e before − co2e after)", Unit: "years",
			Reference: "docs/carbon.md §7", Parts: []string{"embodied", "co2e"},
		},
		{
			ID: "net", What: "Saving over the horizon.", Formula: "horizon × (total before − total after)", Unit: "kgCO2e",
			Reference: "docs/carbon.md §7", Parts: []string{"total"},
		},
	}
}

// Explanation is a formula with the assumptions that went into it, and those
// of its parts below.
type Explanation struct {
	Formula     Formula       `json:"formula" yaml:"formula"`
	Assumptions []Assumption  `json:"assumptions,omitempty" yaml:"assumptions,omitempty"`
	Parts       []Explanation `json:"parts,omitempty" yaml:"parts,omitempty"`
}

// Explain unfolds a figure (co2e, energy, power, load, embodied, total,
// payback, net) into its formula and those of a result's assumptions that it
// rests on. An unknown figure is an error that names the nearest.
func Explain(figure string, assumptions []Assumption) (Explanation, error) {
	return Unfold(figure, Formulas(), assumptions)
}

// Unfold is Explain with formulas of one's own.
func Unfold(figure string, formulas []Formula, assumptions []Assumption) (Explanation, error) {
	byID := map[string]Formula{}
	var ids []string
	for _, f := range formulas {
		byID[f.ID] = f
		ids = append(ids, f.ID)
	}
	if _, ok := byID[figure]; !ok {
		if near := inventory.Nearest(figure, ids); near != "" {
			return Explanation{}, fmt.Errorf("no figure %q; did you mean %q?", figure, near)
		}
		return Explanation{}, fmt.Errorf("no figure %q (known: %s)", figure, strings.Join(ids, ", "))
	}
	return unfold(figure, byID, assumptions), nil
}

func unfold(id string, byID map[string]Formula, assumptions []Assumption) Explanation {
	f := byID[id]
	e := Explanation{Formula: f}
	for _, a := range assumptions {
		for _, use := range f.Uses {
			if a.ID == use || strings.HasPrefix(a.ID, strings.TrimSuffix(use, ".")+".") {
				e.Assumptions = append(e.Assumptions, a)
				break
			}
		}
	}
	for _, part := range f.Parts {
		e.Parts = append(e.Parts, unfold(part, byID, assumptions))
	}
	return e
}
