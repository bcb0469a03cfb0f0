package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sobre/inventory/audit"
	"sobre/wording"
)

// section is one table of an audit.
type section struct {
	title  string
	header []string
	rows   [][]string
	number int   // first column of numbers
	width  []int // widest each column may be on the screen; 0: as it needs
}

// sections are the tables of an audit; empty ones are left out.
func sections(a *audit.Audit, l *wording.Language) []section {
	w := &inspectWriter{InspectScreen: InspectScreen{Language: l}, words: &l.Inspect, audit: a}
	all := []section{
		{w.words.Machines, w.words.CountTable, w.countRows(), 2, nil},
		{w.words.CPUUse, w.words.UseTable, w.useRows(), 2, nil},
		{w.words.Allotted, w.words.AllottedTable, w.allottedRows(), 1, nil},
		{w.words.Idle, w.words.IdleTable, w.idleRows(), 4, nil},
		{w.words.Oversized, w.words.OversizedTable, w.oversizedRows(), 1, nil},
		{w.words.Candidates, w.words.CandidateTable, w.candidateRows(), 9, nil},
		{w.words.Single, w.words.SingleTable, w.singleRows(), 9, nil},
		{w.words.Storage, w.words.StorageTable, w.storageRows(), 9, nil},
		{w.words.Data, w.words.QualityTable, w.qualityRows(), 2, nil},
	}
	kept := all[:0]
	for _, s := range all {
		if len(s.rows) > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// InspectTables lists all that the first screen sums up. Sentences are never
// cut: a terminal wraps them.
func InspectTables(out io.Writer, a *audit.Audit, l *wording.Language) error {
	for _, s := range sections(a, l) {
		fmt.Fprintf(out, "\n%s\n", strings.ToUpper(s.title))
		plainTable(out, s)
	}
	fmt.Fprintf(out, "\n%s\n", strings.ToUpper(l.Inspect.Cannot))
	for _, what := range a.Cannot {
		fmt.Fprintf(out, "  %s\n", clean(l.Say(what)))
	}
	return nil
}

// plainTable aligns columns by spaces; the last one runs on.
func plainTable(out io.Writer, s section) {
	width := make([]int, len(s.header))
	for _, row := range append([][]string{s.header}, s.rows...) {
		for i, cell := range row[:len(row)-1] {
			width[i] = max(width[i], len([]rune(fit(cell, 0))))
		}
	}
	for _, row := range append([][]string{s.header}, s.rows...) {
		var b strings.Builder
		b.WriteString("  ")
		for i, cell := range row {
			switch {
			case i == len(row)-1:
				b.WriteString(cell)
			case i >= s.number:
				b.WriteString(strings.Repeat(" ", max(0, width[i]-len([]rune(cell)))) + cell + "  ")
			default:
				b.WriteString(fit(cell, width[i]) + "  ")
			}
		}
		fmt.Fprintln(out, strings.TrimRight(b.String(), " "))
	}
}

// InspectMarkdown shows an audit as Markdown.
func InspectMarkdown(out io.Writer, a *audit.Audit, l *wording.Language) error {
	w := l.Inspect
	title := a.Name
	if a.Day.Known() {
		title = strings.TrimSpace(title + " · " + a.Day.String())
	}
	fmt.Fprintf(out, "# %s\n\n%s, %s\n", escapeMarkdown(clean(title)), w.Servers.Of(l, a.Totals.Hosts), w.Workloads.Of(l, a.Totals.Workloads))
	for _, s := range sections(a, l) {
		fmt.Fprintf(out, "\n## %s\n\n", s.title)
		markdownTable(out, s.header, s.rows)
	}
	fmt.Fprintf(out, "\n## %s\n\n", w.Cannot)
	for _, what := range a.Cannot {
		fmt.Fprintf(out, "- %s\n", escapeMarkdown(clean(l.Say(what))))
	}
	return nil
}

// InspectCSV writes one line a machine, for spreadsheets and scripts.
func InspectCSV(out io.Writer, a *audit.Audit) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"kind", "id", "name", "host", "state", "site", "service", "make", "model", "year", "os", "support", "cpus", "memory_mib",
		"cpu_percent", "cpu_basis", "cpu_max_percent", "memory_percent", "idle", "verdict", "score"}); err != nil {
		return err
	}
	for _, m := range a.Machines {
		record := []string{m.Kind, m.ID, m.Name, m.Host, m.State, m.Site, m.Service, m.Make, m.Model, zeroless(m.Year), m.OS, string(m.Support), zeroless(m.CPUs),
			zeroless(int(m.MemoryMiB + 0.5)), optional(m.CPU), m.CPUBasis, optional(m.CPUMax), optional(m.Memory), m.Idle, string(m.Verdict), ""}
		if m.Verdict != "" {
			record[len(record)-1] = strconv.Itoa(m.Score)
		}
		for i := range record {
			record[i] = defuse(clean(record[i]))
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func zeroless(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func optional(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}
