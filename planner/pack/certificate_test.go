package pack_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sobre/planner/pack"
)

// certified is the bound that a certificate proves, from its definition.
func certified(p *pack.Problem, c *pack.Certificate) int64 {
	sum := new(big.Int)
	add := func(n int, v int64) { sum.Add(sum, new(big.Int).Mul(big.NewInt(int64(n)), big.NewInt(v))) }
	for g, w := range c.Weight {
		add(p.Groups[g].Count, w)
	}
	for t, v := range c.Stock {
		if p.Types[t].Stock > 0 {
			add(-p.Types[t].Stock, v)
		}
	}
	if sum.Sign() <= 0 {
		return 0
	}
	step := costStep(p)
	unit := big.NewInt(c.Scale)
	sum.Add(sum, new(big.Int).Sub(unit, big.NewInt(1))).Div(sum, unit)
	v := sum.Int64()
	return (v + step - 1) / step * step
}

// contradiction says where the packing of a result and its certificate disagree.
func contradiction(p *pack.Problem, r *pack.Result) string {
	c := r.Certificate
	if c == nil || len(r.Unplaced) > 0 {
		return ""
	}
	if got := certified(p, c); got != r.Bound {
		return fmt.Sprintf("the certificate proves %d, the bound is %d (%s)", got, r.Bound, r.Method)
	}
	first := pack.Objective{Host: slices.Repeat([]int64{1}, len(p.Types))}
	if len(p.Minimise) > 0 {
		first = pack.Objective{Host: p.Minimise[0].Host, Load: p.Minimise[0].Load}
	}
	for _, h := range r.Hosts {
		weight := int64(0)
		for _, s := range h.Content {
			weight += int64(s.Count) * c.Weight[s.Index]
		}
		one := h
		one.Count = 1
		if room := c.Scale*evaluateOne(p, &first, []pack.Host{one}) + c.Stock[h.Type]; weight > room {
			return fmt.Sprintf("a host of type %d weighs %d, more than %d (%s)", h.Type, weight, room, r.Method)
		}
	}
	return ""
}

// drawKept draws a problem with hosts kept in use at no cost by what is fixed on them.
func drawKept(t *rapid.T, most int) *pack.Problem {
	number := func(low, high int, what string) int { return rapid.IntRange(low, high).Draw(t, what) }
	p := &pack.Problem{Dims: number(1, 3, "dims"), Minimise: []pack.Objective{{}}}
	kept := number(1, 4, "kept")
	types := kept + number(1, 3, "other")
	for k := range types {
		typ := pack.Type{Stock: 1}
		cost := int64(number(0, 1, "cost"))
		if k >= kept {
			typ.Stock = number(-1, 4, "stock")
			cost = int64(number(0, 3, "cost"))
		}
		for range p.Dims {
			typ.Capacity = append(typ.Capacity, int64(number(20, 60, "capacity")))
		}
		p.Types = append(p.Types, typ)
		p.Minimise[0].Host = append(p.Minimise[0].Host, cost)
	}
	for range number(1, most, "groups") {
		g := pack.Group{Count: number(1, 3, "count")}
		for range p.Dims {
			g.Demand = append(g.Demand, int64(number(0, 25, "demand")))
		}
		if number(0, 2, "is fixed") == 0 {
			g.Fixed = []pack.Share{{Index: number(0, kept-1, "where"), Count: number(1, g.Count, "fixed")}}
			if number(0, 1, "only there") == 0 {
				g.Allowed = []int{g.Fixed[0].Index}
			}
		} else if number(0, 2, "homely") == 0 {
			a := number(0, types-2, "home")
			g.Allowed = []int{a, types - 1}
		}
		p.Groups = append(p.Groups, g)
	}
	if number(0, 3, "loaded") == 0 {
		for range p.Types {
			load := make([]int64, p.Dims)
			for d := range load {
				load[d] = int64(number(0, 1, "load"))
			}
			p.Minimise[0].Load = append(p.Minimise[0].Load, load)
		}
	}
	if number(0, 1, "more") == 0 {
		move := make([]int64, len(p.Groups))
		for g := range move {
			move[g] = 1
		}
		p.Minimise = append(p.Minimise, pack.Objective{Move: move})
	}
	return p
}

// TestCertificateProvesTheBound holds every certificate to the bound beside it,
// no less and no more, and to the packing.
func TestCertificateProvesTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawKept(t, 14)
		r, err := pack.Solve(context.Background(), p, pack.Options{Work: 1_000_000})
		if err != nil {
			t.Fatal(err)
		}
		if what := complaint(p, r); what != "" {
			t.Fatal(what)
		}
		if what := contradiction(p, r); what != "" {
			t.Fatal(what)
		}
	})
}
