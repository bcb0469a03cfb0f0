package document

import (
	"slices"
	"strconv"

	"sobre/inventory"
	"sobre/planner/plan"
)

// inventory is what there is today.
func (c *composer) inventory() Section {
	s := Section{ID: "inventory", Title: c.t("Inventory as it is")}
	s.Blocks = append(s.Blocks, c.tally("models", c.t("Hosts by model"), c.t("Model"), c.existing(func(h plan.Host) string { return h.Model }))...)
	s.Blocks = append(s.Blocks, c.tally("sites", c.t("Hosts by site"), c.t("Site"), c.existing(func(h plan.Host) string { return h.Site }))...)
	if t := c.enclosures(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	if c.Estate != nil {
		s.Blocks = append(s.Blocks, c.ages()...)
		count := map[string]int{}
		for _, w := range c.Estate.Workloads {
			count[w.OS]++
		}
		s.Blocks = append(s.Blocks, c.tally("systems", c.t("Workloads by operating system"), c.t("Operating system"), count)...)
	}
	return s
}

// existing counts the hosts that are not bought by what they have in common.
func (c *composer) existing(of func(plan.Host) string) map[string]int {
	count := map[string]int{}
	for _, h := range c.p.Hosts {
		if h.State != plan.Buy {
			count[of(h)]++
		}
	}
	return count
}

// longTally is how many classes a count spells out; the others are summed.
const longTally = 15

// tally is a count of classes as a table; one class alone is not worth one.
func (c *composer) tally(id, title, of string, count map[string]int) []Block {
	if len(count) < 2 {
		return nil
	}
	t := &Table{ID: id, Title: title, Totals: true, Columns: []Column{{Title: of, Kind: Name}, {Title: c.t("Count"), Kind: Number, Sum: true}}}
	others := 0
	for i, k := range byCount(count) {
		if i >= longTally {
			others += count[k]
			continue
		}
		name := text(k)
		if k == "" {
			name = text(c.t("not known"))
		}
		t.Rows = append(t.Rows, []Cell{name, whole(count[k])})
	}
	if others > 0 {
		t.Rows = append(t.Rows, []Cell{text(c.many("%s other|%s others", len(count)-longTally)), whole(others)})
	}
	return []Block{t}
}

func (c *composer) enclosures() *Table {
	if len(c.p.Chassis) == 0 {
		return nil
	}
	t := &Table{ID: "chassis", Title: c.t("Enclosures and their blades"), Totals: true, Columns: []Column{
		{Title: c.t("Enclosure"), Kind: Name}, {Title: c.t("Model"), Kind: Name}, {Title: c.t("Site"), Kind: Name}, {Title: c.t("Slots"), Kind: Number},
		{Title: c.t("Blades today"), Kind: Number, Sum: true}, {Title: c.t("Blades after"), Kind: Number, Sum: true}, {Title: c.t("State"), Kind: Text},
	}}
	for _, x := range c.p.Chassis {
		state := c.t("kept")
		switch {
		case x.State == plan.Buy:
			state = c.t("bought")
		case x.After == 0:
			state = c.t("emptied")
		}
		t.Rows = append(t.Rows, []Cell{text(x.ID), text(x.Model), text(x.Site), or0(float64(x.Slots)), whole(x.Before), whole(x.After), text(state)})
	}
	return t
}

// ages counts hosts by year.
func (c *composer) ages() []Block {
	count := map[int]int{}
	for i := range c.Estate.Hosts {
		if y := c.Estate.Hosts[i].Year; y > 0 {
			count[y]++
		}
	}
	if len(count) < 2 {
		return nil
	}
	var years []int
	for y := range count {
		years = append(years, y)
	}
	slices.Sort(years)
	d := &Columns{Unit: c.t("hosts")}
	for y := years[0]; y <= years[len(years)-1] && y < years[0]+40; y++ {
		d.Items = append(d.Items, ColumnItem{strconv.Itoa(y), float64(count[y])})
	}
	return []Block{&Chart{ID: "ages", Title: c.t("Hosts by year of purchase"), Summary: c.t("From %s to %s.", strconv.Itoa(years[0]), strconv.Itoa(years[len(years)-1])), Drawing: d}}
}

// utilisation is how busy machines are: distributions, not averages.
func (c *composer) utilisation() Section {
	s := Section{ID: "utilisation", Title: c.t("Utilisation")}
	if c.Estate != nil {
		if chart := c.useToday(); chart != nil {
			s.Blocks = append(s.Blocks, chart)
		}
	}
	var cpu, memory []float64
	for _, h := range c.p.Hosts {
		if h.State != plan.Retire && !h.Spare && h.Workloads > 0 {
			if v, ok := h.Load["cpu"]; ok {
				cpu = append(cpu, v)
			}
			if v := memoryLoad(h); v > 0 {
				memory = append(memory, v)
			}
		}
	}
	if len(memory) >= fewHosts {
		s.Blocks = append(s.Blocks, c.shares("load-memory", c.t("Memory of hosts after the plan"), c.t("hosts"), memory), c.shares("load-cpu", c.t("CPU of hosts after the plan"), c.t("hosts"), cpu))
		s.Blocks = append(s.Blocks, &Paragraph{Text: c.t("Demand over what a host offers before headroom; hosts that only keep what stays on them have no packed load and are not counted."), Style: Note})
	}
	return s
}

// fewHosts is how many hosts make a distribution worth drawing.
const fewHosts = 6

// useToday is the distribution of the CPU use of machines, by the 95th
// percentile where it is known, else the mean.
func (c *composer) useToday() *Chart {
	var values []float64
	busy := 0
	for i := range c.Estate.Workloads {
		v, ok := cpuUse(c.Estate.Workloads[i].Use.CPU)
		if !ok {
			continue
		}
		values = append(values, v)
		if v > 0.5 {
			busy++
		}
	}
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	chart := c.shares("use-cpu", c.t("CPU use of machines today"), c.t("workloads"), values)
	chart.Summary = c.many("%s machine measured (95th percentile where known): half of them below %s, nine in ten below %s; above one half: %s.|%s machines measured (95th percentile where known): half of them below %s, nine in ten below %s; above one half: %s.",
		len(values), c.percent(values[len(values)/2]), c.percent(values[len(values)*9/10]), c.count(busy))
	return chart
}

func cpuUse(s inventory.Stat) (share float64, ok bool) {
	for _, level := range []inventory.Level{s.P95, s.Mean, s.P50, s.Now} {
		if level.Kind() == inventory.OfWhole {
			return level.Value() / 100, true
		}
	}
	return 0, false
}

// shares is a distribution of shares in classes of ten percent.
func (c *composer) shares(id, title, unit string, values []float64) *Chart {
	d := &Columns{Unit: unit}
	for i := range 10 {
		d.Items = append(d.Items, ColumnItem{Label: c.t("%s–%s %", itoa(i*10), itoa(i*10+10))})
	}
	d.Items = append(d.Items, ColumnItem{Label: c.t("> 100 %")})
	sorted := slices.Sorted(slices.Values(values))
	for _, v := range sorted {
		// A load of exactly 100 % is not above it.
		d.Items[min(max(int(v*10-1e-9), 0), 10)].Value++
	}
	if d.Items[10].Value == 0 {
		d.Items = d.Items[:10]
	}
	summary := ""
	if n := len(sorted); n > 0 {
		summary = c.t("Half of them below %s, the highest at %s.", c.percent(sorted[n/2]), c.percent(sorted[n-1]))
	}
	return &Chart{ID: id, Title: title, Summary: summary, Drawing: d}
}
