package planner

import (
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
)

// Today is the estate as it stands, written as a plan in which nothing moves:
// what every host holds and how full it is, what would restart where when one
// fails, and the footprint. Demand is today's: neither growth nor what
// virtualising adds counts, and a host whose own use was measured is as busy as
// that says. It promises nothing: limits may be exceeded and rules broken, and
// it has no bound.
//
// A workload without a known host is listed as unplaced. The policy says which
// figure of a series counts and how many failures are replayed; which hosts to
// keep, retire or buy does not matter.
func Today(in Input, o Options) (*plan.Plan, error) {
	policy := in.Policy.WithDefaults()
	if err := policy.Validate(); err != nil {
		return nil, err
	}
	policy.Growth = plan.Growth{Rate: inventory.Percent(0)}
	policy.Hosts, policy.Scope = plan.HostPolicy{}, plan.Scope{}
	s, err := takeSurvey(in.Estate, nil, policy, trial{})
	if err != nil {
		return nil, err
	}
	s.sizeDemand()
	s.applyRulesToday()
	s.listPurposes()
	p := s.standing()
	if f := policy.Survive; f.Hosts+f.Chassis+f.Site > 0 && p.protected() {
		p.replay, p.unsafe = p.replayAll(f.Hosts)
	}
	s.keepHomesOfLost([]*part{p})
	result := s.write(in, []*part{p}, o)
	s.loadStandalone(result)
	result.Bound, result.Models = plan.Bound{}, nil
	for i := range result.Unplaced {
		u := &result.Unplaced[i]
		u.Reason, u.What = "nowhere", "it runs on no host that is known"
	}
	if err := s.price(result); err != nil {
		return nil, err
	}
	result.After = result.Before
	result.Saving = plan.Saving{}
	return result, nil
}

// applyRulesToday is applyRules without joining what a rule keeps together:
// today it may be apart.
func (s *survey) applyRulesToday() {
	s.listRules()
	s.applyStay()
	s.allowPlaces()
	s.applyCounts()
	s.indexLimits()
	s.weighItems()
}

// standing is the whole estate as one part, every workload where it runs and
// every host in service that is.
func (s *survey) standing() *part {
	p := &part{s: s, name: "all"}
	at := map[int]int{} // place → index in p.hosts
	open := func(place int) *usedHost {
		n, known := at[place]
		if !known {
			n = len(p.hosts)
			at[place] = n
			p.hosts = append(p.hosts, usedHost{place: place})
		}
		return &p.hosts[n]
	}
	for i := range s.places {
		p.places = append(p.places, i)
		if inService(s.places[i].host) {
			s.places[i].kept = true
			open(i)
		}
	}
	for i := range s.items {
		p.items = append(p.items, i)
		if home := s.items[i].home; home >= 0 {
			h := open(home)
			h.items = append(h.items, i)
		} else {
			p.lost = append(p.lost, i)
		}
	}
	slices.SortStableFunc(p.hosts, func(a, b usedHost) int { return a.place - b.place })
	return p
}

// loadStandalone adds how busy the hosts are that take no others, which a plan
// leaves out, and puts the measured use of a whole host in place of the sum of
// what runs on it.
func (s *survey) loadStandalone(p *plan.Plan) {
	work := make([]float64, len(s.places))
	for i := range s.items {
		for _, w := range s.items[i].workloads {
			if home := s.items[i].home; home >= 0 && !isOff(w) {
				work[home] += s.cpuDemand(w) / s.overhead(w)
			}
		}
	}
	for n := range p.Hosts {
		h := &p.Hosts[n]
		i, known := s.hostPlace[h.ID]
		if !known || s.places[i].capacity <= 0 {
			continue
		}
		load := work[i] / s.places[i].capacity
		if level, exact, found := levelOf(s.places[i].host.Use.CPU, s.policy.CPU.Use); found && exact {
			if share, ok := shareOf(level, s.places[i].host.CPU.MHz()); ok {
				load = share
			}
		}
		if h.Load == nil {
			h.Load = map[string]float64{}
		}
		h.Load[s.resources[cpuResource].Name] = rounded(load)
	}
}

// shareOf is a level as a share of a whole, 1 being all of it; ok is false where
// the whole is not known.
func shareOf(l inventory.Level, whole float64) (share float64, ok bool) {
	if l.Kind() == inventory.OfWhole {
		return l.Value() / 100, true
	}
	if whole <= 0 {
		return 0, false
	}
	return l.Value() / whole, true
}
