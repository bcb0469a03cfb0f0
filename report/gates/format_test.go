package gates_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/planner/gate"
	"sobre/planner/plan"
	"sobre/report/gates"
	"sobre/wording"
)

// sample is a report with a gate in every state, and names that are hostile.
func sample(t *testing.T) *gate.Report {
	t.Helper()
	day := func(s string) inventory.Date {
		d, err := inventory.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	v := func(x float64) *float64 { return &x }
	owner := &gate.Excuse{Owner: "m.haas", Reason: "blades ordered", Until: day("2027-03-31")}
	return &gate.Report{
		Version: 1, Tool: "sobre 1.2.3", Estate: "Hall <&>\x1b[31m", Date: day("2026-11-22"),
		Feasible: gate.Feasible{Status: plan.Feasible, Today: 12, Hosts: 9, Bound: 8},
		Results: []gate.Result{
			{Gate: "hosts <= 12", Condition: "hosts <= 12", Measure: "hosts", Level: gate.Deny, View: plan.OnToday, File: "dir/c é.yaml", Line: 4, Status: gate.Holds, Op: gate.AtMost, Limit: 12, Value: v(12)},
			{Gate: "cpu.p95 <= 80 %", Condition: "cpu.p95 <= 80 %", Measure: "cpu.p95", Level: gate.Deny, View: plan.OnToday, File: "dir/c é.yaml", Line: 5, Status: gate.Fails, Op: gate.AtMost, Limit: 80, Unit: gate.Percent,
				Value: v(92.5), Partial: "2 hosts of unknown size", Why: "peaks, 100 % of them", Planned: &gate.Planned{Value: 71, Holds: true},
				Subjects: []gate.Item{
					{ID: "esx-1", Value: v(92.5), Line: 20, Status: gate.Fails},
					{ID: "esx,2:\n::error::x", Value: v(80.004), Line: 21, Status: gate.Waived, Waiver: owner},
				}},
			{Gate: "carbon # budget", Condition: "co2e <= 10 t/year", Measure: "co2e", Level: gate.Warn, View: plan.OnPlan, File: "dir/c é.yaml", Line: 6, Status: gate.Fails, Op: gate.AtMost, Limit: 10_000, Unit: gate.KgPerYear, Value: v(12_345)},
			{Gate: "cost <= 20 kEUR/year", Condition: "cost <= 20 kEUR/year", Measure: "cost", Level: gate.Deny, View: plan.OnToday, File: "dir/c é.yaml", Line: 7, Status: gate.Known, Op: gate.AtMost, Limit: 20_000, Unit: gate.MoneyPerYear, Currency: "EUR", Value: v(21_500)},
			{Gate: "storage", Condition: "datastores.free >= 15 %", Measure: "datastores.free", Level: gate.Deny, View: plan.OnToday, File: "dir/c é.yaml", Line: 8, Status: gate.Waived, Op: gate.AtLeast, Limit: 15, Unit: gate.Percent, Value: v(9),
				Subjects: []gate.Item{{ID: "san", Value: v(9), Status: gate.Waived, Waiver: owner}}},
			{Gate: "licence.oracle.cores <= 32", Condition: "licence.oracle.cores <= 32", Measure: "licence.oracle.cores", Level: gate.Deny, View: plan.OnToday, File: "dir/c é.yaml", Line: 9, Status: gate.Fails, Op: gate.AtMost, Limit: 32,
				Unknown: "no workload that runs carries the licence oracle"},
			{Gate: "a feasible placement exists", Condition: "infeasible == 0", Measure: "infeasible", Level: gate.Deny, View: plan.OnPlan, File: "dir/c é.yaml", Implied: true, Status: gate.Holds, Op: gate.Equal, Value: v(0)},
		},
		Notes: []gate.Note{{Code: "waiver-unused", Gate: "hosts <= 12", Line: 4, What: "the waiver of x (until 2027-01-01) covers nothing: take it out"}},
	}
}

// TestFormats holds every format to a golden file and to its own reader.
func TestFormats(t *testing.T) {
	for _, format := range gates.Formats() {
		t.Run(format, func(t *testing.T) {
			var text bytes.Buffer
			if err := gates.Write(&text, format, sample(t)); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/"+format+".golden", text.Bytes())
			if bytes.Contains(text.Bytes(), []byte("\x1b")) {
				t.Error("an escape of the terminal passes")
			}
			switch format {
			case "json", "sarif", "gitlab":
				if !json.Valid(text.Bytes()) {
					t.Error("this is no JSON")
				}
			case "junit":
				for d := xml.NewDecoder(&text); ; {
					if _, err := d.Token(); err == io.EOF {
						break
					} else if err != nil {
						t.Fatal(err)
					}
				}
			case "github":
				for line := range strings.Lines(text.String()) {
					if !strings.HasPrefix(line, "::") {
						t.Errorf("a name starts a line of its own: %q", line)
					}
				}
			case "openmetrics":
				if !strings.HasSuffix(text.String(), "# EOF\n") {
					t.Error("the end is not marked")
				}
			}
		})
	}
}

func TestLines(t *testing.T) {
	for name, l := range map[string]*wording.Language{"en": wording.English(), "fr": wording.French()} {
		var text bytes.Buffer
		if err := (gates.Lines{Language: l, Source: "dir/c é.yaml"}).Write(&text, sample(t)); err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "testdata/"+"lines-"+name+".golden", text.Bytes())
		for line := range strings.Lines(text.String()) {
			if len([]rune(line)) > 81 {
				t.Errorf("wider than 80 columns: %s", line)
			}
		}
		if strings.Contains(text.String(), "\x1b") {
			t.Error("an escape of the terminal passes")
		}
		var coloured bytes.Buffer
		if err := (gates.Lines{Language: l, Source: "dir/c é.yaml", Colour: true}).Write(&coloured, sample(t)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(coloured.String(), "\x1b[31;1m") {
			t.Error("no colour where it is asked for")
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if err := gates.Write(io.Discard, "sariff", sample(t)); err == nil || !strings.Contains(err.Error(), `"sarif"`) {
		t.Errorf("%v", err)
	}
}
