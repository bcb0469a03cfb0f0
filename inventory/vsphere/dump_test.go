package vsphere_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vmware/govmomi/simulator"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fromDump serves a folder of objects as `govc object.save` writes them.
func fromDump(t testing.TB, dir string) *simulator.Server {
	t.Helper()
	m := new(simulator.Model)
	if err := m.Load(dir); err != nil {
		t.Fatal(err)
	}
	return serve(t, m)
}

// TestDump collects from dumps of ours and compares the whole estate. The
// server's port and its clock are taken out.
func TestDump(t *testing.T) {
	for _, name := range []string{"esxi"} {
		t.Run(name, func(t *testing.T) {
			got := yamlOf(t, collect(t, account(fromDump(t, filepath.Join("testdata", name)).URL.Host)))
			got = regexp.MustCompile(`https://127\.0\.0\.1:\d+`).ReplaceAll(got, []byte("https://127.0.0.1"))
			got = regexp.MustCompile(`(?m)collected: \S+$`).ReplaceAll(got, []byte("collected: 2026-01-02"))
			golden := filepath.Join("testdata", name+".golden.yaml")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want, got) {
				t.Errorf("estate (-%s +got):\n%s", golden, cmp.Diff(string(want), string(got)))
			}
		})
	}
}
