package verify_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// FuzzCheck feeds plans and estates that anyone may have edited: the referee
// answers, whatever they hold.
func FuzzCheck(f *testing.F) {
	tn := newTown()
	var p, e bytes.Buffer
	if inventory.EncodeJSON(&p, tn.plan) != nil || inventory.EncodeJSON(&e, tn.estate) != nil {
		f.Fatal("cannot write the seed")
	}
	f.Add(p.String(), e.String())
	f.Add(strings.ReplaceAll(p.String(), "a1", "a2"), e.String())
	f.Add(p.String(), strings.ReplaceAll(e.String(), "128 GiB", "-1 GiB"))
	f.Add(strings.ReplaceAll(p.String(), "4", "999999999999"), e.String())
	f.Fuzz(func(t *testing.T, planText, estateText string) {
		p, err := inventory.Decode[plan.Plan](strings.NewReader(planText), "plan")
		if err != nil {
			return
		}
		e, err := inventory.Decode[inventory.Estate](strings.NewReader(estateText), "estate")
		if err != nil {
			return
		}
		verify.Check(p, e, verify.Options{Catalogue: newCatalogue(), Nodes: 1000, Draws: 1})
	})
}

// TestMutatedPlans changes values of the plan at random, deeper than a fuzzer
// of bytes gets: every answer is a report, and a wrong place never passes.
func TestMutatedPlans(t *testing.T) {
	tn := newTown()
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		var tree any
		text, err := json.Marshal(tn.plan)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &tree); err != nil {
			t.Fatal(err)
		}
		for range 1 + random.IntN(4) {
			tree = mutate(random, tree)
		}
		text, err = json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		p := new(plan.Plan)
		if json.Unmarshal(text, p) != nil {
			continue
		}
		r := verify.Check(p, tn.estate, verify.Options{Catalogue: tn.catalogue, Nodes: 1000, Draws: 1})
		if r.OK() && len(p.Placements) != len(tn.plan.Placements) {
			t.Fatalf("%d placements pass for %d: %s", len(p.Placements), len(tn.plan.Placements), text)
		}
	}
}

// mutate changes one value somewhere below v.
func mutate(r *rand.Rand, v any) any {
	strange := []any{nil, "", "a1", "new-1", "va1", -1.0, 0.0, 1e12, 7.0, true, []any{}, map[string]any{}}
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 || r.IntN(8) == 0 {
			return strange[r.IntN(len(strange))]
		}
		keys := slices.Sorted(maps.Keys(v)) // the same mutations on every run
		key := keys[r.IntN(len(keys))]
		v[key] = mutate(r, v[key])
		return v
	case []any:
		if len(v) == 0 || r.IntN(6) == 0 {
			return strange[r.IntN(len(strange))]
		}
		n := r.IntN(len(v))
		if r.IntN(4) == 0 {
			return append(v[:n:n], v[n+1:]...)
		}
		v[n] = mutate(r, v[n])
		return v
	}
	return strange[r.IntN(len(strange))]
}
