package pack

import (
	"cmp"
	"math"
	"slices"

	"sobre/planner/pack/lp"
)

// dive builds a packing from the solution of the master: it fixes the patterns
// that the solution wants most, solves what is left again, with new patterns
// for it, and so on. The program is small from the start: only columns that a
// better packing could use are in it.
type dive struct {
	c     *colgen
	m     *master
	style diveStyle
	rng   rng

	rest  []int // per group, members not yet covered
	stock []int // per class, hosts not yet used
	hosts []stack
	cost  int64   // of hosts, in the first objective
	goal  int64   // what the dive may hope for
	doubt float64 // by how much the program may be dearer than it need be

	budget int64   // work for the dive
	whole  float64 // hosts in the first solution
	hurry  float64 // see haste
}

// diveStyle is how bold a dive is.
type diveStyle struct {
	share float64 // of the hosts left, how many are fixed at a time
	noise float64 // on the values that choose them
	slack float64 // how far above the gap the reduced cost of a column may be, in hosts
}

// styles are tried in turn.
var styles = [...]diveStyle{
	{0.06, 0, 0.02}, {0.06, 0.15, 0.12}, {0.02, 0.15, 0.02}, {0.12, 0.3, 0.22},
	{0.06, 0.3, 0.02}, {0.02, 0.3, 0.12}, {0.12, 0.45, 0.02}, {0.06, 0.45, 0.22},
}

const (
	whole        = 0.9995 // an x this near to one is one
	unpriced     = 0.003  // what pricing to the end may take off a program
	diveRounds   = 7      // of pricing between two fixings
	diveNodes    = 5_000  // of an exact pricing in a dive
	completeEach = 2      // fixings between two greedy completions
	keptSlack    = 0.1    // on the reduced cost of columns that a dive goes on with
	mostHaste    = 5
)

// dives dives some times, with one style after the other, until the bound is
// met or the meter is out.
func (c *colgen) dives(meter *meter, times int) {
	c.meter = meter
	for n := 0; n < times && !meter.out() && !c.s.closed(); n++ {
		d := c.newDive(styles[c.dived%len(styles)], uint64(c.dived))
		c.dived++
		d.run()
	}
}

// newDive makes the program of a dive from the columns of the master that are
// basic or cheap enough.
func (c *colgen) newDive(style diveStyle, n uint64) *dive {
	d := &dive{c: c, style: style, hurry: 1, rng: newRNG(c.s.opt.Seed<<16 + n)}
	d.rest, d.stock = slices.Clone(c.in.count), slices.Clone(c.in.stock)
	d.goal = max(c.s.bound, c.roundUp(c.m.value()))
	if c.ended != "bound" && c.ended != "converged" {
		d.doubt = unpriced
	}
	gap := (float64(c.s.bound) - c.m.value()) / c.m.unit
	d.m = c.m.copy(c.in, perturbation/10, gap+style.slack)
	return d
}

// run dives to the bottom, or until it cannot better the best packing.
func (d *dive) run() {
	d.budget = d.c.meter.left()
	for step := 1; !d.c.s.closed(); step++ {
		going := d.price()
		if d.c.meter.out() {
			d.complete()
			return
		}
		if !going {
			return
		}
		d.shrink()
		d.fix()
		left := 0
		for _, n := range d.rest {
			left += n
		}
		if left == 0 {
			d.offer(nil)
			return
		}
		if step%completeEach == 0 {
			d.complete()
		}
	}
}

// price solves the program, with new patterns while they are needed, and tells
// whether the dive can still better the best packing.
func (d *dive) price() bool {
	c := d.c
	for round := 0; ; round++ {
		status := c.solve(d.m)
		if status != lp.Optimal || c.meter.out() {
			return false
		}
		reach := d.cost + c.roundUp(d.m.value()*(1-d.doubt))
		if float64(round) >= diveRounds/d.hurry || round > 0 && reach <= d.goal {
			return d.promising(reach)
		}
		d.m.readDuals()
		root := c.m
		c.m = d.m
		added := c.probe(d.rest, d.stock, nil)
		if added == 0 && reach > d.goal {
			added = c.dig(d.rest, d.stock, diveNodes, nil)
		}
		c.m = root
		if added == 0 {
			return d.promising(reach)
		}
	}
}

func (d *dive) promising(reach int64) bool {
	best := d.c.s.best
	return best.missing > 0 || reach < best.values[0]
}

// shrink leaves out of the program what is covered once that is much of it.
func (d *dive) shrink() {
	rows, asking := 0, 0
	for g, n := range d.rest {
		if d.m.row[g] >= 0 {
			rows++
			if n > 0 {
				asking++
			}
		}
	}
	if asking*4 < rows*3 {
		d.m = d.m.copy(d.c.in.residual(d.rest, d.stock), perturbation/10, d.style.slack+keptSlack)
	}
}

// haste is how many times more hosts than usual to fix, so that the dive ends
// within its work: above 1 when more of the hosts than of the work is left.
func (d *dive) haste(hosts float64) float64 {
	d.whole = max(d.whole, hosts)
	work := float64(d.c.meter.left()) / float64(max(1, d.budget))
	ahead := hosts / d.whole / max(work, 0.01)
	return min(max(1, ahead*ahead), mostHaste)
}

// fix puts into the packing all patterns whose x is whole, and of the others
// those with the largest.
func (d *dive) fix() {
	type choice struct {
		column int
		score  float64
	}
	var choices []choice
	hosts := 0.0
	fixed := false
	for _, j := range d.m.lp.Basic() {
		x := d.m.lp.X(j)
		if d.m.columns[j].class < 0 || x < 1e-6 {
			continue
		}
		n := math.Floor(x + 1 - whole)
		if n > 0 {
			d.use(j, int(n))
			fixed = true
		}
		hosts += x - n
		if x-n > 1e-3 {
			choices = append(choices, choice{j, x - n + float64(d.style.noise*d.rng.float())})
		}
	}
	slices.SortFunc(choices, func(a, b choice) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.column, b.column))
	})
	d.hurry = d.haste(hosts)
	more := int(math.Ceil(d.style.share * d.hurry * hosts))
	for _, ch := range choices {
		if more <= 0 && fixed {
			break
		}
		if d.stillWanted(ch.column) || !fixed {
			d.use(ch.column, 1)
			fixed = true
			more--
		}
	}
	if !fixed {
		d.useAny()
	}
	d.update()
}

// stillWanted tells whether all members of a pattern are still to be covered.
func (d *dive) stillWanted(column int) bool {
	p := d.m.columns[column]
	for _, s := range p.content {
		if s.Count > d.rest[s.Index] {
			return false
		}
	}
	return true
}

// useAny uses a pattern for the first group that is left, so that no dive stops.
func (d *dive) useAny() {
	for j, p := range d.m.columns {
		if p.class < 0 || d.stock[p.class] == 0 {
			continue
		}
		if slices.ContainsFunc(p.content, func(s Share) bool { return d.rest[s.Index] > 0 }) {
			d.use(j, 1)
			return
		}
	}
	clear(d.rest) // nothing in stock can hold the rest: give up
	d.cost = math.MaxInt64 / 2
}

// use puts n hosts with a pattern into the packing, as far as there are hosts.
func (d *dive) use(column, n int) {
	p := d.m.columns[column]
	n = min(n, d.stock[p.class])
	if n == 0 {
		return
	}
	d.stock[p.class] -= n
	d.hosts = append(d.hosts, stack{p, n, anyType})
	d.cost += int64(n) * d.c.in.patternCost(p.class, p.content)
	for _, s := range p.content {
		d.rest[s.Index] = max(0, d.rest[s.Index]-n*s.Count)
	}
}

// update asks the program for what is left only.
func (d *dive) update() {
	for g, n := range d.rest {
		right := float64(n)
		if n == 0 {
			right = -1
		}
		if row := d.m.row[g]; row >= 0 {
			d.m.lp.SetRight(row, right)
		}
	}
	for k, row := range d.m.stockRow {
		if row >= 0 {
			d.m.lp.SetRight(row, float64(d.stock[k]))
		}
		if row := d.m.forceRow[k]; row >= 0 && d.stock[k] == 0 {
			d.m.lp.SetRight(row, -1)
		}
	}
}

// complete packs the rest greedily and offers the whole.
func (d *dive) complete() {
	rest := d.c.in.residual(d.rest, d.stock)
	p := rest.bake(recipe{score: dot, weigh: scarce, tilt: 2}, d.c.meter)
	d.offer(p.hosts)
}

// offer offers what is fixed together with more hosts.
func (d *dive) offer(more []stack) {
	hosts := d.c.in.trimHosts(append(slices.Clone(d.hosts), more...))
	p := d.c.in.newPacking(hosts)
	if p.missing == 0 {
		d.c.s.offer(p, "dive")
	}
}

// trimHosts takes members out of hosts that together hold more than there are, and
// drops hosts that are then empty. What is fixed stays.
func (in *instance) trimHosts(hosts []stack) []stack {
	rest := slices.Clone(in.count)
	for k := range in.classes {
		if in.stock[k] > 0 {
			for _, f := range in.classes[k].fixed {
				rest[f.Index] -= f.Count
			}
		}
	}
	var out []stack
	for _, h := range hosts {
		fixed := in.classes[h.class].fixed
		full := h.count
		for _, s := range h.content {
			full = min(full, rest[s.Index]/max(1, s.Count-shareOf(fixed, s.Index)))
		}
		if full = max(full, 0); full > 0 {
			for _, s := range h.content {
				rest[s.Index] -= full * (s.Count - shareOf(fixed, s.Index))
			}
			out = append(out, stack{h.pattern, full, h.on})
		}
		for range h.count - full {
			var content []Share
			for _, s := range h.content {
				keep := shareOf(fixed, s.Index)
				n := min(s.Count-keep, rest[s.Index])
				rest[s.Index] -= n
				if n+keep > 0 {
					content = append(content, Share{s.Index, n + keep})
				}
			}
			if len(content) == 0 {
				break
			}
			out = append(out, stack{pattern{h.class, content}, 1, h.on})
		}
	}
	return out
}
