package tui

import (
	"context"
	"strings"
	"testing"

	"sobre/planner"
	"sobre/wording"
)

// TestPlainLines gives commands line by line and reads what comes back, which
// must hold nothing that a screen reader stumbles over.
func TestPlainLines(t *testing.T) {
	var out strings.Builder
	input := strings.Join([]string{"hosts", "/srv", "host neuf-01", "why fax-os", "host nobody", "carbon", "cost", "waves", "0", "w", "nonsense", "q", "not read"}, "\n")
	err := RunPlain(t.Context(), Config{
		Language: wording.English(), In: strings.NewReader(input), Out: &out,
		Open: func(context.Context, func(string)) (*Study, error) {
			p := testPlan()
			return &Study{Plan: p, Input: planner.Input{Policy: p.Policy}}, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{
		"srv-paie, State · retire, Model DL380 G4", "Bought: it takes the place of several hosts.", "stays on srv-fax: pinned by usb clé du fax",
		"Nothing is called nobody.", "last inventory on 2009-03-17", "unknown command nonsense.", "Power usage effectiveness", "without the estate",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said:\n%s", want, text)
		}
	}
	if strings.ContainsAny(text, "\x1b█▓░▏━◀│┆┌⠿") {
		t.Errorf("drawing in plain lines:\n%s", text)
	}
	golden(t, "plain", text)
}
