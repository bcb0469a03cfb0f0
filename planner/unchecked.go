package planner

import (
	"fmt"

	"sobre/inventory"
	"sobre/planner/plan"
)

// whatWasNotChecked lists the limits that the data did not allow to check. A
// plan that keeps silent about them would claim too much.
func (s *survey) whatWasNotChecked() []string {
	list := append([]string(nil), s.unchecked...)
	list = append(list, "disk throughput and latency (no source gives them)", "network throughput and reachability")
	if s.policy.CPU.Use != plan.Profiled {
		list = append(list, "hours of the day: peaks of different workloads are added up")
	}
	idle, guests, licensed := 0, 0, 0
	for i := range s.items {
		for _, w := range s.items[i].workloads {
			idle += int(whole(isOff(w)))
			guests += int(whole(w.Kind == inventory.VM))
			licensed += int(whole(s.unlicensed(w)))
		}
	}
	if idle > 0 {
		list = append(list, fmt.Sprintf("room for %d guests that are off, should they start", idle))
	}
	if guests > 0 {
		list = append(list, fmt.Sprintf("storage of %d guests: it is taken to be on shared datastores and to stay there", guests))
	}
	list = append(list, s.unknownToRules()...)
	if licensed > 0 {
		list = append(list, fmt.Sprintf("licence terms of %d workloads", licensed))
	}
	return list
}

// unknownToRules says which rules the facts of some hosts do not let be checked.
func (s *survey) unknownToRules() []string {
	numa, live := map[int]bool{}, map[string]bool{}
	for i := range s.items {
		it := &s.items[i]
		for _, u := range s.placeRulesOf(it) {
			for _, p := range it.allowed {
				cpu := s.places[p].asHost().CPU
				switch s.rules[u].rule.Kind() {
				case inventory.RuleNUMA:
					if cpu.Sockets <= 0 || cpu.Cores <= 0 || !s.places[p].asHost().Memory.Known() {
						numa[p] = true
					}
				case inventory.RuleLive:
					if it.home >= 0 && it.home != p {
						if _, known := inventory.MovesLive(s.places[it.home].host.CPU, cpu); !known {
							live[it.id()] = true
						}
					}
				}
			}
		}
	}
	var list []string
	if len(numa) > 0 {
		list = append(list, fmt.Sprintf("NUMA fit on %d hosts: their sockets, cores or memory are unknown", len(numa)))
	}
	if len(live) > 0 {
		list = append(list, fmt.Sprintf("live moves of %d workloads: the model of a processor is unknown", len(live)))
	}
	return list
}
