package tui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
)

// whatIf changes the policy and shows what becomes of the plan.
type whatIf struct {
	policy plan.Policy // as changed; the plan of the screens follows it
	params []param
	cursor int
	top    int
}

// tryPolicy asks the root to plan again with another input.
type tryPolicy struct {
	change func(planner.Input) planner.Input
	afresh bool // from the input as it was opened
}

// tryRule asks for a plan with one more rule.
func tryRule(r inventory.Rule, f frame) tea.Cmd {
	return func() tea.Msg {
		return tryPolicy{change: func(in planner.Input) planner.Input {
			in.Policy = f.view.plan.Policy
			in.Policy.Rules = append(slices.Clone(in.Policy.Rules), r)
			return in
		}}
	}
}

// tryWithout asks for a plan without the rule of a name.
func tryWithout(name string, f frame) tea.Cmd {
	without := func(rules []inventory.Rule) []inventory.Rule {
		rules = slices.Clone(rules)
		for i := range rules {
			rules[i].Disabled = rules[i].Disabled || rules[i].Name == name
		}
		return rules
	}
	return func() tea.Msg {
		return tryPolicy{change: func(in planner.Input) planner.Input {
			estate := *in.Estate
			estate.Rules = without(estate.Rules)
			in.Estate = &estate
			in.Policy = f.view.plan.Policy
			in.Policy.Rules = without(in.Policy.Rules)
			return in
		}}
	}
}

// try plans again in the background.
func (m *model) try(t tryPolicy) tea.Cmd {
	if m.study == nil || m.study.Input.Estate == nil {
		m.note = m.config.Language.TUI.NotTriable
		if m.work != nil {
			m.note = m.config.Language.TUI.StillReading
		}
		return nil
	}
	in := m.study.Input
	if t.afresh {
		in = m.study.opened
	}
	in = t.change(in)
	// The plan shall not claim to be made with a policy file that says otherwise.
	in.Files = slices.DeleteFunc(slices.Clone(in.Files), func(f plan.Input) bool { return f.Role == "policy" })
	m.at = whatIfScreen
	return m.start(func(n int) func(context.Context, func(tea.Msg)) tea.Msg {
		return settled(solveJob(in, m.config.Options, n))
	})
}

func (t *whatIf) load(f frame) {
	t.policy = f.view.plan.Policy.WithDefaults()
	t.params = params(f.words.ParamNames, f.models)
}

func (t *whatIf) key(k string, f frame) tea.Cmd {
	by := 0
	switch k {
	case "down", "j":
		t.cursor = min(t.cursor+1, len(t.params)-1)
	case "up", "k":
		t.cursor = max(t.cursor-1, 0)
	case "left", "h", "-":
		by = -1
	case "right", "l", "+":
		by = 1
	case "enter":
		if path := t.params[t.cursor].path; path != "" {
			return func() tea.Msg { return typeCommand("set " + path + " ") }
		}
	case "u":
		policy := f.base.Policy
		return func() tea.Msg {
			return tryPolicy{afresh: true, change: func(in planner.Input) planner.Input {
				in.Policy = policy
				return in
			}}
		}
	}
	if by == 0 || len(t.params) == 0 || !f.triable {
		if by != 0 {
			return t.try() // the root says why it cannot
		}
		return nil
	}
	t.params[t.cursor].step(&t.policy, by)
	return t.try()
}

func (t *whatIf) try() tea.Cmd {
	policy := t.policy
	return func() tea.Msg {
		return tryPolicy{change: func(in planner.Input) planner.Input {
			in.Policy = policy
			return in
		}}
	}
}

func (t *whatIf) hints(f frame) []hint {
	return []hint{{"↑↓", f.words.KeyChoose}, {"←→", f.words.KeyChange}, {"enter", f.words.KeyType}, {"u", f.words.KeyUndo}, {"esc", f.words.KeyStop}}
}

func (t *whatIf) body(f frame) []string {
	if f.plain || f.width < sideWidth {
		right := t.difference(f)
		left := t.paramLines(f, max(3, f.height-len(right)-1))
		return append(append(left, ""), right...)
	}
	half := f.width / 2
	narrow := f
	narrow.width = half
	return side(t.paramLines(narrow, f.height), t.difference(narrow), half, " ")
}

func (t *whatIf) paramLines(f frame, height int) []string {
	const nameWidth, valueWidth = 26, 16
	if f.plain {
		height = len(t.params)
	}
	t.top = max(0, min(t.top, t.cursor), t.cursor-height+1)
	width := max(6, min(30, f.width-nameWidth-valueWidth-6))
	var lines []string
	for i := t.top; i < min(len(t.params), t.top+height); i++ {
		p := t.params[i]
		value := fitRight(p.show(&t.policy, f), valueWidth)
		line := fit(p.name, nameWidth) + value
		if !f.plain {
			line += "  " + slider(p.at(&t.policy), width)
		}
		if i == t.cursor && !f.plain {
			line = f.look.selected.Render("›" + line)
		} else {
			line = " " + line
		}
		lines = append(lines, line)
	}
	return lines
}

func slider(at float64, width int) string {
	k := int(share(at, 1)*float64(width-1) + 0.5)
	return "◀" + strings.Repeat("━", k) + "●" + strings.Repeat("─", width-1-k) + "▶"
}

// difference compares the plan shown with the one that was opened, or shows
// the search that runs.
func (t *whatIf) difference(f frame) []string {
	p, b := f.view.plan, f.base
	if !f.triable {
		return wrapAll([]string{" " + f.look.warn.Render(f.words.NotTriable)}, f.width-2)
	}
	lines := []string{f.look.faint.Render(" " + fit("", 18) + fitRight(f.words.Opened, 11) + fitRight(f.words.Now, 11) + fitRight(f.words.Difference, 13))}
	row := func(name string, before, after float64, show func(float64) string, worse float64) {
		d := after - before
		text := "="
		style := f.look.faint
		switch {
		case d*worse > 0:
			style = f.look.bad
		case d != 0:
			style = f.look.good
		}
		if d > 0 {
			text = "+" + show(d)
		} else if d < 0 {
			text = show(d)
		}
		lines = append(lines, " "+fit(name, 18)+fitRight(show(before), 11)+fitRight(show(after), 11)+style.Render(fitRight(text, 13)))
	}
	count := func(v float64) string { return f.language.Count(int(v)) }
	by := func(s scale) func(float64) string {
		return func(v float64) string { return f.language.Figures(v/s.by, 3) }
	}
	row(f.words.RowHosts, float64(b.After.Hosts), float64(p.After.Hosts), count, 1)
	row(f.words.RowBound, float64(b.Bound.Hosts), float64(p.Bound.Hosts), count, 1)
	row(f.words.RowBought, bought(b), bought(p), count, 1)
	e, c, m := f.energyScale(b.Before.Energy), f.massScale(b.Before.CO2e), f.moneyScale(b.Before.Cost)
	row(e.unit, b.After.Energy.Best, p.After.Energy.Best, by(e), 1)
	row(c.unit, b.After.CO2e.Best, p.After.CO2e.Best, by(c), 1)
	row(m.unit, b.After.Cost.Best, p.After.Cost.Best, by(m), 1)
	row(f.words.RowMoves, moved(b), moved(p), count, 1)
	row(f.words.RowUnplaced, float64(len(b.Unplaced)), float64(len(p.Unplaced)), count, 1)
	if f.work != nil && f.work.last.Parts > 0 {
		lines = append(lines, "", " "+f.look.warn.Render(searchText(f)))
		return append(lines, chart(f, f.work.chart, 40)...)
	}
	return append(lines, "", " "+f.look.faint.Render(f.words.SaveHint))
}

func bought(p *plan.Plan) float64 {
	n := 0
	for _, h := range p.Hosts {
		if h.State == plan.Buy {
			n++
		}
	}
	return float64(n)
}

func moved(p *plan.Plan) float64 {
	n := 0
	for _, x := range p.Placements {
		if x.Kind != "" {
			n++
		}
	}
	return float64(n)
}

// chart draws best and bound of a search as they moved.
func chart(f frame, points []point, width int) []string {
	if len(points) == 0 || f.plain {
		return nil
	}
	points = points[max(0, len(points)-width):]
	low, high := points[0].bound, points[0].hosts
	for _, p := range points {
		low, high = min(low, p.bound), max(high, p.hosts)
	}
	draw := func(of func(point) int) string {
		var b strings.Builder
		for _, p := range points {
			b.WriteString(level(max(0.06, float64(of(p)-low)/float64(max(1, high-low)))))
		}
		return b.String()
	}
	last := points[len(points)-1]
	return []string{
		"  " + fit(f.words.Best, 8) + f.look.plan.Render(draw(func(p point) int { return p.hosts })) + " " + f.language.Count(last.hosts),
		"  " + fit(f.words.Bound, 8) + f.look.good.Render(draw(func(p point) int { return p.bound })) + " " + f.language.Count(last.bound),
	}
}
