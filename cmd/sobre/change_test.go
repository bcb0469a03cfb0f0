package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sobre/planner/plan"
)

// TestEverydayChanges asks the questions of someone who runs a platform, and
// has the referee check every answer.
func TestEverydayChanges(t *testing.T) {
	folder := t.TempDir()
	estate, catalogue := filepath.Join(folder, "estate.yaml"), filepath.Join(folder, "catalogue.yaml")
	for path, text := range map[string]string{
		estate: `version: 1
name: hall
clusters: [{id: one}, {id: two}]
hosts:
  - {id: old-1, role: hypervisor, cluster: one, memory: 64 GiB, cpu: {model: Intel Xeon E5-2680, cores: 16, sockets: 2}}
  - {id: old-2, role: hypervisor, cluster: one, memory: 64 GiB, cpu: {model: Intel Xeon E5-2680, cores: 16, sockets: 2}}
  - {id: far-1, role: hypervisor, cluster: two, memory: 64 GiB, cpu: {model: Intel Xeon E5-2680, cores: 16, sockets: 2}}
workloads:
  - {id: x, kind: vm, host: old-1, vcpus: 2, memory: 8 GiB}
  - {id: y, kind: vm, host: old-2, vcpus: 2, memory: 8 GiB}
  - {id: z, kind: vm, host: far-1, vcpus: 2, memory: 8 GiB}
`,
		catalogue: `version: 1
hosts:
  - {name: new, memory: 128 GiB, cpu: {model: Intel Xeon E5-2680, cores: 16, sockets: 2}}
  - {name: other, memory: 256 GiB, cpu: {model: Intel Xeon E5-2680, cores: 16, sockets: 2}}
`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	policy := filepath.Join(folder, "policy.yaml")
	if err := os.WriteFile(policy, []byte("version: 1\nsurvive: {hosts: 0}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		args []string
		want string // hosts in service, in the order of the plan
	}{
		{"as it is", nil, "old-1 far-1"},
		{"evacuate", []string{"--evacuate", "old-1"}, "old-2 far-1"},
		{"keep", []string{"--keep", "old-*"}, "old-1 old-2 far-1"},
		{"merge", []string{"--merge-clusters"}, "old-1"},
		{"replace", []string{"-c", catalogue, "--evacuate", "old-*", "--buy", "new"}, "far-1 new-01"},
		{"replace all by one", []string{"-c", catalogue, "--evacuate", "*", "--merge-clusters", "--buy", "new:1"}, "new-01"},
	} {
		path := filepath.Join(t.TempDir(), "plan.json")
		command(t, exitDone, append([]string{"plan", estate, "-p", policy, "-o", path}, test.args...)...)
		command(t, exitDone, "verify", path, estate)
		var p plan.Plan
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &p); err != nil {
			t.Fatal(err)
		}
		var on []string
		for _, h := range p.Hosts {
			if h.State != plan.Retire {
				on = append(on, h.ID)
			}
		}
		if got := strings.Join(on, " "); got != test.want {
			t.Errorf("%s: %s in service, want %s", test.name, got, test.want)
		}
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--evacuate", "old-3"}, "did you mean"},
		{[]string{"-c", catalogue, "--buy", "new:many"}, "is no number"},
		{[]string{"-c", catalogue, "--buy", "newer"}, "newer"},
	} {
		if _, stderr := command(t, exitError, append([]string{"plan", estate}, test.args...)...); !strings.Contains(stderr, test.want) {
			t.Errorf("%v: %s, want %q", test.args, stderr, test.want)
		}
	}
}
