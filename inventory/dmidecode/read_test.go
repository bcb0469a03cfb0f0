package dmidecode_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/inventory/dmidecode"
)

func tryRead(files map[string]string) (*inventory.Estate, error) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["in/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dmidecode.Read(context.Background(), []string{"in"}, dmidecode.Options{FS: fsys})
}

func read(t *testing.T, files map[string]string) *inventory.Estate {
	t.Helper()
	e, err := tryRead(files)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func has(e *inventory.Estate, code string) bool {
	for _, f := range e.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

// checkGolden compares an estate with the golden file, or writes that anew, and
// sees that it can be read again.
func checkGolden(t *testing.T, name string, e *inventory.Estate) {
	t.Helper()
	var got bytes.Buffer
	if err := inventory.EncodeYAML(&got, e); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("testdata", name), got.Bytes())
	if _, err := inventory.Decode[inventory.Estate](&got, "estate"); err != nil {
		t.Error(err)
	}
}

// checkAny reads whatever a fuzzer made up: it must not fall over, and what it
// gives must be an estate.
func checkAny(t *testing.T, name string, text []byte) {
	t.Helper()
	dmidecode.Recognise(text, name)
	e, err := dmidecode.Read(t.Context(), []string{name}, dmidecode.Options{FS: fstest.MapFS{name: {Data: text}}})
	if err != nil {
		return
	}
	var out bytes.Buffer
	if err := inventory.EncodeYAML(&out, e); err != nil {
		t.Fatal(err)
	}
	if _, err := inventory.Decode[inventory.Estate](bytes.NewReader(out.Bytes()), "estate"); err != nil {
		t.Fatalf("the estate written cannot be read: %v\n%s", err, out.String())
	}
	if strings.ContainsAny(out.String(), "\x1b\x07") {
		t.Fatal("control characters came through")
	}
}
