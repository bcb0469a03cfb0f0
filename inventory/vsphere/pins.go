package vsphere

import (
	"cmp"
	"fmt"
	"slices"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// pins fills what keeps the VM where it is. It also remembers the pairs of
// fault-tolerant VMs, which must not meet on one host.
func (c *collector) pins(r record, w *inventory.Workload) {
	list := devices(r)
	for _, d := range list {
		if pin := devicePin(d, w.State); pin.Kind != "" {
			w.Pins = append(w.Pins, pin)
		}
		if iso := c.localImage(d, w.State); iso != "" {
			w.Pins = append(w.Pins, inventory.Pin{Kind: inventory.PinHostDevice, Reason: iso})
		}
	}
	for _, name := range c.localStores(r, list) {
		w.Pins = append(w.Pins, inventory.Pin{Kind: inventory.PinLocalDatastore, Reason: name})
	}
	if r.flag("config.memoryReservationLockedToMax") {
		w.Pins = append(w.Pins, inventory.Pin{Kind: inventory.PinReservation, Reason: "all memory locked"})
	}
	if twin := c.twin(r); twin != "" {
		w.Pins = append(w.Pins, inventory.Pin{Kind: inventory.PinFaultTolerance, Reason: twin})
	}
	slices.SortFunc(w.Pins, func(a, b inventory.Pin) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Reason, b.Reason))
	})
	w.Pins = slices.Compact(w.Pins)
}

// devicePin is the pin that a device is of a VM in a state, if any.
func devicePin(d types.BaseVirtualDevice, state inventory.WorkloadState) inventory.Pin {
	device := d.GetVirtualDevice()
	pin := func(kind inventory.PinKind, what string) inventory.Pin {
		return inventory.Pin{Kind: kind, Reason: inventory.CleanText(what)}
	}
	switch dev := d.(type) {
	case *types.VirtualPCIPassthrough:
		return pin(inventory.PinPassthrough, passthroughName(device.Backing))
	case *types.VirtualSriovEthernetCard:
		return pin(inventory.PinPassthrough, "network card shared by SR-IOV")
	case *types.VirtualUSB:
		return pin(inventory.PinUSB, fmt.Sprintf("USB device %04x:%04x %s", dev.Vendor&0xffff, dev.Product&0xffff, backingName(device.Backing)))
	case *types.VirtualSCSIPassthrough:
		return pin(inventory.PinHostDevice, "SCSI device "+backingName(device.Backing))
	case *types.VirtualDisk:
		if flat, ok := dev.Backing.(*types.VirtualDiskFlatVer2BackingInfo); ok && flat.Sharing == string(types.VirtualDiskSharingSharingMultiWriter) {
			return pin(inventory.PinSharedDisk, flat.FileName+" "+flat.Sharing)
		}
		return rawDisk(dev)
	case types.BaseVirtualSCSIController:
		if bus := dev.GetVirtualSCSIController().SharedBus; bus != "" && bus != types.VirtualSCSISharingNoSharing {
			return pin(inventory.PinSharedDisk, fmt.Sprintf("SCSI bus %d: %s", dev.GetVirtualSCSIController().BusNumber, bus))
		}
		return inventory.Pin{}
	}
	if name := hostDevice(device, state); name != "" {
		return pin(inventory.PinHostDevice, name)
	}
	return inventory.Pin{}
}

func passthroughName(b types.BaseVirtualDeviceBackingInfo) string {
	switch backing := b.(type) {
	case *types.VirtualPCIPassthroughVmiopBackingInfo:
		return "vGPU " + backing.Vgpu
	case *types.VirtualPCIPassthroughDynamicBackingInfo:
		return "PCI device (dynamic) " + backing.CustomLabel
	case *types.VirtualPCIPassthroughDeviceBackingInfo:
		return fmt.Sprintf("PCI device %s %s", backing.Id, backing.DeviceName)
	}
	return "PCI device"
}

func rawDisk(d *types.VirtualDisk) inventory.Pin {
	lun := ""
	switch b := d.Backing.(type) {
	case *types.VirtualDiskRawDiskMappingVer1BackingInfo:
		lun = cmp.Or(b.DeviceName, b.LunUuid)
	case *types.VirtualDiskRawDiskVer2BackingInfo:
		lun = b.DescriptorFileName
	default:
		return inventory.Pin{}
	}
	return inventory.Pin{Kind: inventory.PinRawDisk, Reason: inventory.CleanText("LUN " + lun)}
}

// hostDevice names the drive or port of the host that a device is wired to, ""
// when it is none or is not connected. A dongle on a parallel port is one.
func hostDevice(d *types.VirtualDevice, state inventory.WorkloadState) string {
	switch d.Backing.(type) {
	case *types.VirtualCdromAtapiBackingInfo, *types.VirtualCdromPassthroughBackingInfo, *types.VirtualFloppyDeviceBackingInfo,
		*types.VirtualSerialPortDeviceBackingInfo, *types.VirtualParallelPortDeviceBackingInfo:
	default:
		return ""
	}
	if !connected(d, state) {
		return ""
	}
	return "drive or port " + backingName(d.Backing)
}

// connected tells whether a device is in use: now, or when the VM is next
// switched on.
func connected(d *types.VirtualDevice, state inventory.WorkloadState) bool {
	switch {
	case d.Connectable == nil:
		return true
	case state == inventory.On || state == inventory.Suspended:
		return d.Connectable.Connected
	}
	return d.Connectable.StartConnected
}

func backingName(b types.BaseVirtualDeviceBackingInfo) string {
	// A remote USB backing is a device backing too, so it must come first.
	switch backing := b.(type) {
	case *types.VirtualUSBRemoteHostBackingInfo:
		return backing.Hostname
	case types.BaseVirtualDeviceDeviceBackingInfo:
		return backing.GetVirtualDeviceDeviceBackingInfo().DeviceName
	}
	return ""
}

// localImage names the CD image that is in the drive and lies where only one
// host reaches it.
func (c *collector) localImage(d types.BaseVirtualDevice, state inventory.WorkloadState) string {
	drive, ok := d.(*types.VirtualCdrom)
	if !ok || !connected(&drive.VirtualDevice, state) {
		return ""
	}
	image, ok := drive.Backing.(*types.VirtualCdromIsoBackingInfo)
	if !ok || image.Datastore == nil || !c.stores[*image.Datastore].local {
		return ""
	}
	return inventory.CleanText("CD image " + image.FileName + " on a local datastore")
}

// twin says that a VM runs twice, in lockstep on two hosts. The shadow uses
// memory and CPU like any VM, so it is planned like one, away from the first.
func (c *collector) twin(r record) string {
	switch info := r.props["config.ftInfo"].(type) {
	case types.FaultTolerancePrimaryConfigInfo:
		c.twins = append(c.twins, twins{r.ref, info.Secondaries})
		return "runs twice: this is the first"
	case types.FaultToleranceSecondaryConfigInfo:
		c.twins = append(c.twins, twins{info.PrimaryVM, []reference{r.ref}})
		return "runs twice: this is the shadow"
	}
	return ""
}
