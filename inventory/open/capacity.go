package open

import (
	"gopkg.in/yaml.v3"

	"sobre/inventory"
)

// capacity is an estate file that may also be a capacity file: what else such
// a file holds is for others to read.
type capacity struct {
	inventory.Estate `yaml:",inline"`
	Policy           foreign `yaml:"policy" json:"policy"`
	Gates            foreign `yaml:"gates" json:"gates"`
}

// foreign is a field that is not ours to read; it is true where there is one.
type foreign bool

// UnmarshalYAML notes that the field is there.
func (f *foreign) UnmarshalYAML(*yaml.Node) error {
	*f = true
	return nil
}

// UnmarshalJSON notes that the field is there.
func (f *foreign) UnmarshalJSON([]byte) error {
	*f = true
	return nil
}
