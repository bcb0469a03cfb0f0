package inventory

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"
)

// EncodeYAML writes v as YAML, always the same bytes for the same v. An estate
// is written some records at a time, because the encoder keeps all that one
// call gives it until the end: an estate of 10,000 workloads would need
// hundreds of MiB.
func EncodeYAML(w io.Writer, v any) error {
	if e, ok := v.(*Estate); ok && e != nil {
		return encodeEstate(w, e)
	}
	return encodeNode(w, v)
}

func encodeNode(w io.Writer, v any) error {
	e := yaml.NewEncoder(w)
	e.SetIndent(2)
	if err := e.Encode(v); err != nil {
		return err
	}
	return e.Close()
}

// recordsAtOnce is how many records of an estate one encoder is given: enough
// that its buffers are not made anew for each, few enough to stay small.
const recordsAtOnce = 128

// encodeEstate writes the same bytes as one call of the encoder would.
func encodeEstate(w io.Writer, e *Estate) error {
	head := Estate{Version: e.Version, Name: e.Name, Collected: e.Collected}
	if err := encodeNode(w, &head); err != nil {
		return err
	}
	for _, list := range []func() error{
		func() error { return encodeList(w, "sources", e.Sources) },
		func() error { return encodeList(w, "sites", e.Sites) },
		func() error { return encodeList(w, "chassis", e.Chassis) },
		func() error { return encodeList(w, "clusters", e.Clusters) },
		func() error { return encodeList(w, "pools", e.Pools) },
		func() error { return encodeList(w, "hosts", e.Hosts) },
		func() error { return encodeList(w, "workloads", e.Workloads) },
		func() error { return encodeList(w, "datastores", e.Datastores) },
		func() error { return encodeList(w, "rules", e.Rules) },
		func() error { return encodeList(w, "findings", e.Findings) },
	} {
		if err := list(); err != nil {
			return err
		}
	}
	return nil
}

// encodeList writes a list under its key. Each batch is encoded under the key,
// so that it stands as far in as in the whole, and loses it again but for the
// first.
func encodeList[T any](w io.Writer, key string, list []T) error {
	var text bytes.Buffer
	for from := 0; from < len(list); from += recordsAtOnce {
		text.Reset()
		batch := list[from:min(from+recordsAtOnce, len(list))]
		if err := encodeNode(&text, map[string][]T{key: batch}); err != nil {
			return fmt.Errorf("writing %s from number %d on: %w", key, from+1, err)
		}
		out := text.Bytes()
		if from > 0 {
			_, out, _ = bytes.Cut(out, []byte("\n"))
		}
		if _, err := w.Write(out); err != nil {
			return err
		}
	}
	return nil
}

// EncodeJSON writes v as indented JSON, always the same bytes for the same v.
func EncodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
