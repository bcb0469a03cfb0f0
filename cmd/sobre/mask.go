package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/inventory/mask"
	"sobre/planner/plan"
)

type maskOptions struct {
	input     inputFlags
	key       string
	out       string
	policyOut string
}

func newMaskCmd() *cobra.Command {
	o := &maskOptions{}
	c := &cobra.Command{
		Use:   "mask ESTATE… --key FILE -o MASKED",
		Short: "An estate without names, to be shown to others; the key stays here",
		Long: `Replaces names of machines, sites, services, owners and places, serial numbers, UUIDs,
addresses, notes and paths by tokens, the same every time. Makes, models, processors,
systems, sizes and use stay: a plan of the masked estate is the plan of the estate with
other names. The key file (made when it is missing, readable by you only) says what each
token stands for: keep it, and never send it along. unmask brings plans back.

Tokens keep the order of the names, which planning needs where two choices are as good;
that order is what a masked estate still tells of them. Mask after merging: names that
inventories write differently become different tokens.

With -p, --policy-out writes the policy with the names in it masked alike.`,
		Example: `  sobre mask estate.yaml --key town.key -o masked.yaml
  sobre plan masked.yaml -o masked-plan.json
  sobre unmask masked-plan.json --key town.key -o plan.json`,
		RunE: func(c *cobra.Command, args []string) error { return runMask(c, o, args) },
	}
	o.input.declare(c)
	f := c.Flags()
	f.StringVar(&o.key, "key", "", "the key file (YAML); made when it is missing")
	f.StringVarP(&o.out, "out", "o", "-", "write the masked estate here, YAML or (.json) JSON; - is standard output")
	f.StringVar(&o.policyOut, "policy-out", "", "write the policy of -p with its names masked here")
	return c
}

func runMask(c *cobra.Command, o *maskOptions, args []string) error {
	if o.key == "" {
		return errors.New("name a key file: --key town.key (it is made when it is missing)")
	}
	key, err := openKey(o.key, true)
	if err != nil {
		return err
	}
	in, err := o.input.read(c.Context(), c, args)
	if err != nil {
		return err
	}
	m := mask.New(key, in.estate)
	masked := m.Estate()
	policy := maskPolicy(in.policy, m)
	// The key first: a masked estate without it could never be brought back.
	if err := writeWhole(o.key, 0o600, func(w io.Writer) error { return inventory.EncodeYAML(w, key) }); err != nil {
		return err
	}
	if o.policyOut != "" {
		if err := writeOutput(o.policyOut, c.OutOrStdout(), func(w io.Writer) error { return inventory.EncodeYAML(w, policy) }); err != nil {
			return err
		}
	}
	if err := writeOutput(o.out, c.OutOrStdout(), func(w io.Writer) error { return encodeEstate(w, o.out, masked) }); err != nil {
		return err
	}
	if quiet, _ := c.Flags().GetBool("quiet"); !quiet {
		fmt.Fprintf(c.ErrOrStderr(), "Masked: %s. The key is in %s: keep it here.\n", m, o.key)
	}
	return nil
}

// openKey reads a key, or makes one where there is none and one may be made.
func openKey(path string, make bool) (*mask.Key, error) {
	key, err := inventory.DecodeFile[mask.Key](path)
	if errors.Is(err, fs.ErrNotExist) && make {
		return mask.NewKey()
	}
	if err != nil {
		return nil, err
	}
	if err := key.Check(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return key, nil
}

// maskPolicy masks the names in a policy. Patterns become what they match.
func maskPolicy(p plan.Policy, m *mask.Masker) plan.Policy {
	rules := make([]inventory.Rule, len(p.Rules))
	for i, r := range p.Rules {
		rules[i] = m.Rule(r)
	}
	p.Rules = rules
	p.Hosts.Keep, p.Hosts.Retire = m.Hosts(p.Hosts.Keep), m.Hosts(p.Hosts.Retire)
	return p
}

func newUnmaskCmd() *cobra.Command {
	var key, out string
	c := &cobra.Command{
		Use:   "unmask FILE --key FILE",
		Short: "Bring a plan, report or table made of a masked estate back",
		Long: `Replaces every token by what it stands for, in a plan (JSON), a report (HTML) or any text.
Tokens that the key does not know stay and are counted.`,
		Example: "  sobre unmask masked-plan.json --key town.key -o plan.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if key == "" {
				return errors.New("name the key file: --key town.key")
			}
			k, err := openKey(key, false)
			if err != nil {
				return err
			}
			text, err := readInput(args[0], c.InOrStdin())
			if err != nil {
				return err
			}
			plain, known, unknown := k.Unmask(text)
			err = writeOutput(out, c.OutOrStdout(), func(w io.Writer) error {
				_, err := w.Write(plain)
				return err
			})
			if quiet, _ := c.Flags().GetBool("quiet"); err == nil && !quiet {
				fmt.Fprintf(c.ErrOrStderr(), "Brought back: %d tokens; not known to the key: %d.\n", known, unknown)
			}
			return err
		},
	}
	c.Flags().StringVar(&key, "key", "", "the key file that masked it")
	c.Flags().StringVarP(&out, "out", "o", "-", "write here; - is standard output")
	return c
}

// readInput reads a whole file; "-" is standard input.
func readInput(path string, stdin io.Reader) ([]byte, error) {
	from := stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		from = f
	}
	text, err := io.ReadAll(io.LimitReader(from, inventory.MaxFileBytes+1))
	if err == nil && len(text) > inventory.MaxFileBytes {
		err = fmt.Errorf("reading %s: larger than %d MiB", path, inventory.MaxFileBytes>>20)
	}
	return text, err
}
