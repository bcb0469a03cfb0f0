package cost_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
)

func eur(v float64) inventory.Money { return inventory.MakeMoney(v, "EUR") }

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
		t.Errorf("%s = %.6f, want %.6f", what, got, want)
	}
}

func TestCompare(t *testing.T) {
	before := cost.Scenario{
		Energy: carbon.Range{Low: 9_000, Best: 10_000, High: 11_000},
		Items:  []cost.Item{{ID: "a", RackUnits: 2}, {ID: "b", RackUnits: 2}},
	}
	after := cost.Scenario{
		Energy: carbon.Range{Low: 1_800, Best: 2_000, High: 2_200},
		Items:  []cost.Item{{ID: "n", Model: "blade", Kind: cost.Blade, Bought: true, Price: eur(4000)}, {ID: "e", Model: "frame", Kind: cost.Enclosure, RackUnits: 10, Bought: true}},
	}
	r, err := cost.Compare(before, after, carbon.Range{Low: 7_200, Best: 8_000, High: 8_800}, cost.Settings{
		Electricity: inventory.PerKWh(eur(0.20)), Rise: inventory.Percent(3), Discount: inventory.Percent(4), Horizon: 2,
		Maintenance: inventory.Percent(10), RackUnit: eur(50), Decommission: eur(30),
	})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "electricity before", r.Before.Electricity.Best, 2000)
	near(t, "space before", r.Before.Space.Best, 200)
	near(t, "maintenance after", r.After.Maintenance.Best, 400)
	near(t, "once after", r.After.Once.Best, 4000+60)
	near(t, "space after", r.After.Space.Best, 500)
	near(t, "saved a year", r.Saving.PerYear.Best, 1600+200-500-400)
	near(t, "payback", r.PaybackYears.Best, 4060.0/900)
	near(t, "longest payback", r.PaybackYears.High, 4060.0/(1440-700))
	npv := 1600/1.04 + 1600*1.03/(1.04*1.04) - 700/1.04 - 700/(1.04*1.04) - 4060
	near(t, "NPV", r.NPV.Best, npv)
	if diff := cmp.Diff([]string{"frame"}, r.Unpriced); diff != "" {
		t.Error(diff)
	}
	if r.NPV.Low >= r.NPV.Best || r.NPV.Best >= r.NPV.High {
		t.Errorf("NPV %+v is no range", r.NPV)
	}
}

func TestSpendingWithoutSavingNeverPays(t *testing.T) {
	after := cost.Scenario{Items: []cost.Item{{ID: "n", Model: "m", Bought: true, Price: eur(1)}}}
	r, err := cost.Compare(cost.Scenario{}, after, carbon.Range{Low: -1, Best: -1, High: -1}, cost.Settings{})
	if err != nil || !r.NeverPays || r.NPV.Best >= 0 {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestDefaultPriceIsInDoubt(t *testing.T) {
	energy := carbon.Range{Low: 90, Best: 100, High: 110}
	r, err := cost.Compare(cost.Scenario{Energy: energy}, cost.Scenario{}, energy, cost.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "bill", r.Before.Electricity.Best, 100*cost.DefaultTariff)
	if r.Before.Electricity.High < 1.4*r.Before.Electricity.Best || r.Assumptions[1].ID != "cost.electricity" || r.Assumptions[1].High <= cost.DefaultTariff {
		t.Errorf("a price nobody gave is taken as exact: %+v, %+v", r.Before.Electricity, r.Assumptions[1])
	}
}

func TestCompareRefusesNonsense(t *testing.T) {
	for name, s := range map[string]cost.Settings{
		"horizon":          {Horizon: -1},
		"discount":         {Discount: inventory.Percent(-60)},
		"rise":             {Rise: inventory.Percent(math.NaN())},
		"two currencies":   {RackUnit: inventory.MakeMoney(5, "CHF")},
		"licence unpriced": {Licences: []cost.Licence{{Name: "x", For: "x", Metric: cost.PerCore}}},
		"licence unnamed":  {Licences: []cost.Licence{{For: "x", Metric: cost.PerCore, Price: eur(1)}}},
		"licence in CHF":   {Licences: []cost.Licence{{Name: "x", For: "x", Metric: cost.PerCore, Price: inventory.MakeMoney(5, "CHF")}}},
	} {
		if _, err := cost.Compare(cost.Scenario{}, cost.Scenario{}, carbon.Range{}, s); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func vms(n int, w inventory.Workload) []inventory.Workload {
	list := make([]inventory.Workload, n)
	for i := range list {
		list[i] = w
	}
	return list
}

func TestLicenceRules(t *testing.T) {
	windows := inventory.Workload{OS: "Microsoft Windows Server 2019 (64-bit)", VCPUs: 4}
	oracle := inventory.Workload{Licences: []string{"oracle-ee"}, VCPUs: 8}
	esx := func(id string, sockets, cores int, w []inventory.Workload) cost.Machine {
		return cost.Machine{ID: id, Hypervisor: true, Sockets: sockets, Cores: cores, Cluster: "c", Workloads: w}
	}
	examples := exampleLicences(t)
	pick := func(names ...string) []cost.Licence {
		var list []cost.Licence
		for _, l := range examples {
			for _, n := range names {
				if l.Name == n {
					list = append(list, l)
				}
			}
		}
		return list
	}
	tests := map[string]struct {
		licences []cost.Licence
		machines []cost.Machine
		units    map[string]float64
	}{
		"VMware takes 16 cores for a CPU of 8":           {pick("vmware-core"), []cost.Machine{esx("a", 2, 16, nil)}, map[string]float64{"vmware-core": 32}},
		"VMware takes all cores of a CPU of 24":          {pick("vmware-core"), []cost.Machine{esx("a", 2, 48, nil), esx("b", 1, 24, nil)}, map[string]float64{"vmware-core": 72}},
		"VMware with the least order":                    {pick("vmware-core-order-72"), []cost.Machine{esx("a", 1, 16, nil)}, map[string]float64{"vmware-core-order-72": 72}},
		"one guest: Windows Standard":                    {pick("windows-standard", "windows-datacenter"), []cost.Machine{esx("a", 1, 8, vms(1, windows))}, map[string]float64{"windows-standard": 16}},
		"four guests: twice Windows Standard":            {pick("windows-standard", "windows-datacenter"), []cost.Machine{esx("a", 2, 20, vms(4, windows))}, map[string]float64{"windows-standard": 40}},
		"forty guests: Windows Datacenter":               {pick("windows-standard", "windows-datacenter"), []cost.Machine{esx("a", 2, 20, vms(40, windows))}, map[string]float64{"windows-datacenter": 20}},
		"Oracle counts each core of each reachable host": {pick("oracle-ee"), []cost.Machine{esx("a", 2, 16, vms(1, oracle)), esx("b", 2, 16, nil), {ID: "c", Hypervisor: true, Cluster: "d", Cores: 99}}, map[string]float64{"oracle-ee": 16}},
		"Red Hat counts pairs of sockets":                {pick("rhel"), []cost.Machine{esx("a", 1, 8, vms(3, inventory.Workload{OS: "Red Hat Enterprise Linux 8"}))}, map[string]float64{"rhel": 2}},
		"SQL Server takes 4 cores for a guest of 2":      {pick("sqlserver-standard-vm"), []cost.Machine{esx("a", 1, 8, []inventory.Workload{{Licences: []string{"sqlserver"}, VCPUs: 2}, {Licences: []string{"sqlserver"}, VCPUs: 6}})}, map[string]float64{"sqlserver-standard-vm": 10}},
		"nobody needs it":                                {pick("oracle-ee", "windows-standard", "rhel"), []cost.Machine{esx("a", 1, 8, nil)}, map[string]float64{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := map[string]float64{}
			for _, b := range cost.LicenceBills(tt.licences, tt.machines, 5) {
				got[b.Name] = b.Units
			}
			if diff := cmp.Diff(tt.units, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func exampleLicences(t *testing.T) []cost.Licence {
	t.Helper()
	licences, err := cost.Examples()
	if err != nil {
		t.Fatal(err)
	}
	return licences
}

func TestExamplesAreWhole(t *testing.T) {
	for _, l := range exampleLicences(t) {
		if err := l.Check(); err != nil {
			t.Error(err)
		}
		if !strings.Contains(l.Source, "price") {
			t.Errorf("%s does not say where its rule and its price are from: %q", l.Name, l.Source)
		}
	}
}

func TestConcentratingOracleNeverCostsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		oracle := cost.Licence{Name: "o", For: "oracle-ee", Metric: cost.PerCore, Factor: 0.5, Price: eur(1000)}
		w := inventory.Workload{Licences: []string{"oracle-ee"}}
		var spread, together []cost.Machine
		for range rapid.IntRange(1, 6).Draw(t, "hosts") {
			cores := rapid.IntRange(1, 64).Draw(t, "cores")
			spread = append(spread, cost.Machine{Cores: cores, Workloads: vms(2, w)})
			together = append(together, cost.Machine{Cores: cores})
		}
		together[0].Workloads = vms(2*len(spread), w)
		sum := func(machines []cost.Machine) (s float64) {
			for _, b := range cost.LicenceBills([]cost.Licence{oracle}, machines, 5) {
				s += b.PerYear
			}
			return s
		}
		if sum(together) > sum(spread) {
			t.Fatalf("%v together, %v spread", sum(together), sum(spread))
		}
	})
}
