package pack

import (
	"cmp"
	"slices"
)

// pattern is what one host of a class holds; the shares ascend by group.
type pattern struct {
	class   int
	content []Share
}

// pool keeps the patterns that the searches have seen, each once. Column
// generation starts from it and set covering chooses from it.
type pool struct {
	patterns []pattern
	seen     map[uint64][]int32
	most     int
}

// poolSize is how many patterns a pool keeps; later ones are dropped.
const poolSize = 200_000

func newPool() *pool {
	return &pool{seen: map[uint64][]int32{}, most: poolSize}
}

// add keeps a pattern unless it is known or the pool is full. The content must
// ascend by group; it is copied.
func (p *pool) add(class int, content []Share) bool {
	hash := uint64(class) ^ 14695981039346656037
	for _, s := range content {
		hash = (hash ^ uint64(s.Index)) * 1099511628211
		hash = (hash ^ uint64(s.Count)) * 1099511628211
	}
	for _, at := range p.seen[hash] {
		if old := &p.patterns[at]; old.class == class && slices.Equal(old.content, content) {
			return false
		}
	}
	if len(p.patterns) >= p.most || len(content) == 0 {
		return false
	}
	p.seen[hash] = append(p.seen[hash], int32(len(p.patterns)))
	p.patterns = append(p.patterns, pattern{class, slices.Clone(content)})
	return true
}

// stack is a number of hosts of a class with the same content.
type stack struct {
	pattern
	count int
	on    int // type of the Problem; anyType: not chosen yet. count is then 1 if moves count
}

// anyType is a stack that may stand on any type of its class.
const anyType = -1

// packing is a complete or partial answer in inner terms. Everything in it
// keeps the rules; what is missing is in unplaced.
type packing struct {
	hosts    []stack
	unplaced []Share // inner groups; those lost to compile are not in it
	missing  int     // members in unplaced
	values   []int64 // per objective; set by search.offer
}

// newPacking makes a packing of stacks; what they lack is unplaced. Empty
// stacks are dropped.
func (in *instance) newPacking(hosts []stack) *packing {
	p := &packing{}
	rest := slices.Clone(in.count)
	for _, h := range hosts {
		if h.count == 0 || len(h.content) == 0 {
			continue
		}
		p.hosts = append(p.hosts, h)
		for _, s := range h.content {
			rest[s.Index] -= s.Count * h.count
		}
	}
	for g, n := range rest {
		if n > 0 {
			p.unplaced = append(p.unplaced, Share{g, n})
			p.missing += n
		}
	}
	return p
}

// evaluate computes the objectives of a packing whose stacks have their type
// chosen where that matters.
func (in *instance) evaluate(p *packing) []int64 {
	values := make([]int64, len(in.costs))
	open := newSet(in.enclosures + 1)
	for _, h := range p.hosts {
		open.add(in.classes[h.class].enclosure)
		for o := range in.costs {
			each := in.hostCost(o, h.class)
			if in.costs[o].load != nil {
				for _, s := range h.content {
					each += int64(s.Count) * in.loadCost(o, h.class, s.Index)
				}
			}
			values[o] += int64(h.count) * each
		}
	}
	for o := range in.costs {
		for e, v := range in.costs[o].enclosure {
			if open.has(e) {
				values[o] += v
			}
		}
		if in.costs[o].move != nil {
			values[o] += in.moveCost(o, p)
		}
	}
	return values
}

// moveCost is the cost of the started members that end elsewhere.
func (in *instance) moveCost(objective int, p *packing) int64 {
	move := in.costs[objective].move
	cost := int64(0)
	for g := range in.groups {
		for _, s := range in.groups[g].starts {
			cost += move[g] * int64(s.Count)
		}
	}
	for _, h := range p.hosts {
		if h.on == anyType {
			continue
		}
		for _, s := range in.startOn[h.on] {
			cost -= move[s.Index] * int64(min(s.Count, shareOf(h.content, s.Index)))
		}
	}
	return cost
}

// better tells whether a packing beats another: more placed first, then the
// objectives in their order.
func (p *packing) better(other *packing) bool {
	if other == nil || p.missing != other.missing {
		return other == nil || p.missing < other.missing
	}
	return slices.Compare(p.values, other.values) < 0
}

// ascend sorts a content by group.
func ascend(content []Share) {
	slices.SortFunc(content, func(a, b Share) int { return cmp.Compare(a.Index, b.Index) })
}
