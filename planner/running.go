package planner

import (
	"fmt"

	"sobre/carbon"
	"sobre/cost"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// runningUnit turns costs a year into whole numbers fine enough that the cost
// of one unit of CPU work does not vanish, and small enough that a million
// hosts do not overflow.
const runningUnit = 1e9

// running states an objective made of electricity, what is bought and licences:
// a cost a year of each host in service, of each unit of CPU work on it, and of
// each chassis in use.
func (s *survey) running(o plan.Objective, c *problem) pack.Objective {
	r := s.ratesOf(o)
	out := pack.Objective{
		Host:      make([]int64, len(c.places)),
		Load:      make([][]int64, len(c.places)),
		Enclosure: make([]int64, s.enclosures()),
	}
	perWatt := s.perWatt(r)
	for t, i := range c.places {
		pl := &s.places[i]
		out.Host[t] = int64(s.upkeep(r, i) * runningUnit)
		out.Load[t] = make([]int64, len(s.resources))
		if room := pl.room[cpuResource]; room < noLimit && pl.capacity > 0 {
			full := pl.capacity * s.resources[cpuResource].scale
			slope := (s.curveOf(i).Max() - s.curveOf(i).Idle()) / full * s.meanShare()
			hours := s.cpuHours()
			for _, d := range hours {
				out.Load[t][d] = int64(slope * perWatt * runningUnit / float64(len(hours)))
			}
		}
	}
	for n := range out.Enclosure {
		out.Enclosure[n] = int64(s.enclosing(r, n) * runningUnit)
	}
	return out
}

// perWatt is what a watt drawn all year counts.
func (s *survey) perWatt(r rates) float64 {
	return r.perKWh * carbon.HoursPerYear / 1000 * s.usualPUE()
}

// upkeep is what a host in service counts a year before any work: nothing
// where it is in service whatever the plan.
func (s *survey) upkeep(r rates, i int) float64 {
	pl := &s.places[i]
	if pl.kept {
		return 0
	}
	return s.idleWatts(i)*s.perWatt(r) + s.owning(r, i) + s.licensing(i)*r.price
}

// yearly is what the hosts of a packing count a year by an objective: as
// running states it for the search, but with the power at each host's own mean
// load, and licences counted as a bill counts them.
func (p *part) yearly(o plan.Objective) float64 {
	s, r := p.s, p.s.ratesOf(o)
	sum := 0.0
	inUse := map[int]bool{}
	var machines []cost.Machine
	for n := range p.hosts {
		h := &p.hosts[n]
		pl := &s.places[h.place]
		if e := s.enclosureOf(h.place); e > 0 {
			inUse[e-1] = true
		}
		work := 0.0
		m := s.machineAt(h.place)
		m.ID, m.Cluster, m.Closed = fmt.Sprint(n), clusterToReach(pl), s.closedTo(h.place)
		for _, i := range h.items {
			work += s.meanOn(&s.items[i], h.place)
			for _, w := range s.items[i].workloads {
				if !isOff(w) {
					m.Workloads = append(m.Workloads, *w)
				}
			}
		}
		machines = append(machines, m)
		curve := s.curveOf(h.place)
		busy := curve.At(s.meanLoad(h.place, work, len(m.Workloads))) - curve.Idle()
		sum += (s.idleWatts(h.place)+busy)*s.perWatt(r) + s.owning(r, h.place)
	}
	for n := range inUse {
		sum += s.enclosing(r, n)
	}
	if r.price > 0 {
		years := s.policy.CostSettings().Horizon
		sum += cost.Yearly(s.policy.Cost.Licences, machines, s.owned, years)
	}
	return sum
}

// meanShare is how much of the demand that is packed is work on an ordinary
// hour: the packing looks at peaks, the electricity at means.
func (s *survey) meanShare() float64 {
	var mean, packed float64
	hours := s.cpuHours()
	for i := range s.items {
		mean += s.items[i].mean * s.resources[cpuResource].scale
		for _, d := range hours {
			packed += float64(s.items[i].demand[d]) / float64(len(hours))
		}
	}
	if packed == 0 {
		return 1
	}
	return mean / packed
}

// curveOf is the power curve of a place, computed once.
func (s *survey) curveOf(i int) carbon.Curve {
	if s.curves == nil {
		s.curves = make([]carbon.Curve, len(s.places))
	}
	if len(s.curves[i].Points) == 0 {
		s.curves[i] = carbon.PowerOf(*s.places[i].asHost())
	}
	return s.curves[i]
}
