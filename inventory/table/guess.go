package table

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Sure is how sure a guess is.
type Sure int

// How sure a guess can be.
const (
	Unsure Sure = iota // by the values, or part of the header: look at it
	Likely             // the header and the values agree in part
	Certain
)

// String is the word for it that the guessed mapping shows.
func (s Sure) String() string { return [...]string{"unsure", "likely", "sure"}[s] }

// Guess is what a table seems to say, column by column.
type Guess struct {
	Path    string
	Mapping Mapping  // of all columns that were guessed, however unsure
	Columns []Column // all of the table, in its order
	Rows    int
}

// Column is one column of a table and what it was taken for.
type Column struct {
	Header string
	Field  string // one of Fields; "": none
	Unit   string // of bare numbers in it, where the field has one
	Sure   Sure
	Why    string   // by what sign
	Values []string // the first that differ
}

// samples is how many values of a column a guess shows, and looks how many
// rows it looks at.
const (
	samples = 3
	looks   = 500
)

// MakeGuess looks at the header and the values of the table at path and says
// what each column seems to hold. Nothing of it is certain until a person has
// looked at it: Write puts it down as a mapping file with comments.
func MakeGuess(fsys fs.FS, path string) (*Guess, error) {
	t, _, err := readTable(fsys, path, &Mapping{Version: inventory.Version})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	g := &Guess{Path: path, Rows: len(t.Rows), Mapping: Mapping{Version: inventory.Version, Sheet: t.name, Columns: map[string]string{}, Units: map[string]string{}}}
	if t.epoch.IsZero() {
		g.Mapping.Separator, g.Mapping.Encoding, g.Mapping.Decimal = separatorName(t.Separator), t.Encoding, string(t.Decimal)
	}
	var candidates []candidate
	for i, h := range t.Header {
		values := valuesOf(t.CSV, i)
		g.Columns = append(g.Columns, Column{Header: h, Values: values[:min(len(values), samples)]})
		if h != "" && len(values) > 0 {
			candidates = append(candidates, candidatesFor(i, h, values, t)...)
		}
	}
	g.choose(candidates)
	return g, nil
}

func separatorName(r rune) string {
	if r == '\t' {
		return "tab"
	}
	return string(r)
}

// valuesOf lists the values of a column that differ, of the first rows.
func valuesOf(t *inventory.CSV, column int) []string {
	var values []string
	seen := map[string]bool{}
	for _, row := range t.Rows[:min(len(t.Rows), looks)] {
		if v := row.Cell(column); v != "" && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

// candidate is one field that a column may be.
type candidate struct {
	column int
	field  string
	unit   string
	sure   Sure
	why    string
	rank   int // among those equally sure: how much of the header speaks for it
}

// choose gives each field the column that speaks most for it, and each column
// one field.
func (g *Guess) choose(candidates []candidate) {
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.sure, a.sure), cmp.Compare(b.rank, a.rank), cmp.Compare(a.column, b.column), strings.Compare(a.field, b.field))
	})
	for _, c := range candidates {
		col := &g.Columns[c.column]
		if _, taken := g.Mapping.Columns[c.field]; taken || col.Field != "" {
			continue
		}
		col.Field, col.Unit, col.Sure, col.Why = c.field, c.unit, c.sure, c.why
		g.Mapping.Columns[c.field] = col.Header
		if c.unit != "" {
			g.Mapping.Units[c.field] = c.unit
		}
	}
}

// candidatesFor lists what a column may be: by its header first, by its values
// where the header says nothing.
func candidatesFor(i int, header string, values []string, t *sheet) []candidate {
	plain := inventory.PlainHeader(header)
	bare, unit := splitUnit(plain)
	var out []candidate
	for _, field := range slices.Sorted(maps.Keys(Fields())) {
		c := candidate{column: i, field: field}
		for _, name := range Fields()[field] {
			switch {
			case name == plain || name == bare:
				c.sure, c.rank, c.why = Certain, 1000, "the header"
			case containsWords(plain, name) && len(name) > c.rank:
				c.sure, c.rank, c.why = max(c.sure, Likely), len(name), "part of the header"
			}
		}
		if c.why == "" && slices.Contains(hints()[field], bare) {
			c.sure, c.rank, c.why = Likely, 1, "a word for it"
		}
		if c.why == "" {
			continue
		}
		if fits, why := valuesFit(field, values, t); !fits {
			c.sure, c.why = Unsure, c.why+", but "+why
			if c.rank < 1000 {
				continue
			}
		}
		c.unit = unitFor(field, unit, values, t, &c)
		out = append(out, c)
	}
	if len(out) == 0 {
		out = byValues(i, values)
	}
	return out
}

// hints are headers that may mean a field, where the values agree.
func hints() map[string][]string {
	return map[string][]string{
		"serial":    {"n serie", "no serie", "numero serie", "sn", "s n"},
		"cpu_model": {"cpu", "processeur", "proc"},
		"sockets":   {"cpu", "nb cpu", "processeurs", "nb processeurs", "sockets cpu"},
		"cores":     {"nb coeurs", "nbre coeurs", "nombre coeurs", "coeur"},
		"vcpus":     {"nb vcpu"},
		"purchased": {"achat", "achete le", "acquis le", "date achat", "mise en service", "date"},
		"memory":    {"ram installee", "mem"},
		"disk":      {"stockage", "storage", "hdd"},
		"owner":     {"contact", "referent"},
		"year":      {"annee d achat"},
	}
}

// splitUnit takes a unit off the end of a header: "memoire go" is "memoire" in GiB.
func splitUnit(plain string) (bare, unit string) {
	words := strings.Fields(plain)
	if len(words) < 2 {
		return plain, ""
	}
	if unit = unitWord(words[len(words)-1]); unit == "" {
		return plain, ""
	}
	bare = strings.Join(words[:len(words)-1], " ")
	return strings.TrimSuffix(bare, " en"), unit
}

// unitWord is a unit as quantities are written here; makers and towns write MB
// and Mo of memory and mean MiB.
func unitWord(word string) string {
	switch word {
	case "mo", "mb", "mib", "mio":
		return "MiB"
	case "go", "gb", "gib", "gio":
		return "GiB"
	case "to", "tb", "tib", "tio":
		return "TiB"
	case "mhz":
		return "MHz"
	case "ghz":
		return "GHz"
	case "w", "watts":
		return "W"
	}
	return ""
}

// unitFor is the unit of a field's bare numbers: the header's, or, for memory
// and clock, the one that makes sense of them.
func unitFor(field, unit string, values []string, t *sheet, c *candidate) string {
	switch field {
	case "memory", "disk", "disk_used", "clock":
	default:
		return ""
	}
	if unit != "" || !anyNumber(values, t) {
		return unit
	}
	least := smallest(values, t)
	c.sure = min(c.sure, Likely)
	switch {
	case field == "clock" && least < 10:
		c.why += "; GHz by the values"
		return "GHz"
	case field == "clock":
		return "MHz"
	case least >= 200:
		c.why += "; MiB by the values"
		return "MiB"
	}
	c.why += "; GiB by the values"
	return "GiB"
}

func anyNumber(values []string, t *sheet) bool {
	return slices.ContainsFunc(values, func(v string) bool { _, ok := t.Number(v); return ok })
}

func smallest(values []string, t *sheet) float64 {
	least := 0.0
	for _, v := range values {
		if n, ok := t.Number(v); ok && n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// containsWords tells whether the words of a name stand in a header, whole.
func containsWords(header, name string) bool {
	return strings.Contains(" "+header+" ", " "+name+" ")
}

var (
	uuidValue  = regexp.MustCompile(`^[0-9A-Fa-f]{8}-?([0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}$`)
	dateValue  = regexp.MustCompile(`^(\d{1,2}[/.-]\d{1,2}[/.-](\d{2}|\d{4})|\d{4}[/-]\d{1,2}[/-]\d{1,2})\b`)
	osValue    = regexp.MustCompile(`(?i)windows|linux|debian|ubuntu|red ?hat|suse|solaris|vmware esx|aix|centos`)
	makeValue  = regexp.MustCompile(`(?i)^(hp|hpe|hewlett.*|dell.*|ibm|lenovo|fujitsu.*|cisco.*|supermicro|sun.*|oracle|bull)$`)
	modelValue = regexp.MustCompile(`(?i)proliant|poweredge|xseries|thinksystem|primergy|ucs|bladecenter|eserver|synergy`)
)

// valuesFit tells whether most values can be of a field, and why not.
func valuesFit(field string, values []string, t *sheet) (fits bool, why string) {
	good := 0
	for _, v := range values {
		_, isNumber := t.Number(v)
		ok := true
		switch field {
		case "purchased", "maintained":
			ok = dateValue.MatchString(v) || isNumber && !t.epoch.IsZero()
		case "uuid":
			ok = uuidValue.MatchString(v)
		case "memory", "disk", "disk_used", "clock", "sockets", "cores", "threads", "vcpus", "price", "idle", "max", "metered", "year":
			ok = v[0] >= '0' && v[0] <= '9' || v[0] == '-'
		case "os", "make", "model", "cpu_model", "site", "service", "owner", "kind", "state":
			ok = !isNumber
		}
		if ok {
			good++
		}
	}
	if good*2 < len(values) {
		return false, "its values do not look like it"
	}
	return true, ""
}

// byValues guesses what a column is by what stands in it.
func byValues(i int, values []string) []candidate {
	for _, sign := range []struct {
		field   string
		pattern *regexp.Regexp
	}{{"uuid", uuidValue}, {"model", modelValue}, {"make", makeValue}, {"os", osValue}} {
		n := 0
		for _, v := range values {
			if sign.pattern.MatchString(v) {
				n++
			}
		}
		if n*2 > len(values) {
			return []candidate{{column: i, field: sign.field, why: "the values alone", rank: n * 100 / len(values)}}
		}
	}
	return nil
}

// Confident is the mapping of those columns that are not Unsure, and the headers
// of those that are.
func (g *Guess) Confident() (m Mapping, unsure []string) {
	m = g.Mapping
	m.Columns = maps.Clone(m.Columns)
	for _, c := range g.Columns {
		if c.Field != "" && c.Sure == Unsure {
			delete(m.Columns, c.Field)
			unsure = append(unsure, strconv.Quote(c.Header))
		}
	}
	return m, unsure
}
