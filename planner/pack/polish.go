package pack

// polisher lowers the later objectives of a complete layout by moving and
// swapping single members and by putting a host's content on another class. A
// change is made only if it lowers the objectives in their order, so the first
// never rises.
type polisher struct {
	in    *instance
	l     *layout
	rng   rng
	meter *meter
	delta []int64 // per objective, of the change being looked at
	inUse []int   // per enclosure, bins in use
	home  []int   // per type of the Problem, its bin; -1: none
	made  int     // changes

	spreading bool // another host can be worth opening
}

func newPolisher(in *instance, l *layout, r rng, m *meter) *polisher {
	p := &polisher{in: in, l: l, rng: r, meter: m, delta: make([]int64, len(in.costs)), spreading: in.spreads()}
	p.index()
	return p
}

// index rebuilds what is known of bins by enclosure and type.
func (p *polisher) index() {
	p.inUse = make([]int, p.in.enclosures+1)
	for b := range p.l.bins {
		p.inUse[p.in.classes[p.l.bins[b].class].enclosure]++
	}
	p.home = p.l.homes()
}

// pass looks once at every bin and member, in a random order. It tells whether
// anything changed.
func (p *polisher) pass() bool {
	before := p.made
	for b := 0; b < len(p.l.bins) && !p.meter.out(); b++ {
		p.retype(b)
	}
	type place struct{ g, b int }
	var places []place
	for b := range p.l.bins {
		for _, s := range p.l.bins[b].content {
			places = append(places, place{s.Index, b})
		}
	}
	for i := len(places) - 1; i > 0; i-- {
		j := p.rng.below(i + 1)
		places[i], places[j] = places[j], places[i]
	}
	for _, x := range places {
		if p.meter.out() {
			break
		}
		// Bins may have closed or lost the member since.
		if x.b < len(p.l.bins) && shareOf(p.l.bins[x.b].content, x.g) > p.l.pinned(x.b, x.g) {
			if !p.relocate(x.g, x.b) && p.spreading {
				p.spread(x.g, x.b)
			}
		}
	}
	return p.made > before
}

// others is how many other bins a member tries in a pass.
const others = 40

// relocate tries to bring a member of g from bin a to a better place.
func (p *polisher) relocate(g, a int) bool {
	for _, s := range p.in.groups[g].starts {
		if b := p.home[s.Index]; b >= 0 && b != a && p.exchange(g, a, b) {
			return true
		}
	}
	n := len(p.l.bins)
	start := p.rng.below(n)
	for i := range min(n, others) {
		b := start + i
		if b >= n {
			b -= n
		}
		if b != a && p.exchange(g, a, b) {
			return true
		}
	}
	return false
}

// exchange moves a member of g from bin a to b, alone or against one of b, if
// that lowers the objectives.
func (p *polisher) exchange(g, a, b int) bool {
	p.meter.spend(p.in.unit)
	if !p.in.mayHold(p.l.bins[b].class, g) {
		return false
	}
	if p.shiftDelta(g, a, b); lower(p.delta) && p.l.fits(b, g) {
		p.shift(g, a, b)
		return true
	}
	for _, s := range p.l.bins[b].content {
		h := s.Index
		if h == g || s.Count <= p.l.pinned(b, h) || !p.in.mayHold(p.l.bins[a].class, h) {
			continue
		}
		p.meter.spend(1)
		if p.swapDelta(g, a, h, b); lower(p.delta) && p.swap(g, a, h, b) {
			return true
		}
	}
	return false
}

// lower tells whether the first change other than 0 is downwards.
func lower(delta []int64) bool {
	for _, v := range delta {
		if v != 0 {
			return v < 0
		}
	}
	return false
}

// shiftDelta computes what moving a member of g from bin a to b changes.
func (p *polisher) shiftDelta(g, a, b int) {
	p.swapDelta(g, a, -1, b)
	if p.l.bins[a].members > 1 {
		return
	}
	from := p.l.bins[a].class
	enclosure := p.in.classes[from].enclosure
	for o := range p.delta {
		p.delta[o] -= p.in.hostCost(o, from)
		if e := p.in.costs[o].enclosure; e != nil && p.inUse[enclosure] == 1 {
			p.delta[o] -= e[enclosure]
		}
	}
}

// swapDelta computes what swapping g in bin a and h in bin b changes; h may be -1.
func (p *polisher) swapDelta(g, a, h, b int) {
	x, y := p.l.bins[a].class, p.l.bins[b].class
	for o := range p.delta {
		d := int64(0)
		if p.in.costs[o].load != nil && x != y {
			d += p.in.loadCost(o, y, g) - p.in.loadCost(o, x, g)
			if h >= 0 {
				d += p.in.loadCost(o, x, h) - p.in.loadCost(o, y, h)
			}
		}
		if move := p.in.costs[o].move; move != nil {
			d += move[g] * int64(p.leaves(g, a)-p.stays(g, b))
			if h >= 0 {
				d += move[h] * int64(p.leaves(h, b)-p.stays(h, a))
			}
		}
		p.delta[o] = d
	}
}

// leaves is 1 if one member of g less in a bin is one more that has moved.
func (p *polisher) leaves(g, b int) int {
	if s := p.startIn(g, b); s > 0 && shareOf(p.l.bins[b].content, g) <= s {
		return 1
	}
	return 0
}

// stays is 1 if one member of g more in a bin is one less that has moved.
func (p *polisher) stays(g, b int) int {
	if s := p.startIn(g, b); s > 0 && shareOf(p.l.bins[b].content, g) < s {
		return 1
	}
	return 0
}

// startIn is how many members of g started where a bin is.
func (p *polisher) startIn(g, b int) int {
	on := p.l.bins[b].on
	if on == anyType {
		return 0
	}
	return shareOf(p.in.groups[g].starts, on)
}

func (p *polisher) shift(g, a, b int) {
	p.made++
	p.l.remove(a, g, 1)
	p.l.put(b, g, 1)
	if p.l.bins[a].members == 0 {
		p.l.close(a)
		p.index()
	}
}

// swap makes the exchange if both members fit.
func (p *polisher) swap(g, a, h, b int) bool {
	l := p.l
	if !swapFits(l.room(a), l.room(b), p.in.groups[g].demand, p.in.groups[h].demand) {
		return false
	}
	l.remove(a, g, 1)
	l.remove(b, h, 1)
	if l.permits(a, h) && l.permits(b, g) {
		l.put(a, h, 1)
		l.put(b, g, 1)
		p.made++
		return true
	}
	l.put(a, g, 1)
	l.put(b, h, 1)
	return false
}

// swapFits tells whether g in a and h in b have room in each other's place.
func swapFits(a, b, g, h []int64) bool {
	for s, v := range g {
		if h[s] > a[s]+v || v > b[s]+h[s] {
			return false
		}
	}
	return true
}

// polish goes over the base again and again while that finds something.
func (t *trail) polish() {
	for !t.meter.out() {
		l := t.in.layout(t.base)
		t.meter.spend(attemptWork(l))
		t.seed += 0x10001
		p := newPolisher(t.in, l, newRNG(t.seed), t.meter)
		for p.pass() && !t.meter.out() {
		}
		p.kicks()
		before := t.base
		if p.made > 0 {
			t.offer(l.packing())
		}
		if t.base == before {
			t.idle = true
			return
		}
	}
}
