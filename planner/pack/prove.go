package pack

// Shares of the work left for the proof, in hundredths.
const (
	columnShare  = 50 // column generation
	outlineShare = 30 // of it by rough duals, with many groups
	tightShare   = 30 // deciding by all patterns where hosts cannot waste
	moreShare    = 3  // further columns: one part in so many of what is then left
	glanceShare  = 8  // deciding by all patterns before the dives
	polishShare  = 2  // the local search between two rounds
	proveShare   = 95 // all of the proof
	certShare    = 10 // a certificate for what a search has proved
)

// prove closes the gap between the best packing and the bound.
func (s *search) prove() {
	if s.best == nil || s.best.missing > 0 {
		return
	}
	total := s.meter.left()
	end := s.meter.spent + total/100*proveShare
	c := newColgen(s, s.in, s.meter.part(total/100*columnShare))
	if c == nil {
		return
	}
	if c.wasteless() {
		c.best = s.cert
		s.enter("close")
		c.close(s.meter.part(total/100*tightShare), tight)
		s.meter.spend(c.meter.spent)
		if s.closed() {
			return
		}
		c.best, c.meter = nil, s.meter.part(total/100*columnShare)
	}
	if !s.generate(c, total) {
		return
	}
	s.enter("close")
	c.close(s.meter.part(total/100*glanceShare), glance)
	s.meter.spend(c.meter.spent)
	for n := 0; s.meter.spent < end && !s.meter.out() && !s.closed(); n++ {
		s.alternate(c, n, end)
		if !s.closed() && !s.meter.out() {
			s.enter("search")
			s.improve(s.meter.part(total / 100 * polishShare))
		}
	}
	if s.closed() {
		c.certify(s.meter.part(total / 100 * certShare))
	}
}

// generate generates columns and tells whether dives can start from them.
func (s *search) generate(c *colgen, total int64) bool {
	s.enter("bound")
	c.seed()
	if len(c.in.groups) >= outlineGroups {
		c.meter = s.meter.part(total / 100 * outlineShare)
		c.outline()
		s.meter.spend(c.meter.spent)
		c.meter = s.meter.part(total / 100 * (columnShare - outlineShare))
	}
	c.run()
	s.meter.spend(c.meter.spent)
	return c.ready()
}

// alternate makes the n-th round of dives, of further and harder pricing where
// there was not enough of it, and every fourth time of a long look at all patterns.
func (s *search) alternate(c *colgen, n int, end int64) {
	times := n + 2
	if c.ended == shortOfWork {
		times = 1
	}
	s.enter("dive")
	c.dives(s.meter.part(end-s.meter.spent), times)
	s.meter.spend(c.meter.spent)
	if (c.ended == pricing || c.ended == shortOfWork) && !s.closed() {
		s.enter("bound")
		if c.ended == pricing {
			c.nodeCap *= 8
		}
		units := end - s.meter.spent
		if s.best.values[0] > c.roundUp(c.m.value()) { // else only the bound is missing
			units /= moreShare
		}
		c.meter = s.meter.part(units)
		c.run()
		s.meter.spend(c.meter.spent)
	}
	if n%4 == 0 && c.ended != shortOfWork && !s.closed() {
		s.enter("close")
		c.close(s.meter.part((end-s.meter.spent)/2), long)
		s.meter.spend(c.meter.spent)
	}
}
