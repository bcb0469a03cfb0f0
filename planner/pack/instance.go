package pack

// instance is a Problem in the form that the search and the bounds work on.
// It is built by compile and never changed afterwards, except that residual
// makes a copy with other counts and stocks; everything else is shared.
//
//   - Times at which every group demands no more than at another time are
//     dropped, so a resource with constant demand has one slot; slot s stands
//     for one resource at one time that is left.
//   - Types that agree in all but Start are one class.
//   - Groups that agree in all but Count, and that no rule names, are one group.
//   - Every rule is attached to the groups it concerns.
//
// Indexes of groups and classes inside the package are those of the instance;
// parts and types lead back to the Problem.
type instance struct {
	slots    int
	resource []int // per slot, the resource it belongs to
	groups   []group
	classes  []class
	limits   []Limit // on inner groups, at least two each
	count    []int   // per group, members to place; those fixed on a host included
	stock    []int   // per class, hosts; never more than there are members to place

	minimise   []Objective // of the Problem, or the number of hosts
	costs      []tariff    // per objective
	startOn    [][]Share   // per type of the Problem, groups and members that run there today
	rough      []float64   // per class, one number for all objectives: a guide, no more
	usual      []float64   // per slot, the mean capacity of the hosts there are, 1 at least
	moves      bool        // some objective charges moves
	enclosures int         // highest Type.Enclosure that costs something

	classOf []int   // per type of the Problem; -1: stock 0
	unit    int64   // work units of a test whether a member fits
	total   []int64 // per slot, demand of all members
	// lost names groups and members that fit on no host however empty, or are
	// fixed where they cannot be. They are in no count above: the problem has
	// no solution, and the rest is packed all the same.
	lost []Share

	problem *Problem
}

// group is a number of identical workloads.
type group struct {
	demand []int64 // per slot
	sum    []int64 // per resource, over all times: what load costs are paid on
	peak   []int64 // per resource, the highest slot
	low    []int64 // per resource, the lowest slot

	max     int     // members on one host, at least 1; rules of the group itself only
	plain   bool    // no rule can stop a member: max is out of reach and no other rule names it
	rules   []rule  // by other, ascending; both directions are here
	limits  []int32 // indexes into instance.limits
	allowed intSet  // classes that may hold it; shared between groups
	starts  []Share // types of the Problem it runs on today, when moving costs something
	parts   []Share // groups of the Problem it stands for, and their counts
	fixed   int     // members that are fixed somewhere
}

// rule is what one group says of another when both are on one host.
type rule struct {
	other int32
	// mine is how many of this group the other tolerates, theirs how many of
	// the other this one tolerates; free when it does not care.
	mine, theirs int32
}

// free is the tolerance of a group that does not care.
const free = 1<<31 - 1

// class is a set of equal types.
type class struct {
	capacity  []int64 // per slot
	left      []int64 // per slot, capacity beside the fixed members
	types     []int   // of the Problem, ascending
	unlimited bool
	enclosure int
	fixed     []Share // members that one host (stock is then 1) holds in any packing
}

// tariff is an objective on classes and groups.
type tariff struct {
	host      []int64   // per class
	load      [][]int64 // per class, per resource; nil: none costs anything
	enclosure []int64   // per Type.Enclosure, 0 included; nil: none costs anything
	move      []int64   // per group; nil: none costs anything
}

// intSet is a set of small numbers.
type intSet []uint64

func newSet(n int) intSet       { return make(intSet, (n+63)/64) }
func (b intSet) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b intSet) add(i int)      { b[i>>6] |= 1 << (i & 63) }

// residual is the instance with other members to place and other hosts to
// place them on. Classes with fixed members keep them: pass a stock of 0 to
// leave such a host out.
func (in *instance) residual(count, stock []int) *instance {
	rest := *in
	rest.count = count
	rest.stock = stock
	rest.total = make([]int64, in.slots)
	for g, n := range count {
		for s, v := range in.groups[g].demand {
			rest.total[s] += int64(n) * v
		}
	}
	return &rest
}

// members counts the workloads to place.
func (in *instance) members() int {
	n := 0
	for _, c := range in.count {
		n += c
	}
	return n
}

// hostCost is what one host of a class in use adds to an objective, enclosure
// and load left out.
func (in *instance) hostCost(objective, class int) int64 {
	return in.costs[objective].host[class]
}

// loadCost is what one member of a group on a host of a class adds to an objective.
func (in *instance) loadCost(objective, class, group int) int64 {
	t := &in.costs[objective]
	if t.load == nil {
		return 0
	}
	load := t.load[class]
	sum := int64(0)
	for d, v := range load {
		sum += v * in.groups[group].sum[d]
	}
	return sum
}

// mayHold tells whether the rules let a class hold a group at all; whether it
// fits is another question.
func (in *instance) mayHold(class, group int) bool {
	return in.groups[group].allowed.has(class)
}

// rule finds what group g says of another group.
func (in *instance) rule(g, other int) (rule, bool) {
	rules := in.groups[g].rules
	lo, hi := 0, len(rules)
	for lo < hi {
		mid := (lo + hi) / 2
		if int(rules[mid].other) < other {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(rules) && int(rules[lo].other) == other {
		return rules[lo], true
	}
	return rule{}, false
}

// ruleRoom is how many members of g the rules let join a host with this
// content; capacity and Allowed left out.
func (in *instance) ruleRoom(content []Share, g int) int {
	grp := &in.groups[g]
	room := grp.max
	lone := len(grp.rules) == 0 && len(grp.limits) == 0
	mine := 0
	for _, c := range content {
		if c.Index == g {
			mine = c.Count
			continue
		}
		if lone || c.Count == 0 {
			continue
		}
		if r, ok := in.rule(g, c.Index); ok {
			if c.Count > int(r.theirs) {
				return 0
			}
			room = min(room, int(r.mine))
		}
	}
	room -= mine
	for _, l := range grp.limits {
		room = min(room, in.limitRoom(content, int(l)))
	}
	return max(room, 0)
}

// limitRoom is how many more members a limit lets a host with this content take.
func (in *instance) limitRoom(content []Share, limit int) int {
	room := in.limits[limit].Max
	for _, c := range content {
		for _, l := range in.groups[c.Index].limits {
			if int(l) == limit {
				room -= c.Count
				break
			}
		}
	}
	return room
}

// capacityRoom is how many members of g fit into what a host has left.
func (in *instance) capacityRoom(left []int64, g int) int {
	room := int64(free)
	for s, v := range in.groups[g].demand {
		if v > left[s] {
			return 0
		}
		if v > 0 {
			room = min(room, left[s]/v)
		}
	}
	return int(room)
}

// patternMax is how many members of g one host of a class can hold when
// nothing but the fixed members is on it.
func (in *instance) patternMax(class, g int) int {
	c := &in.classes[class]
	if in.stock[class] == 0 || !in.mayHold(class, g) {
		return 0
	}
	room, here := min(in.capacityRoom(c.left, g), in.ruleRoom(c.fixed, g)), shareOf(c.fixed, g)
	return here + min(room, max(in.count[g]-here, 0))
}

// leftWith is the capacity that a host of a class has left beside a content.
func (in *instance) leftWith(class int, content []Share) []int64 {
	left := append([]int64(nil), in.classes[class].capacity...)
	for _, c := range content {
		for s, v := range in.groups[c.Index].demand {
			left[s] -= int64(c.Count) * v
		}
	}
	return left
}

// shareOf is the count of an index in a list of shares.
func shareOf(shares []Share, index int) int {
	for _, s := range shares {
		if s.Index == index {
			return s.Count
		}
	}
	return 0
}
