package planner

import (
	"context"

	"sobre/inventory"
	"sobre/planner/plan"
)

// maxSoft is how many soft rules are tried one by one.
const maxSoft = 20

// keepSoft looks for a plan that keeps the soft rules that the first one
// breaks: all of them, else one after the other. A rule without a price is kept
// where that costs no host and leaves nothing out; one with a price where the
// plan costs no more for it than the price, a year.
func keepSoft(ctx context.Context, in Input, o Options, first *plan.Plan) (*plan.Plan, error) {
	broken := brokenSoft(first)
	if len(broken) == 0 || ctx.Err() != nil {
		return first, nil
	}
	rules := rulesInForce(in)
	all := map[int]bool{}
	for n, r := range first.Rules {
		if r.Soft {
			all[n] = true
		}
	}
	result, err := makeHolding(ctx, in, o, all, first)
	if err != nil || asGood(result, first) {
		return result, err
	}
	if len(broken) == 1 && len(all) == 1 && !rules[broken[0]].Price.Known() {
		return first, nil
	}
	best, held := first, map[int]bool{}
	for _, n := range broken[:min(len(broken), maxSoft)] {
		held[n] = true
		result, err := makeHolding(ctx, in, o, held, first)
		if err != nil {
			return nil, err
		}
		if asGood(result, best) || rules[n].Price.Known() && worth(result, best, rules[n].Price) {
			best = result
		} else {
			delete(held, n)
		}
	}
	return best, nil
}

// makeHolding makes a plan that holds to soft rules. What is proven of it is
// what is proven without them, since a plan may break them.
func makeHolding(ctx context.Context, in Input, o Options, held map[int]bool, free *plan.Plan) (*plan.Plan, error) {
	p, err := makeWith(ctx, in, o, trial{hold: held})
	if err != nil {
		return nil, err
	}
	p.Bound = free.Bound
	p.Bound.Hosts = min(p.Bound.Hosts, p.After.Hosts)
	p.Bound.Gap = p.After.Hosts - p.Bound.Hosts
	if p.Status == plan.Optimal && !(free.Status == plan.Optimal && asGood(p, free)) {
		p.Status = plan.Feasible
	}
	return p, nil
}

// brokenSoft lists the soft rules that a plan breaks, by number.
func brokenSoft(p *plan.Plan) []int {
	var list []int
	for n, r := range p.Rules {
		if r.Soft && r.Broken {
			list = append(list, n)
		}
	}
	return list
}

// rulesInForce lists the rules as the plan numbers them.
func rulesInForce(in Input) []*inventory.Rule {
	var list []*inventory.Rule
	for _, rules := range [][]inventory.Rule{in.Estate.Rules, in.Policy.Rules} {
		for i := range rules {
			if r := &rules[i]; !r.Disabled && r.Unclear() == "" {
				list = append(list, r)
			}
		}
	}
	return list
}

// asGood tells whether a plan needs no more hosts than another, buys no more
// and leaves no more out.
func asGood(p, other *plan.Plan) bool {
	return complete(p, other) && p.After.Hosts <= other.After.Hosts && boughtHosts(p) <= boughtHosts(other)
}

// complete tells whether a plan places and restarts all that another one does.
func complete(p, other *plan.Plan) bool {
	return len(p.Unplaced) <= len(other.Unplaced) && lostCount(p) <= lostCount(other)
}

func lostCount(p *plan.Plan) int {
	if p.Failover == nil {
		return 0
	}
	return len(p.Failover.Lost)
}

func boughtHosts(p *plan.Plan) int {
	n := 0
	for _, h := range p.Hosts {
		n += int(whole(h.State == plan.Buy))
	}
	return n
}

// worth tells whether a plan costs at most a price a year more than another.
func worth(p, other *plan.Plan, price inventory.Money) bool {
	return complete(p, other) && yearly(p)-yearly(other) <= price.Amount()
}

// yearly is what a plan costs a year: electricity, and what is bought shared
// out over the horizon of the policy.
func yearly(p *plan.Plan) float64 {
	return p.After.Cost.Best + p.After.Purchase.Best/max(p.Policy.Carbon.Horizon.Years(), 1)
}
