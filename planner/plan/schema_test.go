package plan_test

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/cost"
	"sobre/internal/schemacheck"
	"sobre/inventory"
	"sobre/planner/plan"
)

var update = flag.Bool("update", false, "write the schemas anew")

func TestSchemasFollowTheTypes(t *testing.T) {
	tests := []struct {
		name, title string
		of          any
	}{
		{"estate", "Estate of sobre", inventory.Estate{}},
		{"catalogue", "Catalogue of sobre", inventory.Catalogue{}},
		{"policy", "Policy of sobre", plan.Policy{}},
		{"plan", "Plan of sobre", plan.Plan{}},
		{"capacity", "Capacity file of sobre", plan.Capacity{}},
		{"licences", "Licences of sobre", cost.Licences{}},
	}
	var names []string
	for _, test := range tests {
		names = append(names, test.name)
		want := schemaOf(t, test.name, test.title, test.of)
		if *update {
			if err := os.WriteFile("schema/"+test.name+".schema.json", want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := plan.Schema(test.name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: the schema is not what the types say; run go test ./planner/plan -update\n%s", test.name, diff)
		}
	}
	if diff := cmp.Diff(names, plan.SchemaNames()); diff != "" {
		t.Error(diff)
	}
}

func TestUnknownSchemaNamesTheNearest(t *testing.T) {
	_, err := plan.Schema("catalog")
	if err == nil || !strings.Contains(err.Error(), `"catalogue"`) {
		t.Errorf("got %v, want the nearest name", err)
	}
}

// TestDocuments holds documents against the schemas and the strict reader:
// both take the good ones and refuse the bad ones.
func TestDocuments(t *testing.T) {
	tests := []struct {
		name, schema, text string
		good               bool
	}{
		{"estate", "estate", `{"version":1,"hosts":[{"id":"a","memory":"16 GiB","power":{"points":[["0 %","90 W"],["100 %","0.2 kW"]]},"cpu":{"clock":"2,66 GHz"}}],
			"workloads":[{"id":"w","state":"on","use":{"cpu":{"p95":"10 %","max":"2.4 GHz"},"memory":{"mean":"3.1 Gio"}}}],"rules":[{"apart":["a","b"],"by":"chassis"}]}`, true},
		{"unknown field", "estate", `{"version":1,"host":[]}`, false},
		{"no unit", "estate", `{"version":1,"hosts":[{"id":"a","memory":"16"}]}`, false},
		{"another unit", "estate", `{"version":1,"hosts":[{"id":"a","memory":"16 kg"}]}`, false},
		{"unknown word", "estate", `{"version":1,"workloads":[{"id":"a","state":"asleep"}]}`, false},
		{"half a point", "estate", `{"version":1,"hosts":[{"id":"a","power":{"points":[["0 %"]]}}]}`, false},
		{"text for a number", "estate", `{"version":1,"hosts":[{"id":"a","slot":"first"}]}`, false},
		{"no date", "estate", `{"version":1,"collected":"02/11/2009"}`, false},
		{"catalogue", "catalogue", `{"version":1,"hosts":[{"name":"x","cpu":{"cores":8},"memory":"48 GiB","embodied":"1.2 t","lifetime":"5 ans","price":"4 200 €","stock":0}],"chassis":[{"name":"c","slots":16}]}`, true},
		{"price without currency", "catalogue", `{"version":1,"hosts":[{"name":"x","cpu":{},"memory":"1 GiB","price":"4200"}]}`, false},
		{"waves", "policy", `{"version":1,"waves":{"start":"2010-01-09","at":"20:00","window":"8 h","every":"7 days","pilot":0,"p2v":{"rate":"30 MB/s","setup":"1 h","most":4},"blackout":["2010-03-14","2009-12-15..2010-01-05"],"after":[{"move":["web"],"after":["db*"]}]}}`, true},
		{"no time of the day", "policy", `{"version":1,"waves":{"at":"8 pm"}}`, false},
		{"no range of days", "policy", `{"version":1,"waves":{"blackout":["2010-03"]}}`, false},
		{"policy", "policy", `{"version":1,"preset":"bold","minimise":["hosts","energy"],"cpu":{"use":"p95","headroom":"20 %"},"cost":{"electricity":"180 EUR/MWh"},"carbon":{"factor":"52 gCO2e/kWh"}}`, true},
		{"unknown objective", "policy", `{"minimise":["fun"]}`, false},
		{"unknown measure", "policy", `{"cpu":{"use":"p100"}}`, false},
		{"capacity file", "capacity", `{"version":1,"hosts":[{"id":"a"}],"policy":{"preset":"prudent"},"gates":[{"deny":"hosts <= 12"}]}`, true},
		{"gate with all", "capacity", `{"version":1,"gates":[{"warn":{"survives":{"hosts":1}},"name":"one host down","on":"today","hosts":["esx-*"],"why":"night shift","waivers":[{"owner":"dsi","reason":"ordered","until":"2027-01-31","subjects":["esx-1"]}]}]}`, true},
		{"gate on another view", "capacity", `{"version":1,"gates":[{"deny":"hosts <= 12","on":"tomorrow"}]}`, false},
		{"waiver without an end", "capacity", `{"version":1,"gates":[{"deny":"hosts <= 12","waivers":[{"owner":"dsi","reason":"x","until":"soon"}]}]}`, false},
		{"a chassis survived", "capacity", `{"version":1,"gates":[{"deny":{"survives":{"chassis":1}}}]}`, true},
		{"another survival", "capacity", `{"version":1,"gates":[{"deny":{"survives":{"hosst":1}}}]}`, false},
		{"unknown gate", "capacity", `{"version":1,"gates":[{"allow":"hosts <= 12"}]}`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := against(t, test.schema, []byte(test.text)); (err == nil) != test.good {
				t.Errorf("schema: got %v, want good: %t", err, test.good)
			}
			if err := read(test.schema, test.text); (err == nil) != test.good {
				t.Errorf("reader: got %v, want good: %t", err, test.good)
			}
		})
	}
}

// TestSchemaOnly are documents that the reader takes, since it checks their
// sense later, and editors should mark.
func TestSchemaOnly(t *testing.T) {
	for name, text := range map[string]string{
		"two kinds of rule": `{"version":1,"rules":[{"apart":["a"],"stay":["b"]}]}`,
		"no kind of rule":   `{"version":1,"rules":[{"name":"x"}]}`,
		"another version":   `{"version":2}`,
		"no version":        `{"hosts":[]}`,
		"host without ID":   `{"version":1,"hosts":[{"name":"a"}]}`,
	} {
		if against(t, "estate", []byte(text)) == nil {
			t.Errorf("%s: the schema takes it", name)
		}
	}
}

// TestEveryQuantityIsReadAsItsPatternSays feeds the examples of the schemas to
// the readers of their types.
func TestEveryQuantityIsReadAsItsPatternSays(t *testing.T) {
	for of, w := range quantities {
		for _, example := range w.examples {
			v, ok := reflect.New(of).Interface().(interface{ UnmarshalText([]byte) error })
			if !ok {
				t.Fatalf("%s is no text", of)
			}
			if err := v.UnmarshalText([]byte(example)); err != nil {
				t.Errorf("%s: %v", of, err)
			}
		}
	}
}

// TestPlanKeepsItsSchema holds a plan as the program writes it against the schema.
func TestPlanKeepsItsSchema(t *testing.T) {
	p := plan.Plan{
		Version: 1, Status: plan.Feasible, Objective: []plan.Objective{plan.Hosts}, Policy: plan.Policy{}.WithDefaults(),
		Inputs: []plan.Input{}, Hosts: []plan.Host{{ID: "a", State: plan.Keep}}, Placements: []plan.Placement{{Workload: "w", To: "a"}},
		Unplaced: []plan.Unplaced{}, Unchecked: []string{}, Resources: []plan.Resource{{Name: "cpu", Unit: "ssj_ops"}},
	}
	var text bytes.Buffer
	if err := inventory.EncodeJSON(&text, p); err != nil {
		t.Fatal(err)
	}
	if err := against(t, "plan", text.Bytes()); err != nil {
		t.Error(err)
	}
	p.Hosts[0].State = "sell"
	text.Reset()
	if err := inventory.EncodeJSON(&text, p); err != nil {
		t.Fatal(err)
	}
	if against(t, "plan", text.Bytes()) == nil {
		t.Error("the schema takes a state that there is not")
	}
}

func read(kind, text string) error {
	var err error
	switch r := strings.NewReader(text); kind {
	case "estate":
		_, err = inventory.Decode[inventory.Estate](r, kind)
	case "catalogue":
		_, err = inventory.Decode[inventory.Catalogue](r, kind)
	case "policy":
		_, err = inventory.Decode[plan.Policy](r, kind)
	case "capacity":
		_, err = inventory.Decode[plan.Capacity](r, kind)
	}
	return err
}

// against validates a JSON document.
func against(t *testing.T, name string, text []byte) error {
	t.Helper()
	schema, err := plan.Schema(name)
	if err != nil {
		t.Fatal(err)
	}
	return schemacheck.Conforms(schema, text)
}
