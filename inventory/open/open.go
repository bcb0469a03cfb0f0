package open

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"sobre/inventory"
	"sobre/inventory/merge"
	"sobre/inventory/table"
	"sobre/inventory/usage"
)

// Options says how to read; its zero value is good.
type Options struct {
	FS           fs.FS // where paths are looked up; nil: this machine's files
	Workstations bool  // keeps desktops and laptops of an OCS base as well
	// Console maps fields (ocs.ConsoleFields) to the headers of a list that the
	// OCS console exported in another language than English and French; with it,
	// every CSV is taken for such a list.
	Console   map[string]string
	Decisions *merge.Decisions    // of people, on what is one machine; nil: none
	Merged    func(*merge.Result) // is told what was merged; nil: nobody asks
	// Zone is where measured times without a zone are, and whose hours profiles
	// count; nil: UTC, which is the same on every machine.
	Zone *time.Location
	// Progress is told how many documents of a source have been read.
	Progress func(source string, done, total int)
}

// Recognised says what a path was taken for, and by what sign.
type Recognised struct {
	Path   string
	Format Format
	Why    string
}

// Estate reads paths into one estate. What adds to machines that other paths
// bring (registers, measured use) is joined after those, in the order given.
func Estate(ctx context.Context, paths []string, o Options) (*inventory.Estate, []Recognised, error) {
	found, err := recognise(paths, o)
	if err != nil {
		return nil, nil, err
	}
	estates, err := readBases(ctx, found, o)
	if err != nil {
		return nil, found, err
	}
	if len(estates) == 0 {
		return nil, found, fmt.Errorf("no inventory among %s: an estate file, OCS or GLPI documents, an RVTools export, Proxmox resources, dumps of virsh, an Azure Migrate import or what dmidecode printed are expected", strings.Join(paths, ", "))
	}
	merged := merge.Estates(estates, merge.Options{Decisions: o.Decisions})
	e := merged.Estate
	e.Findings = append(e.Findings, unsaid(e.Findings, merged.Findings())...)
	if o.Merged != nil {
		o.Merged(merged)
	}
	if err := enrich(ctx, e, found, o); err != nil {
		return nil, found, err
	}
	e.FillGaps()
	e.Findings = append(e.Findings, unsaid(e.Findings, e.Check())...)
	return e, found, nil
}

// unsaid are the findings of a check that no source has made already: an estate
// file brings those of the day it was written.
func unsaid(said, checked []inventory.Finding) []inventory.Finding {
	type key struct{ code, subject string }
	known := map[key]bool{}
	for _, f := range said {
		known[key{f.Code, f.Subject}] = true
	}
	return slices.DeleteFunc(checked, func(f inventory.Finding) bool { return known[key{f.Code, f.Subject}] })
}

// enrich adds registers and measured use to the machines they name.
func enrich(ctx context.Context, e *inventory.Estate, found []Recognised, o Options) error {
	for _, f := range found {
		switch f.Format {
		case Register:
			mapping, err := table.MappingBeside(o.FS, f.Path)
			if err != nil {
				return err
			}
			r, err := table.Read(f.Path, table.Options{Mapping: mapping, FS: o.FS})
			if err != nil {
				return err
			}
			r.Enrich(e)
		case Usage:
			u, err := usage.Read(f.Path, usage.Options{FS: o.FS})
			if err != nil {
				return err
			}
			u.Enrich(e)
		}
	}
	// A series may go on from one file to the next: all are read together.
	var series []string
	for _, f := range found {
		if f.Format == Series {
			series = append(series, f.Path)
		}
	}
	if len(series) == 0 {
		return nil
	}
	s, err := usage.ReadSeries(ctx, series, usage.SeriesOptions{FS: o.FS, Zone: o.Zone})
	if err != nil {
		return err
	}
	s.Enrich(e)
	return nil
}
