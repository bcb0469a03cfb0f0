package inventory

import "strconv"

// IDs hands out identifiers that are unique within one list of an estate.
type IDs struct {
	used map[string]bool
	next map[string]int // number to try first behind a name that was taken before
}

// Unique returns want, or want with -2, -3, … behind it when it is taken. An
// empty want becomes "unnamed". Many equal names cost no more than many others:
// an OCS base has thousands of machines called "localhost".
func (ids *IDs) Unique(want string) string {
	if ids.used == nil {
		ids.used, ids.next = map[string]bool{}, map[string]int{}
	}
	if want == "" {
		want = "unnamed"
	}
	id := want
	if ids.used[id] {
		n := max(2, ids.next[want])
		for id = want + "-" + strconv.Itoa(n); ids.used[id]; id = want + "-" + strconv.Itoa(n) {
			n++
		}
		ids.next[want] = n + 1
	}
	ids.used[id] = true
	return id
}
