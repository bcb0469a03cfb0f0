package pack

// prove closes the gap between the best packing and the bound.
func (s *search) prove() {
	if s.best == nil {
		return
	}
	s.enter("bound")
	m := s.meter.rest()
	if c := newColgen(s, s.in, m); c != nil {
		c.seed()
		c.run()
	}
	s.meter.spend(m.spent)
}
