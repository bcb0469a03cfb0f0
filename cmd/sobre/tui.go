package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
	"sobre/samples"
	"sobre/tui"
)

type tuiOptions struct {
	input      inputFlags
	effort     string
	accessible bool
	theme      string
	mouse      bool
	fresh      bool
}

func newTUICmd() *cobra.Command {
	o := &tuiOptions{}
	c := &cobra.Command{
		Use:   "tui [PLAN] [ESTATE…]",
		Short: "Walk through a plan on the terminal, and try out other policies",
		Long: `Shows a saved plan, or plans an estate first, on screens that one moves through by keys:
overview, chassis, hosts, workloads, carbon, cost, waves, failover, rules, findings,
inventory and what-if. Every key is listed by ?. Without arguments it shows the sample of Mulhouse.

A plan alone can be read; to try out other policies (w) the estate it was made from must
be known: the files that the plan names are used while they are unchanged, or name the
estate after the plan. Nothing is written unless you say so (:w plan.json).

--accessible gives the same content as plain lines, without drawing or redrawing, and
reads commands line by line; it needs no terminal. How the screens were left (the one in
front, colours, sorting) is kept for the next time; --fresh starts anew.`,
		Example: `  sobre tui
  sobre tui plan.json
  sobre tui plan.json estate.yaml -c catalogue.yaml
  sobre tui ocs/ register.csv -p policy.yaml`,
		RunE: func(c *cobra.Command, args []string) error { return runTUI(c, o, args) },
	}
	o.input.declare(c)
	f := c.Flags()
	f.StringVar(&o.effort, "effort", "quick", "how much work to spend on each plan: quick, normal or thorough")
	f.BoolVar(&o.accessible, "accessible", false, "plain lines in place of screens, for screen readers and braille lines")
	f.StringVar(&o.theme, "theme", "", "colours: auto, dark, light, contrast or mono (default: as last time)")
	f.BoolVar(&o.mouse, "mouse", false, "scroll and pick screens with the mouse, which then selects no text")
	f.BoolVar(&o.fresh, "fresh", false, "do not start as the last session was left")
	return c
}

// state is how the screens start: as they were left, or as flags say.
func (o *tuiOptions) state() (tui.State, error) {
	var s tui.State
	if !o.fresh {
		s = readState()
	}
	s.Mouse = s.Mouse || o.mouse
	if o.theme == "" {
		return s, nil
	}
	if err := s.Theme.UnmarshalText([]byte(o.theme)); err != nil {
		return s, fmt.Errorf("--theme: %w", err)
	}
	return s, nil
}

func runTUI(c *cobra.Command, o *tuiOptions, args []string) error {
	effort, err := parseEffort(o.effort)
	if err != nil {
		return err
	}
	screens := onTerminal(c.InOrStdin()) && onTerminal(c.OutOrStdout()) && os.Getenv("TERM") != "dumb"
	if !o.accessible && !screens {
		return errors.New("sobre tui needs a terminal for its input and output; without one use sobre plan, or sobre tui --accessible")
	}
	// The line of progress would be drawn over the screen.
	if err := c.Flags().Set("no-progress", "true"); err != nil {
		return err
	}
	state, err := o.state()
	if err != nil {
		return err
	}
	config := tui.Config{
		State: state, Remember: writeState,
		Language: languageOf(c),
		Open: func(ctx context.Context, report func(string)) (*tui.Study, error) {
			return o.open(ctx, c, args, report)
		},
		Write: func(path string, write func(io.Writer) error) error {
			if path == "-" {
				return errors.New("name a file: the screen is in use")
			}
			return writeOutput(path, nil, write)
		},
		Options: planner.Options{Effort: effort, Tool: toolName()},
		Colour:  colourOn(c),
		In:      c.InOrStdin(), Out: c.OutOrStdout(),
	}
	if o.accessible {
		return tui.RunPlain(c.Context(), config)
	}
	return tui.Run(c.Context(), config)
}

// onTerminal tells whether a stream is a terminal.
func onTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// open reads what the arguments name: a plan, whose estate is read once it is on
// the screen, or an estate to plan.
func (o *tuiOptions) open(ctx context.Context, c *cobra.Command, args []string, report func(string)) (*tui.Study, error) {
	if len(args) > 0 && looksLikePlan(args[0]) {
		report(args[0])
		p, err := plan.ReadFile(args[0])
		if err != nil {
			return nil, err
		}
		return &tui.Study{Plan: p, Path: args[0], Reopen: func(ctx context.Context) (planner.Input, error) {
			return o.reopen(ctx, c, p, args[1:])
		}}, nil
	}
	if len(args) == 0 && o.input.sample == "" {
		o.input.sample = samples.List()[0].Name
	}
	report(strings.TrimSpace(o.input.sample + " " + strings.Join(args, " ")))
	in, err := o.input.read(ctx, c, args)
	if err != nil {
		return nil, err
	}
	return &tui.Study{Input: in.plannerInput()}, nil
}

// reopen reads the estate that is named beside a plan, else the inputs that the
// plan names itself when they are all there and unchanged. That those are not
// is no error: the plan alone can be shown.
func (o *tuiOptions) reopen(ctx context.Context, c *cobra.Command, p *plan.Plan, paths []string) (planner.Input, error) {
	from := o.input
	if len(paths) == 0 && from.sample == "" {
		paths = unchanged(p, &from)
		if len(paths) == 0 && from.sample == "" {
			return planner.Input{}, nil
		}
	}
	in, err := from.read(ctx, c, paths)
	if err != nil {
		return planner.Input{}, err
	}
	input := in.plannerInput()
	input.Policy = p.Policy
	return input, nil
}

// unchanged lists the estate files of a plan and notes its catalogue, or its
// sample, when they are what the plan was made from; nothing otherwise.
func unchanged(p *plan.Plan, from *inputFlags) []string {
	var paths []string
	catalogue := from.catalogue
	for _, f := range p.Inputs {
		if _, err := os.Stat(f.Path); err != nil || f.SHA256 != "" && hashFile(nil, f.Path) != f.SHA256 {
			from.sample = sampleOf(p)
			return nil
		}
		switch {
		case f.Role == "estate":
			paths = append(paths, f.Path)
		case f.Role == "catalogue" && catalogue == "":
			catalogue = f.Path
		}
	}
	from.catalogue = catalogue
	return paths
}

// sampleOf is the name of the embedded sample that a plan was made from, if any.
func sampleOf(p *plan.Plan) string {
	for _, s := range samples.List() {
		_, files, err := samples.Open(s.Name)
		if err != nil || len(p.Inputs) == 0 {
			continue
		}
		same, hashed := true, 0
		for _, f := range p.Inputs {
			if f.SHA256 != "" && f.Role != "policy" { // the plan carries the policy
				same = same && hashFile(files, f.Path) == f.SHA256
				hashed++
			}
		}
		if same && hashed > 0 {
			return s.Name
		}
	}
	return ""
}

// plannerInput is the study as the planner takes it.
func (in *study) plannerInput() planner.Input {
	return planner.Input{Estate: in.estate, Catalogue: in.catalogue, Policy: in.policy, Files: in.files}
}

// looksLikePlan tells a plan from an estate by the fields that only a plan has.
func looksLikePlan(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || info.Size() > inventory.MaxFileBytes {
		return false // a pipe could not be read again
	}
	data, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n"), []byte("{")) {
		return false
	}
	var p struct {
		Status     *string         `json:"status"`
		Placements json.RawMessage `json:"placements"`
	}
	if err := json.Unmarshal(data, &p); err != nil {
		start := data[:min(len(data), 4096)] // of a plan that was cut, which its reader says best
		return bytes.Contains(start, []byte(`"objective"`)) && bytes.Contains(start, []byte(`"bound"`))
	}
	return p.Status != nil && p.Placements != nil
}
