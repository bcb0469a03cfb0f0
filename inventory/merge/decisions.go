package merge

import (
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"
)

// Decisions is what people decided about machines that look like one, kept in
// a small file that the next merge reads.
//
// A machine is named by its ID, its name, its UUID or its serial number; all
// inventories are looked through, so [[web01]] under same says that whatever is
// called web01 anywhere is one machine. "ocs:web01" means that of one source.
type Decisions struct {
	Version int `yaml:"version" json:"version"`
	// Same lists machines that are one.
	Same [][]string `yaml:"same,omitempty,flow" json:"same,omitempty"`
	// Different lists machines that are not, however much they look it.
	Different [][]string `yaml:"different,omitempty,flow" json:"different,omitempty"`
	Prefer    []Prefer   `yaml:"prefer,omitempty" json:"prefer,omitempty"`
}

// Prefer says which source counts where several tell a fact.
type Prefer struct {
	Field   string `yaml:"field,omitempty" json:"field,omitzero"`     // absent: all facts
	Machine string `yaml:"machine,omitempty" json:"machine,omitzero"` // absent: all machines
	Source  string `yaml:"source" json:"source"`                      // ID or kind
	Reason  string `yaml:"reason,omitempty" json:"reason,omitzero"`
}

func (d *Decisions) empty() bool {
	return len(d.Same) == 0 && len(d.Different) == 0 && len(d.Prefer) == 0
}

// Check tells what is wrong with the decisions.
func (d *Decisions) Check() error {
	if d.Version != 0 && d.Version != inventory.Version {
		return fmt.Errorf("version %d of the decisions is not known, only %d", d.Version, inventory.Version)
	}
	for i, list := range d.Same {
		if slices.Contains(list, "") || len(list) == 0 {
			return fmt.Errorf("same, number %d: a machine has no name", i+1)
		}
	}
	for i, list := range d.Different {
		if slices.Contains(list, "") || len(list) == 0 {
			return fmt.Errorf("different, number %d: a machine has no name", i+1)
		}
	}
	for i, p := range d.Prefer {
		if p.Source == "" {
			return fmt.Errorf("prefer, number %d: no source is named", i+1)
		}
	}
	return nil
}

// wishes are decisions as the merge asks for them.
type wishes struct {
	decisions       *Decisions
	same, different map[string][]int // name in lower case → decisions that name it
	used            map[string]bool  // decision → it was about a machine
}

func newWishes(d *Decisions) *wishes {
	index := func(lists [][]string) map[string][]int {
		m := map[string][]int{}
		for i, list := range lists {
			for _, name := range list {
				name = strings.ToLower(name)
				if at := m[name]; len(at) == 0 || at[len(at)-1] != i {
					m[name] = append(at, i)
				}
			}
		}
		return m
	}
	return &wishes{d, index(d.Same), index(d.Different), map[string]bool{}}
}

// about are the decisions of one list that name a record.
func (w *wishes) about(index map[string][]int, r *record) []int {
	if len(index) == 0 {
		return nil
	}
	var found []int
	for _, name := range r.names() {
		for _, i := range index[name] {
			if !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
	}
	slices.Sort(found)
	return found
}

// prefers is the place of the first decision that prefers a source for a fact
// of a machine; a high number where none does.
func (w *wishes) prefers(field string, names []string, source inventory.Source) int {
	for i, p := range w.decisions.Prefer {
		if p.Source != source.ID && p.Source != source.Kind || p.Field != "" && p.Field != field {
			continue
		}
		if p.Machine != "" && !slices.Contains(names, strings.ToLower(p.Machine)) {
			continue
		}
		w.used[fmt.Sprintf("prefer %d", i)] = true
		return i
	}
	return len(w.decisions.Prefer)
}

// unused are the decisions that were about nothing.
func (w *wishes) unused() []string {
	var out []string
	for i, list := range w.decisions.Same {
		if !w.used[fmt.Sprintf("same %d", i)] {
			out = append(out, "same: "+strings.Join(list, ", "))
		}
	}
	for i, list := range w.decisions.Different {
		if !w.used[fmt.Sprintf("different %d", i)] {
			out = append(out, "different: "+strings.Join(list, ", "))
		}
	}
	for i, p := range w.decisions.Prefer {
		if !w.used[fmt.Sprintf("prefer %d", i)] {
			out = append(out, strings.TrimSpace("prefer: "+p.Source+" "+p.Field+" "+p.Machine))
		}
	}
	return out
}
