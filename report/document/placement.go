package document

import (
	"maps"
	"slices"

	"sobre/planner/plan"
)

// placement is who goes where.
func (c *composer) placement() Section {
	s := Section{ID: "placement", Title: c.t("Placement"), Blocks: []Block{&Paragraph{Text: c.proof()}}}
	if why := c.p.Bound.Why; why != "" {
		s.Blocks = append(s.Blocks, &Paragraph{Text: c.t("What forces the number of hosts: %s.", c.say(why))})
	}
	if chart := c.racksChart(); chart != nil {
		s.Blocks = append(s.Blocks, chart)
	}
	s.Blocks = append(s.Blocks, c.hostTable())
	if t := c.moveTable(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	return s
}

func (c *composer) hostTable() *Table {
	t := &Table{ID: "hosts", Title: c.t("Hosts"), Data: true, Totals: true, Columns: []Column{
		{Title: c.t("Host"), Kind: Name}, {Title: c.t("State"), Kind: Text}, {Title: c.t("Model"), Kind: Name}, {Title: c.t("Site"), Kind: Name}, {Title: c.t("Enclosure"), Kind: Name},
		{Title: c.t("Slot"), Kind: Number}, {Title: c.t("Cluster"), Kind: Name}, {Title: c.t("Workloads"), Kind: Number, Sum: true},
		{Title: c.t("CPU"), Unit: "%", Kind: Share}, {Title: c.t("Memory"), Unit: "%", Kind: Share}, {Title: c.t("Electricity of IT"), Unit: c.t("kWh a year"), Kind: Span, Sum: true}, {Title: c.t("Power known by"), Kind: Text},
	}, Note: c.t("Loads are demand over what the host offers, after the plan. Electricity is that of the machine alone, after the plan; of a retired host, what it draws today.")}
	for _, h := range c.p.Hosts {
		cpu, memory := Cell{}, Cell{}
		if v, ok := h.Load["cpu"]; ok && !h.Spare {
			cpu = number(v)
		}
		if v := memoryLoad(h); v > 0 {
			memory = number(v)
		}
		loads := whole(h.Workloads)
		if h.State == plan.Retire {
			loads = Cell{}
		}
		t.Rows = append(t.Rows, []Cell{
			text(hostName(h)), text(c.state(h)), text(h.Model), text(h.Site), text(h.Chassis), or0(float64(h.Slot)), text(h.Cluster), loads,
			cpu, memory, span(h.Energy), text(c.say(h.PowerRung)),
		})
	}
	return withoutEmptyColumns(t)
}

// withoutEmptyColumns drops the columns in which nothing is known.
func withoutEmptyColumns(t *Table) *Table {
	for i := len(t.Columns) - 1; i >= 0; i-- {
		known := slices.ContainsFunc(t.Rows, func(r []Cell) bool { return r[i].Known })
		if known {
			continue
		}
		t.Columns = slices.Delete(t.Columns, i, i+1)
		for r := range t.Rows {
			t.Rows[r] = slices.Delete(t.Rows[r], i, i+1)
		}
	}
	return t
}

// moveTable lists the workloads that change host.
func (c *composer) moveTable() *Table {
	if c.facts.moved == 0 || len(c.p.Waves) > 0 { // the waves list them all
		return nil
	}
	t := &Table{ID: "moves", Title: c.t("Moves"), Data: true, Columns: []Column{
		{Title: c.t("Workload"), Kind: Name}, {Title: c.t("Service"), Kind: Name}, {Title: c.t("From"), Kind: Name}, {Title: c.t("To"), Kind: Name}, {Title: c.t("How"), Kind: Text},
	}}
	for _, m := range c.p.Placements {
		if m.Kind != "" {
			t.Rows = append(t.Rows, []Cell{text(system(m.Workload)), text(m.Service), text(m.From), text(m.To), text(c.how(m.Kind))})
		}
	}
	return withoutEmptyColumns(t)
}

func (c *composer) how(kind string) string {
	switch kind {
	case "p2v":
		return c.t("becomes a guest (P2V)")
	case "move":
		return c.t("changes host")
	case "live":
		return c.t("moves while it runs")
	case "cold":
		return c.t("moves switched off")
	}
	return kind
}

// failover is the replay of failures.
func (c *composer) failover() Section {
	s := Section{ID: "failover", Title: c.t("When a host fails")}
	f := c.p.Failover
	if f == nil || f.Replayed == 0 {
		s.Blocks = []Block{&Paragraph{Text: c.t("No failure was replayed: the policy asks for none to be survived, or nothing shares a host.")}}
		return s
	}
	s.Blocks = append(s.Blocks, &Paragraph{Text: c.many("The failure of %s host was replayed, workload by workload, with real sizes.|The failure of each of %s hosts was replayed, workload by workload, with real sizes.", f.Replayed) +
		" " + c.lost()})
	t := &Table{ID: "failover", Title: c.t("Restarts by failed host"), Columns: []Column{
		{Title: c.t("Failed host"), Kind: Name}, {Title: c.t("Restarted elsewhere"), Kind: Number}, {Title: c.t("Hosts that take them"), Kind: Number},
	}}
	for _, host := range slices.Sorted(maps.Keys(f.Restarts)) {
		takers := map[string]bool{}
		for _, to := range f.Restarts[host] {
			takers[to] = true
		}
		t.Rows = append(t.Rows, []Cell{text(host), whole(len(f.Restarts[host])), whole(len(takers))})
	}
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	}
	if len(f.Lost) > 0 {
		lost := &Table{ID: "lost", Title: c.t("What stays down"), Columns: []Column{{Title: c.t("Workload"), Kind: Name}, {Title: c.t("Reason"), Kind: Text, Wide: true}}}
		for _, l := range f.Lost {
			lost.Rows = append(lost.Rows, []Cell{text(system(l.Workload)), text(c.say(l.What))})
		}
		s.Blocks = append(s.Blocks, lost)
	}
	return s
}

func (c *composer) lost() string {
	f := c.facts
	if f.down+f.pinnedDown == 0 {
		return c.t("Everything finds a place.")
	}
	return c.many("%s workload does not find a place again.|%s workloads do not find a place again.", f.down+f.pinnedDown)
}
