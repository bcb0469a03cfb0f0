package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"sobre/planner/plan"
	"sobre/wording"
)

// hostRows are the hosts of a plan as rows of text.
func hostRows(p *plan.Plan, l *wording.Language) [][]string {
	var rows [][]string
	for _, h := range p.Hosts {
		state := l.Screen.States[string(h.State)]
		if h.Spare {
			state += " *"
		}
		memory := h.Load["memory"]
		if used, ok := h.Load["memory_used"]; ok {
			memory = used
		}
		rows = append(rows, []string{
			h.ID, state, h.Model, l.Count(h.Workloads), percent(l, h.Load["cpu"]), percent(l, memory), l.Count(int(h.Energy.Best + 0.5)),
		})
	}
	return rows
}

func percent(l *wording.Language, v float64) string {
	if v == 0 {
		return ""
	}
	return l.Number(v*100, 0)
}

// placementRows are the workloads that change host, as rows of text.
func placementRows(p *plan.Plan) [][]string {
	var rows [][]string
	for _, m := range p.Placements {
		if m.Kind != "" {
			rows = append(rows, []string{m.Workload, m.From, m.To, m.Kind})
		}
	}
	return rows
}

// Tables shows the hosts and the moves of a plan within 80 columns.
func Tables(out io.Writer, p *plan.Plan, l *wording.Language) error {
	if err := table(out, l.Screen.HostTable, hostRows(p, l), 3); err != nil {
		return err
	}
	moves := placementRows(p)
	if len(moves) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	return table(out, l.Screen.PlacementTable, moves, len(l.Screen.PlacementTable))
}

// table writes rows with columns from firstNumber on aligned to the right.
func table(out io.Writer, header []string, rows [][]string, firstNumber int) error {
	return wideTable(out, header, rows, firstNumber, maxColumn)
}

// wideTable is table with another width for the widest column.
func wideTable(out io.Writer, header []string, rows [][]string, firstNumber, widest int) error {
	align := make([]tw.Align, len(header))
	for i := range align {
		align[i] = tw.AlignLeft
		if i >= firstNumber {
			align[i] = tw.AlignRight
		}
	}
	t := tablewriter.NewTable(out,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone, Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{Separators: tw.Separators{BetweenColumns: tw.Off}},
		})),
		tablewriter.WithConfig(tablewriter.Config{
			Row:    tw.CellConfig{Alignment: tw.CellAlignment{PerColumn: align}, Formatting: tw.CellFormatting{AutoWrap: tw.WrapTruncate}, ColMaxWidths: tw.CellWidth{Global: widest}},
			Header: tw.CellConfig{Alignment: tw.CellAlignment{PerColumn: align}, Formatting: tw.CellFormatting{AutoFormat: tw.Off}},
		}),
	)
	t.Header(header)
	if err := t.Bulk(rows); err != nil {
		return err
	}
	return t.Render()
}

// maxColumn keeps seven columns within 80.
const maxColumn = 22

// Markdown shows a plan as Markdown: the figures, then hosts and moves.
func Markdown(out io.Writer, p *plan.Plan, l *wording.Language) error {
	w := l.Screen
	fmt.Fprintf(out, "# %s\n\n", escapeMarkdown(p.Estate.Name))
	markdownTable(out, []string{"", "←", "→", "Δ", "5 %", "95 %"}, [][]string{
		{w.Hosts, l.Count(p.Before.Hosts), l.Count(p.After.Hosts), l.Count(p.Saving.Hosts), "", ""},
		{w.Electricity + " (" + w.KWhYear + ")", l.Number(p.Before.Energy.Best, 0), l.Number(p.After.Energy.Best, 0), l.Number(p.Saving.Energy.Best, 0), l.Number(p.Saving.Energy.Low, 0), l.Number(p.Saving.Energy.High, 0)},
		{w.Carbon + " (" + w.KgYear + ")", l.Number(p.Before.CO2e.Best, 0), l.Number(p.After.CO2e.Best, 0), l.Number(p.Saving.CO2e.Best, 0), l.Number(p.Saving.CO2e.Low, 0), l.Number(p.Saving.CO2e.High, 0)},
		{w.Money + " (" + w.EURYear + ")", l.Number(p.Before.Cost.Best, 0), l.Number(p.After.Cost.Best, 0), l.Number(p.Saving.Cost.Best, 0), l.Number(p.Saving.Cost.Low, 0), l.Number(p.Saving.Cost.High, 0)},
	})
	fmt.Fprintf(out, "\n%s %d, gap %d: %s\n\n", p.Status, p.Bound.Hosts, p.Bound.Gap, escapeMarkdown(l.Say(p.Bound.Why)))
	markdownTable(out, w.HostTable, hostRows(p, l))
	fmt.Fprintln(out)
	markdownTable(out, w.PlacementTable, placementRows(p))
	return nil
}

func markdownTable(out io.Writer, header []string, rows [][]string) {
	fmt.Fprintf(out, "| %s |\n|%s\n", strings.Join(header, " | "), strings.Repeat(" --- |", len(header)))
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = escapeMarkdown(c)
		}
		fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | "))
	}
}

// escapeMarkdown keeps a name from ending a cell or starting markup.
func escapeMarkdown(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`, "`", "\\`", "[", `\[`).Replace(s)
}

// CSV writes one line per workload of the plan, for spreadsheets and scripts.
func CSV(out io.Writer, p *plan.Plan) error {
	w := csv.NewWriter(out)
	rows := [][]string{{"workload", "from", "to", "kind", "reason"}}
	for _, m := range p.Placements {
		rows = append(rows, []string{m.Workload, m.From, m.To, m.Kind, m.Stays})
	}
	for _, u := range p.Unplaced {
		rows = append(rows, []string{u.Workload, "", "", "unplaced", u.What})
	}
	for _, u := range p.Excluded {
		rows = append(rows, []string{u.Workload, "", "", "excluded", u.What})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = defuse(row[i])
		}
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

// defuse keeps a spreadsheet from taking a name for a formula (OWASP, CSV
// Injection): such text gets a single quote in front.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
