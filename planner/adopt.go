package planner

import (
	"slices"

	"sobre/planner/pack"
)

// adopt takes over a packing: which hosts are in service and what is on them.
func (p *part) adopt(c *problem, r *pack.Result) {
	p.hosts, p.lost = nil, nil
	p.openHosts(c, r)
	for _, share := range r.Unplaced {
		i := c.items[share.Index]
		if it := &p.s.items[i]; it.stays { // whatever rule it breaks there with others that stay
			p.overruled = true
			p.holder(it.home).items = append(p.holder(it.home).items, i)
			continue
		}
		p.lost = append(p.lost, i)
	}
	for _, i := range c.alone {
		p.holder(p.s.items[i].home).items = append(p.holder(p.s.items[i].home).items, i)
	}
	for _, i := range p.places {
		if p.s.places[i].kept {
			p.holder(i)
		}
	}
	slices.Sort(p.lost)
	slices.SortStableFunc(p.hosts, func(a, b usedHost) int { return a.place - b.place })
}

// openHosts takes the packed hosts into service. Every group is one item, so a
// host that the engine repeats can only be an empty one.
func (p *part) openHosts(c *problem, r *pack.Result) {
	for _, h := range r.Hosts {
		for range h.Count {
			used := usedHost{place: c.places[h.Type]}
			for _, share := range h.Content {
				used.items = append(used.items, c.items[share.Index])
			}
			slices.Sort(used.items)
			p.hosts = append(p.hosts, used)
		}
	}
}

// holder is the used host at an existing place, taken into service if it is not yet.
func (p *part) holder(place int) *usedHost {
	for i := range p.hosts {
		if p.hosts[i].place == place && p.s.places[place].host != nil {
			return &p.hosts[i]
		}
	}
	p.hosts = append(p.hosts, usedHost{place: place})
	return &p.hosts[len(p.hosts)-1]
}
