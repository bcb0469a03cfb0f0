package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
	"sobre/report"
	"sobre/wording"
)

type carbonOptions struct {
	input     inputFlags
	output    string
	indicator bool
}

func newCarbonCmd() *cobra.Command {
	o := &carbonOptions{}
	c := &cobra.Command{
		Use:   "carbon [ESTATE…]",
		Short: "The footprint of an estate as it is today",
		Long: `Computes the electricity, the emissions and the bill of an estate as it runs today, with
a range on every figure, shared among its services. --output json gives a block shaped
like "before" of a plan, with every assumption and its source; csv gives a line for each
workload. --indicator prints a block to paste into the reports of a French local
authority (REEN art. 35, BEGES, PCAET, RGESN), in French.`,
		Example: `  sobre carbon --sample mulhouse
  sobre carbon --sample mulhouse --indicator
  sobre carbon estate.yaml --output json | jq .co2e_kg_per_year`,
		RunE: func(c *cobra.Command, args []string) error { return runCarbon(c, o, args) },
	}
	o.input.declare(c)
	c.Flags().StringVar(&o.output, "output", "table", "what to print: table, json, yaml, csv or markdown")
	c.Flags().BoolVar(&o.indicator, "indicator", false, "print the block of indicators for French reports alone")
	return c
}

func runCarbon(c *cobra.Command, o *carbonOptions, args []string) error {
	print, err := footprintPrinter(o, languageOf(c))
	if err != nil {
		return err
	}
	in, err := o.input.read(c.Context(), c, args)
	if err != nil {
		return err
	}
	now, err := footprintOf(in)
	if err != nil {
		return err
	}
	return print(c.OutOrStdout(), now)
}

// footprintPrinter picks how a footprint is printed; an unknown format is told
// before any work is done.
func footprintPrinter(o *carbonOptions, l *wording.Language) (func(io.Writer, *report.AsIs) error, error) {
	if o.indicator {
		return func(w io.Writer, a *report.AsIs) error {
			return report.IndicatorBlock(w, &a.Indicator, wording.French())
		}, nil
	}
	switch o.output {
	case "json":
		return func(w io.Writer, a *report.AsIs) error { return inventory.EncodeJSON(w, a) }, nil
	case "yaml":
		return func(w io.Writer, a *report.AsIs) error { return report.YAML(w, a) }, nil
	case "csv":
		return func(w io.Writer, a *report.AsIs) error { return report.FootprintCSV(w, a, l) }, nil
	case "markdown":
		return func(w io.Writer, a *report.AsIs) error { return report.FootprintMarkdown(w, a, l) }, nil
	case "table":
		return func(w io.Writer, a *report.AsIs) error { return report.FootprintScreen(w, a, l) }, nil
	}
	return nil, unknownWord("output", o.output, "table", "json", "yaml", "csv", "markdown")
}

// footprintOf has the rooms compute the footprint and the bill of an estate.
func footprintOf(in *study) (*report.AsIs, error) {
	p := in.policy.WithDefaults()
	if err := p.Validate(); err != nil {
		return nil, err
	}
	scenario, _ := carbon.EstateScenario(in.estate)
	result, err := carbon.Of(scenario, p.CarbonSettings(in.estate.Sites))
	if err != nil {
		return nil, err
	}
	bill, prices, err := cost.Of(cost.EstateScenario(in.estate, result.Before.EnergyKWh), p.CostSettings())
	if err != nil {
		return nil, err
	}
	shares := result.Attribute(carbon.Tenants(in.estate.Workloads, in.estate.Hosts), false)
	now := &report.AsIs{
		Name: in.estate.Name, Currency: p.Cost.Electricity.PerKWh().Currency(), Contract: p.Carbon.Contract.Known(), Factors: result.Factors,
		Services: carbon.ByService(shares), Shares: shares, Assumptions: append(result.Assumptions, prices...), Tornado: result.Tornado,
	}
	now.FillTotals(in.estate, result.Before)
	now.Cost = bill.PerYear
	about := carbon.Subject{Perimeter: fmt.Sprintf("%d servers in service", now.Hosts), Period: "a year of 8,760 h"}
	if in.estate.Name != "" {
		about.Perimeter = in.estate.Name + ": " + about.Perimeter
	}
	if !in.estate.Collected.IsZero() {
		about.Period = fmt.Sprintf("a year of 8,760 h, inventory of %s", in.estate.Collected)
	}
	now.Indicator = result.Indicator(about)
	return now, nil
}
