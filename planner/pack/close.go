package pack

import "math"

// mostMembers is how many workloads a set partition can deal with.
const mostMembers = 20_000

// thoroughness is how far close goes.
type thoroughness struct {
	converge bool  // the master first
	patterns int   // that the set partition works on
	nodes    int64 // of the search for them
	restarts int
	raises   int // of the bound
}

// tight is for instances whose hosts can waste next to nothing, glance for
// before the dives, and long for when they have failed.
var (
	tight  = thoroughness{false, 20_000, 20_000_000, 14, 1}
	glance = thoroughness{false, 4_000, 100_000, 4, 100}
	long   = thoroughness{true, 20_000, 3_000_000, 14, 100}
)

// leastWaste is the part of a host below which waste counts as next to nothing.
const leastWaste = 0.05

// wasteless tells whether volume all but decides: in hosts as good as the bound
// says, some class can leave only a small part of itself free. All patterns
// are then few, and column generation would be slow.
func (c *colgen) wasteless() bool {
	if c.in.members() > mostMembers {
		return false
	}
	for k, knap := range c.knap {
		if knap == nil {
			continue
		}
		if knap.full(c.floors(k, c.s.bound)) {
			return true
		}
	}
	return false
}

// nodeWork is about what a node of a search over contents costs.
const nodeWork = 20

// close is the last step: when the best packing is a little above the bound,
// the patterns that a packing at the bound could use are often few enough to
// list. It tries to decide whether there is a packing as good as the bound says,
// and raises the bound when there is none, until the two meet.
func (c *colgen) close(meter *meter, t thoroughness) {
	s := c.s
	c.meter = meter
	if c.in.members() > mostMembers {
		return
	}
	if t.converge {
		c.converge()
	}
	for n := 0; n < t.raises && c.best != nil && !s.closed() && !meter.out(); n++ {
		target := s.bound
		nodes := min(t.nodes, meter.left()/nodeWork)
		patterns, complete := c.patternsFor(c.best, target, t.patterns, nodes)
		if !complete || meter.out() || !c.decide(patterns, target, t.restarts) {
			return
		}
	}
}

// decide searches the patterns for a packing of at most target, with restarts
// as luck counts for much. It tells whether the question is settled.
func (c *colgen) decide(patterns []pattern, target int64, restarts int) bool {
	p := newPartition(c, patterns, target)
	for n := range uint64(restarts) {
		found, complete := p.run(50<<n, 0.2*float64(n%3), c.decisions)
		c.decisions++
		if found {
			return true
		}
		if complete {
			c.s.raise(target+c.step, "exhaustive search over patterns")
			return true
		}
		if c.meter.out() {
			return false
		}
	}
	return false
}

// certify looks for duals that prove what a search over patterns has proved, as
// a search leaves nothing to check. Often there are none.
func (c *colgen) certify(meter *meter) {
	if s := c.s; s.cert == nil && s.bound > 0 && c.m.value() > float64(s.bound-c.step)+hair*float64(c.step) {
		c.meter = meter
		c.certifying = true
		c.converge()
		c.certifying = false
		s.meter.spend(meter.spent)
	}
}

// converge generates columns until the master has all it needs, so that its
// duals leave the least gap.
func (c *colgen) converge() {
	c.exhaustive = true
	c.m.lp.Perturb(0)
	c.nodeCap = math.MaxInt64 / 8
	c.run()
	c.exhaustive = false
}
