package benchmark

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
)

// Limits on what a file may ask for, so that a hostile one ends in an error
// and not in a machine without memory.
const (
	maxBytes   = 1 << 30 // of a file, decompressed
	maxNumbers = 16 << 20
	maxItems   = 16 << 20 // demands expanded
	maxDims    = 1 << 10
	maxTimes   = 1 << 12
)

// InputError is a fault in a file: where it is and what was expected there.
type InputError struct {
	File string
	Line int // 0: the file as a whole
	Text string
}

// Error names file and line as compilers do.
func (e *InputError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Text)
	}
	return e.File + ": " + e.Text
}

func faultf(file string, line int, format string, args ...any) error {
	return &InputError{File: file, Line: line, Text: fmt.Sprintf(format, args...)}
}

// openFile opens a file, through gzip when its content says so.
func openFile(path string) (*bufio.Reader, io.Closer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err // os names the path
	}
	r, err := unzip(path, f)
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return r, f, nil
}

// unzip returns the content of r, decompressed and limited.
func unzip(name string, r io.Reader) (*bufio.Reader, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	if head, _ := b.Peek(2); len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, faultf(name, 0, "reading gzip: %v", err)
		}
		return bufio.NewReaderSize(&limited{r: z, left: maxBytes}, 1<<16), nil
	}
	return bufio.NewReaderSize(&limited{r: b, left: maxBytes}, 1<<16), nil
}

var errTooLong = errors.New("longer than 1 GiB")

// limited is a reader that fails, rather than ends, at its limit: a cut file
// must not pass for a whole one.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLong
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}

// lines calls each for every line of a text that is not empty, without its
// end of line. A line is at most 1 MiB long.
func lines(name string, r io.Reader, each func(line int, text string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 1<<16), 1<<20)
	n := 0
	for s.Scan() {
		n++
		text := s.Text()
		if len(text) == 0 {
			continue
		}
		if err := each(n, text); err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		return faultf(name, n+1, "reading a line: %v", err)
	}
	return nil
}

// linesOf is lines on a file.
func linesOf(path string, each func(line int, text string) error) error {
	r, c, err := openFile(path)
	if err != nil {
		return err
	}
	defer c.Close()
	return lines(path, r, each)
}
