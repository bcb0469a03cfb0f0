package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/planner"
	"sobre/planner/explain"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// askWhere asks the root where else a workload could be, askPrices what each
// rule and setting costs, askFewer why one host fewer is not enough.
type (
	askWhere  string
	askPrices struct{}
	askFewer  struct{}
)

// The answers. Each carries the number of its work, like other news.
type (
	whereMsg struct {
		number int
		answer *explain.WorkloadAnswer
		err    error
	}
	pricingMsg struct{ number, done, total int }
	pricedMsg  struct {
		number int
		prices []plan.Price
		err    error
	}
	fewerMsg struct {
		number int
		answer *explain.FewerAnswer
	}
)

// ask starts the work that a question takes.
func (m *model) ask(question tea.Msg) tea.Cmd {
	if m.study == nil || m.study.Input.Estate == nil {
		m.note = m.config.Language.TUI.NotTriable
		if m.work != nil {
			m.note = m.config.Language.TUI.StillReading
		}
		return nil
	}
	if m.work != nil {
		m.note = m.config.Language.TUI.Working
		return nil
	}
	p := m.study.Plan
	s := &explain.Study{Estate: m.study.Input.Estate, Catalogue: m.study.Input.Catalogue, Policy: p.Policy}
	return m.start(func(n int) func(context.Context, func(tea.Msg)) tea.Msg {
		switch question := question.(type) {
		case askWhere:
			return func(context.Context, func(tea.Msg)) tea.Msg {
				answer, err := explain.Workload(p, s, string(question))
				return whereMsg{n, answer, err}
			}
		case askPrices:
			return func(ctx context.Context, say func(tea.Msg)) tea.Msg {
				prices, err := explain.Prices(ctx, p, s, func(done, total int) { say(pricingMsg{n, done, total}) })
				return pricedMsg{n, prices, err}
			}
		}
		return func(context.Context, func(tea.Msg)) tea.Msg { return fewerMsg{n, explain.OneFewer(p, s)} }
	})
}

// answer takes the answer to a question; it is about the plan shown, since
// another plan stops the work before it.
func (m *model) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pricingMsg:
		m.work.last = planner.Progress{}
		m.work.reading = fmt.Sprintf(m.config.Language.TUI.Pricing, m.config.Language.Count(msg.done), m.config.Language.Count(msg.total))
		return m.work.next()
	case whereMsg:
		m.stop()
		if msg.err != nil {
			m.note = clean(msg.err.Error())
			return nil
		}
		m.view.elsewhere[msg.answer.ID] = msg.answer
	case fewerMsg:
		m.stop()
		m.view.fewer = msg.answer
	case pricedMsg:
		m.stop()
		if msg.err != nil {
			m.note = m.config.Language.TUI.Stopped
			return nil
		}
		m.priced(msg.prices)
	}
	return nil
}

// priced puts prices into the plan shown, which is then another than the one
// on file.
func (m *model) priced(prices []plan.Price) {
	p := *m.study.Plan
	p.Rules = slices.Clone(p.Rules)
	explain.NotePrices(&p, &explain.Study{Estate: m.study.Input.Estate, Catalogue: m.study.Input.Catalogue, Policy: p.Policy}, prices)
	if m.base == m.study.Plan {
		m.base = &p
	}
	m.study.Plan, m.unsaved = &p, true
	m.showPlan(&p)
}

// whereLines list where else a workload could be, the hosts that could hold it
// first, and what forbids the others.
func whereLines(f frame, id string) []string {
	const most = 8
	a := f.view.elsewhere[id]
	if a == nil {
		return nil
	}
	w := &f.language.Explain
	head := w.WhyOnly
	if a.Fits > 0 {
		head = w.WhyHere.Of(f.language, a.Fits)
	}
	lines := []string{"", f.look.strong.Render(head)}
	shown := 0
	for _, x := range a.Places {
		if len(x.Obstacles) > 0 && x.Obstacles[0].Kind == "place" {
			continue
		}
		if shown++; shown > most {
			break
		}
		lines = append(lines, placeLine(f, x))
	}
	if rest := len(a.Places) - min(shown, most); rest > 0 {
		lines = append(lines, f.look.faint.Render(fmt.Sprintf(w.Others, f.language.Count(rest), reasons(f, a))))
	}
	return lines
}

// placeLine is one host with how full it would be, or what forbids it.
func placeLine(f frame, x verify.Place) string {
	w := &f.language.Explain
	line := fit(clean(x.Host), 18) + " " + fitRight(f.language.Number(x.Fullest*100, 0)+" %", 6) + " " + resourceWord(f, x.Resource)
	if len(x.Obstacles) == 0 {
		return f.look.good.Render("✔ ") + line
	}
	var why []string
	for _, o := range x.Obstacles {
		switch o.Kind {
		case "room":
			why = append(why, fmt.Sprintf(w.NoRoomFor, resourceWord(f, o.Name)))
		case "rule":
			why = append(why, fmt.Sprintf(w.RuleBars, clean(o.Name)))
		default:
			why = append(why, f.language.Say(clean(o.What)))
		}
	}
	return f.look.bad.Render("✘ ") + line + " · " + strings.Join(why, "; ")
}

// reasons counts what forbids the hosts that are not listed, the most frequent first.
func reasons(f frame, a *explain.WorkloadAnswer) string {
	var kinds []tally
	for what, n := range a.Why {
		kinds = append(kinds, tally{f.language.Say(clean(what)), n})
	}
	slices.SortFunc(kinds, func(a, b tally) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return strings.Compare(a.name, b.name)
	})
	var parts []string
	for _, k := range kinds[:min(len(kinds), 3)] {
		parts = append(parts, f.language.Count(k.n)+" × "+k.name)
	}
	return strings.Join(parts, "; ")
}

func resourceWord(f frame, name string) string {
	if word, ok := f.language.Explain.Resources[name]; ok {
		return word
	}
	return clean(name)
}

// fewerLines say why one host fewer is not enough, in words and numbers.
func fewerLines(f frame) []string {
	a, w, l := f.view.fewer, &f.language.Explain, f.language
	if a == nil {
		return nil
	}
	lines := []string{"", " " + f.look.strong.Render(w.Needed.Of(l, a.Hosts))}
	if a.Gap > 0 {
		lines[1] = " " + f.look.strong.Render(fmt.Sprintf(w.NeededGap, l.Count(a.Hosts), l.Count(a.Bound), l.Count(a.Gap)))
	}
	if a.Kept > 0 {
		lines = append(lines, " · "+w.KeptHosts.Of(l, a.Kept))
	}
	for _, part := range a.Parts {
		if text := partLine(f, part); text != "" {
			lines = append(lines, " · "+text)
		}
	}
	if a.Unproven {
		lines = append(lines, " · "+fmt.Sprintf(w.FewerSearch, l.Say(clean(a.Method))))
	}
	for n, x := range a.Levers {
		if n == 0 {
			lines = append(lines, " "+f.look.strong.Render(w.WouldFree))
		}
		if n == 3 {
			break
		}
		_, name := explain.SubjectOf(x)
		lines = append(lines, " · "+clean(name)+", "+l.Say(clean(x.Change))+": "+fmt.Sprintf(f.words.PriceLine, f.signed(float64(x.Hosts)), f.signed(x.Energy), f.signed(x.CO2e), f.signed(x.Cost)))
	}
	return wrapAll(lines, f.width-1)
}

// partLine is what forces the hosts of one part: a resource by its amount, or
// a set of workloads by how they combine.
func partLine(f frame, a explain.PartAnswer) string {
	w, l := &f.language.Explain, f.language
	if a.Resource != "" {
		failed := ""
		if a.Spares > 0 {
			failed = w.PartFailed.Of(l, a.Spares)
		}
		return l.Say(clean(a.Part)) + ": " + fmt.Sprintf(w.PartResource, l.Count(a.Workloads), amountOf(f, a, a.Need), l.Count(a.Hosts-1), failed, amountOf(f, a, a.Offer))
	}
	count := 0
	for _, g := range a.Set {
		count += len(g.Workloads)
	}
	if count == 0 {
		return ""
	}
	spare := ""
	if a.Spares > 0 {
		spare = w.PartSpare.Of(l, a.Spares)
	}
	text := l.Say(clean(a.Part)) + ": " + fmt.Sprintf(w.PartSet, l.Count(count), l.Count(a.Workloads), l.Count(a.Hosts-a.Spares)+spare)
	if len(a.Rules) > 0 {
		text += ", " + fmt.Sprintf(w.PartRules, clean(strings.Join(a.Rules[:min(3, len(a.Rules))], ", ")))
	}
	return text
}

// amountOf writes an amount of the resource of a part, memory in GiB.
func amountOf(f frame, a explain.PartAnswer, v float64) string {
	w, l := &f.language.Explain, f.language
	switch a.Unit {
	case "MiB":
		return fmt.Sprintf(w.AmountOf, l.Number(v/1024, 1)+" "+w.GiB, resourceWord(f, a.Resource))
	case "vCPU":
		return l.Number(v, 0) + " vCPU"
	}
	return fmt.Sprintf(w.AmountOf, strings.TrimSpace(l.Number(v, 0)+" "+a.Unit), resourceWord(f, a.Resource))
}
