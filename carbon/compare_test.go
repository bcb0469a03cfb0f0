package carbon_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sobre/carbon"
	"sobre/inventory"
)

// exactly makes a host whose power at two loads is given.
func exactly(id string, idle, at10 float64) inventory.Host {
	return inventory.Host{ID: id, Model: id[:3], Power: inventory.HostPower{Points: []inventory.PowerPoint{
		{Load: inventory.Percent(0), Power: inventory.Watts(idle)},
		{Load: inventory.Percent(10), Power: inventory.Watts(at10)},
	}}}
}

// twentyToThree is the worked example: 20 old servers at 8 % load move to 3 new ones.
func twentyToThree(load float64) (before, after carbon.Scenario) {
	for i := range 20 {
		before.Hosts = append(before.Hosts, carbon.HostLoad{Host: exactly(fmt.Sprintf("old-%02d", i), 180, 190), Load: 0.08})
	}
	for i := range 3 {
		after.Hosts = append(after.Hosts, carbon.HostLoad{Host: exactly(fmt.Sprintf("new-%d", i), 44.9, 88.4), Load: load})
	}
	return before, after
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s = %.6f, want %.6f", what, got, want)
	}
}

func TestWorkedExample(t *testing.T) {
	load := carbon.CarryLoad(20*0.08*308_847, carbon.Overhead, 3*3_341_589)
	near(t, "load of a new server in %", load*100, 5.4223, 0.00005)
	before, after := twentyToThree(load)
	near(t, "W of an old server", carbon.PowerOf(before.Hosts[0].Host).At(0.08), 188, 1e-9)
	near(t, "W of a new server", carbon.PowerOf(after.Hosts[0].Host).At(load), 68.487, 0.0005)

	constant := carbon.Settings{Draws: 1, FixedShare: inventory.Percent(0)}
	r, err := carbon.Compare(before, after, constant)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "kWh of IT before", r.Before.ITEnergyKWh.Best, 32_937.6, 0.05)
	near(t, "kWh of IT after", r.After.ITEnergyKWh.Best, 1_799.836, 0.0005)
	near(t, "kWh saved", r.Saving.EnergyKWh.Best, 56_047.975, 0.0005)
	near(t, "kgCO2e saved", r.Saving.CO2eKg.Best, 2_908.890, 0.0005)

	split := carbon.Settings{Draws: 1, FixedShare: inventory.Percent(40), Sites: []carbon.Site{{Other: 9000 - 3760}}}
	r, err = carbon.Compare(before, after, split)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "W saved, split", r.Saving.EnergyKWh.Best/8.76, 5_260.718, 0.0005)
	room := carbon.SplitPUE(1.8, 0.4, 9000)
	near(t, "F", room.Fixed, 2880, 1e-9)
	near(t, "alpha", room.Slope, 0.48, 1e-9)
	near(t, "PUE after", room.PUE(9000-3760+205.461), 2.0089, 0.00005)
	near(t, "W saved, constant", 1.8*(r.Before.ITEnergyKWh.Best-r.After.ITEnergyKWh.Best)/8.76, 6_398.171, 0.0005)
	near(t, "load of a new server in %, carrying percent instead of work", 100*20*0.08/3, 53.33, 0.005)
}

func TestCompareIsTheSameEveryTime(t *testing.T) {
	before, after := twentyToThree(0.05)
	first, err := carbon.Compare(before, after, carbon.Settings{Draws: 500, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	second, err := carbon.Compare(before, after, carbon.Settings{Draws: 500, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, second, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Error(diff)
	}
}

// TestSampleAgreesWithClosedForm holds the Monte Carlo against the product of
// independent log-normals: power (one host), PUE, grid factor.
func TestSampleAgreesWithClosedForm(t *testing.T) {
	host := inventory.Host{ID: "a", Power: inventory.HostPower{Mean: inventory.Watts(200)}, Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(10)}}}
	r, err := carbon.Of(carbon.Scenario{Hosts: []carbon.HostLoad{{Host: host, Load: 0.1}}},
		carbon.Settings{FixedShare: inventory.Percent(0), PUE: 4, Seed: 1, Draws: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	power, pue, grid := math.Log(1.05), math.Log(1.15), math.Log(1.10)
	sigma := math.Sqrt(power*power + pue*pue + grid*grid)
	median := 200 * 8.76 * 4 * 0.0519 * math.Exp(-power*power/4) // a host's own half of the doubt has mean 1
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"P5", r.Before.CO2eKg.Low, median * math.Exp(-1.644854*sigma)},
		{"P50", r.Before.CO2eKg.Best, median},
		{"P95", r.Before.CO2eKg.High, median * math.Exp(1.644854*sigma)},
	} {
		near(t, c.what, c.got/c.want, 1, 0.006)
	}
}

func TestBeforeAndAfterShareTheirDraws(t *testing.T) {
	before, after := twentyToThree(0.054)
	after.Hosts = append(after.Hosts, before.Hosts[2:]...)
	r, err := carbon.Compare(before, after, carbon.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	apart := r.Before.ITEnergyKWh.High - r.After.ITEnergyKWh.Low
	if r.Saving.ITEnergyKWh.High-r.Saving.ITEnergyKWh.Low > 0.3*apart {
		t.Errorf("saving %+v is as wide as the difference of independent figures (%.0f)", r.Saving.ITEnergyKWh, apart)
	}
}

// TestSparesDrawTheirIdleWatts holds that a host without load, a standby and an
// unplugged one draw idle power, the management controller's and none.
func TestSparesDrawTheirIdleWatts(t *testing.T) {
	for _, c := range []struct {
		state carbon.State
		watts float64
	}{{carbon.On, 180}, {"", 180}, {carbon.Standby, carbon.StandbyWatts}, {carbon.Off, 0}} {
		r, err := carbon.Of(carbon.Scenario{Hosts: []carbon.HostLoad{{Host: exactly("old-1", 180, 190), State: c.state}}}, carbon.Settings{Draws: 1})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "W of a host in state "+string(c.state), r.Before.ITEnergyKWh.Best/8.76, c.watts, 1e-9)
	}
}

func TestNothingChangedSavesNothing(t *testing.T) {
	before, _ := twentyToThree(0.05)
	r, err := carbon.Compare(before, before, carbon.Settings{Draws: 200})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "kWh saved", r.Saving.EnergyKWh.High, 0, 1e-6)
	near(t, "kWh saved, low", r.Saving.EnergyKWh.Low, 0, 1e-6)
	near(t, "kg saved", r.Saving.TotalKg.Best, 0, 1e-6)
}

func TestTornado(t *testing.T) {
	before, after := twentyToThree(0.05)
	asIs, err := carbon.Of(before, carbon.Settings{Draws: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range asIs.Tornado {
		if s.ID == "fixed-share" {
			t.Errorf("the split of the overhead moves the estate as it is: %+v", s)
		}
		if s.ID == "grid.FR.ademe" {
			near(t, "swing of the grid factor", s.High/s.Low, math.Pow(1.10, 2*1.6448536), 1e-6)
		}
	}
	r, err := carbon.Compare(before, after, carbon.Settings{Draws: 10})
	if err != nil {
		t.Fatal(err)
	}
	width := math.Inf(1)
	ids := map[string]bool{}
	for _, s := range r.Tornado {
		ids[s.ID] = true
		if w := math.Abs(s.High - s.Low); w > width {
			t.Errorf("%s is wider than the one before", s.ID)
		} else {
			width = w
		}
	}
	for _, a := range r.Assumptions {
		if a.Low < a.Value && !ids[a.ID] {
			t.Errorf("assumption %s is uncertain, yet not in the tornado", a.ID)
		}
	}
}

func TestProfileAveragesPowerNotLoad(t *testing.T) {
	curved := inventory.Host{ID: "a", Year: 2019, Power: inventory.HostPower{Idle: inventory.Watts(100), Max: inventory.Watts(500)}}
	kWh := func(h carbon.HostLoad) float64 {
		r, err := carbon.Of(carbon.Scenario{Hosts: []carbon.HostLoad{h}}, carbon.Settings{Draws: 1})
		if err != nil {
			t.Fatal(err)
		}
		return r.Before.ITEnergyKWh.Best
	}
	even := kWh(carbon.HostLoad{Host: curved, Load: 0.25, Profile: []float64{0.25, 0.25}})
	near(t, "an even profile", even, kWh(carbon.HostLoad{Host: curved, Load: 0.25}), 1e-9)
	peaky := kWh(carbon.HostLoad{Host: curved, Profile: []float64{0, 0, 0, 1}})
	near(t, "three hours idle, one full", peaky/8.76, (3*100+500)/4.0, 1e-9)
	if peaky >= even {
		t.Errorf("%.0f kWh for a peaky load, %.0f for an even one: a curve that rises fast at first says otherwise", peaky, even)
	}
}

func TestPaybackSaysNever(t *testing.T) {
	old := carbon.Scenario{Hosts: []carbon.HostLoad{{Host: exactly("old-1", 100, 110), Load: 0.1}}}
	worse := carbon.Scenario{Hosts: []carbon.HostLoad{{Host: exactly("new-1", 300, 310), Load: 0.1, Bought: true, Embodied: inventory.Kilograms(1000)}}}
	r, err := carbon.Compare(old, worse, carbon.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Payback.NeverPaysBack || !r.Payback.BeyondLife || r.Saving.TotalKg.High > 0 || r.NetKg.Best >= 0 {
		t.Errorf("a plan that emits more looks good: %+v, saving %+v", r.Payback, r.Saving.TotalKg)
	}
	better := carbon.Scenario{Hosts: []carbon.HostLoad{{Host: exactly("new-1", 30, 31), Load: 0.1, Bought: true, Embodied: inventory.Kilograms(100), Lifetime: inventory.Years(5)}}}
	r, err = carbon.Compare(old, better, carbon.Settings{Draws: 1, Country: "PL"})
	if err != nil {
		t.Fatal(err)
	}
	factor, _ := carbon.GridFactor("PL", 0)
	near(t, "payback", r.Payback.Years.Best, 100/(r.Saving.EnergyKWh.Best*factor.Grams/1000), 1e-9)
	near(t, "embodied a year", r.After.EmbodiedKgPerYear.Best, 20, 1e-9)
}

func TestPropertiesOfAComparison(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "hosts")
		var all carbon.Scenario
		for i := range n {
			idle := rapid.Float64Range(20, 400).Draw(t, "idle")
			all.Hosts = append(all.Hosts, carbon.HostLoad{
				Host: exactly(fmt.Sprintf("host-%02d", i), idle, idle*1.2), Load: rapid.Float64Range(0, 1).Draw(t, "load"),
			})
		}
		settings := carbon.Settings{
			Draws: 64, Seed: rapid.Uint64().Draw(t, "seed"), Country: rapid.SampledFrom([]string{"FR", "PL", "RE"}).Draw(t, "country"),
		}
		factor, err := carbon.GridFactor(settings.Country, 0)
		if err != nil {
			t.Fatal(err)
		}
		settings.Contract = inventory.GramsPerKWh(factor.Grams)
		last := carbon.Result{}
		for kept := n; kept >= 0; kept-- {
			r, err := carbon.Compare(all, carbon.Scenario{Hosts: all.Hosts[:kept]}, settings)
			if err != nil {
				t.Fatal(err)
			}
			if r.Saving.EnergyKWh.Low < last.Saving.EnergyKWh.Low-1e-6 || r.Saving.EnergyKWh.Best < last.Saving.EnergyKWh.Best-1e-6 {
				t.Fatalf("retiring host %d lowers the saving: %+v after %+v", kept, r.Saving.EnergyKWh, last.Saving.EnergyKWh)
			}
			if kept > 0 && r.After.PUE.Best < r.Before.PUE.Best-1e-9 {
				t.Fatalf("PUE fell from %v to %v as IT load fell", r.Before.PUE, r.After.PUE)
			}
			if r.Before.LocationKg != r.Before.MarketKg || r.Saving.LocationKg != r.Saving.MarketKg {
				t.Fatalf("location %+v is not market %+v with equal factors", r.Saving.LocationKg, r.Saving.MarketKg)
			}
			last = r
		}
	})
}

func TestCompareRefusesNonsense(t *testing.T) {
	host := carbon.HostLoad{Host: inventory.Host{ID: "a"}}
	one := carbon.Scenario{Hosts: []carbon.HostLoad{host}}
	tests := map[string]struct {
		scenario carbon.Scenario
		settings carbon.Settings
	}{
		"NaN load":        {carbon.Scenario{Hosts: []carbon.HostLoad{{Load: math.NaN()}}}, carbon.Settings{}},
		"negative load":   {carbon.Scenario{Hosts: []carbon.HostLoad{{Load: -1}}}, carbon.Settings{}},
		"host twice":      {carbon.Scenario{Hosts: []carbon.HostLoad{host, host}}, carbon.Settings{}},
		"PUE below 1":     {one, carbon.Settings{PUE: 0.5}},
		"NaN PUE":         {one, carbon.Settings{PUE: math.NaN()}},
		"no such country": {one, carbon.Settings{Country: "FX"}},
		"market bare":     {one, carbon.Settings{Method: carbon.Market}},
		"too many draws":  {one, carbon.Settings{Draws: 1 << 40}},
		"negative factor": {one, carbon.Settings{Factor: inventory.GramsPerKWh(-1)}},
		"negative making": {carbon.Scenario{Hosts: []carbon.HostLoad{{Embodied: inventory.Kilograms(-1)}}}, carbon.Settings{}},
		"negative frame":  {carbon.Scenario{Chassis: []carbon.ChassisLoad{{Power: inventory.ChassisPower{Fixed: inventory.Watts(-1)}}}}, carbon.Settings{}},
		"site PUE":        {one, carbon.Settings{Sites: []carbon.Site{{Name: "x", PUE: 0.1}}}},
	}
	for name, tt := range tests {
		if _, err := carbon.Of(tt.scenario, tt.settings); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
