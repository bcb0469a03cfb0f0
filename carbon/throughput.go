package carbon

import (
	"fmt"

	"sobre/inventory"
)

// Capacity is how much work a whole host can do.
type Capacity struct {
	// Ops is work units a second at full load, on the scale of ssj_ops of
	// SPECpower_ssj2008 (server-side Java transactions).
	Ops        float64
	Rung       Rung
	GSD        float64 // geometric standard deviation of Ops
	Assumption Assumption
}

// defaultOpsPerGHz is the work of one core per GHz for a processor before
// 2006, which no published result covers: the median of the oldest design in
// the derived table (NetBurst, 2005–2006).
const defaultOpsPerGHz = 7149

// Throughput is the work that the processors of a host can do, from published
// results of the same processor, else from its core design (cores × clock ×
// the median work per core and GHz of that design), else from its year. year
// is when the host was made, 0 for unknown. Percent of one machine become
// percent of another through it: 8 % of a server of 2007 is 0.7 % of one of
// 2016.
func Throughput(cpu inventory.CPU, year int) Capacity { return specData().throughput(cpu, year) }

func (x specIndex) throughput(cpu inventory.CPU, year int) Capacity {
	model, known := inventory.LookUpCPU(cpu.Model)
	sockets := socketsOf(cpu, model)
	if known {
		if r, ok := x.exact[cpuKey{model.Name, sockets}]; ok {
			return capacity(r.ops, ExactCPU, 1.08, fmt.Sprintf("%d × %s", sockets, model.Name))
		}
		if r, ok := x.exact[cpuKey{model.Name, 2}]; ok {
			return capacity(r.ops*float64(sockets)/2, ExactCPU, 1.10, fmt.Sprintf("%d × %s, from the result of 2", sockets, model.Name))
		}
	}
	y := yearOr(year, model)
	gigahertz := coreGHz(cpu, model, sockets, x.classMedian(yearOrDefault(y), sockets), y)
	if m, ok := x.familyOf(model.Generation, sockets); ok {
		return capacity(gigahertz*m.opsPerGHz, Family, 1.15, fmt.Sprintf("%d × %s, by its core design %s", sockets, model.Name, model.Generation))
	}
	if y > 0 && y < classYears[0] {
		return capacity(gigahertz*defaultOpsPerGHz, Clock, 1.4, fmt.Sprintf("%.1f core-GHz of %d", gigahertz, y))
	}
	m := x.classMedian(yearOrDefault(y), sockets)
	if y == 0 {
		return capacity(gigahertz*m.opsPerGHz, Default, 1.8, fmt.Sprintf("%.1f core-GHz of unknown year, taken for %d", gigahertz, defaultYear))
	}
	return capacity(gigahertz*m.opsPerGHz, Clock, 1.25, fmt.Sprintf("%.1f core-GHz of %d", gigahertz, y))
}

// defaultYear stands in for a host of unknown year. A wrong guess is inside the
// wide range that the default rung has.
const defaultYear = 2012

func yearOrDefault(year int) int {
	if year == 0 {
		return defaultYear
	}
	return year
}

// yearOr is the year of a host, or else the launch of its processor.
func yearOr(year int, model inventory.CPUModel) int {
	if year > 0 {
		return year
	}
	return model.Year
}

// socketsOf is the count of processors: as given, else cores over the cores of
// one, else two, as most servers have.
func socketsOf(cpu inventory.CPU, model inventory.CPUModel) int {
	if cpu.Sockets > 0 {
		return cpu.Sockets
	}
	if model.Cores > 0 && cpu.Cores >= model.Cores {
		return cpu.Cores / model.Cores
	}
	if cpu.Cores == 1 {
		return 1
	}
	return 2
}

// coreGHz is cores × clock of the host, each from the host, else from its
// processor model, else what was usual in its class; 2.4 GHz and, before 2006,
// one core a processor.
func coreGHz(cpu inventory.CPU, model inventory.CPUModel, sockets int, class groupMedian, year int) float64 {
	cores, mhz := float64(cpu.Cores), cpu.Clock.MHz()
	if cores == 0 {
		cores = float64(sockets * model.Cores)
	}
	if cores == 0 && year > 0 && year < classYears[0] {
		cores = float64(sockets)
	}
	if cores == 0 {
		cores = float64(sockets) * class.coresPerChip
	}
	if model.Clock.MHz() > 0 {
		mhz = model.Clock.MHz() // the nominal clock; sources often give the clock of the moment
	}
	if mhz == 0 {
		mhz = 2400
	}
	return cores * mhz / 1000
}

func capacity(ops float64, rung Rung, gsd float64, of string) Capacity {
	a := Assumption{
		ID:    "throughput." + slug(of),
		What:  "Work that a host can do at full load: " + of + ".",
		Value: ops, Unit: "ssj_ops", Rung: rung,
	}
	return Capacity{Ops: ops, Rung: rung, GSD: gsd, Assumption: a.within(gsd).from(sourceOf("spec"))}
}

// Overhead is the part of the work that a hypervisor adds (judgement: 5–10 %).
const Overhead = 0.10

// CarryLoad is the mean load, 0 to 1, of hosts of a total capacity that take on
// work, both in ssj_ops, with a hypervisor overhead as a share of the work. It
// is not capped: over 1 they cannot do it.
func CarryLoad(work, overhead, capacity float64) float64 {
	if capacity <= 0 {
		return 0
	}
	return work * (1 + overhead) / capacity
}
