package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/inventory/audit"
	"sobre/inventory/merge"
	"sobre/report"
)

type inspectOptions struct {
	input    inputFlags
	accepted string
	day      string
	output   string
	details  bool
	conflict []audit.Conflict
}

func newInspectCmd() *cobra.Command {
	o := &inspectOptions{}
	c := &cobra.Command{
		Use:   "inspect [ESTATE…]",
		Short: "Audit: what is there, how used, what is idle, what can move, how good the data are",
		Long: `Audits an estate (an estate file or raw exports, as for plan): counts by role, make, age,
system and support, site; how much is used; what is idle or too large; which servers can
become guests, with what speaks for and against; what one failure would take down; and
how far each field can be trusted. What no data allow to compute is said, never guessed.

A file named by --accepted holds what people answer for although it speaks against a move:
  version: 1
  accept: [{machine: fax, code: usb, owner: J. Dupont, until: 2027-01-31, reason: …}]`,
		Example: `  sobre inspect --sample mulhouse
  sobre inspect ocs/ register.csv --details
  sobre inspect rvtools.xlsx --output csv > machines.csv`,
		RunE: func(c *cobra.Command, args []string) error { return runInspect(c, o, args) },
	}
	o.input.declare(c)
	f := c.Flags()
	f.StringVar(&o.accepted, "accepted", "", "what people accept, with owner and date (YAML)")
	f.StringVar(&o.day, "day", "", "tell ages and support as of this day (2026-11-22); default: the day of the inventory")
	f.StringVar(&o.output, "output", "table", "what to print: table, json, yaml, csv (a machine a line) or markdown")
	f.BoolVar(&o.details, "details", false, "list all machines and figures under the first screen")
	return c
}

func runInspect(c *cobra.Command, o *inspectOptions, args []string) error {
	printer, err := newInspectPrinter(c, o, args)
	if err != nil {
		return err
	}
	var day inventory.Date
	if o.day != "" {
		if day, err = inventory.ParseDate(o.day); err != nil {
			return fmt.Errorf("--day: %w", err)
		}
	}
	var accepted *audit.Accepted
	if o.accepted != "" {
		if accepted, err = inventory.DecodeFile[audit.Accepted](o.accepted); err != nil {
			return err
		}
		if err := accepted.Check(); err != nil {
			return fmt.Errorf("reading %s: %w", o.accepted, err)
		}
	}
	o.input.merged = func(r *merge.Result) {
		for _, k := range r.Conflicts {
			o.conflict = append(o.conflict, audit.Conflict{Kind: k.Kind, ID: k.ID, Field: k.Field})
		}
	}
	in, err := o.input.read(c.Context(), c, args)
	if err != nil {
		return err
	}
	if len(in.estate.Hosts) == 0 && len(in.estate.Workloads) == 0 {
		return noServers(in)
	}
	a := audit.Of(in.estate, audit.Options{Day: day, Rules: in.policy.Rules, Conflicts: o.conflict, Accepted: accepted})
	return printer(c.OutOrStdout(), a)
}

// newInspectPrinter picks how the audit is printed; an unknown format is told
// before any work is done.
func newInspectPrinter(c *cobra.Command, o *inspectOptions, args []string) (func(io.Writer, *audit.Audit) error, error) {
	language := languageOf(c)
	switch o.output {
	case "json":
		return func(w io.Writer, a *audit.Audit) error { return inventory.EncodeJSON(w, a) }, nil
	case "yaml":
		return func(w io.Writer, a *audit.Audit) error { return inventory.EncodeYAML(w, a) }, nil
	case "csv":
		return report.InspectCSV, nil
	case "markdown":
		return func(w io.Writer, a *audit.Audit) error { return report.InspectMarkdown(w, a, language) }, nil
	case "table":
		screen := report.InspectScreen{Language: language, Colour: colourOn(c)}
		if !o.details {
			screen.Details = strings.Join(append([]string{"sobre inspect"}, append(args, o.input.again()...)...), " ") + " --details"
		}
		return func(w io.Writer, a *audit.Audit) error {
			if err := screen.Write(w, a); err != nil || !o.details {
				return err
			}
			return report.InspectTables(w, a, language)
		}, nil
	}
	return nil, unknownWord("output", o.output, "table", "json", "yaml", "csv", "markdown")
}
