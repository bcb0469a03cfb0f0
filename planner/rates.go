package planner

import (
	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// rates weigh electricity against what is bought inside the search. What the
// plan prints is computed by carbon and cost, with ranges.
type rates struct {
	perKWh float64 // what a kWh counts
	make   float64 // what a kg of manufacture counts
	price  float64 // what a unit of money spent counts
}

// ratesOf gives the weights of an objective: kWh, kgCO2e or money a year.
func (s *survey) ratesOf(o plan.Objective) rates {
	switch o {
	case plan.Carbon:
		return rates{perKWh: s.grams / 1000, make: 1}
	case plan.Cost:
		return rates{perKWh: s.policy.Cost.Electricity.PerKWh().Amount(), price: 1}
	}
	return rates{perKWh: 1}
}

// findGridFactor looks up the electricity of the policy's country in gCO2e/kWh.
func (s *survey) findGridFactor() error {
	if f := s.policy.Carbon.Factor; f.Known() {
		s.grams = f.GramsPerKWh()
		return nil
	}
	f, err := carbon.GridFactor(s.country(), 0)
	s.grams = f.Grams
	return err
}

// country is the policy's, else that of the first site that names one, else France.
func (s *survey) country() string {
	if s.policy.Carbon.Country != "" {
		return s.policy.Carbon.Country
	}
	for _, site := range s.estate.Sites {
		if site.Country != "" {
			return site.Country
		}
	}
	return carbon.DefaultCountry
}

// usualPUE is the policy's, else that of the first site that has one, else the
// default of a municipal machine room.
func (s *survey) usualPUE() float64 {
	if s.policy.Carbon.PUE > 0 {
		return s.policy.Carbon.PUE
	}
	for _, site := range s.estate.Sites {
		if site.PUE > 0 {
			return site.PUE
		}
	}
	return carbon.DefaultPUE
}

// owning is what a bought host counts a year, with its share of an enclosure
// where that is not counted by itself.
func (s *survey) owning(r rates, i int) float64 {
	p := &s.places[i]
	if p.model == nil {
		return 0
	}
	sum := s.perLife(r, p.model.Embodied.Kg(), p.model.Price.Amount(), p.model.Lifetime)
	ch := s.chassisModel(p.model.Chassis)
	if ch == nil || ch.Slots == 0 || s.enclosureOf(i) > 0 {
		return sum
	}
	return sum + s.perLife(r, ch.Embodied.Kg(), ch.Price.Amount(), ch.Lifetime)/float64(ch.Slots)
}

// perLife spreads what is made and paid once over the years it serves.
func (s *survey) perLife(r rates, kg, money float64, life inventory.Span) float64 {
	years := life.Or(s.policy.Carbon.Horizon.Or(5))
	if years <= 0 {
		return 0
	}
	return (kg*r.make + money*r.price) / years
}

// chassisModel finds an enclosure of the catalogue by name.
func (s *survey) chassisModel(name string) *inventory.ChassisModel {
	if s.catalogue == nil || name == "" {
		return nil
	}
	for i := range s.catalogue.Chassis {
		if s.catalogue.Chassis[i].Name == name {
			return &s.catalogue.Chassis[i]
		}
	}
	return nil
}
