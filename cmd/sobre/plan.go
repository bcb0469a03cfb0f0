package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/explain"
	"sobre/planner/pack"
	"sobre/planner/plan"
	"sobre/report"
	"sobre/wording"
)

type planOptions struct {
	input     inputFlags
	effort    string
	timeLimit time.Duration
	out       string
	output    string
	strict    bool
	details   bool
	prices    bool
	change    changeFlags
}

func newPlanCmd() *cobra.Command {
	o := &planOptions{}
	c := &cobra.Command{
		Use:   "plan [ESTATE…]",
		Short: "Place every workload on the fewest hosts, with proof and footprint",
		Long: `Reads an estate (an estate file, OCS Inventory documents, an RVTools export, with
asset registers and tables of measured use beside them; the format is recognised from
the content) and finds where everything can run on the fewest, cheapest or least
emitting hosts. The plan says how far from the best possible it is, and why.

Exit codes: 0 a plan was found; 1 error; 2 something could not be placed;
3 (only with --strict) some of the input could not be used; 130 interrupted.`,
		Example: `  sobre plan --sample mulhouse
  sobre plan rvtools.xlsx -o plan.json
  sobre plan ocs/ register.csv -c catalogue.yaml -p policy.yaml -o plan.json
  sobre plan estate.yaml --evacuate esx-04
  sobre plan estate.yaml -c catalogue.yaml --evacuate "esx-old-*" --buy r760:4
  sobre plan estate.yaml --output json | jq .bound`,
		RunE: func(c *cobra.Command, args []string) error { return runPlan(c, o, args) },
	}
	o.input.declare(c)
	o.change.declare(c)
	f := c.Flags()
	f.StringVar(&o.effort, "effort", "quick", "how much work to spend: quick, normal or thorough")
	f.DurationVar(&o.timeLimit, "time-limit", 0, "cut the search short by the clock (30s, 5m; 0: never)")
	f.StringVarP(&o.out, "out", "o", "", "write the plan (JSON) to this file; - is standard output")
	f.StringVar(&o.output, "output", "table", "what to print: table, json, yaml, csv or markdown")
	f.BoolVar(&o.strict, "strict", false, "exit with 3 when some of the input could not be used")
	f.BoolVar(&o.prices, "prices", false, "also find what each rule and setting costs (plans once for each)")
	f.BoolVar(&o.details, "details", false, "list all hosts and moves under the first screen")
	return c
}

func runPlan(c *cobra.Command, o *planOptions, args []string) error {
	effort, err := parseEffort(o.effort)
	if err != nil {
		return err
	}
	printer, err := newPlanPrinter(c, o)
	if err != nil {
		return err
	}
	in, err := o.input.read(c.Context(), c, args)
	if err != nil {
		return err
	}
	if len(in.estate.Hosts) == 0 && len(in.estate.Workloads) == 0 {
		return noServers(in)
	}
	if err := o.change.apply(in); err != nil {
		return err
	}
	p, err := makePlan(c, in, effort, o.timeLimit)
	if err != nil {
		return err
	}
	if o.prices {
		if err := addPrices(c, p, in); err != nil {
			return err
		}
	}
	if o.out != "" {
		err := writeOutput(o.out, c.OutOrStdout(), func(w io.Writer) error { return inventory.EncodeJSON(w, p) })
		if err != nil {
			return err
		}
	}
	if o.out != "-" {
		if err := printer(c.OutOrStdout(), p); err != nil {
			return err
		}
	}
	return planExit(c.Context(), p, o.strict)
}

// addPrices finds what each rule and setting of a plan costs.
func addPrices(c *cobra.Command, p *plan.Plan, in *study) error {
	s := &explain.Study{Estate: in.estate, Catalogue: in.catalogue, Policy: p.Policy}
	prices, err := computePrices(c, p, s)
	if err != nil {
		return err
	}
	explain.NotePrices(p, s, prices)
	return nil
}

// noServers says that an inventory holds nothing to plan, and what it holds instead.
func noServers(in *study) error {
	for _, f := range in.estate.Findings {
		if f.Code == "workstations-left-out" {
			return fmt.Errorf("no server in %s: %s (--workstations keeps them)", in.files[0].Path, f.What)
		}
	}
	return fmt.Errorf("no server and no guest in %s", in.files[0].Path)
}

func makePlan(c *cobra.Command, in *study, effort pack.Effort, limit time.Duration) (*plan.Plan, error) {
	line := newProgressLine(c)
	defer line.clear()
	return planner.Make(c.Context(), planner.Input{
		Estate: in.estate, Catalogue: in.catalogue, Policy: in.policy, Files: in.files,
	}, planner.Options{
		Effort: effort, TimeLimit: limit, Tool: toolName(),
		Progress: func(p planner.Progress) {
			line.show("packing part %d of %d: %s, %d hosts, at least %d needed, %.0f %%",
				p.Part, p.Parts, p.Phase, p.Hosts, p.Bound, p.Done*100)
		},
	})
}

// planExit turns what became of the plan into an exit code.
func planExit(ctx context.Context, p *plan.Plan, strict bool) error {
	if ctx.Err() != nil {
		return &exitWith{code: exitInterrupted}
	}
	if p.Status == plan.Infeasible {
		return &exitWith{code: exitGate}
	}
	if !strict {
		return nil
	}
	for _, f := range p.Findings {
		if f.Severity == inventory.Error {
			return &exitWith{code: exitPartial}
		}
	}
	return nil
}

func parseEffort(s string) (pack.Effort, error) {
	switch s {
	case "quick":
		return pack.Quick, nil
	case "normal":
		return pack.Normal, nil
	case "thorough":
		return pack.Thorough, nil
	}
	return 0, unknownWord("effort", s, "quick", "normal", "thorough")
}

// newPlanPrinter picks how the plan is printed; an unknown format is told
// before any work is done.
func newPlanPrinter(c *cobra.Command, o *planOptions) (func(io.Writer, *plan.Plan) error, error) {
	language := languageOf(c)
	switch o.output {
	case "json":
		return func(w io.Writer, p *plan.Plan) error { return inventory.EncodeJSON(w, p) }, nil
	case "yaml":
		return func(w io.Writer, p *plan.Plan) error { return report.YAML(w, p) }, nil
	case "csv":
		return report.CSV, nil
	case "markdown":
		return func(w io.Writer, p *plan.Plan) error { return report.Markdown(w, p, language) }, nil
	case "table":
		screen := report.Screen{Language: language, Colour: colourOn(c), Written: o.out}
		return func(w io.Writer, p *plan.Plan) error {
			if err := screen.Write(w, p); err != nil {
				return err
			}
			if o.prices {
				if _, err := io.WriteString(w, "\n"); err != nil {
					return err
				}
				if err := report.ExplainPrices(w, p, p.Prices, language); err != nil {
					return err
				}
			}
			if !o.details {
				return nil
			}
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
			return report.Tables(w, p, language)
		}, nil
	}
	return nil, unknownWord("output", o.output, "table", "json", "yaml", "csv", "markdown")
}

// languageOf is the language that a command's people read.
func languageOf(c *cobra.Command) *wording.Language {
	if lang, _ := c.Flags().GetString("lang"); lang != "" {
		return wording.For(lang)
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			return wording.For(value)
		}
	}
	return wording.English()
}

// colourOn tells whether standard output may have colour.
func colourOn(c *cobra.Command) bool {
	switch mode, _ := c.Flags().GetString("color"); mode {
	case "always":
		return true
	case "never":
		return false
	}
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	file, ok := c.OutOrStdout().(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
