package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/carbon"
	"sobre/planner/plan"
	"sobre/wording"
)

// Screen shows the answer on one screen of 80 columns: what a CIO asks first.
type Screen struct {
	Language *wording.Language
	Colour   bool   // only ever underlines what the words say
	Width    int    // columns; 0: 80
	Written  string // path of the plan file, for the closing line; empty: none
}

// screenWidth is the width of a terminal that nobody has resized.
const screenWidth = 80

// Write shows a plan.
func (s Screen) Write(out io.Writer, p *plan.Plan) error {
	if s.Width == 0 {
		s.Width = screenWidth
	}
	w := &screenWriter{Screen: s, words: &s.Language.Screen, out: bufio.NewWriter(out), plan: p}
	w.head()
	w.verdict()
	w.hosts()
	w.energy()
	w.carbon()
	w.money()
	w.line("")
	w.moves()
	w.staying()
	w.unplaced()
	w.line("")
	w.notChecked()
	w.assumed()
	w.next()
	return w.out.Flush()
}

type screenWriter struct {
	Screen
	words *wording.Screen
	out   *bufio.Writer
	plan  *plan.Plan
}

func (w *screenWriter) line(text string) {
	fmt.Fprintln(w.out, strings.TrimRight(text, " "))
}

// Columns of the screen: a label, figures, and what is said of them.
const (
	labelWidth  = 13
	figureWidth = 27
)

// row writes a label, the figures and the remark, wrapping the remark under itself.
func (w *screenWriter) row(label, figures, remark string) {
	margin := 2 + labelWidth + 1
	first := "  " + fit(label, labelWidth) + " "
	if figures != "" {
		first += fit(figures, figureWidth) + " "
		margin += figureWidth + 1
	}
	lines := wrap(remark, w.Width-margin)
	w.line(w.bold(first) + lines[0])
	for _, l := range lines[1:] {
		w.line(strings.Repeat(" ", margin) + l)
	}
}

func (w *screenWriter) bold(text string) string {
	if !w.Colour {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// fit pads a text to a width, counted in columns of a terminal.
func fit(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-ansi.StringWidth(text)))
}

// wrap breaks a text between words; it always gives at least one line. A word
// longer than the line is cut.
func wrap(text string, width int) []string {
	width = max(width, 20)
	return strings.Split(ansi.Wrap(text, width, ""), "\n")
}

func (w *screenWriter) head() {
	e, l := w.plan.Estate, w.Language
	name := e.Name
	if name == "" {
		name = "estate"
	}
	parts := []string{w.words.Servers.Of(l, w.plan.Before.Hosts), w.words.Workloads.Of(l, e.Workloads)}
	if e.Sites > 0 {
		parts = append(parts, w.words.Sites.Of(l, e.Sites))
	}
	text := name + " · " + strings.Join(parts, ", ")
	if e.Collected.Known() {
		text += " · " + e.Collected.String()
	}
	w.line(w.bold(ansi.Truncate(text, w.Width, "…")))
	w.line("")
}

// verdict says what must not be overlooked, before any figure.
func (w *screenWriter) verdict() {
	p := w.plan
	said := false
	say := func(text string) {
		for _, l := range wrap(text, w.Width-4) {
			w.line("  " + w.bold(l))
		}
		said = true
	}
	if n := len(p.Unplaced); n > 0 {
		say(w.words.Infeasible.Of(w.Language, n))
	}
	if f := p.Failover; f != nil {
		down := 0
		for _, l := range f.Lost {
			if l.Reason == "no-room" {
				down++
			}
		}
		if down > 0 {
			say(w.words.Unprotected.Of(w.Language, down))
		}
	}
	switch moved, _, _ := w.countMoves(); {
	case p.Saving.Hosts <= 0 && moved == 0 && len(p.Unplaced) == 0:
		say(w.words.NothingToGain)
	case !p.Saving.Worth:
		say(w.words.EmitsMore)
	}
	if p.Search.Cut {
		say(w.words.CutShort)
	}
	if said {
		w.line("")
	}
}

func (w *screenWriter) hosts() {
	retired, bought, spares := 0, 0, 0
	for _, h := range w.plan.Hosts {
		switch {
		case h.State == plan.Retire:
			retired++
		case h.State == plan.Buy:
			bought++
		}
		if h.Spare {
			spares++
		}
	}
	var what []string
	if retired > 0 {
		what = append(what, w.words.Retired.Of(w.Language, retired))
	}
	if bought > 0 {
		what = append(what, w.words.Bought.Of(w.Language, bought))
	}
	if spares > 0 {
		what = append(what, w.words.Spares.Of(w.Language, spares))
	}
	if len(what) == 0 {
		what = append(what, w.words.NoDifference)
	}
	figures := w.beforeAfter(w.Language.Count(w.plan.Before.Hosts), w.Language.Count(w.plan.After.Hosts))
	w.row(w.words.Hosts, figures, strings.Join(what, " · "))
	w.row("", " ", w.proof())
}

// beforeAfter aligns the figures around the arrow.
func (w *screenWriter) beforeAfter(before, after string) string {
	return fmt.Sprintf("%6s → %s", before, after)
}

func (w *screenWriter) proof() string {
	b := w.plan.Bound
	if aims := w.plan.Objective; b.Gap > 0 && len(aims) > 0 && aims[0] != plan.Hosts {
		return fmt.Sprintf(w.words.OtherAim, w.words.Aims[string(aims[0])], w.Language.Count(b.Hosts))
	}
	if b.Gap > 0 {
		return fmt.Sprintf(w.words.ProvenBound, w.Language.Count(b.Hosts), w.Language.Count(b.Gap))
	}
	binding, known := w.words.Binding[b.Binding]
	if !known {
		binding = b.Binding
	}
	text := fmt.Sprintf(w.words.ProvenMinimum, w.Language.Count(b.Hosts), binding)
	if f := w.plan.Failover; f != nil && f.Replayed > 0 {
		text += ", " + w.words.WithFailures.Of(w.Language, f.Hosts)
	}
	return text
}

// scaled is how a figure is shown: divided, with the unit that goes with it.
type scaled struct {
	unit string
	by   float64
}

func (w *screenWriter) energy() {
	scale := scaled{w.words.MWhYear, 1000}
	if w.plan.Before.Energy.Best < 10_000 {
		scale = scaled{w.words.KWhYear, 1}
	}
	w.figures(w.words.Electricity, scale, w.plan.Before.Energy, w.plan.After.Energy, w.plan.Saving.Energy)
}

func (w *screenWriter) carbon() {
	scale := scaled{w.words.TonnesYear, 1000}
	if w.plan.Before.CO2e.Best < 1000 {
		scale = scaled{w.words.KgYear, 1}
	}
	w.figures(w.words.Carbon, scale, w.plan.Before.CO2e, w.plan.After.CO2e, w.plan.Saving.CO2e)
	if b, a := w.plan.Before, w.plan.After; b.Market != b.Location {
		show := func(v float64) string { return w.Language.Figures(v/scale.by, 2) }
		w.row("", " ", fmt.Sprintf(w.words.ByBoth, show(b.Location.Best), show(a.Location.Best), show(b.Market.Best), show(a.Market.Best)))
	}
	if w.plan.After.Embodied.Best <= 0 {
		return
	}
	text := fmt.Sprintf(w.words.MakeOnce, w.mass(w.plan.After.Embodied.Best)) + ": "
	if p := w.plan.Saving.CarbonPayback; p != nil {
		text += w.payback(*p)
	} else {
		text += w.words.NeverPaid
	}
	w.row("", " ", text)
}

func (w *screenWriter) mass(kg float64) string {
	if kg >= 1000 {
		return w.Language.Figures(kg/1000, 2) + " t"
	}
	return w.Language.Figures(kg, 2) + " kg"
}

func (w *screenWriter) payback(years carbon.Range) string {
	unit, by := w.words.Years, 1.0
	if years.Best < 1.5 {
		unit, by = w.words.Months, 12
	}
	show := func(v float64) string { return w.Language.Figures(v*by, 2) }
	return fmt.Sprintf(w.words.PaidBack, fmt.Sprintf(unit, show(years.Best)), show(years.Low), show(years.High))
}

func (w *screenWriter) money() {
	scale := scaled{w.words.KEURYear, 1000}
	if w.plan.Before.Cost.Best < 10_000 {
		scale = scaled{w.words.EURYear, 1}
	}
	w.figures(w.words.Money, scale, w.plan.Before.Cost, w.plan.After.Cost, w.plan.Saving.Cost)
	if spent := w.plan.After.Purchase.Best; spent > 0 {
		amount := w.Language.Count(int(spent+0.5)) + " EUR"
		if w.Language.Code == "fr" {
			amount = w.Language.Count(int(spent+0.5)) + "\u00a0€"
		}
		w.row("", " ", fmt.Sprintf(w.words.PurchaseOnce, amount))
	}
	w.bill(scale)
}

// bill says what the yearly sum is made of where it is more than electricity,
// and what the plan is worth over the horizon where something is paid once.
func (w *screenWriter) bill(scale scaled) {
	c := w.plan.Cost
	if c == nil {
		return
	}
	show := func(v float64) string { return w.Language.Figures(v/scale.by, 2) }
	a := c.After
	if other := a.Maintenance.Best + a.Space.Best; a.Licences.Best > 0 || other > 0 || c.Before.Licences.Best > 0 {
		w.row("", " ", fmt.Sprintf(w.words.BillParts, show(a.Electricity.Best), show(a.Licences.Best), show(other)))
	}
	if c.Saving.Once.Best != 0 {
		p := w.plan.Policy
		years, discount := p.CostSettings().Horizon, p.Cost.Discount.Value()
		amount := func(v float64) string { return w.Language.Number(v, 0) }
		w.row("", " ", fmt.Sprintf(w.words.NetPresent, plainly(w.Language, years), plainly(w.Language, discount)+" %",
			signed(amount, c.NPV.Best)+" "+c.Currency, signed(amount, c.NPV.Low), signed(amount, c.NPV.High)))
	}
}

// plainly writes a number without digits that say nothing.
func plainly(l *wording.Language, v float64) string {
	if v == float64(int(v)) {
		return l.Count(int(v))
	}
	return l.Number(v, 1)
}

// signed writes what is won with a plus and what is lost with a minus.
func signed(show func(float64) string, v float64) string {
	if v < 0 {
		return "\u2212" + show(-v)
	}
	return "+" + show(v)
}

func (w *screenWriter) figures(label string, scale scaled, before, after, saving carbon.Range) {
	show := func(v float64) string { return w.Language.Figures(v/scale.by, 2) }
	text := w.words.NoDifference
	switch {
	case saving.Best > 0:
		text = fmt.Sprintf(w.words.Saves, show(saving.Best), show(saving.Low), show(saving.High))
	case saving.Best < 0:
		text = fmt.Sprintf(w.words.Costs, show(-saving.Best), show(-saving.High), show(-saving.Low))
	}
	w.row(label, w.beforeAfter(show(before.Best), show(after.Best)+" "+scale.unit), text)
}

// countMoves counts the workloads that move, those of them that become guests,
// and the servers that are kept with what stays on them.
func (w *screenWriter) countMoves() (moved, p2v, live int) {
	for _, p := range w.plan.Placements {
		switch p.Kind {
		case "p2v":
			p2v++
		case "move":
			live++
		}
	}
	return p2v + live, p2v, live
}

func (w *screenWriter) moves() {
	moved, p2v, live := w.countMoves()
	var parts []string
	if p2v > 0 {
		parts = append(parts, w.words.MoveP2V.Of(w.Language, p2v))
	}
	if live > 0 {
		parts = append(parts, w.words.MoveLive.Of(w.Language, live))
	}
	if moved == 0 {
		parts = append(parts, w.words.NoMoves.Of(w.Language, 0))
	}
	if moved > 0 && len(w.plan.Waves) > 0 {
		parts = append(parts, w.waves())
	}
	w.row(w.words.Moves, "", strings.Join(parts, ", "))
}

// waves says in how many windows, how long services are down, and until when.
func (w *screenWriter) waves() string {
	l, down := w.Language, 0.0
	for _, wave := range w.plan.Waves {
		for _, d := range wave.Downtime {
			down += d.Minutes
		}
	}
	text := l.Waves.Waves.Of(l, len(w.plan.Waves)) + ", " + downtimeText(down, l)
	if end := wavesEnd(w.plan); end.Known() {
		text += ", " + fmt.Sprintf(l.Waves.DoneBy, l.Day(end.Time()))
	}
	return text
}

// maxNames is how many names a line of the screen spells out.
const maxNames = 6

func (w *screenWriter) staying() {
	var names []string
	for _, p := range w.plan.Placements {
		if p.Stays != "" && p.Stays != "out of scope" {
			names = append(names, strings.TrimSuffix(p.Workload, "-os"))
		}
	}
	if len(names) > 0 {
		w.row(w.words.CannotMove, "", w.Language.Count(len(names))+"  "+shorten(names))
	}
}

func (w *screenWriter) unplaced() {
	byReason := map[string][]string{}
	for _, u := range w.plan.Unplaced {
		byReason[u.Reason] = append(byReason[u.Reason], strings.TrimSuffix(u.Workload, "-os"))
	}
	label := w.words.NotPlaced
	for _, reason := range sortedKeys(byReason) {
		word, known := w.words.Reasons[reason]
		if !known {
			word = reason
		}
		names := byReason[reason]
		w.row(label, "", fmt.Sprintf("%s  %s: %s", w.Language.Count(len(names)), word, shorten(names)))
		label = ""
	}
}

func shorten(names []string) string {
	if len(names) > maxNames {
		return strings.Join(names[:maxNames], ", ") + " …"
	}
	return strings.Join(names, ", ")
}

func (w *screenWriter) notChecked() {
	if len(w.plan.Unchecked) > 0 {
		list := make([]string, len(w.plan.Unchecked))
		for i, what := range w.plan.Unchecked {
			list[i] = w.Language.Say(what)
		}
		w.row(w.words.NotChecked, "", strings.Join(list, " · "))
	}
}

// assumed names the few assumptions that move the answer most.
func (w *screenWriter) assumed() {
	var list []string
	for _, a := range w.plan.Assumptions {
		if strings.HasPrefix(a.ID, "grid.") {
			list = append(list, w.Language.Figures(a.Value, 3)+" "+a.Unit)
		}
		if strings.HasPrefix(a.ID, "pue") {
			list = append(list, "PUE "+w.Language.Figures(a.Value, 2))
		}
	}
	p := w.plan.Policy
	list = append(list, p.Cost.Electricity.String(), "CPU "+string(p.CPU.Use))
	slices.Sort(list)
	w.row(w.words.Assumed, "", strings.Join(slices.Compact(list), " · "))
}

func (w *screenWriter) next() {
	if w.Written == "" {
		return
	}
	w.line("")
	w.line(fmt.Sprintf(w.words.Written, w.Written) + " " + w.words.Next)
	w.line("  sobre verify " + w.Written + " ESTATE · sobre tui " + w.Written)
}
