package planner_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// town is an estate of standalone servers of 2007, four cores and 8 GiB each.
func town(servers int) *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version, Name: "town", Sites: []inventory.Site{{Name: "hall", Country: "FR", PUE: 1.8}}}
	for i := range servers {
		id := fmt.Sprintf("srv-%02d", i)
		e.Hosts = append(e.Hosts, inventory.Host{
			ID: id, Role: inventory.Standalone, Site: "hall", Year: 2007, Make: "HP", Model: "ProLiant DL380 G5",
			CPU:    inventory.CPU{Model: "Intel Xeon 5160", Sockets: 2, Cores: 4, Threads: 4, Clock: inventory.MHz(3000)},
			Memory: inventory.GiB(8), Disk: inventory.GiB(200),
		})
		e.Workloads = append(e.Workloads, inventory.Workload{
			ID: id + "-os", Kind: inventory.Physical, Host: id, VCPUs: 4, Memory: inventory.GiB(float64(4 + i%3*2)), DiskUsed: inventory.GiB(40),
			Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(4), P95: inventory.PercentLevel(10)}},
		})
	}
	return e
}

// blades is a catalogue of one blade with 48 GiB, in chassis of sixteen.
func blades() *inventory.Catalogue {
	return &inventory.Catalogue{
		Version: inventory.Version,
		Hosts: []inventory.HostModel{{
			Name: "bl460c-g6", Year: 2009, Memory: inventory.GiB(48), Chassis: "c7000",
			CPU:      inventory.CPU{Model: "Intel Xeon E5540", Sockets: 2, Cores: 8, Threads: 16, Clock: inventory.MHz(2530)},
			Embodied: inventory.Kilograms(1000), Price: inventory.MakeMoney(4200, "EUR"), Lifetime: inventory.Years(5),
		}},
		Chassis: []inventory.ChassisModel{{
			Name: "c7000", Slots: 16, Power: inventory.ChassisPower{Fixed: inventory.Watts(180), PerModule: inventory.Watts(10)},
			Embodied: inventory.Kilograms(880), Price: inventory.MakeMoney(9000, "EUR"),
		}},
	}
}

// makePlan plans and has the referee check the result.
func makePlan(t rapid.TB, e *inventory.Estate, c *inventory.Catalogue, policy plan.Policy) *plan.Plan {
	t.Helper()
	p, err := planner.Make(context.Background(), planner.Input{Estate: e, Catalogue: c, Policy: policy}, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	report := verify.Check(p, e, verify.Options{Catalogue: c})
	for _, v := range report.Violations {
		t.Errorf("the referee says: %s: %s: %s", v.Code, v.Subject, v.What)
	}
	if !report.OK() {
		t.Logf("status %s, placements %+v, unplaced %+v, bound %+v, failover %+v, rules %+v", p.Status, p.Placements, p.Unplaced, p.Bound, p.Failover, p.Rules)
	}
	if report.Checks() == 0 {
		t.Error("the referee checked nothing")
	}
	return p
}

func TestStandaloneServersMoveToBlades(t *testing.T) {
	p := makePlan(t, town(12), blades(), plan.Policy{})
	// 72 GiB on blades that offer 43.2 GiB each: two, and one that stands by.
	if p.Status != plan.Optimal || p.After.Hosts != 3 || p.Bound.Hosts != 3 {
		t.Errorf("status %s, %d hosts, bound %d; want optimal, 3, 3", p.Status, p.After.Hosts, p.Bound.Hosts)
	}
	if p.Bound.Binding != "memory" {
		t.Errorf("binding is %q, want memory", p.Bound.Binding)
	}
	if p.Failover == nil || len(p.Failover.Lost) > 0 || len(p.Failover.Spares) != 1 {
		t.Errorf("failover: %+v", p.Failover)
	}
	if len(p.Bound.Certificates) == 0 {
		t.Error("the bound has no certificate")
	}
	if !(p.Saving.Energy.Low < p.Saving.Energy.Best && p.Saving.Energy.Best < p.Saving.Energy.High) {
		t.Errorf("saving of energy is no range: %+v", p.Saving.Energy)
	}
}

func TestNothingToBuyChangesNothing(t *testing.T) {
	p := makePlan(t, town(5), nil, plan.Policy{})
	if p.After.Hosts != 5 || p.Status != plan.Optimal || p.Saving.Energy.Best != 0 || p.Saving.CO2e.High != 0 {
		t.Errorf("%d hosts, %s, saving %+v; want 5, optimal, none", p.After.Hosts, p.Status, p.Saving)
	}
	for _, m := range p.Placements {
		if m.From != m.To {
			t.Errorf("%s moves from %s to %s", m.Workload, m.From, m.To)
		}
	}
}

func TestRulesHold(t *testing.T) {
	e := town(12)
	e.Workloads[3].Pins = []inventory.Pin{{Kind: inventory.PinUSB, Reason: "dongle"}}
	policy := plan.Policy{Rules: []inventory.Rule{
		{Apart: []string{"srv-00-os", "srv-01-os", "srv-02-os"}},
		{Together: []string{"srv-04-os", "srv-05-os"}},
		{Stay: []string{"srv-06*"}, Reason: "fax card"},
		{Never: []string{"srv-07-os"}, Hosts: []string{"bl460c-*"}},
		{Soft: true, Stay: []string{"srv-08-os"}},
		{Disabled: true, Stay: []string{"srv-09-os"}},
	}}
	p := makePlan(t, e, blades(), policy)
	to := map[string]string{}
	for _, m := range p.Placements {
		to[m.Workload] = m.To
	}
	if to["srv-00-os"] == to["srv-01-os"] || to["srv-01-os"] == to["srv-02-os"] || to["srv-00-os"] == to["srv-02-os"] {
		t.Errorf("apart: %v", to)
	}
	if to["srv-04-os"] != to["srv-05-os"] {
		t.Errorf("together: %v", to)
	}
	for id, want := range map[string]string{"srv-03-os": "srv-03", "srv-06-os": "srv-06", "srv-07-os": "srv-07"} {
		if to[id] != want {
			t.Errorf("%s is on %s, want %s", id, to[id], want)
		}
	}
	if to["srv-09-os"] == "srv-09" {
		t.Error("a disabled rule was in force")
	}
}

func TestEveryUnplacedWorkloadHasItsReason(t *testing.T) {
	e := town(4)
	e.Workloads[0].Memory = inventory.GiB(64) // its server is to go, and no blade is that big
	e.Workloads = append(e.Workloads, inventory.Workload{ID: "vm", Kind: inventory.VM, VCPUs: 2, Memory: inventory.GiB(4)})
	policy := plan.Policy{
		Hosts: plan.HostPolicy{Retire: []string{"srv-00", "srv-01"}},
		Rules: []inventory.Rule{{Never: []string{"vm"}, Hosts: []string{"*"}, Name: "nowhere"}},
	}
	p := makePlan(t, e, blades(), policy)
	if p.Status != plan.Infeasible {
		t.Errorf("status %s, want infeasible", p.Status)
	}
	got := map[string]string{}
	for _, u := range p.Unplaced {
		got[u.Workload] = u.Reason + ": " + u.What
	}
	if !strings.HasPrefix(got["srv-00-os"], "too-big: needs 64.0 GiB of memory; the roomiest host it may use offers 43.2 GiB") {
		t.Errorf("srv-00-os: %q", got["srv-00-os"])
	}
	if !strings.HasPrefix(got["vm"], "rules: rules: nowhere") {
		t.Errorf("vm: %q", got["vm"])
	}
	if len(got) != 2 {
		t.Errorf("unplaced: %v", got)
	}
}

func TestClustersAreKeptApart(t *testing.T) {
	e := vsphereLike(3, 3, 12, 90)
	p := makePlan(t, e, nil, plan.Policy{})
	cluster := map[string]string{}
	for _, h := range e.Hosts {
		cluster[h.ID] = h.Cluster
	}
	home := map[string]string{}
	for _, w := range e.Workloads {
		home[w.ID] = w.Cluster
	}
	for _, m := range p.Placements {
		if cluster[m.To] != home[m.Workload] {
			t.Errorf("%s of %s is on %s of %s", m.Workload, home[m.Workload], m.To, cluster[m.To])
		}
	}
	merged := makePlan(t, e, nil, plan.Policy{Clusters: plan.MergeClusters})
	if merged.After.Hosts > p.After.Hosts {
		t.Errorf("%d hosts when clusters merge, %d when not", merged.After.Hosts, p.After.Hosts)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	text := func() string {
		var b bytes.Buffer
		if err := inventory.EncodeJSON(&b, makePlan(t, vsphereLike(5, 2, 10, 120), blades(), plan.Policy{})); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if first, second := text(), text(); first != second {
		t.Error("two runs differ")
	}
}

func TestPolicyMistakesAreNamed(t *testing.T) {
	tests := []struct {
		name   string
		policy plan.Policy
		want   string
	}{
		{"headroom", plan.Policy{CPU: plan.CPUPolicy{Headroom: inventory.Percent(100)}}, "cpu.headroom"},
		{"buy without catalogue", plan.Policy{Hosts: plan.HostPolicy{Buy: []string{"x"}}}, "there is no catalogue"},
		{"country", plan.Policy{Carbon: plan.CarbonPolicy{Country: "XX"}}, `country "XX"`},
		{"market without factor", plan.Policy{Carbon: plan.CarbonPolicy{Method: plan.Market}}, "carbon.contract"},
		{"objective twice", plan.Policy{Minimise: []plan.Objective{plan.Hosts, plan.Hosts}}, "twice"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := planner.Make(context.Background(), planner.Input{Estate: town(2), Policy: tt.policy}, planner.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v does not say %q", err, tt.want)
			}
		})
	}
}
