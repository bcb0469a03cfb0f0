package pack

import (
	"fmt"
	"math/bits"
	"slices"
)

// A dual feasible function maps sizes so that what fits into a host still
// "fits": if sizes add up to at most the capacity, their images add up to at
// most the image of the capacity. Volume after such a map is a bound, often a
// better one. The three families here are those of the survey by F. Clautiaux,
// C. Alves and J. Valério de Carvalho, "A survey of dual-feasible and
// superadditive functions", Annals of Operations Research 179 (2010).
type dff struct {
	name string
	// image of a size between 0 and the capacity, for a parameter.
	image func(size, capacity, k int64) int64
	// whole is the image of the capacity.
	whole func(capacity, k int64) int64
	// most is the largest parameter that makes sense.
	most func(capacity int64) int64
	// bySize: the parameters worth trying are sizes; else they are 1, 2, 3, …
	bySize bool
}

func dffs() []dff {
	return []dff{
		{
			name: "big and small sizes",
			image: func(x, c, k int64) int64 {
				switch {
				case x > c-k:
					return c
				case x < k:
					return 0
				}
				return x
			},
			whole:  func(c, _ int64) int64 { return c },
			most:   func(c int64) int64 { return c / 2 },
			bySize: true,
		},
		{
			name: "sizes in parts",
			image: func(x, c, k int64) int64 {
				if (k+1)*x%c == 0 {
					return k * x
				}
				return (k + 1) * x / c * c
			},
			whole: func(c, k int64) int64 { return k * c },
			most:  func(int64) int64 { return 40 },
		},
		{
			name: "rounded sizes",
			image: func(x, c, k int64) int64 {
				switch {
				case 2*x > c:
					return 2 * (c/k - (c-x)/k)
				case 2*x == c:
					return c / k
				}
				return 2 * (x / k)
			},
			whole:  func(c, k int64) int64 { return 2 * (c / k) },
			most:   func(c int64) int64 { return c / 2 },
			bySize: true,
		},
	}
}

// dffWork caps what dual feasible functions may cost, in work units.
const dffWork = 4_000_000

// dualFeasible tries the maps on each slot. All hosts are taken to be as large
// as the largest, so with unequal hosts it seldom helps.
func (s *search) dualFeasible() {
	in := s.in
	tries := dffWork / (1 + int64(len(in.groups))*int64(in.slots)) / 3
	if tries == 0 {
		return
	}
	for slot := range in.slots {
		c := in.widest(slot)
		if c < 2 || bits.Len64(uint64(c)) > 40 {
			continue
		}
		for _, f := range dffs() {
			for _, k := range in.parameters(&f, slot, c, min(tries, 200)) {
				s.tryImage(&f, slot, c, k)
			}
		}
	}
}

// parameters lists those worth trying, spread evenly if there are too many.
func (in *instance) parameters(f *dff, slot int, c, tries int64) []int64 {
	var all []int64
	if f.bySize {
		for g := range in.groups {
			x := in.groups[g].demand[slot]
			for _, k := range []int64{x, c - x + 1} {
				if in.count[g] > 0 && k >= 1 && k <= f.most(c) {
					all = append(all, k)
				}
			}
		}
		slices.Sort(all)
		all = slices.Compact(all)
	} else {
		for k := int64(1); k <= f.most(c); k++ {
			all = append(all, k)
		}
	}
	if n := int64(len(all)); n > tries {
		for i := range tries {
			all[i] = all[i*n/tries]
		}
		all = all[:tries]
	}
	return all
}

// tryImage raises the bound by the volume of the images if that can help.
func (s *search) tryImage(f *dff, slot int, c, k int64) {
	in := s.in
	s.meter.spend(int64(len(in.groups)) / 4)
	whole := f.whole(c, k)
	var sum wide
	for g, n := range in.count {
		sum.addProduct(uint64(n), uint64(f.image(min(c, in.groups[g].demand[slot]), c, k)))
	}
	if whole <= 0 || sum.high >= uint64(whole) {
		return
	}
	hosts, _ := bits.Div64(sum.high, sum.low, uint64(whole))
	if !s.couldRaise(hosts) {
		return
	}
	v := &surrogate{make([]int64, len(in.groups)), make([]int64, len(in.classes))}
	for g := range in.groups {
		v.weight[g] = f.image(min(c, in.groups[g].demand[slot]), c, k)
	}
	for i := range v.room {
		v.room[i] = whole
	}
	s.raiseBy(v, fmt.Sprintf("%s in resource %d", f.name, in.resource[slot]))
}

// couldRaise tells whether needing more than this many hosts can beat the bound.
func (s *search) couldRaise(hosts uint64) bool {
	if s.in.costs[0].load != nil {
		return true
	}
	dearest := max(1, slices.Max(append([]int64{0}, s.in.costs[0].host...)))
	return hosts >= uint64(s.bound/dearest)
}
