package pack

// retyping is what the content of a bin costs on any class.
type retyping struct {
	used    []int64 // per slot
	sum     []int64 // per resource, over all times
	leave   []int64 // per objective: cost of the members that are at home leaving it
	allowed intSet  // classes that may hold all of it
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
		if k == p.l.bins[b].class || p.l.used[k] >= p.in.stock[k] || !r.allowed.has(k) || len(p.in.classes[k].fixed) > 0 {
			continue
		}
		if p.retypeDelta(b, k, r); lower(p.delta) && within(r.used, p.in.classes[k].capacity) {
			p.l.reclass(b, k)
			p.index()
			p.made++
			r = p.retyping(b)
		}
	}
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

// retypeDelta computes what putting a bin on a class changes. Which type of the
// class it gets is not known before chooseTypes, so no member is at home there.
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
