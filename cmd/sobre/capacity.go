package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"

	"sobre/inventory"
	"sobre/inventory/open"
	"sobre/planner/gate"
	"sobre/planner/plan"
)

// capacityFile is an estate file with a policy or gates of its own.
type capacityFile struct {
	path   string
	gates  []plan.Gate
	places gate.Places
}

// readCapacity reads the policies and gates that the estate files bring. A
// policy that a flag names is read later and takes their place.
func (in *study) readCapacity(fsys fs.FS) error {
	for _, f := range in.files {
		if f.Format != string(open.Capacity) {
			continue
		}
		if err := in.addCapacity(fsys, f.Path); err != nil {
			return err
		}
	}
	return nil
}

func (in *study) addCapacity(fsys fs.FS, path string) error {
	text, read, err := decodeCapacity(fsys, path)
	if err != nil {
		return err
	}
	if read.Policy != nil {
		for _, f := range in.files {
			if f.Role == "policy" {
				return fmt.Errorf("both %s and %s have a policy", f.Path, path)
			}
		}
		in.policy = *read.Policy
		in.files = append(in.files, plan.Input{Role: "policy", Path: path, SHA256: hashFile(fsys, path), Format: string(open.Capacity)})
	}
	in.capacity = append(in.capacity, capacityFile{path, read.Gates, gate.FindPlaces(text)})
	return nil
}

// decodeCapacity reads a capacity file, and gives its text as well.
func decodeCapacity(fsys fs.FS, path string) ([]byte, *plan.Capacity, error) {
	f, err := openFile(fsys, path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, inventory.MaxFileBytes+1))
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", path, err)
	}
	read, err := inventory.Decode[plan.Capacity](bytes.NewReader(text), path)
	return text, read, err
}

// readGates adds the gates of a file that has no estate.
func (in *study) readGates(path string) error {
	_, read, err := decodeCapacity(nil, path)
	if err != nil {
		return err
	}
	if len(read.Hosts)+len(read.Workloads) > 0 {
		return fmt.Errorf("--gates %s: the file has an estate of its own: give it as the estate", path)
	}
	if len(read.Gates) == 0 {
		return fmt.Errorf("--gates %s: the file has no gates", path)
	}
	return in.addCapacity(nil, path)
}
