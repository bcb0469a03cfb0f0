package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"sobre/inventory/merge"
	"sobre/wording"
)

// firstRows is how many rows of each table a merge shows unless all are asked for.
const firstRows = 12

// Merge shows what a merge did: the sums first, then what was merged, kept apart
// and in conflict, at most so many rows of each unless all are asked for.
func Merge(out io.Writer, r *merge.Result, l *wording.Language, all bool) error {
	w := &l.Merge
	fmt.Fprintln(out, mergeSums(r, l))
	for _, s := range mergeSections(r, l) {
		rest := len(s.rows) - firstRows
		if !all && rest > 0 {
			s.rows = s.rows[:firstRows]
		}
		fmt.Fprintf(out, "\n%s\n", s.title)
		plainTable(out, s)
		if !all && rest > 0 {
			fmt.Fprintln(out, fmt.Sprintf(w.More, l.Count(rest)))
		}
	}
	for _, f := range r.Refused {
		if f.Open {
			fmt.Fprintf(out, "\n%s\n", fmt.Sprintf(w.Decide, clean(f.A), clean(f.B)))
			break
		}
	}
	return nil
}

func mergeSums(r *merge.Result, l *wording.Language) string {
	w := &l.Merge
	parts := []string{w.Machines.Of(l, r.Machines)}
	if len(r.Merged) == 0 {
		parts = append(parts, w.Nothing)
	} else {
		parts = append(parts, w.Once.Of(l, len(r.Merged)))
	}
	if n := len(r.Refused); n > 0 {
		text, open := w.Refused.Of(l, n), 0
		for _, f := range r.Refused {
			if f.Open {
				open++
			}
		}
		if open > 0 {
			text += " (" + w.Open.Of(l, open) + ")"
		}
		parts = append(parts, text)
	}
	if n := len(r.Conflicts); n > 0 {
		parts = append(parts, w.Conflicts.Of(l, n))
	}
	return strings.Join(parts, " · ")
}

func mergeSections(r *merge.Result, l *wording.Language) []section {
	w := &l.Merge
	source := func(id string) string {
		if id == "" {
			return w.Hand
		}
		return clean(id)
	}
	var merged, refused, conflicts, unused [][]string
	for _, m := range r.Merged {
		var as, by []string
		for _, s := range m.Seen {
			as = append(as, source(s.Source)+":"+clean(s.ID))
		}
		for _, b := range m.By {
			by = append(by, clean(l.Say(b)))
		}
		merged = append(merged, []string{clean(m.ID), w.Kinds[m.Kind], strings.Join(as, " = "), strings.Join(by, ", ")})
	}
	for _, f := range r.Refused {
		refused = append(refused, []string{clean(f.A), clean(f.B), clean(l.Say(f.By)), clean(l.Say(f.Why))})
	}
	for _, c := range r.Conflicts {
		conflicts = append(conflicts, []string{clean(c.ID), c.Field, clean(c.Used), source(c.From), clean(c.Other), source(c.Of), clean(l.Say(c.Rule))})
	}
	for _, u := range r.Unused {
		unused = append(unused, []string{clean(u)})
	}
	var kept []section
	for _, s := range []section{
		{w.MergedTitle, w.MergedTable, merged, 9, nil}, {w.RefusedTitle, w.RefusedTable, refused, 9, nil},
		{w.ConflictTitle, w.ConflictTable, conflicts, 9, nil}, {w.UnusedTitle, []string{""}, unused, 9, nil},
	} {
		if len(s.rows) > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// MergeMarkdown shows a merge as Markdown.
func MergeMarkdown(out io.Writer, r *merge.Result, l *wording.Language) error {
	fmt.Fprintf(out, "%s\n", mergeSums(r, l))
	for _, s := range mergeSections(r, l) {
		fmt.Fprintf(out, "\n## %s\n\n", s.title)
		markdownTable(out, s.header, s.rows)
	}
	return nil
}

// MergeCSV writes one line for each merge, refusal and conflict.
func MergeCSV(out io.Writer, r *merge.Result) error {
	rows := [][]string{{"what", "kind", "id", "other", "field", "used", "used_from", "other_value", "other_from", "evidence", "why"}}
	for _, m := range r.Merged {
		for _, s := range m.Seen {
			rows = append(rows, []string{"merged", m.Kind, m.ID, s.ID, "", "", "", "", s.Source, strings.Join(m.By, "; "), ""})
		}
	}
	for _, f := range r.Refused {
		rows = append(rows, []string{"refused", f.Kind, f.A, f.B, "", "", "", "", "", f.By, f.Why})
	}
	for _, c := range r.Conflicts {
		rows = append(rows, []string{"conflict", c.Kind, c.ID, "", c.Field, c.Used, c.From, c.Other, c.Of, "", c.Rule})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = defuse(clean(row[i]))
		}
	}
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
