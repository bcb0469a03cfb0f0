package main

import (
	"strings"
	"testing"
)

func TestExplainOnScreen(t *testing.T) {
	path := planOf(t, "mulhouse")
	for _, test := range []struct {
		args []string
		want []string
	}{
		{[]string{"--no-prices"}, []string{"43 hosts are needed", "36 × what runs", "[certificate C1]"}},
		{[]string{"why not one fewer", "--no-prices"}, []string{"43 hosts are needed"}},
		{[]string{"SRV-DC1"}, []string{"srv-dc1-os (SRV-DC1) goes on bl460c-g6-", "Named by      contrôleurs de domaine", "rule contrôleurs de domaine"}},
		{[]string{"srv-sig-db"}, []string{"is kept", "What stays on it keeps it: srv-sig-db-os"}},
		{[]string{"srv-dc1"}, []string{"is retired", "It is switched off after wave", "srv-dc1-os → bl460c-g6-"}},
		{[]string{"bases Oracle"}, []string{"apart: SRV-ORA-ECOLES lnx-ora-tech", "ithout it"}},
		{[]string{"--prices"}, []string{"rule bases Oracle", "survive.hosts", "1 → 0"}},
		{[]string{"--prices", "--output", "markdown"}, []string{"| rule bases Oracle | without it |"}},
		{[]string{"co2e"}, []string{"co2e"}},
		{[]string{"--room", "2 vCPU, 4 GiB"}, []string{"more of this size fit"}},
	} {
		text, _ := command(t, exitDone, append([]string{"explain", path, "--lang", "en"}, test.args...)...)
		for _, want := range test.want {
			if !strings.Contains(text, want) {
				t.Errorf("%v: %q is not in\n%s", test.args, want, text)
			}
		}
		for _, line := range strings.Split(text, "\n") {
			if n := len([]rune(strings.TrimRight(line, " "))); n > 80 && test.args[len(test.args)-1] != "markdown" && test.args[0] != "co2e" {
				t.Errorf("%v: %d columns: %s", test.args, n, line)
			}
		}
	}
	if text, _ := command(t, exitDone, "explain", path, "srv-dc1", "--output", "json"); !strings.HasPrefix(text, "{") {
		t.Errorf("no JSON: %s", text)
	}
}

func TestExplainRefusesWhatMakesNoSense(t *testing.T) {
	path := planOf(t, "mulhouse")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{path, "srv-dc9"}, "did you mean"},
		{[]string{path, "--room", "two"}, "--room"},
		{[]string{path, "--output", "pdf"}, "--output pdf"},
		{[]string{path, "--output", "markdown"}, "is for --prices"},
		{[]string{"no-plan.json"}, "no-plan.json"},
	} {
		if _, stderr := command(t, exitError, append([]string{"explain", "--lang", "en"}, test.args...)...); !strings.Contains(stderr, test.want) {
			t.Errorf("%v: %s, want %q", test.args, stderr, test.want)
		}
	}
}
