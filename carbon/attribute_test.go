package carbon_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"sobre/carbon"
	"sobre/inventory"
)

// bladesIn makes n blades in a chassis.
func bladesIn(chassis string, n int, load float64) carbon.Scenario {
	s := carbon.Scenario{Chassis: []carbon.ChassisLoad{{ID: chassis}}}
	for i := range n {
		h := exactly(fmt.Sprintf("bl-%s-%02d", chassis, i), 60, 90)
		h.Chassis = chassis
		s.Hosts = append(s.Hosts, carbon.HostLoad{Host: h, Load: load})
	}
	return s
}

func TestSharesSumToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := bladesIn("a", rapid.IntRange(1, 6).Draw(t, "blades"), 0.3)
		s.Hosts[0].Bought = true
		var tenants []carbon.Tenant
		for i := range rapid.IntRange(0, 20).Draw(t, "workloads") {
			tenants = append(tenants, carbon.Tenant{
				ID: fmt.Sprint(i), Host: rapid.SampledFrom(s.Hosts).Draw(t, "host").Host.ID, Service: rapid.SampledFrom([]string{"", "town", "water"}).Draw(t, "service"),
				Allocated: rapid.Float64Range(0, 10).Draw(t, "allocated"), Used: rapid.Float64Range(0, 10).Draw(t, "used"),
			})
		}
		r, err := carbon.Of(s, carbon.Settings{Draws: 100})
		if err != nil {
			t.Fatal(err)
		}
		var kwh, kg, made float64
		for _, p := range carbon.ByService(r.Attribute(tenants, false)) {
			kwh += p.EnergyKWh.Best
			kg += p.CO2eKg.High
			made += p.EmbodiedKg.Best
		}
		for what, pair := range map[string][2]float64{
			"kWh": {kwh, r.Before.EnergyKWh.Best}, "kg": {kg, r.Before.CO2eKg.High}, "manufacture": {made, r.Before.EmbodiedKgPerYear.Best},
		} {
			if d := pair[0] - pair[1]; d > 1e-9*pair[1] || d < -1e-9*pair[1] {
				t.Fatalf("%s of all shares is %v, of the whole %v", what, pair[0], pair[1])
			}
		}
	})
}

func TestIdleByAllocationTheRestByUse(t *testing.T) {
	host := exactly("bl-1", 100, 110)
	r, err := carbon.Of(carbon.Scenario{Hosts: []carbon.HostLoad{{Host: host, Load: 0.1}}}, carbon.Settings{Draws: 1})
	if err != nil {
		t.Fatal(err)
	}
	shares := r.Attribute([]carbon.Tenant{{ID: "big", Host: "bl-1", Allocated: 3, Used: 0}, {ID: "busy", Host: "bl-1", Allocated: 1, Used: 5}}, false)
	whole := r.Before.EnergyKWh.Best
	near(t, "big", shares[0].EnergyKWh.Best/whole, 75.0/110, 1e-9)
	near(t, "busy", shares[1].EnergyKWh.Best/whole, 35.0/110, 1e-9)
}

func TestChassisIsChargedOnce(t *testing.T) {
	kWh := func(n int) float64 {
		r, err := carbon.Of(bladesIn("a", n, 0), carbon.Settings{Draws: 1})
		if err != nil {
			t.Fatal(err)
		}
		return r.Before.ITEnergyKWh.Best / 8.76
	}
	near(t, "W of one blade", kWh(1), 60+150, 1e-9)
	near(t, "W of four blades", kWh(4), 4*60+150, 1e-9)
	full, err := carbon.Of(bladesIn("a", 8, 0.1), carbon.Settings{Draws: 1})
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < 8; n++ {
		r, err := carbon.Of(bladesIn("a", n, 0.1), carbon.Settings{Draws: 1})
		if err != nil {
			t.Fatal(err)
		}
		if r.Hosts[0].Before.EnergyKWh.Best < full.Hosts[0].Before.EnergyKWh.Best {
			t.Errorf("a blade among %d draws less than one among 8", n)
		}
	}
	emptied, err := carbon.Compare(bladesIn("a", 4, 0.1), carbon.Scenario{Chassis: bladesIn("a", 0, 0).Chassis}, carbon.Settings{Draws: 1})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "W after the chassis is empty", emptied.After.ITEnergyKWh.Best, 0, 1e-9)
}

func TestTrajectoryStartsAtPowerOff(t *testing.T) {
	before, after := twentyToThree(0.054)
	r, err := carbon.Compare(before, after, carbon.Settings{Draws: 50, Horizon: 2.5})
	if err != nil {
		t.Fatal(err)
	}
	off := map[string]float64{}
	for _, h := range before.Hosts {
		off[h.Host.ID] = 1.5
	}
	years, err := r.Trajectory(carbon.Pace{Off: off, GridChange: -0.5})
	if err != nil || len(years) != 3 {
		t.Fatalf("%d years, %v", len(years), err)
	}
	if years[0].EnergyKWh.Best >= 0 {
		t.Errorf("old and new run side by side in year 1, yet it saves %v", years[0].EnergyKWh)
	}
	near(t, "kWh of the last half year", years[2].EnergyKWh.Best, r.Saving.EnergyKWh.Best/2, 1e-6)
	near(t, "kg of the last half year", years[2].CO2eKg.Best, r.Saving.CO2eKg.Best/2/4, 1e-6)
	near(t, "cumulated", years[2].CumulatedKg.Best, years[0].CO2eKg.Best+years[1].CO2eKg.Best+years[2].CO2eKg.Best, 1e-6)
	if _, err := r.Trajectory(carbon.Pace{GridChange: -2}); err == nil {
		t.Error("a grid factor below zero was taken")
	}
}

func TestSensitivities(t *testing.T) {
	before, after := twentyToThree(0.054)
	r, err := carbon.Compare(before, after, carbon.Settings{Draws: 10, FixedShare: inventory.Percent(40)})
	if err != nil {
		t.Fatal(err)
	}
	saving := map[string]float64{}
	for _, s := range r.Sensitivities {
		saving[s.ID] = s.Saving
	}
	plain := r.Sensitivities[0].Against
	if !(saving["constant-pue"] > plain && saving["left-idle"] < saving["standby"] && saving["standby"] < plain && saving["rebound"] < plain && saving["refresh"] > plain) {
		t.Errorf("out of order around %.0f: %v", plain, saving)
	}
	near(t, "overstated by a constant PUE", saving["constant-pue"]/plain, 1.8/1.48, 1e-9)
}

func TestIndicatorIsWhole(t *testing.T) {
	before, after := twentyToThree(0.054)
	after.Hosts[0].Bought = true
	r, err := carbon.Compare(before, after, carbon.Settings{Draws: 10})
	if err != nil {
		t.Fatal(err)
	}
	ind := r.Indicator(carbon.Subject{Perimeter: "20 servers", Period: "2026"})
	if ind.REEN.ServersBefore != 20 || ind.REEN.ServersAfter != 3 || ind.REEN.ServersRetired != 20 {
		t.Errorf("counts %+v", ind.REEN)
	}
	near(t, "t of item 2.1", ind.BEGES.Item21Before.Best, r.Before.LocationKg.Best/1000, 1e-12)
	if len(ind.Factors) != 1 || ind.Factors[0].ID != "grid.FR.ademe" || len(ind.Rungs) != 1 || len(ind.RGESN) != 2 || ind.RGESN[0].Met || !ind.RGESN[1].Met {
		t.Errorf("indicator %+v", ind)
	}
	if _, err := json.Marshal(ind); err != nil {
		t.Error(err)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}

func TestRoomWithoutHostsIsSharedToo(t *testing.T) {
	r, err := carbon.Compare(bladesIn("a", 2, 0.1), carbon.Scenario{}, carbon.Settings{Draws: 1})
	if err != nil {
		t.Fatal(err)
	}
	shares := r.Attribute(nil, true)
	if len(shares) != 1 || r.After.EnergyKWh.Best <= 0 || shares[0].EnergyKWh != r.After.EnergyKWh {
		t.Errorf("shares %+v of %+v", shares, r.After.EnergyKWh)
	}
}
