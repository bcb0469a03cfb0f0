package document

import (
	"sobre/carbon"
	"sobre/planner/plan"
)

// scenarios puts today, this plan and the others side by side, and the price
// of each rule and setting below.
func (c *composer) scenarios() Section {
	t := &Table{ID: "scenarios", Title: c.t("Scenarios side by side"), Columns: []Column{
		{Title: c.t("Figure"), Kind: Text}, {Title: c.t("Unit"), Kind: Text}, {Title: c.t("Do nothing"), Kind: Span}, {Title: c.t("This plan"), Kind: Span},
	}}
	all := []side{c.nothing(), sideOf(c.p)}
	for _, o := range c.Others {
		t.Columns = append(t.Columns, Column{Title: o.Name, Kind: Span})
		all = append(all, sideOf(o.Plan))
	}
	row := func(figure, unit string, of func(side) Cell) {
		cells := []Cell{text(figure), text(unit)}
		for _, s := range all {
			cells = append(cells, of(s))
		}
		t.Rows = append(t.Rows, cells)
	}
	row(c.t("Hosts in service"), c.t("hosts"), func(s side) Cell { return s.hosts })
	row(c.t("Proven minimum"), c.t("hosts"), func(s side) Cell { return s.bound })
	row(c.t("Host failures survived"), c.t("hosts"), func(s side) Cell { return s.failures })
	row(c.t("Hosts bought"), c.t("hosts"), func(s side) Cell { return s.bought })
	row(c.t("Moves"), c.t("workloads"), func(s side) Cell { return s.moves })
	row(c.t("Workloads without a place"), c.t("workloads"), func(s side) Cell { return s.unplaced })
	row(c.t("Electricity"), c.t("MWh a year"), func(s side) Cell { return s.energy })
	row(c.t("Carbon of use"), c.t("tCO2e a year"), func(s side) Cell { return s.co2e })
	row(c.t("Carbon to make what is bought"), c.t("tCO2e, once"), func(s side) Cell { return s.embodied })
	row(c.t("Running costs"), c.t("%s a year", c.currency()), func(s side) Cell { return s.cost })
	row(c.t("Spent once"), c.currency(), func(s side) Cell { return s.spend })
	s := Section{ID: "scenarios", Title: c.t("Scenarios compared"), Blocks: []Block{t}}
	if t := c.prices(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	return s
}

// side is one scenario of the comparison.
type side struct {
	hosts, bound, failures, bought, moves, unplaced, energy, co2e, embodied, cost, spend Cell
}

func (c *composer) nothing() side {
	before, _, _ := c.yearly()
	zero := exact(0)
	return side{
		hosts: exact(c.p.Before.Hosts), bought: zero, moves: zero, unplaced: zero, energy: span(c.p.Before.Energy.Scale(0.001)), co2e: span(c.p.Before.CO2e.Scale(0.001)),
		embodied: zero, cost: span(before), spend: zero,
	}
}

func exact(n int) Cell { return span(carbon.Exactly(float64(n))) }

func sideOf(p *plan.Plan) side {
	f := factsOf(p)
	s := side{
		hosts: exact(p.After.Hosts), bound: exact(p.Bound.Hosts), bought: exact(f.bought), moves: exact(f.moved), unplaced: exact(len(p.Unplaced)),
		energy: span(p.After.Energy.Scale(0.001)), co2e: span(p.After.CO2e.Scale(0.001)), embodied: span(p.After.Embodied.Scale(0.001)),
		cost: span(p.After.Cost), spend: span(carbon.Exactly(f.spend)),
	}
	if p.Failover != nil && p.Failover.Replayed > 0 {
		s.failures = exact(p.Failover.Hosts)
	}
	if p.Cost != nil {
		s.cost = span(p.Cost.After.PerYear)
	}
	return s
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
