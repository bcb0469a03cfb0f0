package inventory

import (
	"fmt"
	"strings"
)

// OneOf sets *v to text when it is one of the known words, and otherwise
// names them, nearest first.
func OneOf[T ~string](v *T, text []byte, known ...T) error {
	words := make([]string, len(known))
	for i, k := range known {
		if string(k) == string(text) {
			*v = k
			return nil
		}
		words[i] = string(k)
	}
	if near := Nearest(string(text), words); near != "" {
		return fmt.Errorf("%q is unknown; did you mean %q?", text, near)
	}
	return fmt.Errorf("%q is unknown (one of %s)", text, strings.Join(words, ", "))
}

// Nearest is the known word that looks most like the one given, or "" when
// none is near: more than half of the letters would have to change.
func Nearest(word string, known []string) string {
	best, bestDistance := "", len([]rune(word))/2+1
	for _, k := range known {
		if d := editDistance(strings.ToLower(word), strings.ToLower(k)); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// editDistance counts insertions, deletions, replacements and swaps of
// neighbours (optimal string alignment). Words longer than maxWord are cut:
// no name of ours is that long, and the table would grow with hostile input.
func editDistance(a, b string) int {
	const maxWord = 64
	s, t := []rune(a), []rune(b)
	s, t = s[:min(len(s), maxWord)], t[:min(len(t), maxWord)]
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		for j := 1; j <= len(t); j++ {
			change := 1
			if s[i-1] == t[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
