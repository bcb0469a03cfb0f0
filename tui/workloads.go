package tui

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"sobre/inventory"
)

// workloadsView is the table of workloads with the reason of each place.
type workloadsView struct {
	grid   grid
	detail pane
}

func newWorkloads() *workloadsView { return &workloadsView{} }

func (t *workloadsView) table() *grid { return &t.grid }

func (t *workloadsView) load(f frame) {
	v, l := f.view, f.language
	one := func(i int) *workload { return &v.workloads[i] }
	w := f.words.WorkloadColumns
	columns := []column{
		{title: w[0], width: 16, grows: true, keep: keepAlways, text: func(i int) string { return one(i).id }},
		{title: w[1], width: 14, keep: 9, text: func(i int) string { return fateWord(f, one(i).fate) }},
		{title: w[2], width: 14, grows: true, keep: 6, text: func(i int) string { return one(i).from }},
		{title: w[3], width: 14, grows: true, keep: 8, text: func(i int) string { return one(i).to }},
	}
	if len(v.known) > 0 {
		gib := func(i int) float64 { return one(i).memory / 1024 }
		columns = append(columns,
			column{title: w[4], width: 6, right: true, keep: 4, text: func(i int) string { return l.Count(one(i).vcpus) },
				compare: func(a, b int) int { return cmp.Compare(one(a).vcpus, one(b).vcpus) }},
			column{title: w[5], width: 8, right: true, keep: 5, text: func(i int) string { return l.Number(gib(i), 1) },
				compare: func(a, b int) int { return cmp.Compare(gib(a), gib(b)) }},
			column{title: w[6], width: 12, keep: 1, text: func(i int) string { return t.known(v, i).Service }},
			column{title: w[7], width: 16, keep: 2, text: func(i int) string { return t.known(v, i).OS }})
	}
	t.grid.fill(len(v.workloads), columns)
}

// known is what the estate says of a workload, nothing where it does not.
func (t *workloadsView) known(v *view, i int) *inventory.Workload {
	if k := v.known[v.workloads[i].id]; k != nil {
		return k
	}
	return &inventory.Workload{}
}

// fateWord is what becomes of a workload, in a word with a sign.
func fateWord(f frame, x fate) string {
	return [...]string{"= ", "→ ", "⇒ ", "■ ", "✘ ", "– "}[x] + f.words.Fates[x]
}

func (t *workloadsView) pick(name string) bool {
	i := find(t.grid.n, func(i int) string { return t.grid.columns[0].text(i) }, name)
	if i >= 0 {
		t.grid.pick(i)
	}
	return i >= 0
}

func (t *workloadsView) key(k string, f frame) tea.Cmd {
	if t.detail.key(k) || t.grid.key(k) {
		return nil
	}
	i := t.grid.row()
	if i < 0 {
		return nil
	}
	w := &f.view.workloads[i]
	switch {
	case k == "e":
		return func() tea.Msg { return askWhere(w.id) }
	case k == "o" && w.to != "":
		return jump(hostsScreen, w.to)
	case k == "p" && w.from != "":
		return tryRule(inventory.Rule{Stay: []string{w.id}}, f)
	case k == "x" && w.to != "":
		return tryRule(inventory.Rule{Never: []string{w.id}, Hosts: []string{w.to}}, f)
	}
	return nil
}

func (t *workloadsView) hints(f frame) []hint {
	return []hint{{"enter", f.words.KeyDetails}, {"o", f.words.KeyHost}, {"e", f.words.KeyElse}, {"p", f.words.KeyPin}, {"x", f.words.KeyForbid}}
}

func (t *workloadsView) body(f frame) []string {
	return t.detail.beside(f, &t.grid, workloadDetails)
}

// workloadDetails says where a workload goes and why.
func workloadDetails(f frame, row int) []string {
	x := &f.view.workloads[row]
	w := f.words
	lines := []string{f.look.title.Render(clean(x.id)) + "  " + fateWord(f, x.fate)}
	if k := f.view.known[x.id]; k != nil {
		lines = append(lines, f.look.faint.Render(joined(clean(k.Name), clean(k.Service), clean(k.OS), f.language.Say(string(k.Kind)), f.language.Say(string(k.State)))))
		lines = append(lines, fmt.Sprintf(w.Sizes, f.language.Count(x.vcpus), f.language.Number(x.memory/1024, 1)))
		lines = append(lines, useLines(f, k)...)
	}
	lines = append(lines, "", f.look.strong.Render(w.WhyHere)+" "+whyHere(f, x))
	lines = append(lines, whereLines(f, x.id)...)
	if i, ok := f.view.hostAt[x.to]; ok {
		h := &f.view.plan.Hosts[i]
		lines = append(lines, "", clean(h.ID)+"  "+stateWord(f, h)+" · "+clean(h.Model))
		for _, name := range loadNames(h) {
			lines = append(lines, loadBar(f, name, h.Load[name]))
		}
	}
	lines = append(lines, "", restartText(f, x))
	for _, r := range f.view.rules {
		if inventory.MatchesAny(r.Workloads(), x.id, nameOf(f, x)) {
			lines = append(lines, fmt.Sprintf(w.ByRule, joined(clean(r.Name), clean(r.Reason))))
		}
	}
	for _, i := range f.view.findings[x.id] {
		lines = append(lines, "! "+f.language.Say(clean(f.view.plan.Findings[i].What)))
	}
	return lines
}

func nameOf(f frame, x *workload) string {
	if k := f.view.known[x.id]; k != nil {
		return k.Name
	}
	return x.id
}

// useLines show what was measured of a workload's use, as a small chart from
// its mean to its peak.
func useLines(f frame, k *inventory.Workload) []string {
	s := k.Use.CPU
	var marks, figures string
	for _, step := range []struct {
		name  string
		level inventory.Level
	}{{f.words.Mean, s.Mean}, {"p50", s.P50}, {"p90", s.P90}, {"p95", s.P95}, {"p99", s.P99}, {"max", s.Max}} {
		if !step.level.Known() {
			continue
		}
		if step.level.Kind() == inventory.OfWhole {
			marks += level(step.level.Value() / 100)
		}
		figures += " " + step.name + " " + step.level.String()
	}
	if figures == "" {
		return []string{f.words.NoMeasure}
	}
	if f.plain {
		return []string{"CPU" + figures}
	}
	lines := []string{"CPU " + f.look.plan.Render(marks) + figures}
	for _, p := range []struct {
		name  string
		hours []inventory.Level
	}{{"CPU", k.Profile.CPU}, {f.words.Memory, k.Profile.Memory}} {
		if len(p.hours) > 0 {
			lines = append(lines, p.name+" "+f.look.plan.Render(sparkline(p.hours))+" "+f.words.ByHour)
		}
	}
	return lines
}

// sparkline draws a series on the scale of its own peak.
func sparkline(hours []inventory.Level) string {
	const longest = 168 // a week
	peak := 0.0
	for _, h := range hours {
		peak = max(peak, h.Value())
	}
	marks := ""
	for _, h := range hours[:min(len(hours), longest)] {
		if peak > 0 {
			marks += level(h.Value() / peak)
		}
	}
	return marks
}

// whyHere is the reason of a workload's place, or of its having none.
func whyHere(f frame, x *workload) string {
	w := f.words
	why := f.language.Say(clean(x.why))
	from, to := clean(x.from), clean(x.to)
	switch x.fate {
	case held:
		return fmt.Sprintf(w.WhyStays, to, why)
	case unplaced:
		return fmt.Sprintf(w.WhyUnplaced, why)
	case leftOut:
		return fmt.Sprintf(w.WhyLeftOut, why)
	case becomesGuest:
		return fmt.Sprintf(w.WhyGuest, to, from)
	case moves:
		return fmt.Sprintf(w.WhyMoves, from, to)
	}
	return fmt.Sprintf(w.WhySame, to)
}

// restartText says where a workload restarts when its host fails.
func restartText(f frame, x *workload) string {
	if x.to == "" {
		return ""
	}
	switch to, why := restartOf(f.view, x); {
	case to != "":
		return fmt.Sprintf(f.words.RestartsOn, clean(x.to), clean(to))
	case why != "":
		return fmt.Sprintf(f.words.StaysDown, clean(x.to), f.language.Say(clean(why)))
	case replayed(f.view, x.to):
		return f.words.NeedsNoRestart
	}
	return f.words.NotReplayed
}

// restartOf is the host a workload restarts on when its own fails, or why it
// does not; neither when its failure was not replayed or it does not run.
func restartOf(v *view, x *workload) (to, why string) {
	if fo := v.plan.Failover; fo != nil {
		to = fo.Restarts[x.to][x.id]
	}
	return to, v.lost[x.id]
}

// replayed tells whether the failure of a host was replayed.
func replayed(v *view, host string) bool {
	fo := v.plan.Failover
	return fo != nil && len(fo.Restarts[host]) > 0
}
