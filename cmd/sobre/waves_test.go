package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// command runs the program in a folder of its own and gives what it printed.
func command(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), args, strings.NewReader(""), &out, &errs); code != want {
		t.Fatalf("sobre %s: exit %d, want %d\n%s", strings.Join(args, " "), code, want, errs.String())
	}
	return out.String(), errs.String()
}

// planOf plans a sample and gives the plan's file.
func planOf(t *testing.T, sample string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.json")
	command(t, exitDone, "plan", "--sample", sample, "-o", path)
	return path
}

func TestWavesOnScreen(t *testing.T) {
	path := planOf(t, "mulhouse")
	text, _ := command(t, exitDone, "waves", path, "--details", "--lang", "en")
	for _, want := range []string{"20 moves in 5 waves", "done by 6 March 2010", "1 pilot", "after wave 1 are off: ", "back from wave 5: shut the new guests down", "lnx-dns1-os"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	french, _ := command(t, exitDone, "waves", path, "--lang", "fr")
	if !strings.Contains(french, "fini le 6 mars 2010") || !strings.Contains(french, "1 pilote") {
		t.Errorf("in French:\n%s", french)
	}
	for _, line := range strings.Split(french+text[:strings.Index(text, "At")], "\n") {
		if n := len([]rune(strings.TrimRight(line, " "))); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestWavesAsFiles(t *testing.T) {
	path := planOf(t, "mulhouse")
	base := filepath.Join(t.TempDir(), "march")
	command(t, exitDone, "waves", path, "-f", "csv,ics,changes,changes-csv", "-o", base, "--lang", "en")
	read := func(ending string) string {
		text, err := os.ReadFile(base + ending)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if n := strings.Count(read(".csv"), "\n"); n != 21 {
		t.Errorf("%d lines of CSV, want a header and 20 moves", n)
	}
	if n := strings.Count(read("-changes.md"), "## Change W"); n != 5 {
		t.Errorf("%d change records, want 5", n)
	}
	if !strings.HasPrefix(read("-changes.csv"), "change,wave,title") {
		t.Error("the change records as CSV have no header")
	}
	checkCalendar(t, read(".ics"), 5)
	again, _ := command(t, exitDone, "waves", path, "-f", "ics", "-o", "-", "--lang", "en")
	if again != read(".ics") {
		t.Error("the same plan gives another calendar")
	}
}

// checkCalendar holds a calendar to the lines of RFC 5545.
func checkCalendar(t *testing.T, text string, events int) {
	t.Helper()
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "END:VCALENDAR\r\n") {
		t.Error("a line does not end with CRLF")
	}
	uids := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d octets: %s", len(line), line)
		}
		if uid, ok := strings.CutPrefix(line, "UID:"); ok {
			uids[uid] = true
		}
	}
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	for _, line := range strings.Split(strings.TrimSuffix(unfolded, "\r\n"), "\r\n") {
		if !regexp.MustCompile(`^[A-Z-]+:`).MatchString(line) {
			t.Errorf("no property: %s", line)
		}
	}
	for _, field := range []string{"BEGIN:VEVENT", "UID:", "DTSTAMP:", "DTSTART:20", "SUMMARY:"} {
		if n := strings.Count(unfolded, "\r\n"+field); n != events {
			t.Errorf("%d × %s, want %d", n, field, events)
		}
	}
	if len(uids) != events {
		t.Errorf("%d UIDs, want %d", len(uids), events)
	}
}

func TestWavesRefuseWhatMakesNoSense(t *testing.T) {
	path := planOf(t, "vcenter")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"waves", path, "-f", "pdf"}, "--format pdf"},
		{[]string{"waves", path, "-o", "x"}, "say which with -f"},
		{[]string{"waves", path, "-f", "csv,ics", "-o", "-"}, "takes one format"},
		{[]string{"waves", path, "-f", "ics", "-o", "-"}, "set waves.start"},
		{[]string{"waves", "no-such-plan.json"}, "no-such-plan.json"},
	} {
		if _, stderr := command(t, exitError, test.args...); !strings.Contains(stderr, test.want) {
			t.Errorf("%v: %s, want %q", test.args, stderr, test.want)
		}
	}
}
