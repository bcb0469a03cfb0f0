package ocs

import (
	"strings"

	"sobre/inventory"
)

// Limits beyond which a size is a mistake, in MiB.
const (
	maxMemory = 256 << 20 // 256 TiB
	maxDisk   = 1 << 40   // 1 EiB
)

// mebibytes is 10^6 bytes in MiB.
const mebibytes = 1e6 / (1 << 20)

// memorySlack is how much of the memory that is built in the system may miss
// (firmware and kernel take 1 to 3 %, graphics more), as a share of it.
const memorySlack = 0.85

// memories fills memory, built in, and osMemory, seen by the system. The two
// differ for good where a 32-bit Windows sees 4 of 8 GiB.
func (m *machine) memories(d *document) {
	hw := d.first("HARDWARE")
	seen, how := hw.number(maxMemory, "MEMORY")
	if how == impossible {
		m.impossible(hw, "MEMORY")
	}
	modules := m.modules(d.sections["MEMORIES"])
	switch {
	case seen == 0 && modules == 0:
		return
	case seen == 0:
		m.memory, m.osMemory = inventory.MiB(modules), inventory.MiB(modules)
		m.origin(m.line, "sum of memory modules", "memory")
	case modules < seen*0.95:
		m.memory, m.osMemory = inventory.MiB(seen), inventory.MiB(seen)
	case seen >= modules*memorySlack:
		m.memory, m.osMemory = inventory.MiB(modules), inventory.MiB(modules)
		m.origin(m.line, "sum of memory modules; the system sees a little less", "memory")
	default:
		m.memory, m.osMemory = inventory.MiB(modules), inventory.MiB(seen)
		m.note("memory-unused", "the machine holds "+m.memory.String()+" of memory and its system sees "+m.osMemory.String(),
			"check the edition of the system; a move needs only what it sees")
	}
}

func (m *machine) modules(sections []section) float64 {
	sum := 0.0
	for _, s := range sections {
		// Firmware lists its own ROM as a module.
		if what := s.get("TYPE") + " " + s.get("CAPTION"); anyOf(what, "flash", " rom") {
			continue
		}
		v, how := s.number(maxMemory, "CAPACITY")
		if how == impossible {
			m.impossible(s, "CAPACITY")
		}
		sum += v
	}
	return min(sum, maxMemory)
}

// disks fills disk from STORAGES: what is a disk, each once.
func (m *machine) disks(d *document) {
	toMiB := diskUnit(d)
	once := map[string]bool{}
	sum, line := 0.0, 0
	for _, s := range d.sections["STORAGES"] {
		v, how := s.number(maxDisk, "DISKSIZE")
		if how == impossible {
			m.impossible(s, "DISKSIZE")
		}
		if how != good || !isDisk(s) {
			continue
		}
		// Two paths to one disk show its serial number twice.
		if serial := inventory.CleanSerial(s.get("SERIALNUMBER", "SERIAL")); serial != "" {
			if once[serial] {
				continue
			}
			once[serial] = true
		}
		if line == 0 {
			line = s.line
		}
		sum += v * toMiB
	}
	if sum > 0 {
		m.disk = inventory.MiB(float64(int64(sum + 0.5)))
		m.origin(line, "sum of disks", "disk")
	}
}

// diskUnit is what DISKSIZE counts in, as MiB: the OCS agent for Windows and
// FusionInventory on macOS write MiB, all others 10^6 bytes.
func diskUnit(d *document) float64 {
	agent := strings.ToLower(d.agent)
	os := strings.ToLower(systemName(d))
	fusion := strings.Contains(agent, "fusion") || strings.Contains(agent, "glpi")
	if !fusion && strings.Contains(os, "windows") || fusion && strings.Contains(os, "mac") {
		return 1
	}
	return mebibytes
}

func isDisk(s section) bool {
	what := strings.ToLower(s.get("TYPE") + " " + s.get("DESCRIPTION") + " " + s.get("MODEL") + " " + s.get("INTERFACE"))
	for _, not := range []string{"cd-rom", "cdrom", "dvd", "removable", "usb", "floppy", "tape", "card reader", "virtual cd", "ilo"} {
		if strings.Contains(what, not) {
			return false
		}
	}
	name := strings.ToLower(s.get("NAME"))
	for _, not := range []string{"zram", "loop", "ram", "dm-", "sr", "fd", "st", "nbd"} {
		if digits, ok := strings.CutPrefix(strings.TrimPrefix(name, "/dev/"), not); ok && isDigits(digits) {
			return false
		}
	}
	return true
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// drives fills fsTotal and fsUsed from DRIVES: local file systems, each once.
// A Unix agent leaves out a FREE of 0, so that a drive without it is full; a
// Windows agent leaves it out when it could not look.
func (m *machine) drives(d *document) {
	windows := strings.Contains(strings.ToLower(systemName(d)), "windows")
	biggest := map[string]drive{}
	var order []string
	for _, s := range d.sections["DRIVES"] {
		total, how := s.number(maxDisk, "TOTAL")
		if how == impossible {
			m.impossible(s, "TOTAL")
		}
		if how != good || !isLocal(s) {
			continue
		}
		free, known := s.number(total, "FREE")
		if known == impossible {
			m.impossible(s, "FREE")
		}
		key := driveKey(s, windows)
		seen, twice := biggest[key]
		if !twice {
			order = append(order, key)
		}
		if !twice || total > seen.total {
			biggest[key] = drive{total, total - free, known == good || known == absent && !windows, s.line}
		}
	}
	m.sumDrives(biggest, order)
}

// drive is one file system, in MiB.
type drive struct {
	total, used float64
	usedKnown   bool
	line        int
}

func (m *machine) sumDrives(drives map[string]drive, order []string) {
	if len(order) == 0 {
		return
	}
	total, used, known := 0.0, 0.0, true
	for _, key := range order {
		d := drives[key]
		total += d.total
		used += d.used
		known = known && d.usedKnown
	}
	m.fsTotal = inventory.MiB(total)
	if known {
		m.fsUsed = inventory.MiB(used)
	}
	m.fsLine = drives[order[0]].line
}

// isLocal tells whether a drive is a file system on the machine's own disks.
func isLocal(s section) bool {
	switch fs := strings.ToLower(s.get("FILESYSTEM")); fs {
	case "tmpfs", "devtmpfs", "ramfs", "overlay", "overlayfs", "aufs", "squashfs", "iso9660", "udf", "cdfs", "proc",
		"sysfs", "nfs", "nfs4", "cifs", "smbfs", "smb", "smb2", "smb3", "afs", "ncpfs", "autofs", "gfs2", "ocfs2", "ceph",
		"glusterfs", "9p", "efivarfs", "devfs", "mfs":
		return false
	default:
		if strings.HasPrefix(fs, "fuse.") {
			return false
		}
	}
	kind := strings.ToLower(s.get("TYPE") + " " + s.get("DESCRIPTION"))
	for _, not := range []string{"network", "réseau", "removable", "amovible", "cd-rom", "compact disc", "ram disk", "floppy", "disquette"} {
		if strings.Contains(kind, not) {
			return false
		}
	}
	volume := s.get("VOLUMN")
	return !strings.HasPrefix(volume, "//") && !strings.HasPrefix(volume, `\\`) && !strings.Contains(volume, ":/") &&
		!strings.HasPrefix(volume, "/dev/loop") && !strings.HasPrefix(volume, "/dev/sr")
}

// driveKey names what a drive lies on. On Unix that is the device, so that
// bind mounts and snapshots of it count once, and the data sets of one ZFS pool
// too; on Windows VOLUMN is only a label, and the letter is the drive.
func driveKey(s section, windows bool) string {
	volume, mount := s.get("VOLUMN"), s.get("TYPE")
	switch {
	case windows:
		return "letter " + strings.ToUpper(strings.Trim(s.get("LETTER"), `:/\`)) + " " + s.get("SERIAL")
	case strings.EqualFold(s.get("FILESYSTEM"), "zfs"):
		pool, _, _ := strings.Cut(volume, "/")
		return "pool " + pool
	case volume == "" || volume == "none":
		return "mount " + mount
	}
	return "device " + volume
}
