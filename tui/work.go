package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"sobre/planner"
	"sobre/planner/plan"
)

// work is something that runs in the background: reading, or a search.
type work struct {
	number   int
	cancel   context.CancelFunc
	messages chan tea.Msg
	reading  string                   // what is being read; empty: a search runs
	parts    map[int]planner.Progress // last report of each part of the estate
	last     planner.Progress
	chart    []point // how the search went
}

// point is the best and the bound of a search at one time.
type point struct{ hosts, bound int }

// The messages of background work. Each carries the number of its work, so
// that what a cancelled one still sends is not taken for news.
type (
	readingMsg struct {
		number int
		done   string
	}
	searchingMsg struct {
		number   int
		progress planner.Progress
	}
	openedMsg struct {
		number int
		study  *Study
		err    error
	}
	reopenedMsg struct {
		number int
		input  planner.Input
		err    error
	}
	solvedMsg struct {
		number int
		plan   *plan.Plan
		input  planner.Input
		err    error
	}
)

// reportEvery is the least time between two reports that reach the screen.
const reportEvery = 100 * time.Millisecond

// startWork runs a job in a goroutine. The job's last message is its return
// value; those before it go through say, which never waits for the screen.
func startWork(ctx context.Context, number int, job func(ctx context.Context, say func(tea.Msg)) tea.Msg) *work {
	ctx, cancel := context.WithCancel(ctx)
	w := &work{number: number, cancel: cancel, messages: make(chan tea.Msg, 1), parts: map[int]planner.Progress{}}
	say := func(m tea.Msg) {
		select {
		case w.messages <- m:
		default:
		}
	}
	go func() {
		last := job(ctx, say)
		select { // room for the last message: nobody else sends
		case <-w.messages:
		default:
		}
		w.messages <- last
	}()
	return w
}

// next waits for the next message of the work.
func (w *work) next() tea.Cmd {
	return func() tea.Msg { return <-w.messages }
}

// openJob reads the study.
func openJob(c Config, number int) func(context.Context, func(tea.Msg)) tea.Msg {
	return func(ctx context.Context, say func(tea.Msg)) tea.Msg {
		var last time.Time
		study, err := c.Open(ctx, func(done string) {
			if time.Since(last) >= reportEvery {
				last = time.Now()
				say(readingMsg{number, done})
			}
		})
		return openedMsg{number, study, err}
	}
}

// reopenJob reads what a plan was made from.
func reopenJob(s *Study, number int) func(context.Context, func(tea.Msg)) tea.Msg {
	return func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		in, err := s.Reopen(ctx)
		return reopenedMsg{number, in, err}
	}
}

// solveJob plans.
func solveJob(in planner.Input, o planner.Options, number int) func(context.Context, func(tea.Msg)) tea.Msg {
	return func(ctx context.Context, say func(tea.Msg)) tea.Msg {
		var last time.Time
		part := 0
		o.Progress = func(p planner.Progress) {
			if p.Part != part || time.Since(last) >= reportEvery {
				last, part = time.Now(), p.Part
				say(searchingMsg{number, p})
			}
		}
		p, err := planner.Make(ctx, in, o)
		return solvedMsg{number, p, in, err}
	}
}

// settleTime is how long a change must stand before it is planned with, so that
// running through values starts one search and not one for each.
const settleTime = 250 * time.Millisecond

// settled is a job that waits for the settle time first.
func settled(job func(context.Context, func(tea.Msg)) tea.Msg) func(context.Context, func(tea.Msg)) tea.Msg {
	return func(ctx context.Context, say func(tea.Msg)) tea.Msg {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(settleTime):
		}
		return job(ctx, say)
	}
}

// chartLength is how many points of a search are kept.
const chartLength = 240

// note keeps a report.
func (w *work) note(p planner.Progress) {
	w.last = p
	w.parts[p.Part] = p
	now := point{}
	for _, q := range w.parts {
		now.hosts += q.Hosts
		now.bound += q.Bound
	}
	w.chart = append(w.chart, now)
	if len(w.chart) > chartLength {
		w.chart = w.chart[1:]
	}
}
