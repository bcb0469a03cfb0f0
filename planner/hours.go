package planner

import (
	"context"

	"sobre/inventory"
	"sobre/planner/plan"
)

// flatMeasure stands in for a workload without a profile where the policy
// counts by the hour.
const flatMeasure = plan.Measure("p95")

// hoursOf is how many hours a profile has, 24 or 168; 0 for none that counts.
func hoursOf(w *inventory.Workload) int {
	if n := len(w.Profile.CPU); n == 24 || n == 168 {
		return n
	}
	return 0
}

// hours is how many hours the plan counts: 168 where any workload that takes
// part has a week, else 24; 1 where the policy does not ask or none has any.
func (s *survey) hours() int {
	hours := 1
	if s.policy.CPU.Use != plan.Profiled || s.trial.peaks {
		return hours
	}
	for i := range s.items {
		for _, w := range s.items[i].workloads {
			hours = max(hours, hoursOf(w))
		}
	}
	return hours
}

// listHours adds CPU once more for each further hour, behind all others.
func (s *survey) listHours() {
	s.shown = len(s.resources)
	for hour := 1; hour < s.hours(); hour++ {
		r := s.resources[cpuResource]
		r.hour = hour
		s.resources = append(s.resources, r)
	}
}

// cpuHours lists the resources that are CPU at some hour.
func (s *survey) cpuHours() []int {
	list := []int{cpuResource}
	for d := s.shown; d < len(s.resources); d++ {
		list = append(list, d)
	}
	return list
}

// cpuAt is the work of a workload in one hour, before growth. A day repeats
// through the week.
func (s *survey) cpuAt(w *inventory.Workload, hour int) float64 {
	n := hoursOf(w)
	switch {
	case s.policy.CPU.Use != plan.Profiled:
		return s.cpuDemand(w)
	case s.trial.peaks:
		return s.busiest(w)
	case n == 0 && hour > 0:
		return s.needs[w.ID][cpuResource] / s.growth(w)
	case n == 0:
		return s.flatDemand(w, flatMeasure)
	}
	return s.workAt(w, hour%n)
}

// workAt is the work that a profile says for one of its hours.
func (s *survey) workAt(w *inventory.Workload, hour int) float64 {
	level := w.Profile.CPU[hour]
	if !level.Known() {
		level = inventory.PercentLevel(s.policy.Unknown.CPU.Value())
	}
	return s.work(w, level) * s.overhead(w)
}

// busiest is the work in the busiest hour of a profile.
func (s *survey) busiest(w *inventory.Workload) float64 {
	if hoursOf(w) == 0 {
		return s.flatDemand(w, flatMeasure)
	}
	most := 0.0
	for hour := range w.Profile.CPU {
		most = max(most, s.workAt(w, hour))
	}
	return most
}

// shownOf is a figure for each resource that the plan lists: of CPU that of the
// busiest hour.
func (s *survey) shownOf(figures []float64) []float64 {
	list := append([]float64(nil), figures[:s.shown]...)
	for _, d := range s.cpuHours() {
		list[cpuResource] = max(list[cpuResource], figures[d])
	}
	return list
}

// compareWithPeaks says how many hosts planning by the hour frees.
func compareWithPeaks(ctx context.Context, in Input, o Options, p *plan.Plan) error {
	if p.Policy.CPU.Use != plan.Profiled || ctx.Err() != nil {
		return nil
	}
	h := &plan.Hours{}
	for i := range in.Estate.Workloads {
		if n := hoursOf(&in.Estate.Workloads[i]); n > 0 {
			h.Hours = max(h.Hours, n)
			h.Profiles++
		}
	}
	if h.Profiles == 0 {
		p.Findings = append(p.Findings, inventory.Finding{
			Code: "no-profiles", Severity: inventory.Warning,
			What: "the policy counts CPU by the hour, and no workload has a profile", Do: "add profiles, or set cpu.use to another measure",
		})
		return nil
	}
	peaks, err := makeWith(ctx, in, o, trial{peaks: true})
	if err != nil {
		return err
	}
	h.PeakHosts, h.PeakBound = peaks.After.Hosts, peaks.Bound.Hosts
	h.Frees = h.PeakHosts - p.After.Hosts
	p.Hours = h
	return nil
}
