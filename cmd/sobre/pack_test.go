package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packRun runs sobre pack in a folder with some instances of our own.
func packRun(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"a.vbp":     "2\n10 8\n3\n4 3 2\n6 5 1\n4 3 1\n",
		"b.txt":     "3\n10\n7\n3\n6\n",
		"large.txt": "2\n10\n7\n11\n",
		"bad.txt":   "4\n10\n7\n",
		"right.jsonl": `{"file":"a.vbp","items":4,"groups":2,"dims":2,"bins":2,"cost":2,"bound":2,"status":"optimal","seconds":0,"work":1,"method":"m",` +
			`"solution":[[0,2],[1,3]],"certificate":{"scale":3,"weight":[1,2]}}` + "\n",
		"wrong.jsonl": `{"file":"a.vbp","items":4,"groups":2,"dims":2,"bins":2,"cost":2,"bound":2,"status":"optimal","seconds":0,"work":1,"method":"m",` +
			`"solution":[[0,1,3],[2]]}` + "\n",
		"known.csv": "instance,optimum\na,2\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var out, errs bytes.Buffer
	code = run(context.Background(), append([]string{"pack"}, args...), strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

func TestPackPrintsALineOfJSON(t *testing.T) {
	code, out, errs := packRun(t, "--effort", "quick", "--work", "100000", "--solution", "a.vbp", "b.txt")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines: %s", len(lines), out)
	}
	want := []string{"file", "items", "groups", "dims", "bins", "cost", "bound", "status", "seconds", "work", "method", "solution"}
	for _, line := range lines {
		var got map[string]any
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		for _, name := range want {
			if _, ok := got[name]; !ok {
				t.Errorf("no %q in %s", name, line)
			}
		}
		if got["bins"] != 2.0 || got["status"] != "optimal" {
			t.Errorf("want 2 bins, optimal: %s", line)
		}
	}
	if !strings.HasPrefix(errs, "2 answers, 2 optimal") {
		t.Errorf("stderr: %s", errs)
	}
}

func TestPack(t *testing.T) {
	tests := []struct {
		name   string
		args   []string
		code   int
		stdout string
		stderr string
	}{
		{"baseline", []string{"--baseline", "ffd", "b.txt"}, exitDone, `"bins":2,"cost":2,"bound":0,"status":"feasible"`, ""},
		{"right answer", []string{"--check", "a.vbp", "right.jsonl"}, exitDone, "a.vbp: right: 2 bins, cost 2, bound 2 (proved again from the certificate)", ""},
		{"wrong answer", []string{"--check", "a.vbp", "wrong.jsonl"}, exitError, "a.vbp: WRONG: bin 0: it holds 12 in dimension 1", "1 of 1 answers failed"},
		{"no answer", []string{"--check", "a.vbp", "b.txt", "right.jsonl"}, exitError, "b.txt: WRONG: right.jsonl has no answer for it", "1 of 2"},
		{"other answer", []string{"--check", "b.txt", "right.jsonl"}, exitError, "b.txt: WRONG: the answer is for 4 items", ""},
		{"summary", []string{"--summary", "--known", "known.csv", "right.jsonl"}, exitDone, "| . | 1 | 1 | 0.00 % | 1 | 1 | 0.00 % |", ""},
		{"export", []string{"--export", "mps", "b.txt"}, exitDone, "ROWS", ""},
		{"item that fits nowhere", []string{"large.txt"}, exitGate, `"status":"infeasible"`, "large.txt: no packing: item 1 (line 4) fits no bin, even alone: size 11"},
		{"one bad file of two", []string{"--baseline", "bfd", "bad.txt", "b.txt"}, exitError, `"file":"b.txt"`, "bad.txt:3: expected either 4 sizes"},
		{"no such file", []string{"none"}, exitError, "", "none"},
		{"no such rule", []string{"--baseline", "magic", "b.txt"}, exitError, "", "magic"},
		{"no such effort", []string{"--effort", "heroic", "b.txt"}, exitError, "", "--effort"},
		{"no such format", []string{"--export", "xls", "b.txt"}, exitError, "", "xls"},
		{"host", []string{"--host", "64", "b.txt"}, exitError, "", "--host"},
		{"jobs", []string{"--jobs", "0", "b.txt"}, exitError, "", "--jobs"},
		{"negative limit", []string{"--time-limit", "-1s", "b.txt"}, exitError, "", "negative"},
		{"check without answers", []string{"--check", "a.vbp"}, exitError, "", "--check"},
		{"known without summary", []string{"--known", "known.csv", "b.txt"}, exitError, "", "--summary"},
		{"two modes", []string{"--check", "--summary", "a.vbp", "right.jsonl"}, exitError, "", "check"},
		{"no file", nil, exitError, "", "arg"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, out, errs := packRun(t, tt.args...)
			if code != tt.code || !strings.Contains(out, tt.stdout) || !strings.Contains(errs, tt.stderr) {
				t.Errorf("exit %d, want %d\nstdout %s\nwant %q\nstderr %s\nwant %q", code, tt.code, out, tt.stdout, errs, tt.stderr)
			}
		})
	}
}

func TestPackInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("b.txt", []byte("3\n10\n7\n3\n6\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	if code := run(ctx, []string{"pack", "b.txt"}, strings.NewReader(""), &out, &errs); code != exitInterrupted {
		t.Errorf("exit %d, want %d: %s", code, exitInterrupted, errs.String())
	}
}
