package pack_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"sobre/planner/pack"
)

// estate is what the planner makes of an estate: existing hosts as types of
// stock one, distinct VMs that run somewhere today.
func estate(vms, hosts int) *pack.Problem {
	r := rand.New(rand.NewPCG(1, 2))
	p := &pack.Problem{Dims: 3}
	kinds := [][]int64{{32_000, 262_144, 4_000_000}, {48_000, 393_216, 6_000_000}, {64_000, 524_288, 8_000_000}}
	energy := []int64{900, 1100, 1300}
	var first, second, third pack.Objective
	for h := range hosts {
		k := 0
		if h%10 == 0 {
			k = 1 + r.IntN(2)
		}
		p.Types = append(p.Types, pack.Type{Capacity: kinds[k], Stock: 1})
		first.Host = append(first.Host, 1)
		second.Host = append(second.Host, energy[k])
		second.Load = append(second.Load, []int64{int64(2 + k), 0, 0})
	}
	for v := range vms {
		cores := int64(1) << r.IntN(4)
		g := pack.Group{Count: 1, Demand: []int64{cores*200 + int64(r.IntN(400)), cores*2048 + int64(r.IntN(2048)), 20_000 + int64(r.IntN(200_000))}}
		g.Start = []pack.Share{{Index: v % hosts, Count: 1}}
		p.Groups = append(p.Groups, g)
		third.Move = append(third.Move, 1+g.Demand[1]/1024)
	}
	for i := 0; i+1 < vms; i += 50 {
		p.Conflicts = append(p.Conflicts, pack.Conflict{If: i, Of: i + 1})
	}
	p.Minimise = []pack.Objective{first, second, third}
	return p
}

// few is a number of workloads in some sizes, as a cloud sells them.
func few(n int) *pack.Problem {
	r := rand.New(rand.NewPCG(3, 4))
	p := &pack.Problem{Dims: 2, Types: []pack.Type{{Capacity: []int64{64_000, 512_000}, Stock: pack.Unlimited}}}
	for i := range 16 {
		cores := int64(1) << (i % 5)
		p.Groups = append(p.Groups, pack.Group{Count: n / 16, Demand: []int64{cores * 1000, cores * int64(1000*(2+r.IntN(8)))}})
	}
	return p
}

// distinct is n workloads of two resources, all different.
func distinct(n int) *pack.Problem {
	r := rand.New(rand.NewPCG(5, 6))
	p := &pack.Problem{Dims: 2, Types: []pack.Type{{Capacity: []int64{1_000_000, 1_000_000}, Stock: pack.Unlimited}}}
	for range n {
		p.Groups = append(p.Groups, pack.Group{Count: 1, Demand: []int64{int64(10_000 + r.IntN(390_000)), int64(10_000 + r.IntN(390_000))}})
	}
	return p
}

// curves is n workloads with a curve of 98 points in two resources, and a third that is constant.
func curves(n int) *pack.Problem {
	const times = 98
	r := rand.New(rand.NewPCG(7, 8))
	p := &pack.Problem{Dims: 3, Times: times, Types: []pack.Type{{Capacity: []int64{9200, 28_800, 1024}, Stock: pack.Unlimited}}}
	for range n {
		demand := make([]int64, 3*times)
		cores, peak, memory, disk := int64(100*(1+r.IntN(8))), r.IntN(times), int64(200*(1+r.IntN(16))), int64(40+20*r.IntN(4))
		for t := range times {
			away := min((t-peak+times)%times, (peak-t+times)%times)
			demand[t] = cores * int64(100-away) / 100 * int64(80+r.IntN(20)) / 100
			demand[times+t] = memory * int64(90+r.IntN(10)) / 100
			demand[2*times+t] = disk
		}
		p.Groups = append(p.Groups, pack.Group{Count: 1, Demand: demand})
	}
	return p
}

func benchmarkSolve(b *testing.B, p *pack.Problem, opt pack.Options) {
	b.ReportAllocs()
	for b.Loop() {
		r, err := pack.Solve(context.Background(), p, opt)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Values[0]), "value")
		b.ReportMetric(float64(r.Bound), "bound")
		b.ReportMetric(float64(r.Work)/1e6, "Mwork")
		b.ReportMetric(float64(len(r.Unplaced)), "unplaced")
		b.Log(r.Values, r.Bound, r.Method)
	}
}

func BenchmarkEstate10000(b *testing.B)    { benchmarkSolve(b, estate(10_000, 500), pack.Options{}) }
func BenchmarkEstate300(b *testing.B)      { benchmarkSolve(b, estate(300, 30), pack.Options{}) }
func BenchmarkSixteenSizes(b *testing.B)   { benchmarkSolve(b, few(1_870_000), pack.Options{}) }
func BenchmarkDistinct100000(b *testing.B) { benchmarkSolve(b, distinct(100_000), pack.Options{}) }
func BenchmarkDistinct1000(b *testing.B)   { benchmarkSolve(b, distinct(1000), pack.Options{}) }
func BenchmarkCurves7000(b *testing.B)     { benchmarkSolve(b, curves(7000), pack.Options{}) }
