package planner

import (
	"fmt"

	"sobre/inventory"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// surveyModels adds the models that may be bought as places.
func (s *survey) surveyModels() error {
	if s.policy.Hosts.BuysNothing() {
		return nil
	}
	if s.catalogue == nil {
		if len(s.policy.Hosts.Buy) > 0 {
			return fmt.Errorf("policy: hosts.buy names %q, but there is no catalogue (give one with -c)", s.policy.Hosts.Buy)
		}
		return nil
	}
	bought := map[string]bool{}
	clusters := s.clustersToBuyFor()
	for i := range s.catalogue.Hosts {
		m := &s.catalogue.Hosts[i]
		if err := checkModel(m); err != nil {
			return err
		}
		if len(s.policy.Hosts.Buy) > 0 && !inventory.MatchesAny(s.policy.Hosts.Buy, m.Name) {
			continue
		}
		if bought[m.Name] {
			return fmt.Errorf("catalogue: host model %q stands twice", m.Name)
		}
		bought[m.Name] = true
		stock := pack.Unlimited
		if m.Stock != nil {
			stock = *m.Stock
		}
		if stock == 0 {
			continue
		}
		for _, cluster := range clusters {
			s.places = append(s.places, place{id: m.Name, model: m, cluster: cluster, stock: stock, takes: true})
			for _, what := range s.licencesToFence() {
				s.places = append(s.places, place{id: m.Name, model: m, cluster: cluster, takes: true, licensed: what})
			}
		}
	}
	for _, pattern := range s.policy.Hosts.Buy {
		if !matchesKey(pattern, bought) {
			return fmt.Errorf("policy: hosts.buy: no model %q in the catalogue", pattern)
		}
	}
	return nil
}

// clustersToBuyFor lists the clusters that a bought host may join: each by
// itself where clusters are kept, because one host serves one cluster only.
func (s *survey) clustersToBuyFor() []string {
	if s.policy.Clusters != plan.KeepClusters {
		return []string{""}
	}
	clusters := map[string]bool{}
	for i := range s.estate.Workloads {
		if w := &s.estate.Workloads[i]; w.Kind == inventory.VM {
			clusters[s.clusterOf(w)] = true
		}
	}
	if len(clusters) == 0 {
		clusters[""] = true
	}
	return sortedNames(clusters)
}

// left is how many hosts of a place there still are: a model's stock serves
// all clusters and fences.
func (s *survey) left(place int) int {
	p := &s.places[place]
	if p.model == nil || p.stock == pack.Unlimited {
		return p.stock
	}
	left := p.stock - s.taken[place]
	if p.licensed != "" {
		left = s.leftInFence(place)
	}
	if p.model.Stock == nil {
		return max(0, left)
	}
	all := 0
	for i, n := range s.taken {
		if s.places[i].id == p.id {
			all += n
		}
	}
	return max(0, min(left, *p.model.Stock-all))
}

// shareStock gives the stock of a model to one cluster of the part, the one
// that most items could use it in: the engine knows each cluster's copy as a
// type of its own, and would buy the same host twice.
func (p *part) shareStock() {
	p.denied = map[int]bool{}
	users := map[int]int{}
	for _, i := range p.items {
		for _, place := range p.s.items[i].allowed {
			users[place]++
		}
	}
	chosen := map[string]int{}
	for _, i := range p.places {
		pl := &p.s.places[i]
		if pl.model == nil || pl.stock == pack.Unlimited || pl.fence || pl.licensed != "" {
			continue
		}
		first, several := chosen[pl.id]
		switch {
		case !several:
			chosen[pl.id] = i
		case users[i] > users[first]:
			p.denied[first] = true
			chosen[pl.id] = i
		default:
			p.denied[i] = true
		}
	}
}

// leftFor is how many hosts of a place the part may take.
func (p *part) leftFor(place int) int {
	if p.denied[place] {
		return 0
	}
	left, pl := p.s.left(place), &p.s.places[place]
	if left == pack.Unlimited || pl.fence || pl.licensed != "" {
		return left
	}
	for _, i := range p.places {
		other := &p.s.places[i]
		if other.fence && other.id == pl.id {
			left -= other.stock
		}
		if other.licensed != "" && other.id == pl.id {
			left -= p.s.leftInFence(i)
		}
	}
	return max(0, left)
}

// take notes that a host of a model is bought.
func (s *survey) take(place int) {
	if p := &s.places[place]; p.model != nil {
		s.taken[place]++
	}
}

// giveBack takes back that a host of a model is bought.
func (s *survey) giveBack(place int) {
	if p := &s.places[place]; p.model != nil {
		s.taken[place]--
	}
}

func checkModel(m *inventory.HostModel) error {
	switch {
	case m.Name == "":
		return fmt.Errorf("catalogue: a host model has no name")
	case m.Memory.MiB() <= 0:
		return fmt.Errorf("catalogue: host model %q has no memory", m.Name)
	case m.CPU.Cores <= 0:
		return fmt.Errorf("catalogue: host model %q has no cpu.cores", m.Name)
	case m.Stock != nil && *m.Stock < 0:
		return fmt.Errorf("catalogue: host model %q has a stock below 0", m.Name)
	}
	return nil
}

func matchesKey(pattern string, names map[string]bool) bool {
	for name := range names {
		if inventory.Matches(pattern, name) {
			return true
		}
	}
	return false
}

// asHost is a model as if it stood in the estate, so that one code sizes both.
func asHost(m *inventory.HostModel) *inventory.Host {
	return &inventory.Host{
		ID: m.Name, Name: m.Name, Role: inventory.Hypervisor, Make: m.Make, Model: m.Name, Year: m.Year,
		CPU: m.CPU, Memory: m.Memory, Disk: m.Disk, Power: m.Power, Resources: m.Resources, Price: m.Price, RackUnits: m.RackUnits,
	}
}
