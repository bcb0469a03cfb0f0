package pack

import (
	"cmp"
	"slices"
)

// chooseTypes puts hosts on the existing hosts of their class so that few
// started members move. Classes on which nobody started keep anyType: their
// types are as good as one another. It only ever changes the cost of moving,
// and never raises it.
func (in *instance) chooseTypes(p *packing) {
	if !in.moves {
		return
	}
	choice := make([]bool, len(in.classes))
	for k := range in.classes {
		choice[k] = len(in.classes[k].fixed) == 0 && slices.ContainsFunc(in.classes[k].types, in.started)
	}
	p.hosts = split(p.hosts, choice)
	hosts := make([][]int, len(in.classes))
	for i := range p.hosts {
		if k := p.hosts[i].class; choice[k] {
			hosts[k] = append(hosts[k], i)
		}
	}
	for k := range hosts {
		if len(hosts[k]) > 0 {
			in.chooseInClass(p, k, hosts[k])
		}
	}
}

func (in *instance) started(t int) bool { return len(in.startOn[t]) > 0 }

// pair is a host of a packing, a type it could stand on, and what that saves.
type pair struct {
	host, typ int
	gain      int64
}

// chooseInClass assigns the hosts of one class greedily, then by exchanges.
func (in *instance) chooseInClass(p *packing, class int, hosts []int) {
	if types := in.classes[class].types; len(types) == 1 && in.problem.Types[types[0]].Stock == 1 {
		p.hosts[hosts[0]].on = types[0]
		return
	}
	was := int64(0)
	for _, h := range hosts {
		was += in.stays(p.hosts[h].content, p.hosts[h].on)
	}
	chosen := in.match(p, hosts, class)
	now := int64(0)
	for i, h := range hosts {
		now += in.stays(p.hosts[h].content, chosen[i])
	}
	if now < was {
		return
	}
	for i, h := range hosts {
		p.hosts[h].on = chosen[i]
	}
}

// split makes stacks of one host each in the classes where there is a choice.
func split(hosts []stack, choice []bool) []stack {
	out := make([]stack, 0, len(hosts))
	for _, h := range hosts {
		if !choice[h.class] || h.count == 1 {
			out = append(out, h)
			continue
		}
		for range h.count {
			one := h
			one.count = 1
			out = append(out, one)
		}
	}
	return out
}

// stays is what the members of a content that started on a type save by staying there.
func (in *instance) stays(content []Share, typ int) int64 {
	if typ == anyType {
		return 0
	}
	saved := int64(0)
	for _, s := range in.startOn[typ] {
		saved += in.moveWeight(s.Index) * int64(min(s.Count, shareOf(content, s.Index)))
	}
	return saved
}

// moveWeight is the cost of moving a member of g in the first objective that
// charges any move.
func (in *instance) moveWeight(g int) int64 {
	for o := range in.costs {
		if in.costs[o].move != nil {
			return in.costs[o].move[g]
		}
	}
	return 0
}

// match assigns hosts to types of their class, best pairs first, then exchanges
// types while that saves more. It returns a type per host, anyType where any
// that is left will do.
func (in *instance) match(p *packing, hosts []int, class int) []int {
	types := in.classes[class].types
	place := map[int]int{} // type → its place in types
	for i, t := range types {
		place[t] = i
	}
	var pairs []pair
	for i, h := range hosts {
		seen := map[int]bool{}
		for _, s := range p.hosts[h].content {
			for _, st := range in.groups[s.Index].starts {
				if at, ok := place[st.Index]; ok && !seen[at] {
					seen[at] = true
					if gain := in.stays(p.hosts[h].content, st.Index); gain > 0 {
						pairs = append(pairs, pair{i, st.Index, gain})
					}
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.gain, a.gain), cmp.Compare(a.host, b.host), cmp.Compare(a.typ, b.typ))
	})
	chosen := make([]int, len(hosts))
	for i := range chosen {
		chosen[i] = anyType
	}
	holder := map[int]int{} // type → place in hosts
	for _, x := range pairs {
		if _, taken := holder[x.typ]; !taken && chosen[x.host] == anyType {
			chosen[x.host] = x.typ
			holder[x.typ] = x.host
		}
	}
	in.exchange(p, hosts, pairs, chosen, holder)
	return chosen
}

// exchange lets a host take a type from its holder, who takes the host's old
// one, while the two save more together.
func (in *instance) exchange(p *packing, hosts []int, pairs []pair, chosen []int, holder map[int]int) {
	const rounds = 8
	for range rounds {
		changed := false
		for _, x := range pairs {
			old := chosen[x.host]
			if old == x.typ {
				continue
			}
			other, held := holder[x.typ]
			before := in.stays(p.hosts[hosts[x.host]].content, old)
			after := x.gain
			if held {
				content := p.hosts[hosts[other]].content
				before += in.stays(content, x.typ)
				after += in.stays(content, old)
			}
			if after <= before {
				continue
			}
			changed = true
			chosen[x.host] = x.typ
			holder[x.typ] = x.host
			delete(holder, old)
			if held {
				chosen[other] = old
				if old != anyType {
					holder[old] = other
				}
			}
		}
		if !changed {
			return
		}
	}
}
