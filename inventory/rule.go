package inventory

import "slices"

// Domain is the size of place that a rule counts workloads in.
type Domain string

// The domains; empty means host. The rack of a host is its label "rack".
const (
	ByHost    Domain = "host"
	ByChassis Domain = "chassis"
	ByRack    Domain = "rack"
	BySite    Domain = "site"
)

// UnmarshalText reads a domain and names the nearest one to what it does not know.
func (d *Domain) UnmarshalText(text []byte) error {
	return OneOf(d, text, ByHost, ByChassis, ByRack, BySite)
}

// RuleKind is what a rule asks.
type RuleKind string

// The kinds of rule.
const (
	RuleApart    RuleKind = "apart"    // no two in one place
	RuleAtMost   RuleKind = "at_most"  // so many in one place
	RuleTogether RuleKind = "together" // all on one host
	RuleOnly     RuleKind = "only"     // on no other host than those named
	RuleNever    RuleKind = "never"    // on none of those named
	RuleStay     RuleKind = "stay"     // where they are
	RuleFence    RuleKind = "fence"    // on so many hosts altogether
	RulePhysical RuleKind = "physical" // on their own server, never as guests
	RuleNUMA     RuleKind = "numa"     // within one NUMA node
	RuleLive     RuleKind = "live"     // moved without an interruption
)

// Rule is a condition on where workloads run. Exactly one of Apart, Of,
// Together, Only, Never, Stay, Fence, Physical, NUMA and Live is set; it lists
// IDs or names of workloads, where * and ? stand for any characters.
type Rule struct {
	Name     string   `yaml:"name,omitempty" json:"name,omitzero"`
	Apart    []string `yaml:"apart,omitempty,flow" json:"apart,omitempty"`       // no two in one host, chassis, rack or site
	AtMost   int      `yaml:"at_most,omitempty" json:"at_most,omitzero"`         // so many of Of in one host, chassis, rack or site
	Of       []string `yaml:"of,omitempty,flow" json:"of,omitempty"`             // for AtMost
	By       Domain   `yaml:"by,omitempty" json:"by,omitzero"`                   // for Apart and AtMost
	Together []string `yaml:"together,omitempty,flow" json:"together,omitempty"` // all on one host
	Only     []string `yaml:"only,omitempty,flow" json:"only,omitempty"`         // on no other host than Hosts
	Never    []string `yaml:"never,omitempty,flow" json:"never,omitempty"`       // on none of Hosts
	Hosts    []string `yaml:"hosts,omitempty,flow" json:"hosts,omitempty"`       // IDs, names or models of hosts, for Only and Never
	Stay     []string `yaml:"stay,omitempty,flow" json:"stay,omitempty"`         // where they are
	// Fence is what a licence is counted by hosts for: all of it runs on
	// HostsAtMost hosts altogether, after any failure too.
	Fence       []string `yaml:"fence,omitempty,flow" json:"fence,omitempty"`
	HostsAtMost int      `yaml:"hosts_at_most,omitempty" json:"hosts_at_most,omitzero"`
	Physical    []string `yaml:"physical,omitempty,flow" json:"physical,omitempty"` // never become guests
	// NUMA lists workloads that fit in one NUMA node of their host, which is
	// one socket: its cores and its share of the memory.
	NUMA []string `yaml:"numa,omitempty,flow" json:"numa,omitempty"`
	// Live lists guests that must be able to move while they run: to a host of
	// the same maker of processors and of no older generation.
	Live     []string `yaml:"live,omitempty,flow" json:"live,omitempty"`
	Reason   string   `yaml:"reason,omitempty" json:"reason,omitzero"`
	Disabled bool     `yaml:"disabled,omitempty" json:"disabled,omitzero"` // known but not in force
	// Soft marks a preference (a "should" rule of the source): kept where that
	// costs no host, else reported as broken.
	Soft bool `yaml:"soft,omitempty" json:"soft,omitzero"`
	// Price is what breaking the rule may cost a year: it is kept where that
	// costs less. A rule with a price is soft.
	Price Money    `yaml:"price,omitempty" json:"price,omitzero"`
	From  []Origin `yaml:"from,omitempty" json:"from,omitempty"`
}

// Lists are the lists of workloads of the rule, by what they ask.
func (r *Rule) lists() map[RuleKind][]string {
	return map[RuleKind][]string{
		RuleApart: r.Apart, RuleAtMost: r.Of, RuleTogether: r.Together, RuleOnly: r.Only, RuleNever: r.Never,
		RuleStay: r.Stay, RuleFence: r.Fence, RulePhysical: r.Physical, RuleNUMA: r.NUMA, RuleLive: r.Live,
	}
}

// RuleKinds lists the kinds in the order that rules are explained in.
func RuleKinds() []RuleKind {
	return []RuleKind{
		RuleApart, RuleAtMost, RuleTogether, RuleOnly, RuleNever, RuleStay, RuleFence, RulePhysical, RuleNUMA, RuleLive,
	}
}

// Kind is what the rule asks: the first list that is set, "" for none.
func (r *Rule) Kind() RuleKind {
	lists := r.lists()
	for _, k := range RuleKinds() {
		if len(lists[k]) > 0 {
			return k
		}
	}
	return ""
}

// Workloads are the names and patterns of the workloads that the rule is about.
func (r *Rule) Workloads() []string {
	lists := r.lists()
	var all []string
	for _, k := range RuleKinds() {
		all = append(all, lists[k]...)
	}
	return all
}

// IsSoft tells whether a plan may break the rule.
func (r *Rule) IsSoft() bool { return r.Soft || r.Price.Known() }

// Most is how many of its workloads a rule that counts them allows in one
// host, chassis, rack or site; 0 for a rule that does not count.
func (r *Rule) Most() int {
	switch r.Kind() {
	case RuleApart:
		return 1
	case RuleAtMost:
		return r.AtMost
	}
	return 0
}

// Unclear says what is wrong with the rule by itself, "" when nothing is.
func (r *Rule) Unclear() string {
	set := 0
	for _, list := range r.lists() {
		if len(list) > 0 {
			set++
		}
	}
	kind := r.Kind()
	needsHosts := kind == RuleOnly || kind == RuleNever
	switch {
	case set != 1:
		return "it must say exactly one of apart, at_most with of, together, only, never, stay, fence, physical, numa, live"
	case needsHosts && len(r.Hosts) == 0:
		return "it names no hosts"
	case kind == RuleAtMost && r.AtMost < 1:
		return "at_most must be 1 or more"
	case kind == RuleFence && r.HostsAtMost < 1:
		return "hosts_at_most must be 1 or more"
	case r.Price.Known() && r.Price.Amount() < 0:
		return "its price is below 0"
	case r.By != "" && !slices.Contains([]RuleKind{RuleApart, RuleAtMost}, kind):
		return "by goes with apart and at_most only"
	}
	return ""
}
