package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// gatesFile is held against estateText.
const gatesFile = `version: 1
policy: {survive: {hosts: 1}}
gates:
  - {deny: hosts <= 16}
  - {deny: vcpus.per_core <= 4}
  - {warn: hosts <= 3, on: plan}
`

// testCheck holds estates to gates as a CI job does: lines, formats to files
// and to standard output, exit codes, baseline, waivers by date.
func testCheck(t *testing.T, b *binary) {
	b.write(t, "estate.json", estateText(t, 16, 90))
	b.write(t, "gates.yaml", gatesFile)
	check := func(code int, more ...string) (string, string) {
		return b.run(t, code, append([]string{"check", "estate.json", "--today", "2026-11-22"}, more...)...)
	}
	out, _ := check(exitDone, "--gates", "gates.yaml", "--format", "junit=j.xml,sarif=s.sarif,tap=t.tap,gitlab=g.json,openmetrics=m.txt,json=r.json", "--format", "github=h.txt")
	if !strings.Contains(out, "4 gates") || !strings.Contains(out, "warn") || strings.Contains(out, "\x1b") {
		t.Errorf("it prints %s", out)
	}
	for name, sign := range map[string]string{"j.xml": "<testsuites>", "s.sarif": `"2.1.0"`, "t.tap": "TAP version 14", "g.json": "check_name", "m.txt": "# EOF", "r.json": `"results"`, "h.txt": "::warning file=gates.yaml,line=6"} {
		if text := string(b.read(t, name)); !strings.Contains(text, sign) {
			t.Errorf("%s: %s", name, text)
		}
	}
	out, errs := check(exitDone, "--gates", "gates.yaml", "--format", "json")
	if !json.Valid([]byte(out)) || !strings.Contains(errs, "4 gates") {
		t.Errorf("a format on standard output: %s\n%s", out, errs)
	}

	b.write(t, "gates.yaml", strings.Replace(gatesFile, "hosts <= 16", "hosts <= 12", 1))
	out, _ = check(exitGate, "--gates", "gates.yaml")
	if !strings.Contains(out, "FAIL   hosts <= 12") || !strings.Contains(out, "after the best plan") {
		t.Errorf("it prints %s", out)
	}
	check(exitDone, "--gates", "gates.yaml", "--write-baseline", "known.json")
	out, _ = check(exitDone, "--gates", "gates.yaml", "--baseline", "known.json")
	if !strings.Contains(out, "known  hosts <= 12") {
		t.Errorf("it prints %s", out)
	}
	b.write(t, "gates.yaml", strings.Replace(gatesFile, "{deny: hosts <= 16}", "{deny: hosts <= 12, waivers: [{owner: o, reason: r, until: 2026-11-22}]}", 1))
	check(exitDone, "--gates", "gates.yaml")
	b.run(t, exitGate, "check", "estate.json", "--today", "2026-11-23", "-g", "gates.yaml")
	b.write(t, "gates.yaml", "gates: [{deny: data.memory >= 0 %}, {deny: hosts.unmaintained >= 0}]\nversion: 1\n")
	check(exitGate, "--gates", "gates.yaml", "--strict") // cannot be told, so fails
	b.write(t, "gates.yaml", "gates: [{warn: hosts.unmaintained >= 0}]\nversion: 1\n")
	check(exitPartial, "--gates", "gates.yaml", "--strict")
	check(exitDone, "--gates", "gates.yaml")
}

// testCheckErrors sees that what makes no sense is told before any work.
func testCheckErrors(t *testing.T, b *binary) {
	b.write(t, "estate.json", estateText(t, 2, 3))
	b.write(t, "typo.yaml", "version: 1\nhosts: [{id: a}]\ngates:\n  - {deny: gap == 0}\n  - {deny: hots <= 12}\n")
	b.write(t, "empty.yaml", "version: 1\n")
	b.write(t, "policy.yaml", "policy: {preset: bold}\ngates: [{deny: gap == 0}]\nversion: 1\n")
	b.write(t, "both.yaml", "version: 1\nhosts: [{id: a, role: hypervisor, memory: 8 GiB, cpu: {cores: 4}}]\npolicy: {preset: bold}\ngates: [{deny: gap == 0}]\n")
	for _, bad := range []struct{ want, args string }{
		{`typo.yaml:5: gates[1]: nothing is measured as "hots"; did you mean "hosts"?`, "typo.yaml"},
		{"--gates empty.yaml: the file has no gates", "estate.json -g empty.yaml"},
		{"--gates both.yaml: the file has an estate of its own", "estate.json -g both.yaml"},
		{"both both.yaml and policy.yaml have a policy", "both.yaml -g policy.yaml"},
		{"did you mean junit?", "estate.json --format jnuit"},
		{"cannot both go to standard output", "estate.json --format junit,sarif"},
		{"a file is expected after =", "estate.json --format junit="},
		{"is not a date", "estate.json --today tomorrow"},
		{"nowhere.json", "estate.json --baseline nowhere.json"},
		{"no estate", ""},
	} {
		_, errs := b.run(t, exitError, append([]string{"check"}, strings.Fields(bad.args)...)...)
		if !strings.Contains(errs, bad.want) {
			t.Errorf("check %s: %q does not say %q", bad.args, errs, bad.want)
		}
	}
	// A capacity file is an estate: every command takes it, with its policy.
	b.write(t, "capacity.yaml", "version: 1\nhosts: [{id: a, role: hypervisor, memory: 8 GiB, cpu: {cores: 4}}]\nworkloads: [{id: v, kind: vm, host: a, memory: 1 GiB, vcpus: 1}]\npolicy: {preset: bold, survive: {hosts: 0}}\ngates: [{deny: gap == 0}]\n")
	b.run(t, exitDone, "plan", "capacity.yaml", "-o", "plan.json")
	if !strings.Contains(string(b.read(t, "plan.json")), `"preset": "bold"`) {
		t.Error("the policy of the capacity file was not used")
	}
	b.run(t, exitDone, "verify", "plan.json", "capacity.yaml")
}

// testCheckSamples shows what a newcomer tries first.
func testCheckSamples(t *testing.T, b *binary) {
	for sample, want := range map[string]string{"capacity": "13 gates: 10 hold, 2 are waived, 1 warns", "mulhouse": "has no gates", "vcenter": "4 hold"} {
		out, _ := b.run(t, exitDone, "check", "--sample", sample, "--today", "2026-11-22")
		if !strings.Contains(out, want) {
			t.Errorf("sample %s prints %s", sample, out)
		}
	}
	list, _ := b.run(t, exitDone, "check", "--list", "--lang", "fr")
	if !strings.Contains(list, "licence.NAME.cores") || !strings.Contains(list, "hôtes en service") {
		t.Errorf("--list prints %s", list)
	}
}
