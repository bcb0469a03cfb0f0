package libvirt

import (
	"path/filepath"
	"strconv"
	"strings"

	"sobre/inventory"
)

// place is a folder of dumps, which stands for one host.
type place struct {
	name  string // of the folder
	known bool   // the host is described in it
	host  inventory.Host
}

// place is the one that a file lies in.
func (b *builder) place(file string) *place {
	dir := filepath.Dir(filepath.FromSlash(file))
	if b.places[dir] == nil {
		name := filepath.Base(dir)
		if name == "." || name == string(filepath.Separator) {
			name = ""
		}
		b.places[dir] = &place{name: name}
	}
	return b.places[dir]
}

func (b *builder) anyHost() bool {
	for _, p := range b.places {
		if p.known {
			return true
		}
	}
	return false
}

// capabilities takes what virsh capabilities says: counts of processors and
// the memory of all NUMA cells, but not what the machine is.
func (p *place) capabilities(c *capabilities, from inventory.Origin) {
	p.known = true
	h := &p.host
	if uuid := inventory.NormaliseUUID(c.UUID); uuid != "" {
		h.UUID = uuid
	}
	memory, threads := 0.0, 0
	for _, cell := range c.Cells {
		memory += cell.Memory.size().MiB()
		threads += whole(cell.CPUs.Num)
	}
	// Sockets count per NUMA node (libvirt.org, Driver capabilities XML), cores
	// per die: the sum over the cells is what counts.
	perCore := max(whole(c.Topology.Threads), 1)
	sockets := whole(c.Topology.Sockets) * max(len(c.Cells), 1)
	switch {
	case threads > 0:
		h.CPU.Threads, h.CPU.Cores, h.CPU.Sockets = threads, threads/perCore, sockets
	case whole(c.Topology.Cores) > 0:
		h.CPU.Sockets = sockets
		h.CPU.Cores = sockets * max(whole(c.Topology.Dies), 1) * whole(c.Topology.Cores)
		h.CPU.Threads = h.CPU.Cores * perCore
	}
	if memory > 0 {
		h.Memory = inventory.MiB(memory)
	}
	from.Fields = []string{"uuid", "cpu", "memory"}
	h.From = append(h.From, from)
}

// sysinfo takes what the firmware says of the machine.
func (p *place) sysinfo(s *sysinfo, from inventory.Origin) {
	p.known = true
	h := &p.host
	h.Make = inventory.CleanSerial(entryOf(s.System, "manufacturer"))
	h.Model = inventory.CleanSerial(entryOf(s.System, "product"))
	h.Serial = inventory.CleanSerial(entryOf(s.System, "serial"))
	if uuid := inventory.NormaliseUUID(entryOf(s.System, "uuid")); uuid != "" && h.UUID == "" {
		h.UUID = uuid
	}
	for _, proc := range s.Processors {
		if status := entryOf(proc.Entries, "status"); strings.Contains(strings.ToLower(status), "unpopulated") {
			continue
		}
		if h.CPU.Model == "" {
			h.CPU.Model = entryOf(proc.Entries, "version")
		}
	}
	memory := 0.0
	for _, m := range s.Modules {
		number, unit, _ := strings.Cut(entryOf(m.Entries, "size"), " ")
		v := amount{Unit: binaryUnit(unit), Text: number}
		memory += v.size().MiB()
	}
	if memory > 0 {
		h.Memory = inventory.MiB(memory) // what is built in; the kernel sees a little less
	}
	from.Fields = []string{"make", "model", "serial", "cpu.model"}
	h.From = append(h.From, from)
}

// binaryUnit is the unit of a memory module: SMBIOS says GB and means GiB.
func binaryUnit(unit string) string {
	return strings.TrimSuffix(strings.ToUpper(unit), "B")
}

// whole is a count, 0 where there is none or it cannot be.
func whole(text string) int {
	v, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || v < 0 || v > maxCount {
		return 0
	}
	return v
}

const maxCount = 1 << 16 // more processors are a mistake
