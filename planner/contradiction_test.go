package planner_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/planner/plan"
)

func TestContradictionsAreTheSmallest(t *testing.T) {
	beside := []inventory.Rule{ // can all be kept
		{Name: "spread", AtMost: 3, Of: []string{"vm-*"}},
		{Name: "home", Only: []string{"vm-5"}, Hosts: []string{"esx-2"}},
		{Name: "pair", Together: []string{"vm-6", "vm-7"}},
	}
	tests := []struct {
		name      string
		rules     []inventory.Rule
		want      []string
		workloads []string
	}{
		{"apart and together", []inventory.Rule{
			{Name: "apart", Apart: []string{"vm-0", "vm-1", "vm-2"}}, {Name: "together", Together: []string{"vm-0", "vm-1"}},
		}, []string{"apart", "together"}, []string{"vm-0", "vm-1"}},
		{"only and never", []inventory.Rule{
			{Name: "only", Only: []string{"vm-0"}, Hosts: []string{"esx-0", "esx-1"}}, {Name: "never", Never: []string{"vm-*"}, Hosts: []string{"esx-0"}},
			{Name: "nor", Never: []string{"vm-0"}, Hosts: []string{"esx-1"}},
		}, []string{"never", "nor", "only"}, []string{"vm-0"}},
		{"more than hosts", []inventory.Rule{{Name: "all apart", Apart: []string{"vm-0", "vm-1", "vm-2", "vm-3", "vm-4"}}},
			[]string{"all apart"}, []string{"vm-0", "vm-1", "vm-2", "vm-3", "vm-4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := room(repeat(101, 4), repeat(10, 10))
			p := makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Rules: slices.Concat(beside, tt.rules)})
			if p.Status != plan.Infeasible || len(p.Contradictions) != 1 {
				t.Fatalf("status %s, unplaced %v, contradictions %+v", p.Status, p.Unplaced, p.Contradictions)
			}
			c := p.Contradictions[0]
			slices.Sort(c.Rules)
			if diff := cmp.Diff(tt.want, c.Rules); diff != "" {
				t.Errorf("rules: %s", diff)
			}
			if diff := cmp.Diff(tt.workloads, c.Workloads); diff != "" {
				t.Errorf("workloads: %s", diff)
			}
		})
	}
}

func TestSoftRulesAreKeptWhereTheyCostNothing(t *testing.T) {
	e := room(repeat(101, 4), repeat(10, 15))
	soft := inventory.Rule{Name: "wish", Soft: true, Apart: []string{"vm-0", "vm-1"}}
	p := makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Rules: []inventory.Rule{soft}})
	if p.After.Hosts != 2 || p.Rules[0].Broken {
		t.Errorf("%d hosts, %+v; want 2, kept", p.After.Hosts, p.Rules)
	}
	// Three apart need a third host, which the wish is not worth; a price is.
	soft.Apart = []string{"vm-0", "vm-1", "vm-2"}
	p = makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Rules: []inventory.Rule{soft}})
	if p.After.Hosts != 2 || !p.Rules[0].Broken {
		t.Errorf("%d hosts, %+v; want 2, broken", p.After.Hosts, p.Rules)
	}
	soft.Price = inventory.MakeMoney(100_000, "EUR")
	p = makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Rules: []inventory.Rule{soft}})
	if p.After.Hosts != 3 || p.Rules[0].Broken {
		t.Errorf("%d hosts, %+v; want 3, kept", p.After.Hosts, p.Rules)
	}
	soft.Price = inventory.MakeMoney(1, "EUR")
	p = makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Rules: []inventory.Rule{soft}})
	if p.After.Hosts != 2 || !p.Rules[0].Broken {
		t.Errorf("%d hosts, %+v; want 2, broken", p.After.Hosts, p.Rules)
	}
}

func TestSoftStayDoesNotKeepAHostOutOfService(t *testing.T) {
	e := room(repeat(101, 3), repeat(10, 4))
	e.Hosts[0].State = inventory.HostMaintenance
	for _, retire := range [][]string{nil, {"esx-1"}} {
		e.Workloads[1].Host = "esx-1"
		stay := inventory.Rule{Soft: true, Stay: []string{"vm-0", "vm-1"}}
		p := makePlan(t, e, nil, plan.Policy{Survive: &plan.Survive{}, Hosts: plan.HostPolicy{Retire: retire}, Rules: []inventory.Rule{stay}})
		if len(p.Unplaced) > 0 || p.After.Hosts != 1 || !p.Rules[0].Broken {
			t.Errorf("%d hosts, %+v; want 1, broken", p.After.Hosts, p.Rules)
		}
	}
}
