package planner

import (
	"slices"

	"sobre/planner/pack"
)

// part is a piece of the estate that can be packed by itself: no item of it
// may go, or restart after a failure, where an item of another part may.
type part struct {
	s      *survey
	name   string
	items  []int // indexes in survey.items
	places []int // indexes in survey.places, ascending
	supply
	answer
	evidence
}

// supply is what a part may not have of its places.
type supply struct {
	reserve     map[int]int  // hosts held back from the packing to stand by, by place
	stockBefore map[int]int  // of each place, when the part was packed
	denied      map[int]bool // models whose stock another cluster of the part has
	only        map[int]int  // hosts that may be used, by place; nil: all
	share       []float64    // of the room of each host that may be filled, per resource; nil: all
}

// answer is where everything of a part goes, and goes again after a failure.
type answer struct {
	hosts  []usedHost // in service, those kept empty included
	lost   []int      // items without a place
	spares []int      // indexes in hosts
	replay []restart
	unsafe []int              // items that no host can restart, by item index
	stands map[int]boughtHost // where bought hosts stand, by index in hosts; nil: not decided yet
}

// evidence is what is proven of a part.
type evidence struct {
	result    *pack.Result
	proof     *problem // that result.Certificate speaks of
	proven    int      // fewest hosts in service in this part, kept ones included, without failures
	certified int64    // what the engine proved with result.Certificate
	bound     int      // the same with failures to survive
	without   []int    // places that the proof does without
	overruled bool     // what stays breaks a rule by itself, which no proof of the engine allows for
}

// usedHost is a host in service after the plan.
type usedHost struct {
	place int
	items []int
}

// split finds the parts: items and places joined by "may go there".
func (s *survey) split() []*part {
	set := newDisjoint(len(s.places))
	for i := range s.items {
		set.joinAll(s.items[i].allowed)
		set.joinAll(s.items[i].restarts)
		set.joinAll(slices.Concat(first(s.items[i].allowed), first(s.items[i].restarts)))
	}
	byRoot := map[int]*part{}
	var parts []*part
	partOf := func(root int) *part {
		p, ok := byRoot[root]
		if !ok {
			p = &part{s: s}
			byRoot[root] = p
			parts = append(parts, p)
		}
		return p
	}
	for i := range s.items {
		root := -1 // no place may hold it
		if allowed := s.items[i].allowed; len(allowed) > 0 {
			root = set.find(allowed[0])
		}
		p := partOf(root)
		p.items = append(p.items, i)
	}
	for i, p := range s.places {
		if root := set.find(i); p.kept || byRoot[root] != nil {
			partOf(root).places = append(partOf(root).places, i)
		}
	}
	for _, p := range parts {
		p.name = p.label()
	}
	return parts
}

func first(list []int) []int { return list[:min(1, len(list))] }

// label names a part after its clusters' common name, its only host, or what it is.
func (p *part) label() string {
	clusters := map[string]bool{}
	for _, i := range p.places {
		if pl := p.s.places[i]; pl.takes && pl.cluster != "" {
			clusters[pl.cluster] = true
		}
	}
	switch names := sortedNames(clusters); {
	case len(names) == 1:
		return names[0]
	case len(names) > 1:
		return names[0] + " and others"
	case len(p.places) == 1:
		return p.s.places[p.places[0]].id
	}
	return "all"
}

// disjoint is a union-find structure.
type disjoint []int

func newDisjoint(n int) disjoint {
	d := make(disjoint, n)
	for i := range d {
		d[i] = i
	}
	return d
}

func (d disjoint) find(i int) int {
	for d[i] != i {
		d[i] = d[d[i]]
		i = d[i]
	}
	return i
}

// joinAll puts all of a list into one set.
func (d disjoint) joinAll(list []int) {
	for _, i := range list {
		d.join(list[0], i)
	}
}

// join keeps the smaller root, so that the answer does not depend on order.
func (d disjoint) join(a, b int) {
	a, b = d.find(a), d.find(b)
	d[max(a, b)] = min(a, b)
}
