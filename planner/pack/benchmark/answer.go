package benchmark

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"sobre/planner/pack"
)

// The values of Answer.Status.
const (
	Optimal    = "optimal"    // the cost is proven to be the least possible
	Feasible   = "feasible"   // all items are packed; the bound is below the cost
	Incomplete = "incomplete" // the search found no bin for some items
	Infeasible = "infeasible" // proven: the items cannot all be packed
)

// Answer is the line of JSON printed for an instance.
type Answer struct {
	File    string  `json:"file"`
	Items   int     `json:"items"`
	Groups  int     `json:"groups"` // of identical items
	Dims    int     `json:"dims"`
	Bins    int     `json:"bins"`
	Cost    int64   `json:"cost"`  // of the bins, plus the profit of optional items left out
	Bound   int64   `json:"bound"` // proven lower bound on the cost
	Status  string  `json:"status"`
	Seconds float64 `json:"seconds"` // reading included
	Work    int64   `json:"work"`
	Method  string  `json:"method"`

	// Solution lists the items in each bin, ascending. Types gives the bin
	// type of each bin where the file has more than one.
	Solution    [][]int32    `json:"solution,omitempty"`
	Types       []int        `json:"types,omitempty"`
	Certificate *Certificate `json:"certificate,omitempty"`
}

// Certificate is pack.Certificate as printed: weights are per group of
// identical items in the order in which the file first names them, stock per
// type of the stated problem (Instance.Problem).
type Certificate struct {
	Scale  int64   `json:"scale"`
	Weight []int64 `json:"weight"`
	Stock  []int64 `json:"stock,omitempty"`
}

// NewAnswer states a result in terms of the file. The solution and the
// certificate are added only when asked for.
func NewAnswer(in *Instance, r *pack.Result, took time.Duration, solution bool) Answer {
	a := Answer{
		File: in.File, Items: in.Items(), Groups: len(in.Problem.Groups), Dims: in.Dims,
		Seconds: math.Round(took.Seconds()*1000) / 1000, Work: r.Work, Method: r.Method,
		Bound: r.Bound + in.Base(), Cost: in.Base(),
	}
	if len(r.Values) > 0 {
		a.Cost += r.Values[0]
	}
	for _, h := range r.Hosts {
		if in.TypeOf[h.Type] != Outside {
			a.Bins += h.Count
		}
	}
	switch {
	case r.Infeasible:
		a.Status = Infeasible
	case len(r.Unplaced) > 0 || len(r.Values) == 0:
		a.Status = Incomplete
	case a.Cost == a.Bound:
		a.Status = Optimal
	default:
		a.Status = Feasible
	}
	if solution {
		a.Solution, a.Types = in.expand(r.Hosts)
		if c := r.Certificate; c != nil {
			a.Certificate = &Certificate{Scale: c.Scale, Weight: c.Weight, Stock: c.Stock}
		}
	}
	return a
}

// NewMisfit is the answer for an instance with an item that fits no bin.
func NewMisfit(in *Instance, m *Misfit, took time.Duration) Answer {
	return Answer{
		File: in.File, Items: in.Items(), Groups: len(in.Problem.Groups), Dims: in.Dims,
		Status: Infeasible, Seconds: math.Round(took.Seconds()*1000) / 1000, Method: m.String(),
	}
}

// String says which item fits nowhere and why.
func (m *Misfit) String() string {
	s := fmt.Sprintf("item %d", m.Item)
	if m.Line > 0 {
		s += fmt.Sprintf(" (line %d)", m.Line)
	}
	verb := " fits"
	if m.More > 0 {
		s += fmt.Sprintf(" and %d more", m.More)
		verb = " fit"
	}
	if m.Dim < 0 {
		return s + verb + " no bin that there is, even alone"
	}
	return s + verb + fmt.Sprintf(" no bin, even alone: size %d in dimension %d, where the largest bin has %d", m.Size, m.Dim+1, m.Room)
}

// expand names the items in each bin: members of a group are handed out in
// the order of the file, hosts in the order of the result.
func (in *Instance) expand(hosts []pack.Host) ([][]int32, []int) {
	next := make([]int, len(in.Members))
	solution, types := [][]int32{}, []int{}
	for _, h := range hosts {
		if in.TypeOf[h.Type] == Outside {
			continue
		}
		for range h.Count {
			bin := []int32{}
			for _, s := range h.Content {
				bin = append(bin, in.Members[s.Index][next[s.Index]:next[s.Index]+s.Count]...)
				next[s.Index] += s.Count
			}
			sortItems(bin)
			solution = append(solution, bin)
			types = append(types, in.TypeOf[h.Type])
		}
	}
	if len(in.Bins) == 1 {
		types = nil
	}
	return solution, types
}

// packed tells whether the answer packs every item that must be.
func (a *Answer) packed() bool { return a.Status == Optimal || a.Status == Feasible }

// JSON is the answer as one line, without its end.
func (a *Answer) JSON() ([]byte, error) {
	b, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("writing the answer for %s: %w", a.File, err)
	}
	return b, nil
}
