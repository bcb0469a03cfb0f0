package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

type verifyOptions struct {
	input  inputFlags
	output string
}

func newVerifyCmd() *cobra.Command {
	o := &verifyOptions{}
	c := &cobra.Command{
		Use:   "verify PLAN ESTATE…",
		Short: "Recheck a plan from scratch, by code that shares nothing with the search",
		Long: `Rechecks a plan against the estate it was made from: that no workload is lost, that
every host holds what it may, that rules are kept and failures survived, that counts
and totals are right, and that the proof of the bound is one. It follows the written
method, not the program that made the plan, so a plan changed by hand is checked as well.

What cannot be rechecked is listed. Give the catalogue and the policy that the plan was
made with (-c, -p) to have them compared too.

Exit codes: 0 the plan holds; 1 error; 2 the plan breaks something.`,
		Example: `  sobre verify plan.json estate.yaml
  sobre verify plan.json ocs/ register.csv -c catalogue.yaml
  sobre verify plan.json --sample mulhouse
  sobre verify plan.json estate.yaml --output json | jq .violations`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runVerify(c.Context(), c, o, args) },
	}
	o.input.declare(c)
	c.Flags().StringVar(&o.output, "output", "table", "what to print: table, json or yaml")
	return c
}

func runVerify(ctx context.Context, c *cobra.Command, o *verifyOptions, args []string) error {
	if o.output != "table" && o.output != "json" && o.output != "yaml" {
		return unknownWord("output", o.output, "table", "json", "yaml")
	}
	p, err := plan.ReadFile(args[0])
	if err != nil {
		return err
	}
	if len(args) == 1 && o.input.sample == "" {
		return errors.New("name the estate that the plan was made from: sobre verify PLAN ESTATE")
	}
	in, err := o.input.read(ctx, c, args[1:])
	if err != nil {
		return err
	}
	options := verify.Options{Catalogue: in.catalogue}
	if slices.ContainsFunc(in.files, func(f plan.Input) bool { return f.Role == "policy" }) {
		options.Policy = &in.policy
	}
	report := verify.Check(p, in.estate, options)
	report.Unchecked = append(report.Unchecked, changedInputs(p, in)...)
	if err := printVerification(c.OutOrStdout(), o.output, args[0], report); err != nil {
		return err
	}
	if !report.OK() {
		return &exitWith{code: exitGate}
	}
	return nil
}

// changedInputs says which inputs are not the files that the plan was made
// from: a plan may well hold for a newer estate, so that breaks nothing.
func changedInputs(p *plan.Plan, in *study) []string {
	made := map[string]string{} // role and hash of what the plan was made from
	for _, f := range p.Inputs {
		made[f.Role+f.SHA256] = f.Path
	}
	var notes []string
	for _, f := range in.files {
		if _, same := made[f.Role+f.SHA256]; !same && f.SHA256 != "" {
			notes = append(notes, fmt.Sprintf("%s %s is not the file that the plan was made from (its SHA-256 differs)", f.Role, f.Path))
		}
	}
	return notes
}

func printVerification(w io.Writer, format, name string, r verify.Report) error {
	switch format {
	case "json":
		return inventory.EncodeJSON(w, r)
	case "yaml":
		return inventory.EncodeYAML(w, r)
	}
	for _, v := range r.Violations {
		subject := v.Subject
		if subject != "" {
			subject += ": "
		}
		if _, err := fmt.Fprintf(w, "BROKEN  %s%s [%s]\n", subject, v.What, v.Code); err != nil {
			return err
		}
	}
	for _, u := range r.Unchecked {
		if _, err := fmt.Fprintf(w, "not rechecked: %s\n", u); err != nil {
			return err
		}
	}
	verdict := "holds"
	if !r.OK() {
		verdict = "does not hold"
	}
	_, err := fmt.Fprintf(w, "%s %s: %d checks of %d properties, %s\n",
		name, verdict, r.Checks(), len(r.Checked), counted(len(r.Violations), "violation"))
	return err
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
