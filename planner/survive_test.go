package planner_test

import (
	"fmt"
	"slices"
	"testing"

	"sobre/inventory"
	"sobre/planner/plan"
)

// room makes an estate of hypervisors of the given memory, in GiB, and of guests
// of the given memory, which run on the first host.
func room(hosts, guests []float64) *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version, Name: "room", Sites: []inventory.Site{{Name: "hall", Country: "FR", PUE: 1.6}}}
	e.Clusters = []inventory.Cluster{{ID: "a"}}
	for n, gib := range hosts {
		e.Hosts = append(e.Hosts, inventory.Host{
			ID: fmt.Sprintf("esx-%d", n), Role: inventory.Hypervisor, Cluster: "a", Site: "hall", Year: 2014, Memory: inventory.GiB(gib),
			CPU: inventory.CPU{Model: "Intel Xeon E5-2680", Sockets: 2, Cores: 64, Threads: 128, Clock: inventory.MHz(2700)},
		})
	}
	for n, gib := range guests {
		e.Workloads = append(e.Workloads, inventory.Workload{
			ID: fmt.Sprintf("vm-%d", n), Kind: inventory.VM, Host: "esx-0", Cluster: "a", VCPUs: 1, Memory: inventory.GiB(gib),
			Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(2), P95: inventory.PercentLevel(5)}},
		})
	}
	return e
}

// all is the policy that fills hosts to the brim, so that sums are easy.
func brim(survive plan.Survive) plan.Policy {
	return plan.Policy{Memory: plan.MemoryPolicy{Headroom: inventory.Percent(0.001)}, Survive: &survive}
}

func repeat(gib float64, n int) []float64 { return slices.Repeat([]float64{gib}, n) }

func TestMixedHostsSurviveWithTheFewest(t *testing.T) {
	// 256 GiB of guests. The two hosts of 257 GiB would be one and one that
	// stands by: with the other four, of 100 GiB, no failure needs more.
	e := room([]float64{257, 100, 100, 100, 100, 257}, repeat(16, 16))
	p := makePlan(t, e, nil, brim(plan.Survive{Hosts: 1}))
	if p.Status != plan.Optimal || p.After.Hosts != 2 {
		t.Errorf("status %s, %d hosts, bound %d; want optimal, 2", p.Status, p.After.Hosts, p.Bound.Hosts)
	}
	// One big host only: it may fail, so that the others must hold everything.
	e = room([]float64{257, 100, 100, 100, 100}, repeat(16, 16))
	p = makePlan(t, e, nil, brim(plan.Survive{Hosts: 1}))
	if p.Status != plan.Optimal || p.After.Hosts != 4 || len(p.Failover.Lost) > 0 {
		t.Errorf("status %s, %d hosts, bound %d, lost %v; want optimal, 4", p.Status, p.After.Hosts, p.Bound.Hosts, p.Failover.Lost)
	}
}

func TestRoomIsLeftOnAllHostsWhereNoneCanStandBy(t *testing.T) {
	// A pinned guest on each host keeps it in service; none can be empty.
	e := room(repeat(101, 4), repeat(10, 24))
	for n := range 4 {
		e.Workloads[n].Host = fmt.Sprintf("esx-%d", n)
		e.Workloads[n].Pins = []inventory.Pin{{Kind: inventory.PinUSB}}
	}
	p := makePlan(t, e, nil, brim(plan.Survive{Hosts: 1}))
	if p.Status != plan.Optimal || p.After.Hosts != 4 {
		t.Errorf("status %s, %d hosts, lost %v; want optimal, 4", p.Status, p.After.Hosts, p.Failover.Lost)
	}
}

func TestAChassisMayFail(t *testing.T) {
	e := room(repeat(101, 8), repeat(10, 20))
	for n := range e.Hosts {
		e.Hosts[n].Chassis, e.Hosts[n].Slot = fmt.Sprintf("enc-%d", n/4), n%4+1
	}
	e.Chassis = []inventory.Chassis{{ID: "enc-0", Slots: 4}, {ID: "enc-1", Slots: 4}}
	p := makePlan(t, e, nil, brim(plan.Survive{Chassis: 1}))
	// 200 GiB: two hosts in each of the two enclosures.
	if p.Status != plan.Optimal || p.After.Hosts != 4 || p.Failover.Chassis != 2 || len(p.Failover.Lost) > 0 {
		t.Errorf("status %s, %d hosts, bound %d, failover %+v; want optimal, 4", p.Status, p.After.Hosts, p.Bound.Hosts, p.Failover)
	}
	in := map[string]int{}
	for _, h := range p.Hosts {
		if h.State == plan.Keep {
			in[h.Chassis]++
		}
	}
	if in["enc-0"] != 2 || in["enc-1"] != 2 {
		t.Errorf("hosts by chassis: %v", in)
	}
}

func TestWhatMayStopMakesRoom(t *testing.T) {
	e := room(repeat(101, 4), repeat(10, 20))
	for n := range 10 {
		e.Workloads[n].Labels = map[string]string{"env": "test"}
	}
	p := makePlan(t, e, nil, brim(plan.Survive{Hosts: 1}))
	if p.After.Hosts != 3 {
		t.Errorf("%d hosts when all must run, want 3", p.After.Hosts)
	}
	p = makePlan(t, e, nil, brim(plan.Survive{Hosts: 1, MayStop: []string{"env=test"}}))
	if p.Status != plan.Optimal || p.After.Hosts != 2 || len(p.Failover.Lost) > 0 {
		t.Errorf("status %s, %d hosts, bound %d, lost %v; want optimal, 2", p.Status, p.After.Hosts, p.Bound.Hosts, p.Failover.Lost)
	}
	stopped := 0
	for _, ids := range p.Failover.Stopped {
		stopped += len(ids)
	}
	if stopped == 0 {
		t.Error("nothing stops, and two hosts cannot hold all when one fails")
	}
}

func TestAsManyHostsAsThePolicyWants(t *testing.T) {
	e := room(repeat(101, 5), repeat(10, 5))
	policy := brim(plan.Survive{})
	policy.Hosts.Min = 3
	if p := makePlan(t, e, nil, policy); p.After.Hosts != 3 || p.Status == plan.Infeasible {
		t.Errorf("%d hosts, %s; want 3", p.After.Hosts, p.Status)
	}
	policy.Hosts.Max = 2
	if p := makePlan(t, e, nil, policy); p.Status != plan.Infeasible {
		t.Errorf("%d hosts, %s; want infeasible: more than 2", p.After.Hosts, p.Status)
	}
}
