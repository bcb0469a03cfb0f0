package tui

import (
	"cmp"
	"fmt"
	"slices"

	"sobre/carbon"
	"sobre/planner/plan"
)

// byService shows which services the footprint is for, the largest first: how
// much each takes today and in the plan.
func byService(f frame, p *plan.Plan) []string {
	const most = 8
	if len(p.Services) < 2 {
		return nil
	}
	list := slices.Clone(p.Services)
	slices.SortStableFunc(list, func(a, b plan.Service) int { return cmp.Compare(b.Before.CO2e.Best, a.Before.CO2e.Best) })
	s := f.massScale(carbon.Exactly(list[0].Before.CO2e.Best))
	full := max(list[0].Before.CO2e.Best, 1e-9)
	const label, figure = 28, 9
	width := f.width - label - 2*figure - 3
	lines := []string{"", " " + f.look.title.Render(f.words.ByService) + f.look.faint.Render(" · "+s.unit),
		" " + fit("", label) + f.look.faint.Render(fitRight(f.words.Today, figure)+fitRight(f.words.Plan, figure))}
	for _, x := range list[:min(most, len(list))] {
		name := clean(x.Name)
		if name == "" {
			name = f.words.NoService
		}
		line := " " + fit(name, label) + fitRight(f.show(x.Before.CO2e.Best, s), figure) + fitRight(f.show(x.After.CO2e.Best, s), figure)
		if !f.plain && width > 4 {
			line += " " + f.look.before.Render(bar(x.Before.CO2e.Best, full, width))
		}
		lines = append(lines, line)
	}
	if rest := len(list) - most; rest > 0 {
		lines = append(lines, " "+f.look.faint.Render(fmt.Sprintf(f.words.Others, f.language.Count(rest))))
	}
	return lines
}

// otherReadings is what the yearly saving would be if one thing were read in
// another way: for judgement, not for a report.
func otherReadings(f frame, p *plan.Plan) []string {
	if len(p.Sensitivities) == 0 {
		return nil
	}
	s := f.massScale(carbon.Exactly(p.Before.CO2e.Best))
	lines := []string{"", " " + f.look.title.Render(f.words.Readings) + f.look.faint.Render(" · "+s.unit+", "+fmt.Sprintf(f.words.AgainstNow, f.show(p.Sensitivities[0].Against, s)))}
	const figure = 8
	for _, x := range p.Sensitivities {
		style := f.look.good
		if x.Saving < 0 {
			style = f.look.bad
		}
		text := wrap(f.language.Say(clean(x.What)), f.width-figure-4)
		lines = append(lines, style.Render(fitRight(f.show(x.Saving, s), figure))+"  "+text[0])
		for _, more := range text[1:] {
			lines = append(lines, fit("", figure)+"  "+more)
		}
	}
	return lines
}
