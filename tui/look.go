package tui

import (
	"slices"

	"charm.land/lipgloss/v2"

	"sobre/inventory"
)

// Theme is a set of colours. Whatever it is, colour only underlines what words
// and signs say; a terminal without it loses nothing.
type Theme string

// The themes. Auto follows the background of the terminal. The colours of
// Auto, Dark and Light are those of the palette of Okabe and Ito (Color
// Universal Design, 2002), which colour-blind people tell apart.
const (
	Auto     Theme = "auto"
	Dark     Theme = "dark"
	Light    Theme = "light"
	Contrast Theme = "contrast" // every text at 7:1 or more on black or white (WCAG 2.2, 1.4.6)
	Mono     Theme = "mono"     // bold and reversed, no colour
)

// Themes are the themes, the usual one first.
func Themes() []Theme { return []Theme{Auto, Dark, Light, Contrast, Mono} }

// UnmarshalText reads a theme and names the nearest to what it does not know.
func (t *Theme) UnmarshalText(text []byte) error {
	return inventory.OneOf(t, text, Themes()...)
}

// look is the styles of all screens.
type look struct {
	title, faint, strong, rule    lipgloss.Style
	good, warn, bad, plan, before lipgloss.Style
	selected, key                 lipgloss.Style
	dark                          bool
}

// newLook is a theme on the background of the terminal.
func newLook(theme Theme, darkTerminal bool) look {
	dark := theme == Dark || theme != Light && darkTerminal
	pick := lipgloss.LightDark(dark)
	colour := func(light, dark string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	bold := lipgloss.NewStyle().Bold(true)
	base := look{title: bold, strong: bold, key: bold, selected: lipgloss.NewStyle().Reverse(true), dark: dark}
	switch theme {
	case Mono:
		base.bad, base.warn = bold, bold
		return base
	case Contrast:
		base.faint, base.rule, base.before = colour("#000000", "#ffffff"), colour("#000000", "#ffffff"), colour("#000000", "#ffffff")
		base.good, base.warn, base.bad = colour("#004d3a", "#5cffcb").Bold(true), colour("#5c3c00", "#ffd27a").Bold(true), colour("#7a1f00", "#ffb399").Bold(true)
		base.plan = colour("#00324d", "#a6dcff")
		return base
	}
	base.faint, base.rule, base.before = colour("#5f5f5f", "#9e9e9e"), colour("#a8a8a8", "#585858"), colour("#6c6c6c", "#8a8a8a")
	base.good, base.warn, base.bad = colour("#00664d", "#00c596"), colour("#8a5a00", "#e69f00"), colour("#a63d00", "#ff7f45").Bold(true)
	base.plan = colour("#005f8f", "#56b4e9")
	return base
}

// plainLook is without any style, for lines that are read out.
func plainLook() look { return look{} }

// setTheme puts on a theme by its name; an empty name takes the next one.
func (m *model) setTheme(name string) {
	next := m.habits.Theme
	if name == "" {
		all := Themes()
		next = all[(slices.Index(all, next)+1)%len(all)]
	} else if err := next.UnmarshalText([]byte(name)); err != nil {
		m.note = clean(err.Error())
		return
	}
	m.habits.Theme = next
	m.look = newLook(next, m.dark)
	m.note = m.config.Language.TUI.ThemeNow + " " + string(next)
}
