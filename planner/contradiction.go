package planner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// Bounds of the search for contradictions: how many are told, and how many
// small packings it may take.
const (
	maxContradictions = 3
	maxAsked          = 600
)

// contradictionWork is what one such packing may cost, in work units.
const contradictionWork = 1_000_000

// explainContradictions adds to a plan that leaves workloads out the smallest
// sets of rules that are to blame, if rules are.
func explainContradictions(ctx context.Context, in Input, p *plan.Plan) error {
	q := &quarrel{in: in, plan: p}
	rules := rulesInForce(in)
	for n, r := range rules {
		if !r.IsSoft() {
			q.hard = append(q.hard, n)
		}
	}
	if len(p.Unplaced) == 0 || len(q.hard) == 0 {
		return nil
	}
	dropped := map[int]bool{}
	for range maxContradictions {
		found, workloads, err := q.find(ctx, rules, dropped)
		if err != nil || len(found) == 0 {
			return err
		}
		q.report(rules, found, workloads)
		for _, n := range found {
			dropped[n] = true
		}
	}
	return nil
}

// quarrel looks for rules that cannot all be kept.
type quarrel struct {
	in    Input
	plan  *plan.Plan
	hard  []int // rules, by number in force
	asked int
	sure  bool // the last packing that failed was proven impossible
}

// find is a smallest set of rules, besides those dropped, that leave something
// without a place, and the workloads that it takes for that.
func (q *quarrel) find(ctx context.Context, rules []*inventory.Rule, dropped map[int]bool) (found []int, workloads []string, err error) {
	failing := func(keep []int, among []string) bool {
		if err != nil || q.asked >= maxAsked || ctx.Err() != nil {
			return false
		}
		q.asked++
		var fails bool
		fails, err = q.fails(ctx, keep, among)
		return fails
	}
	left := slices.DeleteFunc(slices.Clone(q.hard), func(n int) bool { return dropped[n] })
	workloads = q.named(rules, left)
	if !failing(left, workloads) || failing(nil, workloads) {
		return nil, nil, err // the rules alone are not to blame
	}
	// Rules first, then workloads, then rules again: fewer workloads may do
	// with fewer rules.
	found = shrink(left, func(keep []int) bool { return failing(keep, workloads) })
	workloads = shrink(workloads, func(among []string) bool { return failing(found, among) })
	found = shrink(found, func(keep []int) bool { return failing(keep, workloads) })
	failing(found, workloads) // once more, to know whether it is proven
	return found, workloads, err
}

// shrink leaves out what it can while the rest still fails, in halves first.
func shrink[T any](list []T, fails func([]T) bool) []T {
	for size := (len(list) + 1) / 2; size > 0; size /= 2 {
		for at := 0; at < len(list); {
			rest := slices.Concat(list[:at], list[min(at+size, len(list)):])
			if len(rest) < len(list) && fails(rest) {
				list = rest
			} else {
				at += size
			}
		}
	}
	return list
}

// named lists the workloads that rules name, with those left out.
func (q *quarrel) named(rules []*inventory.Rule, numbers []int) []string {
	out := map[string]bool{}
	for _, u := range q.plan.Unplaced {
		out[u.Workload] = true
	}
	for i := range q.in.Estate.Workloads {
		w := &q.in.Estate.Workloads[i]
		for _, n := range numbers {
			if inventory.MatchesAny(rules[n].Workloads(), w.ID, w.Name) {
				out[w.ID] = true
			}
		}
	}
	return sortedNames(out)
}

// fails tells whether some workloads cannot all be placed under some rules.
func (q *quarrel) fails(ctx context.Context, keep []int, among []string) (bool, error) {
	t := trial{without: map[int]bool{}, among: map[string]bool{}}
	for _, n := range q.hard {
		t.without[n] = !slices.Contains(keep, n)
	}
	for _, id := range among {
		t.among[id] = true
	}
	s, err := prepare(q.in, t)
	if err != nil {
		return false, err
	}
	for _, p := range s.split() {
		p.stockBefore = map[int]int{}
		p.shareStock()
		c := p.compile(true)
		c.Minimise = nil
		result, err := pack.Solve(ctx, &c.Problem, pack.Options{Work: contradictionWork})
		if err != nil {
			return false, fmt.Errorf("looking for contradicting rules: %w", err)
		}
		if len(result.Unplaced) > 0 {
			q.sure = result.Infeasible && !p.narrowed()
			return true, nil
		}
		p.adopt(c, result)
		p.claimHosts()
	}
	return false, nil
}

// report tells of one contradiction, in the plan and as a finding.
func (q *quarrel) report(rules []*inventory.Rule, found []int, workloads []string) {
	c := plan.Contradiction{Workloads: workloads, Proven: q.sure}
	for _, n := range found {
		c.Rules = append(c.Rules, labelOf(rules[n]))
		c.Hosts = append(c.Hosts, rules[n].Hosts...)
	}
	slices.Sort(c.Hosts)
	c.Hosts = slices.Compact(c.Hosts)
	c.What = fmt.Sprintf("these rules cannot all be kept for %s: %s", someOf(workloads), strings.Join(c.Rules, "; "))
	if len(c.Rules) == 1 {
		c.What = fmt.Sprintf("rule %s cannot be kept for %s", c.Rules[0], someOf(workloads))
	}
	q.plan.Contradictions = append(q.plan.Contradictions, c)
	q.plan.Findings = append(q.plan.Findings, inventory.Finding{
		Code: "rules-contradict", Severity: inventory.Error, Subject: c.Rules[0], What: c.What, Do: "change or drop one of them",
		Values: map[string]string{"rules": strings.Join(c.Rules, "; ")},
	})
}

// someOf names the first few, and how many more.
func someOf(ids []string) string {
	const shown = 6
	if len(ids) <= shown {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:shown], ", "), len(ids)-shown)
}
