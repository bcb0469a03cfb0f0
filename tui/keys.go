package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// key gives a key to whoever has the keys: the question before leaving, the
// prompt, the help, or the screens.
func (m *model) key(msg tea.KeyPressMsg) tea.Cmd {
	k := msg.String()
	m.note = ""
	switch {
	case k == "ctrl+c":
		return m.leave(true)
	case m.mode.asking:
		return m.leaveOrStay(k)
	case m.mode.prompt != nil:
		return m.promptKey(msg)
	case m.mode.help:
		m.mode.help = false
		return nil
	case m.view == nil:
		if k == "q" || k == "esc" {
			return m.leave(true)
		}
		return nil
	}
	return m.commonKey(k)
}

// commonKey acts on the keys that all screens share, and gives the rest to the
// screen in front.
func (m *model) commonKey(k string) tea.Cmd {
	if at := slices.Index(screenKeys[:], k); at >= 0 {
		m.at = screenID(at)
		return nil
	}
	switch k {
	case "q":
		return m.leave(false)
	case "?":
		m.mode.help = true
	case ":":
		m.mode.prompt = &prompt{sign: ":"}
	case "/":
		if t := m.table(); t != nil {
			m.mode.prompt = &prompt{sign: "/", before: t.filter}
			m.mode.prompt.insert(t.filter)
			return nil
		}
		m.note = m.config.Language.TUI.NoTable
	case "ctrl+z":
		return tea.Suspend
	case "tab":
		m.at = (m.at + 1) % screenCount
	case "shift+tab":
		m.at = (m.at + screenCount - 1) % screenCount
	case "esc":
		m.escape()
	case "ctrl+s":
		m.mode.prompt = &prompt{sign: ":", text: "export " + m.exportName()}
	default:
		return m.screens[m.at].key(k, m.frame())
	}
	return nil
}

// exportName is a file name to begin with.
func (m *model) exportName() string {
	name := m.config.Language.TUI.ScreenNames[m.at]
	if m.table() != nil {
		return name + ".csv"
	}
	return name + ".txt"
}

// escape takes back one thing: a search that runs (its best plan so far is
// taken, as the planner gives it), a filter, then the screen.
func (m *model) escape() {
	switch t := m.table(); {
	case m.work != nil:
		m.work.cancel()
		m.note = m.config.Language.TUI.Stopped
	case t != nil && t.filter != "":
		t.setFilter("")
	default:
		m.at = overviewScreen
	}
}

func (m *model) table() *grid {
	if s, ok := m.screens[m.at].(searcher); ok {
		return s.table()
	}
	return nil
}

// leave ends the program; it asks first when something would be lost.
func (m *model) leave(atOnce bool) tea.Cmd {
	if m.unsaved && !atOnce {
		m.mode.asking = true
		return nil
	}
	m.stop()
	return tea.Quit
}

func (m *model) leaveOrStay(k string) tea.Cmd {
	switch k {
	case "y", "o", "Y", "O":
		return m.leave(true)
	}
	m.mode.asking = false
	return nil
}
