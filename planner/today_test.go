package planner_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
)

// TestToday looks at an estate as it stands: what is full, lost, apart or
// nowhere is said, and nothing moves.
func TestToday(t *testing.T) {
	host := func(id string, role inventory.Role, gib float64) inventory.Host {
		return inventory.Host{ID: id, Role: role, Memory: inventory.GiB(gib),
			CPU: inventory.CPU{Model: "Intel Xeon E5-2650 v4", Sockets: 2, Cores: 24, Threads: 48, Clock: inventory.MHz(2200)}}
	}
	guest := func(id, host string, gib, p95 float64) inventory.Workload {
		return inventory.Workload{ID: id, Kind: inventory.VM, Host: host, VCPUs: 12, Memory: inventory.GiB(gib),
			Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(p95 / 2), P95: inventory.PercentLevel(p95)}}}
	}
	estate := &inventory.Estate{
		Version: inventory.Version, Name: "hall", Sites: []inventory.Site{{Name: "hall", Country: "FR"}},
		Hosts: []inventory.Host{host("a", inventory.Hypervisor, 64), host("b", inventory.Hypervisor, 64), host("s", inventory.Standalone, 8), host("empty", inventory.Hypervisor, 32)},
		Workloads: []inventory.Workload{
			guest("v1", "a", 32, 50), guest("v2", "a", 48, 50), guest("v3", "b", 16, 10), guest("new", "", 8, 10),
			{ID: "fax", Kind: inventory.Physical, Host: "s", Use: inventory.Use{CPU: inventory.Stat{P95: inventory.PercentLevel(12)}}},
		},
	}
	estate.Hosts[1].Use.CPU.P95 = inventory.PercentLevel(33) // measured, whatever its guests say
	in := planner.Input{Estate: estate, Policy: plan.Policy{
		Growth: plan.Growth{Rate: inventory.Percent(50), Years: 3}, Hosts: plan.HostPolicy{Retire: []string{"b"}},
	}}
	p, err := planner.Today(in, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	type seen struct {
		State       plan.HostState
		Workloads   int
		CPU, Memory float64
	}
	got := map[string]seen{}
	for _, h := range p.Hosts {
		got[h.ID] = seen{h.State, h.Workloads, h.Load["cpu"], h.Load["memory"]}
	}
	want := map[string]seen{
		"a": {plan.Keep, 2, 0.5, 1.25}, "b": {plan.Keep, 1, 0.33, 0.25},
		"s": {plan.Keep, 1, 0.12, 0}, "empty": {plan.Keep, 0, 0, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(p.Unplaced) != 1 || p.Unplaced[0].Workload != "new" || p.Unplaced[0].Reason != "nowhere" {
		t.Errorf("unplaced: %v", p.Unplaced)
	}
	lost := map[string]string{}
	for _, u := range p.Failover.Lost {
		lost[u.Workload] = u.Reason
	}
	if diff := cmp.Diff(map[string]string{"v2": "no-room"}, lost); diff != "" {
		t.Errorf("lost when one host fails: %s", diff)
	}
	for _, m := range p.Placements {
		if m.From != m.To || m.Kind != "" {
			t.Errorf("%v moves", m)
		}
	}
	if p.Before.Hosts != 4 || p.After.Hosts != 4 || p.Before.Energy.Best <= 0 {
		t.Errorf("before %v, after %v", p.Before, p.After)
	}
}
