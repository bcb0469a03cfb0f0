package verify

import "math"

// checkLimits sees that no host is over what it may hold, except by what stays
// on it, and that nothing is added where it is.
func (w *world) checkLimits(r *recorder) {
	facts := 0
	for _, h := range w.hosts {
		if !h.after() || h.estate == nil && h.model == nil {
			continue
		}
		sum := w.filled(h)
		for d := range w.names {
			facts++
			if over := w.over(h, d, sum[d]); over != "" {
				r.broke("over-limit", h.id, "%s", over)
			}
		}
	}
	r.checked("limits", facts)
	if n := w.unlimited(); n > 0 {
		r.unchecked("CPU of %d hosts: their capacity is unknown", n)
	}
}

func (w *world) unlimited() int {
	n := 0
	for _, h := range w.hosts {
		if h.after() && len(h.content) > 0 && h.work == 0 {
			n++
		}
	}
	return n
}

// filled sums the demand on a host per resource. A physical server on its own
// host weighs nothing: it is always within its limits.
func (w *world) filled(h *host) []float64 {
	sum := make([]float64, len(w.names))
	for _, i := range h.content {
		if !i.ownHost() {
			add(sum, i.demand)
		}
	}
	return sum
}

// ownHost tells whether the plan leaves a physical server where it is.
func (i *item) ownHost() bool { return i.physical() && i.at != nil && i.at == i.home }

// floor is what stays on a host needs of one resource, moved or not.
func (h *host) floor(d int) float64 {
	sum := 0.0
	for _, i := range h.stays {
		if !i.physical() {
			sum += i.demand[d]
		}
	}
	return sum
}

// over says that a sum is over the limit of a host in one resource, or
// nothing. What stays may be over; then nothing may be added to it.
func (w *world) over(h *host, d int, sum float64) string {
	limit := h.room[d]
	if h.estate != nil && !h.takes {
		return "" // it holds no more than it does today: checkPlacement sees to that
	}
	if w.fits(d, sum, limit) {
		return ""
	}
	if floor := h.floor(d); floor > limit {
		if w.fits(d, sum, floor) {
			return ""
		}
		return w.names[d] + ": what stays needs " + number(floor) + " of " + number(limit) + " already, and the plan adds up to " + number(sum)
	}
	return w.names[d] + ": " + number(sum) + " of " + number(limit)
}

func add(sum, more []float64) {
	for d := range sum {
		sum[d] += more[d]
	}
}

// checkLoads recomputes the loads that the plan prints for every host.
func (w *world) checkLoads(r *recorder) {
	const tolerance = 1e-3 // loads are shown in percent
	facts := 0
	for _, h := range w.hosts {
		if !h.after() {
			continue
		}
		sum := w.shownOf(w.everything(h))
		for d, name := range w.names[:w.shown] {
			got, ok := h.planned.Load[name]
			if !ok || h.capacity[d] == 0 || math.IsInf(h.capacity[d], 1) {
				continue
			}
			facts++
			if want := sum[d] / h.capacity[d]; math.Abs(got-want) > tolerance*max(1, want) {
				r.broke("load", h.id, "the plan says that %s is %s full, it is %s", name, percent(got), percent(want))
			}
		}
		facts++
		if want := w.meanLoad(h); math.Abs(h.planned.MeanCPU-want) > tolerance {
			r.broke("load", h.id, "the plan says that its CPU is %s busy on average, it is %s", percent(h.planned.MeanCPU), percent(want))
		}
	}
	r.checked("loads", facts)
}

// everything sums all demand on a host, that of a physical server on its own
// host too, which brings no disk along.
func (w *world) everything(h *host) []float64 {
	sum := w.filled(h)
	for _, i := range h.content {
		if !i.ownHost() {
			continue
		}
		for d, name := range w.names {
			switch name {
			case cpu:
				sum[d] += i.demand[d] / w.overhead(i)
			case disk:
			default:
				sum[d] += i.demand[d]
			}
		}
	}
	return sum
}

// meanLoad is the mean CPU load of a host after the plan, 0 to 1.
func (w *world) meanLoad(h *host) float64 {
	work, runs := 0.0, false
	for _, i := range h.content {
		runs = runs || i.running()
		if i.ownHost() {
			work += i.mean
		} else {
			work += i.mean * w.overhead(i)
		}
	}
	return w.loadOf(h, work, runs)
}
