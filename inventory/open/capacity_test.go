package open_test

import (
	"testing"
	"testing/fstest"

	"sobre/inventory/open"
)

// TestCapacityFilesAreEstates reads an estate that carries more than one, in
// whatever order.
func TestCapacityFilesAreEstates(t *testing.T) {
	const estate = "version: 1\nhosts: [{id: a, memory: 8 GiB}]\n"
	for name, test := range map[string]struct {
		file, text string
		format     open.Format
	}{
		"gates":     {"c.yaml", estate + "gates: [{deny: hosts <= 1}]\n", open.Capacity},
		"policy":    {"c.yaml", "policy: {preset: bold}\n" + estate, open.Capacity},
		"JSON":      {"c.json", `{"version":1,"hosts":[{"id":"a"}],"gates":[]}`, open.Capacity},
		"an estate": {"c.yaml", estate, open.EstateFile},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{test.file: &fstest.MapFile{Data: []byte(test.text)}}
			e, found, err := open.Estate(t.Context(), []string{test.file}, open.Options{FS: fsys})
			if err != nil {
				t.Fatal(err)
			}
			if len(e.Hosts) != 1 || found[0].Format != test.format {
				t.Errorf("%d hosts in a %q, want 1 in a %q", len(e.Hosts), found[0].Format, test.format)
			}
		})
	}
}
