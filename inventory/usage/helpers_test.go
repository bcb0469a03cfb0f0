package usage_test

import (
	"io/fs"
	"maps"
	"slices"

	"golang.org/x/text/encoding/charmap"
)

func sortedNames(files map[string]string) []string { return slices.Sorted(maps.Keys(files)) }

func fsValid(name string) bool { return fs.ValidPath(name) && name != "." }

// latin1 is a text as a French Windows writes it.
func latin1(text string) string {
	out, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		panic(err) // the texts here have nothing else
	}
	return out
}
