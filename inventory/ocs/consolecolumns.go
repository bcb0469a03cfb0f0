package ocs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
)

// consoleColumn is a column of the console's list of machines: where its value
// stands in an agent document, and the headers it may have. The console speaks
// the language of the user who exports; these are its English and French
// headers (ocsreports 2.8, plugins/language).
type consoleColumn struct {
	field         string // what a mapping calls it
	section, name string // in an agent document
	headers       []string
	own           bool // a header that hardly any other program writes
}

func consoleColumns() []consoleColumn {
	return []consoleColumn{
		{field: "name", section: "HARDWARE", name: "NAME", headers: []string{"Computer", "Machine"}},
		{field: "id", section: "HARDWARE", name: "ID", headers: []string{"Computer Id", "Id de la machine"}, own: true},
		{field: "tag", section: "ACCOUNTINFO", name: "TAG", headers: []string{"Account info : TAG"}, own: true},
		{field: "last_inventory", section: "HARDWARE", name: "LASTDATE", headers: []string{"Last inventory", "Dernier inventaire"}, own: true},
		{field: "last_contact", section: "HARDWARE", name: "LASTCOME", headers: []string{"Last come", "Dernière visite"}, own: true},
		{field: "os", section: "HARDWARE", name: "OSNAME", headers: []string{"Operating system", "Systeme"}},
		{field: "memory", section: "HARDWARE", name: "MEMORY", headers: []string{"RAM (MB)", "RAM (Mo)"}, own: true},
		{field: "clock", section: "HARDWARE", name: "PROCESSORS", headers: []string{"CPU (MHz)"}, own: true},
		{field: "cpu_model", section: "HARDWARE", name: "PROCESSORT", headers: []string{"CPU type", "Type de processeur"}},
		{field: "sockets", section: "HARDWARE", name: "PROCESSORN", headers: []string{"CPU number", "Nombre de processeurs"}},
		{field: "description", section: "HARDWARE", name: "DESCRIPTION", headers: []string{"Description"}},
		{field: "agent", section: "HARDWARE", name: "USERAGENT", headers: []string{"User agent", "Type agent"}},
		{field: "uuid", section: "HARDWARE", name: "UUID", headers: []string{"UUID"}},
		{field: "archived", section: "HARDWARE", name: "ARCHIVE", headers: []string{"Archive", "Archiver"}},
		{field: "make", section: "BIOS", name: "SMANUFACTURER", headers: []string{"Manufacturer", "Fabricant"}},
		{field: "model", section: "BIOS", name: "SMODEL", headers: []string{"Model", "Modèle"}},
		{field: "serial", section: "BIOS", name: "SSN", headers: []string{"Serial number", "Numéro de série"}},
		{field: "mac", section: "NETWORKS", name: "MACADDR", headers: []string{"MAC address", "Adresse MAC"}},
		{field: "category", section: "ACCOUNTINFO", name: "category", headers: []string{"Assets category", "Catégorie d'Actifs"}},
	}
}

// accountHeader is how the console heads the fields that people typed.
const accountHeader = "account info"

// ConsoleFields lists the fields that Options.Columns can map to the headers of
// a console export in another language than English and French.
func ConsoleFields() []string {
	var fields []string
	for _, c := range consoleColumns() {
		fields = append(fields, c.field)
	}
	return fields
}

// checkColumns tells what is wrong with a mapping of headers.
func checkColumns(columns map[string]string) error {
	known := ConsoleFields()
	for _, f := range slices.Sorted(maps.Keys(columns)) {
		if slices.Contains(known, f) {
			continue
		}
		hint := "known: " + strings.Join(known, ", ")
		if near := inventory.Nearest(f, known); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Errorf("the columns of the OCS console: unknown field %q (%s)", f, hint)
	}
	return nil
}

// consoleHeader is a header line that was understood.
type consoleHeader struct {
	separator rune
	names     []string        // as they stand there
	columns   []consoleColumn // by position; without a section: not read
	trailing  bool            // the line ends with a separator, as the console writes it
}

func (h consoleHeader) has(field string) bool { return h.position(field) >= 0 }

func (h consoleHeader) position(field string) int {
	return slices.IndexFunc(h.columns, func(c consoleColumn) bool { return c.field == field && c.section != "" })
}

// readConsoleHeader tries to understand a line as the header of a console
// export. Without a mapping it wants the name of the machine and two headers
// that are the console's own, so that no other table is taken for one.
func readConsoleHeader(line string, mapping map[string]string) (consoleHeader, bool) {
	line = strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r\n ")
	h := consoleHeader{separator: consoleSeparator(line)}
	if h.separator == 0 {
		return h, false
	}
	h.names = strings.Split(line, string(h.separator))
	if len(h.names) > 1 && strings.TrimSpace(h.names[len(h.names)-1]) == "" {
		h.trailing = true
	}
	for len(h.names) > 0 && strings.TrimSpace(h.names[len(h.names)-1]) == "" {
		h.names = h.names[:len(h.names)-1]
	}
	known, own := consoleColumns(), 0
	for i, name := range h.names {
		h.names[i] = inventory.CleanText(strings.Trim(name, `"`))
		c := matchColumn(known, h.names[i], mapping)
		if c.field != "" && h.has(c.field) {
			c = consoleColumn{} // the same header twice: the first counts
		}
		if c.own {
			own++
		}
		h.columns = append(h.columns, c)
	}
	return h, h.has("name") && (own >= 2 || len(mapping) > 0)
}

// matchColumn finds the column that a header stands for: by the mapping, by the
// console's own words, or as a field that people typed.
func matchColumn(known []consoleColumn, header string, mapping map[string]string) consoleColumn {
	plain := inventory.PlainHeader(header)
	for _, c := range known {
		headers := c.headers
		if mapped, ok := mapping[c.field]; ok {
			headers = []string{mapped}
		}
		for _, want := range headers {
			if inventory.PlainHeader(want) == plain && plain != "" {
				return c
			}
		}
	}
	if label, ok := strings.CutPrefix(plain, accountHeader+" "); ok && label != "" {
		return consoleColumn{field: "label " + label, section: "ACCOUNTINFO", name: label, own: true}
	}
	return consoleColumn{}
}

// consoleSeparator is the sign that the header ends with, as the console writes
// one behind every name; else the one of the usual signs that it has most of.
func consoleSeparator(line string) rune {
	signs := ";,\t|"
	if n := len(line); n > 0 && strings.IndexByte("^~#:/*"+signs, line[n-1]) >= 0 && strings.Count(line, line[n-1:]) > 2 {
		return rune(line[n-1])
	}
	best, most := rune(0), 0
	for _, r := range signs {
		if n := strings.Count(line, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}
