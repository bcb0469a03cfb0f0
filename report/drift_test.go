package report_test

import (
	"bytes"
	"strings"
	"testing"

	"sobre/carbon"
	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/planner/drift"
	"sobre/report"
	"sobre/wording"
)

// TestDrift shows a comparison with every kind of sentence, in both languages.
func TestDrift(t *testing.T) {
	day, err := inventory.ParseDate("2026-10-02")
	if err != nil {
		t.Fatal(err)
	}
	r := &drift.Report{
		Old: drift.Month{Name: "hall", Collected: day, Hosts: 8, Workloads: 50, VCPUs: 304, Memory: 1_429_504, Energy: carbon.Exactly(20_902), CO2e: carbon.Exactly(1085), Cost: carbon.Exactly(3971)},
		New: drift.Month{Name: "hall\x1b[31m", Hosts: 7, Workloads: 50, VCPUs: 308, Memory: 1_454_080, Energy: carbon.Exactly(19_155), CO2e: carbon.Exactly(1086), Cost: carbon.Exactly(3619)},
		Changes: []drift.Change{
			{Kind: drift.OfHost, What: drift.Removed, ID: "esx-8", From: "Dell R640"},
			{Kind: drift.OfWorkload, What: drift.Resized, ID: "db\x1b[2J|1", Field: "memory", From: "8 GiB", To: "16 GiB"},
			{Kind: drift.OfWorkload, What: drift.Resized, ID: "db2", Field: "vcpus", From: "2", To: "4"},
		},
		FromPlan: &drift.FromPlan{
			Moves: 20, Done: 12, Pending: 7, Elsewhere: []drift.Stray{{Workload: "w", Planned: "a", At: "b"}},
			StillOn: []drift.Left{{Host: "old-1"}, {Host: "old-2"}}, Unplanned: []string{"new"}, Gone: []string{"gone"}, NotIn: []string{"esx-9"},
			Open: drift.Gap{Hosts: 2, Energy: 4500, CO2e: -230, Cost: 860},
		},
	}
	for name, l := range map[string]*wording.Language{"en": wording.English(), "fr": wording.French()} {
		for form, markdown := range map[string]bool{"": false, "-markdown": true} {
			var text bytes.Buffer
			if err := (report.Drift{Language: l, Currency: "EUR", Plan: "plan.json", Markdown: markdown}).Write(&text, r); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/drift-"+name+form+".golden", text.Bytes())
			if strings.Contains(text.String(), "\x1b") {
				t.Errorf("%s%s: an escape of the terminal passes", name, form)
			}
		}
	}
}
