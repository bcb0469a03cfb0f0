package pack

// ejector places the members of a layout that are on no host by ejecting
// others: the ejection pool of Y. Nagata and O. Bräysy ("A powerful route
// minimization heuristic", Operations Research Letters 37, 2009), where a host
// stands for a route. A member that fits nowhere takes the place of the one or
// two that have been the easiest to place so far, which are then next; random
// moves in between change what fits.
type ejector struct {
	in    *instance
	l     *layout
	rng   rng
	meter *meter
	stack []int32 // members on no host, by group; the last is next
	fail  []int64 // per group, how often a member did not fit

	grow  bool  // hosts may be opened while there are any
	shut  int   // enclosure in which none may be opened; 0: none
	moves int   // random moves after an ejection
	reach int   // hosts looked at when inserting, if there are more
	near  int   // hosts looked at when ejecting, if there are more
	home  []int // per type of the Problem, its bin, or -1; nil: moves do not count
	need  []int64
	hit   ejection
	spent int64 // work of this attempt so far
}

// ejection is a place for a member and the one or two that must leave it.
type ejection struct {
	bin, a, b int // b: -1 when one is enough
	sum       int64
	ties      int
}

func newEjector(in *instance, l *layout, seed uint64, m *meter) *ejector {
	e := &ejector{in: in, l: l, rng: newRNG(seed), meter: m, moves: 100, reach: 4000, near: 400}
	e.fail = make([]int64, len(in.groups))
	for g := range e.fail {
		e.fail[g] = 1
	}
	e.need = make([]int64, in.slots)
	if in.moves {
		e.home = l.homes()
	}
	return e
}

// run works until every member is placed, which it reports, or the meter is out.
func (e *ejector) run() bool {
	e.refill()
	for len(e.stack) > 0 && !e.meter.out() {
		e.meter.spend(1)
		last := len(e.stack) - 1
		g := int(e.stack[last])
		if b := e.find(g); b >= 0 {
			e.l.put(b, g, 1)
			e.stack = e.stack[:last]
			continue
		}
		e.fail[g]++
		if !e.eject(g) {
			// Nothing easier to place makes room: let another have a try.
			other := e.rng.below(len(e.stack))
			e.stack[last], e.stack[other] = e.stack[other], e.stack[last]
		}
		for range e.moves {
			e.shake()
		}
	}
	return len(e.stack) == 0
}

// refill puts all members on no host on the stack, the largest last: they are
// placed first.
func (e *ejector) refill() {
	e.stack = e.stack[:0]
	for g, n := range e.l.rest {
		for range n {
			e.stack = append(e.stack, int32(g))
		}
	}
}

// find is a bin with room for a member of g, by chance if there are several; -1: none.
func (e *ejector) find(g int) int {
	if e.home != nil {
		for _, s := range e.in.groups[g].starts {
			if b := e.home[s.Index]; b >= 0 && e.l.fits(b, g) {
				return b
			}
		}
	}
	n := len(e.l.bins)
	if n > 0 {
		start := e.rng.below(n)
		tries := min(n, e.reach)
		for i := range tries {
			b := start + i
			if b >= n {
				b -= n
			}
			if e.l.fits(b, g) {
				e.meter.spend(int64(i+1) * e.in.unit)
				return b
			}
		}
		e.meter.spend(int64(tries) * e.in.unit)
	}
	if e.grow {
		return e.openFor(g)
	}
	return -1
}

// openFor opens a host that may hold a member of g, the cheapest there is; -1: none.
func (e *ejector) openFor(g int) int {
	best := -1
	for k := range e.in.classes {
		if e.shut > 0 && e.in.classes[k].enclosure == e.shut {
			continue
		}
		if e.l.used[k] < e.in.stock[k] && (best < 0 || e.in.rough[k] < e.in.rough[best]) && e.in.patternMax(k, g) > 0 {
			best = k
		}
	}
	if best < 0 {
		return -1
	}
	return e.l.open(best)
}

// eject finds the place for a member of g whose one or two occupants to eject
// have the least failures together, fewer than g itself, and swaps them in.
func (e *ejector) eject(g int) bool {
	n := len(e.l.bins)
	if n == 0 {
		return false
	}
	e.hit = ejection{bin: -1, sum: e.fail[g]}
	start := e.rng.below(n)
	for i := range min(n, e.near) {
		b := start + i
		if b >= n {
			b -= n
		}
		if e.in.groups[g].allowed.has(e.l.bins[b].class) {
			e.tryEject(b, g)
		}
	}
	if e.hit.bin < 0 {
		return false
	}
	h := e.hit
	e.l.remove(h.bin, h.a, 1)
	if h.b >= 0 {
		e.l.remove(h.bin, h.b, 1)
	}
	e.l.put(h.bin, g, 1)
	e.stack = e.stack[:len(e.stack)-1]
	e.stack = append(e.stack, int32(h.a))
	if h.b >= 0 {
		e.stack = append(e.stack, int32(h.b))
	}
	return true
}

// tryEject looks at the sets of one or two to eject from a bin for g.
func (e *ejector) tryEject(b, g int) {
	left := e.l.room(b)
	demand := e.in.groups[g].demand
	capacity := e.in.classes[e.l.bins[b].class].left
	for s, v := range demand {
		if v > capacity[s] {
			return
		}
		e.need[s] = v - left[s]
	}
	content := e.l.bins[b].content
	plain := e.in.groups[g].plain
	for i, x := range content {
		first := e.fail[x.Index]
		spare := x.Count - e.l.pinned(b, x.Index)
		if first > e.hit.sum || spare < 1 {
			continue
		}
		a := e.in.groups[x.Index].demand
		e.meter.spend(e.in.unit)
		if covers(e.need, a, nil) && (plain || e.permits(b, g, x.Index, -1)) {
			e.note(ejection{bin: b, a: x.Index, b: -1, sum: first})
			continue
		}
		for j := i; j < len(content); j++ {
			y := content[j]
			if sum := first + e.fail[y.Index]; sum > e.hit.sum || j == i && spare < 2 {
				continue
			}
			if j > i && y.Count <= e.l.pinned(b, y.Index) {
				continue
			}
			e.meter.spend(e.in.unit)
			if covers(e.need, a, e.in.groups[y.Index].demand) && (plain || e.permits(b, g, x.Index, y.Index)) {
				e.note(ejection{bin: b, a: x.Index, b: y.Index, sum: first + e.fail[y.Index]})
			}
		}
	}
}

// covers tells whether one or two demands make up for what is needed.
func covers(need, a, b []int64) bool {
	if b == nil {
		for s, v := range need {
			if a[s] < v {
				return false
			}
		}
		return true
	}
	for s, v := range need {
		if a[s]+b[s] < v {
			return false
		}
	}
	return true
}

// permits tells whether the rules let g into a bin once one member each of a
// and b (-1: none) have left it.
func (e *ejector) permits(b, g, a, second int) bool {
	e.drop(b, a, -1)
	if second >= 0 {
		e.drop(b, second, -1)
	}
	ok := e.l.permits(b, g)
	e.drop(b, a, 1)
	if second >= 0 {
		e.drop(b, second, 1)
	}
	return ok
}

// drop changes a count in place, for a look at the rules only; a share of 0 is
// left where it is, and ruleRoom must not take it for a member.
func (e *ejector) drop(b, g, n int) {
	content := e.l.bins[b].content
	for i := range content {
		if content[i].Index == g {
			content[i].Count += n
			return
		}
	}
}

// note keeps an ejection if it is the best so far, by chance among equals.
// Equal to the member's own failures is not good enough.
func (e *ejector) note(x ejection) {
	switch {
	case x.sum < e.hit.sum:
		x.ties = 1
		e.hit = x
	case e.hit.bin >= 0 && x.sum == e.hit.sum:
		x.ties = e.hit.ties + 1
		if e.rng.below(x.ties) == 0 {
			e.hit = x
		} else {
			e.hit.ties = x.ties
		}
	}
}

// shake moves a random member to a random other bin, or swaps it with a random
// member there, if that fits.
func (e *ejector) shake() {
	l, n := e.l, len(e.l.bins)
	if n < 2 {
		return
	}
	e.meter.spend(e.in.unit)
	a, b := e.rng.below(n), e.rng.below(n-1)
	if b >= a {
		b++
	}
	g, ok := e.draw(a)
	if !ok || e.atHome(a, g) && e.rng.below(8) > 0 {
		return
	}
	if l.fits(b, g) {
		l.remove(a, g, 1)
		l.put(b, g, 1)
		return
	}
	if h, ok := e.draw(b); ok && h != g {
		e.swap(a, g, b, h)
	}
}

// atHome tells whether a member of g in a bin runs there today.
func (e *ejector) atHome(b, g int) bool {
	on := e.l.bins[b].on
	return on != anyType && e.home != nil && shareOf(e.in.groups[g].starts, on) > 0
}

// draw picks a random group of a bin with a member that may leave it.
func (e *ejector) draw(b int) (int, bool) {
	content := e.l.bins[b].content
	if len(content) == 0 {
		return 0, false
	}
	x := content[e.rng.below(len(content))]
	return x.Index, x.Count > e.l.pinned(b, x.Index)
}

// swap exchanges a member of g in bin a for one of h in bin b if both fit.
func (e *ejector) swap(a, g, b, h int) bool {
	l := e.l
	if !swapFits(l.room(a), l.room(b), e.in.groups[g].demand, e.in.groups[h].demand) {
		return false
	}
	l.remove(a, g, 1)
	l.remove(b, h, 1)
	if l.permits(a, h) && l.permits(b, g) {
		l.put(a, h, 1)
		l.put(b, g, 1)
		return true
	}
	l.put(a, g, 1)
	l.put(b, h, 1)
	return false
}
