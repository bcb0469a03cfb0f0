package pack_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"sobre/planner/pack"
)

// plain is a problem of two resources that is valid; tests break it.
func plain() *pack.Problem {
	return &pack.Problem{
		Dims: 2,
		Groups: []pack.Group{
			{Count: 3, Demand: []int64{4, 1}},
			{Count: 2, Demand: []int64{1, 5}},
		},
		Types: []pack.Type{
			{Capacity: []int64{10, 10}, Stock: pack.Unlimited},
			{Capacity: []int64{8, 8}, Stock: 1},
		},
	}
}

func TestSolveRefuses(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*pack.Problem)
		want  string
	}{
		{"no resources", func(p *pack.Problem) { p.Dims = 0 }, "0 resources"},
		{"negative times", func(p *pack.Problem) { p.Times = -1 }, "-1 time points"},
		{"short demand", func(p *pack.Problem) { p.Groups[1].Demand = []int64{1} }, "group 1 has 1 demands"},
		{"times that do not match", func(p *pack.Problem) { p.Times = 24 }, "group 0 has 2 demands; 2 resources at 24 time points need 48"},
		{"negative demand", func(p *pack.Problem) { p.Groups[0].Demand[1] = -1 }, "group 0: demand 1 is -1"},
		{"negative count", func(p *pack.Problem) { p.Groups[0].Count = -1 }, "group 0 has a count of -1"},
		{"negative max", func(p *pack.Problem) { p.Groups[0].Max = -1 }, "group 0: at most -1"},
		{"short capacity", func(p *pack.Problem) { p.Types[0].Capacity = nil }, "type 0 has 0 capacities"},
		{"negative capacity", func(p *pack.Problem) { p.Types[1].Capacity[0] = -4 }, "type 1: capacity of resource 0 is -4"},
		{"negative stock", func(p *pack.Problem) { p.Types[1].Stock = -2 }, "type 1: stock is -2"},
		{"negative enclosure", func(p *pack.Problem) { p.Types[1].Enclosure = -2 }, "type 1: enclosure is -2"},
		{"demands beyond int64", func(p *pack.Problem) { p.Groups[0].Demand[0] = math.MaxInt64 }, "group 0: the demands for resource 0 add up"},
		{"too many members", func(p *pack.Problem) { p.Groups[0].Count = math.MaxInt64 }, "group 0 has a count"},
		{"allowed type unknown", func(p *pack.Problem) { p.Groups[0].Allowed = []int{0, 2} }, "group 0: allowed types must ascend"},
		{"allowed types not ascending", func(p *pack.Problem) { p.Groups[0].Allowed = []int{1, 0} }, "group 0: allowed types must ascend"},
		{"start on a stock", func(p *pack.Problem) { p.Groups[0].Start = []pack.Share{{Index: 0, Count: 1}} }, "start on type 0, whose stock is -1"},
		{"fixed on no type", func(p *pack.Problem) { p.Groups[0].Fixed = []pack.Share{{Index: 7, Count: 1}} }, "fixed on type 7"},
		{"fixed twice", func(p *pack.Problem) {
			p.Groups[0].Fixed = []pack.Share{{Index: 1, Count: 1}, {Index: 1, Count: 1}}
		}, "fixed on type 1 twice"},
		{"more fixed than there are", func(p *pack.Problem) { p.Groups[0].Fixed = []pack.Share{{Index: 1, Count: 4}} }, "fixed on type 1 with 4 of 3"},
		{"conflict with itself", func(p *pack.Problem) { p.Conflicts = []pack.Conflict{{If: 1, Of: 1}} }, "conflict 0 names group 1 twice"},
		{"conflict with nobody", func(p *pack.Problem) { p.Conflicts = []pack.Conflict{{If: 1, Of: 2}} }, "conflict 0 names groups 1 and 2"},
		{"negative conflict", func(p *pack.Problem) { p.Conflicts = []pack.Conflict{{If: 1, Of: 0, Max: -1}} }, "conflict 0: at most -1"},
		{"limit on nobody", func(p *pack.Problem) { p.Limits = []pack.Limit{{Groups: []int{-1}}} }, "limit 0 names group -1"},
		{"limit names one twice", func(p *pack.Problem) { p.Limits = []pack.Limit{{Groups: []int{1, 1}}} }, "limit 0 names group 1 twice"},
		{"negative limit", func(p *pack.Problem) { p.Limits = []pack.Limit{{Groups: []int{1}, Max: -1}} }, "limit 0: at most -1"},
		{"objective too short", func(p *pack.Problem) { p.Minimise = []pack.Objective{{Host: []int64{1}}} }, "objective 0 has costs of 1 hosts"},
		{"negative cost", func(p *pack.Problem) { p.Minimise = []pack.Objective{{Host: []int64{1, -1}}} }, "objective 0: cost 1 is -1"},
		{"moves of nobody", func(p *pack.Problem) { p.Minimise = []pack.Objective{{Move: []int64{1}}} }, "objective 0 has 1 costs of moving"},
		{"load of no resource", func(p *pack.Problem) { p.Minimise = []pack.Objective{{Load: [][]int64{{1}, nil}}} }, "type 0 has 1 load costs"},
		{"negative load", func(p *pack.Problem) { p.Minimise = []pack.Objective{{Load: [][]int64{{1, -1}, nil}}} }, "load cost of resource 1 is -1"},
		{"enclosure without a cost", func(p *pack.Problem) {
			p.Types[0].Enclosure = 3
			p.Minimise = []pack.Objective{{Enclosure: []int64{1, 1}}}
		}, "type 0 stands in number 3"},
		{"costs beyond int64", func(p *pack.Problem) { p.Minimise = []pack.Objective{{Host: []int64{math.MaxInt64, 1}}} }, "objective 0: costs may add up"},
		{"load costs beyond int64", func(p *pack.Problem) {
			p.Minimise = []pack.Objective{{Load: [][]int64{{math.MaxInt64, 0}, nil}}}
		}, "objective 0: costs may add up"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := plain()
			test.spoil(p)
			_, err := pack.Solve(context.Background(), p, pack.Options{Work: 1000})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}
