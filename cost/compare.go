package cost

import (
	"fmt"
	"math"
	"slices"

	"sobre/carbon"
	"sobre/inventory"
)

// Scenario is what costs money in one state of the estate, for a year on end.
type Scenario struct {
	Energy carbon.Range // kWh a year at the room's meter
	Items  []Item       // hosts and enclosures in service
	// Machines are the hosts as licences see them; empty: licences are not counted.
	Machines []Machine
}

// Item is a host or an enclosure in service.
type Item struct {
	ID        string
	Model     string
	Bought    bool
	Price     inventory.Money // of a new one; unknown: 0, and counted in Result.Unpriced when bought
	Kind      Kind
	RackUnits float64 // height; 0: unknown, then as usual for its kind
}

// Kind is what stands in a rack.
type Kind string

// The kinds of item; empty means server.
const (
	Server    Kind = "server"
	Blade     Kind = "blade"     // stands in an enclosure, takes no room of its own
	Enclosure Kind = "enclosure" // of blades
)

// Heights in rack units where none is given: most enclosures have 10, most
// servers in service 1 or 2.
const (
	usualServer    = 2
	usualEnclosure = 10
)

// units is the height of an item, and whether it is the usual one of its kind.
func (i Item) units() (u float64, guessed bool) {
	switch {
	case i.Kind == Blade:
		return 0, false
	case i.RackUnits > 0:
		return i.RackUnits, false
	case i.Kind == Enclosure:
		return usualEnclosure, true
	}
	return usualServer, true
}

// Bill is what a scenario costs.
type Bill struct {
	Electricity carbon.Range  `json:"electricity_per_year" yaml:"electricity_per_year"` // of the first year, cooling in it through the PUE
	Maintenance carbon.Range  `json:"maintenance_per_year,omitzero" yaml:"maintenance_per_year,omitempty"`
	Space       carbon.Range  `json:"space_per_year,omitzero" yaml:"space_per_year,omitempty"`
	Licences    carbon.Range  `json:"licences_per_year,omitzero" yaml:"licences_per_year,omitempty"`
	PerYear     carbon.Range  `json:"per_year" yaml:"per_year"`                     // sum of the above
	Once        carbon.Range  `json:"once,omitzero" yaml:"once,omitempty"`          // purchase, licences paid once, decommissioning
	Total       carbon.Range  `json:"total_over_horizon" yaml:"total_over_horizon"` // discounted to today
	ByLicence   []LicenceBill `json:"by_licence,omitempty" yaml:"by_licence,omitempty"`
	ByModel     []Purchase    `json:"by_model,omitempty" yaml:"by_model,omitempty"`
}

// Purchase is what one model costs to buy.
type Purchase struct {
	Model string  `json:"model" yaml:"model"`
	Count int     `json:"count" yaml:"count"`
	Sum   float64 `json:"sum" yaml:"sum"`
}

// Result is two scenarios side by side, in one currency.
type Result struct {
	Currency string `json:"currency" yaml:"currency"`
	Before   Bill   `json:"before" yaml:"before"`
	After    Bill   `json:"after" yaml:"after"`
	Saving   Bill   `json:"saving" yaml:"saving"` // before less after; Once is negative where more is spent
	// NPV is the net present value of the plan over the horizon: what it saves
	// less what it costs, discounted to today.
	NPV carbon.Range `json:"npv" yaml:"npv"`
	// PaybackYears is money spent once over what is saved in the first year,
	// without discount; 0 where nothing is spent, at most carbon.MaxPayback.
	PaybackYears carbon.Range        `json:"payback_years" yaml:"payback_years"`
	NeverPays    bool                `json:"never_pays,omitzero" yaml:"never_pays,omitempty"`
	Unpriced     []string            `json:"unpriced,omitempty" yaml:"unpriced,omitempty"` // models bought whose price is not known
	Assumptions  []carbon.Assumption `json:"assumptions" yaml:"assumptions"`               // by ID
}

// Compare is what two scenarios and their difference cost. saved is the energy
// saved in kWh a year with its own range (that of carbon's draws, in which
// before and after move together); with the doubt of a default price it makes
// all ranges of money. Prices that are given are taken as exact.
func Compare(before, after Scenario, saved carbon.Range, s Settings) (Result, error) {
	s, err := s.normalised()
	if err != nil {
		return Result{}, fmt.Errorf("computing the cost: %w", err)
	}
	r := Result{Currency: s.Electricity.PerKWh().Currency()}
	s.have = OwnedUnits(s.Licences, before.Machines, s.Horizon)
	if r.Before, _, err = s.bill(before, 0); err != nil {
		return Result{}, fmt.Errorf("computing the cost before: %w", err)
	}
	if r.After, r.Unpriced, err = s.bill(after, retired(before, after)); err != nil {
		return Result{}, fmt.Errorf("computing the cost after: %w", err)
	}
	r.Saving = s.saving(r.Before, r.After, saved)
	r.NPV = r.Saving.Total
	r.PaybackYears, r.NeverPays = payback(-r.Saving.Once.Best, r.Saving.PerYear)
	r.Assumptions = s.assumptions([]Bill{r.Before, r.After}, before, after)
	return r, nil
}

// retired counts the items that are gone.
func retired(before, after Scenario) int {
	stays := map[string]bool{}
	for _, i := range after.Items {
		stays[i.ID] = true
	}
	n := 0
	for _, i := range before.Items {
		if !stays[i.ID] {
			n++
		}
	}
	return n
}

// bill sums up one scenario.
func (s Settings) bill(sc Scenario, retired int) (Bill, []string, error) {
	currency := s.Electricity.PerKWh().Currency()
	b := Bill{Electricity: s.electricity(sc.Energy)}
	once := float64(retired) * s.Decommission.Amount()
	var maintenance, space float64
	var unpriced []string
	for _, i := range sc.Items {
		if i.Price.Known() && i.Price.Currency() != currency {
			return Bill{}, nil, fmt.Errorf("%s: %s is not in %s as the price of electricity is", i.ID, i.Price, currency)
		}
		maintenance += i.Price.Amount() * s.Maintenance.Fraction()
		height, _ := i.units()
		space += height * s.RackUnit.Amount()
		if !i.Bought {
			continue
		}
		once += i.Price.Amount()
		b.ByModel = addPurchase(b.ByModel, i)
		if !i.Price.Known() && !slices.Contains(unpriced, i.Model) {
			unpriced = append(unpriced, i.Model)
		}
	}
	b.ByLicence = LicenceBills(s.Licences, sc.Machines, s.Horizon)
	var licences float64
	for i, l := range b.ByLicence {
		l = l.owned(s.have)
		b.ByLicence[i] = l
		licences += l.PerYear
		once += l.Once
	}
	b.Maintenance, b.Space, b.Licences = carbon.Exactly(maintenance), carbon.Exactly(space), carbon.Exactly(licences)
	b.Once = carbon.Exactly(once)
	s.total(&b)
	slices.Sort(unpriced)
	return b, unpriced, nil
}

func addPurchase(list []Purchase, i Item) []Purchase {
	for k := range list {
		if list[k].Model == i.Model {
			list[k].Count++
			list[k].Sum += i.Price.Amount()
			return list
		}
	}
	return append(list, Purchase{i.Model, 1, i.Price.Amount()})
}

// electricity is energy in money. The doubt of the price, where it is a
// default, is independent of that of the energy: their squares add.
func (s Settings) electricity(kWh carbon.Range) carbon.Range {
	r := kWh.Scale(s.Electricity.PerKWh().Amount())
	if s.tariffGSD <= 1 {
		return r
	}
	spread := math.Pow(s.tariffGSD, z95)
	down, up := math.Abs(r.Best)*(1-1/spread), math.Abs(r.Best)*(spread-1)
	return carbon.Range{Low: r.Best - math.Hypot(r.Best-r.Low, down), Best: r.Best, High: r.Best + math.Hypot(r.High-r.Best, up)}
}

// z95 is the standard normal deviate of the 95th percentile.
const z95 = 1.6448536269514722

// total adds up a bill: a first year, and the horizon in today's money, in
// which only electricity rises.
func (s Settings) total(b *Bill) {
	flat := b.Maintenance.Plus(b.Space).Plus(b.Licences)
	b.PerYear = b.Electricity.Plus(flat)
	b.Total = b.Electricity.Scale(s.present(s.Rise.Fraction())).Plus(flat.Scale(s.present(0))).Plus(b.Once)
}

// saving is before less after. Only the electricity has a range of its own; the
// other amounts are exact.
func (s Settings) saving(before, after Bill, saved carbon.Range) Bill {
	d := Bill{
		Electricity: s.electricity(saved),
		Maintenance: minus(before.Maintenance, after.Maintenance),
		Space:       minus(before.Space, after.Space),
		Licences:    minus(before.Licences, after.Licences),
		Once:        minus(before.Once, after.Once),
	}
	s.total(&d)
	return d
}

// payback is years until what is spent once is saved.
func payback(spent float64, saved carbon.Range) (years carbon.Range, never bool) {
	if spent <= 0 {
		return carbon.Range{}, false
	}
	after := func(perYear float64) float64 {
		if perYear <= 0 {
			return carbon.MaxPayback
		}
		return math.Min(carbon.MaxPayback, spent/perYear)
	}
	years = carbon.Range{Low: after(saved.High), Best: after(saved.Best), High: after(saved.Low)}
	return years, years.Best >= carbon.MaxPayback
}

// minus is the difference of exact amounts.
func minus(a, b carbon.Range) carbon.Range { return carbon.Exactly(a.Best - b.Best) }
