package main

import (
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestCommittedFilesAreWhatTheTablesSay fails when somebody edited a generated
// file, or changed the tables and did not run the generator.
func TestCommittedFilesAreWhatTheTablesSay(t *testing.T) {
	dir := t.TempDir()
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	made := contents(t, dir)
	if len(made) != 65 {
		t.Errorf("%d files were made, want 62 documents, register, use and estate", len(made))
	}
	for name, want := range made {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Errorf("not committed: %v", err)
			continue
		}
		if !bytes.Equal(plain(got), plain(want)) {
			t.Errorf("%s differs from what the tables give: run go run ./samples/gen", name)
		}
	}
	documents, err := filepath.Glob(filepath.Join("..", "mulhouse", "ocs", "*"))
	if err != nil || len(documents) != 62 {
		t.Errorf("got %d documents, want 62: %v", len(documents), err)
	}
}

func contents(t *testing.T, root string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// plain undoes the packing of a document: another version of the compressor may
// give other bytes for the same text.
func plain(data []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return data
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return data
	}
	return text
}

func TestServersAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range servers() {
		if seen[s.name] || hardwareByKey()[s.hw].model == "" || systemByKey()[s.os].name == "" {
			t.Errorf("%s stands twice, or its hardware %q or system %q is not in the tables", s.name, s.hw, s.os)
		}
		seen[s.name] = true
	}
	if len(seen) != 60 {
		t.Errorf("got %d servers, want 60", len(seen))
	}
}
