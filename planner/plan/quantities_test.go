package plan_test

import (
	"reflect"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

// written is how a quantity is written as text.
type written struct {
	what     string
	units    []string // any of these follows the number
	pattern  string   // in place of units
	examples []string
	list     []any // schemas of a fixed list, in place of text
}

// amount is a number as people write it: "1 200", "1,5", "-3.25".
const amount = `^\s*[-+]?[0-9]([0-9 .,` + "\u00a0\u2009\u202f" + `]*[0-9])?\s*`

func (w written) schema() map[string]any {
	if w.list != nil {
		return map[string]any{"type": "array", "prefixItems": w.list, "minItems": len(w.list), "maxItems": len(w.list), "items": false, "description": w.what}
	}
	pattern := w.pattern
	if pattern == "" {
		pattern = amount + "(" + strings.Join(w.units, "|") + `)\s*$`
	}
	s := map[string]any{"type": "string", "pattern": pattern, "description": w.what}
	if len(w.examples) > 0 {
		s["examples"] = w.examples
	}
	return s
}

var (
	sizeUnits  = []string{"[kKMGTP]?B", "[KMGTP]iB", "[kKMGTP]?o", "[KMGTP]io"}
	clockUnits = []string{"[MGT]Hz"}
	share      = written{what: "A share, in percent.", units: []string{"%"}, examples: []string{"10 %"}}
	power      = written{what: "Electric power.", units: []string{"k?W"}, examples: []string{"320 W"}}
)

// quantities are the types that are written as text with a unit.
var quantities = map[reflect.Type]written{
	reflect.TypeFor[inventory.Size]():         {what: "A size with its unit; GiB is 2³⁰ bytes, GB is 10⁹.", units: sizeUnits, examples: []string{"16 GiB", "292 GB"}},
	reflect.TypeFor[inventory.Frequency]():    {what: "A frequency with its unit.", units: clockUnits, examples: []string{"2.66 GHz"}},
	reflect.TypeFor[inventory.Power]():        power,
	reflect.TypeFor[inventory.YearlyEnergy](): {what: "Energy over a year.", units: []string{"[kM]Wh/(year|an|y)"}, examples: []string{"1900 kWh/year"}},
	reflect.TypeFor[inventory.Share]():        share,
	reflect.TypeFor[inventory.Mass]():         {what: "A mass, of CO2 equivalent where it is an emission.", units: []string{"kg", "g", "t"}, examples: []string{"1200 kg"}},
	reflect.TypeFor[inventory.Intensity]():    {what: "Emission per energy, in CO2 equivalent.", units: []string{"g(CO2e?)?/kWh", "kg(CO2e)?/kWh", "kg/MWh"}, examples: []string{"52 g/kWh"}},
	reflect.TypeFor[inventory.Span]():         {what: "A span of time.", units: []string{"years?", "ans?", "y", "months?", "mois"}, examples: []string{"5 years"}},
	reflect.TypeFor[inventory.Money]():        {what: "An amount with its currency (ISO 4217).", units: []string{"[A-Z]{3}", "€"}, examples: []string{"4200 EUR"}},
	reflect.TypeFor[inventory.Tariff]():       {what: "A price of electricity.", units: []string{`([A-Z]{3}|€)\s*/\s*[kM]Wh`}, examples: []string{"0.18 EUR/kWh"}},
	reflect.TypeFor[inventory.Date]():         {what: "A day.", pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, examples: []string{"2009-11-02"}},
	reflect.TypeFor[inventory.Level]():        {what: "How much is used: a share of what the machine has, cycles of CPU, or memory.", units: append(append([]string{"%"}, clockUnits...), sizeUnits...), examples: []string{"10 %", "2.4 GHz", "3.1 GiB"}},
	reflect.TypeFor[plan.Measure]():           {what: "Which figure of a series counts as demand.", pattern: "^(mean|max|allocated|p[1-9][0-9]?)$", examples: []string{"p95"}},
	reflect.TypeFor[inventory.Rate]():         {what: "Data over time.", units: []string{"[MG]B/s", "[MG]o/s", "[MG]bit/s", "[MG]b/s", "Mi[Bo]/s"}, examples: []string{"30 MB/s"}},
	reflect.TypeFor[inventory.Duration]():     {what: "A stretch of time.", units: []string{"min", "minutes?", "mn", "h", "hours?", "heures?", "days?", "d", "j", "jours?"}, examples: []string{"8 h", "30 min", "7 days"}},
	reflect.TypeFor[plan.ClockTime]():         {what: "A time of the day.", pattern: "^[0-9]{1,2}:[0-9]{2}$", examples: []string{"20:00"}},
	reflect.TypeFor[plan.DayRange]():          {what: "A day, or the first and the last of a stretch of days.", pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}(\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$`, examples: []string{"2010-03-14", "2009-12-15..2010-01-05"}},
	reflect.TypeFor[inventory.PowerPoint]():   {what: "A point of a power curve: load and power.", list: []any{share.schema(), power.schema()}},
}
