package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"sobre/internal/schemacheck"
)

// release is what of the release configuration has to be so.
type release struct {
	Version int
	Before  struct{ Hooks []string }
	Builds  []struct {
		Main, Binary string
		Env, Flags   []string
		Ldflags      []string
		ModTimestamp string `yaml:"mod_timestamp"`
		Goos, Goarch []string
	}
	Archives []struct {
		Formats   []string
		BuildInfo mtime `yaml:"builds_info"`
		Files     []struct {
			Src  string
			Info mtime
		}
	}
	Nfpms []struct {
		Formats  []string
		License  string
		Mtime    string
		Contents []struct {
			Src, Dst string
			FileInfo mtime `yaml:"file_info"`
		}
	}
	Checksum struct{ Algorithm string }
	Release  struct{ Disable bool }
}

type mtime struct {
	Mode  int
	Mtime string
}

// TestReleaseConfiguration holds the release to what it promises: every system
// and processor, no cgo, and the same bytes from the same commit.
func TestReleaseConfiguration(t *testing.T) {
	text, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var r release
	if err := yaml.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if r.Version != 2 || !r.Release.Disable || r.Checksum.Algorithm != "sha256" || len(r.Builds) != 1 || len(r.Archives) != 1 || len(r.Nfpms) != 1 {
		t.Fatalf("not what is expected: %+v", r)
	}
	b := r.Builds[0]
	for what, ok := range map[string]bool{
		"the systems":            slices.Equal(b.Goos, []string{"linux", "darwin", "windows"}),
		"the processors":         slices.Equal(b.Goarch, []string{"amd64", "arm64"}),
		"no cgo":                 slices.Contains(b.Env, "CGO_ENABLED=0"),
		"paths left out":         slices.Contains(b.Flags, "-trimpath"),
		"the version":            strings.Contains(strings.Join(b.Ldflags, " "), "-X main.version={{ .Version }}"),
		"the time of the binary": b.ModTimestamp == "{{ .CommitTimestamp }}",
		"the packages":           slices.Equal(r.Nfpms[0].Formats, []string{"deb", "rpm", "apk"}),
		"the licence":            r.Nfpms[0].License == "Apache-2.0",
	} {
		if !ok {
			t.Errorf("%s: not as promised", what)
		}
	}
	const commit = "{{ .CommitDate }}"
	times := []string{r.Archives[0].BuildInfo.Mtime, r.Nfpms[0].Mtime}
	for _, f := range r.Archives[0].Files {
		times = append(times, f.Info.Mtime)
	}
	for _, c := range r.Nfpms[0].Contents {
		times = append(times, c.FileInfo.Mtime)
	}
	for n, v := range times {
		if v != commit {
			t.Errorf("time %d is %q: two builds of a commit would differ", n, v)
		}
	}
}

// TestReleaseBuildsWhatIsThere sees that what the configuration names exists.
func TestReleaseBuildsWhatIsThere(t *testing.T) {
	text, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var r release
	if err := yaml.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "list", "-f", "{{.Name}}", r.Builds[0].Main)
	cmd.Dir = "../.."
	name, err := cmd.Output()
	if err != nil || strings.TrimSpace(string(name)) != "main" {
		t.Errorf("%s is no program: %s %v", r.Builds[0].Main, name, err)
	}
	for _, c := range r.Nfpms[0].Contents {
		if strings.HasPrefix(c.Src, "packaging/") {
			continue // made before the build, see TestPackaging
		}
		if _, err := os.Stat("../../" + c.Src); err != nil {
			t.Error(err)
		}
	}
}

// TestPackaging makes what packages carry beside the program, and sees that the
// release finds every file of it where it looks.
func TestPackaging(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("builds the program, by a shell script")
	}
	text, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var r release
	if err := yaml.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Before.Hooks) != 1 || !strings.HasPrefix(r.Before.Hooks[0], "sh packaging/packaging.sh ") {
		t.Fatalf("the release prepares %v", r.Before.Hooks)
	}
	cmd := exec.Command("sh", "packaging/packaging.sh", "1.2.3")
	cmd.Dir = "../.."
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, c := range r.Nfpms[0].Contents {
		if found, err := filepath.Glob("../../" + c.Src); err != nil || len(found) == 0 {
			t.Errorf("%s is packed and not there: %v", c.Src, err)
		}
	}
	pages, err := filepath.Glob("../../packaging/man/*.gz")
	if err != nil || len(pages) < 10 {
		t.Errorf("%d manual pages: %v", len(pages), err)
	}
}

// TestReleaseFollowsItsSchema finds misspelt fields without the release tool.
func TestReleaseFollowsItsSchema(t *testing.T) {
	text, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := os.ReadFile("testdata/goreleaser/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	follows := func(text string) error { return schemacheck.Conforms(schema, []byte(text)) }
	if err := follows(string(text)); err != nil {
		t.Error(err)
	}
	if follows(strings.Replace(string(text), "goos:", "gooos:", 1)) == nil {
		t.Error("a misspelt field passes")
	}
}
