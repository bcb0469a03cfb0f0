package tui

import (
	"slices"
)

// State is how the reader likes the screens, kept from one session to the next.
// It holds nothing of any estate.
type State struct {
	Screen string                `json:"screen,omitempty"` // the key of the one in front
	Theme  Theme                 `json:"theme,omitempty"`
	Mouse  bool                  `json:"mouse,omitempty"`
	Tables map[string]TableState `json:"tables,omitempty"` // by the key of their screen
}

// TableState is how one table is sorted and what it leaves out, by the number
// of its columns from 0.
type TableState struct {
	Sorted  int   `json:"sorted,omitempty"`
	Reverse bool  `json:"reverse,omitempty"`
	Hidden  []int `json:"hidden,omitempty"`
}

// restore puts the screens back as they were left. A state that does not fit
// (another version wrote it, a hand edited it) is left aside where it does not.
func (m *model) restore() {
	s := &m.habits
	if !slices.Contains(Themes(), s.Theme) {
		s.Theme = Auto
	}
	m.look = newLook(s.Theme, m.dark)
	if at := slices.Index(screenKeys[:], s.Screen); at >= 0 {
		m.at = screenID(at)
	}
	for i, key := range screenKeys {
		table, ok := m.screens[i].(searcher)
		if saved, known := s.Tables[key]; ok && known {
			table.table().restore(saved)
		}
	}
}

// remembered is the state to keep.
func (m *model) remembered() State {
	s := m.habits
	s.Screen = screenKeys[m.at]
	s.Tables = map[string]TableState{}
	for i, key := range screenKeys {
		if t, ok := m.screens[i].(searcher); ok && len(t.table().columns) > 0 {
			if saved := t.table().remembered(); saved.Sorted != 0 || saved.Reverse || len(saved.Hidden) > 0 {
				s.Tables[key] = saved
			}
		}
	}
	return s
}

func (g *grid) restore(s TableState) {
	g.sorted, g.reverse, g.stale = max(0, s.Sorted), s.Reverse, true
	g.hidden = map[int]bool{}
	for _, i := range s.Hidden {
		g.hidden[i] = true
	}
}

func (g *grid) remembered() TableState {
	s := TableState{Sorted: g.sorted, Reverse: g.reverse}
	for i := range g.columns {
		if g.hidden[i] {
			s.Hidden = append(s.Hidden, i)
		}
	}
	return s
}
