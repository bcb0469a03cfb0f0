package gate

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"sobre/inventory"
)

// Op is how a figure is compared.
type Op string

// The comparisons.
const (
	AtMost  Op = "<="
	AtLeast Op = ">="
	Below   Op = "<"
	Above   Op = ">"
	Equal   Op = "=="
	Differs Op = "!="
)

// Condition is what a gate asks of one figure.
type Condition struct {
	Text     string // as it was written, spaces apart
	Measure  Measure
	Op       Op
	Limit    float64 // in the unit of the measure
	Currency string  // of a limit of money
}

// operators are the comparisons as people write them, longest first.
var operators = []struct {
	text string
	op   Op
}{
	{"<=", AtMost}, {"=<", AtMost}, {"≤", AtMost}, {">=", AtLeast}, {"=>", AtLeast}, {"≥", AtLeast},
	{"==", Equal}, {"!=", Differs}, {"<>", Differs}, {"≠", Differs}, {"<", Below}, {">", Above}, {"=", Equal},
}

// maxCondition is the longest text that is looked at; no real one is near it.
const maxCondition = 200

// survives is the form of a condition that names what may fail.
var survives = regexp.MustCompile(`^survives\s*:\s*\{?\s*(hosts|chassis|site)\s*:\s*([0-9]+)\s*\}?$`)

// Parse reads a condition such as "memory.free >= 20 %": a measure, a
// comparison and an amount with its unit.
func Parse(text string) (Condition, error) {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > maxCondition {
		return Condition{}, fmt.Errorf("a condition of %d characters is none", len(text))
	}
	if m := survives.FindStringSubmatch(text); m != nil {
		text = "survives." + m[1] + " >= " + m[2]
	}
	at, found := strings.IndexAny(text, "<>=!≤≥≠"), false
	c := Condition{Text: text}
	if at < 0 {
		return c, fmt.Errorf("%q compares nothing: write a measure, a comparison and a number, such as \"hosts <= 12\"", text)
	}
	rest := text[at:]
	for _, o := range operators {
		if rest, found = strings.CutPrefix(rest, o.text); found {
			c.Op = o.op
			break
		}
	}
	name := strings.TrimSpace(text[:at])
	var err error
	if c.Measure, err = Find(name); err != nil {
		return c, err
	}
	if !found {
		return c, fmt.Errorf("%q: a comparison is one of <=, >=, <, >, ==, !=", text)
	}
	if c.Limit, c.Currency, err = c.Measure.Unit.parse(rest); err != nil {
		return c, fmt.Errorf("%s: %w (such as \"%s %s %s\")", name, err, name, c.Op, c.Measure.Unit.Example())
	}
	return c, nil
}

// slack forgives the last digits of sums of floats.
const slack = 1e-9

// Holds tells whether a value meets the condition.
func (c Condition) Holds(v float64) bool {
	near := math.Abs(v-c.Limit) <= slack*math.Max(1, math.Abs(c.Limit))
	switch c.Op {
	case AtMost:
		return v < c.Limit || near
	case AtLeast:
		return v > c.Limit || near
	case Below:
		return v < c.Limit && !near
	case Above:
		return v > c.Limit && !near
	case Equal:
		return near
	}
	return !near
}

// worse tells whether a is further from holding than b.
func (c Condition) worse(a, b float64) bool {
	switch c.Op {
	case AtMost, Below:
		return a > b
	case AtLeast, Above:
		return a < b
	}
	return math.Abs(a-c.Limit) > math.Abs(b-c.Limit)
}

// unknownMeasure names the measures nearest to a name that is none.
func unknownMeasure(name string) error {
	var names []string
	for _, m := range Measures() {
		names = append(names, m.Name)
	}
	if near := inventory.Nearest(name, names); near != "" {
		return fmt.Errorf("nothing is measured as %q; did you mean %q?", name, near)
	}
	return fmt.Errorf("nothing is measured as %q (sobre check --list names what is)", name)
}
