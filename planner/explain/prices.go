package explain

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"sobre/planner"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// Progress is told after each plan made how many of how many are done, from
// several goroutines, one at a time.
type Progress func(done, total int)

// EffortOf is the effort that a plan was made with.
func EffortOf(p *plan.Plan) pack.Effort {
	switch p.Search.Effort {
	case "normal":
		return pack.Normal
	case "thorough":
		return pack.Thorough
	}
	return pack.Quick
}

// Prices finds what each rule and setting of a plan costs: it plans again with
// the effort of the plan and one of them relaxed, and compares. The plan must
// be the one that the study gives. What could not be planned says why.
func Prices(ctx context.Context, p *plan.Plan, s *Study, progress Progress) ([]plan.Price, error) {
	list := levers(s)
	prices := make([]plan.Price, len(list))
	if progress == nil {
		progress = func(int, int) {}
	}
	var mu sync.Mutex
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for n := range list {
		group.Go(func() error {
			prices[n] = price(ctx, p, s, list[n])
			mu.Lock()
			defer mu.Unlock()
			done++
			progress(done, len(list))
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("pricing rules and settings: %w", err)
	}
	return prices, nil
}

// price plans with one lever pulled.
func price(ctx context.Context, p *plan.Plan, s *Study, l lever) plan.Price {
	result := plan.Price{Subject: l.subject, Change: l.change}
	changed := *s
	l.apply(&changed)
	q, err := planner.Make(ctx, planner.Input{Estate: changed.Estate, Catalogue: changed.Catalogue, Policy: changed.Policy},
		planner.Options{Effort: EffortOf(p)})
	switch {
	case err != nil:
		result.Failed = err.Error()
		return result
	case len(q.Unplaced) > len(p.Unplaced):
		result.Failed = fmt.Sprintf("%d more workloads have no place", len(q.Unplaced)-len(p.Unplaced))
		return result
	}
	result.Hosts = q.After.Hosts - p.After.Hosts
	result.Proven = p.Bound.Gap == 0 && q.Bound.Gap == 0
	result.Energy = q.After.Energy.Best - p.After.Energy.Best
	result.CO2e = q.After.CO2e.Best - p.After.CO2e.Best
	result.Cost = q.After.Cost.Best - p.After.Cost.Best
	return result
}

// NotePrices puts prices into a plan, and what a rule costs in hosts beside
// the rule.
func NotePrices(p *plan.Plan, s *Study, prices []plan.Price) {
	p.Prices = prices
	for n, l := range levers(s) {
		if l.rule == 0 || l.rule > len(p.Rules) || n >= len(prices) || prices[n].Failed != "" {
			continue
		}
		costs := -prices[n].Hosts
		p.Rules[l.rule-1].CostsHosts = &costs
	}
}

// ByEffect orders prices: what frees most hosts first, then what saves most
// electricity, what could not be computed last.
func ByEffect(prices []plan.Price) []plan.Price {
	list := slices.Clone(prices)
	slices.SortStableFunc(list, func(a, b plan.Price) int {
		failed := func(x plan.Price) int { return min(len(x.Failed), 1) }
		return cmp.Or(cmp.Compare(failed(a), failed(b)), cmp.Compare(a.Hosts, b.Hosts), cmp.Compare(a.Energy, b.Energy))
	})
	return list
}

// RulePrice is what one rule costs, nil when it is none that binds.
func RulePrice(ctx context.Context, p *plan.Plan, s *Study, label string) (*plan.Price, error) {
	for _, l := range ruleLevers(s) {
		if l.subject == label {
			x := price(ctx, p, s, l)
			return &x, ctx.Err()
		}
	}
	return nil, nil
}
