package planner

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sobre/planner/pack"
	"sobre/planner/plan"
)

// packParts packs every part and returns them in the order given.
func packParts(ctx context.Context, s *survey, parts []*part, o Options) ([]*part, error) {
	for n, p := range parts {
		report := func(e pack.Progress) {
			if o.Progress != nil {
				o.Progress(Progress{
					Part: n + 1, Parts: len(parts), Phase: e.Phase, Done: e.Done,
					Hosts: p.keptPlaces() + int(e.Value), Bound: p.keptPlaces() + int(e.Bound),
				})
			}
		}
		options := pack.Options{Effort: o.Effort, Work: workFor(o.Effort, len(p.items), len(s.items)), Progress: report}
		if s.trial.unproven() {
			options.Work /= 3 // it only has to show that it can do as well
		}
		if o.TimeLimit > 0 {
			options.TimeLimit = max(o.TimeLimit/time.Duration(len(parts)), time.Millisecond)
		}
		if err := p.pack(ctx, options); err != nil {
			return nil, fmt.Errorf("packing %s: %w", p.name, err)
		}
	}
	return parts, nil
}

// Work units of a whole plan at quick effort, and what each item is worth of
// them: a few dozen servers are packed and proven with far less.
const (
	quickWork   = 60_000_000
	workPerItem = 400_000
)

// workFor shares the work of an effort among parts by how many items they have.
func workFor(e pack.Effort, items, all int) int64 {
	scale := [...]int64{1, 10, 60}[e]
	share := int64(quickWork) * int64(items) / int64(max(all, 1))
	least := min(quickWork/15, workPerItem*int64(items)) // small parts of large estates too
	return scale * max(least, min(share, workPerItem*int64(items)))
}

// again is how a part is searched a second time, for its failures: with the
// same work, silently.
func (p *part) again(o Options) pack.Options {
	return pack.Options{Effort: o.Effort, Work: workFor(o.Effort, len(p.items), len(p.s.items))}
}

// keptPlaces counts the hosts of the part that are in service whatever happens.
func (p *part) keptPlaces() int {
	n := 0
	for _, i := range p.places {
		if p.s.places[i].kept {
			n++
		}
	}
	return n
}

// pack finds the packing of a part and what is proven of it.
func (p *part) pack(ctx context.Context, o pack.Options) error {
	p.stockBefore = map[int]int{}
	for _, i := range p.places {
		p.stockBefore[i] = p.s.left(i)
	}
	p.shareStock()
	asked := p.compile(true)
	result, err := pack.Solve(ctx, &asked.Problem, o)
	if err != nil {
		return err
	}
	p.result = result
	p.adopt(asked, result)
	p.claimHosts()
	return p.takeBound(ctx, asked, o)
}

// takeBound proves how few hosts would do. The packing's own proof serves when
// it speaks of hosts and of the problem as the policy puts it; otherwise the
// relaxed problem is packed for its bound alone.
func (p *part) takeBound(ctx context.Context, asked *problem, o pack.Options) error {
	p.proof, p.proven, p.certified = asked, p.keptPlaces()+int(p.result.Bound), p.result.Bound
	p.bound = p.proven
	if p.overruled {
		p.result.Certificate = nil
		p.proven, p.certified = p.keptPlaces(), 0
		p.bound = p.proven
		return nil
	}
	if p.s.trial.unproven() {
		if p.s.policy.Minimise[0] != plan.Hosts { // the bound is one of money or energy
			p.result.Certificate = nil
			p.proven, p.certified = p.keptPlaces(), 0
			p.bound = p.proven
		}
		return nil
	}
	if !p.narrowed() && p.s.policy.Minimise[0] == plan.Hosts {
		return nil
	}
	relaxed := p.compile(false)
	relaxed.Minimise = []pack.Objective{p.s.hostsObjective(relaxed)}
	o.Progress = nil
	result, err := pack.Solve(ctx, &relaxed.Problem, o)
	if err != nil {
		return err
	}
	p.proof, p.proven, p.certified = relaxed, p.keptPlaces()+int(result.Bound), result.Bound
	p.bound = p.proven
	p.result.Certificate, p.result.Method = result.Certificate, p.result.Method+"; bound: "+result.Method
	return nil
}

// narrowed tells whether the packing had less choice than the policy leaves.
func (p *part) narrowed() bool {
	for _, i := range p.places {
		if p.stockBefore[i] != p.s.places[i].stock || p.denied[i] {
			return true
		}
	}
	return slices.ContainsFunc(p.items, func(i int) bool { return p.s.items[i].narrowed != nil || p.s.items[i].licensedOn != nil })
}
