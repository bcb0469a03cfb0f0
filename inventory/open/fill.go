package open

import (
	"slices"

	"sobre/inventory"
)

// filler copies what one record does not know from another, and notes what.
type filler struct{ fields []string }

// fill sets *to when it is unknown and from is known.
func fill[T comparable](f *filler, field string, to *T, from T) {
	var unknown T
	if *to == unknown && from != unknown {
		*to = from
		f.fields = append(f.fields, field)
	}
}

// origins adds where the filled fields came from.
func (f *filler) origins(to, from []inventory.Origin) []inventory.Origin {
	if len(f.fields) == 0 || len(from) == 0 {
		return to
	}
	o := from[0]
	o.Fields = f.fields
	return append(to, o)
}

func fillHost(to, from *inventory.Host) {
	var f filler
	fill(&f, "site", &to.Site, from.Site)
	fill(&f, "cluster", &to.Cluster, from.Cluster)
	if to.Chassis == "" && from.Chassis != "" {
		to.Chassis, to.Slot = from.Chassis, from.Slot
		f.fields = append(f.fields, "chassis", "slot")
	}
	fill(&f, "make", &to.Make, from.Make)
	fill(&f, "model", &to.Model, from.Model)
	fill(&f, "serial", &to.Serial, from.Serial)
	fill(&f, "year", &to.Year, from.Year)
	fill(&f, "os", &to.OS, from.OS)
	fill(&f, "cpu.model", &to.CPU.Model, from.CPU.Model)
	fill(&f, "cpu.sockets", &to.CPU.Sockets, from.CPU.Sockets)
	fill(&f, "cpu.cores", &to.CPU.Cores, from.CPU.Cores)
	fill(&f, "cpu.threads", &to.CPU.Threads, from.CPU.Threads)
	fill(&f, "cpu.clock", &to.CPU.Clock, from.CPU.Clock)
	fill(&f, "memory", &to.Memory, from.Memory)
	fill(&f, "disk", &to.Disk, from.Disk)
	fill(&f, "use", &to.Use, from.Use)
	fill(&f, "purchased", &to.Purchased, from.Purchased)
	fill(&f, "owner", &to.Owner, from.Owner)
	fill(&f, "maintained", &to.Maintained, from.Maintained)
	if to.Power.IsZero() && !from.Power.IsZero() {
		to.Power = from.Power
		f.fields = append(f.fields, "power")
	}
	to.Labels = fillMap(&f, "labels", to.Labels, from.Labels)
	to.Resources = fillMap(&f, "resources", to.Resources, from.Resources)
	to.From = f.origins(to.From, from.From)
}

func fillWorkload(to, from *inventory.Workload) {
	var f filler
	if to.Kind == inventory.VM && from.Kind == inventory.VM {
		fill(&f, "host", &to.Host, from.Host)
	}
	fill(&f, "cluster", &to.Cluster, from.Cluster)
	fill(&f, "pool", &to.Pool, from.Pool)
	fill(&f, "os", &to.OS, from.OS)
	fill(&f, "service", &to.Service, from.Service)
	fill(&f, "vcpus", &to.VCPUs, from.VCPUs)
	fill(&f, "memory", &to.Memory, from.Memory)
	fill(&f, "disk", &to.Disk, from.Disk)
	fill(&f, "disk_used", &to.DiskUsed, from.DiskUsed)
	if to.Kind == from.Kind {
		// Percent of a host and percent of a guest are not the same.
		fill(&f, "use.cpu", &to.Use.CPU, from.Use.CPU)
		fill(&f, "use.memory", &to.Use.Memory, from.Use.Memory)
	}
	if to.Profile.IsZero() && !from.Profile.IsZero() {
		to.Profile = from.Profile
		f.fields = append(f.fields, "profile")
	}
	fill(&f, "cpu_reservation", &to.CPUReservation, from.CPUReservation)
	fill(&f, "memory_reservation", &to.MemoryReservation, from.MemoryReservation)
	to.Datastores = fillList(&f, "datastores", to.Datastores, from.Datastores)
	to.Pins = fillList(&f, "pins", to.Pins, from.Pins)
	to.Licences = fillList(&f, "licences", to.Licences, from.Licences)
	to.Labels = fillMap(&f, "labels", to.Labels, from.Labels)
	to.Resources = fillMap(&f, "resources", to.Resources, from.Resources)
	to.From = f.origins(to.From, from.From)
}

// fillList adds the elements that the list does not have.
func fillList[T comparable](f *filler, field string, to, from []T) []T {
	added := false
	for _, v := range from {
		if !slices.Contains(to, v) {
			to = append(to, v)
			added = true
		}
	}
	if added {
		f.fields = append(f.fields, field)
	}
	return to
}

// fillMap adds the keys that the map does not have.
func fillMap[V any](f *filler, field string, to, from map[string]V) map[string]V {
	added := false
	for k, v := range from {
		if _, known := to[k]; known {
			continue
		}
		if to == nil {
			to = map[string]V{}
		}
		to[k] = v
		added = true
	}
	if added {
		f.fields = append(f.fields, field)
	}
	return to
}
