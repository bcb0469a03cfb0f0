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
	type candidate struct {
		content []Share
		class   int
		on      int
		cost    int64
	}
	var list []candidate
	for b := range l.bins {
		x := &l.bins[b]
		if len(in.classes[x.class].fixed) > 0 {
			continue
		}
		c := candidate{content: slices.Clone(x.content), class: x.class, on: x.on}
		c.cost = in.stays(x.content, x.on) + int64(x.members)
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.cost, b.cost) })
	for _, c := range list {
		if m.out() {
			return
		}
		// Bins change places when one closes: find it again by its type.
		b := slices.IndexFunc(l.bins, func(x bin) bool { return x.on == c.on && x.class == c.class && c.on != anyType })
		if b >= 0 {
			in.empty(l, b, m)
		}
	}
}

// empty closes a bin if everything on it fits elsewhere, the fullest hosts
// first; else nothing changes.
func (in *instance) empty(l *layout, b int, m *meter) bool {
	order := make([]int, 0, len(l.bins))
	fill := make([]float64, len(l.bins))
	for i := range l.bins {
		fill[i] = in.fullness(l, i)
		if i != b {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(fill[y], fill[x]) })
	content := slices.Clone(l.bins[b].content)
	slices.SortStableFunc(content, func(x, y Share) int { return cmp.Compare(in.weigh(y.Index), in.weigh(x.Index)) })
	type step struct{ to, g int }
	var steps []step
	undo := func() {
		for _, s := range steps {
			l.remove(s.to, s.g, 1)
			l.put(b, s.g, 1)
		}
	}
	for _, s := range content {
		from := 0
		for range s.Count {
			for from < len(order) && !l.fits(order[from], s.Index) {
				from++
			}
			m.spend(int64(from) * in.unit)
			if from == len(order) {
				undo()
				return false
			}
			l.remove(b, s.Index, 1)
			l.put(order[from], s.Index, 1)
			steps = append(steps, step{order[from], s.Index})
		}
	}
	l.close(b)
	return true
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
