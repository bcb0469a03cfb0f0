package plan

import "sobre/carbon"

// Service is what one service (a department, an application) takes of the
// footprint, before and after. The parts of all services sum to the whole.
type Service struct {
	Name      string           `json:"name"` // empty: workloads that name none, and spare hosts
	Workloads int              `json:"workloads"`
	Before    ServiceFootprint `json:"before"`
	After     ServiceFootprint `json:"after"`
}

// ServiceFootprint is one service's part of a footprint, a year.
type ServiceFootprint struct {
	Energy   carbon.Range `json:"energy_kwh_per_year"` // at the room's meter
	CO2e     carbon.Range `json:"co2e_kg_per_year"`    // of use
	Embodied carbon.Range `json:"embodied_kg_per_year"`
	// SCI is use and manufacture for one workload for one year (ISO/IEC
	// 21031:2024), the mean over the service's workloads; absent for the nameless one.
	SCI carbon.Range `json:"sci_kg_per_workload_year,omitzero"`
}

// Price is what one rule or one setting costs: how the plan would differ with
// it changed, everything else as it is. Negative figures are less than the
// plan has.
type Price struct {
	Subject string  `json:"subject"` // the rule's name or text, or the setting: "memory.headroom"
	Change  string  `json:"change"`  // what was tried, in words: "without it", "10 % → 5 %"
	Hosts   int     `json:"hosts"`
	Proven  bool    `json:"proven"` // both counts are proven least
	Energy  float64 `json:"energy_kwh_per_year"`
	CO2e    float64 `json:"co2e_kg_per_year"` // of use
	Cost    float64 `json:"cost_per_year"`    // in the currency of the plan
	Failed  string  `json:"failed,omitzero"`  // why it could not be computed; the figures are 0 then
}
