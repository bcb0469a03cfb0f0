package wording

import "strings"

// Tell is one sentence of a report in the language, typeset, with its holes
// (%s) filled. A report names its sentences by their English form; a test
// holds that every one of them has a French form with the same holes.
func (l *Language) Tell(english string, holes ...string) string {
	text := english
	if l.Code == "fr" {
		if french, known := frenchReport()[english]; known {
			text = french
		}
	}
	return inOrder(l.Typeset(text), holes)
}

// Many is Tell for n things: the English form is "one|several", each with one
// hole for the number or none.
func (l *Language) Many(english string, n int, holes ...string) string {
	one, several, _ := strings.Cut(l.Tell(english), "|")
	text := several
	if n == 1 || n == 0 && l.Code == "fr" {
		text = one
	}
	if strings.Count(text, "%s") > len(holes) {
		holes = append([]string{l.Typeset(l.Count(n))}, holes...)
	}
	return inOrder(text, holes)
}
