package planner

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
)

// restart says where an item runs after a failure.
type restart struct {
	failure
	item int
	to   int // index in part.hosts; -1: it may stop, and does
}

// failure is hosts that fail together.
type failure struct {
	name  string // of a chassis or site; "": named by its hosts
	hosts []int  // indexes in part.hosts
}

// surviveFailures makes the part survive the failures that the policy names,
// with as few hosts as it can find, and records where everything restarts.
//
// A plan that survives k failures still holds everything without any k of its
// hosts, so it has at least k more than the fewest that hold everything. One
// spare that has room for whatever any single host holds reaches exactly that.
// Where no host is that roomy, or none can be idle, room is left on all of them.
func (p *part) surviveFailures(ctx context.Context, o Options) error {
	k := p.s.policy.Survive.Hosts
	if k == 0 {
		return nil
	}
	if !p.protected() {
		p.replay, p.unsafe = p.replayAll(k) // of what may stop
		return nil
	}
	if err := p.raiseBound(ctx, k, o); err != nil {
		return err
	}
	p.addSpares(k)
	for _, narrow := range []func(){p.holdBack(k), p.clearFences, p.stayHome} {
		if len(p.unsafe) == 0 && !p.boughtSpare() {
			break
		}
		if err := p.packAround(ctx, k, o, narrow); err != nil {
			return err
		}
	}
	return p.closeGap(ctx, k, o)
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
		if it := &p.s.items[i]; !it.idle && !it.pinned && !it.mayStop {
			list = append(list, i)
		}
	}
	return list
}

// failures lists what fails: each host that takes others by itself, each pair
// where two failures are to be survived, each chassis and each site.
func (p *part) failures(k int) []failure {
	var takers []int
	for n, h := range p.hosts {
		if p.s.places[h.place].takes {
			takers = append(takers, n)
		}
	}
	var list []failure
	for x, a := range takers {
		list = append(list, failure{hosts: []int{a}})
		if k < 2 {
			continue
		}
		for _, b := range takers[x+1:] {
			list = append(list, failure{hosts: []int{a, b}})
		}
	}
	for _, by := range p.s.domainsThatFail() {
		list = append(list, p.failuresBy(by, takers)...)
	}
	return list
}

// domainsThatFail lists the sizes of place that the policy lets fail.
func (s *survey) domainsThatFail() []inventory.Domain {
	var list []inventory.Domain
	if s.policy.Survive.Chassis > 0 {
		list = append(list, inventory.ByChassis)
	}
	if s.policy.Survive.Site > 0 {
		list = append(list, inventory.BySite)
	}
	return list
}

// failuresBy lists the failures of whole chassis or sites.
func (p *part) failuresBy(by inventory.Domain, takers []int) []failure {
	in := map[string][]int{}
	for _, n := range takers {
		if name, known := strings.CutPrefix(p.domainAt(n, by), string(by)+" "); known {
			in[name] = append(in[name], n)
		}
	}
	var list []failure
	for _, name := range slices.Sorted(maps.Keys(in)) {
		list = append(list, failure{string(by) + " " + name, in[name]})
	}
	return list
}

// replayAll lets hosts fail and restarts what was on them.
func (p *part) replayAll(k int) (all []restart, unsafe []int) {
	room := p.freeRoom()
	lost := map[int]bool{}
	for _, f := range p.failures(k) {
		restarts, missing := p.restartAll(f, room)
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
// the host that it leaves least room on; then what may stop, where it still fits.
func (p *part) restartAll(f failure, free [][]int64) (restarts []restart, missing []int) {
	r := &recovery{p: p, failed: f.hosts, room: slices.Clone(free), added: map[int][]int{}, stopped: map[int]bool{}}
	var items, optional []int
	for _, n := range f.hosts {
		items = append(items, p.affected(p.hosts[n])...)
		for _, i := range p.hosts[n].items {
			if it := &p.s.items[i]; it.mayStop && !it.idle && !it.pinned {
				optional = append(optional, i)
			}
		}
	}
	for _, list := range [][]int{items, optional} {
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(p.s.items[b].weight, p.s.items[a].weight) })
	}
	for _, i := range items {
		to := r.bestRestart(i)
		if to < 0 {
			to = r.makeRoom(i)
		}
		if to < 0 {
			missing = append(missing, i)
			continue
		}
		r.add(i, to)
		restarts = append(restarts, restart{f, i, to})
	}
	for _, i := range optional {
		to := r.bestRestart(i)
		if to >= 0 {
			r.add(i, to)
		}
		restarts = append(restarts, restart{f, i, to})
	}
	for _, i := range slices.Sorted(maps.Keys(r.stopped)) {
		restarts = append(restarts, restart{f, i, -1})
	}
	return restarts, missing
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
