package scenario

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// Input is what all scenarios share.
type Input struct {
	Estate    *inventory.Estate
	Catalogue *inventory.Catalogue // nil: nothing may be bought
	Policy    plan.Policy
	// Open reads a catalogue that a scenario names.
	Open func(name string) (*inventory.Catalogue, error)
	// Effort of every search.
	Effort pack.Effort
	// Progress, when set, is told how many scenarios are done, one call at a time.
	Progress func(done, total int)
}

// Run plans every scenario, as many at a time as there are cores. What one
// fails at is said in its outcome.
func Run(ctx context.Context, in Input, list []Scenario) ([]Outcome, error) {
	outcomes := make([]Outcome, len(list))
	var mu sync.Mutex
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for n := range list {
		group.Go(func() error {
			outcomes[n] = in.outcome(ctx, &list[n])
			mu.Lock()
			defer mu.Unlock()
			if done++; in.Progress != nil {
				in.Progress(done, len(list))
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("planning scenarios: %w", err)
	}
	Judge(outcomes)
	return outcomes, nil
}

// outcome plans one scenario.
func (in Input) outcome(ctx context.Context, s *Scenario) Outcome {
	o := Outcome{Name: s.Name, About: s.About}
	p, err := in.plan(ctx, s)
	if err != nil {
		o.Failed = err.Error()
		return o
	}
	o.fill(p)
	switch {
	case s.Nothing:
		o.Status, o.Unplaced = "today", 0
	case s.Hosted != nil:
		o.addHosted(s.Hosted, in.leaving(p))
	}
	return o
}

func (in Input) plan(ctx context.Context, s *Scenario) (*plan.Plan, error) {
	policy, err := policyOf(in.Policy, s.Policy)
	if err != nil {
		return nil, err
	}
	if s.Country != "" {
		in.Estate, policy.Carbon.Country, policy.Carbon.Factor = abroad(in.Estate, s.Country), s.Country, s.Policy.Carbon.Factor
	}
	input := planner.Input{Estate: in.Estate, Catalogue: in.Catalogue, Policy: policy}
	switch {
	case s.Catalogue == "none":
		input.Catalogue, input.Policy.Hosts.Buy = nil, nil
	case s.Catalogue != "":
		if input.Catalogue, err = in.Open(s.Catalogue); err != nil {
			return nil, err
		}
		if len(s.Policy.Hosts.Buy) == 0 {
			input.Policy.Hosts.Buy = nil // names of another catalogue
		}
	}
	options := planner.Options{Effort: in.Effort}
	if s.Nothing {
		return planner.Today(input, options)
	}
	if s.Hosted == nil {
		return planner.Make(ctx, input, options)
	}
	// What may move leaves; a first plan says what that is.
	first, err := planner.Make(ctx, input, options)
	if err != nil {
		return nil, err
	}
	rest := *in.Estate
	rest.Workloads = nil
	gone := map[string]bool{}
	for _, w := range in.leaving(first) {
		gone[w.ID] = true
	}
	for _, w := range in.Estate.Workloads {
		if !gone[w.ID] {
			rest.Workloads = append(rest.Workloads, w)
		}
	}
	input.Estate, input.Catalogue, input.Policy.Hosts.Buy = &rest, nil, nil
	left, err := planner.Make(ctx, input, options)
	if err != nil {
		return nil, err
	}
	left.Before = first.Before
	return left, nil
}

// abroad is an estate with all its sites in one country.
func abroad(e *inventory.Estate, country string) *inventory.Estate {
	moved := *e
	moved.Sites = slices.Clone(e.Sites)
	for n := range moved.Sites {
		moved.Sites[n].Country = country
	}
	return &moved
}

// leaving lists the workloads of a plan, or of the estate it leaves out, that
// may move.
func (in Input) leaving(p *plan.Plan) []*inventory.Workload {
	stays := map[string]bool{}
	for _, m := range p.Placements {
		if m.Stays != "" {
			stays[m.Workload] = true
		}
	}
	for _, u := range p.Excluded {
		stays[u.Workload] = true
	}
	var list []*inventory.Workload
	for n := range in.Estate.Workloads {
		if w := &in.Estate.Workloads[n]; !stays[w.ID] {
			list = append(list, w)
		}
	}
	return list
}
