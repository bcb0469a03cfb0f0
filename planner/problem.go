package planner

import (
	"slices"

	"sobre/planner/pack"
	"sobre/planner/plan"
)

// problem is a part in the engine's terms, with the way back.
type problem struct {
	pack.Problem
	items  []int // group → item
	places []int // type → place
	alone  []int // items that stay on a host which takes nothing else: no question to the engine
	typeOf map[int]int
}

// compile states the part as a packing problem. With narrow, items keep to the
// chassis or site that a rule has given them, and only what other parts have
// left of a model's stock is there.
func (p *part) compile(narrow bool) *problem {
	c := &problem{typeOf: map[int]int{}}
	c.Dims = len(p.s.resources)
	p.addTypes(c, narrow)
	p.addGroups(c, narrow)
	p.addLimits(c)
	for _, o := range p.s.policy.Minimise {
		c.Minimise = append(c.Minimise, p.s.objective(o, c))
	}
	for _, o := range c.Minimise {
		for t := range o.Load {
			o.Load[t] = append(o.Load[t], make([]int64, c.Dims-len(o.Load[t]))...) // weighted limits cost nothing
		}
	}
	return c
}

// addTypes makes a type of every place that has a question to it. A host that
// holds more today than its limits allow gets the room for just that.
func (p *part) addTypes(c *problem, narrow bool) {
	rooms, offered := p.rooms(), p.offered()
	for _, i := range p.places {
		pl := &p.s.places[i]
		if pl.kept && !pl.takes && !offered[i] || pl.fence && !narrow {
			continue
		}
		c.typeOf[i] = len(c.places)
		c.places = append(c.places, i)
		stock := pl.stock
		if narrow {
			stock = p.leftFor(i)
			if stock != pack.Unlimited {
				stock = max(0, stock-p.reserve[i])
			}
			if p.only != nil && pl.takes {
				stock = p.only[i]
			}
		}
		c.Types = append(c.Types, pack.Type{Capacity: rooms[i], Stock: stock, Enclosure: p.s.enclosureOf(i)})
	}
}

// offered marks the places that an item of the part may choose.
func (p *part) offered() map[int]bool {
	offered := map[int]bool{}
	for _, i := range p.items {
		it := &p.s.items[i]
		if it.stays {
			continue
		}
		for _, place := range it.allowed {
			offered[place] = true
		}
	}
	return offered
}

// totalDemand is the demand of all items; more room than that is no limit.
func (p *part) totalDemand() []int64 {
	total := make([]int64, len(p.s.resources))
	for _, i := range p.items {
		for d, v := range p.s.items[i].demand {
			total[d] += v
		}
	}
	return total
}

// rooms is what each place of the part can hold: its limits, or what stays on
// it where that is more, and never more than there is to place.
func (p *part) rooms() map[int][]int64 {
	held := map[int][]int64{} // by what stays
	for _, i := range p.items {
		it := &p.s.items[i]
		if !it.stays {
			continue
		}
		if held[it.home] == nil {
			held[it.home] = make([]int64, len(p.s.resources))
		}
		for d, v := range it.demand {
			held[it.home][d] += v
		}
	}
	total := p.totalDemand()
	rooms := make(map[int][]int64, len(p.places))
	for _, i := range p.places {
		room := slices.Clone(p.s.places[i].room)
		for d := range room {
			if p.share != nil && p.s.places[i].takes && room[d] < noLimit {
				room[d] = int64(float64(room[d]) * p.share[d])
			}
			if stays := held[i]; stays != nil {
				room[d] = max(room[d], stays[d])
			}
			room[d] = min(room[d], total[d])
		}
		rooms[i] = room
	}
	return rooms
}

func (p *part) addGroups(c *problem, narrow bool) {
	translated := map[*int][]int{} // lists shared by items stay shared by groups
	for _, i := range p.items {
		it := &p.s.items[i]
		if it.stays {
			t, asked := c.typeOf[it.home]
			if !asked {
				c.alone = append(c.alone, i)
				continue
			}
			here := []pack.Share{{Index: t, Count: 1}}
			c.items = append(c.items, i)
			c.Groups = append(c.Groups, pack.Group{Count: 1, Demand: it.demand, Allowed: []int{t}, Fixed: here, Start: here})
			continue
		}
		places := it.allowed
		if narrow {
			places = it.choice()
		}
		g := pack.Group{Count: 1, Demand: it.demand, Allowed: c.typesOf(places, translated)}
		if t, ok := c.typeOf[it.home]; ok && c.Types[t].Stock != 0 {
			g.Start = []pack.Share{{Index: t, Count: 1}}
		}
		c.items = append(c.items, i)
		c.Groups = append(c.Groups, g)
	}
}

// typesOf translates places into types. An item that may go nowhere gets an
// empty list, which is not the nil that would let it go anywhere.
func (c *problem) typesOf(places []int, translated map[*int][]int) []int {
	if len(places) == 0 {
		return []int{}
	}
	if list, ok := translated[&places[0]]; ok && len(list) <= len(places) {
		return list
	}
	list := make([]int, 0, len(places))
	for _, i := range places {
		if t, ok := c.typeOf[i]; ok {
			list = append(list, t)
		}
	}
	translated[&places[0]] = list
	return list
}

func (p *part) addLimits(c *problem) {
	groupOf := map[int]int{}
	for g, i := range c.items {
		groupOf[i] = g
	}
	for n := range p.s.limits {
		l := &p.s.limits[n]
		var groups []int
		for _, i := range l.items {
			if g, ok := groupOf[i]; ok {
				groups = append(groups, g)
			}
		}
		switch {
		case l.weights != nil && len(groups) > 0:
			c.addWeighted(l, groups)
		case len(groups) > l.max:
			c.Limits = append(c.Limits, pack.Limit{Groups: groups, Max: l.max})
		}
	}
}

// addWeighted states a limit of which some groups count several times as a
// resource of its own, of which every host has as much as the limit allows.
func (c *problem) addWeighted(l *limit, groups []int) {
	held := make([]int64, len(c.Types)) // by what stays, which may be more
	for g := range c.Groups {
		weight := int64(0)
		if slices.Contains(groups, g) {
			weight = int64(l.weightOf(c.items[g]))
		}
		group := &c.Groups[g]
		group.Demand = append(slices.Clone(group.Demand), weight)
		for _, share := range group.Fixed {
			held[share.Index] += weight
		}
	}
	for t := range c.Types {
		c.Types[t].Capacity = append(slices.Clone(c.Types[t].Capacity), max(int64(l.max), held[t]))
	}
	c.Dims++
}

// objective states one objective for the hosts of a problem.
func (s *survey) objective(o plan.Objective, c *problem) pack.Objective {
	switch o {
	case plan.Hosts:
		return s.hostsObjective(c)
	case plan.NewHosts:
		return c.perHost(func(i int) int64 { return whole(s.places[i].model != nil) })
	case plan.Moves:
		moves := pack.Objective{Move: make([]int64, len(c.items))}
		for g, i := range c.items {
			moves.Move[g] = int64(len(s.items[i].workloads))
		}
		return moves
	}
	return s.running(o, c)
}

// hostsObjective counts the hosts in service besides those kept whatever happens.
func (s *survey) hostsObjective(c *problem) pack.Objective {
	return c.perHost(func(i int) int64 { return whole(!s.places[i].kept) })
}

func (c *problem) perHost(cost func(place int) int64) pack.Objective {
	o := pack.Objective{Host: make([]int64, len(c.places))}
	for t, i := range c.places {
		o.Host[t] = cost(i)
	}
	return o
}

func whole(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
