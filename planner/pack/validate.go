package pack

import (
	"fmt"
	"math/bits"
)

// ceiling is the largest sum of demands or costs that the engine accepts: half
// of what int64 holds, so that a sum and one more term never overflow.
const ceiling = int64(1) << 62

// maxMembers is the largest number of workloads in one problem.
const maxMembers = 1 << 40

// validate refuses problems that mean nothing or whose sums would overflow.
// A problem that merely has no solution is valid.
func validate(p *Problem) error {
	if p.Dims < 1 {
		return fmt.Errorf("problem has %d resources; it needs at least 1", p.Dims)
	}
	if p.Times < 0 {
		return fmt.Errorf("problem has %d time points; it needs 0 or more", p.Times)
	}
	if err := validateTypes(p); err != nil {
		return err
	}
	if err := validateGroups(p); err != nil {
		return err
	}
	if err := validateRules(p); err != nil {
		return err
	}
	if err := validateSums(p); err != nil {
		return err
	}
	for i := range p.Minimise {
		if err := validateObjective(p, i); err != nil {
			return err
		}
	}
	return nil
}

func validateTypes(p *Problem) error {
	for t, typ := range p.Types {
		if len(typ.Capacity) != p.Dims {
			return fmt.Errorf("type %d has %d capacities for %d resources", t, len(typ.Capacity), p.Dims)
		}
		for d, v := range typ.Capacity {
			if v < 0 {
				return fmt.Errorf("type %d: capacity of resource %d is %d; it must be 0 or more", t, d, v)
			}
		}
		if typ.Stock < 0 && typ.Stock != Unlimited {
			return fmt.Errorf("type %d: stock is %d; it must be 0 or more, or Unlimited", t, typ.Stock)
		}
		if typ.Enclosure < 0 {
			return fmt.Errorf("type %d: enclosure is %d; it must be 0 or more", t, typ.Enclosure)
		}
	}
	return nil
}

func validateGroups(p *Problem) error {
	width := p.Dims * max(p.Times, 1)
	members := 0
	for g := range p.Groups {
		grp := &p.Groups[g]
		if grp.Count < 0 || grp.Count > maxMembers {
			return fmt.Errorf("group %d has a count of %d; it must be between 0 and %d", g, grp.Count, maxMembers)
		}
		if members += grp.Count; members > maxMembers {
			return fmt.Errorf("groups up to %d have more than %d members", g, maxMembers)
		}
		if len(grp.Demand) != width {
			return fmt.Errorf("group %d has %d demands; %d resources at %d time points need %d", g, len(grp.Demand), p.Dims, max(p.Times, 1), width)
		}
		for i, v := range grp.Demand {
			if v < 0 {
				return fmt.Errorf("group %d: demand %d is %d; it must be 0 or more", g, i, v)
			}
		}
		if grp.Max < 0 {
			return fmt.Errorf("group %d: at most %d a host; it must be 0 (no limit) or more", g, grp.Max)
		}
		last := -1
		for _, t := range grp.Allowed {
			if t <= last || t >= len(p.Types) {
				return fmt.Errorf("group %d: allowed types must ascend and be below %d, but %d comes after %d", g, len(p.Types), t, last)
			}
			last = t
		}
		if err := validateShares(p, g, grp.Start, "start"); err != nil {
			return err
		}
		if err := validateShares(p, g, grp.Fixed, "fixed"); err != nil {
			return err
		}
	}
	return nil
}

// validateShares checks Group.Start or Group.Fixed.
func validateShares(p *Problem, g int, shares []Share, what string) error {
	sum := 0
	seen := make(map[int]bool, len(shares))
	for _, s := range shares {
		if s.Index < 0 || s.Index >= len(p.Types) {
			return fmt.Errorf("group %d: %s on type %d, but there are %d types", g, what, s.Index, len(p.Types))
		}
		if p.Types[s.Index].Stock != 1 {
			return fmt.Errorf("group %d: %s on type %d, whose stock is %d; only a single existing host can be named", g, what, s.Index, p.Types[s.Index].Stock)
		}
		if seen[s.Index] {
			return fmt.Errorf("group %d: %s on type %d twice", g, what, s.Index)
		}
		seen[s.Index] = true
		if s.Count < 1 || s.Count > p.Groups[g].Count {
			return fmt.Errorf("group %d: %s on type %d with %d of %d members", g, what, s.Index, s.Count, p.Groups[g].Count)
		}
		sum += s.Count
	}
	if sum > p.Groups[g].Count {
		return fmt.Errorf("group %d: %s names %d members of %d", g, what, sum, p.Groups[g].Count)
	}
	return nil
}

func validateRules(p *Problem) error {
	for i, c := range p.Conflicts {
		if c.If < 0 || c.If >= len(p.Groups) || c.Of < 0 || c.Of >= len(p.Groups) {
			return fmt.Errorf("conflict %d names groups %d and %d, but there are %d groups", i, c.If, c.Of, len(p.Groups))
		}
		if c.If == c.Of {
			return fmt.Errorf("conflict %d names group %d twice; use Group.Max for a group with itself", i, c.If)
		}
		if c.Max < 0 {
			return fmt.Errorf("conflict %d: at most %d members; it must be 0 or more", i, c.Max)
		}
	}
	for i, l := range p.Limits {
		if l.Max < 0 {
			return fmt.Errorf("limit %d: at most %d members; it must be 0 or more", i, l.Max)
		}
		seen := make(map[int]bool, len(l.Groups))
		for _, g := range l.Groups {
			if g < 0 || g >= len(p.Groups) {
				return fmt.Errorf("limit %d names group %d, but there are %d groups", i, g, len(p.Groups))
			}
			if seen[g] {
				return fmt.Errorf("limit %d names group %d twice", i, g)
			}
			seen[g] = true
		}
	}
	return nil
}

// validateSums refuses demands whose total does not fit.
func validateSums(p *Problem) error {
	times := max(p.Times, 1)
	for d := range p.Dims {
		total := int64(0)
		for g := range p.Groups {
			for t := range times {
				var ok bool
				if total, ok = addProduct(total, int64(p.Groups[g].Count), p.Groups[g].Demand[d*times+t]); !ok {
					return fmt.Errorf("group %d: the demands for resource %d add up to more than %d; use a coarser unit", g, d, ceiling)
				}
			}
		}
	}
	return nil
}

// validateObjective checks sizes, signs and that the largest conceivable total fits.
func validateObjective(p *Problem, index int) error {
	o := &p.Minimise[index]
	if o.Host != nil && len(o.Host) != len(p.Types) || o.Load != nil && len(o.Load) != len(p.Types) {
		return fmt.Errorf("objective %d has costs of %d hosts and %d loads for %d types", index, len(o.Host), len(o.Load), len(p.Types))
	}
	if o.Move != nil && len(o.Move) != len(p.Groups) {
		return fmt.Errorf("objective %d has %d costs of moving for %d groups", index, len(o.Move), len(p.Groups))
	}
	for _, list := range [][]int64{o.Host, o.Enclosure, o.Move} {
		for i, v := range list {
			if v < 0 {
				return fmt.Errorf("objective %d: cost %d is %d; it must be 0 or more", index, i, v)
			}
		}
	}
	for t, load := range o.Load {
		if load != nil && len(load) != p.Dims {
			return fmt.Errorf("objective %d: type %d has %d load costs for %d resources", index, t, len(load), p.Dims)
		}
		for d, v := range load {
			if v < 0 {
				return fmt.Errorf("objective %d: type %d: load cost of resource %d is %d; it must be 0 or more", index, t, d, v)
			}
		}
	}
	if o.Enclosure != nil {
		for t, typ := range p.Types {
			if typ.Enclosure > len(o.Enclosure) {
				return fmt.Errorf("objective %d has %d enclosures; type %d stands in number %d", index, len(o.Enclosure), t, typ.Enclosure)
			}
		}
	}
	if !objectiveFits(p, o) {
		return fmt.Errorf("objective %d: costs may add up to more than %d; use a coarser unit", index, ceiling)
	}
	return nil
}

// objectiveFits bounds the objective of any packing: every member on a host of
// its own of the dearest type, at the dearest load cost, and moved.
func objectiveFits(p *Problem, o *Objective) bool {
	times := max(p.Times, 1)
	dearest := int64(0)
	for _, v := range o.Host {
		dearest = max(dearest, v)
	}
	load := make([]int64, p.Dims)
	for _, l := range o.Load {
		for d, v := range l {
			load[d] = max(load[d], v)
		}
	}
	total, ok := int64(0), true
	add := func(a, b int64) {
		if ok {
			total, ok = addProduct(total, a, b)
		}
	}
	for _, v := range o.Enclosure {
		add(1, v)
	}
	for g := range p.Groups {
		n := int64(p.Groups[g].Count)
		add(n, dearest)
		if o.Move != nil {
			add(n, o.Move[g])
		}
		for d, price := range load {
			if price == 0 {
				continue
			}
			sum := int64(0)
			for t := range times {
				sum += p.Groups[g].Demand[d*times+t]
			}
			each, fits := addProduct(0, sum, price)
			ok = ok && fits
			add(n, each)
		}
	}
	return ok
}

// addProduct is total + a×b, and whether that stays within the ceiling; all are ≥ 0.
func addProduct(total, a, b int64) (int64, bool) {
	high, low := bits.Mul64(uint64(a), uint64(b))
	if high != 0 || low > uint64(ceiling) || total > ceiling-int64(low) {
		return 0, false
	}
	return total + int64(low), true
}
