package plan

import (
	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
)

// Plan is the answer: who goes where, which hosts are kept, retired and
// bought, how far from the best possible that is, and what it saves.
type Plan struct {
	Version   int         `json:"version"`
	Status    Status      `json:"status"`
	Estate    Subject     `json:"estate"`
	Inputs    []Input     `json:"inputs"`
	Objective []Objective `json:"objective"`
	Bound     Bound       `json:"bound"`
	Before    Totals      `json:"before"`
	After     Totals      `json:"after"`
	Saving    Saving      `json:"saving"`

	Hosts      []Host       `json:"hosts"`
	Chassis    []Chassis    `json:"chassis,omitempty"`
	Placements []Placement  `json:"placements"`
	Unplaced   []Unplaced   `json:"unplaced"`
	Excluded   []Unplaced   `json:"excluded,omitempty"` // not asked to be placed: templates, placeholders, …
	Failover   *Failover    `json:"failover,omitempty"`
	Waves      []Wave       `json:"waves,omitempty"`
	Rules      []RuleResult `json:"rules,omitempty"`
	// Growth is year by year what no longer fits; absent: nothing grows.
	Growth []GrowthYear `json:"growth,omitempty"`
	// Hours is what planning hour by hour gives; absent: the policy does not ask.
	Hours *Hours `json:"hours,omitempty"`
	// Contradictions are rules that cannot all be kept, and who has no place for it.
	Contradictions []Contradiction     `json:"contradictions,omitempty"`
	Prices         []Price             `json:"prices,omitempty"` // of rules and settings; absent: not computed
	Unchecked      []string            `json:"unchecked"`        // what no data allowed to check
	Findings       []inventory.Finding `json:"findings,omitempty"`

	Policy      Policy                `json:"policy"`           // as used, every default filled in
	Models      []inventory.HostModel `json:"models,omitempty"` // bought ones, as the catalogue had them
	Resources   []Resource            `json:"resources"`        // what was packed, in the order of Load
	Assumptions []carbon.Assumption   `json:"assumptions,omitempty"`
	Tornado     []carbon.Swing        `json:"tornado,omitempty"` // which assumption moves the carbon saving most
	// Cost is the money in full; Before.Cost and After.Cost are its yearly sums.
	Cost *cost.Result `json:"cost,omitempty"`
	// Services share the footprint; Years is the saving year by year, waves and
	// the grid's course counted; Indicator is the block for French reports.
	Services      []Service            `json:"services,omitempty"`
	Years         []carbon.Year        `json:"years,omitempty"`
	Sensitivities []carbon.Sensitivity `json:"sensitivities,omitempty"`
	Indicator     *carbon.Indicator    `json:"indicator,omitempty"`
	Search        Search               `json:"search"`
}

// Status is what is proven of the first objective.
type Status string

// The states of a plan.
const (
	Optimal    Status = "optimal"    // its bound is met
	Feasible   Status = "feasible"   // all is placed; better may exist
	Infeasible Status = "infeasible" // something could not be placed
)

// Subject is what the plan is about.
type Subject struct {
	Name      string         `json:"name"`
	Collected inventory.Date `json:"collected,omitzero"`
	Sources   []string       `json:"sources,omitempty"` // in words: "ocs mulhouse/ocs (60 documents)"
	Sites     int            `json:"sites,omitzero"`
	Workloads int            `json:"workloads"` // of all classes and states
}

// Input is a file that the plan was made from.
type Input struct {
	Role   string `json:"role"` // estate | catalogue | policy | licences
	Path   string `json:"path"`
	SHA256 string `json:"sha256,omitzero"`
	Format string `json:"format,omitzero"` // as recognised
}

// Bound is what is proven about the first objective.
type Bound struct {
	Hosts   int    `json:"hosts"`            // no plan has fewer
	Gap     int    `json:"gap"`              // hosts above the bound
	Binding string `json:"binding,omitzero"` // what forces it: a resource, or "sizes" when no single one does
	Why     string `json:"why,omitzero"`     // in words and numbers
	Method  string `json:"method"`
	// Certificates prove the bound, one for each part of the estate that is
	// packed by itself.
	Certificates []Certificate `json:"certificates,omitempty"`
}

// Certificate is the proof for one part of the estate: whole-number weights
// such that what one host may hold never weighs more than Scale (plus the
// surcharge of that host), so that no fewer hosts than the total weight
// demands can be enough.
type Certificate struct {
	Part       string           `json:"part"`
	Hosts      int              `json:"hosts"` // the bound for this part, spares left out
	Spares     int              `json:"spares,omitzero"`
	Scale      int64            `json:"scale"`
	Weights    map[string]int64 `json:"weights"`              // by workload ID; absent: 0
	Surcharges map[string]int64 `json:"surcharges,omitempty"` // by host ID or model name
	// Without are hosts that the certificate does without, as many as may fail
	// at the same time: even so, what it weighs needs that many others.
	Without []string `json:"without,omitempty"`
}

// Totals are the sums over an estate, before or after.
type Totals struct {
	Hosts    int          `json:"hosts"` // in service
	Chassis  int          `json:"chassis,omitzero"`
	Energy   carbon.Range `json:"energy_kwh_per_year"`
	ITEnergy carbon.Range `json:"it_energy_kwh_per_year"`
	CO2e     carbon.Range `json:"co2e_kg_per_year"`     // of use
	Embodied carbon.Range `json:"embodied_kg,omitzero"` // to make what is bought, once
	// Cost is the yearly sum of electricity in the first year, maintenance,
	// space and licences, in the currency of the plan's Cost, which has the parts.
	Cost     carbon.Range `json:"cost_eur_per_year"`
	Purchase carbon.Range `json:"purchase_eur,omitzero"` // of hosts and enclosures, once
	// PUE is of this state's part of its rooms; Location and Market are CO2e by
	// either method (equal without a contract), Reused is heat used elsewhere.
	PUE             carbon.Range `json:"pue,omitzero"`
	EmbodiedPerYear carbon.Range `json:"embodied_kg_per_year,omitzero"` // over the lifetime of what is bought
	// Manufacture is that of what is bought, reckoned from its parts: with metals
	// and primary energy, once, whatever Embodied was given.
	Manufacture carbon.Impact `json:"manufacture_from_parts,omitzero"`
	Location    carbon.Range  `json:"co2e_location_kg_per_year,omitzero"`
	Market      carbon.Range  `json:"co2e_market_kg_per_year,omitzero"`
	Water       carbon.Range  `json:"water_litres_per_year,omitzero"`
	Reused      carbon.Range  `json:"reused_kwh_per_year,omitzero"`
	Cores       int           `json:"cores,omitzero"`
	MemoryMiB   int64         `json:"memory_mib,omitzero"`
}

// Saving is before minus after, each figure with its own range: what both
// rest on moves them together, so the range is not the sum of theirs.
type Saving struct {
	Hosts         int           `json:"hosts"`
	Energy        carbon.Range  `json:"energy_kwh_per_year"`
	CO2e          carbon.Range  `json:"co2e_kg_per_year"`
	Total         carbon.Range  `json:"total_co2e_kg_per_year,omitzero"` // use and manufacture
	Cost          carbon.Range  `json:"cost_eur_per_year"`
	CarbonPayback *carbon.Range `json:"carbon_payback_years,omitempty"` // of making what is bought; absent: nothing bought, or never
	CostPayback   *carbon.Range `json:"cost_payback_years,omitempty"`
	NetCO2e       carbon.Range  `json:"net_co2e_kg_over_horizon"` // over the policy's horizon, manufacture taken off
	Worth         bool          `json:"worth"`                    // false: this plan emits more than it saves
}

// HostState is what the plan does with a host.
type HostState string

// The states of a host in a plan.
const (
	Keep   HostState = "keep"
	Retire HostState = "retire"
	Buy    HostState = "buy"
)

// Host is one host of the plan: an existing one, or one to buy.
type Host struct {
	ID      string         `json:"id"`
	Name    string         `json:"name,omitzero"`
	Model   string         `json:"model,omitzero"`
	State   HostState      `json:"state"`
	Role    inventory.Role `json:"role,omitzero"`
	Spare   bool           `json:"spare,omitzero"` // holds nothing; stands by for a failed host
	Cluster string         `json:"cluster,omitzero"`
	Chassis string         `json:"chassis,omitzero"`
	Slot    int            `json:"slot,omitzero"`
	Site    string         `json:"site,omitzero"`
	// Load is, for each packed resource, demand over the host's capacity
	// before headroom; 1 is full.
	Load map[string]float64 `json:"load,omitempty"`
	// Capacity is what the host offers, in the order and units of the plan's
	// resources, before headroom; -1: no limit, or none that is known.
	Capacity  []float64 `json:"capacity,omitempty"`
	MeanCPU   float64   `json:"mean_cpu"` // mean CPU load over the year, 0 to 1, that energy is counted with
	Workloads int       `json:"workloads"`
	// ClosedTo names what licences are for whose workloads the plan keeps off
	// this host, now and after failures, by rules or to save licences.
	ClosedTo  []string     `json:"closed_to,omitempty"`
	Energy    carbon.Range `json:"energy_kwh_per_year"` // IT, after the plan; before it for a retired host
	PowerRung string       `json:"power_rung,omitzero"` // how its power is known
	PowerFrom string       `json:"power_from,omitzero"` // ID of the assumption that says it
	// EnergyBefore is what a host that stays draws today, IT; Idle and Enclosure
	// are the parts of Energy that it draws without work, and that its place in
	// an enclosure draws (counted in Idle).
	EnergyBefore carbon.Range `json:"energy_before_kwh_per_year,omitzero"`
	Idle         float64      `json:"idle_kwh_per_year,omitzero"`
	Enclosure    float64      `json:"enclosure_kwh_per_year,omitzero"`
}

// Chassis is one enclosure of the plan.
type Chassis struct {
	ID     string    `json:"id"`
	Model  string    `json:"model,omitzero"`
	Site   string    `json:"site,omitzero"`
	State  HostState `json:"state"`
	Slots  int       `json:"slots,omitzero"`
	Before int       `json:"blades_before"`
	After  int       `json:"blades_after"`
}

// Placement is where a workload goes.
type Placement struct {
	Workload string `json:"workload"`
	From     string `json:"from,omitzero"` // host ID; absent: runs nowhere known
	To       string `json:"to"`
	Kind     string `json:"kind,omitzero"`  // p2v | move; absent: stays
	Stays    string `json:"stays,omitzero"` // why it may not move
	Service  string `json:"service,omitzero"`
	// Demand is what it is counted with wherever it moves to, in the order and
	// units of the plan's resources.
	Demand []float64 `json:"demand,omitempty"`
}

// Unplaced is a workload that has no place in the plan, and why.
type Unplaced struct {
	Workload string `json:"workload"`
	Reason   string `json:"reason"` // a code: too-big, rules, no-room, template, …
	What     string `json:"what"`   // in words and numbers
}

// Failover is the replay of failures after the plan. What fails is named by
// the host's ID, by two of them in order joined by "+", by "chassis ID" or by
// "site NAME".
type Failover struct {
	Hosts    int                          `json:"hosts"` // failures survived at the same time
	Spares   []string                     `json:"spares,omitempty"`
	Replayed int                          `json:"replayed"`         // hosts whose failure was replayed
	Chassis  int                          `json:"chassis,omitzero"` // enclosures whose failure was replayed
	Sites    int                          `json:"sites,omitzero"`   // sites whose failure was replayed
	Lost     []Unplaced                   `json:"lost,omitempty"`
	Restarts map[string]map[string]string `json:"restarts,omitempty"` // what fails → workload → where it restarts
	// Stopped are the workloads that may stop and do: those of what fails that
	// restart nowhere, and those switched off elsewhere to make room.
	Stopped map[string][]string `json:"stopped,omitempty"`
}

// RuleResult is a rule as the plan keeps it.
type RuleResult struct {
	Rule       string `json:"rule"`
	Workloads  int    `json:"workloads"` // it applies to
	Soft       bool   `json:"soft,omitzero"`
	Broken     bool   `json:"broken,omitzero"`       // only a soft one may be
	CostsHosts *int   `json:"costs_hosts,omitempty"` // fewer hosts without it; absent: not computed
}

// GrowthYear is what is over its limits after some years of growth, if nothing
// is moved and nothing bought.
type GrowthYear struct {
	Year      int `json:"year"`       // from today, 0
	TodayOver int `json:"today_over"` // hosts over their limits as everything runs today
	PlanOver  int `json:"plan_over"`  // hosts over their limits as the plan places it
	// Short is the resource of which all hosts of the plan together have too
	// little, so that no other placement on them would fit; empty: none.
	Short string `json:"short,omitzero"`
}

// Hours compares a plan by the hour with one by peaks, where each workload
// counts with its busiest hour.
type Hours struct {
	Hours     int `json:"hours"`      // of a profile: 24 or 168
	Profiles  int `json:"profiles"`   // workloads that have one; the others count the same at every hour
	PeakHosts int `json:"peak_hosts"` // in service in the plan by peaks
	PeakBound int `json:"peak_bound"` // proven least of it
	Frees     int `json:"frees"`      // hosts fewer by the hour
}

// Contradiction is a smallest set of rules that cannot all be kept: without any
// one of them, all the workloads that it names have a place.
type Contradiction struct {
	Rules     []string `json:"rules"`
	Workloads []string `json:"workloads"`
	Hosts     []string `json:"hosts,omitempty"` // that the rules name
	// Proven is false where the search found no place for all of them, but did
	// not try everything.
	Proven bool   `json:"proven"`
	What   string `json:"what"` // in words
}

// Resource is one thing that was packed.
type Resource struct {
	Name string `json:"name"` // cpu | vcpus | memory | disk | …
	Unit string `json:"unit"`
	Use  string `json:"use,omitzero"` // the measure of demand
}

// Search is how the answer was found.
type Search struct {
	Effort string `json:"effort"`
	Method string `json:"method"`
	Work   int64  `json:"work"`
	Cut    bool   `json:"cut,omitzero"` // a time limit or an interrupt ended it early
	Tool   string `json:"tool"`         // name and version of the program
}
