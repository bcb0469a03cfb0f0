package samples_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"sobre/inventory"
	"sobre/inventory/ocs"
	"sobre/inventory/table"
	"sobre/inventory/usage"
	"sobre/planner/plan"
	"sobre/samples"
)

// open opens a sample and checks that all it names is there and readable.
func open(t *testing.T, name string) (samples.Sample, fs.FS) {
	t.Helper()
	s, files, err := samples.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return s, files
}

func decode[T any](t *testing.T, files fs.FS, path string) *T {
	t.Helper()
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

func mulhouse(t *testing.T) *inventory.Estate {
	t.Helper()
	s, files := open(t, "mulhouse")
	e, err := ocs.Read(t.Context(), s.Inventory, ocs.Options{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	m, err := table.ReadMapping(files, s.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	register, err := table.Read(s.Register, table.Options{Mapping: m, FS: files})
	if err != nil {
		t.Fatal(err)
	}
	register.Enrich(e)
	use, err := usage.Read(s.Use, usage.Options{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	use.Enrich(e)
	return e
}

func TestMulhouseIsWhatItsReadMeSays(t *testing.T) {
	e := mulhouse(t)
	var lot, measured, pinned, licensed int
	for _, w := range e.Workloads {
		if w.Labels["lot"] == "1" {
			lot++
		}
		if !w.Use.IsZero() {
			measured++
		}
		if len(w.Pins) > 0 {
			pinned++
		}
		if len(w.Licences) > 0 {
			licensed++
		}
	}
	got := map[string]int{"hosts": len(e.Hosts), "workloads": len(e.Workloads), "sites": len(e.Sites), "chassis": len(e.Chassis),
		"lot 1": lot, "measured": measured, "pinned": pinned, "licensed": licensed}
	want := map[string]int{"hosts": 60, "workloads": 60, "sites": 4, "chassis": 2, "lot 1": 24, "measured": 38, "pinned": 3, "licensed": 13}
	for k, n := range want {
		if got[k] != n {
			t.Errorf("%s: got %d, want %d", k, got[k], n)
		}
	}
	for _, h := range e.Hosts {
		if h.CPU.Cores == 0 || !h.CPU.Clock.Known() || !h.Memory.Known() || !h.Disk.Known() {
			t.Errorf("%s lacks a figure that a plan needs: %+v, %s, %s", h.ID, h.CPU, h.Memory, h.Disk)
		}
		if h.Site == "" && h.ID != "srv-maj" {
			t.Errorf("%s has no site", h.ID)
		}
	}
}

func TestMulhouseHasTheOdditiesOfARealBase(t *testing.T) {
	found := map[string]bool{}
	e := mulhouse(t)
	for _, f := range e.Findings {
		found[f.Code] = true
		if f.Severity == inventory.Error {
			t.Errorf("the sample has an error: %+v", f)
		}
	}
	for _, code := range []string{"machine-twice", "machine-stale", "kind-uncertain", "filled-from-model", "memory-unused", "encoding-assumed",
		"virtual-hint-ignored", "workstations-left-out", "host-not-in-register", "row-unmatched"} {
		if !found[code] {
			t.Errorf("no finding %s", code)
		}
	}
	if found["use-unmatched"] || found["identity-shared"] || found["cores-unknown"] {
		t.Errorf("findings that the sample is not meant to give: %v", found)
	}
}

func TestVCenterIsWhatItsReadMeSays(t *testing.T) {
	s, files := open(t, "vcenter")
	e := decode[inventory.Estate](t, files, s.Inventory[0])
	hosts := map[string]float64{}
	for _, h := range e.Hosts {
		hosts[h.ID] = h.Memory.MiB()
	}
	states := map[inventory.WorkloadState]int{}
	for _, w := range e.Workloads {
		states[w.State]++
		if _, ok := hosts[w.Host]; !ok {
			t.Errorf("%s runs on the unknown host %q", w.ID, w.Host)
		}
		if w.State == inventory.On {
			hosts[w.Host] -= w.Memory.MiB()
		}
	}
	for id, left := range hosts {
		if left < 0 {
			t.Errorf("%s holds %v MiB more than it has", id, -left)
		}
	}
	if len(e.Hosts) != 34 || len(e.Workloads) != 792 || len(e.Clusters) != 4 || len(e.Chassis) != 3 || states[inventory.Template] != 12 || states[inventory.Suspended] != 3 {
		t.Errorf("got %d hosts, %d workloads, %d clusters, %d chassis, %v", len(e.Hosts), len(e.Workloads), len(e.Clusters), len(e.Chassis), states)
	}
}

func TestRulesNameMachinesThatExist(t *testing.T) {
	for _, s := range samples.List() {
		_, files := open(t, s.Name)
		var e *inventory.Estate
		if s.Register != "" {
			e = mulhouse(t)
		} else {
			// A capacity file is an estate with more; every estate reads as one.
			c := decode[plan.Capacity](t, files, s.Inventory[0])
			e = &c.Estate
		}
		p := policyOf(t, s, files)
		for _, r := range append(p.Rules, e.Rules...) {
			for _, pattern := range append(append(append(append(r.Apart, r.Together...), r.Only...), r.Never...), r.Stay...) {
				if !anyWorkload(e, pattern) {
					t.Errorf("%s: rule %q names %q, which no workload is called", s.Name, r.Name, pattern)
				}
			}
		}
	}
}

// policyOf is the policy of a sample, or the one in its capacity file.
func policyOf(t *testing.T, s samples.Sample, files fs.FS) *plan.Policy {
	t.Helper()
	if s.Policy != "" {
		return decode[plan.Policy](t, files, s.Policy)
	}
	c := decode[plan.Capacity](t, files, s.Inventory[0])
	if c.Policy == nil {
		t.Fatalf("%s has no policy", s.Name)
	}
	return c.Policy
}

func anyWorkload(e *inventory.Estate, pattern string) bool {
	for _, w := range e.Workloads {
		if inventory.Matches(pattern, w.ID, w.Name) {
			return true
		}
	}
	return false
}

func TestCataloguesAndPoliciesAreValid(t *testing.T) {
	for _, s := range samples.List() {
		_, files := open(t, s.Name)
		for _, path := range s.Catalogues {
			c := decode[inventory.Catalogue](t, files, path)
			chassis := map[string]bool{"": true}
			for _, m := range c.Chassis {
				chassis[m.Name] = true
			}
			for _, m := range c.Hosts {
				if known, ok := inventory.LookUpCPU(m.CPU.Model); !ok || known.Cores*m.CPU.Sockets != m.CPU.Cores {
					t.Errorf("%s/%s: %s has %d cores, the table of processors says %d × %d", s.Name, path, m.Name, m.CPU.Cores, m.CPU.Sockets, known.Cores)
				}
				if !chassis[m.Chassis] {
					t.Errorf("%s/%s: %s needs the unknown chassis %q", s.Name, path, m.Name, m.Chassis)
				}
			}
		}
		p := policyOf(t, s, files).WithDefaults()
		if err := p.Validate(); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
}

func TestOpenNamesWhatThereIs(t *testing.T) {
	if _, _, err := samples.Open("paris"); err == nil || !strings.Contains(err.Error(), "mulhouse, vcenter") {
		t.Errorf("got %v", err)
	}
}

func TestSizeAndReadMe(t *testing.T) {
	total := 0
	err := fs.WalkDir(samples.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(samples.FS(), path)
		total += len(data)
		if bytes.Contains(data, []byte("\x00\x00\x00\x00")) {
			t.Errorf("%s is no text", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > 1_500_000 {
		t.Errorf("the samples weigh %d bytes, which every binary carries", total)
	}
	for _, s := range samples.List() {
		_, files := open(t, s.Name)
		if text, err := fs.ReadFile(files, "README.md"); err != nil || len(text) < 1000 {
			t.Errorf("%s explains itself in %d bytes: %v", s.Name, len(text), err)
		}
	}
}
