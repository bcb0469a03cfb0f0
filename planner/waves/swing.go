package waves

import (
	"slices"
)

// swing breaks a standstill: one workload makes a stop on a host that has
// room, so that what waits for its place can go on. It tells whether it found
// one that can start in this window.
func (s *schedule) swing() bool {
	waiting := s.waitingFor()
	candidates := s.standstill()
	for _, mustHelp := range []bool{true, false} {
		for _, u := range candidates {
			x := &s.units[u]
			if x.swung || len(x.members) != 1 || s.at[x.members[0]] == Nowhere {
				continue
			}
			if mustHelp && !s.helps(u, waiting) {
				continue
			}
			if stop := s.stopFor(u, waiting); stop != Nowhere && s.detour(u, stop) {
				return true
			}
		}
	}
	return false
}

// standstill lists the units that wait, what is quickest to move first.
func (s *schedule) standstill() []int {
	var list []int
	for u := range s.units {
		if !s.units[u].done {
			list = append(list, u)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		x, y := &s.units[a], &s.units[b]
		switch {
		case x.minutes < y.minutes:
			return -1
		case x.minutes > y.minutes:
			return 1
		}
		return a - b
	})
	return list
}

// waitingFor lists, per host, the units that wait to go there.
func (s *schedule) waitingFor() map[int][]int {
	waiting := map[int][]int{}
	for u := range s.units {
		if x := &s.units[u]; !x.done && x.waitsOn == 0 {
			waiting[x.to] = append(waiting[x.to], u)
		}
	}
	return waiting
}

// helps tells whether some unit could go where this one is, were it gone.
func (s *schedule) helps(u int, waiting map[int][]int) bool {
	w := s.units[u].members[0]
	from := s.at[w]
	s.leave(w, from, from) // charges leave; it counts as there for rules
	defer func() {
		for d, v := range s.demandOn(w, from) {
			s.sum[from][d] += v
		}
	}()
	return slices.ContainsFunc(waiting[from], func(other int) bool {
		return other != u && s.obstacleFor(s.units[other].members, from) != noRoom
	})
}

// stopFor is the host where a unit can make a stop: one that the fewest others
// wait for, then one that stays in service, then the one with the most room.
func (s *schedule) stopFor(u int, waiting map[int][]int) int {
	w := s.units[u].members[0]
	best, bestKey := Nowhere, [3]float64{}
	for h := range s.p.Hosts {
		host := &s.p.Hosts[h]
		if !host.Takes || s.off[h] || h == s.at[w] || h == s.units[u].to || s.wave.busy[h] >= s.p.Policy.PerHost {
			continue
		}
		if s.obstacleFor([]int{w}, h) != none || !s.p.MayHold(w, h) {
			continue
		}
		key := [3]float64{float64(len(waiting[h])), float64(whether(host.Retire)), s.fullness(h)}
		if best == Nowhere || slices.Compare(key[:], bestKey[:]) < 0 {
			best, bestKey = h, key
		}
	}
	return best
}

// fullness is the share of the fullest resource of a host that is taken.
func (s *schedule) fullness(h int) float64 {
	full := 0.0
	for d, room := range s.p.Hosts[h].Room {
		if room > 0 && room < NoLimit {
			full = max(full, float64(s.sum[h][d])/float64(room))
		}
	}
	return full
}

// detour sends a unit to a stop, if the window is open long enough for that.
func (s *schedule) detour(u, stop int) bool {
	x := &s.units[u]
	w := x.members[0]
	kept := *x
	x.trips = []Trip{s.p.Trip(w, s.at[w], stop)}
	x.minutes, x.kind = x.trips[0].Minutes, x.trips[0].Kind
	at := s.at[w]
	if s.wave.busy[at] >= s.p.Policy.PerHost || s.partnerDown(u) || !s.inTime(u) {
		*x = kept
		s.measure(u)
		if s.wave.now > 0 && s.wave.pilot == nil {
			s.wave.later = append(s.wave.later, u) // the next window has time
		}
		return false
	}
	x.swung = true
	s.unpark(u)
	s.start(u, stop)
	return true
}

// unpark takes a unit off every list of the wave: it is about to move.
func (s *schedule) unpark(u int) {
	gone := func(v int) bool { return v == u }
	for h := range s.wave.parked {
		s.wave.parked[h] = slices.DeleteFunc(s.wave.parked[h], gone)
	}
	s.wave.ruled = slices.DeleteFunc(s.wave.ruled, gone)
	s.wave.held = slices.DeleteFunc(s.wave.held, gone)
}
