package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"
)

// settingsFile holds flags for everyone who works in a folder.
const settingsFile = "sobre.yaml"

// addCommonFlags declares the flags that every command has.
func addCommonFlags(c *cobra.Command) {
	f := c.PersistentFlags()
	f.String("lang", "", "language of what people read: en or fr (default: that of the terminal)")
	f.String("color", "auto", "colour: auto, always or never (NO_COLOR counts too)")
	f.Bool("no-progress", false, "show no progress line")
	f.BoolP("quiet", "q", false, "show nothing on the terminal but errors and what was asked for")
}

// applySettings sets the flags that the command line does not from the
// environment (SOBRE_NO_PROGRESS=true), and those left from sobre.yaml.
func applySettings(c *cobra.Command) error {
	file, err := readSettings()
	if err != nil {
		return err
	}
	var problems []error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" {
			return
		}
		name := "SOBRE_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value, ok := os.LookupEnv(name); ok {
			if err := c.Flags().Set(f.Name, value); err != nil {
				problems = append(problems, fmt.Errorf("environment variable %s: %w", name, err))
			}
		} else if value, ok := file[f.Name]; ok {
			if err := c.Flags().Set(f.Name, value); err != nil {
				problems = append(problems, fmt.Errorf("%s: %s: %w", settingsFile, f.Name, err))
			}
		}
	})
	return errors.Join(problems...)
}

func readSettings() (map[string]string, error) {
	data, err := os.ReadFile(settingsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	settings := map[string]string{}
	if err := yaml.Unmarshal(data, &settings); err != nil {
		return nil, fmt.Errorf("reading %s: flags with values (lang: fr) are expected: %w", settingsFile, err)
	}
	return settings, nil
}
