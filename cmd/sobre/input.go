package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones on machines that have none, such as Windows

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/inventory/merge"
	"sobre/inventory/open"
	"sobre/planner/plan"
	"sobre/samples"
)

// inputFlags say where an estate, a catalogue and a policy come from.
type inputFlags struct {
	sample       string
	catalogue    string
	policy       string
	licences     string
	workstations bool
	decisions    string
	zone         string
	merged       func(*merge.Result) // is told how several inventories became one; nil: nobody asks
}

// again are the flags that would read the same inputs once more.
func (f *inputFlags) again() []string {
	var out []string
	for _, flag := range [][2]string{{"--sample", f.sample}, {"-c", f.catalogue}, {"-p", f.policy}, {"--licences", f.licences}, {"--decisions", f.decisions}, {"--zone", f.zone}} {
		if flag[1] != "" {
			out = append(out, flag[0], flag[1])
		}
	}
	return out
}

func (f *inputFlags) declare(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.sample, "sample", "", "use an embedded example in place of files: "+sampleNames())
	flags.StringVarP(&f.catalogue, "catalogue", "c", "", "what may be bought (YAML or JSON)")
	flags.StringVarP(&f.policy, "policy", "p", "", "how to place (YAML or JSON)")
	flags.StringVar(&f.licences, "licences", "", "what software costs and how it is counted (YAML or JSON; \"sobre licences\" prints examples)")
	flags.StringVar(&f.decisions, "decisions", "", "what people decided on machines that several inventories hold (see merge)")
	declareZone(c, &f.zone)
	flags.BoolVar(&f.workstations, "workstations", false, "count desktops and laptops of an OCS base as servers too")
}

// declareZone declares the flag of the zone of measured values.
func declareZone(c *cobra.Command, zone *string) {
	c.Flags().StringVar(zone, "zone", "", "time zone of measured values without one, and of the hours of profiles, such as Europe/Paris (default UTC)")
}

// readZone reads the name of a time zone, nil where there is none.
func readZone(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("--zone %s: %w", name, err)
	}
	return zone, nil
}

// study is everything that a plan is made from.
type study struct {
	estate    *inventory.Estate
	catalogue *inventory.Catalogue
	policy    plan.Policy
	files     []plan.Input
	capacity  []capacityFile // those of the files that are
}

// read reads what the flags and arguments name.
func (f *inputFlags) read(ctx context.Context, c *cobra.Command, paths []string) (*study, error) {
	var fsys fs.FS
	catalogue, policy := f.catalogue, f.policy
	if f.sample != "" {
		if len(paths) > 0 {
			return nil, errors.New("give either an estate or --sample, not both")
		}
		s, files, err := samples.Open(f.sample)
		if err != nil {
			return nil, err
		}
		fsys, paths = files, s.Inventory
		for _, extra := range []string{s.Register, s.Use} {
			if extra != "" {
				paths = append(paths, extra)
			}
		}
		if catalogue == "" && len(s.Catalogues) > 0 {
			catalogue = s.Catalogues[0]
		}
		if policy == "" {
			policy = s.Policy
		}
	}
	if len(paths) == 0 {
		return nil, errors.New("no estate: name a file or folder, or try --sample mulhouse")
	}
	in := &study{}
	defer in.name(f.sample)
	decisions, err := readDecisions(f.decisions)
	if err != nil {
		return nil, err
	}
	zone, err := readZone(f.zone)
	if err != nil {
		return nil, err
	}
	if err := in.readEstate(ctx, c, paths, open.Options{FS: fsys, Workstations: f.workstations, Decisions: decisions, Merged: f.merged, Zone: zone}); err != nil {
		return nil, err
	}
	if err := in.readCapacity(fsys); err != nil {
		return nil, err
	}
	return in, in.readRest(f, fsys, catalogue, policy)
}

// name gives an estate without a name one: its sample's, or its first path.
func (in *study) name(sample string) {
	if in.estate == nil || in.estate.Name != "" {
		return
	}
	if s, _, err := samples.Open(sample); err == nil {
		in.estate.Name, _, _ = strings.Cut(s.Title, ",")
		return
	}
	in.estate.Name = filepath.Base(in.files[0].Path)
}

func sampleNames() string {
	var names []string
	for _, s := range samples.List() {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

func (in *study) readEstate(ctx context.Context, c *cobra.Command, paths []string, o open.Options) error {
	line := newProgressLine(c)
	defer line.clear()
	o.Progress = func(source string, done, total int) { line.show("reading %s: %d of %d", source, done, total) }
	estate, found, err := open.Estate(ctx, paths, o)
	if err != nil {
		return err
	}
	in.estate = estate
	for _, r := range found {
		input := plan.Input{Role: "estate", Path: r.Path, Format: string(r.Format)}
		for _, src := range estate.Sources {
			if src.Path == r.Path {
				input.SHA256 = src.SHA256
			}
		}
		if input.SHA256 == "" {
			input.SHA256 = hashFile(o.FS, r.Path)
		}
		in.files = append(in.files, input)
	}
	return nil
}

// readRest reads the catalogue and the policy. Those of a sample lie in its
// file system; those that a flag names do not.
func (in *study) readRest(f *inputFlags, fsys fs.FS, catalogue, policy string) error {
	if catalogue != "" {
		from := fsys
		if f.catalogue != "" {
			from = nil
		}
		read, err := decodeFrom[inventory.Catalogue](from, catalogue)
		if err != nil {
			return err
		}
		in.catalogue = read
		in.files = append(in.files, plan.Input{Role: "catalogue", Path: catalogue, SHA256: hashFile(from, catalogue)})
	}
	if policy != "" {
		from := fsys
		if f.policy != "" {
			from = nil
		}
		read, err := decodeFrom[plan.Policy](from, policy)
		if err != nil {
			return err
		}
		in.policy = *read
		in.files = slices.DeleteFunc(in.files, func(f plan.Input) bool { return f.Role == "policy" })
		in.files = append(in.files, plan.Input{Role: "policy", Path: policy, SHA256: hashFile(from, policy)})
	}
	return in.readLicences(f.licences)
}

func decodeFrom[T any](fsys fs.FS, path string) (*T, error) {
	f, err := openFile(fsys, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return inventory.Decode[T](f, path)
}

func openFile(fsys fs.FS, path string) (io.ReadCloser, error) {
	if fsys == nil {
		return os.Open(path)
	}
	return fsys.Open(path)
}

// hashFile is the SHA-256 of a file, empty for a folder or what cannot be read.
func hashFile(fsys fs.FS, path string) string {
	f, err := openFile(fsys, path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// effortFlag reads --effort.
func unknownWord(flag, value string, known ...string) error {
	if near := inventory.Nearest(value, known); near != "" {
		return fmt.Errorf("--%s %s: did you mean %s?", flag, value, near)
	}
	return fmt.Errorf("--%s %s: one of %s is expected", flag, value, strings.Join(known, ", "))
}
