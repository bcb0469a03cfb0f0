package pack

import (
	"sync/atomic"
	"testing"
)

// benchmarkMoves times what local search does most: trying whether a member
// fits, and moving one.
func benchmarkMoves(b *testing.B, p *Problem) {
	in := compile(p)
	s := newSearch(in, Options{})
	var stop atomic.Bool
	l := in.layout(in.bake(s.recipes()[0], &meter{limit: 1 << 40, stop: &stop}))
	e := newEjector(in, l, 1, &meter{limit: 1 << 62, stop: &stop})
	b.Run("fits", func(b *testing.B) {
		r, sum := newRNG(1), 0
		for b.Loop() {
			if l.fits(r.below(len(l.bins)), r.below(len(in.groups))) {
				sum++
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tests/s")
	})
	b.Run("moves", func(b *testing.B) {
		for b.Loop() {
			e.shake()
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "moves/s")
	})
}

// scattered is n workloads of slots resources or times, all different.
func scattered(n, dims, times int) *Problem {
	r := newRNG(9)
	p := &Problem{Dims: dims, Times: times, Types: []Type{{Stock: Unlimited}}}
	for range dims {
		p.Types[0].Capacity = append(p.Types[0].Capacity, 100_000)
	}
	for range n {
		g := Group{Count: 1}
		base := 1000 + r.below(30_000)
		for range dims * times {
			g.Demand = append(g.Demand, int64(base/2+r.below(base)))
		}
		p.Groups = append(p.Groups, g)
	}
	return p
}

func BenchmarkMovesTwoResources(b *testing.B) { benchmarkMoves(b, scattered(1000, 2, 1)) }
func BenchmarkMovesCurves(b *testing.B)       { benchmarkMoves(b, scattered(1000, 2, 98)) }
