package inventory

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed servermodels.csv
var serverModelTable string

// ServerModel is a common server as its maker sells it.
type ServerModel struct {
	Make     string `json:"make" yaml:"make"`
	Name     string `json:"name" yaml:"name"`
	Year     int    `json:"year" yaml:"year"`                            // launch: a machine may be younger, never older
	Form     string `json:"form" yaml:"form"`                            // 1U | 2U | 4U | blade | tower
	Sockets  int    `json:"sockets" yaml:"sockets"`                      // at most
	Embodied Mass   `json:"embodied,omitzero" yaml:"embodied,omitempty"` // kgCO2e to make one, where the maker publishes it
	Source   string `json:"source" yaml:"source"`                        // who publishes the figures, as the table's head explains: "hpe"
}

// LookUpServer finds a server by what a firmware, an agent or a person calls
// it: "ProLiant DL380 G5", "HP DL380 G5", "IBM System x3650 -[7979C6G]-". It
// tells false for what the built-in table does not hold; it never guesses a
// neighbour.
func LookUpServer(model string) (ServerModel, bool) {
	if at := strings.Index(model, "-["); at > 0 {
		model = model[:at] // IBM writes the machine type behind the model
	}
	m, ok := serverModels().byKey[serverKey(model)]
	return m, ok
}

// serverKey is a model without maker, product line and the words around it.
func serverKey(model string) string {
	key := ModelKey(model)
	for _, word := range []string{"eserver", "xseries", "bladecenter", "ucs"} {
		key = strings.ReplaceAll(key, word, "")
	}
	return key
}

// ServerModels lists the built-in table in its own order, by maker.
func ServerModels() []ServerModel { return append([]ServerModel(nil), serverModels().list...) }

type serverIndex struct {
	list  []ServerModel
	byKey map[string]ServerModel
}

// serverModels reads the embedded table once; it is read-only afterwards.
var serverModels = sync.OnceValue(func() serverIndex {
	index := serverIndex{byKey: map[string]ServerModel{}}
	for line := range strings.Lines(serverModelTable) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if len(f) != 7 || strings.HasPrefix(line, "#") || f[0] == "make" {
			continue
		}
		m := ServerModel{Make: f[0], Name: f[1], Form: f[3], Source: f[6]}
		m.Year, _ = strconv.Atoi(f[2]) // a test reads every row
		m.Sockets, _ = strconv.Atoi(f[4])
		if kg, err := strconv.ParseFloat(f[5], 64); err == nil {
			m.Embodied = Kilograms(kg)
		}
		index.list = append(index.list, m)
		index.byKey[serverKey(m.Name)] = m
	}
	return index
})

// FillGaps fills what hosts lack from the built-in tables of servers and
// processors: the year from the launch of the model, or else of the processor;
// cores, threads and clock from the processor. Each fill names its table in the
// host's origins and is a finding of severity note. It fills nothing that is
// known, so that filling twice is filling once.
func (e *Estate) FillGaps() {
	source := ""
	for i := range e.Hosts {
		h := &e.Hosts[i]
		for _, f := range gapsOf(h) {
			if source == "" {
				source = e.catalogueSource()
			}
			h.From = append(h.From, Origin{Source: source, Fields: f.fields, Method: f.method})
			e.Findings = append(e.Findings, Finding{
				Code: "filled-from-catalogue", Severity: Note, Subject: h.ID, Source: source, Do: "enter the true figure in the estate or the register",
				What:   strings.Join(f.fields, ", ") + " of " + h.ID + " taken from the " + f.method,
				Values: map[string]string{"fields": strings.Join(f.fields, " "), "id": h.ID, "from": f.method},
			})
		}
	}
}

// catalogueSource is the ID of the built-in tables among the sources.
func (e *Estate) catalogueSource() string {
	for _, s := range e.Sources {
		if s.Kind == "catalogue" {
			return s.ID
		}
	}
	s := Source{ID: e.SourceID("catalogue"), Kind: "catalogue", Tool: "built-in tables (sobre catalogue)"}
	e.Sources = append(e.Sources, s)
	return s.ID
}

// gap is what one table fills of a host.
type gap struct {
	fields []string
	method string
}

// gapsOf fills the gaps of a host and says which.
func gapsOf(h *Host) []gap {
	var out []gap
	cpu, knownCPU := LookUpCPU(h.CPU.Model)
	knownCPU = knownCPU && h.CPU.Model != ""
	if server, ok := LookUpServer(h.Model); ok && h.Year == 0 {
		h.Year = server.Year
		out = append(out, gap{[]string{"year"}, "catalogue of hosts: launch of " + server.Make + " " + server.Name + " (" + server.Source + ")"})
	} else if knownCPU && h.Year == 0 && cpu.Year > 0 {
		h.Year = cpu.Year
		out = append(out, gap{[]string{"year"}, "table of processors: launch of " + cpu.Name + " (" + cpu.Source + ")"})
	}
	if !knownCPU {
		return out
	}
	var fields []string
	if h.CPU.Cores == 0 && h.CPU.Sockets > 0 {
		h.CPU.Cores = cpu.Cores * h.CPU.Sockets
		fields = append(fields, "cpu.cores")
	}
	if h.CPU.Threads == 0 && h.CPU.Sockets > 0 && h.CPU.Cores == cpu.Cores*h.CPU.Sockets {
		h.CPU.Threads = cpu.Threads * h.CPU.Sockets
		fields = append(fields, "cpu.threads")
	}
	if !h.CPU.Clock.Known() && cpu.Clock.Known() {
		h.CPU.Clock = cpu.Clock
		fields = append(fields, "cpu.clock")
	}
	if len(fields) > 0 {
		out = append(out, gap{fields, "table of processors: " + cpu.Name + " (" + cpu.Source + ")"})
	}
	return out
}

// TableSource says in full what the built-in tables of servers, processors and
// operating systems call "hpe" or "intel": title, publisher and years. It is ""
// for what they do not hold.
func TableSource(id string) string {
	return map[string]string{
		"hpe":     "QuickSpecs and product carbon footprint sheets (2021), Hewlett Packard Enterprise",
		"dell":    "PowerEdge specification sheets and product carbon footprint sheets (2019 to 2021), Dell Inc.",
		"ibm":     "System x and BladeCenter announcement letters, IBM",
		"lenovo":  "ThinkSystem product guides, Lenovo Press",
		"fujitsu": "PRIMERGY data sheets, Fujitsu",
		"cisco":   "UCS data sheets, Cisco Systems, Inc.",
		"intel":   "Intel product specifications (ark.intel.com), Intel Corporation",
		"amd":     "AMD processor specifications (www.amd.com) and Opteron data sheets, Advanced Micro Devices, Inc.",
		"ampere":  "Ampere Altra product briefs, Ampere Computing LLC",
	}[id]
}
