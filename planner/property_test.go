package planner_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"pgregory.net/rapid"

	"sobre/inventory"
	"sobre/planner/plan"
)

// TestMain fixes the seed of the estates that are drawn, so that the same
// change passes or fails the same way everywhere. To draw others:
// go test ./planner -run AnyEstate -rapid.seed=7 -rapid.checks=1000
func TestMain(m *testing.M) {
	flag.Parse()
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for name, value := range map[string]string{"rapid.seed": "2009", "rapid.checks": "60", "rapid.nofailfile": "true"} {
		if given[name] {
			continue
		}
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// TestAnyEstateGivesAPlanThatTheRefereeAccepts draws small estates with
// everything mixed: clusters, standalone servers, pins, states, rules, models
// to buy, and policies.
func TestAnyEstateGivesAPlanThatTheRefereeAccepts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		e := drawEstate(rt)
		var c *inventory.Catalogue
		if rapid.Bool().Draw(rt, "catalogue") {
			c = blades()
			if rapid.Bool().Draw(rt, "stock") {
				stock := rapid.IntRange(0, 3).Draw(rt, "stock of blades")
				c.Hosts[0].Stock = &stock
			}
		}
		p := makePlan(rt, e, c, drawPolicy(rt))
		if len(p.Placements)+len(p.Unplaced)+len(p.Excluded) != len(e.Workloads) {
			rt.Fatalf("%d placed, %d unplaced, %d excluded of %d", len(p.Placements), len(p.Unplaced), len(p.Excluded), len(e.Workloads))
		}
		if p.Bound.Hosts > p.After.Hosts {
			rt.Fatalf("bound %d above %d hosts", p.Bound.Hosts, p.After.Hosts)
		}
		for _, u := range append(p.Unplaced, p.Excluded...) {
			if u.Reason == "" || u.What == "" {
				rt.Fatalf("%s has no reason", u.Workload)
			}
		}
	})
}

func drawEstate(t *rapid.T) *inventory.Estate {
	e := town(rapid.IntRange(0, 4).Draw(t, "servers"))
	e.Clusters = []inventory.Cluster{{ID: "a"}, {ID: "b"}}
	if rapid.Bool().Draw(t, "EVC") {
		e.Clusters[0].EVC = "intel-nehalem"
	}
	for _, id := range []string{"enc-1", "enc-2"} {
		e.Chassis = append(e.Chassis, inventory.Chassis{ID: id, Model: "c7000", Slots: 8, Site: "hall", Power: inventory.ChassisPower{Fixed: inventory.Watts(180)}})
	}
	cluster := rapid.SampledFrom([]string{"a", "b", ""})
	for i := range rapid.IntRange(0, 5).Draw(t, "hypervisors") {
		h := inventory.Host{
			ID: fmt.Sprintf("esx-%d", i), Role: inventory.Hypervisor, Site: rapid.SampledFrom([]string{"hall", "hall", "annex"}).Draw(t, "site"), Cluster: cluster.Draw(t, "cluster"), Year: 2014,
			State: rapid.SampledFrom([]inventory.HostState{"", inventory.HostOn, inventory.HostOff, inventory.HostMaintenance}).Draw(t, "state"),
			CPU: inventory.CPU{
				Model:   rapid.SampledFrom([]string{"Intel Xeon E5-2680", "Intel Xeon E5-2680", "Intel Xeon X5650", "AMD EPYC 7351", "mystery"}).Draw(t, "processor"),
				Sockets: rapid.SampledFrom([]int{2, 2, 2, 0}).Draw(t, "sockets"), Cores: 16, Threads: 32, Clock: inventory.MHz(2700),
			},
			Memory: rapid.SampledFrom([]inventory.Size{inventory.GiB(32), inventory.GiB(64), {}}).Draw(t, "memory"),
		}
		if rack := rapid.SampledFrom([]string{"", "r1", "r2"}).Draw(t, "rack"); rack != "" {
			h.Labels = map[string]string{"rack": rack}
		}
		if enclosure := rapid.SampledFrom([]string{"", "enc-1", "enc-2"}).Draw(t, "enclosure"); enclosure != "" {
			h.Chassis, h.Slot = enclosure, i+1
		}
		e.Hosts = append(e.Hosts, h)
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "guests") {
		e.Workloads = append(e.Workloads, drawGuest(t, e, i))
	}
	for range rapid.IntRange(0, 3).Draw(t, "rules") {
		e.Rules = append(e.Rules, drawRule(t, e))
	}
	return e
}

func drawGuest(t *rapid.T, e *inventory.Estate, i int) inventory.Workload {
	w := inventory.Workload{
		ID: fmt.Sprintf("vm-%d", i), Kind: inventory.VM,
		State:  rapid.SampledFrom([]inventory.WorkloadState{"", inventory.On, inventory.Off, inventory.Suspended, inventory.Template}).Draw(t, "vm state"),
		Class:  rapid.SampledFrom([]inventory.Class{"", "", "", "", inventory.Agent, inventory.Placeholder}).Draw(t, "class"),
		VCPUs:  rapid.IntRange(0, 8).Draw(t, "vcpus"),
		Memory: inventory.GiB(float64(rapid.IntRange(0, 40).Draw(t, "GiB"))),
	}
	if len(e.Hosts) > 0 && rapid.IntRange(0, 5).Draw(t, "homed") > 0 {
		h := e.Hosts[rapid.IntRange(0, len(e.Hosts)-1).Draw(t, "home")]
		if h.Role == inventory.Hypervisor {
			w.Host, w.Cluster = h.ID, h.Cluster
		}
	}
	if rapid.Bool().Draw(t, "measured") {
		w.Use.CPU.P95 = inventory.PercentLevel(float64(rapid.IntRange(0, 100).Draw(t, "p95")))
		w.Use.CPU.Now = inventory.MHzLevel(float64(rapid.IntRange(0, 5000).Draw(t, "MHz")))
	}
	if n := rapid.SampledFrom([]int{0, 0, 24, 24, 168}).Draw(t, "profile"); n > 0 {
		busyAt(&w, n, func(hour int) bool { return hour/8%3 == i%3 })
	}
	if w.Host != "" && rapid.IntRange(0, 7).Draw(t, "pinned") == 0 {
		w.Pins = []inventory.Pin{{Kind: inventory.PinPassthrough}}
	}
	return w
}

func drawRule(t *rapid.T, e *inventory.Estate) inventory.Rule {
	names := rapid.SliceOfN(rapid.SampledFrom([]string{"vm-0", "vm-1", "vm-2", "vm-3", "srv-00-os", "srv-01-os", "vm-*"}), 1, 3).Draw(t, "names")
	hosts := rapid.SliceOfN(rapid.SampledFrom([]string{"esx-0", "esx-1", "srv-00", "bl460c-g6", "esx-*"}), 1, 3).Draw(t, "hosts")
	r := inventory.Rule{Soft: rapid.IntRange(0, 4).Draw(t, "soft") == 0, Disabled: rapid.IntRange(0, 6).Draw(t, "disabled") == 0}
	by := rapid.SampledFrom([]inventory.Domain{"", inventory.ByHost, inventory.ByChassis, inventory.ByRack, inventory.BySite})
	switch rapid.IntRange(0, 9).Draw(t, "rule") {
	case 0:
		r.Apart, r.By = names, by.Draw(t, "by")
	case 5:
		r.AtMost, r.Of, r.By = rapid.IntRange(1, 3).Draw(t, "at most"), names, by.Draw(t, "by")
	case 6:
		r.Fence, r.HostsAtMost = names, rapid.IntRange(1, 3).Draw(t, "hosts at most")
	case 7:
		r.Physical = names
	case 8:
		r.NUMA = names
	case 9:
		r.Live = names
	case 1:
		r.Together = names[:min(2, len(names))]
	case 2:
		r.Only, r.Hosts = names, hosts
	case 3:
		r.Never, r.Hosts = names, hosts
	case 4:
		r.Stay = names
	}
	return r
}

func drawPolicy(t *rapid.T) plan.Policy {
	p := plan.Policy{
		Preset:   rapid.SampledFrom([]plan.Preset{plan.Prudent, plan.Standard, plan.Bold}).Draw(t, "preset"),
		Clusters: rapid.SampledFrom([]plan.ClusterPolicy{plan.KeepClusters, plan.MergeClusters}).Draw(t, "clusters"),
		Survive: &plan.Survive{
			Hosts: rapid.IntRange(0, 2).Draw(t, "survive"), Chassis: rapid.SampledFrom([]int{0, 0, 1}).Draw(t, "survive chassis"),
			Site: rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "survive site"),
		},
		Minimise: rapid.SampledFrom([][]plan.Objective{
			nil, {plan.Hosts}, {plan.Hosts, plan.Moves}, {plan.Energy}, {plan.Cost, plan.Hosts}, {plan.Carbon, plan.Moves}, {plan.NewHosts, plan.Hosts},
		}).Draw(t, "minimise"),
	}
	if rapid.IntRange(0, 2).Draw(t, "may stop") == 0 {
		p.Survive.MayStop = []string{"id=vm-1", "name=srv-01*", "id=vm-2"}
	}
	p.CPU.Compare = rapid.SampledFrom([]plan.Compare{plan.Throughput, plan.Clock}).Draw(t, "compare")
	if rapid.IntRange(0, 3).Draw(t, "limits of hosts") == 0 {
		p.Hosts.Min, p.Hosts.Max = rapid.IntRange(0, 3).Draw(t, "min"), rapid.IntRange(0, 5).Draw(t, "max")
	}
	if rapid.IntRange(0, 3).Draw(t, "grows") == 0 {
		p.Growth = plan.Growth{Rate: inventory.Percent(10), Years: 2, Services: map[string]inventory.Share{"": inventory.Percent(30)}}
	}
	if rapid.IntRange(0, 3).Draw(t, "by the hour") == 0 {
		p.CPU.Use = plan.Profiled
	}
	p.Memory.Use = rapid.SampledFrom([]plan.Measure{plan.Allocated, "p95"}).Draw(t, "memory use")
	if rapid.IntRange(0, 2).Draw(t, "retire") == 0 {
		p.Hosts.Retire = []string{"srv-01", "esx-1"}
	}
	if rapid.IntRange(0, 2).Draw(t, "keep") == 0 {
		p.Hosts.Keep = []string{"esx-0", "srv-02"}
	}
	if rapid.IntRange(0, 3).Draw(t, "scope") == 0 {
		p.Scope.Exclude = []string{"id=vm-1", "name=srv*"}
	}
	return p
}
