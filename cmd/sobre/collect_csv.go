package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"sobre/inventory/table"
)

// collectCSVOptions are the flags of sobre collect csv.
type collectCSVOptions struct {
	collectOptions
	guess   bool
	mapping string
}

// newCollectCSVCmd reads an estate from any table of machines.
func newCollectCSVCmd() *cobra.Command {
	o := &collectCSVOptions{}
	c := &cobra.Command{
		Use:   "csv FILE",
		Short: "Read any table of machines, CSV or workbook, by a small mapping file",
		Long: `Reads a table with one row a machine: an asset register such as Kimoce, a list from a
spreadsheet. No two have the same columns, so a mapping file says which column is what.
--guess writes one, with the first values of every column and how sure each guess is:
look at it, correct it, and read with --map. Without --map the mapping beside the file
(NAME.map.yaml) is taken, and without one only what the guess is not unsure of.

A register that describes machines of another inventory is not collected but given
beside it (sobre plan inventory/ register.csv): it is joined by serial number or name.`,
		Example: `  sobre collect csv register.csv --guess > register.map.yaml
  sobre collect csv register.csv --map register.map.yaml -o estate.yaml`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runCollectCSV(c, o, args[0]) },
	}
	o.declare(c)
	f := c.Flags()
	f.BoolVar(&o.guess, "guess", false, "write a mapping file to look at instead of an estate")
	f.StringVar(&o.mapping, "map", "", "mapping file: which column is what, units, separator, encoding, decimal sign")
	return c
}

func runCollectCSV(c *cobra.Command, o *collectCSVOptions, path string) error {
	if o.guess && o.mapping != "" {
		return errors.New("--guess writes a mapping, --map reads one: give either")
	}
	if o.guess {
		g, err := table.MakeGuess(nil, path)
		if err != nil {
			return err
		}
		return writeOutput(o.out, c.OutOrStdout(), func(w io.Writer) error { return g.Write(w) })
	}
	m, err := mappingFor(c, o.mapping, path)
	if err != nil {
		return err
	}
	r, err := table.Read(path, table.Options{Mapping: m})
	if err != nil {
		return err
	}
	return saveEstate(c, o.out, o.strict, r.Estate())
}

// mappingFor is the mapping that is named, or the one beside the file, or what
// a guess is sure of.
func mappingFor(c *cobra.Command, named, path string) (*table.Mapping, error) {
	if named != "" {
		return table.ReadMapping(nil, named)
	}
	if m, err := table.MappingBeside(nil, path); m != nil || err != nil {
		return m, err
	}
	g, err := table.MakeGuess(nil, path)
	if err != nil {
		return nil, err
	}
	m, unsure := g.Confident()
	if quiet, _ := c.Flags().GetBool("quiet"); !quiet {
		fmt.Fprintf(c.ErrOrStderr(), "No mapping file: %d of %d columns were told by their headers (see them with --guess).\n", len(m.Columns), len(g.Columns))
		if len(unsure) > 0 {
			fmt.Fprintf(c.ErrOrStderr(), "- Not taken, as what they hold is not sure: %s.\n", strings.Join(unsure, ", "))
		}
	}
	return &m, nil
}
