package report_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"sobre/carbon"
	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/report"
	"sobre/wording"
)

// town is a plan of every kind of thing that the screen can show.
func town() *plan.Plan {
	about := func(v float64) carbon.Range { return carbon.Range{Low: v * 0.8, Best: v, High: v * 1.3} }
	day, _ := inventory.ParseDate("2009-11-02")
	payback := carbon.Range{Low: 0.4, Best: 0.7, High: 1.1}
	return &plan.Plan{
		Version: 1, Status: plan.Infeasible, Objective: []plan.Objective{plan.Hosts},
		Estate: plan.Subject{Name: "Ville d'Essai", Collected: day, Sites: 2, Workloads: 12},
		Bound:  plan.Bound{Hosts: 3, Binding: "memory"},
		Before: plan.Totals{Hosts: 12, Energy: about(44_164), CO2e: about(2_290), Cost: about(7_949)},
		After:  plan.Totals{Hosts: 3, Energy: about(15_447), CO2e: about(802), Cost: about(2_780), Embodied: about(3_973), Purchase: carbon.Exactly(21_600)},
		Saving: plan.Saving{Hosts: 9, Energy: about(28_411), CO2e: about(1_474), Cost: about(5_114), CarbonPayback: &payback, Worth: true},
		Hosts: []plan.Host{
			{ID: "srv-00", Model: "HP ProLiant DL380 G5", State: plan.Keep, Workloads: 1, Energy: about(2_035)},
			{ID: "srv-01", Model: "HP ProLiant DL380 G5", State: plan.Retire, Energy: about(2_035)},
			{ID: "bl-01", Model: "bl460c-g6", State: plan.Buy, Workloads: 10, Load: map[string]float64{"cpu": 0.34, "memory": 0.81}, Energy: about(1_400)},
			{ID: "bl-02", Model: "bl460c-g6", State: plan.Buy, Spare: true, Energy: about(1_200)},
		},
		Placements: []plan.Placement{
			{Workload: "srv-00-os", From: "srv-00", To: "srv-00", Stays: "pinned by usb dongle"},
			{Workload: "srv-01-os", From: "srv-01", To: "bl-01", Kind: "p2v"},
			{Workload: "a|b*c", From: "esx", To: "bl-01", Kind: "move"},
			{Workload: "=cmd()", To: "bl-01"},
		},
		Unplaced:    []plan.Unplaced{{Workload: "géant-os", Reason: "too-big", What: "needs 512.0 GiB of memory"}},
		Failover:    &plan.Failover{Hosts: 1, Replayed: 2, Lost: []plan.Unplaced{{Workload: "x", Reason: "no-room"}}},
		Unchecked:   []string{"network throughput and reachability", "disk throughput and latency (no source gives them)"},
		Policy:      plan.Policy{}.WithDefaults(),
		Assumptions: []carbon.Assumption{{ID: "grid.FR.ademe", Value: 51.9, Unit: "gCO2e/kWh"}},
	}
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	golden.Compare(t, filepath.Join("testdata", name+".golden"), []byte(got))
}

func TestScreensAndTables(t *testing.T) {
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		var screen, tables, markdown bytes.Buffer
		if err := (report.Screen{Language: l, Written: "plan.json"}).Write(&screen, town()); err != nil {
			t.Fatal(err)
		}
		if err := report.Tables(&tables, town(), l); err != nil {
			t.Fatal(err)
		}
		if err := report.Markdown(&markdown, town(), l); err != nil {
			t.Fatal(err)
		}
		compare(t, "screen-"+l.Code, screen.String())
		compare(t, "tables-"+l.Code, tables.String())
		compare(t, "markdown-"+l.Code, markdown.String())
		for _, text := range []string{screen.String(), tables.String()} {
			for _, line := range strings.Split(text, "\n") {
				if n := len([]rune(line)); n > 80 {
					t.Errorf("%d columns: %s", n, line)
				}
			}
		}
	}
}

func TestColourOnlyAddsToTheWords(t *testing.T) {
	var plain, coloured bytes.Buffer
	for out, colour := range map[*bytes.Buffer]bool{&plain: false, &coloured: true} {
		if err := (report.Screen{Language: wording.English(), Colour: colour}).Write(out, town()); err != nil {
			t.Fatal(err)
		}
	}
	stripped := strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(coloured.String())
	if coloured.String() == plain.String() || stripped != plain.String() {
		t.Error("colour changes the words, or there is none")
	}
}

func TestCSVDefusesFormulas(t *testing.T) {
	var out bytes.Buffer
	if err := report.CSV(&out, town()); err != nil {
		t.Fatal(err)
	}
	compare(t, "csv", out.String())
	if strings.Contains(out.String(), "\n=cmd()") {
		t.Error("a name is left as a formula")
	}
}

func TestYAMLHoldsTheFieldsOfJSON(t *testing.T) {
	var out bytes.Buffer
	if err := report.YAML(&out, town()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"energy_kwh_per_year:", "status: infeasible", "unplaced:"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in the YAML", want)
		}
	}
}
