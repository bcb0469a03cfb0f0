package vsphere_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"sobre/inventory"

	"github.com/google/go-cmp/cmp"
)

// exact lets cmp look into quantities, whose fields are private.
var exact = cmp.Exporter(func(t reflect.Type) bool { return strings.HasPrefix(t.PkgPath(), "sobre/inventory") })

func testHost(t *testing.T, e *inventory.Estate) {
	got := *hostByID(t, e, "esx1")
	want := inventory.Host{
		ID: "esx1", Name: "esx1.mulhouse.example", Role: inventory.Hypervisor, State: inventory.HostOn,
		Site: "DC0", Cluster: "dc0_c0", Chassis: "enc-cz31-enc-a",
		Make: "HPE", Model: "ProLiant BL460c Gen9", Serial: "CZJ31001", UUID: "30313436-3631-5a43-4a33-313000000001",
		OS: got.OS, Memory: inventory.GiB(256),
		CPU: inventory.CPU{
			Model: "Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz", Sockets: 2, Cores: 24, Threads: 48, Clock: inventory.MHz(2497),
		},
		Power: inventory.HostPower{Mean: inventory.Watts(210)}, // of 200 and 220; -1 and 0 are no samples
		Use: inventory.Use{
			CPU:    inventory.Stat{Now: inventory.MHzLevel(5100)},
			Memory: inventory.Stat{Now: inventory.MiBLevel(100001)},
		},
		Labels: map[string]string{"power_policy": "dynamic", "datacenter": "DC0"},
		Year:   2014, // of its processor
		From:   got.From,
	}
	if diff := cmp.Diff(want, got, exact); diff != "" {
		t.Errorf("esx1 (-want +got):\n%s", diff)
	}
	if !strings.HasPrefix(got.OS, "VMware ESXi") {
		t.Errorf("esx1 runs %q", got.OS)
	}
}

// testHostStates looks at the hosts that are not like the others.
func testHostStates(t *testing.T, e *inventory.Estate) {
	for _, c := range []struct {
		id           string
		state        inventory.HostState
		chassis      string
		power, inUse bool
		cluster      string
	}{
		{"esx2", inventory.HostOn, "enc-cz31-enc-a", false, true, "dc0_c0"}, // its sensor says 0
		{"esx7", inventory.HostMaintenance, "enc-cz31-enc-b", true, true, "dc0_c0"},
		{"esx8", inventory.HostDisconnected, "enc-cz31-enc-b", false, false, "dc0_c0"}, // its figures are old
		{"192.0.2.9", inventory.HostOn, "", true, true, ""},                            // a rack server: its case is its own
	} {
		h := hostByID(t, e, c.id)
		if h.State != c.state || h.Chassis != c.chassis || h.Cluster != c.cluster {
			t.Errorf("%s: state %q, chassis %q, cluster %q", c.id, h.State, h.Chassis, h.Cluster)
		}
		if h.Power.Mean.Known() != c.power || h.Use.CPU.Now.Known() != c.inUse || h.Use.Memory.Now.Known() != c.inUse {
			t.Errorf("%s: power %v, use %+v", c.id, h.Power.Mean, h.Use)
		}
	}
}

func testGuest(t *testing.T, e *inventory.Estate) {
	got := *workloadByID(t, e, "web")
	want := inventory.Workload{
		ID: "web", Name: "web", Kind: inventory.VM, State: inventory.On, Host: got.Host, Cluster: "dc0_c0", Pool: "dc0_c0_rp1",
		OS: "Debian GNU/Linux 12 (64-bit)", UUID: got.UUID, MACs: got.MACs, VCPUs: 4, Memory: inventory.GiB(8),
		Disk: inventory.GiB(10), DiskUsed: inventory.GiB(20),
		Use: inventory.Use{
			CPU:    inventory.Stat{Now: inventory.MHzLevel(400)},
			Memory: inventory.Stat{Now: inventory.MiBLevel(6000)},
		},
		CPUReservation: inventory.MHz(1000), MemoryReservation: inventory.GiB(2),
		Datastores: []string{"localds_0"},
		Labels: map[string]string{
			"datacenter": "DC0", "Service": "État civil", "annotation": "front of the portal [31m", "cpu_limit": "3 GHz", "memory_limit": "8 GiB",
		},
		From: got.From,
	}
	if diff := cmp.Diff(want, got, exact); diff != "" {
		t.Errorf("web (-want +got):\n%s", diff)
	}
	if len(got.MACs) != 1 || !strings.HasPrefix(got.MACs[0], "00:0c:29:") {
		t.Errorf("web has the network cards %q", got.MACs)
	}
	if inventory.NormaliseUUID(got.UUID) != got.UUID || got.UUID == "" || !strings.HasPrefix(got.Host, "esx") {
		t.Errorf("web has UUID %q and runs on %q", got.UUID, got.Host)
	}
}

// testGuestKinds looks at the state, class and pins of each peculiar VM.
func testGuestKinds(t *testing.T, e *inventory.Estate) {
	for _, c := range []struct {
		id    string
		state inventory.WorkloadState
		class inventory.Class
		pins  []inventory.Pin
	}{
		{"dc1", inventory.On, "", nil},
		{"oracle-1", inventory.On, "", []inventory.Pin{{Kind: inventory.PinSharedDisk, Reason: "SCSI bus 1: physicalSharing"}}},
		{"oracle-2", inventory.On, "", []inventory.Pin{{Kind: inventory.PinRawDisk, Reason: "LUN vml.0200"}}},
		{"gpu", inventory.On, "", []inventory.Pin{{Kind: inventory.PinPassthrough, Reason: "vGPU grid_t4-8q"}}},
		{"dongle", inventory.On, "", []inventory.Pin{{Kind: inventory.PinUSB, Reason: "USB device 0529:0001"}}},
		{"archive/cd/drive", inventory.On, "", []inventory.Pin{{Kind: inventory.PinHostDevice, Reason: "drive or port /vmfs/devices/cdrom/mpx.vmhba0"}}},
		{"locked", inventory.On, "", []inventory.Pin{{Kind: inventory.PinReservation, Reason: "all memory locked"}}},
		{"bank", inventory.On, "", []inventory.Pin{{Kind: inventory.PinFaultTolerance, Reason: "runs twice: this is the first"}}},
		{"golden-image", inventory.Template, "", nil},
		{"vcls-1f2e", inventory.On, inventory.Agent, nil},
		{"srm-copy", inventory.On, inventory.Placeholder, nil},
		{"lost", inventory.On, inventory.Orphan, nil},
		{"asleep", inventory.Suspended, "", nil},
		{"stopped", inventory.Off, "", nil},
		{"dc0_h0_vm5", inventory.On, "", []inventory.Pin{{Kind: inventory.PinLocalDatastore, Reason: "LocalDS_1"}}},
	} {
		w := workloadByID(t, e, c.id)
		if w.State != c.state || w.Class != c.class {
			t.Errorf("%s: state %q, class %q; want %q, %q", c.id, w.State, w.Class, c.state, c.class)
		}
		if diff := cmp.Diff(c.pins, w.Pins); diff != "" {
			t.Errorf("%s: pins (-want +got):\n%s", c.id, diff)
		}
		if running := c.state == inventory.On && c.class != inventory.Orphan; w.Use.CPU.Now.Known() != running {
			t.Errorf("%s: use %+v", c.id, w.Use)
		}
	}
	if w := workloadByID(t, e, "locked"); w.MemoryReservation != inventory.GiB(8) {
		t.Errorf("locked memory reserves %v", w.MemoryReservation)
	}
	if w := workloadByID(t, e, "(hidden-host)"); w.Host != "" || w.Cluster != "dc0_c0" {
		t.Errorf("a VM on a host that is not seen has host %q, cluster %q", w.Host, w.Cluster)
	}
}

// testSameNames gives VMs of one name different IDs.
func testSameNames(t *testing.T, e *inventory.Estate) {
	a, b := workloadByID(t, e, "twin-name"), workloadByID(t, e, "twin-name-2")
	if a.Name != "twin name" || b.Name != "twin name" || a.UUID == b.UUID {
		t.Errorf("got %q %s and %q %s", a.Name, a.UUID, b.Name, b.UUID)
	}
}

func testFindings(t *testing.T, e *inventory.Estate) {
	var got []string
	for _, f := range e.Findings {
		got = append(got, f.Code+" "+f.Subject)
		if f.What == "" || f.Severity == "" || f.Source != "vsphere" || f.At == "" {
			t.Errorf("finding %s is incomplete: %+v", f.Code, f)
		}
	}
	want := []string{
		"account-sees ", "drs-override dc2", "drs-override web", "ha-override dc0_c0", "host-disconnected esx8", "host-unknown (hidden-host)",
		"latency-sensitive locked", "limit-set web", "rule-disabled dc0_c0", "rule-empty dc0_c0", "rule-empty dc0_c0",
		"rule-ignored dc0_c0", "rule-member-unknown dc0_c0", "snapshots-kept ", "vm-orphaned lost", "year-assumed ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func hostByID(t testing.TB, e *inventory.Estate, id string) *inventory.Host {
	t.Helper()
	i := slices.IndexFunc(e.Hosts, func(h inventory.Host) bool { return h.ID == id })
	if i < 0 {
		t.Fatalf("no host %s", id)
	}
	return &e.Hosts[i]
}

func workloadByID(t testing.TB, e *inventory.Estate, id string) *inventory.Workload {
	t.Helper()
	i := slices.IndexFunc(e.Workloads, func(w inventory.Workload) bool { return w.ID == id })
	if i < 0 {
		t.Fatalf("no workload %s", id)
	}
	return &e.Workloads[i]
}
