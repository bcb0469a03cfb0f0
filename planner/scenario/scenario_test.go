package scenario_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/scenario"
	"sobre/planner/verify"
)

// town is standalone servers of 2007 and a catalogue of one blade.
func town(servers int) scenario.Input {
	e := &inventory.Estate{Version: inventory.Version, Name: "town", Sites: []inventory.Site{{Name: "hall", Country: "FR", PUE: 1.8}}}
	for i := range servers {
		id := fmt.Sprintf("srv-%02d", i)
		e.Hosts = append(e.Hosts, inventory.Host{
			ID: id, Role: inventory.Standalone, Site: "hall", Year: 2007,
			CPU:    inventory.CPU{Model: "Intel Xeon 5160", Sockets: 2, Cores: 4, Threads: 4, Clock: inventory.MHz(3000)},
			Memory: inventory.GiB(8), Disk: inventory.GiB(200),
		})
		e.Workloads = append(e.Workloads, inventory.Workload{
			ID: id + "-os", Kind: inventory.Physical, Host: id, VCPUs: 2, Memory: inventory.GiB(3), DiskUsed: inventory.GiB(40),
			Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(4), P95: inventory.PercentLevel(10), Max: inventory.PercentLevel(60)}},
		})
	}
	e.Workloads[0].Pins = []inventory.Pin{{Kind: inventory.PinUSB, Reason: "dongle"}}
	return scenario.Input{Estate: e, Open: func(string) (*inventory.Catalogue, error) { return nil, errors.New("no catalogue here") }, Catalogue: &inventory.Catalogue{Version: inventory.Version, Hosts: []inventory.HostModel{{
		Name: "blade", Year: 2009, Memory: inventory.GiB(48), Embodied: inventory.Kilograms(1000), Price: inventory.MakeMoney(4200, "EUR"),
		CPU: inventory.CPU{Model: "Intel Xeon E5540", Sockets: 2, Cores: 8, Threads: 16, Clock: inventory.MHz(2530)},
	}}}}
}

func run(t *testing.T, in scenario.Input, list ...scenario.Scenario) map[string]scenario.Outcome {
	t.Helper()
	outcomes, err := scenario.Run(context.Background(), in, list)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]scenario.Outcome{}
	for n, o := range outcomes {
		if o.Name != list[n].Name {
			t.Errorf("outcome %d is %q, want %q", n, o.Name, list[n].Name)
		}
		byName[o.Name] = o
		if s := list[n]; o.Failed == "" && !s.Nothing && s.Hosted == nil && s.Country == "" {
			catalogue := in.Catalogue
			if s.Catalogue == "none" {
				catalogue = nil
			}
			if r := verify.Check(o.Plan, in.Estate, verify.Options{Catalogue: catalogue}); !r.OK() {
				t.Errorf("%s: the referee says %+v", o.Name, r.Violations)
			}
		}
	}
	return byName
}

func TestFutures(t *testing.T) {
	in := town(12)
	price := inventory.MakeMoney(50, "EUR")
	got := run(t, in,
		scenario.Scenario{Name: "today", Nothing: true},
		scenario.Scenario{Name: "blades"},
		scenario.Scenario{Name: "as it is", Catalogue: "none"},
		scenario.Scenario{Name: "no spare", Policy: plan.Policy{Survive: &plan.Survive{}}},
		scenario.Scenario{Name: "germany", Country: "DE"},
		scenario.Scenario{Name: "cloud", Hosted: &scenario.Hosted{PerVM: price}},
		scenario.Scenario{Name: "broken", Catalogue: "missing.yaml"},
	)
	hosts := map[string]int{}
	for name, o := range got {
		hosts[name] = o.Hosts
	}
	// Eleven systems of 3 GiB go on two blades (one a spare); the dongle keeps one server.
	want := map[string]int{"today": 12, "blades": 3, "as it is": 12, "no spare": 2, "germany": 3, "cloud": 1, "broken": 0}
	if diff := cmp.Diff(want, hosts); diff != "" {
		t.Errorf("hosts (-want +got):\n%s", diff)
	}
	if a, b := got["germany"], got["blades"]; a.CO2e < 2*b.CO2e || a.Energy != b.Energy {
		t.Errorf("Germany: %.0f kg and %.0f kWh; France: %.0f kg and %.0f kWh", a.CO2e, a.Energy, b.CO2e, b.Energy)
	}
	if c := got["cloud"]; c.Hosted != 11 || !c.CO2eUnknown || c.Cost < 11*12*50 {
		t.Errorf("cloud: %+v", c)
	}
	if !strings.Contains(got["broken"].Failed, "no catalogue here") {
		t.Errorf("broken: %q", got["broken"].Failed)
	}
	if b := got["blades"]; b.Bought != 2 || b.Once != 8400 || b.Cost < 8400/5 || b.Waves == 0 {
		t.Errorf("blades: %+v", b)
	}
	if beaten := got["germany"].BeatenBy; len(beaten) == 0 || len(got["no spare"].BeatenBy) > 0 {
		t.Errorf("Germany is beaten by %v, no spare by %v", beaten, got["no spare"].BeatenBy)
	}
}

func TestPresetsTakeTheirOwnFigures(t *testing.T) {
	in := town(12)
	in.Policy = plan.Policy{CPU: plan.CPUPolicy{Use: plan.Max, Compare: plan.Clock}, Memory: plan.MemoryPolicy{Headroom: inventory.Percent(50)}}
	got := run(t, in, scenario.Presets()...)
	for preset, use := range map[string]plan.Measure{"prudent": plan.Max, "standard": "p95", "bold": plan.Mean} {
		p := got[preset].Plan.Policy
		if p.CPU.Use != use || p.CPU.Compare != plan.Clock || p.Memory.Headroom == inventory.Percent(50) {
			t.Errorf("%s: %+v %+v", preset, p.CPU, p.Memory)
		}
	}
	if in.Policy.CPU.Use != plan.Max {
		t.Error("the shared policy was changed")
	}
}

func TestUnknownCarbonBeatsNobody(t *testing.T) {
	list := []scenario.Outcome{
		{Name: "a", Hosts: 1, Cost: 1, CO2eUnknown: true}, {Name: "b", Hosts: 2, Cost: 2, CO2e: 2},
		{Name: "c", Hosts: 2, Cost: 2, CO2e: 3}, {Name: "d", Hosts: 0, Cost: 9, CO2e: 9, Unplaced: 3}, {Name: "e", Failed: "so"},
	}
	scenario.Judge(list)
	got := map[string][]string{}
	for _, o := range list {
		got[o.Name] = o.BeatenBy
	}
	want := map[string][]string{"a": nil, "b": nil, "c": {"b"}, "d": nil, "e": nil}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFilesThatMakeNoSense(t *testing.T) {
	for text, want := range map[string]string{
		"version: 1\n":                                                      "none is given",
		"version: 2\nscenarios: [{name: a}]\n":                              "version 2",
		"version: 1\nscenarios: [{about: x}]\n":                             "has no name",
		"version: 1\nscenarios: [{name: a}, {name: a}]\n":                   "stands twice",
		"version: 1\nscenarios: [{name: a, hosted: {once: 1 EUR}}]\n":       "has no price",
		"version: 1\nscenarios: [{name: a, nothing: true, catalogue: x}]\n": "does nothing",
		"version: 1\nscenarios: [{nam: a}]\n":                               "nam",
	} {
		f, err := inventory.Decode[scenario.File](strings.NewReader(text), "x.yaml")
		if err == nil {
			err = f.Validate()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
