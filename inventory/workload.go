package inventory

// Kind is what a workload is today.
type Kind string

// The kinds of workload.
const (
	Physical Kind = "physical" // the system of a standalone server: a P2V candidate
	VM       Kind = "vm"
)

// UnmarshalText reads a kind and names the nearest one to what it does not know.
func (k *Kind) UnmarshalText(text []byte) error { return OneOf(k, text, Physical, VM) }

// WorkloadState is whether a workload runs.
type WorkloadState string

// The states of a workload; empty means on.
const (
	On        WorkloadState = "on"
	Off       WorkloadState = "off"
	Suspended WorkloadState = "suspended"
	Template  WorkloadState = "template"
)

// UnmarshalText reads a state and names the nearest one to what it does not know.
func (s *WorkloadState) UnmarshalText(text []byte) error {
	return OneOf(s, text, On, Off, Suspended, Template)
}

// Class tells workloads that a plan must place from those that only look like it.
type Class string

// The classes of workload; empty is an ordinary one.
const (
	Placeholder Class = "placeholder" // stands in for a guest of another site (SRM)
	Agent       Class = "agent"       // belongs to the hypervisor platform itself (vCLS)
	Orphan      Class = "orphan"      // known to the manager, not to any host
)

// UnmarshalText reads a class and names the nearest one to what it does not know.
func (c *Class) UnmarshalText(text []byte) error { return OneOf(c, text, Placeholder, Agent, Orphan) }

// Workload is what has to run somewhere.
type Workload struct {
	ID       string        `yaml:"id" json:"id"`
	Name     string        `yaml:"name,omitempty" json:"name,omitzero"`
	Kind     Kind          `yaml:"kind,omitempty" json:"kind,omitzero"`
	Class    Class         `yaml:"class,omitempty" json:"class,omitzero"`
	Host     string        `yaml:"host,omitempty" json:"host,omitzero"` // ID of the host it runs on today
	State    WorkloadState `yaml:"state,omitempty" json:"state,omitzero"`
	Cluster  string        `yaml:"cluster,omitempty" json:"cluster,omitzero"`
	Pool     string        `yaml:"pool,omitempty" json:"pool,omitzero"`
	OS       string        `yaml:"os,omitempty" json:"os,omitzero"`
	Service  string        `yaml:"service,omitempty" json:"service,omitzero"` // what it serves; a town department, an application
	UUID     string        `yaml:"uuid,omitempty" json:"uuid,omitzero"`       // SMBIOS, lower case with dashes
	Device   string        `yaml:"device,omitempty" json:"device,omitzero"`   // what an agent inside calls it: DEVICEID of OCS
	MACs     []string      `yaml:"macs,omitempty,flow" json:"macs,omitempty"` // of a guest's network cards: lower case with colons, sorted
	VCPUs    int           `yaml:"vcpus,omitempty" json:"vcpus,omitzero"`     // allocated; a physical server's threads; 0: unknown
	Memory   Size          `yaml:"memory,omitempty" json:"memory,omitzero"`   // allocated
	Disk     Size          `yaml:"disk,omitempty" json:"disk,omitzero"`       // allocated
	DiskUsed Size          `yaml:"disk_used,omitempty" json:"disk_used,omitzero"`
	// Use is in % of the host for a physical workload, of its vCPUs and memory
	// for a guest, or in MHz and MiB.
	Use     Use     `yaml:"use,omitempty" json:"use,omitzero"`
	Profile Profile `yaml:"profile,omitempty" json:"profile,omitzero"`
	// CPUReservation and MemoryReservation are guaranteed by the hypervisor.
	CPUReservation    Frequency         `yaml:"cpu_reservation,omitempty" json:"cpu_reservation,omitzero"`
	MemoryReservation Size              `yaml:"memory_reservation,omitempty" json:"memory_reservation,omitzero"`
	Datastores        []string          `yaml:"datastores,omitempty,flow" json:"datastores,omitempty"` // IDs
	Pins              []Pin             `yaml:"pins,omitempty" json:"pins,omitempty"`
	Resources         map[string]int64  `yaml:"resources,omitempty,flow" json:"resources,omitempty"`
	Labels            map[string]string `yaml:"labels,omitempty,flow" json:"labels,omitempty"`
	Licences          []string          `yaml:"licences,omitempty,flow" json:"licences,omitempty"`
	From              []Origin          `yaml:"from,omitempty" json:"from,omitempty"`
}

// Profile is a typical day (24 values) or week (168, from Monday 0 h) of use,
// one level an hour in local time, each the mean or a percentile of that hour.
type Profile struct {
	CPU    []Level `yaml:"cpu,omitempty,flow" json:"cpu,omitempty"`
	Memory []Level `yaml:"memory,omitempty,flow" json:"memory,omitempty"`
}

// IsZero tells whether there is no profile.
func (p Profile) IsZero() bool { return len(p.CPU) == 0 && len(p.Memory) == 0 }

// Pin is something that keeps a workload where it is.
type Pin struct {
	Kind   PinKind `yaml:"kind,omitempty" json:"kind,omitzero"`
	Reason string  `yaml:"reason,omitempty" json:"reason,omitzero"` // the device, disk or datastore
}

// PinKind is the sort of thing that keeps a workload where it is.
type PinKind string

// The sorts of pin. A hard pin (Hard) forbids any other host.
const (
	PinPassthrough    PinKind = "passthrough"     // a PCI device or GPU given to the guest
	PinUSB            PinKind = "usb"             // a device or dongle in this host
	PinSharedDisk     PinKind = "shared-disk"     // a SCSI bus shared with another guest
	PinRawDisk        PinKind = "raw-disk"        // a LUN mapped to the guest
	PinLocalDatastore PinKind = "local-datastore" // a disk on storage that only this host reaches
	PinHostDevice     PinKind = "host-device"     // a CD or floppy drive of this host
	PinReservation    PinKind = "reservation"     // all memory locked
	PinFaultTolerance PinKind = "fault-tolerance" // a running twin
)

// UnmarshalText reads a pin kind and names the nearest one to what it does not know.
func (k *PinKind) UnmarshalText(text []byte) error {
	return OneOf(k, text, PinPassthrough, PinUSB, PinSharedDisk, PinRawDisk, PinLocalDatastore,
		PinHostDevice, PinReservation, PinFaultTolerance)
}

// Hard tells whether a pin of this kind forbids any other host until someone
// changes the workload itself. The others ask for care but allow a move.
func (k PinKind) Hard() bool {
	switch k {
	case PinPassthrough, PinUSB, PinSharedDisk, PinLocalDatastore:
		return true
	}
	return false
}
