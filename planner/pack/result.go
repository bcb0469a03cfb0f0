package pack

import "time"

// Effort is how much work the search may spend.
type Effort int

// The efforts, from a second's worth to a minute's on common estates.
const (
	Quick Effort = iota
	Normal
	Thorough
)

// Options steer Solve; the zero value is a quick search with seed 0.
type Options struct {
	Effort Effort
	// Work caps the search in work units; 0: what Effort gives, 50, 500 or 3,000
	// million. A unit is about one test whether a workload fits on a host, some
	// 20 to 50 ns.
	Work int64
	// TimeLimit cuts the search short by the clock; 0: none. A result that it
	// cut has Cut set, and is then not reproducible.
	TimeLimit time.Duration
	Seed      uint64
	// Progress, when set, is told of each better packing or bound and of each
	// phase, from the goroutine of Solve.
	Progress func(Progress)
}

// Progress is a report from a running search.
type Progress struct {
	Phase  string  // greedy, search, bound, dive, …
	Value  int64   // first objective of the best packing so far
	Bound  int64   // proven lower bound on it so far
	Work   int64   // units spent
	Placed int     // workloads that the best packing places
	Done   float64 // share of the work spent, 0 to 1
}

// Host is one or several hosts with the same content.
type Host struct {
	Type    int
	Count   int     // how many hosts look like this, ≥ 1
	Content []Share // groups and members on each, ascending by group
}

// Result is the answer to a Problem.
type Result struct {
	Hosts    []Host  // in use, in a canonical order
	Unplaced []Share // groups and members that the search could not place; empty: all are
	Values   []int64 // per objective, of the hosts above

	// Bound is a proven lower bound on the first objective over all packings
	// that place everything; it holds exactly, not up to rounding.
	Bound int64
	// Infeasible is set when it is proven that not everything can be placed.
	Infeasible bool
	// Certificate proves Bound; nil when Bound needs none (0) or follows from
	// an exhaustive search, which Method then says.
	Certificate *Certificate

	Method string // what found the packing and what proved the bound, in a few words
	Work   int64  // units spent
	Cut    bool   // a time limit or the context ended the search early
}

// Optimal tells whether the first objective is proven to be the least possible.
func (r *Result) Optimal() bool {
	return len(r.Unplaced) == 0 && len(r.Values) > 0 && r.Values[0] == r.Bound
}

// Certificate is a dual solution in whole numbers. For every type t, no
// allowed content of one host weighs more than Scale × cost(t) + Stock[t],
// where the weight of a content is the sum of Weight over its members (and
// cost is the first objective, its load part included). Then every packing
// that places everything costs at least
//
//	⌈(Σ Count[g]·Weight[g] − Σ stock[t]·Stock[t]) / Scale⌉
//
// and, when the objective is costs of hosts alone, at least the next multiple
// of the greatest common divisor of those costs.
type Certificate struct {
	Scale  int64
	Weight []int64 // per group, ≥ 0
	// Stock is 0 for unlimited types and else ≥ 0; only for a type that fixed
	// members keep in use may it be negative.
	Stock []int64
}
