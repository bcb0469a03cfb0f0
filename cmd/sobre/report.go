package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sobre/planner/pack"
	"sobre/planner/plan"
	"sobre/report/comment"
	"sobre/report/document"
	"sobre/report/page"
	"sobre/report/paper"
	"sobre/report/workbook"
)

type reportOptions struct {
	input   inputFlags
	formats []string
	out     string
	compare []string
	changes string
}

// writers are the formats of a report.
func reportWriters() map[string]func(io.Writer, *document.Document) error {
	return map[string]func(io.Writer, *document.Document) error{
		"html": page.Write,
		"pdf":  paper.Write,
		"xlsx": workbook.Write,
		"md":   comment.Write,
	}
}

// reportFormats lists the formats in the order of help.
func reportFormats() []string { return []string{"html", "pdf", "xlsx", "md"} }

func newReportCmd() *cobra.Command {
	o := &reportOptions{}
	c := &cobra.Command{
		Use:   "report PLAN [ESTATE…]",
		Short: "A plan as a report: for the council, the machine room and the merge request",
		Long: `Writes a plan as a report in French or English (--lang): two pages for those who
decide, then the study and its annexes, with a range and a source for every figure.
html is one file that needs no network; pdf is for paper; xlsx holds the tables with
formulas; md is short, for a comment on a merge request.

The plan file is enough. With the estate beside it the report also has systems, ages
and measured use.`,
		Example: `  sobre report plan.json -f html,pdf --lang fr
  sobre report plan.json estate.yaml -f xlsx -o council.xlsx
  sobre report plan.json -f md --only-changes main.json -o -
  sobre report plan.json --compare prudent.json,bold.json -o reports/
  sobre report --sample mulhouse --lang fr`,
		RunE: func(c *cobra.Command, args []string) error { return runReport(c, o, args) },
	}
	o.input.declare(c)
	f := c.Flags()
	f.StringSliceVarP(&o.formats, "format", "f", []string{"html"}, "formats, separated by commas: "+strings.Join(reportFormats(), ", "))
	f.StringVarP(&o.out, "out", "o", "", "folder, or name without ending, of the files; - is standard output (default: the plan's name)")
	f.StringSliceVar(&o.compare, "compare", nil, "other plans to set beside this one, separated by commas")
	f.StringVar(&o.changes, "only-changes", "", "of md: only what differs from this earlier plan")
	return c
}

func runReport(c *cobra.Command, o *reportOptions, args []string) error {
	if err := o.check(); err != nil {
		return err
	}
	in, err := o.read(c, args)
	if err != nil {
		return err
	}
	d := document.Compose(in)
	for _, format := range o.formats {
		path, err := o.path(format, in.Path)
		if err != nil {
			return err
		}
		write := reportWriters()[format]
		if err := writeOutput(path, c.OutOrStdout(), func(w io.Writer) error { return write(w, d) }); err != nil {
			return err
		}
		if quiet, _ := c.Flags().GetBool("quiet"); path != "-" && !quiet {
			fmt.Fprintln(c.OutOrStdout(), path)
		}
	}
	return nil
}

// check tells what cannot be done before any work is.
func (o *reportOptions) check() error {
	known := reportFormats()
	for i, format := range o.formats {
		o.formats[i] = strings.ToLower(strings.TrimSpace(format))
		if !slices.Contains(known, o.formats[i]) {
			return unknownWord("format", format, known...)
		}
	}
	if o.changes != "" && !slices.Equal(o.formats, []string{"md"}) {
		return errors.New("--only-changes is for -f md alone")
	}
	if o.out == "-" && len(o.formats) > 1 {
		return errors.New("standard output takes one format: name a folder with -o, or one format with -f")
	}
	return nil
}

// read reads the plan, or makes that of a sample, and what stands beside it.
func (o *reportOptions) read(c *cobra.Command, args []string) (document.Input, error) {
	in := document.Input{Language: languageOf(c)}
	if len(args) > 0 {
		p, err := plan.ReadFile(args[0])
		if err != nil {
			return in, err
		}
		in.Plan, in.Path = p, args[0]
		args = args[1:]
	}
	if in.Plan == nil && o.input.sample == "" {
		return in, errors.New("no plan: name a file that sobre plan -o wrote, or try --sample mulhouse")
	}
	if len(args) > 0 || o.input.sample != "" {
		study, err := o.input.read(c.Context(), c, args)
		if err != nil {
			return in, err
		}
		in.Estate = study.estate
		if in.Plan == nil {
			if in.Plan, err = makePlan(c, study, pack.Quick, 0); err != nil {
				return in, err
			}
		}
	}
	if o.changes != "" {
		earlier, err := plan.ReadFile(o.changes)
		if err != nil {
			return in, err
		}
		in.Earlier = earlier
	}
	for _, path := range o.compare {
		other, err := plan.ReadFile(path)
		if err != nil {
			return in, err
		}
		in.Others = append(in.Others, document.Scenario{Name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), Plan: other})
	}
	return in, nil
}

// path is the file of a format: in the folder or with the base that -o names,
// else after the plan or the sample.
func (o *reportOptions) path(format, planPath string) (string, error) {
	base := strings.TrimSuffix(filepath.Base(planPath), filepath.Ext(planPath))
	if planPath == "" {
		base = o.input.sample
	}
	switch {
	case o.out == "-":
		return "-", nil
	case o.out == "":
		return base + "." + format, nil
	case isFolder(o.out):
		return filepath.Join(o.out, base+"."+format), os.MkdirAll(o.out, 0o755)
	case slices.Contains(reportFormats(), strings.TrimPrefix(filepath.Ext(o.out), ".")):
		if len(o.formats) == 1 && filepath.Ext(o.out) != "."+format {
			return "", fmt.Errorf("-o %s ends in another format than -f %s", o.out, format)
		}
		return strings.TrimSuffix(o.out, filepath.Ext(o.out)) + "." + format, nil
	}
	return o.out + "." + format, nil
}

// isFolder tells whether a path names a folder: one that exists, or by its
// ending one that shall.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir() || strings.HasSuffix(path, string(filepath.Separator))
}
