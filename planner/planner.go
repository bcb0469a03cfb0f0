package planner

import (
	"context"
	"time"

	"sobre/inventory"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// Input is what a plan is made from.
type Input struct {
	Estate    *inventory.Estate
	Catalogue *inventory.Catalogue // nil: nothing may be bought
	Policy    plan.Policy
	Files     []plan.Input // for the record
}

// Options steer the search; the zero value is a quick one.
type Options struct {
	Effort    pack.Effort
	TimeLimit time.Duration // cuts the search short; 0: none
	Tool      string        // name and version, for the record
	// Progress, when set, is told how the search goes, from the goroutine of Make.
	Progress func(Progress)
}

// Progress is a report from a running search.
type Progress struct {
	Part, Parts int    // which part of the estate is being packed
	Phase       string // of the engine
	Hosts       int    // in service in the best plan so far for this part
	Bound       int    // proven least number for this part
	Done        float64
}

// Make plans: where every workload goes, proven how close to the best, with
// what it takes and saves. It fails only on input that makes no sense; an
// estate that does not fit gives a plan that says so. When ctx ends, the best
// plan so far comes back, marked as cut short.
func Make(ctx context.Context, in Input, o Options) (*plan.Plan, error) {
	policy := in.Policy.WithDefaults()
	if err := policy.Validate(); err != nil {
		return nil, err
	}
	result, err := makeWith(ctx, in, o, trial{})
	if err != nil {
		return nil, err
	}
	if result, err = keepSoft(ctx, in, o, result); err != nil {
		return nil, err
	}
	if err := compareWithPeaks(ctx, in, o, result); err != nil {
		return nil, err
	}
	return result, explainContradictions(ctx, in, result)
}

// makeWith makes one plan, of what a trial asks for.
func makeWith(ctx context.Context, in Input, o Options, t trial) (*plan.Plan, error) {
	s, err := prepare(in, t)
	if err != nil {
		return nil, err
	}
	s.listPurposes()
	parts := s.split()
	packed, err := packParts(ctx, s, parts, o)
	if err != nil {
		return nil, err
	}
	for _, p := range packed {
		if err := p.surviveFailures(ctx, o); err != nil {
			return nil, err
		}
		if err := p.concentrate(ctx, o); err != nil {
			return nil, err
		}
	}
	s.keepHomesOfLost(packed)
	s.keepMinimum(packed)
	result := s.write(in, packed, o)
	s.orderMoves(result)
	if err := s.price(result); err != nil {
		return nil, err
	}
	s.priceWaves(in.Policy.Waves, result)
	if err := s.spreadOverYears(result); err != nil {
		return nil, err
	}
	return result, nil
}

// prepare surveys the estate, sizes what is in it and applies the rules.
func prepare(in Input, t trial) (*survey, error) {
	s, err := takeSurvey(in.Estate, in.Catalogue, in.Policy.WithDefaults(), t)
	if err != nil {
		return nil, err
	}
	s.sizeDemand()
	s.applyRules()
	return s, nil
}
