package benchmark

import (
	"fmt"
	"slices"
)

func sortItems(items []int32) { slices.Sort(items) }

// Verdict is what Check found right in an answer.
type Verdict struct {
	Bins  int
	Cost  int64
	Bound int64
	Proof string // how far the bound was verified: one of the values below
}

// The values of Verdict.Proof.
const (
	ProofHolds   = "certificate" // recomputed, and it gives the bound
	ProofNone    = "none"        // the bound says nothing that needs a proof
	ProofClaimed = "claimed"     // there is no certificate
	ProofTooHard = "too hard"    // not decided within the checker's limit
)

// Check verifies a printed answer against its instance from the definitions
// alone: every item in exactly one bin (optional ones in at most one), no bin
// over its capacity at any time, no bin type over its number, all limits
// kept, the counts and the cost as claimed, the bound below the cost and
// equal to it where optimality is claimed, and the bound as the certificate
// gives it. The error names the first fault.
func Check(in *Instance, a Answer) (Verdict, error) {
	v := Verdict{Bins: a.Bins, Cost: a.Cost, Bound: a.Bound}
	if a.Items != in.Items() {
		return v, fmt.Errorf("the answer is for %d items, the file has %d", a.Items, in.Items())
	}
	if !a.packed() {
		return v, fmt.Errorf("status %q claims no packing to check", a.Status)
	}
	if a.Solution == nil {
		return v, fmt.Errorf("the answer has no solution: print it with --solution")
	}
	c := &checker{in: in, groupOf: make([]int32, in.Items()), used: make([]bool, in.Items())}
	for g, members := range in.Members {
		for _, i := range members {
			c.groupOf[i] = int32(g)
		}
	}
	c.indexRules()
	if err := c.bins(a); err != nil {
		return v, err
	}
	if err := c.claims(a); err != nil {
		return v, err
	}
	var err error
	v.Proof, err = checkBound(in, a)
	return v, err
}

type checker struct {
	in      *Instance
	groupOf []int32 // per item
	used    []bool  // per item
	ofIf    map[int32][]int
	ofGroup map[int32][]int
}

func (c *checker) indexRules() {
	c.ofIf, c.ofGroup = map[int32][]int{}, map[int32][]int{}
	for i, r := range c.in.Problem.Conflicts {
		c.ofIf[int32(r.If)] = append(c.ofIf[int32(r.If)], i)
	}
	for i, l := range c.in.Problem.Limits {
		for _, g := range l.Groups {
			c.ofGroup[int32(g)] = append(c.ofGroup[int32(g)], i)
		}
	}
}

// bins checks every bin by itself and how many there are of each type.
func (c *checker) bins(a Answer) error {
	if len(a.Solution) != a.Bins {
		return fmt.Errorf("the answer claims %d bins, its solution has %d", a.Bins, len(a.Solution))
	}
	if a.Types != nil && len(a.Types) != len(a.Solution) {
		return fmt.Errorf("the solution has %d bins and %d types of them", len(a.Solution), len(a.Types))
	}
	if a.Types == nil && len(c.in.Bins) > 1 {
		return fmt.Errorf("the file has %d bin types and the answer does not say which each bin is", len(c.in.Bins))
	}
	count := make([]int, len(c.in.Bins))
	for b, items := range a.Solution {
		t := 0
		if a.Types != nil {
			t = a.Types[b]
		}
		if t < 0 || t >= len(c.in.Bins) {
			return fmt.Errorf("bin %d: there is no bin type %d", b, t)
		}
		count[t]++
		if err := c.bin(t, items); err != nil {
			return fmt.Errorf("bin %d: %w", b, err)
		}
	}
	for t, n := range count {
		if limit := c.in.Bins[t].Max; limit >= 0 && n > limit {
			return fmt.Errorf("%d bins of type %d, there are %d", n, t, limit)
		}
	}
	return nil
}

func (c *checker) bin(t int, items []int32) error {
	if len(items) == 0 {
		return fmt.Errorf("it is empty")
	}
	p := &c.in.Problem
	times := max(1, p.Times)
	load := make([]int64, c.in.Dims*times)
	groups := map[int32]int{}
	for _, i := range items {
		if i < 0 || int(i) >= len(c.groupOf) {
			return fmt.Errorf("there is no item %d", i)
		}
		if c.used[i] {
			return fmt.Errorf("item %d is packed a second time", i)
		}
		c.used[i] = true
		g := c.groupOf[i]
		groups[g]++
		for k := range load {
			load[k] += p.Groups[g].Demand[k]
		}
	}
	for k, v := range load {
		if room := c.in.Bins[t].Capacity[k/times]; v > room {
			return fmt.Errorf("it holds %d in dimension %d at time %d, its capacity is %d", v, k/times+1, k%times+1, room)
		}
	}
	return c.rules(groups)
}

// rules checks the limits between the groups on one bin.
func (c *checker) rules(on map[int32]int) error {
	p := &c.in.Problem
	for g, n := range on {
		if m := p.Groups[g].Max; m > 0 && n > m {
			return fmt.Errorf("it holds %d items like item %d, at most %d may be together", n, c.in.Members[g][0], m)
		}
		for _, i := range c.ofIf[g] {
			r := p.Conflicts[i]
			if other := on[int32(r.Of)]; other > r.Max {
				return fmt.Errorf("it holds %d items like item %d beside one like item %d, at most %d may be",
					other, c.in.Members[r.Of][0], c.in.Members[g][0], r.Max)
			}
		}
		for _, i := range c.ofGroup[g] {
			sum := 0
			for _, other := range p.Limits[i].Groups {
				sum += on[int32(other)]
			}
			if sum > p.Limits[i].Max {
				return fmt.Errorf("it holds %d items of a set of which at most %d may be together", sum, p.Limits[i].Max)
			}
		}
	}
	return nil
}

// claims recomputes the cost and compares it with what the answer says.
func (c *checker) claims(a Answer) error {
	var cost int64
	count := make([]int, len(c.in.Bins))
	for b := range a.Solution {
		t := 0
		if a.Types != nil {
			t = a.Types[b]
		}
		count[t]++
	}
	for t, n := range count {
		cost += c.in.Bins[t].Cost * int64(max(n, c.in.Bins[t].Min))
	}
	for i, used := range c.used {
		if used {
			continue
		}
		g := c.groupOf[i]
		if c.in.Profit == nil || c.in.Profit[g] < 0 {
			return fmt.Errorf("item %d is in no bin", i)
		}
		cost += c.in.Profit[g]
	}
	switch {
	case cost != a.Cost:
		return fmt.Errorf("the answer claims cost %d, its solution costs %d", a.Cost, cost)
	case a.Bound > a.Cost:
		return fmt.Errorf("the bound %d is above the cost %d", a.Bound, a.Cost)
	case (a.Status == Optimal) != (a.Bound == a.Cost):
		return fmt.Errorf("status %q does not agree with cost %d and bound %d", a.Status, a.Cost, a.Bound)
	}
	return nil
}
