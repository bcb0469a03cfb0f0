package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/planner/explain"
	"sobre/planner/plan"
	"sobre/wording"
)

// ExplainFewer shows why one host fewer is not enough, and what would free one.
func ExplainFewer(out io.Writer, p *plan.Plan, a *explain.FewerAnswer, l *wording.Language) error {
	e := newTeller(out, p, l)
	if aims := p.Objective; a.Gap > 0 && len(aims) > 0 && aims[0] != plan.Hosts {
		e.say("%s.", fmt.Sprintf(l.Screen.OtherAim, l.Screen.Aims[string(aims[0])], l.Count(a.Bound)))
	} else if a.Gap > 0 {
		e.say(e.words.NeededGap, l.Count(a.Hosts), l.Count(a.Bound), l.Count(a.Gap))
	} else {
		e.say("%s", e.words.Needed.Of(l, a.Hosts))
	}
	if a.Kept > 0 {
		var why []string
		for _, reason := range slices.Sorted(maps.Keys(a.KeptWhy)) {
			why = append(why, l.Count(a.KeptWhy[reason])+" × "+e.words.KeptWhy[reason])
		}
		e.item(e.words.Colon, e.words.KeptHosts.Of(l, a.Kept), strings.Join(why, ", "))
	}
	for _, part := range a.Parts {
		e.part(part)
	}
	if a.Unproven {
		e.item(e.words.FewerSearch, l.Say(a.Method))
	}
	return e.levers(a)
}

// item writes one point of a list.
func (e *teller) item(format string, args ...any) {
	e.sayAt("  ", "- "+format, args...)
}

// of is an amount with its resource: 58 vCPU, 68 GiB of memory.
func (e *teller) of(resource, unit string, v float64) string {
	if unit == "vCPU" {
		return e.amount(resource, unit, v) + " vCPU"
	}
	return fmt.Sprintf(e.words.AmountOf, e.amount(resource, unit, v), e.resource(resource))
}

func (e *teller) part(a explain.PartAnswer) {
	proof := "[" + fmt.Sprintf(e.words.Certificate, e.l.Count(a.Certificate)) + "]"
	name := e.l.Say(a.Part)
	if a.Resource != "" {
		failed := ""
		if a.Spares > 0 {
			failed = e.words.PartFailed.Of(e.l, a.Spares)
		}
		text := fmt.Sprintf(e.words.PartResource, e.l.Count(a.Workloads), e.of(a.Resource, a.Unit, a.Need),
			e.words.HostCount.Of(e.l, a.Hosts-1), failed, e.of(a.Resource, a.Unit, a.Offer))
		e.item(e.words.Colon+" %s", name, text, proof)
		return
	}
	count := 0
	for _, g := range a.Set {
		count += len(g.Workloads)
	}
	if count == 0 {
		return
	}
	spare := ""
	if a.Spares > 0 {
		spare = e.words.PartSpare.Of(e.l, a.Spares)
	}
	text := fmt.Sprintf(e.words.PartSet, e.l.Count(count), e.l.Count(a.Workloads), e.words.HostCount.Of(e.l, a.Hosts-a.Spares)+spare)
	e.item(e.words.Colon+" %s", name, text, proof)
	for n, g := range a.Set {
		if n == shownPlaces {
			e.sayAt("      ", "…")
			break
		}
		e.sayAt("      ", e.words.PartGroup, shortenTo(g.Workloads, 4), e.l.Number(g.Share*100, 0))
	}
	if len(a.Rules) > 0 {
		e.sayAt("      ", e.words.PartRules, shortenTo(a.Rules, 4))
	}
}

// levers shows what would free a host, the largest saving first.
func (e *teller) levers(a *explain.FewerAnswer) error {
	if !a.Priced {
		return nil
	}
	fmt.Fprintln(e.out)
	if len(a.Levers) == 0 {
		e.say("%s", e.words.WouldFreeNone)
		return nil
	}
	e.say("%s", e.words.WouldFree)
	return e.prices(a.Levers)
}

// ExplainPrices shows what each rule and setting costs, those that free hosts first.
func ExplainPrices(out io.Writer, p *plan.Plan, prices []plan.Price, l *wording.Language) error {
	e := newTeller(out, p, l)
	e.say(e.words.PricesOf, p.Estate.Name, l.Count(p.After.Hosts))
	fmt.Fprintln(out)
	return e.prices(explain.ByEffect(prices))
}

func (e *teller) prices(prices []plan.Price) error {
	unproven := false
	var rows [][]string
	for _, x := range prices {
		row := []string{ansi.Truncate(e.subject(x), 29, "…"), e.change(x), "–", "–", "–", "–"}
		if x.Failed == "" {
			hosts := e.signed(float64(x.Hosts))
			if !x.Proven {
				hosts, unproven = "≤ "+hosts, true
			}
			row = []string{row[0], row[1], hosts, e.signed(x.Energy), e.signed(x.CO2e), e.signed(x.Cost)}
		}
		rows = append(rows, row)
	}
	if err := wideTable(e.out, e.words.PriceTable, rows, 2, 30); err != nil {
		return err
	}
	for _, x := range prices {
		if x.Failed != "" {
			e.say("%s: %s", x.Subject, x.Failed)
		}
	}
	if unproven {
		e.say("%s", e.words.ProvenBoth)
	}
	return nil
}

func (e *teller) subject(x plan.Price) string {
	switch kind, name := explain.SubjectOf(x); kind {
	case "rule":
		return e.words.Subjects["rule"] + " " + name
	case "workload":
		return fmt.Sprintf(e.words.Subjects["right-size"], name)
	}
	return x.Subject
}

func (e *teller) change(x plan.Price) string {
	if word, ok := e.words.Changes[x.Change]; ok {
		return word
	}
	return x.Change
}

// PricesMarkdown writes prices as a table of Markdown.
func PricesMarkdown(out io.Writer, prices []plan.Price, l *wording.Language) error {
	e := newTeller(out, nil, l)
	var rows [][]string
	for _, x := range explain.ByEffect(prices) {
		rows = append(rows, []string{e.subject(x), e.change(x), e.signed(float64(x.Hosts)), e.signed(x.Energy), e.signed(x.CO2e), e.signed(x.Cost), x.Failed})
	}
	markdownTable(out, append(slices.Clone(e.words.PriceTable), ""), rows)
	return nil
}

// ExplainRoom shows how many more workloads of a size fit.
func ExplainRoom(out io.Writer, p *plan.Plan, a *explain.RoomAnswer, l *wording.Language) error {
	e := newTeller(out, p, l)
	if a.Fits == 0 {
		e.say("%s", e.words.RoomNone)
		return nil
	}
	e.say("%s, "+e.words.RoomBound+". "+e.words.RoomSafe, e.words.RoomFor.Of(l, a.Fits), e.resource(a.Short), l.Count(a.SurvivesFailure))
	fmt.Fprintln(out)
	var rows [][]string
	for n, h := range a.Hosts {
		if n == 2*shownPlaces {
			break
		}
		rows = append(rows, []string{h.Host, l.Count(h.More), e.resource(h.Short)})
	}
	if err := table(out, e.words.RoomTable, rows, 3); err != nil {
		return err
	}
	if more := len(a.Hosts) - len(rows); more > 0 {
		e.say("… + %s", l.Count(more))
	}
	return nil
}

// ExplainCurve shows hosts freed against moves made, and up to where the gain
// is at least what is asked for (0: not asked).
func ExplainCurve(out io.Writer, p *plan.Plan, curve []explain.CurvePoint, least float64, l *wording.Language) error {
	e, w := newTeller(out, p, l), &l.Compare
	e.say(w.Curve, p.Estate.Name)
	fmt.Fprintln(out)
	most := 1
	for _, c := range curve {
		most = max(most, c.Freed)
	}
	var rows [][]string
	for _, c := range curve {
		bar := strings.Repeat("█", c.Freed*24/most)
		rows = append(rows, []string{bar, l.Count(c.Moves), l.Count(c.Freed), l.Count(c.Hosts), l.Number(c.PerMove, 2), l.Number(c.Energy/1000, 0)})
	}
	if err := wideTable(out, w.CurveHead, rows, 1, 30); err != nil {
		return err
	}
	if least > 0 {
		if last := explain.WorthWhile(curve, least); last != nil {
			e.say(w.PerMove, l.Number(least, 2), l.Count(last.Moves), l.Count(last.Freed))
		} else {
			e.say(w.NoGain, l.Number(least, 2))
		}
	}
	return nil
}
