package vsphere

import (
	"math"
	"slices"
	"strings"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// bytesDown is a size in whole MiB at most that large, for what is there;
// bytesUp is one at least that large, for what is wanted.
func bytesDown(v float64) inventory.Size { return inventory.MiB(math.Floor(v / (1 << 20))) }
func bytesUp(v float64) inventory.Size   { return inventory.MiB(math.Ceil(v / (1 << 20))) }

// storage fills what the VM has on disk. Allocated is the sum of its virtual
// disks; without the right to see devices, what it has written plus what it
// may yet write. Used is what it has written, swap and snapshots included.
func (c *collector) storage(r record, w *inventory.Workload) {
	refs, _ := value[types.ArrayOfManagedObjectReference](r, "datastore")
	for _, ref := range refs.ManagedObjectReference {
		if id, ok := c.ids[ref]; ok {
			w.Datastores = append(w.Datastores, id)
		}
	}
	slices.Sort(w.Datastores)
	w.Datastores = slices.Compact(w.Datastores)

	committed, told := r.number("summary.storage.committed")
	if told && committed >= 0 {
		w.DiskUsed = bytesUp(float64(committed))
	}
	if _, seen := r.props["config.hardware.device"]; seen {
		if bytes := diskBytes(devices(r)); bytes > 0 {
			w.Disk = bytesUp(bytes)
		}
		return
	}
	if rest, ok := r.number("summary.storage.uncommitted"); ok && told && rest >= 0 && committed >= 0 && committed+rest > 0 {
		w.Disk = bytesUp(float64(committed) + float64(rest))
		w.From = append(w.From, inventory.Origin{
			Source: sourceID, At: at(r.ref), Fields: []string{"disk"}, Method: "committed + uncommitted storage, as the virtual disks were not shown",
		})
	}
}

func devices(r record) []types.BaseVirtualDevice {
	list, _ := value[types.ArrayOfVirtualDevice](r, "config.hardware.device")
	return slices.DeleteFunc(list.VirtualDevice, func(d types.BaseVirtualDevice) bool { return d == nil })
}

func diskBytes(list []types.BaseVirtualDevice) float64 {
	sum := 0.0
	for _, d := range list {
		disk, ok := d.(*types.VirtualDisk)
		if !ok {
			continue
		}
		// Before vSphere 5.5 only KiB were given.
		sum += max(float64(disk.CapacityInBytes), float64(disk.CapacityInKB)*1024, 0)
	}
	return sum
}

// localStores are the names of the datastores that hold the VM's disks or its
// configuration and that only one host reaches. A mounted image does not count.
func (c *collector) localStores(r record, list []types.BaseVirtualDevice) []string {
	var found []string
	add := func(ref *reference, file string) {
		s, ok := store{}, false
		if ref != nil {
			s, ok = c.stores[*ref]
		} else {
			s, ok = c.storeOf(r, file)
		}
		if ok && s.local {
			found = append(found, s.name)
		}
	}
	for _, d := range list {
		disk, ok := d.(*types.VirtualDisk)
		if !ok {
			continue
		}
		if file, ok := disk.Backing.(types.BaseVirtualDeviceFileBackingInfo); ok {
			info := file.GetVirtualDeviceFileBackingInfo()
			add(info.Datastore, info.FileName)
		}
	}
	add(nil, r.rawText("config.files.vmPathName"))
	slices.Sort(found)
	return slices.Compact(found)
}

// storeOf finds the datastore of a path such as "[san-1] web/web.vmx" among
// those the VM uses: names are unique in a datacenter only.
func (c *collector) storeOf(r record, file string) (store, bool) {
	name, _, ok := strings.Cut(strings.TrimPrefix(file, "["), "] ")
	if !ok {
		return store{}, false
	}
	refs, _ := value[types.ArrayOfManagedObjectReference](r, "datastore")
	for _, ref := range refs.ManagedObjectReference {
		if s, ok := c.stores[ref]; ok && s.name == inventory.CleanText(name) {
			return s, true
		}
	}
	return store{}, false
}
