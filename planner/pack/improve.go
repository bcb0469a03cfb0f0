package pack

// improve looks for a better packing by local search.
func (s *search) improve(m *meter) {}
