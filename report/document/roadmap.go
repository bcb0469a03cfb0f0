package document

import "sobre/planner/plan"

// roadmap is what happens when, and by which figures it is followed.
func (c *composer) roadmap() Section {
	if c.answer().Tone == No {
		return Section{}
	}
	steps := &List{Ordered: true}
	step := func(head, text string) { steps.Items = append(steps.Items, Item{head, text}) }
	step(c.t("Months 0 to 1:"), c.t("measure what is assumed, check what was not checked, plan again; decide."))
	if c.facts.bought > 0 {
		step(c.t("Months 1 to 3:"), c.t("buy, install and test what is bought; test the failure of one host for real."))
	}
	step(c.t("Months 3 to 6:"), c.migrationAsk())
	step(c.t("At the end of each wave:"), c.t("switch off and unplug the freed hosts; the saving begins on that day."))
	step(c.t("Month 18:"), c.t("compare the meter with this report; hold the capacity file to gates in CI."))
	step(c.t("Month 36:"), c.t("plan again with the growth that came."))
	t := &Table{ID: "indicators", Title: c.t("Figures to follow"), Columns: []Column{
		{Title: c.t("Figure"), Kind: Text, Wide: true}, {Title: c.t("Unit"), Kind: Text}, {Title: c.t("Today"), Kind: Number}, {Title: c.t("Target"), Kind: Number}, {Title: c.t("Gate in CI"), Kind: Name},
	}}
	p := c.p
	t.Rows = append(t.Rows,
		[]Cell{text(c.t("Hosts in service")), text(c.t("hosts")), whole(p.Before.Hosts), whole(p.After.Hosts), text("hosts <= " + itoa(p.After.Hosts))},
		[]Cell{text(c.t("Electricity at the meter of the room")), text(c.t("kWh a year")), number(p.Before.Energy.Best), number(p.After.Energy.Best), {}},
		[]Cell{text(c.t("Carbon of use")), text(c.t("kgCO2e a year")), number(p.Before.CO2e.Best), number(p.After.CO2e.Best), {}},
		[]Cell{text(c.t("Workloads without a place")), text(c.t("workloads")), {}, whole(0), text("unplaced == 0")},
	)
	if f := p.Failover; f != nil && f.Replayed > 0 {
		t.Rows = append(t.Rows, []Cell{text(c.t("Host failures survived")), text(c.t("hosts")), {}, whole(f.Hosts), text("survives: {hosts: " + itoa(f.Hosts) + "}")})
	}
	if p.Saving.Hosts > 0 && c.facts.retired > 0 {
		t.Rows = append(t.Rows, []Cell{text(c.t("Hosts switched off and unplugged")), text(c.t("hosts")), whole(0), whole(countHosts(p, plan.Retire)), {}})
	}
	return Section{ID: "roadmap", Title: c.t("Roadmap and indicators"), Blocks: []Block{steps, t}}
}

func countHosts(p *plan.Plan, state plan.HostState) int {
	n := 0
	for _, h := range p.Hosts {
		if h.State == state {
			n++
		}
	}
	return n
}
