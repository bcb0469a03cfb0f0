package document

import (
	"math"
	"strings"

	"sobre/planner/plan"
)

// candidates is what may move, what may not and why.
func (c *composer) candidates() Section {
	f := c.facts
	s := Section{ID: "candidates", Title: c.t("Candidates and exclusions")}
	unplaced := len(c.p.Unplaced)
	t := &Table{ID: "fates", Title: c.t("What becomes of the workloads"), Totals: true, Columns: []Column{
		{Title: c.t("Fate"), Kind: Text}, {Title: c.t("Workloads"), Kind: Number, Sum: true},
	}}
	row := func(fate string, n int) {
		if n > 0 {
			t.Rows = append(t.Rows, []Cell{text(fate), whole(n)})
		}
	}
	row(c.t("become guests (P2V)"), f.p2v)
	row(c.t("change host"), f.live)
	row(c.t("stay, because moving them would free no host"), len(c.p.Placements)-f.moved-f.staying-f.outOfScope)
	row(c.t("stay, because they cannot move"), f.staying)
	row(c.t("stay, because they are out of scope"), f.outOfScope)
	row(c.t("have no place in the plan"), unplaced)
	row(c.t("are not placed (templates and the like)"), len(c.p.Excluded))
	s.Blocks = append(s.Blocks, t)
	if t := c.exclusions(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	return s
}

// exclusions lists what may not move or has no place, with the reason.
func (c *composer) exclusions() *Table {
	t := &Table{ID: "exclusions", Title: c.t("Exclusions and their reasons"), Data: true, Columns: []Column{
		{Title: c.t("Workload"), Kind: Name}, {Title: c.t("Host today"), Kind: Name}, {Title: c.t("Status"), Kind: Text}, {Title: c.t("Reason"), Kind: Text, Wide: true},
	}}
	for _, u := range c.p.Unplaced {
		t.Rows = append(t.Rows, []Cell{text(system(u.Workload)), {}, text(c.t("no place")), text(c.say(u.What))})
	}
	for _, m := range c.p.Placements {
		if m.Stays != "" && m.Stays != outOfScope {
			t.Rows = append(t.Rows, []Cell{text(system(m.Workload)), text(m.From), text(c.t("stays")), text(c.say(m.Stays))})
		}
	}
	for _, u := range c.p.Excluded {
		t.Rows = append(t.Rows, []Cell{text(system(u.Workload)), {}, text(c.t("not placed")), text(c.say(u.What))})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// sizing is the policy as it was used.
func (c *composer) sizing() Section {
	p := c.p.Policy
	t := &Table{ID: "policy", Title: c.t("Sizing rules as used"), Columns: []Column{
		{Title: c.t("Rule"), Kind: Text}, {Title: c.t("Value"), Kind: Text, Wide: true}, {Title: c.t("What it means"), Kind: Text, Wide: true},
	}}
	row := func(rule, value, meaning string) {
		if value != "" {
			t.Rows = append(t.Rows, []Cell{text(rule), text(c.l.Typeset(value)), text(meaning)})
		}
	}
	var aims []string
	for _, o := range c.p.Objective {
		aims = append(aims, c.aim(o))
	}
	row(c.t("Aims, in order"), strings.Join(aims, ", "), c.t("The first counts most; the next only break ties."))
	row(c.t("CPU counted by"), c.measure(p.CPU.Use), c.t("The figure of each workload's measured use that counts as its need."))
	row(c.t("CPU headroom"), p.CPU.Headroom.String(), c.t("Left free on every host."))
	row(c.t("vCPUs per core"), c.l.Number(p.CPU.VCPUsPerCore, 0), c.t("How many allocated vCPUs one core may carry, beside the check of what is used."))
	row(c.t("Overhead of virtualising"), p.CPU.Overhead.String(), c.t("Added to the CPU work of a physical server that becomes a guest."))
	row(c.t("Memory counted by"), c.measure(p.Memory.Use), c.t("What is allocated is never overbooked; what is used may be, within the overcommit."))
	row(c.t("Memory headroom"), p.Memory.Headroom.String(), c.t("Left free on every host."))
	row(c.t("Disk headroom"), p.Disk.Headroom.String(), c.t("Of a host's own disks."))
	if p.Growth.Years > 0 {
		row(c.t("Growth"), c.t("%s a year for %s years", p.Growth.Rate.String(), c.l.Number(p.Growth.Years, 0)), c.t("The plan must still fit at the end of it."))
	}
	if p.Survive != nil {
		row(c.t("Host failures survived"), c.count(p.Survive.Hosts), c.t("In each cluster, at the same time; every failure is replayed workload by workload."))
	}
	row(c.t("Use where nothing is measured"), c.t("CPU %s, memory %s", p.Unknown.CPU.String(), p.Unknown.Memory.String()), c.t("An assumption: of the machine, and of what is allocated."))
	row(c.t("Electricity"), c.tariff(), c.t("Price of a kWh in the first year."))
	s := Section{ID: "sizing", Title: c.t("Sizing rules"), Blocks: []Block{t}}
	if t := c.rules(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	return s
}

func (c *composer) measure(m plan.Measure) string {
	switch {
	case m == plan.Mean:
		return c.t("the mean")
	case m == plan.Max:
		return c.t("the highest value")
	case m == plan.Allocated:
		return c.t("what is allocated")
	case m.Percentile() > 0:
		return c.t("the %sth percentile", itoa(m.Percentile()))
	}
	return string(m)
}

// rules is how the plan keeps the rules of placement.
func (c *composer) rules() *Table {
	if len(c.p.Rules) == 0 {
		return nil
	}
	t := &Table{ID: "rules", Title: c.t("Placement rules"), Columns: []Column{
		{Title: c.t("Rule"), Kind: Text, Wide: true}, {Title: c.t("Workloads"), Kind: Number}, {Title: c.t("State"), Kind: Text}, {Title: c.t("Hosts it costs"), Kind: Number},
	}}
	for _, r := range c.p.Rules {
		state := c.t("respected")
		switch {
		case r.Broken:
			state = c.t("preference, not respected")
		case r.Soft:
			state = c.t("preference, respected")
		}
		cost := Cell{}
		if r.CostsHosts != nil {
			cost = whole(*r.CostsHosts)
		}
		t.Rows = append(t.Rows, []Cell{text(r.Rule), whole(r.Workloads), text(state), cost})
	}
	return withoutEmptyColumns(t)
}

// price writes the price of a kWh with the decimals that it has, two at least.
func (c *composer) price(v float64) string {
	decimals := 2
	for decimals < 5 && math.Abs(v-math.Round(v*math.Pow10(decimals))/math.Pow10(decimals)) > 1e-9 {
		decimals++
	}
	return c.l.Number(v, decimals)
}

// tariff is the price of a kWh as the language writes it.
func (c *composer) tariff() string {
	price := c.p.Policy.Cost.Electricity.PerKWh()
	if !price.Known() {
		return ""
	}
	return c.price(price.Amount()) + "\u00a0" + c.currency() + "/kWh"
}
