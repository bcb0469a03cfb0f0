package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms says what each package may import of the project: itself and what is
// below it, and the packages named. A room ends with /… when its sub-packages
// follow the same rule. The first that fits counts.
var rooms = []struct {
	room string
	may  []string
}{
	{"sobre/cmd/…", []string{"…"}},
	{"sobre/tui/…", []string{"sobre/tui/…", "sobre/wording/…", "sobre/planner", "sobre/planner/plan", "sobre/planner/explain", "sobre/planner/verify", "sobre/carbon", "sobre/cost", "sobre/inventory", "sobre/inventory/audit", "sobre/inventory/merge"}},
	{"sobre/report/gates", []string{"sobre/planner/gate", "sobre/planner/plan", "sobre/wording/…", "sobre/inventory"}},
	{"sobre/planner/drift", []string{"sobre/planner/plan", "sobre/carbon", "sobre/inventory"}},
	{"sobre/planner/gate", []string{"sobre/planner/plan", "sobre/carbon", "sobre/inventory"}},
	{"sobre/report/…", []string{"sobre/report/…", "sobre/wording/…", "sobre/planner/plan", "sobre/planner/drift", "sobre/planner/explain", "sobre/planner/scenario", "sobre/planner/verify", "sobre/carbon", "sobre/cost", "sobre/inventory", "sobre/inventory/audit", "sobre/inventory/merge"}},
	{"sobre/wording/…", []string{"sobre/wording/…", "sobre/planner/plan", "sobre/carbon", "sobre/cost", "sobre/inventory"}},
	{"sobre/planner/pack/…", []string{"sobre/planner/pack/…"}},
	{"sobre/planner/verify", []string{"sobre/planner/plan", "sobre/carbon", "sobre/cost", "sobre/inventory"}},
	{"sobre/planner/scenario", []string{"sobre/planner", "sobre/planner/pack", "sobre/planner/plan", "sobre/inventory"}},
	{"sobre/planner/explain", []string{"sobre/planner", "sobre/planner/pack", "sobre/planner/plan", "sobre/planner/verify", "sobre/inventory"}},
	{"sobre/planner/waves", []string{"sobre/planner/plan", "sobre/inventory"}},
	{"sobre/planner/plan", []string{"sobre/carbon", "sobre/cost", "sobre/inventory"}},
	{"sobre/planner", []string{"sobre/planner/pack", "sobre/planner/plan", "sobre/planner/verify", "sobre/planner/waves", "sobre/carbon", "sobre/cost", "sobre/inventory"}},
	{"sobre/cost", []string{"sobre/carbon", "sobre/inventory"}},
	{"sobre/carbon", []string{"sobre/inventory"}},
	{"sobre/inventory/open", []string{"sobre/inventory/…"}},
	{"sobre/inventory/sourcetest", []string{"sobre/internal/golden", "sobre/inventory"}},
	{"sobre/inventory", nil},
	{"sobre/inventory/…", []string{"sobre/inventory"}},
	{"sobre/internal/…", nil}, // helpers of tests, which know nothing of ours
	{"sobre/samples/…", []string{"sobre/samples/…"}},
}

// guests are libraries that only one room knows.
var guests = []struct {
	library string
	rooms   []string
}{
	{"github.com/spf13/cobra", []string{"sobre/cmd/…"}},
	{"charm.land/bubbletea", []string{"sobre/tui/…"}},
	{"charm.land/bubbles", []string{"sobre/tui/…"}},
	{"github.com/vmware/govmomi", []string{"sobre/inventory/vsphere"}},
}

// TestImportsPointDown holds the arrows of the house: who may import whom.
func TestImportsPointDown(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 10 {
		t.Fatalf("only %d packages are listed", len(packages))
	}
	for _, p := range packages {
		for _, path := range p.Imports {
			if own(path) && !allowed(t, p.ImportPath, path) {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
			for _, g := range guests {
				if strings.HasPrefix(path, g.library) && !within(p.ImportPath, g.rooms) {
					t.Errorf("%s imports %s, which is for %s only", p.ImportPath, path, strings.Join(g.rooms, ", "))
				}
			}
		}
	}
}

// TestArrowsCanBreak sees that the rules refuse what they are there for.
func TestArrowsCanBreak(t *testing.T) {
	for _, bad := range [][2]string{
		{"sobre/planner/verify", "sobre/planner/pack"},
		{"sobre/planner/verify", "sobre/planner"},
		{"sobre/planner/pack/lp", "sobre/inventory"},
		{"sobre/inventory/ocs", "sobre/inventory/rvtools"},
		{"sobre/inventory", "sobre/inventory/ocs"},
		{"sobre/report", "sobre/tui"},
		{"sobre/tui", "sobre/planner/pack"},
		{"sobre/carbon", "sobre/cost"},
		{"sobre/planner", "sobre/cmd/sobre"},
	} {
		if allowed(t, bad[0], bad[1]) {
			t.Errorf("%s may import %s", bad[0], bad[1])
		}
	}
}

func allowed(t *testing.T, importer, path string) bool {
	for _, r := range rooms {
		if within(importer, []string{r.room}) {
			return within(path, r.may)
		}
	}
	t.Errorf("%s is in no room: say in imports_test.go where it belongs", importer)
	return false
}

// within tells whether a package is one of the rooms.
func within(path string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(room string) bool {
		if prefix, ok := strings.CutSuffix(room, "…"); ok {
			return strings.HasPrefix(path+"/", prefix)
		}
		return path == room
	})
}

func own(path string) bool { return strings.HasPrefix(path, "sobre/") }

type listed struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	var problems bytes.Buffer
	cmd.Stderr = &problems
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	var packages []listed
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
