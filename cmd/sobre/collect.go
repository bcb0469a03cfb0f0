package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/inventory/open"
)

func newCollectCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "collect",
		Short: "Read one source into an estate file",
		Long: `Reads an inventory source and writes an estate: hosts, workloads, rules, where each fact
came from, and findings on what is doubtful. Nothing is ever changed at the source.`,
	}
	c.AddCommand(newCollectVSphereCmd(), newCollectOCSCmd(), newCollectCSVCmd())
	for _, s := range []struct {
		name, what, example string
		format              open.Format
	}{
		{"glpi", "GLPI or FusionInventory documents (JSON, XML)", "sobre collect glpi inventories/ -o estate.yaml", open.OCS},
		{"rvtools", "an RVTools workbook or its CSV files", "sobre collect rvtools RVTools_export_all.xlsx -o estate.yaml", open.RVTools},
		{"proxmox", "saved answers of the Proxmox API (pvesh get …)", "sobre collect proxmox resources.json pve1.json -o estate.yaml", open.Proxmox},
		{"libvirt", "guests of KVM or Xen (virsh dumpxml)", "sobre collect libvirt kvm1/ -o estate.yaml", open.Libvirt},
		{"azure", "the CSV that Azure Migrate imports servers from", "sobre collect azure servers.csv -o estate.yaml", open.Azure},
		{"dmidecode", "what dmidecode printed of single machines", "sobre collect dmidecode etatcivil.txt -o estate.yaml", open.Dmidecode},
	} {
		c.AddCommand(newCollectFilesCmd(s.name, s.what, s.example, s.format))
	}
	return c
}

type collectOptions struct {
	out    string
	strict bool
	read   open.Options
}

func (o *collectOptions) declare(c *cobra.Command) {
	f := c.Flags()
	f.StringVarP(&o.out, "out", "o", "-", "write the estate here, YAML or (.json) JSON; - is standard output")
	f.BoolVar(&o.strict, "strict", false, "exit with 3 when some of the input could not be used")
}

func newCollectFilesCmd(name, what, example string, format open.Format) *cobra.Command {
	o := &collectOptions{}
	c := &cobra.Command{
		Use:     name + " FILE…",
		Short:   "Read " + what,
		Example: "  " + example,
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return runCollect(c, o, format, args) },
	}
	o.declare(c)
	if format == open.OCS {
		c.Flags().BoolVar(&o.read.Workstations, "workstations", false, "keep desktops and laptops as well")
	}
	return c
}

func runCollect(c *cobra.Command, o *collectOptions, format open.Format, paths []string) error {
	in := &study{}
	if err := in.readEstate(c.Context(), c, paths, o.read); err != nil {
		return err
	}
	for _, f := range in.files {
		if f.Format != string(format) {
			return fmt.Errorf("%s: this is %s, not %s", f.Path, f.Format, format)
		}
	}
	return saveEstate(c, o.out, o.strict, in.estate)
}

// saveEstate writes what was collected and says what it came to.
func saveEstate(c *cobra.Command, path string, strict bool, e *inventory.Estate) error {
	err := writeOutput(path, c.OutOrStdout(), func(w io.Writer) error { return encodeEstate(w, path, e) })
	if err != nil {
		return err
	}
	if quiet, _ := c.Flags().GetBool("quiet"); !quiet {
		sayCollected(c.ErrOrStderr(), e)
	}
	if strict && isPartial(e) {
		return &exitWith{code: exitPartial}
	}
	return nil
}

// encodeEstate writes YAML, or JSON where the name asks for it.
func encodeEstate(w io.Writer, path string, e *inventory.Estate) error {
	if strings.EqualFold(filepath.Ext(path), ".json") {
		return inventory.EncodeJSON(w, e)
	}
	return inventory.EncodeYAML(w, e)
}
