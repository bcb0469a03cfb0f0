package document_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/plan"
	"sobre/report/document"
	"sobre/report/town"
	"sobre/wording"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestCompose(t *testing.T) {
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		d := document.Compose(document.Input{Language: l, Plan: town.Plan(), Path: "plan.json", Others: []document.Scenario{{Name: "prudent", Plan: town.Earlier()}}})
		golden(t, "document-"+l.Code, dump(d))
	}
}

// answerOf composes a plan and finds its verdict.
func answerOf(t *testing.T, p *plan.Plan) *document.Answer {
	t.Helper()
	d := document.Compose(document.Input{Language: wording.English(), Plan: p})
	for _, b := range d.Parts[0].Sections[0].Blocks {
		if a, ok := b.(*document.Answer); ok {
			return a
		}
	}
	t.Fatal("no answer in the first section")
	return nil
}

func TestAnswerSaysNoWhenItIsNo(t *testing.T) {
	tests := []struct {
		name   string
		change func(*plan.Plan)
		tone   document.Tone
		head   string
	}{
		{"good", func(*plan.Plan) {}, document.Yes, "Yes: 3 servers"},
		{"emits more", func(p *plan.Plan) { p.Saving.Worth = false }, document.No, "No: keep the servers"},
		{"nothing to gain", func(p *plan.Plan) {
			p.Saving.Hosts, p.Cost = 0, nil
			for i := range p.Placements {
				p.Placements[i].Kind = ""
			}
		}, document.No, "No: nothing here"},
		{"no place", func(p *plan.Plan) { p.Unplaced = []plan.Unplaced{{Workload: "big", Reason: "too-big"}} }, document.Caution, "Not yet: 1 workload has no place"},
		{"does not pay", func(p *plan.Plan) { p.Cost.NPV.Best = -1 }, document.Caution, "Yes for the climate"},
		{"never paid, without bills", func(p *plan.Plan) { p.Cost = nil; p.Saving.CostPayback = nil }, document.Caution, "Yes for the climate"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := town.Plan()
			test.change(p)
			a := answerOf(t, p)
			if a.Tone != test.tone || !strings.HasPrefix(a.Head, test.head) {
				t.Errorf("got %s %q, want %s %q", a.Tone, a.Head, test.tone, test.head)
			}
		})
	}
}

// TestBarePlan holds that a plan with nothing but the required makes a report.
func TestBarePlan(t *testing.T) {
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		d := document.Compose(document.Input{Language: l, Plan: &plan.Plan{Version: 1}})
		if len(d.Parts) != 3 || len(d.Parts[1].Sections) == 0 {
			t.Errorf("%s: %d parts", l.Code, len(d.Parts))
		}
	}
}

func TestTotalsAndCells(t *testing.T) {
	d := document.Compose(document.Input{Language: wording.French(), Plan: town.Plan()})
	col := document.Column{Kind: document.Number, Decimals: 1}
	for _, test := range []struct {
		col  document.Column
		cell document.Cell
		want string
	}{
		{col, document.Cell{Known: true, Value: -12345.67}, "−12\u202f345,7"},
		{col, document.Cell{}, ""},
		{document.Column{Kind: document.Share}, document.Cell{Known: true, Value: 0.345}, "34\u202f%"},
		{document.Column{Kind: document.Name}, document.Cell{Known: true, Text: "a : b; c's"}, "a : b; c's"},
	} {
		if got := d.Show(test.col, test.cell); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	table := document.Table{Rows: [][]document.Cell{{{Known: true, Value: 2}}, {{}}, {{Known: true, Value: 3}}}}
	if got := table.Total(0); got.Value != 5 || !got.Known {
		t.Errorf("sum %v, want 5", got)
	}
}
