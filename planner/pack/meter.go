package pack

import (
	"sync/atomic"
	"time"
)

// Work units. A unit is one test whether a workload fits on a host, or as much
// other work: some 20 to 40 ns on a processor of the 2020s.
const (
	quickWork    = 50_000_000
	normalWork   = 10 * quickWork
	thoroughWork = 60 * quickWork
)

// pace is how many units a second of a time limit is divided into. Phases get
// their share of the time as of the work, whichever ends first, so that a
// slower machine cuts all of them alike and not the last ones alone.
const pace = 50_000_000

// meter counts the work of one goroutine and says when it must end.
type meter struct {
	spent, limit int64
	stop         *atomic.Bool // set from outside: end now
	until        time.Time    // zero: the clock does not matter
	looks        int          // calls of out before the clock is read again
	read         int64        // units spent when it was
	late         bool
}

func (m *meter) spend(units int64) { m.spent += units }

// left is how many units there are to spend.
func (m *meter) left() int64 {
	if m.until.IsZero() {
		return m.limit - m.spent
	}
	return min(m.limit-m.spent, max(0, int64(time.Until(m.until).Seconds()*pace)))
}

// After so many calls of out, or so many units, it reads the clock again.
const (
	looksEach = 16
	unitsEach = 20_000
)

// out tells whether the search must end: all spent, time up, or stopped from outside.
func (m *meter) out() bool {
	if m.spent >= m.limit || m.late || m.stop.Load() {
		return true
	}
	if m.until.IsZero() {
		return false
	}
	if m.looks--; m.looks < 0 || m.spent-m.read > unitsEach {
		m.looks, m.read = looksEach, m.spent
		m.late = !time.Now().Before(m.until)
	}
	return m.late
}

// part is a meter for some of the work that is left, and of the time that is
// left as much as so much work should take. What it spends must be added to
// its parent.
func (m *meter) part(units int64) *meter {
	p := &meter{limit: min(units, m.limit-m.spent), stop: m.stop, until: m.until}
	if m.until.IsZero() {
		return p
	}
	if units < m.left() {
		p.until = time.Now().Add(time.Duration(float64(units) / pace * float64(time.Second)))
	}
	return p
}

// narrow leaves only so much of the work, and of the time, until the function
// that it returns is called.
func (m *meter) narrow(units int64) (restore func()) {
	limit, until := m.limit, m.until
	p := m.part(units)
	m.limit, m.until = m.spent+p.limit, p.until
	return func() { m.limit, m.until, m.late = limit, until, false }
}

// share is a meter for a part of the work, in hundredths of the whole.
func (m *meter) share(hundredths int64) *meter { return m.part(m.left() / 100 * hundredths) }
