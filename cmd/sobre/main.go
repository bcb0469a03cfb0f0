// Command sobre places servers on fewer hosts, proves how close to the best
// possible that is, and says what it saves.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes, as documented in the help of sobre.
const (
	exitDone        = 0
	exitError       = 1
	exitGate        = 2 // a gate failed, or no feasible plan
	exitPartial     = 3 // done, but on partial data, with --strict
	exitInterrupted = 130
)

// exitWith is an error that ends the program with a code of its own. Without a
// cause nothing is printed: the command has said it all.
type exitWith struct {
	code  int
	cause error
}

func (e *exitWith) Error() string {
	if e.cause == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.cause.Error()
}

func (e *exitWith) Unwrap() error { return e.cause }

// run is the program without the process: arguments and streams in, code out.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRootCmd()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var exit *exitWith
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &exit):
		if exit.cause != nil {
			fmt.Fprintf(stderr, "sobre: %v\n", exit.cause)
		}
		return exit.code
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "sobre: interrupted")
		return exitInterrupted
	}
	fmt.Fprintf(stderr, "sobre: %v\n", err)
	return exitError
}
