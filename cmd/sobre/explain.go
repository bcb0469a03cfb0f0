package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sobre/inventory"
	"sobre/planner/explain"
	"sobre/planner/plan"
	"sobre/report"
)

type explainOptions struct {
	input     rereadFlags
	prices    bool
	noPrices  bool
	room      string
	curve     bool
	leastGain float64
	output    string
}

func newExplainCmd() *cobra.Command {
	o := &explainOptions{}
	c := &cobra.Command{
		Use:   `explain PLAN [WORKLOAD|HOST|RULE|FIGURE]`,
		Short: "Why here, why not there, why not one host fewer, what a rule costs",
		Long: `Without a subject: why one host fewer cannot be enough, in the words and numbers of the
proof, and which rule, setting or oversized workload would free a host.

With the ID or name of a workload: what it needs, and of every other host whether it
could be there, or which resource or rule forbids it. Of a host: what fills it and what
would free it, and how its energy, carbon and money come about. Of a rule (its name, or
"rule 3"): whom it binds and what it costs. Of a figure (co2e, energy, cost, payback, …):
its formula, the assumptions in it with their sources, and the rows it is the sum of.

--prices drops each rule and relaxes each setting by one step, plans again, and shows
hosts, electricity, carbon and money against the plan. --room asks how many more
workloads of a size still fit. --curve shows hosts freed against moves made.

The inventory is read again from where it was when the plan was made; --estate, -c and
--sample say where it is now.`,
		Example: `  sobre explain plan.json
  sobre explain plan.json srv-sig-db
  sobre explain plan.json esx-04
  sobre explain plan.json "rule 3"
  sobre explain plan.json co2e
  sobre explain plan.json --prices
  sobre explain plan.json --curve --least-gain 0.1
  sobre explain plan.json --room "2 vCPU, 8 GiB"`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error { return runExplain(c, o, args) },
	}
	o.input.declare(c)
	f := c.Flags()
	f.BoolVar(&o.prices, "prices", false, "what each rule and setting costs (plans once for each)")
	f.BoolVar(&o.noPrices, "no-prices", false, "do not look for what would free a host")
	f.StringVar(&o.room, "room", "", `how many more workloads of this size fit: "2 vCPU, 8 GiB"`)
	f.BoolVar(&o.curve, "curve", false, "hosts freed against moves made (plans up to twelve times)")
	f.Float64Var(&o.leastGain, "least-gain", 0, "with --curve: say up to where each step frees so many hosts a move")
	f.StringVar(&o.output, "output", "table", "what to print: table, json or markdown (of prices)")
	return c
}

func runExplain(c *cobra.Command, o *explainOptions, args []string) error {
	if o.output != "table" && o.output != "json" && o.output != "markdown" {
		return unknownWord("output", o.output, "table", "json", "markdown")
	}
	if o.output == "markdown" && !o.prices {
		return errors.New("--output markdown is for --prices")
	}
	p, err := plan.ReadFile(args[0])
	if err != nil {
		return err
	}
	var size explain.Size
	if o.room != "" {
		if size, err = parseSize(o.room); err != nil {
			return err
		}
	}
	if len(args) == 2 && slices.Contains(report.Figures(), strings.ToLower(args[1])) {
		_, err := report.ExplainFigure(c.OutOrStdout(), p, languageOf(c), strings.ToLower(args[1]))
		return err // it needs nothing but the plan
	}
	s, err := o.input.read(c, p)
	if err != nil {
		return err
	}
	answer := &answering{c: c, o: o, plan: p, study: s}
	switch {
	case o.room != "":
		a := explain.Room(p, s, size)
		return answer.print(a, func(w io.Writer) error { return report.ExplainRoom(w, p, a, languageOf(c)) })
	case o.prices:
		return answer.prices()
	case o.curve:
		return answer.curve()
	case len(args) == 1 || whyNotFewer(args[1]):
		return answer.fewer()
	}
	return answer.about(args[1])
}

// whyNotFewer tells whether the question is the one that is answered without
// a subject, spelled out.
func whyNotFewer(question string) bool {
	q := strings.ToLower(question)
	return strings.Contains(q, "one fewer") || strings.Contains(q, "un de moins")
}

// answering is one question under way.
type answering struct {
	c     *cobra.Command
	o     *explainOptions
	plan  *plan.Plan
	study *explain.Study
}

func (a *answering) print(data any, table func(io.Writer) error) error {
	if a.o.output == "json" {
		return inventory.EncodeJSON(a.c.OutOrStdout(), data)
	}
	return table(a.c.OutOrStdout())
}

// price fills in the plan's prices when it does not carry them.
func (a *answering) price() error {
	if len(a.plan.Prices) > 0 {
		return nil
	}
	prices, err := computePrices(a.c, a.plan, a.study)
	if err != nil {
		return err
	}
	explain.NotePrices(a.plan, a.study, prices)
	return nil
}

func computePrices(c *cobra.Command, p *plan.Plan, s *explain.Study) ([]plan.Price, error) {
	line := newProgressLine(c)
	defer line.clear()
	return explain.Prices(c.Context(), p, s, func(done, total int) {
		line.show("planning without each rule and with each setting relaxed: %d of %d", done, total)
	})
}

func (a *answering) prices() error {
	if err := a.price(); err != nil {
		return err
	}
	if a.o.output == "markdown" {
		return report.PricesMarkdown(a.c.OutOrStdout(), a.plan.Prices, languageOf(a.c))
	}
	return a.print(a.plan.Prices, func(w io.Writer) error {
		return report.ExplainPrices(w, a.plan, a.plan.Prices, languageOf(a.c))
	})
}

func (a *answering) fewer() error {
	if !a.o.noPrices {
		if err := a.price(); err != nil {
			return err
		}
	}
	answer := explain.OneFewer(a.plan, a.study)
	return a.print(answer, func(w io.Writer) error { return report.ExplainFewer(w, a.plan, answer, languageOf(a.c)) })
}

func (a *answering) curve() error {
	line := newProgressLine(a.c)
	curve, err := explain.Curve(a.c.Context(), a.plan, a.study, func(done, total int) {
		line.show("planning with fewer hosts freed: %d of %d", done, total)
	})
	line.clear()
	if err != nil {
		return err
	}
	return a.print(curve, func(w io.Writer) error {
		return report.ExplainCurve(w, a.plan, curve, a.o.leastGain, languageOf(a.c))
	})
}

// about explains whatever has the name: a workload, a host or a rule.
func (a *answering) about(name string) error {
	language := languageOf(a.c)
	if w, err := explain.Workload(a.plan, a.study, name); !errors.Is(err, explain.ErrUnknown) {
		if err != nil {
			return err
		}
		return a.print(w, func(out io.Writer) error { return report.ExplainWorkload(out, a.plan, w, language) })
	}
	if h, err := explain.Host(a.plan, a.study, name); !errors.Is(err, explain.ErrUnknown) {
		if err != nil {
			return err
		}
		return a.print(h, func(out io.Writer) error {
			if err := report.ExplainHost(out, a.plan, h, language); err != nil {
				return err
			}
			if _, err := fmt.Fprintln(out); err != nil {
				return err
			}
			_, err := report.ExplainFigure(out, a.plan, language, h.ID)
			return err
		})
	}
	r, err := explain.Rule(a.plan, a.study, name)
	if errors.Is(err, explain.ErrUnknown) {
		return a.unknown(name)
	}
	if err != nil {
		return err
	}
	if r.Price == nil && !r.Soft {
		price, err := explain.RulePrice(a.c.Context(), a.plan, a.study, r.Rule)
		if err != nil {
			return err
		}
		r.Price = price
	}
	return a.print(r, func(out io.Writer) error { return report.ExplainRule(out, a.plan, r, language) })
}

// unknown says what the plan has that is spelled nearly so.
func (a *answering) unknown(name string) error {
	var names []string
	for i := range a.study.Estate.Workloads {
		names = append(names, a.study.Estate.Workloads[i].ID, a.study.Estate.Workloads[i].Name)
	}
	for i := range a.plan.Hosts {
		names = append(names, a.plan.Hosts[i].ID, a.plan.Hosts[i].Name)
	}
	for _, r := range explain.RulesInForce(a.study) {
		names = append(names, r.Label)
	}
	if near := inventory.Nearest(name, names); near != "" {
		return fmt.Errorf("the plan has no workload, host or rule %q: did you mean %q?", name, near)
	}
	return fmt.Errorf("the plan has no workload, host or rule %q (sobre plan --details lists them)", name)
}

// parseSize reads "2 vCPU, 8 GiB" with an optional frequency.
func parseSize(text string) (explain.Size, error) {
	size := explain.Size{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '+' }) {
		part = strings.TrimSpace(part)
		number, unit, _ := strings.Cut(part, " ")
		if n, err := strconv.Atoi(number); err == nil && strings.EqualFold(strings.TrimSpace(unit), "vcpu") || err == nil && strings.EqualFold(strings.TrimSpace(unit), "vcpus") {
			size.VCPUs = n
			continue
		}
		var memory inventory.Size
		if err := memory.UnmarshalText([]byte(part)); err != nil {
			return size, fmt.Errorf("--room %q: %q is neither vCPUs (2 vCPU) nor memory (8 GiB)", text, part)
		}
		size.Memory = memory.MiB()
	}
	if size.VCPUs < 0 || size.VCPUs > 4096 || size.Memory < 0 || size.VCPUs == 0 && size.Memory == 0 {
		return size, fmt.Errorf(`--room %q: a size such as "2 vCPU, 8 GiB" is expected`, text)
	}
	return size, nil
}
