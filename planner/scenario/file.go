package scenario

import (
	"encoding/json"
	"errors"
	"fmt"

	"sobre/inventory"
	"sobre/planner/plan"
)

// File is a scenario file: what is planned from, and the futures to compare.
type File struct {
	Version int `yaml:"version" json:"version"`
	// Name is what the comparison is called; absent: the estate's.
	Name      string     `yaml:"name,omitempty" json:"name,omitzero"`
	Estate    []string   `yaml:"estate,omitempty,flow" json:"estate,omitempty"` // files, from the folder of this one; absent: those of the command line
	Catalogue string     `yaml:"catalogue,omitempty" json:"catalogue,omitzero"` // for scenarios that name none
	Policy    string     `yaml:"policy,omitempty" json:"policy,omitzero"`       // a file that all scenarios begin with
	Scenarios []Scenario `yaml:"scenarios" json:"scenarios"`
}

// Scenario is one future.
type Scenario struct {
	Name  string `yaml:"name" json:"name"`
	About string `yaml:"about,omitempty" json:"about,omitzero"`
	// Nothing leaves everything as it is today.
	Nothing bool `yaml:"nothing,omitempty" json:"nothing,omitzero"`
	// Catalogue is what may be bought in this one; "none": nothing.
	Catalogue string `yaml:"catalogue,omitempty" json:"catalogue,omitzero"`
	// Policy is what differs from the policy of all. A preset takes its own
	// figures for what presets are about: CPU, memory and growth.
	Policy plan.Policy `yaml:"policy,omitempty" json:"policy,omitzero"`
	// Country moves every site to another one: its electricity, all else equal.
	Country string  `yaml:"country,omitempty" json:"country,omitzero"`
	Hosted  *Hosted `yaml:"hosted,omitempty" json:"hosted,omitempty"`
}

// Hosted is an offer that runs what may move elsewhere, at a price for each
// workload. What stays, stays on its own host.
type Hosted struct {
	PerVM   inventory.Money `yaml:"per_vm,omitempty" json:"per_vm,omitzero"`             // a month
	PerVCPU inventory.Money `yaml:"per_vcpu,omitempty" json:"per_vcpu,omitzero"`         // a month
	PerGiB  inventory.Money `yaml:"per_gib,omitempty" json:"per_gib,omitzero"`           // of memory, a month
	PerDisk inventory.Money `yaml:"per_disk_gib,omitempty" json:"per_disk_gib,omitzero"` // of disk, a month
	Once    inventory.Money `yaml:"once,omitempty" json:"once,omitzero"`                 // to move one workload
	// CO2e is what the offer says that one workload emits a year, manufacture
	// counted. Absent: unknown, and the scenario is not compared by carbon.
	CO2e   inventory.Mass         `yaml:"co2e_per_vm,omitempty" json:"co2e_per_vm,omitzero"`
	Energy inventory.YearlyEnergy `yaml:"energy_per_vm,omitempty" json:"energy_per_vm,omitzero"` // likewise
}

// Validate reports what makes no sense.
func (f *File) Validate() error {
	var problems []error
	if f.Version != inventory.Version {
		problems = append(problems, fmt.Errorf("scenarios: version %d is not known (version: %d)", f.Version, inventory.Version))
	}
	if len(f.Scenarios) == 0 {
		problems = append(problems, errors.New("scenarios: none is given"))
	}
	seen := map[string]bool{}
	for n, s := range f.Scenarios {
		switch {
		case s.Name == "":
			problems = append(problems, fmt.Errorf("scenarios: number %d has no name", n+1))
		case seen[s.Name]:
			problems = append(problems, fmt.Errorf("scenarios: %q stands twice", s.Name))
		case s.Nothing && (s.Hosted != nil || s.Catalogue != ""):
			problems = append(problems, fmt.Errorf("scenarios: %q does nothing, and yet buys", s.Name))
		case s.Hosted != nil && !s.Hosted.PerVM.Known() && !s.Hosted.PerVCPU.Known() && !s.Hosted.PerGiB.Known() && !s.Hosted.PerDisk.Known():
			problems = append(problems, fmt.Errorf("scenarios: %q: the hosted offer has no price (per_vm: 30 EUR, a month)", s.Name))
		}
		seen[s.Name] = true
	}
	return errors.Join(problems...)
}

// policyOf is the policy of a scenario: that of all with what differs put over it.
func policyOf(base, differs plan.Policy) (plan.Policy, error) {
	var p plan.Policy
	if err := copyOver(base, &p); err != nil {
		return p, err
	}
	if differs.Preset != "" {
		p.Preset = differs.Preset
		p.CPU = plan.CPUPolicy{Compare: p.CPU.Compare, Overhead: p.CPU.Overhead}
		p.Memory, p.Growth = plan.MemoryPolicy{}, plan.Growth{}
	}
	err := copyOver(differs, &p)
	return p, err
}

// copyOver writes every field that from sets into to.
func copyOver(from plan.Policy, to *plan.Policy) error {
	text, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(text, to)
	}
	if err != nil {
		return fmt.Errorf("combining policies: %w", err)
	}
	return nil
}

// Presets are the three presets of a policy as scenarios, after doing nothing.
func Presets() []Scenario {
	list := []Scenario{{Name: "today", Nothing: true}}
	for _, p := range []plan.Preset{plan.Prudent, plan.Standard, plan.Bold} {
		list = append(list, Scenario{Name: string(p), Policy: plan.Policy{Preset: p}})
	}
	return list
}
