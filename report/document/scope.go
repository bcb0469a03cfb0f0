package document

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

// scope is what the study is about and what it leaves out.
func (c *composer) scope() Section {
	p := c.p
	s := Section{ID: "scope", Title: c.t("Mandate and scope")}
	text := c.t("This study asks where the workloads of %s can run on fewer hosts, whether every failure that is to be survived still is, and what that saves in electricity, carbon and money.", c.estateName())
	s.Blocks = append(s.Blocks, &Paragraph{Text: text}, &Paragraph{Text: c.t("It counts %s and %s.", c.many("%s host in service|%s hosts in service", p.Before.Hosts), c.many("%s workload|%s workloads", p.Estate.Workloads)) + c.where()})
	l := &List{}
	in := func(head, text string) {
		if text != "" {
			l.Items = append(l.Items, Item{head, text})
		}
	}
	in(c.t("In scope:"), strings.Join(p.Policy.Scope.Include, ", "))
	in(c.t("Out of scope:"), strings.Join(p.Policy.Scope.Exclude, ", "))
	if n := c.facts.outOfScope; n > 0 {
		in(c.t("Left where they are:"), c.many("%s workload that the policy does not put in scope; it still counts in every total.|%s workloads that the policy does not put in scope; they still count in every total.", n))
	}
	if n := len(p.Excluded); n > 0 {
		in(c.t("Not placed:"), c.many("%s entry of the inventory that runs nowhere, such as a template.|%s entries of the inventory that run nowhere, such as templates.", n))
	}
	if x := p.Indicator; x != nil {
		var left []string
		for _, e := range x.Exclusions {
			left = append(left, c.say(e))
		}
		in(c.t("Left out of the footprint:"), strings.Join(left, ", ")+".")
	} else {
		in(c.t("Left out of the footprint:"), c.t("storage arrays and network outside hosts and enclosures, end of life, people and transport; the manufacture of what exists is spent already."))
	}
	s.Blocks = append(s.Blocks, l)
	return s
}

func (c *composer) where() string {
	sites := map[string]bool{}
	clusters := map[string]bool{}
	for _, h := range c.p.Hosts {
		if h.Site != "" {
			sites[h.Site] = true
		}
		if h.Cluster != "" {
			clusters[h.Cluster] = true
		}
	}
	text := ""
	if len(sites) > 0 {
		text += " " + c.t("Sites: %s.", strings.Join(slices.Sorted(maps.Keys(sites)), ", "))
	}
	if len(clusters) > 0 {
		text += " " + c.t("Clusters: %s.", strings.Join(slices.Sorted(maps.Keys(clusters)), ", "))
	}
	return text
}

// quality is what the data is, how good, and what was not checked.
func (c *composer) quality() Section {
	s := Section{ID: "quality", Title: c.t("Method and data quality")}
	s.Blocks = append(s.Blocks, &Paragraph{Text: c.t("Every workload is placed as a whole, by its own size: no averages, no batches. The plan is rechecked by a second program path that shares nothing with the search, and no fewer hosts than its bound can do: that bound is proven, not estimated.")})
	if c.facts.counted > 0 {
		s.Blocks = append(s.Blocks, &Paragraph{Text: c.t("CPU use is measured for %s of %s workloads (%s).", c.count(c.facts.measured), c.count(c.facts.counted),
			c.percent(float64(c.facts.measured)/float64(c.facts.counted)))})
	}
	files := &Table{ID: "inputs", Title: c.t("Files that the plan was made from"), Columns: []Column{
		{Title: c.t("Role"), Kind: Text}, {Title: c.t("File"), Kind: Name}, {Title: c.t("Recognised as"), Kind: Text},
	}}
	for _, f := range c.p.Inputs {
		files.Rows = append(files.Rows, []Cell{text(c.role(f.Role)), text(f.Path), text(c.say(f.Format))})
	}
	if len(files.Rows) > 0 {
		s.Blocks = append(s.Blocks, files)
	}
	if t := c.powerRungs(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	if t := c.findingKinds(); t != nil {
		s.Blocks = append(s.Blocks, t)
	}
	if blocks := c.uncheckedBlocks(); blocks != nil {
		s.Blocks = append(s.Blocks, &Paragraph{Text: c.t("What was not checked"), Style: Heading})
		s.Blocks = append(s.Blocks, blocks...)
	}
	return s
}

// role is the word for the role of an input.
func (c *composer) role(role string) string {
	switch role {
	case "estate":
		return c.t("estate")
	case "catalogue":
		return c.t("catalogue")
	case "policy":
		return c.t("policy")
	}
	return role
}

// powerRungs counts how the power of hosts is known.
func (c *composer) powerRungs() *Table {
	count := map[string]int{}
	for _, h := range c.p.Hosts {
		if h.PowerRung != "" {
			count[h.PowerRung]++
		}
	}
	if len(count) == 0 {
		return nil
	}
	t := &Table{ID: "power", Title: c.t("How the power of hosts is known"), Totals: true, Columns: []Column{
		{Title: c.t("Known by"), Kind: Text}, {Title: c.t("Hosts"), Kind: Number, Sum: true},
	}}
	for _, k := range byCount(count) {
		t.Rows = append(t.Rows, []Cell{text(c.say(k)), whole(count[k])})
	}
	return t
}

// byCount sorts keys by how often they occur, then by name.
func byCount(count map[string]int) []string {
	keys := slices.Collect(maps.Keys(count))
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	return keys
}

// findingKinds counts findings by what they are.
func (c *composer) findingKinds() *Table {
	type kind struct {
		code     string
		severity inventory.Severity
	}
	count := map[kind]int{}
	for _, f := range c.p.Findings {
		count[kind{f.Code, f.Severity}]++
	}
	if len(count) == 0 {
		return nil
	}
	kinds := slices.Collect(maps.Keys(count))
	slices.SortFunc(kinds, func(a, b kind) int {
		return cmp.Or(cmp.Compare(rank(a.severity), rank(b.severity)), cmp.Compare(count[b], count[a]), cmp.Compare(a.code, b.code))
	})
	t := &Table{ID: "finding-kinds", Title: c.t("Findings on the data, by kind"), Totals: true, Columns: []Column{
		{Title: c.t("Severity"), Kind: Text}, {Title: c.t("Kind"), Kind: Name}, {Title: c.t("Findings"), Kind: Number, Sum: true},
	}}
	for _, k := range kinds {
		t.Rows = append(t.Rows, []Cell{text(c.severity(k.severity)), text(k.code), whole(count[k])})
	}
	return t
}

// rank puts the worst first.
func rank(s inventory.Severity) int {
	switch s {
	case inventory.Error:
		return 0
	case inventory.Warning:
		return 1
	}
	return 2
}

func (c *composer) severity(s inventory.Severity) string {
	switch s {
	case inventory.Error:
		return c.t("error")
	case inventory.Warning:
		return c.t("warning")
	}
	return c.t("note")
}

func (c *composer) state(h plan.Host) string {
	switch {
	case h.State == plan.Retire:
		return c.t("retired")
	case h.State == plan.Buy && h.Spare:
		return c.t("bought, spare")
	case h.State == plan.Buy:
		return c.t("bought")
	case h.Spare:
		return c.t("kept, spare")
	}
	return c.t("kept")
}
