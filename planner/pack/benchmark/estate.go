package benchmark

import (
	"cmp"
	"context"
	"slices"

	"sobre/planner/pack"
)

// estate is a packing under construction, for the baselines.
type estate struct {
	ctx   context.Context
	p     *pack.Problem
	times int
	rules *rules
	scale []float64 // per resource, the largest capacity: sizes are shares of it
	stock []int     // hosts left per type, or pack.Unlimited
	hosts []*open
}

// open is a host in use.
type open struct {
	t    int
	free []int64 // per resource and time
	room float64 // sum of free as shares of the largest host
	on   map[int]int
	n    int // members
}

func newEstate(ctx context.Context, p *pack.Problem) *estate {
	e := &estate{ctx: ctx, p: p, times: max(1, p.Times), rules: newRules(p), scale: make([]float64, p.Dims)}
	for _, t := range p.Types {
		e.stock = append(e.stock, t.Stock)
		for d, c := range t.Capacity {
			e.scale[d] = max(e.scale[d], float64(c))
		}
	}
	return e
}

// volume is the sum over resources and times of a demand, in shares of the
// largest capacity and mean over time.
func (e *estate) volume(demand []int64) float64 {
	sum := 0.0
	for i, v := range demand {
		if s := e.scale[i/e.times]; s > 0 {
			sum += float64(v) / s
		}
	}
	return sum / float64(e.times)
}

// price is what a host of a type costs by the first objective.
func (e *estate) price(t int) float64 {
	if len(e.p.Minimise) == 0 {
		return 1
	}
	if e.p.Minimise[0].Host == nil {
		return 0
	}
	return float64(e.p.Minimise[0].Host[t])
}

// outside tells whether a type charges for load: it then stands for leaving
// items out, which a packing rule does only when nothing else is left.
func (e *estate) outside(t int) bool {
	return len(e.p.Minimise) > 0 && e.p.Minimise[0].Load != nil && slices.Max(e.p.Minimise[0].Load[t]) > 0
}

func (e *estate) fits(h *open, g int) bool {
	group := &e.p.Groups[g]
	for i, v := range group.Demand {
		if v > h.free[i] {
			return false
		}
	}
	return allowed(group, h.t) && e.rules.allowOn(h.on, g)
}

func (e *estate) put(h *open, g int) { e.move(h, g, 1) }

func (e *estate) take(h *open, g int) { e.move(h, g, -1) }

func (e *estate) move(h *open, g, n int) {
	demand := e.p.Groups[g].Demand
	for i, v := range demand {
		h.free[i] -= int64(n) * v
	}
	h.room -= float64(n) * e.volume(demand)
	h.n += n
	if h.on[g] += n; h.on[g] == 0 {
		delete(h.on, g)
	}
}

// open starts a host for a member of g, of the type that costs least for its
// volume, the larger on a tie; nil when there is none.
func (e *estate) open(g int) *open {
	best := -1
	for t := range e.p.Types {
		if e.stock[t] == 0 || !allowed(&e.p.Groups[g], t) || !holds(e.p.Types[t].Capacity, e.p.Groups[g].Demand) {
			continue
		}
		if best < 0 || e.better(t, best) {
			best = t
		}
	}
	if best < 0 {
		return nil
	}
	if e.stock[best] > 0 {
		e.stock[best]--
	}
	h := &open{t: best, free: make([]int64, e.p.Dims*e.times), on: map[int]int{}}
	for i := range h.free {
		h.free[i] = e.p.Types[best].Capacity[i/e.times]
	}
	h.room = e.volume(h.free)
	e.hosts = append(e.hosts, h)
	return h
}

func (e *estate) better(a, b int) bool {
	if x, y := e.outside(a), e.outside(b); x != y {
		return y
	}
	va, vb := e.size(a), e.size(b)
	if c := cmp.Compare(e.price(a)*vb, e.price(b)*va); c != 0 {
		return c < 0
	}
	return va > vb
}

func (e *estate) size(t int) float64 {
	sum := 0.0
	for d, c := range e.p.Types[t].Capacity {
		if e.scale[d] > 0 {
			sum += float64(c) / e.scale[d]
		}
	}
	return sum
}

// meanSizes gives, per group and resource, the size as a share of the largest
// host, mean over time, and the total over all members.
func (e *estate) meanSizes() ([][]float64, []float64) {
	mean, total := make([][]float64, len(e.p.Groups)), make([]float64, e.p.Dims)
	for g, group := range e.p.Groups {
		mean[g] = make([]float64, e.p.Dims)
		for i, v := range group.Demand {
			if d := i / e.times; e.scale[d] > 0 {
				mean[g][d] += float64(v) / e.scale[d] / float64(e.times)
			}
		}
		for d := range total {
			total[d] += mean[g][d] * float64(group.Count)
		}
	}
	return mean, total
}

func (e *estate) meanRoom(h *open, room []float64) {
	for d := range room {
		room[d] = 0
	}
	for i, v := range h.free {
		if d := i / e.times; e.scale[d] > 0 {
			room[d] += float64(v) / e.scale[d] / float64(e.times)
		}
	}
}

// cpu is the CPU load on a host (the first resource), mean over time, as a
// share of its capacity.
func (e *estate) cpu(h *open) float64 {
	capacity := float64(e.p.Types[h.t].Capacity[0])
	if capacity == 0 {
		return 0
	}
	free := 0.0
	for _, v := range h.free[:e.times] {
		free += float64(v)
	}
	return 1 - free/float64(e.times)/capacity
}

// groupsOn lists the groups on a host in order.
func (h *open) groupsOn() []int {
	list := make([]int, 0, len(h.on))
	for g := range h.on {
		list = append(list, g)
	}
	slices.Sort(list)
	return list
}

func (e *estate) result(method string) *pack.Result {
	r := &pack.Result{Method: method}
	placed := make([]int, len(e.p.Groups))
	cost := int64(0)
	for _, h := range e.hosts {
		if h.n == 0 {
			continue
		}
		host := pack.Host{Type: h.t, Count: 1}
		cost += int64(e.price(h.t))
		for _, g := range h.groupsOn() {
			host.Content = append(host.Content, pack.Share{Index: g, Count: h.on[g]})
			placed[g] += h.on[g]
			if e.outside(h.t) {
				cost += loadCost(e.p, g, h.t).Int64() * int64(h.on[g])
			}
		}
		r.Hosts = append(r.Hosts, host)
	}
	for g, n := range placed {
		if missing := e.p.Groups[g].Count - n; missing > 0 {
			r.Unplaced = append(r.Unplaced, pack.Share{Index: g, Count: missing})
		}
	}
	r.Values = []int64{cost}
	return r
}
