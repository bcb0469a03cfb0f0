package plan_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/planner/plan"
)

func TestReadTellsWhereAndWhat(t *testing.T) {
	for _, bad := range []struct{ name, text, want string }{
		{"empty", "", "p.json:1: the file ends"},
		{"truncated", "{\n\"version\": 1,\n\"hosts\": [", "p.json:3: the file ends"},
		{"no JSON", "version: 1\n", "p.json:1: invalid character"},
		{"unknown field", "{\n\"version\": 1,\n\"placement\": []}", `p.json:3: a plan has no field "placement"`},
		{"another kind", "{\n\"version\": 1,\n\"bound\": {\"hosts\": \"five\"}}", "p.json:3: bound.hosts: a string stands"},
		{"unknown word", `{"version": 1, "objective": ["host"]}`, `did you mean "hosts"`},
		{"more text", "{\"version\": 1}\n\n{}", "p.json:3: text after the plan"},
		{"an estate", `{"version": 1, "workloads": []}`, `no field "workloads"`},
		{"another version", `{"version": 2}`, "version 2"},
	} {
		_, err := plan.Read(strings.NewReader(bad.text), "p.json")
		if err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("%s: got %v, want %s", bad.name, err, bad.want)
		}
	}
}

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	p := &plan.Plan{Version: 1, Status: plan.Optimal, Hosts: []plan.Host{{ID: "a", Load: map[string]float64{"cpu": 0.25}}}, Policy: plan.Policy{}.WithDefaults()}
	var text bytes.Buffer
	if err := inventory.EncodeJSON(&text, p); err != nil {
		t.Fatal(err)
	}
	got, err := plan.Read(&text, "p.json")
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if inventory.EncodeJSON(&a, p) != nil || inventory.EncodeJSON(&b, got) != nil {
		t.Fatal("cannot write")
	}
	if diff := cmp.Diff(a.String(), b.String()); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"version": 1, "bound": {"hosts": 5}}`)
	f.Add("{\n\"placement\"")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := plan.Read(strings.NewReader(text), "p.json")
		if (p == nil) == (err == nil) {
			t.Fatalf("plan %v, error %v", p, err)
		}
	})
}
