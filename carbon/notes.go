package carbon

import (
	"fmt"
	"maps"
	"slices"
)

// assumptions gathers what a result rests on, by ID.
type assumptions map[string]*Assumption

// add counts one more use of an assumption.
func (as assumptions) add(a Assumption) {
	if known, ok := as[a.ID]; ok {
		known.Count++
		return
	}
	a.Count = 1
	as[a.ID] = &a
}

// sorted lists the assumptions by ID.
func (as assumptions) sorted() []Assumption {
	list := make([]Assumption, 0, len(as))
	for _, id := range slices.Sorted(maps.Keys(as)) {
		list = append(list, *as[id])
	}
	return list
}

// noteSettings adds what all hosts rest on.
func (m *model) noteSettings() {
	for _, site := range m.sites {
		m.notes.add(site.pueAssumption())
	}
	m.notes.add(m.settings.fixedShareAssumption())
	for _, p := range m.hosts {
		if running(p.before) && p.before.loadGSD() > measuredLoadGSD {
			m.notes.add(Assumption{
				ID: idLoad, What: "Mean CPU load of hosts whose load was not measured, over the load assumed for them.",
				Value: 1, Unit: "×",
			}.within(assumedLoadGSD).from(sourceOf("judgement")))
		}
	}
	m.notes.add(Assumption{
		ID: "hours", What: "Hours in a year that machines in service run.", Value: HoursPerYear, Unit: "h/year",
		Low: HoursPerYear, High: HoursPerYear, Source: "given by the calendar: 365 days of 24 h",
	})
}

func (s siteModel) pueAssumption() Assumption {
	a := Assumption{ID: s.pueID, Value: s.pue, Unit: "kWh facility per kWh IT"}
	r := logNormal(s.pue, s.pueGSD)
	a.Low, a.High = max(1, r.Low), r.High
	if s.pueID != idPUE {
		a.What = fmt.Sprintf("Power usage effectiveness of %s before the change, as given.", s.name)
		a.Source, a.Rung = "given in the inventory or policy", Given
		return a
	}
	a.What = "Power usage effectiveness of the machine room before the change, where none is known for it; municipal rooms run from 1.5 to 2.5."
	a.Rung = Default
	return a.from(sourceOf("judgement"))
}

// Fixed share of a room's overhead where it is not known: least, most likely, most.
const (
	fixedShareLow  = 0.2
	fixedShareMode = 0.4
	fixedShareHigh = 0.7
)

func (s Settings) fixedShareAssumption() Assumption {
	a := Assumption{ID: idFixedShare, What: "Part of the room's overhead (cooling, losses) that stays when its IT load falls.", Unit: "share"}
	if s.FixedShare.Known() {
		v := s.FixedShare.Fraction()
		a.Value, a.Low, a.High, a.Source, a.Rung = v, v, v, "given", Given
		return a
	}
	a.Value, a.Rung = s.fixedShare(0), Default
	a.Low, a.High = s.fixedShare(-z95), s.fixedShare(z95)
	return a.from(sourceOf("rasmussen"))
}

// fixedShare is the share at a standard normal deviate.
func (s Settings) fixedShare(z float64) float64 {
	if s.FixedShare.Known() {
		return s.FixedShare.Fraction()
	}
	return triangular(fixedShareLow, fixedShareMode, fixedShareHigh, z)
}

func memoryAssumption(year int) Assumption {
	a := Assumption{
		ID: "power.memory.2014", What: "Power of each GB of memory beyond what the published result had, hardware since 2014.",
		Value: memoryWattsPerGB(year), Unit: "W/GB", Low: 0.10, High: 0.21,
	}
	if year < 2014 {
		a.ID, a.What = "power.memory", "Power of each GB of memory beyond what the published result had, hardware until 2013."
		a.Low, a.High = 0.32, 0.46
	}
	return a.from(sourceOf("spec"))
}

func upliftAssumption(id string) Assumption {
	a := Assumption{
		ID: id, What: "What a server in service draws over the tuned one of a published result: disks, cards, second power supply, settings; memory is counted apart.",
		Value: tunedUplift, Unit: "×",
	}
	gsd := tunedGSD
	if id != configurationID(ExactCPU) {
		a.Value, gsd = classUplift, classGSD
		a.What = "What a server in service draws over the median published one of its year, memory and all else counted."
	}
	return a.within(gsd).from(sourceOf("judgement"))
}

func standbyAssumption() Assumption {
	return Assumption{
		ID: "standby", What: "Power of a host that is off but plugged in.", Value: StandbyWatts, Unit: "W", Low: 4, High: 15,
	}.from(sourceOf("judgement"))
}

func chassisAssumption(c ChassisLoad) Assumption {
	a := Assumption{
		ID: idChassis, What: "Fixed power of a blade enclosure, besides its blades, where it is not given.", Value: EnclosureWatts, Unit: "W",
	}
	if c.Power.Fixed.Known() {
		a.ID, a.What = idChassis+"."+slug(c.Model), fmt.Sprintf("Fixed power of enclosure %s, besides its blades, as given.", c.Model)
		a.Value, a.Rung, a.Source = c.Power.Fixed.Watts(), Given, "given in the inventory or catalogue"
		return a.within(chassisGSD)
	}
	return a.within(chassisGSD).from(sourceOf("synergy"))
}

// embodied is the kgCO2e to make an enclosure.
func (c ChassisLoad) embodied() (kg float64, a Assumption) {
	a = Assumption{
		ID: "embodied.chassis." + slug(c.Model), What: fmt.Sprintf("Manufacture of one enclosure %s without blades.", c.Model),
		Value: c.Embodied.Or(EnclosureImpact().GWP), Unit: "kgCO2e", Rung: BottomUp,
	}
	if c.Embodied.Known() {
		a.Rung, a.Source = Given, "given in the inventory or catalogue"
		return a.Value, a.within(givenEmbodiedGSD)
	}
	return a.Value, a.within(bottomUpGSD).from(sourceOf("uba"))
}

func lifetimeAssumption() Assumption {
	return Assumption{
		ID: idLifetime, What: "Years that bought hardware serves, where it is not given; manufacture is spread evenly over them.",
		Value: defaultLifetime, Unit: "years",
	}.within(lifetimeGSD).from(sourceOf("judgement"))
}
