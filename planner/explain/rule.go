package explain

import (
	"fmt"
	"strconv"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
)

// RuleInForce is a rule that the plan keeps, with the name the plan gives it.
type RuleInForce struct {
	Rule   *inventory.Rule
	Label  string
	Number int // from 1, as the plan lists them
}

// RulesInForce lists the rules that count, those of the estate first.
func RulesInForce(s *Study) []RuleInForce {
	var list []RuleInForce
	for _, rules := range [][]inventory.Rule{s.Estate.Rules, s.Policy.Rules} {
		for n := range rules {
			if r := &rules[n]; !r.Disabled && r.Unclear() == "" {
				list = append(list, RuleInForce{r, planner.RuleLabel(r), len(list) + 1})
			}
		}
	}
	return list
}

// RuleAnswer is what a rule asks for, whom, and what it costs.
type RuleAnswer struct {
	Rule    string       `json:"rule"`
	Text    string       `json:"text"` // as the plan would name it without a name
	Reason  string       `json:"reason,omitzero"`
	Soft    bool         `json:"soft,omitzero"`
	Broken  bool         `json:"broken,omitzero"`
	Members []RuleMember `json:"members"`
	Price   *plan.Price  `json:"price,omitempty"` // absent: not computed
}

// RuleMember is a workload that a rule names.
type RuleMember struct {
	Workload string `json:"workload"`
	From     string `json:"from,omitzero"`
	Host     string `json:"host,omitzero"`
	Stays    string `json:"stays,omitzero"`
}

// Rule explains one rule, by the name that the plan gives it or its number.
func Rule(p *plan.Plan, s *Study, name string) (*RuleAnswer, error) {
	for _, r := range RulesInForce(s) {
		if r.Label != name && "rule "+strconv.Itoa(r.Number) != name && !(r.Rule.Name == "" && text(r.Rule) == name) {
			continue
		}
		a := &RuleAnswer{Rule: r.Label, Text: text(r.Rule), Reason: r.Rule.Reason, Soft: r.Rule.IsSoft(), Members: []RuleMember{}}
		if r.Number <= len(p.Rules) {
			a.Broken = p.Rules[r.Number-1].Broken
		}
		for _, m := range p.Placements {
			if w := findWorkload(s.Estate, m.Workload); w != nil && inventory.MatchesAny(r.Rule.Workloads(), w.ID, w.Name) {
				a.Members = append(a.Members, RuleMember{m.Workload, m.From, m.To, m.Stays})
			}
		}
		for n := range p.Prices {
			if p.Prices[n].Subject == r.Label {
				a.Price = &p.Prices[n]
			}
		}
		return a, nil
	}
	return nil, fmt.Errorf("rule %q: %w", name, ErrUnknown)
}

// text is what a rule says, without its name.
func text(r *inventory.Rule) string {
	unnamed := *r
	unnamed.Name = ""
	return planner.RuleLabel(&unnamed)
}
