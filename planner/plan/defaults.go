package plan

import "sobre/inventory"

// WithDefaults is the policy with every absent field filled in from its preset
// (standard when none is named).
func (p Policy) WithDefaults() Policy {
	if p.Preset == "" {
		p.Preset = Standard
	}
	d := defaults(p.Preset)
	p.Version = inventory.Version
	if len(p.Minimise) == 0 {
		p.Minimise = []Objective{Hosts, Energy, Moves}
	}
	p.CPU = p.CPU.or(d.CPU)
	p.Memory = p.Memory.or(d.Memory)
	fill(&p.Disk.Headroom, d.Disk.Headroom)
	if p.Growth.IsZero() {
		p.Growth = d.Growth
	}
	fill(&p.Growth.Rate, inventory.Percent(0))
	if p.Survive == nil {
		p.Survive = d.Survive
	}
	if p.Survive.Hosts == 0 && p.Survive.Chassis+p.Survive.Site > 0 {
		survive := *p.Survive
		survive.Hosts = 1
		p.Survive = &survive
	}
	fill(&p.Clusters, KeepClusters)
	fill(&p.Carbon.Method, Location)
	fill(&p.Carbon.Horizon, inventory.Years(5))
	if !p.Cost.Electricity.Known() {
		p.Cost.Electricity, p.Cost.Assumed = defaultTariff(), true
	}
	fill(&p.Cost.Rise, inventory.Percent(0))
	fill(&p.Cost.Discount, inventory.Percent(4))
	fill(&p.Unknown.CPU, inventory.Percent(10))
	fill(&p.Unknown.Memory, inventory.Percent(100))
	p.Waves = p.Waves.withDefaults()
	return p
}

// defaults are the figures of a preset. The three are those of Oracle
// Enterprise Manager's consolidation planner (conservative: maximum, medium: a
// high percentile, aggressive: mean); headrooms and ratios are common practice
// for them and judgement, to be set by whoever knows the estate.
func defaults(preset Preset) Policy {
	p := Policy{
		CPU: CPUPolicy{
			Use: "p95", Headroom: inventory.Percent(20), VCPUsPerCore: 4,
			Compare: Throughput, Overhead: inventory.Percent(10),
		},
		Memory:  MemoryPolicy{Use: Allocated, Headroom: inventory.Percent(10), Overcommit: 1.25},
		Disk:    DiskPolicy{Headroom: inventory.Percent(20)},
		Survive: &Survive{Hosts: 1},
	}
	switch preset {
	case Prudent:
		p.CPU.Use, p.CPU.Headroom, p.CPU.VCPUsPerCore = Max, inventory.Percent(30), 3
		p.Memory.Headroom = inventory.Percent(20)
		p.Growth = Growth{Rate: inventory.Percent(5), Years: 3}
	case Bold:
		p.CPU.Use, p.CPU.Headroom, p.CPU.VCPUsPerCore = Mean, inventory.Percent(20), 6
		p.Memory.Headroom = inventory.Percent(5)
	}
	return p
}

func (p CPUPolicy) or(d CPUPolicy) CPUPolicy {
	fill(&p.Use, d.Use)
	fill(&p.Headroom, d.Headroom)
	fill(&p.VCPUsPerCore, d.VCPUsPerCore)
	fill(&p.Compare, d.Compare)
	fill(&p.Overhead, d.Overhead)
	return p
}

func (p MemoryPolicy) or(d MemoryPolicy) MemoryPolicy {
	fill(&p.Use, d.Use)
	fill(&p.Headroom, d.Headroom)
	fill(&p.Overcommit, d.Overcommit)
	return p
}

// fill sets *v to d when it holds nothing.
func fill[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}
