package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/inventory/ocs"
	"sobre/inventory/open"
)

// collectOCSOptions are the flags of sobre collect ocs.
type collectOCSOptions struct {
	collectOptions
	server       ocs.Server
	passwordFile string
	columns      string
	timeout      time.Duration
}

// newCollectOCSCmd reads an estate from files of OCS Inventory, or from its
// server.
func newCollectOCSCmd() *cobra.Command {
	o := &collectOCSOptions{}
	c := &cobra.Command{
		Use:   "ocs [FILE…]",
		Short: "Read OCS Inventory: agent documents, console CSV, saved or live REST API",
		Long: `Reads what OCS Inventory holds, by any of its doors: documents of agents (.xml, .ocs,
packed or not), the list of machines that the console exports as CSV (English or
French; --columns for other languages), its XML export of one machine, saved answers
of the REST API, or, with --url, the REST API itself.

The user of the REST API comes from --user or SOBRE_OCS_USER; without one none is
sent. The password comes from --password-file, SOBRE_OCS_PASSWORD, or is asked for;
it is never taken from the command line, where other users of the machine can see it.
The server's certificate is verified; give its authority with --ca where needed.

Exit codes: 0 done; 1 error; 3 done, but on part of the input (only with --strict).`,
		Example: `  sobre collect ocs export/ -o estate.yaml
  sobre collect ocs machines.csv -o estate.yaml
  sobre collect ocs --url https://ocs.example.org --user audit --password-file pw -o estate.yaml`,
		RunE: func(c *cobra.Command, args []string) error { return runCollectOCS(c, o, args) },
	}
	o.declare(c)
	f := c.Flags()
	f.BoolVar(&o.read.Workstations, "workstations", false, "keep desktops and laptops as well")
	f.StringVar(&o.columns, "columns", "", "YAML file that names the headers of a console export in another language (name: Rechner)")
	f.StringVar(&o.server.URL, "url", "", "OCS server to ask: a name or https://name[:port]")
	f.StringVar(&o.server.User, "user", "", "account of the web server before the REST API (or SOBRE_OCS_USER)")
	f.StringVar(&o.passwordFile, "password-file", "", "file that holds the password")
	f.StringVar(&o.server.CA, "ca", "", "PEM file with further authorities to trust")
	f.BoolVar(&o.server.Insecure, "insecure", false, "do not verify the server's certificate")
	f.IntVar(&o.server.PageSize, "page", 0, "machines to ask for at a time (default 100)")
	f.DurationVar(&o.timeout, "timeout", 30*time.Minute, "give up after this long; 0: never")
	return c
}

func runCollectOCS(c *cobra.Command, o *collectOCSOptions, paths []string) error {
	switch {
	case o.server.URL != "" && len(paths) > 0:
		return errors.New("give either files or --url, not both; merge joins what each of them gave")
	case o.server.URL != "":
		return runCollectOCSServer(c, o)
	case len(paths) == 0:
		return errors.New("name the files or folders to read, or the server to ask (--url)")
	}
	if o.columns != "" {
		columns, err := inventory.DecodeFile[map[string]string](o.columns)
		if err != nil {
			return err
		}
		o.read.Console = *columns
	}
	return runCollect(c, &o.collectOptions, open.OCS, paths)
}

func runCollectOCSServer(c *cobra.Command, o *collectOCSOptions) error {
	ctx := c.Context()
	if o.timeout > 0 {
		limited, cancel := context.WithTimeout(ctx, o.timeout)
		defer cancel()
		ctx = limited
	}
	if err := o.complete(ctx, c.InOrStdin(), c.ErrOrStderr()); err != nil {
		return err
	}
	line := newProgressLine(c)
	o.server.Read = ocs.Options{
		Workstations: o.read.Workstations,
		Progress:     func(done, total int) { line.show("Reading OCS: %d of %d", done, total) },
	}
	estate, err := ocs.Collect(ctx, o.server)
	line.clear()
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w (--timeout %s)", err, o.timeout)
	}
	if err != nil {
		return err
	}
	return saveEstate(c, o.out, o.strict, estate)
}

// complete fills in what the flags leave to the environment, and asks for the
// password last, when all else is right.
func (o *collectOCSOptions) complete(ctx context.Context, stdin io.Reader, stderr io.Writer) error {
	o.server.User = cmp.Or(o.server.User, os.Getenv("SOBRE_OCS_USER"))
	if err := o.server.Validate(); err != nil || o.server.Account() == "" {
		return err
	}
	password, err := findPassword(ctx, stdin, stderr, o.passwordFile, "OCS", "SOBRE_OCS_PASSWORD")
	o.server.Password = password
	return err
}
