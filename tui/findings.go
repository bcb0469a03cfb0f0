package tui

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"sobre/inventory"
)

// findingsView lists what was found wrong or doubtful in the data, below what
// no data allowed to check.
type findingsView struct {
	grid   grid
	detail pane
}

func newFindings() *findingsView { return &findingsView{} }

func (t *findingsView) table() *grid { return &t.grid }

func (t *findingsView) load(f frame) {
	findings := f.view.plan.Findings
	one := func(i int) *inventory.Finding { return &findings[i] }
	worst := []inventory.Severity{inventory.Error, inventory.Warning, inventory.Note}
	w := f.words.FindingColumns
	t.grid.fill(len(findings), []column{
		{title: w[0], width: 15, keep: keepAlways, text: func(i int) string { return severity(f, one(i)) },
			compare: func(a, b int) int {
				return cmp.Compare(slices.Index(worst, one(a).Severity), slices.Index(worst, one(b).Severity))
			}},
		{title: w[1], width: 16, keep: 3, text: func(i int) string { return one(i).Subject }},
		{title: w[2], width: 24, grows: true, keep: keepAlways, text: func(i int) string { return f.language.Say(clean(one(i).What)) }},
		{title: w[3], width: 22, keep: 1, text: func(i int) string { return one(i).Code }},
	})
}

func severity(f frame, x *inventory.Finding) string {
	sign := map[inventory.Severity]string{inventory.Error: "✘ ", inventory.Warning: "! "}[x.Severity]
	if sign == "" {
		sign = "· "
	}
	return sign + f.words.Severities[string(x.Severity)]
}

func (t *findingsView) key(k string, f frame) tea.Cmd {
	if t.detail.key(k) || t.grid.key(k) {
		return nil
	}
	i := t.grid.row()
	if k != "o" || i < 0 {
		return nil
	}
	subject := f.view.plan.Findings[i].Subject
	if _, ok := f.view.hostAt[subject]; ok {
		return jump(hostsScreen, subject)
	}
	if _, ok := f.view.at[subject]; ok {
		return jump(workloadsScreen, subject)
	}
	return nil
}

func (t *findingsView) hints(f frame) []hint {
	return []hint{{"enter", f.words.KeyDetails}, {"o", f.words.KeyOpen}}
}

func (t *findingsView) body(f frame) []string {
	lines := listed(f, f.words.NotChecked, f.say(f.view.plan.Unchecked))
	if most := max(2, f.height/4); len(lines) > most && !f.plain {
		lines = append(lines[:most-1], f.under(fmt.Sprintf(f.words.AndMore, f.language.Count(len(f.view.plan.Unchecked)))))
	}
	lines = append(lines, "")
	inner := f
	inner.height -= len(lines)
	return append(lines, t.detail.beside(inner, &t.grid, findingDetails)...)
}

func findingDetails(f frame, row int) []string {
	x := &f.view.plan.Findings[row]
	lines := []string{severity(f, x) + "  " + f.look.title.Render(clean(x.Code)) + "  " + clean(x.Subject), f.language.Say(clean(x.What))}
	if x.Do != "" {
		lines = append(lines, "⇒ "+f.language.Say(clean(x.Do)))
	}
	at := clean(x.At)
	if x.Line > 0 {
		at += fmt.Sprintf(":%d", x.Line)
	}
	return append(lines, f.look.faint.Render(joined(clean(x.Source), at)))
}
