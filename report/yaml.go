package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"
)

// YAML writes a value as YAML, with the fields and the order of its JSON.
func YAML(out io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("writing YAML: %w", err)
	}
	// JSON is YAML: read as a tree, it only has to lose its braces and quotes.
	var tree yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&tree); err != nil {
		return fmt.Errorf("writing YAML: %w", err)
	}
	toBlock(&tree)
	e := yaml.NewEncoder(out)
	e.SetIndent(2)
	if err := e.Encode(&tree); err != nil {
		return err
	}
	return e.Close()
}

// toBlock drops the styles that came with JSON, so that the encoder chooses.
func toBlock(n *yaml.Node) {
	n.Style = 0
	for _, c := range n.Content {
		toBlock(c)
	}
}
