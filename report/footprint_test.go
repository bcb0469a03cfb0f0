package report_test

import (
	"bytes"
	"strings"
	"testing"

	"sobre/carbon"
	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/report"
	"sobre/wording"
)

// asIs is the footprint of two servers, one of them with a name that a
// spreadsheet would run.
func asIs(t *testing.T) *report.AsIs {
	t.Helper()
	hosts := []inventory.Host{
		{ID: "old-1", Site: "hall", Power: inventory.HostPower{Idle: inventory.Watts(180), Max: inventory.Watts(260)}},
		{ID: "old-2", Site: "hall", Power: inventory.HostPower{Mean: inventory.Watts(200)}},
	}
	e := &inventory.Estate{Name: "Ville | d'Essai", Hosts: hosts}
	r, err := carbon.Of(carbon.Scenario{Hosts: []carbon.HostLoad{{Host: hosts[0], Load: 0.1}, {Host: hosts[1], Load: 0.1}}}, carbon.Settings{
		Draws: 200, Water: 0.6, Contract: inventory.GramsPerKWh(12), Reuse: inventory.Percent(10), Sites: []carbon.Site{{Name: "hall", Country: "FR", PUE: 1.4}},
	})
	if err != nil {
		t.Fatal(err)
	}
	shares := r.Attribute([]carbon.Tenant{{ID: "a", Host: "old-1", Service: "roads", Allocated: 1, Used: 1}, {ID: "=b()", Host: "old-2", Service: "schools", Allocated: 1, Used: 1}}, false)
	a := &report.AsIs{
		Name: e.Name, Currency: "EUR", Contract: true, Factors: r.Factors, Services: carbon.ByService(shares), Shares: shares,
		Assumptions: r.Assumptions, Tornado: r.Tornado, Indicator: r.Indicator(carbon.Subject{Perimeter: "2 servers in service", Period: "a year of 8,760 h"}),
	}
	a.FillTotals(e, r.Before)
	return a
}

func TestFootprintIsShownInEveryForm(t *testing.T) {
	a := asIs(t)
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		var out bytes.Buffer
		for _, write := range []func() error{
			func() error { return report.FootprintScreen(&out, a, l) },
			func() error { return report.FootprintMarkdown(&out, a, l) },
			func() error { return report.FootprintCSV(&out, a, l) },
		} {
			if err := write(); err != nil {
				t.Fatal(err)
			}
			out.WriteString("---\n")
		}
		if strings.Contains(out.String(), "\n=b()") {
			t.Error("a formula stands at the start of a cell")
		}
		golden.Compare(t, "testdata/footprint."+l.Code+".golden", out.Bytes())
	}
}
