package carbon

import (
	"fmt"
	"maps"
	"math"
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

type siteModel struct {
	name   string
	factor Factor
	market float64 // gCO2e/kWh by contract, or the factor's
	pue    float64
	pueGSD float64
	pueID  string
	other  float64
}

// embodiedModel is what is bought. The first index tells figures from parts
// (1) from given ones (0), the second guessed lifetimes (1) from given ones (0).
type embodiedModel struct {
	kg      [2]float64    // kgCO2e, once
	kgYears [2][2]float64 // kgCO2e a year over the lifetime
}

// hostPair is a host before and after, either of which may be missing.
type hostPair struct {
	id            string
	before, after *HostLoad
	curve         Curve
	inherited     float64 // doubt of the load of a host that is in after only; 0: none
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

// pairs joins the hosts of two scenarios by ID, in the order of IDs.
func pairs(before, after Scenario) []hostPair {
	byID := map[string]*hostPair{}
	var ids []string
	pair := func(h *HostLoad) *hostPair {
		p, ok := byID[h.Host.ID]
		if !ok {
			p = &hostPair{id: h.Host.ID}
			byID[h.Host.ID] = p
			ids = append(ids, h.Host.ID)
		}
		return p
	}
	for i := range before.Hosts {
		pair(&before.Hosts[i]).before = &before.Hosts[i]
	}
	for i := range after.Hosts {
		pair(&after.Hosts[i]).after = &after.Hosts[i]
	}
	slices.Sort(ids)
	list := make([]hostPair, 0, len(ids))
	for _, id := range ids {
		p := *byID[id]
		p.curve = PowerOf(p.any().Host)
		list = append(list, p)
	}
	inherit(list)
	return list
}

// any is the host's facts, from before where it was there.
func (p hostPair) any() *HostLoad {
	if p.before != nil {
		return p.before
	}
	return p.after
}

// watts is the power of a host in a scenario at a deviate of its load; nil is a
// host that is not in it.
func (p hostPair) watts(h *HostLoad, z float64) float64 {
	if h == nil || h.State == Off {
		return 0
	}
	if h.State == Standby {
		return StandbyWatts
	}
	k := math.Pow(p.loadGSD(h), z)
	if len(h.Profile) == 0 {
		return p.curve.At(h.Load * k)
	}
	sum := 0.0
	for _, load := range h.Profile {
		sum += p.curve.At(load * k)
	}
	return sum / float64(len(h.Profile))
}

// loadGSD is the doubt of a host's load. Where power itself was measured at
// that load, the doubt of the load is in it already.
func (p hostPair) loadGSD(h *HostLoad) float64 {
	switch {
	case p.curve.Rung == Metered || p.curve.Rung == Measured:
		return 1
	case p.before == nil && h.LoadGSD == 0 && p.inherited > 0:
		return p.inherited
	}
	return h.loadGSD()
}

func (h *HostLoad) loadGSD() float64 {
	switch {
	case h.LoadGSD > 0:
		return h.LoadGSD
	case !h.Host.Use.CPU.IsZero():
		return measuredLoadGSD
	}
	return assumedLoadGSD
}

// inherit gives hosts that are in after only the doubt of the loads that move
// to them: the geometric mean of those before.
func inherit(hosts []hostPair) {
	var sum, n float64
	for _, p := range hosts {
		if p.before != nil {
			sum += math.Log(p.before.loadGSD())
			n++
		}
	}
	if n == 0 {
		return
	}
	for i := range hosts {
		hosts[i].inherited = math.Exp(sum / n)
	}
}

// Doubt of a mean CPU load: measured, and assumed.
const (
	measuredLoadGSD = 1.1
	assumedLoadGSD  = 1.4
	chassisGSD      = 1.2
)

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

func running(h *HostLoad) bool { return h != nil && (h.State == On || h.State == "") }
func standby(h *HostLoad) bool { return h != nil && h.State == Standby }

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

// defaultChassisWatts is the fixed load of a blade enclosure: 130 to 187 W for
// one frame by regression over its number of blades.
const defaultChassisWatts = 150

// watts is what an enclosure draws besides its blades, by how many of them are on.
func (c ChassisLoad) watts(modules int) float64 {
	if modules == 0 {
		return 0
	}
	return c.Power.Fixed.Or(defaultChassisWatts) + float64(modules)*c.Power.PerModule.Watts()
}

// site finds or makes the model of a site.
func (m *model) site(name string) (int, error) {
	for i := range m.sites {
		if m.sites[i].name == name {
			return i, nil
		}
	}
	s := m.settings
	site := siteModel{name: name, pue: s.PUE, pueID: idPUE, pueGSD: 1.15}
	country := s.Country
	for _, given := range s.Sites {
		if given.Name != name && !(name == "" && len(s.Sites) == 1) {
			continue // a machine that names no site stands in the only one there is
		}
		site.other = given.Other
		if given.Country != "" {
			country = given.Country
		}
		if given.PUE > 0 {
			site.pue, site.pueID, site.pueGSD = given.PUE, idPUE+"."+slug(name), 1.05
		}
	}
	factor, err := GridFactor(country, s.Year)
	switch {
	case s.Method == Location && s.Factor.Known():
		factor = givenFactor(country, s.Factor.GramsPerKWh(), Location)
	case err != nil && s.Method == Location:
		return 0, err
	case err != nil:
		factor = givenFactor(country, s.Factor.GramsPerKWh(), Location)
	}
	site.factor, site.market = factor, factor.Grams
	if contract, ok := s.contract(); ok {
		site.market = contract
		m.notes.add(givenFactor(country, contract, Market).Assumption())
	}
	m.notes.add(factor.Assumption())
	m.sites = append(m.sites, site)
	return len(m.sites) - 1, nil
}

// contract is the factor of the contract, where there is one.
func (s Settings) contract() (float64, bool) {
	if s.Contract.Known() {
		return s.Contract.GramsPerKWh(), true
	}
	return s.Factor.GramsPerKWh(), s.Method == Market && s.Factor.Known()
}

func givenFactor(country string, grams float64, method Method) Factor {
	return Factor{
		ID: "grid." + country + ".given-" + string(method), Country: country, Grams: grams, Method: method, Scope: "as given",
		Source: Source{Publisher: "given", Title: "policy or command line", Year: "as given"},
	}
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
