package planner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sobre/cost"
	"sobre/inventory"
	"sobre/planner/plan"
)

// purpose is what a licence is for, with the items that need it.
type purpose struct {
	what    string
	items   []int         // ascending
	toBuy   int           // hosts of each model that the fence being tried may set aside
	charged bool          // every host that such an item may be on pays for it in the search
	own     map[int]bool  // places that are the own server of an item
	fences  map[int][]int // by item, the places that this purpose keeps it on; absent: anywhere
	open    map[int]bool  // places that an item may be on, as fences are now; nil: not looked up yet
}

// itemsOf lists the items of a part that need the licence.
func (u *purpose) itemsOf(p *part) []int {
	return slices.DeleteFunc(slices.Clone(p.items), func(i int) bool {
		_, ok := slices.BinarySearch(u.items, i)
		return !ok
	})
}

// listPurposes finds which items need which licence that is counted by host.
func (s *survey) listPurposes() {
	s.countOwned()
	for _, what := range s.licencesByHost() {
		u := purpose{what: what}
		for i := range s.items {
			if s.items[i].idle {
				continue
			}
			if slices.ContainsFunc(s.items[i].workloads, func(w *inventory.Workload) bool { return s.asksFor(w, what) }) {
				u.items = append(u.items, i)
			}
		}
		u.own, u.fences = map[int]bool{}, map[int][]int{}
		for _, i := range u.items {
			if own := s.ownHome(&s.items[i]); own >= 0 {
				u.own[own] = true
			}
		}
		if len(u.items) > 0 {
			s.purposes = append(s.purposes, u)
		}
	}
}

// countOwned notes what the estate is licensed for today.
func (s *survey) countOwned() {
	if len(s.policy.Cost.Licences) == 0 {
		return
	}
	today := s.tenancyToday()
	var machines []cost.Machine
	for i := range s.places {
		if h := s.places[i].host; h != nil && inService(h) {
			machines = append(machines, machine(h, h.Cluster, today[h.ID]))
		}
	}
	s.owned = cost.OwnedUnits(s.policy.Cost.Licences, machines, s.policy.CostSettings().Horizon)
}

// licencesByHost lists what the licences are for that count the hosts which
// carry such workloads or could.
func (s *survey) licencesByHost() []string {
	found := map[string]bool{}
	for _, l := range s.policy.Cost.Licences {
		if l.ByHost() && l.Reach != cost.All {
			found[l.For] = true
		}
	}
	return sortedNames(found)
}

// asksFor tells whether a workload needs a licence for a purpose.
func (s *survey) asksFor(w *inventory.Workload, what string) bool {
	return slices.ContainsFunc(s.policy.Cost.Licences, func(l cost.Licence) bool { return l.For == what && l.Needed(*w) })
}

// unlicensed tells whether a workload names something that is licensed whose
// terms the policy does not have.
func (s *survey) unlicensed(w *inventory.Workload) bool {
	return slices.ContainsFunc(w.Licences, func(word string) bool {
		alone := inventory.Workload{Licences: []string{word}}
		return !slices.ContainsFunc(s.policy.Cost.Licences, func(l cost.Licence) bool { return l.Needed(alone) })
	})
}

// licenceOf is what a host costs a year when it carries n workloads of a purpose.
func (s *survey) licenceOf(place int, u *purpose, n int) float64 {
	m := s.machineAt(place)
	vcpus := make([]int, max(n, 1))
	for k := range vcpus {
		vcpus[k] = 1
	}
	return cost.HostPrice(s.unowned(u.what), u.what, m, vcpus, s.policy.CostSettings().Horizon)
}

// unowned lists the licences for a purpose as one more unit of them costs: those
// paid once that the estate owns some of cost their support only.
func (s *survey) unowned(what string) []cost.Licence {
	var list []cost.Licence
	for _, l := range s.policy.Cost.Licences {
		if l.For != what {
			continue
		}
		if l.Once && s.owned[l.Name] > 0 {
			l.Once, l.Price = false, inventory.MakeMoney(l.Price.Amount()*l.Support.Fraction(), l.Price.Currency())
		}
		list = append(list, l)
	}
	return list
}

// machineAt is a place as licences see it.
func (s *survey) machineAt(place int) cost.Machine {
	h := s.places[place].asHost()
	return machine(h, s.places[place].cluster, nil)
}

// licensing is what a host counts a year in the search for licences: those of
// every hypervisor, and those of a purpose whose workloads may be on it while
// that purpose is charged to all hosts, or for whose own server it is.
func (s *survey) licensing(place int) float64 {
	m, sum := s.machineAt(place), 0.0
	if m.Hypervisor {
		every := slices.DeleteFunc(slices.Clone(s.policy.Cost.Licences), func(l cost.Licence) bool { return l.Reach != cost.All })
		for _, b := range cost.LicenceBills(every, []cost.Machine{m}, s.policy.CostSettings().Horizon) {
			sum += b.PerYear + b.Once/s.policy.CostSettings().Horizon
		}
	}
	for n := range s.purposes {
		u := &s.purposes[n]
		if u.own[place] || u.charged && s.openTo(place, u) || s.places[place].licensed == u.what {
			sum += s.licenceOf(place, u, 1)
		}
	}
	return sum
}

// openTo tells whether an item of a purpose may be on a place.
func (s *survey) openTo(place int, u *purpose) bool {
	if u.open == nil {
		u.open = map[int]bool{}
		for _, i := range u.items {
			for _, p := range s.items[i].fencedIn(s.items[i].allowed) {
				u.open[p] = true
			}
		}
	}
	return u.open[place]
}

// concentrate looks for a cheaper packing of the part with the workloads of
// dear licences kept on few hosts, one purpose after the other, those with the
// most items first to last.
func (p *part) concentrate(ctx context.Context, o Options) error {
	if !p.s.triesFences() {
		return nil
	}
	for n := range p.s.purposes {
		u := &p.s.purposes[n]
		if len(u.itemsOf(p)) == 0 || ctx.Err() != nil || !p.matters(u) {
			continue
		}
		if err := p.concentrateOn(ctx, u, o); err != nil {
			return err
		}
	}
	return nil
}

// matters tells whether a purpose's licences are more than a hundredth of what
// the part costs a year.
func (p *part) matters(u *purpose) bool {
	all := p.yearly(plan.Cost)
	licences := p.s.policy.Cost.Licences
	defer func() { p.s.policy.Cost.Licences = licences }()
	p.s.policy.Cost.Licences = slices.DeleteFunc(slices.Clone(licences), func(l cost.Licence) bool { return l.For == u.what })
	return all-p.yearly(plan.Cost) > all/100
}

// patience is how many fences in a row may bring nothing, after one that did,
// before the others are not tried: they come in the order of their size, and
// beyond the best one each costs more.
const patience = 1

// concentrateOn tries the fences of one purpose, and once that every host pays
// for it, and keeps the best packing.
func (p *part) concentrateOn(ctx context.Context, u *purpose, o Options) error {
	best, chosen, value, evidence := p.answer, fence{}, p.worth(), p.evidence
	try := func(f fence) error {
		u.charged = f.places == nil
		p.apply(f, u)
		p.releaseHosts()
		p.spares, p.reserve = nil, f.holdBack(p.s.policy.Survive.Hosts)
		if err := p.search(ctx, o); err != nil {
			return err
		}
		u.charged = false
		return nil
	}
	for _, kind := range [][]fence{{{}}, p.fences(u), p.fencesToBuy(u)} {
		since := -len(kind) // tries without gain, once there was one
		for _, f := range kind {
			if since > patience {
				break
			}
			if err := try(f); err != nil {
				return err
			}
			since++
			if v := p.worth(); slices.Compare(v, value) < 0 {
				best, chosen, value, since = p.answer, f, v, 0
			}
		}
	}
	p.releaseHosts()
	p.apply(chosen, u)
	p.reserve = nil
	// What was proven before any fence still holds, and nothing more is.
	p.answer, p.evidence = best, evidence
	p.claimHosts()
	return nil
}

// closedTo lists the purposes of licences whose workloads may not be on a
// hypervisor though their cluster is its own: rules or a fence keep them off.
func (s *survey) closedTo(place int) []string {
	pl := &s.places[place]
	if pl.asHost().Role != inventory.Hypervisor {
		return nil
	}
	var closed []string
	for n := range s.purposes {
		near, open := false, false
		for _, i := range s.purposes[n].items {
			it := &s.items[i]
			may := it.stays && it.home == place || !it.stays && it.inside(place) && (it.fenced == nil || slices.Contains(it.fenced, place))
			if near && !may {
				continue
			}
			if clusters := s.clustersOf(it); len(clusters) > 0 && !slices.Contains(clusters, pl.cluster) {
				continue
			}
			near = true
			if open = may && (it.stays || !s.ruledOut(it, place, s.placeRulesOf(it))); open {
				break
			}
		}
		if near && !open {
			closed = append(closed, s.purposes[n].what)
		}
	}
	return closed
}

// reportFences says which hosts the plan keeps dear licences on.
func (w *writer) reportFences() {
	for _, u := range w.s.purposes {
		hosts := map[string]bool{}
		for _, p := range w.parts {
			for n := range p.hosts {
				for _, i := range p.hosts[n].items {
					if _, ok := slices.BinarySearch(u.items, i); ok && u.fences[i] != nil {
						hosts[w.ids[&p.hosts[n]]] = true
					}
				}
			}
		}
		if names := sortedNames(hosts); len(names) > 0 {
			w.s.find("licence-fence", inventory.Note, u.what,
				fmt.Sprintf("workloads that need licence %s are kept on %d hosts, which costs least: %s", u.what, len(names), strings.Join(names, ", ")),
				"keep them there by a cluster of its own or a group of hosts, as the terms of the licence ask")
		}
	}
}

// worth is what a packing of the part is judged by: what has no place, what no
// host restarts, then the objectives in their order.
func (p *part) worth() []float64 {
	list := []float64{float64(len(p.lost)), float64(len(p.unsafe))}
	for _, o := range p.s.policy.Minimise {
		switch o {
		case plan.Hosts:
			list = append(list, float64(len(p.hosts)))
		case plan.NewHosts:
			n := 0.0
			for _, h := range p.hosts {
				n += float64(whole(p.s.places[h.place].model != nil))
			}
			list = append(list, n)
		case plan.Moves:
			list = append(list, float64(p.s.moves(p.hosts)))
		default:
			list = append(list, p.yearly(o))
		}
	}
	return list
}
