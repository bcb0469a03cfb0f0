package audit

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
)

// ages are the classes of age, in years of the day of the inventory.
var ages = []struct {
	name string
	most int // years, included
}{{"0-2", 2}, {"3-4", 4}, {"5-6", 6}, {"7-9", 9}, {"10+", 1 << 30}}

// Age is the age of a host in whole years as of a day; false when either is
// unknown.
func Age(h *inventory.Host, day inventory.Date) (int, bool) {
	if h.Year == 0 || !day.Known() || h.Year > day.Time().Year() {
		return 0, false
	}
	return day.Time().Year() - h.Year, true
}

func (v *view) age(h *inventory.Host) string {
	years, ok := Age(h, v.day)
	if !ok {
		return ""
	}
	for _, a := range ages {
		if years <= a.most {
			return a.name
		}
	}
	return ""
}

// SystemName is an operating system by the name of its release, or as it is
// written where the table of releases does not hold it.
func SystemName(os string) string {
	if r, ok := inventory.LookUpOS(os); ok {
		return r.Name
	}
	return os
}

// support is the state of support of a system on the day of the inventory.
func (v *view) support(os string) inventory.Support {
	r, ok := inventory.LookUpOS(os)
	if !ok {
		return inventory.NoSupport
	}
	return r.On(v.day)
}

func (v *view) counts() []Count {
	e := v.estate
	hosts := func(by string, kind func(*inventory.Host) string) Count {
		t := map[string]int{}
		for i := range e.Hosts {
			t[kind(&e.Hosts[i])]++
		}
		return Count{By: by, Of: "hosts", Rows: rows(t)}
	}
	loads := func(by string, kind func(*inventory.Workload) string) Count {
		t := map[string]int{}
		for i := range e.Workloads {
			if w := &e.Workloads[i]; real(w) {
				t[kind(w)]++
			}
		}
		return Count{By: by, Of: "workloads", Rows: rows(t)}
	}
	makers := v.makers()
	return []Count{
		hosts("role", func(h *inventory.Host) string {
			if v.standalone(h) {
				return string(inventory.Standalone)
			}
			return string(inventory.Hypervisor)
		}),
		hosts("make", func(h *inventory.Host) string { return makers[inventory.MakerKey(h.Make)] }),
		hosts("model", func(h *inventory.Host) string { return h.Model }),
		inOrder(hosts("age", v.age), []string{"0-2", "3-4", "5-6", "7-9", "10+", ""}),
		hosts("site", func(h *inventory.Host) string { return h.Site }),
		loads("state", func(w *inventory.Workload) string { return string(cmp.Or(w.State, inventory.On)) }),
		loads("os", func(w *inventory.Workload) string { return SystemName(w.OS) }),
		inOrder(loads("support", func(w *inventory.Workload) string { return string(v.support(w.OS)) }),
			[]string{string(inventory.Supported), string(inventory.Extended), string(inventory.Ended), string(inventory.NoSupport)}),
		loads("service", func(w *inventory.Workload) string { return w.Service }),
	}
}

// makers are the names of makers as most machines write them, by their key.
func (v *view) makers() map[string]string {
	written := map[string]map[string]int{}
	for i := range v.estate.Hosts {
		m := v.estate.Hosts[i].Make
		key := inventory.MakerKey(m)
		if written[key] == nil {
			written[key] = map[string]int{}
		}
		written[key][m]++
	}
	out := map[string]string{}
	for key, t := range written {
		out[key] = rows(t)[0].Name
	}
	return out
}

// rows are counts, the most frequent first, what is unknown last.
func rows(t map[string]int) []Row {
	var out []Row
	for _, name := range slices.Sorted(maps.Keys(t)) {
		out = append(out, Row{name, t[name]})
	}
	slices.SortStableFunc(out, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b2i(a.Name == ""), b2i(b.Name == "")), cmp.Compare(b.N, a.N), strings.Compare(a.Name, b.Name))
	})
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// inOrder sorts the rows of a count as names are listed.
func inOrder(c Count, names []string) Count {
	slices.SortStableFunc(c.Rows, func(a, b Row) int {
		return cmp.Compare(slices.Index(names, a.Name), slices.Index(names, b.Name))
	})
	return c
}
