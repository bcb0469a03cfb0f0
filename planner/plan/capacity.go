package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"gopkg.in/yaml.v3"

	"sobre/inventory"
)

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
	Deny    Condition `yaml:"deny,omitempty" json:"deny,omitzero"`         // fails the check where it does not hold
	Warn    Condition `yaml:"warn,omitempty" json:"warn,omitzero"`         // is only told where it does not hold
	Name    string    `yaml:"name,omitempty" json:"name,omitzero"`         // for reports; absent: the condition
	On      View      `yaml:"on,omitempty" json:"on,omitzero"`             // absent: today where that can be told
	Hosts   []string  `yaml:"hosts,omitempty,flow" json:"hosts,omitempty"` // IDs or names of hosts it is about, where it is about each host; absent: all
	Why     string    `yaml:"why,omitempty" json:"why,omitzero"`           // shown where it fails
	Waivers []Waiver  `yaml:"waivers,omitempty" json:"waivers,omitempty"`  // agreed exceptions
}

// Waiver is an agreed exception: until its day, what it is about does not fail
// the gate. After it, it does again.
type Waiver struct {
	Owner    string         `yaml:"owner" json:"owner"`                                // who answers for it
	Reason   string         `yaml:"reason" json:"reason"`                              // why it is accepted
	Until    inventory.Date `yaml:"until" json:"until"`                                // the last day it counts
	Subjects []string       `yaml:"subjects,omitempty,flow" json:"subjects,omitempty"` // hosts, workloads or rules it is about; absent: the gate as a whole
}

// View is which placement a gate looks at.
type View string

// The views.
const (
	OnToday View = "today" // the placement as the estate has it
	OnPlan  View = "plan"  // the best placement that is found
)

// UnmarshalText reads a view and names the nearest to what it does not know.
func (v *View) UnmarshalText(text []byte) error {
	return inventory.OneOf(v, text, OnToday, OnPlan)
}

// Condition is what a gate asks, as text: "hosts <= 12". In files it may also
// be written {survives: {hosts: 1}}.
type Condition string

// survival is the other form of a condition.
type survival struct {
	Survives *Survive `yaml:"survives" json:"survives"`
}

func (s survival) condition() (Condition, error) {
	wrong := errors.New("a condition such as \"hosts <= 12\" or {survives: {hosts: 1}} is expected, with one of hosts, chassis and site")
	if s.Survives == nil || len(s.Survives.MayStop) > 0 {
		return "", wrong
	}
	var text Condition
	for _, what := range []struct {
		name  string
		count int
	}{{"hosts", s.Survives.Hosts}, {"chassis", s.Survives.Chassis}, {"site", s.Survives.Site}} {
		if what.count == 0 {
			continue
		}
		if text != "" {
			return "", wrong
		}
		text = Condition("survives." + what.name + " >= " + strconv.Itoa(what.count))
	}
	if text == "" {
		return "", wrong
	}
	return text, nil
}

// UnmarshalYAML reads either form.
func (c *Condition) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*c = Condition(n.Value)
		return nil
	}
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 || n.Content[0].Value != "survives" {
		return errors.New("a condition such as \"hosts <= 12\" or {survives: {hosts: 1}} is expected")
	}
	var text bytes.Buffer
	if err := yaml.NewEncoder(&text).Encode(n); err != nil {
		return err
	}
	d := yaml.NewDecoder(&text)
	d.KnownFields(true)
	var s survival
	if err := d.Decode(&s); err != nil {
		return fmt.Errorf("{survives: {hosts: 1}} is expected: %w", err)
	}
	condition, err := s.condition()
	*c = condition
	return err
}

// UnmarshalJSON reads either form.
func (c *Condition) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte(`"`)) {
		return json.Unmarshal(data, (*string)(c))
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var s survival
	if err := d.Decode(&s); err != nil {
		return err
	}
	text, err := s.condition()
	*c = text
	return err
}
