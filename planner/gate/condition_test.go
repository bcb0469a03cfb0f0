package gate_test

import (
	"encoding/json"
	"strings"
	"testing"

	"sobre/inventory"
	"sobre/planner/gate"
	"sobre/planner/plan"
	"sobre/wording"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		text  string
		name  string
		op    gate.Op
		limit float64
	}{
		{"hosts <= 12", "hosts", gate.AtMost, 12},
		{"hosts<=12", "hosts", gate.AtMost, 12},
		{"  hosts   ≤ 12 ", "hosts", gate.AtMost, 12},
		{"gap == 0", "gap", gate.Equal, 0},
		{"gap = 0", "gap", gate.Equal, 0},
		{"unplaced != 3", "unplaced", gate.Differs, 3},
		{"cpu.p95 < 80 %", "cpu.p95", gate.Below, 80},
		{"cpu.p95 <= 80%", "cpu.p95", gate.AtMost, 80},
		{"memory.free >= 12,5 %", "memory.free", gate.AtLeast, 12.5},
		{"co2e <= 10 t/year", "co2e", gate.AtMost, 10_000},
		{"co2e <= 10 tCO2e/year", "co2e", gate.AtMost, 10_000},
		{"co2e <= 9800 kg CO2e/an", "co2e", gate.AtMost, 9800},
		{"co2e.high <= 10 t a year", "co2e.high", gate.AtMost, 10_000},
		{"embodied <= 4 t CO2e", "embodied", gate.AtMost, 4000},
		{"energy <= 120 MWh/year", "energy", gate.AtMost, 120_000},
		{"energy <= 120 MWh/an", "energy", gate.AtMost, 120_000},
		{"cost <= 20 kEUR/year", "cost", gate.AtMost, 20_000},
		{"cost <= 20 k€/an", "cost", gate.AtMost, 20_000},
		{"cost <= 20 000 EUR/year", "cost", gate.AtMost, 20_000},
		{"purchase <= 1.5 MEUR", "purchase", gate.AtMost, 1_500_000},
		{"payback.co2e <= 3 years", "payback.co2e", gate.AtMost, 3},
		{"data.age <= 6 weeks", "data.age", gate.AtMost, 42},
		{"licence.oracle.cores <= 32", "licence.oracle.cores", gate.AtMost, 32},
		{"survives: {hosts: 1}", "survives.hosts", gate.AtLeast, 1},
		{"survives: {chassis: 1}", "survives.chassis", gate.AtLeast, 1},
	} {
		c, err := gate.Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if c.Measure.Name != test.name || c.Op != test.op || c.Limit != test.limit {
			t.Errorf("%s: %s %s %v", test.text, c.Measure.Name, c.Op, c.Limit)
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "compares nothing",
		"hosts":                                  "compares nothing",
		"hots <= 12":                             `did you mean "hosts"?`,
		"cpu.p59 <= 80 %":                        `did you mean "cpu.p5`,
		"licence.oracle.coers <= 3":              "licence.NAME.",
		"hosts <= 12 %":                          "a number without unit is expected",
		"hosts <= many":                          "a number without unit is expected",
		"hosts <= ":                              "a number without unit is expected",
		"cpu.p95 <= 80":                          `"cpu.p95 <= 80 %"`,
		"cpu.p95 ! 80 %":                         "a comparison is one of",
		"co2e <= 10 t":                           `it is counted a year: write "10 t/year"`,
		"embodied <= 10 t/year":                  `it is counted once, not a year: write "10 t"`,
		"energy <= 120 MWh":                      "unknown unit",
		"cost <= 20":                             "counted a year",
		"cost <= 20 bitcoin/year":                "is not an amount with a currency",
		"data.age <= 30":                         "a time such as",
		"hosts <= 1,200":                         "", // a decimal comma
		"nothing.like.it <= 3":                   "--list",
		"hosts <= 12 or gap == 0":                "a number without unit is expected",
		"licence.NAME.cores <= 3":                "nothing is measured",
		strings.Repeat("hosts ", 500) + " <= 12": "is none",
	} {
		_, err := gate.Parse(text)
		if want == "" {
			if err != nil {
				t.Errorf("%q: %v", text, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v does not say %q", text, err, want)
		}
	}
}

// TestEveryMeasureParsesItsOwnExample holds the list that users are shown to
// the grammar, and each of its sentences to both languages.
func TestEveryMeasureParsesItsOwnExample(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range gate.Measures() {
		text := strings.Replace(m.Name, ".NAME.", ".oracle.", 1) + " <= " + m.Unit.Example()
		if _, err := gate.Parse(text); err != nil {
			t.Error(err)
		}
		if seen[m.Name] || len(m.Views) == 0 || m.What == "" {
			t.Errorf("%q stands twice, or has no view or no explanation", m.Name)
		}
		seen[m.Name] = true
		if !wording.Known(m.What) {
			t.Errorf("%s: no French for %q", m.Name, m.What)
		}
	}
}

// TestSchemaExamples holds what editors propose to the grammar.
func TestSchemaExamples(t *testing.T) {
	text, err := plan.Schema("capacity")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct {
			Properties map[string]struct {
				AnyOf []struct{ Examples []string }
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, a := range schema.Defs["plan.Gate"].Properties["deny"].AnyOf {
		for _, example := range a.Examples {
			n++
			if _, err := gate.Parse(example); err != nil {
				t.Error(err)
			}
		}
	}
	if n < 10 {
		t.Errorf("the schema proposes %d conditions", n)
	}
}

func TestCompileSaysWhere(t *testing.T) {
	day, _ := inventory.ParseDate("2027-01-31")
	gates := []plan.Gate{
		{Deny: "hosts <= 12"},
		{Deny: "hots <= 12"},
		{Deny: "hosts <= 12", Warn: "gap == 0"},
		{},
		{Deny: "gap == 0", On: plan.OnToday},
		{Deny: "hosts <= 3", Hosts: []string{"a*"}},
		{Deny: "cpu.p95 <= 3 %", Waivers: []plan.Waiver{{Reason: "x", Until: day}}},
		{Deny: "cpu.p95 <= 4 %", Waivers: []plan.Waiver{{Owner: "o", Until: day}}},
		{Deny: "cpu.p95 <= 5 %", Waivers: []plan.Waiver{{Owner: "o", Reason: "x"}}},
		{Deny: "gap == 0", Waivers: []plan.Waiver{{Owner: "o", Reason: "x", Until: day, Subjects: []string{"a"}}}},
		{Deny: "moves <= 9", Name: "same"},
		{Deny: "moves <= 8", Name: "same"},
	}
	lines := []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}
	list, err := gate.Compile(gates, "c.yaml", lines)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`c.yaml:4: gates[1]: nothing is measured as "hots"; did you mean "hosts"?`,
		"c.yaml:5: gates[2]: it has both deny and warn", "c.yaml:6: gates[3]: it has neither",
		"c.yaml:7: gates[4]: gap is not told of today, only of plan", "c.yaml:8: gates[5]: hosts: picks hosts",
		"c.yaml:9: gates[6]: waivers[0]: it needs an owner", "c.yaml:10: gates[7]: waivers[0]: it needs a reason",
		"c.yaml:11: gates[8]: waivers[0]: it needs an end", "c.yaml:12: gates[9]: waivers[0]: subjects:",
		`c.yaml:14: gates[11]: the name "same" stands twice`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the errors do not say %q:\n%v", want, err)
		}
	}
	if len(list) != 2 || list[0].View != plan.OnToday || list[1].View != plan.OnPlan || list[0].Line != 3 {
		t.Errorf("compiled: %+v", list)
	}
}

// FuzzParse holds that no text breaks the parser, and that what it takes it
// takes again as it wrote it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"hosts <= 12", "survives: {hosts: 1}", "co2e.high<10 t CO2e / an", "licence.a-b.cores != 1e3", "cost >= 1,5 k€/year"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := gate.Parse(text)
		if err != nil {
			return
		}
		again, err := gate.Parse(c.Text)
		if err != nil || again.Limit != c.Limit || again.Op != c.Op || again.Measure.Name != c.Measure.Name {
			t.Errorf("%q is taken as %+v, and its text %q as %+v (%v)", text, c, c.Text, again, err)
		}
	})
}
