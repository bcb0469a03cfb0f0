package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sobre/inventory"
	"sobre/planner/plan"
)

// binary is the program as users run it: another process, no terminal, nothing
// on standard input, no settings from outside.
type binary struct {
	path string
	dir  string // it runs in
}

// TestProgram builds the program once and uses it.
func TestProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	path := filepath.Join(t.TempDir(), "sobre")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	// With the flags of a release, which has to stay small.
	if text, err := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, text)
	}
	const most = 40_000_000
	if info, err := os.Stat(path); err != nil || info.Size() > most {
		t.Errorf("the program has %v bytes, %d are allowed (%v)", info.Size(), most, err)
	}
	for name, test := range map[string]func(*testing.T, *binary){
		"main road": testMainRoad, "edited plan": testEditedPlan, "bad input": testBadInput, "vCenter": testVCenterRoad,
		"two months": testCompareEstates, "documents": testDocuments,
		"gates": testCheck, "gates that make no sense": testCheckErrors, "gates of samples": testCheckSamples,
		"screens without a terminal": testTUIWithoutATerminal, "screens": testTUISession, "report": testReport,
	} {
		t.Run(name, func(t *testing.T) { test(t, &binary{path: path, dir: t.TempDir()}) })
	}
}

// run runs the program and checks its exit code.
func (b *binary) run(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	cmd := exec.Command(b.path, args...)
	cmd.Dir = b.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "SOBRE_") && !strings.HasPrefix(v, "GOVC_") && !strings.HasPrefix(v, "L") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "SOBRE_VSPHERE_PASSWORD=pass word")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != want {
		t.Fatalf("sobre %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, want, out.String(), errs.String())
	}
	return out.String(), errs.String()
}

func (b *binary) write(t *testing.T, name, text string) {
	t.Helper()
	writeFile(t, filepath.Join(b.dir, name), text)
}

func (b *binary) read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// testMainRoad goes the main road with the real program: plan, verify, and
// the same plan again to the byte.
func testMainRoad(t *testing.T, b *binary) {
	b.write(t, "estate.json", estateText(t, 16, 90))
	b.write(t, "policy.yaml", "version: 1\nsurvive: {hosts: 1}\n")
	for _, road := range []struct {
		name   string
		inputs []string
	}{
		{"mulhouse", []string{"--sample", "mulhouse"}},
		{"vcenter", []string{"--sample", "vcenter"}},
		{"estate", []string{"estate.json", "-p", "policy.yaml"}},
	} {
		t.Run(road.name, func(t *testing.T) {
			file := road.name + ".plan.json"
			screen, noise := b.run(t, exitDone, append([]string{"plan", "-o", file}, road.inputs...)...)
			if !strings.Contains(screen, "Hosts") || !strings.Contains(screen, file) {
				t.Errorf("the screen shows no hosts or no file:\n%s", screen)
			}
			if strings.Contains(screen+noise, "\x1b") || strings.Contains(noise, "\r") {
				t.Errorf("escapes or progress without a terminal: %q %q", screen, noise)
			}
			for line := range strings.Lines(screen) {
				if len([]rune(line)) > 81 {
					t.Errorf("wider than 80 columns: %s", line)
				}
			}
			text := b.read(t, file)
			if err := keeps(t, "plan", text); err != nil {
				t.Error(err)
			}
			again, _ := b.run(t, exitDone, append([]string{"plan", "-o", "-"}, road.inputs...)...)
			if again != string(text) {
				t.Error("the same input gives another plan")
			}
			verdict, _ := b.run(t, exitDone, append([]string{"verify", file}, road.inputs...)...)
			if !strings.Contains(verdict, "holds") || !strings.Contains(verdict, "0 violations") {
				t.Errorf("verify says %s", verdict)
			}
		})
	}
}

// testEditedPlan edits a right plan by hand and sees that verify tells.
func testEditedPlan(t *testing.T, b *binary) {
	b.write(t, "estate.json", estateText(t, 9, 40))
	b.run(t, exitDone, "plan", "estate.json", "-o", "plan.json")
	p := new(plan.Plan)
	if err := json.Unmarshal(b.read(t, "plan.json"), p); err != nil {
		t.Fatal(err)
	}
	p.Placements = p.Placements[1:]
	var text bytes.Buffer
	if err := inventory.EncodeJSON(&text, p); err != nil {
		t.Fatal(err)
	}
	b.write(t, "edited.json", text.String())
	out, _ := b.run(t, exitGate, "verify", "edited.json", "estate.json")
	if !strings.Contains(out, "BROKEN") || !strings.Contains(out, "workload-missing") {
		t.Errorf("verify says %s", out)
	}
	out, _ = b.run(t, exitGate, "verify", "edited.json", "estate.json", "--output", "json")
	var report struct{ Violations []struct{ Code string } }
	if err := json.Unmarshal([]byte(out), &report); err != nil || len(report.Violations) == 0 {
		t.Errorf("verify prints %s (%v)", out, err)
	}
}

// testBadInput sees that what is wrong is told with its exit code, where to
// look, and never with a crash.
func testBadInput(t *testing.T, b *binary) {
	b.write(t, "broken.yaml", "version: 1\nhosts:\n  - id: a\n    memmory: 16 GiB\n")
	b.write(t, "truncated.json", `{"version": 1, "collected": "2026-01-01", "hosts": [{"id":`)
	b.write(t, "empty.yaml", "")
	b.write(t, "estate.json", estateText(t, 2, 3))
	b.write(t, "toobig.json", strings.Replace(estateText(t, 2, 3), `"memory": "4 GiB"`, `"memory": "4 TiB"`, 1))
	b.write(t, "policy.yaml", "minimise: [fun]\n")
	for _, bad := range []struct {
		name string
		code int
		want string // on standard error
		args []string
	}{
		{"no such file", exitError, "nowhere.yaml", []string{"plan", "nowhere.yaml"}},
		{"unknown field", exitError, `broken.yaml:4`, []string{"plan", "broken.yaml"}},
		{"truncated", exitError, "truncated.json", []string{"plan", "truncated.json"}},
		{"empty", exitError, "empty.yaml", []string{"plan", "empty.yaml"}},
		{"policy", exitError, "policy.yaml:1", []string{"plan", "estate.json", "-p", "policy.yaml"}},
		{"unknown sample", exitError, "mulhouse", []string{"plan", "--sample", "colmar"}},
		{"unknown flag", exitError, "--fast", []string{"plan", "--fast"}},
		{"unknown command", exitError, "plam", []string{"plam"}},
		{"unknown format", exitError, "--output", []string{"plan", "estate.json", "--output", "xml"}},
		{"nothing fits", exitGate, "", []string{"plan", "toobig.json"}},
		{"verify without a plan", exitError, "estate.json:3: a plan has no field", []string{"verify", "estate.json"}},
		{"verify what is no plan", exitError, "a plan has no field", []string{"verify", "estate.json", "estate.json"}},
		{"nowhere to write", exitError, "none", []string{"plan", "estate.json", "-o", "none/plan.json"}},
	} {
		t.Run(bad.name, func(t *testing.T) {
			out, errs := b.run(t, bad.code, bad.args...)
			if !strings.Contains(errs, bad.want) || strings.Contains(errs+out, "goroutine ") {
				t.Errorf("standard error %q, want %q", errs, bad.want)
			}
		})
	}
}

// testVCenterRoad goes from a live vCenter over TLS to a verified plan.
func testVCenterRoad(t *testing.T, b *binary) {
	address, ca := vcenter(t)
	b.run(t, exitDone, "collect", "vsphere", "--url", address, "--user", "audit", "--ca", ca, "-o", "estate.json")
	if err := keeps(t, "estate", b.read(t, "estate.json")); err != nil {
		t.Error(err)
	}
	b.write(t, "policy.yaml", "version: 1\nclusters: merge\nsurvive: {hosts: 0}\n")
	b.run(t, exitDone, "plan", "estate.json", "-p", "policy.yaml", "-o", "plan.json")
	out, _ := b.run(t, exitDone, "verify", "plan.json", "estate.json", "-p", "policy.yaml")
	if !strings.Contains(out, "0 violations") {
		t.Errorf("verify says %s", out)
	}
	b.run(t, exitError, "collect", "vsphere", "--url", address, "--user", "audit", "-o", "untrusted.json")
	if _, err := os.Stat(filepath.Join(b.dir, "untrusted.json")); err == nil {
		t.Error("an estate was written from a server that is not trusted")
	}
}

// estateText makes an estate of equal hosts and of guests of a few sizes.
func estateText(t *testing.T, hosts, guests int) string {
	t.Helper()
	e := &inventory.Estate{Version: inventory.Version, Name: "generated", Sites: []inventory.Site{{Name: "hall", Country: "FR"}}}
	for n := range hosts {
		e.Hosts = append(e.Hosts, inventory.Host{
			ID: fmt.Sprintf("esx-%02d", n), Role: inventory.Hypervisor, Site: "hall", Year: 2017, Memory: inventory.GiB(64),
			CPU: inventory.CPU{Model: "Intel Xeon E5-2650 v4", Sockets: 2, Cores: 24, Threads: 48, Clock: inventory.MHz(2200)},
		})
	}
	sizes := []float64{4, 6, 8, 12}
	for n := range guests {
		e.Workloads = append(e.Workloads, inventory.Workload{
			ID: fmt.Sprintf("vm-%03d", n), Kind: inventory.VM, Host: fmt.Sprintf("esx-%02d", n%hosts), VCPUs: 1 + n%4,
			Memory: inventory.GiB(sizes[n%len(sizes)]),
			Use:    inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(3), P95: inventory.PercentLevel(float64(5 + n%20))}},
		})
	}
	var text bytes.Buffer
	if err := inventory.EncodeJSON(&text, e); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
