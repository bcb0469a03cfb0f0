package tui

import (
	"fmt"
	"math"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/carbon"
	"sobre/planner/plan"
)

// carbonView is the emissions before and after, when manufacture is paid back,
// which assumption matters most, and where each figure comes from.
type carbonView struct{ scroll scroller }

func (c *carbonView) key(k string, f frame) tea.Cmd {
	c.scroll.key(k, f.height)
	return nil
}

func (c *carbonView) hints(f frame) []hint { return []hint{{"↑↓", f.words.KeyScroll}} }

func (c *carbonView) body(f frame) []string {
	p := f.view.plan
	s := f.massScale(p.Before.CO2e)
	lines := f.twoBars(f.words.Use, s, p.Before.CO2e, p.After.CO2e)
	lines = append(lines, f.under(f.saves(p.Saving.CO2e, s)))
	made := f.massScale(p.After.Embodied)
	if p.After.Embodied.Best > 0 {
		lines = append(lines, f.barLine(f.words.Manufacture, f.words.Once, f.show(p.After.Embodied.Best, made),
			fmt.Sprintf("%s  (%s … %s) · %s", once(made.unit), f.show(p.After.Embodied.Low, made), f.show(p.After.Embodied.High, made), f.payback(p))))
	}
	horizon := p.Policy.Carbon.Horizon.Years()
	net := f.massScale(p.Saving.NetCO2e)
	lines = append(lines, f.barLine(f.words.Net, fmt.Sprintf(f.words.YearsShort, f.language.Number(horizon, 0)), f.show(p.Saving.NetCO2e.Best, net),
		fmt.Sprintf("%s  (%s … %s)", once(net.unit), f.show(p.Saving.NetCO2e.Low, net), f.show(p.Saving.NetCO2e.High, net))))
	if !p.Saving.Worth {
		lines = append(lines, f.under(f.look.bad.Render(f.words.RiskEmits)))
	}
	lines = append(lines, payoff(f, p)...)
	lines = append(lines, tornado(f, p)...)
	lines = append(lines, byService(f, p)...)
	lines = append(lines, otherReadings(f, p)...)
	lines = append(lines, "", " "+f.look.title.Render(fmt.Sprintf(f.words.Assumptions, f.language.Count(len(p.Assumptions)))))
	for _, a := range p.Assumptions {
		lines = append(lines, assumption(f, a)...)
	}
	if f.plain {
		return lines
	}
	return c.scroll.cut(lines, f.height)
}

// tornado shows which assumption moves the yearly saving most.
func tornado(f frame, p *plan.Plan) []string {
	const most = 8
	if len(p.Tornado) == 0 {
		return nil
	}
	low, high := math.Inf(1), math.Inf(-1)
	swings := p.Tornado[:min(most, len(p.Tornado))]
	for _, s := range swings {
		low, high = min(low, s.Low, s.High), max(high, s.Low, s.High)
	}
	s := f.massScale(carbon.Exactly(max(math.Abs(low), math.Abs(high))))
	lines := []string{"", " " + f.look.title.Render(f.words.Tornado) + f.look.faint.Render(" · "+s.unit)}
	const label = 34
	width := f.width - label - 20
	for _, x := range swings {
		from, to := min(x.Low, x.High), max(x.Low, x.High)
		drawn := ""
		if high > low && width > 0 && !f.plain {
			a := min(width-1, int(share(from-low, high-low)*float64(width)))
			b := max(a+1, int(share(to-low, high-low)*float64(width)+0.5))
			drawn = fit(strings.Repeat(" ", a)+strings.Repeat("█", b-a), width)
		}
		lines = append(lines, " "+fit(f.language.Say(clean(x.What)), label)+fitRight(f.show(from, s), 7)+" "+f.look.plan.Render(drawn)+" "+f.show(to, s))
	}
	return lines
}

// assumption is one figure with its range and source.
func assumption(f frame, a carbon.Assumption) []string {
	value := f.language.Figures(a.Value, 3) + " " + f.language.Say(clean(a.Unit))
	if a.Low != a.High {
		value += fmt.Sprintf("  (%s … %s)", f.language.Figures(a.Low, 3), f.language.Figures(a.High, 3))
	}
	if a.Rung != "" {
		value += " · " + f.language.Say(string(a.Rung))
	}
	lines := []string{""}
	for _, l := range wrap(f.language.Say(clean(a.What)), f.width-3) {
		lines = append(lines, "  "+l)
	}
	lines = append(lines, "  "+f.look.plan.Render(value))
	for _, l := range wrap(f.language.Say(clean(a.Source)), f.width-3) {
		lines = append(lines, "  "+f.look.faint.Render(l))
	}
	return lines
}
