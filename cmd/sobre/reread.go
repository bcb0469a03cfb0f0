package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"sobre/planner/explain"
	"sobre/planner/plan"
)

// rereadFlags say where the inventory of a plan is now. Without any it is
// looked for where it was when the plan was made, then among the samples.
type rereadFlags struct {
	estate []string
	input  inputFlags
}

func (f *rereadFlags) declare(c *cobra.Command) {
	flags := c.Flags()
	flags.StringSliceVarP(&f.estate, "estate", "e", nil, "the estate that the plan was made from, where it has moved")
	flags.StringVar(&f.input.sample, "sample", "", "the plan was made from this embedded example: "+sampleNames())
	flags.StringVarP(&f.input.catalogue, "catalogue", "c", "", "the catalogue that the plan was made with, where it has moved")
	declareZone(c, &f.input.zone)
	flags.BoolVar(&f.input.workstations, "workstations", false, "as the plan was made: desktops and laptops of an OCS base count as servers")
}

// read reads again what a plan was made from. The policy is the one in the plan.
func (f *rereadFlags) read(c *cobra.Command, p *plan.Plan) (*explain.Study, error) {
	input, paths, checked := f.input, f.estate, true
	switch {
	case len(paths) > 0 || input.sample != "":
		checked = false
	case missing(p) != "":
		if input.sample = sampleOf(p); input.sample == "" {
			return nil, fmt.Errorf("the plan was made from %s, which is not there now: name it with --estate (and -c for the catalogue), or --sample", missing(p))
		}
	default:
		paths, input.catalogue = pathsOf(p, "estate"), first(pathsOf(p, "catalogue"))
		if f.input.catalogue != "" {
			input.catalogue = f.input.catalogue
		}
	}
	in, err := input.read(c.Context(), c, paths)
	if err != nil {
		return nil, err
	}
	if checked {
		if err := checkUnchanged(p, in); err != nil {
			return nil, err
		}
	}
	return &explain.Study{Estate: in.estate, Catalogue: in.catalogue, Policy: p.Policy}, nil
}

func pathsOf(p *plan.Plan, role string) []string {
	var list []string
	for _, f := range p.Inputs {
		if f.Role == role {
			list = append(list, f.Path)
		}
	}
	return list
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// missing is an input of the plan that is not where it was, empty when all are.
func missing(p *plan.Plan) string {
	paths := append(pathsOf(p, "estate"), pathsOf(p, "catalogue")...)
	if len(pathsOf(p, "estate")) == 0 {
		return "an inventory that it does not name"
	}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return path
		}
	}
	return ""
}

// checkUnchanged sees that the files read are those that the plan was made from.
func checkUnchanged(p *plan.Plan, in *study) error {
	made := map[string]string{}
	for _, f := range p.Inputs {
		made[f.Role+" "+f.Path] = f.SHA256
	}
	for _, f := range in.files {
		if was := made[f.Role+" "+f.Path]; was != "" && was != f.SHA256 && f.Role != "policy" {
			return fmt.Errorf("%s %s has changed since the plan was made: plan again, or name it with --estate to explain the plan with it all the same", f.Role, f.Path)
		}
	}
	return nil
}
