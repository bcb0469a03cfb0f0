package carbon

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Swing is how far one assumption alone moves a result.
type Swing struct {
	ID   string  `json:"id" yaml:"id"`     // of the Assumption
	What string  `json:"what" yaml:"what"` // in a few words of English
	Low  float64 `json:"low" yaml:"low"`   // the result with the assumption at its 5th percentile, in kgCO2e a year
	High float64 `json:"high" yaml:"high"` // and at its 95th
}

// tornado moves one input at a time and lists what that does to the yearly
// total (use and manufacture), widest first: the total saved, or that of the
// first scenario where saved is false.
func (m *model) tornado(saved bool) []Swing {
	ids := m.inputs()
	b, a := m.draw(oneAtATime(ids))
	ub, ua := m.use(b), m.use(a)
	total := func(k int) float64 {
		if !saved {
			return ub[k] + b.yearly[k]
		}
		return ub[k] + b.yearly[k] - ua[k] - a.yearly[k]
	}
	var list []Swing
	for i, id := range ids {
		s := Swing{ID: m.assumptionID(id), What: m.inputName(id), Low: total(2*i + 1), High: total(2*i + 2)}
		if s.Low != s.High {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Swing) int {
		return cmp.Or(cmp.Compare(math.Abs(b.High-b.Low), math.Abs(a.High-a.Low)), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// inputs lists the names that the model draws shared deviates for.
func (m *model) inputs() []string {
	ids := []string{idLoad, idFixedShare, idLifetime, idEmbodied + ".given", idEmbodied + ".bottom-up"}
	for _, s := range m.sites {
		ids = append(ids, s.pueID, "grid."+s.factor.Country)
	}
	for _, u := range m.units {
		ids = append(ids, u.id)
		if u.configuration != "" {
			ids = append(ids, u.configuration)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// assumptionID is the assumption that an input stands for.
func (m *model) assumptionID(input string) string {
	for _, s := range m.sites {
		if input == "grid."+s.factor.Country {
			return s.factor.ID
		}
	}
	return input
}

// inputName is an input in a few words.
func (m *model) inputName(input string) string {
	switch input {
	case idLoad:
		return "mean CPU load"
	case idFixedShare:
		return "fixed part of the room's overhead"
	case idLifetime:
		return "lifetime of what is bought"
	case idEmbodied + ".given":
		return "manufacture, as given"
	case idEmbodied + ".bottom-up":
		return "manufacture, from parts"
	case idChassis:
		return "fixed power of enclosures"
	}
	switch {
	case input == "power.configuration.class":
		return "servers in service over the usual ones of their year"
	case strings.HasPrefix(input, "power.configuration"):
		return "servers in service over tuned ones"
	case strings.HasPrefix(input, "grid."):
		return "electricity factor of " + strings.TrimPrefix(input, "grid.")
	case strings.HasPrefix(input, idPUE+"."):
		for _, s := range m.sites {
			if s.pueID == input {
				return "PUE of site " + s.name
			}
		}
		return "PUE"
	case strings.HasPrefix(input, idPUE):
		return "PUE"
	}
	if a, ok := m.notes[input]; ok {
		name, _, _ := strings.Cut(strings.TrimSuffix(a.What, "."), ":")
		return strings.ToLower(name[:1]) + name[1:]
	}
	return input
}

func compareIDs(a, b string) int { return cmp.Compare(a, b) }
