package page_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// TestContrast holds the colours of both themes to WCAG 2.2: 4.5 to 1 for text
// (1.4.3), 3 to 1 for marks that carry meaning (1.4.11).
func TestContrast(t *testing.T) {
	style, err := os.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	variable := regexp.MustCompile(`--([a-z]+):(#[0-9a-f]{3,6})`)
	themes := regexp.MustCompile(`\{(--paper:[^}]*)\}`).FindAllStringSubmatch(string(style), -1)
	if len(themes) != 4 { // light, dark by the system, dark by choice, paper
		t.Fatalf("%d sets of colours", len(themes))
	}
	for _, theme := range themes {
		colours := map[string]string{}
		for _, m := range variable.FindAllStringSubmatch(theme[1], -1) {
			colours[m[1]] = m[2]
		}
		for text, grounds := range map[string][]string{"ink": {"paper", "panel"}, "muted": {"paper", "panel"}, "link": {"paper"}, "after": {"paper"}} {
			for _, ground := range grounds {
				if r := contrast(t, colours[text], colours[ground]); r < 4.5 {
					t.Errorf("%s on %s: %.2f (%s)", text, ground, r, colours["paper"])
				}
			}
		}
		for _, mark := range []string{"before", "after", "new", "spare", "gone"} {
			if r := contrast(t, colours[mark], colours["paper"]); r < 3 {
				t.Errorf("%s on paper: %.2f (%s)", mark, r, colours["paper"])
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// luminance is the relative luminance of a colour (WCAG 2.2, definitions).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 4 {
		hex = "#" + string([]byte{hex[1], hex[1], hex[2], hex[2], hex[3], hex[3]})
	}
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(shift uint) float64 {
		c := float64(v>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}
