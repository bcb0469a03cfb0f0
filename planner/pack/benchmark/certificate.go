package benchmark

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"sobre/planner/pack"
)

// errTooHard means that the checker gave up on a certificate, neither
// confirming nor refuting it.
var errTooHard = errors.New("the certificate is too hard to recheck")

// checkBound recomputes the bound of an answer from its certificate. For each
// type it must show that no content of a host weighs more than
// Scale × cost + Stock; then the bound is the total weight, less what the
// stocks take, over Scale.
func checkBound(in *Instance, a Answer) (string, error) {
	c := a.Certificate
	if c == nil {
		if a.Bound <= in.Base() {
			return ProofNone, nil // no cost is negative
		}
		return ProofClaimed, nil
	}
	p := &in.Problem
	if c.Scale < 1 || len(c.Weight) != len(p.Groups) || len(c.Stock) != 0 && len(c.Stock) != len(p.Types) {
		return "", fmt.Errorf("certificate: expected a scale of 1 or more, %d weights and %d stocks or none", len(p.Groups), len(p.Types))
	}
	total := new(big.Int)
	for g, w := range c.Weight {
		if w < 0 {
			return "", fmt.Errorf("certificate: weight %d of group %d is negative", w, g)
		}
		total.Add(total, product(w, int64(p.Groups[g].Count)))
	}
	for t, s := range c.Stock {
		stock := p.Types[t].Stock
		if s < 0 || s > 0 && stock < 0 {
			return "", fmt.Errorf("certificate: stock %d of type %d, which has %d hosts", s, t, stock)
		}
		if s > 0 {
			total.Sub(total, product(s, int64(stock)))
		}
	}
	// ⌈total / scale⌉, total may be negative
	bound := new(big.Int).Neg(total)
	bound.Div(bound, big.NewInt(c.Scale)) // floor for a positive divisor
	bound.Neg(bound)
	roundUp(bound, costStep(p))
	bound.Add(bound, big.NewInt(in.Base()))
	if bound.Cmp(big.NewInt(a.Bound)) < 0 {
		return "", fmt.Errorf("the certificate gives bound %s, the answer claims %d", bound, a.Bound)
	}
	for t := range p.Types {
		if p.Types[t].Stock == 0 {
			continue
		}
		if err := checkType(in, c, t); err != nil {
			if errors.Is(err, errTooHard) {
				return ProofTooHard, nil
			}
			return "", fmt.Errorf("certificate, type %d: %w", t, err)
		}
	}
	return ProofHolds, nil
}

// roundUp raises v to the next multiple of step.
func roundUp(v *big.Int, step int64) {
	rest := new(big.Int).Mod(v, big.NewInt(step))
	if rest.Sign() > 0 {
		v.Add(v, new(big.Int).Sub(big.NewInt(step), rest))
	}
}

// costStep is the greatest common divisor of what hosts cost, when nothing
// else costs anything; else 1.
func costStep(p *pack.Problem) int64 {
	if len(p.Minimise) == 0 {
		return 1
	}
	o := &p.Minimise[0]
	if slices.Concat(slices.Concat(o.Load...), o.Enclosure, o.Move) != nil {
		return 1
	}
	step := int64(0)
	for t, v := range o.Host {
		if p.Types[t].Stock != 0 {
			for step, v = v, step; v != 0; step, v = v, step%v {
			}
		}
	}
	return max(step, 1)
}

func product(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }

// checkType shows that no content of a host of type t weighs too much.
func checkType(in *Instance, c *Certificate, t int) error {
	p := &in.Problem
	limit := product(c.Scale, hostCost(in, t))
	if len(c.Stock) > 0 {
		limit.Add(limit, big.NewInt(c.Stock[t]))
	}
	k := &knapsack{p: p, t: t, times: max(1, p.Times)}
	for g := range p.Groups {
		w := new(big.Int).Sub(big.NewInt(c.Weight[g]), new(big.Int).Mul(big.NewInt(c.Scale), loadCost(p, g, t)))
		if w.Sign() <= 0 || !allowed(&p.Groups[g], t) || !holds(p.Types[t].Capacity, p.Groups[g].Demand) {
			continue
		}
		if !w.IsInt64() || w.Int64() > maxWeight {
			return fmt.Errorf("weight of group %d is above %d", g, int64(maxWeight))
		}
		k.add(g, w.Int64())
	}
	if !limit.IsInt64() || limit.Int64() > maxWeight {
		return fmt.Errorf("scale × cost is above %d", int64(maxWeight))
	}
	return k.atMost(limit.Int64())
}

// maxWeight keeps sums over one host within 64 bits.
const maxWeight = 1 << 56

// hostCost is what a host of the type costs by the first objective.
func hostCost(in *Instance, t int) int64 {
	o := in.Problem.Minimise
	if len(o) == 0 {
		return 1
	}
	if o[0].Host == nil {
		return 0
	}
	return o[0].Host[t]
}

// loadCost is what a member of group g costs as load on a host of type t.
func loadCost(p *pack.Problem, g, t int) *big.Int {
	sum := new(big.Int)
	if len(p.Minimise) == 0 || p.Minimise[0].Load == nil || p.Minimise[0].Load[t] == nil {
		return sum
	}
	times := max(1, p.Times)
	for i, v := range p.Groups[g].Demand {
		sum.Add(sum, product(v, p.Minimise[0].Load[t][i/times]))
	}
	return sum
}
