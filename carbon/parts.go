package carbon

import "math"

// Part is one workload's share of a host's load.
type Part struct {
	Work     float64 // mean over the year, in the unit of the host's capacity
	Measured bool    // Work rests on a measure, not on an assumption
	// Shape is the course of a day (24 values) or a week (168): only its
	// proportions count, its mean is Work. Nil: even.
	Shape []float64
}

// hoursOfWeek is how long a profile is when one of its parts is a week long.
const hoursOfWeek = 168

// Carry gives a host's load the doubt and the course of what makes it up: a
// spread between that of measured and of assumed loads, by how much of the
// work was measured, and a profile where a part has one. capacity is the work
// that the host can do at full load; with 0, or without parts, nothing changes.
func (h *HostLoad) Carry(parts []Part, capacity float64) {
	var sum, measured float64
	hours := 0
	for _, p := range parts {
		sum += p.Work
		if p.Measured {
			measured += p.Work
		}
		if n := len(p.Shape); (n == 24 || n == hoursOfWeek) && n > hours {
			hours = n
		}
	}
	if capacity <= 0 || sum <= 0 {
		return
	}
	share := measured / sum
	h.LoadGSD = math.Exp(share*math.Log(measuredLoadGSD) + (1-share)*math.Log(assumedLoadGSD))
	if hours == 0 {
		return
	}
	h.Profile = make([]float64, hours)
	for _, p := range parts {
		p.addTo(h.Profile, capacity)
	}
}

// addTo adds the part's load at every hour; a day repeats over a week.
func (p Part) addTo(profile []float64, capacity float64) {
	mean := 0.0
	for _, v := range p.Shape {
		mean += v / float64(len(p.Shape))
	}
	even := mean <= 0 || len(p.Shape) != 24 && len(p.Shape) != hoursOfWeek
	for k := range profile {
		factor := 1.0
		if !even {
			factor = p.Shape[k%len(p.Shape)] / mean
		}
		profile[k] = min(1, profile[k]+p.Work*factor/capacity)
	}
}
