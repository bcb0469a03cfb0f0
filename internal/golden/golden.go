// Package golden compares what tests make with files that people have looked at.
package golden

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// update is given to a test: go test ./report -update
var update = flag.Bool("update", false, "write the golden files anew")

// Updating tells whether the test was asked to write its files anew.
func Updating() bool { return *update }

// Compare compares what a test made with the file at a path, such as
// "testdata/plan.golden", or writes the file when it is asked to.
func Compare(t testing.TB, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("%s is not there; go test -update writes it", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (- the file, + now); look at it, and write it anew with -update where it is right:\n%s", path, diff)
	}
}
