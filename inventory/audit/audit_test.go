package audit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/inventory/audit"
)

func date(s string) inventory.Date {
	d, err := inventory.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func pct(v float64) inventory.Level { return inventory.PercentLevel(v) }

// series is a measured month.
func series(p95, max float64) inventory.Stat {
	return inventory.Stat{P95: pct(p95), Max: pct(max), Days: 30}
}

// server is a standalone server with its system.
func server(id string, change func(*inventory.Host, *inventory.Workload)) (inventory.Host, inventory.Workload) {
	h := inventory.Host{ID: id, Role: inventory.Standalone, CPU: inventory.CPU{Cores: 4, Clock: inventory.MHz(2000)}, Memory: inventory.GiB(8)}
	w := inventory.Workload{ID: id + "-os", Host: id, Kind: inventory.Physical, OS: "Debian 12", VCPUs: 4, Memory: inventory.GiB(8), Disk: inventory.GiB(100), Use: inventory.Use{CPU: series(8, 30)}}
	if change != nil {
		change(&h, &w)
	}
	return h, w
}

func of(change func(*inventory.Host, *inventory.Workload), more ...func(*inventory.Estate, *audit.Options)) *audit.Audit {
	h, w := server("a", change)
	e := &inventory.Estate{Version: 1, Collected: date("2026-11-01"), Hosts: []inventory.Host{h}, Workloads: []inventory.Workload{w}}
	var o audit.Options
	for _, f := range more {
		f(e, &o)
	}
	return audit.Of(e, o)
}

func TestCandidates(t *testing.T) {
	type H = inventory.Host
	type W = inventory.Workload
	stay := func(e *inventory.Estate, _ *audit.Options) {
		e.Rules = []inventory.Rule{{Stay: []string{"a*"}, Reason: "ISDN card"}}
	}
	accept := func(until string) func(*inventory.Estate, *audit.Options) {
		return func(_ *inventory.Estate, o *audit.Options) {
			o.Accepted = &audit.Accepted{Accept: []audit.Acceptance{{Machine: "a", Code: "usb", Owner: "M. Weiss", Until: date(until)}}}
		}
	}
	usb := func(_ *H, w *W) { w.Pins = []inventory.Pin{{Kind: inventory.PinUSB, Reason: "dongle"}} }
	tests := []struct {
		name    string
		change  func(*H, *W)
		more    []func(*inventory.Estate, *audit.Options)
		verdict audit.Verdict
		score   int
		codes   []string // for, then against
	}{
		{"measured and quiet", nil, nil, audit.Ready, 75, []string{"hardly-used"}},
		{"old, out of maintenance", func(h *H, _ *W) { h.Year, h.Maintained = 2016, date("2021-01-01") }, nil, audit.Ready, 100, []string{"hardly-used", "old", "out-of-maintenance"}},
		{"busy", func(_ *H, w *W) { w.Use.CPU = series(70, 100) }, nil, audit.Ready, 45, []string{"busy"}},
		{"not measured", func(_ *H, w *W) { w.Use = inventory.Use{} }, nil, audit.ToFix, 35, []string{"not-measured"}},
		{"one look", func(_ *H, w *W) { w.Use.CPU = inventory.Stat{Now: pct(2)} }, nil, audit.ToFix, 60, []string{"hardly-used", "one-look"}},
		{"measured on the host", func(h *H, w *W) { h.Use, w.Use = w.Use, inventory.Use{} }, nil, audit.Ready, 75, []string{"hardly-used"}},
		{"dongle", usb, nil, audit.Blocked, 25, []string{"hardly-used", "usb"}},
		{"dongle, accepted", usb, []func(*inventory.Estate, *audit.Options){accept("2027-01-01")}, audit.Ready, 75, []string{"hardly-used", "usb"}},
		{"dongle, no longer accepted", usb, []func(*inventory.Estate, *audit.Options){accept("2026-10-31")}, audit.Blocked, 25, []string{"hardly-used", "usb"}},
		{"a rule", nil, []func(*inventory.Estate, *audit.Options){stay}, audit.Blocked, 25, []string{"hardly-used", "stays"}},
		{"system ended, no disk", func(_ *H, w *W) { w.OS, w.Disk = "CentOS Linux 7 (Core)", inventory.Size{} }, nil, audit.ToFix, 55, []string{"hardly-used", "disk-unknown", "system-ended"}},
		{"switched off", func(h *H, _ *W) { h.State = inventory.HostOff }, nil, "", 0, nil},
		{"hypervisor", func(h *H, _ *W) { h.Role = inventory.Hypervisor }, nil, "", 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got audit.Candidate
			if list := of(tt.change, tt.more...).Candidates; len(list) > 0 {
				got = list[0]
			}
			var codes []string
			for _, r := range append(got.For, got.Against...) {
				codes = append(codes, r.Code)
			}
			if got.Verdict != tt.verdict || got.Score != tt.score {
				t.Errorf("%s, %d points; want %s, %d", got.Verdict, got.Score, tt.verdict, tt.score)
			}
			if diff := cmp.Diff(tt.codes, codes); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIdle(t *testing.T) {
	type W = inventory.Workload
	tests := []struct {
		name   string
		change func(*W)
		kind   string
		sure   bool
	}{
		{"working", func(*W) {}, "", false},
		{"idle for a month", func(w *W) { w.Use.CPU = series(2, 9) }, "idle", true},
		{"idle but for one peak", func(w *W) { w.Use.CPU = series(2, 80) }, "", false},
		{"nothing at all", func(w *W) { w.Use.CPU = series(1, 3) }, "zombie", true},
		{"idle for three days", func(w *W) { w.Use.CPU = inventory.Stat{P95: pct(1), Max: pct(2), Days: 3} }, "", false},
		{"idle for two weeks", func(w *W) { w.Use.CPU = inventory.Stat{P95: pct(1), Max: pct(2), Days: 14} }, "idle", false},
		{"one look", func(w *W) { w.Use.CPU = inventory.Stat{Now: pct(0)} }, "", false},
		{"off", func(w *W) { w.State = inventory.Off }, "off", true},
		{"a template", func(w *W) { w.State = inventory.Template }, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := of(func(_ *inventory.Host, w *W) { tt.change(w) })
			var got audit.Idle
			if len(a.Idle) > 0 {
				got = a.Idle[0]
			}
			if got.Kind != tt.kind || got.Sure != tt.sure {
				t.Errorf("%q, sure %t; want %q, %t (%v)", got.Kind, got.Sure, tt.kind, tt.sure, got.Evidence)
			}
		})
	}
}

// platform is two hypervisors of a cluster and one guest.
func platform(change func(*inventory.Estate)) *audit.Audit {
	e := &inventory.Estate{Version: 1, Collected: date("2026-11-01"), Clusters: []inventory.Cluster{{ID: "c", HA: inventory.HA{Enabled: true}}},
		Hosts: []inventory.Host{
			{ID: "h1", Role: inventory.Hypervisor, Cluster: "c", Chassis: "x", Memory: inventory.GiB(64), CPU: inventory.CPU{Cores: 16, Clock: inventory.MHz(2000)}},
			{ID: "h2", Role: inventory.Hypervisor, Cluster: "c", Chassis: "y", Memory: inventory.GiB(64), CPU: inventory.CPU{Cores: 16, Clock: inventory.MHz(2000)}},
		},
		Workloads: []inventory.Workload{{ID: "vm", Host: "h1", Kind: inventory.VM, VCPUs: 8, Memory: inventory.GiB(32), Use: inventory.Use{
			CPU: series(10, 22), Memory: inventory.Stat{P95: inventory.MiBLevel(4096), Max: inventory.MiBLevel(6144)}}}},
	}
	change(e)
	return audit.Of(e, audit.Options{})
}

func TestOversized(t *testing.T) {
	vm := func(change func(*inventory.Workload)) []audit.Oversized {
		return platform(func(e *inventory.Estate) { change(&e.Workloads[0]) }).Oversized
	}
	got := vm(func(*inventory.Workload) {})
	// Two vCPUs hold the peak of 22 % of eight; 6 GiB hold the peak of memory.
	if len(got) != 1 || got[0].BetterCPUs != 2 || got[0].BetterMiB != 6144 || got[0].Basis != "CPU p95 10 %, peak 22 %, memory p95 12.5 %, peak 18.8 %" {
		t.Errorf("%+v", got)
	}
	for name, change := range map[string]func(*inventory.Workload){
		"one look":        func(w *inventory.Workload) { w.Use = inventory.Use{CPU: inventory.Stat{Now: pct(1)}} },
		"fully used":      func(w *inventory.Workload) { w.Use = inventory.Use{CPU: series(60, 90), Memory: series(80, 90)} },
		"memory reserved": func(w *inventory.Workload) { w.Use.CPU, w.MemoryReservation = series(60, 90), inventory.GiB(32) },
		"off":             func(w *inventory.Workload) { w.State = inventory.Off },
	} {
		if got := vm(change); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestSinglePoints(t *testing.T) {
	tests := []struct {
		name   string
		change func(*inventory.Estate)
		want   []string // kinds
	}{
		{"all is well", func(*inventory.Estate) {}, nil},
		{"one host", func(e *inventory.Estate) { e.Hosts = e.Hosts[:1] }, []string{"cluster"}},
		{"HA off", func(e *inventory.Estate) { e.Clusters[0].HA.Enabled = false }, []string{"cluster"}},
		{"no cluster", func(e *inventory.Estate) { e.Hosts[0].Cluster = "" }, []string{"host"}},
		{"no room", func(e *inventory.Estate) { e.Workloads[0].Memory = inventory.GiB(65) }, []string{"cluster"}},
		{"one chassis", func(e *inventory.Estate) { e.Hosts[1].Chassis = "x" }, []string{"chassis"}},
		{"a disk of one host", func(e *inventory.Estate) {
			e.Datastores = []inventory.Datastore{{ID: "local", Hosts: []string{"h1"}}}
			e.Workloads[0].Datastores = []string{"local"}
		}, []string{"datastore"}},
		{"together against a rule", func(e *inventory.Estate) {
			e.Workloads = append(e.Workloads, inventory.Workload{ID: "vm2", Host: "h1", Kind: inventory.VM})
			e.Rules = []inventory.Rule{{Apart: []string{"vm*"}}}
		}, []string{"rule"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range platform(tt.change).Single {
				got = append(got, s.Kind)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestDistribution counts the levels of ten servers by hand.
func TestDistribution(t *testing.T) {
	e := &inventory.Estate{Version: 1}
	for i := range 10 {
		h, w := server(string(rune('a'+i)), func(_ *inventory.Host, w *inventory.Workload) {
			w.Use.CPU = inventory.Stat{P95: pct(float64(i * 5)), Max: pct(float64(50 + i)), Rollup: "5 min mean"}
			switch i {
			case 8:
				w.Use.CPU = inventory.Stat{Now: inventory.MHzLevel(4000)} // half of four cores at 2 GHz
			case 9:
				w.Use = inventory.Use{}
			}
		})
		e.Hosts, e.Workloads = append(e.Hosts, h), append(e.Workloads, w)
	}
	got := audit.Of(e, audit.Options{}).Use[0]
	f := func(v float64) *float64 { return &v }
	want := audit.Distribution{Resource: "cpu", Of: "physical", Machines: 10, Measured: 8, OneLook: 1, Median: f(20), P95: f(50), Max: f(57),
		Classes: [10]int{2, 2, 2, 2, 0, 1}, Rollups: []audit.Row{{Name: "5 min mean", N: 8}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestQuality(t *testing.T) {
	a := of(func(h *inventory.Host, _ *inventory.Workload) {
		h.From = []inventory.Origin{{Source: "s"}, {Source: "s", Fields: []string{"cpu.clock"}, Method: "table of processors: Xeon"}}
	}, func(e *inventory.Estate, o *audit.Options) {
		e.Findings = []inventory.Finding{{Code: "machine-stale", Subject: "a", What: "x"}}
		o.Conflicts = []audit.Conflict{{Kind: "host", ID: "a", Field: "memory"}}
	})
	want := map[string]audit.Field{
		"cpu.clock": {Of: "hosts", Field: "cpu.clock", Records: 1, Present: 1, Stale: 1, Defaulted: 1, Matters: "size"},
		"memory":    {Of: "hosts", Field: "memory", Records: 1, Present: 1, Stale: 1, Conflicting: 1, Matters: "size"},
		"year":      {Of: "hosts", Field: "year", Records: 1, Matters: "age and manufacture"},
	}
	for _, q := range a.Quality {
		if w, ok := want[q.Field]; ok && q.Of == "hosts" {
			if diff := cmp.Diff(w, q); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			delete(want, q.Field)
		}
	}
	if len(want) > 0 {
		t.Errorf("not rated: %v", want)
	}
}

// TestDay holds that ages and support are told as of the day that is asked for.
func TestDay(t *testing.T) {
	h, w := server("a", func(h *inventory.Host, w *inventory.Workload) { h.Year, w.OS = 2016, "CentOS Linux 7 (Core)" })
	e := &inventory.Estate{Version: 1, Hosts: []inventory.Host{h}, Workloads: []inventory.Workload{w}}
	told := func(day inventory.Date) map[string]string {
		out := map[string]string{}
		for _, c := range audit.Of(e, audit.Options{Day: day}).Counts {
			out[c.By] = c.Rows[0].Name
		}
		return out
	}
	if got := told(date("2020-01-01")); got["age"] != "3-4" || got["support"] != "supported" {
		t.Errorf("in 2020: %v", got)
	}
	if got := told(date("2026-11-01")); got["age"] != "10+" || got["support"] != "ended" {
		t.Errorf("in 2026: %v", got)
	}
	if got := told(inventory.Date{}); got["age"] != "" || got["support"] != "unknown" {
		t.Errorf("on no day: %v", got)
	}
}
