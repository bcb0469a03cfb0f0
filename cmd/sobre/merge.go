package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/inventory/merge"
	"sobre/inventory/open"
	"sobre/report"
)

type mergeOptions struct {
	zone            string
	out, output     string
	decisions       string
	same, different []string
	prefer          []string
	workstations    bool
	all, strict     bool
}

func newMergeCmd() *cobra.Command {
	o := &mergeOptions{}
	c := &cobra.Command{
		Use:   "merge A B …",
		Short: "One estate from several inventories, each machine counted once",
		Long: `Reads several inventories (estate files or raw exports, as for plan) and makes one estate.
A machine is known by its SMBIOS UUID in either byte order, its serial number with make
and model or with its name, the DEVICEID of its agent, or its name with a network address;
never by a serial number or a name alone. Each merge, each refusal and each conflict is
listed with its evidence. The order of the inventories does not matter.

What you decide is kept in the file of --decisions, which is written when it is missing:
  --same web01=srv-web       these are one machine (IDs, names, UUIDs or serial numbers;
                             "ocs:web01" means that of one source)
  --different old=new        these are not, however much they look it
  --prefer memory=ocs        of what inventories tell differently, this source's counts`,
		Example: `  sobre merge vcenter.yaml ocs/ register.csv -o estate.yaml
  sobre merge a.yaml b.xlsx --decisions decisions.yaml --same web01=srv-web -o estate.yaml
  sobre merge a.yaml b.yaml --output csv > merge.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runMerge(c, o, args) },
	}
	f := c.Flags()
	f.StringVarP(&o.out, "out", "o", "", "write the estate here, YAML or (.json) JSON; - is standard output")
	f.StringVar(&o.output, "output", "table", "how to print what was done: table, json, yaml, csv or markdown")
	f.StringVar(&o.decisions, "decisions", "", "what people decided (YAML); read, and written with what is decided here")
	f.StringArrayVar(&o.same, "same", nil, "A=B: they are one machine")
	f.StringArrayVar(&o.different, "different", nil, "A=B: they are not")
	f.StringArrayVar(&o.prefer, "prefer", nil, "FIELD=SOURCE, or MACHINE.FIELD=SOURCE: that source counts")
	declareZone(c, &o.zone)
	f.BoolVar(&o.workstations, "workstations", false, "count desktops and laptops of an OCS base as servers too")
	f.BoolVar(&o.all, "all", false, "show all rows of the tables")
	f.BoolVar(&o.strict, "strict", false, "exit with 3 when some of the input could not be used")
	return c
}

func runMerge(c *cobra.Command, o *mergeOptions, paths []string) error {
	printer, err := newMergePrinter(c, o)
	if err != nil {
		return err
	}
	decisions, err := o.decide()
	if err != nil {
		return err
	}
	var result *merge.Result
	zone, err := readZone(o.zone)
	if err != nil {
		return err
	}
	in := &study{}
	err = in.readEstate(c.Context(), c, paths, open.Options{
		Zone: zone, Workstations: o.workstations, Decisions: decisions, Merged: func(r *merge.Result) { result = r },
	})
	if err != nil {
		return err
	}
	if o.out != "" {
		if err := saveEstate(c, o.out, false, in.estate); err != nil {
			return err
		}
	}
	to := c.OutOrStdout()
	if o.out == "-" {
		to = c.ErrOrStderr()
	}
	if err := printer(to, result); err != nil {
		return err
	}
	if o.strict && isPartial(in.estate) {
		return &exitWith{code: exitPartial}
	}
	return nil
}

// decide is what the file of decisions holds and what the flags add, saved.
func (o *mergeOptions) decide() (*merge.Decisions, error) {
	d := &merge.Decisions{Version: inventory.Version}
	if o.decisions != "" {
		read, err := inventory.DecodeFile[merge.Decisions](o.decisions)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		default:
			d = read
		}
	}
	added := len(o.same) + len(o.different) + len(o.prefer)
	if added > 0 && o.decisions == "" {
		return nil, errors.New("name a file for it: --decisions decisions.yaml")
	}
	for _, list := range []struct {
		flag  string
		pairs []string
		into  *[][]string
	}{{"same", o.same, &d.Same}, {"different", o.different, &d.Different}} {
		for _, pair := range list.pairs {
			names := strings.Split(pair, "=")
			if len(names) < 2 || strings.Contains(pair+"=", "==") || strings.HasPrefix(pair, "=") {
				return nil, fmt.Errorf("--%s %s: two names with = between them are expected", list.flag, pair)
			}
			*list.into = append(*list.into, names)
		}
	}
	for _, text := range o.prefer {
		what, source, ok := strings.Cut(text, "=")
		if !ok || what == "" || source == "" {
			return nil, fmt.Errorf("--prefer %s: FIELD=SOURCE is expected", text)
		}
		p := merge.Prefer{Field: what, Source: source}
		if machine, field, ok := strings.Cut(what, "."); ok && machine != "cpu" && machine != "use" && machine != "power" && machine != "labels" {
			p.Machine, p.Field = machine, field
		}
		d.Prefer = append(d.Prefer, p)
	}
	if err := d.Check(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", o.decisions, err)
	}
	if added == 0 {
		return d, nil
	}
	return d, writeOutput(o.decisions, os.Stdout, func(w io.Writer) error { return inventory.EncodeYAML(w, d) })
}

func newMergePrinter(c *cobra.Command, o *mergeOptions) (func(io.Writer, *merge.Result) error, error) {
	language := languageOf(c)
	switch o.output {
	case "json":
		return func(w io.Writer, r *merge.Result) error { return inventory.EncodeJSON(w, r) }, nil
	case "yaml":
		return func(w io.Writer, r *merge.Result) error { return inventory.EncodeYAML(w, r) }, nil
	case "csv":
		return report.MergeCSV, nil
	case "markdown":
		return func(w io.Writer, r *merge.Result) error { return report.MergeMarkdown(w, r, language) }, nil
	case "table":
		return func(w io.Writer, r *merge.Result) error { return report.Merge(w, r, language, o.all) }, nil
	}
	return nil, unknownWord("output", o.output, "table", "json", "yaml", "csv", "markdown")
}
