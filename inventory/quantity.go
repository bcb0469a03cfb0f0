package inventory

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// dimension names the units of one kind of quantity. The first unit is the
// base: the one that Value counts in. A list is ordered from the unit that
// text prefers least to the one it prefers most when lengths tie.
type dimension interface{ units() []unit }

// unit is one way to write a quantity: "GiB" is 1024 of the base "MiB".
type unit struct {
	name    string
	factor  float64 // in base units
	aliases []string
	shown   bool // used when writing; others are only read
}

// quantity is an amount of one dimension, or unknown (the zero value).
type quantity[D dimension] struct {
	value float64 // in base units
	known bool
}

// Known tells whether the amount is known; a known amount may be 0.
func (q quantity[D]) Known() bool { return q.known }

// IsZero tells whether the amount is unknown, so that files leave it out.
func (q quantity[D]) IsZero() bool { return !q.known }

// Value is the amount in the base unit of its type, 0 when unknown.
func (q quantity[D]) Value() float64 { return q.value }

// Or is the amount in the base unit, or def when it is unknown.
func (q quantity[D]) Or(def float64) float64 {
	if q.known {
		return q.value
	}
	return def
}

// String is the amount with its unit, empty when unknown.
func (q quantity[D]) String() string {
	if !q.known {
		return ""
	}
	var d D
	return formatAmount(q.value, d.units())
}

// MarshalText writes the amount with the unit that gives the shortest exact text.
func (q quantity[D]) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads a number with its unit, as people write it.
func (q *quantity[D]) UnmarshalText(text []byte) error {
	var d D
	v, err := parseAmount(string(text), d.units())
	if err != nil {
		return err
	}
	q.value, q.known = v, true
	return nil
}

// parseAmount reads "16 GiB", "2.66GHz", "10 %", "1 200 kg", "1,5 GiB".
func parseAmount(text string, units []unit) (float64, error) {
	number, name := splitAmount(text)
	if number == "" {
		return 0, fmt.Errorf("%q is not a number with a unit (%s)", text, unitNames(units))
	}
	v, err := parseNumber(number)
	if err != nil {
		return 0, err
	}
	if name == "" {
		return 0, fmt.Errorf("%q needs a unit (%s)", text, unitNames(units))
	}
	for _, u := range units {
		if !u.is(name) {
			continue
		}
		v *= u.factor
		if math.IsInf(v, 0) || math.Abs(v) > maxAmount {
			return 0, fmt.Errorf("%q is too large", text)
		}
		return v, nil
	}
	return 0, fmt.Errorf("%q: unknown unit %q (%s)", text, name, unitNames(units))
}

// maxAmount keeps sums and products of quantities far from overflow; no real
// estate comes near it in any base unit.
const maxAmount = 1e15

func (u unit) is(name string) bool {
	if u.name == name {
		return true
	}
	for _, a := range u.aliases {
		if a == name {
			return true
		}
	}
	return false
}

// splitAmount parts the number from the unit behind it.
func splitAmount(text string) (number, name string) {
	text = strings.TrimSpace(text)
	end := 0
	for i, r := range text {
		if !strings.ContainsRune("0123456789.,+-", r) && !isSpace(r) {
			break
		}
		end = i + len(string(r))
	}
	return strings.TrimSpace(text[:end]), strings.TrimSpace(text[end:])
}

// isSpace includes the spaces that French typography puts inside numbers.
func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\u00a0' || r == '\u202f' || r == '\u2009'
}

// parseNumber reads a decimal number with a point or a comma, digits possibly
// grouped by spaces. One comma before exactly three digits is refused: it is a
// decimal sign to one reader and a thousands sign to another.
func parseNumber(text string) (float64, error) {
	s := strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, text)
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		whole, frac, _ := strings.Cut(s, ",")
		if len(frac) == 3 && strings.Trim(whole, "+-0") != "" {
			return 0, fmt.Errorf("%q is ambiguous: write %s%s or %s.%s", text, whole, frac, whole, frac)
		}
		s = whole + "." + frac
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	return v, nil
}

// formatAmount picks, among the units that give the value back exactly, the
// shortest text, and the larger unit on a tie.
func formatAmount(v float64, units []unit) string {
	best := ""
	for _, u := range units {
		if !u.shown {
			continue
		}
		number := strconv.FormatFloat(v/u.factor, 'f', -1, 64)
		back, err := strconv.ParseFloat(number, 64)
		if err != nil || back*u.factor != v {
			continue
		}
		text := number + " " + u.name
		if best == "" || len(text) <= len(best) {
			best = text
		}
	}
	if best == "" {
		return strconv.FormatFloat(v, 'f', -1, 64) + " " + units[0].name
	}
	return best
}

func unitNames(units []unit) string {
	var names []string
	for _, u := range units {
		if u.shown {
			names = append(names, u.name)
		}
	}
	if len(names) == 1 {
		return "such as " + names[0]
	}
	return "one of " + strings.Join(names, ", ")
}
