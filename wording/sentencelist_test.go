package wording

import (
	"strings"
	"testing"
)

// TestTemplates holds that both forms of a sentence have the same holes and
// that no sentence hides behind one before it.
func TestTemplates(t *testing.T) {
	for _, list := range sentenceLists() {
		if len(list) < 10 {
			t.Errorf("a list has only %d sentences", len(list))
		}
		for _, s := range list {
			if a, b := strings.Count(s.english, "%s"), strings.Count(s.french, "%s"); a != b || s.french == "" {
				t.Errorf("%q has %d holes, its French %d", s.english, a, b)
			}
			got, _, ok := match(strings.ReplaceAll(s.english, "%s", "¤"))
			if !ok || got != s {
				t.Errorf("%q is taken for %q", s.english, got.english)
			}
		}
	}
}
