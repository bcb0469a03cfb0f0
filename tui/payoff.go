package tui

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"sobre/planner/plan"
)

// payoff draws, month by month, what is saved in sum less what was emitted to
// make what is bought: below zero until it is paid back.
func payoff(f frame, p *plan.Plan) []string {
	horizon := p.Policy.Carbon.Horizon.Years()
	spent := p.After.Embodied.Best
	if spent <= 0 || horizon <= 0 || p.Saving.CO2e.Best <= 0 {
		return nil
	}
	net := netByMonth(p, int(math.Ceil(min(horizon, 50)*12)))
	lines := []string{"", " " + f.look.title.Render(f.words.Payoff) + f.look.faint.Render(" · "+once(f.massScale(p.After.Embodied).unit)) + "   " + paidIn(f, net)}
	if f.plain {
		return append(lines, payoffYears(f, p, net)...)
	}
	return append(lines, payoffChart(f, p, net)...)
}

// netByMonth is what is saved since the start less spent, at the end of each
// month; the first value is the start. Where waves have dates, savings begin
// as their hosts go off.
func netByMonth(p *plan.Plan, months int) []float64 {
	rates := make([]float64, months)
	for m := range rates {
		rates[m] = p.Saving.CO2e.Best / 12
	}
	if start := firstDay(p); !start.IsZero() {
		rates = ratesOfWaves(p, start, rates)
	}
	net := []float64{-p.After.Embodied.Best}
	for _, r := range rates {
		net = append(net, net[len(net)-1]+r)
	}
	return net
}

// firstDay is the day of the first wave, where all waves have one.
func firstDay(p *plan.Plan) time.Time {
	var first time.Time
	for i := range p.Waves {
		w := &p.Waves[i]
		if !w.PowerOff.Known() || w.Saved == nil {
			return time.Time{}
		}
		if first.IsZero() {
			first = w.PowerOff.Time()
		}
	}
	return first
}

// ratesOfWaves lets each month save what the waves done by its start save.
func ratesOfWaves(p *plan.Plan, start time.Time, rates []float64) []float64 {
	for m := range rates {
		day := start.AddDate(0, m, 0)
		rates[m] = 0
		for i := range p.Waves {
			if !p.Waves[i].PowerOff.Time().After(day) {
				rates[m] = p.Waves[i].Saved.CO2e / 12
			}
		}
	}
	return rates
}

// paidIn says in which month the sum turns positive.
func paidIn(f frame, net []float64) string {
	m := slices.IndexFunc(net, func(v float64) bool { return v >= 0 })
	if m < 0 {
		return f.look.bad.Render("✘ " + fmt.Sprintf(f.words.NotPaidBy, f.language.Number(float64(len(net)-1)/12, 0)))
	}
	return f.look.good.Render("✔ " + fmt.Sprintf(f.words.PaidInMonth, f.language.Count(m)))
}

// payoffYears are the sums at the end of each year, for lines that are read out.
func payoffYears(f frame, p *plan.Plan, net []float64) []string {
	s := f.massScale(p.After.Embodied)
	var lines []string
	for m := 12; m < len(net); m += 12 {
		lines = append(lines, f.barLine("", fmt.Sprintf(f.words.Year, f.language.Count(m/12)), f.show(net[m], s), ""))
	}
	return lines
}

// payoffRows is how tall the chart is.
const payoffRows = 7

// payoffChart draws the sums as columns around a line at zero.
func payoffChart(f frame, p *plan.Plan, net []float64) []string {
	const label = 9
	width := max(10, f.width-label-3)
	low, high := net[0], max(net[len(net)-1], 0)
	below := max(1, min(payoffRows-1, int(math.Round(payoffRows*share(-low, high-low)))))
	if high <= 0 {
		below = payoffRows
	}
	above := payoffRows - below
	at := func(x int) float64 { return net[x*(len(net)-1)/max(1, width-1)] }
	s := f.massScale(p.After.Embodied)
	var lines []string
	for row := range payoffRows {
		var b strings.Builder
		for x := range width {
			b.WriteString(payoffCell(at(x), row, above, below, low, high))
		}
		name, style := "", f.look.good
		switch row {
		case 0:
			name = f.show(high, s)
		case payoffRows - 1:
			name = f.show(low, s)
		case above:
			name = "0"
		}
		if row >= above {
			style = f.look.warn
		}
		lines = append(lines, " "+fitRight(name, label)+" ┤"+style.Render(b.String()))
	}
	return append(lines, strings.Repeat(" ", label+3)+f.look.faint.Render(yearAxis(f, len(net)-1, width)))
}

// payoffCell is one cell of the chart: above zero filled from below, under it
// shaded down to the value.
func payoffCell(v float64, row, above, below int, low, high float64) string {
	if row < above {
		filled := share(v, high)*float64(above) - float64(above-1-row)
		if filled <= 0 {
			return " "
		}
		return levels[max(1, int(min(filled, 1)*8+0.5))]
	}
	if depth := share(v, low) * float64(below); v < 0 && depth > float64(row-above) {
		return "░"
	}
	return " "
}

// yearAxis names the years below the chart.
func yearAxis(f frame, months, width int) string {
	axis := []rune(strings.Repeat(" ", width))
	for m := 12; m <= months; m += 12 {
		name := []rune(fmt.Sprintf(f.words.Year, f.language.Count(m/12)))
		end := m * (width - 1) / months
		if start := end - len(name) + 1; start >= 0 && (start == 0 || axis[start-1] == ' ') {
			copy(axis[start:], name)
		}
	}
	return string(axis)
}
