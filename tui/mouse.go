package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// wheelStep is how many rows a notch of the wheel moves.
const wheelStep = 3

// toggleMouse gives the mouse to the screens, or back to the terminal, which
// selects text with it.
func (m *model) toggleMouse() {
	m.habits.Mouse = !m.habits.Mouse
	m.note = m.config.Language.TUI.MouseOff
	if m.habits.Mouse {
		m.note = m.config.Language.TUI.MouseOn
	}
}

// mouse scrolls with the wheel, and shows the screen whose name is clicked.
func (m *model) mouse(msg tea.Msg) tea.Cmd {
	if m.view == nil || m.mode.prompt != nil || m.mode.asking || m.mode.help {
		return nil
	}
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		key := "down"
		if msg.Button == tea.MouseWheelUp {
			key = "up"
		}
		for range wheelStep {
			m.screens[m.at].key(key, m.frame())
		}
	case tea.MouseClickMsg:
		if at, ok := m.screenUnder(msg.X); ok && msg.Button == tea.MouseLeft && msg.Y == m.size.height-2 {
			m.at = at
		}
	}
	return nil
}

// screenUnder is the screen whose name stands at a column of the footer.
func (m *model) screenUnder(x int) (screenID, bool) {
	names, gap := m.screenNames()
	at := 1
	for i, name := range names {
		end := at + ansi.StringWidth(screenKeys[i]+" "+name)
		if x >= at && x < end {
			return screenID(i), true
		}
		at = end + len(gap)
	}
	return 0, false
}
