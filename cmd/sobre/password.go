package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// maxPassword is more than any password file holds, in bytes.
const maxPassword = 4096

// errNoTerminal says that there is nobody to ask.
var errNoTerminal = errors.New("standard input is not a terminal")

// findPassword takes the password of an account from a file, from the first of
// the variables that is set, or from a person.
func findPassword(ctx context.Context, stdin io.Reader, stderr io.Writer, file, account string, variables ...string) (string, error) {
	if file != "" {
		return readPasswordFile(file)
	}
	for _, v := range variables {
		if password := os.Getenv(v); password != "" {
			return password, nil
		}
	}
	password, err := askPassword(ctx, stdin, stderr, "Password of the "+account+" account: ")
	if errors.Is(err, errNoTerminal) {
		return "", fmt.Errorf("the password is missing: set %s, or give --password-file (it can be asked for on a terminal only)", variables[0])
	}
	return password, err
}

// readPasswordFile reads a password from the first line of a file.
func readPasswordFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("reading the password: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxPassword+1))
	if err != nil {
		return "", fmt.Errorf("reading the password: %w", err)
	}
	password, _, _ := strings.Cut(string(data), "\n")
	password = strings.TrimSuffix(password, "\r")
	if password == "" || len(data) > maxPassword {
		return "", fmt.Errorf("reading the password: %s does not hold one in its first line", path)
	}
	return password, nil
}

// askPassword asks for a password on a terminal without showing it. It returns
// when ctx ends, with the terminal as it was.
func askPassword(ctx context.Context, stdin io.Reader, stderr io.Writer, question string) (string, error) {
	file, ok := stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return "", errNoTerminal
	}
	fd := int(file.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("asking for the password: %w", err)
	}
	fmt.Fprint(stderr, question)
	defer fmt.Fprintln(stderr)
	type answer struct {
		password []byte
		err      error
	}
	answers := make(chan answer, 1)
	go func() {
		password, err := term.ReadPassword(fd)
		answers <- answer{password, err}
	}()
	select {
	case <-ctx.Done():
		_ = term.Restore(fd, before)
		return "", ctx.Err()
	case a := <-answers:
		if a.err != nil {
			return "", fmt.Errorf("asking for the password: %w", a.err)
		}
		return string(a.password), nil
	}
}
