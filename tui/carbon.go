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
	lines = append(lines, money(f, p)...)
	lines = append(lines, tornado(f, p)...)
	lines = append(lines, "", " "+f.look.title.Render(fmt.Sprintf(f.words.Assumptions, f.language.Count(len(p.Assumptions)))))
	for _, a := range p.Assumptions {
		lines = append(lines, assumption(f, a)...)
	}
	if f.plain {
		return lines
	}
	return c.scroll.cut(lines, f.height)
}

// payoff draws what is saved in sum, year by year, against what was emitted to
// make what is bought.
func payoff(f frame, p *plan.Plan) []string {
	horizon := p.Policy.Carbon.Horizon.Years()
	spent := p.After.Embodied.Best
	if spent <= 0 || horizon <= 0 || p.Saving.CO2e.Best <= 0 {
		return nil
	}
	lines := []string{"", " " + f.look.title.Render(f.words.Payoff)}
	full := max(horizon*p.Saving.CO2e.Best, spent)
	width := f.width - barMargin
	s := f.massScale(p.After.Embodied)
	mark := int(share(spent, full)*float64(width) + 0.5)
	for year := 1.0; year <= math.Ceil(horizon) && year <= 50; year++ {
		saved := min(year, horizon) * p.Saving.CO2e.Best
		drawn, sign := "", "  "
		if saved >= spent {
			sign = "✔ "
		}
		if !f.plain {
			drawn = fit(bar(saved, full, width), width)
			drawn = f.look.plan.Render(cutCells(drawn, 0, mark-1)) + f.look.warn.Render("┃") + f.look.plan.Render(cutCells(drawn, mark, width))
		}
		lines = append(lines, f.barLine("", fmt.Sprintf(f.words.Year, f.language.Number(year, 0)), f.show(saved, s), sign+drawn))
	}
	return append(lines, f.under(f.look.faint.Render(fmt.Sprintf(f.words.PayoffLegend, f.show(spent, s), once(s.unit)))))
}

// money shows the bill of electricity before and after, and what is bought.
func money(f frame, p *plan.Plan) []string {
	s := f.moneyScale(p.Before.Cost)
	lines := append([]string{""}, f.twoBars(f.words.Money, s, p.Before.Cost, p.After.Cost)...)
	lines = append(lines, f.under(f.saves(p.Saving.Cost, s)))
	if p.After.Purchase.Best <= 0 {
		return lines
	}
	b := f.moneyScale(p.After.Purchase)
	back := f.words.NeverPaid
	if r := p.Saving.CostPayback; r != nil {
		back = f.paybackIn(*r)
	}
	return append(lines, f.barLine(f.words.Purchase, f.words.Once, f.show(p.After.Purchase.Best, b), once(b.unit)+" · "+back))
}

// cutCells cuts a text of single cells.
func cutCells(s string, from, to int) string {
	r := []rune(s)
	from, to = max(0, min(from, len(r))), max(0, min(to, len(r)))
	if from >= to {
		return ""
	}
	return string(r[from:to])
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
