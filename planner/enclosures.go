package planner

import (
	"slices"
	"strings"

	"sobre/carbon"
	"sobre/inventory"
)

// Enclosures are those of the estate, then one new one of each model of the
// catalogue. An enclosure counts once while any of its blades is on, so that
// emptying it is worth more than emptying as many blades here and there.

// enclosures counts them.
func (s *survey) enclosures() int {
	n := len(s.estate.Chassis)
	if s.catalogue != nil {
		n += len(s.catalogue.Chassis)
	}
	return n
}

// idleWatts is what a host draws without work, its place in a chassis included:
// for a blade of which more are bought than one new chassis holds, its share
// of a full one.
func (s *survey) idleWatts(i int) float64 {
	pl := &s.places[i]
	watts := s.curveOf(i).Idle()
	if pl.model != nil {
		ch := s.chassisModel(pl.model.Chassis)
		if ch == nil || ch.Slots == 0 {
			return watts
		}
		watts += ch.Power.PerModule.Watts()
		if s.enclosureOf(i) == 0 {
			watts += ch.Power.Fixed.Or(carbon.EnclosureWatts) / float64(ch.Slots)
		}
		return watts
	}
	if e := s.enclosureOf(i); e > 0 {
		watts += s.chassisPower(e - 1).PerModule.Watts()
	}
	return watts
}

// chassisPower is what an enclosure of the estate draws: its own figures,
// else those of its model in the catalogue.
func (s *survey) chassisPower(n int) inventory.ChassisPower {
	ch := &s.estate.Chassis[n]
	if m := s.chassisModel(ch.Model); m != nil && ch.Power.IsZero() {
		return m.Power
	}
	return ch.Power
}

// enclosing is what an enclosure in use counts a year: nothing where a host in
// it is kept whatever the plan; for a new one its purchase too.
func (s *survey) enclosing(r rates, n int) float64 {
	if n < len(s.estate.Chassis) {
		if s.keptIn(n) {
			return 0
		}
		return s.chassisPower(n).Fixed.Or(carbon.EnclosureWatts) * s.perWatt(r)
	}
	ch := &s.catalogue.Chassis[n-len(s.estate.Chassis)]
	return ch.Power.Fixed.Or(carbon.EnclosureWatts)*s.perWatt(r) + s.perLife(r, ch.Embodied.Kg(), ch.Price.Amount(), ch.Lifetime)
}

// keptIn tells whether a host of an enclosure is in service whatever the plan.
func (s *survey) keptIn(n int) bool {
	id := s.estate.Chassis[n].ID
	return slices.ContainsFunc(s.places, func(p place) bool { return p.kept && p.host != nil && p.host.Chassis == id })
}

// enclosureOf is one more than the index of the enclosure that a host stands
// in, 0 for none. Blades to buy stand in an enclosure of the estate that has
// slots for as many as could be needed, else in one new one; where that is too
// small too, in none: each then bears a share.
func (s *survey) enclosureOf(i int) int {
	pl := &s.places[i]
	if pl.host == nil {
		return s.enclosureToBuyFor(i)
	}
	if pl.host.Chassis == "" {
		return 0
	}
	return 1 + slices.IndexFunc(s.estate.Chassis, func(c inventory.Chassis) bool { return c.ID == pl.host.Chassis })
}

func (s *survey) enclosureToBuyFor(i int) int {
	ch := s.chassisModel(s.places[i].model.Chassis)
	if ch == nil || ch.Slots == 0 {
		return 0
	}
	need := s.mostNeeded(i)
	for n := range s.estate.Chassis {
		c := &s.estate.Chassis[n]
		taken := 0
		for h := range s.estate.Hosts {
			taken += int(whole(s.estate.Hosts[h].Chassis == c.ID))
		}
		if strings.EqualFold(c.Model, ch.Name) && c.Slots-taken >= need {
			return n + 1
		}
	}
	if need > ch.Slots {
		return 0
	}
	n := slices.IndexFunc(s.catalogue.Chassis, func(c inventory.ChassisModel) bool { return c.Name == ch.Name })
	return len(s.estate.Chassis) + n + 1
}

// mostNeeded is about how many hosts of a model would hold all that may move to
// it, with one to spare.
func (s *survey) mostNeeded(i int) int {
	if s.needed == nil {
		s.needed = map[int]int{}
	}
	if n, ok := s.needed[i]; ok {
		return n
	}
	sum := make([]float64, len(s.resources))
	for k := range s.items {
		if _, ok := slices.BinarySearch(s.items[k].allowed, i); ok {
			for d, v := range s.items[k].demand {
				sum[d] += float64(v)
			}
		}
	}
	hosts := 1.0
	for d, v := range sum {
		if room := s.places[i].room[d]; room > 0 && room < noLimit {
			hosts = max(hosts, v/float64(room))
		}
	}
	s.needed[i] = int(min(hosts, 1e6)) + 2
	return s.needed[i]
}
