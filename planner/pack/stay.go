package pack

import (
	"cmp"
	"slices"
)

// stay is the packing in which everything runs where it does today, as far as
// the rules let it; what runs nowhere yet, or may not stay, is placed where
// there is room, on another host if need be.
func (in *instance) stay(seed uint64, m *meter) *layout {
	l := newLayout(in)
	l.openFixed()
	at := map[int]int{}
	for b := range l.bins {
		at[l.bins[b].on] = b
	}
	for k := range in.classes {
		for _, t := range in.classes[k].types {
			if len(in.startOn[t]) == 0 || l.used[k] >= in.stock[k] {
				continue
			}
			b, ok := at[t]
			if !ok {
				b = l.openEmpty(k)
				l.bins[b].on = t
			}
			for _, s := range in.startOn[t] {
				for n := s.Count - l.pinned(b, s.Index); n > 0 && l.rest[s.Index] > 0 && l.fits(b, s.Index); n-- {
					l.put(b, s.Index, 1)
				}
			}
			if l.bins[b].members == 0 {
				l.close(b)
			}
		}
	}
	e := newEjector(in, l, seed, m)
	e.grow = true
	e.run()
	return l
}

// evacuate empties one host after the other, those first whose members cost
// least to move, as long as everything on it fits elsewhere as it is.
func (in *instance) evacuate(l *layout, m *meter) {
	n := len(l.bins)
	cost, fill := make([]int64, n), make([]float64, n)
	var leave, stay []int // bins: to be emptied, to be filled
	for b := range l.bins {
		x := &l.bins[b]
		cost[b] = in.stays(x.content, x.on) + int64(x.members)
		fill[b] = in.fullness(l, b)
		stay = append(stay, b)
		if len(in.classes[x.class].fixed) == 0 {
			leave = append(leave, b)
		}
	}
	slices.SortStableFunc(leave, func(a, b int) int { return cmp.Compare(cost[a], cost[b]) })
	slices.SortStableFunc(stay, func(a, b int) int { return cmp.Compare(fill[b], fill[a]) })
	m.spend(attemptWork(l))
	for _, b := range leave {
		if m.out() {
			break
		}
		stay = slices.DeleteFunc(stay, func(x int) bool { return l.bins[x].members == 0 })
		in.empty(l, b, stay, m)
	}
	for b := n - 1; b >= 0; b-- {
		if l.bins[b].members == 0 {
			l.close(b)
		}
	}
}

// empty moves everything on a bin to the first of some others that have room;
// if something fits nowhere, nothing changes.
func (in *instance) empty(l *layout, b int, others []int, m *meter) {
	content := slices.Clone(l.bins[b].content)
	slices.SortStableFunc(content, func(x, y Share) int { return cmp.Compare(in.weigh(y.Index), in.weigh(x.Index)) })
	type step struct{ to, g int }
	var steps []step
	for _, s := range content {
		at := 0
		for range s.Count {
			for at < len(others) && (others[at] == b || !l.fits(others[at], s.Index)) {
				at++
			}
			if at == len(others) {
				break
			}
			l.remove(b, s.Index, 1)
			l.put(others[at], s.Index, 1)
			steps = append(steps, step{others[at], s.Index})
		}
		m.spend(int64(at+1) * in.unit)
		if at == len(others) {
			for _, s := range steps {
				l.remove(s.to, s.g, 1)
				l.put(b, s.g, 1)
			}
			return
		}
	}
}

// weigh is the size of a member of g, all slots together.
func (in *instance) weigh(g int) float64 {
	sum := 0.0
	for s, v := range in.groups[g].demand {
		sum += float64(float64(v) / in.usual[s])
	}
	return sum
}

// settle starts from where everything runs today and empties hosts, so that
// less has to move than in a packing made from nothing.
func (s *search) settle(m *meter) {
	l := s.in.stay(s.opt.Seed, m)
	s.in.evacuate(l, m)
	p := l.packing()
	s.in.chooseTypes(p)
	p.values = s.in.evaluate(p)
	s.meter.spend(m.spent)
	s.settled = p
	s.offer(p, "from today's hosts")
}
