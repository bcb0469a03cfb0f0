package carbon_test

import (
	"strings"
	"testing"

	"sobre/carbon"
	"sobre/inventory"
)

// TestEveryAssumptionIsExplained holds that net unfolds to all that a result
// rests on, so that no figure comes from nowhere.
func TestEveryAssumptionIsExplained(t *testing.T) {
	before, after := twentyToThree(0.05)
	before.Hosts = append(before.Hosts, carbon.HostLoad{Host: inventory.Host{ID: "z", Chassis: "c", CPU: xeon("Xeon 5110", 2)}, Load: 0.1})
	before.Chassis = []carbon.ChassisLoad{{ID: "c"}}
	after.Hosts[0].Bought = true
	after.Hosts = append(after.Hosts, carbon.HostLoad{Host: inventory.Host{ID: "y", Year: 2010}, State: carbon.Standby})
	r, err := carbon.Compare(before, after, carbon.Settings{Draws: 2})
	if err != nil {
		t.Fatal(err)
	}
	e, err := carbon.Explain("net", r.Assumptions)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var walk func(carbon.Explanation)
	walk = func(e carbon.Explanation) {
		if e.Formula.Formula == "" || e.Formula.Unit == "" || e.Formula.Reference == "" {
			t.Errorf("formula %+v is not whole", e.Formula)
		}
		for _, a := range e.Assumptions {
			seen[a.ID] = true
		}
		for _, p := range e.Parts {
			walk(p)
		}
	}
	walk(e)
	for _, a := range r.Assumptions {
		if !seen[a.ID] {
			t.Errorf("assumption %s is used by no formula", a.ID)
		}
	}
	if _, err := carbon.Explain("co2", nil); err == nil || !strings.Contains(err.Error(), `did you mean "co2e"?`) {
		t.Errorf("got %v", err)
	}
}

func TestOneSiteIsEverybodysSite(t *testing.T) {
	s := carbon.Scenario{Hosts: []carbon.HostLoad{{Host: exactly("old-1", 100, 110), Load: 0.1}}}
	r, err := carbon.Of(s, carbon.Settings{Draws: 1, Sites: []carbon.Site{{Name: "room", PUE: 1.2, Country: "PL"}}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "PUE", r.Before.PUE.Best, 1.2, 1e-9)
	if r.Factors[0].Country != "PL" {
		t.Errorf("factor of %s", r.Factors[0].Country)
	}
}

func TestMarketBesideLocation(t *testing.T) {
	s := carbon.Scenario{Hosts: []carbon.HostLoad{{Host: exactly("old-1", 100, 110), Load: 0.1}}}
	r, err := carbon.Of(s, carbon.Settings{Draws: 1, Method: carbon.Market, Factor: inventory.GramsPerKWh(10), Water: 0.4, Reuse: inventory.Percent(25)})
	if err != nil {
		t.Fatal(err)
	}
	f := r.Before
	near(t, "market", f.MarketKg.Best, f.EnergyKWh.Best*0.010, 1e-9)
	near(t, "location", f.LocationKg.Best, f.EnergyKWh.Best*0.0519, 1e-9)
	near(t, "headline", f.CO2eKg.Best, f.MarketKg.Best, 0)
	near(t, "water", f.WaterLitres.Best, f.ITEnergyKWh.Best*0.4, 1e-9)
	near(t, "reused", f.ReusedKWh.Best, f.EnergyKWh.Best*0.25, 1e-9)
	over, err := carbon.Of(s, carbon.Settings{Draws: 1, Factor: inventory.GramsPerKWh(10)})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "overridden", over.Before.CO2eKg.Best, f.EnergyKWh.Best*0.010, 1e-9)
}
