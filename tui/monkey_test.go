package tui

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/wording"
)

// TestAnyKeysAtAnySize types at random while the terminal is resized: nothing
// may panic, and no frame may be larger than the terminal.
func TestAnyKeysAtAnySize(t *testing.T) {
	keys := []string{
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "i", "w", "up", "down", "left", "right", "enter", "esc", "tab", "backspace", "pgdown", "end", "home",
		"/", ":", "?", "s", "<", "r", "o", "f", "p", "x", "u", "j", "k", "g", "G", "!", "[", "(", "é", "宽", "a", "n", "space", "h", "l",
	}
	empty := &plan.Plan{Version: 1}
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

// FuzzPlan shows any document that is read as a plan, on all screens.
func FuzzPlan(f *testing.F) {
	for _, p := range []*plan.Plan{testPlan(), {Version: 1}} {
		var text bytes.Buffer
		if err := inventory.EncodeJSON(&text, p); err != nil {
			f.Fatal(err)
		}
		f.Add(text.Bytes())
	}
	f.Add([]byte(`{"version":1,"hosts":[{"id":"a","slot":-9,"chassis":"c","load":{"":1e300}},{"id":"a","slot":99999999,"chassis":"c"}],
		"chassis":[{"id":"c","slots":-1},{"id":"c","slots":1000000000}],"placements":[{"workload":"","to":"a"},{"workload":"","to":"?","kind":"?"}],
		"tornado":[{"low":1e308,"high":-1e308}],"before":{"energy_kwh_per_year":{"low":-1e308,"best":1e308,"high":-5}},
		"after":{"embodied_kg":{"best":1e-300}},"saving":{"co2e_kg_per_year":{"best":1e-308}},"policy":{"carbon":{"horizon":"49 years"}},
		"failover":{"hosts":-3,"restarts":{"a":{"":"?"}}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := plan.Read(bytes.NewReader(text), "fuzz")
		if err != nil || len(text) > 1<<16 {
			return
		}
		m := opened(t, p, nil, wording.French(), 100, 30)
		for _, key := range screenKeys {
			press(m, key, "end", "enter")
			checkSize(t, m)
			m.screens[m.at].body(m.plainFrame())
		}
	})
}
