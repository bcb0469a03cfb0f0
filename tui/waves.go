package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/planner/plan"
)

// wavesView steps through the waves: row 0 is today, row n what is there once
// wave n is done. The machine room and the curve of what it draws follow.
type wavesView struct {
	grid   grid
	detail pane
	film   *film
}

func newWaves() *wavesView { return &wavesView{} }

func (t *wavesView) table() *grid { return &t.grid }

func (t *wavesView) load(f frame) {
	p, l := f.view.plan, f.language
	t.film = newFilm(f.view)
	wave := func(i int) *plan.Wave { return &p.Waves[i-1] }
	number := func(v float64, decimals int) string {
		if v == 0 {
			return ""
		}
		return l.Number(v, decimals)
	}
	// Today has no figures of a wave, but is on and draws power.
	only := func(text func(i int) string) func(int) string {
		return func(i int) string {
			if i == 0 {
				return ""
			}
			return text(i)
		}
	}
	byRow := func(a, b int) int { return cmp.Compare(a, b) }
	w, s := f.words.Waves, f.energyScale(p.Before.Energy)
	rows := len(p.Waves) + 1
	if len(p.Waves) == 0 {
		rows = 0
	}
	columns := []column{
		{title: w.Columns[0], width: 12, keep: keepAlways, compare: byRow, text: func(i int) string { return waveName(f, i) }},
		{title: w.Columns[1], width: 16, keep: 6, compare: byRow, text: only(func(i int) string { return strings.Replace(wave(i).Start, "T", " ", 1) })},
		{title: w.Columns[2], width: 6, right: true, keep: 8, compare: byRow, text: only(func(i int) string { return l.Count(len(wave(i).Moves)) })},
		{title: w.Columns[3], width: 6, right: true, keep: 4, compare: byRow, text: only(func(i int) string { return number(wave(i).Hours, 1) })},
		{title: w.Columns[4], width: 7, right: true, keep: 5, compare: byRow, text: only(func(i int) string { return number(downtime(wave(i)), 1) })},
		{title: w.Columns[5], width: 7, right: true, keep: 7, compare: byRow, text: only(func(i int) string { return l.Count(len(wave(i).Freed)) })},
		{title: w.Columns[6], width: 8, right: true, keep: 2, compare: byRow, text: func(i int) string { return l.Count(t.film.off[i]) }},
		{title: s.unit, width: 12, right: true, keep: 9, compare: byRow, text: func(i int) string { return l.Figures(t.film.energy[i]/s.by, 3) }},
		{width: 18, picture: true, keep: 3, compare: byRow, text: func(i int) string { return bar(t.film.energy[i], t.film.energy[0], 18) }},
	}
	if !slices.ContainsFunc(p.Waves, func(w plan.Wave) bool { return w.Start != "" }) {
		columns = slices.Delete(columns, 1, 2) // when they open: the policy gives no dates
	}
	t.grid.fill(rows, columns)
}

// waveName is the number of a wave, with its name where it has one.
func waveName(f frame, row int) string {
	if row == 0 {
		return f.words.Waves.Today
	}
	w := &f.view.plan.Waves[row-1]
	return strings.TrimSpace(f.language.Count(w.Number) + " " + f.language.Say(clean(w.Name)))
}

// downtime is the sum of the interruptions of a wave, in hours.
func downtime(w *plan.Wave) float64 {
	minutes := 0.0
	for _, m := range w.Moves {
		minutes += m.Downtime
	}
	return minutes / 60
}

func (t *wavesView) pick(name string) bool {
	i := find(t.grid.n, func(i int) string { return t.grid.columns[0].text(i) }, name)
	if i >= 0 {
		t.grid.pick(i)
	}
	return i >= 0
}

func (t *wavesView) key(k string, f frame) tea.Cmd {
	switch k {
	case "left", "h":
		k = "up"
	case "right", "l":
		k = "down"
	}
	if !t.detail.key(k) {
		t.grid.key(k)
	}
	return nil
}

func (t *wavesView) hints(f frame) []hint {
	return []hint{{"↑↓", f.words.Waves.KeyStep}, {"enter", f.words.KeyDetails}}
}

func (t *wavesView) body(f frame) []string {
	p := f.view.plan
	if len(p.Waves) == 0 {
		text := f.words.Waves.None
		if moved(p) == 0 {
			text = f.words.Waves.NoMoves
		}
		return []string{" " + f.look.faint.Render(text)}
	}
	inner := f
	inner.height -= 2
	return append([]string{" " + f.look.strong.Render(wavesSummary(f, p)), ""}, t.detail.beside(inner, &t.grid, t.details)...)
}

// wavesSummary is what the carrying out takes, in one line.
func wavesSummary(f frame, p *plan.Plan) string {
	w, l := f.words.Waves, f.language
	moves, hours := 0, 0.0
	for i := range p.Waves {
		moves += len(p.Waves[i].Moves)
		hours += downtime(&p.Waves[i])
	}
	parts := []string{fmt.Sprintf(w.Summary, l.Count(moves), l.Count(len(p.Waves)))}
	if hours > 0 {
		parts = append(parts, fmt.Sprintf(w.Downtime, l.Number(hours, 0)))
	}
	if day := p.Waves[len(p.Waves)-1].PowerOff; !day.IsZero() {
		parts = append(parts, fmt.Sprintf(w.DoneBy, day))
	}
	return strings.Join(parts, " · ")
}

// details show the machine room after a wave and what the wave does.
func (t *wavesView) details(f frame, row int) []string {
	w := f.words.Waves
	lines := []string{f.look.title.Render(waveName(f, row)) + "  " + fmt.Sprintf(w.Off, f.language.Count(t.film.off[row]), f.language.Count(len(t.film.hosts)))}
	lines = append(lines, t.film.room(f, row, f.width)...)
	lines = append(lines, t.film.curve(f, row, f.width)...)
	if row == 0 {
		return append(lines, "", f.look.faint.Render(w.RoomKeys))
	}
	return append(lines, waveLines(f, &f.view.plan.Waves[row-1])...)
}

// waveLines say what a wave interrupts, frees and moves.
func waveLines(f frame, wave *plan.Wave) []string {
	w, l := f.words.Waves, f.language
	lines := []string{""}
	if len(wave.Freed) > 0 {
		lines = append(lines, f.look.good.Render(fmt.Sprintf(w.Freed, clean(strings.Join(wave.Freed, ", ")))))
	}
	var stopped []string
	for _, d := range wave.Downtime {
		stopped = append(stopped, clean(d.Service)+" "+minutes(f, d.Minutes))
	}
	if len(stopped) > 0 {
		lines = append(lines, w.Interrupt+": "+strings.Join(stopped, ", "))
	}
	if wave.PersonDays > 0 {
		lines = append(lines, fmt.Sprintf(w.Effort, l.Number(wave.PersonDays, 1)))
	}
	if wave.Rollback != "" {
		lines = append(lines, w.Rollback+": "+l.Say(clean(wave.Rollback)))
	}
	lines = append(lines, "", f.look.title.Render(fmt.Sprintf(w.Moves, l.Count(len(wave.Moves)))))
	const most = 200
	for _, m := range wave.Moves[:min(len(wave.Moves), most)] {
		lines = append(lines, moveLine(f, m))
	}
	return lines
}

func moveLine(f frame, m plan.Move) string {
	w := f.words.Waves
	text := "+" + fitRight(minutes(f, m.Start), 7) + "  " + clean(m.Workload) + ": " + clean(m.From) + " → " + clean(m.To) + ", " + w.Kinds[string(m.Kind)]
	if m.Swing {
		text += ", " + w.Swing
	}
	return text + ", " + minutes(f, m.Minutes)
}

// minutes writes a span: in hours where it is long.
func minutes(f frame, v float64) string {
	if v >= 120 {
		return fmt.Sprintf(f.words.Waves.Hours, f.language.Number(v/60, 1))
	}
	return fmt.Sprintf(f.words.Waves.Minutes, f.language.Number(v, 0))
}
