package verify

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// measureItem works out what a workload needs where it is moved to.
func (w *world) measureItem(i *item) {
	i.demand = make([]float64, len(w.names))
	for r, name := range w.names {
		if r >= w.shown || name == cpu && w.policy.CPU.Use == plan.Profiled {
			i.demand[r] = max(w.needAt(i, max(r-w.shown+1, 0)), 0)
			continue
		}
		i.demand[r] = max(w.need(i, name), 0)
	}
	if !i.idle {
		i.mean = max(w.work(i, w.level(i, plan.Mean)), 0)
	}
}

func (w *world) need(i *item, name string) float64 {
	switch name {
	case disk:
		return w.diskNeed(i) * w.growth(i)
	case cpu, vcpus, memory, memoryUsed, memoryAllocated:
		if i.idle {
			return 0
		}
	default:
		return float64(i.Resources[name])
	}
	switch name {
	case cpu:
		return w.work(i, w.level(i, w.policy.CPU.Use)) * w.overhead(i) * w.growth(i)
	case vcpus:
		return float64(i.vcpus())
	case memoryUsed:
		return w.memoryInUse(i) * w.growth(i)
	}
	return i.memory() * w.growth(i)
}

// vcpus is what a workload is allocated: of a physical server that does not
// say, the threads of its host, else its cores. 0: unknown.
func (i *item) vcpus() int {
	if i.VCPUs > 0 || !i.physical() || i.home == nil {
		return i.VCPUs
	}
	if c := i.home.estate.CPU; c.Threads > 0 {
		return c.Threads
	}
	return i.home.estate.CPU.Cores
}

// memory is what a workload is allocated in MiB: of a physical server that
// does not say, the memory of its host. 0: unknown.
func (i *item) memory() float64 {
	if i.Memory.Known() || !i.physical() || i.home == nil {
		return i.Memory.MiB()
	}
	return i.home.estate.Memory.MiB()
}

// diskNeed is what a physical server brings to the disk of the host it moves
// to; the disk of a guest is on a datastore.
func (w *world) diskNeed(i *item) float64 {
	if !i.physical() {
		return 0
	}
	if i.DiskUsed.Known() {
		return i.DiskUsed.MiB()
	}
	return i.Disk.MiB()
}

// overhead is the factor that virtualising puts on the work of a physical server.
func (w *world) overhead(i *item) float64 {
	if i.physical() {
		return 1 + w.policy.CPU.Overhead.Fraction()
	}
	return 1
}

// work turns a level of CPU use into work, by the machine it was measured on.
func (w *world) work(i *item, level inventory.Level) float64 {
	each, clock := w.workEach, w.mhzEach
	cores := float64(i.vcpus())
	if i.home != nil {
		if n := float64(i.home.estate.CPU.Cores); n > 0 {
			if i.physical() {
				cores = n
			}
			if i.home.work > 0 {
				each = i.home.work / n
			}
		}
		if f := i.home.estate.CPU.Clock.MHz(); f > 0 && i.home.work > 0 {
			clock = f
		}
	}
	if level.Kind() == inventory.Cycles {
		if clock == 0 {
			return 0
		}
		return level.Value() * each / clock
	}
	return level.Value() / 100 * cores * each
}

// level is the CPU use that counts for a measure.
func (w *world) level(i *item, m plan.Measure) inventory.Level {
	if m == plan.Allocated {
		return inventory.PercentLevel(100)
	}
	if l, ok := figure(i.Use.CPU, m); ok && l.Kind() != inventory.Megabytes {
		return l
	}
	return inventory.PercentLevel(w.policy.Unknown.CPU.Value())
}

// memoryInUse is the memory in MiB that the policy's measure says is used.
func (w *world) memoryInUse(i *item) float64 {
	if l, ok := figure(i.Use.Memory, w.policy.Memory.Use); ok && l.Kind() != inventory.Cycles {
		return l.Of(i.memory())
	}
	return i.memory() * w.policy.Unknown.Memory.Fraction()
}

// figure is the measure that was asked for, else the nearest known one:
// upwards first, then downwards, then the single look.
func figure(s inventory.Stat, m plan.Measure) (inventory.Level, bool) {
	ladder := []inventory.Level{s.Mean, s.P50, s.P90, s.P95, s.P99, s.Max}
	start := rung(m)
	for n := start; n < len(ladder); n++ {
		if ladder[n].Known() {
			return ladder[n], true
		}
	}
	for n := start - 1; n >= 0; n-- {
		if ladder[n].Known() {
			return ladder[n], true
		}
	}
	return s.Now, s.Now.Known()
}

// rung is where a measure stands on the ladder mean, p50, p90, p95, p99, max;
// a percentile that no field holds counts as the next one above.
func rung(m plan.Measure) int {
	if m == plan.Max {
		return 5
	}
	p := m.Percentile()
	switch {
	case p == 0:
		return 0
	case p <= 50:
		return 1
	case p <= 90:
		return 2
	case p <= 95:
		return 3
	}
	return 4
}
