package verify_test

import (
	"testing"
	"time"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// TestBrokenPlan breaks one property of a right plan at a time and sees that
// the referee names it, on the thing that was broken.
func TestBrokenPlan(t *testing.T) {
	tests := []struct {
		name, code, subject string
		breakIt             func(*town)
	}{
		{"another version", "version", "", func(tn *town) { tn.plan.Version = 2 }},
		{"senseless policy", "policy", "", func(tn *town) { tn.plan.Policy.Growth.Years = 99 }},
		{"another estate", "estate-size", "", func(tn *town) { tn.plan.Estate.Workloads = 3 }},
		{"doubled host in the estate", "estate-ids", "a1", func(tn *town) { tn.estate.Hosts[1].ID = "a1" }},
		{"doubled workload in the estate", "estate-ids", "va1", func(tn *town) { tn.estate.Workloads[1].ID = "va1" }},

		{"workload lost", "workload-missing", "va8", func(tn *town) { tn.plan.Placements[7] = tn.plan.Placements[6]; tn.plan.Placements[7].Workload = "va7" }},
		{"workload twice", "workload-twice", "va1", func(tn *town) { tn.plan.Placements = append(tn.plan.Placements, tn.plan.Placements[0]) }},
		{"workload in two lists", "workload-twice", "va1", func(tn *town) {
			tn.plan.Unplaced = []plan.Unplaced{{Workload: "va1", Reason: "no-room", What: "x"}}
		}},
		{"workload invented", "workload-unknown", "ghost", func(tn *town) {
			tn.plan.Placements = append(tn.plan.Placements, plan.Placement{Workload: "ghost", To: "a1"})
		}},
		{"template placed", "workload-class", "golden", func(tn *town) { tn.plan.Excluded = tn.plan.Excluded[1:]; tn.addPlacement("golden", "a1", "a1") }},
		{"workload excluded for nothing", "workload-class", "va1", func(tn *town) { tn.plan.Excluded = append(tn.plan.Excluded, plan.Unplaced{Workload: "va1"}) }},
		{"unplaced without a reason", "unplaced-reason", "va8", func(tn *town) { tn.unplace("va8", "") }},
		{"too big and not so", "unplaced-reason", "va8", func(tn *town) { tn.unplace("va8", "too-big") }},
		{"unplaced though it stays", "stay-moved", "fax-os", func(tn *town) { tn.unplace("fax-os", "no-room") }},
		{"unknown host", "host-unknown", "va1", func(tn *town) { tn.placement("va1").To = "nowhere" }},
		{"on a retired host", "host-out-of-service", "va7", func(tn *town) { tn.placement("va7").To = "a4" }},
		{"on a host in maintenance", "place-forbidden", "va7", func(tn *town) { tn.placement("va7").To = "m1" }},
		{"in another cluster", "place-forbidden", "va7", func(tn *town) { tn.placement("va7").To = "b2" }},
		{"on a standalone server", "place-forbidden", "va7", func(tn *town) { tn.placement("va7").To = "fax" }},
		{"pinned guest moved", "stay-moved", "vb-gpu", func(tn *town) { tn.placement("vb-gpu").To = "b2" }},
		{"stay rule broken", "stay-moved", "fax-os", func(tn *town) { tn.placement("fax-os").To = "a2" }},
		{"out of scope moved", "stay-moved", "va2", func(tn *town) { tn.plan.Policy.Scope.Exclude = []string{"id=va2"} }},
		{"named by retire and used", "place-forbidden", "va1", func(tn *town) { tn.plan.Policy.Hosts.Retire = []string{"A1"} }},
		{"from elsewhere", "placement-from", "va1", func(tn *town) { tn.placement("va1").From = "a2" }},
		{"a move called p2v", "placement-kind", "va2", func(tn *town) { tn.placement("va2").Kind = "p2v" }},
		{"said to stay and moved", "placement-stays", "va2", func(tn *town) { tn.placement("va2").Stays = "habit" }},
		{"stays for no reason given", "placement-stays", "fax-os", func(tn *town) { tn.placement("fax-os").Stays = "" }},

		{"host lost", "host-missing", "register", func(tn *town) { tn.dropHost("register") }},
		{"host twice", "host-twice", "a1", func(tn *town) { tn.plan.Hosts = append(tn.plan.Hosts, tn.plan.Hosts[0]) }},
		{"host invented", "host-unknown", "x9", func(tn *town) { tn.plan.Hosts = append(tn.plan.Hosts, plan.Host{ID: "x9", State: plan.Keep}) }},
		{"existing host bought", "host-state", "a1", func(tn *town) { tn.host("a1").State = plan.Buy }},
		{"used host retired", "host-state", "a1", func(tn *town) { tn.host("a1").State = plan.Retire }},
		{"kept host retired", "host-state", "b1", func(tn *town) { tn.host("b1").State = plan.Retire }},
		{"hosts.keep ignored", "host-state", "a4", func(tn *town) { tn.plan.Policy.Hosts.Keep = []string{"a4"} }},
		{"empty host kept", "host-state", "register", func(tn *town) { tn.host("register").State = plan.Keep }},
		{"host in maintenance kept", "host-state", "m1", func(tn *town) {
			tn.plan.Hosts = append(tn.plan.Hosts, plan.Host{ID: "m1", Cluster: "a", State: plan.Keep, Spare: true})
		}},
		{"no state", "host-state", "a1", func(tn *town) { tn.host("a1").State = "" }},
		{"used spare", "host-state", "a2", func(tn *town) { tn.host("a2").Spare = true }},
		{"miscounted content", "host-count", "a2", func(tn *town) { tn.host("a2").Workloads = 1 }},
		{"moved to another cluster on paper", "host-differs", "a1", func(tn *town) { tn.host("a1").Cluster = "b" }},

		{"model not in the plan", "model-unknown", "new-1", func(tn *town) { tn.plan.Models = nil }},
		{"model made better", "model-differs", "blade", func(tn *town) { tn.plan.Models[0].Memory = inventory.GiB(512) }},
		{"model not in the catalogue", "model-differs", "blade", func(tn *town) { tn.catalogue.Hosts = nil }},
		{"model not to be bought", "model-forbidden", "new-1", func(tn *town) { tn.plan.Policy.Hosts.Buy = []string{"rack-*"} }},
		{"out of stock", "model-stock", "blade", func(tn *town) { *tn.plan.Models[0].Stock = 0 }},
		{"blade without chassis", "chassis-model", "new-1", func(tn *town) { tn.host("new-1").Chassis = "" }},
		{"blade in another chassis model", "chassis-model", "new-1", func(tn *town) { tn.estate.Chassis[0].Model = "s8i" }},
		{"slot taken", "chassis-slot", "new-1", func(tn *town) { tn.host("new-1").Slot = 2 }},
		{"slot that is not there", "chassis-slot", "new-1", func(tn *town) { tn.host("new-1").Slot = 5 }},
		{"more blades than slots", "chassis-slot", "enc-1", func(tn *town) { tn.estate.Chassis[0].Slots = 2 }},
		{"chassis lost", "chassis-missing", "enc-1", func(tn *town) { tn.plan.Chassis = nil }},
		{"blades miscounted", "chassis-count", "enc-1", func(tn *town) { tn.plan.Chassis[0].After = 2 }},
		{"chassis called bought", "chassis-state", "enc-1", func(tn *town) { tn.plan.Chassis[0].State = plan.Buy }},

		{"memory overfilled", "over-limit", "a1", func(tn *town) { tn.placement("va8").To = "a1" }},
		{"CPU overfilled", "over-limit", "a1", func(tn *town) { tn.use("va1", 310); tn.use("va3", 20) }},
		{"vCPUs overfilled", "over-limit", "a1", func(tn *town) { tn.workload("va1").VCPUs = 53 }},
		{"disk overfilled", "over-limit", "new-1", func(tn *town) {
			tn.plan.Models[0].Disk, tn.catalogue.Hosts[0].Disk = inventory.GiB(99), inventory.GiB(99)
		}},
		{"GPU that is not there", "over-limit", "a1", func(tn *town) { tn.workload("va1").Resources = map[string]int64{"gpu": 1} }},
		{"growth forgotten", "over-limit", "a1", func(tn *town) { tn.plan.Policy.Growth = plan.Growth{Rate: inventory.Percent(25), Years: 1} }},
		{"added to a host that is over", "over-limit", "b1", func(tn *town) { tn.workload("vb-gpu").Memory = inventory.GiB(120) }},
		{"load embellished", "load", "a1", func(tn *town) { tn.host("a1").Load["memory"] = 0.5 }},
		{"demand embellished", "demand", "va1", func(tn *town) { tn.placement("va1").Demand[0] = 900 }},
		{"demand cut short", "demand", "va1", func(tn *town) { tn.placement("va1").Demand = []float64{1000} }},
		{"service invented", "placement-service", "va1", func(tn *town) { tn.placement("va1").Service = "taxes" }},
		{"capacity embellished", "capacity", "a1", func(tn *town) { tn.host("a1").Capacity[2] *= 2 }},
		{"limit left out", "capacity", "register", func(tn *town) { tn.host("register").Capacity[3] = -1 }},
		{"mean load embellished", "load", "a2", func(tn *town) { tn.host("a2").MeanCPU = 0.01 }},

		{"apart broken", "rule-apart", "dc", func(tn *town) { tn.placement("va2").To = "a1" }},
		{"apart by chassis broken", "rule-apart", "dc", func(tn *town) {
			tn.estate.Rules[0] = inventory.Rule{Name: "dc", Apart: []string{"register*", "vb2"}, By: inventory.ByChassis}
		}},
		{"apart by site broken", "rule-apart", "dc", func(tn *town) { tn.estate.Rules[0].By = inventory.BySite }},
		{"together broken", "rule-together", "app", func(tn *town) { tn.placement("va4").To = "a2" }},
		{"only broken", "rule-only", "licence", func(tn *town) { tn.estate.Rules[2].Hosts = []string{"a3"} }},
		{"never broken", "rule-never", "noisy", func(tn *town) { tn.estate.Rules[3].Hosts = []string{"a*"} }},
		{"rule of the policy broken", "rule-never", "policy rule 1", func(tn *town) {
			tn.plan.Policy.Rules = []inventory.Rule{{Never: []string{"register-os"}, Hosts: []string{"blade"}}}
		}},
		{"rule not listed", "rules-listed", "", func(tn *town) { tn.plan.Rules = tn.plan.Rules[1:] }},
		{"hard rule said to be broken", "rule-broken", "dc", func(tn *town) { tn.plan.Rules[0].Broken = true }},
		{"soft rule said to be kept", "rules-listed", "wish", func(tn *town) { tn.plan.Rules[5].Broken = false }},

		{"no failover", "failover", "", func(tn *town) { tn.plan.Failover = nil }},
		{"fewer failures than asked", "failover", "", func(tn *town) { tn.plan.Failover.Hosts = 0 }},
		{"failures not replayed", "failover-replayed", "", func(tn *town) { tn.plan.Failover.Replayed = 5 }},
		{"restarts nowhere", "failover-restart", "a1", func(tn *town) { delete(tn.plan.Failover.Restarts["a1"], "va1") }},
		{"restarts on itself", "failover-restart", "a1", func(tn *town) { tn.plan.Failover.Restarts["a1"]["va1"] = "a1" }},
		{"restarts in another cluster", "failover-restart", "a1", func(tn *town) { tn.plan.Failover.Restarts["a1"]["va1"] = "b1" }},
		{"restarts of strangers", "failover-restart", "b2", func(tn *town) { tn.plan.Failover.Restarts["b2"]["vb1"] = "b1" }},
		{"failure of a server that takes none", "failover-restart", "fax", func(tn *town) { tn.plan.Failover.Restarts["fax"] = map[string]string{} }},
		{"restarts over a limit", "failover-limit", "a1", func(tn *town) { tn.plan.Failover.Restarts["a1"]["va5"] = "a2" }},
		{"restarts against a rule", "failover-limit", "a1", func(tn *town) {
			tn.estate.Rules[0].Apart = []string{"va5", "register-os"}
			tn.plan.Failover.Restarts["a1"]["va5"] = "new-1"
		}},
		{"restarts torn apart", "failover-limit", "a1", func(tn *town) { tn.plan.Failover.Restarts["a1"]["va4"] = "new-1" }},
		{"given up and called feasible", "status", "", func(tn *town) {
			delete(tn.plan.Failover.Restarts["a1"], "va1")
			tn.plan.Failover.Lost = append(tn.plan.Failover.Lost, plan.Unplaced{Workload: "va1", Reason: "no-room"})
		}},
		{"lost workload not named", "failover-lost", "vb-gpu", func(tn *town) { tn.plan.Failover.Lost = nil }},
		{"given up for nothing", "failover-lost", "va1", func(tn *town) {
			tn.plan.Failover.Lost = append(tn.plan.Failover.Lost, plan.Unplaced{Workload: "va1"})
		}},
		{"spare not named", "failover-spares", "a3", func(tn *town) { tn.plan.Failover.Spares = nil }},

		{"move in no wave", "wave", "va2", func(tn *town) { tn.plan.Waves[0].Moves = tn.plan.Waves[0].Moves[1:] }},
		{"waves out of order", "wave", "va2", func(tn *town) { tn.plan.Waves[0], tn.plan.Waves[1] = tn.plan.Waves[1], tn.plan.Waves[0] }},
		{"from elsewhere", "wave", "va2", func(tn *town) { tn.plan.Waves[0].Moves[0].From = "a2" }},
		{"to elsewhere", "wave", "va2", func(tn *town) { tn.plan.Waves[0].Moves[0].To = "b1" }},
		{"a stop that is none", "wave", "va2", func(tn *town) { tn.plan.Waves[0].Moves[0].Swing = true }},
		{"faster than the rate", "wave", "va2", func(tn *town) { tn.plan.Waves[0].Moves[0].Minutes = 3 }},
		{"downtime kept quiet", "wave", "register-os", func(tn *town) { tn.plan.Waves[1].Moves[3].Downtime = 0 }},
		{"called live", "wave", "va-off", func(tn *town) { tn.plan.Waves[1].Moves[2].Kind = plan.Live }},
		{"too many on a host", "wave", "va3", func(tn *town) { tn.plan.Waves[0].Moves[3].Start = 9 }},
		{"too many at a time", "wave", "va6", func(tn *town) { tn.plan.Policy.Waves.Parallel = 2 }},
		{"out of its window", "wave", "register-os", func(tn *town) { tn.plan.Policy.Waves.Window = inventory.Hours(1); tn.plan.Waves[1].Moves[3].Start = 1 }},
		{"more than a wave may hold", "wave", "", func(tn *town) { tn.plan.Policy.Waves.Live.Most = 4 }},
		{"before what it waits for", "wave", "va2", func(tn *town) {
			tn.plan.Policy.Waves.After = []plan.MoveAfter{{Move: []string{"va2"}, After: []string{"va7"}}}
		}},
		{"a day nobody asked for", "wave", "", func(tn *town) { tn.plan.Waves[0].Start = "2026-01-01T20:00" }},
		{"no day", "wave", "", func(tn *town) { tn.plan.Policy.Waves.Start = inventory.MakeDate(time.Unix(0, 0)) }},
		{"hours embellished", "wave", "", func(tn *town) { tn.plan.Waves[1].Hours = 1 }},
		{"work embellished", "wave", "", func(tn *town) { tn.plan.Waves[1].PersonDays = 0.1 }},
		{"downtime embellished", "wave", "register-os", func(tn *town) { tn.plan.Waves[1].Downtime[0].Minutes = 10 }},
		{"savings embellished", "wave", "", func(tn *town) { tn.plan.Waves[0].Saved = &plan.WaveSaving{Energy: 1e6} }},
		{"never switched off", "wave", "register", func(tn *town) { tn.plan.Waves[1].Freed = []string{"a4"} }},
		{"said to be impossible", "wave-impossible", "", func(tn *town) {
			tn.plan.Waves = nil
			tn.plan.Findings = []inventory.Finding{{Code: "moves-impossible"}}
		}},
		{"freed too early", "wave", "a4", func(tn *town) { tn.plan.Waves[0].Freed = []string{"a4"} }},
		{"freed and kept", "wave", "a1", func(tn *town) { tn.plan.Waves[1].Freed = []string{"a1"} }},

		{"hosts miscounted", "totals", "after", func(tn *town) { tn.plan.After.Hosts = 6 }},
		{"cores miscounted", "totals", "before", func(tn *town) { tn.plan.Before.Cores = 1 }},
		{"memory miscounted", "totals", "before", func(tn *town) { tn.plan.Before.MemoryMiB++; tn.plan.Before.MemoryMiB += 100 }},
		{"saving embellished", "totals", "saving", func(tn *town) { tn.plan.Saving.Hosts = 2 }},

		{"energy embellished", "footprint", "after.energy_kwh_per_year", func(tn *town) { scale(&tn.plan.After.Energy, 0.9) }},
		{"carbon embellished", "footprint", "before.co2e_kg_per_year", func(tn *town) { scale(&tn.plan.Before.CO2e, 1.1) }},
		{"saving of energy embellished", "footprint", "saving.energy_kwh_per_year", func(tn *town) { scale(&tn.plan.Saving.Energy, 1.1) }},
		{"manufacture forgotten", "footprint", "after.embodied_kg", func(tn *town) { scale(&tn.plan.After.Embodied, 0) }},
		{"price forgotten", "footprint", "after.purchase_eur", func(tn *town) { scale(&tn.plan.After.Purchase, 0) }},
		{"cost embellished", "footprint", "after.cost_eur_per_year", func(tn *town) { scale(&tn.plan.After.Cost, 0.5) }},
		{"range turned round", "range", "before.energy_kwh_per_year", func(tn *town) { tn.plan.Before.Energy.Low *= 10 }},

		{"unknown status", "status", "", func(tn *town) { tn.plan.Status = "perfect" }},
		{"optimal with a gap", "status", "", func(tn *town) { tn.plan.Status = plan.Optimal }},
		{"infeasible with all placed", "status", "", func(tn *town) { tn.plan.Status = plan.Infeasible }},
		{"gap hidden", "bound", "", func(tn *town) { tn.plan.Bound.Gap = 0 }},
		{"bound above the plan", "bound", "", func(tn *town) { tn.plan.Bound.Hosts = 8 }},
		{"bound raised", "bound-unproven", "", func(tn *town) { tn.plan.Bound.Hosts, tn.plan.Bound.Gap = 7, 0 }},
		{"certificate claims more", "certificate", "a", func(tn *town) { tn.plan.Bound.Certificates[0].Hosts = 3 }},
		{"weight raised", "certificate", "a", func(tn *town) { tn.plan.Bound.Certificates[0].Weights["va1"] = 2 }},
		{"scale lowered", "certificate", "a", func(tn *town) { tn.plan.Bound.Certificates[0].Scale = 3 }},
		{"no scale", "certificate", "a", func(tn *town) { tn.plan.Bound.Certificates[0].Scale = 0 }},
		{"stranger weighed", "certificate", "a", func(tn *town) { tn.plan.Bound.Certificates[0].Weights["golden"] = 1 }},
		{"surcharge on nothing", "certificate", "a", func(tn *town) { tn.plan.Bound.Certificates[0].Surcharges = map[string]int64{"x": 1} }},
		{"host counted twice", "certificate-overlap", "b", func(tn *town) {
			c := &tn.plan.Bound.Certificates[1]
			c.Weights["va1"] = 1
		}},
		{"spare of a kept host", "certificate", "b", func(tn *town) { tn.plan.Bound.Certificates[1].Weights["vb-gpu"] = 1 }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tn := newTown()
			test.breakIt(tn)
			r := verify.Check(copyPlan(t, tn.plan), tn.estate, verify.Options{Catalogue: tn.catalogue, Draws: 1})
			for _, v := range r.Violations {
				if v.Code == test.code && v.Subject == test.subject {
					return
				}
			}
			t.Errorf("no violation %s of %q among %v", test.code, test.subject, r.Violations)
		})
	}
}

func scale(r *carbon.Range, by float64) { r.Low, r.Best, r.High = r.Low*by, r.Best*by, r.High*by }

func (tn *town) workload(id string) *inventory.Workload {
	for n := range tn.estate.Workloads {
		if tn.estate.Workloads[n].ID == id {
			return &tn.estate.Workloads[n]
		}
	}
	panic("no workload " + id)
}

func (tn *town) use(id string, percent float64) {
	tn.workload(id).Use.CPU.P95 = inventory.PercentLevel(percent)
}

func (tn *town) addPlacement(id, from, to string) {
	tn.plan.Placements = append(tn.plan.Placements, plan.Placement{Workload: id, From: from, To: to})
}

func (tn *town) unplace(id, reason string) {
	for n, p := range tn.plan.Placements {
		if p.Workload == id {
			tn.plan.Placements = append(tn.plan.Placements[:n], tn.plan.Placements[n+1:]...)
			break
		}
	}
	tn.plan.Unplaced = append(tn.plan.Unplaced, plan.Unplaced{Workload: id, Reason: reason, What: "in words"})
}

func (tn *town) dropHost(id string) {
	for n, h := range tn.plan.Hosts {
		if h.ID == id {
			tn.plan.Hosts = append(tn.plan.Hosts[:n], tn.plan.Hosts[n+1:]...)
			return
		}
	}
}
