package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"sobre/report"
)

func TestCatalogue(t *testing.T) {
	out, _ := runIn(t, exitDone, "catalogue", "DL380 G5", "E5-2650 v2")
	for _, want := range []string{"1 SERVER\n", "ProLiant DL380 G5", "2006", "1 PROCESSOR\n", "Xeon E5-2650 v2", "2.60", "hpe: QuickSpecs", "intel: Intel product"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	all, _ := runIn(t, exitDone, "catalogue", "--all")
	for line := range strings.Lines(all) {
		if ansi.StringWidth(strings.TrimSpace(line)) > 80 {
			t.Errorf("wider than 80 columns: %s", line)
		}
	}
	var tables report.CatalogueTables
	text, _ := runIn(t, exitDone, "catalogue", "--output", "json")
	if err := json.Unmarshal([]byte(text), &tables); err != nil || len(tables.Servers) < 150 || len(tables.Processors) < 700 {
		t.Fatalf("%v: %d servers, %d processors", err, len(tables.Servers), len(tables.Processors))
	}
	for _, p := range tables.Processors {
		if p.Work <= 0 || p.Idle <= 0 || p.Full <= p.Idle {
			t.Errorf("%+v", p)
		}
	}
	for _, form := range []string{"yaml", "csv", "markdown"} {
		if out, _ := runIn(t, exitDone, "catalogue", "R740", "--output", form); !strings.Contains(out, "PowerEdge R740") {
			t.Errorf("%s: %s", form, out)
		}
	}
	runIn(t, exitError, "catalogue", "no-such-thing")
	runIn(t, exitError, "catalogue", "--output", "tabel")
	if out, _ := runIn(t, exitDone, "catalogue"); !strings.Contains(out, "--all") {
		t.Errorf("%s", out)
	}
}

// TestInspectOutputs runs the audit of a sample in every form.
func TestInspectOutputs(t *testing.T) {
	for form, want := range map[string]string{"table": "In short", "json": `"candidates"`, "yaml": "candidates:", "csv": "kind,id,name", "markdown": "## Candidates"} {
		if out, _ := runIn(t, exitDone, "inspect", "--sample", "mulhouse", "--output", form); !strings.Contains(out, want) {
			t.Errorf("%s holds no %s:\n%.500s", form, want, out)
		}
	}
	if out, _ := runIn(t, exitDone, "inspect", "--sample", "mulhouse", "--details"); !strings.Contains(out, "CANDIDATES") || !strings.Contains(out, "srv-dc1") {
		t.Errorf("no details:\n%.500s", out)
	}
	runIn(t, exitError, "inspect", "--sample", "mulhouse", "--output", "pdf")
}
