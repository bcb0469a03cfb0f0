package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// completions is what the shell is offered for a line that is being typed.
func completions(t *testing.T, line ...string) []string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), append([]string{"__complete"}, line...), strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("%v: exit %d: %s", line, code, errs.String())
	}
	var words []string
	for _, l := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		word, _, _ := strings.Cut(l, "\t")
		words = append(words, word)
	}
	return words[:len(words)-1] // the last line steers the shell
}

func TestCompletions(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"plan --sample ", "mulhouse vcenter capacity"},
		{"plan --output ", "table json yaml csv markdown"},
		{"verify --output ", "table json yaml"},
		{"plan --effort ", "quick normal thorough"},
		{"plan --color ", "auto always never"},
		{"plan --lang ", "en fr"},
		{"check --format junit,", "junit,junit junit,sarif junit,github junit,gitlab junit,json junit,tap junit,openmetrics"},
		{"plan --policy ", "yaml yml json"},
		{"schema ", "estate catalogue policy plan capacity"},
		{"verify ", "json"},
		{"factors F", "FR"},
	} {
		got := strings.Join(completions(t, strings.Split(test.line, " ")...), " ")
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", test.line, got, test.want)
		}
	}
}

// TestEveryOutputCompletes sees that no flag with a choice of words is without
// a completion, in whatever command.
func TestEveryOutputCompletes(t *testing.T) {
	n := 0
	root := newRootCmd()
	_ = eachCommand(root, func(c *cobra.Command) error {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "output" && f.Name != "effort" && f.Name != "sample" {
				return
			}
			n++
			if _, found := c.GetFlagCompletionFunc(f.Name); !found {
				t.Errorf("%s --%s completes nothing: its help is %q", c.CommandPath(), f.Name, f.Usage)
			}
		})
		return nil
	})
	if n < 10 {
		t.Errorf("only %d flags were looked at", n)
	}
}

// TestPlanPartsComplete offers the hosts and workloads of a plan, and nothing
// for a file that is none.
func TestPlanPartsComplete(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "plan.json")
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"plan", "--sample", "capacity", "-o", path}, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	words, _ := completePlanParts(nil, []string{path}, "")
	text := strings.Join(words, "\n")
	for _, want := range []string{"esx-a1\thost", "dc-1\tworkload, on esx-", "patient records\trule"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not offered", want)
		}
	}
	broken := filepath.Join(dir, "broken.json")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{broken, filepath.Join(dir, "none.json"), dir} {
		if words, _ := completePlanParts(nil, []string{bad}, ""); len(words) != 0 {
			t.Errorf("%s offers %v", bad, words)
		}
	}
}

// TestManual writes the pages of all commands, in macros that a name cannot break.
func TestManual(t *testing.T) {
	dir := t.TempDir()
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"man", dir}, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	for _, name := range []string{"sobre.1", "sobre-plan.1", "sobre-collect-vsphere.1"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{".TH SOBRE", ".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
	}
	if got := roff(".SH x\n'y\\z"); got != `\&.SH x`+"\n"+`\&'y\ez` {
		t.Errorf("roff: %q", got)
	}
}
