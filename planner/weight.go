package planner

// weighItems gives every item the largest share that it needs of the roomiest
// host, by which large ones are told from small ones.
func (s *survey) weighItems() {
	s.roomiest = make([]int64, len(s.resources))
	for d := range s.resources {
		for i := range s.places {
			if r := s.places[i].room[d]; r < noLimit {
				s.roomiest[d] = max(s.roomiest[d], r)
			}
		}
		for i := range s.items {
			if it := &s.items[i]; s.roomiest[d] > 0 {
				it.weight = max(it.weight, float64(it.demand[d])/float64(s.roomiest[d]))
			}
		}
	}
}
