package carbon

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed tables/grid_owid.csv
var gridSeries string

//go:embed tables/grid_other.csv
var gridOther string

// Method is the accounting method of electricity (GHG Protocol Scope 2
// Guidance, World Resources Institute, 2015).
type Method string

// The methods.
const (
	Location Method = "location" // the average mix of the grid
	Market   Method = "market"   // the contract
	Marginal Method = "marginal" // the plants that run for the last kWh; for sensitivity only
)

// Factor is a published emission factor of electricity.
type Factor struct {
	ID      string  `json:"id" yaml:"id"` // "grid.FR.ademe"
	Country string  `json:"country" yaml:"country"`
	Name    string  `json:"name,omitzero" yaml:"name,omitempty"`
	Grams   float64 `json:"g_per_kwh" yaml:"g_per_kwh"` // gCO2e per kWh
	Year    int     `json:"year" yaml:"year"`           // that the figure speaks of
	Method  Method  `json:"method" yaml:"method"`
	Scope   string  `json:"scope" yaml:"scope"`
	Source  Source  `json:"source" yaml:"source"`
	Default bool    `json:"default,omitzero" yaml:"default,omitempty"` // what GridFactor returns
}

// factorGSD is the doubt of a factor within one method, year to year.
const factorGSD = 1.10

// Assumption is the factor as a figure that results rest on.
func (f Factor) Assumption() Assumption {
	a := Assumption{
		ID:    f.ID,
		What:  fmt.Sprintf("Emission of one kWh of electricity in %s, %s-based, %d: %s.", f.Country, f.Method, f.Year, f.Scope),
		Value: f.Grams, Unit: "gCO2e/kWh",
	}
	return a.within(factorGSD).from(f.Source)
}

type gridIndex struct {
	byCountry map[string][]Factor // most recent first
	codes     []string
}

var grid = sync.OnceValues(func() (gridIndex, error) {
	x := gridIndex{byCountry: map[string][]Factor{}}
	if err := x.addOther(gridOther); err != nil {
		return x, fmt.Errorf("reading the table of single factors: %w", err)
	}
	if err := x.addSeries(gridSeries); err != nil {
		return x, fmt.Errorf("reading the table of yearly factors: %w", err)
	}
	for code := range x.byCountry {
		x.codes = append(x.codes, code)
	}
	slices.Sort(x.codes)
	return x, nil
})

func (x gridIndex) addOther(text string) error {
	rows, err := tableRows(text, 7)
	if err != nil {
		return err
	}
	for _, r := range rows {
		grams, err := strconv.ParseFloat(r[1], 64)
		if err != nil {
			return err
		}
		year, err := strconv.Atoi(r[2])
		if err != nil {
			return err
		}
		f := Factor{
			ID: "grid." + r[0] + "." + r[6], Country: r[0], Grams: grams, Year: year,
			Method: Method(r[4]), Scope: r[5], Source: sourceOf(r[6]), Default: r[3] == "yes",
		}
		if !f.Default {
			f.ID += "." + r[2] + "." + slug(r[5])
		}
		x.byCountry[r[0]] = append(x.byCountry[r[0]], f)
	}
	return nil
}

func (x gridIndex) addSeries(text string) error {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		return fmt.Errorf("%d rows: %w", len(rows), err)
	}
	for _, row := range rows[1:] {
		own := slices.ContainsFunc(x.byCountry[row[0]], func(f Factor) bool { return f.Default })
		for i := len(row) - 1; i >= 2; i-- {
			if row[i] == "" {
				continue
			}
			grams, err := strconv.ParseFloat(row[i], 64)
			if err != nil {
				return fmt.Errorf("%s: %w", row[0], err)
			}
			year, err := strconv.Atoi(rows[0][i])
			if err != nil {
				return err
			}
			x.byCountry[row[0]] = append(x.byCountry[row[0]], Factor{
				ID: "grid." + row[0] + ".owid." + rows[0][i], Country: row[0], Name: row[1], Grams: grams, Year: year, Method: Location,
				Scope: "generation mix, life cycle, grid losses not counted", Source: sourceOf("owid"), Default: !own,
			})
		}
	}
	return nil
}

// GridFactor is the default location-based factor of a country (ISO 3166-1
// alpha-2 code; EU and WORLD exist too) for a year, 0 for the most recent. In
// France it is ADEME's average consumption mix, which the regulation on
// greenhouse gas inventories (BEGES) asks for, from 2020 on, and the factor of
// Our World in Data and Ember before; elsewhere the latter. A year beyond the
// table gets the nearest one. Corsica is FR-COR; the overseas regions have
// codes of their own. A country without a published factor is an error.
func GridFactor(country string, year int) (Factor, error) {
	x, err := grid()
	if err != nil {
		return Factor{}, err
	}
	code := strings.ToUpper(strings.TrimSpace(country))
	list, ok := x.byCountry[code]
	if !ok {
		return Factor{}, fmt.Errorf("no published emission factor is known for country %q (ISO 3166 code of two letters, such as FR): give carbon.factor in the policy", country)
	}
	var best Factor
	for _, f := range list {
		if f.Method == Location && (f.Default || f.Source.ID == "owid") && better(f, best, year) {
			best = f
		}
	}
	return best, nil
}

// better tells whether f suits a year better than the best so far: the newest
// default up to that year; before the first one, the nearest year of any.
func better(f, best Factor, year int) bool {
	if best.Country == "" {
		return true
	}
	fits := func(f Factor) bool { return f.Default && (year == 0 || f.Year <= year) }
	switch {
	case fits(f) != fits(best):
		return fits(f)
	case fits(f):
		return f.Year > best.Year
	}
	if df, db := distance(f.Year, year), distance(best.Year, year); df != db {
		return df < db
	}
	return f.Default && !best.Default
}

func distance(a, b int) int {
	if a < b {
		return b - a
	}
	return a - b
}

// Factors lists the published factors known for a country: first the one that
// GridFactor returns for the most recent year, then the others by falling year.
func Factors(country string) ([]Factor, error) {
	first, err := GridFactor(country, 0)
	if err != nil {
		return nil, err
	}
	x, err := grid()
	if err != nil {
		return nil, err
	}
	list := slices.Clone(x.byCountry[first.Country])
	slices.SortStableFunc(list, func(a, b Factor) int {
		switch {
		case a.ID == first.ID:
			return -1
		case b.ID == first.ID:
			return 1
		case a.Year != b.Year:
			return b.Year - a.Year
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list, nil
}

// Countries lists the codes that GridFactor knows.
func Countries() []string {
	x, _ := grid() // a test holds that the embedded tables read
	return slices.Clone(x.codes)
}
