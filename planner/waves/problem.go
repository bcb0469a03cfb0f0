package waves

import (
	"math"

	"sobre/planner/plan"
)

// NoLimit is the room of a host in a resource that it does not limit.
const NoLimit = math.MaxInt64 / 1024

// Nowhere is the host of a workload that runs on none that is known.
const Nowhere = -1

// Problem is what is to be moved, and what limits it.
type Problem struct {
	Hosts     []Host
	Workloads []Workload // all that take part, those that do not move too
	Limits    []Limit
	Binds     [][]int // workloads that move in one wave: a together rule binds them; all go to one host
	Policy    plan.WavesPolicy
	// MayHold tells whether a workload may be on a host, rules by place and
	// limits aside. It is asked for stops on the way only.
	MayHold func(workload, host int) bool
	// Trip is how a workload gets from one host to another; from may be Nowhere.
	Trip func(workload, from, to int) Trip
}

// Host is one end of moves.
type Host struct {
	ID     string
	Takes  bool    // others than what runs on it today
	Room   []int64 // per resource, for what it takes
	Retire bool    // switched off when empty
}

// Workload is something that runs on a host.
type Workload struct {
	ID, Name, Service string
	From, To          int     // hosts; equal: it does not move
	Demand            []int64 // per resource
	Weightless        bool    // on the host it runs on today, which it is
	Risk              int     // for the choice of the pilot: 0 is the least
}

// Limit says that at most Max of the members are in one place at a time.
type Limit struct {
	Members []int
	Max     int
	Place   []int // of each host
	// Alternate keeps two members from being interrupted at the same time:
	// they stand in for each other.
	Alternate bool
}

// Trip is what one move takes.
type Trip struct {
	Kind     plan.MoveKind
	Minutes  float64
	Downtime float64 // minutes
}

// Order is the answer: the waves, or why there are none.
type Order struct {
	Waves []plan.Wave
	// Stuck is why Waves is empty though something moves: workloads of which
	// each waits for the next, the last for the first.
	Stuck  []int
	Proven bool   // no order exists at all
	Why    Reason // of Stuck
}

// Reason is what workloads that cannot be ordered wait for.
type Reason int

// The reasons.
const (
	Room    Reason = iota // each goes where the next one fills the room
	After                 // each moves after the next one by the policy
	Windows               // no window is left for them
)
