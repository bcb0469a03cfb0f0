package pack

import "sync"

// islands is how many searches run beside each other with random numbers of
// their own. It is fixed, so that the answer does not depend on the number of
// processors.
const islands = 2

// meetings is how often in one call of improve the islands meet and go on from
// the best packing that one of them has.
const meetings = 10

// improve looks for a better packing by local search until the meter is out:
// it places what is missing, then lowers the first objective, then, with what
// is left of the work, the later ones.
func (s *search) improve(m *meter) {
	whole := m.limit - m.spent
	if s.best.missing > 0 {
		s.climb(m.part(whole/2), placing)
	}
	if s.best.missing == 0 && !s.closed() {
		if len(s.in.costs) == 1 && !s.in.loaded() {
			s.climb(m, reducing)
			return
		}
		s.climb(m.part(whole/2), reducing)
	}
	s.climb(m, polishing)
}

// loaded tells whether the first objective depends on which host holds what.
func (in *instance) loaded() bool {
	c := &in.costs[0]
	return c.load != nil || c.move != nil
}

// aim is what a climb is after.
type aim int

const (
	placing   aim = iota // fewer members missing
	reducing             // fewer or cheaper hosts
	polishing            // any objective, hosts about as they are
)

// climb runs the islands towards an aim until the meter is out, the aim is
// reached or no island moves any more.
func (s *search) climb(m *meter, a aim) {
	trails := make([]*trail, islands)
	for i := range trails {
		s.seeds++
		trails[i] = newTrail(s, a, s.opt.Seed*1000+s.seeds)
	}
	slice := max((m.limit-m.spent)/(meetings*islands), 1)
	for !m.out() && !s.reached(a) {
		var wait sync.WaitGroup
		for _, t := range trails {
			t.meter = &meter{limit: min(slice, max((m.limit-m.spent)/islands, 1)), stop: m.stop}
			wait.Go(t.step)
		}
		wait.Wait()
		idle := true
		for _, t := range trails {
			idle = idle && t.idle
			m.spend(t.meter.spent)
			s.meter.spend(t.meter.spent)
			for _, p := range t.seen {
				s.gather(p)
			}
			t.seen = nil
			if t.found != nil {
				s.offer(t.found, a.String())
				t.found = nil
			}
		}
		if idle {
			return
		}
		for _, t := range trails {
			if s.best.better(t.base) {
				t.rebase(s.best)
			}
		}
	}
}

// reached tells whether nothing is left to do for an aim.
func (s *search) reached(a aim) bool {
	switch a {
	case placing:
		return s.best.missing == 0
	case reducing:
		return s.closed()
	}
	return s.closed() && len(s.in.costs) == 1
}

func (a aim) String() string {
	if a == polishing {
		return "exchanges"
	}
	return "ejection chains"
}

// part is a meter for some of the work of another, counted in both by their user.
func (m *meter) part(units int64) *meter {
	return &meter{limit: min(units, m.limit-m.spent), stop: m.stop}
}
