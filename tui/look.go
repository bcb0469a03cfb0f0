package tui

import (
	"charm.land/lipgloss/v2"
)

// look is the styles of all screens. Colour only underlines what words and
// signs say; a terminal without it loses nothing. The colours are those of the
// palette of Okabe and Ito (2002), which colour-blind people tell apart, in a
// lighter and a darker shade for dark and light backgrounds.
type look struct {
	title, faint, strong, rule    lipgloss.Style
	good, warn, bad, plan, before lipgloss.Style
	selected, key                 lipgloss.Style
	dark                          bool
}

func newLook(dark bool) look {
	pick := lipgloss.LightDark(dark)
	colour := func(light, dark string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	return look{
		title: lipgloss.NewStyle().Bold(true), strong: lipgloss.NewStyle().Bold(true),
		faint: colour("#5f5f5f", "#9e9e9e"), rule: colour("#a8a8a8", "#585858"),
		good: colour("#00664d", "#00c596"), warn: colour("#8a5a00", "#e69f00"), bad: colour("#a63d00", "#ff7f45").Bold(true),
		plan: colour("#005f8f", "#56b4e9"), before: colour("#6c6c6c", "#8a8a8a"),
		selected: lipgloss.NewStyle().Reverse(true), key: lipgloss.NewStyle().Bold(true), dark: dark,
	}
}

// plainLook is without any style, for lines that are read out.
func plainLook() look { return look{} }
