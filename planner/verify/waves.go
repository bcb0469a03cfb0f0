package verify

import (
	"slices"

	"sobre/planner/plan"
)

// checkWaves carries the waves out, move by move (section 7 of the method).
func (w *world) checkWaves(r *recorder) {
	if len(w.plan.Waves) == 0 {
		w.checkNoWaves(r)
		return
	}
	v := newReplay(w, r)
	for n := range w.plan.Waves {
		v.wave(n)
	}
	v.checkEnd()
	v.checkOff()
	v.checkBound()
	w.checkSaved(r)
	r.checked("waves", len(w.plan.Waves))
	r.checked("moves in order", v.moves)
}

// checkNoWaves sees why a plan that changes something has no waves.
func (w *world) checkNoWaves(r *recorder) {
	changes := slices.ContainsFunc(w.items, func(i *item) bool { return i.mover() })
	for _, h := range w.hosts {
		changes = changes || h.planned != nil && h.planned.State == plan.Retire
	}
	if !changes {
		return
	}
	said := func(code string) bool {
		for _, f := range w.plan.Findings {
			if f.Code == code {
				return true
			}
		}
		return false
	}
	switch {
	case said("moves-impossible"):
		w.checkImpossible(r)
	case said("moves-not-ordered"):
		r.unchecked("an order of the moves: the plan found none, and does not claim that there is none")
	default:
		r.unchecked("an order of the moves: the plan gives none")
	}
}

// mover tells whether the plan moves the workload.
func (i *item) mover() bool { return i.excluded == "" && i.at != nil && i.at != i.home }

// replay is the state of things while the waves are carried out.
type replay struct {
	w     *world
	r     *recorder
	moves int

	at      map[*item]*host // at rest, or where it leaves from
	held    map[*host][]*item
	moving  []trip
	off     map[*host]bool
	lastFor map[*host]int // last wave in which something arrives or leaves
	arrived map[*item]int // wave in which a mover reached its place
	arrival map[*item]float64
	stops   map[*item]int
	kept    map[*rule]bool    // together rules that have held since
	rulesOf map[*item][]*rule // hard ones that the plan keeps
	until   float64           // minutes since the first day at which the last wave ended
	index   int
	started bool // a window has been dated
}

// trip is a move under way.
type trip struct {
	i        *item
	from, to *host
	ends     float64
	down     bool
}

func newReplay(w *world, r *recorder) *replay {
	v := &replay{
		w: w, r: r, at: map[*item]*host{}, held: map[*host][]*item{}, off: map[*host]bool{}, lastFor: map[*host]int{},
		arrived: map[*item]int{}, arrival: map[*item]float64{}, stops: map[*item]int{}, kept: map[*rule]bool{}, rulesOf: map[*item][]*rule{},
	}
	for _, i := range w.items {
		if i.excluded == "" && i.at != nil && i.home != nil {
			v.at[i] = i.home
			v.held[i.home] = append(v.held[i.home], i)
		}
	}
	for _, rule := range w.rules {
		if rule.IsSoft() || len(w.broken(rule, func(i *item) *host { return i.at })) > 0 {
			continue
		}
		for _, i := range rule.members {
			v.rulesOf[i] = append(v.rulesOf[i], rule)
		}
	}
	v.noteTogether(-1)
	return v
}

func (v *replay) where(i *item) *host { return v.at[i] }

// wave replays one wave.
func (v *replay) wave(n int) {
	wave := &v.w.plan.Waves[n]
	v.index = n
	if wave.Number != n+1 {
		v.broke("", "wave %d is numbered %d", n+1, wave.Number)
	}
	v.checkWindow(wave)
	moves := slices.Clone(wave.Moves)
	slices.SortStableFunc(moves, func(a, b plan.Move) int {
		switch {
		case a.Start < b.Start:
			return -1
		case a.Start > b.Start:
			return 1
		}
		return 0
	})
	for k := range moves {
		v.finish(moves[k].Start)
		v.start(&moves[k])
	}
	v.finish(noLimit)
	v.noteTogether(n)
	v.switchOff(n)
	v.checkSums(wave)
}

func (v *replay) broke(subject, format string, args ...any) {
	v.r.broke("wave", subject, format, args...)
}

// finish lets the moves end that end by a minute of the wave.
func (v *replay) finish(minute float64) {
	slices.SortStableFunc(v.moving, func(a, b trip) int {
		switch {
		case a.ends < b.ends:
			return -1
		case a.ends > b.ends:
			return 1
		}
		return 0
	})
	for len(v.moving) > 0 && v.moving[0].ends <= minute+1e-6 {
		t := v.moving[0]
		v.moving = v.moving[1:]
		if t.from != nil {
			v.held[t.from] = slices.DeleteFunc(v.held[t.from], func(i *item) bool { return i == t.i })
			v.lastFor[t.from] = v.index + 1
		}
		v.at[t.i] = t.to
		v.lastFor[t.to] = v.index + 1
		if t.to == t.i.at {
			v.arrived[t.i], v.arrival[t.i] = v.index+1, t.ends
		}
	}
}

// start checks a move at the moment it begins, and begins it.
func (v *replay) start(m *plan.Move) {
	v.moves++
	i, to := v.w.byItem[m.Workload], v.w.byHost[m.To]
	if i == nil || !i.mover() {
		v.broke(m.Workload, "wave %d moves it, and the plan does not", v.index+1)
		return
	}
	if to == nil {
		v.broke(m.Workload, "wave %d moves it to %s, which is no host", v.index+1, quote(m.To))
		return
	}
	if slices.ContainsFunc(v.moving, func(t trip) bool { return t.i == i }) {
		v.broke(i.ID, "wave %d moves it while it is moving", v.index+1)
		return
	}
	from := v.at[i]
	if name := idOf(from); name != m.From || from == to {
		v.broke(i.ID, "wave %d moves it from %s to %s, and it is on %s", v.index+1, quote(m.From), quote(m.To), quote(name))
		return
	}
	v.checkTrip(m, i, from, to)
	v.checkPlace(m, i, from, to)
	v.checkAfter(m, i)
	v.checkSlots(m, from, to)
	v.held[to] = append(v.held[to], i)
	v.moving = append(v.moving, trip{i, from, to, m.Start + m.Minutes, m.Downtime > 0})
}

func idOf(h *host) string {
	if h == nil {
		return ""
	}
	return h.id
}

// checkSlots sees that no more moves are in progress than the policy allows.
func (v *replay) checkSlots(m *plan.Move, from, to *host) {
	p := v.w.policy.Waves
	if n := len(v.moving) + 1; n > p.Parallel {
		v.broke(m.Workload, "wave %d has %d moves in progress at minute %s, the policy allows %d", v.index+1, n, number(m.Start), p.Parallel)
	}
	for _, h := range []*host{from, to} {
		n := 1
		for _, t := range v.moving {
			if h != nil && (t.from == h || t.to == h) {
				n++
			}
		}
		if h != nil && n > p.PerHost {
			v.broke(m.Workload, "wave %d has %d moves in progress on %s at minute %s, the policy allows %d", v.index+1, n, h.id, number(m.Start), p.PerHost)
		}
	}
}

// checkEnd sees that everything ends where the plan says.
func (v *replay) checkEnd() {
	for _, i := range v.w.items {
		if i.mover() && v.at[i] != i.at {
			v.broke(i.ID, "after the last wave it is on %s, and the plan puts it on %s", quote(idOf(v.at[i])), i.at.id)
		}
	}
}
