package planner

import (
	"maps"
	"slices"
	"strings"
)

// sortedNames lists the keys of a set in order.
func sortedNames(set map[string]bool) []string {
	return slices.Sorted(maps.Keys(set))
}

// joinNames joins the names of a set in order.
func joinNames(set map[string]bool) string {
	return strings.Join(sortedNames(set), "; ")
}
