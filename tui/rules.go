package tui

import (
	"cmp"
	"fmt"

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

func ruleCost(f frame, r *plan.RuleResult) string {
	if r.CostsHosts == nil {
		return f.words.NotComputed
	}
	return f.language.Count(*r.CostsHosts)
}

func (t *rulesView) key(k string, f frame) tea.Cmd {
	if t.detail.key(k) || t.grid.key(k) {
		return nil
	}
	if i := t.grid.row(); k == "x" && i >= 0 {
		return tryWithout(f.view.plan.Rules[i].Rule, f)
	}
	return nil
}

func (t *rulesView) hints(f frame) []hint {
	return []hint{{"enter", f.words.KeyDetails}, {"x", f.words.KeyWithout}}
}

func (t *rulesView) body(f frame) []string {
	return t.detail.beside(f, &t.grid, ruleDetails)
}

func ruleDetails(f frame, row int) []string {
	r := &f.view.plan.Rules[row]
	lines := []string{f.look.title.Render(clean(r.Rule)) + "  " + ruleState(f, r), "",
		fmt.Sprintf(f.words.RuleApplies, f.language.Count(r.Workloads)), fmt.Sprintf(f.words.RuleCosts, ruleCost(f, r))}
	for _, x := range f.view.rules {
		if x.Name != r.Rule {
			continue
		}
		for _, part := range []struct {
			word  string
			names []string
		}{{"apart", x.Apart}, {"together", x.Together}, {"only", x.Only}, {"never", x.Never}, {"stay", x.Stay}, {"hosts", x.Hosts}} {
			if len(part.names) > 0 {
				lines = append(lines, fmt.Sprintf("%s: %s", part.word, clean(fmt.Sprint(part.names))))
			}
		}
		if x.Reason != "" {
			lines = append(lines, clean(x.Reason))
		}
	}
	return lines
}
