package verify

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// hours is how many hours CPU is counted at: 168 where a planned workload has
// a profile of a week, 24 where one has a day, else 1.
func (w *world) hours() int {
	most := 1
	if w.policy.CPU.Use != plan.Profiled {
		return most
	}
	for _, i := range w.items {
		if i.excluded == "" {
			most = max(most, i.profileHours())
		}
	}
	return most
}

func (i *item) profileHours() int {
	switch n := len(i.Profile.CPU); n {
	case 24, 168:
		return n
	}
	return 0
}

// needAt is the CPU work of a workload at one hour: as its profile says, a day
// repeating through the week; without one the 95th percentile at every hour.
func (w *world) needAt(i *item, hour int) float64 {
	if i.idle {
		return 0
	}
	level := w.level(i, "p95")
	if n := i.profileHours(); n > 0 {
		level = i.Profile.CPU[hour%n]
		if !level.Known() {
			level = inventory.PercentLevel(w.policy.Unknown.CPU.Value())
		}
	}
	return w.work(i, level) * w.overhead(i) * w.growth(i)
}

// shownOf is a figure for each resource that the plan lists, of CPU the largest
// of all hours.
func (w *world) shownOf(figures []float64) []float64 {
	list := append([]float64(nil), figures[:w.shown]...)
	for _, v := range figures[w.shown:] {
		list[0] = max(list[0], v)
	}
	return list
}

// checkHours sees that the plan counts the profiles that there are.
func (w *world) checkHours(r *recorder) {
	h := w.plan.Hours
	if h == nil {
		return
	}
	profiles, hours := 0, 0
	for _, i := range w.items {
		if n := i.profileHours(); n > 0 {
			profiles++
			hours = max(hours, n)
		}
	}
	if h.Profiles != profiles || h.Hours != hours {
		r.broke("hours", "", "the plan counts %d profiles of %d hours, there are %d of %d", h.Profiles, h.Hours, profiles, hours)
	}
	if h.Frees != h.PeakHosts-w.plan.After.Hosts {
		r.broke("hours", "", "the plan says that counting by the hour frees %d hosts, %d less %d is not that", h.Frees, h.PeakHosts, w.plan.After.Hosts)
	}
	r.unchecked("the plan by peaks that counting by the hour is compared with (%d hosts)", h.PeakHosts)
}
