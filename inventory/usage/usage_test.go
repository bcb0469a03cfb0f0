package usage_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/inventory/usage"
)

func estate() *inventory.Estate {
	return &inventory.Estate{
		Version: 1,
		Hosts: []inventory.Host{
			{ID: "etatcivil", Name: "ETATCIVIL", Role: inventory.Standalone}, {ID: "esx1", Name: "esx1.example", Role: inventory.Hypervisor},
			{ID: "twin", Name: "twin", Role: inventory.Standalone}, {ID: "twin-2", Name: "twin", Role: inventory.Standalone},
		},
		Workloads: []inventory.Workload{
			{ID: "etatcivil-os", Name: "ETATCIVIL", Kind: inventory.Physical, Host: "etatcivil"},
			{ID: "twin-os", Name: "twin", Kind: inventory.Physical, Host: "twin"}, {ID: "twin-2-os", Name: "twin", Kind: inventory.Physical, Host: "twin-2"},
			{ID: "wiki", Name: "Wiki", Kind: inventory.VM, Host: "esx1"},
		},
	}
}

func tryRead(text string) (*usage.Table, error) {
	return usage.Read("in/use.csv", usage.Options{FS: fstest.MapFS{"in/use.csv": {Data: []byte(text)}}})
}

func enriched(t *testing.T, text string) *inventory.Estate {
	t.Helper()
	table, err := tryRead(text)
	if err != nil {
		t.Fatal(err)
	}
	e := estate()
	table.Enrich(e)
	return e
}

func TestEnrich(t *testing.T) {
	e := enriched(t, "Serveur;CPU moyenne (%);cpu_p95;cpu_max;memory_p95_gib;memory max;jours;rollup\n"+
		"etatcivil;4,1;10;45 %;3,1;3,5 GiB;30;5 min mean\n"+
		"esx1.example;20;;;;;;\n"+
		"wiki;;1,2 GHz;;;80;;\n")
	percent := inventory.PercentLevel
	want := inventory.Use{
		CPU:    inventory.Stat{Mean: percent(4.1), P95: percent(10), Max: percent(45), Days: 30, Rollup: "5 min mean"},
		Memory: inventory.Stat{P95: inventory.MiBLevel(3.1 * 1024), Max: inventory.MiBLevel(3.5 * 1024), Days: 30, Rollup: "5 min mean"},
	}
	w := e.Workloads[0]
	if w.Use != want {
		t.Errorf("got %+v", w.Use)
	}
	if diff := cmp.Diff([]inventory.Origin{{Source: "use", At: "use.csv", Line: 2, Fields: []string{"use"}}}, w.From); diff != "" {
		t.Error(diff)
	}
	if got := e.Hosts[1].Use.CPU.Mean; got != percent(20) {
		t.Errorf("hypervisor: got %s", got)
	}
	if got := e.Workloads[3].Use; got.CPU.P95 != inventory.MHzLevel(1200) || got.Memory.Max != percent(80) {
		t.Errorf("guest: got %+v", got)
	}
	if len(e.Findings) != 0 || e.Sources[0].ID != "use" {
		t.Errorf("got %+v, %+v", e.Findings, e.Sources)
	}
}

func TestFindings(t *testing.T) {
	for name, c := range map[string]struct{ rows, code string }{
		"no such machine":    {"nobody;5;6\n", "use-unmatched"},
		"two of that name":   {"twin;5;6\n", "use-unmatched"},
		"two rows":           {"wiki;5;6\nWIKI;7;8\n", "row-twice"},
		"more than all":      {"wiki;5;140\n", "use-unreadable"},
		"negative":           {"wiki;-5;\n", "use-unreadable"},
		"words":              {"wiki;idle;\n", "use-unreadable"},
		"memory as CPU":      {"wiki;3 GiB;\n", "use-unreadable"},
		"formula":            {"wiki;=1+1;\n", "use-unreadable"},
		"p95 above maximum":  {"wiki;50;40\n", "use-doubtful"},
		"no name":            {";5;6\n", "row-without-machine"},
		"a formula for name": {"=A1;5;6\n", "row-without-machine"},
	} {
		e := enriched(t, "machine;cpu_p95;cpu_max\n"+c.rows)
		if len(e.Findings) != 1 || e.Findings[0].Code != c.code || e.Findings[0].At != "use.csv" || e.Findings[0].Line < 2 {
			t.Errorf("%s: got %+v, want one %s with its place", name, e.Findings, c.code)
		}
	}
}

func TestAnIDTellsTwinsApart(t *testing.T) {
	e := enriched(t, "machine,cpu_p95\ntwin-2,7\n")
	if got := e.Workloads[2].Use.CPU.P95; got != inventory.PercentLevel(7) {
		t.Errorf("got %q and %+v", got, e.Findings)
	}
}

func TestReadFails(t *testing.T) {
	for text, want := range map[string]string{"": "empty", "a;b\n1;2\n": "no column with the machine's name", "machine;b\n1;2\n": "no column of use"} {
		if _, err := tryRead(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if _, err := usage.Read("nowhere.csv", usage.Options{}); err == nil {
		t.Error("a missing file is no error")
	}
}

func TestRecognise(t *testing.T) {
	for head, want := range map[string]bool{
		"machine;cpu_mean\nx;1": true, "VM,memory_p95_gib\n": true, "machine;site\n": false, "": false, "<a>": false, "machine;memory_p95_ghz\n": false,
	} {
		if got := usage.Recognise([]byte(head), "x"); got != want {
			t.Errorf("%q: got %v", head, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("machine;cpu_mean;memory_p95_gib\nwiki;4,1;3,1\n")
	f.Add("sep=,\nvm,cpu max,samples\nwiki,1 GHz,99\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := tryRead(text)
		if err != nil {
			return
		}
		e := estate()
		table.Enrich(e)
		var out bytes.Buffer
		if err := inventory.EncodeYAML(&out, e); err != nil {
			t.Fatal(err)
		}
		if _, err := inventory.Decode[inventory.Estate](bytes.NewReader(out.Bytes()), "estate"); err != nil {
			t.Fatalf("the estate written cannot be read: %v\n%s", err, out.String())
		}
	})
}
