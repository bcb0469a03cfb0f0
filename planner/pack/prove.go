package pack

// pace is about how many units of work a second takes. It only divides the
// time between phases when there is a limit on it.
const pace = 50_000_000

// Shares of the work left for the proof, in hundredths.
const (
	columnShare = 50 // column generation
	tightShare  = 30 // deciding by all patterns where hosts cannot waste
	glanceShare = 8  // deciding by all patterns before the dives
	polishShare = 2  // the local search between two rounds
	proveShare  = 95 // all of the proof
)

// prove closes the gap between the best packing and the bound.
func (s *search) prove() {
	if s.best == nil || s.best.missing > 0 {
		return
	}
	total := s.meter.limit - s.meter.spent
	if s.opt.TimeLimit > 0 && s.opt.Work == 0 {
		total = min(total, int64(s.opt.TimeLimit.Seconds()*pace))
	}
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
	s.enter("bound")
	c.seed()
	c.run()
	s.meter.spend(c.meter.spent)
	if !c.ready() {
		return
	}
	s.enter("close")
	c.close(s.meter.part(total/100*glanceShare), glance)
	s.meter.spend(c.meter.spent)
	for n := 0; s.meter.spent < end && !s.meter.out() && !s.closed(); n++ {
		s.enter("dive")
		c.dives(s.meter.part(end-s.meter.spent), n+2)
		s.meter.spend(c.meter.spent)
		if c.ended == pricing && !s.closed() {
			s.enter("bound")
			c.nodeCap *= 8
			c.meter = s.meter.part((end - s.meter.spent) / 3)
			c.run()
			s.meter.spend(c.meter.spent)
		}
		if n%4 == 0 && !s.closed() {
			s.enter("close")
			c.close(s.meter.part((end-s.meter.spent)/2), long)
			s.meter.spend(c.meter.spent)
		}
		if !s.closed() && !s.meter.out() {
			s.enter("search")
			s.improve(s.meter.part(total / 100 * polishShare))
		}
	}
}
