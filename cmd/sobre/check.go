package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/gate"
	"sobre/planner/plan"
	"sobre/report/gates"
)

type checkOptions struct {
	input         inputFlags
	gates         string
	formats       []string
	baseline      string
	writeBaseline string
	today         string
	effort        string
	timeLimit     time.Duration
	out           string
	strict        bool
	details       bool
	list          bool
}

func newCheckCmd() *cobra.Command {
	o := &checkOptions{}
	c := &cobra.Command{
		Use:   "check [FILE…]",
		Short: "Hold an estate to gates, for CI",
		Long: `Reads a capacity file (an estate with policy: and gates:) and says which of its gates
hold for the placement as it is today, and whether a feasible placement exists:

  gates:
    - {deny: "hosts <= 12"}
    - {deny: "memory.free >= 20 %", hosts: [esx-*]}
    - {deny: {survives: {hosts: 1}}}
    - warn: co2e <= 10 t/year
      on: plan
      waivers: [{owner: j.muller, reason: new blades ordered, until: 2027-03-31}]

An estate without gates (any export that sobre reads) is held to those that make sense
for every estate, or to those of --gates FILE. What can be measured: --list.

Lines for people are always printed; --format adds others, each to a file (junit=FILE)
or, one of them, to standard output, in which case the lines go to standard error.

The clock is read for one thing: whether a waiver or a maintenance contract has ended
(and how old the data are). --today sets the day instead.

Exit codes: 0 all gates of level deny hold, are waived or known; 1 error; 2 a gate
failed; 3 (only with --strict) something could not be judged for lack of data; 130
interrupted.`,
		Example: `  sobre check --sample capacity
  sobre check capacity.yaml
  sobre check capacity.yaml --format junit=gates.xml,sarif=gates.sarif
  sobre check rvtools.xlsx --gates gates.yaml --baseline known.json
  sobre check --list`,
		RunE: func(c *cobra.Command, args []string) error { return runCheck(c, o, args) },
	}
	o.input.declare(c)
	f := c.Flags()
	f.StringVarP(&o.gates, "gates", "g", "", "gates for an estate that has none (YAML or JSON, with gates: and perhaps policy:)")
	f.StringSliceVar(&o.formats, "format", nil, "also write NAME or NAME=FILE: "+strings.Join(gates.Formats(), ", "))
	f.StringVar(&o.baseline, "baseline", "", "known failures (JSON): they are told and fail nothing while they get no worse")
	f.StringVar(&o.writeBaseline, "write-baseline", "", "write what fails now to this file, and exit with 0")
	f.StringVar(&o.today, "today", "", "the day that waivers end before, such as 2026-11-22 (default: the clock's)")
	f.StringVar(&o.effort, "effort", "quick", "how much work to spend on the plan: quick, normal or thorough")
	f.DurationVar(&o.timeLimit, "time-limit", 0, "cut the search short by the clock (30s, 5m; 0: never)")
	f.StringVarP(&o.out, "out", "o", "", "write the plan (JSON) that shows what is feasible to this file")
	f.BoolVar(&o.strict, "strict", false, "exit with 3 when something could not be judged for lack of data")
	f.BoolVar(&o.details, "details", false, "name all that breaks a gate, not the first few")
	f.BoolVar(&o.list, "list", false, "list what can be measured, with units")
	return c
}

func runCheck(c *cobra.Command, o *checkOptions, args []string) error {
	if o.list {
		return gates.List(c.OutOrStdout(), languageOf(c))
	}
	effort, err := parseEffort(o.effort)
	if err != nil {
		return err
	}
	sinks, err := parseSinks(o.formats)
	if err != nil {
		return err
	}
	day, err := o.day()
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
	list, places, err := o.compile(in)
	if err != nil {
		return err
	}
	known, err := o.readBaseline()
	if err != nil {
		return err
	}
	input := gate.Input{Gates: list, Estate: in.estate, Policy: in.policy, Date: day, Baseline: known, Tool: toolName(), Places: places}
	if input.Today, err = lookAtToday(in, list); err != nil {
		return err
	}
	if input.Plan, err = makePlan(c, in, effort, o.timeLimit); err != nil {
		return err
	}
	if c.Context().Err() != nil {
		return &exitWith{code: exitInterrupted}
	}
	return o.finish(c, in, input, sinks)
}

// finish judges, writes all that is asked for, and says how it ends.
func (o *checkOptions) finish(c *cobra.Command, in *study, input gate.Input, sinks []sink) error {
	r := gate.Judge(input)
	if o.out != "" {
		err := writeOutput(o.out, c.OutOrStdout(), func(w io.Writer) error { return inventory.EncodeJSON(w, input.Plan) })
		if err != nil {
			return err
		}
	}
	if o.writeBaseline != "" {
		err := writeOutput(o.writeBaseline, c.OutOrStdout(), func(w io.Writer) error { return inventory.EncodeJSON(w, r.Baseline()) })
		if err != nil {
			return err
		}
	}
	people := c.OutOrStdout()
	for _, s := range sinks {
		if s.path == "-" {
			people = c.ErrOrStderr()
		}
		err := writeOutput(s.path, c.OutOrStdout(), func(w io.Writer) error { return gates.Write(w, s.format, r) })
		if err != nil {
			return err
		}
	}
	lines := gates.Lines{Language: languageOf(c), Colour: colourOn(c), Source: o.source(in), All: o.details}
	if err := lines.Write(people, r); err != nil {
		return err
	}
	switch {
	case o.writeBaseline != "":
		return nil
	case r.Failed() > 0:
		return &exitWith{code: exitGate}
	case o.strict && (r.Partial() || isPartial(in.estate)):
		return &exitWith{code: exitPartial}
	}
	return nil
}

// day is the day that the check is held on.
func (o *checkOptions) day() (inventory.Date, error) {
	if o.today == "" {
		return inventory.MakeDate(time.Now()), nil
	}
	day, err := inventory.ParseDate(o.today)
	if err != nil {
		return day, fmt.Errorf("--today: %w", err)
	}
	return day, nil
}

// compile reads the gates of all files, and adds those that are implied.
func (o *checkOptions) compile(in *study) ([]gate.Gate, map[string]int, error) {
	if o.gates != "" {
		if err := in.readGates(o.gates); err != nil {
			return nil, nil, err
		}
	}
	var list []gate.Gate
	var places map[string]int
	var problems []error
	for _, f := range in.capacity {
		compiled, err := gate.Compile(f.gates, f.path, f.places.Gates)
		problems = append(problems, err)
		list = append(list, compiled...)
		if len(in.capacity) == 1 {
			places = f.places.Subjects
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, nil, err
	}
	return slices.Concat(list, gate.Implied(list, in.policy, o.source(in))), places, nil
}

// source is the file that the check speaks of.
func (o *checkOptions) source(in *study) string {
	for _, f := range in.capacity {
		if len(f.gates) > 0 {
			return f.path
		}
	}
	return in.files[0].Path
}

func (o *checkOptions) readBaseline() (*gate.Baseline, error) {
	if o.baseline == "" {
		return nil, nil
	}
	f, err := os.Open(o.baseline)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return gate.ReadBaseline(f, o.baseline)
}

// lookAtToday makes the views of today that the gates need.
func lookAtToday(in *study, list []gate.Gate) (map[gate.Variant]*plan.Plan, error) {
	views := map[gate.Variant]*plan.Plan{}
	for _, v := range append(gate.Variants(list, in.policy), gate.Variant{}) {
		p, err := planner.Today(planner.Input{
			Estate: in.estate, Catalogue: in.catalogue, Policy: v.Of(in.policy), Files: in.files,
		}, planner.Options{Tool: toolName()})
		if err != nil {
			return nil, err
		}
		views[v] = p
	}
	return views, nil
}

// sink is where a format goes.
type sink struct{ format, path string }

// parseSinks reads --format: names, each with =FILE or, one at most, without.
func parseSinks(formats []string) ([]sink, error) {
	var sinks []sink
	toOutput := ""
	for _, f := range formats {
		name, path, found := strings.Cut(f, "=")
		switch {
		case !slices.Contains(gates.Formats(), name):
			return nil, unknownWord("format", name, gates.Formats()...)
		case found && path == "":
			return nil, fmt.Errorf("--format %s: a file is expected after =", f)
		case !found:
			path = "-"
		}
		if path == "-" {
			if toOutput != "" {
				return nil, fmt.Errorf("--format: %s and %s cannot both go to standard output: name a file (%s=FILE)", toOutput, name, name)
			}
			toOutput = name
		}
		sinks = append(sinks, sink{name, path})
	}
	return sinks, nil
}
