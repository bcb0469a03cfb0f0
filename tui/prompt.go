package tui

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"sobre/inventory"
)

// prompt is the line in which a command or a filter is typed.
type prompt struct {
	sign   string // ":" or "/"
	text   string
	before string // the filter to go back to
}

// typeCommand asks the root for the ":" prompt with the beginning of a command.
type typeCommand string

// longestPrompt is more than any name needs.
const longestPrompt = 500

func (p *prompt) insert(s string) {
	if len(p.text)+len(s) <= longestPrompt {
		p.text += s
	}
}

func (m *model) promptKey(msg tea.KeyPressMsg) tea.Cmd {
	p := m.mode.prompt
	switch msg.String() {
	case "esc":
		if p.sign == "/" {
			p.text = p.before
			m.filterAsTyped()
		}
		m.mode.prompt = nil
	case "enter":
		m.mode.prompt = nil
		if p.sign == ":" {
			return m.command(strings.TrimSpace(p.text))
		}
	case "backspace":
		if p.text == "" {
			m.mode.prompt = nil
			return nil
		}
		_, size := utf8.DecodeLastRuneInString(p.text)
		p.text = p.text[:len(p.text)-size]
		m.filterAsTyped()
	case "ctrl+u":
		p.text = ""
		m.filterAsTyped()
	default:
		p.insert(msg.Text)
		m.filterAsTyped()
	}
	return nil
}

// filterAsTyped narrows the table with every letter.
func (m *model) filterAsTyped() {
	if p := m.mode.prompt; p.sign == "/" {
		if t := m.table(); t != nil {
			t.setFilter(p.text)
		}
	}
}

// commands are the words that the ":" prompt knows.
var commands = []string{"host", "why", "w", "write", "policy", "export", "set", "theme", "mouse", "q", "quit", "q!", "help"}

// command does what was typed after ":".
func (m *model) command(text string) tea.Cmd {
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	w := &m.config.Language.TUI
	for _, names := range [][]string{w.ScreenNames, w.ScreenShort} {
		if at := slices.Index(names, strings.ToLower(word)); at >= 0 {
			m.at = screenID(at)
			return nil
		}
	}
	switch word {
	case "":
	case "host", "h":
		m.goToRow(hostsScreen, rest)
	case "why", "vm":
		m.goToRow(workloadsScreen, rest)
	case "w", "write":
		return m.savePlan(rest)
	case "policy":
		return m.savePolicy(rest)
	case "export":
		m.export(rest)
	case "set":
		return m.set(rest)
	case "theme":
		m.setTheme(rest)
	case "mouse":
		m.toggleMouse()
	case "q", "quit":
		return m.leave(false)
	case "q!":
		return m.leave(true)
	case "help":
		m.mode.help = true
	default:
		m.note = fmt.Sprintf(w.UnknownCommand, clean(word))
		if near := inventory.Nearest(word, append(slices.Clone(commands), w.ScreenNames...)); near != "" {
			m.note += " " + fmt.Sprintf(w.DidYouMean, near)
		}
	}
	return nil
}

// goToRow shows a screen with the row of a name, whole or in part.
func (m *model) goToRow(to screenID, name string) {
	s, ok := m.screens[to].(interface{ pick(string) bool })
	if !ok || !s.pick(name) {
		m.note = fmt.Sprintf(m.config.Language.TUI.NotFound, clean(name))
		return
	}
	m.at = to
}

// savePlan writes the plan; without a path to the file it came from.
func (m *model) savePlan(path string) tea.Cmd {
	if path == "" {
		path = m.study.Path
	}
	if m.save(path, m.study.Plan, inventory.EncodeJSON) {
		m.study.Path, m.unsaved, m.base = path, false, m.study.Plan
	}
	return nil
}

// savePolicy writes the policy of the plan shown.
func (m *model) savePolicy(path string) tea.Cmd {
	m.save(path, m.study.Plan.Policy, inventory.EncodeYAML)
	return nil
}

func (m *model) save(path string, what any, encode func(io.Writer, any) error) bool {
	w := &m.config.Language.TUI
	if path == "" {
		m.note = w.NameFile
		return false
	}
	if err := m.config.Write(path, func(w io.Writer) error { return encode(w, what) }); err != nil {
		m.note = fmt.Sprintf(w.NotWritten, err)
		return false
	}
	m.note = fmt.Sprintf(w.Written, path)
	return true
}
