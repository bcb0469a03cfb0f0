package ocs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// file is one document to read.
type file struct {
	path   string // to open it
	shown  string // in origins and findings: relative to the folder given
	source int    // index of the path given
	err    error  // why a folder could not be looked into; then path is the folder
}

// inputs is what the paths given stand for.
type inputs struct {
	paths  []string // as given
	files  []file
	single []bool // by path: names one file, not a folder or pattern
}

// find lists the documents that paths name, in a fixed order, none twice.
func find(fsys fs.FS, paths []string) (inputs, error) {
	in := inputs{paths: paths, single: make([]bool, len(paths))}
	seen := map[string]bool{}
	for i, p := range paths {
		found, single, err := expand(fsys, p)
		if err != nil {
			return in, fmt.Errorf("looking for OCS documents in %s: %w", p, err)
		}
		in.single[i] = single
		for _, f := range found {
			if !seen[f.path] {
				seen[f.path] = true
				f.source = i
				in.files = append(in.files, f)
			}
		}
	}
	if len(in.files) == 0 {
		return in, fmt.Errorf("no OCS document (.xml or .ocs) in %s", strings.Join(paths, ", "))
	}
	return in, nil
}

// expand turns one path into files; single tells that it names just one.
func expand(fsys fs.FS, p string) (files []file, single bool, err error) {
	info, err := stat(fsys, p)
	switch {
	case err == nil && info.IsDir():
		files, err = walk(fsys, p)
		return files, false, err
	case err == nil:
		return []file{{path: p, shown: base(fsys, p)}}, true, nil
	case !errors.Is(err, fs.ErrNotExist) || !strings.ContainsAny(p, "*?["):
		return nil, false, err
	}
	names, err := glob(fsys, p)
	if err != nil {
		return nil, false, err
	}
	slices.Sort(names)
	for _, n := range names {
		if info, err := stat(fsys, n); err == nil && !info.IsDir() {
			files = append(files, file{path: n, shown: base(fsys, n)})
		}
	}
	return files, false, nil
}

// walk lists the documents of a folder and of the folders in it, by their
// names: other files that lie there are not ours.
func walk(fsys fs.FS, root string) ([]file, error) {
	var files []file
	visit := func(p string, d fs.DirEntry, err error) error {
		if err != nil && p == root {
			return err
		}
		if err != nil { // a folder closed to us costs what is in it, not the rest
			files = append(files, file{path: p, shown: relative(fsys, root, p), err: err})
			return fs.SkipDir
		}
		if !d.IsDir() && (isDocumentName(d.Name()) || isAnswer(fsys, p)) {
			files = append(files, file{path: p, shown: relative(fsys, root, p)})
		}
		return nil
	}
	if fsys != nil {
		return files, fs.WalkDir(fsys, root, visit)
	}
	err := filepath.WalkDir(root, visit)
	return files, err
}

// isAnswer tells the JSON of agents and servers and the CSV of the console from
// estates, plans and registers by looking into them.
func isAnswer(fsys fs.FS, p string) bool {
	name := strings.ToLower(p)
	if !strings.HasSuffix(name, ".json") && !strings.HasSuffix(name, ".csv") {
		return false
	}
	f, err := open(fsys, p)
	if err != nil {
		return false
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 64<<10))
	return err == nil && Recognise(head, p)
}

func isDocumentName(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".ocs")
}

func stat(fsys fs.FS, p string) (fs.FileInfo, error) {
	if fsys != nil {
		return fs.Stat(fsys, p)
	}
	return os.Stat(p)
}

// open opens a regular file; a pipe or device could make a reader wait forever.
func open(fsys fs.FS, p string) (io.ReadCloser, error) {
	info, err := stat(fsys, p)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	if fsys != nil {
		return fsys.Open(p)
	}
	return os.Open(p)
}

func glob(fsys fs.FS, pattern string) ([]string, error) {
	if fsys != nil {
		return fs.Glob(fsys, pattern)
	}
	return filepath.Glob(pattern)
}

func base(fsys fs.FS, p string) string {
	if fsys != nil {
		return path.Base(p)
	}
	return filepath.Base(p)
}

func relative(fsys fs.FS, root, p string) string {
	if fsys != nil {
		return strings.TrimPrefix(strings.TrimPrefix(p, root), "/")
	}
	if r, err := filepath.Rel(root, p); err == nil {
		return filepath.ToSlash(r)
	}
	return filepath.ToSlash(p)
}
