package libvirt

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// builder gathers the guests and hosts of all files.
type builder struct {
	sources  []inventory.Source
	places   map[string]*place // by folder
	guests   []placedGuest
	findings []inventory.Finding
}

// placedGuest is a guest and where its dump lay.
type placedGuest struct {
	inventory.Workload
	at *place
}

func (b *builder) find(f inventory.Finding) { b.findings = append(b.findings, f) }

// guest adds one guest.
func (b *builder) guest(d *domain, at *place, from inventory.Origin) {
	w := inventory.Workload{
		Name: inventory.CleanText(d.Name), Kind: inventory.VM, State: inventory.Off, UUID: inventory.NormaliseUUID(d.UUID),
		Memory: d.Memory.size(), MemoryReservation: d.Guaranteed.size(), OS: system(d), Pins: pins(d),
		From: []inventory.Origin{from}, Labels: map[string]string{},
	}
	if d.ID != "" {
		w.State = inventory.On
	}
	w.VCPUs = whole(d.VCPU.Text)
	if current := whole(d.VCPU.Current); current > 0 && current < w.VCPUs {
		w.VCPUs = current
		w.From = append(w.From, inventory.Origin{Source: from.Source, At: from.At, Line: from.Line, Fields: []string{"vcpus"}, Method: "those plugged in now; more may be"})
	}
	if d.Locked != nil && w.Memory.Known() {
		w.Pins = append(w.Pins, inventory.Pin{Kind: inventory.PinReservation, Reason: "all memory locked"})
	}
	var cards []string
	for _, i := range d.Interfaces {
		cards = append(cards, i.MAC.Address)
	}
	w.MACs = inventory.OwnMACs(cards, true)
	if title := inventory.CleanText(d.Title); title != "" {
		w.Labels["title"] = title
	}
	if text := inventory.CleanText(d.Description); text != "" {
		w.Labels["description"] = text
	}
	b.guests = append(b.guests, placedGuest{w, at})
}

// system is the operating system by the address that virt-manager notes of it,
// such as http://debian.org/debian/12: "debian 12".
func system(d *domain) string {
	for _, s := range d.Systems {
		_, rest, _ := strings.Cut(inventory.CleanText(s.ID), "://")
		_, rest, found := strings.Cut(rest, "/")
		if found {
			return strings.ReplaceAll(strings.Trim(rest, "/"), "/", " ")
		}
	}
	return ""
}

// pins are the devices that keep a guest where it is.
func pins(d *domain) []inventory.Pin {
	var out []inventory.Pin
	add := func(kind inventory.PinKind, reason string) {
		p := inventory.Pin{Kind: kind, Reason: inventory.CleanText(reason)}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, h := range d.Hostdevs {
		switch a := h.Source.Address; h.Type {
		case "usb":
			add(inventory.PinUSB, strings.TrimSpace("USB "+h.Source.Vendor.ID+":"+h.Source.Product.ID))
		case "mdev":
			add(inventory.PinPassthrough, "mediated device "+a.UUID)
		default:
			hex := func(s string) string { return strings.TrimPrefix(s, "0x") }
			add(inventory.PinPassthrough, fmt.Sprintf("PCI %s:%s:%s.%s", hex(a.Domain), hex(a.Bus), hex(a.Slot), hex(a.Function)))
		}
	}
	for _, i := range d.Interfaces {
		if i.Type == "hostdev" {
			add(inventory.PinPassthrough, "network adapter of the host")
		}
	}
	for _, k := range d.Disks {
		switch {
		case k.Device != "" && k.Device != "disk" && k.Device != "lun":
		case k.Shareable != nil:
			add(inventory.PinSharedDisk, diskName(k))
		case k.Type == "block":
			add(inventory.PinRawDisk, diskName(k))
		}
	}
	return out
}

func diskName(k disk) string {
	return cmp.Or(k.Source.Dev, k.Source.File, k.Source.Name, k.Target.Dev)
}

// estate joins what was read and puts it in order.
func (b *builder) estate() *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version, Sources: b.sources}
	hosts := b.hosts(e)
	b.workloads(e, hosts)
	b.find(inventory.Finding{
		Code: "not-in-source", Severity: inventory.Note,
		What:   "a dump of virsh does not say the size of disks, nor how much is used",
		Do:     "add measured use, and disks in a register",
		Values: map[string]string{"source": "libvirt"},
	})
	slices.SortStableFunc(b.findings, func(x, y inventory.Finding) int {
		return cmp.Or(strings.Compare(x.Code, y.Code), strings.Compare(x.Subject, y.Subject), strings.Compare(x.At, y.At), cmp.Compare(x.Line, y.Line))
	})
	e.Findings = b.findings
	return e
}

// hosts adds the hosts that are described, and gives their IDs by place.
func (b *builder) hosts(e *inventory.Estate) map[*place]string {
	var ids inventory.IDs
	out := map[*place]string{}
	for _, dir := range slices.Sorted(maps.Keys(b.places)) {
		p := b.places[dir]
		if !p.known {
			continue
		}
		h := p.host
		h.Name = cmp.Or(p.name, "libvirt-host")
		h.Role, h.ID = inventory.Hypervisor, ids.Unique(inventory.PlainID(h.Name))
		if known, ok := inventory.LookUpCPU(h.CPU.Model); ok {
			fillModel(&h, known)
		}
		out[p] = h.ID
		e.Hosts = append(e.Hosts, h)
		for _, lack := range []struct {
			missing          bool
			code, what, with string
		}{
			{h.CPU.Cores == 0, "cores-unknown", "how many cores host " + h.Name + " has", "virsh capabilities"},
			{!h.Memory.Known(), "memory-unknown", "how much memory host " + h.Name + " has", "virsh capabilities"},
			{h.Model == "", "model-unknown", "what machine host " + h.Name + " is", "virsh sysinfo"},
		} {
			if lack.missing {
				b.find(inventory.Finding{Code: lack.code, Severity: inventory.Warning, Subject: h.ID, Source: h.From[0].Source, At: h.From[0].At,
					What: "the files do not say " + lack.what, Do: "save the answer of " + lack.with + " beside the dumps", Values: map[string]string{"name": h.Name, "command": lack.with}})
			}
		}
	}
	slices.SortFunc(e.Hosts, func(x, y inventory.Host) int { return strings.Compare(x.ID, y.ID) })
	return out
}

// fillModel fills the clock, and the sockets' cores where only the processor's
// name is known, from the table of processors.
func fillModel(h *inventory.Host, known inventory.CPUModel) {
	origin := inventory.Origin{Source: h.From[0].Source, At: h.From[0].At, Method: "table of processors: " + known.Name}
	if !h.CPU.Clock.Known() && known.Clock.Known() {
		h.CPU.Clock = known.Clock
		origin.Fields = append(origin.Fields, "cpu.clock")
	}
	if len(origin.Fields) > 0 {
		h.From = append(h.From, origin)
	}
}

// known sorts guests of a host that is described before others: of two dumps of
// one guest that one says more.
func known(p *place) int {
	if p.known {
		return 0
	}
	return 1
}

// workloads adds the guests in order of name, each once.
func (b *builder) workloads(e *inventory.Estate, hosts map[*place]string) {
	slices.SortStableFunc(b.guests, func(x, y placedGuest) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), strings.Compare(x.UUID, y.UUID), known(x.at)-known(y.at), strings.Compare(x.From[0].At, y.From[0].At))
	})
	var ids inventory.IDs
	byUUID := map[string]string{}
	homeless := 0
	for _, g := range b.guests {
		w := g.Workload
		if first, twice := byUUID[w.UUID]; twice && w.UUID != "" {
			b.find(inventory.Finding{Code: "machine-twice", Severity: inventory.Note, Subject: first, Source: w.From[0].Source, At: w.From[0].At, Line: w.From[0].Line,
				What: "describes guest " + first + " once more: left out", Values: map[string]string{"name": first}})
			continue
		}
		w.ID = ids.Unique(inventory.PlainID(cmp.Or(w.Name, path.Base(w.From[0].At))))
		byUUID[w.UUID] = w.ID
		w.Host = hosts[g.at]
		if w.Host == "" {
			homeless++
		}
		b.lacks(&w)
		e.Workloads = append(e.Workloads, w)
	}
	if homeless > 0 {
		b.find(inventory.Finding{
			Code: "host-unknown", Severity: inventory.Warning, What: "guests whose host is unknown: " + strconv.Itoa(homeless),
			Do:     "save virsh capabilities (and virsh sysinfo) of each host beside its dumps, in a folder of its own with the host's name",
			Values: map[string]string{"guests": strconv.Itoa(homeless)},
		})
	}
	slices.SortFunc(e.Workloads, func(x, y inventory.Workload) int { return strings.Compare(x.ID, y.ID) })
}

func (b *builder) lacks(w *inventory.Workload) {
	for _, lack := range []struct {
		missing    bool
		code, what string
	}{{w.VCPUs == 0, "vcpus-unknown", "the number of vCPUs"}, {!w.Memory.Known(), "memory-unknown", "the memory"}} {
		if lack.missing {
			b.find(inventory.Finding{Code: lack.code, Severity: inventory.Warning, Subject: w.ID, Source: w.From[0].Source, At: w.From[0].At, Line: w.From[0].Line,
				What: lack.what + " of guest " + w.Name + " is unknown", Do: "enter it in the estate file", Values: map[string]string{"name": w.Name}})
		}
	}
}
