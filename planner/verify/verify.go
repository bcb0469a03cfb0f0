package verify

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// Options are what Check may know besides the plan and the estate.
type Options struct {
	// Catalogue is what could be bought; nil when the reader has none. Models
	// of the plan are compared with it, and the bound needs it wherever
	// something may be bought.
	Catalogue *inventory.Catalogue
	// Policy is what the plan was asked for; nil takes the plan at its word.
	Policy *plan.Policy
	// Nodes caps the search for the heaviest content of one host, in nodes of
	// its tree; 0: four million, a second or two.
	Nodes int
	// Draws is the size of the sample that energy and carbon are computed with;
	// 0: as many as plans are made with.
	Draws int
}

// defaultNodes is what the search for one heaviest content may cost.
const defaultNodes = 4_000_000

// Check rechecks the plan against the estate it was made from. It never
// changes either, and never fails: what is wrong is a violation, what could
// not be looked at is said under Unchecked.
func Check(p *plan.Plan, e *inventory.Estate, o Options) Report {
	r := &recorder{Report{Checked: []Checked{}, Violations: []Violation{}, Unchecked: []string{}}}
	if p == nil || e == nil {
		r.broke("no-input", "", "a plan and the estate it was made from are both needed")
		return r.Report
	}
	if o.Nodes <= 0 {
		o.Nodes = defaultNodes
	}
	w := newWorld(p, e, o)
	w.checkInputs(r)
	w.checkModels(r)
	w.checkPlacements(r)
	w.checkHosts(r)
	w.checkChassis(r)
	w.checkLimits(r)
	w.checkLoads(r)
	w.checkFigures(r)
	w.checkHours(r)
	w.checkGrowth(r)
	w.checkRules(r)
	w.checkFailover(r)
	w.checkWaves(r)
	w.checkTotals(r)
	w.checkBound(r)
	w.checkStatus(r)
	w.checkFootprint(r)
	return r.Report
}
