package audit

import (
	"math"
	"slices"

	"sobre/inventory"
)

// Distribution is how much machines use of what they have.
type Distribution struct {
	Resource string `json:"resource" yaml:"resource"` // cpu | memory
	Of       string `json:"of" yaml:"of"`             // physical | vm | hypervisor
	Machines int    `json:"machines" yaml:"machines"` // that run
	Measured int    `json:"measured" yaml:"measured"` // with a series over time
	OneLook  int    `json:"one_look" yaml:"one_look"` // seen at one moment only, and counted with that
	// Median, P95 and Max are over machines, of each machine's busy level (its
	// p95, or what is measured in place of it), in percent of what it has. They
	// are absent when nothing is measured.
	Median *float64 `json:"median,omitempty" yaml:"median,omitempty"`
	P95    *float64 `json:"p95,omitempty" yaml:"p95,omitempty"`
	Max    *float64 `json:"max,omitempty" yaml:"max,omitempty"` // the highest peak of any machine, where peaks are known
	// Classes are how many machines are in each tenth: below 10 %, below 20 %, …
	Classes [10]int `json:"classes" yaml:"classes,flow"`
	// Rollups are what one sample of the series is ("5 min mean"), with how many
	// machines have it: the p95 of two-hour means is not the p95 of five-minute ones.
	Rollups []Row `json:"rollups,omitempty" yaml:"rollups,omitempty"`
}

// reading is a statistic of one machine in percent of what it has.
type reading struct {
	percent float64
	basis   string // p95 | p90 | p99 | mean | now
}

// busy is how much is used at busy times: the p95, or the nearest to it that is
// measured. whole is what the machine has in MHz or MiB, 0 when unknown.
func busy(s *inventory.Stat, whole float64) (reading, bool) {
	for _, l := range []struct {
		level inventory.Level
		basis string
	}{{s.P95, "p95"}, {s.P90, "p90"}, {s.P99, "p99"}, {s.Mean, "mean"}, {s.Now, "now"}} {
		if p, ok := percent(l.level, whole); ok {
			return reading{p, l.basis}, true
		}
	}
	return reading{}, false
}

// percent is a level in percent of the whole.
func percent(l inventory.Level, whole float64) (float64, bool) {
	switch {
	case !l.Known():
		return 0, false
	case l.Kind() == inventory.OfWhole:
		return l.Value(), true
	case whole <= 0:
		return 0, false
	}
	return l.Value() / whole * 100, true
}

// cpuWhole is what a workload has of CPU in MHz: its host's, or its vCPUs at the
// clock of its host; 0 when unknown.
func (v *view) cpuWhole(w *inventory.Workload) float64 {
	h := v.hosts[w.Host]
	if h == nil {
		return 0
	}
	if v.physical(w) {
		return h.CPU.MHz()
	}
	return float64(w.VCPUs) * h.CPU.Clock.MHz()
}

// memoryWhole is what a workload has of memory in MiB; 0 when unknown.
func (v *view) memoryWhole(w *inventory.Workload) float64 {
	if h := v.hosts[w.Host]; h != nil && v.physical(w) && h.Memory.Known() {
		return h.Memory.MiB()
	}
	return w.Memory.MiB()
}

// cpuUse and memoryUse are the measures of a workload; a physical one's may
// stand with its host.
func (v *view) cpuUse(w *inventory.Workload) *inventory.Stat {
	if h := v.hosts[w.Host]; w.Use.CPU.IsZero() && h != nil && v.physical(w) {
		return &h.Use.CPU
	}
	return &w.Use.CPU
}

func (v *view) memoryUse(w *inventory.Workload) *inventory.Stat {
	if h := v.hosts[w.Host]; w.Use.Memory.IsZero() && h != nil && v.physical(w) {
		return &h.Use.Memory
	}
	return &w.Use.Memory
}

// sample is one machine of a distribution.
type sample struct {
	stat  *inventory.Stat
	whole float64
}

func (v *view) distributions() []Distribution {
	var physicalCPU, physicalMemory, vmCPU, vmMemory, hostCPU, hostMemory []sample
	for i := range v.estate.Workloads {
		w := &v.estate.Workloads[i]
		if !runs(w) {
			continue
		}
		cpu, memory := sample{v.cpuUse(w), v.cpuWhole(w)}, sample{v.memoryUse(w), v.memoryWhole(w)}
		if v.physical(w) {
			physicalCPU, physicalMemory = append(physicalCPU, cpu), append(physicalMemory, memory)
		} else {
			vmCPU, vmMemory = append(vmCPU, cpu), append(vmMemory, memory)
		}
	}
	for i := range v.estate.Hosts {
		if h := &v.estate.Hosts[i]; inService(h) && !v.standalone(h) && !h.Use.IsZero() {
			hostCPU, hostMemory = append(hostCPU, sample{&h.Use.CPU, h.CPU.MHz()}), append(hostMemory, sample{&h.Use.Memory, h.Memory.MiB()})
		}
	}
	var out []Distribution
	for _, d := range []struct {
		resource, of string
		samples      []sample
	}{
		{"cpu", "physical", physicalCPU}, {"memory", "physical", physicalMemory}, {"cpu", "hypervisor", hostCPU}, {"memory", "hypervisor", hostMemory},
		{"cpu", "vm", vmCPU}, {"memory", "vm", vmMemory},
	} {
		if len(d.samples) > 0 {
			out = append(out, distribution(d.resource, d.of, d.samples))
		}
	}
	return out
}

func distribution(resource, of string, samples []sample) Distribution {
	d := Distribution{Resource: resource, Of: of, Machines: len(samples)}
	var levels []float64
	peak, rollups := -1.0, map[string]int{}
	for _, s := range samples {
		r, ok := busy(s.stat, s.whole)
		if !ok {
			continue
		}
		if r.basis == "now" {
			d.OneLook++
		} else {
			d.Measured++
			if s.stat.Rollup != "" {
				rollups[s.stat.Rollup]++
			}
		}
		levels = append(levels, r.percent)
		d.Classes[min(9, max(0, int(r.percent/10)))]++
		if p, ok := percent(s.stat.Max, s.whole); ok {
			peak = max(peak, p)
		}
	}
	d.Rollups = rows(rollups)
	if len(levels) == 0 {
		return d
	}
	slices.Sort(levels)
	d.Median, d.P95 = number(quantile(levels, 0.5)), number(quantile(levels, 0.95))
	if peak >= 0 {
		d.Max = number(peak)
	}
	return d
}

// number is a figure to one decimal, as far as measures of use go.
func number(v float64) *float64 {
	v = math.Round(v*10) / 10
	return &v
}

// quantile is the least of the sorted values that at least the share q of them
// do not exceed.
func quantile(sorted []float64, q float64) float64 {
	return sorted[max(0, int(math.Ceil(q*float64(len(sorted))))-1)]
}
