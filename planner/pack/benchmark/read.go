package benchmark

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ReadOptions say what the files do not.
type ReadOptions struct {
	// Host is the capacity of a host for a flavour trace, in cores and GiB;
	// nil: 64 cores and 512 GiB.
	Host []int64
}

// Read reads an instance from a file, plain or gzipped, or from a folder of
// time profiles. It recognises the format by the content.
func Read(path string, o ReadOptions) (*Instance, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return readProfiles(path)
	}
	if !info.Mode().IsRegular() {
		return nil, faultf(path, 0, "neither a file nor a folder")
	}
	r, c, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	flavours := func() ([]flavour, error) {
		return readFlavours(filepath.Join(filepath.Dir(path), "flav_map.txt"))
	}
	return parse(path, r, flavours, o)
}

// Parse is Read on a text without neighbours: every format but the folder of
// time profiles and the trace, which needs its flavour map.
func Parse(name string, r io.Reader) (*Instance, error) {
	b, err := unzip(name, r)
	if err != nil {
		return nil, err
	}
	none := func() ([]flavour, error) {
		return nil, fmt.Errorf("a trace needs flav_map.txt beside it")
	}
	return parse(name, b, none, ReadOptions{})
}

func parse(name string, r *bufio.Reader, flavours func() ([]flavour, error), o ReadOptions) (*Instance, error) {
	// Errors of the first read come back from the reader that is chosen.
	head, _ := r.Peek(256)
	switch recognise(head) {
	case "generalised":
		return readGeneralised(name, r)
	case "numbers":
		return readNumbers(name, r)
	case "trace":
		f, err := flavours()
		if err != nil {
			return nil, fmt.Errorf("reading trace %s: %w", name, err)
		}
		return readTrace(name, r, f, o)
	case "json":
		return nil, faultf(name, 1, "this is JSON, perhaps printed answers: --check and --summary read those")
	case "empty":
		return nil, faultf(name, 0, "the file is empty")
	}
	return nil, faultf(name, 1, "not a known format: expected a number (vector or one-dimensional), "+
		"NAME (generalised), or a time and flavours (trace); time profiles are given as the folder they are in")
}

// recognise tells the format of a text from how it begins.
func recognise(head []byte) string {
	i := 0
	for i < len(head) && isSpace(head[i]) {
		i++
	}
	head = head[i:]
	switch {
	case len(head) == 0:
		return "empty"
	case head[0] == '{' || head[0] == '[':
		return "json"
	case len(head) >= 4 && string(head[:4]) == "NAME":
		return "generalised"
	}
	i = 0
	for i < len(head) && (head[i] >= '0' && head[i] <= '9' || head[i] == '-') {
		i++
	}
	if i == 0 {
		return ""
	}
	for i < len(head) && (head[i] == ' ' || head[i] == '\t') {
		i++
	}
	if i < len(head) && (isLetter(head[i]) || head[i] == '|') {
		return "trace"
	}
	return "numbers"
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
