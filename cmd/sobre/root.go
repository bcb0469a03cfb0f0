package main

import (
	"github.com/spf13/cobra"
)

func newRootCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "sobre",
		Short: "Fewer servers, proven, with the energy and carbon they save",
		Long: `sobre reads a server inventory (OCS Inventory, RVTools, vSphere, …), works out where
every workload can run on the fewest hosts, proves how far from the best possible
that is, and says what it saves in electricity, CO2 and money, with a range on
every figure. It never changes anything, and nothing leaves this machine.

Exit codes: 0 done; 1 error; 2 a gate failed or no feasible plan; 3 done, but on
partial data (only with --strict); 130 interrupted (the best plan so far is written).

Flags can also be set by environment (SOBRE_LANG=fr for --lang fr) or in a file
sobre.yaml in the current folder (lang: fr); a flag wins over both.`,
		Example: `  sobre plan --sample mulhouse
  sobre plan inventory/ -c catalogue.yaml -p policy.yaml -o plan.json
  sobre verify plan.json inventory/`,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			return applySettings(c)
		},
	}
	addCommonFlags(c)
	c.AddCommand(
		newPlanCmd(),
		newTUICmd(),
		newCollectCmd(),
		newMergeCmd(),
		newInspectCmd(),
		newMaskCmd(),
		newUnmaskCmd(),
		newCarbonCmd(),
		newCatalogueCmd(),
		newFactorsCmd(),
		newLicencesCmd(),
		newPackCmd(),
		newVerifyCmd(),
		newCheckCmd(),
		newReportCmd(),
		newWavesCmd(),
		newExplainCmd(),
		newSchemaCmd(),
		newVersionCmd(),
		newManCmd(),
		newCompareCmd(),
	)
	addCompletions(c)
	return c
}
