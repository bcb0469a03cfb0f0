package planner

import (
	"maps"
	"slices"

	"sobre/carbon"
	"sobre/planner/plan"
)

// services joins the shares of a footprint before and after by service.
func services(before, after []carbon.Share) []plan.Service {
	byName := map[string]*plan.Service{}
	of := func(name string) *plan.Service {
		if byName[name] == nil {
			byName[name] = &plan.Service{Name: name}
		}
		return byName[name]
	}
	for _, s := range carbon.ByService(before) {
		entry := of(s.Service)
		entry.Before, entry.Workloads = serviceFootprint(s), s.Workloads
	}
	for _, s := range carbon.ByService(after) {
		entry := of(s.Service)
		entry.After, entry.Workloads = serviceFootprint(s), max(entry.Workloads, s.Workloads)
	}
	var list []plan.Service
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		list = append(list, *byName[name])
	}
	return list
}

func serviceFootprint(s carbon.ServiceShare) plan.ServiceFootprint {
	f := plan.ServiceFootprint{Energy: s.EnergyKWh, CO2e: s.CO2eKg, Embodied: s.EmbodiedKg}
	if s.Workloads > 0 && s.Service != "" { // what has no service holds the spare hosts too
		f.SCI = s.CO2eKg.Plus(s.EmbodiedKg).Scale(1 / float64(s.Workloads))
	}
	return f
}
