package waves

import (
	"container/heap"
	"maps"
	"slices"

	"sobre/planner/plan"
)

// Plan orders the moves. Where it gets stuck it tries again with what got
// stuck first, in several ways, before it gives up.
func Plan(p *Problem) Order {
	first := map[int]bool{}
	var last Order
	for _, manner := range manners {
		s := newSchedule(p, manner)
		if circle := s.depend(); circle != nil {
			return Order{Stuck: circle, Proven: true, Why: After}
		}
		s.rankUnits(first)
		if s.run() {
			return Order{Waves: s.waves}
		}
		last = s.explainStuck()
		if last.Proven || last.Why == Windows {
			break
		}
		for u := range s.units {
			if !s.units[u].done {
				first[u] = true
			}
		}
	}
	return last
}

// manner is how an order is looked for.
type manner struct {
	// holdBack lets what fills the hosts that the urgent units go to wait
	// until nothing else can move.
	holdBack bool
	early    bool // stops are made before anything takes the room for them
	holdOn   bool // no host is switched off before the end: empty ones lend their room
}

var manners = []manner{{}, {holdBack: true}, {holdBack: true, early: true}, {holdBack: true, holdOn: true}, {holdBack: true, early: true, holdOn: true}}

// patience is how many windows without a move are waited for a long one.
const patience = 1000

// schedule is an order in the making.
type schedule struct {
	p *Problem
	*load
	units   []unit
	unitOf  map[int]int // of a workload that moves
	gates   []gate
	pending int
	manner
	off      []bool
	leaving  []int // per host, workloads on it that have yet to go
	windows  windows
	waves    []plan.Wave
	noWindow bool
	piloted  bool

	wave window
}

// window is the wave in the making.
type window struct {
	opens   float64
	now     float64 // minutes since it opened
	moves   []plan.Move
	kinds   map[plan.MoveKind]int
	busy    []int // moves in progress, per host
	running ends
	ready   ranked        // units that may be able to start
	parked  map[int][]int // host → units that wait for room or a slot on it
	ruled   []int         // units that wait for a rule
	later   []int         // units for another wave
	held    []int         // units held back
	down    map[int]int   // limit → members interrupted
	forced  int           // of those, the one let go; -1: none
	pilot   map[int]bool  // only these, when not nil
}

func newSchedule(p *Problem, m manner) *schedule {
	s := &schedule{
		p: p, load: newLoad(p), unitOf: map[int]int{}, manner: m,
		off: make([]bool, len(p.Hosts)), leaving: make([]int, len(p.Hosts)), windows: windows{policy: p.Policy},
	}
	s.makeUnits()
	s.pending = len(s.units)
	for w := range p.Workloads {
		if at := p.Workloads[w].From; at != Nowhere && p.Workloads[w].To != at {
			s.leaving[at]++
		}
	}
	return s
}

// run fills one window after the other until all is moved.
func (s *schedule) run() bool {
	if s.pending == 0 {
		return s.switchOffOnly()
	}
	idle := 0
	for s.pending > 0 {
		opens, ok := s.windows.next()
		if !ok {
			s.noWindow = true
			return false
		}
		s.open(opens)
		for moving := true; moving; {
			s.startAll()
			switch {
			case len(s.wave.running) > 0:
				s.advance()
			case len(s.wave.later) > 0 || s.pending == 0:
				moving = false // what waits for another wave has its turn there
			case s.manner.early:
				moving = s.swing() || s.release()
			default:
				moving = s.release() || s.swing()
			}
		}
		if len(s.wave.moves) > 0 {
			s.close()
			idle = 0
			continue
		}
		// A blackout may keep a long move waiting; nothing else does.
		if idle++; len(s.wave.later) == 0 || idle > patience {
			s.noWindow = len(s.wave.later) > 0
			return false
		}
	}
	return true
}

// switchOffOnly is the one wave of a plan that moves nothing and retires
// empty hosts.
func (s *schedule) switchOffOnly() bool {
	if !slices.ContainsFunc(s.p.Hosts, func(h Host) bool { return h.Retire }) {
		return true
	}
	opens, ok := s.windows.next()
	if !ok {
		s.noWindow = true
		return false
	}
	s.open(opens)
	s.close()
	return true
}

// open begins a wave: everything pending may have a turn.
func (s *schedule) open(opens float64) {
	s.wave = window{
		opens: opens, kinds: map[plan.MoveKind]int{}, busy: make([]int, len(s.p.Hosts)), parked: map[int][]int{},
		ready: ranked{s: s}, forced: -1, down: map[int]int{},
	}
	s.wave.pilot = s.choosePilot()
	for u := range s.units {
		if !s.units[u].done && s.units[u].waitsOn == 0 {
			s.wave.ready.units = append(s.wave.ready.units, u)
		}
	}
	heap.Init(&s.wave.ready)
}

// startAll starts what can start now, the most urgent first.
func (s *schedule) startAll() {
	for s.wave.ready.Len() > 0 && len(s.wave.running) < s.p.Policy.Parallel {
		u := heap.Pop(&s.wave.ready).(int)
		s.tryStart(u)
	}
}

// tryStart starts a unit, or parks it where it waits.
func (s *schedule) tryStart(u int) {
	x := &s.units[u]
	if !s.inTime(u) {
		s.wave.later = append(s.wave.later, u)
		return
	}
	if x.last && u != s.wave.forced {
		s.wave.held = append(s.wave.held, u)
		return
	}
	if host := s.fullSlot(u); host != Nowhere {
		s.wave.parked[host] = append(s.wave.parked[host], u)
		return
	}
	if s.partnerDown(u) {
		s.wave.ruled = append(s.wave.ruled, u)
		return
	}
	switch s.obstacleFor(x.members, x.to) {
	case noRoom:
		s.wave.parked[x.to] = append(s.wave.parked[x.to], u)
	case ruled:
		s.wave.ruled = append(s.wave.ruled, u)
	default:
		s.start(u, x.to)
	}
}

// partnerDown tells whether something is interrupted now that a unit, which is
// interrupted as well, stands in for.
func (s *schedule) partnerDown(u int) bool {
	for n, w := range s.units[u].members {
		if s.units[u].trips[n].Downtime == 0 {
			continue
		}
		for _, i := range s.limit[w] {
			if s.p.Limits[i].Alternate && s.wave.down[i] > 0 {
				return true
			}
		}
	}
	return false
}

// interrupt notes that the members of a unit are interrupted, or no longer.
func (s *schedule) interrupt(u, by int) {
	for n, w := range s.units[u].members {
		if s.units[u].trips[n].Downtime == 0 {
			continue
		}
		for _, i := range s.limit[w] {
			s.wave.down[i] += by
		}
	}
}

// inTime tells whether this wave has the time and the hands for a unit.
func (s *schedule) inTime(u int) bool {
	x, length := &s.units[u], s.p.Policy.Window.Minutes()
	if s.wave.pilot != nil && !s.wave.pilot[u] {
		return false
	}
	if x.minutes > length {
		if s.wave.now > 0 || s.windows.policy.Start.Known() && s.windows.blackedOut(s.wave.opens, x.minutes) {
			return false
		}
	} else if s.wave.now+x.minutes > length {
		return false
	}
	most := s.p.Policy.Of(x.kind).Most
	already := s.wave.kinds[x.kind]
	return most == 0 || already == 0 || already+len(x.members) <= most
}

// fullSlot is a host that has as many moves in progress as it may, Nowhere
// when all ends of a unit have a slot.
func (s *schedule) fullSlot(u int) int {
	most := s.p.Policy.PerHost
	if s.wave.busy[s.units[u].to] >= most {
		return s.units[u].to
	}
	for _, w := range s.units[u].members {
		if at := s.at[w]; at != Nowhere && s.wave.busy[at] >= most {
			return at
		}
	}
	return Nowhere
}

// start sets a unit in motion. Its members follow each other in one slot; both
// ends are charged for all of them until the last has arrived, which is more
// than needed and never less.
func (s *schedule) start(u, to int) {
	x := &s.units[u]
	e := end{unit: u, to: to, at: s.wave.now + x.minutes}
	s.wave.busy[to]++
	minute := s.wave.now
	for n, w := range x.members {
		from := s.at[w]
		move := plan.Move{
			Workload: s.p.Workloads[w].ID, To: s.p.Hosts[to].ID, Kind: x.trips[n].Kind, Swing: to != x.to,
			Start: minute, Minutes: x.trips[n].Minutes, Downtime: x.trips[n].Downtime,
		}
		if from != Nowhere {
			move.From = s.p.Hosts[from].ID
			if !slices.Contains(e.from, from) {
				e.from = append(e.from, from)
				s.wave.busy[from]++
			}
		}
		s.wave.moves = append(s.wave.moves, move)
		s.wave.kinds[move.Kind]++
		s.arrive(w, to)
		minute += x.trips[n].Minutes
	}
	s.interrupt(u, 1)
	heap.Push(&s.wave.running, e)
}

// advance goes on to the next moment at which something ends.
func (s *schedule) advance() {
	s.wave.now = s.wave.running[0].at
	for len(s.wave.running) > 0 && s.wave.running[0].at == s.wave.now {
		s.finish(heap.Pop(&s.wave.running).(end))
	}
}

func (s *schedule) finish(e end) {
	x := &s.units[e.unit]
	s.wave.busy[e.to]--
	s.interrupt(e.unit, -1)
	for _, w := range x.members {
		from := s.at[w]
		s.leave(w, from, e.to)
		if from != Nowhere {
			s.leaving[from]--
		}
	}
	for _, h := range append(e.from, e.to) {
		if h != e.to {
			s.wave.busy[h]--
		}
		s.wake(h)
	}
	for _, u := range s.wave.ruled {
		heap.Push(&s.wave.ready, u)
	}
	s.wave.ruled = nil
	if e.to != x.to {
		s.leaving[e.to]++
		s.measure(e.unit)
		if x.waitsOn == 0 {
			heap.Push(&s.wave.ready, e.unit)
		}
		return
	}
	x.done = true
	s.pending--
	for _, g := range x.gates {
		if s.gates[g].left--; s.gates[g].left > 0 {
			continue
		}
		for _, l := range s.gates[g].later {
			if s.units[l].waitsOn--; s.units[l].waitsOn == 0 {
				heap.Push(&s.wave.ready, l)
			}
		}
	}
}

// release lets go the most urgent of what is held back.
func (s *schedule) release() bool {
	for len(s.wave.held) > 0 {
		n := 0
		for k, u := range s.wave.held {
			if s.units[u].rank < s.units[s.wave.held[n]].rank {
				n = k
			}
		}
		s.wave.forced = s.wave.held[n]
		s.wave.held = slices.Delete(s.wave.held, n, n+1)
		s.tryStart(s.wave.forced)
		if len(s.wave.running) > 0 {
			return true
		}
	}
	return false
}

// wake lets what waits for a host try again.
func (s *schedule) wake(host int) {
	for _, u := range s.wave.parked[host] {
		heap.Push(&s.wave.ready, u)
	}
	delete(s.wave.parked, host)
}

// end is a unit under way.
type end struct {
	unit int
	from []int
	to   int
	at   float64 // minutes since the wave opened
}

// ends is a heap, the earliest on top, of those the one that started first.
type ends []end

func (h ends) Len() int { return len(h) }
func (h ends) Less(a, b int) bool {
	return h[a].at < h[b].at || h[a].at == h[b].at && h[a].unit < h[b].unit
}
func (h ends) Swap(a, b int) { h[a], h[b] = h[b], h[a] }
func (h *ends) Push(e any)   { *h = append(*h, e.(end)) }
func (h *ends) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// ranked is a heap of units, the most urgent on top. What takes longer than a
// window comes before all: it must start with its wave.
type ranked struct {
	s     *schedule
	units []int
}

func (h *ranked) Len() int { return len(h.units) }
func (h *ranked) Less(a, b int) bool {
	x, y := &h.s.units[h.units[a]], &h.s.units[h.units[b]]
	long := h.s.p.Policy.Window.Minutes()
	if (x.minutes > long) != (y.minutes > long) {
		return x.minutes > long
	}
	return x.rank < y.rank
}
func (h *ranked) Swap(a, b int) { h.units[a], h.units[b] = h.units[b], h.units[a] }
func (h *ranked) Push(u any)    { h.units = append(h.units, u.(int)) }
func (h *ranked) Pop() any {
	last := h.units[len(h.units)-1]
	h.units = h.units[:len(h.units)-1]
	return last
}

func sortedKeys[V any](m map[int]V) []int { return slices.Sorted(maps.Keys(m)) }
