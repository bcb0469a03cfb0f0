package tui

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sobre/planner"
)

// plainWidth is the width that plain lines are wrapped to.
const plainWidth = 80

// RunPlain gives the same content as Run in lines that are written once and
// never redrawn, and reads commands line by line: for screen readers, braille
// lines and scripts. It ends with the input.
func RunPlain(ctx context.Context, c Config) error {
	m := newModel(ctx, c)
	m.look = plainLook()
	out := bufio.NewWriter(c.Out)
	defer out.Flush()
	if err := m.openPlain(out); err != nil {
		return err
	}
	m.printScreen(out)
	lines := bufio.NewScanner(c.In)
	for {
		fmt.Fprint(out, "> ")
		if err := out.Flush(); err != nil {
			return err
		}
		if !lines.Scan() {
			fmt.Fprintln(out)
			return lines.Err()
		}
		if !m.plainCommand(out, strings.TrimSpace(lines.Text())) {
			return nil
		}
	}
}

// openPlain reads and plans without a screen.
func (m *model) openPlain(out io.Writer) error {
	words := &m.config.Language.TUI
	fmt.Fprintln(out, words.Opening)
	study, err := m.config.Open(m.ctx, func(string) {})
	if err != nil {
		return err
	}
	if study == nil {
		return errors.New("nothing was opened")
	}
	m.study = study
	if study.Reopen != nil {
		if study.Input, err = study.Reopen(m.ctx); err != nil {
			fmt.Fprintln(out, clean(err.Error()))
		}
	}
	study.opened = study.Input
	if study.Plan == nil {
		if study.Plan, err = planner.Make(m.ctx, study.Input, m.config.Options); err != nil {
			return err
		}
		study.Input.Policy = study.Plan.Policy
	}
	m.size.width = plainWidth
	m.showPlan(study.Plan)
	return nil
}

// printScreen writes the screen in front.
func (m *model) printScreen(out io.Writer) {
	words := &m.config.Language.TUI
	fmt.Fprintf(out, "\n%s: %s, %s\n\n", clean(m.view.plan.Estate.Name), words.ScreenTitles[m.at], proofText(m.plainFrame(), m.view.plan))
	for _, line := range m.screens[m.at].body(m.plainFrame()) {
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
	fmt.Fprintf(out, "\n%s\n%s\n", words.AccessibleHelp, strings.Join(words.ScreenNames, ", "))
}

func (m *model) plainFrame() frame {
	f := m.frame()
	f.plain, f.width, f.height = true, plainWidth, 1<<20
	return f
}

// plainCommand does what a line asks for; it tells whether to go on.
func (m *model) plainCommand(out io.Writer, text string) bool {
	text = strings.TrimPrefix(text, ":")
	word, rest, _ := strings.Cut(text, " ")
	m.note = ""
	switch {
	case word == "q" || word == "quit":
		return false
	case word == "":
		return true
	case slices.Contains(screenKeys[:], word) && word != "w" || word == "w" && rest == "":
		m.at = screenID(slices.Index(screenKeys[:], word))
		m.printScreen(out)
	case word == "host" || word == "why":
		m.command(text)
		m.printRow(out)
	case strings.HasPrefix(word, "/"):
		if t := m.table(); t != nil {
			t.setFilter(strings.TrimPrefix(text, "/"))
			m.printScreen(out)
		}
	default:
		before := m.at
		m.command(text)
		for m.work != nil { // the command planned again
			m.report(<-m.work.messages)
		}
		if m.note == "" || m.at != before {
			m.printScreen(out)
		}
	}
	if m.note != "" {
		fmt.Fprintln(out, clean(m.note))
	}
	return true
}

// printRow writes the details of the row that was asked for.
func (m *model) printRow(out io.Writer) {
	t := m.table()
	if m.note != "" || t == nil || t.row() < 0 {
		return
	}
	details := hostDetails
	if m.at == workloadsScreen {
		details = workloadDetails
	}
	for _, line := range wrapAll(details(m.plainFrame(), t.row()), plainWidth) {
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
}
