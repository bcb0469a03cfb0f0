package planner

import (
	"context"
	"slices"

	"sobre/inventory"
	"sobre/planner/pack"
)

// raiseBound proves what surviving k failures costs at least.
//
// Take away any k hosts of a plan that survives: everything that runs and is
// not pinned still has a place, so what is left is no smaller than the fewest
// hosts that hold that. Where all run, and no host that takes others is kept
// whatever happens, the packing's own bound says the same without a second
// search.
func (p *part) raiseBound(ctx context.Context, k int, o Options) error {
	if p.s.trial.unproven() || p.overruled {
		return nil
	}
	if !p.keepsTakers() && !p.anyExempt() {
		switch {
		case p.mustUseHosts():
			p.bound = p.withFailures(p.proven, k)
		case p.keptPlaces() == 0:
			p.bound = max(p.proven, min(p.proven+k, p.whenAllStay()))
		}
		return nil
	}
	if !p.mustUseHosts() {
		return nil
	}
	if p.keepsTakers() && p.keptPlaces() == len(p.hosts) {
		return nil // the bound is met by the hosts that are kept anyhow
	}
	return p.raiseWithout(ctx, k, o, nil)
}

// raiseWithout proves what is needed when some hosts, no more than may fail
// together, are taken away: a plan that survives is whole without them, too.
func (p *part) raiseWithout(ctx context.Context, k int, o Options, gone []int) error {
	if p.overruled {
		return nil
	}
	relaxed := p.compileUnpinned(gone)
	result, err := pack.Solve(ctx, &relaxed.Problem, p.again(o))
	if err != nil || result.Infeasible {
		return err
	}
	fewest := int(result.Bound)
	if bound := p.withFailures(fewest, k); bound > p.bound {
		p.proof, p.proven, p.bound, p.certified = relaxed, fewest, bound, result.Bound
		p.without = gone
		p.result.Certificate = result.Certificate
	}
	return nil
}

// withFailures is the fewest hosts of which so many are left after any failure
// that the policy names. k hosts may fail; and of n hosts in c chassis, one
// chassis holds at least n/c.
func (p *part) withFailures(fewest, k int) int {
	n := fewest + k
	for _, by := range p.s.domainsThatFail() {
		c := p.domainCount(by)
		for c > 1 && n-(n+c-1)/c < fewest {
			n++
		}
	}
	return n
}

// domainCount is how many chassis or sites the hosts of the part may be in, 0
// when that is not known or when servers that take no others may hold some.
func (p *part) domainCount(by inventory.Domain) int {
	names := map[string]bool{}
	for _, i := range p.places {
		pl := &p.s.places[i]
		if pl.host == nil || !pl.takes {
			return 0
		}
		names[p.s.domainOf(i, by)] = true
	}
	return len(names)
}

// mustUseHosts tells whether something needs a host that takes others, which
// a failure could hit: if everything could stay on standalone servers, a plan
// might have nothing to protect.
func (p *part) mustUseHosts() bool {
	return slices.ContainsFunc(p.items, func(i int) bool {
		it := &p.s.items[i]
		return !it.idle && !it.pinned && !it.mayStop && p.s.ownHome(it) < 0
	})
}

// whenAllStay is how many hosts are in service when every item stays on its own
// standalone server: the one kind of plan that has nothing to protect.
func (p *part) whenAllStay() int {
	n := 0
	for _, i := range p.items {
		it := &p.s.items[i]
		if p.s.ownHome(it) >= 0 {
			n++
		}
	}
	return n
}

// anyExempt tells whether the part holds what needs a host but no restart:
// guests that are off, or that may stop.
func (p *part) anyExempt() bool {
	return slices.ContainsFunc(p.items, func(i int) bool { return p.s.items[i].idle || p.s.items[i].mayStop })
}

func (p *part) keepsTakers() bool {
	return slices.ContainsFunc(p.places, func(i int) bool { return p.s.places[i].takes && p.s.places[i].kept })
}

// compileUnpinned states the part as if nothing were kept, pinned or off: every
// host counts, and what would not restart needs no place. Some hosts are gone.
func (p *part) compileUnpinned(gone []int) *problem {
	c := &problem{typeOf: map[int]int{}}
	c.Dims = len(p.s.resources)
	rooms := p.rooms()
	for _, i := range p.places {
		if p.s.places[i].fence || slices.Contains(gone, i) {
			continue
		}
		c.typeOf[i] = len(c.places)
		c.places = append(c.places, i)
		c.Types = append(c.Types, pack.Type{Capacity: rooms[i], Stock: p.s.places[i].stock})
	}
	translated := map[*int][]int{}
	for _, i := range p.items {
		it := &p.s.items[i]
		if it.pinned || it.idle || it.mayStop || it.stays || len(it.restarts) == 0 {
			continue
		}
		c.items = append(c.items, i)
		c.Groups = append(c.Groups, pack.Group{Count: 1, Demand: it.demand, Allowed: c.typesOf(it.restarts, translated)})
	}
	p.addLimits(c)
	c.Minimise = []pack.Objective{c.perHost(func(int) int64 { return 1 })}
	return c
}
