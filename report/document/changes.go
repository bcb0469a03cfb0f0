package document

import (
	"maps"
	"slices"

	"sobre/carbon"
	"sobre/planner/plan"
)

// changes is what differs from an earlier plan; nil when none was given. A
// section without tables says that nothing does.
func (c *composer) changes() *Section {
	if c.Earlier == nil {
		return nil
	}
	s := &Section{ID: "changes", Title: c.t("What changed since the earlier plan")}
	for _, t := range []*Table{c.figureChanges(), c.hostChanges(), c.placementChanges()} {
		if len(t.Rows) > 0 {
			s.Blocks = append(s.Blocks, t)
		}
	}
	if len(s.Blocks) == 0 {
		s.Blocks = []Block{&Paragraph{Text: c.t("Nothing changed: the same hosts, the same places, the same figures.")}}
	}
	return s
}

// figureChanges are the figures that read differently.
func (c *composer) figureChanges() *Table {
	t := &Table{ID: "figure-changes", Title: c.t("Figures"), Columns: []Column{
		{Title: c.t("Figure"), Kind: Text}, {Title: c.t("Unit"), Kind: Text}, {Title: c.t("Earlier"), Kind: Span}, {Title: c.t("Now"), Kind: Span}, {Title: c.t("Difference"), Kind: Text},
	}}
	row := func(figure, unit string, was, is carbon.Range) {
		if c.span(was) == c.span(is) {
			return
		}
		sign := "+"
		if is.Best < was.Best {
			sign = "" // a minus stands before the number
		}
		t.Rows = append(t.Rows, []Cell{text(figure), text(unit), span(was), span(is), text(sign + c.about(is.Best-was.Best))})
	}
	count := func(figure, unit string, was, is int) {
		row(figure, unit, carbon.Exactly(float64(was)), carbon.Exactly(float64(is)))
	}
	old, now := c.Earlier, c.p
	was, is := factsOf(old), c.facts
	count(c.t("Hosts in service"), c.t("hosts"), old.After.Hosts, now.After.Hosts)
	count(c.t("Proven minimum"), c.t("hosts"), old.Bound.Hosts, now.Bound.Hosts)
	count(c.t("Hosts bought"), c.t("hosts"), was.bought, is.bought)
	count(c.t("Moves"), c.t("workloads"), was.moved, is.moved)
	count(c.t("Workloads without a place"), c.t("workloads"), len(old.Unplaced), len(now.Unplaced))
	count(c.t("Workloads that would stay down"), c.t("workloads"), was.down+was.pinnedDown, is.down+is.pinnedDown)
	count(c.t("Rules not kept"), c.t("rules"), was.broken, is.broken)
	row(c.t("Electricity"), c.t("MWh a year"), old.After.Energy.Scale(0.001), now.After.Energy.Scale(0.001))
	row(c.t("Carbon of use"), c.t("tCO2e a year"), old.After.CO2e.Scale(0.001), now.After.CO2e.Scale(0.001))
	row(c.t("Carbon to make what is bought"), c.t("tCO2e, once"), old.After.Embodied.Scale(0.001), now.After.Embodied.Scale(0.001))
	row(c.t("Electricity bill"), c.t("%s a year", c.currency()), old.After.Cost, now.After.Cost)
	row(c.t("Spent once"), c.currency(), carbon.Exactly(was.spend), carbon.Exactly(is.spend))
	count(c.t("Errors in the data"), c.t("findings"), was.errors, is.errors)
	return t
}

// hostChanges are the hosts with another fate, and those that came or went.
func (c *composer) hostChanges() *Table {
	t := &Table{ID: "host-changes", Title: c.t("Hosts"), Columns: []Column{{Title: c.t("Host"), Kind: Name}, {Title: c.t("Earlier"), Kind: Text}, {Title: c.t("Now"), Kind: Text}}}
	states := func(p *plan.Plan) map[string]string {
		m := map[string]string{}
		for _, h := range p.Hosts {
			m[hostName(h)] = c.state(h)
		}
		return m
	}
	was, is := states(c.Earlier), states(c.p)
	for _, name := range either(was, is) {
		if was[name] != is[name] {
			t.Rows = append(t.Rows, []Cell{text(name), c.orAbsent(was[name]), c.orAbsent(is[name])})
		}
	}
	return t
}

// placementChanges are the workloads with another host.
func (c *composer) placementChanges() *Table {
	t := &Table{ID: "placement-changes", Title: c.t("Workloads"), Columns: []Column{{Title: c.t("Workload"), Kind: Name}, {Title: c.t("Host earlier"), Kind: Name}, {Title: c.t("Host now"), Kind: Name}}}
	places := func(p *plan.Plan) map[string]string {
		m := map[string]string{}
		for _, x := range p.Placements {
			m[system(x.Workload)] = x.To
		}
		for _, x := range p.Unplaced {
			m[system(x.Workload)] = c.t("no place")
		}
		return m
	}
	was, is := places(c.Earlier), places(c.p)
	for _, name := range either(was, is) {
		if was[name] != is[name] {
			t.Rows = append(t.Rows, []Cell{text(name), c.orAbsent(was[name]), c.orAbsent(is[name])})
		}
	}
	return t
}

func (c *composer) orAbsent(s string) Cell {
	if s == "" {
		return text(c.t("not there"))
	}
	return text(s)
}

// either lists the keys of both, sorted.
func either(a, b map[string]string) []string {
	keys := slices.Sorted(maps.Keys(a))
	for k := range b {
		if _, ok := a[k]; !ok {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}
