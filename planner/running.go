package planner

import (
	"sobre/carbon"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// runningUnit turns costs a year into whole numbers fine enough that the cost
// of one unit of CPU work does not vanish, and small enough that a million
// hosts do not overflow.
const runningUnit = 1e9

// running states an objective made of electricity and what is bought: a cost a
// year of each host in service, of each unit of CPU work on it, and of each
// chassis in use.
func (s *survey) running(o plan.Objective, c *problem) pack.Objective {
	r := s.ratesOf(o)
	out := pack.Objective{
		Host:      make([]int64, len(c.places)),
		Load:      make([][]int64, len(c.places)),
		Enclosure: make([]int64, len(s.estate.Chassis)),
	}
	perWatt := r.perKWh * carbon.HoursPerYear / 1000 * s.usualPUE()
	for t, i := range c.places {
		pl := &s.places[i]
		watts := s.idleWatts(i)
		if pl.kept {
			watts = 0 // drawn whatever the plan
		}
		out.Host[t] = int64((watts*perWatt + s.owning(r, pl)) * runningUnit)
		out.Load[t] = make([]int64, len(s.resources))
		if room := pl.room[cpuResource]; room < noLimit && pl.capacity > 0 {
			full := pl.capacity * s.resources[cpuResource].scale
			slope := (s.curveOf(i).Max() - s.curveOf(i).Idle()) / full * s.meanShare()
			out.Load[t][cpuResource] = int64(slope * perWatt * runningUnit)
		}
	}
	for n, ch := range s.estate.Chassis {
		out.Enclosure[n] = int64(ch.Power.Fixed.Watts() * perWatt * runningUnit)
	}
	return out
}

// meanShare is how much of the demand that is packed is work on an ordinary
// hour: the packing looks at peaks, the electricity at means.
func (s *survey) meanShare() float64 {
	var mean, packed float64
	for i := range s.items {
		mean += s.items[i].mean * s.resources[cpuResource].scale
		packed += float64(s.items[i].demand[cpuResource])
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

// idleWatts is what a host draws without work, its place in a chassis included:
// for a blade to buy, its share of a full enclosure.
func (s *survey) idleWatts(i int) float64 {
	pl := &s.places[i]
	watts := s.curveOf(i).Idle()
	if pl.model != nil {
		if ch := s.chassisModel(pl.model.Chassis); ch != nil && ch.Slots > 0 {
			watts += ch.Power.PerModule.Watts() + ch.Power.Fixed.Watts()/float64(ch.Slots)
		}
		return watts
	}
	if e := s.enclosureOf(i); e > 0 {
		watts += s.estate.Chassis[e-1].Power.PerModule.Watts()
	}
	return watts
}

// enclosureOf is one more than the index of the chassis that a host stands in,
// 0 for none.
func (s *survey) enclosureOf(i int) int {
	h := s.places[i].host
	if h == nil || h.Chassis == "" {
		return 0
	}
	for n := range s.estate.Chassis {
		if s.estate.Chassis[n].ID == h.Chassis {
			return n + 1
		}
	}
	return 0
}
