package tui

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"sobre/planner/plan"
)

// failoverView lets a host fail and shows where everything restarts.
type failoverView struct {
	grid   grid
	detail pane
	hosts  []int // that hold something after the plan
}

func newFailover() *failoverView { return &failoverView{} }

func (t *failoverView) table() *grid { return &t.grid }

func (t *failoverView) load(f frame) {
	v, p, l := f.view, f.view.plan, f.language
	t.hosts = nil
	var restarts map[string]map[string]string
	if p.Failover != nil {
		restarts = p.Failover.Restarts
	}
	for i := range p.Hosts {
		if h := &p.Hosts[i]; h.State != plan.Retire && h.Workloads > 0 {
			t.hosts = append(t.hosts, i)
		}
	}
	host := func(i int) *plan.Host { return &p.Hosts[t.hosts[i]] }
	down := make([]int, len(t.hosts))
	for n := range t.hosts {
		for _, i := range v.after[host(n).ID] {
			if staysDown(v, &v.workloads[i]) {
				down[n]++
			}
		}
	}
	back := func(i int) int { return len(restarts[host(i).ID]) }
	w := f.words.FailoverColumns
	t.grid.fill(len(t.hosts), []column{
		{title: w[0], width: 16, grows: true, keep: keepAlways, text: func(i int) string { return host(i).ID }},
		{title: w[1], width: 12, keep: 2, text: func(i int) string { return stateWord(f, host(i)) }},
		{title: w[2], width: 14, keep: 1, text: func(i int) string { return host(i).Cluster }},
		{title: w[3], width: 8, right: true, keep: 5, text: func(i int) string { return l.Count(host(i).Workloads) },
			compare: func(a, b int) int { return cmp.Compare(host(a).Workloads, host(b).Workloads) }},
		{title: w[4], width: 9, right: true, keep: 6, text: func(i int) string { return l.Count(back(i)) },
			compare: func(a, b int) int { return cmp.Compare(back(a), back(b)) }},
		{title: w[5], width: 9, right: true, keep: 7, text: func(i int) string { return l.Count(down[i]) },
			compare: func(a, b int) int { return cmp.Compare(down[a], down[b]) }},
	})
}

func (t *failoverView) pick(name string) bool {
	i := find(t.grid.n, func(i int) string { return t.grid.columns[0].text(i) }, name)
	if i >= 0 {
		t.grid.pick(i)
	}
	return i >= 0
}

func (t *failoverView) key(k string, f frame) tea.Cmd {
	if t.detail.key(k) || t.grid.key(k) {
		return nil
	}
	if i := t.grid.row(); k == "o" && i >= 0 {
		return jump(hostsScreen, f.view.plan.Hosts[t.hosts[i]].ID)
	}
	return nil
}

func (t *failoverView) hints(f frame) []hint {
	return []hint{{"enter", f.words.KeyDetails}, {"o", f.words.KeyHost}}
}

func (t *failoverView) body(f frame) []string {
	fo := f.view.plan.Failover
	first := f.look.warn.Render(f.words.RiskNoFailover)
	if fo != nil && fo.Hosts > 0 {
		first = fmt.Sprintf(f.words.Survives, f.language.Screen.WithFailures.Of(f.language, fo.Hosts), f.language.Count(fo.Replayed), f.language.Count(len(fo.Spares)))
	}
	inner := f
	inner.height -= 2
	return append([]string{" " + first, ""}, t.detail.beside(inner, &t.grid, t.details)...)
}

// details lists where the workloads of a failed host restart, by host.
func (t *failoverView) details(f frame, row int) []string {
	p := f.view.plan
	h := &p.Hosts[t.hosts[row]]
	lines := []string{f.look.title.Render(fmt.Sprintf(f.words.IfFails, clean(h.ID))), ""}
	to := map[string][]int{}
	var down, idle []int
	for _, i := range f.view.after[h.ID] {
		x := &f.view.workloads[i]
		switch at, _ := restartOf(f.view, x); {
		case at != "":
			to[at] = append(to[at], i)
		case staysDown(f.view, x):
			down = append(down, i)
		default:
			idle = append(idle, i)
		}
	}
	var names []string
	for name := range to {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		lines = append(lines, namesLine(f, f.look.good.Render("→ "+clean(name))+" %s:", to[name])...)
	}
	lines = append(lines, namesLine(f, f.words.Idle, idle)...)
	return append(lines, downLines(f, down)...)
}

// staysDown tells whether a workload is down after its host failed: it is lost,
// or nothing was done to replay the failure of its host.
func staysDown(v *view, x *workload) bool {
	to, why := restartOf(v, x)
	return to == "" && (why != "" || !replayed(v, x.to))
}

// downLines list what stays down, and why.
func downLines(f frame, down []int) []string {
	if len(down) == 0 {
		return nil
	}
	lines := []string{"", f.look.bad.Render("✘ " + fmt.Sprintf(f.words.Down, f.language.Count(len(down))))}
	const most = 100
	for _, i := range down[:min(len(down), most)] {
		x := &f.view.workloads[i]
		why := f.words.NotReplayed
		if _, lost := restartOf(f.view, x); lost != "" {
			why = f.language.Say(clean(lost))
		}
		lines = append(lines, "  "+clean(x.id)+": "+why)
	}
	return lines
}
