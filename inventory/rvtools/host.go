package rvtools

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// host takes in one row of vHost.
func (b *builder) host(s *scope, t *table) {
	h := hostFacts{server: t.server(), datacenter: t.text(fDatacenter), evc: t.text(fEVC)}
	h.Name, h.Role = t.text(fName), inventory.Hypervisor
	h.Make, h.Model, h.OS = t.text(fMake), t.text(fModel), t.text(fVersion)
	h.Serial, h.UUID = inventory.CleanSerial(t.text(fSerial)), inventory.NormaliseUUID(t.text(fUUID))
	if h.Serial == "" {
		h.Serial = inventory.CleanSerial(t.text(fServiceTag))
	}
	if t.flag(fMaintenance) {
		h.State = inventory.HostMaintenance
	}
	h.From = []inventory.Origin{b.origin(t)}
	if n, at := b.sameHost(h); n >= 0 {
		b.hostTwice(s, t, n, at)
		return
	}
	n := len(b.hosts)
	b.hostFigures(&h, t, n)
	h.Labels = labels("datacenter", h.datacenter, "power_policy", t.text(fPowerPolicy))
	h.cluster = b.clusterNumber(h.server, t.text(fCluster), b.origin(t))
	b.hosts = append(b.hosts, h)
	s.indexHost(n, h.Name)
	for _, key := range identities(h) {
		b.knownHost[key] = n
	}
}

// hostFigures reads what the host has and how much of it is used.
func (b *builder) hostFigures(h *hostFacts, t *table, n int) {
	h.CPU.Model = t.text(fCPUModel)
	h.CPU.Sockets, h.CPU.Cores = t.count(fSockets), t.count(fCores)
	if v, known := t.amount(fSpeed); known && v > 0 {
		h.CPU.Clock = inventory.MHz(v)
	}
	if each := t.count(fCoresPerSocket); h.CPU.Cores == 0 && each > 0 && h.CPU.Sockets > 0 {
		h.CPU.Cores = each * h.CPU.Sockets
		h.From = append(h.From, b.derived(t, "# CPU × Cores per CPU", "cpu.cores"))
	}
	if v, known := t.amount(fMemory); known && v > 0 {
		h.Memory = inventory.MiB(v)
	}
	if v, known := t.amount(fCPUUse); known {
		h.Use.CPU.Now = inventory.PercentLevel(v)
	}
	if v, known := t.amount(fMemoryUse); known {
		h.Use.Memory.Now = inventory.PercentLevel(v)
	}
	b.fillCPU(h, t, n)
	if t.has(fHT) && h.CPU.Cores > 0 {
		h.CPU.Threads = h.CPU.Cores
		if t.flag(fHT) {
			h.CPU.Threads = 2 * h.CPU.Cores
		}
		h.From = append(h.From, b.derived(t, "# Cores, twice with HT Active", "cpu.threads"))
	}
	b.hostUnknown(h, t, n)
}

// fillCPU takes what vHost lacks from the table of processor models.
func (b *builder) fillCPU(h *hostFacts, t *table, n int) {
	m, ok := inventory.LookUpCPU(h.CPU.Model)
	if !ok {
		return
	}
	var filled []string
	if h.CPU.Cores == 0 && h.CPU.Sockets > 0 {
		h.CPU.Cores = h.CPU.Sockets * m.Cores
		filled = append(filled, "cpu.cores")
	}
	if !h.CPU.Clock.Known() && m.Clock.Known() {
		h.CPU.Clock = m.Clock
		filled = append(filled, "cpu.clock")
	}
	if h.Year == 0 && m.Year > 0 {
		h.Year = m.Year
		filled = append(filled, "year")
	}
	if len(filled) == 0 {
		return
	}
	h.From = append(h.From, b.derived(t, "table of processor models: "+m.Name+"; the year is its launch", filled...))
	if len(filled) == 1 && filled[0] == "year" {
		return // said once for all, in joinHosts
	}
	b.notes.aboutHost(n, inventory.Finding{
		Code: "figure-filled", Severity: inventory.Note, Source: t.source, At: t.at, Line: t.rec.line,
		What:   fmt.Sprintf("%s of %s are those of its processor model (%s)", strings.Join(filled, ", "), h.Name, m.Name),
		Values: map[string]string{"name": h.Name, "fields": strings.Join(filled, " "), "model": m.Name},
	})
}

func (b *builder) hostUnknown(h *hostFacts, t *table, n int) {
	unknown := func(code, what string) {
		b.notes.aboutHost(n, inventory.Finding{
			Code: code, Severity: inventory.Warning, Source: t.source, At: t.at, Line: t.rec.line,
			What: fmt.Sprintf("%s of host %s is unknown: nothing can be placed on it", what, h.Name),
			Do:   "enter it in the estate file", Values: map[string]string{"name": h.Name},
		})
	}
	if !h.Memory.Known() {
		unknown("memory-unknown", "the memory")
	}
	if h.CPU.Cores == 0 {
		unknown("cores-unknown", "the number of cores")
	}
}

// identities are what makes a host the same one in two exports.
func identities(h hostFacts) []string {
	var keys []string
	if h.UUID != "" {
		keys = append(keys, "uuid "+h.UUID)
	}
	if h.Serial != "" {
		keys = append(keys, "serial "+strings.ToLower(h.Make+" "+h.Serial))
	}
	return append(keys, "name "+h.server+" "+strings.ToLower(h.datacenter)+" "+strings.ToLower(h.Name))
}

// sameHost is the number of a host read before that is this one, and by what.
func (b *builder) sameHost(h hostFacts) (int, string) {
	for _, key := range identities(h) {
		if n, ok := b.knownHost[key]; ok {
			by, _, _ := strings.Cut(key, " ")
			return n, by
		}
	}
	return -1, ""
}

func (b *builder) hostTwice(s *scope, t *table, n int, by string) {
	name := t.text(fName)
	s.indexHost(n, name)
	first := b.hosts[n].From[0]
	b.notes.aboutHost(n, inventory.Finding{
		Code: "host-twice", Severity: inventory.Warning, Source: t.source, At: t.at, Line: t.rec.line,
		What:   fmt.Sprintf("host %s stands twice (same %s as row %d of %s): counted once, as it stands there", name, by, first.Line, first.Source),
		Values: map[string]string{"name": name, "by": by, "other": first.Source, "line": strconv.Itoa(first.Line)},
	})
}

func (s *scope) indexHost(n int, name string) {
	key := strings.ToLower(name)
	if list := s.hosts[key]; len(list) <= maxSameName && !slices.Contains(list, n) {
		s.hosts[key] = append(s.hosts[key], n)
	}
	short := shortName(name)
	if list := s.short[short]; len(list) <= maxSameName && !slices.Contains(list, n) {
		s.short[short] = append(s.short[short], n)
	}
}

// shortName is a host name in lower case without its domain.
func shortName(name string) string {
	name = strings.ToLower(name)
	if _, err := netip.ParseAddr(name); err == nil {
		return name
	}
	if short, _, ok := strings.Cut(name, "."); ok && short != "" {
		return short
	}
	return name
}

// bladeModels are the models of servers that stand in a chassis, by maker.
var bladeModels = regexp.MustCompile(`(?i)\b(BL[0-9]{2,3}[a-z]?\b|Synergy|PowerEdge (M|FC|MX)[0-9]{3}|UCSB-|UCSX-|B[0-9]{3}[ -]M[0-9]|BladeCenter|HS[0-9]{2}\b|LS[0-9]{2}\b|Flex System|PRIMERGY BX|ThinkSystem SN[0-9])`)

// blades says which hosts are blades, whose chassis RVTools does not name.
func (b *builder) blades(s *scope) {
	counts, years := map[string]int{}, 0
	for _, h := range b.hosts {
		if h.From[0].Source != s.source.ID {
			continue
		}
		if model := strings.TrimSpace(h.Make + " " + h.Model); bladeModels.MatchString(model) {
			counts[model]++
		}
		if h.Year > 0 {
			years++
		}
	}
	for _, model := range slices.Sorted(maps.Keys(counts)) {
		b.notes.add(inventory.Finding{
			Code: "chassis-unknown", Severity: inventory.Note, Source: s.source.ID, At: "vHost",
			What:   fmt.Sprintf("%d hosts are blades (%s), and RVTools does not name their chassis: its power and its failure are not counted", counts[model], model),
			Do:     "enter chassis and slots in the estate file",
			Values: map[string]string{"count": strconv.Itoa(counts[model]), "model": model},
		})
	}
	if years > 0 {
		b.notes.add(inventory.Finding{
			Code: "year-assumed", Severity: inventory.Note, Source: s.source.ID, At: "vHost",
			What:   fmt.Sprintf("the year of %d hosts is the launch of their processor: they cannot be older", years),
			Do:     "enter the years of purchase in the estate file",
			Values: map[string]string{"count": strconv.Itoa(years)},
		})
	}
}

// labels makes a map of the pairs whose value is not empty; nil for none.
func labels(pairs ...string) map[string]string {
	var m map[string]string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if m == nil {
			m = make(map[string]string, len(pairs)/2)
		}
		m[pairs[i]] = pairs[i+1]
	}
	return m
}
