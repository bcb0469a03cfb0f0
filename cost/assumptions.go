package cost

import (
	"cmp"
	"math"
	"slices"

	"sobre/carbon"
)

// assumptions lists what the bills of scenarios rest on, by ID.
func (s Settings) assumptions(bills []Bill, scenarios ...Scenario) []carbon.Assumption {
	list := []carbon.Assumption{
		s.tariffAssumption(),
		percent("cost.discount", "Rate at which later money counts less, a year.", 100*s.rate()),
		percent("cost.rise", "Rise of the price of electricity, a year.", 100*s.Rise.Fraction()),
		exact("cost.horizon", "Years that cost is summed over.", s.Horizon, "years"),
	}
	priced, guessed := count(scenarios...)
	if s.Maintenance.Known() {
		a := percent("cost.maintenance", "Maintenance a year, as a part of the price of each host or enclosure whose price is known.", s.Maintenance.Value())
		a.Count = priced
		list = append(list, a)
	}
	if s.RackUnit.Known() {
		list = append(list, exact("cost.rack-unit", "Price of a rack unit a year.", s.RackUnit.Amount(), s.RackUnit.Currency()))
		if guessed > 0 {
			list = append(list, carbon.Assumption{
				ID: "cost.rack-units", What: "Height of a server whose height is not known; an enclosure counts 10.", Value: usualServer, Unit: "U",
				Low: 1, High: 4, Rung: carbon.Default, Source: "sobre, Judgement of the authors; no measurement is known to us, 2026", Count: guessed,
			})
		}
	}
	if s.Decommission.Known() {
		list = append(list, exact("cost.decommission", "Price of taking one host or enclosure out of service, once.", s.Decommission.Amount(), s.Decommission.Currency()))
	}
	for _, l := range s.Licences {
		used := func(b LicenceBill) bool { return b.Name == l.Name }
		if !slices.ContainsFunc(bills, func(b Bill) bool { return slices.ContainsFunc(b.ByLicence, used) }) {
			continue
		}
		a := exact("cost.licence."+l.Name, "Price of one unit of licence "+l.Name+".", l.Price.Amount(), l.Price.Currency())
		if l.Source != "" {
			a.Source = l.Source
		}
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b carbon.Assumption) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// count tells how many items have a price, and how many a height that is guessed.
func count(scenarios ...Scenario) (priced, guessed int) {
	seen := map[string]bool{}
	for _, sc := range scenarios {
		for _, i := range sc.Items {
			if seen[i.ID] {
				continue
			}
			seen[i.ID] = true
			if i.Price.Known() {
				priced++
			}
			if _, guess := i.units(); guess {
				guessed++
			}
		}
	}
	return priced, guessed
}

func (s Settings) tariffAssumption() carbon.Assumption {
	price := s.Electricity.PerKWh()
	a := exact("cost.electricity", "Price of a kWh in the first year.", price.Amount(), price.Currency()+"/kWh")
	if s.tariffGSD <= 1 {
		return a
	}
	spread := math.Pow(s.tariffGSD, z95)
	a.Low, a.High, a.Rung = price.Amount()/spread, price.Amount()*spread, carbon.Default
	a.Source, a.Licence = "sobre: order of non-household prices in the European Union, Eurostat nrg_pc_205, 2024", "figure quoted"
	a.Link = "https://ec.europa.eu/eurostat/databrowser/view/nrg_pc_205/default/table"
	return a
}

func exact(id, what string, value float64, unit string) carbon.Assumption {
	return carbon.Assumption{ID: id, What: what, Value: value, Unit: unit, Low: value, High: value, Source: "given in the policy"}
}

func percent(id, what string, value float64) carbon.Assumption { return exact(id, what, value, "%") }
