package table

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"sobre/inventory"
)

// Mapping says which column of a register is what. What is left out is told
// from the content, or not read.
type Mapping struct {
	Version   int    `yaml:"version" json:"version"`
	Name      string `yaml:"name,omitempty" json:"name,omitzero"`           // of the register, for people
	Separator string `yaml:"separator,omitempty" json:"separator,omitzero"` // ; , tab or |
	Encoding  string `yaml:"encoding,omitempty" json:"encoding,omitzero"`   // utf-8, utf-16, windows-1252
	Decimal   string `yaml:"decimal,omitempty" json:"decimal,omitzero"`     // , or .
	Header    int    `yaml:"header,omitempty" json:"header,omitzero"`       // line of the header, where a title stands above it
	Sheet     string `yaml:"sheet,omitempty" json:"sheet,omitzero"`         // of a workbook; the first by default
	// Dates is "day first" (15/03/2006, the default) or "month first"; dates
	// such as 2006-03-15 are read in any case.
	Dates    string `yaml:"dates,omitempty" json:"dates,omitzero"`
	Currency string `yaml:"currency,omitempty" json:"currency,omitzero"` // of prices without one; EUR by default
	Country  string `yaml:"country,omitempty" json:"country,omitzero"`   // of the sites, ISO 3166: FR
	// Columns maps a field to the header of its column. The fields are those
	// that Fields lists.
	Columns map[string]string `yaml:"columns,omitempty" json:"columns,omitempty"`
	// Labels maps the name of a label to the header of its column.
	Labels map[string]string `yaml:"labels,omitempty" json:"labels,omitempty"`
	// Units gives the unit of columns that hold bare numbers: {memory: GiB}.
	Units map[string]string `yaml:"units,omitempty" json:"units,omitempty"`
}

// Fields lists the fields that a column can be mapped to, with the headers that
// are tried without a mapping file.
func Fields() map[string][]string {
	return map[string][]string{
		"serial":     {"n de serie", "numero de serie", "no de serie", "serial number", "serial", "service tag"},
		"name":       {"nom", "machine", "nom de la machine", "serveur", "name", "host", "hostname", "computer", "designation"},
		"uuid":       {"uuid"},
		"site":       {"site", "lieu", "localisation", "location"},
		"chassis":    {"chassis", "enclosure"},
		"service":    {"service", "direction", "department"},
		"owner":      {"proprietaire", "responsable", "owner"},
		"make":       {"fabricant", "marque", "constructeur", "manufacturer", "vendor", "make"},
		"model":      {"modele", "model"},
		"os":         {"systeme", "systeme d exploitation", "operating system", "os"},
		"purchased":  {"date d achat", "date d acquisition", "purchase date", "purchased"},
		"maintained": {"fin de maintenance", "fin de garantie", "maintenance end", "warranty end"},
		"price":      {"prix d achat ht", "prix d achat", "prix", "purchase price", "price"},
		"year":       {"annee", "year"},
		"kind":       {"type de serveur", "physique virtuel", "server type", "kind"},
		"host":       {"hote", "hyperviseur", "esx", "runs on", "hypervisor host"},
		"state":      {"etat", "statut", "state", "status", "powerstate"},
		"cpu_model":  {"type de processeur", "cpu model", "cpu type", "processor"},
		"sockets":    {"nombre de processeurs", "sockets"},
		"cores":      {"coeurs", "nombre de coeurs", "cores", "core count"},
		"threads":    {"threads"},
		"vcpus":      {"vcpu", "vcpus", "nombre de vcpu"},
		"clock":      {"frequence", "clock"},
		"memory":     {"memoire", "ram", "memory"},
		"disk":       {"disque", "disk"},
		"disk_used":  {"disque utilise", "disk used", "used disk"},
		"idle":       {"puissance au repos", "idle power"},
		"max":        {"puissance maximale", "maximum power"},
		"metered":    {"consommation annuelle", "yearly energy"},
	}
}

// ReadMapping reads a mapping file from fsys, or from this machine's files where
// that is nil. It is strict: an unknown field is an error that names the nearest.
func ReadMapping(fsys fs.FS, path string) (*Mapping, error) {
	f, err := open(fsys, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := inventory.Decode[Mapping](f, path)
	if err != nil {
		return nil, err
	}
	if err := m.Validate(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return m, nil
}

// MappingPath is where the mapping of a table lies: beside it, with the ending
// .map.yaml.
func MappingPath(path string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + ".map.yaml"
}

// MappingBeside reads the mapping that lies beside a table; nil when there is none.
func MappingBeside(fsys fs.FS, path string) (*Mapping, error) {
	f, err := open(fsys, MappingPath(path))
	if err != nil {
		return nil, nil
	}
	f.Close()
	return ReadMapping(fsys, MappingPath(path))
}

// Validate tells all that is wrong with a mapping.
func (m *Mapping) Validate() error {
	var wrong []string
	known := slices.Sorted(maps.Keys(Fields()))
	for _, list := range []map[string]string{m.Columns, m.Units} {
		for _, f := range slices.Sorted(maps.Keys(list)) {
			if !slices.Contains(known, f) {
				wrong = append(wrong, fmt.Sprintf("unknown field %q%s", f, meant(f, known)))
			}
		}
	}
	if m.Version != inventory.Version {
		wrong = append(wrong, fmt.Sprintf("version %d is not %d", m.Version, inventory.Version))
	}
	if s := m.Separator; s != "tab" && len([]rune(s)) > 1 {
		wrong = append(wrong, fmt.Sprintf("separator %q is not one sign or the word tab", s))
	}
	if m.Decimal != "" && m.Decimal != "," && m.Decimal != "." {
		wrong = append(wrong, fmt.Sprintf("decimal %q is neither , nor .", m.Decimal))
	}
	if m.Dates != "" && m.Dates != "day first" && m.Dates != "month first" {
		wrong = append(wrong, fmt.Sprintf("dates %q is neither \"day first\" nor \"month first\"", m.Dates))
	}
	if len(wrong) > 0 {
		return fmt.Errorf("the mapping is wrong: %s", strings.Join(wrong, "; "))
	}
	return nil
}

func meant(word string, known []string) string {
	if near := inventory.Nearest(word, known); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return " (known: " + strings.Join(known, ", ") + ")"
}

func (m *Mapping) csv() inventory.CSVOptions {
	o := inventory.CSVOptions{Encoding: m.Encoding, Header: m.Header}
	for _, r := range m.Separator {
		o.Separator = r
		break
	}
	if m.Separator == "tab" {
		o.Separator = '\t'
	}
	if m.Decimal != "" {
		o.Decimal = m.Decimal[0]
	}
	return o
}
