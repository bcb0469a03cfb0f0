package drift_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/drift"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

const october = `version: 1
name: hall
collected: 2026-10-02
sites: [{name: hall, country: FR}]
hosts:
  - {id: a, role: hypervisor, site: hall, year: 2017, memory: 64 GiB, cpu: {model: Intel Xeon E5-2650 v4, sockets: 2, cores: 24, threads: 48, clock: 2.2 GHz}}
  - {id: b, role: hypervisor, site: hall, year: 2017, memory: 64 GiB, serial: S2, cpu: {model: Intel Xeon E5-2650 v4, sockets: 2, cores: 24, threads: 48, clock: 2.2 GHz}}
  - {id: old, name: fax, role: standalone, site: hall, year: 2008, memory: 4 GiB, cpu: {model: Intel Xeon 5160, sockets: 1, cores: 2, threads: 2, clock: 3 GHz}}
datastores: [{id: san, capacity: 10 TiB}, {id: nas, capacity: 1 TiB}]
workloads:
  - {id: v1, kind: vm, host: a, vcpus: 4, memory: 8 GiB, use: {cpu: {p95: 20 %}}}
  - {id: v2, kind: vm, host: b, vcpus: 4, memory: 8 GiB, use: {cpu: {p95: 60 %}}}
  - {id: v3, kind: vm, host: a, vcpus: 2, memory: 4 GiB}
  - {id: fax-os, name: fax, kind: physical, host: old, use: {cpu: {p95: 10 %}}}
`

func read(t *testing.T, text string) *inventory.Estate {
	t.Helper()
	e, err := inventory.Decode[inventory.Estate](strings.NewReader(text), "estate.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func compare(t *testing.T, old, now *inventory.Estate, p *plan.Plan) *drift.Report {
	t.Helper()
	in := drift.Input{Old: old, New: now, Plan: p}
	var err error
	if in.OldToday, err = planner.Today(planner.Input{Estate: old}, planner.Options{}); err != nil {
		t.Fatal(err)
	}
	if in.NewToday, err = planner.Today(planner.Input{Estate: now}, planner.Options{}); err != nil {
		t.Fatal(err)
	}
	return drift.Compare(in)
}

func TestNothingChanges(t *testing.T) {
	r := compare(t, read(t, october), read(t, october), nil)
	if len(r.Changes) != 0 || r.FromPlan != nil || r.Old.Energy.Best <= 0 {
		t.Errorf("%+v", r)
	}
	if r.Old != r.New {
		t.Errorf("%v is not %v", r.Old, r.New)
	}
}

// TestChanges changes one thing of each kind.
func TestChanges(t *testing.T) {
	now := read(t, october)
	now.Hosts[0].Memory = inventory.GiB(128)
	now.Hosts[1].ID, now.Hosts[1].State = "b-new-name", inventory.HostMaintenance // known again by its serial number
	now.Workloads[1].Host = "b-new-name"                                          // so it has not moved
	now.Workloads[0].Host, now.Workloads[0].VCPUs = "b-new-name", 8
	now.Workloads[0].Use.CPU.P95 = inventory.PercentLevel(40)
	now.Workloads[1].Use.CPU.P95 = inventory.PercentLevel(30)
	now.Workloads[2].State = inventory.Off
	now.Workloads[3] = inventory.Workload{ID: "vm-77", Name: "FAX", Kind: inventory.VM, Host: "a"} // became a guest
	now.Hosts = now.Hosts[:2]
	now.Workloads = append(now.Workloads, inventory.Workload{ID: "v9", Kind: inventory.VM, Host: "a", VCPUs: 2, Memory: inventory.GiB(4)})
	now.Datastores = []inventory.Datastore{{ID: "san", Capacity: inventory.GiB(20480)}, {ID: "new", Capacity: inventory.GiB(1024)}}
	var got []string
	for _, c := range compare(t, read(t, october), now, nil).Changes {
		got = append(got, strings.Join([]string{string(c.Kind), string(c.What), c.ID, c.Field, c.From, c.To}, "|"))
	}
	want := []string{
		"datastore|removed|nas||1 TiB|", "datastore|added|new|||1 TiB", "datastore|resized|san|capacity|10 TiB|20 TiB",
		"host|resized|a|memory|64 GiB|128 GiB", "host|switched|b-new-name|state|on|maintenance", "host|removed|old|||",
		"workload|moved|v1|host|a|b-new-name", "workload|resized|v1|vcpus|4|8", "workload|busier|v1|cpu p95|20 %|40 %",
		"workload|calmer|v2|cpu p95|60 %|30 %", "workload|switched|v3|state|on|off", "workload|added|v9|||2 vCPU, 4 GiB",
		"workload|moved|vm-77|host|old|a", "workload|moved|vm-77|kind|physical|vm",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestFollow goes half of the way of a plan, and elsewhere.
func TestFollow(t *testing.T) {
	old := read(t, october)
	old.Workloads = append(old.Workloads, inventory.Workload{ID: "v4", Kind: inventory.VM, Host: "b", VCPUs: 2, Memory: inventory.GiB(4)})
	p, err := planner.Make(t.Context(), planner.Input{Estate: old, Policy: plan.Policy{Survive: &plan.Survive{}}}, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range verify.Check(p, old, verify.Options{}).Violations {
		t.Errorf("the referee says: %s: %s: %s", v.Code, v.Subject, v.What)
	}
	same := compare(t, old, old, p).FromPlan
	if same.Moves < 2 || same.Done != 0 || same.Pending != same.Moves || len(same.StillOn) == 0 || same.Open.Hosts <= 0 || same.Open.Energy <= 0 {
		t.Errorf("before the first move: %+v", same)
	}
	done := read(t, october)
	done.Workloads = append(done.Workloads, old.Workloads[4])
	retired := map[string]bool{}
	for _, h := range p.Hosts {
		retired[h.ID] = h.State == plan.Retire
	}
	for i := range done.Workloads {
		for _, m := range p.Placements {
			if m.Workload == done.Workloads[i].ID {
				done.Workloads[i].Host = m.To
			}
		}
	}
	for i := range done.Hosts {
		if retired[done.Hosts[i].ID] {
			done.Hosts[i].State = inventory.HostOff
		}
	}
	all := compare(t, old, done, p).FromPlan
	if all.Done != all.Moves || all.Pending != 0 || len(all.Elsewhere)+len(all.StillOn)+len(all.Gone)+len(all.Unplanned) != 0 || all.Open.Hosts != 0 {
		t.Errorf("after the last move: %+v", all)
	}
	done.Workloads[0].ID = "v1-renamed" // without a name nothing tells that it is the same
	done.Workloads[1].Host = "nowhere-known"
	astray := compare(t, old, done, p).FromPlan
	if len(astray.Gone) != 1 || len(astray.Unplanned) != 1 || len(astray.Elsewhere) != 1 || astray.Elsewhere[0].Workload != "v2" {
		t.Errorf("off the plan: %+v", astray)
	}
}
