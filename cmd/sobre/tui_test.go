package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// testTUIWithoutATerminal says what to do instead, and gives plain lines.
func testTUIWithoutATerminal(t *testing.T, b *binary) {
	_, stderr := b.run(t, exitError, "tui")
	if !strings.Contains(stderr, "sobre plan") || !strings.Contains(stderr, "--accessible") {
		t.Errorf("no way out is named: %s", stderr)
	}
	out, _ := b.run(t, exitDone, "tui", "--accessible", "--lang", "fr")
	for _, want := range []string{"Ville de Mulhouse: Synthèse", "RISQUES", "NON VÉRIFIÉ"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in the plain lines:\n%s", want, out)
		}
	}
	b.run(t, exitDone, "plan", "--sample", "mulhouse", "-o", "plan.json")
	out, _ = b.run(t, exitDone, "tui", "--accessible", "plan.json")
	if !strings.Contains(out, "Ville de Mulhouse: Overview") {
		t.Errorf("the saved plan is not shown:\n%s", out)
	}
	_, stderr = b.run(t, exitError, "tui", "--accessible", "nothing.json")
	if !strings.Contains(stderr, "nothing.json") {
		t.Errorf("the missing file is not named: %s", stderr)
	}
}

// testTUISession goes through a session in a real terminal: open, filter, try
// another policy, save, leave.
func testTUISession(t *testing.T, b *binary) {
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("needs tmux")
	}
	s := &terminal{t: t, socket: filepath.Join(t.TempDir(), "tmux")}
	s.tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", "-c", b.dir, "XDG_STATE_HOME="+b.dir+"/state "+b.path+" tui --lang en; echo left with $?; XDG_STATE_HOME="+b.dir+"/state "+b.path+" tui --lang en tried.json; sleep 60")
	defer s.tmux("kill-server")
	s.await("proven", "RISKS")
	s.keys("3", "/", "^bl460", "Enter")
	s.await("bl460c-g6-01", " 3 of 63")
	if screen := s.screen(); strings.Contains(screen, "lnx-dns1") {
		t.Errorf("the filter lets all through:\n%s", screen)
	}
	s.keys("w", ":", "set survive.hosts 0", "Enter")
	s.await("not saved")
	s.keys("q")
	s.await("y/n")
	s.keys("n", ":", "w tried.json", "Enter")
	s.await("tried.json written")
	s.keys("7", ":", "theme contrast", "Enter")
	s.await("Theme: contrast")
	s.keys("q")
	s.await("› Waves") // of the second session, as the first was left
	s.keys("q")
	if out, _ := b.run(t, exitDone, "tui", "--accessible", "tried.json"); !strings.Contains(out, "no failure of a host was asked") {
		t.Errorf("the plan saved is another:\n%s", out)
	}
}

// terminal is a terminal that a test looks at.
type terminal struct {
	t      *testing.T
	socket string
}

func (s *terminal) tmux(args ...string) string {
	s.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-S", s.socket}, args...)...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("tmux %s: %v: %s", args[0], err, out)
	}
	return string(out)
}

func (s *terminal) screen() string {
	s.t.Helper()
	return s.tmux("capture-pane", "-p")
}

func (s *terminal) keys(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		s.tmux("send-keys", k)
	}
}

// await looks until all texts are on the screen; a minute is for slow machines.
func (s *terminal) await(texts ...string) {
	s.t.Helper()
	var screen string
	for range 600 {
		screen = s.screen()
		missing := false
		for _, text := range texts {
			missing = missing || !strings.Contains(screen, text)
		}
		if !missing {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.t.Fatalf("%q never came:\n%s", texts, screen)
}
