package drift

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Kind is what a change is of.
type Kind string

// The kinds.
const (
	OfDatastore Kind = "datastore"
	OfHost      Kind = "host"
	OfWorkload  Kind = "workload"
)

// What is how something has changed.
type What string

// The changes.
const (
	Added    What = "added"
	Removed  What = "removed"
	Moved    What = "moved"    // a workload to another host, a host to another cluster, site or chassis
	Resized  What = "resized"  // memory, vCPUs, disk, cores
	Switched What = "switched" // on, off
	Busier   What = "busier"   // use by the 95th percentile, by a quarter and 5 points of the machine at least
	Calmer   What = "calmer"   // the same, downwards
)

// Change is one change of one thing.
type Change struct {
	Kind  Kind   `json:"kind"`
	What  What   `json:"what"`
	ID    string `json:"id"` // in the later inventory, of what is removed in the earlier one
	Field string `json:"field,omitzero"`
	From  string `json:"from,omitzero"`
	To    string `json:"to,omitzero"`
}

func (r *Report) add(kind Kind, what What, id, field, from, to string) {
	r.Changes = append(r.Changes, Change{kind, what, id, field, from, to})
}

// differ adds a change where two texts differ and the later one is known.
func (r *Report) differ(kind Kind, what What, id, field, from, to string) {
	if from != to && to != "" {
		r.add(kind, what, id, field, from, to)
	}
}

func (r *Report) compareHosts(in Input, same map[string]string) {
	before := byID(in.Old.Hosts, func(h *inventory.Host) string { return h.ID })
	known := map[string]bool{}
	for i := range in.New.Hosts {
		h := &in.New.Hosts[i]
		o := before[same[h.ID]]
		if o == nil {
			r.add(OfHost, Added, h.ID, "", "", strings.TrimSpace(h.Make+" "+h.Model))
			continue
		}
		known[o.ID] = true
		r.differ(OfHost, Switched, h.ID, "state", onUnless(string(o.State)), onUnless(string(h.State)))
		r.differ(OfHost, Moved, h.ID, "cluster", o.Cluster, h.Cluster)
		r.differ(OfHost, Moved, h.ID, "site", o.Site, h.Site)
		r.differ(OfHost, Moved, h.ID, "chassis", o.Chassis, h.Chassis)
		r.differ(OfHost, Resized, h.ID, "memory", o.Memory.String(), h.Memory.String())
		r.differ(OfHost, Resized, h.ID, "cores", count(o.CPU.Cores), count(h.CPU.Cores))
		r.compareUse(OfHost, h.ID, o.Use.CPU.P95, h.Use.CPU.P95)
	}
	for i := range in.Old.Hosts {
		if h := &in.Old.Hosts[i]; !known[h.ID] {
			r.add(OfHost, Removed, h.ID, "", strings.TrimSpace(h.Make+" "+h.Model), "")
		}
	}
}

func (r *Report) compareWorkloads(in Input, hosts map[string]string) {
	before := byID(in.Old.Workloads, func(w *inventory.Workload) string { return w.ID })
	same := matchWorkloads(in.Old, in.New)
	known := map[string]bool{}
	for i := range in.New.Workloads {
		w := &in.New.Workloads[i]
		o := before[same[w.ID]]
		if o == nil {
			r.add(OfWorkload, Added, w.ID, "", "", size(w))
			continue
		}
		known[o.ID] = true
		if hosts[w.Host] != o.Host {
			r.differ(OfWorkload, Moved, w.ID, "host", o.Host, w.Host)
		}
		if w.Kind != o.Kind {
			r.differ(OfWorkload, Moved, w.ID, "kind", string(o.Kind), string(w.Kind))
		}
		r.differ(OfWorkload, Switched, w.ID, "state", onUnless(string(o.State)), onUnless(string(w.State)))
		r.differ(OfWorkload, Resized, w.ID, "vcpus", count(o.VCPUs), count(w.VCPUs))
		r.differ(OfWorkload, Resized, w.ID, "memory", o.Memory.String(), w.Memory.String())
		r.differ(OfWorkload, Resized, w.ID, "disk", o.Disk.String(), w.Disk.String())
		r.compareUse(OfWorkload, w.ID, o.Use.CPU.P95, w.Use.CPU.P95)
	}
	for i := range in.Old.Workloads {
		if w := &in.Old.Workloads[i]; !known[w.ID] {
			r.add(OfWorkload, Removed, w.ID, "", size(w), "")
		}
	}
}

func (r *Report) compareDatastores(in Input) {
	before := byID(in.Old.Datastores, func(d *inventory.Datastore) string { return d.ID })
	after := byID(in.New.Datastores, func(d *inventory.Datastore) string { return d.ID })
	for i := range in.New.Datastores {
		d := &in.New.Datastores[i]
		if o := before[d.ID]; o != nil {
			r.differ(OfDatastore, Resized, d.ID, "capacity", o.Capacity.String(), d.Capacity.String())
		} else {
			r.add(OfDatastore, Added, d.ID, "", "", d.Capacity.String())
		}
	}
	for i := range in.Old.Datastores {
		if d := &in.Old.Datastores[i]; after[d.ID] == nil {
			r.add(OfDatastore, Removed, d.ID, "", d.Capacity.String(), "")
		}
	}
}

// Least change of a percentile of use that is told: smaller ones come and go.
const (
	leastShare  = 0.25
	leastPoints = 5.0
)

func (r *Report) compareUse(kind Kind, id string, from, to inventory.Level) {
	if from.Kind() != inventory.OfWhole || to.Kind() != inventory.OfWhole {
		return
	}
	a, b := from.Value(), to.Value()
	switch {
	case b-a >= leastPoints && b >= a*(1+leastShare):
		r.add(kind, Busier, id, "cpu p95", from.String(), to.String())
	case a-b >= leastPoints && a >= b*(1+leastShare):
		r.add(kind, Calmer, id, "cpu p95", from.String(), to.String())
	}
}

func onUnless(state string) string {
	if state == "" {
		return "on"
	}
	return state
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func size(w *inventory.Workload) string {
	return strings.TrimSpace(fmt.Sprintf("%d vCPU, %s", w.VCPUs, w.Memory))
}

func byID[T any](list []T, id func(*T) string) map[string]*T {
	m := make(map[string]*T, len(list))
	for i := range list {
		if m[id(&list[i])] == nil {
			m[id(&list[i])] = &list[i]
		}
	}
	return m
}

// identity is by what a machine is known again.
type identity struct{ id, serial, name string }

// match finds for each later machine the earlier one that it is.
func match(before, after []identity) map[string]string {
	same := map[string]string{}
	taken := map[string]bool{}
	for _, key := range []func(identity) string{
		func(i identity) string { return i.id }, func(i identity) string { return i.serial }, func(i identity) string { return i.name },
	} {
		old, double := map[string]string{}, map[string]bool{}
		for _, o := range before {
			if k := key(o); k != "" && !taken[o.id] {
				double[k] = double[k] || old[k] != ""
				old[k] = o.id
			}
		}
		seen := map[string]int{}
		for _, n := range after {
			seen[key(n)]++
		}
		for _, n := range after {
			k := key(n)
			if same[n.id] == "" && k != "" && old[k] != "" && !double[k] && seen[k] == 1 && !taken[old[k]] {
				same[n.id] = old[k]
				taken[old[k]] = true
			}
		}
	}
	return same
}

func matchHosts(before, after *inventory.Estate) map[string]string {
	list := func(e *inventory.Estate) []identity {
		var all []identity
		for _, h := range e.Hosts {
			all = append(all, identity{h.ID, firstOf(h.UUID, h.Serial), strings.ToLower(h.Name)})
		}
		return all
	}
	return match(list(before), list(after))
}

func matchWorkloads(before, after *inventory.Estate) map[string]string {
	list := func(e *inventory.Estate) []identity {
		var all []identity
		for _, w := range e.Workloads {
			all = append(all, identity{w.ID, w.UUID, strings.ToLower(w.Name)})
		}
		return all
	}
	return match(list(before), list(after))
}

func firstOf(names ...string) string {
	n := slices.IndexFunc(names, func(s string) bool { return s != "" })
	if n < 0 {
		return ""
	}
	return names[n]
}
