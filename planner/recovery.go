package planner

import (
	"cmp"
	"slices"
)

// recovery is the state of a part while it restarts what ran on failed hosts.
type recovery struct {
	p       *part
	failed  []int // indexes in part.hosts
	room    [][]int64
	added   map[int][]int // items restarted, by host
	stopped map[int]bool  // items switched off to make room
}

// bestRestart is the host that has room for an item and is left with least, -1
// for none.
func (r *recovery) bestRestart(i int) int {
	best, bestLeft := -1, 0.0
	for n := range r.p.hosts {
		if !r.mayTake(i, n) {
			continue
		}
		left, fits := leftOver(r.room[n], r.p.s.items[i].demand, r.p.s.places[r.p.hosts[n].place].room)
		if fits && (best < 0 || left < bestLeft) {
			best, bestLeft = n, left
		}
	}
	return best
}

// mayTake tells whether rules let an item restart on a host that lives.
func (r *recovery) mayTake(i, n int) bool {
	h := &r.p.hosts[n]
	return !slices.Contains(r.failed, n) && r.p.s.places[h.place].takes && r.p.s.items[i].mayRestartOn(h.place) &&
		r.p.s.mayJoin(i, r.running(n)) && !r.p.clashes(i, n, r)
}

// running lists what is on a host now.
func (r *recovery) running(n int) []int {
	var list []int
	if !slices.Contains(r.failed, n) {
		list = r.p.hosts[n].items
	}
	if len(r.stopped) > 0 {
		list = slices.DeleteFunc(slices.Clone(list), func(i int) bool { return r.stopped[i] })
	}
	return slices.Concat(list, r.added[n])
}

func (r *recovery) add(i, n int) {
	left := slices.Clone(r.room[n]) // rows are shared until they are written
	for d, v := range r.p.s.items[i].demand {
		left[d] -= v
	}
	r.room[n] = left
	r.added[n] = append(r.added[n], i)
}

// makeRoom switches off what may stop on the host where that is least, so that
// an item fits; it returns the host, -1 for none.
func (r *recovery) makeRoom(i int) int {
	best := -1
	var bestOff []int
	for n := range r.p.hosts {
		if !r.mayTake(i, n) {
			continue
		}
		if off, enough := r.toSwitchOff(i, n); enough && (best < 0 || len(off) < len(bestOff)) {
			best, bestOff = n, off
		}
	}
	if best < 0 {
		return -1
	}
	room := slices.Clone(r.room[best])
	for _, off := range bestOff {
		r.stopped[off] = true
		for d, v := range r.p.s.items[off].demand {
			room[d] += v
		}
	}
	r.room[best] = room
	return best
}

// toSwitchOff lists what may stop on a host, largest first, until an item fits.
func (r *recovery) toSwitchOff(i, n int) (off []int, enough bool) {
	room := slices.Clone(r.room[n])
	candidates := slices.DeleteFunc(slices.Clone(r.p.hosts[n].items), func(other int) bool {
		it := &r.p.s.items[other]
		return !it.mayStop || it.idle || it.pinned || r.stopped[other]
	})
	slices.SortStableFunc(candidates, func(a, b int) int { return cmp.Compare(r.p.s.items[b].weight, r.p.s.items[a].weight) })
	for _, other := range candidates {
		if fits(r.p.s.items[i].demand, room) {
			break
		}
		off = append(off, other)
		for d, v := range r.p.s.items[other].demand {
			room[d] += v
		}
	}
	return off, fits(r.p.s.items[i].demand, room)
}
