package planner_test

import (
	"math"
	"testing"

	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
	"sobre/planner/plan"
)

func eur(v float64) inventory.Money { return inventory.MakeMoney(v, "EUR") }

// TestBillsAreWhole plans a town with every field of cost and holds each part
// of the bill against its arithmetic.
func TestBillsAreWhole(t *testing.T) {
	e := town(12)
	for i := range e.Workloads {
		e.Workloads[i].Service = []string{"roads", "schools", ""}[i%3]
		e.Workloads[i].OS = "Windows Server 2003"
	}
	e.Hosts[0].Price = eur(3000)
	policy := plan.Policy{Cost: plan.CostPolicy{
		Electricity: inventory.PerKWh(eur(0.20)), Rise: inventory.Percent(3), Maintenance: inventory.Percent(10), RackUnit: eur(40),
		Decommission: eur(25), Horizon: inventory.Years(4),
		Licences: []cost.Licence{{Name: "win", For: "windows-server", OS: []string{"*windows*server*"}, Metric: cost.PerCore, LeastPerHost: 16, Price: eur(5)}},
	}}
	p := makePlan(t, e, blades(), policy)
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-6*max(1, math.Abs(want)) {
			t.Errorf("%s is %.6f, want %.6f", what, got, want)
		}
	}
	b, a := p.Cost.Before, p.Cost.After
	near("electricity before", b.Electricity.Best, p.Before.Energy.Best*0.20)
	near("maintenance before", b.Maintenance.Best, 300)
	near("maintenance after", a.Maintenance.Best, 3*420+900) // three blades and an enclosure
	near("space before", b.Space.Best, 12*2*40)
	near("space after", a.Space.Best, 10*40)
	near("licences before", b.Licences.Best, 12*16*5)
	near("licences after", a.Licences.Best, 2*16*5) // the spare holds none
	near("once", a.Once.Best, 3*4200+9000+12*25)
	near("cost before", p.Before.Cost.Best, b.Electricity.Best+b.Maintenance.Best+b.Space.Best+b.Licences.Best)
	near("saving", p.Saving.Cost.Best, p.Cost.Saving.PerYear.Best)
	var before, after carbon.Range
	for _, s := range p.Services {
		before, after = before.Plus(s.Before.CO2e), after.Plus(s.After.CO2e)
	}
	near("services before", before.Best, p.Before.CO2e.Best)
	near("services after", after.High, p.After.CO2e.High)
	if len(p.Services) != 3 || p.Services[1].Name != "roads" || p.Services[1].Workloads != 4 || p.Services[1].Before.SCI.Best <= 0 {
		t.Errorf("services %+v", p.Services)
	}
	if len(p.Years) != 5 || p.Years[0].EmbodiedKg.Best != p.After.Embodied.Best || len(p.Sensitivities) < 5 || p.Indicator.REEN.ServersRetired != 12 {
		t.Errorf("%d years, first %+v, %d sensitivities, indicator %+v", len(p.Years), p.Years, len(p.Sensitivities), p.Indicator.REEN)
	}
}

// TestCarbonPolicyIsReached holds that each field of the policy moves a figure.
func TestCarbonPolicyIsReached(t *testing.T) {
	make := func(c plan.CarbonPolicy) *plan.Plan {
		return makePlan(t, town(6), blades(), plan.Policy{Carbon: c})
	}
	usual := make(plan.CarbonPolicy{})
	if c := make(plan.CarbonPolicy{Contract: inventory.GramsPerKWh(10)}); !(c.Before.Market.Best < c.Before.Location.Best) || c.Before.CO2e != c.Before.Location {
		t.Errorf("contract: market %v, location %v", c.Before.Market, c.Before.Location)
	}
	if c := make(plan.CarbonPolicy{FixedShare: inventory.Percent(0)}); !(c.Saving.Energy.Best > usual.Saving.Energy.Best*1.1) {
		t.Errorf("a constant PUE saves %v, a split one %v", c.Saving.Energy.Best, usual.Saving.Energy.Best)
	}
	if c := make(plan.CarbonPolicy{WUE: 1.5, HeatReuse: inventory.Percent(20)}); math.Abs(c.After.Water.Best-1.5*c.After.ITEnergy.Best) > 1e-6 || math.Abs(c.After.Reused.Best-0.2*c.After.Energy.Best) > 1e-6 {
		t.Errorf("water %v, heat %v", c.After.Water, c.After.Reused)
	}
	heated := make(plan.CarbonPolicy{HeatingShare: inventory.Percent(30), Heating: inventory.GramsPerKWh(230)})
	if len(heated.Sensitivities) != len(usual.Sensitivities)+1 {
		t.Errorf("no sensitivity for heating: %+v", heated.Sensitivities)
	}
	if c := make(plan.CarbonPolicy{Rebound: inventory.Percent(50)}); c.Sensitivities[1].Saving >= usual.Sensitivities[1].Saving {
		t.Errorf("rebound of 50 %%: %+v, of 20 %%: %+v", c.Sensitivities[1], usual.Sensitivities[1])
	}
	if c := make(plan.CarbonPolicy{GridChange: inventory.Percent(-10)}); math.Abs(c.Years[1].CO2eKg.Best-0.9*c.Saving.CO2e.Best) > 1e-6 {
		t.Errorf("second year saves %v of %v", c.Years[1].CO2eKg, c.Saving.CO2e)
	}
	if c := make(plan.CarbonPolicy{Year: 2021}); math.Abs(c.Before.CO2e.Best/usual.Before.CO2e.Best-56.9/51.9) > 1e-3 {
		t.Errorf("factor of 2021: %v, usual %v", c.Before.CO2e.Best, usual.Before.CO2e.Best)
	}
}

// TestProfileBendsThePower holds that a peaky course of the day draws other
// power than an even one of the same mean.
func TestProfileBendsThePower(t *testing.T) {
	e := town(1)
	even := makePlan(t, e, nil, plan.Policy{}).Before.ITEnergy.Best
	e.Workloads[0].Use.CPU.Mean = inventory.PercentLevel(40)
	flat := makePlan(t, e, nil, plan.Policy{}).Before.ITEnergy.Best
	for h := range 24 {
		level := 0.0
		if h < 10 {
			level = 96
		}
		e.Workloads[0].Profile.CPU = append(e.Workloads[0].Profile.CPU, inventory.PercentLevel(level))
	}
	peaky := makePlan(t, e, nil, plan.Policy{}).Before.ITEnergy.Best
	if peaky == flat || even >= flat {
		t.Errorf("even %v, flat %v, peaky %v kWh", even, flat, peaky)
	}
}

func TestPowerOffFollowsTheDates(t *testing.T) {
	day := func(s string) inventory.Date {
		d, err := inventory.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	off := plan.PowerOff([]plan.Wave{
		{Number: 1, Start: "2026-01-01T20:00", Freed: []string{"a"}, PowerOff: day("2026-01-01")},
		{Number: 2, Start: "2026-07-01T20:00", Freed: []string{"b"}, PowerOff: day("2027-01-01")},
		{Number: 3, Freed: []string{"c"}},
	})
	if len(off) != 2 || off["a"] != 0 || math.Abs(off["b"]-1) > 1e-9 {
		t.Errorf("power off at %v years", off)
	}
	if plan.PowerOff([]plan.Wave{{Freed: []string{"a"}}}) != nil {
		t.Error("waves without dates have a day")
	}
}
