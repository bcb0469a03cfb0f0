package inventory

import "strings"

// Matches tells whether the pattern matches any of the names. * stands for any
// characters, ? for one; upper and lower case are the same.
func Matches(pattern string, names ...string) bool {
	p := []rune(strings.ToLower(pattern))
	for _, name := range names {
		if name != "" && glob(p, []rune(strings.ToLower(name))) {
			return true
		}
	}
	return false
}

// MatchesAny tells whether one of the patterns matches one of the names.
func MatchesAny(patterns []string, names ...string) bool {
	for _, p := range patterns {
		if Matches(p, names...) {
			return true
		}
	}
	return false
}

// glob matches in time proportional to both lengths: on a mismatch it goes
// back to the last star only, which is enough since a later star can absorb
// whatever an earlier one could.
func glob(pattern, name []rune) bool {
	p, n, star, mark := 0, 0, -1, 0
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, n
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == name[n]):
			p++
			n++
		case star >= 0:
			mark++
			p, n = star+1, mark
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}
