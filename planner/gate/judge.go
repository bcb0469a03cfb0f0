package gate

import (
	"fmt"

	"sobre/inventory"
	"sobre/planner/plan"
)

// Input is what gates are judged on.
type Input struct {
	Gates  []Gate
	Estate *inventory.Estate
	Policy plan.Policy
	// Today is the estate as it stands, by the policy (the zero Variant) and by
	// every variant that Variants names.
	Today    map[Variant]*plan.Plan
	Plan     *plan.Plan     // the best that was found
	Date     inventory.Date // that waivers end before
	Baseline *Baseline      // nil: none
	Tool     string
	Places   map[string]int // line of each host, workload and datastore in the file, by ID
}

// Judge says which gates hold and what breaks the others.
func Judge(in Input) *Report {
	j := &judge{in: in, readers: map[Variant]*reader{}}
	for v, p := range in.Today {
		j.readers[v] = newReader(plan.OnToday, p, in.Estate, in.Date)
	}
	j.planned = newReader(plan.OnPlan, in.Plan, in.Estate, in.Date)
	r := &Report{Version: inventory.Version, Tool: in.Tool, Estate: in.Estate.Name, Date: in.Date, Results: []Result{}}
	r.Feasible = Feasible{Status: in.Plan.Status, Hosts: in.Plan.After.Hosts, Today: in.Plan.Before.Hosts, Bound: in.Plan.Bound.Hosts}
	for _, g := range in.Gates {
		r.Results = append(r.Results, j.judge(g))
		r.Notes = append(r.Notes, j.notes...)
		j.notes = nil
	}
	r.Notes = append(r.Notes, in.Baseline.unused(r)...)
	return r
}

type judge struct {
	in      Input
	readers map[Variant]*reader // of today
	planned *reader
	notes   []Note
}

func (j *judge) judge(g Gate) Result {
	reading := j.read(g)
	r := Result{
		Gate: g.Name, Condition: g.Text, Measure: g.Measure.Name, Level: g.Level, View: g.View, File: g.File, Line: g.Line, Implied: g.Implied,
		Op: g.Op, Limit: g.Limit, Unit: g.Measure.Unit, Unknown: reading.Unknown, Partial: reading.Partial, Why: g.Why,
	}
	if r.Unit == Money || r.Unit == MoneyPerYear {
		r.Currency = j.currency()
	}
	if r.Unknown == "" {
		r.Unknown = j.otherCurrency(g)
	}
	switch {
	case r.Unknown != "":
		r.Status = Fails
		j.excuse(g, &r)
	case g.Measure.Each:
		j.judgeEach(g, reading, &r)
	case g.Measure.List:
		j.judgeList(g, reading, &r)
	default:
		j.judgeOne(g, reading, &r)
	}
	j.noteUnusedWaivers(g, &r)
	if r.Status == Fails && g.View == plan.OnToday {
		r.Planned = j.afterPlan(g)
	}
	return r
}

// read reads the figure of a gate off the view it looks at.
func (j *judge) read(g Gate) Reading {
	if g.View == plan.OnPlan {
		if unknown := j.planned.reads(g.Measure); unknown != "" {
			return Reading{Unknown: unknown}
		}
		return j.selected(g, g.Measure.read(j.planned))
	}
	var reading Reading
	var lost []Subject
	for _, v := range g.variants(j.in.Policy) {
		r := j.readers[v]
		if r == nil {
			return Reading{Unknown: "this view of today was not made"}
		}
		reading = g.Measure.read(r)
		if len(reading.Subjects) == 0 || g.Measure.Name != "survives.hosts" {
			break
		}
		if lost == nil {
			lost = reading.Subjects // to what was asked; fewer failures are tried
		}
	}
	if lost != nil {
		reading.Subjects = lost
	}
	return j.selected(g, reading)
}

// selected keeps the hosts that a gate is about.
func (j *judge) selected(g Gate, reading Reading) Reading {
	if len(g.Hosts) == 0 || reading.Unknown != "" {
		return reading
	}
	var kept []Subject
	for _, s := range reading.Subjects {
		if g.selects(s.ID, j.planned.hosts[s.ID]) {
			kept = append(kept, s)
		}
	}
	reading.Subjects = kept
	if g.Measure.List {
		reading.Value = float64(len(kept))
	} else if len(kept) == 0 {
		reading.Unknown = fmt.Sprintf("no host in service is called %s", some(g.Hosts))
	}
	return reading
}

// otherCurrency says that a limit is in money that the plan does not count in.
func (j *judge) otherCurrency(g Gate) string {
	if g.Currency == "" || g.Currency == j.currency() {
		return ""
	}
	return fmt.Sprintf("the policy counts in %s, the gate in %s", j.currency(), g.Currency)
}

// currency is the one that the policy counts in.
func (j *judge) currency() string {
	return j.in.Policy.WithDefaults().Cost.Electricity.PerKWh().Currency()
}

// judgeEach holds every subject to the gate.
func (j *judge) judgeEach(g Gate, reading Reading, r *Result) {
	r.Status = Holds
	var worst *float64
	for _, s := range reading.Subjects {
		if v := s.Value; worst == nil || g.worse(v, *worst) {
			worst = &v
		}
		if g.Holds(s.Value) {
			continue
		}
		v := s.Value
		item := Item{ID: s.ID, Value: &v, What: s.What, Line: j.in.Places[s.ID], Status: Fails}
		j.excuseItem(g, &item)
		r.Subjects = append(r.Subjects, item)
		r.Status = worseOf(r.Status, item.Status)
	}
	r.Value = worst
}

// judgeList counts what no waiver and no baseline covers.
func (j *judge) judgeList(g Gate, reading Reading, r *Result) {
	count := reading.Value
	r.Value, r.Status = &count, Holds
	if g.Holds(count) {
		return
	}
	left := 0.0
	covered := Holds
	for _, s := range reading.Subjects {
		item := Item{ID: s.ID, What: s.What, Line: j.in.Places[s.ID], Status: Fails}
		j.excuseItem(g, &item)
		r.Subjects = append(r.Subjects, item)
		if item.Status == Fails {
			left++
		} else {
			covered = worseOf(covered, item.Status)
		}
	}
	r.Status = Fails
	if covered != Holds && g.Holds(left) {
		r.Status = covered
	}
	if r.Status == Fails {
		j.excuse(g, r)
	}
}

func (j *judge) judgeOne(g Gate, reading Reading, r *Result) {
	v := reading.Value
	r.Value, r.Status = &v, Holds
	if g.Holds(v) {
		return
	}
	r.Status = Fails
	for _, s := range reading.Subjects {
		item := Item{ID: s.ID, What: s.What, Line: j.in.Places[s.ID], Status: Fails}
		if s.Value != 0 {
			value := s.Value
			item.Value = &value
		}
		r.Subjects = append(r.Subjects, item)
	}
	j.excuse(g, r)
}

// worseOf is the status that counts for both.
func worseOf(a, b Status) Status {
	rank := map[Status]int{Holds: 0, Known: 1, Waived: 2, Fails: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// afterPlan is the figure of a gate after the best plan, nil where it cannot be told.
func (j *judge) afterPlan(g Gate) *Planned {
	if len(g.Measure.Views) < 2 || j.planned.reads(g.Measure) != "" || g.Currency != "" && j.otherCurrency(g) != "" {
		return nil
	}
	reading := j.selected(g, g.Measure.read(j.planned))
	if reading.Unknown != "" {
		return nil
	}
	p := Planned{Value: reading.Value}
	if g.Measure.Each {
		for n, s := range reading.Subjects {
			if n == 0 || g.worse(s.Value, p.Value) {
				p.Value = s.Value
			}
		}
	}
	p.Holds = g.Holds(p.Value)
	return &p
}
