package tui

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/planner/plan"
)

// rulesView lists the rules in force, and what each costs.
type rulesView struct {
	grid   grid
	detail pane
}

func newRules() *rulesView { return &rulesView{} }

func (t *rulesView) table() *grid { return &t.grid }

func (t *rulesView) load(f frame) {
	rules, l := f.view.plan.Rules, f.language
	one := func(i int) *plan.RuleResult { return &rules[i] }
	w := f.words.RuleColumns
	t.grid.fill(len(rules), []column{
		{title: w[0], width: 20, grows: true, keep: keepAlways, text: func(i int) string { return one(i).Rule }},
		{title: w[1], width: 8, right: true, keep: 5, text: func(i int) string { return l.Count(one(i).Workloads) },
			compare: func(a, b int) int { return cmp.Compare(one(a).Workloads, one(b).Workloads) }},
		{title: w[2], width: 14, keep: 7, text: func(i int) string { return ruleState(f, one(i)) }},
		{title: w[3], width: 16, right: true, keep: 6, text: func(i int) string { return ruleCost(f, one(i)) }},
		{title: f.words.KWh, width: 12, right: true, keep: 3, text: func(i int) string { return priced(f, one(i), func(x plan.Price) float64 { return x.Energy }) }},
		{title: f.words.Kg, width: 12, right: true, keep: 2, text: func(i int) string { return priced(f, one(i), func(x plan.Price) float64 { return x.CO2e }) }},
		{title: f.words.EUR, width: 12, right: true, keep: 4, text: func(i int) string { return priced(f, one(i), func(x plan.Price) float64 { return x.Cost }) }},
	})
}

func ruleState(f frame, r *plan.RuleResult) string {
	switch {
	case r.Broken:
		return "✘ " + f.words.RuleBroken
	case r.Soft:
		return "○ " + f.words.RuleSoft
	}
	return "● " + f.words.RuleKept
}

// ruleCost is how many hosts fewer would be enough without a rule.
func ruleCost(f frame, r *plan.RuleResult) string {
	if x := priceOf(f.view.plan, r.Rule); x != nil && x.Failed == "" {
		return f.language.Count(-x.Hosts)
	}
	if r.CostsHosts == nil {
		return f.words.NotComputed
	}
	return f.language.Count(*r.CostsHosts)
}

// priceOf is the price of a rule or a setting, nil where nobody computed it.
func priceOf(p *plan.Plan, subject string) *plan.Price {
	for i := range p.Prices {
		if p.Prices[i].Subject == subject {
			return &p.Prices[i]
		}
	}
	return nil
}

// priced is what a rule costs of one thing a year, empty where it is not known.
func priced(f frame, r *plan.RuleResult, of func(plan.Price) float64) string {
	x := priceOf(f.view.plan, r.Rule)
	if x == nil || x.Failed != "" {
		return ""
	}
	return f.language.Number(-of(*x), 0)
}

// settingLines list what settings of the policy cost, where that was computed.
func settingLines(f frame) []string {
	ofRules := map[string]bool{}
	for _, r := range f.view.plan.Rules {
		ofRules[r.Rule] = true
	}
	var lines []string
	for _, x := range f.view.plan.Prices {
		if ofRules[x.Subject] {
			continue
		}
		text := clean(x.Subject) + ", " + f.language.Say(clean(x.Change)) + ": "
		if x.Failed != "" {
			lines = append(lines, " "+text+f.language.Say(clean(x.Failed)))
			continue
		}
		lines = append(lines, " "+text+fmt.Sprintf(f.words.PriceLine, f.signed(float64(x.Hosts)), f.signed(x.Energy), f.signed(x.CO2e), f.signed(x.Cost)))
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{"", " " + f.look.title.Render(f.words.SettingPrices)}, lines...)
}

// signed writes a difference with its sign.
func (f frame) signed(v float64) string {
	if v > 0 {
		return "+" + f.language.Number(v, 0)
	}
	return f.language.Number(v, 0)
}

func (t *rulesView) key(k string, f frame) tea.Cmd {
	if t.detail.key(k) || t.grid.key(k) {
		return nil
	}
	if k == "p" {
		return func() tea.Msg { return askPrices{} }
	}
	if i := t.grid.row(); k == "x" && i >= 0 {
		return tryWithout(f.view.plan.Rules[i].Rule, f)
	}
	return nil
}

func (t *rulesView) hints(f frame) []hint {
	return []hint{{"enter", f.words.KeyDetails}, {"x", f.words.KeyWithout}, {"p", f.words.KeyPrices}}
}

func (t *rulesView) body(f frame) []string {
	settings := settingLines(f)
	inner := f
	inner.height = max(8, f.height-len(settings))
	lines := t.detail.beside(inner, &t.grid, ruleDetails)
	for len(settings) > 0 && !f.plain && len(lines) < inner.height {
		lines = append(lines, "")
	}
	return append(lines, settings...)
}

func ruleDetails(f frame, row int) []string {
	r := &f.view.plan.Rules[row]
	lines := []string{f.look.title.Render(clean(r.Rule)) + "  " + ruleState(f, r), "",
		fmt.Sprintf(f.words.RuleApplies, f.language.Count(r.Workloads)), fmt.Sprintf(f.words.RuleCosts, ruleCost(f, r))}
	for _, x := range f.view.rules {
		if x.Name != r.Rule {
			continue
		}
		line := string(x.Kind()) + ": " + strings.Join(x.Workloads(), ", ")
		if most := max(x.AtMost, x.HostsAtMost); most > 0 {
			line += " ≤ " + f.language.Count(most)
		}
		lines = append(lines, clean(line))
		if len(x.Hosts) > 0 {
			lines = append(lines, clean("hosts: "+strings.Join(x.Hosts, ", ")))
		}
		if x.Reason != "" {
			lines = append(lines, clean(x.Reason))
		}
	}
	return lines
}
