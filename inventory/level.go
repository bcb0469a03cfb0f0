package inventory

import (
	"fmt"
	"strings"
)

// LevelKind tells what a Level is a number of.
type LevelKind int

// The kinds of level.
const (
	NoLevel   LevelKind = iota // unknown
	OfWhole                    // percent of what the machine has
	Cycles                     // MHz of CPU work
	Megabytes                  // MiB of memory
)

// Level is how much of a resource is used: a share of what the machine has
// ("10 %"), cycles of CPU ("2.4 GHz") or memory ("3.1 GiB").
type Level struct {
	value float64
	kind  LevelKind
}

// PercentLevel is a level in percent of what the machine has.
func PercentLevel(v float64) Level { return Level{v, OfWhole} }

// MHzLevel is a level of CPU work in MHz.
func MHzLevel(v float64) Level { return Level{v, Cycles} }

// MiBLevel is a level of memory in MiB.
func MiBLevel(v float64) Level { return Level{v, Megabytes} }

// Known tells whether the level is known.
func (l Level) Known() bool { return l.kind != NoLevel }

// IsZero tells whether the level is unknown, so that files leave it out.
func (l Level) IsZero() bool { return l.kind == NoLevel }

// Kind is what the level is a number of.
func (l Level) Kind() LevelKind { return l.kind }

// Value is the level in percent, MHz or MiB, as Kind says.
func (l Level) Value() float64 { return l.value }

// Of is the level as an amount, where whole is what the machine has in MHz or
// MiB: whole × percent, or the amount itself when it is one already.
func (l Level) Of(whole float64) float64 {
	if l.kind == OfWhole {
		return whole * l.value / 100
	}
	return l.value
}

// String is the level with its unit, empty when unknown.
func (l Level) String() string {
	switch l.kind {
	case OfWhole:
		return Percent(l.value).String()
	case Cycles:
		return MHz(l.value).String()
	case Megabytes:
		return MiB(l.value).String()
	}
	return ""
}

// MarshalText writes the level with its unit.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads a percentage, a frequency or a size.
func (l *Level) UnmarshalText(text []byte) error {
	_, name := splitAmount(string(text))
	switch {
	case name == "%":
		v, err := parseAmount(string(text), shareUnits{}.units())
		*l = PercentLevel(v)
		return err
	case strings.HasSuffix(name, "Hz"):
		v, err := parseAmount(string(text), frequencyUnits{}.units())
		*l = MHzLevel(v)
		return err
	case name == "":
		return fmt.Errorf("%q needs a unit (%%, GHz or GiB)", text)
	}
	v, err := parseAmount(string(text), sizeUnits{}.units())
	if err != nil {
		return fmt.Errorf("%q is not a level of use (%%, GHz or GiB)", text)
	}
	*l = MiBLevel(v)
	return nil
}
