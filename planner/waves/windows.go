package waves

import (
	"time"

	"sobre/inventory"
	"sobre/planner/plan"
)

const day = 24 * 60 // minutes

// windows gives one window after the other, in minutes since midnight of the
// first day.
type windows struct {
	policy plan.WavesPolicy
	number int // of the next candidate
	after  float64
}

// latest is how many windows are tried before it is said that there is none.
const latest = 100_000

// next is when the next window opens that is open for so many minutes, and
// not before the end of the wave before.
func (w *windows) next() (opens float64, ok bool) {
	for ; w.number < latest; w.number++ {
		opens = float64(w.number)*w.policy.Every.Minutes() + float64(w.policy.At.Minutes())
		if opens < w.after || w.blackedOut(opens, w.policy.Window.Minutes()) {
			continue
		}
		w.number++
		return opens, true
	}
	return 0, false
}

// blackedOut tells whether a stretch of minutes touches a day without a window.
func (w *windows) blackedOut(from, minutes float64) bool {
	if len(w.policy.Blackout) == 0 {
		return false
	}
	for d := int(from / day); d <= int((from+minutes-1)/day); d++ {
		date := inventory.MakeDate(w.policy.Start.Time().AddDate(0, 0, d))
		for _, r := range w.policy.Blackout {
			if r.Has(date) {
				return true
			}
		}
	}
	return false
}

// startText is a moment as 2026-12-05T20:00, empty without a first day.
func (w *windows) startText(minute float64) string {
	if !w.policy.Start.Known() {
		return ""
	}
	return w.moment(minute).Format("2006-01-02T15:04")
}

// dayOf is the day of a moment, unknown without a first day.
func (w *windows) dayOf(minute float64) inventory.Date {
	if !w.policy.Start.Known() {
		return inventory.Date{}
	}
	return inventory.MakeDate(w.moment(minute))
}

func (w *windows) moment(minute float64) time.Time {
	return w.policy.Start.Time().Add(time.Duration(minute) * time.Minute)
}
