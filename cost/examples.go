package cost

import (
	_ "embed"
	"strings"

	"sobre/inventory"
)

//go:embed licences.yaml
var exampleFile string

// Examples are licences with the counting rules of well-known products. Their
// prices are round figures to be replaced: only a quotation has the real one.
func Examples() ([]Licence, error) {
	file, err := inventory.Decode[Licences](strings.NewReader(exampleFile), "built-in licences.yaml")
	if err != nil {
		return nil, err
	}
	return file.Licences, nil
}
