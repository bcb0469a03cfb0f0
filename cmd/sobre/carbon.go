package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/report"
)

type carbonOptions struct {
	input  inputFlags
	output string
}

func newCarbonCmd() *cobra.Command {
	o := &carbonOptions{}
	c := &cobra.Command{
		Use:   "carbon [ESTATE…]",
		Short: "The footprint of an estate as it is today",
		Long: `Computes the electricity and the emissions of an estate as it runs today, with a range
on every figure and every assumption named. --output json gives a block shaped like
"before" of a plan, with the assumptions beside it.`,
		Example: `  sobre carbon --sample mulhouse
  sobre carbon estate.yaml --output json | jq .co2e_kg_per_year`,
		RunE: func(c *cobra.Command, args []string) error { return runCarbon(c, o, args) },
	}
	o.input.declare(c)
	c.Flags().StringVar(&o.output, "output", "table", "what to print: table, json or yaml")
	return c
}

// asIs is the footprint of today in the shape of a plan's totals.
type asIs struct {
	plan.Totals
	Assumptions []carbon.Assumption `json:"assumptions"`
	Tornado     []carbon.Swing      `json:"tornado"`
}

func runCarbon(c *cobra.Command, o *carbonOptions, args []string) error {
	in, err := o.input.read(c.Context(), c, args)
	if err != nil {
		return err
	}
	p := in.policy.WithDefaults()
	if err := p.Validate(); err != nil {
		return err
	}
	scenario, sites := carbon.EstateScenario(in.estate)
	result, err := carbon.Of(scenario, carbon.Settings{
		Country: p.Carbon.Country, Method: carbon.Method(p.Carbon.Method), Factor: p.Carbon.Factor,
		PUE: p.Carbon.PUE, Sites: sites, Horizon: p.Carbon.Horizon.Years(),
	})
	if err != nil {
		return err
	}
	now := asIs{Totals: totalsOf(in.estate, result.Before), Assumptions: result.Assumptions, Tornado: result.Tornado}
	tariff := p.Cost.Electricity.PerKWh().Amount()
	now.Cost = carbon.Range{Low: now.Energy.Low * tariff, Best: now.Energy.Best * tariff, High: now.Energy.High * tariff}
	switch o.output {
	case "json":
		return inventory.EncodeJSON(c.OutOrStdout(), now)
	case "yaml":
		return report.YAML(c.OutOrStdout(), now)
	case "table":
		return printFootprint(c.OutOrStdout(), in.estate, now)
	}
	return unknownWord("output", o.output, "table", "json", "yaml")
}

func totalsOf(e *inventory.Estate, f carbon.Footprint) plan.Totals {
	t := plan.Totals{Energy: f.EnergyKWh, ITEnergy: f.ITEnergyKWh, CO2e: f.CO2eKg}
	for i := range e.Hosts {
		if h := &e.Hosts[i]; h.State == "" || h.State == inventory.HostOn {
			t.Hosts++
			t.Cores += h.CPU.Cores
			t.MemoryMiB += int64(h.Memory.MiB())
		}
	}
	return t
}

func printFootprint(w io.Writer, e *inventory.Estate, now asIs) error {
	fmt.Fprintf(w, "%s · %d hosts in service\n\n", e.Name, now.Hosts)
	for _, row := range []struct {
		name, unit string
		r          carbon.Range
	}{
		{"Electricity of IT", "kWh a year", now.ITEnergy}, {"Electricity at the meter", "kWh a year", now.Energy},
		{"Carbon of use", "kgCO2e a year", now.CO2e}, {"Electricity bill", "EUR a year", now.Cost},
	} {
		fmt.Fprintf(w, "  %-26s %10.0f %-14s (%.0f … %.0f)\n", row.name, row.r.Best, row.unit, row.r.Low, row.r.High)
	}
	fmt.Fprintf(w, "\n  What moves the total most (kgCO2e a year at the 5th and 95th percentile of each):\n")
	for i, s := range now.Tornado {
		if i == 5 {
			break
		}
		fmt.Fprintf(w, "  %10.0f … %-10.0f %s\n", s.Low, s.High, strings.TrimSuffix(s.What, "."))
	}
	_, err := fmt.Fprintf(w, "\n  %d assumptions; all with range and source: --output json\n", len(now.Assumptions))
	return err
}
