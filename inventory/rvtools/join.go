package rvtools

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// hostName is a host as the VMs of an export name it.
type hostName struct {
	name, server, datacenter string
	cluster                  int
	vms                      int
	line                     int // of the first VM
	at                       string
	host                     int // the answer; -1: vHost has none such
}

// nameHost is the number of a host name in the export's list.
func (s *scope) nameHost(h hostName) int32 {
	key := placeKey{h.server, strings.ToLower(h.name)}
	n, ok := s.nameOf[key]
	if !ok {
		n = len(s.names)
		s.nameOf[key] = n
		h.host = -1
		s.names = append(s.names, h)
	}
	s.names[n].vms++
	return int32(n)
}

// joinHosts finds the host of vHost for every host name of vInfo: by the exact
// name, else by the short name, else by a suffix that only one name on each
// side has (bovmprod3-01 and vmprod3-01). What is left becomes a host of
// unknown size.
func (b *builder) joinHosts(s *scope) {
	order := make([]int, len(s.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return strings.Compare(s.names[i].name, s.names[j].name) })
	for _, find := range []func(*builder, *scope, int) (int, string){exactHost, shortHost} {
		for _, i := range order {
			if s.names[i].host < 0 {
				b.match(s, i, find)
			}
		}
	}
	for i, host := range suffixHosts(b, s, order) {
		if host >= 0 {
			b.match(s, order[i], func(*builder, *scope, int) (int, string) { return host, "suffix" })
		}
	}
	for _, i := range order {
		if s.names[i].host < 0 {
			b.inventHost(s, i)
		}
	}
	for v := range b.vms {
		f := &b.vms[v]
		if f.source == s.source.ID && f.hostName >= 0 {
			f.host = int32(s.names[f.hostName].host)
		}
	}
}

func (b *builder) match(s *scope, i int, find func(*builder, *scope, int) (int, string)) {
	host, how := find(b, s, i)
	if host < 0 {
		return
	}
	name := &s.names[i]
	name.host = host
	b.hosts[host].claimed = true
	if how == "" {
		return
	}
	b.notes.aboutHost(host, inventory.Finding{
		Code: "host-name-matched", Severity: inventory.Note, Source: s.source.ID, At: name.at, Line: name.line,
		What:   fmt.Sprintf("%d VMs run on %q, which vHost does not have: taken for %q (same %s)", name.vms, name.name, b.hosts[host].Name, how),
		Do:     "check that they are one host",
		Values: map[string]string{"name": name.name, "host": b.hosts[host].Name, "by": how, "count": strconv.Itoa(name.vms)},
	})
}

func exactHost(b *builder, s *scope, i int) (int, string) {
	return b.only(s.names[i], s.hosts[strings.ToLower(s.names[i].name)]), ""
}

func shortHost(b *builder, s *scope, i int) (int, string) {
	return b.only(s.names[i], s.short[shortName(s.names[i].name)]), "short name"
}

// only is the one host among several that fits the name's vCenter, and then its
// cluster or datacenter; -1 when none or more than one does.
func (b *builder) only(n hostName, hosts []int) int {
	if len(hosts) > maxSameName {
		return -1
	}
	narrow := []func(h *hostFacts) bool{
		func(h *hostFacts) bool { return sameServer(h.server, n.server) },
		func(h *hostFacts) bool { return h.cluster == n.cluster },
		func(h *hostFacts) bool { return h.datacenter == n.datacenter },
	}
	hosts = slices.Clone(hosts)
	for i, fits := range narrow {
		if i > 0 && len(hosts) < 2 {
			break
		}
		hosts = slices.DeleteFunc(hosts, func(h int) bool { return !fits(&b.hosts[h]) })
	}
	if len(hosts) != 1 {
		return -1
	}
	return hosts[0]
}

const (
	// maxSameName is how many hosts or VMs of one name are looked at one by one.
	maxSameName = 100
	// maxPairs is how many pairs of names are compared by their ends: more than
	// 3,000 names that match nothing are no typing habit but another vCenter.
	maxPairs = 10_000_000
)

// minSuffix is the shortest common end by which two host names are taken for
// one: "prod3-01" says something, "01" does not.
const minSuffix = 5

// suffixHosts gives, for each name in order, the host that shares its end, or
// -1. Only names and hosts that nothing else matched take part.
func suffixHosts(b *builder, s *scope, order []int) []int {
	answer := make([]int, len(order))
	claims := map[int]int{}
	var free []int
	for _, hosts := range s.hosts {
		for _, h := range hosts {
			if !b.hosts[h].claimed {
				free = append(free, h)
			}
		}
	}
	slices.Sort(free)
	for k, i := range order {
		answer[k] = -1
		if s.names[i].host >= 0 || len(free)*len(order) > maxPairs {
			continue
		}
		var fit []int
		for _, h := range free {
			if sameEnd(shortName(s.names[i].name), shortName(b.hosts[h].Name)) {
				fit = append(fit, h)
			}
		}
		if h := b.only(s.names[i], fit); h >= 0 {
			answer[k] = h
			claims[h]++
		}
	}
	for k, h := range answer {
		if h >= 0 && claims[h] > 1 {
			answer[k] = -1
		}
	}
	return answer
}

func sameEnd(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) < minSuffix || !strings.HasSuffix(a, b) || strings.Contains(a, ".") {
		return false
	}
	// srv110 does not end in host 10.
	before := a[:len(a)-len(b)]
	return before != "" && !(isDigit(before[len(before)-1]) && isDigit(b[0]))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// inventHost makes a host of unknown size for a name that vHost does not have.
func (b *builder) inventHost(s *scope, i int) {
	n := &s.names[i]
	h := hostFacts{server: n.server, datacenter: n.datacenter, cluster: n.cluster}
	h.Name, h.Role = n.name, inventory.Hypervisor
	h.Labels = labels("datacenter", n.datacenter)
	h.From = []inventory.Origin{{Source: s.source.ID, At: n.at, Line: n.line, Method: "named by VMs, absent from vHost"}}
	if found, _ := b.sameHost(h); found >= 0 {
		n.host = found
		return
	}
	n.host = len(b.hosts)
	b.hosts = append(b.hosts, h)
	s.indexHost(n.host, h.Name)
	for _, key := range identities(h) {
		b.knownHost[key] = n.host
	}
	b.notes.aboutHost(n.host, inventory.Finding{
		Code: "host-unknown", Severity: inventory.Warning, Source: s.source.ID, At: n.at, Line: n.line,
		What:   fmt.Sprintf("%d VMs run on host %s, which vHost does not have: its size is unknown, nothing more can be placed on it", n.vms, n.name),
		Do:     "export vHost of the same vCenter, or enter the host in the estate file",
		Values: map[string]string{"name": n.name, "count": strconv.Itoa(n.vms)},
	})
}

// vm is the number of the workload that a row is about; -1 when vInfo has none.
func (b *builder) vm(s *scope, t *table) int {
	id, name := t.rec.raw(t.index[fVMID]), t.rec.raw(t.index[fName])
	if s.lastVM >= 0 && len(id) > 0 && bytes.Equal(id, s.lastID) && bytes.Equal(name, s.lastName) && b.vms[s.lastVM].server == t.server() {
		return s.lastVM
	}
	n := b.findVM(s, t)
	switch {
	case n < 0:
		s.unjoined[t.at]++
		return -1
	case b.vms[n].source != s.source.ID:
		return -1 // it stands in a newer export, which counts
	}
	s.lastVM, s.lastID, s.lastName = n, append(s.lastID[:0], id...), append(s.lastName[:0], name...)
	return n
}

func (b *builder) findVM(s *scope, t *table) int {
	if id := t.text(fVMID); id != "" {
		if n := b.pick(s.vmByID[strings.ToLower(id)], t); n >= 0 {
			return n
		}
	}
	return b.pick(s.vmByName[strings.ToLower(t.text(fName))], t)
}

// pick is the one VM among those of a name that fits the rest of the row.
func (b *builder) pick(found []int32, t *table) int {
	if len(found) == 1 && sameServer(b.vms[found[0]].server, t.server()) {
		return int(found[0])
	}
	if len(found) > maxSameName {
		return -1
	}
	fits := slices.DeleteFunc(slices.Clone(found), func(n int32) bool { return !sameServer(b.vms[n].server, t.server()) })
	for _, same := range []func(v *vmFacts) bool{
		func(v *vmFacts) bool { return v.datacenter == t.text(fDatacenter) },
		func(v *vmFacts) bool { return v.folder == t.text(fFolder) },
		func(v *vmFacts) bool {
			return v.host >= 0 && strings.EqualFold(b.hosts[v.host].Name, t.text(fHost))
		},
	} {
		if len(fits) < 2 {
			break
		}
		if some := slices.DeleteFunc(slices.Clone(fits), func(n int32) bool { return !same(&b.vms[n]) }); len(some) > 0 {
			fits = some
		}
	}
	if len(fits) != 1 {
		return -1
	}
	return int(fits[0])
}
