// Command gen writes the sample estates: run "go run ./samples/gen" in the
// repository after changing its tables, and commit what it wrote. The same
// tables give the same files, byte for byte.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := "samples"
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := generate(root); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// generate writes the generated files of all samples under root. What people
// wrote by hand there (README, policy, catalogues, mapping) it leaves alone.
func generate(root string) error {
	files := map[string][]byte{}
	if err := mulhouse(files); err != nil {
		return err
	}
	vcenter(files)
	for _, folder := range []string{"mulhouse/ocs"} {
		if err := os.RemoveAll(filepath.Join(root, folder)); err != nil {
			return err
		}
	}
	for name, data := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
