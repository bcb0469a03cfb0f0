package benchmark_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sobre/planner/pack/benchmark"
)

// rightAnswer packs vectorText: items 0, 1, 3 of (4,3), item 2 of (6,5),
// bins of (10,8). Weights 1, 2 with scale 3 hold: (4,3)+(6,5) weighs 3,
// two of (4,3) weigh 2; the bound is ⌈(3·1 + 2)/3⌉ = 2.
func rightAnswer() benchmark.Answer {
	return benchmark.Answer{
		File: "x", Items: 4, Groups: 2, Dims: 2, Bins: 2, Cost: 2, Bound: 2, Status: benchmark.Optimal,
		Solution:    [][]int32{{0, 2}, {1, 3}},
		Certificate: &benchmark.Certificate{Scale: 3, Weight: []int64{1, 2}},
	}
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name   string
		change func(*benchmark.Answer)
		want   string // of the error, empty: right
		proof  string
	}{
		{"right", func(*benchmark.Answer) {}, "", benchmark.ProofHolds},
		{"no certificate", func(a *benchmark.Answer) { a.Certificate = nil }, "", benchmark.ProofClaimed},
		{"no bound", func(a *benchmark.Answer) { a.Certificate, a.Bound, a.Status = nil, 0, benchmark.Feasible }, "", benchmark.ProofNone},
		{"weaker bound than proved", func(a *benchmark.Answer) { a.Bound, a.Status = 1, benchmark.Feasible }, "", benchmark.ProofHolds},
		{"other file", func(a *benchmark.Answer) { a.Items = 5 }, "is for 5 items", ""},
		{"no solution", func(a *benchmark.Answer) { a.Solution = nil }, "no solution", ""},
		{"incomplete", func(a *benchmark.Answer) { a.Status = benchmark.Incomplete }, "claims no packing", ""},
		{"item twice", func(a *benchmark.Answer) { a.Solution[1] = []int32{1, 1} }, "item 1 is packed a second time", ""},
		{"item missing", func(a *benchmark.Answer) { a.Solution[1] = []int32{1} }, "item 3 is in no bin", ""},
		{"no such item", func(a *benchmark.Answer) { a.Solution[1] = []int32{1, 4} }, "there is no item 4", ""},
		{"negative item", func(a *benchmark.Answer) { a.Solution[1] = []int32{1, -1} }, "there is no item -1", ""},
		{"over capacity", func(a *benchmark.Answer) { a.Solution = [][]int32{{0, 1, 3}, {2}} }, "bin 0: it holds 12 in dimension 1 at time 1, its capacity is 10", ""},
		{"empty bin", func(a *benchmark.Answer) { a.Solution, a.Bins = append(a.Solution, nil), 3 }, "bin 2: it is empty", ""},
		{"bins miscounted", func(a *benchmark.Answer) { a.Bins = 1 }, "claims 1 bins", ""},
		{"cost", func(a *benchmark.Answer) { a.Cost = 1 }, "claims cost 1", ""},
		{"no such type", func(a *benchmark.Answer) { a.Types = []int{0, 1} }, "no bin type 1", ""},
		{"bound above cost", func(a *benchmark.Answer) { a.Bound = 3 }, "bound 3 is above", ""},
		{"optimal without reason", func(a *benchmark.Answer) { a.Bound = 1 }, "status \"optimal\" does not agree", ""},
		{"weights too few", func(a *benchmark.Answer) { a.Certificate.Weight = []int64{1} }, "expected a scale", ""},
		{"negative weight", func(a *benchmark.Answer) { a.Certificate.Weight = []int64{-1, 2} }, "is negative", ""},
		{"no scale", func(a *benchmark.Answer) { a.Certificate.Scale = 0 }, "expected a scale", ""},
		{"weights too small", func(a *benchmark.Answer) { a.Certificate.Weight = []int64{1, 0} }, "gives bound 1, the answer claims 2", ""},
		{"weights too large", func(a *benchmark.Answer) { a.Certificate.Weight = []int64{2, 2} }, "weighs 4, at most 3", ""},
		{"stock for a type without", func(a *benchmark.Answer) { a.Certificate.Stock = []int64{1} }, "certificate: stock 1 of type 0", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := parse(t, vectorText)
			a := rightAnswer()
			tt.change(&a)
			v, err := benchmark.Check(in, a)
			if tt.want == "" && (err != nil || v.Proof != tt.proof) {
				t.Errorf("verdict %+v, error %v, want proof %q", v, err, tt.proof)
			}
			if tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// TestCheckGeneralised packs baldiText. Types: 0 (10, cost 10, 3), 1 (15,
// cost 14, 2 of which one is paid for anyway). Item 2 may stay out for 4.
func TestCheckGeneralised(t *testing.T) {
	in := parse(t, baldiText)
	a := benchmark.Answer{Items: 4, Bins: 2, Cost: 28, Bound: 0, Status: benchmark.Feasible,
		Solution: [][]int32{{0, 1}, {2, 3}}, Types: []int{1, 1}}
	if _, err := benchmark.Check(in, a); err != nil {
		t.Error(err)
	}
	// One bin of each type, item 2 left out.
	a.Solution, a.Types, a.Cost = [][]int32{{0, 1}, {3}}, []int{1, 0}, 14+10+4
	if _, err := benchmark.Check(in, a); err != nil {
		t.Error(err)
	}
	// The bin with a minimum is paid for even when no bin of its type is used.
	a.Solution, a.Types, a.Bins, a.Cost = [][]int32{{0}, {1}, {3}}, []int{0, 0, 0}, 3, 14+30+4
	if _, err := benchmark.Check(in, a); err != nil {
		t.Error(err)
	}
	a.Types[0], a.Types[1], a.Types[2], a.Cost = 1, 1, 1, 42+4
	if _, err := benchmark.Check(in, a); err == nil || !strings.Contains(err.Error(), "3 bins of type 1, there are 2") {
		t.Errorf("too many bins of a type: %v", err)
	}
	a.Types = nil
	if _, err := benchmark.Check(in, a); err == nil || !strings.Contains(err.Error(), "does not say") {
		t.Errorf("no types: %v", err)
	}
}

func TestCheckRules(t *testing.T) {
	dir := t.TempDir()
	for name, text := range profileFiles() {
		write(t, dir, name, text)
	}
	in, err := benchmark.Read(dir, benchmark.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// A host with app a may hold nothing of app b: items 0, 2 are b, 1 is a.
	a := benchmark.Answer{Items: 3, Bins: 2, Cost: 2, Status: benchmark.Feasible, Solution: [][]int32{{0, 2}, {1}}, Types: []int{0, 0}}
	if _, err := benchmark.Check(in, a); err != nil {
		t.Error(err)
	}
	a.Solution = [][]int32{{0, 1}, {2}}
	if _, err := benchmark.Check(in, a); err == nil || !strings.Contains(err.Error(), "at most 0 may be") {
		t.Errorf("a and b together: %v", err)
	}
	// Memory at the first time: two of b need 16, the small machine has 8.
	a.Solution, a.Types = [][]int32{{0, 2}, {1}}, []int{1, 0}
	if _, err := benchmark.Check(in, a); err == nil || !strings.Contains(err.Error(), "dimension 1 at time 3") {
		t.Errorf("over the curve: %v", err)
	}
}

// TestCertificate compares the verdict on random weights with an enumeration
// of all contents of a bin.
func TestCertificate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dims, types := rapid.IntRange(1, 3).Draw(t, "dims"), rapid.IntRange(1, 5).Draw(t, "types")
		text := fmt.Sprintln(dims)
		capacity := make([]int, dims)
		for d := range capacity {
			capacity[d] = rapid.IntRange(1, 12).Draw(t, "capacity")
			text += fmt.Sprint(capacity[d], " ")
		}
		text += fmt.Sprintf("\n%d\n", types)
		for i := range types {
			for d := range dims {
				low := 0
				if d == 0 {
					low = 1
				}
				text += fmt.Sprint(rapid.IntRange(low, capacity[d]).Draw(t, "size"), " ")
			}
			text += fmt.Sprintln(1 + i%3)
		}
		in := parse(t, text)
		n := len(in.Members)
		a := firstFit(t, in)
		weight := rapid.SliceOfN(rapid.Int64Range(0, 9), n, n).Draw(t, "weight")
		scale := rapid.Int64Range(1, 12).Draw(t, "scale")
		total := int64(0)
		for g, w := range weight {
			total += w * int64(len(in.Members[g]))
		}
		a.Certificate = &benchmark.Certificate{Scale: scale, Weight: weight}
		a.Bound = min(a.Cost, (total+scale-1)/scale)
		if a.Bound == a.Cost {
			a.Status = benchmark.Optimal
		}
		heaviest := enumerate(in, weight, 0, append([]int64(nil), in.Problem.Types[0].Capacity...))
		v, err := benchmark.Check(in, a)
		if valid := heaviest <= scale; valid && (err != nil || a.Bound > 0 && v.Proof != benchmark.ProofHolds) || !valid && err == nil {
			t.Errorf("heaviest content %d, scale %d: verdict %+v, error %v", heaviest, scale, v, err)
		}
	})
}

// enumerate is the largest weight of a content from group g on.
func enumerate(in *benchmark.Instance, weight []int64, g int, free []int64) int64 {
	if g == len(weight) {
		return 0
	}
	best, demand := int64(-1), in.Problem.Groups[g].Demand
	for n := range in.Problem.Groups[g].Count + 1 {
		rest := append([]int64(nil), free...)
		for d := range rest {
			if rest[d] -= int64(n) * demand[d]; rest[d] < 0 {
				return best
			}
		}
		best = max(best, int64(n)*weight[g]+enumerate(in, weight, g+1, rest))
	}
	return best
}

type tester interface {
	Helper()
	Fatal(...any)
}

func parse(t tester, text string) *benchmark.Instance {
	t.Helper()
	in, err := benchmark.Parse("x", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func firstFit(t tester, in *benchmark.Instance) benchmark.Answer {
	t.Helper()
	r, err := benchmark.Baseline(context.Background(), "ffd", &in.Problem)
	if err != nil {
		t.Fatal(err)
	}
	return benchmark.NewAnswer(in, r, 0, true)
}
