package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"sobre/inventory"
	"sobre/planner/plan"
)

// inventoryView shows what the estate is made of and how much of it is
// measured: what a reader wants to know before believing a plan.
type inventoryView struct {
	scroll scroller
	counts []distribution
}

// distribution is how many there are of each kind.
type distribution struct {
	title string
	bars  []tally
}

type tally struct {
	name string
	n    int
}

// most is how many kinds of a distribution are shown; the others are summed.
const most = 8

func (t *inventoryView) load(f frame) {
	v, w := f.view, f.words
	t.counts = []distribution{
		{w.ByFate, counted(len(v.workloads), func(i int) string { return f.words.Fates[v.workloads[i].fate] })},
		{w.ByModel, counted(len(v.plan.Hosts), func(i int) string { return existing(&v.plan.Hosts[i], v.plan.Hosts[i].Model) })},
		{w.BySite, counted(len(v.plan.Hosts), func(i int) string { return existing(&v.plan.Hosts[i], v.plan.Hosts[i].Site) })},
		{w.ByPower, counted(len(v.plan.Hosts), func(i int) string { return f.language.Say(v.plan.Hosts[i].PowerRung) })},
		{w.ByFinding, counted(len(v.plan.Findings), func(i int) string { return v.plan.Findings[i].Code })},
	}
	if len(v.known) == 0 {
		return
	}
	known := func(i int) *inventory.Workload { return v.known[v.workloads[i].id] }
	t.counts = append([]distribution{
		{w.ByMeasure, counted(len(v.workloads), func(i int) string { return measure(f, known(i)) })},
		{w.BySize, sizes(f, v)},
	}, t.counts...)
	t.counts = append(t.counts, distribution{w.ByYear, inOrder(len(v.plan.Hosts), func(i int) string {
		if h := v.hosts[v.plan.Hosts[i].ID]; h != nil && h.Year > 0 {
			return strconv.Itoa(h.Year)
		}
		return existing(&v.plan.Hosts[i], "")
	})}, distribution{w.BySystem, counted(len(v.workloads), func(i int) string {
		if k := known(i); k != nil {
			return k.OS
		}
		return ""
	})})
}

// existing keeps hosts that are bought out of what the estate is made of.
func existing(h *plan.Host, kind string) string {
	switch {
	case h.State == plan.Buy:
		return notCounted
	case kind == "":
		return unknownKind
	}
	return kind
}

// notCounted and unknownKind cannot be names: those are cleaned of such characters.
const (
	notCounted  = "\x00"
	unknownKind = "\x01"
)

// measure says how the CPU use of a workload is known.
func measure(f frame, w *inventory.Workload) string {
	switch {
	case w == nil || w.Use.CPU == inventory.Stat{}:
		return f.words.NoMeasure
	case w.Use.CPU == inventory.Stat{Now: w.Use.CPU.Now}:
		return f.words.OneLook
	case w.Use.CPU.P95.Known():
		return "p95"
	}
	return f.words.OtherMeasure
}

// sizes is the distribution of memory, each class twice the one before it.
func sizes(f frame, v *view) []tally {
	var bars []tally
	low := 0.0
	for _, high := range []float64{2, 4, 8, 16, 32, 64, 1 << 40} {
		n := 0
		for i := range v.workloads {
			if gib := v.workloads[i].memory / 1024; gib > low && gib <= high {
				n++
			}
		}
		name := fmt.Sprintf("%s … %s", f.language.Number(low, 0), f.language.Number(high, 0))
		if high > 64 {
			name = "> " + f.language.Number(low, 0)
		}
		bars = append(bars, tally{name, n})
		low = high
	}
	return bars
}

// counted counts kinds, the most frequent first.
func counted(n int, kind func(int) string) []tally {
	byKind := map[string]int{}
	for i := range n {
		if k := kind(i); k != notCounted {
			byKind[k]++
		}
	}
	var bars []tally
	for name, n := range byKind {
		bars = append(bars, tally{name, n})
	}
	slices.SortFunc(bars, func(a, b tally) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name)) })
	return bars
}

// inOrder counts kinds that have an order of their own.
func inOrder(n int, kind func(int) string) []tally {
	bars := counted(n, kind)
	slices.SortFunc(bars, func(a, b tally) int { return cmp.Compare(a.name, b.name) })
	return bars
}

func (t *inventoryView) key(k string, f frame) tea.Cmd {
	t.scroll.key(k, f.height)
	return nil
}

func (t *inventoryView) hints(f frame) []hint { return []hint{{"↑↓", f.words.KeyScroll}} }

func (t *inventoryView) body(f frame) []string {
	if f.plain || f.width < sideWidth {
		lines := t.lines(f, t.counts)
		if f.plain {
			return lines
		}
		return t.scroll.cut(lines, f.height)
	}
	half := f
	half.width = (f.width - 3) / 2
	middle := (len(t.counts) + 1) / 2
	lines := side(t.lines(half, t.counts[:middle]), t.lines(half, t.counts[middle:]), half.width, "   ")
	return t.scroll.cut(lines, f.height)
}

func (t *inventoryView) lines(f frame, list []distribution) []string {
	var lines []string
	for _, d := range list {
		if len(d.bars) > 0 {
			lines = append(append(lines, d.lines(f)...), "")
		}
	}
	return lines
}

// lines draws a distribution.
func (d *distribution) lines(f frame) []string {
	const label = 32
	bars, rest := d.bars, 0
	if len(bars) > most {
		for _, b := range bars[most-1:] {
			rest += b.n
		}
		bars = append(slices.Clone(bars[:most-1]), tally{fmt.Sprintf(f.words.Others, f.language.Count(len(bars)-most+1)), rest})
	}
	full := 1
	for _, b := range bars {
		full = max(full, b.n)
	}
	lines := []string{" " + f.look.title.Render(d.title)}
	for _, b := range bars {
		name := b.name
		if name == unknownKind || name == "" {
			name = f.words.Unknown
		}
		line := " " + fit(clean(name), label) + fitRight(f.language.Count(b.n), 7)
		if !f.plain {
			line += " " + f.look.plan.Render(bar(float64(b.n), float64(full), f.width-label-10))
		}
		lines = append(lines, line)
	}
	return lines
}
