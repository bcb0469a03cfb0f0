package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"sobre/planner/plan"
	"sobre/wording"
)

// TestAnyKeysAtAnySize types at random while the terminal is resized: nothing
// may panic, and no frame may be larger than the terminal.
func TestAnyKeysAtAnySize(t *testing.T) {
	keys := []string{
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "w", "up", "down", "left", "right", "enter", "esc", "tab", "backspace", "pgdown", "end", "home",
		"/", ":", "?", "s", "<", "r", "o", "f", "p", "x", "u", "j", "k", "g", "G", "!", "[", "(", "é", "宽", "a", "n", "space", "h", "l",
	}
	empty := &plan.Plan{Version: 1, Policy: plan.Policy{}.WithDefaults()}
	rapid.Check(t, func(rt *rapid.T) {
		p := testPlan()
		if rapid.Bool().Draw(rt, "empty") {
			p = empty
		}
		language := wording.For(rapid.SampledFrom([]string{"en", "fr"}).Draw(rt, "language"))
		m := opened(t, p, nil, language, 80, 24)
		for _, k := range rapid.SliceOfN(rapid.SampledFrom(keys), 1, 40).Draw(rt, "keys") {
			if k == "!" {
				m.size.width, m.size.height = rapid.IntRange(1, 220).Draw(rt, "width"), rapid.IntRange(1, 70).Draw(rt, "height")
			}
			press(m, k)
			lines := strings.Split(m.View().Content, "\n")
			if len(lines) > max(m.size.height, 1) && m.size.height >= leastHeight && m.size.width >= leastWidth {
				rt.Fatalf("%d lines in %d", len(lines), m.size.height)
			}
			for _, l := range lines {
				if w := ansi.StringWidth(l); w > m.size.width && m.size.width >= leastWidth && m.size.height >= leastHeight {
					rt.Fatalf("a line of %d in %d: %q", w, m.size.width, ansi.Strip(l))
				}
			}
		}
	})
}
