package planner

import (
	"math"

	"sobre/inventory"
	"sobre/planner/plan"
)

// resource is one thing that is packed.
type resource struct {
	plan.Resource
	// scale turns an amount into the whole numbers that the engine packs.
	scale float64
	// running marks what only a workload that is on needs.
	running bool
	hour    int // of a profile, for CPU
}

// cpuResource is the index of the resource "cpu", which is always the first.
const cpuResource = 0

// sizeDemand gives every item its demand and every place its room, in whole
// numbers: demand rounded up, room down, so that rounding never overfills.
func (s *survey) sizeDemand() {
	s.listResources()
	for i := range s.places {
		s.places[i].capacity = s.capacityOf(s.places[i].asHost())
	}
	s.reference = s.referenceHost()
	for i := range s.places {
		s.sizePlace(&s.places[i])
	}
	for i := range s.items {
		s.sizeItem(&s.items[i])
	}
	s.reportMeasures()
}

func (p *place) asHost() *inventory.Host {
	if p.host != nil {
		return p.host
	}
	return asHost(p.model)
}

// listResources names what is packed, the countable ones in order of name.
func (s *survey) listResources() {
	cpuUnit := "ssj_ops"
	if s.policy.CPU.Compare == plan.Clock {
		cpuUnit = "MHz"
	}
	add := func(name, unit string, use plan.Measure, scale float64, running bool) {
		described := plan.Resource{Name: name, Unit: unit, Use: string(use)}
		s.resources = append(s.resources, resource{described, scale, running, 0})
	}
	add("cpu", cpuUnit, s.policy.CPU.Use, 1000, true)
	add("vcpus", "vCPU", plan.Allocated, 1000, true)
	if s.policy.Memory.Use == plan.Allocated {
		add("memory", "MiB", plan.Allocated, 1, true)
	} else {
		add("memory_used", "MiB", s.policy.Memory.Use, 1, true)
		add("memory_allocated", "MiB", plan.Allocated, 1, true)
	}
	add("disk", "MiB", "", 1, false)
	counted := map[string]bool{}
	for i := range s.estate.Workloads {
		for name := range s.estate.Workloads[i].Resources {
			counted[name] = true
		}
	}
	for _, name := range sortedNames(counted) {
		add(name, "", plan.Allocated, 1, false)
	}
	s.listHours()
}

// growth is what the demand of a workload is multiplied with until the plan
// must still fit.
func (s *survey) growth(w *inventory.Workload) float64 {
	return s.policy.Growth.After(w.Service, s.policy.Growth.Years)
}

// sizePlace computes what a host has and what it can hold.
func (s *survey) sizePlace(p *place) {
	for _, r := range s.resources {
		full, usable := s.offer(p, r.Name)
		if full < 0 || !p.takes {
			// One that takes nothing holds what it holds today or nothing; either fits.
			p.room, p.full = append(p.room, noLimit), append(p.full, 0)
		} else {
			p.room, p.full = append(p.room, floorUnits(full*usable*r.scale)), append(p.full, full*r.scale)
		}
		p.offers = append(p.offers, full)
	}
}

// offer is what a host has of a resource, -1 where that is no limit or not
// known, and the share of it that may be filled.
func (s *survey) offer(p *place, name string) (full, usable float64) {
	h := p.asHost()
	headroom := func(share inventory.Share) float64 { return 1 - share.Fraction() }
	switch name {
	case "cpu":
		return orNone(p.capacity), headroom(s.policy.CPU.Headroom)
	case "vcpus":
		return orNone(float64(h.CPU.Cores) * s.policy.CPU.VCPUsPerCore), 1
	case "memory", "memory_used":
		return orNone(h.Memory.MiB()), headroom(s.policy.Memory.Headroom)
	case "memory_allocated":
		return orNone(h.Memory.MiB() * s.policy.Memory.Overcommit), 1
	case "disk":
		if !h.Disk.Known() {
			return -1, 1
		}
		return h.Disk.MiB(), headroom(s.policy.Disk.Headroom)
	}
	return float64(h.Resources[name]), 1
}

// orNone turns a capacity of 0, which no machine has, into an unknown one.
func orNone(v float64) float64 {
	if v > 0 {
		return v
	}
	return -1
}

// sizeItem computes what the workloads of an item need, together.
func (s *survey) sizeItem(it *item) {
	it.demand = make([]int64, len(s.resources))
	for _, w := range it.workloads {
		s.addDemand(it, w)
	}
}

func (s *survey) addDemand(it *item, w *inventory.Workload) {
	idle := isOff(w)
	for i, r := range s.resources {
		amount := 0.0
		switch r.Name {
		case "cpu":
			amount = s.cpuAt(w, r.hour) * s.growth(w)
		case "vcpus":
			amount = float64(s.vcpusOf(w))
		case "memory", "memory_allocated":
			amount = s.memoryOf(w).MiB() * s.growth(w)
		case "memory_used":
			amount = s.memoryUsed(w) * s.growth(w)
		case "disk":
			amount = diskDemand(w) * s.growth(w)
		default:
			amount = float64(w.Resources[r.Name])
		}
		if idle && r.running {
			amount = 0
		}
		units := ceilUnits(amount * r.scale)
		it.demand[i] += units
		s.needs[w.ID] = append(s.needs[w.ID], float64(units)/r.scale)
	}
	if !idle {
		it.mean += s.meanCPU(w)
	}
}

// vcpusOf is what is allocated to a workload: its vCPUs, or the threads or
// cores of the physical server that it is.
func (s *survey) vcpusOf(w *inventory.Workload) int {
	if w.VCPUs > 0 || w.Kind != inventory.Physical {
		return w.VCPUs
	}
	home, ok := s.hostPlace[w.Host]
	if !ok {
		return 0
	}
	cpu := s.places[home].host.CPU
	if cpu.Threads > 0 {
		return cpu.Threads
	}
	return cpu.Cores
}

// diskDemand is what a physical server brings along when it moves. A guest's
// disk lies on a datastore, which moves with no host.
func diskDemand(w *inventory.Workload) float64 {
	if w.Kind != inventory.Physical {
		return 0
	}
	if w.DiskUsed.Known() {
		return w.DiskUsed.MiB()
	}
	return w.Disk.MiB()
}

func (s *survey) memoryUsed(w *inventory.Workload) float64 {
	level, _, found := levelOf(w.Use.Memory, s.policy.Memory.Use)
	if !found {
		level = inventory.PercentLevel(s.policy.Unknown.Memory.Value())
	}
	return level.Of(s.memoryOf(w).MiB())
}

// memoryOf is what is allocated to a workload: its memory, or all that the
// physical server has that it is.
func (s *survey) memoryOf(w *inventory.Workload) inventory.Size {
	if w.Memory.Known() || w.Kind != inventory.Physical {
		return w.Memory
	}
	if home, ok := s.hostPlace[w.Host]; ok {
		return s.places[home].host.Memory
	}
	return w.Memory
}

// Rounding errors of products such as 0.1 × 3 must not push a figure over the
// next whole number.
const roundingSlack = 1e-6

func ceilUnits(v float64) int64 {
	return int64(math.Ceil(math.Min(math.Max(v, 0), noLimit) - roundingSlack))
}

func floorUnits(v float64) int64 {
	return int64(math.Floor(math.Min(math.Max(v, 0), noLimit) + roundingSlack))
}
