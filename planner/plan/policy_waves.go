package plan

import (
	"fmt"
	"strings"
	"time"

	"sobre/inventory"
)

// WavesPolicy is in which windows workloads are moved, how many at a time, and
// how long a move takes.
type WavesPolicy struct {
	// Start is the day of the first window; without it waves have no dates.
	Start    inventory.Date     `yaml:"start,omitempty" json:"start,omitzero"`
	At       ClockTime          `yaml:"at,omitempty" json:"at,omitzero"`             // local time a window opens
	Window   inventory.Duration `yaml:"window,omitempty" json:"window,omitzero"`     // how long it is open
	Every    inventory.Duration `yaml:"every,omitempty" json:"every,omitzero"`       // from one window to the next, in days
	Parallel int                `yaml:"parallel,omitempty" json:"parallel,omitzero"` // moves in progress at a time
	PerHost  int                `yaml:"per_host,omitempty" json:"per_host,omitzero"` // of them on one host
	Pilot    *int               `yaml:"pilot,omitempty" json:"pilot,omitempty"`      // moves of the first wave; 0: no pilot
	P2V      MovePolicy         `yaml:"p2v,omitempty,flow" json:"p2v,omitzero"`
	Live     MovePolicy         `yaml:"live,omitempty,flow" json:"live,omitzero"`
	Cold     MovePolicy         `yaml:"cold,omitempty,flow" json:"cold,omitzero"`
	// Blackout lists days without a window: 2010-03-14, or the first and the
	// last of a stretch: 2009-12-15..2010-01-05.
	Blackout []DayRange  `yaml:"blackout,omitempty,flow" json:"blackout,omitempty"`
	After    []MoveAfter `yaml:"after,omitempty" json:"after,omitempty"`
}

// IsZero tells whether nothing is set.
func (p WavesPolicy) IsZero() bool {
	return p.Start.IsZero() && p.At == "" && p.Window.IsZero() && p.Every.IsZero() && p.Parallel == 0 && p.PerHost == 0 &&
		p.Pilot == nil && p.P2V.IsZero() && p.Live.IsZero() && p.Cold.IsZero() && len(p.Blackout)+len(p.After) == 0
}

// MovePolicy is what one kind of move takes.
type MovePolicy struct {
	Rate   inventory.Rate     `yaml:"rate,omitempty" json:"rate,omitzero"`     // of one move, whatever runs beside it
	Setup  inventory.Duration `yaml:"setup,omitempty" json:"setup,omitzero"`   // beside the copying, tests included
	Effort inventory.Duration `yaml:"effort,omitempty" json:"effort,omitzero"` // of a person, preparation and tests included
	Most   int                `yaml:"most,omitempty" json:"most,omitzero"`     // in one wave; 0: no limit
}

// IsZero tells whether nothing is set.
func (p MovePolicy) IsZero() bool { return p == MovePolicy{} }

func (p MovePolicy) or(d MovePolicy) MovePolicy {
	fill(&p.Rate, d.Rate)
	fill(&p.Setup, d.Setup)
	fill(&p.Effort, d.Effort)
	fill(&p.Most, d.Most)
	return p
}

// MoveAfter says that some workloads move only once others have arrived. Both
// lists name them by ID, name or service, where * and ? stand for any characters.
type MoveAfter struct {
	Move  []string `yaml:"move,flow" json:"move"`
	After []string `yaml:"after,flow" json:"after"`
}

// ClockTime is a time of the day such as 20:00.
type ClockTime string

// UnmarshalText reads a time of the day.
func (c *ClockTime) UnmarshalText(text []byte) error {
	if _, err := time.Parse("15:04", string(text)); err != nil {
		return fmt.Errorf("%q is not a time such as 20:00", text)
	}
	*c = ClockTime(text)
	return nil
}

// Minutes is the time since midnight, 0 when unknown.
func (c ClockTime) Minutes() int {
	t, err := time.Parse("15:04", string(c))
	if err != nil {
		return 0
	}
	return t.Hour()*60 + t.Minute()
}

// DayRange is one day or the days from a first to a last one, both included,
// as people write them: 2010-03-14 or 2009-12-15..2010-01-05.
type DayRange struct{ First, Last inventory.Date }

// IsZero tells whether it holds no day.
func (r DayRange) IsZero() bool { return r.First.IsZero() }

// Has tells whether a day is within the range.
func (r DayRange) Has(day inventory.Date) bool {
	t := day.Time()
	return !r.IsZero() && !t.Before(r.First.Time()) && !t.After(r.Last.Time())
}

// MarshalText writes the days as UnmarshalText reads them.
func (r DayRange) MarshalText() ([]byte, error) {
	if r.First == r.Last {
		return []byte(r.First.String()), nil
	}
	return []byte(r.First.String() + ".." + r.Last.String()), nil
}

// UnmarshalText reads a day or a range of days.
func (r *DayRange) UnmarshalText(text []byte) error {
	from, to, several := strings.Cut(string(text), "..")
	first, err := inventory.ParseDate(strings.TrimSpace(from))
	if err != nil {
		return err
	}
	last := first
	if several {
		if last, err = inventory.ParseDate(strings.TrimSpace(to)); err != nil {
			return err
		}
	}
	if last.Time().Before(first.Time()) {
		return fmt.Errorf("%q ends before it begins", text)
	}
	*r = DayRange{first, last}
	return nil
}

// Of is what moves of a kind take.
func (p WavesPolicy) Of(k MoveKind) MovePolicy {
	switch k {
	case P2V:
		return p.P2V
	case Cold:
		return p.Cold
	}
	return p.Live
}

// withDefaults fills in what is absent. The rates are half of what a gigabit
// link carries for a live move, and a quarter of it for the disk of an old
// server; the rest is judgement, to be set by whoever does the work.
func (p WavesPolicy) withDefaults() WavesPolicy {
	fill(&p.At, "20:00")
	fill(&p.Window, inventory.Hours(8))
	fill(&p.Every, inventory.Days(7))
	fill(&p.Parallel, 4)
	fill(&p.PerHost, 2)
	if p.Pilot == nil {
		pilot := 3
		p.Pilot = &pilot
	}
	p.P2V = p.P2V.or(MovePolicy{Rate: inventory.MBPerSecond(30), Setup: inventory.Minutes(60), Effort: inventory.Hours(6), Most: 6})
	p.Live = p.Live.or(MovePolicy{Rate: inventory.MBPerSecond(60), Setup: inventory.Minutes(2), Effort: inventory.Minutes(10)})
	p.Cold = p.Cold.or(MovePolicy{Rate: inventory.MBPerSecond(60), Setup: inventory.Minutes(15), Effort: inventory.Minutes(30)})
	return p
}

// validate complains about every figure that makes no sense.
func (p WavesPolicy) validate(complain func(ok bool, format string, args ...any)) {
	complain(p.Window.IsZero() || p.Window.Minutes() >= 10 && p.Window.Minutes() <= 7*24*60, "waves.window must be from 10 min to 7 days")
	days := p.Every.Minutes() / (24 * 60)
	complain(p.Every.IsZero() || days >= 1 && days <= 366 && days == float64(int(days)), "waves.every must be a whole number of days, from 1 to 366")
	complain(p.Parallel >= 0 && p.Parallel <= 10_000, "waves.parallel must be from 1 to 10000")
	complain(p.PerHost >= 0 && p.PerHost <= 1000, "waves.per_host must be from 1 to 1000")
	complain(p.Pilot == nil || *p.Pilot >= 0, "waves.pilot must not be below 0")
	complain(len(p.Blackout) == 0 || p.Start.Known(), "waves.blackout needs waves.start, the day of the first window")
	for _, kind := range []MoveKind{P2V, Live, Cold} {
		of := p.Of(kind)
		complain(!of.Rate.Known() || of.Rate.MBPerSecond() >= 0.1, "waves.%s.rate must be at least 0.1 MB/s", kind)
		complain(of.Setup.Minutes() >= 0 && of.Setup.Minutes() <= 7*24*60, "waves.%s.setup must be from 0 min to 7 days", kind)
		complain(of.Effort.Minutes() >= 0 && of.Effort.Hours() <= 10_000, "waves.%s.effort must be from 0 min to 10000 h", kind)
		complain(of.Most >= 0, "waves.%s.most must not be below 0", kind)
	}
	for n, a := range p.After {
		complain(len(a.Move) > 0 && len(a.After) > 0, "waves.after %d must name what moves and after what", n+1)
	}
}
