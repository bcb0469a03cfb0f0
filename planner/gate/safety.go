package gate

import (
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

func safetyMeasures() []Measure {
	return []Measure{
		{Name: "survives.hosts", Views: both, What: "hypervisors that may fail at the same time while everything that ran on them restarts elsewhere (what is tied to its host aside)", read: survivesHosts},
		{Name: "lost", Views: both, List: true, What: "workloads that would restart nowhere when a host fails, as many at a time as the policy asks to survive", read: lostWorkloads},
		{Name: "rules.broken", Views: both, List: true, What: "rules in force that the placement breaks", read: brokenRules(false)},
		{Name: "rules.soft.broken", Views: both, List: true, What: "preferences (soft rules) that the placement does not meet", read: brokenRules(true)},
	}
}

// survivesHosts is how many failures the view was replayed with when nothing
// is lost in it, and 0 otherwise: the judge looks at fewer failures then.
func survivesHosts(r *reader) Reading {
	if !slices.ContainsFunc(r.plan.Hosts, func(h plan.Host) bool { return h.Role == inventory.Hypervisor && h.State != plan.Retire }) {
		return Reading{Unknown: "no hypervisor is in service, so nothing restarts elsewhere"}
	}
	f := r.plan.Failover
	if f == nil {
		return Reading{Value: float64(r.trivially())}
	}
	lost := lostWorkloads(r).Subjects
	if len(lost) == 0 {
		return number(f.Hosts)
	}
	return Reading{Value: 0, Subjects: lost}
}

// trivially is how many hypervisors may fail when none holds anything: none
// was replayed.
func (r *reader) trivially() int {
	if s := r.plan.Policy.Survive; s != nil {
		return s.Hosts
	}
	return 0
}

func lostWorkloads(r *reader) Reading {
	var list []Subject
	if r.plan.Failover == nil {
		return listing(nil)
	}
	seen := map[string]bool{}
	for _, u := range r.plan.Failover.Lost {
		if u.Reason == "pinned" || seen[u.Workload] {
			continue
		}
		seen[u.Workload] = true
		list = append(list, Subject{ID: u.Workload, What: u.What})
	}
	return listing(list)
}

// brokenRules lists the rules in force that the placement breaks.
func brokenRules(soft bool) func(r *reader) Reading {
	return func(r *reader) Reading {
		var list []Subject
		for n, rule := range append(append([]inventory.Rule{}, r.estate.Rules...), r.plan.Policy.Rules...) {
			if rule.Disabled || rule.IsSoft() != soft {
				continue
			}
			if problems := r.broken(&rule); len(problems) > 0 {
				name := rule.Name
				if name == "" {
					name = fmt.Sprintf("rule %d", n+1)
				}
				list = append(list, Subject{ID: name, What: strings.Join(problems, "; ")})
			}
		}
		return listing(list)
	}
}

// spot is where a workload is.
type spot struct {
	workload, home string
	host           string
	names          []string // by which a rule may name the host
	chassis, site  string
}

// spots lists where the workloads are that the patterns name, in the order of
// the estate.
func (r *reader) spots(patterns []string) []spot {
	_, at := r.running()
	var list []spot
	for i := range r.estate.Workloads {
		w := &r.estate.Workloads[i]
		id := at[w.ID]
		h := r.planned[id]
		if h == nil || !inventory.MatchesAny(patterns, w.ID, w.Name) {
			continue
		}
		s := spot{workload: w.ID, home: w.Host, host: id, names: []string{h.ID, h.Name, h.Model}, chassis: h.Chassis, site: h.Site}
		if e := r.hosts[id]; e != nil {
			s.names = []string{e.ID, e.Name, e.Model}
		}
		list = append(list, s)
	}
	return list
}

// broken says what of a rule the placement breaks, a sentence each.
func (r *reader) broken(rule *inventory.Rule) []string {
	switch {
	case len(rule.Apart) > 0:
		return apart(r.spots(rule.Apart), rule.By)
	case len(rule.Together) > 0:
		return together(r.spots(rule.Together))
	case len(rule.Only) > 0:
		return confined(r.spots(rule.Only), rule.Hosts, true)
	case len(rule.Never) > 0:
		return confined(r.spots(rule.Never), rule.Hosts, false)
	}
	var problems []string
	for _, s := range r.spots(rule.Stay) {
		if s.home != "" && s.home != s.host {
			problems = append(problems, s.workload+" leaves "+s.home)
		}
	}
	return problems
}

func apart(spots []spot, by inventory.Domain) []string {
	in := map[string][]string{}
	var order []string
	for _, s := range spots {
		domain := s.host
		switch {
		case by == inventory.ByChassis && s.chassis != "":
			domain = "chassis " + s.chassis
		case by == inventory.BySite && s.site != "":
			domain = "site " + s.site
		}
		if in[domain] == nil {
			order = append(order, domain)
		}
		in[domain] = append(in[domain], s.workload)
	}
	var problems []string
	for _, domain := range order {
		if len(in[domain]) > 1 {
			problems = append(problems, some(in[domain])+" are together on "+domain)
		}
	}
	return problems
}

func together(spots []spot) []string {
	hosts := map[string]bool{}
	var ids []string
	for _, s := range spots {
		hosts[s.host] = true
		ids = append(ids, s.workload)
	}
	if len(hosts) < 2 {
		return nil
	}
	return []string{fmt.Sprintf("%s are on %d hosts", some(ids), len(hosts))}
}

func confined(spots []spot, hosts []string, only bool) []string {
	var problems []string
	for _, s := range spots {
		if inventory.MatchesAny(hosts, s.names...) != only {
			problems = append(problems, s.workload+" is on "+s.host)
		}
	}
	return problems
}

// some joins the first few names, with the count of the rest.
func some(ids []string) string {
	const shown = 4
	if len(ids) <= shown {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:shown], ", "), len(ids)-shown)
}
