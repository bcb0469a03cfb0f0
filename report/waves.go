package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/wording"
)

// Waves shows the order of the moves of a plan within 80 columns; with
// details every move, and the way back from each wave.
func Waves(out io.Writer, p *plan.Plan, l *wording.Language, details bool) error {
	words := &l.Waves
	if len(p.Waves) == 0 {
		return noWaves(out, p, l)
	}
	paragraph(out, cleanName(p.Estate.Name)+" · "+WavesInShort(p, l))
	fmt.Fprintln(out)
	header, rows := words.Table, waveRows(p, l)
	for column := 5; column > 0; column-- { // what opens never, and kinds of move that are none
		if column != 2 && emptyColumn(rows, column) {
			header, rows = withoutColumn(header, rows, column)
		}
	}
	if err := table(out, header, rows, 1); err != nil {
		return err
	}
	paragraph(out, words.Legend)
	fmt.Fprintln(out)
	for _, w := range p.Waves {
		number := l.Count(w.Number)
		if len(w.Downtime) > 0 {
			paragraph(out, fmt.Sprintf(words.Interrupted, number, interrupted(w, l, maxNames)))
		}
		if len(w.Freed) > 0 {
			paragraph(out, fmt.Sprintf(words.Freed, number, shortenTo(w.Freed, maxNames)))
		}
		if details {
			paragraph(out, fmt.Sprintf(words.Rollback, number, l.Say(w.Rollback)))
		}
	}
	if !details {
		return nil
	}
	fmt.Fprintln(out)
	return table(out, words.MoveTable, moveRows(p, l), 6)
}

// noWaves says why there is no order, in the words of the plan's finding.
func noWaves(out io.Writer, p *plan.Plan, l *wording.Language) error {
	text := l.Waves.NoMoves
	for _, m := range p.Placements {
		if m.Kind != "" {
			text = l.Waves.None
		}
	}
	paragraph(out, text)
	for _, f := range p.Findings {
		if strings.HasPrefix(f.Code, "moves-") {
			paragraph(out, l.Say(f.What))
			paragraph(out, "→ "+l.Say(f.Do))
		}
	}
	return nil
}

// paragraph writes a text in lines of a screen, the later ones set in. It
// breaks at spaces only: the hyphens are those of names.
func paragraph(out io.Writer, text string) { paragraphAt(out, "", text) }

// paragraphAt is paragraph with all of it set in.
func paragraphAt(out io.Writer, indent, text string) {
	line := indent
	for n, word := range strings.Split(text, " ") {
		switch {
		case n == 0:
			line += word
		case ansi.StringWidth(line)+1+ansi.StringWidth(word) > screenWidth:
			fmt.Fprintln(out, strings.TrimRight(line, " "))
			line = indent + "  " + word
		default:
			line += " " + word
		}
	}
	fmt.Fprintln(out, strings.TrimRight(line, " "))
}

// WavesInShort sums the waves up: how many moves, how long, until when.
func WavesInShort(p *plan.Plan, l *wording.Language) string {
	moves, down, days := 0, 0.0, 0.0
	for _, w := range p.Waves {
		moves += len(w.Moves)
		days += w.PersonDays
		for _, d := range w.Downtime {
			down += d.Minutes
		}
	}
	parts := []string{l.Waves.Moved.Of(l, moves) + " " + l.Waves.Waves.Of(l, len(p.Waves)), downtimeText(down, l)}
	if days > 0 {
		parts = append(parts, fmt.Sprintf(l.Waves.PersonDays, l.Figures(days, 2)))
	}
	if end := wavesEnd(p); end.Known() {
		parts = append(parts, fmt.Sprintf(l.Waves.DoneBy, l.Day(end.Time())))
	} else if moves > 0 {
		parts = append(parts, l.Waves.Undated)
	}
	return strings.Join(parts, ", ")
}

func downtimeText(minutes float64, l *wording.Language) string {
	if minutes == 0 {
		return l.Waves.NoDowntime
	}
	return fmt.Sprintf(l.Waves.Downtime, l.Stretch(minutes))
}

// wavesEnd is the day on which the last wave ends, unknown without dates.
func wavesEnd(p *plan.Plan) inventory.Date {
	if len(p.Waves) == 0 {
		return inventory.Date{}
	}
	_, end, ok := waveSpan(&p.Waves[len(p.Waves)-1])
	if !ok {
		return inventory.Date{}
	}
	return inventory.MakeDate(end)
}

func waveRows(p *plan.Plan, l *wording.Language) [][]string {
	var rows [][]string
	off := 0
	for _, w := range p.Waves {
		count := map[plan.MoveKind]int{}
		for _, m := range w.Moves {
			count[m.Kind]++
		}
		down := 0.0
		for _, d := range w.Downtime {
			down += d.Minutes
		}
		off += len(w.Freed)
		saved := ""
		if w.Saved != nil {
			saved = l.Number(w.Saved.Energy, 0)
		}
		name := l.Count(w.Number)
		if w.Name == "pilot" {
			name += " " + l.Waves.Pilot
		}
		rows = append(rows, []string{
			name, strings.Replace(w.Start, "T", " ", 1), l.Stretch(w.Hours * 60),
			countOrNone(l, count[plan.P2V]), countOrNone(l, count[plan.Live]), countOrNone(l, count[plan.Cold]),
			stretchOrNone(l, down), l.Number(w.PersonDays, 1), countOrNone(l, off), saved,
		})
	}
	return rows
}

func emptyColumn(rows [][]string, column int) bool {
	return !slices.ContainsFunc(rows, func(row []string) bool { return row[column] != "" && row[column] != "–" })
}

// withoutColumn leaves a column out that would hold nothing.
func withoutColumn(header []string, rows [][]string, column int) ([]string, [][]string) {
	header = slices.Delete(slices.Clone(header), column, column+1)
	for n := range rows {
		rows[n] = slices.Delete(rows[n], column, column+1)
	}
	return header, rows
}

func countOrNone(l *wording.Language, n int) string {
	if n == 0 {
		return "–"
	}
	return l.Count(n)
}

func stretchOrNone(l *wording.Language, minutes float64) string {
	if minutes == 0 {
		return "–"
	}
	return l.Stretch(minutes)
}

// interrupted names the services that a wave interrupts, longest first.
func interrupted(w plan.Wave, l *wording.Language, most int) string {
	var list []string
	for _, d := range w.Downtime {
		list = append(list, fmt.Sprintf("%s (%s)", cleanName(d.Service), l.Stretch(d.Minutes)))
	}
	return shortenTo(list, most)
}

func shortenTo(names []string, most int) string {
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" … (%d)", len(names))
	}
	return strings.Join(names, ", ")
}

func moveRows(p *plan.Plan, l *wording.Language) [][]string {
	var rows [][]string
	for _, w := range p.Waves {
		for _, m := range w.Moves {
			kind := string(m.Kind)
			if m.Swing {
				kind += ", " + l.Waves.Stop
			}
			rows = append(rows, []string{
				l.Count(w.Number), l.Number(m.Start, 0), m.Workload, m.From, m.To, kind, l.Number(m.Minutes, 0), countOrNone(l, int(m.Downtime+0.5)),
			})
		}
	}
	return rows
}
