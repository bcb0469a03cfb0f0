package inventory

import (
	"encoding/json"
	"fmt"

	"gopkg.in/yaml.v3"
)

// PowerPoint is one point of a power curve, written [10 %, 230 W].
type PowerPoint struct {
	Load  Share
	Power Power
}

// MarshalYAML writes the point as a pair.
func (p PowerPoint) MarshalYAML() (any, error) {
	return &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle, Content: []*yaml.Node{
		{Kind: yaml.ScalarNode, Value: p.Load.String()},
		{Kind: yaml.ScalarNode, Value: p.Power.String()},
	}}, nil
}

// UnmarshalYAML reads a pair of load and power.
func (p *PowerPoint) UnmarshalYAML(n *yaml.Node) error {
	var pair []string
	if err := n.Decode(&pair); err != nil {
		return fmt.Errorf("line %d: a power point is a pair such as [10 %%, 230 W]", n.Line)
	}
	if err := p.set(pair); err != nil {
		return fmt.Errorf("line %d: %w", n.Line, err)
	}
	return nil
}

// MarshalJSON writes the point as a pair.
func (p PowerPoint) MarshalJSON() ([]byte, error) {
	return json.Marshal([]string{p.Load.String(), p.Power.String()})
}

// UnmarshalJSON reads a pair of load and power.
func (p *PowerPoint) UnmarshalJSON(data []byte) error {
	var pair []string
	if err := json.Unmarshal(data, &pair); err != nil {
		return fmt.Errorf(`a power point is a pair such as ["10 %%", "230 W"]`)
	}
	return p.set(pair)
}

func (p *PowerPoint) set(pair []string) error {
	if len(pair) != 2 {
		return fmt.Errorf("a power point is a pair such as [10 %%, 230 W], not %d values", len(pair))
	}
	if err := p.Load.UnmarshalText([]byte(pair[0])); err != nil {
		return err
	}
	return p.Power.UnmarshalText([]byte(pair[1]))
}
