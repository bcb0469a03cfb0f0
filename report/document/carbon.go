package document

import (
	"sobre/carbon"
)

// carbon is energy and emissions with all that they rest on.
func (c *composer) carbon() Section {
	s := Section{ID: "carbon", Title: c.t("Energy and carbon"), Blocks: []Block{c.footprintChart(), c.footprintTable()}}
	s.Blocks = append(s.Blocks, &Paragraph{Text: c.t("In France a kilowatt-hour emits little, so kilowatt-hours, money and the manufacture of what is bought often weigh more than the carbon of use. Heat that the room gives back to the building, and work that fills the freed room, are shown as sensitivities only."), Style: Note})
	if chart := c.tornado(); chart != nil {
		s.Blocks = append(s.Blocks, chart)
	}
	if chart, t := c.course(); t != nil {
		s.Blocks = append(s.Blocks, chart, t)
	}
	if t := c.sensitivities(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	if t := c.byService(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	s.Blocks = append(s.Blocks, c.indicator()...)
	return s
}

func (c *composer) footprintChart() *Chart {
	p := c.p
	s, m := c.energyScale(p.Before.Energy), c.massScale(p.Before.CO2e)
	return &Chart{ID: "footprint", Title: c.t("Electricity and carbon, today and after"), Summary: c.t("Electricity %s to %s %s, carbon of use %s to %s %s.",
		c.about(p.Before.Energy.Best/s.by), c.about(p.After.Energy.Best/s.by), s.unit, c.about(p.Before.CO2e.Best/m.by), c.about(p.After.CO2e.Best/m.by), m.unit),
		Drawing: &Bars{Items: []Bar{
			{Label: c.t("Electricity"), Before: p.Before.Energy.Scale(1 / s.by), After: p.After.Energy.Scale(1 / s.by), Unit: s.unit},
			{Label: c.t("Carbon of use"), Before: p.Before.CO2e.Scale(1 / m.by), After: p.After.CO2e.Scale(1 / m.by), Unit: m.unit},
		}}}
}

func (c *composer) footprintTable() *Table {
	p := c.p
	t := &Table{ID: "footprint", Title: c.t("Footprint"), Columns: []Column{
		{Title: c.t("Figure"), Kind: Text}, {Title: c.t("Unit"), Kind: Text}, {Title: c.t("Today"), Kind: Span}, {Title: c.t("Plan"), Kind: Span}, {Title: c.t("Saving"), Kind: Span},
	}, Note: c.t("Ranges are the 5th to the 95th percentile; the range of a saving is its own, not the difference of two ranges.")}
	row := func(figure, unit string, before, after, saving Cell) {
		t.Rows = append(t.Rows, []Cell{text(figure), text(unit), before, after, saving})
	}
	row(c.t("Electricity of the machines"), c.t("kWh a year"), span(p.Before.ITEnergy), span(p.After.ITEnergy), Cell{})
	row(c.t("Electricity at the meter of the room"), c.t("kWh a year"), span(p.Before.Energy), span(p.After.Energy), span(p.Saving.Energy))
	row(c.t("Carbon of use"), c.t("kgCO2e a year"), span(p.Before.CO2e), span(p.After.CO2e), span(p.Saving.CO2e))
	row(c.t("Carbon to make what is bought"), c.t("kgCO2e, once"), span(carbon.Range{}), span(p.After.Embodied), span(p.After.Embodied.Scale(-1)))
	row(c.t("Carbon in balance over %s years", c.about(c.horizon())), c.t("kgCO2e"), Cell{}, Cell{}, span(p.Saving.NetCO2e))
	return t
}

// longTornado is how many assumptions a tornado shows.
const longTornado = 8

func (c *composer) tornado() *Chart {
	if len(c.p.Tornado) == 0 {
		return nil
	}
	d := &Tornado{Unit: c.t("kgCO2e a year"), Centre: c.centre()}
	for _, x := range firsts(c.p.Tornado, longTornado) {
		d.Items = append(d.Items, Swing{Label: capital(c.say(x.What)), Low: x.Low, High: x.High})
	}
	return &Chart{ID: "tornado", Title: c.t("What the saving depends on most"), Drawing: d,
		Summary: c.t("The yearly saving of use and manufacture when one assumption alone goes to the ends of its range; the widest is: %s.", d.Items[0].Label)}
}

// centre is the yearly saving that the tornado swings around: the middle of
// the narrowest swing, where the plan does not give it.
func (c *composer) centre() float64 {
	for _, x := range c.p.Sensitivities {
		return x.Against
	}
	last := c.p.Tornado[len(c.p.Tornado)-1]
	return (last.Low + last.High) / 2
}

// course is the saving year by year.
func (c *composer) course() (*Chart, *Table) {
	if len(c.p.Years) == 0 {
		return nil, nil
	}
	d := &Curve{Unit: c.t("kgCO2e in sum")}
	t := &Table{ID: "years", Title: c.t("Year by year"), Columns: []Column{
		{Title: c.t("Year"), Kind: Number}, {Title: c.t("Electricity saved"), Unit: "kWh", Kind: Span}, {Title: c.t("Carbon of use saved"), Unit: c.t("kgCO2e"), Kind: Span},
		{Title: c.t("Emitted to make"), Unit: c.t("kgCO2e"), Kind: Span}, {Title: c.t("In sum"), Unit: c.t("kgCO2e"), Kind: Span},
	}}
	for _, y := range c.p.Years {
		d.Points = append(d.Points, Point{itoa(y.Year), y.CumulatedKg})
		t.Rows = append(t.Rows, []Cell{whole(y.Year), span(y.EnergyKWh), span(y.CO2eKg), span(y.EmbodiedKg), span(y.CumulatedKg)})
	}
	last := c.p.Years[len(c.p.Years)-1]
	return &Chart{ID: "years", Title: c.t("Carbon saved in sum, manufacture taken off"), Drawing: d,
		Summary: c.t("After %s years: %s.", itoa(last.Year), c.massSpan(last.CumulatedKg))}, t
}

func (c *composer) sensitivities() *Table {
	if len(c.p.Sensitivities) == 0 {
		return nil
	}
	t := &Table{ID: "sensitivities", Title: c.t("Read differently"), Columns: []Column{
		{Title: c.t("If"), Kind: Text, Wide: true}, {Title: c.t("Saving"), Unit: c.t("kgCO2e a year"), Kind: Number}, {Title: c.t("In place of"), Unit: c.t("kgCO2e a year"), Kind: Number},
	}, Note: c.t("One at a time, all else as it is; for judgement, never for an inventory.")}
	for _, x := range c.p.Sensitivities {
		t.Rows = append(t.Rows, []Cell{text(c.say(x.What)), number(x.Saving), number(x.Against)})
	}
	return t
}

func (c *composer) byService() *Table {
	if len(c.p.Services) < 2 {
		return nil
	}
	t := &Table{ID: "services", Title: c.t("By service"), Data: true, Totals: true, Columns: []Column{
		{Title: c.t("Service"), Kind: Name}, {Title: c.t("Workloads"), Kind: Number, Sum: true},
		{Title: c.t("Electricity today"), Unit: c.t("kWh a year"), Kind: Number, Sum: true}, {Title: c.t("Electricity after"), Unit: c.t("kWh a year"), Kind: Number, Sum: true},
		{Title: c.t("Carbon today"), Unit: c.t("kgCO2e a year"), Kind: Number, Sum: true}, {Title: c.t("Carbon after"), Unit: c.t("kgCO2e a year"), Kind: Number, Sum: true},
		{Title: c.t("Manufacture"), Unit: c.t("kgCO2e a year"), Kind: Number, Sum: true},
	}, Note: c.t("A host's idle power is shared by what is allocated on it, the rest by what is used; the parts sum to the whole.")}
	for _, x := range c.p.Services {
		name := x.Name
		if name == "" {
			name = c.t("no service named, and spare hosts")
		}
		t.Rows = append(t.Rows, []Cell{text(name), whole(x.Workloads), number(x.Before.Energy.Best), number(x.After.Energy.Best), number(x.Before.CO2e.Best), number(x.After.CO2e.Best), number(x.After.Embodied.Best)})
	}
	return t
}
