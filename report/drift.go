package report

import (
	"fmt"
	"io"
	"strings"

	"sobre/planner/drift"
	"sobre/wording"
)

// Drift shows what has changed between two inventories.
type Drift struct {
	Language *wording.Language
	Currency string // of the costs
	Plan     string // path of the plan that is followed, empty: none
	Details  bool   // every change, not the first few
	Markdown bool   // tables of Markdown in place of those of a terminal
}

// shownChanges is how many changes are listed without --details.
const shownChanges = 15

// Write shows a comparison within 80 columns.
func (d Drift) Write(out io.Writer, r *drift.Report) error {
	w := &driftWriter{Drift: d, out: out, words: &d.Language.Drift, report: r}
	w.head()
	w.totals()
	w.changes()
	if r.FromPlan != nil {
		w.followed(r.FromPlan)
	}
	return w.err
}

type driftWriter struct {
	Drift
	out    io.Writer
	words  *wording.Drift
	report *drift.Report
	err    error
}

func (w *driftWriter) say(text string) {
	if w.Markdown {
		fmt.Fprintln(w.out, escapeMarkdown(text)+"\n")
		return
	}
	paragraph(w.out, text)
}

func (w *driftWriter) table(header []string, rows [][]string, firstNumber int) {
	for _, row := range rows {
		for i := range row {
			row[i] = cleanName(row[i])
		}
	}
	if w.Markdown {
		markdownTable(w.out, header, rows)
		fmt.Fprintln(w.out)
	} else if err := table(w.out, header, rows, firstNumber); w.err == nil {
		w.err = err
	}
}

func (w *driftWriter) head() {
	old, now := w.report.Old, w.report.New
	text := cleanName(now.Name)
	if old.Collected.Known() || now.Collected.Known() {
		text += " · " + old.Collected.String() + " → " + now.Collected.String()
	}
	if w.Markdown {
		text = "# " + text
	}
	w.say(text)
	if !w.Markdown {
		fmt.Fprintln(w.out)
	}
}

func (w *driftWriter) totals() {
	old, now, l := w.report.Old, w.report.New, w.Language
	figures := []struct {
		before, after float64
		decimals      int
		unit          string
	}{
		{float64(old.Hosts), float64(now.Hosts), 0, ""}, {float64(old.Workloads), float64(now.Workloads), 0, ""},
		{float64(old.VCPUs), float64(now.VCPUs), 0, ""}, {old.Memory / 1024, now.Memory / 1024, 0, ""},
		{old.Energy.Best / 1000, now.Energy.Best / 1000, 1, ""}, {old.CO2e.Best / 1000, now.CO2e.Best / 1000, 2, ""},
		{old.Cost.Best, now.Cost.Best, 0, " " + w.Currency},
	}
	var rows [][]string
	for i, f := range figures {
		show := func(v float64) string { return l.Number(v, f.decimals) }
		change := signed(show, f.after-f.before)
		if show(f.before) == show(f.after) {
			change = "="
		}
		rows = append(rows, []string{w.words.Rows[i], l.Number(f.before, f.decimals) + f.unit, l.Number(f.after, f.decimals) + f.unit, change})
	}
	w.table(w.words.Columns, rows, 1)
	if !w.Markdown {
		fmt.Fprintln(w.out)
	}
}

// changes counts what has changed and lists it.
func (w *driftWriter) changes() {
	list, l := w.report.Changes, w.Language
	if len(list) == 0 {
		w.say(w.words.Nothing)
		return
	}
	type group struct {
		kind drift.Kind
		what drift.What
	}
	count := map[group]int{}
	var order []group
	for _, c := range list {
		g := group{c.Kind, c.What}
		if count[g] == 0 {
			order = append(order, g)
		}
		count[g]++
	}
	var parts []string
	for _, g := range order {
		parts = append(parts, w.words.Groups[string(g.kind)+" "+string(g.what)].Of(l, count[g]))
	}
	w.say(strings.Join(parts, ", ") + ".")
	if !w.Markdown {
		fmt.Fprintln(w.out)
	}
	var rows [][]string
	for n, c := range list {
		if n == shownChanges && !w.Details {
			break
		}
		rows = append(rows, []string{w.words.Whats[string(c.What)], w.words.Kinds[string(c.Kind)], c.ID, c.Field, c.From, c.To})
	}
	w.table(w.words.Table, rows, len(w.words.Table))
	if left := len(list) - len(rows); left > 0 {
		w.say(w.words.More.Of(l, left))
	}
}

// followed says how far the later inventory is along the plan.
func (w *driftWriter) followed(f *drift.FromPlan) {
	l := w.Language
	if !w.Markdown {
		fmt.Fprintln(w.out)
	}
	w.say(fmt.Sprintf(w.words.Follows, cleanName(w.Plan), l.Count(f.Done), l.Count(f.Moves), l.Count(f.Pending)))
	var strays, left []string
	for _, s := range f.Elsewhere {
		strays = append(strays, fmt.Sprintf(w.words.Stray, s.Workload, s.Planned, s.At))
	}
	for _, h := range f.StillOn {
		left = append(left, h.Host)
	}
	for _, part := range []struct {
		text  wording.Plural
		names []string
	}{
		{w.words.Elsewhere, strays}, {w.words.StillOn, left}, {w.words.Unplanned, f.Unplanned}, {w.words.Gone, f.Gone}, {w.words.NotIn, f.NotIn},
	} {
		if len(part.names) > 0 {
			most := maxNames
			if w.Details {
				most = len(part.names)
			}
			w.say(part.text.Of(l, len(part.names)) + " " + cleanName(shortenTo(part.names, most)))
		}
	}
	o := f.Open
	if o.Hosts <= 0 && f.Pending == 0 && len(f.Elsewhere) == 0 {
		w.say(w.words.AtPlan)
		return
	}
	number := func(decimals int) func(float64) string {
		return func(v float64) string { return l.Number(v, decimals) }
	}
	w.say(fmt.Sprintf(w.words.Above, signed(number(0), float64(o.Hosts)), signed(number(1), o.Energy/1000), signed(number(2), o.CO2e/1000), signed(number(0), o.Cost)+" "+w.Currency))
}
