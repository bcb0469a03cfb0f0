package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/inventory"
)

// clean makes a text from a document harmless: no control or direction
// characters, one line.
func clean(s string) string { return inventory.CleanText(s) }

// fit cuts or pads a text to a width in columns of the terminal.
func fit(s string, width int) string {
	if width <= 0 {
		return ""
	}
	n := ansi.StringWidth(s)
	if n > width {
		s = ansi.Truncate(s, width, "…")
		n = ansi.StringWidth(s)
	}
	return s + strings.Repeat(" ", width-n)
}

// fitRight is fit for figures: padded on the left.
func fitRight(s string, width int) string {
	n := ansi.StringWidth(s)
	if n >= width {
		return fit(s, width)
	}
	return strings.Repeat(" ", width-n) + s
}

// wrap breaks a text between words; it always gives at least one line.
func wrap(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, max(width, 10), ""), "\n")
}

// eighths are blocks of one to seven eighths of a cell, from the left.
var eighths = [8]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// share is v as a part of full, from 0 to 1 whatever they are: figures of a
// hostile document may be infinite.
func share(v, full float64) float64 {
	s := v / full
	if !(s > 0) { // also where it is no number
		return 0
	}
	return min(s, 1)
}

// bar is a bar of v in a field where full is width cells long.
func bar(v, full float64, width int) string {
	if full <= 0 || v <= 0 || width <= 0 {
		return ""
	}
	n := int(share(v, full)*float64(width)*8 + 0.5)
	return strings.Repeat("█", n/8) + eighths[n%8]
}

// doubt continues a bar of best with the marks of what lies above it: up to
// high. What lies below best is the last part of the bar, shaded from low on.
func doubtBar(low, best, high, full float64, width int) string {
	if full <= 0 || width <= 0 {
		return ""
	}
	cells := func(v float64) int { return int(share(v, full)*float64(width) + 0.5) }
	l, b, h := cells(low), cells(best), cells(high)
	if h <= l {
		return strings.Repeat("█", b)
	}
	return strings.Repeat("█", l) + strings.Repeat("▓", max(0, b-l)) + strings.Repeat("░", max(0, h-b))
}

// levels are blocks of one to eight eighths of a cell, from below.
var levels = [9]string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

// level is a cell filled to a share from 0 to 1, never blank above 0.
func level(v float64) string {
	if !(v > 0) {
		return levels[0]
	}
	return levels[max(1, int(share(v, 1)*8+0.5))]
}

// side puts two blocks of lines next to each other, the left one fitted to a width.
func side(left, right []string, width int, gap string) []string {
	lines := make([]string, max(len(left), len(right)))
	for i := range lines {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		lines[i] = fit(l, width) + gap + r
	}
	return lines
}
