package benchmark

import "sobre/planner/pack"

// rules finds the limits that a group is under without a walk over all.
type rules struct {
	p      *pack.Problem
	ifs    map[int][]int // per group: conflicts whose If it is
	ofs    map[int][]int // per group: conflicts whose Of it is
	limits map[int][]int // per group: limits that name it
}

func newRules(p *pack.Problem) *rules {
	r := &rules{p: p, ifs: map[int][]int{}, ofs: map[int][]int{}, limits: map[int][]int{}}
	for i, c := range p.Conflicts {
		r.ifs[c.If] = append(r.ifs[c.If], i)
		r.ofs[c.Of] = append(r.ofs[c.Of], i)
	}
	for i, l := range p.Limits {
		for _, g := range l.Groups {
			r.limits[g] = append(r.limits[g], i)
		}
	}
	return r
}

// allow tells whether one more of group g may join the members on a host,
// given as a number per group.
func (r *rules) allow(on []int, g int) bool {
	return r.permit(func(other int) int { return on[other] }, g)
}

// allowOn is allow on members given as a map.
func (r *rules) allowOn(on map[int]int, g int) bool {
	return r.permit(func(other int) int { return on[other] }, g)
}

func (r *rules) permit(on func(int) int, g int) bool {
	if m := r.p.Groups[g].Max; m > 0 && on(g) >= m {
		return false
	}
	for _, i := range r.ifs[g] {
		if c := r.p.Conflicts[i]; on(c.Of) > c.Max {
			return false
		}
	}
	for _, i := range r.ofs[g] {
		if c := r.p.Conflicts[i]; on(c.If) > 0 && on(g) >= c.Max {
			return false
		}
	}
	for _, i := range r.limits[g] {
		sum := 0
		for _, other := range r.p.Limits[i].Groups {
			sum += on(other)
		}
		if sum >= r.p.Limits[i].Max {
			return false
		}
	}
	return true
}
