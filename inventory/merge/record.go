package merge

import (
	"cmp"
	"slices"
	"strings"

	"sobre/inventory"
)

// record is a host or a workload of one of the estates, as far as it takes to
// tell whether two are one machine.
type record struct {
	estate, index int
	id, name      string
	short         string // name without domain, in lower case
	uuid          string // in the byte order that sorts first
	serial        string // in capitals, without blanks and dashes
	kind          string // make and model; "" unless both are known
	device        string
	macs          []string
	places        []string // where it stands in its sources
	first         string   // the least of them, also of those that name a source only
	source        string   // new ID of the source that knows it best
	host          string   // of a system: the ID of its host
	system        int      // class of the host whose own system it is; -1: of none
}

func (m *merger) hostRecord(estate, index int) record {
	h := &m.estates[estate].Hosts[index]
	r := record{
		estate: estate, index: index, id: h.ID, name: h.Name, short: shortName(cmp.Or(h.Name, h.ID)), uuid: canonicalUUID(h.UUID),
		serial: serialKey(h.Serial), device: strings.ToLower(h.Device), macs: h.MACs, system: -1,
	}
	if h.Make != "" && h.Model != "" {
		r.kind = inventory.MakerKey(h.Make) + " " + inventory.ModelKey(h.Model)
	}
	m.locate(&r, h.From)
	return r
}

func (m *merger) workloadRecord(estate, index int) record {
	w := &m.estates[estate].Workloads[index]
	r := record{
		estate: estate, index: index, id: w.ID, name: w.Name, short: shortName(cmp.Or(w.Name, w.ID)), uuid: canonicalUUID(w.UUID),
		device: strings.ToLower(w.Device), macs: w.MACs, system: -1,
	}
	if w.Kind == inventory.Physical && w.Host != "" {
		if class, ok := m.hosts.of[hostName{estate, w.Host}]; ok {
			r.system, r.host = class, w.Host
		}
	}
	m.locate(&r, w.From)
	return r
}

// locate says where in its sources a record stands: the same place of the same
// source is the same machine, read twice.
func (m *merger) locate(r *record, from []inventory.Origin) {
	for i, o := range from {
		source := to(m.renames[r.estate].sources, o.Source)
		if i == 0 {
			r.source = source
		}
		place := strings.Join([]string{source, o.At, pad(o.Line), r.short}, "\x00")
		if r.first == "" || place < r.first {
			r.first = place
		}
		if (o.At != "" || o.Line != 0) && !slices.Contains(r.places, place) {
			r.places = append(r.places, place)
		}
	}
}

// names are what a decision may call a record, in lower case.
func (r *record) names() []string {
	var out []string
	for _, n := range []string{r.id, r.name, r.uuid, inventory.SwapUUID(r.uuid), r.serial} {
		if n == "" {
			continue
		}
		n = strings.ToLower(n)
		out = append(out, n)
		if r.source != "" {
			out = append(out, r.source+":"+n)
		}
	}
	return out
}

// compare is an order of records that does not depend on which estate came first.
func (r *record) compare(o *record) int {
	return cmp.Or(
		strings.Compare(r.uuid, o.uuid), strings.Compare(r.serial, o.serial), strings.Compare(r.device, o.device),
		strings.Compare(r.short, o.short), strings.Compare(r.name, o.name), strings.Compare(r.first, o.first),
		slices.Compare(r.macs, o.macs), strings.Compare(r.id, o.id), // an earlier merge may have numbered it
	)
}

func canonicalUUID(u string) string {
	if u == "" {
		return ""
	}
	return min(u, inventory.SwapUUID(u))
}

// shortName is a name without domain, in lower case. An address is no name.
func shortName(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if short, _, ok := strings.Cut(s, "."); ok && strings.Trim(short, "0123456789") != "" {
		return short
	}
	return s
}

// serialKey is a serial number as people type it, without blanks and dashes. A
// guest's, which is its UUID once more, is none.
func serialKey(s string) string {
	s = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(inventory.CleanSerial(s)))
	if strings.HasPrefix(s, "VMWARE") {
		return ""
	}
	return s
}
