package inventory

// Domain is the size of place that a rule keeps workloads apart by.
type Domain string

// The domains; empty means host.
const (
	ByHost    Domain = "host"
	ByChassis Domain = "chassis"
	BySite    Domain = "site"
)

// UnmarshalText reads a domain and names the nearest one to what it does not know.
func (d *Domain) UnmarshalText(text []byte) error { return OneOf(d, text, ByHost, ByChassis, BySite) }

// Rule is a condition on where workloads run. Exactly one of Apart, Together,
// Only, Never and Stay is set; it lists IDs or names of workloads, where * and
// ? stand for any characters.
type Rule struct {
	Name     string   `yaml:"name,omitempty" json:"name,omitzero"`
	Apart    []string `yaml:"apart,omitempty,flow" json:"apart,omitempty"`       // no two in one host, chassis or site
	By       Domain   `yaml:"by,omitempty" json:"by,omitzero"`                   // for Apart
	Together []string `yaml:"together,omitempty,flow" json:"together,omitempty"` // all on one host
	Only     []string `yaml:"only,omitempty,flow" json:"only,omitempty"`         // on no other host than Hosts
	Never    []string `yaml:"never,omitempty,flow" json:"never,omitempty"`       // on none of Hosts
	Hosts    []string `yaml:"hosts,omitempty,flow" json:"hosts,omitempty"`       // IDs, names or models of hosts, for Only and Never
	Stay     []string `yaml:"stay,omitempty,flow" json:"stay,omitempty"`         // where they are
	Reason   string   `yaml:"reason,omitempty" json:"reason,omitzero"`
	Disabled bool     `yaml:"disabled,omitempty" json:"disabled,omitzero"` // known but not in force
	// Soft marks a preference of the source (a "should" rule), reported when a
	// plan breaks it, never enforced.
	Soft bool     `yaml:"soft,omitempty" json:"soft,omitzero"`
	From []Origin `yaml:"from,omitempty" json:"from,omitempty"`
}
