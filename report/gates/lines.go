package gates

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/planner/gate"
	"sobre/planner/plan"
	"sobre/wording"
)

// Lines prints a report for people, 80 columns wide.
type Lines struct {
	Language *wording.Language
	Colour   bool   // only underlines what the words say
	Source   string // what was checked, for the first line
	All      bool   // all subjects of each gate, not the first few
}

const (
	lineWidth  = 80
	markWidth  = 7
	gateWidth  = 36
	shownLines = 8
)

type lineWriter struct {
	Lines
	phrase
	out *bufio.Writer
}

// Write prints the report.
func (l Lines) Write(out io.Writer, r *gate.Report) error {
	w := &lineWriter{Lines: l, phrase: phrase{l.Language}, out: bufio.NewWriter(out)}
	head := []string{}
	source := clean(filepath.Base(l.Source))
	for _, part := range []string{clean(r.Estate), source, r.Date.String()} {
		if part != "" && !slices.Contains(head, part) {
			head = append(head, part)
		}
	}
	w.line(w.style("1", ansi.Truncate(strings.Join(head, " · "), lineWidth, "…")))
	w.line("")
	if !stated(r) {
		w.wrapped("  ", fmt.Sprintf(w.words().NoGates, source))
		w.line("")
	}
	for i := range r.Results {
		w.gate(&r.Results[i])
	}
	w.notes(r)
	w.line("")
	w.feasible(r)
	w.summary(r)
	return w.out.Flush()
}

// words are those of a check.
func (w *lineWriter) words() *wording.Check { return &w.phrase.Language.Check }

// stated tells whether any gate stands in a file.
func stated(r *gate.Report) bool {
	for i := range r.Results {
		if !r.Results[i].Implied {
			return true
		}
	}
	return false
}

func (w *lineWriter) line(text string) { fmt.Fprintln(w.out, strings.TrimRight(text, " ")) }

func (w *lineWriter) style(code, text string) string {
	if !w.Colour {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// wrapped writes a text under an indentation, breaking it between words.
func (w *lineWriter) wrapped(indent, text string) {
	for _, l := range strings.Split(ansi.Wrap(text, lineWidth-len(indent), ""), "\n") {
		w.line(indent + l)
	}
}

// gate writes one gate: its mark, name and figure, and below what breaks it.
func (w *lineWriter) gate(r *gate.Result) {
	mark, colour := string(r.Status), "31;1"
	switch {
	case r.Status == gate.Holds:
		colour = "32"
	case r.Status != gate.Fails:
		colour = "36"
	case r.Level == gate.Warn:
		mark, colour = "warns", "33"
	}
	word := w.words().Marks[mark]
	name := w.Say(clean(r.Gate))
	if r.Gate == r.Condition+" on "+string(r.View) {
		name = r.Condition // the view stands behind the figure
	}
	if r.Gate != r.Condition && !strings.HasPrefix(r.Gate, r.Condition) && !r.Implied {
		name += " (" + r.Condition + ")"
	}
	figure := w.value(r)
	if r.Measure == "infeasible" && r.Status == gate.Holds {
		figure = "" // nothing keeps it from being one
	}
	if r.View == plan.OnPlan && r.Measure != "infeasible" {
		figure += "  [" + w.words().Planned + "]"
	}
	if r.Planned != nil {
		figure += "; " + fmt.Sprintf(w.words().After, w.amount(r.Planned.Value, r))
	}
	left := "  " + w.style(colour, word) + strings.Repeat(" ", max(1, markWidth-ansi.StringWidth(word))) + name
	if pad := gateWidth - ansi.StringWidth(name); pad > 0 && 2+markWidth+gateWidth+ansi.StringWidth(figure) <= lineWidth {
		w.line(left + strings.Repeat(" ", pad) + figure)
	} else {
		w.line(left)
		w.wrapped(strings.Repeat(" ", 2+markWidth), figure)
	}
	w.details(r)
}

// details are the subjects of a gate that does not hold, and who excuses it.
func (w *lineWriter) details(r *gate.Result) {
	indent := strings.Repeat(" ", 2+markWidth+2)
	if r.Unknown != "" {
		w.wrapped(indent, w.Say(clean(r.Unknown)))
	}
	if r.Status != gate.Holds {
		for n := range r.Subjects {
			if n == shownLines && !w.All && len(r.Subjects) > shownLines+1 {
				w.line(indent + w.words().More.Of(w.phrase.Language, len(r.Subjects)-n))
				break
			}
			i := &r.Subjects[n]
			text := w.item(i, r)
			switch {
			case i.Waiver != nil:
				text += " — " + w.waiver(i.Waiver)
			case i.Status == gate.Known:
				text += " — " + w.words().Marks["known"]
			}
			w.wrapped(indent, text)
		}
		if r.Waiver != nil {
			w.wrapped(indent, w.waiver(r.Waiver))
		}
		if r.Why != "" {
			w.wrapped(indent, clean(r.Why))
		}
	}
	if r.Partial != "" {
		w.wrapped(indent, w.Say("left out: "+clean(r.Partial)))
	}
}

func (w *lineWriter) waiver(e *gate.Excuse) string {
	text := w.words().Waiver
	if e.Expired {
		text = w.words().Ended
	}
	return fmt.Sprintf(text, clean(e.Owner), e.Until, clean(e.Reason))
}

func (w *lineWriter) notes(r *gate.Report) {
	for _, n := range r.Notes {
		text := w.Say(clean(n.What))
		if n.Line > 0 {
			text = fmt.Sprintf("%s:%d: %s", clean(w.Source), n.Line, text)
		}
		w.wrapped("  ", text)
	}
}

// feasible says what the best plan comes to.
func (w *lineWriter) feasible(r *gate.Report) {
	f := r.Feasible
	if f.Status == plan.Infeasible {
		w.wrapped("  ", w.words().NotFound)
		return
	}
	l := w.phrase.Language
	text := w.words().Feasible.Of(l, f.Today) + ", "
	if f.Hosts == f.Bound {
		text += fmt.Sprintf(w.words().Proven, l.Count(f.Hosts))
	} else {
		text += fmt.Sprintf(w.words().Bounded, l.Count(f.Hosts), l.Count(f.Bound))
	}
	w.wrapped("  ", text+".")
	for i := range r.Results {
		if p := r.Results[i].Planned; p != nil && p.Holds {
			continue
		} else if r.Results[i].Status == gate.Fails && r.Results[i].Level == gate.Deny {
			return
		}
	}
	if r.Failed() > 0 {
		w.wrapped("  ", w.words().PlanMeets)
	}
}

// summary counts the gates by what became of them.
func (w *lineWriter) summary(r *gate.Report) {
	l := w.phrase.Language
	var parts []string
	for _, s := range []struct {
		n    int
		text wording.Plural
	}{
		{r.Count(gate.Holds), w.words().Hold}, {r.Count(gate.Waived), w.words().Waived}, {r.Count(gate.Known), w.words().Known},
		{r.Warned(), w.words().Warned}, {r.Failed(), w.words().Failed},
	} {
		if s.n > 0 {
			parts = append(parts, s.text.Of(l, s.n))
		}
	}
	colour := "32;1"
	if r.Failed() > 0 {
		colour = "31;1"
	}
	w.line("  " + w.style(colour, fmt.Sprintf(w.words().Sum, w.words().Gates.Of(l, len(r.Results)), strings.Join(parts, ", "))))
}
