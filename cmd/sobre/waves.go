package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/report"
	"sobre/wording"
)

type wavesOptions struct {
	formats []string
	out     string
	output  string
	details bool
}

func newWavesCmd() *cobra.Command {
	o := &wavesOptions{}
	c := &cobra.Command{
		Use:   "waves PLAN",
		Short: "In which order to move, and when hosts are switched off",
		Long: `Shows the waves of a plan: what is moved in which window, how long that takes, which
services are interrupted, which hosts are switched off after it, what is saved by then,
and the way back. No step of it breaks a rule or fills a host beyond its limits; sobre
verify checks that.

With -f it writes files: csv (a line per move), ics (a calendar with an event per wave,
RFC 5545), changes (an ITIL change record per wave, Markdown) and changes-csv (the same,
a line each). How the moves are scheduled is in the policy under waves (sobre schema policy).

Exit codes: 0 done; 1 error; 2 the plan moves something and gives no order.`,
		Example: `  sobre waves plan.json
  sobre waves plan.json --details
  sobre waves plan.json -f csv,ics,changes -o march
  sobre waves plan.json -f ics -o -`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runWaves(c, o, args[0]) },
	}
	f := c.Flags()
	f.StringSliceVarP(&o.formats, "format", "f", nil, "files to write: csv, ics, changes, changes-csv")
	f.StringVarP(&o.out, "out", "o", "", "name of the files without its ending (default: that of the plan, -waves); - is standard output")
	f.StringVar(&o.output, "output", "table", "what to print: table or json")
	f.BoolVar(&o.details, "details", false, "list every move and the way back")
	return c
}

// waveFile is a file that the waves can be written as.
type waveFile struct {
	format, ending string
	write          func(io.Writer, *plan.Plan, *wording.Language) error
}

func waveFiles() []waveFile {
	return []waveFile{
		{"csv", ".csv", func(w io.Writer, p *plan.Plan, _ *wording.Language) error { return report.WavesCSV(w, p) }},
		{"ics", ".ics", report.WavesCalendar},
		{"changes", "-changes.md", report.WavesChanges},
		{"changes-csv", "-changes.csv", report.WavesChangesCSV},
	}
}

func runWaves(c *cobra.Command, o *wavesOptions, path string) error {
	files, err := chosenWaveFiles(o)
	if err != nil {
		return err
	}
	p, err := plan.ReadFile(path)
	if err != nil {
		return err
	}
	language := languageOf(c)
	for _, f := range files {
		if err := writeWaveFile(c, o, f, p, path); err != nil {
			return err
		}
	}
	if len(files) == 0 {
		if o.output == "json" {
			err = inventory.EncodeJSON(c.OutOrStdout(), struct {
				Waves []plan.Wave `json:"waves"`
			}{p.Waves})
		} else {
			err = report.Waves(c.OutOrStdout(), p, language, o.details)
		}
		if err != nil {
			return err
		}
	}
	if len(p.Waves) == 0 && slices.ContainsFunc(p.Placements, func(m plan.Placement) bool { return m.Kind != "" }) {
		return &exitWith{code: exitGate}
	}
	return nil
}

func chosenWaveFiles(o *wavesOptions) ([]waveFile, error) {
	if o.output != "table" && o.output != "json" {
		return nil, unknownWord("output", o.output, "table", "json")
	}
	if o.out != "" && len(o.formats) == 0 {
		return nil, errors.New("-o names files to write: say which with -f (csv, ics, changes, changes-csv)")
	}
	if o.out == "-" && len(o.formats) > 1 {
		return nil, errors.New("-o - takes one format: several would run into each other")
	}
	var files []waveFile
	var known []string
	for _, f := range waveFiles() {
		known = append(known, f.format)
		if slices.Contains(o.formats, f.format) {
			files = append(files, f)
		}
	}
	for _, format := range o.formats {
		if !slices.Contains(known, format) {
			return nil, unknownWord("format", format, known...)
		}
	}
	return files, nil
}

func writeWaveFile(c *cobra.Command, o *wavesOptions, f waveFile, p *plan.Plan, path string) error {
	name := o.out
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + "-waves"
	}
	if name != "-" {
		name += f.ending
	}
	err := writeOutput(name, c.OutOrStdout(), func(w io.Writer) error { return f.write(w, p, languageOf(c)) })
	if err == nil && name != "-" {
		fmt.Fprintf(c.ErrOrStderr(), "%s written\n", name)
	}
	return err
}
