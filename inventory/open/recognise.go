package open

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/inventory/ocs"
	"sobre/inventory/rvtools"
	"sobre/inventory/table"
	"sobre/inventory/usage"
)

// Format is what a file holds.
type Format string

// The formats.
const (
	EstateFile Format = "estate"
	OCS        Format = "OCS Inventory"
	RVTools    Format = "RVTools"
	Register   Format = "asset register"
	Usage      Format = "measured use"
	Other      Format = "" // nothing that an estate is made of
)

// headBytes is how much of a file is looked at to recognise it.
const headBytes = 64 << 10

// recognise says what each path is. A folder is taken for the documents in it,
// or, where it holds different things, for each of them.
func recognise(paths []string, fsys fs.FS) ([]Recognised, error) {
	var found []Recognised
	for _, path := range paths {
		info, err := stat(fsys, path)
		switch {
		case err != nil && strings.ContainsAny(path, "*?["):
			found = append(found, Recognised{path, OCS}) // a pattern, which that source resolves
		case err != nil:
			return nil, err
		case info.IsDir():
			inside, err := recogniseFolder(path, fsys)
			if err != nil {
				return nil, err
			}
			found = append(found, inside...)
		default:
			format, err := recogniseFile(path, fsys)
			if err != nil {
				return nil, err
			}
			if format == Other {
				return nil, fmt.Errorf("%s: this is no inventory that sobre knows (an estate file, an OCS document, an RVTools export, a register or a table of use)", path)
			}
			found = append(found, Recognised{path, format})
		}
	}
	return found, nil
}

func recogniseFolder(path string, fsys fs.FS) ([]Recognised, error) {
	entries, err := readDir(fsys, path)
	if err != nil {
		return nil, fmt.Errorf("reading folder %s: %w", path, err)
	}
	var found []Recognised
	documents := false
	for _, entry := range entries {
		inside := joinPath(fsys, path, entry.Name())
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if entry.IsDir() {
			sub, err := recogniseFolder(inside, fsys)
			if err != nil {
				return nil, err
			}
			found = append(found, sub...)
			continue
		}
		if isDocument(entry.Name()) {
			documents = true
			continue
		}
		format, err := recogniseFile(inside, fsys)
		if err != nil {
			return nil, err
		}
		if format != Other {
			found = append(found, Recognised{inside, format})
		}
	}
	if documents {
		// The folder goes to the source whole: it reads the documents in it and
		// below, and says which it could not.
		found = slices.DeleteFunc(found, func(f Recognised) bool { return f.Format == OCS })
		found = append([]Recognised{{path, OCS}}, found...)
	}
	return found, nil
}

func isDocument(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".ocs" || ext == ".xml"
}

func recogniseFile(path string, fsys fs.FS) (Format, error) {
	head, err := readHead(fsys, path)
	if err != nil {
		return Other, err
	}
	name := filepath.Base(path)
	switch {
	case ocs.Recognise(head, name):
		return OCS, nil
	case rvtools.Recognise(head, name), fsys == nil && rvtools.RecogniseFile(path):
		return RVTools, nil
	case looksLikeEstate(head, name):
		return EstateFile, nil
	case strings.HasSuffix(strings.ToLower(name), ".csv") && usage.Recognise(head, name):
		return Usage, nil
	case strings.HasSuffix(strings.ToLower(name), ".csv") && (table.Recognise(head, name) || hasMapping(path, fsys)):
		return Register, nil
	}
	return Other, nil
}

// estateField is a field that an estate has and neither a catalogue nor a
// policy nor a plan has at the top.
var estateField = regexp.MustCompile(`(?m)^\s*"?(workloads|sites|datastores|rules|collected)"?\s*:`)

// planField is a field that only a plan has.
var planField = regexp.MustCompile(`(?m)^\s*"(placements|inputs|objective)"\s*:`)

func looksLikeEstate(head []byte, name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".json":
		if bytes.Contains(head, []byte("minimise")) && !bytes.Contains(head, []byte("workloads")) {
			return false // a policy with rules
		}
		return estateField.Match(head) && !planField.Match(head)
	}
	return false
}

func hasMapping(path string, fsys fs.FS) bool {
	_, err := stat(fsys, mappingPath(path))
	return err == nil
}

// mappingPath is where the mapping of a register lies: beside it, with the
// ending .map.yaml.
func mappingPath(path string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + ".map.yaml"
}

func mappingBeside(path string, fsys fs.FS) (*table.Mapping, error) {
	if !hasMapping(path, fsys) {
		return nil, nil
	}
	return table.ReadMapping(fsys, mappingPath(path))
}

func decode(path string, fsys fs.FS) (*inventory.Estate, error) {
	if fsys == nil {
		return inventory.DecodeFile[inventory.Estate](path)
	}
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return inventory.Decode[inventory.Estate](f, path)
}

func stat(fsys fs.FS, path string) (fs.FileInfo, error) {
	if fsys == nil {
		return os.Stat(path)
	}
	return fs.Stat(fsys, path)
}

func readDir(fsys fs.FS, path string) ([]fs.DirEntry, error) {
	if fsys == nil {
		return os.ReadDir(path)
	}
	return fs.ReadDir(fsys, path)
}

func joinPath(fsys fs.FS, dir, name string) string {
	if fsys == nil {
		return filepath.Join(dir, name)
	}
	return dir + "/" + name
}

func readHead(fsys fs.FS, path string) ([]byte, error) {
	var f io.ReadCloser
	var err error
	if fsys == nil {
		f, err = os.Open(path)
	} else {
		f, err = fsys.Open(path)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return head[:n], nil
}
