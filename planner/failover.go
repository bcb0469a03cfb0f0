package planner

import (
	"cmp"
	"context"
	"slices"
)

// restart says where an item runs after a host has failed.
type restart struct {
	failed []int // indexes in part.hosts
	item   int
	to     int // index in part.hosts
}

// surviveFailures makes the part survive as many failed hosts as the policy
// asks, by adding hosts that stand by, and records where everything restarts.
//
// A plan that survives k failures still holds everything without any k of its
// hosts, so it has at least k more than the fewest that hold everything. One
// spare that has room for whatever any single host holds reaches exactly that.
func (p *part) surviveFailures(ctx context.Context, o Options) error {
	k := p.s.policy.Survive.Hosts
	if k == 0 || !p.protected() {
		return nil
	}
	if err := p.raiseBound(ctx, k, o); err != nil {
		return err
	}
	p.addSpares(k)
	if len(p.unsafe) == 0 && !p.boughtSpare() {
		return nil
	}
	// No host is left to stand by, or only one that has to be bought: pack again
	// without the roomiest ones there are, so that they can.
	if err := p.packAround(ctx, k, o, p.holdBack(k)); err != nil || len(p.unsafe) == 0 {
		return err
	}
	// What cannot restart is confined to few hosts: keep all else off them.
	if err := p.packAround(ctx, k, o, p.clearFences); err != nil || len(p.unsafe) == 0 {
		return err
	}
	// A server that stays on its own hardware is no worse off than today.
	return p.packAround(ctx, k, o, p.stayHome)
}

// protected tells whether any host of the part holds something that a failure
// would have to restart.
func (p *part) protected() bool {
	return slices.ContainsFunc(p.hosts, func(h usedHost) bool {
		return p.s.places[h.place].takes && len(p.affected(h)) > 0
	})
}

// affected lists the items of a host that must restart when it fails.
func (p *part) affected(h usedHost) []int {
	var list []int
	for _, i := range h.items {
		if it := &p.s.items[i]; !it.idle && !it.pinned {
			list = append(list, i)
		}
	}
	return list
}

// failures lists which hosts fail together: each host that takes others by
// itself and, where two failures are to be survived, each pair.
func (p *part) failures(k int) [][]int {
	var takers []int
	for n, h := range p.hosts {
		if p.s.places[h.place].takes {
			takers = append(takers, n)
		}
	}
	var list [][]int
	for x, a := range takers {
		list = append(list, []int{a})
		if k < 2 {
			continue
		}
		for _, b := range takers[x+1:] {
			list = append(list, []int{a, b})
		}
	}
	return list
}

// replayAll lets hosts fail and restarts what was on them.
func (p *part) replayAll(k int) (all []restart, unsafe []int) {
	room := p.freeRoom()
	lost := map[int]bool{}
	for _, failed := range p.failures(k) {
		restarts, missing := p.restartAll(failed, room)
		all = append(all, restarts...)
		for _, i := range missing {
			lost[i] = true
		}
	}
	for i := range lost {
		unsafe = append(unsafe, i)
	}
	slices.Sort(unsafe)
	return all, unsafe
}

// freeRoom is what each host has left.
func (p *part) freeRoom() [][]int64 {
	room := make([][]int64, len(p.hosts))
	for n, h := range p.hosts {
		room[n] = slices.Clone(p.s.places[h.place].room)
		for _, i := range h.items {
			for d, v := range p.s.items[i].demand {
				room[n][d] -= v
			}
		}
	}
	return room
}

// restartAll places what ran on the failed hosts, largest first, each item on
// the host that it leaves least room on.
func (p *part) restartAll(failed []int, free [][]int64) (restarts []restart, missing []int) {
	var items []int
	for _, f := range failed {
		items = append(items, p.affected(p.hosts[f])...)
	}
	slices.SortStableFunc(items, func(a, b int) int { return cmp.Compare(p.s.items[b].weight, p.s.items[a].weight) })
	room := slices.Clone(free) // rows are copied when written
	added := map[int][]int{}
	for _, i := range items {
		to := p.bestRestart(i, failed, room, added)
		if to < 0 {
			missing = append(missing, i)
			continue
		}
		left := slices.Clone(room[to])
		for d, v := range p.s.items[i].demand {
			left[d] -= v
		}
		room[to] = left
		added[to] = append(added[to], i)
		restarts = append(restarts, restart{failed, i, to})
	}
	return restarts, missing
}

func (p *part) bestRestart(i int, failed []int, room [][]int64, added map[int][]int) int {
	it := &p.s.items[i]
	best, bestLeft := -1, 0.0
	for n, h := range p.hosts {
		if slices.Contains(failed, n) || !p.s.places[h.place].takes || !it.mayRestartOn(h.place) {
			continue
		}
		left, fits := leftOver(room[n], it.demand, p.s.places[h.place].room)
		if !fits || !p.s.mayJoin(i, h.items, added[n]) || p.clashes(i, n, failed, added) {
			continue
		}
		if best < 0 || left < bestLeft {
			best, bestLeft = n, left
		}
	}
	return best
}

// leftOver is the smallest share of a host that stays free when the demand
// comes on top, or that it does not fit.
func leftOver(free, demand, room []int64) (left float64, fits bool) {
	left = 1
	for d, v := range demand {
		if v == 0 {
			continue
		}
		if free[d] < v {
			return 0, false
		}
		if room[d] > 0 {
			left = min(left, float64(free[d]-v)/float64(room[d]))
		}
	}
	return left, true
}
