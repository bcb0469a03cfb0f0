package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/planner/plan"
)

// hostsView is the table of hosts with the details of the selected one.
type hostsView struct {
	grid   grid
	detail pane
}

func newHosts() *hostsView { return &hostsView{grid: grid{sorted: 0}} }

func (h *hostsView) table() *grid { return &h.grid }

func (h *hostsView) load(f frame) {
	p, v, l := f.view.plan, f.view, f.language
	host := func(i int) *plan.Host { return &p.Hosts[i] }
	byNumber := func(of func(i int) float64) func(a, b int) int {
		return func(a, b int) int { return cmp.Compare(of(a), of(b)) }
	}
	cpu := func(i int) float64 { return host(i).Load["cpu"] }
	memory := func(i int) float64 { return memoryLoad(host(i)) }
	energy := func(i int) float64 { return host(i).Energy.Best }
	now := func(i int) float64 { return float64(len(v.before[host(i).ID])) }
	then := func(i int) float64 { return float64(host(i).Workloads) }
	w := f.words.HostColumns
	h.grid.fill(len(p.Hosts), []column{
		{title: w[0], width: 14, grows: true, keep: keepAlways, text: func(i int) string { return host(i).ID }},
		{title: w[1], width: 9, keep: 9, text: func(i int) string { return stateWord(f, host(i)) }},
		{title: w[2], width: 14, grows: true, keep: 3, text: func(i int) string { return host(i).Model }},
		{title: w[3], width: 10, keep: 1, text: func(i int) string { return host(i).Cluster }},
		{title: w[4], width: 12, keep: 2, text: func(i int) string { return host(i).Site }},
		{title: w[5], width: 7, right: true, keep: 5, text: func(i int) string { return l.Count(int(now(i))) }, compare: byNumber(now)},
		{title: w[6], width: 6, right: true, keep: 8, text: func(i int) string { return l.Count(int(then(i))) }, compare: byNumber(then)},
		{title: w[7], width: 6, right: true, keep: 6, text: func(i int) string { return f.percent(cpu(i)) }, compare: byNumber(cpu)},
		{title: w[8], width: 6, right: true, keep: 7, text: func(i int) string { return f.percent(memory(i)) }, compare: byNumber(memory)},
		{title: w[9], width: 8, right: true, keep: 4, text: func(i int) string { return l.Count(int(energy(i) + 0.5)) }, compare: byNumber(energy)},
	})
}

// stateWord is what the plan does with a host, in a word with a sign.
func stateWord(f frame, h *plan.Host) string {
	word := f.language.Screen.States[string(h.State)]
	switch {
	case h.Spare:
		return "○ " + f.words.Spare
	case h.State == plan.Retire:
		return "· " + word
	case h.State == plan.Buy:
		return "+ " + word
	}
	return "● " + word
}

func (h *hostsView) pick(name string) bool {
	at := -1
	if i := find(h.grid.n, func(i int) string { return h.grid.columns[0].text(i) }, name); i >= 0 {
		at = i
		h.grid.pick(i)
	}
	return at >= 0
}

func (h *hostsView) key(k string, f frame) tea.Cmd {
	if h.detail.key(k) || h.grid.key(k) {
		return nil
	}
	if i := h.grid.row(); k == "f" && i >= 0 {
		return jump(failoverScreen, f.view.plan.Hosts[i].ID)
	}
	return nil
}

func (h *hostsView) hints(f frame) []hint {
	return []hint{{"enter", f.words.KeyDetails}, {"f", f.words.KeyFails}}
}

func (h *hostsView) body(f frame) []string {
	return h.detail.beside(f, &h.grid, func(f frame, row int) []string { return hostDetails(f, row) })
}

// hostDetails is all that is known of a host.
func hostDetails(f frame, row int) []string {
	h := &f.view.plan.Hosts[row]
	w := f.words
	lines := []string{f.look.title.Render(clean(h.ID)) + "  " + stateWord(f, h)}
	lines = append(lines, f.look.faint.Render(joined(clean(h.Model), clean(h.Cluster), clean(h.Site), slotText(f, h))), "")
	for _, name := range loadNames(h) {
		lines = append(lines, loadBar(f, name, h.Load[name]))
	}
	s := scale{w.KWh, 1}
	lines = append(lines, "", fmt.Sprintf(w.HostEnergy, f.show(h.Energy.Best, s), s.unit, f.show(h.Energy.Low, s), f.show(h.Energy.High, s), f.language.Say(h.PowerRung)))
	lines = append(lines, "", whyHost(f, h), "")
	lines = append(lines, namesLine(f, w.HoldsAfter, f.view.after[h.ID])...)
	if h.State == plan.Retire {
		lines = append(lines, namesLine(f, w.HeldBefore, f.view.before[h.ID])...)
	}
	for _, i := range f.view.findings[h.ID] {
		lines = append(lines, "! "+f.language.Say(clean(f.view.plan.Findings[i].What)))
	}
	return lines
}

func slotText(f frame, h *plan.Host) string {
	if h.Chassis == "" {
		return ""
	}
	if h.Slot == 0 {
		return clean(h.Chassis)
	}
	return fmt.Sprintf(f.words.Slot, clean(h.Chassis), h.Slot)
}

// whyHost says in a sentence why the plan does this with a host.
func whyHost(f frame, h *plan.Host) string {
	w := f.words
	switch {
	case h.Spare:
		return w.WhySpare
	case h.State == plan.Retire:
		return w.WhyRetire
	case h.State == plan.Buy:
		return w.WhyBuy
	}
	stuck := 0
	for _, i := range f.view.after[h.ID] {
		if f.view.workloads[i].fate == held {
			stuck++
		}
	}
	if stuck > 0 {
		return fmt.Sprintf(w.WhyHeld, f.language.Count(stuck))
	}
	return w.WhyKeep
}

func loadNames(h *plan.Host) []string {
	var names []string
	for name := range h.Load {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// loadBar shows how full a host is of one resource.
func loadBar(f frame, name string, v float64) string {
	word := f.language.Screen.Binding[name]
	if word == "" {
		word = clean(name)
	}
	const width = 20
	text := fit(word, 18) + " " + fitRight(f.language.Number(v*100, 0), 4) + " % "
	if f.plain {
		return text
	}
	return text + f.look.plan.Render(fit(bar(v, 1, width), width)) + f.look.rule.Render("▏")
}

// namesLine lists workloads behind a heading.
func namesLine(f frame, heading string, list []int) []string {
	if len(list) == 0 {
		return nil
	}
	const most = 200
	var names []string
	for _, i := range list[:min(len(list), most)] {
		names = append(names, clean(f.view.workloads[i].id))
	}
	text := fmt.Sprintf(heading, f.language.Count(len(list))) + " " + strings.Join(names, ", ")
	if len(list) > most {
		text += " …"
	}
	return wrap(text, f.width)
}

// joined puts what is not empty behind each other.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
