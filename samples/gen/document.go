package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"strings"
)

// document is the agent document of one server being written.
type document struct {
	b strings.Builder
}

// element writes one section from pairs of tag and value; empty values are left
// out, as agents do.
func (d *document) element(name string, pairs ...string) {
	fmt.Fprintf(&d.b, "    <%s>\n", name)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			fmt.Fprintf(&d.b, "      <%s>%s</%s>\n", pairs[i], html.EscapeString(pairs[i+1]), pairs[i])
		}
	}
	fmt.Fprintf(&d.b, "    </%s>\n", name)
}

// The oddities of real OCS bases that some documents show:
//
//	blank        the serial number ends in a blank
//	latin1       labelled and written as ISO-8859-1
//	mislabelled  labelled UTF-8, written as ISO-8859-1
//	zlib         compressed, as agents send it
//	nocpus       an agent too old to write CPUS: cores come from the model
//	noclock      a processor that does not name its clock
//	nobios       an agent without the right to read the firmware
//	32bit        a system that sees half of the memory
//	stale        not heard of for months
//	twice        a second document, from before a re-installation
//	vmhint       VMSYSTEM wrong because of a device made by Microsoft
//	isdn, dongle a card or a key that ties the system to its metal
func (s server) has(quirk string) bool { return s.quirk == quirk }

func (s server) windows() bool { return strings.HasPrefix(s.os, "w") || s.os == "xp" }

// write writes the inside of the document of a server, last seen on a day.
func (s server) write(seen string) string {
	d := &document{}
	hw, os := hardwareByKey()[s.hw], systemByKey()[s.os]
	d.element("ACCESSLOG", "LOGDATE", seen, "USERID", "N/A")
	d.element("ACCOUNTINFO", "KEYNAME", "TAG", "KEYVALUE", s.site)
	s.bios(d, hw)
	s.controllers(d)
	s.processors(d, hw)
	s.drives(d)
	s.hardware(d, hw, os)
	s.modules(d, hw)
	s.networks(d, hw)
	s.software(d)
	s.storages(d, hw)
	return d.b.String()
}

func (s server) bios(d *document, hw hardware) {
	if s.has("nobios") {
		return
	}
	serial := s.serial()
	if s.has("blank") {
		serial += " "
	}
	d.element("BIOS", "ASSETTAG", "", "BDATE", s.bought[5:7]+"/01/"+s.bought[:4], "BMANUFACTURER", hw.maker, "BVERSION", "2.14",
		"SMANUFACTURER", hw.maker, "SMODEL", hw.model, "SSN", serial, "TYPE", hw.chassis)
}

func (s server) controllers(d *document) {
	d.element("CONTROLLERS", "MANUFACTURER", "Intel Corporation", "NAME", "Host bridge", "TYPE", "Host bridge")
	d.element("CONTROLLERS", "MANUFACTURER", "Broadcom Corporation", "NAME", "NetXtreme Gigabit Ethernet", "TYPE", "Ethernet controller")
	d.element("CONTROLLERS", "MANUFACTURER", "LSI Logic / Symbios Logic", "NAME", "RAID controller", "TYPE", "SCSI storage controller")
	switch s.quirk {
	case "isdn":
		d.element("CONTROLLERS", "MANUFACTURER", "Eicon Networks Corporation", "NAME", "Diva Server BRI-2M ISDN adapter", "TYPE", "ISDN controller")
	case "dongle":
		d.element("USBDEVICES", "CAPTION", "Aladdin HASP HL 3.25", "MANUFACTURER", "Aladdin Knowledge Systems")
	case "vmhint":
		d.element("CONTROLLERS", "MANUFACTURER", "Microsoft", "NAME", "Microsoft iSCSI Initiator", "TYPE", "SCSI storage controller")
	}
}

func (s server) processors(d *document, hw hardware) {
	if s.has("nocpus") {
		return
	}
	for i := range hw.sockets {
		pairs := []string{"CORES", fmt.Sprint(hw.cores), "LOGICAL_CPUS", fmt.Sprint(hw.threads), "MANUFACTURER", maker(hw.cpu), "SOCKET", fmt.Sprint("Proc ", i+1)}
		if hw.mhz > 0 {
			pairs = append(pairs, "SPEED", fmt.Sprint(hw.mhz))
		}
		d.element("CPUS", append(pairs, "TYPE", hw.cpu)...)
	}
}

func maker(cpu string) string {
	if strings.Contains(cpu, "AMD") {
		return "AMD"
	}
	return "Intel"
}

// drives writes file systems in MiB: the system's own and one of data.
func (s server) drives(d *document) {
	const systemDisk, systemUsed = 20, 8 // GB
	data, used := s.disk-systemDisk, max(s.used-systemUsed, 0)
	mib := func(gb int) string { return fmt.Sprint(gb * 953) } // 10^9 bytes
	if s.windows() {
		d.element("DRIVES", "FILESYSTEM", "NTFS", "FREE", mib(systemDisk-systemUsed), "LETTER", "C:/", "TOTAL", mib(systemDisk), "TYPE", "Hard Drive", "VOLUMN", "Système")
		d.element("DRIVES", "FILESYSTEM", "NTFS", "FREE", mib(data-used), "LETTER", "D:/", "TOTAL", mib(data), "TYPE", "Hard Drive", "VOLUMN", "Données")
		d.element("DRIVES", "FILESYSTEM", "CDFS", "LETTER", "E:/", "TOTAL", "605", "TYPE", "CD-Rom Drive", "VOLUMN", "SRV2003")
		return
	}
	d.element("DRIVES", "FILESYSTEM", "ext3", "FREE", mib(systemDisk-systemUsed), "TOTAL", mib(systemDisk), "TYPE", "/", "VOLUMN", "/dev/mapper/vg00-racine")
	d.element("DRIVES", "FILESYSTEM", "ext3", "FREE", mib(data-used), "TOTAL", mib(data), "TYPE", "/srv", "VOLUMN", "/dev/mapper/vg00-srv")
	d.element("DRIVES", "FILESYSTEM", "tmpfs", "FREE", "1012", "TOTAL", "1012", "TYPE", "/dev/shm", "VOLUMN", "none")
	d.element("DRIVES", "FILESYSTEM", "nfs", "FREE", "214003", "TOTAL", "558080", "TYPE", "/mnt/sauvegarde", "VOLUMN", "srv-sauve1:/export/sauvegarde")
}

func (s server) hardware(d *document, hw hardware, os system) {
	clock, vm := fmt.Sprint(hw.mhz), "Physical"
	if hw.mhz == 0 {
		clock = ""
	}
	if s.has("vmhint") {
		vm = "Microsoft"
	}
	description := s.about
	if !s.windows() {
		description = "i686/04-11-02 07:12:33"
	}
	d.element("HARDWARE", "CHECKSUM", "262143", "DESCRIPTION", description, "IPADDR", s.address(),
		"MEMORY", fmt.Sprint(s.seenMemory()), "NAME", s.name, "OSCOMMENTS", os.comments, "OSNAME", os.name, "OSVERSION", os.version,
		"PROCESSORN", fmt.Sprint(hw.sockets), "PROCESSORS", clock, "PROCESSORT", hw.cpu, "SWAP", fmt.Sprint(s.memory*3/2),
		"UUID", s.uuid(), "VMSYSTEM", vm, "WORKGROUP", "MAIRIE")
}

// seenMemory is a little less than is built in, as Linux keeps some for itself,
// or half where the system is limited to 4 GiB.
func (s server) seenMemory() int {
	switch {
	case s.has("32bit"):
		return 4095
	case s.windows():
		return s.memory - 1
	}
	return s.memory * 985 / 1000
}

func (s server) modules(d *document, hw hardware) {
	n := max(1, s.memory/hw.module)
	for i := range n {
		d.element("MEMORIES", "CAPACITY", fmt.Sprint(s.memory/n), "CAPTION", fmt.Sprintf("DIMM %02dA", i+1), "DESCRIPTION", "DIMM", "NUMSLOTS", fmt.Sprint(i+1), "TYPE", "DDR2")
	}
	d.element("MEMORIES", "CAPTION", fmt.Sprintf("DIMM %02dA", n+1), "DESCRIPTION", "DIMM", "NUMSLOTS", fmt.Sprint(n+1))
}

func (s server) networks(d *document, hw hardware) {
	for i := range 2 {
		h := s.hash("mac")
		status, address := "Up", s.address()
		if i == 1 {
			status, address = "Down", ""
		}
		d.element("NETWORKS", "DESCRIPTION", fmt.Sprint("Connexion au réseau local ", i+1), "IPADDRESS", address, "IPMASK", "255.255.252.0",
			"MACADDR", fmt.Sprintf("%s:%02X:%02X:%02X", hw.mac, h[0], h[1], int(h[2])&0xFE+i), "SPEED", "1 Gb/s", "STATUS", status, "TYPE", "Ethernet")
	}
}

// storages writes disks: MiB from the Windows agent, 10^6 bytes from the Unix
// one, and a CD drive that is none.
func (s server) storages(d *document, hw hardware) {
	if s.windows() {
		d.element("STORAGES", "DESCRIPTION", "Lecteur de disque", "DISKSIZE", fmt.Sprint(s.disk*1000/1049*1000), "MANUFACTURER", "(Lecteurs de disque standard)",
			"MODEL", hw.disk+" SCSI Disk Device", "NAME", `\\.\PHYSICALDRIVE0`, "TYPE", "Fixed hard disk media")
		d.element("STORAGES", "DESCRIPTION", "Lecteur de CD-ROM", "MODEL", "TEAC DV-28E-N", "NAME", "TEAC DV-28E-N", "TYPE", "CD-ROM")
		return
	}
	d.element("STORAGES", "DISKSIZE", fmt.Sprintf("%d.%06d", s.disk*1000, 131072), "MODEL", hw.disk, "NAME", "cciss/c0d0", "TYPE", "disk")
	d.element("STORAGES", "MODEL", "DV-28E-N", "NAME", "sr0", "TYPE", "CD-ROM")
}

// hash gives bytes that look random and stay the same for a server.
func (s server) hash(what string) [32]byte { return sha256.Sum256([]byte(what + s.name)) }

func (s server) uuid() string {
	h := s.hash("uuid")
	x := strings.ToUpper(hex.EncodeToString(h[:16]))
	return x[:8] + "-" + x[8:12] + "-4" + x[13:16] + "-8" + x[17:20] + "-" + x[20:]
}

func (s server) address() string {
	h := s.hash("address")
	return fmt.Sprintf("10.68.%d.%d", h[0]%4, 10+h[1]%200)
}

// serial is a serial number in the maker's style.
func (s server) serial() string {
	h := strings.ToUpper(hex.EncodeToString(s.hashed("serial")))
	switch hardwareByKey()[s.hw].maker {
	case "HP":
		return "GB87" + s.bought[3:4] + h[:5]
	case "IBM":
		return "KD" + h[:5]
	}
	return h[:6] + "J"
}

func (s server) hashed(what string) []byte {
	h := s.hash(what)
	return h[:]
}
