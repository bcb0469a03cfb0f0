package document

import (
	"strings"
	"time"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/wording"
)

// Input is what a report is made from. The plan alone is enough.
type Input struct {
	Language *wording.Language
	Plan     *plan.Plan
	Path     string            // of the plan file, for the command that makes the report again; empty: not known
	Estate   *inventory.Estate // for systems, years and measured use; nil: what the plan says of it
	Others   []Scenario        // plans to compare with
	Earlier  *plan.Plan        // what a comment tells the changes from; nil: it tells everything
}

// Scenario is a plan with the name it is compared under.
type Scenario struct {
	Name string
	Plan *plan.Plan
}

// Compose writes the report on a plan.
func Compose(in Input) *Document {
	c := &composer{Input: in, l: in.Language, p: in.Plan, facts: factsOf(in.Plan)}
	return &Document{
		Language: c.l.Code, language: c.l,
		Title: c.t("Server consolidation"), Subtitle: c.t("Report for decision, study and annexes"),
		Subject: c.estateName(), Date: c.date(), Day: c.p.Estate.Collected.String(), Tool: c.p.Search.Tool, Small: c.smallPrint(), Words: c.words(),
		Changes: c.changes(),
		Parts: []Part{
			{ID: "decision", Title: c.t("The decision"), Sections: c.decision()},
			{ID: "study", Title: c.t("The study"), Sections: numbered(c.study(), '1')},
			{ID: "annexes", Title: c.t("Annexes"), Sections: numbered(c.annexes(), 'A')},
		},
	}
}

// composer words one report.
type composer struct {
	Input
	l     *wording.Language
	p     *plan.Plan
	facts facts
}

// t is a sentence of the catalogue with its holes filled.
func (c *composer) t(english string, holes ...string) string { return c.l.Tell(english, holes...) }

// many is a sentence on n things: "one|several".
func (c *composer) many(english string, n int, holes ...string) string {
	return c.l.Many(english, n, holes...)
}

// say is a sentence that the plan holds, in the language.
func (c *composer) say(english string) string { return c.l.Typeset(c.l.Say(english)) }

func (c *composer) estateName() string {
	if c.p.Estate.Name != "" {
		return c.p.Estate.Name
	}
	return c.t("the estate")
}

func (c *composer) date() string {
	if !c.p.Estate.Collected.Known() {
		return ""
	}
	return c.day(c.p.Estate.Collected.Time())
}

// day is a day in words, its parts held together.
func (c *composer) day(t time.Time) string {
	return strings.ReplaceAll(c.l.Day(t), " ", "\u00a0")
}

// study is the sections for those who run the machines. A section without
// anything to say is left out.
func (c *composer) study() []Section {
	return filled(
		c.scope(), c.quality(), c.inventory(), c.utilisation(), c.candidates(), c.sizing(), c.scenarios(), c.placement(),
		c.failover(), c.waves(), c.money(), c.carbon(), c.risksSection(), c.roadmap(),
	)
}

func (c *composer) annexes() []Section {
	return filled(c.machines(), c.formulas(), c.assumptions(), c.sources(), c.findings(), c.glossary(), c.rerun())
}

func filled(sections ...Section) []Section {
	var list []Section
	for _, s := range sections {
		if len(s.Blocks) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// numbered gives sections numbers 1, 2, … or letters A, B, ….
func numbered(sections []Section, first rune) []Section {
	for i := range sections {
		if first == 'A' {
			sections[i].Number = string(first + rune(i))
		} else {
			sections[i].Number = itoa(i + 1)
		}
	}
	return sections
}

func (c *composer) words() Words {
	return Words{
		Contents: c.t("Contents"), Page: c.t("Page"), Of: c.t("of"), Figure: c.t("Figure"), Unit: c.t("Unit"), Start: c.t("Start"), Length: c.t("Length"), Low: c.t("low"), Best: c.t("best"), High: c.t("high"),
		Before: c.t("Today"), After: c.t("Plan"), Saving: c.t("Saving"), Total: c.t("Total"), Filter: c.t("Filter the rows of"), Rows: c.t("rows"),
		More: c.t("Show more rows"), Sort: c.t("Sort by"), SkipToContent: c.t("Skip to the content"), Data: c.t("data"), Theme: c.t("Light or dark"),
		Chart: c.t("Chart"), None: c.t("none"), Shown: c.t("shown"), Dash: "–", ContentsHint: c.t("Sections of this report"),
		RangeHint: c.t("Ranges are the 5th to the 95th percentile."), Hosts: c.t("Hosts"), Kept: c.t("kept"), Retired: c.t("retired"),
		Bought: c.t("bought"), Spare: c.t("spare"), Empty: c.t("free slot"), CPU: c.t("CPU"), Memory: c.t("memory"),
	}
}

// smallPrint says of which day the data is, how much of it is measured and how
// anyone can check the plan.
func (c *composer) smallPrint() []string {
	var lines []string
	if d := c.date(); d != "" {
		lines = append(lines, c.t("Data of %s.", d))
	}
	switch measured, all := c.facts.measured, c.facts.counted; {
	case all > 0 && measured == all:
		lines = append(lines, c.t("CPU use is measured for every workload."))
	case all > 0:
		lines = append(lines, c.t("CPU use is measured for %s of %s workloads; the others are assumed.", c.count(measured), c.count(all)))
	}
	lines = append(lines, c.t("Ranges are the 5th to the 95th percentile."))
	lines = append(lines, c.t("Anyone can recheck the plan from the same files with: %s", "sobre verify PLAN ESTATE"))
	return lines
}
