package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/report"
)

func newFactorsCmd() *cobra.Command {
	var output string
	var every bool
	c := &cobra.Command{
		Use:   "factors [COUNTRY…]",
		Short: "The emission factors of electricity, with their sources",
		Long: `Lists the published factors of countries (ISO 3166 codes; FR-COR is Corsica, and the
French overseas regions have codes of their own: GP, MQ, GF, RE, YT, PM, NC, PF) side by
side, the newest of each publisher; the one marked * is what a plan uses unless the policy
says otherwise. Without a country, all that have one are named.`,
		Example: "  sobre factors FR DE\n  sobre factors FR --all\n  sobre factors RE YT --output json",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := fmt.Fprintln(c.OutOrStdout(), strings.Join(carbon.Countries(), " "))
				return err
			}
			var all []carbon.Factor
			var byCountry [][]carbon.Factor
			for _, country := range args {
				list, err := carbon.Factors(country)
				if err != nil {
					return err
				}
				all = append(all, list...)
				byCountry = append(byCountry, list)
			}
			switch output {
			case "json":
				return inventory.EncodeJSON(c.OutOrStdout(), all)
			case "table":
				for i, list := range byCountry {
					if i > 0 {
						fmt.Fprintln(c.OutOrStdout())
					}
					if err := report.Factors(c.OutOrStdout(), list, every, languageOf(c)); err != nil {
						return err
					}
				}
				return nil
			}
			return unknownWord("output", output, "table", "json")
		},
	}
	c.Flags().BoolVar(&every, "all", false, "every year of each publisher, not the newest alone")
	c.Flags().StringVar(&output, "output", "table", "what to print: table or json")
	return c
}
