package planner

import (
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

// write makes the plan document of the packed parts.
func (s *survey) write(in Input, parts []*part, o Options) *plan.Plan {
	w := writer{s: s, parts: parts, plan: &plan.Plan{
		Version: inventory.Version, Inputs: in.Files, Objective: s.policy.Minimise, Policy: s.policy,
		Placements: []plan.Placement{}, Unplaced: []plan.Unplaced{}, Unchecked: []string{},
		Excluded: s.excluded,
	}}
	for _, r := range s.resources[:s.shown] {
		w.plan.Resources = append(w.plan.Resources, r.Resource)
	}
	w.describe()
	w.nameHosts()
	w.writeHosts()
	w.writePlacements()
	w.writeUnplaced()
	w.writeFailover()
	w.writeBound()
	w.writeRules()
	w.writeGrowth()
	w.reportFences()
	w.writeSearch(o)
	w.plan.Unchecked = append(w.plan.Unchecked, s.whatWasNotChecked()...)
	w.plan.Findings = append(slices.Clone(s.estate.Findings), s.findings...)
	return w.plan
}

// writer turns parts into a plan document.
type writer struct {
	s      *survey
	parts  []*part
	plan   *plan.Plan
	ids    map[*usedHost]string
	bought []boughtHost
}

// boughtHost is a host of the plan that does not exist yet.
type boughtHost struct {
	used    *usedHost
	id      string
	site    string
	chassis string
	slot    int
}

func (w *writer) describe() {
	e := w.s.estate
	subject := plan.Subject{Name: e.Name, Collected: e.Collected, Sites: len(e.Sites), Workloads: len(e.Workloads)}
	for _, src := range e.Sources {
		subject.Sources = append(subject.Sources, strings.TrimSpace(src.Kind+" "+src.Path))
	}
	w.plan.Estate = subject
}

// keepHomesOfLost takes into service the hosts of workloads that have no place
// in the plan: they go on running there.
func (s *survey) keepHomesOfLost(parts []*part) {
	used := inUse(parts)
	for _, p := range parts {
		for _, i := range p.lost {
			for _, home := range s.homesOf(i) {
				if used[home] == nil && inService(s.places[home].host) {
					used[home] = p.holder(home)
				}
			}
		}
	}
}

// homesOf is where an item runs today: on any hypervisor, when nobody has said.
func (s *survey) homesOf(i int) []int {
	if home := s.items[i].home; home >= 0 {
		return []int{home}
	}
	var all []int
	for n := range s.places {
		if h := s.places[n].host; h != nil && h.Role == inventory.Hypervisor {
			all = append(all, n)
		}
	}
	return all
}

// inUse tells which places of the estate are in service after the plan.
func inUse(parts []*part) map[int]*usedHost {
	used := map[int]*usedHost{}
	for _, p := range parts {
		for n := range p.hosts {
			if p.s.places[p.hosts[n].place].host != nil {
				used[p.hosts[n].place] = &p.hosts[n]
			}
		}
	}
	return used
}

// nameHosts gives every host in service its ID; bought ones are numbered.
func (w *writer) nameHosts() {
	w.ids = map[*usedHost]string{}
	var ids inventory.IDs
	for i := range w.s.estate.Hosts {
		ids.Unique(w.s.estate.Hosts[i].ID)
	}
	number := map[string]int{}
	for _, p := range w.parts {
		for n := range p.hosts {
			used := &p.hosts[n]
			pl := &w.s.places[used.place]
			if pl.host != nil {
				w.ids[used] = pl.id
				continue
			}
			number[pl.id]++
			id := ids.Unique(pl.id + "-" + pad(number[pl.id]))
			w.ids[used] = id
			w.bought = append(w.bought, boughtHost{used: used, id: id, site: w.siteOf(used)})
		}
	}
	w.enclose()
	w.replayWhereTheyStand()
}

// replayWhereTheyStand replays the failures of chassis and sites again, now
// that it is known where bought hosts stand.
func (w *writer) replayWhereTheyStand() {
	if len(w.s.domainsThatFail()) == 0 || len(w.bought) == 0 {
		return
	}
	stands := map[*usedHost]boughtHost{}
	for _, b := range w.bought {
		stands[b.used] = b
	}
	for _, p := range w.parts {
		p.stands = map[int]boughtHost{}
		for n := range p.hosts {
			if b, bought := stands[&p.hosts[n]]; bought {
				p.stands[n] = b
			}
		}
		p.replay, p.unsafe = p.replayAll(w.s.policy.Survive.Hosts)
	}
}

// siteOf is where most of what a bought host holds runs today, the first site
// of the estate when nothing says.
func (w *writer) siteOf(h *usedHost) string {
	count := map[string]int{}
	for _, i := range h.items {
		if home := w.s.items[i].home; home >= 0 {
			count[w.s.places[home].host.Site]++
		}
	}
	best := ""
	for _, site := range w.s.estate.Sites {
		if count[site.Name] > count[best] || best == "" && count[site.Name] > 0 {
			best = site.Name
		}
	}
	if best == "" && len(w.s.estate.Sites) > 0 {
		best = w.s.estate.Sites[0].Name
	}
	return best
}

func (w *writer) writePlacements() {
	for _, p := range w.parts {
		for n := range p.hosts {
			to := w.ids[&p.hosts[n]]
			for _, i := range p.hosts[n].items {
				for _, load := range w.s.items[i].workloads {
					w.plan.Placements = append(w.plan.Placements, w.placement(&w.s.items[i], load, to))
				}
			}
		}
	}
	slices.SortFunc(w.plan.Placements, func(a, b plan.Placement) int { return strings.Compare(a.Workload, b.Workload) })
}

func (w *writer) placement(it *item, load *inventory.Workload, to string) plan.Placement {
	p := plan.Placement{Workload: load.ID, To: to, Service: load.Service, Demand: w.s.shownOf(w.s.needs[load.ID])}
	p.Stays = w.s.whyItStays(it)
	if _, known := w.s.hostPlace[load.Host]; known {
		p.From = load.Host
	}
	switch {
	case p.From == to:
	case load.Kind == inventory.Physical:
		p.Kind = "p2v"
	default:
		p.Kind = "move"
	}
	return p
}

func (w *writer) writeSearch(o Options) {
	search := plan.Search{Effort: effortName(o.Effort), Tool: o.Tool}
	methods := map[string]bool{}
	for _, p := range w.parts {
		if p.result == nil {
			continue
		}
		search.Work += p.result.Work
		search.Cut = search.Cut || p.result.Cut
		if p.result.Method != "" {
			methods[p.result.Method] = true
		}
	}
	search.Method = joinNames(methods)
	w.plan.Search = search
}
