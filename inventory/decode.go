package inventory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"gopkg.in/yaml.v3"
)

// MaxFileBytes is the largest YAML or JSON file that Decode reads: ten times
// an estate of 45,000 workloads.
const MaxFileBytes = 1 << 30

// Decode reads one YAML or JSON document into a new T. It is strict: a field
// that T does not have, a value without its unit or a word out of place is an
// error that names file, line and the nearest known name. name is what errors
// call the input.
func Decode[T any](r io.Reader, name string) (*T, error) {
	data, err := readAll(r, name)
	if err != nil {
		return nil, err
	}
	v := new(T)
	if looksLikeJSON(data) && decodeJSON(data, v) == nil {
		return v, nil
	}
	// JSON that failed is read again as YAML, of which it is a subset, because
	// only that reader knows the line of every value.
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(doc.Content) == 0 {
		return nil, fmt.Errorf("reading %s: the file is empty", name)
	}
	if err := checkNode(doc.Content[0], v, name); err != nil {
		return nil, err
	}
	if err := doc.Decode(v); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return v, nil
}

// DecodeFile reads the file at path as Decode does.
func DecodeFile[T any](path string) (*T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Decode[T](f, path)
}

func readAll(r io.Reader, name string) ([]byte, error) {
	// The transformer drops a byte order mark and turns UTF-16 into UTF-8.
	text := transform.NewReader(io.LimitReader(r, MaxFileBytes+1), unicode.BOMOverride(transform.Nop))
	data, err := io.ReadAll(text)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(data) > MaxFileBytes {
		return nil, fmt.Errorf("reading %s: larger than %d MiB", name, MaxFileBytes>>20)
	}
	return data, nil
}

func looksLikeJSON(data []byte) bool {
	trimmed := bytes.TrimLeft(data, " \t\r\n")
	return len(trimmed) > 0 && trimmed[0] == '{'
}

func decodeJSON(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text after the document")
	}
	return nil
}
