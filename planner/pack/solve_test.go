package pack_test

import (
	"context"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/pack"
)

// solve packs a problem with little work and checks the answer.
func solve(t *testing.T, p *pack.Problem) *pack.Result {
	t.Helper()
	r, err := pack.Solve(context.Background(), p, pack.Options{Work: 2_000_000})
	if err != nil {
		t.Fatal(err)
	}
	if what := complaint(p, r); what != "" {
		t.Fatal(what)
	}
	if len(r.Unplaced) == 0 && r.Values[0] < r.Bound {
		t.Fatalf("value %d below the bound %d", r.Values[0], r.Bound)
	}
	return r
}

func TestSolveNothing(t *testing.T) {
	for _, p := range []*pack.Problem{
		{Dims: 1},
		{Dims: 1, Types: []pack.Type{{Capacity: []int64{0}, Stock: 0}}},
		{Dims: 1, Groups: []pack.Group{{Demand: []int64{5}}}},
	} {
		r := solve(t, p)
		if len(r.Hosts) != 0 || len(r.Unplaced) != 0 || r.Infeasible || !r.Optimal() {
			t.Errorf("packing nothing gives %+v", r)
		}
	}
}

func TestSolveNamesWhatFitsNowhere(t *testing.T) {
	p := plain()
	p.Groups = append(p.Groups,
		pack.Group{Count: 2, Demand: []int64{11, 0}},
		pack.Group{Count: 1, Demand: []int64{1, 1}, Allowed: []int{}},
		pack.Group{Count: 4, Demand: []int64{5, 5}, Allowed: []int{1}},
	)
	r := solve(t, p)
	if !r.Infeasible {
		t.Error("not said to be infeasible")
	}
	want := []pack.Share{{Index: 2, Count: 2}, {Index: 3, Count: 1}, {Index: 4, Count: 3}}
	if diff := cmp.Diff(want, r.Unplaced); diff != "" {
		t.Error(diff)
	}
}

func TestSolveFixedMembersThatDoNotFit(t *testing.T) {
	p := plain()
	p.Groups[0].Fixed = []pack.Share{{Index: 1, Count: 3}}
	r := solve(t, p)
	if diff := cmp.Diff([]pack.Share{{Index: 0, Count: 1}}, r.Unplaced); diff != "" || !r.Infeasible {
		t.Errorf("infeasible %v, unplaced %s", r.Infeasible, diff)
	}
}

// Hosts that differ in nothing but what runs on them must stay as they are
// when nothing can be gained.
func TestSolveMovesNothingWithoutNeed(t *testing.T) {
	p := &pack.Problem{Dims: 1}
	hosts, moves := pack.Objective{}, pack.Objective{}
	for h := range 20 {
		p.Types = append(p.Types, pack.Type{Capacity: []int64{100}, Stock: 1})
		hosts.Host = append(hosts.Host, 1)
		for i := range 4 {
			p.Groups = append(p.Groups, pack.Group{Count: 1, Demand: []int64{int64(24 + i)}, Start: []pack.Share{{Index: h, Count: 1}}})
			moves.Move = append(moves.Move, 1)
		}
		p.Groups[len(p.Groups)-1].Demand[0] = 25 // 24 + 25 + 26 + 25 = 100
	}
	p.Minimise = []pack.Objective{hosts, moves}
	if r := solve(t, p); r.Values[0] != 20 || r.Values[1] != 0 {
		t.Errorf("values %v, want 20 hosts and no move", r.Values)
	}
}

func TestSolveFreesTheCheapestToMove(t *testing.T) {
	p := &pack.Problem{Dims: 1}
	hosts, moves := pack.Objective{}, pack.Objective{}
	for h := range 5 {
		p.Types = append(p.Types, pack.Type{Capacity: []int64{100}, Stock: 1})
		hosts.Host = append(hosts.Host, 1)
		for range 4 {
			p.Groups = append(p.Groups, pack.Group{Count: 1, Demand: []int64{20}, Start: []pack.Share{{Index: h, Count: 1}}})
			moves.Move = append(moves.Move, int64(10-h))
		}
	}
	p.Minimise = []pack.Objective{hosts, moves}
	if r := solve(t, p); r.Values[0] != 4 || r.Values[1] != 4*6 {
		t.Errorf("values %v, want 4 hosts and the last emptied for 24", r.Values)
	}
}

func TestSolveManyOfFewSizes(t *testing.T) {
	r := solve(t, few(1_600_000))
	if !r.Optimal() {
		t.Errorf("%d hosts, bound %d", r.Values[0], r.Bound)
	}
}

// A hostile count must cost neither memory nor time.
func TestSolveHugeCounts(t *testing.T) {
	p := plain()
	p.Groups[0].Count, p.Groups[1].Count = 1<<38, 1<<38
	p.Groups = append(p.Groups, pack.Group{Count: 1 << 38, Demand: []int64{0, 0}, Max: 1})
	solve(t, p)
}

func TestSolveSameAnswerOnOneProcessor(t *testing.T) {
	p := estate(200, 20)
	opt := pack.Options{Work: 3_000_000, Seed: 7}
	two, err := pack.Solve(context.Background(), p, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one, err := pack.Solve(context.Background(), p, opt)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(two, one); diff != "" {
		t.Error(diff)
	}
}

func TestSolveStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, p := range []*pack.Problem{estate(300, 30), distinct(20_000)} {
		r, err := pack.Solve(ctx, p, pack.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if what := complaint(p, r); what != "" || !r.Cut || len(r.Unplaced) > 0 {
			t.Errorf("cut %v, %d groups unplaced, %s", r.Cut, len(r.Unplaced), what)
		}
	}
}

func TestSolveReportsProgress(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	p := plain()
	for range 60 {
		p.Groups = append(p.Groups, pack.Group{Count: 1, Demand: []int64{int64(1 + r.IntN(5)), int64(1 + r.IntN(5))}})
	}
	var last pack.Progress
	result, err := pack.Solve(context.Background(), p, pack.Options{Work: 1_000_000, Progress: func(now pack.Progress) {
		if last.Phase != "" && (now.Work < last.Work || now.Bound < last.Bound || now.Done < 0 || now.Done > 1) {
			t.Errorf("%+v after %+v", now, last)
		}
		last = now
	}})
	if err != nil {
		t.Fatal(err)
	}
	if last.Value != result.Values[0] || last.Bound != result.Bound {
		t.Errorf("last report %+v, result %v and %d", last, result.Values, result.Bound)
	}
}
