package pack_test

import (
	"context"
	"testing"

	"sobre/planner/pack"
)

// TestLooseResourcesDoNotFoolTheSearchForPatterns packs servers that may stay
// on hosts of their own or move to blades. Their own hosts have room for
// everything, so that all multipliers of a resource can be nought: once, the
// search for all patterns then overlooked most, and "proved" a host too many.
func TestLooseResourcesDoNotFoolTheSearchForPatterns(t *testing.T) {
	demands := [][]int64{
		{764694, 2000, 1186, 8826},
		{2548979, 2000, 1186, 8826},
		{12999793, 4000, 4742, 67297},
		{9285567, 4000, 4742, 95980},
		{6991486, 2000, 2371, 48542},
		{8156733, 2000, 2371, 36407},
		{5571340, 2000, 2371, 29787},
		{4952302, 2000, 2371, 28684},
		{2731049, 2000, 2371, 20962},
		{3004154, 2000, 2371, 34200},
		{2548979, 2000, 1186, 13239},
		{5025677, 4000, 2371, 26478},
		{1784286, 2000, 2371, 16549},
		{5826238, 4000, 2371, 62884},
		{2476151, 4000, 2371, 28684},
		{8047491, 4000, 2371, 443494},
		{2548979, 2000, 1186, 14342},
		{10523642, 4000, 4742, 108116},
		{4467268, 4000, 1186, 24271},
		{51311040, 16000, 75867, 1030405},
		{8156733, 4000, 4742, 123561},
	}
	everything := []int64{1374413920, 278000, 331931, 9632213}
	var p pack.Problem
	p.Dims = 4
	hosts, moves := make([]int64, 22), make([]int64, 21)
	for i, d := range demands {
		p.Groups = append(p.Groups, pack.Group{Count: 1, Demand: d, Allowed: []int{i, 21}, Start: []pack.Share{{Index: i, Count: 1}}})
		p.Types = append(p.Types, pack.Type{Capacity: everything, Stock: 1})
		hosts[i], moves[i] = 1, 1
	}
	p.Types = append(p.Types, pack.Type{Capacity: []int64{440720000, 32000, 44236, 9632213}, Stock: 16})
	hosts[21] = 1
	idle := []int64{1539947386, 1539947386, 3919649114, 3919649114, 1903248973, 1903248973, 1903248973, 1903248973, 1903248973, 1903248973, 1539947386, 3512424237, 1547019334, 3905505218, 3905505218, 3905505218, 1539947386, 3919649114, 3505352289, 11802950574, 3919649114, 1833030000}
	load := make([][]int64, 22)
	for t := range load {
		load[t] = make([]int64, 4)
	}
	load[21][0] = 2
	p.Limits = []pack.Limit{{Groups: []int{11, 12}, Max: 1}, {Groups: []int{0, 1}, Max: 1}, {Groups: []int{6, 7}, Max: 1}, {Groups: []int{3, 17}, Max: 1}}
	p.Minimise = []pack.Objective{{Host: hosts}, {Host: idle, Load: load}, {Move: moves}}
	r, err := pack.Solve(context.Background(), &p, pack.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Group 19 is too big for a blade; the others fit on two.
	if r.Bound > 3 || r.Values[0] != 3 {
		t.Errorf("%d hosts, at least %d, by %s; want 3", r.Values[0], r.Bound, r.Method)
	}
}
