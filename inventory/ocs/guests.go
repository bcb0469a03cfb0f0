package ocs

import (
	"math"
	"strings"

	"sobre/inventory"
)

// listed is a guest as its host knows it.
type listed struct {
	name, uuid string
	state      inventory.WorkloadState
	vcpus      int
	memory     inventory.Size
	platform   string
	line       int
}

// guests lists what VIRTUALMACHINES says. Containers that share the host's
// system are only counted: they go where their host's system goes.
func (m *machine) guests(d *document) {
	for _, s := range d.sections["VIRTUALMACHINES"] {
		kind := strings.ToLower(s.get("VMTYPE") + " " + s.get("SUBSYSTEM"))
		if strings.Contains(kind, "docker") || strings.Contains(kind, "podman") || strings.Contains(kind, "jail") {
			m.containers++
			continue
		}
		g := listed{
			name: inventory.CleanText(s.get("NAME")), uuid: inventory.NormaliseUUID(s.get("UUID")),
			state: guestState(s.get("STATUS")), platform: inventory.CleanText(s.get("VMTYPE", "SUBSYSTEM")), line: s.line,
		}
		vcpus, how := s.count(maxCoresPerCPU, "VCPU")
		if how == impossible {
			m.impossible(s, "VCPU")
		}
		g.vcpus = vcpus
		g.memory = guestMemory(s.get("VMTYPE"), s.get("MEMORY"))
		m.listed = append(m.listed, g)
	}
}

func guestState(status string) inventory.WorkloadState {
	switch strings.ToLower(status) {
	case "off", "shutdown", "shut off", "crashed", "dying", "stopped", "poweredoff", "powered off":
		return inventory.Off
	case "paused", "suspended", "saved", "pmsuspended":
		return inventory.Suspended
	}
	return inventory.On
}

// guestMemory reads MEMORY, whose unit depends on what the agent asked: libvirt
// tells KiB of which the agent cuts the last three digits, LXC bytes, Solaris
// zones GB, and the others MB, qemu perhaps with a unit behind.
func guestMemory(vmtype, text string) inventory.Size {
	v, ok := leadingNumber(text)
	if !ok || v <= 0 {
		return inventory.Size{}
	}
	switch t := strings.ToLower(vmtype); {
	case strings.Contains(t, "libvirt"):
		v = wholeMiB(v*1000, v*1000+999)
	case strings.Contains(t, "lxc"):
		v /= 1 << 20
	case strings.Contains(t, "solaris"), strings.HasSuffix(strings.ToUpper(text), "G"), strings.HasSuffix(strings.ToUpper(text), "GB"):
		v *= 1024
	}
	if v < 1 || v > maxMemory {
		return inventory.Size{}
	}
	return inventory.MiB(v)
}

// wholeMiB is the whole number of MiB between two numbers of KiB where there is
// one, as memory is given out in whole MiB; else the lower of the two.
func wholeMiB(low, high float64) float64 {
	if whole := math.Floor(high / 1024); whole >= low/1024 {
		return whole
	}
	return low / 1024
}
