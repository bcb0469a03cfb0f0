package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCompareScenarios(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("estate.yaml", `version: 1
name: hall
hosts:
  - {id: a, role: hypervisor, memory: 64 GiB, cpu: {model: Intel Xeon E5-2680, cores: 16, sockets: 2}}
  - {id: b, role: hypervisor, memory: 64 GiB, cpu: {model: Intel Xeon E5-2680, cores: 16, sockets: 2}}
  - {id: c, role: hypervisor, memory: 64 GiB, cpu: {model: Intel Xeon E5-2680, cores: 16, sockets: 2}}
workloads:
  - {id: x, kind: vm, host: a, vcpus: 2, memory: 8 GiB}
  - {id: y, kind: vm, host: b, vcpus: 2, memory: 8 GiB}
  - {id: z, kind: vm, host: c, vcpus: 2, memory: 8 GiB}
`)
	path := write("scenarios.yaml", `version: 1
name: the hall
estate: [estate.yaml]
scenarios:
  - {name: today, nothing: true}
  - {name: safe}
  - {name: bare, policy: {survive: {hosts: 0}}}
  - {name: hosted, hosted: {per_vm: 30 EUR, co2e_per_vm: 20 kg}}
`)
	text, _ := command(t, exitDone, "compare", path, "--lang", "en")
	for _, want := range []string{"the hall · 4 scenarios", "Fewest hosts: hosted", "safe is beaten by bare."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	data, _ := command(t, exitDone, "compare", path, "--output", "json")
	var got struct {
		Scenarios []struct {
			Name  string
			Hosts int
		}
	}
	if err := json.Unmarshal([]byte(data), &got); err != nil || len(got.Scenarios) != 4 || got.Scenarios[1].Hosts != 2 || got.Scenarios[2].Hosts != 1 {
		t.Errorf("%v: %+v", err, got)
	}
	csv, _ := command(t, exitDone, "compare", path, "--output", "csv")
	if n := strings.Count(csv, "\n"); n != 5 {
		t.Errorf("%d lines of CSV, want 5\n%s", n, csv)
	}
	markdown, _ := command(t, exitDone, "compare", path, "--output", "markdown", "--lang", "fr")
	if !strings.HasPrefix(markdown, "# the hall\n") || !strings.Contains(markdown, "| today |") {
		t.Errorf("Markdown:\n%s", markdown)
	}
	presets, _ := command(t, exitDone, "compare", "--presets", filepath.Join(folder, "estate.yaml"), "--lang", "en")
	if !strings.Contains(presets, "prudent") || !strings.Contains(presets, "bold") {
		t.Errorf("presets:\n%s", presets)
	}
}

func TestComparePlans(t *testing.T) {
	one := planOf(t, "mulhouse")
	two := filepath.Join(t.TempDir(), "two.json")
	command(t, exitDone, "plan", "--sample", "mulhouse", "-o", two)
	text, _ := command(t, exitDone, "compare", one, two, "--lang", "en")
	if !strings.Contains(text, "2 scenarios") || strings.Contains(text, "is beaten by") {
		t.Errorf("two equal plans:\n%s", text)
	}
}

func TestCompareRefusesWhatMakesNoSense(t *testing.T) {
	path := planOf(t, "mulhouse")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"compare"}, "nothing to compare"},
		{[]string{"compare", path}, "one plan alone"},
		{[]string{"compare", "a", "b", "c"}, "neither a scenario file nor a plan"},
		{[]string{"compare", path, path, "--output", "pdf"}, "--output pdf"},
	} {
		if _, stderr := command(t, exitError, test.args...); !strings.Contains(stderr, test.want) {
			t.Errorf("%v: %s, want %q", test.args, stderr, test.want)
		}
	}
}
