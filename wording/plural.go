package wording

import "fmt"

// Of is the text for n things, the number written in the language.
func (p Plural) Of(l *Language, n int) string {
	text := p.Many
	if n == 1 || n == 0 && l.Code == "fr" {
		text = p.One
	}
	return sprint(text, l.Count(n))
}

// sprint fills the one %s of a text, if it has one.
func sprint(text, number string) string {
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '%' && text[i+1] == 's' {
			return fmt.Sprintf(text, number)
		}
	}
	return text
}
