package ocs

import (
	"regexp"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Limits beyond which a figure is a mistake of the agent or of the reader.
const (
	maxSockets      = 64
	maxCoresPerCPU  = 1024
	maxClockMHz     = 10_000
	minClockMHz     = 100
	clockTolerance  = 0.1 // SPEED may be a momentary clock: beyond this the model's own figure counts
	maxThreadFactor = 8   // threads a core: 8 on POWER, 2 on x86
)

var (
	coresInName = regexp.MustCompile(`\s*\[(\d{1,4}) core\(s\)[^\]]*\]`)
	clockInName = regexp.MustCompile(`@\s*(\d+(?:\.\d+)?)\s*(G|M)Hz`)
)

// processors fills cpu from CPUS and HARDWARE: sockets, cores and threads are
// three different numbers, and PROCESSORN is the first of them.
func (m *machine) processors(d *document) {
	hw := d.first("HARDWARE")
	sections := d.sections["CPUS"]
	model := hw.get("PROCESSORT")
	if model == "" && len(sections) > 0 {
		model = sections[0].get("NAME", "TYPE")
	}
	m.cpu.Model = cpuModel(model)
	sockets := m.sockets(hw, sections)
	m.cpu.Sockets = sockets
	if !m.coresFromSections(sections) {
		m.coresFromName(model, sockets)
	}
	m.cpu.Clock = m.clock(hw, sections, model)
	if len(sections) > 0 {
		m.origin(sections[0].line, "", "cpu")
	}
}

// cpuModel is the name of a processor without what the Windows agent hangs on it.
func cpuModel(s string) string {
	return inventory.CleanText(coresInName.ReplaceAllString(s, ""))
}

// sockets counts CPUS elements, one a socket; without any it takes PROCESSORN.
// Where the two differ the elements are right: FusionInventory may write 1
// beside six of them.
func (m *machine) sockets(hw section, sections []section) int {
	if n := len(sections); n > 0 && n <= maxSockets {
		return n
	}
	n, how := hw.count(maxSockets, "PROCESSORN")
	if how == impossible {
		m.impossible(hw, "PROCESSORN")
	}
	return n
}

// coresFromSections sums cores and threads over the sockets; it fails when one
// does not say, as half a sum would be taken for the whole.
func (m *machine) coresFromSections(sections []section) bool {
	cores, threads, allThreads := 0, 0, true
	for _, s := range sections {
		n, how := s.count(maxCoresPerCPU, "CORES", "CORE")
		if how == impossible {
			m.impossible(s, "CORES", "CORE")
		}
		if how != good {
			return false
		}
		cores += n
		// Old Windows agents write one thread beside two cores.
		t, how := s.count(maxThreadFactor*maxCoresPerCPU, "LOGICAL_CPUS", "THREADS", "THREAD")
		if how != good || t < n {
			allThreads = false
		}
		threads += t
	}
	if cores == 0 {
		return false
	}
	m.cpu.Cores = cores
	if allThreads {
		m.cpu.Threads = threads
	}
	return true
}

func (m *machine) coresFromName(model string, sockets int) {
	found := coresInName.FindStringSubmatch(model)
	if found == nil || sockets == 0 {
		return
	}
	each, err := strconv.Atoi(found[1])
	if err != nil || each == 0 || each > maxCoresPerCPU {
		return
	}
	m.cpu.Cores = each * sockets
	m.origin(m.line, "cores named in PROCESSORT × sockets", "cpu.cores")
}

// clock is the nominal clock: SPEED, unless the model's own name says something
// clearly different, as agents that read the momentary clock do.
func (m *machine) clock(hw section, sections []section, model string) inventory.Frequency {
	named, isNamed := clockOfName(model)
	for _, s := range append(sections[:len(sections):len(sections)], hw) {
		v, how := s.number(maxClockMHz, "SPEED", "CURRENT_SPEED", "PROCESSORS")
		if how == impossible {
			m.impossible(s, "SPEED", "CURRENT_SPEED", "PROCESSORS")
		}
		if how != good || v < minClockMHz {
			continue
		}
		if isNamed && (v < named*(1-clockTolerance) || v > named*(1+clockTolerance)) {
			break
		}
		return inventory.MHz(v)
	}
	if isNamed {
		m.origin(m.line, "clock in the name of the processor", "cpu.clock")
		return inventory.MHz(named)
	}
	return inventory.Frequency{}
}

func clockOfName(model string) (mhz float64, ok bool) {
	found := clockInName.FindStringSubmatch(model)
	if found == nil {
		return 0, false
	}
	v, err := strconv.ParseFloat(found[1], 64)
	if found[2] == "G" {
		v *= 1000
	}
	return v, err == nil && v >= minClockMHz && v <= maxClockMHz
}

// isServerCPU helps to tell servers from desktops by the processor alone.
func isServerCPU(model string) bool {
	model = strings.ToLower(model)
	for _, w := range []string{"xeon", "opteron", "epyc", "itanium", "power", "sparc"} {
		if strings.Contains(model, w) {
			return true
		}
	}
	return false
}

// fromModelTable fills cores, threads and clock that the document lacks from
// what makers publish of the model. A guest shows its host's model but not its
// cores.
func (m *machine) fromModelTable() {
	known, ok := inventory.LookUpCPU(m.cpu.Model)
	if !ok {
		return
	}
	var filled []string
	if !m.cpu.Clock.Known() && known.Clock.Known() {
		m.cpu.Clock = known.Clock
		filled = append(filled, "cpu.clock")
	}
	if m.kind != guest && m.cpu.Cores == 0 && m.cpu.Sockets > 0 {
		m.cpu.Cores, m.cpu.Threads = known.Cores*m.cpu.Sockets, known.Threads*m.cpu.Sockets
		filled = append(filled, "cpu.cores", "cpu.threads")
	}
	if len(filled) == 0 {
		return
	}
	m.origin(m.line, "table of processors: "+known.Name, filled...)
	m.note("filled-from-model", strings.Join(filled, ", ")+" taken from what "+known.Source+" publishes of the "+known.Name,
		"", "fields", strings.Join(filled, " "), "model", known.Name)
}
