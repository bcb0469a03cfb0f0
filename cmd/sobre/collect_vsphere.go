package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/inventory/vsphere"
)

// collectVSphereOptions are the flags of sobre collect vsphere.
type collectVSphereOptions struct {
	vsphere.Options
	passwordFile string
	days         int
	zone         string
	output       string
	snapshot     string
	strict       bool
}

// newCollectVSphereCmd reads an estate from a vCenter or an ESXi host.
func newCollectVSphereCmd() *cobra.Command {
	o := &collectVSphereOptions{}
	c := &cobra.Command{
		Use:   "vsphere --url https://vcenter.example.org -o estate.yaml",
		Short: "Read the estate of a vCenter or ESXi host, without changing anything there",
		Long: `Reads hosts, clusters with their HA and DRS settings and rules, resource pools,
datastores and VMs from a vCenter or a single ESXi host. It only ever reads: the
role Read-only, given at the top of the inventory with propagation, is enough.

What hosts and VMs used in the last --history days is summed up in percentiles and
in a profile of a day. A vCenter keeps fine figures for a short time only: 5 minute
means for a day, 30 minutes for a week, 2 hours for a month, a day for a year.

The user comes from --user, SOBRE_VSPHERE_USER or GOVC_USERNAME. The password comes
from --password-file, SOBRE_VSPHERE_PASSWORD, GOVC_PASSWORD, or is asked for; it is
never taken from the command line, where other users of the machine can see it.

--snapshot FILE keeps what the server answered, without password or session: plan,
inspect and all that take an estate take that file too, so that a plan can be made again
without the server. It names machines and addresses: keep it as you keep the estate.

The server's certificate is verified. Where its authority is not known here, give
it with --ca, or pin the certificate with --thumbprint.

Exit codes: 0 done; 1 error; 3 done, but the account could not read all (only with
--strict); 130 interrupted (nothing is written).`,
		Example: `  sobre collect vsphere --url vcenter.example.org --user audit@vsphere.local -o estate.yaml
  sobre collect vsphere --url vcenter.example.org --ca ca.pem --password-file pw -o estate.json
  sobre collect vsphere --url esx1.example.org --user root --thumbprint AB:CD:… -o -`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := o.complete(c.Context(), c.InOrStdin(), c.ErrOrStderr()); err != nil {
				return err
			}
			return runCollectVSphere(c, o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.URL, "url", "", "vCenter or ESXi host: a name or https://name[:port] (or SOBRE_VSPHERE_URL)")
	f.StringVar(&o.User, "user", "", "account to read with (or SOBRE_VSPHERE_USER, GOVC_USERNAME)")
	f.StringVar(&o.passwordFile, "password-file", "", "file that holds the password")
	f.StringVar(&o.CA, "ca", "", "PEM file with further authorities to trust")
	f.StringVar(&o.Thumbprint, "thumbprint", "", "accept only the certificate with this SHA-256 (or SHA-1)")
	f.BoolVar(&o.Insecure, "insecure", false, "do not verify the server's certificate")
	f.DurationVar(&o.Deadline, "timeout", 30*time.Minute, "give up after this long; 0: never")
	f.IntVar(&o.days, "history", 7, "days of measured use to read; 0: only what is used now")
	f.StringVar(&o.zone, "zone", "Local", "time zone of the daily profiles, such as Europe/Paris")
	f.BoolVar(&o.Tags, "tags", false, "read the tags of VMs as labels too, through the REST API")
	f.BoolVar(&o.NoAttributes, "no-attributes", false, "leave the custom attributes of VMs out")
	f.StringVar(&o.snapshot, "snapshot", "", "also write what the server answered, from which the estate can be made again offline")
	f.IntVar(&o.PageSize, "page", 0, "objects to ask for at a time (default 250)")
	f.StringVarP(&o.output, "out", "o", "-", "estate to write, JSON where it ends in .json; - is standard output")
	f.BoolVar(&o.strict, "strict", false, "exit with code 3 when the account could not read all")
	return c
}

// maxHistoryDays is more than any vCenter keeps.
const maxHistoryDays = 3650

// complete fills in what the flags leave to the environment, and asks for the
// password last, when all else is right.
func (o *collectVSphereOptions) complete(ctx context.Context, stdin io.Reader, stderr io.Writer) error {
	o.URL = cmp.Or(o.URL, os.Getenv("SOBRE_VSPHERE_URL"))
	o.User = cmp.Or(o.User, os.Getenv("SOBRE_VSPHERE_USER"), os.Getenv("GOVC_USERNAME"))
	if o.PageSize < 0 {
		return fmt.Errorf("--page %d is negative", o.PageSize)
	}
	zone, err := time.LoadLocation(o.zone)
	if err != nil {
		return fmt.Errorf("--zone %s: %w", o.zone, err)
	}
	o.Zone, o.History = zone, time.Duration(min(o.days, maxHistoryDays))*24*time.Hour
	if err := o.Validate(); err != nil {
		return err
	}
	o.Password, err = findPassword(ctx, stdin, stderr, o.passwordFile, "vSphere", "SOBRE_VSPHERE_PASSWORD", "GOVC_PASSWORD")
	return err
}

func runCollectVSphere(c *cobra.Command, o *collectVSphereOptions) error {
	line := newProgressLine(c)
	o.Progress = func(p vsphere.Progress) { line.show("Reading %s: %d", p.Kind, p.Done) }
	estate, err := collectVSphere(c, o)
	line.clear()
	if err != nil {
		return err
	}
	return saveEstate(c, o.output, o.strict, estate)
}

// collectVSphere reads the estate, and writes down what the server answered
// where that is wanted: whole or not at all.
func collectVSphere(c *cobra.Command, o *collectVSphereOptions) (estate *inventory.Estate, err error) {
	if o.snapshot == "" {
		return vsphere.Collect(c.Context(), o.Options)
	}
	err = writeOutput(o.snapshot, c.OutOrStdout(), func(w io.Writer) error {
		o.Snapshot = w
		estate, err = vsphere.Collect(c.Context(), o.Options)
		return err
	})
	return estate, err
}

// sayCollected sums up an estate and what is doubtful about it.
func sayCollected(w io.Writer, e *inventory.Estate) {
	count := map[inventory.Severity]int{}
	for _, f := range e.Findings {
		count[f.Severity]++
	}
	from := ""
	if e.Name != "" {
		from = " from " + e.Name
	}
	physical := 0
	for _, w := range e.Workloads {
		if w.Kind == inventory.Physical {
			physical++
		}
	}
	servers := ""
	if physical > 0 {
		servers = fmt.Sprintf(", physical servers %d", physical)
	}
	fmt.Fprintf(w, "Read%s: hosts %d, clusters %d, VMs %d%s, datastores %d. Findings: errors %d, warnings %d, notes %d.\n",
		from, len(e.Hosts), len(e.Clusters), len(e.Workloads)-physical, servers, len(e.Datastores),
		count[inventory.Error], count[inventory.Warning], count[inventory.Note])
	sayFindings(w, e.Findings)
}

// maxSaid is how many kinds of finding are told on the screen; all of them are
// in the estate.
const maxSaid = 8

// sayFindings tells each kind of error and warning by its first, and what was
// left out.
func sayFindings(w io.Writer, findings []inventory.Finding) {
	first := map[string]inventory.Finding{}
	count := map[string]int{}
	var order []string
	for _, f := range findings {
		if f.Severity == inventory.Note && !strings.HasSuffix(f.Code, "-left-out") && !isLoss(f) {
			continue
		}
		if count[f.Code]++; count[f.Code] == 1 {
			first[f.Code] = f
			order = append(order, f.Code)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(urgency(first[a]), urgency(first[b])) })
	for i, code := range order {
		if i == maxSaid {
			fmt.Fprintf(w, "- and %d further kinds; all findings are in the estate.\n", len(order)-i)
			return
		}
		f := first[code]
		text := strings.TrimSpace(f.What + " (" + f.Do + ")")
		if f.Do == "" {
			text = f.What
		}
		if f.Subject != "" {
			text = f.Subject + ": " + text
		}
		if n := count[code]; n > 1 {
			text = fmt.Sprintf("%d times %s, first %s", n, code, text)
		}
		fmt.Fprintf(w, "- %s\n", text)
	}
}

// urgency sorts losses and errors before warnings, and notes last.
func urgency(f inventory.Finding) int {
	switch {
	case f.Severity == inventory.Error, isLoss(f):
		return 0
	case f.Severity == inventory.Warning:
		return 1
	}
	return 2
}

// isPartial tells whether something that is there did not come into e.
func isPartial(e *inventory.Estate) bool {
	for _, f := range e.Findings {
		if f.Severity == inventory.Error || isLoss(f) {
			return true
		}
	}
	return false
}

// isLoss tells whether a finding says that the account could not read something.
func isLoss(f inventory.Finding) bool {
	switch f.Code {
	case "section-unreadable", "permission-missing", "hosts-hidden", "nothing-seen":
		return true
	}
	return false
}
