package document

import (
	"regexp"
	"strconv"
	"strings"

	"sobre/carbon"
	"sobre/planner/plan"
)

// facts is what is counted once in a plan and told in many places.
type facts struct {
	kept, retired, bought, spares int
	moved, p2v, live              int
	staying                       int // for a reason of their own
	outOfScope                    int
	down                          int // no host could restart them
	pinnedDown                    int // they fall with the host they are tied to
	counted, measured             int // workloads that are counted, and those whose CPU use is measured
	broken                        int // rules not kept
	errors, warnings              int // findings
	enclosures                    int // bought
	spend                         float64
	currency                      string
}

// factsOf takes stock of a plan.
func factsOf(p *plan.Plan) facts {
	f := facts{spend: p.After.Purchase.Best, currency: "EUR", counted: len(p.Placements) + len(p.Unplaced)}
	for _, h := range p.Hosts {
		switch h.State {
		case plan.Keep:
			f.kept++
		case plan.Retire:
			f.retired++
		case plan.Buy:
			f.bought++
		}
		if h.Spare {
			f.spares++
		}
	}
	for _, ch := range p.Chassis {
		if ch.State == plan.Buy {
			f.enclosures++
		}
	}
	f.placements(p)
	f.shadows(p)
	if p.Cost != nil {
		f.currency = p.Cost.Currency
		f.spend = p.Cost.After.Once.Best - p.Cost.Before.Once.Best
	}
	return f
}

func (f *facts) placements(p *plan.Plan) {
	for _, m := range p.Placements {
		switch m.Kind {
		case "p2v":
			f.p2v++
		case "move":
			f.live++
		}
		switch {
		case m.Stays == outOfScope:
			f.outOfScope++
		case m.Stays != "":
			f.staying++
		}
	}
	f.moved = f.p2v + f.live
}

// outOfScope is the reason of what the policy leaves where it is.
const outOfScope = "out of scope"

// shadows counts what the plan says against itself.
func (f *facts) shadows(p *plan.Plan) {
	if p.Failover != nil {
		for _, l := range p.Failover.Lost {
			if l.Reason == "no-room" {
				f.down++
			} else {
				f.pinnedDown++
			}
		}
	}
	for _, r := range p.Rules {
		if r.Broken {
			f.broken++
		}
	}
	for _, x := range p.Findings {
		switch x.Severity {
		case "error":
			f.errors++
		case "warning":
			f.warnings++
		}
	}
	f.measured = f.counted - unmeasured(p)
}

// withoutMeasure is how a plan says that use is assumed.
var withoutMeasure = regexp.MustCompile(`^CPU use of ([0-9]+) workloads? without measure$`)

// unmeasured is how many workloads have no measured CPU use, as the plan says.
func unmeasured(p *plan.Plan) int {
	for _, u := range p.Unchecked {
		if m := withoutMeasure.FindStringSubmatch(u); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}

// paysInMoney tells whether what is spent comes back within the horizon, and
// whether that is known.
func (c *composer) paysInMoney() (pays, known bool) {
	if k := c.p.Cost; k != nil {
		return k.NPV.Best >= 0 && !k.NeverPays, true
	}
	if c.facts.spend <= 0 {
		return c.p.Saving.Cost.Best >= 0, true
	}
	if c.p.Saving.CostPayback == nil {
		return false, true
	}
	return c.p.Saving.CostPayback.Best <= c.horizon(), true
}

func (c *composer) horizon() float64 {
	if y := c.p.Policy.Carbon.Horizon.Years(); y > 0 {
		return y
	}
	return carbon.DefaultHorizon
}

// costPayback is the time until what is spent is saved; nil: nothing spent, or never.
func (c *composer) costPayback() *carbon.Range {
	if k := c.p.Cost; k != nil {
		if k.NeverPays || k.PaybackYears.Best <= 0 {
			return nil
		}
		return &k.PaybackYears
	}
	return c.p.Saving.CostPayback
}

// yearly is what electricity, or with Cost all that recurs, costs before and
// after, and the difference.
func (c *composer) yearly() (before, after, saving carbon.Range) {
	if k := c.p.Cost; k != nil {
		return k.Before.PerYear, k.After.PerYear, k.Saving.PerYear
	}
	return c.p.Before.Cost, c.p.After.Cost, c.p.Saving.Cost
}

// system is a workload without the ending that tells it from its server.
func system(id string) string { return strings.TrimSuffix(id, "-os") }
