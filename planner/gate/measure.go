package gate

import (
	"regexp"
	"slices"
	"strings"

	"sobre/planner/plan"
)

// Measure is a figure that gates compare.
type Measure struct {
	Name  string
	Unit  Unit
	Views []plan.View // where it can be told; the first is taken where a gate names none
	What  string      // in English, without a full stop
	// Each marks a figure of every host or datastore: a gate holds when it does
	// for each.
	Each bool
	// List marks a count of things that a report names one by one.
	List bool

	needs Variant
	read  func(r *reader) Reading
}

// Reading is a figure as it was found.
type Reading struct {
	Value    float64
	Subjects []Subject // of Each and List measures, in order of ID
	Unknown  string    // why it cannot be told; empty: it can
	Partial  string    // what was left out for lack of data
}

// Subject is one thing that a figure is about.
type Subject struct {
	ID    string
	Value float64 // of an Each measure
	What  string  // in English: what is the matter with it, where that is more than its value
}

// Variant is a way to look at today that the policy alone does not give: by
// another figure of use, with more failures. Zero fields are as the policy has
// them.
type Variant struct {
	CPU, Memory            plan.Measure
	Survive, Chassis, Site int
}

// Of is the policy that shows the variant.
func (v Variant) Of(p plan.Policy) plan.Policy {
	if v.CPU != "" {
		p.CPU.Use = v.CPU
	}
	if v.Memory != "" {
		p.Memory.Use = v.Memory
	}
	if v.Survive+v.Chassis+v.Site != 0 {
		survive := *p.WithDefaults().Survive
		survive.Hosts, survive.Chassis, survive.Site = v.Survive, v.Chassis, v.Site
		p.Survive = &survive
	}
	return p
}

var (
	both      = []plan.View{plan.OnToday, plan.OnPlan}
	planned   = []plan.View{plan.OnPlan}
	planFirst = []plan.View{plan.OnPlan, plan.OnToday}
)

// Measures lists what gates can compare, in the order of the manual. Those of
// licences stand there once, with NAME for the licence.
func Measures() []Measure {
	return slices.Concat(countMeasures(), loadMeasures(), safetyMeasures(), footprintMeasures(), licenceMeasures("NAME"), dataMeasures())
}

// licence is the name of a figure of one licence.
var licence = regexp.MustCompile(`^licence\.([A-Za-z0-9_-]+)\.[a-z]+$`)

// Find is the measure of a name.
func Find(name string) (Measure, error) {
	list := Measures()
	if m := licence.FindStringSubmatch(name); m != nil {
		list = licenceMeasures(m[1])
	}
	for _, m := range list {
		if m.Name == name && !strings.Contains(name, ".NAME.") {
			if of := licence.FindStringSubmatch(name); of != nil {
				m.What = strings.ReplaceAll(m.What, "NAME", of[1])
			}
			return m, nil
		}
	}
	return Measure{}, unknownMeasure(name)
}
