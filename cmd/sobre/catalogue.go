package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/report"
)

type catalogueOptions struct {
	output string
	all    bool
}

func newCatalogueCmd() *cobra.Command {
	o := &catalogueOptions{}
	c := &cobra.Command{
		Use:   "catalogue [NAME…]",
		Short: "The built-in tables of common servers and processors, with their sources",
		Long: `Shows what sobre knows of common servers (launch, shape, sockets, manufacture where the
maker publishes it) and processors (cores, clock, TDP, launch, work, typical power). Names
narrow it down: parts of names, with * and ? for any characters. What an estate lacks is
filled from these tables, and each fill is a finding that names its source.

What may be bought is another matter: that is a catalogue file of your own (-c).`,
		Example: `  sobre catalogue "DL380*"
  sobre catalogue E5-26 --output csv
  sobre catalogue --all --output json | jq .servers`,
		RunE: func(c *cobra.Command, args []string) error { return runCatalogue(c, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.output, "output", "table", "what to print: table, json, yaml, csv or markdown")
	f.BoolVar(&o.all, "all", false, "everything, where no name is given")
	return c
}

func runCatalogue(c *cobra.Command, o *catalogueOptions, names []string) error {
	if !slices.Contains([]string{"table", "json", "yaml", "csv", "markdown"}, o.output) {
		return unknownWord("output", o.output, "table", "json", "yaml", "csv", "markdown")
	}
	if len(names) == 0 && !o.all && o.output == "table" {
		_, err := fmt.Fprintf(c.OutOrStdout(), "%d servers and %d processors: name some (sobre catalogue \"DL380*\"), or --all\n", len(inventory.ServerModels()), len(inventory.CPUModels()))
		return err
	}
	matches := func(name string) bool {
		return len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return inventory.Matches("*"+n+"*", name) })
	}
	t := report.CatalogueTables{}
	for _, m := range inventory.ServerModels() {
		if matches(m.Make + " " + m.Name) {
			t.Servers = append(t.Servers, m)
		}
	}
	for _, m := range inventory.CPUModels() {
		if matches(m.Name) {
			t.Processors = append(t.Processors, processorOf(m))
		}
	}
	language := languageOf(c)
	if len(t.Servers)+len(t.Processors) == 0 {
		return fmt.Errorf(language.Catalogue.Nothing, strings.Join(names, ", "))
	}
	switch out := c.OutOrStdout(); o.output {
	case "json":
		return inventory.EncodeJSON(out, t)
	case "yaml":
		return inventory.EncodeYAML(out, t)
	case "csv":
		return report.CatalogueCSV(out, t)
	case "markdown":
		return report.CatalogueMarkdown(out, t, language)
	}
	return report.Catalogue(c.OutOrStdout(), t, language)
}

// processorOf adds what the carbon tables know of a processor: its work, and
// the power of a server with two of it.
func processorOf(m inventory.CPUModel) report.Processor {
	cpu := func(sockets int) inventory.CPU {
		return inventory.CPU{Model: m.Name, Sockets: sockets, Cores: m.Cores * sockets, Threads: m.Threads * sockets, Clock: m.Clock}
	}
	work := carbon.Throughput(cpu(1), m.Year)
	power := carbon.PowerOf(inventory.Host{CPU: cpu(2), Year: m.Year})
	return report.Processor{
		Name: m.Name, Generation: m.Generation, Year: m.Year, Cores: m.Cores, Threads: m.Threads, GHz: m.Clock.MHz() / 1000, TDP: m.TDP.Watts(),
		Work: math.Round(work.Ops / 1000), WorkBy: string(work.Rung), Idle: math.Round(power.Idle()), Full: math.Round(power.Max()), PowerBy: string(power.Rung), Source: m.Source,
	}
}
