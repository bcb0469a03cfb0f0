package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"sobre/internal/golden"
	"sobre/samples"
)

// documents are those whose commands are run. In them
//
//   - a block of sh is run with the real program, in a folder of the document
//     that has the files of documentFolder; it must succeed,
//   - a block of console is run line by line after "$ ", and must print what
//     stands below ("…" stands for anything); -update writes it anew,
//   - <!-- exits 2 --> before a block says how it ends,
//   - <!-- not run: reason --> before a block says why it is not.
var documents = []string{"README.md", "docs/*.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "samples/*/README.md"}

// block is a fenced block of a document.
type block struct {
	line       int // of the fence
	kind, text string
	notRun     string
	exits      int
	start, end int // of the text, in bytes of the document
}

var (
	fence     = regexp.MustCompile("(?m)^```([a-z]+)\n((?s:.*?))^```$")
	notRun    = regexp.MustCompile(`<!-- not run: (.+) -->\s*$`)
	exitsWith = regexp.MustCompile(`<!-- exits ([0-9]) -->\s*$`)
)

func blocksOf(text string) []block {
	var list []block
	for _, m := range fence.FindAllStringSubmatchIndex(text, -1) {
		b := block{line: 1 + strings.Count(text[:m[0]], "\n"), kind: text[m[2]:m[3]], text: text[m[4]:m[5]], start: m[4], end: m[5]}
		if b.kind != "sh" && b.kind != "console" {
			continue
		}
		before := text[:m[0]]
		if c := notRun.FindStringSubmatch(before); c != nil {
			b.notRun = c[1]
		}
		if c := exitsWith.FindStringSubmatch(before); c != nil {
			b.exits = int(c[1][0] - '0')
		}
		list = append(list, b)
	}
	return list
}

// testDocuments runs every command of the documents.
func testDocuments(t *testing.T, b *binary) {
	if runtime.GOOS == "windows" {
		t.Skip("the documents show a shell")
	}
	var paths []string
	for _, pattern := range documents {
		found, err := filepath.Glob(filepath.Join("../..", pattern))
		if err != nil || len(found) == 0 {
			t.Errorf("no document is called %s (%v)", pattern, err)
		}
		paths = append(paths, found...)
	}
	d := newDocumentRunner(t, b)
	run := 0
	for _, path := range paths {
		t.Run(filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path), func(t *testing.T) { run += d.document(t, path) })
	}
	if run < 30 {
		t.Errorf("only %d blocks of commands were run", run)
	}
}

type documentRunner struct {
	model string // folder that every document's is a copy of
	env   []string
}

// newDocumentRunner prepares a folder with the files that the documents name.
func newDocumentRunner(t *testing.T, b *binary) *documentRunner {
	t.Helper()
	tools, model := t.TempDir(), t.TempDir()
	if err := os.Symlink(b.path, filepath.Join(tools, "sobre")); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("jq"); err != nil { // the documents show it; nothing depends on it
		writeFile(t, filepath.Join(tools, "jq"), "#!/bin/sh\nexec cat\n")
		if err := os.Chmod(filepath.Join(tools, "jq"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	address, ca := vcenter(t)
	d := &documentRunner{model: model}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "SOBRE_") && !strings.HasPrefix(v, "GOVC_") && !strings.HasPrefix(v, "L") && !strings.HasPrefix(v, "PATH=") {
			d.env = append(d.env, v)
		}
	}
	d.env = append(d.env, "PATH="+tools+":"+os.Getenv("PATH"), "HOME="+t.TempDir(), "XDG_STATE_HOME="+t.TempDir(), "LANG=C",
		"SOBRE_VSPHERE_PASSWORD=pass word", "SOBRE_USER=audit", "SOBRE_CA="+ca, "SOBRE_TODAY=2026-11-22", "VCENTER="+address)
	documentFolder(t, b, model)
	return d
}

// documentFolder fills a folder with the exports, files and plans that the
// documents speak of.
func documentFolder(t *testing.T, b *binary, dir string) {
	t.Helper()
	_, files, err := samples.Open("mulhouse")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	_, files, err = samples.Open("capacity")
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(files, "capacity.yaml")
	if err != nil {
		t.Fatal(err)
	}
	estate := estateText(t, 9, 40)
	for name, content := range map[string]string{
		"capacity.yaml": string(text), "estate.yaml": estate, "october.yaml": estate,
		"gates.yaml":    "version: 1\npolicy: {survive: {hosts: 0}}\ngates: [{deny: hosts <= 100}]\n",
		"november.yaml": strings.Replace(estate, `"host": "esx-00"`, `"host": "esx-03"`, 1),
	} {
		writeFile(t, filepath.Join(dir, name), content)
	}
	if err := os.Link(filepath.Join(dir, "catalogue-2009.yaml"), filepath.Join(dir, "catalogue.yaml")); err != nil {
		t.Fatal(err)
	}
	plan := exec.Command(b.path, "plan", "estate.yaml", "-o", "plan.json", "-q")
	plan.Dir = dir
	if text, err := plan.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}

// document runs the blocks of one document, and tells how many there were.
func (d *documentRunner) document(t *testing.T, path string) int {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(d.model)); err != nil {
		t.Fatal(err)
	}
	text, run := string(data), 0
	blocks := blocksOf(text)
	var out strings.Builder
	at := 0
	for _, b := range blocks {
		out.WriteString(text[at:b.start])
		at = b.end
		if b.notRun != "" {
			t.Logf("%s:%d is not run: %s", path, b.line, b.notRun)
			out.WriteString(b.text)
			continue
		}
		run++
		if b.kind == "sh" {
			if got, code := d.shell(t, dir, b.text); code != b.exits {
				t.Errorf("%s:%d: exit %d, want %d\n%s\n%s", path, b.line, code, b.exits, b.text, got)
			}
			out.WriteString(b.text)
			continue
		}
		out.WriteString(d.console(t, dir, path, b))
	}
	out.WriteString(text[at:])
	if golden.Updating() && out.String() != text {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return run
}

// shell runs a script and gives all that it prints.
func (d *documentRunner) shell(t *testing.T, dir, script string) (string, int) {
	t.Helper()
	script = strings.NewReplacer("go run ./cmd/sobre", "sobre", "https://vcenter.example.org", "\"$VCENTER\"").Replace(script)
	cmd := exec.Command("sh", "-e", "-c", script)
	cmd.Dir, cmd.Env = dir, d.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// console runs the commands of a block and holds what they print to what stands
// below them; it gives the block as it should be.
func (d *documentRunner) console(t *testing.T, dir, path string, b block) string {
	t.Helper()
	var made strings.Builder
	for _, step := range strings.Split("\n"+b.text, "\n$ ")[1:] {
		command, want, _ := strings.Cut(step, "\n")
		for strings.HasSuffix(command, "\\") {
			var more string
			more, want, _ = strings.Cut(want, "\n")
			command += "\n" + more
		}
		want = strings.TrimRight(want, "\n")
		got, code := d.shell(t, dir, command)
		if code != b.exits {
			t.Errorf("%s:%d: %s: exit %d, want %d\n%s", path, b.line, command, code, b.exits, got)
		}
		got = trimmed(got)
		if !golden.Updating() && !likely(want, got) {
			t.Errorf("%s:%d: %s prints\n%s\nand not\n%s", path, b.line, command, got, want)
		}
		if golden.Updating() && !likely(want, got) {
			want = got
		}
		made.WriteString("$ " + command + "\n")
		if want != "" {
			made.WriteString(want + "\n")
		}
	}
	return made.String()
}

// trimmed is an output without spaces at the ends of its lines, and without
// empty lines at its end.
func trimmed(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// likely tells whether an output is what stands in a document, where "…" alone
// on a line or at the end of one stands for anything.
func likely(want, got string) bool {
	var pattern strings.Builder
	pattern.WriteString(`(?s)^`)
	for i, part := range strings.Split(want, "…\n") {
		if i > 0 {
			pattern.WriteString(`.*`)
		}
		pattern.WriteString(regexp.QuoteMeta(part))
	}
	text := strings.TrimSuffix(pattern.String(), regexp.QuoteMeta("…"))
	if text != pattern.String() {
		text += `.*`
	}
	return regexp.MustCompile(text + `$`).MatchString(got)
}
