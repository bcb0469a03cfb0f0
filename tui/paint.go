package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sobre/planner"
	"sobre/planner/plan"
)

// Least size of a terminal, and the rows that header and footer take.
const (
	leastWidth  = 60
	leastHeight = 15
	chrome      = 5
)

// View draws the screen in front.
func (m *model) View() tea.View {
	v := tea.NewView(strings.Join(m.paint(), "\n"))
	v.AltScreen = true
	v.WindowTitle = "sobre"
	if m.habits.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (m *model) paint() []string {
	w, h := m.size.width, m.size.height
	words := &m.config.Language.TUI
	switch {
	case w == 0:
		return nil
	case w < leastWidth || h < leastHeight:
		return wrap(fmt.Sprintf(words.TooSmall, leastWidth, leastHeight, w, h), w)
	}
	var body []string
	f := m.frame()
	switch {
	case m.mode.help:
		body = m.help(f)
	case m.view == nil:
		body = m.waiting(f)
	default:
		body = m.screens[m.at].body(f)
	}
	rule := m.look.rule.Render(strings.Repeat("─", w))
	lines := []string{m.header(), rule}
	for i := range f.height {
		line := ""
		if i < len(body) {
			line = ansi.Truncate(body[i], w, "…")
		}
		lines = append(lines, line)
	}
	return append(append(lines, rule), m.footer()...)
}

// header says where one is and what is proven.
func (m *model) header() string {
	words := &m.config.Language.TUI
	left, right := " "+m.look.title.Render("sobre")+"   ", m.state()+" "
	if m.view != nil {
		name := clean(m.view.plan.Estate.Name)
		room := m.size.width - ansi.StringWidth(left+right) - ansi.StringWidth(words.ScreenTitles[m.at]) - 5
		left += ansi.Truncate(name, max(room, 4), "…") + " › " + m.look.title.Render(words.ScreenTitles[m.at])
	}
	gap := m.size.width - ansi.StringWidth(left) - ansi.StringWidth(right)
	return left + strings.Repeat(" ", max(1, gap)) + right
}

// state is the proof, or what runs in the background.
func (m *model) state() string {
	words := &m.config.Language.TUI
	switch {
	case m.work != nil && m.work.last.Parts > 0:
		return m.look.warn.Render(searchText(m.frame()))
	case m.work != nil && m.view != nil && m.work.reading != "":
		return m.look.warn.Render(clean(m.work.reading))
	case m.work != nil:
		return m.look.warn.Render(words.Working)
	case m.view == nil:
		return ""
	}
	text := proofText(m.frame(), m.view.plan)
	if m.unsaved {
		text = words.Unsaved + " · " + text
	}
	if m.view.plan.Status == plan.Infeasible {
		return m.look.bad.Render(text)
	}
	return m.look.good.Render(text)
}

func proofText(f frame, p *plan.Plan) string {
	switch {
	case p.Status == plan.Infeasible:
		return f.words.Infeasible + " ✘"
	case p.Status == plan.Optimal:
		return f.words.Optimal + " ✔"
	}
	return fmt.Sprintf(f.words.Gap, f.language.Count(p.Bound.Gap))
}

// searchText is the state of the search in a few words.
func searchText(f frame) string {
	p := f.work.last
	return fmt.Sprintf(f.words.Searching, p.Part, p.Parts, f.language.Count(p.Hosts), f.language.Count(p.Bound))
}

// footer is the prompt, a note or the active keys, on two lines.
func (m *model) footer() []string {
	words := &m.config.Language.TUI
	f := m.frame()
	switch {
	case m.mode.asking:
		return []string{ansi.Truncate(" "+m.look.warn.Render(words.AskLeave), m.size.width, "…"), ""}
	case m.mode.prompt != nil:
		line := " " + m.look.key.Render(m.mode.prompt.sign) + clean(m.mode.prompt.text) + "█"
		return []string{tail(line, m.size.width), ansi.Truncate(" "+m.look.faint.Render(m.promptHelp()), m.size.width, "…")}
	}
	first := m.keyLine(f)
	if m.note != "" {
		first = " " + m.look.warn.Render(ansi.Truncate(clean(m.note), m.size.width-2, "…"))
	}
	return []string{ansi.Truncate(m.screenLine(), m.size.width, "…"), ansi.Truncate(first, m.size.width, "…")}
}

// tail is the end of a line that is too long.
func tail(line string, width int) string {
	if over := ansi.StringWidth(line) - width; over > 0 {
		return ansi.TruncateLeft(line, over+1, "…")
	}
	return line
}

func (m *model) promptHelp() string {
	words := &m.config.Language.TUI
	if m.mode.prompt.sign == ":" {
		return words.CommandHelp
	}
	t := m.table()
	if t == nil {
		return ""
	}
	t.arrange()
	text := fmt.Sprintf(words.Shown, m.config.Language.Count(len(t.order)), m.config.Language.Count(t.n))
	if t.mistaken {
		text += " · " + words.NoRegexp
	}
	return text + " · " + words.FilterHelp
}

// screenLine lists the screens, the one in front marked, with their short names
// where room is short.
func (m *model) screenLine() string {
	names, gap := m.screenNames()
	return m.screenKeysLine(names, gap)
}

// screenNames are the names of the screens that there is room for, and what
// stands between them.
func (m *model) screenNames() (names []string, gap string) {
	words := &m.config.Language.TUI
	switch {
	case ansi.StringWidth(m.screenKeysLine(words.ScreenNames, "  ")) <= m.size.width:
		return words.ScreenNames, "  "
	case m.crowded():
		return words.ScreenShort[:whatIfScreen], " "
	}
	return words.ScreenShort, " "
}

// crowded tells whether the line of screens has no room for the last one,
// whose key then stands with those of all screens.
func (m *model) crowded() bool {
	return ansi.StringWidth(m.screenKeysLine(m.config.Language.TUI.ScreenShort, " ")) > m.size.width
}

func (m *model) screenKeysLine(names []string, gap string) string {
	var parts []string
	for i, name := range names {
		if screenID(i) == m.at {
			parts = append(parts, m.look.selected.Render(screenKeys[i]+" "+name))
			continue
		}
		parts = append(parts, m.look.key.Render(screenKeys[i])+" "+name)
	}
	return " " + strings.Join(parts, gap)
}

func (m *model) keyLine(f frame) string {
	words := &m.config.Language.TUI
	var hints []hint
	if m.view != nil {
		hints = m.screens[m.at].hints(f)
		if t := m.table(); t != nil && t.filter != "" {
			t.arrange()
			shown := fmt.Sprintf(words.Shown, m.config.Language.Count(len(t.order)), m.config.Language.Count(t.n))
			hints = []hint{{"/" + clean(t.filter), shown}, {"esc", words.KeyUnfilter}}
		} else if t != nil {
			hints = append(hints, hint{"/", words.KeyFilter}, hint{"s", words.KeySort}, hint{"r", words.KeyReverse})
		}
	}
	join := func(hints []hint) string {
		var parts []string
		for _, h := range hints {
			parts = append(parts, m.look.key.Render(h.key)+" "+h.what)
		}
		return " " + strings.Join(parts, "  ")
	}
	always := []hint{{":", words.KeyCommand}, {"?", words.KeyHelp}, {"q", words.KeyQuit}}
	if m.crowded() {
		always = append([]hint{{screenKeys[whatIfScreen], words.ScreenShort[whatIfScreen]}}, always...)
	}
	right := join(always) + " "
	room := m.size.width - ansi.StringWidth(right)
	for len(hints) > 0 && ansi.StringWidth(join(hints)) > room {
		hints = hints[:len(hints)-1]
	}
	return fit(join(hints), room) + right
}

// waiting shows what is being read or planned before there is a plan.
func (m *model) waiting(f frame) []string {
	lines := []string{"", "  " + f.words.Opening, ""}
	if m.work == nil {
		return lines
	}
	if m.work.reading != "" {
		lines = append(lines, "  "+f.look.faint.Render(clean(m.work.reading)))
	}
	if m.work.last.Parts > 0 {
		lines = append(lines, searchLines(f, m.work.last)...)
	}
	return lines
}

// searchLines show a search that runs: what it does, how far it is, and its
// best and bound as they came.
func searchLines(f frame, p planner.Progress) []string {
	width := min(f.width-4, 72)
	done := share(p.Done, 1)
	lines := []string{
		"  " + searchText(f) + " · " + f.language.Say(p.Phase),
		"  " + f.look.plan.Render(fit(bar(done, 1, width), width)) + " " + f.language.Number(done*100, 0) + " %",
		"",
	}
	return append(lines, chart(f, f.work.chart, width)...)
}

// help is the overlay of all keys.
func (m *model) help(f frame) []string {
	words := &m.config.Language.TUI
	lines := []string{"  " + f.look.title.Render(words.HelpTitle)}
	var hints []hint
	for i, name := range words.ScreenTitles {
		hints = append(hints, hint{screenKeys[i], name})
	}
	var right []string
	for _, h := range words.HelpKeys {
		key, what, _ := strings.Cut(h, "|")
		right = append(right, f.look.key.Render(fit(key, 17))+" "+what)
	}
	var left []string
	for _, h := range hints {
		left = append(left, "  "+f.look.key.Render(fit(h.key, 5))+" "+h.what)
	}
	if m.view != nil {
		left = append(left, "")
		for _, h := range m.screens[m.at].hints(f) {
			left = append(left, "  "+f.look.key.Render(fit(h.key, 5))+" "+h.what)
		}
	}
	return append(lines, side(left, right, 27, " ")...)
}
