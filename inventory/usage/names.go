package usage

import (
	"math"
	"strings"

	"sobre/inventory"
)

// place is a machine of the estate that measured use is written to.
type place struct {
	id      string
	use     *inventory.Use
	profile *inventory.Profile // nil for a hypervisor
	from    *[]inventory.Origin
	memory  inventory.Size
	cpus    int // that its use in cores is a share of
}

// rule is how the name of a series and a machine were found to be the same,
// surest first.
type rule string

// The rules. A name that fits several machines joins none.
const (
	byID        rule = "ID"
	byName      rule = "name"
	byShortName rule = "name without domain"
	byUUID      rule = "UUID"
	byAddress   rule = "address"
	ambiguous   rule = "ambiguous"
	nowhere     rule = ""
)

// places finds machines by what a monitoring system may call them.
type places map[rule]map[string]*place

func newPlaces(e *inventory.Estate) places {
	p := places{byID: {}, byName: {}, byShortName: {}, byUUID: {}, byAddress: {}}
	standalone := map[string]*inventory.Host{}
	for i := range e.Hosts {
		h := &e.Hosts[i]
		if h.Role == inventory.Standalone {
			standalone[h.ID] = h
			continue
		}
		p.add(&place{id: h.ID, use: &h.Use, from: &h.From, memory: h.Memory, cpus: max(h.CPU.Threads, h.CPU.Cores)}, h.Name, h.UUID, h.Labels)
	}
	for i := range e.Workloads {
		w := &e.Workloads[i]
		at := &place{id: w.ID, use: &w.Use, profile: &w.Profile, from: &w.From, memory: w.Memory, cpus: w.VCPUs}
		uuid := w.UUID
		if h := standalone[w.Host]; h != nil && w.Kind == inventory.Physical {
			p.put(byID, h.ID, at)
			if h.Name != w.Name {
				p.put(byName, h.Name, at)
			}
			if !at.memory.Known() {
				at.memory = h.Memory
			}
			if uuid == "" {
				uuid = h.UUID
			}
		}
		p.add(at, w.Name, uuid, w.Labels)
	}
	return p
}

func (p places) add(at *place, name, uuid string, labels map[string]string) {
	p.put(byID, at.id, at)
	p.put(byName, name, at)
	p.put(byShortName, shortKey(name), at)
	p.put(byUUID, uuid, at)
	for _, address := range strings.FieldsFunc(labels["ip"], func(r rune) bool { return strings.ContainsRune(",;/ ", r) }) {
		p.put(byAddress, address, at)
	}
}

// put enters a machine; a name that another has as well is of no use.
func (p places) put(r rule, name string, at *place) {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "" {
		return
	}
	if other, taken := p[r][name]; taken && other != at {
		at = nil
	}
	p[r][name] = at
}

// find is the machine that a series names, and by what rule.
func (p places) find(name string) (*place, rule) {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, r := range []rule{byID, byName, byUUID, byAddress} {
		key := name
		if r == byUUID {
			key = inventory.NormaliseUUID(name)
		}
		at, known := p[r][key]
		switch {
		case known && at == nil && r != byID:
			return nil, ambiguous
		case known && at != nil && !p.contradicts(r, name, at):
			return at, r
		}
	}
	short, known := p[byShortName][shortKey(name)]
	switch {
	case known && short == nil:
		return nil, ambiguous
	case known && !isAddress(name):
		return short, byShortName
	}
	return nil, nowhere
}

// contradicts tells whether an ID is also the name of other machines: then it
// may mean any of them.
func (p places) contradicts(r rule, name string, at *place) bool {
	if r != byID {
		return false
	}
	other, known := p[byName][name]
	return known && other != at
}

// isAddress tells an IPv4 address, whose first number is no short name.
func isAddress(name string) bool {
	return strings.Trim(name, "0123456789.") == "" && strings.Count(name, ".") == 3
}

// rounded gives values their unit with so many parts of one: 100 keeps two
// decimals.
func rounded(level func(float64) inventory.Level, parts float64) func(float64) inventory.Level {
	return func(v float64) inventory.Level { return level(math.Round(v*parts) / parts) }
}
