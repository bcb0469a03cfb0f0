package merge_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/inventory/merge"
)

const (
	uuid1 = "4211babd-0000-1111-2222-333344445501"
	uuid2 = "4211babd-0000-1111-2222-333344445502"
)

func source(id, kind, day string) []inventory.Source {
	return []inventory.Source{{ID: id, Kind: kind, Path: id, Collected: date(day)}}
}

func from(id string) []inventory.Origin { return []inventory.Origin{{Source: id}} }

// vsphere and agents are one platform as its manager and as agents inside see it.
func vsphere() *inventory.Estate {
	return &inventory.Estate{Version: 1, Sources: source("vc", "vsphere", "2026-11-01"),
		Hosts: []inventory.Host{{ID: "esx1", Name: "esx1", Role: inventory.Hypervisor, UUID: uuid2, CPU: inventory.CPU{Cores: 16}, From: from("vc")}},
		Workloads: []inventory.Workload{{ID: "web", Name: "Web", Kind: inventory.VM, Host: "esx1", UUID: uuid1, VCPUs: 2, Memory: inventory.GiB(4),
			OS: "Debian GNU/Linux 11 (64-bit)", From: from("vc")}},
	}
}

func agents() *inventory.Estate {
	return &inventory.Estate{Version: 1, Sources: source("ocs", "ocs", "2026-11-20"),
		Hosts: []inventory.Host{{ID: "old", Name: "old", UUID: "4211babd-0000-1111-2222-333344445503", From: from("ocs")}},
		Workloads: []inventory.Workload{
			{ID: "web01", Name: "web01", Kind: inventory.VM, UUID: inventory.SwapUUID(uuid1), VCPUs: 2, Memory: inventory.MiB(3900), Licences: []string{"oracle"},
				OS: "Debian GNU/Linux 12", From: from("ocs")},
			{ID: "old-os", Name: "old", Kind: inventory.Physical, Host: "old", UUID: "4211babd-0000-1111-2222-333344445503", From: from("ocs")},
		},
	}
}

// TestGuestsOfAHypervisorCountOnce merges what a manager and agents tell.
func TestGuestsOfAHypervisorCountOnce(t *testing.T) {
	r := merge.Estates([]*inventory.Estate{agents(), vsphere()}, merge.Options{})
	if r.Machines != 4 || len(r.Estate.Hosts) != 2 || len(r.Estate.Workloads) != 2 {
		t.Fatalf("%d machines: %s", r.Machines, yamlOf(t, r.Estate))
	}
	want := inventory.Workload{
		ID: "web", Name: "Web", Kind: inventory.VM, Host: "esx1", UUID: uuid1, VCPUs: 2, Memory: inventory.GiB(4), OS: "Debian GNU/Linux 12", Licences: []string{"oracle"},
		From: []inventory.Origin{{Source: "vc"}, {Source: "ocs", Fields: []string{"licences.oracle", "os"}}},
	}
	got := r.Estate.Workloads[1]
	if diff := cmp.Diff(yamlOf(t, &inventory.Estate{Workloads: []inventory.Workload{want}}), yamlOf(t, &inventory.Estate{Workloads: []inventory.Workload{got}})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantMerged := []merge.Match{{Kind: "workload", ID: "web", By: []string{"SMBIOS UUID " + min(uuid1, inventory.SwapUUID(uuid1))},
		Seen: []merge.Seen{{Source: "ocs", ID: "web01", Name: "web01"}, {Source: "vc", ID: "web", Name: "Web"}}}}
	if diff := cmp.Diff(wantMerged, r.Merged); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	wantConflicts := []merge.Conflict{
		{Kind: "workload", ID: "web", Field: "name", Used: "Web", From: "vc", Other: "web01", Of: "ocs", Rule: merge.Placed.Says()},
		{Kind: "workload", ID: "web", Field: "os", Used: "Debian GNU/Linux 12", From: "ocs", Other: "Debian GNU/Linux 11 (64-bit)", Of: "vc", Rule: merge.Inside.Says()},
	}
	if diff := cmp.Diff(wantConflicts, r.Conflicts); diff != "" {
		t.Errorf("conflicts (-want +got):\n%s", diff)
	}
}

// TestEvidence is what makes two hosts one, and what does not.
func TestEvidence(t *testing.T) {
	type H = inventory.Host
	tests := []struct {
		name string
		a, b H
		why  string // of the refusal; empty: they are one
	}{
		{"UUID", H{UUID: uuid1}, H{UUID: uuid1}, ""},
		{"UUID, bytes the other way round", H{UUID: uuid1}, H{UUID: inventory.SwapUUID(uuid1)}, ""},
		{"UUID, all else differs", H{Name: "a", UUID: uuid1, Serial: "CZ1"}, H{Name: "b", UUID: uuid1, Serial: "CZ2"}, "serial numbers and names differ: a UUID that a maker gave to many, or a copy"},
		{"serial, make and model", H{Make: "HP", Model: "ProLiant DL380 G5", Serial: "CZ1"}, H{Make: "Hewlett-Packard", Model: "DL380 G5", Serial: "cz 1"}, ""},
		{"serial alone", H{Name: "a", Serial: "CZ1"}, H{Name: "b", Serial: "CZ1"}, "a serial number alone is not enough, and make or model are missing"},
		{"serial of another model", H{Name: "a", Make: "HP", Model: "DL380", Serial: "CZ1"}, H{Name: "b", Make: "HP", Model: "DL360", Serial: "CZ1"}, "make and model differ"},
		{"serial and name", H{Name: "a.town.example", Serial: "CZ1"}, H{Name: "A", Serial: "CZ1"}, ""},
		{"serial, UUIDs differ", H{Make: "HP", Model: "x", Serial: "CZ1", UUID: uuid1}, H{Make: "HP", Model: "x", Serial: "CZ1", UUID: uuid2}, "their SMBIOS UUIDs differ"},
		{"DEVICEID", H{Device: "a-2026-01-01-00-00-00"}, H{Device: "A-2026-01-01-00-00-00"}, ""},
		{"name and address", H{Name: "a", MACs: []string{"00:17:a4:00:00:01", "00:17:a4:00:00:02"}}, H{Name: "a", MACs: []string{"00:17:a4:00:00:02"}}, ""},
		{"address alone", H{Name: "a", MACs: []string{"00:17:a4:00:00:01"}}, H{Name: "b", MACs: []string{"00:17:a4:00:00:01"}}, "nothing"},
		{"name alone", H{Name: "a"}, H{Name: "a"}, "a name alone is not enough, and no UUID, serial number or address tells"},
		{"name, UUIDs differ", H{Name: "a", UUID: uuid1}, H{Name: "a", UUID: uuid2}, "nothing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.a.ID, tt.b.ID, tt.a.From, tt.b.From = "a", "b", from("x"), from("y")
			r := merge.Estates([]*inventory.Estate{
				{Version: 1, Sources: source("x", "ocs", "2026-01-01"), Hosts: []inventory.Host{tt.a}},
				{Version: 1, Sources: source("y", "ocs", "2026-01-02"), Hosts: []inventory.Host{tt.b}},
			}, merge.Options{})
			why := ""
			if len(r.Estate.Hosts) == 2 {
				why = "nothing"
			}
			if len(r.Refused) > 0 {
				why = r.Refused[0].Why
			}
			if why != tt.why {
				t.Errorf("refused %q, want %q: %+v", why, tt.why, r.Refused)
			}
		})
	}
}

// TestBladesMayReportTheirChassis holds that the serial number of a chassis, or
// one that several blades report, makes no two of them one.
func TestBladesMayReportTheirChassis(t *testing.T) {
	blade := func(id, source string) inventory.Host {
		return inventory.Host{ID: id, Name: id, Make: "HP", Model: "ProLiant BL460c G1", Serial: "CHASSIS1", From: from(source)}
	}
	x := &inventory.Estate{Version: 1, Sources: source("x", "ocs", "2026-01-01"), Hosts: []inventory.Host{blade("a", "x"), blade("b", "x")}}
	y := &inventory.Estate{Version: 1, Sources: source("y", "vsphere", "2026-01-01"), Hosts: []inventory.Host{blade("c", "y")}}
	r := merge.Estates([]*inventory.Estate{x, y}, merge.Options{})
	if len(r.Estate.Hosts) != 3 || len(r.Refused) == 0 {
		t.Errorf("%d hosts, refused %+v", len(r.Estate.Hosts), r.Refused)
	}
	x.Hosts = x.Hosts[:1]
	x.Chassis = []inventory.Chassis{{ID: "enc", Serial: "chassis1"}}
	r = merge.Estates([]*inventory.Estate{x, y}, merge.Options{})
	if len(r.Estate.Hosts) != 2 || len(r.Refused) != 1 || r.Refused[0].Why != "it is the serial number of a chassis" {
		t.Errorf("%d hosts, refused %+v", len(r.Estate.Hosts), r.Refused)
	}
}

// TestDecisions holds that people have the last word.
func TestDecisions(t *testing.T) {
	same := &merge.Decisions{Same: [][]string{{"OLD", "esx1"}}, Prefer: []merge.Prefer{{Field: "os", Source: "vsphere"}, {Source: "nobody"}}}
	r := merge.Estates([]*inventory.Estate{agents(), vsphere()}, merge.Options{Decisions: same})
	if len(r.Estate.Hosts) != 1 || r.Estate.Hosts[0].ID != "esx1" {
		t.Errorf("hosts %+v", r.Estate.Hosts)
	}
	for _, w := range r.Estate.Workloads {
		if w.ID == "web" && w.OS != "Debian GNU/Linux 11 (64-bit)" {
			t.Errorf("OS %s", w.OS)
		}
	}
	if diff := cmp.Diff([]string{"prefer: nobody"}, r.Unused); diff != "" {
		t.Errorf("unused (-want +got):\n%s", diff)
	}
	apart := &merge.Decisions{Different: [][]string{{uuid1}, {"ghost"}}}
	r = merge.Estates([]*inventory.Estate{agents(), vsphere()}, merge.Options{Decisions: apart})
	if len(r.Estate.Workloads) != 3 || len(r.Refused) != 1 || r.Refused[0].Why != "decision" {
		t.Errorf("workloads %d, refused %+v", len(r.Estate.Workloads), r.Refused)
	}
	if diff := cmp.Diff([]string{"different: ghost"}, r.Unused); diff != "" {
		t.Errorf("unused (-want +got):\n%s", diff)
	}
}

// BenchmarkMerge merges 100,000 machines that a manager knows with 100,000 that
// agents know, all the same ones.
func BenchmarkMerge(b *testing.B) {
	const n = 100_000
	estate := func(id, kind string) *inventory.Estate {
		e := &inventory.Estate{Version: 1, Sources: source(id, kind, "2026-01-01"), Workloads: make([]inventory.Workload, n)}
		for i := range e.Workloads {
			u := fmt.Sprintf("4211babd-0000-1111-2222-%012x", i)
			if kind == "ocs" {
				u = inventory.SwapUUID(u)
			}
			e.Workloads[i] = inventory.Workload{
				ID: fmt.Sprintf("vm%06d", i), Name: fmt.Sprintf("vm%06d.%s", i, id), Kind: inventory.VM, UUID: u, VCPUs: 2, Memory: inventory.GiB(float64(1 + i%7)), OS: "Debian GNU/Linux 12",
				Labels: map[string]string{"lot": "1", "kind": kind}, From: []inventory.Origin{{Source: id, At: fmt.Sprintf("file%d", i), Line: 3}},
			}
		}
		return e
	}
	x, y := estate("vc", "vsphere"), estate("base", "ocs")
	for b.Loop() {
		if r := merge.Estates([]*inventory.Estate{x, y}, merge.Options{}); r.Machines != n {
			b.Fatal(r.Machines)
		}
	}
}
