package cost

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"sobre/inventory"
)

//go:embed licences.yaml
var exampleFile string

// ExampleFile is the text of a file of licences with the counting rules of
// well-known products, to be copied and given real prices.
func ExampleFile() string { return exampleFile }

// Examples are licences with the counting rules of well-known products. Their
// prices are round figures to be replaced: only a quotation has the real one.
func Examples() ([]Licence, error) {
	return Read(strings.NewReader(exampleFile), "built-in licences.yaml")
}

// Read reads a file of licences, YAML or JSON; name is what errors call it.
func Read(r io.Reader, name string) ([]Licence, error) {
	file, err := inventory.Decode[Licences](r, name)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, l := range file.Licences {
		if err := l.Check(); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		if names[l.Name] {
			return nil, fmt.Errorf("reading %s: licence %s stands twice", name, l.Name)
		}
		names[l.Name] = true
	}
	return file.Licences, nil
}
