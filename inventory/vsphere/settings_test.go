package vsphere_test

import (
	"slices"
	"testing"

	"sobre/inventory"

	"github.com/google/go-cmp/cmp"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// TestAdmissionControl reads the ways in which HA keeps room.
func TestAdmissionControl(t *testing.T) {
	for _, c := range []struct {
		name   string
		policy types.BaseClusterDasAdmissionControlPolicy
		want   inventory.HA
	}{
		{"none", nil, inventory.HA{Enabled: true}},
		{"level", &types.ClusterFailoverLevelAdmissionControlPolicy{FailoverLevel: 2}, inventory.HA{Enabled: true, Policy: "hosts", HostFailures: 2}},
		{"percent", &types.ClusterFailoverResourcesAdmissionControlPolicy{CpuFailoverResourcesPercent: 50, MemoryFailoverResourcesPercent: 40},
			inventory.HA{Enabled: true, Policy: "percent", CPU: inventory.Percent(50), Memory: inventory.Percent(40)}},
		{"dedicated", &types.ClusterFailoverHostAdmissionControlPolicy{}, inventory.HA{Enabled: true, Policy: "dedicated", HostFailures: 1}},
		{"negative", &types.ClusterFailoverLevelAdmissionControlPolicy{FailoverLevel: -1}, inventory.HA{Enabled: true, Policy: "hosts"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := small(t, func(r *simulator.Registry) {
				cluster := all[*simulator.ClusterComputeResource](r, "ClusterComputeResource")[0]
				if d, ok := c.policy.(*types.ClusterFailoverHostAdmissionControlPolicy); ok {
					d.FailoverHosts = cluster.Host
				}
				config := cluster.ConfigurationEx.(*types.ClusterConfigInfoEx)
				config.DasConfig = types.ClusterDasConfigInfo{Enabled: types.NewBool(true), AdmissionControlPolicy: c.policy}
			})
			e := collect(t, account(s.URL.Host))
			if diff := cmp.Diff(c.want, e.Clusters[0].HA, exact); diff != "" {
				t.Errorf("HA (-want +got):\n%s", diff)
			}
			said := slices.ContainsFunc(e.Findings, func(f inventory.Finding) bool { return f.Code == "ha-dedicated-host" && f.Subject == "dc0_c0_h0" })
			if said != (c.name == "dedicated") {
				t.Errorf("a host dedicated to failures is said: %v", said)
			}
		})
	}
}

// TestPools reads limits and reservations; -1 is no limit, 0 no reservation.
func TestPools(t *testing.T) {
	s := small(t, func(r *simulator.Registry) {
		for _, p := range all[*simulator.ResourcePool](r, "ResourcePool") {
			if p.Name == "DC0_C0_RP1" {
				p.Config.CpuAllocation = types.ResourceAllocationInfo{Reservation: types.NewInt64(2000), Limit: types.NewInt64(-1)}
				p.Config.MemoryAllocation = types.ResourceAllocationInfo{Reservation: types.NewInt64(0), Limit: types.NewInt64(4096)}
			}
		}
	})
	e := collect(t, account(s.URL.Host))
	want := []inventory.Pool{{
		ID: "dc0_c0_rp1", Name: "DC0_C0_RP1", Cluster: "dc0_c0", CPUReservation: inventory.MHz(2000), MemoryLimit: inventory.GiB(4), From: e.Pools[0].From,
	}}
	if diff := cmp.Diff(want, e.Pools, exact); diff != "" {
		t.Errorf("pools (-want +got):\n%s", diff)
	}
}

// TestPassthrough reads the ways in which a device of the host is given away.
func TestPassthrough(t *testing.T) {
	for _, c := range []struct {
		device types.BaseVirtualDevice
		want   inventory.Pin
	}{
		{&types.VirtualPCIPassthrough{VirtualDevice: types.VirtualDevice{Backing: &types.VirtualPCIPassthroughDeviceBackingInfo{
			Id: "0000:3b:00.0", VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{DeviceName: "Tesla T4"},
		}}}, inventory.Pin{Kind: inventory.PinPassthrough, Reason: "PCI device 0000:3b:00.0 Tesla T4"}},
		{&types.VirtualPCIPassthrough{VirtualDevice: types.VirtualDevice{Backing: &types.VirtualPCIPassthroughDynamicBackingInfo{CustomLabel: "fax"}}},
			inventory.Pin{Kind: inventory.PinPassthrough, Reason: "PCI device (dynamic) fax"}},
		{&types.VirtualPCIPassthrough{}, inventory.Pin{Kind: inventory.PinPassthrough, Reason: "PCI device"}},
		{&types.VirtualSriovEthernetCard{}, inventory.Pin{Kind: inventory.PinPassthrough, Reason: "network card shared by SR-IOV"}},
		{&types.VirtualSCSIPassthrough{VirtualDevice: types.VirtualDevice{Backing: &types.VirtualSCSIPassthroughDeviceBackingInfo{
			VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{DeviceName: "vmhba1:C0:T4:L0"},
		}}}, inventory.Pin{Kind: inventory.PinHostDevice, Reason: "SCSI device vmhba1:C0:T4:L0"}},
		{&types.VirtualParallelPort{VirtualDevice: types.VirtualDevice{Backing: &types.VirtualParallelPortDeviceBackingInfo{
			VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{DeviceName: "/dev/parport0"},
		}}}, inventory.Pin{Kind: inventory.PinHostDevice, Reason: "drive or port /dev/parport0"}},
		{&types.VirtualDisk{VirtualDevice: types.VirtualDevice{Backing: &types.VirtualDiskFlatVer2BackingInfo{
			Sharing:                      string(types.VirtualDiskSharingSharingMultiWriter),
			VirtualDeviceFileBackingInfo: types.VirtualDeviceFileBackingInfo{FileName: "[LocalDS_0] rac.vmdk"},
		}}}, inventory.Pin{Kind: inventory.PinSharedDisk, Reason: "[LocalDS_0] rac.vmdk sharingMultiWriter"}},
	} {
		s := small(t, func(r *simulator.Registry) {
			for _, d := range all[*simulator.Datastore](r, "Datastore") {
				d.Summary.MultipleHostAccess = types.NewBool(true)
			}
			vm := guestNamed(r, "DC0_H0_VM0")
			vm.Config.Hardware.Device = []types.BaseVirtualDevice{c.device}
		})
		w := workloadByID(t, collect(t, account(s.URL.Host)), "dc0_h0_vm0")
		if diff := cmp.Diff([]inventory.Pin{c.want}, w.Pins); diff != "" {
			t.Errorf("%T: pins (-want +got):\n%s", c.device, diff)
		}
	}
}

// TestHostWithoutSummary takes a host's figures from elsewhere where its
// summary has not come yet, and says what nobody tells.
func TestHostWithoutSummary(t *testing.T) {
	hardware := func(info types.HostCpuInfo, memory int64, model string) func(*simulator.Registry) {
		return func(r *simulator.Registry) {
			h := all[*simulator.HostSystem](r, "HostSystem")[0]
			h.Summary.Hardware = &types.HostHardwareSummary{CpuModel: model}
			h.Hardware = &types.HostHardwareInfo{CpuInfo: info, MemorySize: memory}
		}
	}
	for _, c := range []struct {
		name  string
		set   func(*simulator.Registry)
		want  inventory.CPU
		codes []string
	}{
		{"hardware", hardware(types.HostCpuInfo{NumCpuPackages: 1, NumCpuCores: 8, NumCpuThreads: 16, Hz: 2_499_996_000}, 64<<30, "Elbrus-8C"),
			inventory.CPU{Model: "Elbrus-8C", Sockets: 1, Cores: 8, Threads: 16, Clock: inventory.MHz(2500)}, nil},
		{"table of models", hardware(types.HostCpuInfo{NumCpuPackages: 2}, 64<<30, "Intel(R) Xeon(R) CPU E5-2650 v3 @ 2.30GHz"),
			inventory.CPU{Model: "Intel(R) Xeon(R) CPU E5-2650 v3 @ 2.30GHz", Sockets: 2, Cores: 20, Clock: inventory.MHz(2300)}, []string{"figure-filled"}},
		{"nothing", hardware(types.HostCpuInfo{}, -1, "Elbrus-8C"), inventory.CPU{Model: "Elbrus-8C"}, []string{"clock-unknown", "cores-unknown", "memory-unknown"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := collect(t, account(small(t, c.set).URL.Host))
			h := hostByID(t, e, "dc0_c0_h0")
			if diff := cmp.Diff(c.want, h.CPU, exact); diff != "" {
				t.Errorf("CPU (-want +got):\n%s", diff)
			}
			var codes []string
			for _, f := range e.Findings {
				if f.Subject == h.ID {
					codes = append(codes, f.Code)
				}
			}
			if !slices.Equal(codes, c.codes) {
				t.Errorf("findings %v, want %v", codes, c.codes)
			}
		})
	}
}
