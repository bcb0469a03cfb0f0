package document

import (
	"sobre/carbon"
	"sobre/planner/plan"
)

// decision is the two pages for those who decide.
func (c *composer) decision() []Section {
	question := Section{ID: "question", Title: c.t("The question and the answer"), Blocks: []Block{
		&Paragraph{Text: c.question(), Style: Lead}, c.answer(), c.keyFigures(), c.roomChart(),
	}}
	money := Section{ID: "investment", Title: c.t("What it takes and when it pays back"), Blocks: c.investment()}
	risks := Section{ID: "main-risks", Title: c.t("Main risks"), Blocks: []Block{c.topRisks()}}
	asked := Section{ID: "asked", Title: c.t("What is asked"), Blocks: []Block{&List{Items: c.asked(), Ordered: true}}}
	limits := Section{ID: "limits", Title: c.t("What was not checked"), Blocks: c.uncheckedBlocks()}
	return filled(question, money, risks, asked, limits)
}

func (c *composer) question() string {
	return c.many("Can the one workload of %s run elsewhere, and what would that save?|Can the %s workloads of %s run on fewer servers, and what would that save?",
		c.p.Estate.Workloads, c.estateName())
}

// answer is the verdict: no figure comes before it.
func (c *composer) answer() *Answer {
	p := c.p
	switch {
	case len(p.Unplaced) > 0:
		return &Answer{Caution, c.many("Not yet: %s workload has no place.|Not yet: %s workloads have no place.", len(p.Unplaced)), c.whatChanges() + " " + c.proof()}
	case p.Saving.Hosts <= 0 && c.facts.moved == 0:
		return &Answer{No, c.t("No: nothing here is worth moving."), c.t("The hosts in service are the fewest that will do under the rules that were set.") + " " + c.proof()}
	case !p.Saving.Worth:
		return &Answer{No, c.t("No: keep the servers there are."), c.t("Over %s years this plan emits more than it saves: %s of CO2e in balance. Making what it buys costs more carbon than switching off the old servers avoids.",
			c.about(c.horizon()), c.massSpan(p.Saving.NetCO2e))}
	}
	head := c.many("Yes: %s server is enough in place of %s.|Yes: %s servers are enough in place of %s.", p.After.Hosts, c.count(p.Before.Hosts))
	text := c.whatChanges() + " " + c.proof()
	if pays, known := c.paysInMoney(); known && !pays {
		return &Answer{Caution, c.t("Yes for the climate; in money it does not pay back within %s years.", c.about(c.horizon())),
			c.many("%s server is enough in place of %s.|%s servers are enough in place of %s.", p.After.Hosts, c.count(p.Before.Hosts)) + " " + text}
	}
	return &Answer{Yes, head, text}
}

// whatChanges is the plan in one sentence.
func (c *composer) whatChanges() string {
	f := c.facts
	text := c.t("The plan retires %s and moves %s.", c.many("%s server|%s servers", f.retired), c.many("%s workload|%s workloads", f.moved))
	if f.bought > 0 {
		text = c.t("The plan retires %s, buys %s and moves %s.", c.many("%s server|%s servers", f.retired),
			c.many("%s host|%s hosts", f.bought), c.many("%s workload|%s workloads", f.moved))
	}
	if x := c.p.Failover; x != nil && x.Replayed > 0 && f.down == 0 && f.pinnedDown == 0 {
		text += " " + c.many("Everything it moves still runs when a host fails.|Everything it moves still runs when %s hosts fail.", x.Hosts)
	}
	return text
}

// proof says what is proven, and never more.
func (c *composer) proof() string {
	b := c.p.Bound
	if c.p.Search.Cut {
		return c.t("The search was cut short; a longer one may find better.")
	}
	switch {
	case b.Gap > 0 && len(c.p.Objective) > 0 && c.p.Objective[0] != plan.Hosts:
		return c.t("Its first aim is %s; counting hosts alone, no fewer than %s can do.", c.aim(c.p.Objective[0]), c.count(b.Hosts))
	case b.Gap > 0:
		return c.many("Fewer than %s can not do, which is proven; %s above that may or may not be needed.|Fewer than %s can not do, which is proven; %s above that may or may not be needed.", b.Hosts, c.count(b.Gap))
	}
	return c.many("Fewer is impossible: that %s is the least is proven.|Fewer is impossible: that %s are the least is proven.", b.Hosts)
}

func (c *composer) aim(o plan.Objective) string {
	if words, ok := c.l.Screen.Aims[string(o)]; ok {
		return c.l.Typeset(words)
	}
	return string(o)
}

// keyFigures are the four that a reader takes away.
func (c *composer) keyFigures() *Figures {
	p := c.p
	hosts := Figure{
		Label: c.t("Hosts in service"), Before: c.count(p.Before.Hosts), After: c.count(p.After.Hosts), Unit: c.t("hosts"),
		Change: c.difference(p.Saving.Hosts), Good: p.Saving.Hosts > 0,
		Was: carbon.Exactly(float64(p.Before.Hosts)), Is: carbon.Exactly(float64(p.After.Hosts)), Saved: carbon.Exactly(float64(p.Saving.Hosts)),
	}
	before, after, saving := c.yearly()
	money := c.figure(c.t("Running costs"), c.moneyScale(), before, after, saving)
	if c.p.Cost == nil {
		money.Label = c.t("Electricity bill")
	}
	return &Figures{Items: []Figure{
		hosts,
		c.figure(c.t("Electricity"), c.energyScale(p.Before.Energy), p.Before.Energy, p.After.Energy, p.Saving.Energy),
		c.figure(c.t("Carbon of use"), c.massScale(p.Before.CO2e), p.Before.CO2e, p.After.CO2e, p.Saving.CO2e),
		money,
	}}
}

func (c *composer) difference(hosts int) string {
	switch {
	case hosts > 0:
		return c.many("%s fewer|%s fewer", hosts)
	case hosts < 0:
		return c.many("%s more|%s more", -hosts)
	}
	return c.t("no difference")
}

// figure is one of the key figures, scaled, with what it saves in words.
func (c *composer) figure(label string, s scale, before, after, saving carbon.Range) Figure {
	f := Figure{Label: label, Unit: s.unit, Before: c.about(before.Best / s.by), After: c.about(after.Best / s.by), Good: saving.Best > 0}
	r := saving.Scale(1 / s.by)
	f.Was, f.Is, f.Saved = before.Scale(1/s.by), after.Scale(1/s.by), r
	switch {
	case saving.Best > 0:
		f.Change = c.t("saves %s", c.span(r))
	case saving.Best < 0:
		f.Change = c.t("%s more", c.span(r.Scale(-1)))
	default:
		f.Change = c.t("no difference")
	}
	return f
}

// investment is what is spent once, in money and in carbon, and its return.
func (c *composer) investment() []Block {
	p := c.p
	t := &Table{ID: "investment", Title: c.t("Investment and return"), Columns: []Column{
		{Title: c.t("What"), Kind: Text, Wide: true}, {Title: c.t("How much"), Kind: Text, Wide: true},
	}}
	row := func(what, much string) { t.Rows = append(t.Rows, []Cell{text(what), text(much)}) }
	if c.facts.spend > 0 {
		row(c.t("Spent once"), c.exactly(c.facts.spend))
		if y := c.costPayback(); y != nil {
			row(c.t("Paid back by lower running costs in"), c.years(*y))
		} else {
			row(c.t("Paid back by lower running costs in"), c.t("never"))
		}
	} else {
		row(c.t("Spent once"), c.t("nothing: the plan buys nothing"))
	}
	if k := p.Cost; k != nil {
		row(c.t("Net present value over %s years", c.about(c.horizon())), c.span(k.NPV)+"\u00a0"+c.currency())
	}
	if p.After.Embodied.Best > 0 {
		row(c.t("Emitted to make what is bought"), c.massSpan(p.After.Embodied))
		if y := p.Saving.CarbonPayback; y != nil {
			row(c.t("Carbon paid back in"), c.years(*y))
		} else {
			row(c.t("Carbon paid back in"), c.t("never"))
		}
	}
	row(c.t("Carbon saved in balance over %s years", c.about(c.horizon())), c.massSpan(p.Saving.NetCO2e))
	if n := len(p.Waves); n > 0 {
		row(c.t("Migration"), c.wavesInBrief())
	}
	return []Block{t}
}

// asked is what the council or the management is asked to decide.
func (c *composer) asked() []Item {
	f, p := c.facts, c.p
	if a := c.answer(); a.Tone == No {
		return []Item{
			{c.t("Change nothing now."), c.t("No purchase, no migration. The servers stay in service until they are due.")},
			{c.t("Ask again when servers are renewed."), c.t("A server that has to be replaced anyway changes this account: its successor could hold several.")},
		}
	}
	var items []Item
	if f.bought > 0 {
		what := c.many("%s host|%s hosts", f.bought)
		if f.enclosures > 0 {
			what = c.t("%s and %s", what, c.many("%s enclosure|%s enclosures", f.enclosures))
		}
		items = append(items, Item{c.t("Approve the purchase of %s.", what), c.t("%s, once.", c.exactly(f.spend))})
	}
	if f.retired > 0 {
		items = append(items, Item{c.many("Approve that %s server is switched off for good.|Approve that %s servers are switched off for good.", f.retired),
			c.t("Only what is unplugged saves: the gain begins on that day, and a server left on “just in case” saves nothing.")})
	}
	if f.moved > 0 {
		items = append(items, Item{c.t("Give the windows for the migration."), c.migrationAsk()})
	}
	if n := f.counted - f.measured; n > 0 && f.counted > 0 {
		items = append(items, Item{c.many("Have the use of %s workload measured first.|Have the use of %s workloads measured first.", n),
			c.t("It is assumed to be %s of the machine; measuring it for a month makes the plan firmer.", c.l.Typeset(p.Policy.Unknown.CPU.String()))})
	}
	if len(p.Unplaced) > 0 {
		items = append(items, Item{c.many("Decide on the workload without a place.|Decide on the %s workloads without a place.", len(p.Unplaced)), c.t("Section “Candidates and exclusions” says what each lacks.")})
	}
	return append(items, Item{c.t("Follow the result."), c.t("Hosts in service, kilowatt-hours at the meter of the room and survival of a failure, once a month; the yearly balance goes into the sustainable development report.")})
}

func (c *composer) migrationAsk() string {
	if len(c.p.Waves) > 0 {
		return c.wavesInBrief()
	}
	if c.facts.p2v > 0 {
		return c.many("%s physical server becomes a guest and is down while its disk is copied.|%s physical servers become guests and are down while their disks are copied.", c.facts.p2v)
	}
	return c.many("%s guest changes host, most often without an interruption.|%s guests change host, most often without an interruption.", c.facts.live)
}

// uncheckedBlocks lists what no data allowed to check.
func (c *composer) uncheckedBlocks() []Block {
	if len(c.p.Unchecked) == 0 {
		return nil
	}
	l := &List{}
	for _, u := range c.p.Unchecked {
		l.Items = append(l.Items, Item{Text: capital(c.say(u)) + "."})
	}
	return []Block{l}
}

func text(s string) Cell { return Cell{Known: s != "", Text: s} }

func number(v float64) Cell { return Cell{Known: true, Value: v} }

func whole(n int) Cell { return number(float64(n)) }

func span(r carbon.Range) Cell { return Cell{Known: true, Span: r} }

// or0 is a number whose 0 means that it is not known.
func or0(v float64) Cell {
	if v == 0 {
		return Cell{}
	}
	return number(v)
}
