package gate

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Unit is what a figure is counted in.
type Unit string

// The units. Values are in exactly these; people may write others of the kind.
const (
	Count        Unit = ""
	Percent      Unit = "%"
	KWhPerYear   Unit = "kWh/year"
	KgPerYear    Unit = "kg/year" // of CO2 equivalent
	Kg           Unit = "kg"      // of CO2 equivalent, once
	MoneyPerYear Unit = "EUR/year"
	Money        Unit = "EUR"
	Years        Unit = "years"
	Days         Unit = "days"
	Hours        Unit = "hours"
)

// yearly cuts "/year" and its like off an amount.
var yearly = regexp.MustCompile(`\s*(/\s*(year|yr|y|an)|\s(a|per) year|\spar an)$`)

// emission cuts what a mass is of: "t CO2e", "tCO2e".
var emission = regexp.MustCompile(`(?i)\s*co(2|₂)\s*e?(q|\b)`)

// money is an amount with its currency, in thousands or millions if it says so.
var money = regexp.MustCompile(`^(.*[0-9])\s*([kM]?)(€|[A-Z]{3})$`)

// timespan is a whole or decimal number of days or hours.
var timespan = regexp.MustCompile(`^([0-9]+(?:[.,][0-9]+)?)\s*([a-zé]+)$`)

// parse reads an amount of the unit as people write it. currency is that of
// an amount of money, empty otherwise.
func (u Unit) parse(text string) (value float64, currency string, err error) {
	text = strings.TrimSpace(text)
	switch u {
	case Count:
		value, err = parseCount(text)
	case Percent:
		var s inventory.Share
		err = s.UnmarshalText([]byte(text))
		value = s.Value()
	case KWhPerYear:
		var e inventory.YearlyEnergy
		err = e.UnmarshalText([]byte(yearly.ReplaceAllString(text, "/year")))
		value = e.KWh()
	case KgPerYear, Kg:
		value, err = u.parseMass(text)
	case MoneyPerYear, Money:
		return u.parseMoney(text)
	case Years:
		var s inventory.Span
		err = s.UnmarshalText([]byte(text))
		value = s.Years()
	default:
		value, err = u.parseTime(text)
	}
	return value, "", err
}

func parseCount(text string) (float64, error) {
	v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	if err != nil || v < -1e12 || v > 1e12 {
		return 0, fmt.Errorf("a number without unit is expected, not %q", text)
	}
	return v, nil
}

// cutYear takes "/year" off where the unit is a year's, and refuses it where not.
func (u Unit) cutYear(text string, aYear bool) (string, error) {
	cut := yearly.ReplaceAllString(text, "")
	switch {
	case aYear && cut == text:
		return "", fmt.Errorf("it is counted a year: write %q", text+"/year")
	case !aYear && cut != text:
		return "", fmt.Errorf("it is counted once, not a year: write %q", cut)
	}
	return cut, nil
}

func (u Unit) parseMass(text string) (float64, error) {
	text, err := u.cutYear(text, u == KgPerYear)
	if err != nil {
		return 0, err
	}
	var m inventory.Mass
	err = m.UnmarshalText([]byte(emission.ReplaceAllString(text, "")))
	return m.Kg(), err
}

func (u Unit) parseMoney(text string) (value float64, currency string, err error) {
	if text, err = u.cutYear(text, u == MoneyPerYear); err != nil {
		return 0, "", err
	}
	scale := 1.0
	if m := money.FindStringSubmatch(text); m != nil {
		scale = map[string]float64{"": 1, "k": 1e3, "M": 1e6}[m[2]]
		text = m[1] + " " + m[3]
	}
	var amount inventory.Money
	err = amount.UnmarshalText([]byte(text))
	return amount.Amount() * scale, amount.Currency(), err
}

func (u Unit) parseTime(text string) (float64, error) {
	hours := map[string]float64{
		"min": 1. / 60, "minutes": 1. / 60, "minute": 1. / 60, "h": 1, "hour": 1, "hours": 1, "heure": 1, "heures": 1,
		"d": 24, "day": 24, "days": 24, "j": 24, "jour": 24, "jours": 24, "week": 168, "weeks": 168, "semaine": 168, "semaines": 168,
	}
	m := timespan.FindStringSubmatch(text)
	if m == nil || hours[m[2]] == 0 {
		return 0, fmt.Errorf("a time such as %q is expected, not %q", "30 "+string(u), text)
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "."), 64)
	if err != nil || v > 1e9 {
		return 0, fmt.Errorf("%q is no time", text)
	}
	v *= hours[m[2]]
	if u == Days {
		v /= 24
	}
	return v, nil
}

// Example is an amount of the unit, as people write it.
func (u Unit) Example() string {
	return map[Unit]string{
		Count: "12", Percent: "80 %", KWhPerYear: "120 MWh/year", KgPerYear: "10 t/year", Kg: "4 t",
		MoneyPerYear: "20 kEUR/year", Money: "50 kEUR", Years: "5 years", Days: "30 days", Hours: "4 hours",
	}[u]
}
