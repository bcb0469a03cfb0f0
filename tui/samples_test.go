package tui

import (
	"testing"

	"sobre/inventory"
	"sobre/inventory/open"
	"sobre/planner"
	"sobre/planner/plan"
	"sobre/samples"
	"sobre/wording"
)

// sample plans one of the embedded samples.
func sample(t *testing.T, name string) (*plan.Plan, *inventory.Estate) {
	t.Helper()
	s, files, err := samples.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	paths := s.Inventory
	for _, extra := range []string{s.Register, s.Use} {
		if extra != "" {
			paths = append(paths, extra)
		}
	}
	e, _, err := open.Estate(t.Context(), paths, open.Options{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	in := planner.Input{Estate: e}
	if len(s.Catalogues) > 0 {
		in.Catalogue = decode[inventory.Catalogue](t, name, s.Catalogues[0])
	}
	if s.Policy != "" {
		in.Policy = *decode[plan.Policy](t, name, s.Policy)
	}
	p, err := planner.Make(t.Context(), in, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p, e
}

func decode[T any](t *testing.T, sample, path string) *T {
	t.Helper()
	_, files, err := samples.Open(sample)
	if err != nil {
		t.Fatal(err)
	}
	f, err := files.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v, err := inventory.Decode[T](f, path)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestSamplesSpeakFrench holds that every sentence of the plans of the samples
// has a French form, and that all screens can show them.
func TestSamplesSpeakFrench(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many frames, with nothing running beside")
	}
	for _, s := range samples.List() {
		t.Run(s.Name, func(t *testing.T) {
			p, e := sample(t, s.Name)
			said := map[string]bool{p.Bound.Why: true}
			for _, u := range p.Unchecked {
				said[u] = true
			}
			for _, list := range [][]plan.Unplaced{p.Unplaced, p.Excluded, p.Failover.Lost} {
				for _, u := range list {
					said[u.What] = true
				}
			}
			for _, x := range p.Placements {
				said[x.Stays] = true
			}
			for _, x := range p.Findings {
				said[x.What], said[x.Do] = true, true
			}
			for _, a := range p.Assumptions {
				said[a.What] = true
			}
			for _, x := range p.Sensitivities {
				said[x.What] = true
			}
			for _, x := range p.Waves {
				said[x.Name], said[x.Rollback] = true, true
			}
			for _, x := range p.Tornado {
				said[x.What] = true
			}
			for _, x := range p.Sensitivities {
				said[x.What] = true
			}
			for _, x := range append(p.Indicator.Exclusions, p.Indicator.Perimeter, p.Indicator.Period, p.Indicator.Reference, p.Indicator.Method) {
				said[x] = true
			}
			delete(said, "")
			for sentence := range said {
				if !wording.Known(clean(sentence)) {
					t.Errorf("no French for %q", sentence)
				}
			}
			m := opened(t, p, e, wording.French(), 100, 30)
			for _, key := range screenKeys {
				press(m, key)
				checkSize(t, m)
			}
		})
	}
}
