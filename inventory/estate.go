package inventory

// Version is the version of the file formats that this program reads and writes.
const Version = 1

// Estate is everything inventoried, and where each fact came from.
type Estate struct {
	Version   int    `yaml:"version" json:"version"`
	Name      string `yaml:"name,omitempty" json:"name,omitzero"`
	Collected Date   `yaml:"collected,omitempty" json:"collected,omitzero"` // the day the data speak of

	Sources    []Source    `yaml:"sources,omitempty" json:"sources,omitempty"`
	Sites      []Site      `yaml:"sites,omitempty" json:"sites,omitempty"`
	Chassis    []Chassis   `yaml:"chassis,omitempty" json:"chassis,omitempty"`
	Clusters   []Cluster   `yaml:"clusters,omitempty" json:"clusters,omitempty"`
	Pools      []Pool      `yaml:"pools,omitempty" json:"pools,omitempty"`
	Hosts      []Host      `yaml:"hosts,omitempty" json:"hosts,omitempty"`
	Workloads  []Workload  `yaml:"workloads,omitempty" json:"workloads,omitempty"`
	Datastores []Datastore `yaml:"datastores,omitempty" json:"datastores,omitempty"`
	Rules      []Rule      `yaml:"rules,omitempty" json:"rules,omitempty"`
	Findings   []Finding   `yaml:"findings,omitempty" json:"findings,omitempty"`
}

// Source is one input that the estate was read from.
type Source struct {
	ID        string         `yaml:"id" json:"id"`                            // what Origin.Source refers to
	Kind      string         `yaml:"kind" json:"kind"`                        // ocs, rvtools, vsphere, table, …
	Path      string         `yaml:"path,omitempty" json:"path,omitzero"`     // file, folder or URL without credentials
	SHA256    string         `yaml:"sha256,omitempty" json:"sha256,omitzero"` // of the file; absent for folders and live sources
	Tool      string         `yaml:"tool,omitempty" json:"tool,omitzero"`     // what made the export, with its version
	Collected Date           `yaml:"collected,omitempty" json:"collected,omitzero"`
	Counts    map[string]int `yaml:"counts,omitempty,flow" json:"counts,omitempty"` // records seen, by kind
}

// Origin says which source gave which fields of a record, and where in it.
type Origin struct {
	Source string   `yaml:"source" json:"source"`                          // Source.ID
	At     string   `yaml:"at,omitempty" json:"at,omitzero"`               // file in a folder, sheet, element or object
	Line   int      `yaml:"line,omitempty" json:"line,omitzero"`           // line of the file or row of the sheet, from 1
	Fields []string `yaml:"fields,omitempty,flow" json:"fields,omitempty"` // absent: all that no other origin names
	Method string   `yaml:"method,omitempty" json:"method,omitzero"`       // how it was derived, where it was not read as it stands
}

// Site is a place with its own electricity and its own machine room.
type Site struct {
	Name    string   `yaml:"name" json:"name"`
	Country string   `yaml:"country,omitempty" json:"country,omitzero"` // ISO 3166 code, such as FR
	PUE     float64  `yaml:"pue,omitempty" json:"pue,omitzero"`         // facility energy over IT energy, ≥ 1; 0: unknown
	From    []Origin `yaml:"from,omitempty" json:"from,omitempty"`
}

// Chassis is the enclosure that blades share.
type Chassis struct {
	ID     string       `yaml:"id" json:"id"`
	Name   string       `yaml:"name,omitempty" json:"name,omitzero"`
	Model  string       `yaml:"model,omitempty" json:"model,omitzero"`
	Serial string       `yaml:"serial,omitempty" json:"serial,omitzero"`
	Site   string       `yaml:"site,omitempty" json:"site,omitzero"`
	Slots  int          `yaml:"slots,omitempty" json:"slots,omitzero"`
	Power  ChassisPower `yaml:"power,omitempty,flow" json:"power,omitzero"`
	From   []Origin     `yaml:"from,omitempty" json:"from,omitempty"`
}

// ChassisPower is the load of an enclosure besides its blades.
type ChassisPower struct {
	Fixed     Power `yaml:"fixed,omitempty" json:"fixed,omitzero"`           // whenever the enclosure is on
	PerModule Power `yaml:"per_module,omitempty" json:"per_module,omitzero"` // for each blade in it that is on
}

// IsZero tells whether nothing is known of it.
func (p ChassisPower) IsZero() bool { return p == ChassisPower{} }

// Cluster is a set of hypervisors managed together.
type Cluster struct {
	ID   string   `yaml:"id" json:"id"`
	Name string   `yaml:"name,omitempty" json:"name,omitzero"`
	Site string   `yaml:"site,omitempty" json:"site,omitzero"`
	HA   HA       `yaml:"ha,omitempty,flow" json:"ha,omitzero"`
	DRS  DRS      `yaml:"drs,omitempty,flow" json:"drs,omitzero"`
	EVC  string   `yaml:"evc,omitempty" json:"evc,omitzero"` // CPU generation that all hosts show
	From []Origin `yaml:"from,omitempty" json:"from,omitempty"`
}

// HA is how a cluster is set to restart guests of a failed host.
type HA struct {
	Enabled      bool   `yaml:"enabled,omitempty" json:"enabled,omitzero"`
	Admission    bool   `yaml:"admission,omitempty" json:"admission,omitzero"`         // admission control is on
	Policy       string `yaml:"policy,omitempty" json:"policy,omitzero"`               // hosts | percent | dedicated
	HostFailures int    `yaml:"host_failures,omitempty" json:"host_failures,omitzero"` // to tolerate, where the policy says
	CPU          Share  `yaml:"cpu,omitempty" json:"cpu,omitzero"`                     // reserved, by the percent policy
	Memory       Share  `yaml:"memory,omitempty" json:"memory,omitzero"`
}

// IsZero tells whether nothing is set.
func (h HA) IsZero() bool { return h == HA{} }

// DRS is how a cluster is set to move guests between hosts.
type DRS struct {
	Enabled    bool   `yaml:"enabled,omitempty" json:"enabled,omitzero"`
	Automation string `yaml:"automation,omitempty" json:"automation,omitzero"` // manual | partial | full
	DPM        bool   `yaml:"dpm,omitempty" json:"dpm,omitzero"`               // powers idle hosts off by itself
}

// IsZero tells whether nothing is set.
func (d DRS) IsZero() bool { return d == DRS{} }

// Pool is a resource pool: a share of a cluster with limits of its own.
type Pool struct {
	ID                string    `yaml:"id" json:"id"`
	Name              string    `yaml:"name,omitempty" json:"name,omitzero"`
	Cluster           string    `yaml:"cluster,omitempty" json:"cluster,omitzero"`
	Parent            string    `yaml:"parent,omitempty" json:"parent,omitzero"`
	CPUReservation    Frequency `yaml:"cpu_reservation,omitempty" json:"cpu_reservation,omitzero"`
	CPULimit          Frequency `yaml:"cpu_limit,omitempty" json:"cpu_limit,omitzero"`
	MemoryReservation Size      `yaml:"memory_reservation,omitempty" json:"memory_reservation,omitzero"`
	MemoryLimit       Size      `yaml:"memory_limit,omitempty" json:"memory_limit,omitzero"`
	From              []Origin  `yaml:"from,omitempty" json:"from,omitempty"`
}

// Datastore is storage that guests' disks lie on.
type Datastore struct {
	ID       string   `yaml:"id" json:"id"`
	Name     string   `yaml:"name,omitempty" json:"name,omitzero"`
	Type     string   `yaml:"type,omitempty" json:"type,omitzero"` // VMFS, NFS, vSAN, …
	Capacity Size     `yaml:"capacity,omitempty" json:"capacity,omitzero"`
	Free     Size     `yaml:"free,omitempty" json:"free,omitzero"`
	Hosts    []string `yaml:"hosts,omitempty,flow" json:"hosts,omitempty"` // IDs of hosts that reach it; one: it is local
	From     []Origin `yaml:"from,omitempty" json:"from,omitempty"`
}
