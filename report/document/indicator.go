package document

import "sobre/carbon"

// indicator is the block of figures that a French local authority takes into
// its own reports.
func (c *composer) indicator() []Block {
	x := c.p.Indicator
	if x == nil {
		return nil
	}
	about := &Table{ID: "indicator-terms", Title: c.t("Indicator: what it speaks of"), Columns: []Column{{Title: c.t("Term"), Kind: Text}, {Title: c.t("Value"), Kind: Text, Wide: true}}}
	for _, row := range [][2]string{
		{c.t("Perimeter"), x.Perimeter}, {c.t("Period"), x.Period}, {c.t("Reference"), x.Reference}, {c.t("Method"), x.Method},
	} {
		about.Rows = append(about.Rows, []Cell{text(row[0]), text(c.say(row[1]))})
	}
	for _, f := range x.Factors {
		about.Rows = append(about.Rows, []Cell{text(c.t("Factor")), text(c.t("%s gCO2e/kWh, %s (%s)", c.l.Number(f.Grams, 1), f.Source.Publisher+", "+f.Source.Title, itoa(f.Year)))})
	}
	return []Block{
		&Paragraph{Text: c.t("Indicator for the reports of a local authority"), Style: Heading}, about, c.indicatorFigures(x), c.rgesn(x),
	}
}

func (c *composer) indicatorFigures(x *carbon.Indicator) *Table {
	t := &Table{ID: "indicator", Title: c.t("Indicator: the figures"), Data: true, Columns: []Column{
		{Title: c.t("Instrument"), Kind: Text}, {Title: c.t("Figure"), Kind: Text, Wide: true}, {Title: c.t("Unit"), Kind: Text}, {Title: c.t("Today"), Kind: Span}, {Title: c.t("Plan"), Kind: Span},
	}}
	reen, beges, pcaet := c.t("REEN, art. 35"), c.t("BEGES, method 5"), c.t("PCAET")
	row := func(instrument, figure, unit string, before, after Cell) {
		t.Rows = append(t.Rows, []Cell{text(instrument), text(figure), text(unit), before, after})
	}
	one := func(n int) Cell { return span(carbon.Exactly(float64(n))) }
	row(reen, c.t("Servers in service"), c.t("hosts"), one(x.REEN.ServersBefore), one(x.REEN.ServersAfter))
	row(reen, c.t("Servers retired"), c.t("hosts"), Cell{}, one(x.REEN.ServersRetired))
	row(reen, c.t("Electricity of the machines"), c.t("kWh a year"), span(x.REEN.ITEnergyBefore), span(x.REEN.ITEnergyAfter))
	row(reen, c.t("Electricity at the meter of the room"), c.t("kWh a year"), span(x.REEN.FacilityBefore), span(x.REEN.FacilityAfter))
	row(reen, "PUE", "", span(x.REEN.PUEBefore), span(x.REEN.PUEAfter))
	row(reen, c.t("Carbon to make what is bought"), c.t("kgCO2e, once"), Cell{}, span(x.REEN.EmbodiedKg))
	row(beges, c.t("Item 2.1, electricity"), c.t("tCO2e a year"), span(x.BEGES.Item21Before), span(x.BEGES.Item21After))
	row(beges, c.t("Item 4.2, fixed assets, in the year of purchase"), c.t("tCO2e"), Cell{}, span(x.BEGES.Item42))
	row(pcaet, c.t("Electricity saved"), c.t("kWh a year"), Cell{}, span(x.PCAET.EnergySaved))
	row(pcaet, c.t("Emissions avoided, manufacture taken off"), c.t("tCO2e a year"), Cell{}, span(x.PCAET.CO2eAvoided))
	row(pcaet, c.t("Balance over %s years", c.about(x.PCAET.Horizon)), c.t("tCO2e"), Cell{}, span(x.PCAET.Net))
	return t
}

func (c *composer) rgesn(x *carbon.Indicator) Block {
	t := &Table{ID: "rgesn", Title: c.t("Criteria on hosting of the RGESN"), Columns: []Column{
		{Title: c.t("Criterion"), Kind: Name}, {Title: c.t("Figure"), Kind: Text, Wide: true}, {Title: c.t("Value"), Kind: Number, Decimals: 2}, {Title: c.t("Limit"), Kind: Number, Decimals: 2}, {Title: c.t("Met"), Kind: Text},
	}}
	for _, r := range x.RGESN {
		met := c.t("no")
		if r.Met {
			met = c.t("yes")
		}
		t.Rows = append(t.Rows, []Cell{text(r.Criterion), text(c.say(r.What)), number(r.Value), number(r.Limit), text(met)})
	}
	return t
}
