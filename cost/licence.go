package cost

import (
	"fmt"
	"math"
	"path"
	"strings"

	"sobre/inventory"
)

// Metric is what a licence is counted by.
type Metric string

// The metrics.
const (
	PerCore     Metric = "core"     // of each host that needs it
	PerSocket   Metric = "socket"   // of each host that needs it
	PerHost     Metric = "host"     // that needs it
	PerVM       Metric = "vm"       // that needs it
	PerVCPU     Metric = "vcpu"     // of each workload that needs it
	PerInstance Metric = "instance" // one whatever the machines
)

// UnmarshalText reads a metric and names the nearest to what it does not know.
func (m *Metric) UnmarshalText(text []byte) error {
	return inventory.OneOf(m, text, PerCore, PerSocket, PerHost, PerVM, PerVCPU, PerInstance)
}

// Reach is which hosts of a cluster need a licence.
type Reach string

// The reaches; empty means used.
const (
	Used      Reach = "used"      // hosts that carry a workload that needs it
	Reachable Reach = "reachable" // hosts that could carry one, as Oracle counts soft partitions
	All       Reach = "all"       // every hypervisor, as VMware counts
)

// UnmarshalText reads a reach and names the nearest to what it does not know.
func (r *Reach) UnmarshalText(text []byte) error {
	return inventory.OneOf(r, text, Used, Reachable, All)
}

// Licence is one way to license something. Several with the same For are
// alternatives, of which each host takes the cheapest.
type Licence struct {
	Name string `yaml:"name" json:"name"`
	For  string `yaml:"for" json:"for"` // what it is for: a word of a workload's licences
	// Words are patterns of other words of a workload's licences that mean the
	// same: "oracle*".
	Words []string `yaml:"words,omitempty,flow" json:"words,omitempty"`
	// OS are patterns of operating systems that need it, besides workloads that
	// name For: "Windows Server*".
	OS     []string        `yaml:"os,omitempty,flow" json:"os,omitempty"`
	Metric Metric          `yaml:"metric" json:"metric"`
	Price  inventory.Money `yaml:"price" json:"price"` // of one unit
	// Once: the price is paid once; else it is a year's.
	Once    bool            `yaml:"once,omitempty" json:"once,omitzero"`
	Support inventory.Share `yaml:"support,omitempty" json:"support,omitzero"` // of the price a year, for one paid once
	Reach   Reach           `yaml:"reach,omitempty" json:"reach,omitzero"`
	Factor  float64         `yaml:"factor,omitempty" json:"factor,omitzero"` // units a core counts, such as 0.5; 0: 1
	// Least units: of one processor, of one host, of one workload, of an order.
	LeastPerCPU      int `yaml:"least_per_cpu,omitempty" json:"least_per_cpu,omitzero"`
	LeastPerHost     int `yaml:"least_per_host,omitempty" json:"least_per_host,omitzero"`
	LeastPerWorkload int `yaml:"least_per_workload,omitempty" json:"least_per_workload,omitzero"`
	LeastOrder       int `yaml:"least_order,omitempty" json:"least_order,omitzero"`
	Pack             int `yaml:"pack,omitempty" json:"pack,omitzero"` // units are sold in packs of this many, a host
	// Covers is how many workloads on a host one set of its units allows; more
	// need another set; 0: any number.
	Covers int    `yaml:"covers,omitempty" json:"covers,omitzero"`
	Source string `yaml:"source,omitempty" json:"source,omitzero"` // where the rule and the price are from
}

// Licences is a file of licences.
type Licences struct {
	Version  int       `yaml:"version" json:"version"`
	Licences []Licence `yaml:"licences" json:"licences"`
}

// Check tells what is wrong with a licence.
func (l Licence) Check() error {
	switch {
	case l.Name == "":
		return fmt.Errorf("a licence has no name")
	case l.For == "":
		return fmt.Errorf("licence %s does not say what it is for", l.Name)
	case l.Metric == "":
		return fmt.Errorf("licence %s has no metric (core, socket, host, vm, vcpu or instance)", l.Name)
	case !l.Price.Known() || !(l.Price.Amount() >= 0):
		return fmt.Errorf("licence %s has no price", l.Name)
	case !(l.Factor >= 0 && l.Factor <= 100):
		return fmt.Errorf("licence %s: a factor of %g is not between 0 and 100", l.Name, l.Factor)
	case min(l.LeastPerCPU, l.LeastPerHost, l.LeastPerWorkload, l.LeastOrder, l.Pack, l.Covers) < 0:
		return fmt.Errorf("licence %s has a negative number", l.Name)
	}
	for _, p := range l.OS {
		if _, err := path.Match(strings.ToLower(p), ""); err != nil {
			return fmt.Errorf("licence %s: pattern %q: %w", l.Name, p, err)
		}
	}
	return nil
}

// Needed tells whether a workload needs what the licence is for.
func (l Licence) Needed(w inventory.Workload) bool {
	for _, word := range w.Licences {
		if word == l.For || inventory.MatchesAny(l.Words, word) {
			return true
		}
	}
	os := strings.ReplaceAll(strings.ToLower(w.OS), "/", " ") // path.Match stops at slashes
	for _, p := range l.OS {
		if ok, err := path.Match(strings.ToLower(p), os); ok && err == nil {
			return true
		}
	}
	return false
}

// Machine is a host as licences see it.
type Machine struct {
	ID         string
	Hypervisor bool
	Sockets    int
	Cores      int
	Cluster    string
	Workloads  []inventory.Workload // that run on it
	// Closed names what licences are for whose workloads may not come here, by a
	// rule or a fence: Reachable does not reach it.
	Closed []string
}

// Units is how many units of the licence one host takes when it carries
// workloads that need it: needing of them, with vcpus vCPUs each.
func (l Licence) Units(m Machine, vcpus []int) float64 {
	switch l.Metric {
	case PerVM:
		return float64(len(vcpus))
	case PerVCPU:
		sum := 0
		for _, v := range vcpus {
			sum += max(v, l.LeastPerWorkload)
		}
		return l.packed(float64(sum))
	case PerHost:
		return l.sets(len(vcpus))
	case PerSocket:
		return l.packed(float64(max(m.Sockets, 1, l.LeastPerHost))) * l.sets(len(vcpus))
	case PerCore:
		cores := max(m.Cores, m.Sockets*l.LeastPerCPU, l.LeastPerHost)
		factor := l.Factor
		if factor == 0 {
			factor = 1
		}
		return l.packed(math.Ceil(float64(cores)*factor)) * l.sets(len(vcpus))
	}
	return 0
}

// ByHost tells whether units are counted on whole hosts, so that the first
// workload on a host is dear and the next ones are free.
func (l Licence) ByHost() bool {
	return l.Metric == PerCore || l.Metric == PerSocket || l.Metric == PerHost
}

// PerYear is what one host costs a year under the licence when it carries
// workloads that need it, with vcpus vCPUs each; what is paid once is spread
// over years. It is what a planner weighs: the first workload on a host is dear,
// the next ones are free under metrics of the whole host.
func (l Licence) PerYear(m Machine, vcpus []int, years float64) float64 {
	perYear, once := l.money(l.Units(m, vcpus))
	return perYear + once/years
}

// packed rounds up to whole packs.
func (l Licence) packed(units float64) float64 {
	if l.Pack <= 1 {
		return units
	}
	return math.Ceil(units/float64(l.Pack)) * float64(l.Pack)
}

// sets is how often a host has to be licensed for its workloads.
func (l Licence) sets(workloads int) float64 {
	if l.Covers == 0 {
		return 1
	}
	return math.Max(1, math.Ceil(float64(workloads)/float64(l.Covers)))
}
