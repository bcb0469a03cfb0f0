package report

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"sobre/planner/explain"
	"sobre/planner/plan"
	"sobre/planner/verify"
	"sobre/wording"
)

// teller writes answers about a plan in the words of a language.
type teller struct {
	out   io.Writer
	l     *wording.Language
	words *wording.Explain
	plan  *plan.Plan
}

func newTeller(out io.Writer, p *plan.Plan, l *wording.Language) *teller {
	return &teller{out: out, l: l, words: &l.Explain, plan: p}
}

// say writes a sentence; what it names comes from the files of strangers.
func (e *teller) say(format string, args ...any) { e.sayAt("", format, args...) }

// sayAt is say, set in.
func (e *teller) sayAt(indent, format string, args ...any) {
	for n := range args {
		if text, ok := args[n].(string); ok && cleanName(text) != strings.TrimSpace(text) {
			args[n] = cleanName(text)
		}
	}
	paragraphAt(e.out, indent, fmt.Sprintf(format, args...))
}

// list writes a label and what belongs to it.
func (e *teller) list(label, text string) {
	if text != "" {
		e.sayAt("", fit(label, 12)+"  %s", text)
	}
}

// amount is an amount of a resource as people say it: memory in GiB.
func (e *teller) amount(resource, unit string, v float64) string {
	switch unit {
	case "MiB":
		return e.l.Number(v/1024, 1) + " " + e.words.GiB
	case "vCPU", "":
		return e.l.Number(v, 0)
	}
	return e.l.Number(v, 0) + " " + unit
}

// resource is the word for a resource.
func (e *teller) resource(name string) string {
	if word, ok := e.words.Resources[name]; ok {
		return word
	}
	return name
}

func (e *teller) unitOf(resource string) string {
	for _, r := range e.plan.Resources {
		if r.Name == resource {
			return r.Unit
		}
	}
	return ""
}

// ExplainWorkload shows why a workload is where it is.
func ExplainWorkload(out io.Writer, p *plan.Plan, a *explain.WorkloadAnswer, l *wording.Language) error {
	e := newTeller(out, p, l)
	name := a.ID
	if a.Name != "" && a.Name != a.ID {
		name += " (" + a.Name + ")"
	}
	switch {
	case a.Excluded != "":
		e.say(e.words.IsExcluded, name, l.Say(a.Excluded))
		return nil
	case a.Unplaced != "":
		e.say(e.words.IsUnplaced, name, l.Say(a.Unplaced))
	case a.Stays != "":
		e.say(e.words.IsStays, name, a.Host, l.Say(a.Stays))
	default:
		e.say(e.words.IsOn+", %s", name, a.Host, e.comes(a))
	}
	fmt.Fprintln(out)
	e.list(e.words.Service, a.Service)
	e.list(e.words.Needs, e.needs(a.Needs))
	beside := shortenTo(a.Beside, maxNames)
	if beside == "" && a.Host != "" {
		beside = e.words.Alone
	}
	e.list(e.words.Beside, beside)
	e.list(e.words.NamedBy, strings.Join(a.Rules, ", "))
	if p.Failover != nil && a.Host != "" {
		if a.Restart != "" {
			e.say(e.words.Restart, a.Restart)
		} else {
			e.say("%s", e.words.NoRestart)
		}
	}
	if a.Stays != "" {
		return nil // no other place is a question
	}
	fmt.Fprintln(out)
	return e.places(a)
}

func (e *teller) comes(a *explain.WorkloadAnswer) string {
	if a.From == a.Host {
		return e.words.ComesNow
	}
	wave := "–"
	if a.Wave > 0 {
		wave = e.l.Count(a.Wave)
	}
	from := a.From
	if from == "" {
		from = "?"
	}
	return fmt.Sprintf(e.words.Comes, from, wave)
}

func (e *teller) needs(needs []explain.Amount) string {
	var list []string
	for _, n := range needs {
		text := e.amount(n.Resource, n.Unit, n.Need)
		if n.Unit == "MiB" || n.Unit == "" || n.Unit == "vCPU" || n.Resource == "cpu" {
			text = e.resource(n.Resource) + " " + text
		}
		if n.Share > 0 {
			text += " (" + fmt.Sprintf(e.words.OfShare, e.l.Number(n.Share*100, 0)) + ")"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// shownPlaces is how many hosts that fit, and that do not, are listed.
const shownPlaces = 6

func (e *teller) places(a *explain.WorkloadAnswer) error {
	if a.Fits == 0 {
		e.say("%s.", e.words.WhyOnly)
	} else {
		e.say("%s.", e.words.WhyHere.Of(e.l, a.Fits))
	}
	var rows [][]string
	shown := map[bool]int{}
	var others []verify.Place
	for _, p := range a.Places {
		fits := len(p.Obstacles) == 0
		if shown[fits]++; shown[fits] > shownPlaces || !fits && p.Obstacles[0].Kind == "place" {
			others = append(others, p)
			continue
		}
		full := "–"
		if p.Resource != "" {
			full = e.l.Number(p.Fullest*100, 0) + " % " + e.resource(p.Resource)
		}
		rows = append(rows, []string{p.Host, full, e.forbids(p)})
	}
	if len(rows) > 0 {
		fmt.Fprintln(e.out)
		if err := wideTable(e.out, e.words.PlaceTable, rows, len(rows[0]), 46); err != nil {
			return err
		}
	}
	if len(others) > 0 {
		e.say(e.words.Others, e.l.Count(len(others)), e.reasons(others))
	}
	return nil
}

// forbids says what keeps a workload off a host, in numbers.
func (e *teller) forbids(p verify.Place) string {
	var list []string
	for _, o := range p.Obstacles {
		switch o.Kind {
		case "room":
			unit := e.unitOf(o.Name)
			list = append(list, fmt.Sprintf(e.words.RoomShort, e.resource(o.Name), e.amount(o.Name, unit, o.Need), e.amount(o.Name, unit, o.Limit)))
		case "rule":
			list = append(list, fmt.Sprintf(e.words.RuleBars, o.Name))
		default:
			list = append(list, e.l.Say(o.What))
		}
	}
	if len(list) == 0 {
		return "–"
	}
	return strings.Join(list, "; ")
}

// reasons counts why other hosts cannot hold it.
func (e *teller) reasons(places []verify.Place) string {
	count := map[string]int{}
	for _, p := range places {
		text := "–"
		if len(p.Obstacles) > 0 {
			switch o := p.Obstacles[0]; o.Kind {
			case "room":
				text = fmt.Sprintf(e.words.NoRoomFor, e.resource(o.Name))
			case "rule":
				text = fmt.Sprintf(e.words.RuleBars, o.Name)
			default:
				text = e.l.Say(o.What)
			}
		}
		count[text]++
	}
	var list []string
	for _, text := range slices.Sorted(maps.Keys(count)) {
		list = append(list, e.l.Count(count[text])+" × "+text)
	}
	return strings.Join(list, "; ")
}

// ExplainHost shows what fills a host and what would free it.
func ExplainHost(out io.Writer, p *plan.Plan, a *explain.HostAnswer, l *wording.Language) error {
	e := newTeller(out, p, l)
	format := map[plan.HostState]string{plan.Keep: e.words.HostKept, plan.Retire: e.words.HostRetired, plan.Buy: e.words.HostBought}[a.State]
	if a.Spare {
		format = e.words.HostSpare
	}
	model := a.Model
	if model == "" {
		model = "?"
	}
	e.say(format+".", a.ID, model)
	if a.Off > 0 {
		e.say(e.words.OffAfter, l.Count(a.Off))
	}
	if len(a.Gone) > 0 && a.State == plan.Retire {
		e.say(e.words.GoneTo, shortenTo(goneTo(a.Gone), maxNames))
	}
	if a.State == plan.Retire {
		return nil
	}
	if err := e.filling(a); err != nil {
		return err
	}
	return e.freeing(a)
}

func goneTo(gone []explain.Held) []string {
	var list []string
	for _, g := range gone {
		list = append(list, g.Workload+" → "+g.To)
	}
	return list
}

func (e *teller) filling(a *explain.HostAnswer) error {
	if len(a.Holds) == 0 {
		e.say("%s", e.words.HoldsNone)
		return nil
	}
	fmt.Fprintln(e.out)
	if len(a.Filled) > 0 {
		var rows [][]string
		for _, f := range a.Filled {
			rows = append(rows, []string{
				e.resource(f.Resource), e.amount(f.Resource, f.Unit, f.Filled), e.amount(f.Resource, f.Unit, f.Limit),
				e.amount(f.Resource, f.Unit, f.Capacity), e.l.Number(f.Share()*100, 0),
			})
		}
		if err := table(e.out, e.words.FillTable, rows, 1); err != nil {
			return err
		}
		fmt.Fprintln(e.out)
	}
	var rows [][]string
	for n, h := range a.Holds {
		if n == 2*shownPlaces {
			break
		}
		share := ""
		if h.Share > 0 {
			share = e.l.Number(h.Share*100, 0)
		}
		rows = append(rows, []string{h.Workload, e.resource(h.Resource), share, e.l.Say(h.Why)})
	}
	if err := wideTable(e.out, e.words.HeldTable, rows, len(rows[0]), 44); err != nil {
		return err
	}
	if more := len(a.Holds) - len(rows); more > 0 {
		e.say("… + %s", e.l.Count(more))
	}
	return nil
}

func (e *teller) freeing(a *explain.HostAnswer) error {
	fmt.Fprintln(e.out)
	if a.Kept {
		e.say("%s", e.words.KeptByPolicy)
	}
	if len(a.Stay) > 0 {
		e.say(e.words.KeptByStay, shortenTo(heldNames(a.Stay), maxNames))
	}
	switch {
	case len(a.Homeless) > 0:
		e.say("%s %s", e.words.Homeless.Of(e.l, len(a.Homeless)), shortenTo(heldNames(a.Homeless), maxNames))
	case len(a.Holds) > len(a.Stay):
		e.say("%s", e.words.AllCouldGo)
	}
	return nil
}

func heldNames(list []explain.Held) []string {
	var names []string
	for _, h := range list {
		names = append(names, h.Workload)
	}
	return names
}

// ExplainRule shows what a rule asks, of whom, and what it costs.
func ExplainRule(out io.Writer, p *plan.Plan, a *explain.RuleAnswer, l *wording.Language) error {
	e := newTeller(out, p, l)
	e.say(e.words.RuleIs, a.Rule, a.Text)
	e.list(e.words.RuleReason, a.Reason)
	if a.Soft {
		e.say("%s", e.words.RuleSoft)
	}
	if a.Broken {
		e.say("%s", e.words.RuleBroken)
	}
	switch {
	case a.Price == nil && !a.Soft:
		e.say("%s", e.words.NotPriced)
	case a.Price == nil:
	case a.Price.Failed != "":
		e.say(e.words.PriceFailed, a.Price.Failed)
	case a.Price.Hosts == 0 && math.Abs(a.Price.Energy) < 1 && math.Abs(a.Price.Cost) < 1:
		e.say("%s", e.words.RuleFree)
	default:
		x := a.Price
		e.say(e.words.RuleCosts, e.signed(float64(x.Hosts)), e.signed(x.Energy), e.signed(x.CO2e), e.signed(x.Cost))
	}
	if len(a.Members) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	var rows [][]string
	for _, m := range a.Members {
		rows = append(rows, []string{m.Workload, m.From, m.Host, l.Say(m.Stays)})
	}
	return wideTable(out, e.words.RuleMembers, rows, 4, 24)
}

// signed writes a difference with its sign.
func (e *teller) signed(v float64) string {
	text := e.l.Number(math.Abs(v), 0)
	switch {
	case text == "0":
		return "0"
	case v < 0:
		return "\u2212" + text
	}
	return "+" + text
}
