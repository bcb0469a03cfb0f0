package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"sobre/inventory"
)

// version is set when a release is built (-ldflags "-X main.version=…").
var version = ""

// toolName is the program with its version, as plans record it.
func toolName() string { return "sobre " + versionName() }

// versionName is the released version, else the commit that the binary was
// built from, else "dev".
func versionName() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return "dev-" + s.Value[:12]
			}
		}
	}
	return "dev"
}

func newVersionCmd() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:   "version",
		Short: "Show the version",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			about := struct {
				Version string `json:"version" yaml:"version"`
				Format  int    `json:"format" yaml:"format"` // of the files it reads and writes
				Go      string `json:"go" yaml:"go"`
				OS      string `json:"os" yaml:"os"`
				Arch    string `json:"arch" yaml:"arch"`
			}{versionName(), inventory.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH}
			switch output {
			case "json":
				return inventory.EncodeJSON(c.OutOrStdout(), about)
			case "yaml":
				return inventory.EncodeYAML(c.OutOrStdout(), about)
			case "table":
				_, err := fmt.Fprintf(c.OutOrStdout(), "sobre %s (%s, %s/%s)\n", about.Version, about.Go, about.OS, about.Arch)
				return err
			}
			return fmt.Errorf("--output %s: one of table, json, yaml is expected", output)
		},
	}
	c.Flags().StringVar(&output, "output", "table", "table, json or yaml")
	return c
}
