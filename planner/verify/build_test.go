package verify_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// town is a small estate with one of everything, and a plan for it that is
// right. The figures are made to be followed by hand: 16 cores × 2.5 GHz and
// 128 GiB a host, compared by clock, so that four guests of 24 GiB fill one.
type town struct {
	estate    *inventory.Estate
	catalogue *inventory.Catalogue
	plan      *plan.Plan
}

func newTown() *town {
	tn := &town{estate: newEstate(), catalogue: newCatalogue(), plan: newPlan()}
	tn.account()
	return tn
}

// account fills in energy, carbon and money for the loads worked out by hand.
func (tn *town) account() {
	var before, after carbon.Scenario
	today := map[string]float64{"a1": 0.025, "a2": 0.025, "a3": 0.025, "a4": 0.025, "b1": 0.025, "b2": 0.0125, "fax": 0.05, "register": 0.05}
	for _, h := range tn.estate.Hosts {
		if load, ok := today[h.ID]; ok {
			before.Hosts = append(before.Hosts, carbon.HostLoad{Host: h, Load: load})
		}
		for _, p := range tn.plan.Hosts {
			if p.ID == h.ID && p.State == plan.Keep {
				after.Hosts = append(after.Hosts, carbon.HostLoad{Host: h, Load: p.MeanCPU})
			}
		}
	}
	m := blade()
	after.Hosts = append(after.Hosts, carbon.HostLoad{
		Host: inventory.Host{ID: "new-1", Model: m.Name, Chassis: "enc-1", Site: "hall", CPU: m.CPU, Memory: m.Memory},
		Load: 0.01375, Bought: true, Embodied: m.Embodied,
	})
	c := tn.estate.Chassis[0]
	before.Chassis = []carbon.ChassisLoad{{ID: c.ID, Model: c.Model, Site: c.Site}}
	after.Chassis = before.Chassis
	r, err := carbon.Compare(before, after, carbon.Settings{Draws: 1, Sites: []carbon.Site{{Name: "hall", Country: "FR"}}})
	if err != nil {
		panic(err)
	}
	money := func(kwh carbon.Range) carbon.Range {
		return carbon.Range{Low: kwh.Low * 0.18, Best: kwh.Best * 0.18, High: kwh.High * 0.18}
	}
	fill := func(t *plan.Totals, f carbon.Footprint) {
		t.Energy, t.ITEnergy, t.CO2e, t.Cost, t.Embodied = f.EnergyKWh, f.ITEnergyKWh, f.CO2eKg, money(f.EnergyKWh), f.EmbodiedKg
	}
	fill(&tn.plan.Before, r.Before)
	fill(&tn.plan.After, r.After)
	tn.plan.After.Purchase = carbon.Range{Low: 4200, Best: 4200, High: 4200}
	tn.plan.Saving.Energy, tn.plan.Saving.CO2e, tn.plan.Saving.NetCO2e = r.Saving.EnergyKWh, r.Saving.CO2eKg, r.NetKg
	tn.plan.Saving.Cost = money(r.Saving.EnergyKWh)
}

func bigCPU() inventory.CPU {
	return inventory.CPU{Model: "Xeon", Sockets: 2, Cores: 16, Threads: 32, Clock: inventory.MHz(2500)}
}

func smallCPU() inventory.CPU {
	return inventory.CPU{Sockets: 1, Cores: 4, Threads: 4, Clock: inventory.MHz(2500)}
}

func newEstate() *inventory.Estate {
	e := &inventory.Estate{
		Version:  1,
		Sites:    []inventory.Site{{Name: "hall", Country: "FR"}},
		Chassis:  []inventory.Chassis{{ID: "enc-1", Model: "c7000", Site: "hall", Slots: 4}},
		Clusters: []inventory.Cluster{{ID: "a", Name: "alpha"}, {ID: "b"}},
	}
	for _, id := range []string{"a1", "a2", "a3", "a4", "m1"} {
		e.Hosts = append(e.Hosts, inventory.Host{ID: id, Role: inventory.Hypervisor, Cluster: "a", CPU: bigCPU(), Memory: inventory.GiB(128), Site: "hall"})
	}
	e.Hosts[4].State = inventory.HostMaintenance
	for n, id := range []string{"b1", "b2"} {
		e.Hosts = append(e.Hosts, inventory.Host{ID: id, Role: inventory.Hypervisor, Cluster: "b", CPU: bigCPU(), Memory: inventory.GiB(128), Chassis: "enc-1", Slot: n + 1})
	}
	for _, id := range []string{"fax", "register", "attic"} {
		e.Hosts = append(e.Hosts, inventory.Host{ID: id, Role: inventory.Standalone, CPU: smallCPU(), Memory: inventory.GiB(8), Disk: inventory.GiB(100)})
	}
	e.Hosts[9].State = inventory.HostOff
	for n, host := range []string{"a1", "a1", "a2", "a2", "a3", "a3", "a4", "a4"} {
		e.Workloads = append(e.Workloads, guest("va"+string(rune('1'+n)), host, 24))
	}
	idle := guest("va-off", "a4", 24)
	idle.State = inventory.Off
	pinned := guest("vb-gpu", "b1", 8)
	pinned.Pins = []inventory.Pin{{Kind: inventory.PinPassthrough}}
	golden := guest("golden", "a1", 8)
	golden.State = inventory.Template
	twin := guest("twin", "b1", 8)
	twin.Class = inventory.Placeholder
	e.Workloads = append(e.Workloads, idle, pinned, guest("vb1", "b1", 8), guest("vb2", "b2", 8), golden, twin,
		server("fax-os", "fax"), server("register-os", "register"), server("attic-os", "attic"))
	e.Rules = []inventory.Rule{
		{Name: "dc", Apart: []string{"va1", "va2"}},
		{Name: "app", Together: []string{"va3", "va4"}},
		{Name: "licence", Only: []string{"va5"}, Hosts: []string{"a1", "a2", "a3"}},
		{Name: "noisy", Never: []string{"va6"}, Hosts: []string{"a4"}},
		{Name: "isdn", Stay: []string{"fax*"}, Reason: "ISDN card"},
		{Name: "old", Apart: []string{"va3", "va5"}, Disabled: true},
		{Name: "wish", Apart: []string{"va6", "va7"}, Soft: true},
	}
	return e
}

func guest(id, host string, gib float64) inventory.Workload {
	return inventory.Workload{
		ID: id, Kind: inventory.VM, Host: host, VCPUs: 4, Memory: inventory.GiB(gib),
		Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(5), P95: inventory.PercentLevel(10)}},
	}
}

func server(id, host string) inventory.Workload {
	return inventory.Workload{
		ID: id, Kind: inventory.Physical, Host: host, Memory: inventory.GiB(8), Disk: inventory.GiB(80),
		Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(5), Max: inventory.PercentLevel(20)}},
	}
}

func blade() inventory.HostModel {
	stock := 2
	return inventory.HostModel{Name: "blade", CPU: bigCPU(), Memory: inventory.GiB(128), Chassis: "c7000", Stock: &stock, Price: inventory.MakeMoney(4200, "EUR"), Embodied: inventory.Kilograms(1000)}
}

func newCatalogue() *inventory.Catalogue {
	return &inventory.Catalogue{
		Version: 1, Hosts: []inventory.HostModel{blade()},
		Chassis: []inventory.ChassisModel{{Name: "c7000", Slots: 4}},
	}
}

func newPlan() *plan.Plan {
	p := &plan.Plan{
		Version: 1, Status: plan.Feasible,
		Estate:    plan.Subject{Workloads: 17},
		Inputs:    []plan.Input{{Role: "estate"}, {Role: "catalogue"}},
		Objective: []plan.Objective{plan.Hosts},
		Policy:    plan.Policy{CPU: plan.CPUPolicy{Compare: plan.Clock}}.WithDefaults(),
		Models:    []inventory.HostModel{blade()},
		Before:    plan.Totals{Hosts: 8, Chassis: 1, Cores: 104, MemoryMiB: 802816},
		After:     plan.Totals{Hosts: 7, Chassis: 1, Cores: 100, MemoryMiB: 794624},
		Saving:    plan.Saving{Hosts: 1},
		Chassis:   []plan.Chassis{{ID: "enc-1", Model: "c7000", State: plan.Keep, Slots: 4, Before: 2, After: 3}},
		Excluded:  []plan.Unplaced{{Workload: "golden", Reason: "template"}, {Workload: "twin", Reason: "placeholder"}, {Workload: "attic-os", Reason: "off"}},
	}
	p.Hosts = []plan.Host{
		{ID: "a1", State: plan.Keep, Cluster: "a", Workloads: 4, MeanCPU: 0.05, Load: map[string]float64{"cpu": 0.1, "memory": 0.75, "vcpus": 0.25}, Capacity: []float64{40000, 64, 131072, -1}},
		{ID: "a2", State: plan.Keep, Cluster: "a", Workloads: 5, MeanCPU: 0.05},
		{ID: "a3", State: plan.Keep, Cluster: "a", Spare: true},
		{ID: "a4", State: plan.Retire, Cluster: "a"},
		{ID: "b1", State: plan.Keep, Cluster: "b", Chassis: "enc-1", Slot: 1, Workloads: 2, MeanCPU: 0.025},
		{ID: "b2", State: plan.Keep, Cluster: "b", Chassis: "enc-1", Slot: 2, Workloads: 1, MeanCPU: 0.0125},
		{ID: "fax", State: plan.Keep, Workloads: 1, MeanCPU: 0.05},
		{ID: "register", State: plan.Retire, Capacity: []float64{10000, 16, 8192, 102400}},
		{ID: "new-1", Model: "blade", State: plan.Buy, Chassis: "enc-1", Slot: 3, Workloads: 1, MeanCPU: 0.01375},
	}
	put := func(id, from, to, kind string) {
		p.Placements = append(p.Placements, plan.Placement{Workload: id, From: from, To: to, Kind: kind})
	}
	put("va1", "a1", "a1", "")
	p.Placements[0].Demand = []float64{1000, 4, 24576, 0}
	put("va2", "a1", "a2", "move")
	put("va3", "a2", "a1", "move")
	put("va4", "a2", "a1", "move")
	put("va5", "a3", "a1", "move")
	put("va6", "a3", "a2", "move")
	put("va7", "a4", "a2", "move")
	put("va8", "a4", "a2", "move")
	put("va-off", "a4", "a2", "move")
	put("vb-gpu", "b1", "b1", "")
	p.Placements[len(p.Placements)-1].Stays = "passthrough"
	put("vb1", "b1", "b1", "")
	put("vb2", "b2", "b2", "")
	put("fax-os", "fax", "fax", "")
	p.Placements[len(p.Placements)-1].Stays = "rule isdn"
	put("register-os", "register", "new-1", "p2v")
	p.Failover = &plan.Failover{
		Hosts: 1, Spares: []string{"a3"}, Replayed: 6,
		Lost: []plan.Unplaced{{Workload: "vb-gpu", Reason: "pin"}},
		Restarts: map[string]map[string]string{
			"a1":    {"va1": "a3", "va3": "a3", "va4": "a3", "va5": "a3"},
			"a2":    {"va2": "a3", "va6": "a3", "va7": "a3", "va8": "a3"},
			"b1":    {"vb1": "b2"},
			"b2":    {"vb2": "b1"},
			"new-1": {"register-os": "a3"},
		},
	}
	// 24 GiB at 60 MB/s are 7.2 minutes, 80 GiB at 30 MB/s 47.7; setup comes on top.
	p.Waves = []plan.Wave{
		{Number: 1, Hours: 20.0 / 60, PersonDays: 0.1190, Moves: []plan.Move{
			live("va2", "a1", "a2", 0), live("va5", "a3", "a1", 0), live("va6", "a3", "a2", 0), live("va3", "a2", "a1", 10), live("va4", "a2", "a1", 10),
		}},
		{Number: 2, Hours: 1.8, PersonDays: 0.9762, Freed: []string{"a4", "register"}, Downtime: []plan.Downtime{{Service: "register-os", Minutes: 108}}, Moves: []plan.Move{
			live("va7", "a4", "a2", 0), live("va8", "a4", "a2", 0),
			{Workload: "va-off", From: "a4", To: "a2", Kind: plan.Cold, Start: 10, Minutes: 15},
			{Workload: "register-os", From: "register", To: "new-1", Kind: plan.P2V, Minutes: 108, Downtime: 108},
		}},
	}
	p.Rules = []plan.RuleResult{{Rule: "dc"}, {Rule: "app"}, {Rule: "licence"}, {Rule: "noisy"}, {Rule: "isdn"}, {Rule: "wish", Soft: true, Broken: true}}
	// Cluster a: four of eight equal guests fill a host, one more survives a
	// failure. Cluster b: b1 is kept for its card, so that only the form in
	// which kept hosts count proves the spare. The fax stays on a host of no part.
	p.Bound = plan.Bound{Hosts: 6, Gap: 1, Certificates: []plan.Certificate{
		{Part: "a", Hosts: 2, Spares: 1, Scale: 4, Weights: map[string]int64{"va1": 1, "va2": 1, "va3": 1, "va4": 1, "va5": 1, "va6": 1, "va7": 1, "va8": 1}},
		{Part: "b", Hosts: 1, Spares: 1, Scale: 2, Weights: map[string]int64{"vb1": 1, "vb2": 1}},
	}}
	return p
}

// placement finds where the plan puts a workload, to be changed.
func (tn *town) placement(id string) *plan.Placement {
	for n := range tn.plan.Placements {
		if tn.plan.Placements[n].Workload == id {
			return &tn.plan.Placements[n]
		}
	}
	panic("no placement of " + id)
}

func (tn *town) host(id string) *plan.Host {
	for n := range tn.plan.Hosts {
		if tn.plan.Hosts[n].ID == id {
			return &tn.plan.Hosts[n]
		}
	}
	panic("no host " + id)
}

// copyPlan writes the plan as JSON and reads it back, as the command does.
func copyPlan(t testing.TB, p *plan.Plan) *plan.Plan {
	t.Helper()
	var text bytes.Buffer
	if err := inventory.EncodeJSON(&text, p); err != nil {
		t.Fatal(err)
	}
	q := new(plan.Plan)
	if err := json.Unmarshal(text.Bytes(), q); err != nil {
		t.Fatal(err)
	}
	return q
}

// live is the move of a running guest of 24 GiB.
func live(id, from, to string, start float64) plan.Move {
	return plan.Move{Workload: id, From: from, To: to, Kind: plan.Live, Start: start, Minutes: 10}
}
