package explain

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
)

// Study is what a plan was made from, to plan again with something changed.
type Study struct {
	Estate    *inventory.Estate
	Catalogue *inventory.Catalogue
	Policy    plan.Policy
}

// lever is one change of what a plan is made from.
type lever struct {
	subject, change string
	rule            int // 1 + its number among the rules in force, estate first; 0: no rule
	apply           func(*Study)
}

// levers lists what can be relaxed one at a time: each rule in force, each
// setting by one step, and the largest overprovisioned workloads.
func levers(s *Study) []lever {
	var list []lever
	list = append(list, ruleLevers(s)...)
	list = append(list, settingLevers(s)...)
	return append(list, rightSizeLevers(s)...)
}

// ruleLevers drop the rules one by one.
func ruleLevers(s *Study) []lever {
	var list []lever
	number := 0
	for _, of := range []struct {
		rules []inventory.Rule
		set   func(*Study, []inventory.Rule)
	}{
		{s.Estate.Rules, func(s *Study, rules []inventory.Rule) {
			e := *s.Estate
			e.Rules = rules
			s.Estate = &e
		}},
		{s.Policy.Rules, func(s *Study, rules []inventory.Rule) { s.Policy.Rules = rules }},
	} {
		for n, r := range of.rules {
			if r.Disabled || r.Unclear() != "" {
				continue
			}
			number++
			if r.IsSoft() {
				continue // it binds nothing
			}
			list = append(list, lever{
				subject: planner.RuleLabel(&r), change: "without it", rule: number,
				apply: func(s *Study) {
					rules := slices.Clone(of.rules)
					rules[n].Disabled = true
					of.set(s, rules)
				},
			})
		}
	}
	return list
}

// step is by how much a headroom is made smaller, in points of a percent.
const step = 5

// settingLevers relax the settings of the policy, each by one step.
func settingLevers(s *Study) []lever {
	p := s.Policy
	var list []lever
	add := func(subject, change string, apply func(*plan.Policy)) {
		list = append(list, lever{subject: subject, change: change, apply: func(s *Study) { apply(&s.Policy) }})
	}
	headroom := func(name string, of func(*plan.Policy) *inventory.Share) {
		if from := of(&p).Value(); from > 0 {
			to := inventory.Percent(math.Max(0, from-step))
			add(name, of(&p).String()+" → "+to.String(), func(p *plan.Policy) { *of(p) = to })
		}
	}
	headroom("cpu.headroom", func(p *plan.Policy) *inventory.Share { return &p.CPU.Headroom })
	headroom("memory.headroom", func(p *plan.Policy) *inventory.Share { return &p.Memory.Headroom })
	if next := below(p.CPU.Use); next != "" {
		add("cpu.use", string(p.CPU.Use)+" → "+string(next), func(p *plan.Policy) { p.CPU.Use = next })
	}
	if next := below(p.Memory.Use); next != "" {
		add("memory.use", string(p.Memory.Use)+" → "+string(next), func(p *plan.Policy) { p.Memory.Use = next })
	}
	if p.CPU.VCPUsPerCore > 0 {
		add("cpu.vcpus_per_core", fmt.Sprintf("%g → %g", p.CPU.VCPUsPerCore, p.CPU.VCPUsPerCore+1), func(p *plan.Policy) { p.CPU.VCPUsPerCore++ })
	}
	if p.Memory.Use != plan.Allocated && p.Memory.Overcommit > 0 {
		add("memory.overcommit", fmt.Sprintf("%g → %g", p.Memory.Overcommit, p.Memory.Overcommit+0.25), func(p *plan.Policy) { p.Memory.Overcommit += 0.25 })
	}
	if g := p.Growth; g.Rate.Value() > 0 && g.Years > 0 {
		add("growth.years", fmt.Sprintf("%g → %g", g.Years, math.Max(0, g.Years-1)), func(p *plan.Policy) { p.Growth.Years = math.Max(0, g.Years-1) })
	}
	return append(list, scopeLevers(s)...)
}

// scopeLevers take away what keeps workloads and hosts where they are.
func scopeLevers(s *Study) []lever {
	p := s.Policy
	var list []lever
	add := func(subject, change string, apply func(*plan.Policy)) {
		list = append(list, lever{subject: subject, change: change, apply: func(s *Study) { apply(&s.Policy) }})
	}
	if p.Survive != nil && p.Survive.Hosts > 0 {
		add("survive.hosts", fmt.Sprintf("%d → %d", p.Survive.Hosts, p.Survive.Hosts-1), func(p *plan.Policy) {
			fewer := *p.Survive
			fewer.Hosts--
			p.Survive = &fewer
		})
	}
	for _, x := range []struct {
		name string
		of   func(*plan.Survive) *int
	}{{"chassis", func(v *plan.Survive) *int { return &v.Chassis }}, {"site", func(v *plan.Survive) *int { return &v.Site }}} {
		if p.Survive != nil && *x.of(p.Survive) > 0 {
			add("survive."+x.name, "1 → 0", func(p *plan.Policy) {
				fewer := *p.Survive
				*x.of(&fewer) = 0
				p.Survive = &fewer
			})
		}
	}
	if p.Clusters == plan.KeepClusters && len(s.Estate.Clusters) > 1 {
		add("clusters", "keep → merge", func(p *plan.Policy) { p.Clusters = plan.MergeClusters })
	}
	if len(p.Hosts.Keep) > 0 {
		add("hosts.keep", "without it", func(p *plan.Policy) { p.Hosts.Keep = nil })
	}
	if len(p.Hosts.Buy) > 0 && s.Catalogue != nil && len(s.Catalogue.Hosts) > len(p.Hosts.Buy) {
		add("hosts.buy", "all of the catalogue", func(p *plan.Policy) { p.Hosts.Buy = nil })
	}
	if !p.Scope.IsZero() {
		add("scope", "all may move", func(p *plan.Policy) { p.Scope = plan.Scope{} })
	}
	return list
}

// below is the measure one step laxer, empty when there is none.
func below(m plan.Measure) plan.Measure {
	order := []plan.Measure{plan.Allocated, plan.Max, "p99", "p95", "p90", "p50"}
	n := slices.Index(order, m)
	if n < 0 || n+1 == len(order) {
		return ""
	}
	if m == plan.Allocated {
		return "p95" // the next one down would still be the peak of every machine at once
	}
	return order[n+1]
}

// rightSized is how many workloads are tried with the memory that they use.
const rightSized = 3

// rightSizeLevers give the workloads that waste most memory what they use and
// a quarter on top.
func rightSizeLevers(s *Study) []lever {
	if s.Policy.Memory.Use != plan.Allocated {
		return nil
	}
	type waste struct{ n, mib, saved int }
	var wasteful []waste
	for n := range s.Estate.Workloads {
		w := &s.Estate.Workloads[n]
		given := w.Memory.MiB()
		used := usedMemory(w)
		if used <= 0 || w.State == inventory.Template || w.State == inventory.Off {
			continue
		}
		needed := math.Ceil(used*1.25/1024) * 1024
		if needed <= given/2 && given-needed >= 2048 {
			wasteful = append(wasteful, waste{n, int(needed), int(given - needed)})
		}
	}
	slices.SortStableFunc(wasteful, func(a, b waste) int { return b.saved - a.saved })
	var list []lever
	for _, x := range wasteful[:min(rightSized, len(wasteful))] {
		w := s.Estate.Workloads[x.n]
		to := inventory.MiB(float64(x.mib))
		list = append(list, lever{
			subject: "right-size " + w.ID, change: w.Memory.String() + " → " + to.String(),
			apply: func(s *Study) {
				e := *s.Estate
				e.Workloads = slices.Clone(e.Workloads)
				e.Workloads[x.n].Memory = to
				s.Estate = &e
			},
		})
	}
	return list
}

// usedMemory is the most that a workload was seen to use, in MiB; 0: unknown.
func usedMemory(w *inventory.Workload) float64 {
	u := w.Use.Memory
	for _, level := range []inventory.Level{u.Max, u.P99, u.P95} {
		if level.Known() {
			return level.Of(w.Memory.MiB())
		}
	}
	return 0
}

// SubjectOf tells the name of a lever's subject from what it is: a rule, a
// setting or a workload.
func SubjectOf(p plan.Price) (kind, name string) {
	if rest, ok := strings.CutPrefix(p.Subject, "right-size "); ok {
		return "workload", rest
	}
	for _, prefix := range []string{"cpu.", "memory.", "growth.", "survive.", "hosts.", "clusters", "scope"} {
		if strings.HasPrefix(p.Subject, prefix) && p.Change != "without it" || p.Subject == "hosts.keep" {
			return "setting", p.Subject
		}
	}
	return "rule", p.Subject
}
