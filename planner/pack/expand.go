package pack

import (
	"cmp"
	"slices"
)

// result puts the best packing into the terms of the Problem.
func (s *search) result() *Result {
	r := &Result{
		Bound:      s.bound,
		Infeasible: s.none,
		Work:       s.meter.spent,
		Cut:        s.stop.Load() && !s.finished && s.meter.spent < s.meter.limit,
		Method:     s.foundBy,
	}
	if s.cert != nil && len(s.in.lost) == 0 {
		r.Certificate = s.in.certificate(s.cert)
	}
	if s.boundBy != "" {
		r.Method += "; bound: " + s.boundBy
	}
	e := newExpansion(s.in, s.best)
	for _, h := range s.best.hosts {
		e.stack(h)
	}
	e.order()
	r.Hosts = e.hosts
	r.Unplaced = e.unplaced(s.best)
	r.Values = s.in.valuesOf(r.Hosts)
	return r
}

// expansion deals inner groups and classes out to those of the Problem.
type expansion struct {
	in    *instance
	hosts []Host
	stock []int // per type of the Problem, what is left; -1: unlimited
	next  []int // per inner group, the part that members come from now
	part  []int // per inner group, what is left of that part
}

func newExpansion(in *instance, p *packing) *expansion {
	e := &expansion{in: in, next: make([]int, len(in.groups)), part: make([]int, len(in.groups))}
	for _, t := range in.problem.Types {
		e.stock = append(e.stock, t.Stock)
	}
	for g := range in.groups {
		e.part[g] = in.groups[g].parts[0].Count
	}
	for _, h := range p.hosts {
		if h.on != anyType && e.stock[h.on] > 0 {
			e.stock[h.on] -= h.count
		}
	}
	return e
}

// stack deals one stack out, as many equal hosts at a time as types and parts allow.
func (e *expansion) stack(h stack) {
	for left := h.count; left > 0; {
		typ, n := h.on, left
		if typ == anyType {
			typ, n = e.draw(h.class, left)
		}
		for _, s := range h.content {
			if len(e.in.groups[s.Index].parts) > 1 {
				n = min(n, max(1, e.part[s.Index]/s.Count))
			}
		}
		if h.on == anyType && e.stock[typ] > 0 {
			e.stock[typ] -= n
		}
		host := Host{Type: typ, Count: n}
		for _, s := range h.content {
			host.Content = e.take(host.Content, s.Index, s.Count, n)
		}
		ascend(host.Content)
		e.hosts = append(e.hosts, host)
		left -= n
	}
}

// draw chooses a type of a class and how many of its hosts to use.
func (e *expansion) draw(class, want int) (typ, n int) {
	for _, t := range e.in.classes[class].types {
		if e.stock[t] == Unlimited {
			return t, want
		}
		if e.stock[t] > 0 {
			return t, min(want, e.stock[t])
		}
	}
	panic("pack: a packing uses more hosts of a class than there are")
}

// take appends count members of an inner group for each of n equal hosts.
func (e *expansion) take(content []Share, g, count, n int) []Share {
	parts := e.in.groups[g].parts
	for count > 0 {
		for e.part[g] == 0 {
			e.next[g]++
			e.part[g] = parts[e.next[g]].Count
		}
		k := count
		if len(parts) > 1 && e.part[g] < count*n {
			k = min(count, e.part[g]) // n is 1 here: see stack
		}
		content = append(content, Share{parts[e.next[g]].Index, k})
		e.part[g] -= k * n
		count -= k
	}
	return content
}

// order sorts the hosts by type and content and joins equal ones.
func (e *expansion) order() {
	slices.SortStableFunc(e.hosts, func(a, b Host) int {
		if c := cmp.Compare(a.Type, b.Type); c != 0 {
			return c
		}
		return slices.CompareFunc(a.Content, b.Content, compareShares)
	})
	joined := e.hosts[:0]
	for _, h := range e.hosts {
		if n := len(joined); n > 0 && joined[n-1].Type == h.Type && slices.Equal(joined[n-1].Content, h.Content) {
			joined[n-1].Count += h.Count
			continue
		}
		joined = append(joined, h)
	}
	e.hosts = joined
}

func compareShares(a, b Share) int {
	return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.Count, b.Count))
}

// unplaced names what is left of every group once the hosts are dealt out.
func (e *expansion) unplaced(p *packing) []Share {
	var out []Share
	for _, list := range [][]Share{p.unplaced, e.in.lost} {
		for _, s := range list {
			out = e.take(out, s.Index, s.Count, 1)
		}
	}
	slices.SortFunc(out, func(a, b Share) int { return cmp.Compare(a.Index, b.Index) })
	merged := out[:0]
	for _, s := range out {
		if n := len(merged); n > 0 && merged[n-1].Index == s.Index {
			merged[n-1].Count += s.Count
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// valuesOf computes the objectives of hosts in the terms of the Problem.
func (in *instance) valuesOf(hosts []Host) []int64 {
	p, times := in.problem, max(in.problem.Times, 1)
	values := make([]int64, len(in.minimise))
	for i := range in.minimise {
		o := &in.minimise[i]
		open := map[int]bool{}
		stayed := make([]int, len(p.Groups))
		for _, h := range hosts {
			if o.Host != nil {
				values[i] += int64(h.Count) * o.Host[h.Type]
			}
			if e := p.Types[h.Type].Enclosure; e > 0 && o.Enclosure != nil && !open[e] {
				open[e] = true
				values[i] += o.Enclosure[e-1]
			}
			for _, s := range h.Content {
				g := &p.Groups[s.Index]
				stayed[s.Index] += min(shareOf(g.Start, h.Type), s.Count)
				for d := 0; o.Load != nil && d < len(o.Load[h.Type]); d++ {
					sum := int64(0)
					for _, v := range g.Demand[d*times : (d+1)*times] {
						sum += v
					}
					values[i] += int64(h.Count) * int64(s.Count) * o.Load[h.Type][d] * sum
				}
			}
		}
		for g := range p.Groups {
			for _, s := range p.Groups[g].Start {
				stayed[g] -= s.Count
			}
			if o.Move != nil {
				values[i] -= int64(stayed[g]) * o.Move[g]
			}
		}
	}
	return values
}
