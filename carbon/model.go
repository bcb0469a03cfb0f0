package carbon

import (
	"fmt"
	"maps"
	"slices"

	"sobre/inventory"
)

// loadNodes are the deviates of the doubt of load at which a host's power is
// tabulated; between them it is a straight line.
var loadNodes = [...]float64{-3.5, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5}

// nodeWatts is power in W at each of the loadNodes.
type nodeWatts [len(loadNodes)]float64

// IDs of inputs that all hosts share.
const (
	idLoad       = "load"
	idPUE        = "pue"
	idFixedShare = "fixed-share"
	idChassis    = "chassis"
	idEmbodied   = "embodied"
	idLifetime   = "lifetime"
)

// unit is a host or an enclosure as it draws power.
type unit struct {
	id            string // of the assumption on its power
	configuration string // of the assumption on its configuration; empty: in the other
	configGSD     float64
	name          string // its own, for its own part of the doubt
	site          int
	gsd           float64
	before, after nodeWatts
}

// model is two scenarios made ready to be drawn.
type model struct {
	settings Settings
	sites    []siteModel
	units    []unit
	embodied [2]embodiedModel // before, after
	notes    assumptions
	hosts    []hostPair
	// chassisShare is each running blade's part of its enclosure in W, by
	// chassis, before and after.
	chassisShare [2]map[string]float64
}

// embodiedModel is what is bought. The first index tells figures from parts
// (1) from given ones (0), the second guessed lifetimes (1) from given ones (0).
type embodiedModel struct {
	kg      [2]float64    // kgCO2e, once
	kgYears [2][2]float64 // kgCO2e a year over the lifetime
}

func newModel(before, after Scenario, s Settings) (*model, error) {
	s, err := s.Normalised()
	if err != nil {
		return nil, err
	}
	for _, scenario := range []Scenario{before, after} {
		if err := scenario.check(); err != nil {
			return nil, err
		}
	}
	m := &model{settings: s, notes: assumptions{}}
	m.hosts = pairs(before, after)
	for _, p := range m.hosts {
		if err := m.addHost(p); err != nil {
			return nil, err
		}
	}
	if err := m.addChassis(before, after); err != nil {
		return nil, err
	}
	for i, scenario := range []Scenario{before, after} {
		m.addEmbodied(scenario, i)
	}
	m.noteSettings()
	return m, nil
}

func (m *model) addHost(p hostPair) error {
	h := p.any()
	site, err := m.site(h.Host.Site)
	if err != nil {
		return fmt.Errorf("host %s: %w", p.id, err)
	}
	if standby(p.before) || standby(p.after) {
		m.notes.add(standbyAssumption())
	}
	if running(p.before) || running(p.after) {
		m.notes.add(p.curve.Assumption)
		model, _ := inventory.LookUpCPU(h.Host.CPU.Model)
		m.noteConfiguration(p.curve.Rung, yearOr(h.Host.Year, model))
	}
	gsd, configGSD := powerGSD(p.curve.Rung)
	u := unit{id: p.curve.Assumption.ID, configuration: configurationID(p.curve.Rung), configGSD: configGSD, name: "host " + p.id, site: site, gsd: gsd}
	for k, z := range loadNodes {
		u.before[k], u.after[k] = p.watts(p.before, z), p.watts(p.after, z)
	}
	m.units = append(m.units, u)
	return nil
}

// configurationID names the assumption on the configuration of hosts whose
// power is from published results; empty for other rungs.
func configurationID(r Rung) string {
	switch r {
	case ExactCPU, Family, Nameplate:
		return "power.configuration"
	case Class, Default:
		return "power.configuration.class"
	}
	return ""
}

// noteConfiguration adds what a curve from published results rests on besides.
func (m *model) noteConfiguration(r Rung, year int) {
	id := configurationID(r)
	if id == "" {
		return
	}
	m.notes.add(upliftAssumption(id))
	if r != Class && r != Default {
		m.notes.add(memoryAssumption(year))
	}
}

// addChassis charges each enclosure in use once.
func (m *model) addChassis(before, after Scenario) error {
	type load struct {
		chassis       ChassisLoad
		before, after float64 // W
	}
	loads := map[string]*load{}
	for i, s := range []Scenario{before, after} {
		modules := s.modules()
		m.chassisShare[i] = map[string]float64{}
		for _, ch := range s.Chassis {
			l, ok := loads[ch.ID]
			if !ok {
				l = &load{chassis: ch}
				loads[ch.ID] = l
			}
			if n := modules[ch.ID]; n > 0 {
				m.chassisShare[i][ch.ID] = ch.watts(n) / float64(n)
			}
			if i == 0 {
				l.before = ch.watts(modules[ch.ID])
			} else {
				l.after = ch.watts(modules[ch.ID])
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(loads)) {
		l := loads[id]
		if l.before == 0 && l.after == 0 {
			continue
		}
		site, err := m.site(l.chassis.Site)
		if err != nil {
			return fmt.Errorf("chassis %s: %w", id, err)
		}
		m.notes.add(chassisAssumption(l.chassis))
		u := unit{id: idChassis, name: "chassis " + id, site: site, gsd: chassisGSD}
		for k := range loadNodes {
			u.before[k], u.after[k] = l.before, l.after
		}
		m.units = append(m.units, u)
	}
	return nil
}

// modules counts the hosts that are on, by chassis.
func (s Scenario) modules() map[string]int {
	modules := map[string]int{}
	for i := range s.Hosts {
		if running(&s.Hosts[i]) && s.Hosts[i].Host.Chassis != "" {
			modules[s.Hosts[i].Host.Chassis]++
		}
	}
	return modules
}

// EnclosureWatts is the fixed load of a blade enclosure: 130 to 187 W for
// one frame by regression over its number of blades.
const EnclosureWatts = 150

// watts is what an enclosure draws besides its blades, by how many of them are on.
func (c ChassisLoad) watts(modules int) float64 {
	if modules == 0 {
		return 0
	}
	return c.Power.Fixed.Or(EnclosureWatts) + float64(modules)*c.Power.PerModule.Watts()
}

// addEmbodied sums what a scenario buys.
func (m *model) addEmbodied(s Scenario, i int) {
	for _, h := range s.Hosts {
		if h.Bought {
			kg, a := embodiedOf(h)
			m.notes.add(a)
			m.buy(i, kg, a.Rung, h.Lifetime)
		}
	}
	for _, c := range s.Chassis {
		if c.Bought {
			kg, a := c.embodied()
			m.notes.add(a)
			m.buy(i, kg, a.Rung, c.Lifetime)
		}
	}
}

func (m *model) buy(i int, kg float64, rung Rung, life inventory.Span) {
	years, given := lifetimeOf(life)
	origin, guess := 0, 0
	if rung == BottomUp {
		origin = 1
	}
	if !given {
		guess = 1
		m.notes.add(lifetimeAssumption())
	}
	m.embodied[i].kg[origin] += kg
	m.embodied[i].kgYears[origin][guess] += kg / years
}
