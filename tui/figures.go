package tui

import (
	"fmt"
	"strings"

	"sobre/carbon"
	"sobre/planner/plan"
)

// scale is how a figure is shown: divided, with the unit that goes with it.
type scale struct {
	unit string
	by   float64
}

func (f frame) energyScale(of carbon.Range) scale {
	if of.Best < 10_000 {
		return scale{f.words.KWh, 1}
	}
	return scale{f.words.MWh, 1000}
}

func (f frame) massScale(of carbon.Range) scale {
	if of.Best < 1000 {
		return scale{f.words.Kg, 1}
	}
	return scale{f.words.Tonnes, 1000}
}

func (f frame) moneyScale(of carbon.Range) scale {
	if of.Best < 10_000 {
		return scale{f.words.EUR, 1}
	}
	return scale{f.words.KEUR, 1000}
}

// show writes a figure to the digits that its doubt leaves.
func (f frame) show(v float64, s scale) string { return f.language.Figures(v/s.by, 2) }

// saves says what is saved, or how much more it costs.
func (f frame) saves(r carbon.Range, s scale) string {
	switch {
	case r.Best > 0:
		return fmt.Sprintf(f.words.Saves, f.show(r.Best, s), s.unit, f.show(r.Low, s), f.show(r.High, s))
	case r.Best < 0:
		return fmt.Sprintf(f.words.Costs, f.show(-r.Best, s), s.unit, f.show(-r.High, s), f.show(-r.Low, s))
	}
	return f.words.NoDifference
}

// Columns of a figure beside its bar.
const (
	labelWidth = 13
	whenWidth  = 7
	valueWidth = 7
	barMargin  = labelWidth + whenWidth + valueWidth + 4
)

// barLine is a label, when, a figure and its bar.
func (f frame) barLine(label, when, value, drawn string) string {
	return " " + f.look.strong.Render(fit(label, labelWidth)) + fit(when, whenWidth) + fitRight(value, valueWidth) + " " + drawn
}

// twoBars shows a figure today and in the plan, with its doubt, on one scale.
func (f frame) twoBars(label string, s scale, before, after carbon.Range) []string {
	full := max(before.High, after.High, 1e-9)
	width := f.width - barMargin
	draw := func(r carbon.Range) string {
		if f.plain {
			return fmt.Sprintf("(%s … %s)", f.show(r.Low, s), f.show(r.High, s))
		}
		return doubtBar(r.Low, r.Best, r.High, full, width)
	}
	return []string{
		f.barLine(label, f.words.Today, f.show(before.Best, s), f.look.before.Render(draw(before))),
		f.barLine(s.unit, f.words.Plan, f.show(after.Best, s), f.look.plan.Render(draw(after))),
	}
}

// under continues a figure below its bars.
func (f frame) under(text string) string {
	return strings.Repeat(" ", labelWidth+1) + text
}

// payback says when the manufacture of what is bought is paid back.
func (f frame) payback(p *plan.Plan) string {
	if p.Saving.CarbonPayback == nil {
		return f.words.NeverPaid
	}
	return f.paybackIn(*p.Saving.CarbonPayback)
}

// paybackIn says a time of payback, in months where it is short.
func (f frame) paybackIn(years carbon.Range) string {
	unit, by := f.words.Years, 1.0
	if years.Best < 1.5 {
		unit, by = f.words.Months, 12
	}
	show := func(v float64) string { return f.language.Figures(v*by, 2) }
	return fmt.Sprintf(f.words.PaidBack, fmt.Sprintf(unit, show(years.Best)), show(years.Low), show(years.High))
}

func (f frame) percent(v float64) string {
	if v <= 0 {
		return ""
	}
	return f.language.Number(v*100, 0)
}
