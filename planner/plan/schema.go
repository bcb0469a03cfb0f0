package plan

import (
	"embed"
	"fmt"
	"strings"

	"sobre/inventory"
)

//go:embed schema/*.json
var schemas embed.FS

// SchemaNames lists the file formats that have a JSON Schema.
func SchemaNames() []string {
	return []string{"estate", "catalogue", "policy", "plan", "capacity", "licences"}
}

// Schema is the JSON Schema (draft 2020-12) of a file format, as text. The
// schemas are made from the Go types by a test of this package.
func Schema(name string) ([]byte, error) {
	text, err := schemas.ReadFile("schema/" + name + ".schema.json")
	if err == nil {
		return text, nil
	}
	if near := inventory.Nearest(name, SchemaNames()); near != "" {
		return nil, fmt.Errorf("no schema is called %q; did you mean %q?", name, near)
	}
	return nil, fmt.Errorf("no schema is called %q (one of %s)", name, strings.Join(SchemaNames(), ", "))
}
