package planner

import (
	"context"
	"slices"

	"sobre/planner/pack"
	"sobre/planner/plan"
)

// packAround packs the part again after narrowing its choice. It takes the
// packing if it survives more than the first one, or as much at less cost. What
// was proven of the part still holds.
func (p *part) packAround(ctx context.Context, k int, o Options, narrow func()) error {
	first, narrowed := p.answer, p.narrowedLists()
	p.releaseHosts()
	narrow()
	p.spares = nil
	asked := p.compile(true)
	result, err := pack.Solve(ctx, &asked.Problem, p.again(o))
	if err != nil {
		return err
	}
	p.adopt(asked, result)
	p.reserve, p.only, p.share = nil, nil, nil
	for i, list := range narrowed {
		p.s.items[i].narrowed = list
	}
	p.claimHosts()
	p.addSpares(k)
	if !p.better(p.answer, first) {
		p.releaseHosts()
		p.answer = first
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
		for _, place := range p.s.items[i].fencedIn(p.s.items[i].restarts) {
			fence[place] = true
		}
	}
	for _, i := range p.items {
		it := &p.s.items[i]
		if fenced[i] || it.stays {
			continue
		}
		outside := slices.DeleteFunc(slices.Clone(it.choice()), func(place int) bool { return fence[place] })
		if len(outside) > 0 {
			it.narrowed = outside
		}
	}
}

// stayHome leaves the servers that no host could restart where they are.
func (p *part) stayHome() {
	for _, i := range p.unsafe {
		if own := p.s.ownHome(&p.s.items[i]); own >= 0 && slices.Contains(p.s.items[i].choice(), own) {
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

// better tells whether one answer is better than another: first in what has no
// place, then in what no host can restart, then by the objectives in their order.
func (p *part) better(one, other answer) bool {
	mine := append([]int64{int64(len(one.lost)), int64(len(one.unsafe))}, p.s.costs(one.hosts)...)
	its := append([]int64{int64(len(other.lost)), int64(len(other.unsafe))}, p.s.costs(other.hosts)...)
	return slices.Compare(mine, its) < 0
}

// costs is what hosts in service cost by each objective, and their moves.
func (s *survey) costs(hosts []usedHost) []int64 {
	c := &problem{}
	for _, h := range hosts {
		c.places = append(c.places, h.place)
	}
	var sums []int64
	for _, o := range s.policy.Minimise {
		sum := int64(0)
		for _, cost := range s.objective(o, c).Host {
			sum += cost
		}
		if o == plan.Moves {
			sum = s.moves(hosts)
		}
		sums = append(sums, sum)
	}
	return sums
}

func (s *survey) moves(hosts []usedHost) int64 {
	n := 0
	for _, h := range hosts {
		for _, i := range h.items {
			if it := &s.items[i]; it.home >= 0 && it.home != h.place {
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
		if r := p.s.roominess(i); r > most {
			best, most = i, r
		}
	}
	return best
}

// search packs the part as its fences and rules have it now, with part of the
// work of the first search, and makes it survive what the policy asks.
func (p *part) search(ctx context.Context, o Options) error {
	asked := p.compile(true)
	options := p.again(o)
	options.Work /= 4
	result, err := pack.Solve(ctx, &asked.Problem, options)
	if err != nil {
		return err
	}
	p.replay, p.unsafe = nil, nil
	p.adopt(asked, result)
	p.claimHosts()
	k := p.s.policy.Survive.Hosts
	if k == 0 || !p.protected() {
		return nil
	}
	p.addSpares(k)
	if len(p.unsafe) == 0 {
		return nil
	}
	if err := p.packAround(ctx, k, o, p.holdBack(k)); err != nil || len(p.unsafe) == 0 {
		return err
	}
	return p.packAround(ctx, k, o, p.clearFences)
}
