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
		{Name: "survives.chassis", Views: both, needs: Variant{Survive: 1, Chassis: 1}, What: "1 where any chassis may fail with all in it, and any host, and everything restarts elsewhere; 0 where not", read: survivesDomain("chassis")},
		{Name: "survives.site", Views: both, needs: Variant{Survive: 1, Site: 1}, What: "1 where any site may fail with all in it, and any host, and everything restarts elsewhere; 0 where not", read: survivesDomain("site")},
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

// survivesDomain tells whether nothing is lost when a whole chassis or site fails.
func survivesDomain(name string) func(r *reader) Reading {
	return func(r *reader) Reading {
		f, asked := r.plan.Failover, r.plan.Policy.WithDefaults().Survive
		replayed, wanted := 0, asked.Chassis
		if name == "site" {
			wanted = asked.Site
		}
		if f != nil {
			replayed = f.Chassis
			if name == "site" {
				replayed = f.Sites
			}
		}
		switch lost := lostWorkloads(r).Subjects; {
		case wanted == 0:
			return Reading{Value: 0} // a plan that was not asked to
		case replayed == 0:
			return Reading{Unknown: "no hypervisor in service says which " + name + " it is in"}
		case len(lost) > 0:
			return Reading{Value: 0, Subjects: lost}
		}
		return Reading{Value: 1}
	}
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
	rack           string
	of             *inventory.Workload
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
		s := spot{workload: w.ID, home: w.Host, host: id, names: []string{h.ID, h.Name, h.Model}, chassis: h.Chassis, site: h.Site, of: w}
		if e := r.hosts[id]; e != nil {
			s.names, s.rack = []string{e.ID, e.Name, e.Model}, e.Labels["rack"]
		}
		list = append(list, s)
	}
	return list
}

// broken says what of a rule the placement breaks, a sentence each. How a
// guest moves is no matter of where it is: live rules are never broken here.
func (r *reader) broken(rule *inventory.Rule) []string {
	spots := r.spots(rule.Workloads())
	switch rule.Kind() {
	case inventory.RuleApart, inventory.RuleAtMost:
		return crowded(spots, rule.By, rule.Most())
	case inventory.RuleTogether:
		return together(spots)
	case inventory.RuleOnly:
		return confined(spots, rule.Hosts, true)
	case inventory.RuleNever:
		return confined(spots, rule.Hosts, false)
	case inventory.RuleFence:
		return fenced(spots, rule.HostsAtMost)
	case inventory.RuleStay, inventory.RulePhysical:
		return strayed(spots)
	case inventory.RuleNUMA:
		return r.tooBigForNode(spots)
	}
	return nil
}

// crowded counts workloads in each host, chassis, rack or site.
func crowded(spots []spot, by inventory.Domain, most int) []string {
	in := map[string][]string{}
	var order []string
	for _, s := range spots {
		domain := s.host
		if name := s.in(by); name != "" {
			domain = string(by) + " " + name
		}
		if in[domain] == nil {
			order = append(order, domain)
		}
		in[domain] = append(in[domain], s.workload)
	}
	var problems []string
	for _, domain := range order {
		if len(in[domain]) > most {
			problems = append(problems, some(in[domain])+" are together on "+domain)
		}
	}
	return problems
}

// in names the place of a spot that is larger than a host, "" where it names none.
func (s spot) in(by inventory.Domain) string {
	switch by {
	case inventory.ByChassis:
		return s.chassis
	case inventory.ByRack:
		return s.rack
	case inventory.BySite:
		return s.site
	}
	return ""
}

func fenced(spots []spot, most int) []string {
	hosts := map[string]bool{}
	for _, s := range spots {
		hosts[s.host] = true
	}
	if len(hosts) <= most {
		return nil
	}
	return []string{fmt.Sprintf("%d hosts run what may run on %d", len(hosts), most)}
}

// strayed lists what is elsewhere than where the estate has it.
func strayed(spots []spot) []string {
	var problems []string
	for _, s := range spots {
		if s.home != "" && s.home != s.host {
			problems = append(problems, s.workload+" leaves "+s.home)
		}
	}
	return problems
}

// tooBigForNode lists what is larger than one socket of its host.
func (r *reader) tooBigForNode(spots []spot) []string {
	var problems []string
	for _, s := range spots {
		e := r.hosts[s.host]
		if e == nil || e.CPU.Sockets <= 0 || e.CPU.Cores <= 0 || s.of == nil {
			continue
		}
		nodes := float64(e.CPU.Sockets)
		if float64(s.of.VCPUs) > float64(e.CPU.Cores)/nodes || e.Memory.Known() && s.of.Memory.MiB() > e.Memory.MiB()/nodes {
			problems = append(problems, s.workload+" is larger than a NUMA node of "+s.host)
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
