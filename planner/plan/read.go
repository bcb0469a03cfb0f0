package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"sobre/inventory"
)

// Read reads a plan, which is JSON. It is strict: an unknown field, a value of
// another kind or text after the plan is an error that names file and line.
// name is what errors call the input.
func Read(r io.Reader, name string) (*Plan, error) {
	data, err := io.ReadAll(io.LimitReader(r, inventory.MaxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading plan %s: %w", name, err)
	}
	if len(data) > inventory.MaxFileBytes {
		return nil, fmt.Errorf("reading plan %s: larger than %d MiB", name, inventory.MaxFileBytes>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	p := new(Plan)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("reading plan %s:%d: %s", name, lineOf(data, err), inWords(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading plan %s:%d: text after the plan", name, line(data, d.InputOffset()))
	}
	if p.Version != inventory.Version {
		return nil, fmt.Errorf("reading plan %s: version %d is not a plan's of this program (version %d)", name, p.Version, inventory.Version)
	}
	return p, nil
}

// ReadFile reads the plan at path as Read does.
func ReadFile(path string) (*Plan, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f, path)
}

// unknownField is how encoding/json begins to say so; it has no type for it.
const unknownField = "json: unknown field "

// lineOf is the line that an error of encoding/json is about.
func lineOf(data []byte, err error) int {
	if e := (*json.SyntaxError)(nil); errors.As(err, &e) {
		return line(data, e.Offset)
	}
	if e := (*json.UnmarshalTypeError)(nil); errors.As(err, &e) {
		return line(data, e.Offset)
	}
	if field, ok := strings.CutPrefix(err.Error(), unknownField); ok {
		return line(data, int64(max(bytes.Index(data, []byte(field)), 0)))
	}
	return line(data, int64(len(data)))
}

func line(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n"))
}

func inWords(err error) string {
	if e := (*json.UnmarshalTypeError)(nil); errors.As(err, &e) {
		return fmt.Sprintf("%s: a %s stands where another kind of value is expected", e.Field, e.Value)
	}
	if field, ok := strings.CutPrefix(err.Error(), unknownField); ok {
		return "a plan has no field " + field
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the file ends before the plan does"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}
