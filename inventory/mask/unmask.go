package mask

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// tokenShape is what any token looks like.
var tokenShape = regexp.MustCompile(`\b(?:(?:` + strings.Join(kinds, "|") + `|sn)-[0-9a-f]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|02(?::[0-9a-f]{2}){5})\b`)

// Unmask brings a plan, a report or a table back: every token becomes what it
// stands for, written as the file asks for: JSON, HTML, or as it is. Tokens that
// the key does not know stay; it counts both.
func (k *Key) Unmask(text []byte) (out []byte, known, unknown int) {
	write := func(s string) string { return s }
	switch trimmed := strings.TrimLeft(string(text[:min(len(text), 64)]), " \t\r\n\ufeff"); {
	case strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "["):
		write = inJSON
	case strings.HasPrefix(trimmed, "<"):
		write = html.EscapeString
	}
	out = tokenShape.ReplaceAllFunc(text, func(token []byte) []byte {
		name, ok := k.Tokens[string(token)]
		if !ok {
			unknown++
			return token
		}
		known++
		return []byte(write(name))
	})
	return out, known, unknown
}

// inJSON is a text as it stands within the quotes of JSON.
func inJSON(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return s // cannot be: every string has a form in JSON
	}
	quoted := strings.TrimSuffix(b.String(), "\n")
	return quoted[1 : len(quoted)-1]
}
