package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestCollectCSV walks from a list that nobody has described to an estate.
func TestCollectCSV(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "list.csv", "Nom du serveur;N° de série;Mémoire (Go);Divers;Quoi\nETATCIVIL;CZC7310XYZ;8;x;Debian\n")
	run := func(args ...string) (stdout, stderr string, err error) {
		var out, said bytes.Buffer
		cmd := newCollectCSVCmd()
		addCommonFlags(cmd)
		cmd.SilenceUsage, cmd.SilenceErrors = true, true
		cmd.SetArgs(args)
		cmd.SetOut(&out)
		cmd.SetErr(&said)
		err = cmd.ExecuteContext(t.Context())
		return out.String(), said.String(), err
	}
	guess, _, err := run("list.csv", "--guess")
	if err != nil || !strings.Contains(guess, `serial: "N° de série"`) || !strings.Contains(guess, "# sure (the header): CZC7310XYZ") {
		t.Fatalf("got %s, %v", guess, err)
	}
	estate, said, err := run("list.csv")
	if err != nil || !strings.Contains(estate, "serial: CZC7310XYZ") || strings.Contains(estate, "os: Debian") || !strings.Contains(said, `not sure: "Quoi"`) {
		t.Errorf("without a mapping: %s, %s, %v", estate, said, err)
	}
	writeFile(t, "m.yaml", guess)
	if _, _, err := run("list.csv", "--map", "m.yaml", "-o", "estate.yaml"); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("estate.yaml")
	if err != nil || !strings.Contains(string(data), "os: Debian") || !strings.Contains(string(data), "memory: 8 GiB") {
		t.Errorf("with the mapping: %s, %v", data, err)
	}
	writeFile(t, "list.map.yaml", "version: 1\ncolumns: {name: \"Nom du serveur\"}\nlabels: {note: Divers}\n")
	if estate, _, err := run("list.csv"); err != nil || !strings.Contains(estate, "note: x") || strings.Contains(estate, "CZC7310XYZ") {
		t.Errorf("with the mapping beside it: %s, %v", estate, err)
	}
	for _, args := range [][]string{{"list.csv", "--guess", "--map", "m.yaml"}, {"none.csv"}, {"none.csv", "--guess"}, {"list.csv", "--map", "none.yaml"}, {}} {
		if _, _, err := run(args...); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
