package cost

import (
	"fmt"
	"math"

	"sobre/inventory"
)

// Settings is what money is counted with. All amounts are in one currency.
type Settings struct {
	Electricity inventory.Tariff // of the first year
	Assumed     bool             // Electricity is a default, whose doubt counts
	Rise        inventory.Share  // of the tariff, a year
	Discount    inventory.Share  // rate at which later money counts less, a year
	Horizon     float64          // years; 0: 5
	// Maintenance is the yearly contract as a part of the price of a host; it
	// is counted for hosts whose price is known.
	Maintenance  inventory.Share
	RackUnit     inventory.Money // a rack unit a year
	Decommission inventory.Money // once for each host retired: transport, wiping, disposal
	Licences     []Licence

	have      map[string]float64 // units of licences paid once that are owned
	tariffGSD float64            // doubt of a default price of electricity
}

// Defaults of Settings.
const (
	DefaultHorizon = 5
	// DefaultTariff is the price of a kWh where the policy has none, in EUR: the
	// order of what non-household customers pay in the European Union
	// (Eurostat, nrg_pc_205). Give your own.
	DefaultTariff    = 0.18
	defaultTariffGSD = 1.3
)

// normalised fills in the defaults and tells what is wrong with the rest.
func (s Settings) normalised() (Settings, error) {
	if !s.Electricity.Known() {
		s.Assumed = true
		s.Electricity = inventory.PerKWh(inventory.MakeMoney(DefaultTariff, "EUR"))
	}
	if s.Assumed {
		s.tariffGSD = defaultTariffGSD
	}
	if s.Horizon == 0 {
		s.Horizon = DefaultHorizon
	}
	currency := s.Electricity.PerKWh().Currency()
	for _, m := range []inventory.Money{s.RackUnit, s.Decommission} {
		if m.Known() && m.Currency() != currency {
			return s, fmt.Errorf("%s is not in %s as the price of electricity is: give all prices in one currency", m, currency)
		}
	}
	for _, l := range s.Licences {
		if err := l.Check(); err != nil {
			return s, err
		}
		if l.Price.Currency() != currency {
			return s, fmt.Errorf("licence %s: %s is not in %s as the price of electricity is", l.Name, l.Price, currency)
		}
	}
	switch {
	case !(s.Horizon > 0 && s.Horizon <= 100):
		return s, fmt.Errorf("a horizon of %g years is not between 0 and 100", s.Horizon)
	case !(s.rate() > -0.5 && s.rate() < 1):
		return s, fmt.Errorf("a discount of %s is not between -50 and 100 %%", s.Discount)
	case !(s.Rise.Fraction() > -0.5 && s.Rise.Fraction() < 1):
		return s, fmt.Errorf("a rise of %s a year is not between -50 and 100 %%", s.Rise)
	}
	return s, nil
}

func (s Settings) rate() float64 { return s.Discount.Fraction() }

// present is what 1 a year, growing by rise, is worth today over the horizon:
// paid at the end of each year, a last part of a year in proportion.
func (s Settings) present(rise float64) float64 {
	sum, whole := 0.0, math.Floor(s.Horizon)
	for y := 1.0; y <= whole; y++ {
		sum += math.Pow(1+rise, y-1) / math.Pow(1+s.rate(), y)
	}
	if part := s.Horizon - whole; part > 0 {
		sum += part * math.Pow(1+rise, whole) / math.Pow(1+s.rate(), whole+part)
	}
	return sum
}
