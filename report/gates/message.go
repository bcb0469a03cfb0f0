package gates

import (
	"math"
	"strings"

	"sobre/inventory"
	"sobre/planner/gate"
	"sobre/wording"
)

// shown is how many subjects of a gate are named in one sentence.
const shown = 5

// phrase says figures in a language.
type phrase struct {
	*wording.Language
}

// english is what machines are given.
func english() phrase { return phrase{wording.English()} }

// scaled are the units that people read large figures in.
var scaled = map[gate.Unit]struct {
	unit   string
	factor float64
	from   float64
}{
	gate.KWhPerYear: {"MWh/year", 1000, 10_000},
	gate.KgPerYear:  {"t/year", 1000, 1000},
	gate.Kg:         {"t", 1000, 1000},
}

// amount is a figure with its unit. Where rounding would make it look like the
// limit that it breaks, it gets more digits.
func (p phrase) amount(v float64, r *gate.Result) string {
	unit, factor := string(r.Unit), 1.0
	if s, ok := scaled[r.Unit]; ok && math.Max(math.Abs(v), math.Abs(r.Limit)) >= s.from {
		unit, factor = s.unit, s.factor
	}
	decimals := 0
	switch {
	case r.Unit == gate.Count && v != math.Trunc(v), r.Unit == gate.Years, factor != 1, r.Unit == gate.Hours:
		decimals = 1
	}
	broken := v != r.Limit
	for ; broken && decimals < 4 && p.Number(v/factor, decimals) == p.Number(r.Limit/factor, decimals); decimals++ {
	}
	text := p.Number(v/factor, decimals)
	if r.Unit == gate.Count {
		return text
	}
	name := strings.Replace(p.Check.Units[unit], "%s", r.Currency, 1)
	return text + " " + name
}

// value is the figure of a gate, or that it cannot be told.
func (p phrase) value(r *gate.Result) string {
	if r.Value == nil {
		return p.Check.Unknown
	}
	return p.amount(*r.Value, r)
}

// item is one subject with its figure or what is the matter with it.
func (p phrase) item(i *gate.Item, r *gate.Result) string {
	text := clean(i.ID)
	if i.Value != nil {
		text += " " + p.amount(*i.Value, r)
	}
	if i.What != "" {
		text += ": " + p.Say(clean(i.What))
	}
	return text
}

// message is one sentence on a gate that does not hold.
func message(r *gate.Result) string {
	p := english()
	text := r.Condition
	if r.Gate != r.Condition {
		text = clean(r.Gate) + " (" + r.Condition + ")"
	}
	text += ": " + p.value(r)
	if r.Unknown != "" {
		text += ", " + clean(r.Unknown)
	}
	var subjects []string
	for n := range r.Subjects {
		if n == shown {
			subjects = append(subjects, p.Check.More.Of(p.Language, len(r.Subjects)-shown))
			break
		}
		subjects = append(subjects, p.item(&r.Subjects[n], r))
	}
	if len(subjects) > 0 {
		text += "; " + strings.Join(subjects, "; ")
	}
	if r.Planned != nil {
		text += "; " + strings.Replace(p.Check.After, "%s", p.amount(r.Planned.Value, r), 1)
	}
	if r.Why != "" {
		text += "; " + clean(r.Why)
	}
	return text
}

// excuse says who answers for a failure that does not count, "" for one that does.
func excuse(r *gate.Result) string {
	switch r.Status {
	case gate.Known:
		return "known: in the baseline"
	case gate.Waived:
		if w := waiverOf(r); w != nil {
			return "waived by " + clean(w.Owner) + " until " + w.Until.String() + ": " + clean(w.Reason)
		}
	}
	return ""
}

// waiverOf is the waiver of a gate, or the first of its subjects'.
func waiverOf(r *gate.Result) *gate.Excuse {
	if r.Waiver != nil {
		return r.Waiver
	}
	for i := range r.Subjects {
		if w := r.Subjects[i].Waiver; w != nil && !w.Expired {
			return w
		}
	}
	return nil
}

// clean makes text from a file safe to print.
func clean(s string) string { return inventory.CleanText(s) }

// place is where a gate stands; one that no file states stands at the top of
// the file that is checked.
func place(r *gate.Result) (file string, line int) { return r.File, max(r.Line, 1) }
