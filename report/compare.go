package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/planner/scenario"
	"sobre/wording"
)

// Compare shows scenarios side by side, within 80 columns: the ones that no
// other beats are marked, and of the others it is said by which.
func Compare(out io.Writer, title string, list []scenario.Outcome, years float64, l *wording.Language) error {
	w := &l.Compare
	paragraph(out, cleanName(title)+" · "+w.Title.Of(l, len(list)))
	fmt.Fprintln(out)
	if err := wideTable(out, w.Table, compareRows(list, l), 2, 30); err != nil {
		return err
	}
	paragraph(out, fmt.Sprintf(w.Legend, l.Figures(years, 2)))
	fmt.Fprintln(out)
	for _, text := range judgements(list, l) {
		paragraph(out, text)
	}
	return nil
}

func compareRows(list []scenario.Outcome, l *wording.Language) [][]string {
	var rows [][]string
	for _, o := range list {
		mark := ""
		if len(o.BeatenBy) == 0 && o.Failed == "" && o.Unplaced == 0 {
			mark = "*"
		}
		row := []string{mark, ansi.Truncate(cleanName(o.Name), 30, "…"), "–", "–", "–", "–", "–", "–", "–"}
		if o.Failed == "" {
			hosts := l.Count(o.Hosts)
			if o.Bound > 0 && o.Bound < o.Hosts {
				hosts = "~" + hosts
			}
			co2e := l.Number(o.CO2e/1000, 1)
			if o.CO2eUnknown {
				co2e = l.Compare.Unknown
			}
			copy(row[2:], []string{
				hosts, countOrNone(l, o.Bought), countOrNone(l, o.Moves), stretchOrNone(l, o.Downtime),
				l.Number(o.Energy/1000, 0), co2e, l.Number(o.Cost/1000, 1),
			})
		}
		rows = append(rows, row)
	}
	return rows
}

// judgements say what fails, what is beaten, what is a choice and what is best.
func judgements(list []scenario.Outcome, l *wording.Language) []string {
	w := &l.Compare
	var texts, choices []string
	for _, o := range list {
		name := cleanName(o.Name)
		switch {
		case o.Failed != "":
			texts = append(texts, fmt.Sprintf(w.Failed, name, o.Failed))
		case o.Unplaced > 0:
			text := w.Unplaced.Many
			if o.Unplaced == 1 {
				text = w.Unplaced.One
			}
			texts = append(texts, fmt.Sprintf(text+".", name))
		case len(o.BeatenBy) > 0:
			texts = append(texts, fmt.Sprintf(w.BeatenBy, name, cleanName(shortenTo(o.BeatenBy, 2))))
		default:
			choices = append(choices, name)
		}
	}
	if len(choices) > 0 {
		texts = append(texts, fmt.Sprintf(w.Unbeaten, strings.Join(choices, ", ")))
	}
	for _, m := range []struct {
		name string
		of   func(*scenario.Outcome) float64
	}{
		{"hosts", func(o *scenario.Outcome) float64 { return float64(o.Hosts) }},
		{"cost", func(o *scenario.Outcome) float64 { return o.Cost }},
		{"co2e", func(o *scenario.Outcome) float64 {
			if o.CO2eUnknown {
				return 1e300
			}
			return o.CO2e
		}},
	} {
		if best := scenario.Best(list, m.of); best != nil {
			texts = append(texts, fmt.Sprintf(w.Best, w.Measures[m.name], cleanName(best.Name)))
		}
	}
	return texts
}

// CompareMarkdown writes scenarios as Markdown.
func CompareMarkdown(out io.Writer, title string, list []scenario.Outcome, years float64, l *wording.Language) error {
	fmt.Fprintf(out, "# %s\n\n", escapeMarkdown(cleanName(title)))
	markdownTable(out, l.Compare.Table, compareRows(list, l))
	fmt.Fprintf(out, "\n%s\n", fmt.Sprintf(l.Compare.Legend, l.Figures(years, 2)))
	for _, text := range judgements(list, l) {
		if _, err := fmt.Fprintf(out, "- %s\n", escapeMarkdown(text)); err != nil {
			return err
		}
	}
	return nil
}

// CompareCSV writes a line per scenario, for spreadsheets and scripts.
func CompareCSV(out io.Writer, list []scenario.Outcome) error {
	rows := [][]string{{"scenario", "status", "hosts", "bound", "bought", "moves", "unplaced", "hosted", "waves", "downtime_minutes", "energy_kwh_per_year", "co2e_kg_per_year", "embodied_kg", "cost_per_year", "paid_once", "beaten_by", "failed"}}
	for _, o := range list {
		co2e := plain(o.CO2e)
		if o.CO2eUnknown {
			co2e = ""
		}
		rows = append(rows, []string{
			o.Name, o.Status, strconv.Itoa(o.Hosts), strconv.Itoa(o.Bound), strconv.Itoa(o.Bought), strconv.Itoa(o.Moves), strconv.Itoa(o.Unplaced),
			strconv.Itoa(o.Hosted), strconv.Itoa(o.Waves), plain(o.Downtime), plain(o.Energy), co2e, plain(o.Embodied), plain(o.Cost), plain(o.Once),
			strings.Join(o.BeatenBy, "; "), o.Failed,
		})
	}
	for _, row := range rows {
		row[0], row[15], row[16] = defuse(row[0]), defuse(row[15]), defuse(row[16])
	}
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
