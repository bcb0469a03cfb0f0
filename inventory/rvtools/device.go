package rvtools

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// disk takes in one row of vDisk: its size, and whether it pins the VM.
func (b *builder) disk(s *scope, t *table) {
	n := b.vm(s, t)
	if n < 0 {
		return
	}
	w, v := &b.workloads[n], &b.vms[n]
	if size, known := t.amount(fCapacity); known {
		v.disks += size
		if !w.Disk.Known() {
			b.gave(w, t, []string{"disk"})
		}
	}
	b.onDatastore(s, n, t.text(fPath))
	name := t.text(fDisk)
	var pinned bool
	if t.flag(fRaw) {
		b.pin(w, inventory.PinRawDisk, strings.TrimSpace(name+" "+t.text(fRawLUN)))
		pinned = true
	}
	if bus := t.text(fSharedBus); bus != "" && !strings.EqualFold(bus, "noSharing") {
		b.pin(w, inventory.PinSharedDisk, strings.TrimSpace(name+" on a shared bus: "+bus))
		pinned = true
	}
	if mode := t.text(fSharing); mode != "" && !strings.EqualFold(mode, "sharingNone") {
		b.pin(w, inventory.PinSharedDisk, strings.TrimSpace(name+" "+mode))
		pinned = true
	}
	if pinned {
		b.gave(w, t, []string{"pins"})
	}
}

// card takes in one row of vNetwork: the address of a network card.
func (b *builder) card(s *scope, t *table) {
	n := b.vm(s, t)
	if n < 0 {
		return
	}
	w := &b.workloads[n]
	macs := inventory.OwnMACs(append(w.MACs, t.text(fMAC)), true)
	if len(macs) > len(w.MACs) {
		w.MACs = macs
		b.gave(w, t, []string{"macs"})
	}
}

// onDatastore notes the datastore of a path such as "[san-1] web/web.vmdk".
func (b *builder) onDatastore(s *scope, n int, path string) {
	name, ok := datastoreOfPath(path)
	if !ok {
		return
	}
	d, ok := s.datastoreOf[placeKey{b.vms[n].server, strings.ToLower(name)}]
	if !ok {
		if d, ok = s.datastoreOf[placeKey{"", strings.ToLower(name)}]; !ok {
			return // listed nowhere: vDatastore is missing, which is said
		}
	}
	if list := b.vms[n].datastores; !slices.Contains(list, int32(d)) {
		b.vms[n].datastores = append(list, int32(d))
	}
}

func datastoreOfPath(path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, "[")
	if !ok {
		return "", false
	}
	name, _, ok := strings.Cut(rest, "]")
	return name, ok && name != ""
}

// usb takes in one row of vUSB. Controllers are no devices.
func (b *builder) usb(s *scope, t *table) {
	kind := strings.ToLower(t.text(fDeviceType))
	if strings.Contains(kind, "controller") && !strings.Contains(kind, "usb device") {
		return
	}
	n := b.vm(s, t)
	if n < 0 {
		return
	}
	if t.has(fConnected) && !t.flag(fConnected) {
		return // there is a place for a device, but no device
	}
	w := &b.workloads[n]
	b.pin(w, inventory.PinUSB, strings.TrimSpace(t.text(fDeviceNode)+" "+t.text(fDeviceType)))
	b.gave(w, t, []string{"pins"})
}

// cd takes in one row of vCD: only a drive of the host itself pins.
func (b *builder) cd(s *scope, t *table) {
	kind := strings.ToLower(t.text(fDeviceType))
	if kind == "" || !t.flag(fConnected) {
		return
	}
	for _, elsewhere := range []string{"iso", "client", "remote"} {
		if strings.Contains(kind, elsewhere) {
			return
		}
	}
	n := b.vm(s, t)
	if n < 0 {
		return
	}
	w := &b.workloads[n]
	b.pin(w, inventory.PinHostDevice, strings.TrimSpace(t.text(fDeviceNode)+" "+t.text(fDeviceType)))
	b.gave(w, t, []string{"pins"})
}

// snapshot takes in one row of vSnapshot.
func (b *builder) snapshot(s *scope, t *table) {
	n := b.vm(s, t)
	if n < 0 {
		return
	}
	b.vms[n].snapshots++
	if size, known := t.amount(fSize); known {
		s.snapshotMiB += size
	}
	if d := t.date(fDate); d.Known() && (!s.oldest.Known() || d.Time().Before(s.oldest.Time())) {
		s.oldest = d
	}
}

// snapshots says how many VMs have some: they are disk that nobody plans for,
// and slow every move.
func (b *builder) snapshots(s *scope) {
	vms, count := 0, 0
	for i := range b.vms {
		if v := &b.vms[i]; v.source == s.source.ID && v.snapshots > 0 {
			vms++
			count += int(v.snapshots)
			b.label(&b.workloads[i], "snapshots", strconv.Itoa(int(v.snapshots)))
		}
	}
	if vms == 0 {
		return
	}
	size := inventory.MiB(math.Round(s.snapshotMiB))
	age := ""
	if s.oldest.Known() {
		age = ", the oldest of " + s.oldest.String()
	}
	b.notes.add(inventory.Finding{
		Code: "snapshots-kept", Severity: inventory.Note, Source: s.source.ID, At: "vSnapshot",
		What:   fmt.Sprintf("%d VMs have %d snapshots of %s in all%s", vms, count, size, age),
		Do:     "delete those that are not needed before moving",
		Values: map[string]string{"vms": strconv.Itoa(vms), "count": strconv.Itoa(count), "size": size.String(), "oldest": s.oldest.String()},
	})
}
