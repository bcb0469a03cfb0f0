package planner_test

import (
	"testing"

	"sobre/inventory"
	"sobre/planner/plan"
)

// busyAt gives a workload a profile that is busy in some hours only.
func busyAt(w *inventory.Workload, hours int, busy func(hour int) bool) {
	w.Profile.CPU = nil
	for h := range hours {
		level := 5.0
		if busy(h) {
			level = 80
		}
		w.Profile.CPU = append(w.Profile.CPU, inventory.PercentLevel(level))
	}
}

func TestPeaksAtOtherHoursShareAHost(t *testing.T) {
	e := room(repeat(256, 6), repeat(2, 24))
	for n := range e.Workloads {
		w := &e.Workloads[n]
		w.VCPUs = 8
		w.Use = inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(30), P95: inventory.PercentLevel(80)}}
		night := n%2 == 0
		busyAt(w, 24, func(h int) bool { return (h < 8) == night })
	}
	e.Workloads[1].Profile = inventory.Profile{} // counts the same at every hour
	busyAt(&e.Workloads[3], 168, func(h int) bool { return h > 150 })
	policy := plan.Policy{CPU: plan.CPUPolicy{Use: plan.Profiled, VCPUsPerCore: 8, Headroom: inventory.Percent(10)}, Survive: &plan.Survive{}}
	p := makePlan(t, e, nil, policy)
	// 24 guests of 8 vCPUs at 80 %: 154 cores by peaks, 81 by the hour, of 57.6 a host.
	if p.Hours == nil || p.Hours.Hours != 168 || p.Hours.Profiles != 23 {
		t.Fatalf("hours: %+v", p.Hours)
	}
	if p.After.Hosts != 2 || p.Hours.PeakHosts != 3 || p.Hours.Frees != 1 || p.Status != plan.Optimal {
		t.Errorf("%d hosts, %s, %+v; want 2, optimal, 3 by peaks", p.After.Hosts, p.Status, p.Hours)
	}
	if len(p.Resources) != 4 || len(p.Placements[0].Demand) != 4 || len(p.Hosts[0].Capacity) != 4 {
		t.Errorf("%d resources, %d figures of demand, %d of capacity; want 4 of each", len(p.Resources), len(p.Placements[0].Demand), len(p.Hosts[0].Capacity))
	}
	policy.CPU.Use = plan.Max
	if flat := makePlan(t, e, nil, policy); flat.After.Hosts != 3 || flat.Hours != nil {
		t.Errorf("%d hosts by max, %+v; want 3, nothing of hours", flat.After.Hosts, flat.Hours)
	}
}
