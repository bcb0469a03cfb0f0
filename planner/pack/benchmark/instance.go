package benchmark

import "sobre/planner/pack"

// Instance is one benchmark file as the engine sees it, with the way back to
// the items and bin types of the file.
type Instance struct {
	File    string // as it was named by the caller
	Format  string // "vector", "one-dimensional", "generalised", "time profile" or "trace"
	Dims    int    // resources in the file
	Problem pack.Problem

	// Members lists, per group, the items of the file that are in it:
	// 0-based, in file order, demands expanded, ascending.
	Members [][]int32
	// Lines says, per group, on which line of the file its first item
	// stands; nil when the format has no lines to name.
	Lines []int32

	Bins []BinType // the bin types of the file
	// TypeOf gives, per Type of the Problem, the bin type of the file, or
	// Outside for the type that stands for items left out.
	TypeOf []int
	// Profit is what leaving out a member of each group costs; nil when
	// every item must be packed, negative for groups that must be.
	Profit []int64
}

// Outside stands in Instance.TypeOf for the one type that holds the optional
// items which are left out of every bin.
const Outside = -1

// BinType is a kind of bin as the file gives it.
type BinType struct {
	Capacity []int64 // per resource
	Cost     int64   // of one bin in use; 1 where the file knows no cost
	Min      int     // bins that are paid for even when empty
	Max      int     // bins there are, or pack.Unlimited
}

// Items is the number of items of the file, demands expanded.
func (in *Instance) Items() int {
	n := 0
	for _, m := range in.Members {
		n += len(m)
	}
	return n
}

// Base is what the bins with a minimum cost in any case. The Problem has
// them as types of their own that cost nothing.
func (in *Instance) Base() int64 {
	var base int64
	for _, b := range in.Bins {
		base += b.Cost * int64(b.Min)
	}
	return base
}

// Misfit is a group of which no member fits any type, even alone.
type Misfit struct {
	Item int32 // the first item of the group
	Line int   // of the file; 0: not known
	More int   // further items that fit nowhere
	Dim  int   // a resource in which the largest host is too small; -1: no single one
	Size int64 // needed there at the worst time
	Room int64 // the largest capacity there
}

// Misfit names the first item that no host can hold, or returns nil.
func (in *Instance) Misfit() *Misfit {
	var found *Misfit
	for g := range in.Problem.Groups {
		if in.fitsSomewhere(g) {
			continue
		}
		if found != nil {
			found.More += len(in.Members[g])
			continue
		}
		found = in.misfit(g)
	}
	return found
}

func (in *Instance) fitsSomewhere(g int) bool {
	group := &in.Problem.Groups[g]
	for t := range in.Problem.Types {
		if allowed(group, t) && in.Problem.Types[t].Stock != 0 && holds(in.Problem.Types[t].Capacity, group.Demand) {
			return true
		}
	}
	return false
}

func (in *Instance) misfit(g int) *Misfit {
	m := &Misfit{Item: in.Members[g][0], More: len(in.Members[g]) - 1, Dim: -1}
	if in.Lines != nil {
		m.Line = int(in.Lines[g])
	}
	times := max(1, in.Problem.Times)
	for d := range in.Dims {
		var size, room int64
		for _, v := range in.Problem.Groups[g].Demand[d*times : (d+1)*times] {
			size = max(size, v)
		}
		for _, b := range in.Bins {
			room = max(room, b.Capacity[d])
		}
		if size > room {
			m.Dim, m.Size, m.Room = d, size, room
			break
		}
	}
	return m
}

// holds tells whether an empty host of the capacity can hold the demand.
func holds(capacity, demand []int64) bool {
	times := len(demand) / len(capacity)
	for i, v := range demand {
		if v > capacity[i/times] {
			return false
		}
	}
	return true
}

func allowed(g *pack.Group, t int) bool {
	if g.Allowed == nil {
		return true
	}
	for _, a := range g.Allowed {
		if a == t {
			return true
		}
	}
	return false
}
