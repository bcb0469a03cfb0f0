package planner

import (
	"fmt"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// reference is the average host of the estate, for guests whose own host is
// unknown or says too little.
type reference struct {
	perCore float64 // work of one core at full load
	clock   float64 // MHz of one core
}

// capacityOf is the CPU work that a host gets done at full load, 0 when unknown:
// without its cores the carbon model could only guess.
func (s *survey) capacityOf(h *inventory.Host) float64 {
	if h.CPU.Cores == 0 {
		return 0
	}
	if s.policy.CPU.Compare == plan.Clock {
		return h.CPU.MHz()
	}
	return carbon.Throughput(h.CPU, h.Year).Ops
}

func (s *survey) referenceHost() reference {
	var capacity, cores, mhz, clocked float64
	for i := range s.places {
		if s.places[i].host == nil {
			continue
		}
		cpu := s.places[i].host.CPU
		if s.places[i].capacity > 0 && cpu.Cores > 0 {
			capacity += s.places[i].capacity
			cores += float64(cpu.Cores)
		}
		if cpu.MHz() > 0 {
			mhz += cpu.MHz()
			clocked += float64(cpu.Cores)
		}
	}
	r := reference{}
	if cores > 0 {
		r.perCore = capacity / cores
	}
	if clocked > 0 {
		r.clock = mhz / clocked
	}
	return r
}

// cpuDemand is the work that counts in the packing, before growth.
func (s *survey) cpuDemand(w *inventory.Workload) float64 {
	if s.policy.CPU.Use == plan.Allocated {
		return s.work(w, inventory.PercentLevel(100)) * s.overhead(w)
	}
	if s.policy.CPU.Use == plan.Profiled {
		return s.busiest(w)
	}
	return s.flatDemand(w, s.policy.CPU.Use)
}

// flatDemand is the work by one figure of the measured series.
func (s *survey) flatDemand(w *inventory.Workload, m plan.Measure) float64 {
	level, exact, found := levelOf(w.Use.CPU, m)
	if !isOff(w) {
		s.measures.count(w.Use.CPU, exact, found)
	}
	if !found {
		level = inventory.PercentLevel(s.policy.Unknown.CPU.Value())
	}
	return s.work(w, level) * s.overhead(w)
}

// overhead is what the CPU work of a workload is multiplied with once it runs
// as a guest.
func (s *survey) overhead(w *inventory.Workload) float64 {
	if w.Kind == inventory.Physical {
		return 1 + s.policy.CPU.Overhead.Fraction()
	}
	return 1
}

// meanCPU is the work over the year that energy is counted with, as it is today.
func (s *survey) meanCPU(w *inventory.Workload) float64 {
	level, _, found := levelOf(w.Use.CPU, plan.Mean)
	if !found {
		level = inventory.PercentLevel(s.policy.Unknown.CPU.Value())
	}
	return s.work(w, level)
}

// work turns a level of use into work, by the host it was measured on
// (docs/planner.md, section 2).
func (s *survey) work(w *inventory.Workload, level inventory.Level) float64 {
	perCore, clock, whole := s.reference.perCore, s.reference.clock, 0.0
	if home, ok := s.hostPlace[w.Host]; ok {
		p := &s.places[home]
		if cpu := p.host.CPU; p.capacity > 0 && cpu.Cores > 0 {
			perCore, whole = p.capacity/float64(cpu.Cores), p.capacity
			if cpu.Clock.Known() {
				clock = cpu.Clock.MHz()
			}
		}
	}
	switch {
	case level.Kind() == inventory.Cycles && clock > 0:
		return level.Value() * perCore / clock
	case level.Kind() == inventory.Cycles:
		return 0
	case w.Kind == inventory.Physical && whole > 0:
		return level.Of(whole)
	}
	return level.Of(float64(s.vcpusOf(w)) * perCore)
}

// reportMeasures says how many demands rest on something other than the
// figure that the policy asks for.
func (s *survey) reportMeasures() {
	asked := s.policy.CPU.Use
	if asked == plan.Profiled {
		asked = flatMeasure
	}
	text := s.measures.sentence(asked, s.policy.Unknown.CPU)
	if text == "" || s.policy.CPU.Use == plan.Allocated {
		return
	}
	severity := inventory.Note
	if s.measures.assumed > 0 {
		severity = inventory.Warning
	}
	s.find("demand-stands-in", severity, "", text, "add measured use, or set unknown.cpu in the policy")
	if s.measures.assumed > 0 {
		s.unchecked = append(s.unchecked, fmt.Sprintf("CPU use of %d workloads without measure", s.measures.assumed))
	}
}
