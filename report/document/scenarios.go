package document

import (
	"sobre/carbon"
	"sobre/planner/plan"
)

// scenarios puts today, this plan and the others side by side, and the price
// of each rule and setting below.
func (c *composer) scenarios() Section {
	t := &Table{ID: "scenarios", Title: c.t("Scenarios compared"), Columns: []Column{
		{Title: c.t("Scenario"), Kind: Name, Wide: true}, {Title: c.t("Hosts"), Kind: Number}, {Title: c.t("Proven minimum"), Kind: Number},
		{Title: c.t("Failures survived"), Kind: Number}, {Title: c.t("Moves"), Kind: Number}, {Title: c.t("Without place"), Kind: Number},
		{Title: c.t("Electricity"), Unit: c.t("MWh a year"), Kind: Span}, {Title: c.t("Carbon of use"), Unit: c.t("tCO2e a year"), Kind: Span},
		{Title: c.t("To make"), Unit: c.t("tCO2e, once"), Kind: Span}, {Title: c.t("Running costs"), Unit: c.t("%s a year", c.currency()), Kind: Span}, {Title: c.t("Purchase"), Unit: c.currency(), Kind: Number},
	}}
	before, _, _ := c.yearly()
	t.Rows = append(t.Rows, []Cell{
		text(c.t("Do nothing")), whole(c.p.Before.Hosts), {}, {}, whole(0), whole(0), span(c.p.Before.Energy.Scale(0.001)),
		span(c.p.Before.CO2e.Scale(0.001)), span(carbon.Range{}), span(before), number(0),
	}, c.scenario(c.t("This plan"), c.p))
	for _, o := range c.Others {
		t.Rows = append(t.Rows, c.scenario(o.Name, o.Plan))
	}
	s := Section{ID: "scenarios", Title: c.t("Scenarios compared"), Blocks: []Block{t}}
	if t := c.prices(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	return s
}

func (c *composer) scenario(name string, p *plan.Plan) []Cell {
	f := count(p)
	failures := Cell{}
	if p.Failover != nil && p.Failover.Replayed > 0 {
		failures = whole(p.Failover.Hosts)
	}
	cost := p.After.Cost
	if p.Cost != nil {
		cost = p.Cost.After.PerYear
	}
	return []Cell{
		text(name), whole(p.After.Hosts), whole(p.Bound.Hosts), failures, whole(f.moved), whole(len(p.Unplaced)), span(p.After.Energy.Scale(0.001)),
		span(p.After.CO2e.Scale(0.001)), span(p.After.Embodied.Scale(0.001)), span(cost), number(f.spend),
	}
}

// prices is what each rule and setting costs.
func (c *composer) prices() *Table {
	if len(c.p.Prices) == 0 {
		return nil
	}
	t := &Table{ID: "prices", Title: c.t("What each rule and setting costs"), Data: true, Columns: []Column{
		{Title: c.t("Rule or setting"), Kind: Name, Wide: true}, {Title: c.t("Change tried"), Kind: Text}, {Title: c.t("Hosts"), Kind: Number},
		{Title: c.t("Electricity"), Unit: c.t("kWh a year"), Kind: Number}, {Title: c.t("Carbon of use"), Unit: c.t("kgCO2e a year"), Kind: Number}, {Title: c.t("Money"), Unit: c.t("%s a year", c.currency()), Kind: Number},
		{Title: c.t("Remark"), Kind: Text},
	}, Note: c.t("Negative figures are what the plan would need less.")}
	for _, x := range c.p.Prices {
		remark := c.t("estimated")
		if x.Proven {
			remark = c.t("proven")
		}
		row := []Cell{text(x.Subject), text(c.say(x.Change)), whole(x.Hosts), number(x.Energy), number(x.CO2e), number(x.Cost), text(remark)}
		if x.Failed != "" {
			row = []Cell{text(x.Subject), text(c.say(x.Change)), {}, {}, {}, {}, text(c.say(x.Failed))}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
