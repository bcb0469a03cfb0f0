package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newManCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages",
		Long: `Writes a manual page of every command into a folder: sobre.1, sobre-plan.1, … They say
what --help says. Packages bring them along; man reads one as a file too:

  man ./sobre-plan.1`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			return eachCommand(c.Root(), func(of *cobra.Command) error {
				name := strings.ReplaceAll(of.CommandPath(), " ", "-") + ".1"
				return writeOutput(filepath.Join(args[0], name), c.OutOrStdout(), func(w io.Writer) error { return writeManual(w, of) })
			})
		},
	}
}

// eachCommand calls visit for a command and all below it that users see.
func eachCommand(c *cobra.Command, visit func(*cobra.Command) error) error {
	if err := visit(c); err != nil {
		return err
	}
	for _, sub := range c.Commands() {
		if sub.Hidden || sub.IsAdditionalHelpTopicCommand() || sub.Name() == "help" {
			continue
		}
		if err := eachCommand(sub, visit); err != nil {
			return err
		}
	}
	return nil
}

// writeManual writes the manual page of a command in the man macros (man(7)).
func writeManual(out io.Writer, c *cobra.Command) error {
	c.InitDefaultHelpFlag()
	w := bufio.NewWriter(out)
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	fmt.Fprintf(w, ".TH %s 1 \"\" \"sobre %s\" \"User Commands\"\n", roff(strings.ToUpper(name)), roff(versionName()))
	fmt.Fprintf(w, ".SH NAME\n%s \\- %s\n", roff(name), roff(c.Short))
	fmt.Fprintf(w, ".SH SYNOPSIS\n.B %s\n", roff(c.UseLine()))
	if text := strings.TrimSpace(c.Long); text != "" {
		fmt.Fprint(w, ".SH DESCRIPTION\n")
		paragraphs(w, text)
	}
	flags(w, "OPTIONS", c.NonInheritedFlags())
	flags(w, "OPTIONS OF EVERY COMMAND", c.InheritedFlags())
	if c.Example != "" {
		fmt.Fprintf(w, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(c.Example))
	}
	related(w, c)
	return w.Flush()
}

// paragraphs writes a text; lines that are indented keep their breaks.
func paragraphs(w io.Writer, text string) {
	for _, p := range strings.Split(text, "\n\n") {
		if strings.HasPrefix(p, " ") {
			fmt.Fprintf(w, ".PP\n.nf\n%s\n.fi\n", roff(p))
		} else {
			fmt.Fprintf(w, ".PP\n%s\n", roff(p))
		}
	}
}

func flags(w io.Writer, title string, set *pflag.FlagSet) {
	if !set.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(w, ".SH %s\n", title)
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		fmt.Fprintf(w, ".TP\n.BR \"%s\" \" \\fI%s\\fR\"\n%s\n", roff(name), roff(kind), roff(usage))
	})
}

func related(w io.Writer, c *cobra.Command) {
	var names []string
	if c.HasParent() {
		names = append(names, c.Parent().CommandPath())
	}
	for _, sub := range c.Commands() {
		if !sub.Hidden && sub.Name() != "help" {
			names = append(names, sub.CommandPath())
		}
	}
	if len(names) == 0 {
		return
	}
	fmt.Fprint(w, ".SH SEE ALSO\n")
	for n, name := range names {
		end := ","
		if n == len(names)-1 {
			end = ""
		}
		fmt.Fprintf(w, ".BR %s (1)%s\n", roff(strings.ReplaceAll(name, " ", "-")), end)
	}
}

// roff keeps a text from being taken for requests of roff.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "’", "'").Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
