package verify

import "math"

// checkFigures recomputes what the plan says that each workload needs and each
// host offers, where it says so.
func (w *world) checkFigures(r *recorder) {
	facts := 0
	for n := range w.plan.Placements {
		p := &w.plan.Placements[n]
		i := w.byItem[p.Workload]
		if i == nil {
			continue
		}
		if p.Demand != nil {
			facts++
			w.compareFigures("demand", i.ID, p.Demand, w.shownOf(i.demand), r)
		}
		if p.Demand != nil && p.Service != i.Service {
			r.broke("placement-service", i.ID, "the plan says that it serves %s, the estate says %s", quote(p.Service), quote(i.Service))
		}
	}
	for _, h := range w.hosts {
		if h.planned != nil && h.planned.Capacity != nil {
			facts++
			w.compareFigures("capacity", h.id, h.planned.Capacity, w.offers(h)[:w.shown], r)
		}
	}
	r.checked("figures", facts)
}

// offers is what a host has, -1 where no limit is known.
func (w *world) offers(h *host) []float64 {
	list := make([]float64, len(w.names))
	for d, name := range w.names {
		list[d] = h.capacity[d]
		unknown := name != disk && h.capacity[d] == 0 && d < w.counted()
		if math.IsInf(list[d], 1) || unknown {
			list[d] = -1
		}
	}
	return list
}

// counted is where the countable resources begin.
func (w *world) counted() int {
	for d, name := range w.names {
		if name == disk {
			return d + 1
		}
	}
	return len(w.names)
}

func (w *world) compareFigures(code, subject string, got, want []float64, r *recorder) {
	if len(got) != len(want) {
		r.broke(code, subject, "the plan gives %d figures for %d resources", len(got), len(want))
		return
	}
	for d, name := range w.names[:w.shown] {
		slack := 1e-3*math.Abs(want[d]) + 0.01
		if name == memory || name == memoryUsed || name == memoryAllocated || name == disk {
			slack++
		}
		if math.Abs(got[d]-want[d]) > slack {
			r.broke(code, subject, "the plan says %s of %s, it is %s", number(got[d]), name, number(want[d]))
		}
	}
}
