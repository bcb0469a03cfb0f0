package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/carbon"
	"sobre/cost"
	"sobre/planner/plan"
	"sobre/wording"
)

// Figures lists the words that ExplainFigure unfolds besides IDs of hosts.
func Figures() []string {
	return slices.Sorted(maps.Keys(wording.English().Figure.Names))
}

// ExplainFigure unfolds a figure of a plan (see Figures), or the footprint of
// the host with that ID, into values, formula, assumptions with their sources
// and input rows. ok is false when word is neither.
func ExplainFigure(out io.Writer, p *plan.Plan, l *wording.Language, word string) (ok bool, err error) {
	e := explainer{Writer: out, plan: p, l: l, words: &l.Figure, sources: map[string]int{}}
	for i := range p.Hosts {
		if p.Hosts[i].ID == word || p.Hosts[i].Name == word {
			return true, e.host(&p.Hosts[i])
		}
	}
	if word == "indicator" {
		if p.Indicator == nil {
			_, err := fmt.Fprintln(out, l.Figure.Older)
			return true, err
		}
		return true, IndicatorBlock(out, p.Indicator, l)
	}
	if _, known := e.words.Names[word]; !known {
		return false, nil
	}
	return true, e.figure(word)
}

// explainer writes one explanation.
type explainer struct {
	io.Writer
	plan  *plan.Plan
	l     *wording.Language
	words *wording.Figure
	// sources are numbered as they are met, to be listed once at the end.
	sources map[string]int
}

func (e explainer) figure(id string) error {
	explanation, err := cost.Explain(id, e.plan.Assumptions)
	if err != nil {
		return err
	}
	if len(e.plan.Assumptions) == 0 {
		_, err := fmt.Fprintln(e, e.words.Older)
		return err
	}
	e.values(id)
	e.unfold(explanation, 0)
	e.listSources()
	fmt.Fprintln(e)
	if err := e.rows(id); err != nil {
		return err
	}
	fmt.Fprintln(e)
	paragraph(e, fmt.Sprintf(e.words.Other, strings.Join(Figures(), ", ")))
	return nil
}

// values says what the figure is, before, after and saved.
func (e explainer) values(id string) {
	fmt.Fprintln(e, e.words.Names[id])
	for _, v := range e.ranges(id) {
		digits := 0
		if v.r.High < 100 && v.r.Low > -100 {
			digits = 2
		}
		n := func(x float64) string { return e.l.Number(x, digits) }
		text := n(v.r.Best) + " " + v.unit
		if v.r.Low != v.r.High {
			text += "  " + fmt.Sprintf(e.words.Range, n(v.r.Low), n(v.r.High))
		}
		fmt.Fprintln(e, "  "+fit(v.name, 16)+text)
	}
	fmt.Fprintln(e)
}

type namedRange struct {
	name, unit string
	r          carbon.Range
}

// ranges are the values of a figure that the plan holds.
func (e explainer) ranges(id string) []namedRange {
	p, w := e.plan, e.words
	three := func(unit string, before, after, saved carbon.Range) []namedRange {
		return []namedRange{{w.Before, unit, before}, {w.After, unit, after}, {w.Saved, unit, saved}}
	}
	switch id {
	case "co2e", "total":
		before, after := p.Before.CO2e, p.After.CO2e
		if id == "total" {
			before, after = before.Plus(p.Before.EmbodiedPerYear), after.Plus(p.After.EmbodiedPerYear)
		}
		saved := p.Saving.CO2e
		if id == "total" {
			saved = p.Saving.Total
		}
		return three("kgCO2e", before, after, saved)
	case "energy":
		return three("kWh", p.Before.Energy, p.After.Energy, p.Saving.Energy)
	case "power", "load":
		return three("W", p.Before.ITEnergy.Scale(1/8.76), p.After.ITEnergy.Scale(1/8.76), carbon.Range{})[:2]
	case "embodied":
		return []namedRange{{w.After, "kgCO2e", p.After.Embodied}}
	case "net":
		return []namedRange{{w.Saved, "kgCO2e", p.Saving.NetCO2e}}
	case "payback":
		if p.Saving.CarbonPayback != nil {
			return []namedRange{{w.After, e.l.Say("years"), *p.Saving.CarbonPayback}}
		}
		return nil
	}
	if p.Cost == nil {
		return nil
	}
	b, a, s, unit := p.Cost.Before, p.Cost.After, p.Cost.Saving, p.Cost.Currency
	switch id {
	case "electricity":
		return three(unit, b.Electricity, a.Electricity, s.Electricity)
	case "maintenance":
		return three(unit, b.Maintenance, a.Maintenance, s.Maintenance)
	case "space":
		return three(unit, b.Space, a.Space, s.Space)
	case "licences":
		return three(unit, b.Licences, a.Licences, s.Licences)
	case "once":
		return []namedRange{{w.After, unit, a.Once}}
	case "npv":
		return []namedRange{{w.Saved, unit, p.Cost.NPV}}
	}
	return three(unit, b.PerYear, a.PerYear, s.PerYear)
}

// unfold writes a formula with what it rests on, and its parts below.
func (e explainer) unfold(x carbon.Explanation, depth int) {
	pad := strings.Repeat("  ", depth)
	f := x.Formula
	write := func(indent, text string) {
		for i, line := range wrap(text, screenWidth-len(pad)-ansi.StringWidth(indent)-2) {
			if i > 0 {
				indent = strings.Repeat(" ", ansi.StringWidth(indent))
			}
			fmt.Fprintln(e, pad+indent+line)
		}
	}
	write("", e.words.Names[f.ID]+" = "+e.l.Say(f.Formula)+"  ["+e.l.Say(f.Unit)+"]")
	write("  ", e.l.Say(f.Reference))
	for _, a := range x.Assumptions {
		write("  · ", e.assumption(a))
	}
	for _, part := range x.Parts {
		if money := strings.HasPrefix(f.Unit, "money"); money && part.Formula.ID == "energy" {
			write("  ", e.words.Names["energy"]+" "+fmt.Sprintf(e.words.PartOf, "energy"))
			continue
		}
		e.unfold(part, depth+1)
	}
}

// assumption is one figure with its range, the number of its source and how
// many it is for.
func (e explainer) assumption(a carbon.Assumption) string {
	text := strings.TrimSuffix(e.l.Say(a.What), ".") + " = " + e.l.Figures(a.Value, 3) + " " + e.l.Say(a.Unit)
	if a.Low != a.High {
		text += " " + fmt.Sprintf(e.words.Range, e.l.Figures(a.Low, 3), e.l.Figures(a.High, 3))
	}
	if a.Count > 1 {
		text += ", ×" + e.l.Count(a.Count)
	}
	return text + " [" + e.l.Count(e.sourceNumber(a)) + "]"
}

// sourceNumber numbers sources in the order in which they are met.
func (e explainer) sourceNumber(a carbon.Assumption) int {
	source := e.l.Say(a.Source)
	if a.Link != "" {
		source += ", " + a.Link
	}
	if e.sources[source] == 0 {
		e.sources[source] = len(e.sources) + 1
	}
	return e.sources[source]
}

// listSources lists the numbered sources.
func (e explainer) listSources() {
	if len(e.sources) == 0 {
		return
	}
	fmt.Fprintln(e, "\n"+e.words.Sources)
	byNumber := make([]string, len(e.sources))
	for source, n := range e.sources {
		byNumber[n-1] = source
	}
	for n, source := range byNumber {
		for i, line := range wrap(source, screenWidth-6) {
			mark := "  [" + e.l.Count(n+1) + "] "
			if i > 0 {
				mark = strings.Repeat(" ", len(mark))
			}
			fmt.Fprintln(e, mark+line)
		}
	}
}

// rows writes the input rows of a figure: of money its parts, of all others
// the hosts.
func (e explainer) rows(id string) error {
	switch id {
	case "embodied":
		if m := e.plan.After.Manufacture; m != (carbon.Impact{}) {
			paragraph(e, fmt.Sprintf(e.words.Parts, e.l.Number(m.GWP, 0), e.l.Figures(1000*m.ADP, 3), e.l.Number(m.PE, 0)))
		}
		return nil
	case "cost", "npv", "once", "maintenance", "space":
		return e.bill()
	case "licences":
		return e.licences()
	}
	paragraph(e, e.words.Rows)
	power := map[string]string{}
	for _, a := range e.plan.Assumptions {
		power[a.ID] = a.What
	}
	var rows [][]string
	for i := range e.plan.Hosts {
		h := &e.plan.Hosts[i]
		before, after := e.kWh(h)
		load := e.l.Number(100*h.MeanCPU, 1)
		if h.State == plan.Retire {
			load = ""
		}
		rows = append(rows, []string{
			cleanName(h.ID), e.l.Screen.States[string(h.State)], e.l.Say(h.PowerRung), cleanName(e.shortSource(power[h.PowerFrom])), load, before, after,
		})
	}
	return table(e, e.words.RowsHead, rows, 4)
}

// kWh is what a host draws today and after the plan.
func (e explainer) kWh(h *plan.Host) (before, after string) {
	n := func(r carbon.Range) string { return e.l.Number(r.Best, 0) }
	switch h.State {
	case plan.Retire:
		return n(h.Energy), ""
	case plan.Buy:
		return "", n(h.Energy)
	}
	return n(h.EnergyBefore), n(h.Energy)
}

// shortSource is what a host's watts are of: "2 × Xeon E5540".
func (e explainer) shortSource(what string) string {
	said := e.l.Say(what)
	for _, start := range []string{"Power of ", "Puissance de "} {
		said = strings.TrimPrefix(said, start)
	}
	said, _, _ = strings.Cut(strings.ReplaceAll(said, " :", ":"), ":")
	said, _, _ = strings.Cut(said, " (")
	const most = 34
	if r := []rune(said); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return said
}

// bill writes the parts of a yearly bill, and what is bought.
func (e explainer) bill() error {
	c := e.plan.Cost
	if c == nil {
		_, err := fmt.Fprintln(e, e.words.Older)
		return err
	}
	n := func(r carbon.Range) string { return e.l.Number(r.Best, 0) }
	var rows [][]string
	for _, part := range []struct {
		id      string
		b, a, s carbon.Range
	}{
		{"electricity", c.Before.Electricity, c.After.Electricity, c.Saving.Electricity}, {"maintenance", c.Before.Maintenance, c.After.Maintenance, c.Saving.Maintenance},
		{"space", c.Before.Space, c.After.Space, c.Saving.Space}, {"licences", c.Before.Licences, c.After.Licences, c.Saving.Licences},
		{"cost", c.Before.PerYear, c.After.PerYear, c.Saving.PerYear}, {"once", c.Before.Once, c.After.Once, c.Saving.Once}, {"npv", carbon.Range{}, carbon.Range{}, c.NPV},
	} {
		rows = append(rows, []string{e.words.Names[part.id], n(part.b), n(part.a), n(part.s)})
	}
	head := append([]string{c.Currency}, e.words.Bill...)
	if err := table(e, head, rows, 1); err != nil || len(c.After.ByModel) == 0 {
		return err
	}
	fmt.Fprintln(e)
	rows = nil
	for _, b := range c.After.ByModel {
		rows = append(rows, []string{cleanName(b.Model), e.l.Count(b.Count), e.l.Number(b.Sum, 0)})
	}
	return table(e, e.words.Bought, rows, 1)
}

// licences writes what each licence costs today and after the plan.
func (e explainer) licences() error {
	if e.plan.Cost == nil {
		_, err := fmt.Fprintln(e, e.words.Older)
		return err
	}
	for _, side := range []struct {
		name string
		list []cost.LicenceBill
	}{{e.words.Before, e.plan.Cost.Before.ByLicence}, {e.words.After, e.plan.Cost.After.ByLicence}} {
		if len(side.list) == 0 {
			continue
		}
		fmt.Fprintln(e, side.name)
		var rows [][]string
		for _, b := range side.list {
			rows = append(rows, []string{
				cleanName(b.Name), e.l.Number(b.Units, 0), e.l.Number(b.Owned, 0), e.l.Number(b.PerYear, 0), e.l.Number(b.Once, 0), e.l.Count(len(b.Hosts)),
			})
		}
		if err := table(e, e.words.Licence, rows, 1); err != nil {
			return err
		}
	}
	return nil
}

// host writes what one host of the plan draws, emits and costs.
func (e explainer) host(h *plan.Host) error {
	p, w := e.plan, e.words
	fmt.Fprintln(e, fmt.Sprintf(w.Host, cleanName(h.ID+" "+h.Model), e.l.Screen.States[string(h.State)]))
	n := func(v float64) string { return e.l.Number(v, 0) }
	if h.State != plan.Retire {
		paragraph(e, "  "+fmt.Sprintf(w.HostLoad, e.l.Number(100*h.MeanCPU, 2)))
	}
	kwh := h.Energy.Best
	paragraph(e, "  "+fmt.Sprintf(w.HostWatts, n(kwh/8.76), n(h.Idle/8.76), n(h.Enclosure/8.76)))
	totals := p.After
	if h.State == plan.Retire {
		totals = p.Before
	}
	meter := kwh * perUnit(totals.Energy, totals.ITEnergy)
	money := ""
	if p.Cost != nil {
		electricity := p.Cost.After.Electricity
		if h.State == plan.Retire {
			electricity = p.Cost.Before.Electricity
		}
		money = n(meter*perUnit(electricity, totals.Energy)) + " " + p.Cost.Currency
	}
	paragraph(e, "  "+fmt.Sprintf(w.HostYear, n(kwh), n(meter), e.l.Figures(meter*perUnit(totals.CO2e, totals.Energy), 3), money))
	if h.State == plan.Keep {
		paragraph(e, "  "+fmt.Sprintf(w.HostWas, n(h.EnergyBefore.Best)))
	}
	if len(h.ClosedTo) > 0 {
		paragraph(e, "  "+fmt.Sprintf(w.Closed, strings.Join(h.ClosedTo, ", ")))
	}
	for _, a := range p.Assumptions {
		if a.ID == h.PowerFrom {
			for i, line := range wrap(e.assumption(a), screenWidth-4) {
				fmt.Fprintln(e, []string{"  · ", "    "}[min(i, 1)]+line)
			}
		}
	}
	e.listSources()
	return nil
}

func perUnit(of, unit carbon.Range) float64 {
	if unit.Best == 0 {
		return 0
	}
	return of.Best / unit.Best
}
