package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/drift"
	"sobre/planner/plan"
	"sobre/report"
)

// driftOptions are those of a comparison of two inventories.
type driftOptions struct {
	input   inputFlags
	plan    string // that the later one should follow
	output  string
	details bool
}

// compareEstates shows what has changed from one inventory to another, and how
// far the later one is along a plan. The policy is the plan's, where there is
// one, so that both are counted alike.
func compareEstates(c *cobra.Command, o *driftOptions, old, now string) error {
	if !isOneOf(o.output, "table", "json", "markdown") {
		return unknownWord("output", o.output, "table", "json", "markdown")
	}
	in := drift.Input{}
	var policy *plan.Policy
	if o.plan != "" {
		p, err := plan.ReadFile(o.plan)
		if err != nil {
			return err
		}
		in.Plan, policy = p, &p.Policy
	}
	before, err := o.input.read(c.Context(), c, []string{old})
	if err != nil {
		return err
	}
	after, err := o.input.read(c.Context(), c, []string{now})
	if err != nil {
		return err
	}
	for _, s := range []*study{before, after} {
		if policy == nil {
			policy = &after.policy
		}
		s.policy = *policy
	}
	in.Old, in.New = before.estate, after.estate
	if in.OldToday, err = planner.Today(before.plannerInput(), planner.Options{Tool: toolName()}); err != nil {
		return err
	}
	if in.NewToday, err = planner.Today(after.plannerInput(), planner.Options{Tool: toolName()}); err != nil {
		return err
	}
	r := drift.Compare(in)
	if f := r.FromPlan; f != nil && len(in.Plan.Placements) > 0 && len(f.Gone) == len(in.Plan.Placements) {
		return fmt.Errorf("%s is the plan of another estate: %s knows none of its workloads", o.plan, now)
	}
	if o.output == "json" {
		return inventory.EncodeJSON(c.OutOrStdout(), r)
	}
	show := report.Drift{
		Language: languageOf(c), Plan: o.plan, Details: o.details, Markdown: o.output == "markdown",
		Currency: policy.WithDefaults().Cost.Electricity.PerKWh().Currency(),
	}
	return writeOutput("-", c.OutOrStdout(), func(w io.Writer) error { return show.Write(w, r) })
}

func isOneOf(word string, known ...string) bool {
	for _, k := range known {
		if word == k {
			return true
		}
	}
	return false
}
