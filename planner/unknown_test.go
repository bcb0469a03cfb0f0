package planner_test

import (
	"testing"

	"sobre/inventory"
	"sobre/planner/plan"
)

// TestApartOnAHostOfUnknownSize has two guests that are to be apart run on a
// host that takes nothing: one of them may stay, and that counts in the proof.
func TestApartOnAHostOfUnknownSize(t *testing.T) {
	e := room(repeat(101, 4), repeat(10, 5))
	e.Hosts[0].Memory = inventory.Size{}
	for i := range e.Workloads {
		e.Workloads[i].Host = e.Hosts[min(i/2, 1)].ID
	}
	p := makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Rules: []inventory.Rule{{Apart: []string{"vm-0", "vm-1", "vm-2"}}}})
	if p.Status != plan.Optimal || p.After.Hosts != 3 || p.Bound.Hosts != 3 || len(p.Bound.Certificates) != 1 {
		t.Errorf("%s, %d hosts, bound %+v; want 3, and a certificate", p.Status, p.After.Hosts, p.Bound)
	}
}

// TestBoughtHostOfMergedClusters buys a host for two clusters of other
// processors: it is in neither, and so in no EVC mode.
func TestBoughtHostOfMergedClusters(t *testing.T) {
	e := room(repeat(32, 2), repeat(10, 4))
	e.Clusters = []inventory.Cluster{{ID: "a", EVC: "intel-nehalem"}, {ID: "b"}}
	for i := range e.Hosts {
		e.Hosts[i].Cluster, e.Hosts[i].CPU.Model = e.Clusters[i].ID, "AMD EPYC 7351"
	}
	for i := range e.Workloads {
		e.Workloads[i].Host = e.Hosts[i%2].ID
	}
	p := makePlan(t, e, blades(), plan.Policy{
		Survive: &plan.Survive{}, Clusters: plan.MergeClusters, Hosts: plan.HostPolicy{Retire: []string{"esx-*"}},
	})
	if len(p.Unplaced) > 0 || len(p.Waves) == 0 {
		t.Fatalf("unplaced %v, waves %v", p.Unplaced, p.Waves)
	}
	for _, wave := range p.Waves {
		for _, m := range wave.Moves {
			if m.Kind != plan.Cold {
				t.Errorf("%s moves %s from AMD to Intel", m.Workload, m.Kind)
			}
		}
	}
}

// TestSoftRuleBesideWhatCannotRestart tries a soft rule where money counts
// first and something is lost with its host: a bound on money is no number of
// hosts to search up to.
func TestSoftRuleBesideWhatCannotRestart(t *testing.T) {
	e := room(repeat(101, 1), repeat(10, 3))
	p := makePlan(t, e, blades(), plan.Policy{
		Minimise: []plan.Objective{plan.Cost},
		Rules: []inventory.Rule{
			{Only: []string{"vm-2"}, Hosts: []string{"esx-0"}}, {Soft: true, Apart: []string{"vm-0", "vm-1"}},
		},
	})
	if p.Failover == nil || len(p.Failover.Lost) != 1 {
		t.Errorf("failover %+v; want one workload lost", p.Failover)
	}
}
