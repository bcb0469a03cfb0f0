package pack

import "slices"

// trail is one island's search.
type trail struct {
	in    *instance
	aim   aim
	rng   rng
	meter *meter
	goal  int64 // of the first objective when reducing: no need to go below
	seed  uint64

	base  *packing   // complete packing that attempts start from, or the fullest
	found *packing   // better than base was at the last meeting; nil: none
	seen  []*packing // for the pool
	idle  bool       // nothing is left to try

	ej    *ejector // the attempt under way; nil: none
	quota int64    // work for one attempt
	tried int
}

// firstQuota is the work of an early attempt, in work units a host; they get
// longer when they fail.
const firstQuota = 100

// expandMost is how many hosts a search handles one by one. Of more, the rest
// stays as it is.
const expandMost = 200_000

func newTrail(in *instance, a aim, from *packing, goal int64, seed uint64) *trail {
	t := &trail{in: in, aim: a, rng: newRNG(seed), seed: seed, goal: goal}
	t.rebase(from)
	t.quota = firstQuota * int64(20+len(from.hosts))
	return t
}

// rebase goes on from another packing.
func (t *trail) rebase(p *packing) {
	t.base, t.ej = p, nil
}

// step works until the island's meter is out.
func (t *trail) step() {
	t.idle = false
	hosts := 0
	for _, h := range t.base.hosts {
		hosts += h.count
	}
	if hosts > expandMost {
		t.idle = true
		return
	}
	if t.aim == polishing {
		t.polish()
		return
	}
	for !t.meter.out() && !t.reached() {
		if t.ej == nil && !t.begin() {
			t.idle = true
			return
		}
		t.attempt()
	}
}

// reached tells whether the island has all that its aim asks for.
func (t *trail) reached() bool {
	switch t.aim {
	case placing:
		return t.base.missing == 0
	case reducing:
		return t.base.missing == 0 && t.base.values[0] <= t.goal
	}
	return false
}

// attempt goes on with the attempt under way until it succeeds or its quota or
// the meter is out.
func (t *trail) attempt() {
	e := t.ej
	limit := min(t.quota-e.spent, t.meter.limit-t.meter.spent)
	e.meter = t.meter.part(limit)
	complete := e.run()
	t.meter.spend(e.meter.spent)
	e.spent += e.meter.spent
	p := e.l.packing()
	switch {
	case complete || p.missing < t.base.missing:
		t.offer(p)
	case e.spent >= t.quota:
		t.quota += t.quota / 50
	default:
		return
	}
	t.seen = append(t.seen, p)
	t.ej = nil
}

// offer takes a packing as the new base if it is better.
func (t *trail) offer(p *packing) {
	t.in.chooseTypes(p)
	p.values = t.in.evaluate(p)
	if p.better(t.base) {
		t.base, t.found = p, p
	}
}

// begin starts a new attempt: the base with less host to pay for, and what was
// on it on no host. False when there is nothing to take away.
func (t *trail) begin() bool {
	l := t.in.layout(t.base)
	t.meter.spend(attemptWork(l))
	t.tried++
	t.seed += 0x10001
	if t.aim == placing {
		t.ej = newEjector(t.in, l, t.seed, t.meter)
		t.ej.grow = true
		return true
	}
	if shut := t.vacate(l); shut > 0 {
		t.ej = newEjector(t.in, l, t.seed, t.meter)
		t.ej.grow, t.ej.shut = true, shut
		return true
	}
	if !t.shrink(l) {
		return false
	}
	t.ej = newEjector(t.in, l, t.seed, t.meter)
	if t.simple() {
		t.quota = 1 << 60 // there is only one kind of attempt: never give up
	}
	return true
}

// attemptWork is about what copying and comparing layouts costs.
func attemptWork(l *layout) int64 { return int64(200 + 20*len(l.bins) + 5*len(l.rest)) }

// vacate closes, now and then, all hosts of an enclosure, if enclosures cost
// anything. It returns the enclosure; 0: it did not.
func (t *trail) vacate(l *layout) int {
	if t.in.enclosures == 0 || t.rng.below(3) > 0 {
		return 0
	}
	b, ok := t.victim(l)
	if !ok {
		return 0
	}
	e := t.in.classes[l.bins[b].class].enclosure
	for b := len(l.bins) - 1; b >= 0 && e > 0; b-- {
		if c := &t.in.classes[l.bins[b].class]; c.enclosure == e && len(c.fixed) == 0 {
			l.close(b)
		}
	}
	return e
}

// simple tells whether taking any host away is as good as any other.
func (t *trail) simple() bool { return len(t.in.classes) == 1 && !t.in.moves }

// shrink takes hosts away, or replaces a few by others that cost a little less,
// so that the layout costs less; what does not fit any more is on no host.
func (t *trail) shrink(l *layout) bool {
	const tries = 50
	cost := t.in.costs[0].host
	for range tries {
		b, ok := t.victim(l)
		if !ok {
			return false
		}
		if len(t.in.classes) > 1 && t.rng.below(4) > 0 {
			bins := []int{b}
			for range t.rng.below(3) {
				if c, ok := t.victim(l); ok && !slices.Contains(bins, c) {
					bins = append(bins, c)
				}
			}
			if t.replace(l, bins) {
				return true
			}
			continue
		}
		if cost[l.bins[b].class] > 0 || t.in.costs[0].enclosure != nil {
			l.close(b)
			return true
		}
	}
	return false
}

// victim picks a host that may be closed: of a few at random, often the least full.
func (t *trail) victim(l *layout) (int, bool) {
	best, bestFill := -1, 0.0
	tries := 1 + t.rng.below(8)
	for range tries * 4 {
		b := t.rng.below(max(1, len(l.bins)))
		if b >= len(l.bins) || len(t.in.classes[l.bins[b].class].fixed) > 0 {
			continue
		}
		if fill := t.in.fullness(l, b); best < 0 || fill < bestFill {
			best, bestFill = b, fill
		}
		if tries--; tries <= 0 {
			break
		}
	}
	return best, best >= 0
}

// fullness is the load of a bin, all slots together.
func (in *instance) fullness(l *layout, b int) float64 {
	sum := 0.0
	capacity := in.classes[l.bins[b].class].capacity
	for s, v := range l.room(b) {
		sum += float64(capacity[s]-v) / in.usual[s]
	}
	return sum
}

// replace closes some bins and opens others that cost less together, with as
// much on them as fits.
func (t *trail) replace(l *layout, bins []int) bool {
	old := int64(0)
	for _, b := range bins {
		old += t.in.costs[0].host[l.bins[b].class]
	}
	open := t.substitute(l, len(bins)+1, old)
	if len(open) == 0 {
		return false
	}
	slices.SortFunc(bins, func(a, b int) int { return b - a })
	var loose []int
	for _, b := range bins {
		for _, s := range l.bins[b].content {
			loose = append(loose, s.Index)
		}
		l.close(b)
	}
	for _, k := range open {
		t.refill(l, l.open(k), loose)
	}
	return true
}

// substitute draws sets of at most most classes with hosts to spare and returns
// the one that costs most of those below a limit: the less it saves, the more
// it holds.
func (t *trail) substitute(l *layout, most int, limit int64) []int {
	const draws = 12
	in := t.in
	var best []int
	bestCost := int64(-1)
	for range draws {
		var open []int
		cost := int64(0)
		for range most {
			k := t.rng.below(len(in.classes))
			spare := in.stock[k] - l.used[k]
			for _, o := range open {
				if o == k {
					spare--
				}
			}
			if spare > 0 && len(in.classes[k].fixed) == 0 && cost+in.costs[0].host[k] < limit {
				open = append(open, k)
				cost += in.costs[0].host[k]
			}
		}
		if len(open) > 0 && cost > bestCost {
			best, bestCost = open, cost
		}
	}
	return best
}

// refill puts members of some groups into a bin, in the order of the list.
func (t *trail) refill(l *layout, b int, groups []int) {
	for _, g := range groups {
		for l.rest[g] > 0 && l.fits(b, g) {
			l.put(b, g, 1)
		}
	}
}
