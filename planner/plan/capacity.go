package plan

import "sobre/inventory"

// Capacity is a capacity file: an estate kept in version control with the
// policy it is planned by and the gates it is held to.
type Capacity struct {
	inventory.Estate `yaml:",inline"`
	Policy           *Policy `yaml:"policy,omitempty" json:"policy,omitempty"`
	Gates            []Gate  `yaml:"gates,omitempty" json:"gates,omitempty"`
}

// Gate is a condition that a capacity file is held to, such as "hosts <= 12".
// Exactly one of Deny and Warn is set.
type Gate struct {
	Deny string `yaml:"deny,omitempty" json:"deny,omitzero"` // fails the check where it does not hold
	Warn string `yaml:"warn,omitempty" json:"warn,omitzero"` // is only told where it does not hold
}
