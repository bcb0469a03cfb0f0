package planner

import "slices"

// mayJoin tells whether no limit is broken when item i joins the items on a host.
func (s *survey) mayJoin(i int, on ...[]int) bool {
	for _, l := range s.items[i].limits {
		together := 1
		for _, items := range on {
			for _, other := range items {
				if _, in := slices.BinarySearch(s.limits[l].items, other); in && other != i {
					together++
				}
			}
		}
		if together > s.limits[l].max {
			return false
		}
	}
	return true
}

// indexLimits notes for every item which limits it counts in.
func (s *survey) indexLimits() {
	for l := range s.limits {
		slices.Sort(s.limits[l].items)
		for _, i := range s.limits[l].items {
			s.items[i].limits = append(s.items[i].limits, l)
		}
	}
}

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
