package ocs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
)

func TestProcessors(t *testing.T) {
	ghz := func(v float64) inventory.Frequency { return inventory.MHz(v * 1000) }
	for _, c := range []struct {
		name  string
		parts []string
		want  inventory.CPU
		vcpus int
	}{
		{
			"two sockets of two cores", []string{hardware("a", "PROCESSORT", "Intel(R) Xeon(R) CPU  5160  @ 3.00GHz", "PROCESSORN", "2", "PROCESSORS", "3000"), proliant, xeon5160, xeon5160},
			inventory.CPU{Model: "Intel(R) Xeon(R) CPU 5160 @ 3.00GHz", Sockets: 2, Cores: 4, Threads: 4, Clock: ghz(3)}, 4,
		},
		{
			"clock missing on EPYC comes from the table",
			[]string{hardware("a", "PROCESSORT", "AMD EPYC 7302 16-Core Processor", "PROCESSORS", "0"), proliant, element("CPUS", "TYPE", "AMD EPYC 7302 16-Core Processor", "CORES", "16", "LOGICAL_CPUS", "32")},
			inventory.CPU{Model: "AMD EPYC 7302 16-Core Processor", Sockets: 1, Cores: 16, Threads: 32, Clock: ghz(3)}, 32,
		},
		{
			"cores hung on the name by the Windows agent", []string{hardware("a", "PROCESSORT", "Home made [6 core(s) x86_64]", "PROCESSORN", "2", "PROCESSORS", "2400"), proliant},
			inventory.CPU{Model: "Home made", Sockets: 2, Cores: 12, Clock: ghz(2.4)}, 12,
		},
		{
			"cores from the table", []string{hardware("a", "PROCESSORT", "Intel(R) Xeon(R) CPU X5550 @ 2.67GHz", "PROCESSORN", "2"), proliant},
			inventory.CPU{Model: "Intel(R) Xeon(R) CPU X5550 @ 2.67GHz", Sockets: 2, Cores: 8, Threads: 16, Clock: ghz(2.67)}, 16,
		},
		{
			"unknown model stays unknown", []string{hardware("a", "PROCESSORT", "Transputer", "PROCESSORN", "2"), proliant},
			inventory.CPU{Model: "Transputer", Sockets: 2}, 0,
		},
		{
			"FusionInventory tags, threads below cores", []string{hardware("a", "PROCESSORT", "Zilog"), proliant, element("CPUS", "NAME", "Zilog", "CORE", "2", "THREAD", "1", "SPEED", "2800 MHz")},
			inventory.CPU{Model: "Zilog", Sockets: 1, Cores: 2, Clock: ghz(2.8)}, 2,
		},
		{
			"momentary clock gives way to the name", []string{hardware("a", "PROCESSORT", "Zilog @ 3.00GHz"), proliant, element("CPUS", "CORES", "2", "SPEED", "1200")},
			inventory.CPU{Model: "Zilog @ 3.00GHz", Sockets: 1, Cores: 2, Clock: ghz(3)}, 2,
		},
		{
			"half a sum is no sum", []string{hardware("a", "PROCESSORT", "Zilog"), proliant, element("CPUS", "CORES", "2", "SPEED", "3000"), element("CPUS", "SPEED", "3000")},
			inventory.CPU{Model: "Zilog", Sockets: 2, Clock: ghz(3)}, 0,
		},
		{
			"a guest without cores has one a socket", []string{hardware("a", "PROCESSORT", "Intel(R) Xeon(R) CPU X5550 @ 2.67GHz", "PROCESSORN", "2"), vmwareVM},
			inventory.CPU{}, 2,
		},
		{
			"numbers beyond belief", []string{hardware("a", "PROCESSORT", "Zilog", "PROCESSORN", "1e30"), proliant, element("CPUS", "CORES", "-4", "SPEED", "9e99")},
			inventory.CPU{Model: "Zilog", Sockets: 1}, 0,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := readOne(t, document("a-2009-01-01-00-00-00", c.parts...))
			if len(e.Hosts) > 0 {
				if diff := cmp.Diff(c.want.Model, e.Hosts[0].CPU.Model); diff != "" {
					t.Error(diff)
				}
				if got := e.Hosts[0].CPU; got != c.want {
					t.Errorf("got %+v %v, want %+v %v", got, got.Clock, c.want, c.want.Clock)
				}
			}
			if got := e.Workloads[0].VCPUs; got != c.vcpus {
				t.Errorf("vCPUs: got %d, want %d", got, c.vcpus)
			}
		})
	}
}

func TestSizes(t *testing.T) {
	module := func(mb string) string { return element("MEMORIES", "CAPACITY", mb) }
	windows := []string{"OSNAME", "Microsoft Windows Server 2003"}
	for _, c := range []struct {
		name  string
		parts []string
		// memory and disk of the host; memory, disk and disk used of its system
		want [5]string
	}{
		{"Linux sees a little less than is built in", []string{hardware("a", "MEMORY", "257687"), module("131072"), module("131072"), module("No")}, [5]string{"256 GiB", "", "256 GiB"}},
		{"32 bits see half", []string{hardware("a", "MEMORY", "3583"), module("4096"), module("4096")}, [5]string{"8 GiB", "", "3583 MiB"}},
		{"firmware is no memory", []string{hardware("a"), module("4096"), element("MEMORIES", "CAPACITY", "16", "TYPE", "Flash", "CAPTION", "SYSTEM ROM")}, [5]string{"4 GiB", "", "4 GiB"}},
		{"modules seen by half", []string{hardware("a", "MEMORY", "8192"), module("4096")}, [5]string{"8 GiB", "", "8 GiB"}},
		{"modules alone", []string{hardware("a", "MEMORY", "0"), module("4096")}, [5]string{"4 GiB", "", "4 GiB"}},
		{"nothing is unknown", []string{hardware("a", "MEMORY", "0")}, [5]string{"", "", ""}},
		{"negative is unknown", []string{hardware("a", "MEMORY", "-1")}, [5]string{"", "", ""}},
		{"Unix agent counts disks in 10^6", []string{hardware("a"), element("STORAGES", "DISKSIZE", "274877.906944", "TYPE", "disk")}, [5]string{"4 GiB", "256 GiB", "4 GiB", "256 GiB"}},
		{"Windows agent counts disks in MiB", []string{hardware("a", windows...), element("STORAGES", "DISKSIZE", "262144", "TYPE", "Fixed hard disk media")}, [5]string{"4 GiB", "256 GiB", "4 GiB", "256 GiB"}},
		{"FusionInventory on Windows counts in 10^6", []string{hardware("a", windows...), "<VERSIONCLIENT>FusionInventory-Agent_v2.3.19</VERSIONCLIENT>", element("STORAGES", "DISKSIZE", "274878", "TYPE", "disk")}, [5]string{"4 GiB", "256 GiB", "4 GiB", "256 GiB"}},
		{"not all storage is disk", []string{
			hardware("a", windows...), element("STORAGES", "DISKSIZE", "1024", "TYPE", "Fixed", "SERIALNUMBER", "S1"), element("STORAGES", "DISKSIZE", "1024", "TYPE", "Fixed", "SERIALNUMBER", "S1"),
			element("STORAGES", "DISKSIZE", "700", "TYPE", "CD-ROM"), element("STORAGES", "DISKSIZE", "8000", "TYPE", "Removable USB"), element("STORAGES", "NAME", "zram0", "DISKSIZE", "512", "TYPE", "disk"),
		}, [5]string{"4 GiB", "1 GiB", "4 GiB", "1 GiB"}},
		{"file systems each once", []string{
			hardware("a"), element("DRIVES", "TYPE", "/", "VOLUMN", "/dev/sda1", "FILESYSTEM", "ext3", "TOTAL", "2048", "FREE", "1024"),
			element("DRIVES", "TYPE", "/bind", "VOLUMN", "/dev/sda1", "FILESYSTEM", "ext3", "TOTAL", "2048", "FREE", "1024"),
			element("DRIVES", "TYPE", "/full", "VOLUMN", "/dev/sda2", "FILESYSTEM", "ext3", "TOTAL", "1024"),
			element("DRIVES", "TYPE", "/nfs", "VOLUMN", "nas:/vol1", "FILESYSTEM", "nfs", "TOTAL", "99999", "FREE", "1"),
			element("DRIVES", "TYPE", "/run", "VOLUMN", "tmpfs", "FILESYSTEM", "tmpfs", "TOTAL", "99999", "FREE", "1"),
		}, [5]string{"4 GiB", "3 GiB", "4 GiB", "3 GiB", "2 GiB"}},
		{"Windows letters, use unknown where one does not say", []string{
			hardware("a", windows...), element("DRIVES", "LETTER", "C:/", "TYPE", "Hard Drive", "VOLUMN", "Data", "TOTAL", "1024", "FREE", "512"),
			element("DRIVES", "LETTER", "D:/", "TYPE", "Hard Drive", "VOLUMN", "Data", "TOTAL", "1024"),
			element("DRIVES", "LETTER", "Z:/", "TYPE", "Network Drive", "TOTAL", "99999", "FREE", "1"),
			element("DRIVES", "LETTER", "E:/", "TYPE", "CD-Rom Drive", "TOTAL", "650", "FREE", "1"),
		}, [5]string{"4 GiB", "2 GiB", "4 GiB", "2 GiB", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := readOne(t, document("a-2009-01-01-00-00-00", append(c.parts, proliant)...))
			h, w := e.Hosts[0], e.Workloads[0]
			got := [5]string{h.Memory.String(), h.Disk.String(), w.Memory.String(), w.Disk.String(), w.DiskUsed.String()}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("host memory, disk; system memory, disk, used (-want +got):\n%s", diff)
			}
		})
	}
}

func TestClassification(t *testing.T) {
	bios := func(maker, model, serial, chassis string) string {
		return element("BIOS", "SMANUFACTURER", maker, "SMODEL", model, "SSN", serial, "TYPE", chassis)
	}
	mac := func(address string) string { return element("NETWORKS", "MACADDR", address) }
	const xp, w2003 = "Microsoft Windows XP Professionnel", "Microsoft Windows Server 2003"
	for _, c := range []struct {
		name  string
		parts []string
		want  string // server, guest, workstation; with ? where doubtful
	}{
		{"rack", []string{hardware("a"), proliant}, "server"},
		{"VMSYSTEM calls a server virtual", []string{hardware("a", "VMSYSTEM", "Microsoft"), proliant}, "server"},
		{"VMSYSTEM calls a guest physical", []string{hardware("a", "VMSYSTEM", "Physical"), vmwareVM}, "guest"},
		{"VMware by serial", []string{hardware("a"), bios("", "", "VMware-42 1b ba bd 5f 4e af 7e-3a 56 b5 af 1c e1 a9 77", "Other")}, "guest"},
		{"Hyper-V calls itself a desktop", []string{hardware("a"), bios("Microsoft Corporation", "Virtual Machine", "1", "Desktop")}, "guest"},
		{"Surface is physical", []string{hardware("a", "OSNAME", xp), bios("Microsoft Corporation", "Surface Pro 4", "1", "Tablet")}, "workstation"},
		{"KVM", []string{hardware("a"), bios("QEMU", "Standard PC (Q35 + ICH9, 2009)", "", "Other")}, "guest"},
		{"Xen", []string{hardware("a"), bios("Xen", "HVM domU", "", "Other")}, "guest"},
		{"VirtualBox", []string{hardware("a"), bios("innotek GmbH", "VirtualBox", "0", "Other")}, "guest"},
		{"EC2", []string{hardware("a"), bios("Amazon EC2", "m5.large", "", "Other")}, "guest"},
		{"EC2 metal", []string{hardware("a"), bios("Amazon EC2", "m5.metal", "", "Other")}, "server"},
		{"laptop", []string{hardware("a"), laptop}, "workstation"},
		{"desktop", []string{hardware("a", "OSNAME", xp), bios("HP", "Compaq dc7700", "CZC1", "Desktop")}, "workstation"},
		{"server system on a desktop", []string{hardware("a", "OSNAME", w2003), bios("HP", "Compaq dc7700", "CZC1", "Mini Tower")}, "server"},
		{"Linux on a desktop", []string{hardware("a", "OSNAME", "Debian GNU/Linux 5"), bios("HP", "Compaq dc7700", "CZC1", "Mini Tower")}, "workstation"},
		{"a tower of servers", []string{hardware("a", "OSNAME", xp), bios("HP", "ProLiant ML350 G5", "CZC1", "Tower")}, "server"},
		{"no firmware, guest's addresses", []string{hardware("a"), mac("00:50:56:aa:bb:cc")}, "guest"},
		{"no firmware, a real address too", []string{hardware("a"), mac("00:50:56:aa:bb:cc"), mac("00:1b:78:aa:bb:cc")}, "server?"},
		{"no firmware, a hint", []string{hardware("a", "VMSYSTEM", "VMware")}, "guest?"},
		{"no firmware at all", []string{hardware("a", "VMSYSTEM", "Physical")}, "server?"},
		{"no firmware, a desktop's system", []string{hardware("a", "OSNAME", xp)}, "workstation"},
		{"a host's own guest network", []string{hardware("a"), proliant, mac("52:54:00:aa:bb:cc")}, "server"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := readOne(t, document("a-2009-01-01-00-00-00", c.parts...))
			got := "workstation"
			switch {
			case len(e.Hosts) == 1:
				got = "server"
			case len(e.Workloads) == 1:
				got = "guest"
			}
			for _, f := range e.Findings {
				if f.Code == "kind-uncertain" {
					got += "?"
				}
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestGuestMemoryHasTheUnitOfItsBackend(t *testing.T) {
	for _, c := range []struct{ vmtype, memory, want string }{
		{"libvirt", "1048", "1 GiB"}, {"libvirt", "2097", "2 GiB"}, {"libvirt", "16777", "16 GiB"},
		{"qemu", "2048", "2 GiB"}, {"qemu", "2G", "2 GiB"}, {"lxc", "536870912", "0.5 GiB"}, {"Solaris Zones", "4", "4 GiB"},
		{"virtualbox", "768", "768 MiB"}, {"hyperv", "", ""}, {"xen", "-5", ""}, {"xen", "1e40", ""},
	} {
		vm := element("VIRTUALMACHINES", "NAME", "v", "VMTYPE", c.vmtype, "MEMORY", c.memory, "VCPU", "1", "STATUS", "off")
		e := readOne(t, document("a-2009-01-01-00-00-00", hardware("a"), proliant, vm))
		if w := e.Workloads[0]; w.Memory.String() != c.want || w.Host != "a" || w.State != inventory.Off {
			t.Errorf("%s %q: got %q on %s %s, want %q", c.vmtype, c.memory, w.Memory, w.Host, w.State, c.want)
		}
	}
}

func TestContainersDoNotMakeAHypervisor(t *testing.T) {
	vm := element("VIRTUALMACHINES", "NAME", "redis", "VMTYPE", "Docker", "MEMORY", "104857600")
	e := readOne(t, document("a-2009-01-01-00-00-00", hardware("a"), proliant, xeon5160, vm))
	if e.Hosts[0].Role != inventory.Standalone || len(e.Workloads) != 1 {
		t.Errorf("got role %s and %d workloads", e.Hosts[0].Role, len(e.Workloads))
	}
	if diff := cmp.Diff([]string{"containers-left-out a"}, codes(e)); diff != "" {
		t.Error(diff)
	}
}

func TestLicencesAreOfServersOnly(t *testing.T) {
	for name, want := range map[string][]string{
		"Oracle Database 10g Enterprise Edition": {"oracle"}, "oracle-database-ee-11g": {"oracle"}, "Oracle Database 10g Express Edition": nil,
		"Oracle Client 10g database utilities": nil, "Microsoft SQL Server 2005": {"sql-server"}, "Microsoft SQL Server Native Client": nil,
		"Microsoft SQL Server 2005 Express Edition": nil, "IBM DB2 Enterprise Server Edition": {"db2"}, "Oracle VM VirtualBox": nil, "MySQL Server 5.0": nil,
	} {
		e := readOne(t, document("a-2009-01-01-00-00-00", hardware("a"), proliant, element("SOFTWARES", "NAME", name)))
		if diff := cmp.Diff(want, e.Workloads[0].Licences); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestDevicesPinASystem(t *testing.T) {
	e := readOne(t, document("a-2009-01-01-00-00-00", hardware("a"), proliant,
		element("USBDEVICES", "CAPTION", "Aladdin HASP key"), element("USBDEVICES", "CAPTION", "Keyboard"),
		element("CONTROLLERS", "NAME", "Eicon Diva Server BRI-2M"), element("MODEMS", "NAME", "Eicon Diva Server BRI-2M")))
	want := []inventory.Pin{{Kind: inventory.PinUSB, Reason: "Aladdin HASP key"}, {Kind: inventory.PinPassthrough, Reason: "Eicon Diva Server BRI-2M"}}
	if diff := cmp.Diff(want, e.Workloads[0].Pins); diff != "" {
		t.Error(diff)
	}
}
