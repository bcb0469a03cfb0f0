package plan

import (
	"strings"
	"time"

	"sobre/inventory"
)

// Wave is a set of moves done in one window.
type Wave struct {
	Number int     `json:"number"`
	Name   string  `json:"name,omitzero"`  // "pilot", …; absent: an ordinary one
	Start  string  `json:"start,omitzero"` // local time its window opens, such as 2026-12-05T20:00; absent: the policy gives no dates
	Hours  float64 `json:"hours,omitzero"` // from its first move to its last
	Moves  []Move  `json:"moves"`
	// Freed are the hosts powered off at its end.
	Freed      []string       `json:"freed,omitempty"`
	PowerOff   inventory.Date `json:"power_off,omitzero"` // the day they are
	Downtime   []Downtime     `json:"downtime,omitempty"` // by service, longest first
	Rollback   string         `json:"rollback,omitzero"`  // how to go back from its end, in words
	PersonDays float64        `json:"person_days,omitzero"`
	// Saved is what all waves up to this one save a year once it is done.
	Saved *WaveSaving `json:"saved,omitempty"`
}

// MoveKind is how a workload is moved.
type MoveKind string

// The kinds of move.
const (
	P2V  MoveKind = "p2v"  // a physical server becomes a guest: down while its disk is copied
	Live MoveKind = "live" // a running guest changes host without an interruption
	Cold MoveKind = "cold" // a guest is switched off, moved and started again
)

// Move is one step of a wave: one workload leaves one host for another.
type Move struct {
	Workload string   `json:"workload"`
	From     string   `json:"from,omitzero"` // host ID; absent: runs nowhere known
	To       string   `json:"to"`
	Kind     MoveKind `json:"kind"`
	// Swing marks a stop on the way: the place it goes to is lent, and a later
	// move takes it on.
	Swing    bool    `json:"swing,omitzero"`
	Start    float64 `json:"start_minutes"` // after the start of the wave
	Minutes  float64 `json:"minutes"`       // both hosts hold it that long
	Downtime float64 `json:"downtime_minutes,omitzero"`
}

// Downtime is how long a service is interrupted in one wave.
type Downtime struct {
	Service string  `json:"service"` // absent of a workload: its own name
	Minutes float64 `json:"minutes"`
}

// WaveSaving is what a plan saves a year with the hosts off that are off by then.
type WaveSaving struct {
	Energy float64 `json:"energy_kwh_per_year"`
	CO2e   float64 `json:"co2e_kg_per_year"` // of use
	Cost   float64 `json:"cost_per_year"`    // in the currency of the plan
}

// PowerOff is when each host that waves free is switched off, in years after
// the first wave starts, by host ID. Waves without dates, and hosts that no
// wave frees, are off from the start: they are not in the map.
func PowerOff(waves []Wave) map[string]float64 {
	start := firstDay(waves)
	if start.IsZero() {
		return nil
	}
	off := map[string]float64{}
	for _, w := range waves {
		day, err := time.Parse(time.DateOnly, w.PowerOff.String())
		if err != nil || day.Before(start) {
			continue
		}
		for _, host := range w.Freed {
			off[host] = day.Sub(start).Hours() / 8760
		}
	}
	return off
}

// firstDay is the day on which the first wave with a date starts; zero: none has one.
func firstDay(waves []Wave) time.Time {
	for _, w := range waves {
		day, _, _ := strings.Cut(w.Start, "T")
		if t, err := time.Parse(time.DateOnly, day); err == nil {
			return t
		}
	}
	return time.Time{}
}
