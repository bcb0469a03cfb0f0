package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/planner/plan"
)

// runIn runs the program in-process and fails on any exit code but want.
func runIn(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), append(args, "--no-progress", "--lang", "en"), strings.NewReader(""), &out, &errs); code != want {
		t.Fatalf("sobre %s: exit %d, want %d\n%s%s", strings.Join(args, " "), code, want, out.String(), errs.String())
	}
	return out.String(), errs.String()
}

// TestMaskedEstateGivesTheSamePlan plans an estate and its mask, brings the
// plan of the mask back and compares where everything goes and what is proven.
// Figures with a range are drawn by name, and may differ in their last digits.
func TestMaskedEstateGivesTheSamePlan(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	writeFile(t, at("estate.json"), estateText(t, 12, 60))
	writeFile(t, at("policy.yaml"), "version: 1\nsurvive: {hosts: 1}\nhosts: {retire: [\"*1\"]}\n")
	runIn(t, exitDone, "mask", at("estate.json"), "-p", at("policy.yaml"), "--key", at("town.key"), "-o", at("masked.json"), "--policy-out", at("masked-policy.yaml"))
	runIn(t, exitDone, "plan", at("estate.json"), "-p", at("policy.yaml"), "-o", at("plan.json"))
	runIn(t, exitDone, "plan", at("masked.json"), "-p", at("masked-policy.yaml"), "-o", at("masked-plan.json"))
	runIn(t, exitDone, "verify", at("masked-plan.json"), at("masked.json"), "-p", at("masked-policy.yaml"))
	runIn(t, exitDone, "unmask", at("masked-plan.json"), "--key", at("town.key"), "-o", at("back.json"))

	read := func(name string) (*plan.Plan, string) {
		text, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		p := new(plan.Plan)
		if err := json.Unmarshal(text, p); err != nil {
			t.Fatal(err)
		}
		return p, string(text)
	}
	want, _ := read("plan.json")
	got, _ := read("back.json")
	_, masked := read("masked-plan.json")
	type place struct{ Workload, From, To, Kind string }
	places := func(p *plan.Plan) (out []place) {
		for _, m := range p.Placements {
			out = append(out, place{m.Workload, m.From, m.To, m.Kind})
		}
		for _, h := range p.Hosts {
			out = append(out, place{Workload: "host " + h.ID, Kind: string(h.State)})
		}
		return out
	}
	if diff := cmp.Diff(places(want), places(got)); diff != "" {
		t.Errorf("the plan of the masked estate, brought back (-want +got):\n%s", diff)
	}
	if want.After.Hosts != got.After.Hosts || want.Status != got.Status {
		t.Errorf("%d hosts, %s; want %d, %s", got.After.Hosts, got.Status, want.After.Hosts, want.Status)
	}
	if diff := cmp.Diff(want.Bound, got.Bound); diff != "" {
		t.Errorf("bound (-want +got):\n%s", diff)
	}
	var e inventory.Estate
	text, _ := os.ReadFile(at("estate.json"))
	if err := json.Unmarshal(text, &e); err != nil {
		t.Fatal(err)
	}
	for _, h := range e.Hosts {
		if regexp.MustCompile(`\b` + regexp.QuoteMeta(h.ID) + `\b`).MatchString(masked) {
			t.Errorf("host %s is named in the masked plan", h.ID)
		}
	}
}

// TestMaskKeepsItsKey holds that a key is read again, checked, and secret.
func TestMaskKeepsItsKey(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	writeFile(t, at("estate.json"), estateText(t, 3, 5))
	first, said := runIn(t, exitDone, "mask", at("estate.json"), "--key", at("k"))
	if !strings.Contains(said, "host 3") {
		t.Errorf("it says %s", said)
	}
	if again, _ := runIn(t, exitDone, "mask", at("estate.json"), "--key", at("k")); again != first {
		t.Error("the same estate and key give another mask")
	}
	if info, err := os.Stat(at("k")); err != nil || info.Mode().Perm() != 0o600 && os.PathSeparator == '/' {
		t.Errorf("the key: %v, %v", info, err)
	}
	runIn(t, exitError, "mask", at("estate.json"))
	runIn(t, exitError, "unmask", at("estate.json"), "--key", at("none"))
	writeFile(t, at("bad"), "version: 1\nsecret: x\n")
	runIn(t, exitError, "mask", at("estate.json"), "--key", at("bad"))
}

// TestMergeKeepsDecisions decides once and merges by it the next time.
func TestMergeKeepsDecisions(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	writeFile(t, at("a.yaml"), "version: 1\nsources: [{id: x, kind: vsphere, path: a}]\nhosts: [{id: web, name: web, memory: 8 GiB, from: [{source: x}]}]\n")
	writeFile(t, at("b.yaml"), "version: 1\nsources: [{id: y, kind: ocs, path: b}]\nhosts: [{id: web, name: web, memory: 16 GiB, from: [{source: y}]}]\n")
	out, _ := runIn(t, exitDone, "merge", at("a.yaml"), at("b.yaml"), "-o", at("e.yaml"))
	if !strings.Contains(out, "2 machines") || !strings.Contains(out, "--same web=web-2") {
		t.Errorf("undecided:\n%s", out)
	}
	runIn(t, exitError, "merge", at("a.yaml"), at("b.yaml"), "--same", "web=web")
	runIn(t, exitError, "merge", at("a.yaml"), at("b.yaml"), "--decisions", at("d.yaml"), "--same", "web")
	runIn(t, exitDone, "merge", at("a.yaml"), at("b.yaml"), "--decisions", at("d.yaml"), "--same", "x:web=y:web", "--prefer", "memory=ocs")
	out, _ = runIn(t, exitDone, "merge", at("a.yaml"), at("b.yaml"), "--decisions", at("d.yaml"), "-o", at("e.yaml"))
	if !strings.Contains(out, "1 machine ") || !strings.Contains(out, "16 GiB") || !strings.Contains(out, "decision") {
		t.Errorf("decided:\n%s", out)
	}
	text, err := os.ReadFile(at("e.yaml"))
	if err != nil || !strings.Contains(string(text), "memory: 16 GiB") {
		t.Errorf("the estate: %v\n%s", err, text)
	}
	for _, form := range []string{"json", "yaml", "csv", "markdown"} {
		if out, _ := runIn(t, exitDone, "merge", at("a.yaml"), at("b.yaml"), "--output", form); !strings.Contains(out, "web") {
			t.Errorf("%s: %s", form, out)
		}
	}
}
