package carbon

import (
	"fmt"
	"math"

	"sobre/inventory"
)

// HoursPerYear turns W into Wh a year: a year of 365 days.
const HoursPerYear = 8760

// Constants of the power model.
const (
	// tunedUplift is how much more a server in service draws than the tuned one
	// of a published result, after memory is counted: disks, cards, a second
	// power supply, settings. Judgement; range 0.9 to 1.45.
	tunedUplift = 1.15
	// classUplift is the same where memory could not be counted; range 0.8 to 2.
	classUplift = 1.30
	// StandbyWatts is a host that is off but plugged in: its management
	// controller and network cards. Judgement; range 4 to 15 W.
	StandbyWatts = 8
	// defaultLoad stands in for the mean CPU load of a host that was not
	// measured; range 5 to 18 % for servers that run one system.
	defaultLoad = 0.10
)

// The doubt of what servers in service draw over the tuned ones of published
// results; it is the same for all of them, so it does not average out.
// Judgement, from the ranges at tunedUplift and classUplift.
const (
	tunedGSD = 1.15
	classGSD = 1.32
)

// powerGSD is the spread of power by rung, a geometric standard deviation: of
// the rung itself, as cross-validation measured it for exact CPU to class
// (docs/carbon.md; the others are judgement), and of the configuration of
// servers in service, which all hosts on such rungs share.
func powerGSD(r Rung) (rung, configuration float64) {
	switch r {
	case Metered:
		return 1.03, 1
	case Measured:
		return 1.05, 1
	case Given:
		return 1.10, 1
	case ExactCPU:
		return 1.14, tunedGSD
	case Family:
		return 1.25, tunedGSD
	case Nameplate:
		return 1.28, tunedGSD
	case Class:
		return 1.49, classGSD
	}
	return 1.8, classGSD
}

// allGSD is the doubt of one host's power, configuration counted in.
func allGSD(r Rung) float64 {
	rung, configuration := powerGSD(r)
	return math.Exp(math.Hypot(math.Log(rung), math.Log(configuration)))
}

// PowerOf is the power of a host over its load by the best source there is. The
// ladder: metered kWh, measured mean W (both bend the next lower rung's curve
// through what was measured at the host's measured load), points or idle and
// max as given, published results of the same CPU and sockets, of the same core
// design, thermal design power by the results of the same year, the results of
// the same year alone, a default. In cross-validation the spread of the last
// four was 1.14, 1.25, 1.28 and 1.49 (docs/carbon.md).
func PowerOf(h inventory.Host) Curve {
	curve := unmeasured(h)
	load := MeanLoad(h)
	rung, watts := Metered, h.Power.Metered.KWh()*1000/HoursPerYear
	if watts <= 0 {
		rung, watts = Measured, h.Power.Mean.Watts()
	}
	if watts <= 0 || curve.At(load) <= 0 {
		return curve
	}
	curve = curve.scaled(watts / curve.At(load))
	curve.Rung, curve.GSD = rung, allGSD(rung)
	curve.Assumption = Assumption{
		ID:    "power." + slug(string(rung)),
		What:  "Mean power of hosts that were " + string(rung) + ", over the true value; at other loads each follows the curve of its kind.",
		Value: 1, Unit: "×", Source: "given in the inventory", Rung: rung,
	}.within(curve.GSD)
	return curve
}

// MeanLoad is the measured mean CPU load of a host, 0 to 1, or the default of
// 10 % where none was measured.
func MeanLoad(h inventory.Host) float64 {
	for _, l := range []inventory.Level{h.Use.CPU.Mean, h.Use.CPU.P50, h.Use.CPU.Now} {
		if !l.Known() {
			continue
		}
		if l.Kind() == inventory.OfWhole {
			return clamp01(l.Value() / 100)
		}
		if whole := h.CPU.MHz(); whole > 0 && l.Kind() == inventory.Cycles {
			return clamp01(l.Value() / whole)
		}
	}
	return defaultLoad
}

func clamp01(v float64) float64 { return min(max(v, 0), 1) }

// unmeasured is the curve of a host without regard to what was measured on it.
func unmeasured(h inventory.Host) Curve {
	estimate := specData().estimate(h)
	given, ok := givenCurve(h.Power, estimate)
	if !ok {
		return estimate
	}
	name := h.Model
	if name == "" {
		name = h.ID
	}
	given.Rung, given.GSD = Given, allGSD(Given)
	given.Assumption = Assumption{
		ID:    "power.given." + slug(name),
		What:  fmt.Sprintf("Power of %s as given (%.0f W idle, %.0f W at full load).", name, given.Idle(), given.Max()),
		Value: given.At(defaultLoad), Unit: "W at 10 % load", Source: "given in the inventory or catalogue", Rung: Given,
	}.within(given.GSD)
	return given
}

// estimate is the curve of a host from its processors and its year.
func (x specIndex) estimate(h inventory.Host) Curve {
	model, known := inventory.LookUpCPU(h.CPU.Model)
	sockets := socketsOf(h.CPU, model)
	year := yearOr(h.Year, model)
	if r, ok := x.exact[cpuKey{model.Name, sockets}]; ok && known {
		curve := withMemory(curveOf(r.watts), h.Memory, r.memoryGB, year).scaled(tunedUplift)
		return curve.on(ExactCPU, fmt.Sprintf("%d × %s", sockets, model.Name), "spec")
	}
	if m, ok := x.familyOf(model.Generation, sockets); ok {
		curve := curveOf(m.perTDP).scaled((model.TDP.Watts() + restOfSocket) * float64(sockets))
		curve = withMemory(curve, h.Memory, m.memoryGB, year).scaled(tunedUplift)
		return curve.on(Family, fmt.Sprintf("%d × %s by its core design %s", sockets, model.Name, model.Generation), "spec")
	}
	if known {
		m := x.classMedian(year, sockets)
		curve := curveOf(m.perTDP).scaled((model.TDP.Watts() + restOfSocket) * float64(sockets))
		curve = withMemory(curve, h.Memory, m.memoryGB, year).scaled(tunedUplift)
		return curve.on(Nameplate, fmt.Sprintf("%d × %s, %.0f W of thermal design power each, by hardware of %s", sockets, model.Name, model.TDP.Watts(), classText(year)), "spec")
	}
	if year > 0 {
		m := x.classMedian(year, sockets)
		return curveOf(m.watts).scaled(classUplift).on(Class, fmt.Sprintf("%d sockets of %s", sockets, classText(year)), "spec")
	}
	m := x.classMedian(defaultYear, sockets)
	return curveOf(m.watts).scaled(classUplift).on(Default, fmt.Sprintf("%d sockets of unknown year, taken for %d", sockets, defaultYear), "spec")
}

// classText names the class of a hardware year.
func classText(year int) string {
	if year < classYears[0] {
		return fmt.Sprintf("%d (older hardware is taken for it)", classYears[0])
	}
	return fmt.Sprintf("%d and on", classOf(year))
}

// memoryWattsPerGB is the power of a GB of memory more or less than a published
// result had, measured by regression within published results of the same
// processor and socket count: 0.39 ± 0.04 W/GB idle for hardware of 2009–2013
// (246 results), 0.17 ± 0.02 for 2014–2022 (210 results). Newer memory is taken
// for the latter, older for the former.
func memoryWattsPerGB(year int) float64 {
	if year < 2014 {
		return 0.39
	}
	return 0.17
}

// withMemory adds the power of memory beyond what the published result had.
func withMemory(c Curve, memory inventory.Size, hadGB float64, year int) Curve {
	if !memory.Known() || hadGB <= 0 {
		return c
	}
	extra := memoryWattsPerGB(year) * (gigabytes(memory) - hadGB)
	extra = max(extra, -0.2*c.Idle()) // fewer modules save less than their share
	points := c.Points
	c.Points = nil
	for _, p := range points {
		c.Points = append(c.Points, Point{p.Load, p.Watts + extra})
	}
	return c
}

// gigabytes is a size of memory as makers count it, in units of 2³⁰ bytes.
func gigabytes(s inventory.Size) float64 { return s.MiB() / 1024 }

// on completes a curve with where it stands on the ladder.
func (c Curve) on(rung Rung, of, source string) Curve {
	c.Rung, c.GSD = rung, allGSD(rung)
	c.Assumption = Assumption{
		ID:    "power." + slug(string(rung)) + "." + slug(of),
		What:  fmt.Sprintf("Power of %s: %.0f W idle, %.0f W at full load, configuration counted.", of, c.Idle(), c.Max()),
		Value: c.At(defaultLoad), Unit: "W at 10 % load", Rung: rung,
	}.within(c.GSD).from(sourceOf(source))
	return c
}
