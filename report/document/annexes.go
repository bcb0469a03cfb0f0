package document

import (
	"slices"
	"strings"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// machines lists every workload with where it runs today and after.
func (c *composer) machines() Section {
	t := &Table{ID: "workloads", Title: c.t("Workloads"), Data: true, Totals: true, Columns: []Column{
		{Title: c.t("Workload"), Kind: Name}, {Title: c.t("Service"), Kind: Name}, {Title: c.t("Operating system"), Kind: Name}, {Title: c.t("Host today"), Kind: Name}, {Title: c.t("Host after"), Kind: Name}, {Title: c.t("Fate"), Kind: Text},
		{Title: c.t("vCPUs"), Kind: Number, Sum: true}, {Title: c.t("Memory"), Unit: c.t("GiB"), Kind: Number, Decimals: 1, Sum: true},
	}}
	known := map[string]*inventory.Workload{}
	if c.Estate != nil {
		for i := range c.Estate.Workloads {
			known[c.Estate.Workloads[i].ID] = &c.Estate.Workloads[i]
		}
	}
	for _, m := range c.p.Placements {
		t.Rows = append(t.Rows, c.machine(m, known[m.Workload]))
	}
	for _, u := range c.p.Unplaced {
		t.Rows = append(t.Rows, []Cell{text(system(u.Workload)), {}, {}, {}, {}, text(c.t("no place")), {}, {}})
	}
	if len(t.Rows) == 0 {
		return Section{}
	}
	return Section{ID: "machines", Title: c.t("List of machines"), Blocks: []Block{withoutEmptyColumns(t)}}
}

func (c *composer) machine(m plan.Placement, w *inventory.Workload) []Cell {
	fate := c.t("stays")
	if m.Kind != "" {
		fate = c.how(m.Kind)
	}
	vcpus, memory := c.demand(m, "vcpus"), c.demand(m, "memory")
	memory.Value /= 1024
	service, os := m.Service, ""
	if w != nil {
		os = w.OS
		if service == "" {
			service = w.Service
		}
		if !vcpus.Known {
			vcpus = or0(float64(w.VCPUs))
		}
		if !memory.Known && w.Memory.Known() {
			memory = number(w.Memory.MiB() / 1024)
		}
	}
	return []Cell{text(system(m.Workload)), text(service), text(os), text(m.From), text(m.To), text(fate), vcpus, memory}
}

// demand is what a placement is counted with of one resource.
func (c *composer) demand(m plan.Placement, resource string) Cell {
	for i, r := range c.p.Resources {
		if r.Name == resource && i < len(m.Demand) {
			return number(m.Demand[i])
		}
	}
	return Cell{}
}

func (c *composer) formulas() Section {
	t := &Table{ID: "formulas", Title: c.t("Formulas"), Columns: []Column{
		{Title: c.t("Figure"), Kind: Text}, {Title: c.t("Formula"), Kind: Text, Wide: true}, {Title: c.t("Unit"), Kind: Name}, {Title: c.t("Reference"), Kind: Name, Wide: true},
	}}
	for _, f := range carbon.Formulas() {
		t.Rows = append(t.Rows, []Cell{text(c.say(f.What)), text(c.l.Typeset(c.say(f.Formula))), text(f.Unit), text(c.say(f.Reference))})
	}
	return Section{ID: "formulas", Title: c.t("Formulas"), Blocks: []Block{t}}
}

func (c *composer) assumptions() Section {
	list := append([]carbon.Assumption(nil), c.p.Assumptions...)
	if c.p.Cost != nil {
		for _, a := range c.p.Cost.Assumptions {
			if !slices.ContainsFunc(list, func(o carbon.Assumption) bool { return o.ID == a.ID }) {
				list = append(list, a)
			}
		}
	}
	if len(list) == 0 {
		return Section{}
	}
	t := &Table{ID: "assumptions", Title: c.t("Assumptions and factors"), Data: true, Columns: []Column{
		{Title: c.t("Assumption"), Kind: Text, Wide: true}, {Title: c.t("Value"), Kind: Span}, {Title: c.t("Unit"), Kind: Name}, {Title: c.t("Hosts"), Kind: Number}, {Title: c.t("Source"), Kind: Name, Wide: true}, {Title: c.t("Identifier"), Kind: Name},
	}}
	for _, a := range list {
		r := carbon.Range{Low: a.Low, Best: a.Value, High: a.High}
		if a.Low == 0 && a.High == 0 {
			r = carbon.Exactly(a.Value)
		}
		t.Rows = append(t.Rows, []Cell{text(c.say(a.What)), span(r), text(a.Unit), or0(float64(a.Count)), text(c.say(a.Source)), text(a.ID)})
	}
	return Section{ID: "assumptions", Title: c.t("Assumptions and factors"), Blocks: []Block{t}}
}

func (c *composer) sources() Section {
	t := &Table{ID: "sources", Title: c.t("Publications that the built-in figures are from"), Data: true, Columns: []Column{
		{Title: c.t("Publisher"), Kind: Name}, {Title: c.t("Title"), Kind: Name, Wide: true}, {Title: c.t("Year"), Kind: Name}, {Title: c.t("Licence"), Kind: Name}, {Title: c.t("Link"), Kind: Name},
	}}
	for _, s := range carbon.Sources() {
		t.Rows = append(t.Rows, []Cell{text(s.Publisher), text(s.Title), text(s.Year), text(s.Licence), text(s.Link)})
	}
	return Section{ID: "sources", Title: c.t("Sources"), Blocks: []Block{t}}
}

func (c *composer) findings() Section {
	if len(c.p.Findings) == 0 {
		return Section{}
	}
	t := &Table{ID: "findings", Title: c.t("Findings"), Data: true, Columns: []Column{
		{Title: c.t("Severity"), Kind: Text}, {Title: c.t("Subject"), Kind: Name}, {Title: c.t("What"), Kind: Text, Wide: true}, {Title: c.t("What to do"), Kind: Text, Wide: true}, {Title: c.t("File"), Kind: Name}, {Title: c.t("Line"), Kind: Number},
	}}
	for _, f := range c.p.Findings {
		t.Rows = append(t.Rows, []Cell{text(c.severity(f.Severity)), text(f.Subject), text(c.say(f.What)), text(c.say(f.Do)), text(f.At), or0(float64(f.Line))})
	}
	return Section{ID: "findings", Title: c.t("Findings"), Blocks: []Block{t}}
}

func (c *composer) glossary() Section {
	t := &Table{ID: "glossary", Title: c.t("Words"), Columns: []Column{{Title: c.t("Word"), Kind: Text}, {Title: c.t("Meaning"), Kind: Text, Wide: true}}}
	for _, row := range [][2]string{
		{c.t("estate"), c.t("everything inventoried: sites, hosts, workloads, datastores, rules, and where each fact came from")},
		{c.t("host"), c.t("a physical machine: it draws power and had to be manufactured. A standalone server, a hypervisor, a blade")},
		{c.t("enclosure"), c.t("what blades share: slots, power supplies, fans, switches; a failure domain and a fixed load")},
		{c.t("workload"), c.t("what has to run somewhere: a VM, or the one system of a standalone server")},
		{c.t("P2V"), c.t("physical to virtual: the system of a server becomes a guest of a hypervisor")},
		{c.t("demand"), c.t("what a workload needs: what is allocated (vCPUs, GiB) and what is used (percentile, peak)")},
		{c.t("headroom"), c.t("what is left free on every host")},
		{c.t("spare"), c.t("a host that holds nothing and stands by for a failed one")},
		{c.t("bound"), c.t("a number of hosts below which no plan can be: proven, never estimated")},
		{c.t("wave"), c.t("moves done in one window; hosts freed by it are powered off at its end")},
		{c.t("footprint"), c.t("kWh and kgCO2e of a set of hosts over a period, use and manufacture")},
		{c.t("PUE"), c.t("electricity of the room over that of its machines")},
		{c.t("range"), c.t("low, best and high are the 5th, 50th and 95th percentile")},
	} {
		t.Rows = append(t.Rows, []Cell{text(row[0]), text(row[1])})
	}
	return Section{ID: "glossary", Title: c.t("Glossary"), Blocks: []Block{t}}
}

// rerun is the fingerprint of the run and how to do it again.
func (c *composer) rerun() Section {
	p := c.p
	s := Section{ID: "rerun", Title: c.t("How to run it again")}
	t := &Table{ID: "fingerprint", Title: c.t("Fingerprint of the run"), Columns: []Column{{Title: c.t("What"), Kind: Text}, {Title: c.t("Value"), Kind: Name, Wide: true}}}
	row := func(what, value string) {
		if value != "" {
			t.Rows = append(t.Rows, []Cell{text(what), text(value)})
		}
	}
	row(c.t("Program"), p.Search.Tool)
	row(c.t("Effort"), p.Search.Effort)
	row(c.t("Method"), p.Search.Method)
	row(c.t("Command"), c.command())
	for _, f := range p.Inputs {
		hash := f.SHA256
		if hash == "" {
			hash = c.t("a folder: no hash")
		}
		row(f.Path, "SHA-256 "+hash)
	}
	path := c.Path
	if path == "" {
		path = "plan.json"
	}
	row(c.t("Recheck"), "sobre verify "+path+" "+strings.Join(c.estatePaths(), " "))
	row(c.t("This report"), "sobre report "+path+" --lang "+c.l.Code)
	s.Blocks = []Block{&Paragraph{Text: c.t("The same files, program and effort give the same plan and the same report, byte for byte.")}, t}
	return s
}

func (c *composer) estatePaths() []string {
	var paths []string
	for _, f := range c.p.Inputs {
		if f.Role == "estate" {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

// command is the one that makes the plan again.
func (c *composer) command() string {
	parts := append([]string{"sobre", "plan"}, c.estatePaths()...)
	for _, f := range c.p.Inputs {
		switch f.Role {
		case "catalogue":
			parts = append(parts, "-c", f.Path)
		case "policy":
			parts = append(parts, "-p", f.Path)
		}
	}
	if c.p.Search.Effort != "" {
		parts = append(parts, "--effort", c.p.Search.Effort)
	}
	return strings.Join(parts, " ")
}
