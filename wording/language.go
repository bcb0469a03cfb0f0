package wording

import (
	"math"
	"strconv"
	"strings"
)

// Language is the words and the number signs of one language.
type Language struct {
	Code      string // en | fr
	decimal   string
	thousand  string
	Screen    Screen
	TUI       TUI
	Check     Check
	Waves     Waves
	Drift     Drift
	Figure    Figure
	Inspect   Inspect
	Explain   Explain
	Compare   Compare
	Merge     Merge
	Catalogue Catalogue
	// Footprint is of an estate as it is.
	Footprint Footprint
}

// English and French are the languages there are.
func English() *Language {
	return &Language{
		Code: "en", decimal: ".", thousand: ",",
		Screen:    englishScreen(),
		TUI:       englishTUI(),
		Check:     englishCheck(),
		Waves:     englishWaves(),
		Drift:     englishDrift(),
		Figure:    englishFigure(),
		Inspect:   englishInspect(),
		Explain:   englishExplain(),
		Compare:   englishCompare(),
		Merge:     englishMerge(),
		Catalogue: englishCatalogue(),
		Footprint: englishFootprint(),
	}
}

// French writes numbers with a decimal comma and no-break spaces.
func French() *Language {
	return &Language{
		Code: "fr", decimal: ",", thousand: "\u00a0",
		Screen:    frenchScreen(),
		TUI:       frenchTUI(),
		Check:     frenchCheck(),
		Waves:     frenchWaves(),
		Drift:     frenchDrift(),
		Figure:    frenchFigure(),
		Inspect:   frenchInspect(),
		Explain:   frenchExplain(),
		Compare:   frenchCompare(),
		Merge:     frenchMerge(),
		Catalogue: frenchCatalogue(),
		Footprint: frenchFootprint(),
	}
}

// For is the language that a locale such as "fr", "fr_FR.UTF-8" or "en-GB"
// asks for; English when it asks for another one.
func For(locale string) *Language {
	code, _, _ := strings.Cut(strings.ToLower(locale), ".")
	code, _, _ = strings.Cut(code, "@")
	code, _, _ = strings.Cut(strings.ReplaceAll(code, "-", "_"), "_")
	if code == "fr" {
		return French()
	}
	return English()
}

// Number writes v with the given number of decimals, grouped by thousands.
func (l *Language) Number(v float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, frac, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + l.thousand + whole[i:]
	}
	if frac != "" {
		whole += l.decimal + frac
	}
	if v < 0 && strings.Trim(text, "0.") != "" {
		return "-" + whole
	}
	return whole
}

// Figures writes v with about n figures that count, and no fewer digits than
// its whole part has.
func (l *Language) Figures(v float64, n int) string {
	digits := 1
	if a := math.Abs(v); a >= 1 {
		digits = int(math.Log10(a)+1e-9) + 1
	}
	return l.Number(v, max(0, n-digits))
}

// Count writes a whole number.
func (l *Language) Count(n int) string { return l.Number(float64(n), 0) }
