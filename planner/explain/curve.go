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
	"sobre/planner/plan"
)

// CurvePoint is how many hosts are freed with so many moves.
type CurvePoint struct {
	Moves  int     `json:"moves"`
	Freed  int     `json:"freed"` // hosts retired
	Hosts  int     `json:"hosts"` // in service after it
	Energy float64 `json:"energy_kwh_per_year"`
	// PerMove is the hosts freed for each move more than at the point before.
	PerMove float64 `json:"freed_per_move"`
}

// points is how many plans a curve is made of at most.
const points = 12

// Curve is hosts freed against moves made: for a growing number of the hosts
// that the plan retires, those with the fewest workloads first, all others are
// kept and as few workloads as possible are moved. Each point is a plan, so
// that many can be freed; with other hosts chosen it may take fewer moves.
func Curve(ctx context.Context, p *plan.Plan, s *Study, progress Progress) ([]CurvePoint, error) {
	order := easiest(p)
	steps := stepsOf(len(order))
	found := make([]CurvePoint, len(steps))
	if progress == nil {
		progress = func(int, int) {}
	}
	var mu sync.Mutex
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for n, count := range steps {
		group.Go(func() error {
			q, err := freeOnly(ctx, p, s, order[:count])
			if err != nil {
				return fmt.Errorf("planning to free %d hosts: %w", count, err)
			}
			found[n] = pointOf(q)
			mu.Lock()
			defer mu.Unlock()
			done++
			progress(done, len(steps))
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return rising(append(found, pointOf(p))), nil
}

// easiest lists the hosts that the plan retires, those with the fewest
// workloads first.
func easiest(p *plan.Plan) []string {
	loads := map[string]int{}
	for _, m := range p.Placements {
		loads[m.From]++
	}
	var list []string
	for _, h := range p.Hosts {
		if h.State == plan.Retire {
			list = append(list, h.ID)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(loads[a], loads[b]) })
	return list
}

// stepsOf spreads the points of a curve over the hosts there are, the last
// left out: it is the plan itself.
func stepsOf(hosts int) []int {
	var steps []int
	for n := range min(points, hosts-1) {
		steps = append(steps, (n+1)*(hosts)/(min(points, hosts-1)+1))
	}
	return slices.Compact(steps)
}

// freeOnly plans with all hosts kept but some.
func freeOnly(ctx context.Context, p *plan.Plan, s *Study, free []string) (*plan.Plan, error) {
	policy := s.Policy
	policy.Minimise = []plan.Objective{plan.Hosts, plan.Moves}
	policy.Hosts.Keep = slices.Clone(policy.Hosts.Keep)
	for _, h := range p.Hosts {
		if h.State != plan.Buy && !slices.Contains(free, h.ID) {
			policy.Hosts.Keep = append(policy.Hosts.Keep, h.ID)
		}
	}
	return planner.Make(ctx, planner.Input{Estate: s.Estate, Catalogue: s.Catalogue, Policy: policy}, planner.Options{Effort: EffortOf(p)})
}

func pointOf(p *plan.Plan) CurvePoint {
	c := CurvePoint{Hosts: p.After.Hosts, Energy: p.After.Energy.Best}
	for _, h := range p.Hosts {
		if h.State == plan.Retire {
			c.Freed++
		}
	}
	for _, m := range p.Placements {
		if m.Kind != "" {
			c.Moves++
		}
	}
	return c
}

// rising orders points by moves and drops those that free no more than one
// with fewer moves; the first is today.
func rising(list []CurvePoint) []CurvePoint {
	slices.SortStableFunc(list, func(a, b CurvePoint) int { return cmp.Or(cmp.Compare(a.Moves, b.Moves), cmp.Compare(b.Freed, a.Freed)) })
	var kept []CurvePoint
	last := CurvePoint{}
	for _, c := range list {
		if c.Freed <= last.Freed {
			continue
		}
		if c.Moves > last.Moves {
			c.PerMove = float64(c.Freed-last.Freed) / float64(c.Moves-last.Moves)
		}
		kept = append(kept, c)
		last = c
	}
	return kept
}

// WorthWhile is the last point up to which every step frees at least so many
// hosts a move; nil when the first does not.
func WorthWhile(curve []CurvePoint, least float64) *CurvePoint {
	var last *CurvePoint
	for n := range curve {
		if curve[n].Moves > 0 && curve[n].PerMove < least {
			break
		}
		last = &curve[n]
	}
	return last
}
