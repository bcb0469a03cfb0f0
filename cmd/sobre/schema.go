package main

import (
	"strings"

	"github.com/spf13/cobra"

	"sobre/planner/plan"
)

func newSchemaCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "schema " + strings.Join(plan.SchemaNames(), "|"),
		Short: "Print the JSON Schema of a file format",
		Long: `Prints the JSON Schema (draft 2020-12) of a file that sobre reads or writes. YAML and
JSON files have the same fields. An editor that knows schemas completes and checks a
YAML file whose first line is

  # yaml-language-server: $schema=estate.schema.json`,
		Example:   `  sobre schema estate > estate.schema.json`,
		Args:      cobra.ExactArgs(1),
		ValidArgs: plan.SchemaNames(),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := plan.Schema(args[0])
			if err != nil {
				return err
			}
			_, err = c.OutOrStdout().Write(text)
			return err
		},
	}
}
