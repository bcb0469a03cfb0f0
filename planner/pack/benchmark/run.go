package benchmark

import (
	"context"
	"fmt"
	"time"

	"sobre/planner/pack"
)

// Task is a set of files to pack, and how.
type Task struct {
	Files    []string
	Jobs     int // files at the same time; 0 and 1: one after the other
	Read     ReadOptions
	Engine   pack.Options
	Baseline string // a rule to use instead of the engine; empty: the engine
	Solution bool   // add solutions and certificates to the answers
}

// outcome is what became of one file.
type outcome struct {
	answer Answer
	err    error
}

// Run packs every file and calls each with its answer, or with the error that
// kept it from one, in the order of the files. It stops at an error that each
// returns. When ctx ends, files under way answer with the best so far and
// further ones are not begun: Run then returns the context's error.
func Run(ctx context.Context, t Task, each func(Answer, error) error) error {
	work, stop := context.WithCancel(ctx)
	slots := make(chan struct{}, max(1, t.Jobs))
	results := make([]chan outcome, len(t.Files))
	for i := range results {
		results[i] = make(chan outcome, 1)
	}
	begun := make(chan struct{})
	defer func() { stop(); <-begun }()
	go func() {
		defer close(begun)
		for i, file := range t.Files {
			select {
			case slots <- struct{}{}:
			case <-work.Done():
			}
			if work.Err() != nil {
				results[i] <- outcome{err: work.Err()}
				continue
			}
			go func() {
				results[i] <- t.one(work, file)
				<-slots
			}()
		}
	}()
	for i := range results {
		o := <-results[i]
		if o.err != nil && work.Err() != nil {
			return ctx.Err()
		}
		if err := each(o.answer, o.err); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// one reads and packs a file.
func (t *Task) one(ctx context.Context, file string) outcome {
	start := time.Now()
	in, err := Read(file, t.Read)
	if err != nil {
		return outcome{err: err}
	}
	if m := in.Misfit(); m != nil {
		return outcome{answer: NewMisfit(in, m, time.Since(start))}
	}
	var r *pack.Result
	if t.Baseline != "" {
		r, err = Baseline(ctx, t.Baseline, &in.Problem)
	} else {
		r, err = pack.Solve(ctx, &in.Problem, t.Engine)
	}
	if err != nil {
		return outcome{err: fmt.Errorf("packing %s: %w", file, err)}
	}
	return outcome{answer: NewAnswer(in, r, time.Since(start), t.Solution)}
}
