package vsphere_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"sobre/inventory"
	"sobre/inventory/vsphere"

	"github.com/google/go-cmp/cmp"
	"github.com/vmware/govmomi/simulator"
)

// account is what every test logs in with; trust is up to the test.
func account(url string) vsphere.Options {
	return vsphere.Options{URL: url, User: user, Password: password, Insecure: true}
}

func collect(t testing.TB, o vsphere.Options) *inventory.Estate {
	t.Helper()
	e, err := vsphere.Collect(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestTown collects once, and looks at the estate from many sides.
func TestTown(t *testing.T) {
	e := collect(t, account(vcenter(t).URL.Host))
	for name, test := range map[string]func(*testing.T, *inventory.Estate){
		"counts": testCounts, "cluster": testCluster, "rules": testRules, "round trip": testRoundTrip, "findings": testFindings,
		"host": testHost, "host states": testHostStates, "guest": testGuest, "guest kinds": testGuestKinds, "same names": testSameNames,
	} {
		t.Run(name, func(t *testing.T) { test(t, e) })
	}
}

func testCounts(t *testing.T, e *inventory.Estate) {
	want := map[string]int{
		"datacenters": 1, "clusters": 1, "hosts": 9, "vms": 40, "datastores": 2, "pools": 3, "chassis": 2, "hosts-with-power": 7,
	}
	if diff := cmp.Diff(want, e.Sources[0].Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if len(e.Hosts) != 9 || len(e.Workloads) != 40 || len(e.Sites) != 1 || len(e.Pools) != 1 {
		t.Errorf("got %d hosts, %d workloads, %d sites, %d pools", len(e.Hosts), len(e.Workloads), len(e.Sites), len(e.Pools))
	}
	if e.Sources[0].Kind != "vsphere" || e.Sources[0].Tool == "" || !e.Collected.Known() {
		t.Errorf("the source is not described: %+v", e.Sources[0])
	}
}

func testCluster(t *testing.T, e *inventory.Estate) {
	got := e.Clusters
	want := []inventory.Cluster{{
		ID: "dc0_c0", Name: "DC0_C0", Site: "DC0",
		HA:   inventory.HA{Enabled: true, Admission: true, Policy: "percent", HostFailures: 2, CPU: inventory.Percent(25), Memory: inventory.Percent(30)},
		DRS:  inventory.DRS{Enabled: true, Automation: "partial", DPM: true},
		From: got[0].From,
	}}
	if diff := cmp.Diff(want, got, exact); diff != "" {
		t.Errorf("clusters (-want +got):\n%s", diff)
	}
}

func testRules(t *testing.T, e *inventory.Estate) {
	got := slices.Clone(e.Rules)
	for i := range got {
		if len(got[i].From) != 1 {
			t.Errorf("rule %q does not tell where it is from", got[i].Name)
		}
		got[i].From = nil
	}
	licensed := []string{"esx1", "esx2"}
	want := []inventory.Rule{
		{Name: "DCs apart", Apart: []string{"dc1", "dc2"}},
		{Name: "fault tolerance of bank", Apart: []string{"bank", "dc0_h0_vm0"}, Reason: "the two halves of a fault-tolerant VM"},
		{Name: "old", Apart: []string{"dc2", "web"}, Disabled: true},
		{Name: "oracle must", Only: []string{"oracle-1", "oracle-2"}, Hosts: licensed},
		{Name: "oracle should not", Never: []string{"oracle-1", "oracle-2"}, Hosts: licensed, Soft: true},
		{Name: "web with cache", Together: []string{"cache", "web"}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(inventory.Money{})); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

// TestPagingGivesTheSame reads in pages of 7 and in one page.
func TestPagingGivesTheSame(t *testing.T) {
	p := newProxy(t, vcenter(t))
	o := account(p.URL)
	o.PageSize = 1000
	whole := yamlOf(t, collect(t, o))
	if n := p.count("ContinueRetrievePropertiesEx"); n != 0 {
		t.Errorf("%d further pages asked for, although one page holds all", n)
	}
	o.PageSize = 7
	var steps []vsphere.Progress
	o.Progress = func(s vsphere.Progress) { steps = append(steps, s) }
	if diff := cmp.Diff(whole, yamlOf(t, collect(t, o))); diff != "" {
		t.Errorf("pages of 7 give another estate (-whole +paged):\n%s", diff)
	}
	if n := p.count("ContinueRetrievePropertiesEx"); n < 40/7 {
		t.Errorf("only %d further pages asked for", n)
	}
	var done []int
	for _, s := range steps {
		if s.Kind == "VMs" {
			done = append(done, s.Done)
		}
	}
	if want := []int{7, 14, 21, 28, 35, 40}; !slices.Equal(done, want) {
		t.Errorf("progress of VMs is %v, want %v", done, want)
	}
}

// TestCallsOnlyRead records all that goes over the wire.
func TestCallsOnlyRead(t *testing.T) {
	p := newProxy(t, vcenter(t))
	o := account(p.URL)
	o.PageSize = 7
	collect(t, o)
	allowed := map[string]bool{
		"RetrieveServiceContent": true, "Login": true, "Logout": true,
		"CreateContainerView": true, "DestroyView": true, // of our own session
		"RetrievePropertiesEx": true, "ContinueRetrievePropertiesEx": true, "QueryPerf": true,
	}
	maps.DeleteFunc(allowed, func(m string, _ bool) bool { return slices.Contains(p.methods(), m) })
	if len(allowed) > 0 {
		t.Errorf("not called, so the record is of no use: %v", allowed)
	}
	for _, m := range p.methods() {
		switch m {
		case "RetrieveServiceContent", "Login", "Logout", "CreateContainerView", "DestroyView",
			"RetrievePropertiesEx", "ContinueRetrievePropertiesEx", "QueryPerf":
		default:
			t.Errorf("%s was called", m)
		}
	}
	if made, gone := p.count("CreateContainerView"), p.count("DestroyView"); made != gone {
		t.Errorf("%d views made, %d destroyed", made, gone)
	}
	if in, out := p.count("Login"), p.count("Logout"); in != 1 || out != 1 {
		t.Errorf("%d logins, %d logouts", in, out)
	}
}

// TestCancelledBetweenPages stops after the first page of VMs. The session has
// to be closed all the same.
func TestCancelledBetweenPages(t *testing.T) {
	p := newProxy(t, vcenter(t))
	ctx, cancel := context.WithCancel(t.Context())
	o := account(p.URL)
	o.PageSize = 7
	o.Progress = func(s vsphere.Progress) {
		if s.Kind == "VMs" {
			cancel()
		}
	}
	e, err := vsphere.Collect(ctx, o)
	if !errors.Is(err, context.Canceled) || e != nil {
		t.Fatalf("got estate %v and error %v, want no estate and context.Canceled", e != nil, err)
	}
	if p.count("Logout") != 1 || p.count("DestroyView") != p.count("CreateContainerView") {
		t.Errorf("the session was left behind: %v", p.methods())
	}
}

// TestESXiHost collects from a host without a vCenter.
func TestESXiHost(t *testing.T) {
	m := simulator.ESX()
	m.Machine = 3
	if err := m.Create(); err != nil {
		t.Fatal(err)
	}
	e := collect(t, account(serve(t, m).URL.Host))
	if len(e.Hosts) != 1 || len(e.Workloads) != 3 || len(e.Clusters) != 0 || len(e.Sites) != 0 {
		t.Fatalf("got %d hosts, %d workloads, %d clusters, %d sites", len(e.Hosts), len(e.Workloads), len(e.Clusters), len(e.Sites))
	}
	for _, w := range e.Workloads {
		if w.Host != e.Hosts[0].ID {
			t.Errorf("VM %s runs on %q, want %q", w.ID, w.Host, e.Hosts[0].ID)
		}
	}
}

// testRoundTrip writes the estate and reads it back strictly.
func testRoundTrip(t *testing.T, e *inventory.Estate) {
	text := yamlOf(t, e)
	back, err := inventory.Decode[inventory.Estate](bytes.NewReader(text), "estate.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, yamlOf(t, back)); diff != "" {
		t.Errorf("reading and writing changed it (-before +after):\n%s", diff)
	}
}

func yamlOf(t testing.TB, e *inventory.Estate) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := inventory.EncodeYAML(&b, e); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
