package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sobre/carbon"
	"sobre/inventory"
)

func newFactorsCmd() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:   "factors [COUNTRY…]",
		Short: "The emission factors of electricity, with their sources",
		Long: `Lists the published factors of countries (ISO 3166 codes) side by side; the one marked *
is what a plan uses unless the policy says otherwise. Without a country, all countries
that have one are named.`,
		Example: "  sobre factors FR DE\n  sobre factors FR --output json",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := fmt.Fprintln(c.OutOrStdout(), strings.Join(carbon.Countries(), " "))
				return err
			}
			var all []carbon.Factor
			for _, country := range args {
				list, err := carbon.Factors(country)
				if err != nil {
					return err
				}
				all = append(all, list...)
			}
			switch output {
			case "json":
				return inventory.EncodeJSON(c.OutOrStdout(), all)
			case "table":
				for _, f := range all {
					mark := " "
					if f.Default {
						mark = "*"
					}
					fmt.Fprintf(c.OutOrStdout(), "%s %-5s %4d %7.1f g/kWh  %-9s %s: %s (%s)\n",
						mark, f.Country, f.Year, f.Grams, f.Method, f.Source.Publisher, f.Scope, f.Source.Licence)
				}
				return nil
			}
			return unknownWord("output", output, "table", "json")
		},
	}
	c.Flags().StringVar(&output, "output", "table", "what to print: table or json")
	return c
}
