package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"sobre/planner/plan"
	"sobre/wording"
)

// change is one wave as a change record, in the fields of ITIL (AXELOS, ITIL
// 4: change enablement, 2020).
type change struct {
	number, title, kind, risk, opens, ends, why, services, rollback, test, effort, approval string

	steps, items []string
}

func changesOf(p *plan.Plan, l *wording.Language) []change {
	var list []change
	for n := range p.Waves {
		list = append(list, changeOf(p, &p.Waves[n], l))
	}
	return list
}

func changeOf(p *plan.Plan, w *plan.Wave, l *wording.Language) change {
	words := &l.Waves
	c := change{
		number: fmt.Sprintf("W%02d", w.Number), title: waveTitle(p, w, l), kind: words.Normal, risk: words.Risk["low"],
		services: words.NoService, rollback: l.Say(w.Rollback), test: words.Test,
		effort: fmt.Sprintf(words.PersonDays, l.Number(w.PersonDays, 1)), approval: words.Approval,
	}
	if len(w.Downtime) > 0 {
		c.risk, c.services = words.Risk["medium"], interrupted(*w, l, len(w.Downtime))
	}
	if w.Name == "pilot" {
		c.risk = words.Risk["pilot"]
	}
	if start, end, ok := waveSpan(w); ok {
		c.opens, c.ends = start.Format("2006-01-02 15:04"), end.Format("2006-01-02 15:04")
	}
	if w.Saved != nil && w.Saved.Energy > 0 {
		c.why = fmt.Sprintf(words.Why, l.Number(w.Saved.Energy, 0))
	}
	for _, m := range w.Moves {
		c.steps = append(c.steps, moveStep(m, l))
		for _, id := range []string{m.Workload, m.From, m.To} {
			if id != "" && !slices.Contains(c.items, id) {
				c.items = append(c.items, id)
			}
		}
	}
	if len(w.Freed) > 0 {
		c.steps = append(c.steps, fmt.Sprintf(words.StepOff, strings.Join(w.Freed, ", ")))
	}
	return c
}

// WavesChanges writes a change record for every wave, as Markdown.
func WavesChanges(out io.Writer, p *plan.Plan, l *wording.Language) error {
	f := l.Waves.Fields
	for _, c := range changesOf(p, l) {
		fmt.Fprintf(out, "## %s\n\n", escapeMarkdown(fmt.Sprintf(l.Waves.Change, c.number, c.title)))
		var rows [][]string
		for _, field := range [][2]string{
			{f["type"], c.kind}, {f["risk"], c.risk}, {f["opens"], c.opens}, {f["ends"], c.ends}, {f["why"], c.why}, {f["services"], c.services},
			{f["effort"], c.effort}, {f["rollback"], c.rollback}, {f["test"], c.test}, {f["approval"], c.approval},
			{f["items"], strings.Join(c.items, ", ")},
		} {
			if field[1] != "" {
				rows = append(rows, field[:])
			}
		}
		markdownTable(out, []string{"", ""}, rows)
		fmt.Fprintf(out, "\n%s:\n\n", f["steps"])
		for n, step := range c.steps {
			fmt.Fprintf(out, "%d. %s\n", n+1, escapeMarkdown(step))
		}
		if _, err := fmt.Fprintln(out); err != nil {
			return err
		}
	}
	return nil
}

// WavesChangesCSV writes a change record for every wave, a line each, for the
// import of a service desk.
func WavesChangesCSV(out io.Writer, p *plan.Plan, l *wording.Language) error {
	rows := [][]string{{"change", "wave", "title", "type", "risk", "start", "end", "reason", "services_interrupted", "person_days", "configuration_items", "implementation", "back_out", "test", "approval"}}
	for n, c := range changesOf(p, l) {
		rows = append(rows, []string{
			c.number, strconv.Itoa(p.Waves[n].Number), c.title, c.kind, c.risk, c.opens, c.ends, c.why, c.services, plain(p.Waves[n].PersonDays),
			strings.Join(c.items, " "), strings.Join(c.steps, "\n"), c.rollback, c.test, c.approval,
		})
	}
	return writeCSV(out, rows)
}
