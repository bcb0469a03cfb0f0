package document

import (
	"cmp"
	"slices"
	"strings"

	"sobre/planner/plan"
)

// Risk is something that may go wrong, and what to do about it.
type risk struct {
	weight   int // more is worse
	head, do string
}

// topRisks are the three that weigh most.
func (c *composer) topRisks() *List {
	l := &List{Ordered: true}
	for _, r := range firsts(c.risks(), 3) {
		l.Items = append(l.Items, Item{r.head, r.do})
	}
	return l
}

func firsts[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// risks lists what the plan itself shows, worst first.
func (c *composer) risks() []risk {
	list := slices.Concat(c.placementRisks(), c.dataRisks(), c.moneyRisks(), c.standingRisks())
	slices.SortStableFunc(list, func(a, b risk) int { return cmp.Compare(b.weight, a.weight) })
	return list
}

func (c *composer) placementRisks() []risk {
	f := c.facts
	var list []risk
	add := func(n, weight int, head, do string) {
		if n > 0 {
			list = append(list, risk{weight, head, do})
		}
	}
	add(len(c.p.Unplaced), 100, c.many("%s workload has no place in the plan.|%s workloads have no place in the plan.", len(c.p.Unplaced)),
		c.t("Relax a rule, add a host, or leave them where they are; “Candidates and exclusions” has the reasons."))
	add(f.down, 95, c.many("%s workload would stay down when its host fails.|%s workloads would stay down when their host fails.", f.down),
		c.t("One more host, or less headroom for growth, would cover them."))
	add(f.broken, 70, c.many("%s preference is not kept: %s.|%s preferences are not kept: %s.", f.broken, c.brokenRules()),
		c.t("Have its owner agree, or make it a hard rule and plan again."))
	add(f.pinnedDown, 60, c.many("%s workload is tied to its host and falls with it: %s.|%s workloads are tied to their host and fall with it: %s.", f.pinnedDown, c.pinnedNames()),
		c.t("Free them of dongle, card or shared disk when they are next renewed; keep a restore procedure until then."))
	if c.p.Failover == nil || c.p.Failover.Replayed == 0 && f.moved > 0 {
		list = append(list, risk{90, c.t("No host failure was asked to be survived."), c.t("Set survive.hosts in the policy before several services share one host.")})
	}
	if host, load := c.fullest(); load > 0.85 {
		list = append(list, risk{40, c.t("The fullest host, %s, is at %s of its memory.", host, c.percent(load)), c.t("Headroom is kept by the plan, but growth must be watched from the first month.")})
	}
	if c.p.Bound.Gap > 0 && c.p.Search.Cut {
		list = append(list, risk{30, c.t("The search was cut short."), c.t("Run it again with more effort before ordering.")})
	}
	return list
}

func (c *composer) pinnedNames() string {
	var names []string
	if c.p.Failover != nil {
		for _, l := range c.p.Failover.Lost {
			if l.Reason != "no-room" {
				names = append(names, system(l.Workload))
			}
		}
	}
	return c.shortened(names)
}

func (c *composer) brokenRules() string {
	var names []string
	for _, r := range c.p.Rules {
		if r.Broken {
			names = append(names, r.Rule)
		}
	}
	return c.shortened(names)
}

// spelled is how many names a sentence spells out.
const spelled = 4

func (c *composer) shortened(names []string) string {
	text := strings.Join(firsts(names, spelled), ", ")
	if n := len(names) - spelled; n > 0 {
		text += " " + c.many("(and %s more)|(and %s more)", n)
	}
	return text
}

// fullest is the host with the most memory taken, of those that hold something.
func (c *composer) fullest() (name string, load float64) {
	for _, h := range c.p.Hosts {
		if m := memoryLoad(h); h.State != plan.Retire && m > load {
			name, load = hostName(h), m
		}
	}
	return name, load
}

func memoryLoad(h plan.Host) float64 {
	if used, ok := h.Load["memory_used"]; ok {
		return used
	}
	return h.Load["memory"]
}

// hostName is how people call a host.
func hostName(h plan.Host) string {
	if h.Name != "" {
		return h.Name
	}
	return h.ID
}

func (c *composer) dataRisks() []risk {
	f := c.facts
	var list []risk
	if n := f.counted - f.measured; n > 0 && f.counted > 0 {
		list = append(list, risk{50 + 30*n/f.counted, c.many("The CPU use of %s workload is assumed, not measured.|The CPU use of %s workloads is assumed, not measured.", n),
			c.t("Measure before the first wave: a busy one among them would need more room than it is given.")})
	}
	if f.errors > 0 {
		list = append(list, risk{65, c.many("%s error in the data leaves gaps.|%s errors in the data leave gaps.", f.errors), c.t("Annex “Findings” names file and line of each.")})
	}
	return list
}

func (c *composer) moneyRisks() []risk {
	var list []risk
	if !c.p.Saving.Worth {
		list = append(list, risk{98, c.t("The plan emits more than it saves."), c.t("Keep the servers there are.")})
	}
	if pays, known := c.paysInMoney(); known && !pays {
		text := c.t("Spending comes back after the horizon, or never: weigh what electricity does not count, such as maintenance contracts, space and failures of old machines.")
		list = append(list, risk{75, c.t("Lower running costs alone do not pay the purchase back within %s years.", c.about(c.horizon())), text})
	}
	if y := c.p.Saving.CarbonPayback; y != nil && y.High > c.horizon() {
		list = append(list, risk{45, c.t("The carbon of what is bought may not be paid back within %s years.", c.about(c.horizon())), c.t("Reuse what exists, or buy less, where the choice is open.")})
	}
	if k := c.p.Cost; k != nil && len(k.Unpriced) > 0 {
		list = append(list, risk{55, c.t("No price is known for %s.", strings.Join(k.Unpriced, ", ")), c.t("Enter it in the catalogue: the investment is too low without.")})
	}
	return list
}

// standingRisks come with every consolidation.
func (c *composer) standingRisks() []risk {
	if c.facts.moved == 0 {
		return nil
	}
	return []risk{
		{35, c.t("More services share fewer hosts: a failure touches more of them at once."), c.t("The failure of every host was replayed; test one for real before the last wave.")},
		{25, c.t("What was not checked may bind: storage throughput, network, licences."), c.t("Check each item of “What was not checked” with its owner before the order.")},
		{15, c.t("Freed room fills up again."), c.t("Decide who may create a machine, and hold the capacity file to gates in CI.")},
	}
}

func (c *composer) risksSection() Section {
	t := &Table{ID: "risks", Title: c.t("Risks and what to do about them"), Columns: []Column{
		{Title: c.t("Rank"), Kind: Number}, {Title: c.t("Risk"), Kind: Text, Wide: true}, {Title: c.t("What to do"), Kind: Text, Wide: true},
	}}
	for i, r := range c.risks() {
		t.Rows = append(t.Rows, []Cell{whole(i + 1), text(r.head), text(r.do)})
	}
	if len(t.Rows) == 0 {
		return Section{}
	}
	return Section{ID: "risks", Title: c.t("Risks"), Blocks: []Block{t}}
}
