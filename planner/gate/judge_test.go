package gate_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/gate"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// capacity is two full hosts, an empty one, and what runs on them.
const capacity = `version: 1
name: hall
collected: 2026-11-02
sites: [{name: hall, country: FR, pue: 1.5}]
gates:
  - {deny: hosts <= 2}
  - {deny: cpu.p95 <= 40 %}
hosts:
  - &h {id: a, role: hypervisor, site: hall, year: 2017, memory: 64 GiB, maintained: 2026-06-30, cpu: {model: Intel Xeon E5-2650 v4, sockets: 2, cores: 24, threads: 48, clock: 2.2 GHz}}
  - {id: b, role: hypervisor, site: hall, year: 2017, memory: 64 GiB, maintained: 2028-06-30, cpu: {model: Intel Xeon E5-2650 v4, sockets: 2, cores: 24, threads: 48, clock: 2.2 GHz}}
  - {id: c, role: hypervisor, site: hall, year: 2017, memory: 64 GiB, cpu: {model: Intel Xeon E5-2650 v4, sockets: 2, cores: 24, threads: 48, clock: 2.2 GHz}}
datastores: [{id: san, capacity: 10 TiB, free: 1 TiB}, {id: nas}]
workloads:
  - {id: v1, kind: vm, host: a, vcpus: 12, memory: 24 GiB, licences: [oracle-ee], use: {cpu: {mean: 30 %, p95: 60 %, max: 90 %}, memory: {p95: 50 %}}}
  - {id: v2, kind: vm, host: a, vcpus: 12, memory: 24 GiB, use: {cpu: {mean: 20 %, p95: 40 %, max: 90 %}}}
  - {id: v3, kind: vm, host: b, vcpus: 6, memory: 8 GiB, use: {cpu: {mean: 5 %, p95: 20 %}}}
  - {id: v4, kind: vm, vcpus: 2, memory: 4 GiB}
rules:
  - {name: pair, apart: [v1, v2]}
  - {name: near, together: [v1, v3], soft: true}
`

func read(t *testing.T) *plan.Capacity {
	t.Helper()
	c, err := inventory.Decode[plan.Capacity](strings.NewReader(strings.Replace(capacity, "&h ", "", 1)), "c.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// judge holds the estate to gates, as the command does.
func judge(t *testing.T, c *plan.Capacity, gates []plan.Gate, known *gate.Baseline) *gate.Report {
	t.Helper()
	list, err := gate.Compile(gates, "c.yaml", gate.FindPlaces([]byte(capacity)).Gates)
	if err != nil {
		t.Fatal(err)
	}
	var policy plan.Policy
	if c.Policy != nil {
		policy = *c.Policy
	}
	day, err := inventory.ParseDate("2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	in := gate.Input{
		Gates: list, Estate: &c.Estate, Policy: policy, Date: day, Baseline: known, Tool: "sobre test",
		Today: map[gate.Variant]*plan.Plan{}, Places: gate.FindPlaces([]byte(capacity)).Subjects,
	}
	for _, v := range append(gate.Variants(list, policy), gate.Variant{}) {
		if in.Today[v], err = planner.Today(planner.Input{Estate: in.Estate, Policy: v.Of(policy)}, planner.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if in.Plan, err = planner.Make(t.Context(), planner.Input{Estate: in.Estate, Policy: policy}, planner.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, v := range verify.Check(in.Plan, in.Estate, verify.Options{}).Violations {
		t.Errorf("the referee says: %s: %s: %s", v.Code, v.Subject, v.What)
	}
	return gate.Judge(in)
}

func TestFigures(t *testing.T) {
	tests := []struct {
		condition string
		on        plan.View
		want      string // value, or what cannot be told
		status    gate.Status
	}{
		{"hosts <= 3", "", "3", gate.Holds},
		{"hosts <= 2", "", "3", gate.Fails},
		{"hosts.empty == 0", "", "1", gate.Fails},
		{"hosts.unmaintained == 0", "", "1", gate.Fails},
		{"workloads == 4", "", "4", gate.Holds},
		{"unplaced == 0", "", "0", gate.Holds},
		{"unplaced == 0", plan.OnToday, "1", gate.Fails},
		{"cpu.p95 <= 50 %", "", "50", gate.Holds},
		{"cpu.mean <= 25 %", "", "25", gate.Holds},
		{"cpu.max <= 90 %", "", "90", gate.Holds},
		{"cpu.mean <= 25 %", plan.OnPlan, "a plan knows only", gate.Fails},
		{"memory.allocated <= 75 %", "", "75", gate.Holds},
		{"memory.free >= 25 %", "", "25", gate.Holds},
		{"memory.used.p95 <= 60 %", "", "56.25", gate.Holds}, // v2 has no measure: all of it
		{"vcpus.per_core <= 1", "", "1", gate.Holds},
		{"datastores.free >= 10 %", "", "10", gate.Holds},
		{"disk.free >= 10 %", "", "no host says", gate.Fails},
		{"overfull == 0", "", "0", gate.Holds},
		{"survives.hosts >= 1", "", "1", gate.Holds},
		{"survives.site >= 1", "", "0", gate.Fails}, // there is one
		{"survives.chassis >= 1", "", "no hypervisor in service says", gate.Fails},
		{"rules.broken == 0", "", "1", gate.Fails},
		{"rules.broken == 0", plan.OnPlan, "0", gate.Holds},
		{"rules.soft.broken == 0", "", "1", gate.Fails},
		{"licence.oracle.cores <= 24", "", "24", gate.Holds},
		{"licence.oracle-ee.hosts == 1", "", "1", gate.Holds},
		{"licence.mysql.cores <= 24", "", "no workload that runs carries", gate.Fails},
		{"data.cpu >= 75 %", "", "75", gate.Holds},
		{"data.memory >= 25 %", "", "25", gate.Holds},
		{"data.coverage >= 75 %", "", "75", gate.Holds},
		{"data.power >= 10 %", "", "0", gate.Fails},
		{"data.errors == 0", "", "0", gate.Holds},
		{"data.age <= 20 days", "", "20", gate.Holds},
		{"purchase <= 1 EUR", "", "0", gate.Holds},
		{"payback.co2e <= 1 years", "", "0", gate.Holds},
		{"cost <= 3 CHF/year", "", "the policy counts in EUR, the gate in CHF", gate.Fails},
	}
	var gates []plan.Gate
	for _, test := range tests {
		gates = append(gates, plan.Gate{Deny: plan.Condition(test.condition), On: test.on})
	}
	results := judge(t, read(t), gates, nil).Results
	for n, test := range tests {
		r, got := results[n], results[n].Unknown
		if r.Value != nil {
			got = fmt.Sprintf("%.6g", *r.Value)
		}
		if r.Status != test.status || got != test.want && (r.Value != nil || !strings.Contains(got, test.want)) {
			t.Errorf("%s %s: %s, %q; want %s, %q (%+v)", test.condition, test.on, r.Status, got, test.status, test.want, r)
		}
	}
}

// TestSurvival looks at what is lost: with 90 % of memory taken nothing has room.
func TestSurvival(t *testing.T) {
	c := read(t)
	for i := range c.Workloads[:3] {
		c.Workloads[i].Memory = inventory.GiB(50)
	}
	c.Workloads[1].Host, c.Workloads[2].Host = "b", "c"
	for condition, want := range map[plan.Condition]gate.Status{"survives.hosts >= 1": gate.Fails, "survives.hosts >= 0": gate.Holds, "lost == 0": gate.Fails} {
		r := judge(t, c, []plan.Gate{{Deny: condition}}, nil).Results[0]
		if r.Status != want || want == gate.Fails && len(r.Subjects) != 3 {
			t.Errorf("%s: %+v", condition, r)
		}
	}
	two := judge(t, read(t), []plan.Gate{{Deny: "survives.hosts >= 2"}}, nil).Results[0]
	if two.Status != gate.Fails || *two.Value != 1 {
		t.Errorf("two failures: %+v", two)
	}
}

// TestRules sees every kind of rule broken, and kept.
func TestRules(t *testing.T) {
	one := []string{"v1", "v2"}
	for name, test := range map[string]struct {
		rule   inventory.Rule
		broken string // "" for none
	}{
		"apart":           {inventory.Rule{Apart: one}, "v1, v2 are together on a"},
		"apart by site":   {inventory.Rule{Apart: []string{"v1", "v3"}, By: inventory.BySite}, "v1, v3 are together on site hall"},
		"apart, kept":     {inventory.Rule{Apart: []string{"v1", "v3"}}, ""},
		"apart by rack":   {inventory.Rule{Apart: []string{"v1", "v3"}, By: inventory.ByRack}, "v1, v3 are together on rack r1"},
		"at most":         {inventory.Rule{Of: []string{"v*"}, AtMost: 1}, "are together on a"},
		"at most, kept":   {inventory.Rule{Of: []string{"v*"}, AtMost: 2}, ""},
		"together":        {inventory.Rule{Together: []string{"v1", "v3"}}, "v1, v3 are on 2 hosts"},
		"only":            {inventory.Rule{Only: one, Hosts: []string{"b"}}, "v1 is on a; v2 is on a"},
		"never":           {inventory.Rule{Never: one, Hosts: []string{"a"}}, "v1 is on a; v2 is on a"},
		"never, kept":     {inventory.Rule{Never: one, Hosts: []string{"b"}}, ""},
		"fence":           {inventory.Rule{Fence: []string{"v*"}, HostsAtMost: 1}, "2 hosts run what may run on 1"},
		"numa":            {inventory.Rule{NUMA: []string{"v3"}}, ""},
		"numa, too big":   {inventory.Rule{NUMA: one}, "v1 is larger than a NUMA node of a"},
		"stays":           {inventory.Rule{Stay: one}, ""},
		"soft is another": {inventory.Rule{Apart: one, Soft: true}, ""},
		"disabled":        {inventory.Rule{Apart: one, Disabled: true}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t)
			for i := range c.Hosts {
				c.Hosts[i].Labels = map[string]string{"rack": "r1"}
			}
			c.Workloads[0].VCPUs = 14
			test.rule.Name = "the rule"
			c.Rules = []inventory.Rule{test.rule}
			list, err := gate.Compile([]plan.Gate{{Deny: "rules.broken == 0"}}, "c.yaml", nil)
			if err != nil {
				t.Fatal(err)
			}
			now, err := planner.Today(planner.Input{Estate: &c.Estate}, planner.Options{})
			if err != nil {
				t.Fatal(err)
			}
			r := gate.Judge(gate.Input{Gates: list, Estate: &c.Estate, Today: map[gate.Variant]*plan.Plan{{}: now}, Plan: now}).Results[0]
			var got string
			for _, s := range r.Subjects {
				got += s.What
			}
			if test.broken == "" && r.Status != gate.Holds || !strings.Contains(got, test.broken) {
				t.Errorf("%s: %q, want %q", r.Status, got, test.broken)
			}
		})
	}
}

func TestWaivers(t *testing.T) {
	until := func(s string) inventory.Date {
		d, err := inventory.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	waive := func(day string, subjects ...string) []plan.Waiver {
		return []plan.Waiver{{Owner: "o", Reason: "r", Until: until(day), Subjects: subjects}}
	}
	for name, test := range map[string]struct {
		gate   plan.Gate
		status gate.Status
		notes  []string
	}{
		"a host":               {plan.Gate{Deny: "cpu.p95 <= 40 %", Waivers: waive("2026-11-22", "a")}, gate.Waived, nil},
		"another host":         {plan.Gate{Deny: "cpu.p95 <= 40 %", Waivers: waive("2026-11-22", "b")}, gate.Fails, []string{"waiver-unused"}},
		"ended":                {plan.Gate{Deny: "cpu.p95 <= 40 %", Waivers: waive("2026-11-21", "a")}, gate.Fails, []string{"waiver-expired"}},
		"ended, not needed":    {plan.Gate{Deny: "cpu.p95 <= 80 %", Waivers: waive("2026-11-21", "a")}, gate.Holds, []string{"waiver-unused"}},
		"the gate":             {plan.Gate{Deny: "hosts <= 2", Waivers: waive("2027-01-01")}, gate.Waived, nil},
		"a rule":               {plan.Gate{Deny: "rules.broken == 0", Waivers: waive("2027-01-01", "pair")}, gate.Waived, nil},
		"one of two":           {plan.Gate{Deny: "cpu.p95 <= 1 %", Waivers: waive("2027-01-01", "a")}, gate.Fails, nil},
		"other hosts selected": {plan.Gate{Deny: "cpu.p95 <= 40 %", Hosts: []string{"b", "c"}}, gate.Holds, nil},
		"no such host":         {plan.Gate{Deny: "cpu.p95 <= 40 %", Hosts: []string{"x*"}}, gate.Fails, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := judge(t, read(t), []plan.Gate{test.gate}, nil)
			var notes []string
			for _, n := range r.Notes {
				notes = append(notes, n.Code)
			}
			if r.Results[0].Status != test.status || cmp.Diff(test.notes, notes) != "" {
				t.Errorf("%s, notes %v; want %s, %v", r.Results[0].Status, notes, test.status, test.notes)
			}
		})
	}
}

// TestBaseline writes what fails, and sees that it fails no more, that what is
// new or worse does, and that what is gone is told.
func TestBaseline(t *testing.T) {
	gates := []plan.Gate{{Deny: "hosts <= 2"}, {Deny: "cpu.p95 <= 40 %"}, {Deny: "rules.broken == 0"}, {Warn: "disk.free >= 1 %"}}
	first := judge(t, read(t), gates, nil)
	if first.Failed() != 3 || first.Warned() != 1 {
		t.Fatalf("%d fail, %d warn", first.Failed(), first.Warned())
	}
	var text bytes.Buffer
	if err := inventory.EncodeJSON(&text, first.Baseline()); err != nil {
		t.Fatal(err)
	}
	known, err := gate.ReadBaseline(&text, "known.json")
	if err != nil {
		t.Fatal(err)
	}
	again := judge(t, read(t), gates, known)
	if again.Failed() != 0 || again.Count(gate.Known) != 4 || len(again.Notes) != 0 {
		t.Errorf("with its own baseline %d fail, %d are known, notes %v", again.Failed(), again.Count(gate.Known), again.Notes)
	}
	if diff := cmp.Diff(first.Baseline(), again.Baseline()); diff != "" {
		t.Errorf("a baseline of what is known is another one: %s", diff)
	}
	worse := read(t)
	worse.Workloads[1].Use.CPU.P95 = inventory.PercentLevel(50) // a is at 55 % now
	if r := judge(t, worse, gates, known); r.Results[1].Status != gate.Fails || r.Failed() != 1 {
		t.Errorf("a host that is fuller than known: %+v", r.Results[1])
	}
	better := read(t)
	better.Rules = nil
	if r := judge(t, better, gates, known); r.Failed() != 0 || len(r.Notes) != 1 || r.Notes[0].Code != "baseline-gone" {
		t.Errorf("a rule that is gone: %d fail, notes %v", r.Failed(), r.Notes)
	}
}

func TestBadBaselines(t *testing.T) {
	for _, text := range []string{"", "[]", `{"version":2,"known":[]}`, `{"version":1,"known":[],"more":1}`, `{"version":1,"known":[]} x`} {
		if _, err := gate.ReadBaseline(strings.NewReader(text), "b.json"); err == nil || !strings.Contains(err.Error(), "b.json") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestImpliedGates(t *testing.T) {
	own, err := gate.Compile([]plan.Gate{{Warn: "infeasible == 0"}}, "c.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(gate.Implied(own, plan.Policy{}, "c.yaml")); got != 0 {
		t.Errorf("%d gates are added to one's own word on feasibility", got)
	}
	if got := len(gate.Implied(nil, plan.Policy{}, "c.yaml")); got != 4 {
		t.Errorf("%d gates for an estate without any, want 4", got)
	}
}

func TestPlaces(t *testing.T) {
	p := gate.FindPlaces([]byte(capacity))
	if diff := cmp.Diff([]int{6, 7}, p.Gates); diff != "" {
		t.Error(diff)
	}
	if p.Subjects["b"] != 10 || p.Subjects["v1"] != 14 || p.Subjects["pair"] != 19 {
		t.Errorf("%v", p.Subjects)
	}
	if got := gate.FindPlaces([]byte("\tno: [yaml")); len(got.Gates) != 0 {
		t.Errorf("%v", got)
	}
}
