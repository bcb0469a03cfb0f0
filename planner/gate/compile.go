package gate

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

// Level is what becomes of a gate that does not hold.
type Level string

// The levels.
const (
	Deny Level = "deny" // the check fails
	Warn Level = "warn" // it is told
)

// Gate is a gate that makes sense.
type Gate struct {
	Condition
	Name    string
	Level   Level
	View    plan.View
	Hosts   []string
	Why     string
	Waivers []plan.Waiver
	File    string
	Line    int  // of the gate in File, 0 when it stands in none
	Implied bool // in force although no file states it
}

// Compile reads the gates of a file. Every one that makes no sense is told with
// file and line; lines are those of the gates, and may be absent.
func Compile(gates []plan.Gate, file string, lines []int) ([]Gate, error) {
	var list []Gate
	var problems []error
	names := map[string]int{}
	for n, g := range gates {
		line := 0
		if n < len(lines) {
			line = lines[n]
		}
		c, err := compile(g)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: gates[%d]: %w", file, line, n, err))
			continue
		}
		c.File, c.Line = file, line
		// Baselines and reports tell gates apart by name.
		if names[c.Name]++; names[c.Name] > 1 {
			if g.Name != "" {
				problems = append(problems, fmt.Errorf("%s:%d: gates[%d]: the name %q stands twice", file, line, n, c.Name))
				continue
			}
			c.Name = fmt.Sprintf("%s (%d)", c.Name, names[c.Name])
		}
		list = append(list, c)
	}
	return list, errors.Join(problems...)
}

func compile(g plan.Gate) (Gate, error) {
	c := Gate{Name: g.Name, Level: Deny, View: g.On, Hosts: g.Hosts, Why: g.Why, Waivers: g.Waivers}
	text := g.Deny
	switch {
	case g.Deny != "" && g.Warn != "":
		return c, errors.New("it has both deny and warn: write two gates")
	case g.Deny == "" && g.Warn == "":
		return c, errors.New("it has neither deny nor warn")
	case g.Warn != "":
		c.Level, text = Warn, g.Warn
	}
	var err error
	if c.Condition, err = Parse(string(text)); err != nil {
		return c, err
	}
	m := c.Measure
	if c.View == "" {
		c.View = m.Views[0]
	}
	if !slices.Contains(m.Views, c.View) {
		return c, fmt.Errorf("%s is not told of %s, only of %s", m.Name, c.View, joinViews(m.Views))
	}
	if len(c.Hosts) > 0 && !m.Each && m.Name != "overfull" {
		return c, fmt.Errorf("hosts: picks hosts of a figure that each host has, such as cpu.p95; %s is one figure", m.Name)
	}
	if c.Name == "" {
		c.Name = c.Text
		if c.View != m.Views[0] {
			c.Name += " on " + string(c.View)
		}
		if len(c.Hosts) > 0 {
			c.Name += " for " + strings.Join(c.Hosts, ", ")
		}
	}
	return c, checkWaivers(c)
}

func joinViews(views []plan.View) string {
	var names []string
	for _, v := range views {
		names = append(names, string(v))
	}
	return strings.Join(names, " and ")
}

func checkWaivers(g Gate) error {
	for n, w := range g.Waivers {
		missing := ""
		switch {
		case strings.TrimSpace(w.Owner) == "":
			missing = "an owner: who answers for it"
		case strings.TrimSpace(w.Reason) == "":
			missing = "a reason"
		case !w.Until.Known():
			missing = "an end (until: 2027-03-31)"
		case len(w.Subjects) > 0 && !g.Measure.Each && !g.Measure.List:
			return fmt.Errorf("waivers[%d]: subjects: %s is one figure, not one of several things", n, g.Measure.Name)
		}
		if missing != "" {
			return fmt.Errorf("waivers[%d]: it needs %s", n, missing)
		}
	}
	return nil
}

// Implied are the gates that hold without being written: that a feasible
// placement exists, always, and for an estate without gates of its own that no
// host is over its limits, no rule is broken and a failure is survived as the
// policy asks. file is what is checked.
func Implied(written []Gate, p plan.Policy, file string) []Gate {
	texts := []plan.Gate{{Deny: "infeasible == 0", Name: "a feasible placement exists"}}
	if len(written) == 0 {
		texts = append(texts, plan.Gate{Deny: "overfull == 0"}, plan.Gate{Deny: "rules.broken == 0"})
		if k := p.WithDefaults().Survive.Hosts; k > 0 {
			texts = append(texts, plan.Gate{Warn: plan.Condition(fmt.Sprintf("survives.hosts >= %d", k))})
		}
	}
	if slices.ContainsFunc(written, func(g Gate) bool { return g.Measure.Name == "infeasible" }) {
		texts = texts[1:]
	}
	list, err := Compile(texts, file, nil)
	if err != nil {
		panic(err) // the gates above are ours
	}
	for n := range list {
		list[n].Implied = true
	}
	return list
}

// Variants lists the views of today that the gates look at, beside the one of
// the policy as it is.
func Variants(gates []Gate, p plan.Policy) []Variant {
	var list []Variant
	for _, g := range gates {
		if g.View != plan.OnToday {
			continue
		}
		for _, v := range g.variants(p) {
			if v != (Variant{}) && !slices.Contains(list, v) {
				list = append(list, v)
			}
		}
	}
	return list
}

// variants lists the views of today that a gate is judged by, in the order in
// which they are tried.
func (g Gate) variants(p plan.Policy) []Variant {
	if g.Measure.Name == "survives.hosts" {
		var list []Variant
		for k := int(min(max(math.Ceil(g.Limit), 1), 2)); k >= 1; k-- {
			list = append(list, Variant{Survive: k}.under(p))
		}
		return list
	}
	return []Variant{g.Measure.needs.under(p)}
}

// under is the variant as the policy sees it: what the policy has is no variant.
func (v Variant) under(p plan.Policy) Variant {
	p = p.WithDefaults()
	if v.CPU == p.CPU.Use {
		v.CPU = ""
	}
	if v.Memory == p.Memory.Use {
		v.Memory = ""
	}
	if v.Survive == p.Survive.Hosts && v.Chassis == p.Survive.Chassis && v.Site == p.Survive.Site {
		v.Survive, v.Chassis, v.Site = 0, 0, 0
	}
	return v
}

// selects tells whether the gate is about a host.
func (g Gate) selects(id string, e *inventory.Host) bool {
	if len(g.Hosts) == 0 {
		return true
	}
	names := []string{id}
	if e != nil {
		names = append(names, e.Name)
	}
	return inventory.MatchesAny(g.Hosts, names...)
}
