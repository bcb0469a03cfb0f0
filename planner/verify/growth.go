package verify

import "math"

// growth is the factor on CPU work, memory and disk of a workload until the
// plan must still fit.
func (w *world) growth(i *item) float64 { return w.grown(i, w.policy.Growth.Years) }

// grown is that factor after some years: by the rate of its service, else by
// that of all.
func (w *world) grown(i *item, years float64) float64 {
	rate := w.policy.Growth.Rate
	if own, named := w.policy.Growth.Services[i.Service]; named {
		rate = own
	}
	return math.Pow(1+rate.Fraction(), years)
}

// checkGrowth counts again which hosts are over their limits year by year.
func (w *world) checkGrowth(r *recorder) {
	for n, y := range w.plan.Growth {
		today, after := 0, 0
		for _, h := range w.hosts {
			if !h.takes {
				continue
			}
			var runs []*item
			for _, i := range w.items {
				if i.excluded == "" && i.home == h {
					runs = append(runs, i)
				}
			}
			if w.overIn(h, runs, y.Year) {
				today++
			}
			if w.overIn(h, h.content, y.Year) {
				after++
			}
		}
		if y.Year != n || y.TodayOver != today || y.PlanOver != after {
			r.broke("growth", "", "line %d: the plan says year %d, %d hosts over today and %d after, it is %d and %d", n+1, y.Year, y.TodayOver, y.PlanOver, today, after)
		}
	}
	r.checked("growth", len(w.plan.Growth))
}

func (w *world) overIn(h *host, items []*item, year int) bool {
	for d, name := range w.names {
		sum := 0.0
		for _, i := range items {
			need := i.demand[d]
			switch name {
			case cpu, memory, memoryUsed, memoryAllocated, disk:
				need *= w.grown(i, float64(year)) / w.growth(i)
			}
			sum += need
		}
		if !w.fits(d, sum, h.room[d]) {
			return true
		}
	}
	return false
}
