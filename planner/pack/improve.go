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
	whole := m.left()
	stage := func(a aim, from *packing, target, units int64) *packing {
		own := m.part(units)
		p := s.climb(own, a, from, target)
		m.spend(own.spent)
		return p
	}
	if s.best.missing > 0 {
		stage(placing, s.best, 0, whole/2)
	}
	if s.best.missing > 0 {
		return
	}
	single := len(s.in.costs) == 1 && !s.in.loaded()
	if !s.closed() && single {
		stage(reducing, s.best, s.bound, whole)
		return
	}
	if !s.closed() {
		stage(reducing, s.best, s.bound, whole/3)
	}
	if s.settled != nil && s.settled.missing == 0 && s.settled != s.best {
		s.settled = stage(reducing, s.settled, s.best.values[0], whole/4)
		if s.settled.values[0] <= s.best.values[0] {
			s.settled = stage(polishing, s.settled, 0, whole/6)
		}
	}
	stage(polishing, s.best, 0, whole)
}

// loaded tells whether the first objective depends on which host holds what.
func (in *instance) loaded() bool {
	c := &in.costs[0]
	return c.load != nil || c.move != nil || c.enclosure != nil
}

// aim is what a climb is after.
type aim int

const (
	placing   aim = iota // fewer members missing
	reducing             // fewer or cheaper hosts
	polishing            // any objective, hosts about as they are
)

// climb runs the islands towards an aim, all starting from one packing, until
// the meter is out, the aim is reached (a first objective of target, when
// reducing) or no island moves any more. It returns the best that they reached,
// which need not be the best of the search.
func (s *search) climb(m *meter, a aim, from *packing, target int64) *packing {
	trails := make([]*trail, islands)
	for i := range trails {
		s.seeds++
		trails[i] = newTrail(s.in, a, from, target, s.opt.Seed*1000+s.seeds)
	}
	slice := max(m.left()/(meetings*islands), 1)
	for !m.out() && !trails[0].reached() {
		var wait sync.WaitGroup
		for _, t := range trails {
			t.meter = m.part(min(slice, max((m.limit-m.spent)/islands, 1)))
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
			if t.base.better(from) {
				from = t.base
			}
		}
		if idle {
			break
		}
		for _, t := range trails {
			if from.better(t.base) {
				t.rebase(from)
			}
		}
	}
	return from
}

func (a aim) String() string {
	if a == polishing {
		return "exchanges"
	}
	return "ejection chains"
}
