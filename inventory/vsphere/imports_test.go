package vsphere_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestOnlyWhatReadsIsLinked keeps the simulator, and the parts of the library
// that change things, out of the package.
func TestOnlyWhatReadsIsLinked(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	if err != nil {
		t.Skipf("go list does not run here: %v", err)
	}
	const library = "github.com/vmware/govmomi/"
	linked := 0
	for _, path := range strings.Fields(string(out)) {
		part, ok := strings.CutPrefix(path, library)
		if !ok {
			continue
		}
		linked++
		if !strings.HasPrefix(part, "vim25") && part != "internal/version" {
			t.Errorf("%s is linked: only the types and the calls of vim25 are needed", path)
		}
	}
	if linked == 0 {
		t.Error("the library is not linked at all, so this test looks at the wrong package")
	}
}
