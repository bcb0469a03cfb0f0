package pack

// Unlimited is the Stock of a type of host of which there are always more.
const Unlimited = -1

// Problem is what Solve packs: every member of every group on some host, no
// host over its capacity in any resource at any time, no rule broken.
type Problem struct {
	Dims  int // resources, at least 1
	Times int // time points of every demand; 0 and 1 both mean a constant demand

	Groups    []Group
	Types     []Type
	Conflicts []Conflict
	Limits    []Limit
	Minimise  []Objective // most important first; empty: the number of hosts in use
}

// Group is a number of workloads that are identical in everything that counts.
type Group struct {
	Count  int
	Demand []int64 // Dims×Times values, all ≥ 0; resource d at time t is Demand[d*Times+t]

	// Allowed lists the types that may hold a member, ascending; nil allows
	// all. Groups may share the slice.
	Allowed []int
	// Max is how many members one host may hold; 0: no limit.
	Max int
	// Start says where members run today; the rest of Count runs nowhere yet.
	// Only types of stock one (existing hosts) may appear.
	Start []Share
	// Fixed says which members must be on which existing host (stock one).
	Fixed []Share
}

// Share is a number of members on hosts of a type, or of a group on a host.
type Share struct {
	Index int // of a type in Group.Start and Group.Fixed, of a group in Host.Content
	Count int
}

// Type is a kind of host. An existing host that differs from all others is a
// type of stock one.
type Type struct {
	Capacity []int64 // per resource, the same at every time, all ≥ 0
	Stock    int     // how many there are, or Unlimited
	// Enclosure is one more than the index of the enclosure (chassis) that
	// these hosts stand in; 0: none. It matters to Objective.Enclosure only.
	Enclosure int
}

// Conflict says that a host with a member of group If holds at most Max
// members of group Of. Max 0 keeps the two apart; the reverse needs a second
// Conflict only where Max is above 0. If and Of differ.
type Conflict struct {
	If, Of, Max int
}

// Limit says that a host holds at most Max members of all the groups named,
// taken together.
type Limit struct {
	Groups []int
	Max    int
}

// Objective is a linear cost, in whole units of the caller's choice. Every
// slice may be nil (all zero); every value is ≥ 0.
type Objective struct {
	Host      []int64   // per type: for each host in use, that is one holding a workload
	Load      [][]int64 // per type, per resource: for each unit of demand placed, summed over the times
	Enclosure []int64   // per enclosure: once when a host in it is in use
	Move      []int64   // per group: for each member that has a Start and ends elsewhere
}
