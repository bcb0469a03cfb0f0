package vsphere_test

import (
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// guestKind is a VM with a peculiarity that a collection has to recognise.
type guestKind struct {
	name string
	set  func(r *simulator.Registry, vm *simulator.VirtualMachine)
}

func guestKinds() []guestKind {
	device := func(d types.BaseVirtualDevice) func(*simulator.Registry, *simulator.VirtualMachine) {
		return func(_ *simulator.Registry, vm *simulator.VirtualMachine) {
			vm.Config.Hardware.Device = append(vm.Config.Hardware.Device, d)
		}
	}
	config := func(change func(vm *simulator.VirtualMachine)) func(*simulator.Registry, *simulator.VirtualMachine) {
		return func(_ *simulator.Registry, vm *simulator.VirtualMachine) { change(vm) }
	}
	return []guestKind{
		{"web", config(func(vm *simulator.VirtualMachine) {
			vm.Config.Annotation = "front of the\nportal\x1b[31m"
			vm.Guest.GuestFullName = "Debian GNU/Linux 12 (64-bit)"
			vm.Config.CpuAllocation.Reservation, vm.Config.MemoryAllocation.Reservation = types.NewInt64(1000), types.NewInt64(2048)
			vm.Config.CpuAllocation.Limit, vm.Config.MemoryAllocation.Limit = types.NewInt64(3000), types.NewInt64(8192)
		})},
		{"cache", config(func(vm *simulator.VirtualMachine) {
			day := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
			child := types.VirtualMachineSnapshotTree{Name: "after", CreateTime: day}
			vm.Snapshot = &types.VirtualMachineSnapshotInfo{RootSnapshotList: []types.VirtualMachineSnapshotTree{
				{Name: "before", CreateTime: day.AddDate(0, -1, 0), ChildSnapshotList: []types.VirtualMachineSnapshotTree{child}},
			}}
		})},
		{"dc1.mulhouse.example", nil},
		{"dc2", nil},
		{"oracle-1", device(&types.ParaVirtualSCSIController{VirtualSCSIController: types.VirtualSCSIController{
			VirtualController: types.VirtualController{BusNumber: 1}, SharedBus: types.VirtualSCSISharingPhysicalSharing,
		}})},
		{"oracle-2", device(&types.VirtualDisk{CapacityInBytes: 5 << 30, VirtualDevice: types.VirtualDevice{
			Backing: &types.VirtualDiskRawDiskMappingVer1BackingInfo{DeviceName: "vml.0200"},
		}})},
		{"gpu", device(&types.VirtualPCIPassthrough{VirtualDevice: types.VirtualDevice{
			Backing: &types.VirtualPCIPassthroughVmiopBackingInfo{Vgpu: "grid_t4-8q"},
		}})},
		{"dongle", device(&types.VirtualUSB{Vendor: 0x0529, Product: 0x0001})},
		{"archive/cd%2fdrive", device(&types.VirtualCdrom{VirtualDevice: types.VirtualDevice{
			Connectable: &types.VirtualDeviceConnectInfo{Connected: true},
			Backing: &types.VirtualCdromPassthroughBackingInfo{VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{
				DeviceName: "/vmfs/devices/cdrom/mpx.vmhba0",
			}},
		}})},
		{"locked", config(func(vm *simulator.VirtualMachine) {
			vm.Config.MemoryReservationLockedToMax = types.NewBool(true)
			vm.Config.LatencySensitivity = &types.LatencySensitivity{Level: "high"}
		})},
		{"golden-image", config(func(vm *simulator.VirtualMachine) { vm.Config.Template = true })},
		{"vCLS-1f2e", nil},
		{"srm-copy", config(func(vm *simulator.VirtualMachine) {
			vm.Config.ManagedBy = &types.ManagedByInfo{ExtensionKey: "com.vmware.vcDr-1", Type: "placeholderVm"}
		})},
		{"lost", config(func(vm *simulator.VirtualMachine) {
			vm.Runtime.ConnectionState = types.VirtualMachineConnectionStateOrphaned
		})},
		{"bank", func(r *simulator.Registry, vm *simulator.VirtualMachine) {
			vm.Config.FtInfo = &types.FaultTolerancePrimaryConfigInfo{
				FaultToleranceConfigInfo: types.FaultToleranceConfigInfo{Role: 1},
				Secondaries:              []types.ManagedObjectReference{guestNamed(r, "DC0_H0_VM0").Self},
			}
		}},
		{"asleep", config(func(vm *simulator.VirtualMachine) { vm.Runtime.PowerState = types.VirtualMachinePowerStateSuspended })},
		{"stopped", config(func(vm *simulator.VirtualMachine) { vm.Runtime.PowerState = types.VirtualMachinePowerStatePoweredOff })},
		{"twin name", nil},
		{"twin name", nil},
		{"(hidden host)", config(func(vm *simulator.VirtualMachine) {
			vm.Runtime.Host = &types.ManagedObjectReference{Type: "HostSystem", Value: "host-hidden"}
		})},
	}
}

func guestNamed(r *simulator.Registry, name string) *simulator.VirtualMachine {
	for _, vm := range all[*simulator.VirtualMachine](r, "VirtualMachine") {
		if vm.Name == name {
			return vm
		}
	}
	panic("no VM " + name)
}
