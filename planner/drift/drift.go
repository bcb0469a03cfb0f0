// Package drift compares two inventories of one estate, of two months say: what
// has come, gone, moved and been resized in between, what that does to the
// footprint, and how far the later one is along a plan.
package drift

import (
	"slices"
	"strings"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// Input is what is compared.
type Input struct {
	Old, New *inventory.Estate
	// OldToday and NewToday are the two as they stand (planner.Today).
	OldToday, NewToday *plan.Plan
	Plan               *plan.Plan // that the later one should follow; nil: none
}

// Report is what has changed.
type Report struct {
	Old      Month     `json:"old"`
	New      Month     `json:"new"`
	Changes  []Change  `json:"changes"`
	FromPlan *FromPlan `json:"from_plan,omitempty"`
}

// Month is one of the two inventories in figures.
type Month struct {
	Name      string         `json:"name"`
	Collected inventory.Date `json:"collected,omitzero"`
	Hosts     int            `json:"hosts"`     // in service
	Workloads int            `json:"workloads"` // that run or could
	VCPUs     int            `json:"vcpus"`     // allocated
	Memory    float64        `json:"memory_mib"`
	Energy    carbon.Range   `json:"energy_kwh_per_year"`
	CO2e      carbon.Range   `json:"co2e_kg_per_year"` // of use
	Cost      carbon.Range   `json:"cost_per_year"`
}

// Compare compares two inventories. Machines are the same by ID, else by UUID
// or serial number, else by a name that each side has once.
func Compare(in Input) *Report {
	r := &Report{Old: month(in.Old, in.OldToday), New: month(in.New, in.NewToday), Changes: []Change{}}
	hosts := matchHosts(in.Old, in.New)
	r.compareHosts(in, hosts)
	r.compareWorkloads(in, hosts)
	r.compareDatastores(in)
	slices.SortStableFunc(r.Changes, func(a, b Change) int {
		if a.Kind != b.Kind {
			return strings.Compare(string(a.Kind), string(b.Kind))
		}
		return strings.Compare(a.ID, b.ID)
	})
	if in.Plan != nil {
		r.FromPlan = follow(in, matchWorkloads(in.Old, in.New))
	}
	return r
}

func month(e *inventory.Estate, today *plan.Plan) Month {
	m := Month{
		Name: e.Name, Collected: e.Collected, Hosts: today.After.Hosts, Workloads: len(today.Placements) + len(today.Unplaced),
		Energy: today.After.Energy, CO2e: today.After.CO2e, Cost: today.After.Cost,
	}
	for i := range e.Workloads {
		if w := &e.Workloads[i]; w.State == "" || w.State == inventory.On {
			m.VCPUs += w.VCPUs
			m.Memory += w.Memory.MiB()
		}
	}
	return m
}
