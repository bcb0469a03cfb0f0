package pack

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// Solve packs a problem. The error says what is wrong with the Problem; a
// problem without a solution is no error: Result.Unplaced then names what does
// not fit, and Result.Infeasible is set when that is proven.
func Solve(ctx context.Context, p *Problem, opt Options) (*Result, error) {
	if err := validate(p); err != nil {
		return nil, fmt.Errorf("packing: %w", err)
	}
	s := newSearch(compile(p), opt)
	defer s.watch(ctx)()
	s.run()
	return s.result(), nil
}

// search is the state of one Solve. It belongs to one goroutine; parts that
// run beside each other get meters of their own and give back packings.
type search struct {
	in   *instance
	opt  Options
	best *packing
	pool *pool

	bound   int64
	cert    *dual  // of bound; nil: it needs none or a search proved it
	foundBy string // what found best
	boundBy string // what proved bound
	none    bool   // proven: not everything can be placed

	meter *meter // all the work of Solve
	stop  atomic.Bool
	phase string
	seeds uint64 // used up by climbs

	settled *packing // from today's hosts; nil: moves do not count
	// finished: the search ended because nothing was left to do or to spend.
	finished bool
}

func newSearch(in *instance, opt Options) *search {
	s := &search{in: in, opt: opt, pool: newPool(), none: len(in.lost) > 0}
	limit := opt.Work
	if limit <= 0 {
		limit = map[Effort]int64{Quick: quickWork, Normal: normalWork, Thorough: thoroughWork}[opt.Effort]
	}
	s.meter = &meter{limit: limit, stop: &s.stop}
	if opt.TimeLimit > 0 {
		s.meter.until = time.Now().Add(opt.TimeLimit)
	}
	return s
}

// watch ends the search when the context or the time limit does. The function
// it returns must be called at the end.
func (s *search) watch(ctx context.Context) func() {
	cancel := context.CancelFunc(func() {})
	if s.opt.TimeLimit > 0 {
		ctx, cancel = context.WithTimeout(ctx, s.opt.TimeLimit)
	}
	release := context.AfterFunc(ctx, func() { s.stop.Store(true) })
	if ctx.Err() != nil {
		s.stop.Store(true)
	}
	return func() {
		release()
		cancel()
	}
}

// earlyWork is what local search gets before the proof, more with many
// workloads and less with few: it finds most of what it ever will in its first
// moments, and the proof has better packings then.
const (
	earlyWork    = quickWork / 8
	earlyMembers = 500
	earlyTyped   = 120    // instead, where hosts can be exchanged for others
	earlyEach    = 20_000 // for each workload at most
	earlyMost    = 40     // hundredths of all work
)

// settleShare is the part of the work, in hundredths, for a packing made from
// today's hosts when moves count.
const settleShare = 10

// proveGroups is up to how many groups column generation makes sense: its
// master program has a row for each.
const proveGroups = 3000

// run is the order of work: quick bounds, a packing, a better packing, proof.
func (s *search) run() {
	s.simpleBounds()
	s.enter("greedy")
	s.greedy()
	if s.in.moves {
		s.settle(s.meter.share(settleShare))
	}
	if s.done() {
		return
	}
	s.enter("search")
	members, each := int64(s.in.members()), int64(earlyMembers)
	if len(s.in.classes) > 1 {
		each = earlyTyped
	}
	early := min(earlyWork*max(1, members/each), earlyEach*members)
	s.improve(s.meter.part(min(early, s.meter.left()/100*earlyMost)))
	if !s.closed() && len(s.in.groups) <= proveGroups {
		s.proveWithin()
	}
	if s.done() {
		return
	}
	s.enter("search")
	s.improve(s.meter.part(s.meter.left()))
}

// proveWithin proves, and leaves work for the later objectives if there are any.
func (s *search) proveWithin() {
	restore := func() {}
	if len(s.in.costs) > 1 {
		restore = s.meter.narrow(s.meter.left() / 3 * 2)
	}
	if !s.meter.out() {
		s.prove()
	}
	restore()
}

// done tells whether nothing is left to do or to spend.
func (s *search) done() bool {
	s.finished = s.closed() && len(s.in.costs) == 1
	return s.finished || s.meter.out()
}

// closed tells whether the first objective is proven optimal, or that not
// everything can be placed while all that can be is.
func (s *search) closed() bool {
	return s.best != nil && s.best.missing == 0 && (s.none || s.best.values[0] <= s.bound)
}

// offer takes a packing over if it is the best so far. It chooses host types
// and evaluates it first.
func (s *search) offer(p *packing, by string) bool {
	s.in.chooseTypes(p)
	p.values = s.in.evaluate(p)
	if !p.better(s.best) {
		return false
	}
	s.best, s.foundBy = p, by
	s.report()
	return true
}

// raise takes a bound on the first objective over that an exhaustive search
// proved, if it is the best so far; raiseDual does it with a certificate.
func (s *search) raise(bound int64, by string) {
	if bound > s.bound {
		s.bound, s.cert, s.boundBy = bound, nil, by
		s.report()
	}
}

// enter begins a phase.
func (s *search) enter(phase string) {
	s.phase = phase
	s.report()
}

func (s *search) report() {
	if s.opt.Progress == nil || s.best == nil {
		return
	}
	s.opt.Progress(Progress{
		Phase:  s.phase,
		Value:  s.best.values[0],
		Bound:  s.bound,
		Work:   s.meter.spent,
		Placed: s.in.members() - s.best.missing,
		Done:   min(1, float64(s.meter.spent)/float64(s.meter.limit)),
	})
}
