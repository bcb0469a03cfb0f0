package carbon

import "math"

// outcome is one scenario's results, an element a draw, per year unless said.
type outcome struct {
	it       []float64 // kWh of IT
	facility []float64 // kWh
	location []float64 // kgCO2e of use by the grid's factor
	market   []float64 // kgCO2e of use by the contract's
	once     []float64 // kgCO2e of manufacture, once
	yearly   []float64 // kgCO2e of manufacture
}

func newOutcome(n int) outcome {
	return outcome{make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)}
}

// draw evaluates both scenarios for every draw of a design. Before and after
// share all draws, so that the difference of the two has the right range.
func (m *model) draw(d design) (before, after outcome) {
	before, after = newOutcome(d.n), newOutcome(d.n)
	load := make([]loadAt, d.n)
	for k, z := range d.shared(idLoad) {
		load[k] = locate(z)
	}
	share := d.shared(idFixedShare)
	groups := factorsByID{}
	for i := range m.sites {
		b, a := m.siteWatts(i, d, load, groups)
		m.drawSite(i, d, share, [2][]float64{b, a}, [2]*outcome{&before, &after})
	}
	for i, o := range []*outcome{&before, &after} {
		m.drawEmbodied(d, m.embodied[i], o)
	}
	return before, after
}

// siteWatts is the IT power of a site before and after, for every draw. Half
// of the variance of the log of a unit's power is common to all units of the
// same assumption, the other half is its own; the doubt of the configuration of
// servers in service is one for all. A host that stays has the same factors
// before and after.
func (m *model) siteWatts(site int, d design, load []loadAt, groups factorsByID) (before, after []float64) {
	before, after = make([]float64, d.n), make([]float64, d.n)
	own, ones := make([]float64, d.n), make([]float64, d.n)
	for k := range ones {
		ones[k] = 1
	}
	for i := range m.units {
		u := &m.units[i]
		if u.site != site {
			continue
		}
		half := math.Log(u.gsd) / math.Sqrt2
		common := groups.factors(d, u.id, half)
		copy(own, ones)
		if d.own != nil {
			d.own(u.name, half, own)
		}
		configuration := ones
		if u.configuration != "" {
			configuration = groups.factors(d, u.configuration, math.Log(u.configGSD))
		}
		for k := range before {
			f := common[k] * own[k] * configuration[k]
			before[k] += load[k].of(&u.before) * f
			after[k] += load[k].of(&u.after) * f
		}
	}
	return before, after
}

// factorsByID is what an assumption multiplies power by, for every draw.
type factorsByID map[string][]float64

// factors draws those of an assumption once; sigma is the standard deviation of
// their logs.
func (g factorsByID) factors(d design, id string, sigma float64) []float64 {
	f, ok := g[id]
	if !ok {
		f = d.shared(id)
		for k, z := range f {
			f[k] = math.Exp(sigma * z)
		}
		g[id] = f
	}
	return f
}

// loadAt is where a deviate of load lies between two of the loadNodes.
type loadAt struct {
	node int
	part float64 // 0 at the node, 1 at the next
}

func locate(z float64) loadAt {
	at := (z - loadNodes[0]) / (loadNodes[1] - loadNodes[0])
	at = min(max(at, 0), float64(len(loadNodes)-1))
	node := min(int(at), len(loadNodes)-2)
	return loadAt{node, at - float64(node)}
}

func (l loadAt) of(watts *nodeWatts) float64 {
	low, high := watts[l.node], watts[l.node+1]
	return low + l.part*(high-low)
}

// drawSite adds a site's IT, facility and emissions to both outcomes.
func (m *model) drawSite(site int, d design, share []float64, watts [2][]float64, out [2]*outcome) {
	s := m.sites[site]
	pue, gridZ := d.shared(s.pueID), d.shared("grid."+s.factor.Country)
	logPUE, logGrid := math.Log(s.pueGSD), math.Log(factorGSD)
	const kWh = HoursPerYear / 1000.0
	for k := range d.n {
		room := watts[0][k] + s.other
		if room == 0 {
			room = watts[1][k] // a new room
		}
		p := max(1, s.pue*math.Exp(logPUE*pue[k]))
		f := SplitPUE(p, m.settings.fixedShare(share[k]), room)
		scope := 1.0 // the scenario's part of the room's fixed overhead
		if watts[0][k] > 0 && room > 0 {
			scope = watts[0][k] / room
		} else if s.other > 0 {
			scope = 0
		}
		grid := math.Exp(logGrid*gridZ[k]) / 1000
		for i, o := range out {
			w := watts[i][k]
			energy := (w*(1+f.Slope) + f.Fixed*scope) * kWh
			o.it[k] += w * kWh
			o.facility[k] += energy
			o.location[k] += energy * s.factor.Grams * grid
			o.market[k] += energy * s.market * grid
		}
	}
}

func (m *model) drawEmbodied(d design, e embodiedModel, o *outcome) {
	if e == (embodiedModel{}) {
		return
	}
	given, guess, life := d.shared(idEmbodied+".given"), d.shared(idEmbodied+".bottom-up"), d.shared(idLifetime)
	for k := range d.n {
		f := [2]float64{math.Pow(givenEmbodiedGSD, given[k]), math.Pow(bottomUpGSD, guess[k])}
		l := [2]float64{1, math.Pow(lifetimeGSD, life[k])}
		for origin := range f {
			o.once[k] += e.kg[origin] * f[origin]
			for guessed := range l {
				o.yearly[k] += e.kgYears[origin][guessed] * f[origin] / l[guessed]
			}
		}
	}
}
