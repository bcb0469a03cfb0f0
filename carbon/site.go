package carbon

// siteModel is a machine room made ready to be drawn.
type siteModel struct {
	name   string
	factor Factor
	market float64 // gCO2e/kWh by contract, or the factor's
	pue    float64
	pueGSD float64
	pueID  string
	other  float64
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
