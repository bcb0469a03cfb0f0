package carbon_test

import (
	"testing"

	"sobre/carbon"
	"sobre/inventory"
)

func percent(v float64) inventory.Use {
	return inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(v)}}
}

func TestEstateScenario(t *testing.T) {
	cpu := inventory.CPU{Sockets: 1, Cores: 10, Clock: inventory.MHz(2000)}
	mhz := inventory.Use{CPU: inventory.Stat{Mean: inventory.MHzLevel(1000)}}
	e := &inventory.Estate{
		Sites: []inventory.Site{{Name: "room", Country: "PL", PUE: 1.5}},
		Hosts: []inventory.Host{
			{ID: "measured", Use: percent(30), CPU: cpu}, {ID: "guests", CPU: cpu}, {ID: "physical", CPU: cpu}, {ID: "unknown", CPU: cpu},
			{ID: "off", CPU: cpu, State: inventory.HostOff},
		},
		Workloads: []inventory.Workload{
			{ID: "a", Host: "guests", Kind: inventory.VM, VCPUs: 4, Use: percent(50)}, {ID: "b", Host: "guests", Kind: inventory.VM, VCPUs: 2, Use: mhz},
			{ID: "c", Host: "guests", Kind: inventory.VM, VCPUs: 8, Use: percent(100), State: inventory.Off},
			{ID: "d", Host: "physical", Kind: inventory.Physical, Use: percent(7)}, {ID: "e", Host: "unknown", VCPUs: 4},
		},
		Chassis: []inventory.Chassis{{ID: "enc", Model: "c7000"}},
	}
	s, sites := carbon.EstateScenario(e)
	for i, want := range []float64{0.30, 0.25, 0.07, 0.10, 0} {
		near(t, "load of "+s.Hosts[i].Host.ID, s.Hosts[i].Load, want, 1e-12)
	}
	if s.Hosts[4].State != carbon.Standby || len(s.Chassis) != 1 || sites[0].Country != "PL" {
		t.Errorf("got %+v, %+v", s, sites)
	}
	r, err := carbon.Of(s, carbon.Settings{Draws: 1, Sites: sites})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "kWh of a host on standby", r.Hosts[2].Before.EnergyKWh.Best, carbon.StandbyWatts*8.76, 1e-9)
	tenants := carbon.Tenants(e.Workloads, e.Hosts)
	if len(tenants) != 4 {
		t.Fatalf("%d tenants, want the 4 workloads that run", len(tenants))
	}
	near(t, "work of a", tenants[0].Used, 0.2, 1e-12)
}
