package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sobre/carbon"
	"sobre/planner/plan"
	"sobre/samples"
)

// addCompletions teaches every command what its flags and arguments may be.
// What a flag takes is read off its own help, so that the two never differ.
func addCompletions(root *cobra.Command) {
	every := func(c *cobra.Command) error {
		c.Flags().VisitAll(func(f *pflag.Flag) { completeFlag(c, f) })
		c.PersistentFlags().VisitAll(func(f *pflag.Flag) { completeFlag(c, f) })
		return nil
	}
	_ = eachCommand(root, every) // every never fails
	for name, complete := range map[string]cobra.CompletionFunc{
		"factors": completeCountries,
		"explain": completePlanParts,
		"verify":  endingFirst("json"),
		"report":  endingFirst("json"),
		"waves":   endingFirst("json"),
		"compare": ending("json", "yaml", "yml", "xlsx", "csv", "xml", "ocs"),
		"check":   ending("yaml", "yml", "json", "xlsx", "csv", "xml", "ocs"),
	} {
		if c, _, err := root.Find([]string{name}); err == nil && c.Name() == name && c.ValidArgsFunction == nil && len(c.ValidArgs) == 0 {
			c.ValidArgsFunction = complete
		}
	}
}

// completeFlag completes a flag by its name: samples, formats, words of its
// help, or files of a kind.
func completeFlag(c *cobra.Command, f *pflag.Flag) {
	var complete cobra.CompletionFunc
	switch words := wordsOf(f.Usage); {
	case f.Name == "sample":
		complete = completeSamples
	case f.Name == "catalogue", f.Name == "policy", f.Name == "gates":
		complete = ending("yaml", "yml", "json")
	case f.Name == "baseline":
		complete = ending("json")
	case f.Name == "lang":
		complete = cobra.FixedCompletions([]cobra.Completion{"en", "fr"}, cobra.ShellCompDirectiveNoFileComp)
	case len(words) > 1 && f.Value.Type() != "bool":
		complete = completeWords(words)
	default:
		return
	}
	_ = c.RegisterFlagCompletionFunc(f.Name, complete) // fails only where the command has its own
}

// choices finds the words that a flag takes at the end of its help: "what to
// print: table, json or yaml".
var (
	choices = regexp.MustCompile(`(?:^|[:=] )([a-z0-9-]+(?:, [a-z0-9-]+)*(?:,? or [a-z0-9-]+|, [a-z0-9-]+))$`)
	aside   = regexp.MustCompile(` ?\([^()]*\)`)
	word    = regexp.MustCompile(`[a-z0-9-]+`)
)

func wordsOf(usage string) []string {
	m := choices.FindStringSubmatch(aside.ReplaceAllString(usage, ""))
	if m == nil {
		return nil
	}
	return word.FindAllString(strings.ReplaceAll(m[1], " or ", ", "), -1)
}

// completeWords completes one word, or the last of several joined by commas.
func completeWords(words []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndex(typed, ",")+1]
		var list []cobra.Completion
		for _, w := range words {
			list = append(list, before+w)
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

func completeSamples(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var list []cobra.Completion
	for _, s := range samples.List() {
		list = append(list, cobra.CompletionWithDesc(s.Name, s.Title))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

func completeCountries(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return carbon.Countries(), cobra.ShellCompDirectiveNoFileComp
}

// ending completes files by the ends of their names.
func ending(of ...string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return of, cobra.ShellCompDirectiveFilterFileExt
	}
}

// endingFirst completes the first argument by the end of its name, and any
// file after it.
func endingFirst(of string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return []cobra.Completion{of}, cobra.ShellCompDirectiveFilterFileExt
		}
		return nil, cobra.ShellCompDirectiveDefault
	}
}

// maxCompletionPlan is the largest plan that is read while somebody waits at
// the prompt.
const maxCompletionPlan = 32 << 20

// completePlanParts completes the plan first, and then what it speaks of: its
// workloads, hosts and rules.
func completePlanParts(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return []cobra.Completion{"json"}, cobra.ShellCompDirectiveFilterFileExt
	}
	if info, err := os.Stat(args[0]); err != nil || !info.Mode().IsRegular() || info.Size() > maxCompletionPlan {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	p, err := plan.ReadFile(args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var list []cobra.Completion
	for _, h := range p.Hosts {
		list = append(list, cobra.CompletionWithDesc(h.ID, strings.TrimSpace(fmt.Sprintf("host, %s", h.State))))
	}
	for _, m := range p.Placements {
		list = append(list, cobra.CompletionWithDesc(m.Workload, "workload, on "+m.To))
	}
	for _, r := range p.Rules {
		list = append(list, cobra.CompletionWithDesc(r.Rule, "rule"))
	}
	slices.Sort(list)
	return list, cobra.ShellCompDirectiveNoFileComp
}
