package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// testCompareEstates compares two months of an estate, with and without the
// plan that was made of the first.
func testCompareEstates(t *testing.T, b *binary) {
	october := estateText(t, 16, 90)
	b.write(t, "october.json", october)
	b.write(t, "november.json", strings.Replace(strings.Replace(october, `"host": "esx-00"`, `"host": "esx-03"`, 1), `"memory": "4 GiB"`, `"memory": "5 GiB"`, 1))
	b.run(t, exitDone, "plan", "october.json", "-o", "plan.json")
	out, _ := b.run(t, exitDone, "compare", "october.json", "november.json", "--plan", "plan.json")
	for _, want := range []string{"1 workload resized", "1 workload moved", "moves are done", "The plan plan.json"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	out, _ = b.run(t, exitDone, "compare", "october.json", "october.json", "--lang", "fr")
	if !strings.Contains(out, "Rien n'a changé.") {
		t.Errorf("it prints %s", out)
	}
	out, _ = b.run(t, exitDone, "compare", "october.json", "november.json", "--output", "json")
	var r struct {
		Changes []struct{ Kind, What, ID string }
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil || len(r.Changes) != 2 {
		t.Errorf("%v: %s", err, out)
	}
	b.run(t, exitDone, "plan", "--sample", "capacity", "-o", "other.json")
	_, errs := b.run(t, exitError, "compare", "october.json", "november.json", "--plan", "other.json")
	if !strings.Contains(errs, "other.json is the plan of another estate") {
		t.Errorf("it says %s", errs)
	}
	_, errs = b.run(t, exitError, "compare", "october.json", "november.json", "--output", "html")
	if !strings.Contains(errs, "--output html") {
		t.Errorf("it says %s", errs)
	}
}
