package benchmark_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/pack/benchmark"
)

const answersText = `{"file":"d/A/c1/x.vbp","items":20,"groups":1,"dims":1,"bins":10,"cost":10,"bound":10,"status":"optimal","seconds":0.5,"work":1,"method":"m"}
{"file":"d/B/c1/x.vbp","items":20,"groups":1,"dims":1,"bins":22,"cost":22,"bound":20,"status":"feasible","seconds":1.5,"work":1,"method":"m"}
{"file":"d/B/c1/y.vbp","items":40,"groups":1,"dims":1,"bins":5,"cost":5,"bound":5,"status":"optimal","seconds":1,"work":1,"method":"m"}
{"file":"d/B/c1/z.vbp","items":40,"groups":1,"dims":1,"bins":0,"cost":0,"bound":0,"status":"infeasible","seconds":0,"work":0,"method":"m"}
`

const knownText = "set,instance,optimum,best_of_351_heuristics\nA,x,10,11\nB,x,20,21\nB,y,-1,6\n"

func TestSummary(t *testing.T) {
	known, err := benchmark.ReadKnown("known.csv", strings.NewReader(knownText))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ by, want string }{
		{"folder", `| A/c1 | 1 | 1 | 0.00 % | 1 | 1 | 0.00 % | 0 | 0 | 1 / 0 of 1 | 0.50 | 0.50 |
| B/c1 | 3 (1 not packed) | 1 | 5.00 % | 1 | 0 | 10.00 % | 1 | 1 | 1 / 1 of 2 | 0.83 | 1.50 |
| all | 4 (1 not packed) | 2 | 3.33 % | 2 | 1 | 5.00 % | 1 | 1 | 2 / 1 of 3 | 0.75 | 1.50 |
`},
		{"items", `| 20 items | 2 | 1 | 5.00 % | 2 | 1 | 5.00 % | 0 | 0 | 1 / 1 of 2 | 1.00 | 1.50 |
| 40 items | 2 (1 not packed) | 1 | 0.00 % | 0 | 0 | – | 1 | 1 | 1 / 0 of 1 | 0.50 | 1.00 |
| all | 4 (1 not packed) | 2 | 3.33 % | 2 | 1 | 5.00 % | 1 | 1 | 2 / 1 of 3 | 0.75 | 1.50 |
`},
	}
	for _, tt := range tests {
		t.Run(tt.by, func(t *testing.T) {
			s, err := benchmark.NewSummary(tt.by, known)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Read("answers", strings.NewReader(answersText)); err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := s.Write(&b); err != nil {
				t.Fatal(err)
			}
			_, rows, _ := strings.Cut(b.String(), "---:|\n")
			if d := cmp.Diff(tt.want, rows); d != "" {
				t.Error("rows (-want +got):\n" + d)
			}
		})
	}
}

func TestSummaryNamesContradictions(t *testing.T) {
	known, err := benchmark.ReadKnown("k", strings.NewReader("name,best_lb,best_ub\nx,11,11\n"))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := benchmark.NewSummary("folder", known)
	if err := s.Read("answers", strings.NewReader(answersText)); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	s.Write(&b)
	for _, want := range []string{"d/A/c1/x.vbp: cost 10, bound 10, published optimum 11", "d/B/c1/x.vbp: cost 22, bound 20, published optimum 11"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestSummaryRefuses(t *testing.T) {
	if _, err := benchmark.NewSummary("colour", nil); err == nil {
		t.Error("grouped by colour")
	}
	for _, text := range []string{"", "a,b\n1,2\n", "name,optimum\nx,many\n", "name,optimum\n\"x\n"} {
		if _, err := benchmark.ReadKnown("k", strings.NewReader(text)); err == nil {
			t.Errorf("known values %q were read", text)
		}
	}
	s, _ := benchmark.NewSummary("items", nil)
	for _, text := range []string{"hello", `{"file":"x"`, `{"colour":"red"}`} {
		if err := s.Read("a", strings.NewReader(text)); err == nil {
			t.Errorf("answers %q were read", text)
		}
	}
}
