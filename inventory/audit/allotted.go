package audit

import (
	"maps"
	"slices"

	"sobre/inventory"
)

// Allotted is what the guests of a set of hypervisors are given, against what
// there is and what they use.
type Allotted struct {
	Cluster  string `json:"cluster,omitzero" yaml:"cluster,omitempty"` // absent: the whole estate
	Hosts    int    `json:"hosts" yaml:"hosts"`
	VMs      int    `json:"vms" yaml:"vms"` // that run
	Cores    int    `json:"cores" yaml:"cores"`
	VCPUs    int    `json:"vcpus" yaml:"vcpus"`
	UsedCPUs int    `json:"measured_cpu" yaml:"measured_cpu"` // guests whose CPU use is measured
	// UsedVCPUs is the vCPUs that would do the measured guests' busy level.
	UsedVCPUs      float64 `json:"used_vcpus" yaml:"used_vcpus"`
	MemoryMiB      float64 `json:"memory_mib" yaml:"memory_mib"`
	AllottedMiB    float64 `json:"allotted_memory_mib" yaml:"allotted_memory_mib"`
	UsedMemory     int     `json:"measured_memory" yaml:"measured_memory"` // guests whose use of memory is measured
	UsedMiB        float64 `json:"used_memory_mib" yaml:"used_memory_mib"` // of those
	DiskMiB        float64 `json:"disk_mib" yaml:"disk_mib"`               // allotted to guests in any state
	UsedDisks      int     `json:"measured_disk" yaml:"measured_disk"`     // guests whose used disk is known
	UsedDiskMiB    float64 `json:"used_disk_mib" yaml:"used_disk_mib"`     // of those
	StorageMiB     float64 `json:"storage_mib,omitzero" yaml:"storage_mib,omitempty"`
	StorageFreeMiB float64 `json:"storage_free_mib,omitzero" yaml:"storage_free_mib,omitempty"`
}

// allotted is the whole first, then each cluster; nothing where no guest runs.
func (v *view) allotted() []Allotted {
	all := Allotted{}
	by := map[string]*Allotted{}
	for i := range v.estate.Hosts {
		h := &v.estate.Hosts[i]
		if !inService(h) || v.standalone(h) {
			continue
		}
		for _, a := range []*Allotted{&all, cluster(by, h.Cluster)} {
			a.Hosts++
			a.Cores += h.CPU.Cores
			a.MemoryMiB += h.Memory.MiB()
		}
	}
	for i := range v.estate.Workloads {
		w := &v.estate.Workloads[i]
		if !real(w) || v.physical(w) {
			continue
		}
		name := w.Cluster
		if h := v.hosts[w.Host]; h != nil && h.Cluster != "" {
			name = h.Cluster
		}
		v.allot(&all, w)
		v.allot(cluster(by, name), w)
	}
	for i := range v.estate.Datastores {
		all.StorageMiB += v.estate.Datastores[i].Capacity.MiB()
		all.StorageFreeMiB += v.estate.Datastores[i].Free.MiB()
	}
	if all.VMs == 0 {
		return nil
	}
	out := []Allotted{all}
	if len(by) > 1 {
		for _, name := range slices.Sorted(maps.Keys(by)) {
			if name != "" {
				out = append(out, *by[name])
			}
		}
	}
	return out
}

func cluster(by map[string]*Allotted, name string) *Allotted {
	if by[name] == nil {
		by[name] = &Allotted{Cluster: name}
	}
	return by[name]
}

// allot adds a guest.
func (v *view) allot(a *Allotted, w *inventory.Workload) {
	a.DiskMiB += w.Disk.MiB()
	if w.DiskUsed.Known() {
		a.UsedDisks++
		a.UsedDiskMiB += w.DiskUsed.MiB()
	}
	if !runs(w) {
		return
	}
	a.VMs++
	a.VCPUs += w.VCPUs
	a.AllottedMiB += w.Memory.MiB()
	if r, ok := busy(v.cpuUse(w), v.cpuWhole(w)); ok {
		a.UsedCPUs++
		a.UsedVCPUs += r.percent / 100 * float64(w.VCPUs)
	}
	if r, ok := busy(v.memoryUse(w), v.memoryWhole(w)); ok {
		a.UsedMemory++
		a.UsedMiB += r.percent / 100 * w.Memory.MiB()
	}
}
