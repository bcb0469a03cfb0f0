package document

import (
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"

	"sobre/carbon"
)

func itoa(n int) string { return strconv.Itoa(n) }

// count writes a whole number.
func (c *composer) count(n int) string { return c.l.Typeset(c.l.Count(n)) }

// about writes a number with no more figures than its doubt leaves it: two,
// three where it is below 200 so that 184 does not become 180.
func (c *composer) about(v float64) string {
	return c.l.Typeset(rounded(c.l, v))
}

type numberer interface {
	Number(v float64, decimals int) string
}

func rounded(l numberer, v float64) string {
	a := math.Abs(v)
	switch {
	case a == 0 || math.IsInf(v, 0) || math.IsNaN(v):
		return l.Number(v, 0)
	case a >= 1000:
		unit := math.Pow(10, math.Floor(math.Log10(a))-1)
		if a/unit < 20 {
			unit /= 10
		}
		return l.Number(math.Round(v/unit)*unit, 0)
	case a >= 10 || a == math.Trunc(a):
		return l.Number(v, 0)
	case a >= 0.95:
		return l.Number(v, 1)
	}
	return l.Number(v, 2)
}

// scale is how a figure is shown: divided, with the unit that goes with it.
type scale struct {
	by   float64
	unit string
}

func (c *composer) energyScale(r carbon.Range) scale {
	if math.Abs(r.Best) < 10_000 {
		return scale{1, c.t("kWh a year")}
	}
	return scale{1000, c.t("MWh a year")}
}

func (c *composer) massScale(r carbon.Range) scale {
	if math.Abs(r.Best) < 1000 {
		return scale{1, c.t("kgCO2e a year")}
	}
	return scale{1000, c.t("tCO2e a year")}
}

func (c *composer) moneyScale() scale { return scale{1, c.t("%s a year", c.currency())} }

func (c *composer) currency() string {
	if c.facts.currency == "EUR" {
		return c.t("EUR")
	}
	return c.facts.currency
}

// exactly writes money that is known to the unit, such as a price.
func (c *composer) exactly(v float64) string {
	return c.l.Typeset(c.l.Number(v, 0)) + "\u00a0" + c.currency()
}

// massSpan writes kilograms with their range.
func (c *composer) massSpan(kg carbon.Range) string {
	by, unit := 1.0, c.t("kgCO2e")
	if math.Abs(kg.Best) >= 1000 {
		by, unit = 1000, c.t("tCO2e")
	}
	return c.about(kg.Best/by) + "\u00a0" + unit + " " + c.between(kg.Scale(1/by))
}

// between writes a range alone: "(27 to 56)"; nothing where there is no doubt.
func (c *composer) between(r carbon.Range) string {
	low, high := c.about(r.Low), c.about(r.High)
	if low == high {
		return ""
	}
	return c.t("(%s to %s)", low, high)
}

// span writes a figure and its range, without unit.
func (c *composer) span(r carbon.Range) string {
	text := c.about(r.Best)
	if b := c.between(r); b != "" {
		text += " " + b
	}
	return text
}

// years writes a time with its range, in months where it is short.
func (c *composer) years(y carbon.Range) string {
	if y.Best >= carbon.MaxPayback {
		return c.t("never")
	}
	by := 1.0
	if y.Best < 1.5 {
		by = 12
	}
	high := c.about(y.High * by)
	if y.High >= carbon.MaxPayback {
		high = c.t("never")
	}
	between := c.t("(%s to %s)", c.about(y.Low*by), high)
	if by == 12 {
		return c.t("%s months %s", c.about(y.Best*by), between)
	}
	return c.t("%s years %s", c.about(y.Best*by), between)
}

// percent writes a share.
func (c *composer) percent(v float64) string {
	return c.t("%s %", c.l.Number(v*100, 0))
}

// capital gives a sentence its capital.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
