package main

import (
	"errors"
	"fmt"
	"io/fs"

	"sobre/inventory"
	"sobre/inventory/merge"
)

// readDecisions reads what people decided; without a path, nothing.
func readDecisions(path string) (*merge.Decisions, error) {
	if path == "" {
		return nil, nil
	}
	d, err := inventory.DecodeFile[merge.Decisions](path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: sobre merge --decisions %s begins it", err, path)
	}
	if err != nil {
		return nil, err
	}
	if err := d.Check(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return d, nil
}
