package planner_test

import (
	"testing"

	"sobre/inventory"
	"sobre/planner/plan"
)

func TestGrowthSaysWhenItNoLongerFits(t *testing.T) {
	e := room(repeat(101, 3), repeat(10, 9))
	e.Workloads[0].Service = "GIS"
	growth := plan.Growth{Rate: inventory.Percent(10), Years: 1, Services: map[string]inventory.Share{"GIS": inventory.Percent(100)}}
	p := makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Growth: growth, Memory: plan.MemoryPolicy{Headroom: inventory.Percent(0.001)}})
	// In a year: 8 × 11 GiB and 20 GiB, on two hosts of 101 GiB.
	if p.After.Hosts != 2 || len(p.Growth) == 0 {
		t.Fatalf("%d hosts, growth %+v; want 2", p.After.Hosts, p.Growth)
	}
	if y := p.Growth[0]; y.Year != 0 || y.TodayOver != 0 || y.PlanOver != 0 || y.Short != "" {
		t.Errorf("today: %+v; want nothing over", y)
	}
	if y := p.Growth[1]; y.TodayOver != 1 || y.PlanOver != 0 {
		t.Errorf("in a year: %+v; want today's one host over, none of the plan", y)
	}
	// 80 × 1.1^y + 10 × 2^y GiB: 186 in three years, 277 in four, of 202.
	if last := p.Growth[len(p.Growth)-1]; last.Year != 4 || last.Short != "memory" {
		t.Errorf("last year %+v; want the fourth, short of memory", last)
	}
}

func TestGrowthCountsWhatRunsWhere(t *testing.T) {
	e := room(repeat(101, 3), repeat(30, 6))
	for i := range e.Workloads { // two on each host; the pair that is bound is on different ones
		e.Workloads[i].Host = e.Hosts[i/2].ID
	}
	for i := range 2 { // too much for a host that is out of service: it takes nothing, and is not counted
		e.Workloads[i].Memory = inventory.GiB(60)
	}
	e.Hosts[0].State = inventory.HostMaintenance
	rule := inventory.Rule{Together: []string{"vm-2", "vm-4"}}
	p := makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Growth: plan.Growth{Rate: inventory.Percent(10), Years: 1}, Rules: []inventory.Rule{rule}})
	// 60 GiB on each of the two others today, 90.9 to fill: 96.6 in five years.
	for _, y := range p.Growth {
		if want := 2 * min(1, y.Year/5); y.TodayOver != want {
			t.Errorf("year %d: %d hosts over, want %d", y.Year, y.TodayOver, want)
		}
	}
}
