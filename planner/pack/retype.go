package pack

import "slices"

// retyping is what the content of a bin costs on any class.
type retyping struct {
	used    []int64 // per slot
	sum     []int64 // per resource, over all times
	leave   []int64 // per objective: cost of the members that are at home leaving it
	allowed intSet  // classes that may hold all of it
	homes   []int   // types of the Problem, not in use, on which some of it runs today
}

// retyping sums up a bin.
func (p *polisher) retyping(b int) *retyping {
	in, bin := p.in, &p.l.bins[b]
	r := &retyping{
		used:    make([]int64, in.slots),
		sum:     make([]int64, in.problem.Dims),
		leave:   make([]int64, len(in.costs)),
		allowed: newSet(len(in.classes)),
	}
	for s, left := range p.l.room(b) {
		r.used[s] = in.classes[bin.class].capacity[s] - left
	}
	for i := range r.allowed {
		r.allowed[i] = ^uint64(0)
	}
	for _, s := range bin.content {
		grp := &in.groups[s.Index]
		for _, st := range grp.starts {
			if k := in.classOf[st.Index]; p.home[st.Index] < 0 && k >= 0 && k != bin.class && !slices.Contains(r.homes, st.Index) {
				r.homes = append(r.homes, st.Index)
			}
		}
		for d, v := range grp.sum {
			r.sum[d] += int64(s.Count) * v
		}
		for i, w := range grp.allowed {
			r.allowed[i] &= w
		}
		for o := range in.costs {
			if move := in.costs[o].move; move != nil {
				r.leave[o] += move[s.Index] * int64(min(s.Count, p.startIn(s.Index, b)))
			}
		}
	}
	p.meter.spend(int64(len(bin.content)))
	return r
}

// retype puts the content of a bin on another class as long as that lowers the
// objectives.
func (p *polisher) retype(b int) {
	if len(p.in.classes) < 2 || len(p.in.classes[p.l.bins[b].class].fixed) > 0 {
		return
	}
	r := p.retyping(b)
	p.meter.spend(int64(len(p.in.classes)))
	for k := range p.in.classes {
		if p.mayRetype(b, k, anyType, r) {
			r = p.retyping(b)
		}
	}
	for i := 0; i < len(r.homes); i++ {
		p.meter.spend(int64(len(p.l.bins[b].content)))
		if t := r.homes[i]; p.mayRetype(b, p.in.classOf[t], t, r) {
			r, i = p.retyping(b), -1
		}
	}
}

// mayRetype puts the content of a bin on a class, on one of its types if that
// is given, if that lowers the objectives.
func (p *polisher) mayRetype(b, k, on int, r *retyping) bool {
	if k == p.l.bins[b].class || p.l.used[k] >= p.in.stock[k] || !r.allowed.has(k) || len(p.in.classes[k].fixed) > 0 {
		return false
	}
	p.retypeDelta(b, k, r)
	for o := range p.delta {
		if move := p.in.costs[o].move; move != nil && on != anyType {
			for _, s := range p.in.startOn[on] {
				p.delta[o] -= move[s.Index] * int64(min(s.Count, shareOf(p.l.bins[b].content, s.Index)))
			}
		}
	}
	if !lower(p.delta) || !within(r.used, p.in.classes[k].capacity) {
		return false
	}
	p.l.reclass(b, k)
	p.l.bins[b].on = on
	p.index()
	p.made++
	return true
}

// within tells whether no value is above its capacity.
func within(used, capacity []int64) bool {
	for s, v := range used {
		if v > capacity[s] {
			return false
		}
	}
	return true
}

// retypeDelta computes what putting a bin on a class changes. No member is taken
// to be at home there.
func (p *polisher) retypeDelta(b, k int, r *retyping) {
	x := p.l.bins[b].class
	from, to := p.in.classes[x].enclosure, p.in.classes[k].enclosure
	for o := range p.delta {
		t := &p.in.costs[o]
		d := t.host[k] - t.host[x] + r.leave[o]
		if t.enclosure != nil && from != to {
			if p.inUse[to] == 0 {
				d += t.enclosure[to]
			}
			if p.inUse[from] == 1 {
				d -= t.enclosure[from]
			}
		}
		if t.load != nil {
			for i, v := range t.load[k] {
				d += v * r.sum[i]
			}
			for i, v := range t.load[x] {
				d -= v * r.sum[i]
			}
		}
		p.delta[o] = d
	}
}

// reclass puts a bin on another class, where its content fits.
func (l *layout) reclass(b, k int) {
	old := l.bins[b].class
	l.used[old]--
	l.used[k]++
	l.bins[b].class = k
	l.bins[b].on = anyType
	left := l.room(b)
	for s, v := range l.in.classes[k].capacity {
		left[s] += v - l.in.classes[old].capacity[s]
	}
	if l.tight != nil {
		l.take(b, l.bins[b].content[0].Index, 0)
	}
}

// spreads tells whether opening another host can ever lower an objective: it
// can save a load or a move.
func (in *instance) spreads() bool {
	for o := range in.costs {
		if in.costs[o].load != nil || in.costs[o].move != nil {
			return true
		}
	}
	return false
}

// fewClasses is up to how many classes a member is tried on a new host of each.
const fewClasses = 20

// spread moves a member of g from bin a to a host not in use yet, if that
// lowers the objectives: to where it runs today, or to another class.
func (p *polisher) spread(g, a int) {
	for _, s := range p.in.groups[g].starts {
		if k := p.in.classOf[s.Index]; k >= 0 && p.home[s.Index] < 0 && p.openFor(g, a, k, s.Index) {
			return
		}
	}
	if len(p.in.classes) > fewClasses {
		return
	}
	for k := range p.in.classes {
		if k != p.l.bins[a].class && p.openFor(g, a, k, anyType) {
			return
		}
	}
}

// openFor moves a member of g from bin a to a new host of a class, on one of
// its types if that is given, if that lowers the objectives.
func (p *polisher) openFor(g, a, k, on int) bool {
	if p.l.used[k] >= p.in.stock[k] || p.l.bins[a].members < 2 || len(p.in.classes[k].fixed) > 0 {
		return false
	}
	p.meter.spend(1)
	x, e := p.l.bins[a].class, p.in.classes[k].enclosure
	for o := range p.delta {
		t := &p.in.costs[o]
		d := t.host[k]
		if t.enclosure != nil && p.inUse[e] == 0 {
			d += t.enclosure[e]
		}
		if t.load != nil {
			d += p.in.loadCost(o, k, g) - p.in.loadCost(o, x, g)
		}
		if t.move != nil {
			d += t.move[g] * int64(p.leaves(g, a))
			if on != anyType {
				d -= t.move[g]
			}
		}
		p.delta[o] = d
	}
	if !lower(p.delta) || p.in.patternMax(k, g) < 1 {
		return false
	}
	b := p.l.openEmpty(k)
	p.l.bins[b].on = on
	p.l.remove(a, g, 1)
	p.l.put(b, g, 1)
	p.index()
	p.made++
	return true
}
