package pack_test

import (
	"slices"

	"sobre/planner/pack"
)

// brute finds the lexicographically least objectives of a small problem by
// trying every host for every workload; nil: not everything can be placed.
type brute struct {
	p       *pack.Problem
	hosts   []int   // type of each host
	members []int   // group of each workload
	pin     []int   // host of each workload, or -1
	content [][]int // per host, members of each group
	best    []int64
}

func bruteForce(p *pack.Problem) []int64 {
	b := &brute{p: p}
	n := 0
	for _, g := range p.Groups {
		n += g.Count
	}
	first := make([]int, len(p.Types))
	for t, typ := range p.Types {
		first[t] = len(b.hosts)
		stock := typ.Stock
		if stock == pack.Unlimited {
			stock = n
		}
		for range min(stock, n) {
			b.hosts = append(b.hosts, t)
		}
	}
	for g, grp := range p.Groups {
		loose := grp.Count
		for _, f := range grp.Fixed {
			loose -= f.Count
			for range f.Count {
				b.members = append(b.members, g)
				b.pin = append(b.pin, first[f.Index])
			}
		}
		for range loose {
			b.members = append(b.members, g)
			b.pin = append(b.pin, -1)
		}
	}
	for range b.hosts {
		b.content = append(b.content, make([]int, len(p.Groups)))
	}
	b.place(0)
	return b.best
}

func (b *brute) place(i int) {
	if i == len(b.members) {
		values := evaluate(b.p, b.result())
		if b.best == nil || slices.Compare(values, b.best) < 0 {
			b.best = values
		}
		return
	}
	g, empty := b.members[i], map[int]bool{}
	for h, t := range b.hosts {
		if b.pin[i] >= 0 && b.pin[i] != h {
			continue
		}
		if slices.Max(b.content[h]) == 0 {
			if empty[t] {
				continue
			}
			empty[t] = true
		}
		b.content[h][g]++
		if hostProblem(b.p, t, b.content[h]) == "" {
			b.place(i + 1)
		}
		b.content[h][g]--
	}
}

func (b *brute) result() []pack.Host {
	var hosts []pack.Host
	for h, t := range b.hosts {
		host := pack.Host{Type: t, Count: 1}
		for g, n := range b.content[h] {
			if n > 0 {
				host.Content = append(host.Content, pack.Share{Index: g, Count: n})
			}
		}
		if host.Content != nil {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// hostProblem says which rule a host breaks, if any; fixed placements apart.
func hostProblem(p *pack.Problem, t int, content []int) string {
	times := max(1, p.Times)
	for d := range p.Dims {
		for at := range times {
			used := int64(0)
			for g, n := range content {
				used += int64(n) * p.Groups[g].Demand[d*times+at]
			}
			if used > p.Types[t].Capacity[d] {
				return "over capacity"
			}
		}
	}
	for g, n := range content {
		if n == 0 {
			continue
		}
		grp := &p.Groups[g]
		if grp.Max > 0 && n > grp.Max {
			return "over Max"
		}
		if grp.Allowed != nil && !slices.Contains(grp.Allowed, t) {
			return "not allowed"
		}
	}
	for _, c := range p.Conflicts {
		if content[c.If] > 0 && content[c.Of] > c.Max {
			return "conflict"
		}
	}
	for _, l := range p.Limits {
		n := 0
		for _, g := range l.Groups {
			n += content[g]
		}
		if n > l.Max {
			return "over limit"
		}
	}
	return ""
}

// evaluate computes the objectives from the definitions.
func evaluate(p *pack.Problem, hosts []pack.Host) []int64 {
	minimise := p.Minimise
	if len(minimise) == 0 {
		minimise = []pack.Objective{{Host: slices.Repeat([]int64{1}, len(p.Types))}}
	}
	var values []int64
	for _, o := range minimise {
		values = append(values, evaluateOne(p, &o, hosts))
	}
	return values
}

func evaluateOne(p *pack.Problem, o *pack.Objective, hosts []pack.Host) int64 {
	times, value := max(1, p.Times), int64(0)
	enclosures := map[int]bool{}
	stay := make([]int, len(p.Groups))
	for _, h := range hosts {
		if o.Host != nil {
			value += o.Host[h.Type] * int64(h.Count)
		}
		if e := p.Types[h.Type].Enclosure; e > 0 {
			enclosures[e-1] = true
		}
		for _, s := range h.Content {
			for i, v := range p.Groups[s.Index].Demand {
				if o.Load != nil && o.Load[h.Type] != nil {
					value += int64(h.Count) * int64(s.Count) * v * o.Load[h.Type][i/times]
				}
			}
			for _, start := range p.Groups[s.Index].Start {
				if start.Index == h.Type {
					stay[s.Index] += min(start.Count, s.Count)
				}
			}
		}
	}
	for e, v := range o.Enclosure {
		if enclosures[e] {
			value += v
		}
	}
	for g, v := range o.Move {
		for _, s := range p.Groups[g].Start {
			value += v * int64(s.Count)
		}
		value -= v * int64(stay[g])
	}
	return value
}
