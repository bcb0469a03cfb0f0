package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/inventory"
	"sobre/planner/plan"
)

// overview answers what the plan comes to, with the doubt beside it.
type overview struct{ scroll scroller }

func (o *overview) key(k string, f frame) tea.Cmd {
	if k == "y" {
		return func() tea.Msg { return askFewer{} }
	}
	o.scroll.key(k, f.height)
	return nil
}

func (o *overview) hints(f frame) []hint { return []hint{{"y", f.words.KeyFewer}} }

func (o *overview) body(f frame) []string {
	p := f.view.plan
	lines := hostLines(f, p)
	lines = append(lines, fewerLines(f)...)
	lines = append(lines, "")
	s := f.energyScale(p.Before.Energy)
	lines = append(lines, f.twoBars(f.words.Electricity, s, p.Before.Energy, p.After.Energy)...)
	lines = append(lines, f.under(f.saves(p.Saving.Energy, s)), "")
	s = f.massScale(p.Before.CO2e)
	lines = append(lines, f.twoBars(f.words.Carbon, s, p.Before.CO2e, p.After.CO2e)...)
	lines = append(lines, f.under(f.saves(p.Saving.CO2e, s)))
	if p.After.Embodied.Best > 0 {
		made := f.massScale(p.After.Embodied)
		lines = append(lines, f.under(fmt.Sprintf(f.words.ToMake, f.show(p.After.Embodied.Best, made), once(made.unit))+" · "+f.payback(p)))
	}
	s = f.moneyScale(p.Before.Cost)
	money := fmt.Sprintf(f.words.MoneyLine, f.show(p.Before.Cost.Best, s), f.show(p.After.Cost.Best, s), s.unit, f.saves(p.Saving.Cost, scale{"", s.by}))
	lines = append(lines, "", " "+f.look.strong.Render(fit(f.words.Money, labelWidth))+strings.Join(strings.Fields(money), " "))
	if len(p.Waves) > 0 {
		lines = append(lines, " "+f.look.strong.Render(fit(f.words.Moves, labelWidth))+wavesSummary(f, p))
	}
	lines = append(lines, riskLines(f, p)...)
	unchecked := listed(f, f.words.NotChecked, f.say(p.Unchecked))
	if f.plain {
		return append(append(lines, ""), unchecked...)
	}
	lines = squeeze(append(lines, ""), f.height-min(len(unchecked), 1))
	if room := f.height - len(lines); room > 0 && len(unchecked) > room {
		unchecked = append(unchecked[:room-1], fit(unchecked[room-1], f.width-4)+" …")
	}
	return o.scroll.cut(append(lines, unchecked...), f.height)
}

// squeeze takes out empty lines, the last ones first, until the rest fits.
func squeeze(lines []string, height int) []string {
	for i := len(lines) - 1; i >= 0 && len(lines) > height; i-- {
		if lines[i] == "" {
			lines = slices.Delete(lines, i, i+1)
		}
	}
	return lines
}

// once takes "a year" off a unit.
func once(unit string) string {
	unit, _, _ = strings.Cut(unit, "/")
	return unit
}

// say translates sentences of the plan.
func (f frame) say(english []string) []string {
	list := make([]string, len(english))
	for i, s := range english {
		list[i] = f.language.Say(clean(s))
	}
	return list
}

// listed is a heading with a list behind it, wrapped.
func listed(f frame, label string, list []string) []string {
	if len(list) == 0 {
		return nil
	}
	var lines []string
	for i, l := range wrap(strings.Join(list, " · "), f.width-labelWidth-2) {
		if i > 0 {
			label = ""
		}
		lines = append(lines, " "+f.look.strong.Render(fit(label, labelWidth))+f.look.faint.Render(l))
	}
	return lines
}

func hostLines(f frame, p *plan.Plan) []string {
	full := float64(max(p.Before.Hosts, p.After.Hosts, 1))
	width := f.width - barMargin
	draw := func(n int) string {
		if f.plain {
			return ""
		}
		return bar(float64(n), full, width)
	}
	bound := ""
	if at := int(share(float64(p.Bound.Hosts), full)*float64(width) + 0.5); !f.plain {
		bound = strings.Repeat(" ", max(0, min(at-1, width-1))) + "┆"
	}
	lines := []string{
		f.barLine(f.words.Hosts, f.words.Today, f.language.Count(p.Before.Hosts), f.look.before.Render(draw(p.Before.Hosts))),
		f.barLine("", f.words.Plan, f.language.Count(p.After.Hosts), f.look.plan.Render(draw(p.After.Hosts))),
		f.barLine("", f.words.Bound, f.language.Count(p.Bound.Hosts), f.look.good.Render(bound)),
	}
	return append(lines, f.under(f.look.faint.Render(strings.Join(append([]string{boundText(f, p)}, stateCounts(f, p)...), " · "))))
}

// boundText says what forces the number of hosts.
func boundText(f frame, p *plan.Plan) string {
	binding := f.language.Screen.Binding[p.Bound.Binding]
	if binding == "" {
		binding = clean(p.Bound.Binding)
	}
	if p.Bound.Gap > 0 && len(p.Objective) > 0 && p.Objective[0] != plan.Hosts {
		return fmt.Sprintf(f.words.FirstAim, f.language.Screen.Aims[string(p.Objective[0])])
	}
	if p.Failover != nil && p.Failover.Hosts > 0 {
		binding += ", " + f.language.Screen.WithFailures.Of(f.language, p.Failover.Hosts)
	}
	return binding
}

func stateCounts(f frame, p *plan.Plan) []string {
	retired, bought, spare := 0, 0, 0
	for _, h := range p.Hosts {
		if h.Spare {
			spare++
		}
		switch h.State {
		case plan.Retire:
			retired++
		case plan.Buy:
			bought++
		}
	}
	var parts []string
	if retired > 0 {
		parts = append(parts, f.language.Screen.Retired.Of(f.language, retired))
	}
	if bought > 0 {
		parts = append(parts, f.language.Screen.Bought.Of(f.language, bought))
	}
	if spare > 0 {
		parts = append(parts, fmt.Sprintf(f.words.SpareCount, f.language.Count(spare)))
	}
	return parts
}

// riskLines are the three greatest doubts about the plan.
func riskLines(f frame, p *plan.Plan) []string {
	risks := risksOf(f, p)
	lines := []string{""}
	if len(risks) == 0 {
		return append(lines, " "+f.look.strong.Render(fit(f.words.Risks, labelWidth))+f.words.NoRisks)
	}
	for i, r := range risks[:min(3, len(risks))] {
		label := ""
		if i == 0 {
			label = f.words.Risks
		}
		lines = append(lines, fmt.Sprintf(" %s%s  %s", f.look.strong.Render(fit(label, labelWidth)), f.look.warn.Render(fmt.Sprint(i+1)), r))
	}
	return lines
}

// risksOf derives the risks of a plan from what it says itself, greatest first.
func risksOf(f frame, p *plan.Plan) []string {
	var risks []string
	w := f.words
	count := func(words string, n int) {
		if n > 0 {
			risks = append(risks, fmt.Sprintf(words, f.language.Count(n)))
		}
	}
	count(w.RiskUnplaced, len(p.Unplaced))
	if !p.Saving.Worth && p.Saving.Hosts > 0 {
		risks = append(risks, w.RiskEmits)
	}
	down, pinned := 0, 0
	if p.Failover != nil {
		for _, l := range p.Failover.Lost {
			if l.Reason == "pinned" {
				pinned++
			} else {
				down++
			}
		}
	}
	count(w.RiskDown, down)
	if p.Failover == nil || p.Failover.Hosts == 0 {
		risks = append(risks, w.RiskNoFailover)
	}
	broken := 0
	for _, r := range p.Rules {
		if r.Broken {
			broken++
		}
	}
	count(w.RiskRules, broken)
	for _, u := range p.Unchecked {
		if strings.Contains(u, "without measure") {
			risks = append(risks, fmt.Sprintf(w.RiskAssumed, f.language.Say(clean(u))))
		}
	}
	if p.Bound.Gap > 0 && len(p.Objective) > 0 && p.Objective[0] == plan.Hosts {
		count(w.RiskGap, p.Bound.Gap)
	}
	count(w.RiskAlone, alone(p))
	count(w.RiskPinned, pinned)
	count(w.RiskData, dataErrors(p))
	if h := fullest(p); h != nil {
		risks = append(risks, fmt.Sprintf(w.RiskFull, clean(h.ID), f.percent(memoryLoad(h))))
	}
	return risks
}

// alone counts the hosts that go on, hold something, and whose failure was not
// replayed: nothing takes over from them, as today.
func alone(p *plan.Plan) int {
	if p.Failover == nil || p.Failover.Hosts == 0 {
		return 0
	}
	n := 0
	for i := range p.Hosts {
		if h := &p.Hosts[i]; h.State != plan.Retire && h.Workloads > 0 && len(p.Failover.Restarts[h.ID]) == 0 {
			n++
		}
	}
	return n
}

func dataErrors(p *plan.Plan) int {
	n := 0
	for _, x := range p.Findings {
		if x.Severity == inventory.Error {
			n++
		}
	}
	return n
}

// fullest is the host whose memory the plan fills most; nil when none holds any.
func fullest(p *plan.Plan) *plan.Host {
	if len(p.Hosts) == 0 {
		return nil
	}
	at := 0
	for i := range p.Hosts {
		if memoryLoad(&p.Hosts[i]) > memoryLoad(&p.Hosts[at]) {
			at = i
		}
	}
	if memoryLoad(&p.Hosts[at]) <= 0 {
		return nil
	}
	return &p.Hosts[at]
}
