package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"sobre/planner/plan"
	"sobre/wording"
)

// TestThemes puts every theme on; none but mono and plain lines lose colour.
func TestThemes(t *testing.T) {
	for _, theme := range Themes() {
		m := opened(t, testPlan(), nil, wording.English(), 80, 24)
		for _, r := range ":theme " + string(theme) {
			press(m, string(r))
		}
		press(m, "enter")
		if m.habits.Theme != theme || !strings.Contains(shown(m), "Theme: "+string(theme)) {
			t.Errorf("%s: theme %q\n%s", theme, m.habits.Theme, shown(m))
		}
		if coloured := strings.Contains(m.View().Content, "\x1b[38"); coloured == (theme == Mono) {
			t.Errorf("%s: coloured is %v", theme, coloured)
		}
	}
	m := opened(t, testPlan(), nil, wording.English(), 80, 24)
	m.setTheme("contrats")
	if !strings.Contains(m.note, `"contrast"`) || m.habits.Theme != Auto {
		t.Errorf("a wrong name gives %q and %q", m.note, m.habits.Theme)
	}
}

// TestStateComesBack leaves the screens, and finds them as they were.
func TestStateComesBack(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.English(), 120, 40)
	press(m, "4", "s", "s", "r", "3", "s", "c", "7")
	m.setTheme("light")
	left := m.remembered()
	again := newModel(t.Context(), Config{Language: wording.French(), State: left})
	again.study = m.study
	again.size = m.size
	again.showPlan(m.study.Plan)
	if diff := cmp.Diff(left, again.remembered()); diff != "" {
		t.Error(diff)
	}
	if again.at != wavesScreen || !again.screens[hostsScreen].(searcher).table().hidden[1] {
		t.Errorf("screen %d, hidden %v", again.at, again.screens[hostsScreen].(searcher).table().hidden)
	}
	wild := State{Screen: "?", Theme: "pink", Tables: map[string]TableState{"3": {Sorted: 99, Hidden: []int{0, -5, 1000}}, "nowhere": {Sorted: 1}}}
	odd := newModel(t.Context(), Config{Language: wording.English(), State: wild})
	odd.study, odd.size = m.study, m.size
	odd.showPlan(m.study.Plan)
	press(odd, "3")
	checkSize(t, odd)
	if !strings.Contains(shown(odd), "lame-1") {
		t.Errorf("a wild state hides the names:\n%s", shown(odd))
	}
}

// TestMouse scrolls and picks screens, once it is asked for.
func TestMouse(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.English(), 160, 40)
	if m.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is taken without being asked for")
	}
	m.toggleMouse()
	if m.View().MouseMode == tea.MouseModeNone {
		t.Error("the mouse is not taken")
	}
	x := strings.Index(ansi.Strip(m.screenLine()), "4 workloads")
	m.Update(tea.MouseClickMsg{X: x, Y: m.size.height - 2, Button: tea.MouseLeft})
	if m.at != workloadsScreen {
		t.Errorf("a click on workloads shows screen %d", m.at)
	}
	m.View()
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if m.table().cursor != wheelStep {
		t.Errorf("the wheel moves to row %d", m.table().cursor)
	}
	m.Update(tea.MouseClickMsg{X: x, Y: 3, Button: tea.MouseLeft})
	m.Update(tea.MouseClickMsg{X: 159, Y: m.size.height - 2, Button: tea.MouseLeft})
	if m.at != workloadsScreen {
		t.Errorf("a click beside the names shows screen %d", m.at)
	}
}

// TestModelToBuy lets the reader choose among the catalogue.
func TestModelToBuy(t *testing.T) {
	list := params(wording.English().TUI.ParamNames, []string{"small", "big"})
	buy := list[len(list)-1]
	p := plan.Policy{}.WithDefaults()
	f := frame{language: wording.English()}
	for _, want := range []string{"small", "big", "none", "none"} {
		buy.step(&p, 1)
		if got := buy.show(&p, f); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if !p.Hosts.BuysNothing() {
		t.Errorf("none is %q", p.Hosts.Buy)
	}
	if got := params(wording.English().TUI.ParamNames, nil); len(got) != len(list)-1 {
		t.Error("without a catalogue there is nothing to choose")
	}
}
