package inventory

import "strings"

// MakerKey is a maker by one name: makers change theirs and agents add "Inc.".
func MakerKey(s string) string {
	s = PlainHeader(s)
	for _, maker := range []struct{ sign, name string }{
		{"hewlett", "hp"}, {"hpe", "hp"}, {"hp", "hp"}, {"dell", "dell"}, {"ibm", "lenovo"}, {"lenovo", "lenovo"},
		{"fujitsu", "fujitsu"}, {"sun ", "oracle"}, {"oracle", "oracle"}, {"cisco", "cisco"}, {"supermicro", "supermicro"}, {"super micro", "supermicro"}, {"bull", "bull"}, {"atos", "bull"},
	} {
		if strings.HasPrefix(s, maker.sign) {
			return maker.name
		}
	}
	first, _, _ := strings.Cut(s, " ")
	return first
}

// ModelKey is a model without maker and product line, which some leave out:
// "HP ProLiant DL380 G5" and "DL380 G5" are one.
func ModelKey(s string) string {
	var kept []string
	for w := range strings.FieldsSeq(PlainHeader(s)) {
		switch w {
		case "hp", "hpe", "hewlett", "packard", "enterprise", "dell", "inc", "emc", "ibm", "lenovo", "fujitsu", "siemens", "cisco", "systems", "oracle", "sun", "supermicro",
			"proliant", "poweredge", "primergy", "thinksystem", "system", "server", "servers", "bladeserver", "synergy":
		default:
			kept = append(kept, strings.Replace(w, "gen", "g", 1))
		}
	}
	return strings.Join(kept, "")
}
