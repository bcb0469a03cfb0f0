package tui

import (
	tea "charm.land/bubbletea/v2"

	"sobre/planner/plan"
	"sobre/wording"
)

// screen is one of the screens: it takes the keys that the root does not know
// and shows itself as lines, no more than fit.
type screen interface {
	// key acts on a key, and may ask the root for something by a command.
	key(k string, f frame) tea.Cmd
	body(f frame) []string
	hints(f frame) []hint
}

// searcher is a screen with a table that can be filtered and searched.
type searcher interface {
	table() *grid
}

// hint is a key with what it does, for the footer and the help.
type hint struct{ key, what string }

// frame is what a screen is drawn with.
type frame struct {
	width, height int
	look          look
	language      *wording.Language
	words         *wording.TUI
	view          *view
	base          *plan.Plan // the plan that was opened
	work          *work      // nil: nothing runs
	triable       bool       // the estate is known, so another policy can be tried
	models        []string   // that may be bought
	plain         bool       // no drawing: lines to be read out
}

// screenID names the screens, in the order of their keys.
type screenID int

const (
	overviewScreen screenID = iota
	chassisScreen
	hostsScreen
	workloadsScreen
	carbonScreen
	costScreen
	wavesScreen
	failoverScreen
	rulesScreen
	findingsScreen
	inventoryScreen
	whatIfScreen
	screenCount
)

// screenKeys are the keys of the screens.
var screenKeys = [screenCount]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "i", "w"}

func newScreens() [screenCount]screen {
	return [screenCount]screen{
		&overview{}, &chassisView{}, newHosts(), newWorkloads(), &carbonView{}, &costView{}, newWaves(), newFailover(), newRules(), newFindings(), &inventoryView{}, &whatIf{},
	}
}

// goTo asks the root to show something.
type goTo struct {
	screen screenID
	id     string // of the row to select; empty: as it was
}

func jump(to screenID, id string) tea.Cmd {
	return func() tea.Msg { return goTo{to, id} }
}

// scroller is a text taller than the screen.
type scroller struct{ top int }

// key moves the text; it tells whether it knew the key.
func (s *scroller) key(k string, height int) bool {
	switch k {
	case "down", "j":
		s.top++
	case "up", "k":
		s.top--
	case "pgdown", "space", "ctrl+d":
		s.top += max(1, height-2)
	case "pgup", "ctrl+u":
		s.top -= max(1, height-2)
	case "home", "g":
		s.top = 0
	case "end", "G":
		s.top = 1 << 30
	default:
		return false
	}
	return true
}

// cut is the part of the text that is seen.
func (s *scroller) cut(lines []string, height int) []string {
	s.top = max(0, min(s.top, len(lines)-height))
	return lines[s.top:min(len(lines), s.top+height)]
}
