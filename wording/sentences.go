package wording

import (
	"regexp"
	"strings"
)

// Say is an English sentence of a plan in the language: plans hold sentences in
// English only, so that a plan is the same document everywhere. A sentence that
// is not known stays as it is. What stands in a sentence for a name or a number
// is said in turn, so that a reason within a reason is translated too.
func (l *Language) Say(english string) string {
	if l.Code != "fr" || english == "" {
		return english
	}
	return sayFrench(english, deepest)
}

// deepest is how many sentences may stand within one another.
const deepest = 4

func sayFrench(english string, depth int) string {
	if depth == 0 {
		return english
	}
	if number.MatchString(english) {
		return frenchNumber(english)
	}
	s, holes, ok := match(english)
	if !ok {
		return english
	}
	for i := range holes {
		holes[i] = sayFrench(holes[i], depth-1)
	}
	return inOrder(s.french, holes)
}

// match finds the first template that fits. Whole sentences come before the
// words that stand in their holes.
func match(english string) (sentence, []string, bool) {
	for _, list := range sentenceLists() {
		for _, s := range list {
			if holes, ok := fill(s.english, english); ok {
				return s, holes, true
			}
		}
	}
	return sentence{}, nil, false
}

// sentenceLists are the sentences of each room, in the order they are tried.
func sentenceLists() [][]sentence {
	return [][]sentence{
		plannerSentences,
		ruleSentences,
		wavesSentences,
		sourceSentences,
		dataSentences,
		mergeSentences,
		auditSentences,
		carbonSentences,
		moneySentences, formulaSentences,
		gateSentences,
	}
}

// Known tells whether a sentence has a form in French.
func Known(english string) bool {
	_, _, ok := match(english)
	return ok
}

var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func frenchNumber(s string) string { return strings.Replace(s, ".", ",", 1) }

// fill matches a text against a template and gives what stands in its holes.
func fill(template, text string) ([]string, bool) {
	first, rest, any := strings.Cut(template, "%s")
	if !any {
		return nil, template == text
	}
	text, ok := strings.CutPrefix(text, first)
	if !ok {
		return nil, false
	}
	var holes []string
	for {
		literal, more, again := strings.Cut(rest, "%s")
		at := strings.Index(text, literal)
		if !again { // the last hole goes up to the end
			if !strings.HasSuffix(text, literal) {
				return nil, false
			}
			at = len(text) - len(literal)
		}
		if at <= 0 { // a hole holds something
			return nil, false
		}
		holes = append(holes, text[:at])
		text, rest = text[at+len(literal):], more
		if !again {
			return holes, true
		}
	}
}

// inOrder puts the holes into a template, one after the other.
func inOrder(template string, holes []string) string {
	var b strings.Builder
	for _, h := range holes {
		before, after, _ := strings.Cut(template, "%s")
		b.WriteString(before)
		b.WriteString(h)
		template = after
	}
	return b.String() + template
}

// sentence is a template in both languages, with the same holes in the same order.
type sentence struct{ english, french string }
