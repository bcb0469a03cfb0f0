package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"sobre/planner/plan"
	"sobre/samples"
)

// TestSamplesKeepTheSchemas holds every catalogue, policy and estate file of
// the samples against its schema.
func TestSamplesKeepTheSchemas(t *testing.T) {
	checked := 0
	for _, sample := range samples.List() {
		s, fsys, err := samples.Open(sample.Name)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{s.Policy: "policy"}
		for _, path := range s.Catalogues {
			files[path] = "catalogue"
		}
		for _, path := range s.Inventory {
			if strings.HasPrefix(path, "estate.") {
				files[path] = "estate"
			}
		}
		for path, schema := range files {
			if path == "" {
				continue
			}
			text, err := fs.ReadFile(fsys, path)
			if err != nil {
				t.Fatal(err)
			}
			checked++
			if err := keeps(t, schema, text); err != nil {
				t.Errorf("sample %s, %s: %v", s.Name, path, err)
			}
		}
	}
	if checked < 4 {
		t.Errorf("only %d files were checked", checked)
	}
}

func TestSchemaCommand(t *testing.T) {
	for _, name := range plan.SchemaNames() {
		var out, errs bytes.Buffer
		if code := run(t.Context(), []string{"schema", name}, strings.NewReader(""), &out, &errs); code != exitDone {
			t.Errorf("%s: exit %d: %s", name, code, errs.String())
		}
		if !json.Valid(out.Bytes()) {
			t.Errorf("%s: no JSON", name)
		}
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"schema", "plans"}, strings.NewReader(""), &out, &errs); code != exitError || !strings.Contains(errs.String(), `"plan"`) {
		t.Errorf("exit %d, %q; want 1 and the nearest name", code, errs.String())
	}
}

// keeps validates a YAML or JSON document against a published schema.
func keeps(t *testing.T, name string, text []byte) error {
	t.Helper()
	schema, err := plan.Schema(name)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, parsed); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	return compiled.Validate(plainYAML(doc.Content[0]))
}

// plainYAML turns a YAML tree into the values that JSON has, as an editor does:
// a date is text, and only numbers, true and false are not.
func plainYAML(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainYAML(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plainYAML(c))
		}
		return list
	}
	switch n.Tag {
	case "!!int", "!!float":
		if v, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return json.Number(strconv.FormatFloat(v, 'f', -1, 64))
		}
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	}
	return n.Value
}
