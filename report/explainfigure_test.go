package report_test

import (
	"bytes"
	"strings"
	"testing"

	"sobre/carbon"
	"sobre/cost"
	"sobre/internal/golden"
	"sobre/planner/plan"
	"sobre/report"
	"sobre/wording"
)

// priced is the town with what its figures rest on.
func priced() *plan.Plan {
	p := town()
	p.Hosts[1].PowerFrom, p.Hosts[1].PowerRung = "power.exact-cpu.2-xeon-5160", "exact CPU"
	p.Assumptions = []carbon.Assumption{
		{ID: "cost.electricity", What: "Price of a kWh in the first year.", Value: 0.18, Unit: "EUR/kWh", Low: 0.18, High: 0.18, Source: "given in the policy"},
		{ID: "grid.FR.ademe", What: "Emission of one kWh of electricity in FR, location-based, 2024: consumption mix, flow-traced, life cycle.", Value: 51.9, Unit: "gCO2e/kWh", Low: 44, High: 61, Source: "ADEME, Base Empreinte, 2024", Link: "https://base-empreinte.ademe.fr/"},
		{ID: "power.exact-cpu.2-xeon-5160", What: "Power of 2 × Xeon 5160: 220 W idle, 335 W at full load, configuration counted.", Value: 232, Unit: "W at 10 % load", Low: 170, High: 318, Source: "SPEC, SPECpower_ssj2008", Count: 2},
	}
	bill := func(v, once float64) cost.Bill {
		return cost.Bill{Electricity: carbon.Exactly(v), PerYear: carbon.Exactly(v), Once: carbon.Exactly(once), Licences: carbon.Exactly(0)}
	}
	p.Cost = &cost.Result{Currency: "EUR", Before: bill(7949, 0), After: bill(2780, 21_600), Saving: bill(5169, -21_600), NPV: carbon.Exactly(1411)}
	p.Cost.After.ByModel = []cost.Purchase{{Model: "bl460c-g6", Count: 3, Sum: 12_600}}
	p.Cost.After.ByLicence = []cost.LicenceBill{{Name: "oracle", Units: 16, Owned: 16, PerYear: 70_400, Hosts: []string{"bl-01"}}}
	return p
}

func TestExplainedFigures(t *testing.T) {
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		var out bytes.Buffer
		for _, word := range []string{"co2e", "cost", "licences", "srv-01", "bl-01"} {
			ok, err := report.ExplainFigure(&out, priced(), l, word)
			if err != nil || !ok {
				t.Fatalf("%s: %t, %v", word, ok, err)
			}
			out.WriteString("\n---\n")
		}
		golden.Compare(t, "testdata/figures."+l.Code+".golden", out.Bytes())
	}
}

func TestEveryFigureUnfolds(t *testing.T) {
	for _, word := range report.Figures() {
		for _, p := range []*plan.Plan{priced(), {}} {
			var out bytes.Buffer
			if ok, err := report.ExplainFigure(&out, p, wording.English(), word); err != nil || !ok || out.Len() == 0 {
				t.Errorf("%s: %t, %v", word, ok, err)
			}
		}
	}
	var out strings.Builder
	if ok, err := report.ExplainFigure(&out, priced(), wording.English(), "no such thing"); ok || err != nil || out.Len() > 0 {
		t.Errorf("an unknown word is explained: %q, %v", out.String(), err)
	}
}
