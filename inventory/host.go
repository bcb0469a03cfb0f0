package inventory

// Role is what a host is used for.
type Role string

// The roles of a host.
const (
	Standalone Role = "standalone" // runs one system, on the metal
	Hypervisor Role = "hypervisor" // runs guests
)

// UnmarshalText reads a role and names the nearest one to what it does not know.
func (r *Role) UnmarshalText(text []byte) error {
	return OneOf(r, text, Standalone, Hypervisor)
}

// HostState is whether a host is in service.
type HostState string

// The states of a host; empty means on.
const (
	HostOn           HostState = "on"
	HostOff          HostState = "off"
	HostMaintenance  HostState = "maintenance"
	HostDisconnected HostState = "disconnected" // its figures may be old
)

// UnmarshalText reads a state and names the nearest one to what it does not know.
func (s *HostState) UnmarshalText(text []byte) error {
	return OneOf(s, text, HostOn, HostOff, HostMaintenance, HostDisconnected)
}

// Host is a physical machine: it draws power and had to be manufactured.
type Host struct {
	ID        string           `yaml:"id" json:"id"`
	Name      string           `yaml:"name,omitempty" json:"name,omitzero"`
	Role      Role             `yaml:"role,omitempty" json:"role,omitzero"`
	State     HostState        `yaml:"state,omitempty" json:"state,omitzero"`
	Site      string           `yaml:"site,omitempty" json:"site,omitzero"`
	Cluster   string           `yaml:"cluster,omitempty" json:"cluster,omitzero"`
	Chassis   string           `yaml:"chassis,omitempty" json:"chassis,omitzero"`
	Slot      int              `yaml:"slot,omitempty" json:"slot,omitzero"`
	Make      string           `yaml:"make,omitempty" json:"make,omitzero"`
	Model     string           `yaml:"model,omitempty" json:"model,omitzero"`
	Serial    string           `yaml:"serial,omitempty" json:"serial,omitzero"`
	UUID      string           `yaml:"uuid,omitempty" json:"uuid,omitzero"`       // SMBIOS, lower case with dashes
	Device    string           `yaml:"device,omitempty" json:"device,omitzero"`   // what an agent calls the machine: DEVICEID of OCS
	MACs      []string         `yaml:"macs,omitempty,flow" json:"macs,omitempty"` // of its own network cards: lower case with colons, sorted
	Year      int              `yaml:"year,omitempty" json:"year,omitzero"`       // of manufacture or purchase
	OS        string           `yaml:"os,omitempty" json:"os,omitzero"`           // the hypervisor's; a standalone server's is its workload's
	CPU       CPU              `yaml:"cpu,omitempty,flow" json:"cpu,omitzero"`
	Memory    Size             `yaml:"memory,omitempty" json:"memory,omitzero"`
	Disk      Size             `yaml:"disk,omitempty" json:"disk,omitzero"` // inside or attached to this host alone
	Power     HostPower        `yaml:"power,omitempty,flow" json:"power,omitzero"`
	Use       Use              `yaml:"use,omitempty,flow" json:"use,omitzero"` // of the whole host, % of what it has
	Resources map[string]int64 `yaml:"resources,omitempty,flow" json:"resources,omitempty"`
	RackUnits float64          `yaml:"rack_units,omitempty" json:"rack_units,omitzero"` // height; absent: unknown
	Price     Money            `yaml:"price,omitempty" json:"price,omitzero"`
	Purchased Date             `yaml:"purchased,omitempty" json:"purchased,omitzero"`
	Owner     string           `yaml:"owner,omitempty" json:"owner,omitzero"`
	// Maintained is the day the maintenance contract ends.
	Maintained Date              `yaml:"maintained,omitempty" json:"maintained,omitzero"`
	Labels     map[string]string `yaml:"labels,omitempty,flow" json:"labels,omitempty"`
	From       []Origin          `yaml:"from,omitempty" json:"from,omitempty"`
}

// CPU is the processors of a whole host. Sockets, cores and threads are three
// different numbers; 0 means unknown.
type CPU struct {
	Model   string    `yaml:"model,omitempty" json:"model,omitzero"`
	Sockets int       `yaml:"sockets,omitempty" json:"sockets,omitzero"`
	Cores   int       `yaml:"cores,omitempty" json:"cores,omitzero"`
	Threads int       `yaml:"threads,omitempty" json:"threads,omitzero"`
	Clock   Frequency `yaml:"clock,omitempty" json:"clock,omitzero"` // nominal, of one core
}

// IsZero tells whether nothing is known of it.
func (c CPU) IsZero() bool { return c == CPU{} }

// MHz is cores × clock, the measure that vSphere counts CPU in; 0 when either
// is unknown.
func (c CPU) MHz() float64 { return float64(c.Cores) * c.Clock.MHz() }

// HostPower is what is known of the power a host draws, at the wall plug.
type HostPower struct {
	Idle    Power        `yaml:"idle,omitempty" json:"idle,omitzero"`
	Max     Power        `yaml:"max,omitempty" json:"max,omitzero"`
	Points  []PowerPoint `yaml:"points,omitempty,flow" json:"points,omitempty"` // by rising load
	Mean    Power        `yaml:"mean,omitempty" json:"mean,omitzero"`           // measured, by the host's own sensor
	Metered YearlyEnergy `yaml:"metered,omitempty" json:"metered,omitzero"`     // measured, by a meter
}

// IsZero tells whether nothing is known of it.
func (p HostPower) IsZero() bool {
	return p.Idle.IsZero() && p.Max.IsZero() && len(p.Points) == 0 && p.Mean.IsZero() && p.Metered.IsZero()
}

// Use is how much of a machine is used, as measured.
type Use struct {
	CPU    Stat `yaml:"cpu,omitempty,flow" json:"cpu,omitzero"`
	Memory Stat `yaml:"memory,omitempty,flow" json:"memory,omitzero"`
}

// IsZero tells whether nothing is known of it.
func (u Use) IsZero() bool { return u.CPU.IsZero() && u.Memory.IsZero() }

// Stat sums up one measured series. CPU counts in % of the machine (a guest:
// of its vCPUs) or MHz; memory in % of the machine or MiB.
type Stat struct {
	Now     Level  `yaml:"now,omitempty" json:"now,omitzero"` // one look at the time of the inventory
	Mean    Level  `yaml:"mean,omitempty" json:"mean,omitzero"`
	P50     Level  `yaml:"p50,omitempty" json:"p50,omitzero"`
	P90     Level  `yaml:"p90,omitempty" json:"p90,omitzero"`
	P95     Level  `yaml:"p95,omitempty" json:"p95,omitzero"`
	P99     Level  `yaml:"p99,omitempty" json:"p99,omitzero"`
	Max     Level  `yaml:"max,omitempty" json:"max,omitzero"`
	Samples int    `yaml:"samples,omitempty" json:"samples,omitzero"`
	Days    int    `yaml:"days,omitempty" json:"days,omitzero"`     // span of the series
	Rollup  string `yaml:"rollup,omitempty" json:"rollup,omitzero"` // what one sample is: "5 min mean", "2 h mean"
	// Coverage is the share of the intervals between the first and the last
	// sample that have one.
	Coverage Share `yaml:"coverage,omitempty" json:"coverage,omitzero"`
}

// IsZero tells whether nothing was measured.
func (s Stat) IsZero() bool { return s == Stat{} }
