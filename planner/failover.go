package planner

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sobre/planner/pack"
	"sobre/planner/plan"
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

// boughtSpare tells whether a host is bought only to stand by.
func (p *part) boughtSpare() bool {
	return slices.ContainsFunc(p.spares, func(n int) bool { return p.s.places[p.hosts[n].place].model != nil })
}

// addSpares adds hosts that stand by until every failure can be survived or
// none is left that helps: once from the hosts there are, of which it may take
// several smaller ones, and once from all that can be had. The better one stays.
func (p *part) addSpares(k int) {
	start := *p
	p.standBy(k, false)
	if len(p.spares) == len(start.spares) && len(p.unsafe) == 0 {
		return
	}
	existing := *p
	p.releaseHosts()
	*p = start
	p.claimHosts()
	p.standBy(k, true)
	if existing.better(p) {
		p.releaseHosts()
		*p = existing
		p.claimHosts()
	}
}

// standBy adds one host after the other, bought ones too if it may.
func (p *part) standBy(k int, buy bool) {
	p.hosts, p.spares = slices.Clip(p.hosts), slices.Clip(p.spares)
	for range maxSpares * k {
		p.replay, p.unsafe = p.replayAll(k)
		if len(p.unsafe) == 0 || !p.addSpare(k, buy) {
			return
		}
	}
	p.replay, p.unsafe = p.replayAll(k)
}

// packAround packs the part again after narrowing its choice. It takes the
// packing if it survives more than the first one, or as much at less cost. What
// was proven of the part still holds.
func (p *part) packAround(ctx context.Context, k int, o Options, narrow func()) error {
	first, narrowed := *p, p.narrowedLists()
	p.releaseHosts()
	narrow()
	p.spares = nil
	asked := p.compile(true)
	result, err := pack.Solve(ctx, &asked.Problem, pack.Options{Effort: o.Effort, Work: workFor(o.Effort, len(p.items), len(p.s.items))})
	if err != nil {
		return err
	}
	p.adopt(asked, result)
	p.reserve = nil
	for i, list := range narrowed {
		p.s.items[i].narrowed = list
	}
	p.claimHosts()
	p.addSpares(k)
	if !p.better(&first) {
		p.releaseHosts()
		*p = first
		p.claimHosts()
	}
	return nil
}

// narrowedLists notes the choice that rules by chassis or site have left.
func (p *part) narrowedLists() map[int][]int {
	lists := map[int][]int{}
	for _, i := range p.items {
		lists[i] = p.s.items[i].narrowed
	}
	return lists
}

// holdBack keeps the k roomiest hosts out of the packing so that they can stand by.
func (p *part) holdBack(k int) func() {
	return func() {
		p.reserve = map[int]int{}
		for range k {
			if i := p.roomiestTaker(); i >= 0 {
				p.reserve[i]++
			}
		}
	}
}

// clearFences keeps items that may go elsewhere off the hosts that the items
// without a restart are confined to.
func (p *part) clearFences() {
	fence := map[int]bool{}
	fenced := map[int]bool{}
	for _, i := range p.unsafe {
		fenced[i] = true
		for _, place := range p.s.items[i].restarts {
			fence[place] = true
		}
	}
	for _, i := range p.items {
		it := &p.s.items[i]
		if fenced[i] || it.stays {
			continue
		}
		choice := it.allowed
		if it.narrowed != nil {
			choice = it.narrowed
		}
		outside := slices.DeleteFunc(slices.Clone(choice), func(place int) bool { return fence[place] })
		if len(outside) > 0 {
			it.narrowed = outside
		}
	}
}

// stayHome leaves the servers that no host could restart where they are.
func (p *part) stayHome() {
	for _, i := range p.unsafe {
		if own := p.s.ownHome(&p.s.items[i]); own >= 0 {
			p.s.items[i].narrowed = []int{own}
		}
	}
}

// claimHosts notes the bought hosts of the part, releaseHosts takes that back.
func (p *part) claimHosts() {
	for _, h := range p.hosts {
		p.s.take(h.place)
	}
}

func (p *part) releaseHosts() {
	for _, h := range p.hosts {
		p.s.giveBack(h.place)
	}
}

// better compares two packings of a part: first what has no place, then what
// no host can restart, then the objectives in their order.
func (p *part) better(other *part) bool {
	mine := append([]int64{int64(len(p.lost)), int64(len(p.unsafe))}, p.costs()...)
	its := append([]int64{int64(len(other.lost)), int64(len(other.unsafe))}, other.costs()...)
	return slices.Compare(mine, its) < 0
}

// costs is what the hosts in service cost by each objective, and the moves.
func (p *part) costs() []int64 {
	c := &problem{}
	for _, h := range p.hosts {
		c.places = append(c.places, h.place)
	}
	var sums []int64
	for _, o := range p.s.policy.Minimise {
		sum := int64(0)
		for _, cost := range p.s.objective(o, c).Host {
			sum += cost
		}
		if o == plan.Moves {
			sum = p.moves()
		}
		sums = append(sums, sum)
	}
	return sums
}

func (p *part) moves() int64 {
	n := 0
	for _, h := range p.hosts {
		for _, i := range h.items {
			if it := &p.s.items[i]; it.home >= 0 && it.home != h.place {
				n += len(it.workloads)
			}
		}
	}
	return int64(n)
}

// roomiestTaker is the host that could stand in for most others: the one with
// the most room in its scarcest resource, of those not held back yet.
func (p *part) roomiestTaker() int {
	best, most := -1, -1.0
	for _, i := range p.places {
		pl := &p.s.places[i]
		if left := p.s.left(i); !pl.takes || pl.kept || left != pack.Unlimited && left <= p.reserve[i] {
			continue
		}
		least := 1.0
		for d, room := range pl.room {
			if roomiest := p.s.roomiest[d]; roomiest > 0 && room < noLimit {
				least = min(least, float64(room)/float64(roomiest))
			}
		}
		if least > most {
			best, most = i, least
		}
	}
	return best
}

// maxSpares is how many spares for each failure are tried before the part is
// reported as not protected; more than one is needed only where hosts differ
// so much that none can stand in for all.
const maxSpares = 4

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

// unlike picks one item of all that may restart on the same hosts, and every
// item that a rule spreads over chassis or sites.
func (p *part) unlike(items []int) []int {
	seen := map[*int]bool{}
	var picked []int
	for _, i := range items {
		it := &p.s.items[i]
		spread := slices.ContainsFunc(p.s.spreads, func(sp spreading) bool { return slices.Contains(sp.items, i) })
		if len(it.restarts) == 0 || seen[&it.restarts[0]] && !spread {
			continue
		}
		seen[&it.restarts[0]] = true
		picked = append(picked, i)
	}
	return picked
}

// addSpare takes one more host into service: the one after which the fewest
// items are without a restart, and of those the least costly. It tells whether
// that helped.
func (p *part) addSpare(k int, buy bool) bool {
	best, fewest := -1, len(p.unsafe)
	for _, i := range p.spareCandidates(buy) {
		p.hosts = append(p.hosts, usedHost{place: i})
		_, unsafe := p.replayAll(k)
		p.hosts = p.hosts[:len(p.hosts)-1]
		if len(unsafe) < fewest {
			best, fewest = i, len(unsafe)
		}
		if fewest == 0 {
			break
		}
	}
	if best < 0 {
		return false
	}
	p.spares = append(p.spares, len(p.hosts))
	p.hosts = append(p.hosts, usedHost{place: best})
	p.s.take(best)
	return true
}

// spareCandidates lists the places of the part that can still be taken into
// service, each kind once, those that cost least by the objectives first.
func (p *part) spareCandidates(buy bool) []int {
	inUse := map[int]bool{}
	for _, h := range p.hosts {
		inUse[h.place] = true
	}
	var list []int
	for _, i := range p.places {
		pl := &p.s.places[i]
		if pl.takes && (pl.host != nil && !inUse[i] || buy && pl.model != nil && p.s.left(i) != 0) {
			list = append(list, i)
		}
	}
	cost := map[int][]int64{}
	for _, i := range list {
		for _, o := range p.s.policy.Minimise {
			if host := p.s.objective(o, &problem{places: []int{i}}).Host; len(host) > 0 {
				cost[i] = append(cost[i], host[0])
			}
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return slices.Compare(cost[a], cost[b]) })
	samples := p.unlike(p.unsafe)
	kinds := map[string]bool{}
	return slices.DeleteFunc(list, func(i int) bool {
		pl := &p.s.places[i]
		kind := fmt.Sprint(pl.room, pl.cluster, pl.model != nil)
		for _, u := range samples {
			kind += fmt.Sprint(p.s.items[u].mayRestartOn(i), p.s.domainKey(u, i))
		}
		again := kinds[kind]
		kinds[kind] = true
		return again
	})
}
