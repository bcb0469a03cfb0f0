package inventory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
)

func TestLookUpServer(t *testing.T) {
	for text, want := range map[string]string{
		"ProLiant DL380 G5": "ProLiant DL380 G5", "HP DL380 G5": "ProLiant DL380 G5", "HPE ProLiant DL380 Gen10": "ProLiant DL380 Gen10", "PowerEdge R740": "PowerEdge R740",
		"Dell Inc. PowerEdge R740xd": "PowerEdge R740xd", "IBM System x3650 -[7979C6G]-": "System x3650", "eserver xSeries 336 -[883721G]-": "xSeries 336",
		"ProLiant DL380": "", "PowerEdge": "", "": "", "VMware7,1": "", "UCSC-C220-M5SX": "",
	} {
		if got, ok := inventory.LookUpServer(text); got.Name != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", text, got.Name, want)
		}
	}
}

// TestServerModelsAreWhole reads every row and finds it by its own name.
func TestServerModelsAreWhole(t *testing.T) {
	list := inventory.ServerModels()
	if len(list) < 150 {
		t.Fatalf("%d models", len(list))
	}
	for _, m := range list {
		if got, ok := inventory.LookUpServer(m.Make + " " + m.Name); !ok || got.Name != m.Name {
			t.Errorf("%s is found as %q", m.Name, got.Name)
		}
		if m.Year < 2000 || m.Year > 2026 || m.Sockets < 1 || m.Form == "" || inventory.TableSource(m.Source) == "" {
			t.Errorf("%+v", m)
		}
	}
}

func TestProcessorsNameTheirSources(t *testing.T) {
	for _, m := range inventory.CPUModels() {
		if inventory.TableSource(m.Source) == "" {
			t.Errorf("%s is from %q", m.Name, m.Source)
		}
	}
}

func TestFillGaps(t *testing.T) {
	e := &inventory.Estate{Hosts: []inventory.Host{
		{ID: "a", Model: "ProLiant DL380 G5", CPU: inventory.CPU{Model: "Intel(R) Xeon(R) CPU E5-2650 v2 @ 2.60GHz", Sockets: 2}},
		{ID: "b", Model: "unheard of", CPU: inventory.CPU{Model: "Intel Xeon E5-2650 v2", Cores: 16}},
		{ID: "c", Model: "ProLiant DL380 G5", Year: 2008, CPU: inventory.CPU{Model: "no such processor", Sockets: 2}},
	}}
	e.FillGaps()
	type filled struct {
		Year, Cores, Threads int
		Clock                string
		Origins              []string
	}
	var got []filled
	for _, h := range e.Hosts {
		f := filled{h.Year, h.CPU.Cores, h.CPU.Threads, h.CPU.Clock.String(), nil}
		for _, o := range h.From {
			f.Origins = append(f.Origins, o.Method)
		}
		got = append(got, f)
	}
	want := []filled{
		{2006, 16, 32, "2.6 GHz", []string{"catalogue of hosts: launch of HPE ProLiant DL380 G5 (hpe)", "table of processors: Xeon E5-2650 v2 (intel)"}},
		{2013, 16, 0, "2.6 GHz", []string{"table of processors: launch of Xeon E5-2650 v2 (intel)", "table of processors: Xeon E5-2650 v2 (intel)"}},
		{2008, 0, 0, "", nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(e.Findings) != 4 || len(e.Sources) != 1 || e.Findings[0].Source != e.Sources[0].ID {
		t.Errorf("findings %+v, sources %+v", e.Findings, e.Sources)
	}
	if e.FillGaps(); len(e.Findings) != 4 {
		t.Errorf("filling twice gives %d findings", len(e.Findings))
	}
}

func FuzzLookUpServer(f *testing.F) {
	f.Add("HP ProLiant DL380 -[x")
	f.Fuzz(func(t *testing.T, s string) { inventory.LookUpServer(s) })
}
