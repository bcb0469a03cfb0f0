package mask

import (
	"regexp"
	"strings"
	"unicode"

	"sobre/inventory"
)

// namesOf gathers the names of an estate by kind.
func namesOf(e *inventory.Estate) map[string][]string {
	n := map[string][]string{}
	add := func(kind string, names ...string) {
		for _, name := range names {
			if name != "" {
				n[kind] = append(n[kind], name)
			}
		}
	}
	origins := func(from []inventory.Origin) {
		for _, o := range from {
			if !plainSource.MatchString(o.Source) {
				add("source", o.Source)
			}
			if !plainPlace.MatchString(o.At) {
				add("place", o.At)
			}
		}
	}
	labels := func(labels map[string]string) {
		for _, v := range labels {
			if !plainLabel.MatchString(strings.ToLower(v)) {
				add("label", v)
			}
		}
	}
	add("estate", e.Name)
	for _, s := range e.Sources {
		add("place", s.Path)
		if !plainSource.MatchString(s.ID) {
			add("source", s.ID)
		}
	}
	for _, s := range e.Sites {
		add("site", s.Name)
		origins(s.From)
	}
	for _, c := range e.Chassis {
		add("chassis", c.ID, c.Name)
		add("site", c.Site)
		origins(c.From)
	}
	for _, c := range e.Clusters {
		add("cluster", c.ID, c.Name)
		add("site", c.Site)
		origins(c.From)
	}
	for _, p := range e.Pools {
		add("pool", p.ID, p.Name, p.Parent)
		add("cluster", p.Cluster)
		origins(p.From)
	}
	for i := range e.Hosts {
		h := &e.Hosts[i]
		add("host", h.ID, h.Name)
		add("site", h.Site)
		add("cluster", h.Cluster)
		add("chassis", h.Chassis)
		add("owner", h.Owner)
		labels(h.Labels)
		origins(h.From)
	}
	for i := range e.Workloads {
		w := &e.Workloads[i]
		add("vm", w.ID, w.Name)
		add("host", w.Host)
		add("cluster", w.Cluster)
		add("pool", w.Pool)
		add("service", w.Service)
		add("store", w.Datastores...)
		for _, p := range w.Pins {
			add("note", p.Reason)
		}
		labels(w.Labels)
		origins(w.From)
	}
	for _, d := range e.Datastores {
		add("store", d.ID, d.Name)
		add("host", d.Hosts...)
		origins(d.From)
	}
	for _, r := range e.Rules {
		add("rule", r.Name)
		add("note", r.Reason)
		origins(r.From)
	}
	for _, f := range e.Findings {
		if !plainPlace.MatchString(f.At) {
			add("place", f.At)
		}
	}
	return n
}

// splitWords cuts a text where a name may begin or end: between what is a letter
// or digit and what is not. Joined, the parts are the text.
func splitWords(s string) []string {
	var parts []string
	from, inside := 0, false
	for i, r := range s {
		is := unicode.IsLetter(r) || unicode.IsDigit(r)
		if i > from && (is != inside || !is) {
			parts = append(parts, s[from:i])
			from = i
		}
		inside = is
	}
	if from < len(s) {
		parts = append(parts, s[from:])
	}
	return parts
}

// Text is a sentence with every name of the estate in it masked, the longest
// first, and whatever else looks as if it told of a machine: addresses, UUIDs,
// paths, and words that mix letters with digits or dashes as names do.
func (m *Masker) Text(s string) string {
	if s == "" {
		return ""
	}
	parts := splitWords(s)
	var b strings.Builder
	for i := 0; i < len(parts); {
		token, n := m.longest(parts[i:])
		if n == 0 {
			b.WriteString(parts[i])
			i++
			continue
		}
		b.WriteString(token)
		i += n
	}
	return doubtful.ReplaceAllStringFunc(b.String(), func(word string) string {
		if _, isToken := m.key.Tokens[word]; isToken || harmless.MatchString(word) && !address.MatchString(word) {
			return word
		}
		if u := inventory.NormaliseUUID(word); u != "" {
			return m.uuid(u)
		}
		return m.token("note", word)
	})
}

// longest is the token of the longest name that the parts begin with, and how
// many parts it takes.
func (m *Masker) longest(parts []string) (token string, n int) {
	text := ""
	for i := 0; i < len(parts) && i < m.most; i++ {
		text += strings.ToLower(parts[i])
		if t, ok := m.words[text]; ok {
			token, n = t, i+1
		}
	}
	return token, n
}

var (
	// address is that of a machine in a network.
	address = regexp.MustCompile(`^[0-9]+(\.[0-9]+){3}`)
	// doubtful words hold a digit and a letter, or look like an address, a domain or a path.
	doubtful = regexp.MustCompile(`[\pL\pN][\pL\pN._:@/\\-]*[0-9@/\\_][\pL\pN._:@/\\-]*[\pL\pN]|[0-9]+[\pL._:@/\\-]+[\pL\pN._:@/\\-]*[\pL\pN]|/[\pL\pN._/-]+|[\pL\pN-]+(\.[\pL\pN-]+)+`)
	// harmless are words of our own sentences, processors, systems and figures.
	harmless = regexp.MustCompile(`^([0-9][0-9.,:/-]*|[vp][0-9]{1,2}|[0-9]+[a-zA-Z%]{1,4}|UTF-(8|16)|[Ww]indows-125[0-9]|ISO-8859-[0-9]+|x86[_-]64|i[3579]-?[0-9A-Za-z]*|[EXLWD][0-9]?-?[0-9]{4}[A-Za-z]*|v[0-9.]+|Gen[0-9]+|G[0-9]{1,2}|P2V|CO2e?|DL[0-9]+|BL[0-9]+c?|ML[0-9]+|R[0-9]{3}|PowerEdge|cpu\.[a-z]+|use\.[a-z]+|power\.[a-z]+|machines?|and/or)$`)
)

// replaceWord replaces a value where it stands as a word of a sentence.
func replaceWord(s, old, new string) string {
	var b strings.Builder
	for {
		at := strings.Index(s, old)
		if at < 0 {
			return b.String() + s
		}
		end := at + len(old)
		b.WriteString(s[:at])
		if isWord(s[:at], true) && isWord(old, false) || isWord(s[end:], false) && isWord(old, true) {
			b.WriteString(old)
		} else {
			b.WriteString(new)
		}
		s = s[end:]
	}
}

// isWord tells whether a text ends (or begins) with a letter or digit.
func isWord(s string, end bool) bool {
	runes := []rune(s)
	if len(runes) == 0 {
		return false
	}
	r := runes[0]
	if end {
		r = runes[len(runes)-1]
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
