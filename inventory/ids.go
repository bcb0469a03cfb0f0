package inventory

import "strconv"

// IDs hands out identifiers that are unique within one list of an estate.
type IDs struct{ used map[string]bool }

// Unique returns want, or want with -2, -3, … behind it when it is taken. An
// empty want becomes "unnamed".
func (ids *IDs) Unique(want string) string {
	if ids.used == nil {
		ids.used = map[string]bool{}
	}
	if want == "" {
		want = "unnamed"
	}
	id := want
	for n := 2; ids.used[id]; n++ {
		id = want + "-" + strconv.Itoa(n)
	}
	ids.used[id] = true
	return id
}
