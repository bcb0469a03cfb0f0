package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// progressLine is one line on a terminal that is written over and over. On
// anything else than a terminal it shows nothing.
type progressLine struct {
	out  io.Writer // nil: silent
	mu   sync.Mutex
	last time.Time
}

// newProgressLine makes the progress line of a command, silent in pipes, in CI
// and with --no-progress or --quiet.
func newProgressLine(c *cobra.Command) *progressLine {
	off, _ := c.Flags().GetBool("no-progress")
	quiet, _ := c.Flags().GetBool("quiet")
	file, isFile := c.ErrOrStderr().(*os.File)
	if off || quiet || os.Getenv("CI") != "" || !isFile || !term.IsTerminal(int(file.Fd())) {
		return &progressLine{}
	}
	return &progressLine{out: file}
}

// redraw is the least time between two states of the line: faster only flickers.
const redraw = 100 * time.Millisecond

// show replaces the line, unless it has just been drawn.
func (p *progressLine) show(format string, args ...any) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.last) < redraw {
		return
	}
	p.last = time.Now()
	fmt.Fprintf(p.out, "\r\x1b[K%s", ansi.Truncate(fmt.Sprintf(format, args...), 79, "…"))
}

// clear takes the line off the screen.
func (p *progressLine) clear() {
	if p.out != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
