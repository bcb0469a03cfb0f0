// Package town is a made-up plan with something of every kind that a report
// can show, hostile names among them. The tests of the report's writers share
// it; nothing else uses it.
package town

import (
	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
	"sobre/planner/plan"
)

// Hostile is a name that breaks whatever does not escape it.
const Hostile = `=cmd|'/C calc'!A0<script>alert("1")</script>|*_[x](y)` + "`"

// about is a range around a figure.
func about(v float64) carbon.Range { return carbon.Range{Low: v * 0.8, Best: v, High: v * 1.3} }

// Plan is the plan of a town of twelve servers. Each call gives a new one.
func Plan() *plan.Plan {
	payback := carbon.Range{Low: 0.4, Best: 0.7, High: 1.1}
	return &plan.Plan{
		Version: 1, Status: plan.Feasible, Objective: []plan.Objective{plan.Hosts, plan.Energy},
		Estate: plan.Subject{Name: "Ville d'Essai", Collected: day("2009-11-02"), Sites: 2, Workloads: 7, Sources: []string{"ocs ocs"}},
		Inputs: []plan.Input{{Role: "estate", Path: "ocs", Format: "OCS Inventory"}, {Role: "policy", Path: "policy.yaml", SHA256: "0123abcd"}},
		Bound:  plan.Bound{Hosts: 3, Binding: "memory", Why: "all: 21 workloads need 123.9 GiB of memory, the roomiest host offers 43.2 GiB of memory after headroom", Method: "greedy"},
		Before: plan.Totals{Hosts: 4, Chassis: 1, Energy: about(44_164), ITEnergy: about(24_000), CO2e: about(2_290), Cost: about(7_949)},
		After:  plan.Totals{Hosts: 3, Energy: about(15_447), ITEnergy: about(8_000), CO2e: about(802), Cost: about(2_780), Embodied: about(3_973), Purchase: carbon.Exactly(21_600)},
		Saving: plan.Saving{Hosts: 1, Energy: about(28_411), CO2e: about(1_474), Cost: about(5_114), CarbonPayback: &payback, NetCO2e: about(3_400), Worth: true},
		Hosts:  hosts(), Chassis: []plan.Chassis{{ID: "enc-1", Model: "c7000", Site: "Mairie", State: plan.Keep, Slots: 4, Before: 1, After: 1}, {ID: "enc-2", Model: "c7000", State: plan.Buy, Slots: 4, After: 2}},
		Placements: placements(),
		Unplaced:   []plan.Unplaced{},
		Excluded:   []plan.Unplaced{{Workload: "modele-1", Reason: "template", What: "a template runs nowhere"}},
		Failover: &plan.Failover{
			Hosts: 1, Spares: []string{"bl-02"}, Replayed: 2, Restarts: map[string]map[string]string{"bl-01": {"srv-01-os": "bl-02", Hostile: "bl-02"}},
			Lost: []plan.Unplaced{{Workload: "srv-00-os", Reason: "pinned", What: "pinned by usb dongle"}},
		},
		Rules:       []plan.RuleResult{{Rule: "bases Oracle", Workloads: 2}, {Rule: Hostile, Workloads: 1, Soft: true, Broken: true}},
		Prices:      []plan.Price{{Subject: "bases Oracle", Change: "without it", Hosts: -1, Energy: -3_100, CO2e: -160, Cost: -420, Proven: true}, {Subject: "cpu.headroom", Change: "20 % → 10 %", Failed: "out of scope"}},
		Unchecked:   []string{"network throughput and reachability", "CPU use of 2 workloads without measure"},
		Findings:    []inventory.Finding{{Code: "machine-stale", Severity: inventory.Warning, Subject: "srv-01", What: "last inventory on 2009-03-17, 230 days before the newest", Do: "check that the machine still exists", At: Hostile + ".xml", Line: 67}},
		Policy:      policy(),
		Models:      []inventory.HostModel{{Name: "bl460c-g6"}},
		Resources:   []plan.Resource{{Name: "cpu", Unit: "ssj_ops", Use: "p95"}, {Name: "vcpus", Unit: "vCPU"}, {Name: "memory", Unit: "MiB"}},
		Waves:       waves(),
		Cost:        bill(),
		Assumptions: []carbon.Assumption{{ID: "grid.FR.ademe", What: "Emission of one kWh.", Value: 51.9, Low: 44, High: 61, Unit: "gCO2e/kWh", Source: "ADEME, Base Empreinte, 2024"}, {ID: "pue", What: "PUE.", Value: 1.8, Low: 1.5, High: 2.2, Source: "given", Count: 4}},
		Tornado:     []carbon.Swing{{ID: "pue", What: "PUE", Low: 900, High: 1_500}, {ID: "embodied.given", What: "manufacture, as given", Low: 1_300, High: 1_000}},
		Services: []plan.Service{
			{Name: "État civil", Workloads: 2, Before: plan.ServiceFootprint{Energy: about(12_000), CO2e: about(600)}, After: plan.ServiceFootprint{Energy: about(4_000), CO2e: about(200), Embodied: about(90)}},
			{Workloads: 3, Before: plan.ServiceFootprint{Energy: about(32_164), CO2e: about(1_690)}, After: plan.ServiceFootprint{Energy: about(11_447), CO2e: about(602)}},
		},
		Years:         []carbon.Year{{Year: 1, EnergyKWh: about(20_000), CO2eKg: about(1_000), EmbodiedKg: about(3_973), CumulatedKg: carbon.Range{Low: -4_000, Best: -2_973, High: -2_000}}, {Year: 2, EnergyKWh: about(28_411), CO2eKg: about(1_474), CumulatedKg: carbon.Range{Low: -2_800, Best: -1_499, High: -100}}},
		Sensitivities: []carbon.Sensitivity{{ID: "standby", What: "The hosts to retire are switched off but stay plugged in.", Saving: 1_100, Against: 1_200}},
		Indicator:     indicator(),
		Search:        plan.Search{Effort: "quick", Method: "greedy", Tool: "sobre 1.0.0"},
	}
}

// Earlier is the plan of last month: another host, one workload elsewhere.
func Earlier() *plan.Plan {
	p := Plan()
	p.After.Hosts, p.Saving.Hosts = 4, 0
	p.After.Energy, p.Saving.Energy = about(20_000), about(24_164)
	p.Hosts[1].State = plan.Keep
	p.Placements[1].To, p.Placements[1].Kind = "srv-01", ""
	p.Placements = p.Placements[:3]
	return p
}

func day(text string) inventory.Date {
	d, _ := inventory.ParseDate(text)
	return d
}

func policy() plan.Policy {
	p := plan.Policy{Scope: plan.Scope{Include: []string{"lot=1"}, Exclude: []string{"name=fax*"}}}.WithDefaults()
	p.Growth = plan.Growth{Rate: inventory.Percent(5), Years: 3}
	return p
}

func hosts() []plan.Host {
	return []plan.Host{
		{ID: "srv-00", Model: "HP ProLiant DL380 G5", State: plan.Keep, Site: "Mairie", Workloads: 1, MeanCPU: 0.1, Energy: about(2_035), PowerRung: "exact CPU"},
		{ID: "srv-01", Model: "HP ProLiant DL380 G5", State: plan.Retire, Site: "Mairie", Energy: about(2_035), PowerRung: "exact CPU"},
		{ID: "srv-02", Name: Hostile, Model: "HP ProLiant BL20p", State: plan.Retire, Chassis: "enc-1", Slot: 2, Energy: about(2_035), PowerRung: "CPU family"},
		{ID: "bl-01", Model: "bl460c-g6", State: plan.Buy, Chassis: "enc-2", Slot: 1, Workloads: 4, Load: map[string]float64{"cpu": 0.34, "memory": 0.91}, Energy: about(1_400), PowerRung: "given"},
		{ID: "bl-02", Model: "bl460c-g6", State: plan.Buy, Chassis: "enc-2", Slot: 2, Spare: true, Energy: about(1_200), PowerRung: "given"},
	}
}

func placements() []plan.Placement {
	return []plan.Placement{
		{Workload: "srv-00-os", From: "srv-00", To: "srv-00", Stays: "pinned by usb dongle", Demand: []float64{1200, 2, 4096}},
		{Workload: "srv-01-os", From: "srv-01", To: "bl-01", Kind: "p2v", Service: "État civil", Demand: []float64{800, 2, 2048}},
		{Workload: Hostile, From: "srv-02", To: "bl-01", Kind: "move", Service: "État civil", Demand: []float64{3200, 4, 8192}},
		{Workload: "web-1", From: "srv-02", To: "bl-01", Kind: "move", Demand: []float64{10, 1, 512}},
		{Workload: "late-os", From: "srv-03", To: "srv-03", Stays: "out of scope", Demand: []float64{10, 1, 1024}},
	}
}

func waves() []plan.Wave {
	return []plan.Wave{
		{Number: 1, Name: "pilot", Start: "2026-12-05T20:00", Hours: 3.5, Moves: []plan.Move{{Workload: "srv-01-os", From: "srv-01", To: "bl-01", Kind: plan.P2V, Minutes: 120, Downtime: 130}}, Freed: []string{"srv-01"}, PowerOff: day("2026-12-06"), Downtime: []plan.Downtime{{Service: "État civil", Minutes: 130}}, Rollback: "switch the old server on again", PersonDays: 1.5, Saved: &plan.WaveSaving{Energy: 9_000, CO2e: 460, Cost: 1_600}},
		{Number: 2, Start: "2026-12-12T20:00", Hours: 1, Moves: []plan.Move{{Workload: Hostile, From: "srv-02", To: "bl-01", Kind: plan.Live, Minutes: 10}, {Workload: "web-1", From: "srv-02", To: "bl-01", Kind: plan.Cold, Swing: true, Start: 10, Minutes: 10, Downtime: 12}}, Freed: []string{"srv-02"}, PowerOff: day("2026-12-13"), Saved: &plan.WaveSaving{Energy: 28_411, CO2e: 1_474, Cost: 5_114}},
	}
}

func bill() *cost.Result {
	return &cost.Result{
		Currency: "EUR",
		Before:   cost.Bill{Electricity: about(7_949), Maintenance: carbon.Exactly(3_000), PerYear: about(10_949), Total: about(50_000)},
		After: cost.Bill{
			Electricity: about(2_780), Maintenance: carbon.Exactly(1_000), PerYear: about(3_780), Once: carbon.Exactly(21_600), Total: about(40_000),
			ByModel: []cost.Purchase{{Model: "bl460c-g6", Count: 2, Sum: 8_400}, {Model: "c7000", Count: 1}}, ByLicence: []cost.LicenceBill{{Name: "vsphere-standard", For: "vsphere", Units: 32, PerYear: 1_600, Hosts: []string{"bl-01", "bl-02"}}},
		},
		Saving: cost.Bill{Electricity: about(5_114), Maintenance: carbon.Exactly(2_000), PerYear: about(7_114), Once: carbon.Exactly(-21_600), Total: about(10_000)},
		NPV:    carbon.Range{Low: 4_000, Best: 10_000, High: 18_000}, PaybackYears: carbon.Range{Low: 2.4, Best: 3, High: 3.9}, Unpriced: []string{"c7000"},
		Assumptions: []carbon.Assumption{{ID: "cost.discount", What: "Rate at which later money counts less, a year.", Value: 4, Low: 4, High: 4, Unit: "%", Source: "given in the policy"}},
	}
}

func indicator() *carbon.Indicator {
	return &carbon.Indicator{
		Perimeter: "4 servers", Period: "2026", Reference: "the estate as inventoried, with nothing changed or renewed", Method: "difference of two scenarios", Exclusions: []string{"work of people and transport"},
		Factors: []carbon.Factor{{ID: "grid.FR.ademe", Grams: 51.9, Year: 2024, Source: carbon.Source{Publisher: "ADEME", Title: "Base Empreinte"}}},
		REEN:    carbon.REEN{ServersBefore: 4, ServersAfter: 3, ServersRetired: 2, ITEnergyBefore: about(24_000), ITEnergyAfter: about(8_000), FacilityBefore: about(44_164), FacilityAfter: about(15_447), PUEBefore: about(1.8), PUEAfter: about(1.9), EmbodiedKg: about(3_973)},
		BEGES:   carbon.BEGES{Item21Before: about(2.29), Item21After: about(0.8), Item42: about(3.97)},
		PCAET:   carbon.PCAET{EnergySaved: about(28_411), CO2eAvoided: about(0.7), Net: about(3.4), Horizon: 5},
		RGESN:   []carbon.RGESNCriteria{{Criterion: "8.3", What: "PUE of the machine room in service", Value: 1.9, Limit: 1.5}},
	}
}
