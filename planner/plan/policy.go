package plan

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"sobre/inventory"
)

// Policy is how to place. A field that is absent takes the value of the
// preset; the plan prints the policy with every field filled in.
type Policy struct {
	Version  int              `yaml:"version,omitempty" json:"version,omitzero"`
	Preset   Preset           `yaml:"preset,omitempty" json:"preset,omitzero"`
	Minimise []Objective      `yaml:"minimise,omitempty,flow" json:"minimise,omitempty"` // most important first
	CPU      CPUPolicy        `yaml:"cpu,omitempty,flow" json:"cpu,omitzero"`
	Memory   MemoryPolicy     `yaml:"memory,omitempty,flow" json:"memory,omitzero"`
	Disk     DiskPolicy       `yaml:"disk,omitempty,flow" json:"disk,omitzero"`
	Growth   Growth           `yaml:"growth,omitempty,flow" json:"growth,omitzero"`
	Survive  *Survive         `yaml:"survive,omitempty,flow" json:"survive,omitempty"`
	Clusters ClusterPolicy    `yaml:"clusters,omitempty" json:"clusters,omitzero"`
	Hosts    HostPolicy       `yaml:"hosts,omitempty" json:"hosts,omitzero"`
	Scope    Scope            `yaml:"scope,omitempty" json:"scope,omitzero"`
	Rules    []inventory.Rule `yaml:"rules,omitempty" json:"rules,omitempty"`
	Carbon   CarbonPolicy     `yaml:"carbon,omitempty,flow" json:"carbon,omitzero"`
	Cost     CostPolicy       `yaml:"cost,omitempty,flow" json:"cost,omitzero"`
	Unknown  Unknown          `yaml:"unknown,omitempty,flow" json:"unknown,omitzero"`
	Waves    WavesPolicy      `yaml:"waves,omitempty" json:"waves,omitzero"`
}

// Objective is something to make small.
type Objective string

// The objectives.
const (
	Hosts    Objective = "hosts"     // hosts in service after the plan
	NewHosts Objective = "new_hosts" // hosts bought
	Energy   Objective = "energy"    // electricity of hosts and chassis
	Carbon   Objective = "carbon"    // electricity and manufacture, per year
	Cost     Objective = "cost"      // electricity and purchase, per year
	Moves    Objective = "moves"     // workloads that change host
)

// UnmarshalText reads an objective and names the nearest to what it does not know.
func (o *Objective) UnmarshalText(text []byte) error {
	return inventory.OneOf(o, text, Hosts, NewHosts, Energy, Carbon, Cost, Moves)
}

// Preset is a named set of defaults.
type Preset string

// The presets, from most to least room to spare.
const (
	Prudent  Preset = "prudent"  // sized for the peak
	Standard Preset = "standard" // sized for the 95th percentile
	Bold     Preset = "bold"     // sized for the mean
)

// UnmarshalText reads a preset and names the nearest to what it does not know.
func (p *Preset) UnmarshalText(text []byte) error {
	return inventory.OneOf(p, text, Prudent, Standard, Bold)
}

// CPUPolicy is how CPU demand is counted and how much of a host it may fill.
type CPUPolicy struct {
	Use      Measure         `yaml:"use,omitempty" json:"use,omitzero"`
	Headroom inventory.Share `yaml:"headroom,omitempty" json:"headroom,omitzero"` // of a host, left free
	// VCPUsPerCore is how many allocated vCPUs one core may carry, beside the
	// check of what is used.
	VCPUsPerCore float64 `yaml:"vcpus_per_core,omitempty" json:"vcpus_per_core,omitzero"`
	Compare      Compare `yaml:"compare,omitempty" json:"compare,omitzero"`
	// Overhead is what virtualising adds to the CPU work of a physical server.
	Overhead inventory.Share `yaml:"overhead,omitempty" json:"overhead,omitzero"`
}

// IsZero tells whether nothing is set.
func (p CPUPolicy) IsZero() bool { return p == CPUPolicy{} }

// MemoryPolicy is how memory demand is counted and how much of a host it may fill.
type MemoryPolicy struct {
	Use      Measure         `yaml:"use,omitempty" json:"use,omitzero"`
	Headroom inventory.Share `yaml:"headroom,omitempty" json:"headroom,omitzero"`
	// Overcommit is how often a host's memory may be allocated when Use is not
	// "allocated": 1.5 allows half as much again as there is.
	Overcommit float64 `yaml:"overcommit,omitempty" json:"overcommit,omitzero"`
}

// IsZero tells whether nothing is set.
func (p MemoryPolicy) IsZero() bool { return p == MemoryPolicy{} }

// DiskPolicy is how much of a host's own disk may be filled.
type DiskPolicy struct {
	Headroom inventory.Share `yaml:"headroom,omitempty" json:"headroom,omitzero"`
}

// IsZero tells whether nothing is set.
func (p DiskPolicy) IsZero() bool { return p == DiskPolicy{} }

// Growth is how demand rises until the plan must still fit.
type Growth struct {
	Rate  inventory.Share `yaml:"rate,omitempty" json:"rate,omitzero"` // a year
	Years float64         `yaml:"years,omitempty" json:"years,omitzero"`
	// Services have rates of their own, a year, by name of the service.
	Services map[string]inventory.Share `yaml:"services,omitempty,flow" json:"services,omitempty"`
}

// IsZero tells whether nothing is set.
func (g Growth) IsZero() bool { return g.Rate.IsZero() && g.Years == 0 && len(g.Services) == 0 }

// After is what the demand of a service is multiplied with in some years.
func (g Growth) After(service string, years float64) float64 {
	rate := g.Rate
	if own, named := g.Services[service]; named {
		rate = own
	}
	return math.Pow(1+rate.Fraction(), years)
}

// Rises tells whether any rate is above 0.
func (g Growth) Rises() bool {
	rises := g.Rate.Value() > 0
	for _, rate := range g.Services {
		rises = rises || rate.Value() > 0
	}
	return rises
}

// Survive is what may fail while everything still runs somewhere.
type Survive struct {
	Hosts int `yaml:"hosts,omitempty" json:"hosts"` // of each cluster, at the same time; 0 to 2
	// Chassis and Site are 1 where a whole enclosure, or a whole site, may fail
	// with every host in it; then any single host may fail too.
	Chassis int `yaml:"chassis,omitempty" json:"chassis,omitzero"`
	Site    int `yaml:"site,omitempty" json:"site,omitzero"`
	// MayStop are conditions as in Scope: what meets one of them need not
	// restart, and is switched off where its room is needed.
	MayStop []string `yaml:"may_stop,omitempty,flow" json:"may_stop,omitempty"`
}

// ClusterPolicy is whether clusters are planned each for itself.
type ClusterPolicy string

// The cluster policies.
const (
	KeepClusters  ClusterPolicy = "keep"  // a guest stays in its cluster
	MergeClusters ClusterPolicy = "merge" // a guest may run in any cluster
)

// UnmarshalText reads a policy and names the nearest to what it does not know.
func (p *ClusterPolicy) UnmarshalText(text []byte) error {
	return inventory.OneOf(p, text, KeepClusters, MergeClusters)
}

// HostPolicy names hosts by ID or name, and catalogue models by name, where *
// and ? stand for any characters.
type HostPolicy struct {
	Keep   []string `yaml:"keep,omitempty,flow" json:"keep,omitempty"`     // in service whatever happens
	Retire []string `yaml:"retire,omitempty,flow" json:"retire,omitempty"` // to be emptied
	Buy    []string `yaml:"buy,omitempty,flow" json:"buy,omitempty"`       // models that may be bought; absent: all of the catalogue; [none]: none
	// Min hosts of each cluster that has any in service stay on, as far as it
	// has them; Max is how many may be in service altogether. 0: no limit.
	Min int `yaml:"min,omitempty" json:"min,omitzero"`
	Max int `yaml:"max,omitempty" json:"max,omitzero"`
}

// BuysNothing tells whether no model may be bought: buy: [none].
func (p HostPolicy) BuysNothing() bool { return len(p.Buy) == 1 && p.Buy[0] == "none" }

// IsZero tells whether nothing is set.
func (p HostPolicy) IsZero() bool { return len(p.Keep)+len(p.Retire)+len(p.Buy)+p.Min+p.Max == 0 }

// Scope says which workloads may move, by "field=pattern" conditions on a
// label or on id, name, kind, host, cluster, site, service, os or state. The
// others stay where they are and are still counted.
type Scope struct {
	Include []string `yaml:"include,omitempty,flow" json:"include,omitempty"` // any of them; absent: all
	Exclude []string `yaml:"exclude,omitempty,flow" json:"exclude,omitempty"` // none of them
}

// IsZero tells whether nothing is set.
func (s Scope) IsZero() bool { return len(s.Include)+len(s.Exclude) == 0 }

// Unknown stands in where a machine has no measured use.
type Unknown struct {
	CPU    inventory.Share `yaml:"cpu,omitempty" json:"cpu,omitzero"`       // of the machine
	Memory inventory.Share `yaml:"memory,omitempty" json:"memory,omitzero"` // of what is allocated
}

// IsZero tells whether nothing is set.
func (u Unknown) IsZero() bool { return u == Unknown{} }

// Compare is how CPU work is carried from one host model to another.
type Compare string

// The comparisons.
const (
	Throughput Compare = "throughput" // by what the processors get done
	Clock      Compare = "clock"      // by cores × clock
)

// UnmarshalText reads a comparison and names the nearest to what it does not know.
func (c *Compare) UnmarshalText(text []byte) error {
	return inventory.OneOf(c, text, Throughput, Clock)
}

// Measure is which figure of a series counts as the demand: mean, a
// percentile such as p95, max, or what is allocated.
type Measure string

// The measures without a number.
const (
	Mean Measure = "mean"
	Max  Measure = "max"
	// Profiled counts CPU hour by hour: what shares a host is summed for each of
	// the 24 hours of a day or the 168 of a week.
	Profiled  Measure = "profile"
	Allocated Measure = "allocated"
)

var percentile = regexp.MustCompile(`^p([1-9][0-9]?)$`)

// UnmarshalText reads a measure.
func (m *Measure) UnmarshalText(text []byte) error {
	s := Measure(text)
	if s == Mean || s == Max || s == Allocated || s == Profiled || percentile.MatchString(string(s)) {
		*m = s
		return nil
	}
	return fmt.Errorf("%q is no measure of use (mean, p50 … p99, max, allocated; for CPU also profile)", text)
}

// Percentile is the number of a percentile measure, 0 for the others.
func (m Measure) Percentile() int {
	match := percentile.FindStringSubmatch(string(m))
	if match == nil {
		return 0
	}
	n, _ := strconv.Atoi(match[1])
	return n
}
