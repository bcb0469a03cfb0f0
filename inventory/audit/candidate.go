package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"
)

// Candidate is a standalone server that could become a guest.
type Candidate struct {
	ID      string   `json:"id" yaml:"id"` // of the host
	Name    string   `json:"name,omitzero" yaml:"name,omitempty"`
	Score   int      `json:"score" yaml:"score"`     // 0 to 100: how much speaks for it
	Verdict Verdict  `json:"verdict" yaml:"verdict"` // what it needs before
	For     []Reason `json:"for" yaml:"for"`
	Against []Reason `json:"against" yaml:"against"`
}

// Verdict is what a candidate needs before it can move.
type Verdict string

// The verdicts, best first.
const (
	Ready   Verdict = "ready"
	ToFix   Verdict = "to-fix"
	Blocked Verdict = "blocked"
)

// Weight is how much a reason against a move counts.
type Weight string

// The weights, worst first.
const (
	Blocker Weight = "blocker"  // forbids it until someone changes the machine
	Fix     Weight = "to-fix"   // to be cleared before
	Care    Weight = "care"     // to keep in mind
	Granted Weight = "accepted" // someone answers for it
)

// Reason is one thing that speaks for or against a move.
type Reason struct {
	Code   string         `json:"code" yaml:"code"` // stable, in words: "usb", "system-ended"
	What   string         `json:"what" yaml:"what"` // a sentence
	Points int            `json:"points" yaml:"points"`
	Weight Weight         `json:"weight,omitzero" yaml:"weight,omitempty"` // of a reason against
	Owner  string         `json:"owner,omitzero" yaml:"owner,omitempty"`   // who accepts it
	Until  inventory.Date `json:"until,omitzero" yaml:"until,omitempty"`   // when it is to be looked at again
}

// Points of the reasons. A candidate begins with 50: a server that nothing is
// known for or against is worth a look. They order candidates, no more.
const (
	startPoints   = 50
	blockerPoints = -50
	fixPoints     = -15
	carePoints    = -5
)

func (v *view) candidates() []Candidate {
	var out []Candidate
	for i := range v.estate.Hosts {
		h := &v.estate.Hosts[i]
		if !v.standalone(h) || !inService(h) {
			continue
		}
		c := Candidate{ID: h.ID, Name: h.Name, For: v.reasonsFor(h)}
		c.Against = append(v.blockers(h), v.fixes(h)...)
		v.accept(h, c.Against)
		c.judge()
		out = append(out, c)
	}
	order := []Verdict{Ready, ToFix, Blocked}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Verdict), slices.Index(order, b.Verdict)), cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
	return out
}

// judge sums the points up and tells the verdict.
func (c *Candidate) judge() {
	c.Score, c.Verdict = startPoints, Ready
	for _, r := range c.For {
		c.Score += r.Points
	}
	for i := range c.Against {
		r := &c.Against[i]
		switch r.Weight {
		case Blocker:
			r.Points, c.Verdict = blockerPoints, Blocked
		case Fix:
			r.Points = fixPoints
			if c.Verdict == Ready {
				c.Verdict = ToFix
			}
		case Care:
			r.Points = carePoints
		case Granted:
			r.Points = 0
		}
		c.Score += r.Points
	}
	c.Score = min(100, max(0, c.Score))
}

func (v *view) reasonsFor(h *inventory.Host) []Reason {
	var out []Reason
	add := func(code string, points int, format string, values ...any) {
		out = append(out, Reason{Code: code, What: fmt.Sprintf(format, values...), Points: points})
	}
	if level, ok := v.systemLevel(h); ok {
		switch {
		case level.percent <= 10:
			add("hardly-used", 25, "uses %s %% of its CPU at busy times (%s)", figure(level.percent), level.basis)
		case level.percent <= 30:
			add("little-used", 15, "uses %s %% of its CPU at busy times (%s)", figure(level.percent), level.basis)
		}
	}
	if years, ok := Age(h, v.day); ok && years >= 5 {
		add("old", min(15, 3*(years-2)), "is %d years old", years)
	}
	if h.Maintained.Known() && v.day.Known() && !h.Maintained.Time().After(v.day.Time()) {
		add("out-of-maintenance", 10, "its maintenance ended on %s", h.Maintained)
	}
	return out
}

// systemLevel is the busy level of CPU of the system of a standalone server.
func (v *view) systemLevel(h *inventory.Host) (reading, bool) {
	for _, w := range v.onHost[h.ID] {
		if r, ok := busy(v.cpuUse(w), v.cpuWhole(w)); ok {
			return r, true
		}
	}
	return busy(&h.Use.CPU, h.CPU.MHz())
}

// pinWords say what each sort of pin is.
var pinWords = map[inventory.PinKind]string{
	inventory.PinPassthrough: "has a card of its own", inventory.PinUSB: "has a device or dongle plugged in", inventory.PinSharedDisk: "shares a disk with another machine",
	inventory.PinRawDisk: "has a raw disk", inventory.PinLocalDatastore: "has a disk on storage of its host alone", inventory.PinHostDevice: "uses a drive of its host",
	inventory.PinReservation: "has all its memory locked", inventory.PinFaultTolerance: "has a running twin",
}

// blockers are what forbids the move: pins, and rules that say it stays.
func (v *view) blockers(h *inventory.Host) []Reason {
	var out []Reason
	for _, w := range v.onHost[h.ID] {
		for _, p := range w.Pins {
			weight := Care
			if p.Kind.Hard() {
				weight = Blocker
			} else if p.Kind == inventory.PinRawDisk {
				weight = Fix
			}
			what := pinWords[p.Kind]
			if p.Reason != "" {
				what += ": " + p.Reason
			}
			out = append(out, Reason{Code: string(p.Kind), What: what, Weight: weight})
		}
		for _, rule := range slices.Concat(v.estate.Rules, v.options.Rules) {
			if rule.Disabled || rule.Soft || !inventory.MatchesAny(rule.Stay, w.ID, w.Name) {
				continue
			}
			what := "a rule says that it stays"
			if rule.Reason != "" {
				what += ": " + rule.Reason
			}
			out = append(out, Reason{Code: "stays", What: what, Weight: Blocker})
		}
		if gpu := w.Resources["gpu"]; gpu > 0 {
			out = append(out, Reason{Code: "gpu", What: "needs a graphics card", Weight: Fix})
		}
	}
	return out
}

// fixes are what is to be cleared before, or kept in mind.
func (v *view) fixes(h *inventory.Host) []Reason {
	var out []Reason
	add := func(code string, weight Weight, format string, values ...any) {
		out = append(out, Reason{Code: code, What: fmt.Sprintf(format, values...), Weight: weight})
	}
	level, measured := v.systemLevel(h)
	switch {
	case !measured:
		add("not-measured", Fix, "its use is not measured")
	case level.basis == "now":
		add("one-look", Fix, "its use was seen at one moment only")
	case level.percent > 60:
		add("busy", Care, "uses %s %% of its CPU at busy times: a guest would need most of a host's like", figure(level.percent))
	}
	if h.CPU.Cores == 0 || !h.Memory.Known() {
		add("size-unknown", Fix, "its processors or its memory are unknown")
	}
	for _, w := range v.onHost[h.ID] {
		if !w.Disk.Known() && !h.Disk.Known() {
			add("disk-unknown", Fix, "the size of its disks is unknown")
		}
		if v.support(w.OS) == inventory.Ended {
			add("system-ended", Care, "its system is no longer mended: %s", SystemName(w.OS))
		}
		if w.OS == "" {
			add("system-unknown", Fix, "its system is unknown")
		}
		if slices.ContainsFunc(w.Licences, func(l string) bool { return strings.HasPrefix(l, "oracle") }) {
			add("licence", Care, "its licence may count every core of the hosts it can run on: %s", strings.Join(w.Licences, " "))
		}
		if v.stale[w.ID] || v.stale[h.ID] {
			add("stale", Fix, "its agent has not been heard of for long: check that it still exists")
		}
	}
	return out
}
