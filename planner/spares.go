package planner

import (
	"fmt"
	"slices"
)

// boughtSpare tells whether a host is bought only to stand by.
func (p *part) boughtSpare() bool {
	return slices.ContainsFunc(p.spares, func(n int) bool { return p.s.places[p.hosts[n].place].model != nil })
}

// addSpares adds hosts that stand by until every failure can be survived or
// none is left that helps: once from the hosts there are, of which it may take
// several smaller ones, and once from all that can be had. The better one stays.
func (p *part) addSpares(k int) {
	start := p.answer
	p.standBy(k, false)
	if len(p.spares) == len(start.spares) && len(p.unsafe) == 0 {
		return
	}
	existing := p.answer
	p.releaseHosts()
	p.answer = start
	p.claimHosts()
	p.standBy(k, true)
	if p.better(existing, p.answer) {
		p.releaseHosts()
		p.answer = existing
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

// maxSpares is how many spares for each failure are tried before the part is
// reported as not protected; more than one is needed only where hosts differ
// so much that none can stand in for all.
const maxSpares = 4

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
	offered := &problem{places: list}
	for _, o := range p.s.policy.Minimise {
		for t, host := range p.s.objective(o, offered).Host {
			cost[list[t]] = append(cost[list[t]], host)
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
