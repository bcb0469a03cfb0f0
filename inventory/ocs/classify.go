package ocs

import (
	"strings"
)

// verdict is what sort of machine a document describes.
type verdict int

const (
	server verdict = iota // a physical server
	guest
	workstation
)

// String is the word for it that findings use.
func (v verdict) String() string {
	switch v {
	case guest:
		return "guest"
	case workstation:
		return "workstation"
	}
	return "server"
}

// classify judges from model, maker, serial number, chassis and network
// addresses. VMSYSTEM is only a hint: without root or /dev/mem the Unix agent
// calls every machine physical, and the Windows agent calls every machine
// virtual that has a device with "Microsoft" in its name. certain is false
// when there was nothing firm to go by.
func (m *machine) classify(d *document) (v verdict, evidence string, certain bool) {
	if e := guestFirmware(m.make, m.model, m.rawSerial); e != "" {
		return guest, e, true
	}
	if m.isMetal() {
		return server, m.make + " " + m.model, true
	}
	chassis := strings.ToLower(m.chassis)
	switch {
	case isServerModel(m.model) || isServerChassis(chassis):
		return server, "model and chassis of a server", true
	case isPortable(chassis):
		return workstation, "chassis is a " + m.chassis, true
	case m.make != "" || m.model != "":
		if isServerSystem(m.os) || isLinux(m.os) && !isDesk(chassis) {
			return server, "a server's operating system on " + strings.TrimSpace(m.make+" "+m.model), true
		}
		return workstation, "a desktop's operating system or chassis", true
	}
	return m.classifyWithoutFirmware(d)
}

// classifyWithoutFirmware judges a document without BIOS. Network addresses
// count only here: a physical host shows the adapters of its guests' networks.
func (m *machine) classifyWithoutFirmware(d *document) (v verdict, evidence string, certain bool) {
	if e := guestAddresses(d.sections["NETWORKS"]); e != "" {
		return guest, e, true
	}
	switch hint := strings.ToLower(m.vmsystem); hint {
	case "vmware", "qemu", "kvm", "xen", "virtualbox", "virtual machine", "hyper-v", "parallels", "bhyve", "virtuozzo", "openvz", "lxc":
		return guest, "VMSYSTEM says " + m.vmsystem, false
	}
	if isServerSystem(m.os) || isLinux(m.os) || isServerCPU(m.cpu.Model) {
		return server, "no BIOS element; a server's operating system or processor", false
	}
	return workstation, "no BIOS element; a desktop's operating system", false
}

// isMetal tells rented hosts from rented guests.
func (m *machine) isMetal() bool {
	return strings.HasPrefix(m.make, "Amazon") && strings.Contains(m.model, ".metal")
}

// firmwareSign is what the firmware of a guest says: all words that are set
// must be in the field they are of.
type firmwareSign struct{ maker, model, serial, platform string }

// guestFirmware is the evidence that firmware gives of a guest, "" when none.
func guestFirmware(maker, model, serial string) string {
	maker, model, serial = strings.ToLower(maker), strings.ToLower(model), strings.ToLower(serial)
	if strings.Contains(model, ".metal") {
		return ""
	}
	for _, s := range []firmwareSign{
		{model: "vmware", platform: "VMware"}, {serial: "vmware-", platform: "VMware"},
		{maker: "microsoft", model: "virtual machine", platform: "Hyper-V"}, // a Surface is physical
		{maker: "qemu", platform: "KVM"}, {maker: "bochs", platform: "KVM"}, {maker: "seabios", platform: "KVM"},
		{maker: "ovirt", platform: "KVM"}, {maker: "red hat", platform: "KVM"}, {model: "kvm", platform: "KVM"},
		{model: "standard pc (", platform: "KVM"}, {model: "rhev hypervisor", platform: "KVM"}, {model: "bochs", platform: "KVM"},
		{maker: "xen", platform: "Xen"}, {model: "hvm domu", platform: "Xen"}, {model: "pvm domu", platform: "Xen"},
		{model: "virtualbox", platform: "VirtualBox"}, {maker: "innotek gmbh", platform: "VirtualBox"},
		{maker: "parallels", platform: "Parallels"}, {model: "parallels", platform: "Parallels"},
		{maker: "amazon ec2", platform: "EC2"}, {model: "google compute engine", platform: "Google"},
		{maker: "nutanix", model: "ahv", platform: "AHV"}, {maker: "openstack", platform: "OpenStack"}, {model: "openstack", platform: "OpenStack"},
		{maker: "alibaba cloud", platform: "Alibaba Cloud"},
	} {
		if strings.Contains(maker, s.maker) && strings.Contains(model, s.model) && strings.Contains(serial, s.serial) {
			return "firmware of a " + s.platform + " guest"
		}
	}
	return ""
}

// guestAddresses is the evidence of network adapters that only guests have, ""
// when one real adapter is among them or there is none at all.
func guestAddresses(adapters []section) string {
	kind := ""
	for _, a := range adapters {
		mac := strings.ToLower(strings.ReplaceAll(a.get("MACADDR"), "-", ":"))
		if mac == "" || strings.HasPrefix(mac, "00:00:00:00") || strings.EqualFold(a.get("VIRTUALDEV"), "1") {
			continue
		}
		k := guestMaker(mac)
		if k == "" {
			return ""
		}
		kind = k
	}
	if kind == "" {
		return ""
	}
	return "network addresses of " + kind + " guests only"
}

// guestMaker names the platform whose guests have addresses such as this one
// (IEEE registration authority; 52:54:00 is QEMU's own, unregistered choice).
func guestMaker(mac string) string {
	for _, p := range []struct{ prefix, kind string }{
		{"00:50:56", "VMware"}, {"00:0c:29", "VMware"}, {"00:05:69", "VMware"},
		{"00:15:5d", "Hyper-V"}, {"52:54:00", "KVM"}, {"00:16:3e", "Xen"}, {"08:00:27", "VirtualBox"}, {"00:1c:42", "Parallels"},
	} {
		if strings.HasPrefix(mac, p.prefix) {
			return p.kind
		}
	}
	return ""
}

func isServerModel(model string) bool {
	model = strings.ToLower(model)
	for _, w := range []string{"proliant", "poweredge", "xseries", "eserver", "bladecenter", "system x", "primergy", "sun fire",
		"integrity", "thinksystem", "thinkserver", "synergy", "superserver", "ucsb", "ucsc", "novascale", "bullion", "express5800",
		"blade", "proserver", "x3550", "x3650", "hs20", "hs21", "hs22", "sparc", "power systems", "superdome", "netra"} {
		if strings.Contains(model, w) {
			return true
		}
	}
	return false
}

func isServerChassis(chassis string) bool {
	switch chassis {
	case "blade", "blade enclosure", "rack mount chassis", "rack mount unit", "main server chassis", "main system chassis",
		"multi-system", "multi-system chassis", "rackmount":
		return true
	}
	return false
}

func isPortable(chassis string) bool {
	for _, w := range []string{"notebook", "laptop", "portable", "hand held", "tablet", "convertible", "detachable", "docking"} {
		if strings.Contains(chassis, w) {
			return true
		}
	}
	return false
}

func isDesk(chassis string) bool {
	for _, w := range []string{"desktop", "tower", "all in one", "space-saving", "lunch box", "pizza box", "mini pc", "stick pc"} {
		if strings.Contains(chassis, w) {
			return true
		}
	}
	return false
}

// isServerSystem tells a server's operating system by its name, French and
// English.
func isServerSystem(os string) bool {
	os = strings.ToLower(os)
	for _, w := range []string{"server", "serveur", "esx", "hyper-v", "proxmox", "xenserver", "solaris", "aix", "hp-ux", "netware",
		"enterprise linux", "centos", "suse linux enterprise", "oracle linux", "rocky", "almalinux", "truenas", "freenas"} {
		if strings.Contains(os, w) {
			return true
		}
	}
	return false
}

func isLinux(os string) bool {
	os = strings.ToLower(os)
	for _, w := range []string{"linux", "debian", "ubuntu", "fedora", "red hat", "suse", "gentoo", "bsd"} {
		if strings.Contains(os, w) {
			return true
		}
	}
	return false
}

// isHypervisorSystem tells a system that does nothing but run guests.
func isHypervisorSystem(os string) bool {
	os = strings.ToLower(os)
	for _, w := range []string{"esx", "hyper-v server", "proxmox", "xenserver", "xcp-ng"} {
		if strings.Contains(os, w) {
			return true
		}
	}
	return false
}
