package pack

import "sobre/planner/pack/lp"

const (
	// outlineGroups is from how many groups on rough duals pay.
	outlineGroups = 100
	outlineRounds = 40
	firstPasses   = 300 // over the columns that there are from the start
	roundPasses   = 50
	fewColumns    = 30 // of the quick search, below which the exact one helps out
	roughTouches  = 20 // of nonzeros, in order, that cost about a unit

	// A column in use by more than visible in the rough solution, or with a
	// reduced cost of at most aside, goes into the program that is solved exactly.
	visible = 1e-3
	aside   = 0.02
	// settling is by what part the value falls in a round when it hardly does.
	settling = 2e-4
)

// outline generates columns by rough duals, which are quick to follow up, and
// leaves the master with those that matter. With hundreds of groups it takes a
// tenth of the time that the simplex needs to come as far.
func (c *colgen) outline() {
	r := c.sketch()
	calm, last := 0, 0.0
	for round := range outlineRounds {
		passes := roundPasses
		if round == 0 {
			passes = firstPasses
		}
		added := c.roughly(r, passes)
		value := r.Value()
		if calm++; last-value > settling*value || round < 3 {
			calm = 0
		}
		last = value
		if added == 0 && c.nodes >= c.nodeCap || calm >= 3 || c.meter.out() || c.s.closed() {
			break
		}
	}
	c.sift(r)
}

// roughly makes passes over the rough program, adds the columns that its duals
// ask for, and returns how many.
func (c *colgen) roughly(r *lp.Rough, passes int) int {
	before := r.Work()
	r.Run(passes)
	c.meter.spend((r.Work() - before) / roughTouches)
	c.m.setDuals(r.Duals())
	upper := make([]float64, len(c.in.classes))
	added := c.probe(c.in.count, c.in.stock, upper)
	c.raise(upper)
	if added < fewColumns {
		more := c.dig(c.in.count, c.in.stock, c.nodes, upper)
		c.raise(upper)
		if more < fewColumns/2 && c.nodes < c.nodeCap {
			c.nodes *= 8
		}
		added += more
	}
	c.follow(r)
	return added
}

// sketch makes the rough program: it starts from the best packing, and with
// duals by size.
func (c *colgen) sketch() *lp.Rough {
	r := lp.NewRough(c.m.rows)
	duals := make([]float64, len(c.m.rows))
	sum := 0.0
	for g, row := range c.m.row {
		if row >= 0 {
			duals[row] = c.in.weigh(g)
			sum += float64(float64(c.in.count[g]) * duals[row])
		}
	}
	for i := range duals {
		duals[i] *= float64(c.s.best.values[0]) / c.m.unit / max(sum, 1e-9)
	}
	r.SetDuals(duals)
	c.follow(r)
	return r
}

// follow gives the rough program the columns that the master has got since.
func (c *colgen) follow(r *lp.Rough) {
	for j := r.Columns(); j < c.m.lp.Columns(); j++ {
		index, value := c.m.lp.Column(j)
		r.AddColumn(c.m.lp.Cost(j), index, value, 0)
	}
}

// sift makes the master anew with the columns that matter by the rough
// solution and those of the best packing.
func (c *colgen) sift(r *lp.Rough) {
	old := c.m
	c.m = newMaster(c.in, perturbation, false)
	for _, h := range c.s.best.hosts {
		c.m.add(h.class, h.content)
	}
	for j, p := range old.columns[:r.Columns()] {
		if p.class >= 0 && (r.X(j) > visible || r.ReducedCost(j) <= aside) {
			c.m.add(p.class, p.content)
		}
	}
}
