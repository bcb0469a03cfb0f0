package inventory

import "strings"

// Maker is who made the processors: "Intel", "AMD", "IBM", "Oracle", empty
// when the model does not say. A running guest cannot change it.
func (c CPU) Maker() string {
	name := strings.ToLower(c.Model)
	for _, m := range makers {
		for _, word := range m.words {
			if strings.Contains(name, word) {
				return m.name
			}
		}
	}
	return ""
}

var makers = []struct {
	name  string
	words []string
}{
	{"Intel", []string{"intel", "xeon", "pentium", "celeron", "itanium"}},
	{"AMD", []string{"amd", "opteron", "epyc", "athlon", "ryzen", "phenom"}},
	{"IBM", []string{"ibm", "power5", "power6", "power7", "power8", "power9"}},
	{"Oracle", []string{"sparc"}},
}
