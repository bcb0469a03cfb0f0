package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/planner/pack"
	"sobre/planner/plan"
	"sobre/planner/scenario"
	"sobre/report"
	"sobre/samples"
)

type compareOptions struct {
	input   inputFlags
	drift   driftOptions
	presets bool
	effort  string
	output  string
}

func newCompareCmd() *cobra.Command {
	o := &compareOptions{}
	c := &cobra.Command{
		Use:   "compare SCENARIOS [ESTATE…] | PLAN PLAN… | OLD NEW",
		Short: "Scenarios or plans side by side, or what has changed between two inventories",
		Long: `A scenario file says what could be done (nothing, buy, another policy or country, a
hosted offer); every scenario is planned, and shown with its hosts, moves, energy, carbon
and money a year. Those that no other one beats in hosts, money and carbon are marked;
of the others it is said which one beats them. sobre schema policy describes the policy
that a scenario may change; an example is in --sample mulhouse.

With --presets the presets prudent, standard and bold are compared, nothing done beside
them. Plans are compared as they are. Two inventories (OLD NEW) are compared for what has
changed from one to the other; --plan says how far that is along a plan.`,
		Example: `  sobre compare --sample mulhouse
  sobre compare scenarios.yaml
  sobre compare scenarios.yaml rvtools.xlsx -c catalogue.yaml --output markdown
  sobre compare --presets estate.yaml
  sobre compare a.json b.json c.json
  sobre compare october.xlsx november.xlsx --plan plan.json`,
		RunE: func(c *cobra.Command, args []string) error { return runCompare(c, o, args) },
	}
	o.input.declare(c)
	f := c.Flags()
	f.BoolVar(&o.presets, "presets", false, "compare the presets prudent, standard and bold")
	f.StringVar(&o.effort, "effort", "quick", "how much work to spend on each plan: quick, normal or thorough")
	f.StringVar(&o.output, "output", "table", "what to print: table, json, csv or markdown")
	f.StringVar(&o.drift.plan, "plan", "", "of two inventories: the plan (JSON) that the later one should follow")
	f.BoolVar(&o.drift.details, "details", false, "of two inventories: list every change")
	return c
}

func runCompare(c *cobra.Command, o *compareOptions, args []string) error {
	if !isOneOf(o.output, "table", "json", "csv", "markdown") {
		return unknownWord("output", o.output, "table", "json", "csv", "markdown")
	}
	effort, err := parseEffort(o.effort)
	if err != nil {
		return err
	}
	switch {
	case o.presets:
		return comparePresets(c, o, effort, args)
	case len(args) == 0 && o.input.sample != "":
		return compareSample(c, o, effort)
	case len(args) == 0:
		return errors.New("nothing to compare: name a scenario file, plans or two inventories, or try --sample mulhouse")
	case looksLikeScenarios(args[0]):
		return compareScenarios(c, o, effort, args)
	case looksLikePlan(args[0]):
		return comparePlans(c, o, args)
	case len(args) == 2:
		o.drift.input, o.drift.output = o.input, o.output
		return compareEstates(c, &o.drift, args[0], args[1])
	}
	return fmt.Errorf("%s is neither a scenario file nor a plan; of inventories two are compared", args[0])
}

// headOf is the beginning of a file, empty when it cannot be read.
func headOf(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return ""
	}
	return string(head[:n])
}

var scenarioKey = regexp.MustCompile(`(?m)^("?scenarios"?:|\s*"scenarios"\s*:)`)

func looksLikeScenarios(path string) bool { return scenarioKey.MatchString(headOf(path)) }

// comparePlans shows plans as they are.
func comparePlans(c *cobra.Command, o *compareOptions, paths []string) error {
	if len(paths) < 2 {
		return errors.New("one plan alone has nothing to be compared with")
	}
	var list []scenario.Outcome
	for _, path := range paths {
		p, err := plan.ReadFile(path)
		if err != nil {
			return err
		}
		list = append(list, scenario.FromPlan(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), p))
	}
	scenario.Judge(list)
	return printComparison(c, o, list[0].Plan.Estate.Name, list)
}

func comparePresets(c *cobra.Command, o *compareOptions, effort pack.Effort, paths []string) error {
	in, err := o.input.read(c.Context(), c, paths)
	if err != nil {
		return err
	}
	return runScenarios(c, o, in.estate.Name, scenarioInput(in, effort, nil, "."), scenario.Presets())
}

// compareSample compares the scenarios of an embedded example.
func compareSample(c *cobra.Command, o *compareOptions, effort pack.Effort) error {
	s, files, err := samples.Open(o.input.sample)
	if err != nil {
		return err
	}
	in, err := o.input.read(c.Context(), c, nil)
	if err != nil {
		return err
	}
	if s.Scenarios == "" {
		return runScenarios(c, o, in.estate.Name, scenarioInput(in, effort, nil, "."), scenario.Presets())
	}
	f, err := readScenarios(files, s.Scenarios)
	if err != nil {
		return err
	}
	return runScenarios(c, o, f.Name, scenarioInput(in, effort, files, "."), f.Scenarios)
}

func compareScenarios(c *cobra.Command, o *compareOptions, effort pack.Effort, args []string) error {
	f, err := readScenarios(nil, args[0])
	if err != nil {
		return err
	}
	folder, input, estate := filepath.Dir(args[0]), o.input, args[1:]
	if len(estate) == 0 && input.sample == "" {
		for _, path := range f.Estate {
			estate = append(estate, beside(folder, path))
		}
	}
	if input.catalogue == "" && f.Catalogue != "" {
		input.catalogue = beside(folder, f.Catalogue)
	}
	if input.policy == "" && f.Policy != "" {
		input.policy = beside(folder, f.Policy)
	}
	in, err := input.read(c.Context(), c, estate)
	if err != nil {
		return err
	}
	title := f.Name
	if title == "" {
		title = in.estate.Name
	}
	return runScenarios(c, o, title, scenarioInput(in, effort, nil, folder), f.Scenarios)
}

// beside is a path that a file in a folder names.
func beside(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

func readScenarios(files fs.FS, path string) (*scenario.File, error) {
	f, err := decodeFrom[scenario.File](files, path)
	if err != nil {
		return nil, err
	}
	if err := f.Validate(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return f, nil
}

func scenarioInput(in *study, effort pack.Effort, files fs.FS, folder string) scenario.Input {
	return scenario.Input{
		Estate: in.estate, Catalogue: in.catalogue, Policy: in.policy, Effort: effort,
		Open: func(name string) (*inventory.Catalogue, error) {
			if files == nil {
				name = beside(folder, name)
			}
			return decodeFrom[inventory.Catalogue](files, name)
		},
	}
}

func runScenarios(c *cobra.Command, o *compareOptions, title string, in scenario.Input, scenarios []scenario.Scenario) error {
	line := newProgressLine(c)
	in.Progress = func(done, total int) { line.show("planning scenarios: %d of %d", done, total) }
	list, err := scenario.Run(c.Context(), in, scenarios)
	line.clear()
	if err != nil {
		return err
	}
	return printComparison(c, o, title, list)
}

func printComparison(c *cobra.Command, o *compareOptions, title string, list []scenario.Outcome) error {
	out, language, years := c.OutOrStdout(), languageOf(c), scenario.Years(list)
	switch o.output {
	case "json":
		return inventory.EncodeJSON(out, struct {
			Name      string             `json:"name"`
			Years     float64            `json:"spread_over_years"`
			Scenarios []scenario.Outcome `json:"scenarios"`
		}{title, years, list})
	case "csv":
		return report.CompareCSV(out, list)
	case "markdown":
		return report.CompareMarkdown(out, title, list, years, language)
	}
	return report.Compare(out, title, list, years, language)
}
