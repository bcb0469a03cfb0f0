package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/planner/plan"
)

// changeFlags are the everyday changes of a policy, for a question asked once.
type changeFlags struct {
	evacuate []string
	keep     []string
	buy      []string
	merge    bool
}

func (f *changeFlags) declare(c *cobra.Command) {
	flags := c.Flags()
	flags.StringSliceVar(&f.evacuate, "evacuate", nil, "hosts to be emptied, beside the policy's hosts.retire (names, * and ?)")
	flags.StringSliceVar(&f.keep, "keep", nil, "hosts in service whatever happens, beside the policy's hosts.keep")
	flags.StringSliceVar(&f.buy, "buy", nil, "in place of the policy's hosts.buy: models that may be bought, with how many at most (r760:4)")
	flags.BoolVar(&f.merge, "merge-clusters", false, "guests may run in any cluster")
}

// apply changes the policy, and the stock of the models named with a number.
// What it names must be there: a plan about nothing would look like an answer.
func (f *changeFlags) apply(in *study) error {
	for _, list := range [][]string{f.evacuate, f.keep} {
		for _, pattern := range list {
			if err := in.namesHost(pattern); err != nil {
				return err
			}
		}
	}
	hosts := &in.policy.Hosts
	hosts.Retire = append(slices.Clone(hosts.Retire), f.evacuate...)
	hosts.Keep = append(slices.Clone(hosts.Keep), f.keep...)
	if len(f.buy) > 0 {
		hosts.Buy = nil
	}
	for _, text := range f.buy {
		name, err := in.limitStock(text)
		if err != nil {
			return err
		}
		hosts.Buy = append(hosts.Buy, name)
	}
	if f.merge {
		in.policy.Clusters = plan.MergeClusters
	}
	return nil
}

func (in *study) namesHost(pattern string) error {
	var names []string
	for i := range in.estate.Hosts {
		h := &in.estate.Hosts[i]
		if inventory.Matches(pattern, h.ID, h.Name) {
			return nil
		}
		names = append(names, h.ID, h.Name)
	}
	if near := inventory.Nearest(pattern, names); near != "" {
		return fmt.Errorf("no host %q in the estate: did you mean %q?", pattern, near)
	}
	return fmt.Errorf("no host %q in the estate", pattern)
}

// limitStock reads "r760:4" and leaves so many of the model in stock.
func (in *study) limitStock(text string) (name string, err error) {
	name, number, limited := strings.Cut(text, ":")
	if !limited {
		return name, nil
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 {
		return "", fmt.Errorf("--buy %s: how many of %s is no number", text, name)
	}
	if in.catalogue == nil {
		return name, nil // the planner says that there is no catalogue
	}
	c := *in.catalogue
	c.Hosts = slices.Clone(c.Hosts)
	for i := range c.Hosts {
		if inventory.Matches(name, c.Hosts[i].Name) {
			c.Hosts[i].Stock = &n
		}
	}
	in.catalogue = &c
	return name, nil
}
