package inventory

// Catalogue is the models of host and chassis that may be bought.
type Catalogue struct {
	Version int            `yaml:"version" json:"version"`
	Name    string         `yaml:"name,omitempty" json:"name,omitzero"`
	Hosts   []HostModel    `yaml:"hosts,omitempty" json:"hosts,omitempty"`
	Chassis []ChassisModel `yaml:"chassis,omitempty" json:"chassis,omitempty"`
}

// HostModel is a host as one can buy it.
type HostModel struct {
	Name      string           `yaml:"name" json:"name"`
	Make      string           `yaml:"make,omitempty" json:"make,omitzero"`
	Year      int              `yaml:"year,omitempty" json:"year,omitzero"` // it came on the market
	CPU       CPU              `yaml:"cpu,flow" json:"cpu"`
	Memory    Size             `yaml:"memory" json:"memory"`
	Disk      Size             `yaml:"disk,omitempty" json:"disk,omitzero"` // absent: shared storage, disk is no limit
	Power     HostPower        `yaml:"power,omitempty,flow" json:"power,omitzero"`
	Embodied  Mass             `yaml:"embodied,omitempty" json:"embodied,omitzero"` // kgCO2e to make one
	Lifetime  Span             `yaml:"lifetime,omitempty" json:"lifetime,omitzero"`
	Price     Money            `yaml:"price,omitempty" json:"price,omitzero"`
	Chassis   string           `yaml:"chassis,omitempty" json:"chassis,omitzero"`       // the enclosure model it needs; absent: stands in a rack
	RackUnits float64          `yaml:"rack_units,omitempty" json:"rack_units,omitzero"` // height; absent: unknown
	Stock     *int             `yaml:"stock,omitempty" json:"stock,omitempty"`          // absent: no limit
	Resources map[string]int64 `yaml:"resources,omitempty,flow" json:"resources,omitempty"`
	Source    string           `yaml:"source,omitempty" json:"source,omitzero"` // where the figures are from
}

// ChassisModel is an enclosure as one can buy it.
type ChassisModel struct {
	Name      string       `yaml:"name" json:"name"`
	Slots     int          `yaml:"slots" json:"slots"`
	Power     ChassisPower `yaml:"power,omitempty,flow" json:"power,omitzero"`
	Embodied  Mass         `yaml:"embodied,omitempty" json:"embodied,omitzero"`
	Lifetime  Span         `yaml:"lifetime,omitempty" json:"lifetime,omitzero"`
	Price     Money        `yaml:"price,omitempty" json:"price,omitzero"`
	RackUnits float64      `yaml:"rack_units,omitempty" json:"rack_units,omitzero"` // height; absent: unknown
	Source    string       `yaml:"source,omitempty" json:"source,omitzero"`
}
