package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"sobre/cost"
	"sobre/planner/plan"
)

func newLicencesCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "licences",
		Short: "Print a file of licences to start from",
		Long: `Prints licences with the counting rules of well-known products (VMware by core, Windows
Server Standard and Datacenter, SQL Server, Oracle, Red Hat), each with its source. Their
prices are round examples: put in those of your quotation, delete what you do not have,
and name what each workload needs in its "licences" field, or let "os" patterns find it.`,
		Example: `  sobre licences > licences.yaml
  sobre plan estate.yaml --licences licences.yaml
  sobre schema licences`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(c.OutOrStdout(), cost.ExampleFile())
			return err
		},
	}
}

// readLicences adds the licences of a file to those of the policy.
func (in *study) readLicences(path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	licences, err := cost.Read(f, path)
	if err != nil {
		return err
	}
	in.policy.Cost.Licences = append(in.policy.Cost.Licences, licences...)
	in.files = append(in.files, plan.Input{Role: "licences", Path: path, SHA256: hashFile(nil, path)})
	return nil
}
