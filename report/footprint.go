package report

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/wording"
)

// AsIs is the footprint of an estate as it is: a block shaped like the totals
// of a plan, with what it rests on and how it is shared.
type AsIs struct {
	plan.Totals
	Name        string                `json:"name"`
	Currency    string                `json:"currency"`
	Contract    bool                  `json:"contract,omitzero"` // a contract's factor is known: Market differs from Location
	Factors     []carbon.Factor       `json:"factors"`
	Services    []carbon.ServiceShare `json:"services"`
	Assumptions []carbon.Assumption   `json:"assumptions"`
	Tornado     []carbon.Swing        `json:"tornado"`
	Indicator   carbon.Indicator      `json:"indicator"`
	Shares      []carbon.Share        `json:"workloads,omitempty"` // per workload and year
}

// FillTotals counts the hosts in service of an estate and takes over the
// figures of its footprint.
func (a *AsIs) FillTotals(e *inventory.Estate, f carbon.Footprint) {
	a.Totals = plan.Totals{
		Energy: f.EnergyKWh, ITEnergy: f.ITEnergyKWh, CO2e: f.CO2eKg, PUE: f.PUE, Location: f.LocationKg, Market: f.MarketKg, Water: f.WaterLitres, Reused: f.ReusedKWh,
	}
	for i := range e.Hosts {
		if h := &e.Hosts[i]; h.State == "" || h.State == inventory.HostOn {
			a.Hosts++
			a.Cores += h.CPU.Cores
			a.MemoryMiB += int64(h.Memory.MiB())
		}
	}
}

// most is how many services and swings a screen lists.
const most = 8

// FootprintScreen shows a footprint within 80 columns.
func FootprintScreen(out io.Writer, a *AsIs, l *wording.Language) error {
	w := &l.Footprint
	fmt.Fprintf(out, "%s · %s\n\n", cleanName(a.Name), w.Servers.Of(l, a.Hosts))
	for _, row := range a.rows(l) {
		fmt.Fprintf(out, "  %s%12s %s %s\n", fit(row.name, 34), row.best, fit(row.unit, 14), row.span)
	}
	fmt.Fprintln(out)
	paragraph(out, "  "+w.Known+" "+rungs(a.Indicator.Rungs, l))
	fmt.Fprintln(out)
	paragraph(out, "  "+w.Moves)
	for _, s := range a.Tornado[:min(most, len(a.Tornado))] {
		fmt.Fprintf(out, "  %10s … %s %s\n", l.Number(min(s.Low, s.High), 0), fit(l.Number(max(s.Low, s.High), 0), 10), strings.TrimSuffix(l.Say(s.What), "."))
	}
	if len(a.Services) > 1 {
		fmt.Fprintln(out)
		if err := table(out, w.Services, a.serviceRows(l), 1); err != nil {
			return err
		}
		if n := len(a.Services) - most; n > 0 {
			fmt.Fprintln(out, " "+w.More.Of(l, n))
		}
	}
	_, err := fmt.Fprintf(out, "\n  %s\n", w.Assumed.Of(l, len(a.Assumptions)))
	return err
}

type footprintRow struct{ name, unit, best, span string }

// rows are the figures of a footprint that are known.
func (a *AsIs) rows(l *wording.Language) []footprintRow {
	w := &l.Footprint
	var rows []footprintRow
	add := func(id string, r carbon.Range, digits int) {
		unit := w.Units[id]
		if id == "cost" {
			unit = fmt.Sprintf(unit, a.Currency)
		}
		n := func(v float64) string { return l.Number(v, digits) }
		rows = append(rows, footprintRow{w.Rows[id], unit, n(r.Best), fmt.Sprintf("(%s … %s)", n(r.Low), n(r.High))})
	}
	add("it", a.ITEnergy, 0)
	add("energy", a.Energy, 0)
	add("pue", a.PUE, 2)
	add("co2e", a.Location, 0)
	if a.Contract {
		add("market", a.Market, 0)
	}
	add("cost", a.Cost, 0)
	if a.Water.Best > 0 {
		add("water", a.Water, 0)
	}
	if a.Reused.Best > 0 {
		add("reused", a.Reused, 0)
	}
	return rows
}

// serviceRows lists the services that weigh most.
func (a *AsIs) serviceRows(l *wording.Language) [][]string {
	w := &l.Footprint
	list := sortedServices(a.Services)
	var rows [][]string
	for _, s := range list[:min(most, len(list))] {
		name, each := cleanName(s.Service), ""
		if name == "" {
			name = w.NoService
		}
		if s.Workloads > 0 {
			each = l.Figures(s.CO2eKg.Best/float64(s.Workloads), 3)
		}
		rows = append(rows, []string{name, l.Count(s.Workloads), l.Number(s.EnergyKWh.Best, 0), l.Number(s.CO2eKg.Best, 0), each})
	}
	return rows
}

// rungs says how the power of how many hosts is known.
func rungs(list []carbon.RungCount, l *wording.Language) string {
	var parts []string
	for _, r := range list {
		parts = append(parts, l.Say(string(r.Rung))+" "+l.Count(r.Hosts))
	}
	return strings.Join(parts, " · ")
}

// FootprintCSV writes what each workload takes of a footprint. Cells that a
// spreadsheet would run are defused.
func FootprintCSV(out io.Writer, a *AsIs, l *wording.Language) error {
	c := csv.NewWriter(out)
	if err := c.Write(l.Footprint.Workloads); err != nil {
		return err
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
	for _, s := range a.Shares {
		row := []string{
			defuse(s.ID), defuse(s.Host), defuse(s.Service), number(s.EnergyKWh.Best), number(s.CO2eKg.Best), number(s.CO2eKg.Low), number(s.CO2eKg.High), number(s.SCIKg.Best),
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// FootprintMarkdown writes a footprint as tables, with the block of indicators.
func FootprintMarkdown(out io.Writer, a *AsIs, l *wording.Language) error {
	w := &l.Footprint
	fmt.Fprintf(out, "# %s\n\n%s\n\n", escapeMarkdown(a.Name), w.Servers.Of(l, a.Hosts))
	var rows [][]string
	for _, r := range a.rows(l) {
		rows = append(rows, []string{strings.TrimSpace(r.name), r.best, r.unit, r.span})
	}
	markdownTable(out, []string{"", "", "", ""}, rows)
	if len(a.Services) > 1 {
		fmt.Fprintln(out)
		markdownTable(out, w.Services, a.serviceRows(l))
	}
	fmt.Fprintln(out, "\n```")
	if err := IndicatorBlock(out, &a.Indicator, l); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, "```")
	return err
}

// sortedServices lists services by what they emit, most first.
func sortedServices(list []carbon.ServiceShare) []carbon.ServiceShare {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b carbon.ServiceShare) int { return cmp.Compare(b.CO2eKg.Best, a.CO2eKg.Best) })
	return list
}
