package table

import (
	"strings"

	"sobre/inventory"
)

// join finds the machine that a row is about.
type join struct {
	estate    *inventory.Estate
	byUUID    map[string]int // indexes of hosts
	bySerial  index
	byName    index
	guests    index // of workloads, by name
	systemsOf map[string][]int
}

// index holds positions by key; a key that several have is of no use.
type index map[string][]int

func (i index) one(key string) (int, bool) {
	if key == "" || len(i[key]) != 1 {
		return 0, false
	}
	return i[key][0], true
}

func newJoin(e *inventory.Estate) join {
	j := join{e, map[string]int{}, index{}, index{}, index{}, map[string][]int{}}
	for i, h := range e.Hosts {
		if h.UUID != "" {
			j.byUUID[h.UUID] = i
		}
		j.bySerial[serialKey(h.Serial)] = append(j.bySerial[serialKey(h.Serial)], i)
		j.byName[nameKey(h.Name)] = append(j.byName[nameKey(h.Name)], i)
	}
	for i, w := range e.Workloads {
		if w.Kind == inventory.Physical {
			j.systemsOf[w.Host] = append(j.systemsOf[w.Host], i)
			continue
		}
		j.guests[nameKey(w.Name)] = append(j.guests[nameKey(w.Name)], i)
	}
	return j
}

// find is the host or the guest that a row is about, and by what it was known.
func (j join) find(r *row) (h *inventory.Host, w *inventory.Workload, how string) {
	if i, ok := j.byUUID[r.uuid]; ok && r.uuid != "" {
		return &j.estate.Hosts[i], nil, "uuid"
	}
	if i, ok := j.bySerial.one(serialKey(r.serial)); ok {
		return &j.estate.Hosts[i], nil, "serial"
	}
	if i, ok := j.byName.one(nameKey(r.name)); ok {
		return &j.estate.Hosts[i], nil, "name"
	}
	if i, ok := j.guests.one(nameKey(r.name)); ok {
		return nil, &j.estate.Workloads[i], "name"
	}
	return nil, nil, ""
}

// systems is the workloads that a row describes: the guest itself, or what
// runs on the metal of a host.
func (j join) systems(h *inventory.Host, w *inventory.Workload) []*inventory.Workload {
	if w != nil {
		return []*inventory.Workload{w}
	}
	var out []*inventory.Workload
	for _, i := range j.systemsOf[h.ID] {
		out = append(out, &j.estate.Workloads[i])
	}
	return out
}

// serialKey is a serial number as people type it, without blanks and dashes.
func serialKey(s string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(inventory.CleanSerial(s)))
}

// nameKey is a name without domain, in lower case.
func nameKey(s string) string {
	short, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), ".")
	return short
}
