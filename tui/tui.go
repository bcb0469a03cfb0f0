package tui

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sobre/planner"
	"sobre/planner/plan"
	"sobre/wording"
)

// Study is what is shown: a plan, and what it was made from where that is known.
type Study struct {
	Plan  *plan.Plan    // nil: still to be made from Input
	Input planner.Input // Estate nil: not known, so nothing can be tried out
	Path  string        // of the plan's file; empty: it is in none
	// Reopen reads what the plan was made from, once the plan is on the screen;
	// nil: there is nothing to read. An Input without Estate says that it is not
	// there any more.
	Reopen func(context.Context) (planner.Input, error)

	opened planner.Input // Input before anything was tried
}

// Config is what the terminal screens need from the program around them.
type Config struct {
	Language *wording.Language
	// Open reads the study in the background and says how far it is.
	Open func(ctx context.Context, report func(done string)) (*Study, error)
	// Write writes a file whole or not at all.
	Write   func(path string, write func(io.Writer) error) error
	Options planner.Options // of the searches
	State   State           // as the last session left the screens
	// Remember keeps the state when the reader leaves; nil: it is not kept.
	Remember func(State) error
	Colour   bool
	In       io.Reader
	Out      io.Writer
}

// Run shows the study until the reader leaves. Ending ctx ends it with
// context.Canceled.
func Run(ctx context.Context, c Config) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(c.In), tea.WithOutput(c.Out)}
	if !c.Colour {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	p := tea.NewProgram(newModel(ctx, c), options...)
	last, err := p.Run()
	if m, ok := last.(*model); ok && m.failed != nil {
		return m.failed
	} else if ok && m.view != nil && c.Remember != nil {
		// The session is over and did what it was for; a folder that cannot be
		// written only loses how the screens were left.
		_ = c.Remember(m.remembered())
	}
	if errors.Is(err, tea.ErrProgramKilled) || errors.Is(err, tea.ErrInterrupted) {
		return context.Canceled
	}
	if err != nil {
		return fmt.Errorf("terminal screens: %w", err)
	}
	return nil
}
