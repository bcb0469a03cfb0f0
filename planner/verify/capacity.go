package verify

import (
	"math"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// measureHosts fills in what every host has and what of it may be filled, and
// the average core that stands in where a guest's own host is unknown.
func (w *world) measureHosts() {
	var work, cores, cycles, clocked float64
	for _, h := range w.hosts {
		h.work = w.workOf(h.machine())
		h.capacity, h.room = w.roomOf(h.machine())
		if h.estate == nil || h.work == 0 {
			continue
		}
		n := float64(h.estate.CPU.Cores)
		work += h.work
		cores += n
		if f := h.estate.CPU.Clock.MHz(); f > 0 {
			cycles += n * f
			clocked += n
		}
	}
	if cores > 0 {
		w.workEach = work / cores
	}
	if clocked > 0 {
		w.mhzEach = cycles / clocked
	}
}

// machine is what limits depend on, of an existing host or of a model.
type machine struct {
	cpu       inventory.CPU
	year      int
	memory    inventory.Size
	disk      inventory.Size
	resources map[string]int64
}

func (h *host) machine() machine {
	switch {
	case h.estate != nil:
		e := h.estate
		return machine{e.CPU, e.Year, e.Memory, e.Disk, e.Resources}
	case h.model != nil:
		return machineOf(h.model)
	}
	return machine{}
}

func machineOf(m *inventory.HostModel) machine {
	return machine{m.CPU, m.Year, m.Memory, m.Disk, m.Resources}
}

// workOf is the CPU work that a machine can do, in ssj_ops a second or MHz as
// the policy compares; 0 when its cores (or, by clock, its clock) are unknown.
func (w *world) workOf(m machine) float64 {
	if m.cpu.Cores <= 0 {
		return 0
	}
	if w.policy.CPU.Compare == plan.Clock {
		return max(m.cpu.MHz(), 0)
	}
	return max(carbon.Throughput(m.cpu, m.year).Ops, 0)
}

// roomOf is, in the order of names, what a machine has and what of it may be
// filled (section 2 of the method). +Inf is no limit: a disk that is not
// known, or a CPU of unknown capacity.
func (w *world) roomOf(m machine) (capacity, room []float64) {
	capacity = make([]float64, len(w.names))
	room = make([]float64, len(w.names))
	for r, name := range w.names {
		capacity[r], room[r] = w.limit(m, name)
	}
	return capacity, room
}

func (w *world) limit(m machine, name string) (capacity, room float64) {
	p := w.policy
	switch name {
	case cpu:
		capacity = orNoLimit(w.workOf(m))
		return capacity, capacity * (1 - p.CPU.Headroom.Fraction())
	case vcpus:
		capacity = float64(m.cpu.Cores) * p.CPU.VCPUsPerCore
		return capacity, capacity
	case memory, memoryUsed:
		capacity = max(m.memory.MiB(), 0)
		return capacity, capacity * (1 - p.Memory.Headroom.Fraction())
	case memoryAllocated:
		capacity = max(m.memory.MiB(), 0) * p.Memory.Overcommit
		return capacity, capacity
	case disk:
		capacity = math.Inf(1)
		if m.disk.Known() {
			capacity = max(m.disk.MiB(), 0)
		}
		return capacity, capacity * (1 - p.Disk.Headroom.Fraction())
	}
	capacity = float64(max(m.resources[name], 0))
	return capacity, capacity
}

func orNoLimit(v float64) float64 {
	if v > 0 {
		return v
	}
	return math.Inf(1)
}

// fits tells whether a sum is within a limit. Every sum is of floats that a
// planner may have added in another order, and packed as whole numbers: one
// part in a million is forgiven, and one MiB for memory and disk.
func (w *world) fits(r int, sum, limit float64) bool {
	slack := 1e-6*limit + 1e-9
	switch w.names[r] {
	case memory, memoryUsed, memoryAllocated, disk:
		slack++
	}
	return sum <= limit+slack
}

// noLimit is the room where nothing limits.
var noLimit = math.Inf(1)
