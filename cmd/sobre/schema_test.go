package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"sobre/internal/schemacheck"
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
		files := map[string]string{}
		if s.Policy != "" {
			files[s.Policy] = "policy"
		} else {
			files[s.Inventory[0]] = "capacity"
		}
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
	return schemacheck.Conforms(schema, text)
}
