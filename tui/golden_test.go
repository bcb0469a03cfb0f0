package tui

import (
	"fmt"
	"strings"
	"testing"

	"sobre/wording"
)

// TestFrames holds every screen, in both languages, at three sizes, as it was
// looked at.
func TestFrames(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many frames, with nothing running beside")
	}
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
			m := opened(t, testPlan(), nil, l, size[0], size[1])
			for i, key := range screenKeys {
				press(m, key)
				if m.at != screenID(i) {
					t.Fatalf("key %s shows screen %d, want %d", key, m.at, i)
				}
				checkSize(t, m)
				golden(t, fmt.Sprintf("%s-%dx%d-%s", l.Code, size[0], size[1], key), shown(m))
			}
			press(m, "?")
			checkSize(t, m)
			golden(t, fmt.Sprintf("%s-%dx%d-help", l.Code, size[0], size[1]), shown(m))
		}
	}
}

// TestEverySizeHolds draws all screens at odd sizes, also while it changes.
func TestEverySizeHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many frames, with nothing running beside")
	}
	m := opened(t, testPlan(), nil, wording.French(), 80, 24)
	for _, size := range [][2]int{{60, 15}, {61, 16}, {79, 24}, {109, 20}, {110, 20}, {111, 15}, {300, 100}, {59, 15}, {60, 14}, {20, 5}, {12, 1}, {80, 24}} {
		m.size.width, m.size.height = size[0], size[1]
		for _, key := range screenKeys {
			press(m, key)
			for _, more := range []string{"enter", "end", "down", "enter", "home"} {
				if size[0] >= leastWidth && size[1] >= leastHeight {
					checkSize(t, m)
				}
				press(m, more)
			}
		}
	}
}

// TestFramesInColour holds every screen with its colours, in each theme at one
// size, and the usual one at all three.
func TestFramesInColour(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many frames, with nothing running beside")
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for _, theme := range []Theme{Dark, Light, Contrast} {
			if theme != Dark && size[0] != 80 {
				continue
			}
			m := opened(t, testPlan(), nil, wording.English(), size[0], size[1])
			m.setTheme(string(theme))
			m.note = ""
			for _, key := range screenKeys {
				press(m, key)
				golden(t, fmt.Sprintf("colour-%s-%dx%d-%s", theme, size[0], size[1], key), strings.ReplaceAll(m.View().Content, "\x1b", "␛"))
			}
		}
	}
}
