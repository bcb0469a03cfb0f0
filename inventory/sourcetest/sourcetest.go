// Package sourcetest is what the tests of sources share: reading files that a
// test wrote, looking for findings, golden estates, and what must hold of
// anything that a fuzzer makes up.
package sourcetest

import (
	"bytes"
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sobre/internal/golden"
	"sobre/inventory"
)

// Source is the doors of a source that its tests go through.
type Source struct {
	Recognise func(head []byte, name string) bool
	Read      func(ctx context.Context, paths []string, files fs.FS) (*inventory.Estate, error)
}

// Try reads a folder of files, by name.
func (s Source) Try(files map[string]string) (*inventory.Estate, error) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["in/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return s.Read(context.Background(), []string{"in"}, fsys)
}

// MustRead is Try for files that can be read.
func (s Source) MustRead(t testing.TB, files map[string]string) *inventory.Estate {
	t.Helper()
	e, err := s.Try(files)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// CheckAny reads whatever a fuzzer made up: it must not fall over, and what it
// gives must be an estate.
func (s Source) CheckAny(t testing.TB, name string, text []byte) {
	t.Helper()
	s.Recognise(text, name)
	e, err := s.Read(t.Context(), []string{name}, fstest.MapFS{name: {Data: text}})
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

// Has tells whether an estate has a finding of a code.
func Has(e *inventory.Estate, code string) bool {
	return slices.ContainsFunc(e.Findings, func(f inventory.Finding) bool { return f.Code == code })
}

// CheckGolden compares an estate with a file in testdata, or writes that anew,
// and sees that it can be read again.
func CheckGolden(t testing.TB, name string, e *inventory.Estate) {
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
