package dmidecode_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"sobre/inventory"
	"sobre/inventory/dmidecode"
	"sobre/inventory/sourcetest"
)

const poweredge = `# dmidecode 3.4
Getting SMBIOS data from sysfs.
SMBIOS 2.7 present.

Handle 0x0100, DMI type 1, 27 bytes
System Information
	Manufacturer: Dell Inc.
	Product Name: PowerEdge R620
	Serial Number: 3FHXYZ1
	UUID: 4c4c4544-0046-4810-8058-b3c04f585931
	Wake-up Type: Power Switch

Handle 0x0300, DMI type 3, 22 bytes
Chassis Information
	Manufacturer: Dell Inc.
	Type: Rack Mount Chassis

Handle 0x0400, DMI type 4, 42 bytes
Processor Information
	Socket Designation: CPU1
	Version: Intel(R) Xeon(R) CPU E5-2650 0 @ 2.00GHz
	Current Speed: 1200 MHz
	Status: Populated, Enabled
	Core Count: 8
	Core Enabled: 8
	Thread Count: 16
	Characteristics:
		64-bit capable

Handle 0x0401, DMI type 4, 42 bytes
Processor Information
	Socket Designation: CPU2
	Version: Not Specified
	Status: Unpopulated

Handle 0x1100, DMI type 17, 34 bytes
Memory Device
	Size: 16384 MB
	Type: DDR3

Handle 0x1101, DMI type 17, 34 bytes
Memory Device
	Size: 16 GB

Handle 0x1102, DMI type 17, 34 bytes
Memory Device
	Size: No Module Installed
`

// old is what a server of 2007 prints, which does not tell its cores.
const old = "# dmidecode 2.7\r\nHandle 0x0100, DMI type 1, 27 bytes.\r\nSystem Information\r\n\tManufacturer: HP\r\n\tProduct Name: ProLiant DL380 G5\r\n\tSerial Number: CZC7310XYZ \r\n" +
	"Handle 0x0400, DMI type 4, 32 bytes.\r\nProcessor Information\r\n\tVersion: Intel(R) Xeon(R) CPU            5160  @ 3.00GHz\r\n\tCurrent Speed: 3000 MHz\r\n\tStatus: Populated, Enabled\r\n"

const guest = "# dmidecode 3.4\n\nHandle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: QEMU\n\tProduct Name: Standard PC (Q35 + ICH9, 2009)\n\tUUID: 3f0a1b2c-0000-4000-8000-00000000000a\n\n" +
	"Handle 0x0400, DMI type 4, 42 bytes\nProcessor Information\n\tStatus: Populated, Enabled\n\tCore Count: 2\n\tThread Count: 2\n\nHandle 0x1100, DMI type 17, 40 bytes\nMemory Device\n\tSize: 4 GB\n"

func TestGolden(t *testing.T) {
	sourcetest.CheckGolden(t, "machines.golden.yaml", source().MustRead(t, map[string]string{"db1.txt": poweredge, "etatcivil.dmi": old, "web.txt": guest, "notes.txt": "nothing"}))
}

func TestSeveralMachinesInOneFile(t *testing.T) {
	e := source().MustRead(t, map[string]string{"all.txt": poweredge + old})
	if len(e.Hosts) != 2 || e.Hosts[0].ID != "all-1" || e.Hosts[1].Serial != "CZC7310XYZ" {
		t.Errorf("got %+v", e.Hosts)
	}
}

func TestBadInput(t *testing.T) {
	for name, c := range map[string]struct{ text, code string }{
		"no memory":     {old, "memory-unknown"},
		"negative size": {strings.ReplaceAll(poweredge, "Size: 16", "Size: -16"), "memory-unknown"},
		"huge size":     {strings.ReplaceAll(poweredge, "Size: 16", "Size: 99999999999916"), "memory-unknown"},
		"no cores":      {strings.NewReplacer("8\n", "x\n", "E5-2650", "Unheard").Replace(poweredge), "cores-unknown"},
		"cut off":       {poweredge[:500], "memory-unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			e := source().MustRead(t, map[string]string{"a.txt": c.text})
			if len(e.Hosts) != 1 || !sourcetest.Has(e, c.code) {
				t.Errorf("%d hosts, findings %+v, want 1 and %s", len(e.Hosts), e.Findings, c.code)
			}
		})
	}
	e := source().MustRead(t, map[string]string{"a.txt": poweredge, "b.txt": "# dmidecode 3.4\n/dev/mem: Permission denied\n"})
	if len(e.Hosts) != 1 || !sourcetest.Has(e, "document-unreadable") {
		t.Errorf("a dump without root: %+v", e.Findings)
	}
	for name, text := range map[string]string{"empty": "", "no root": "# dmidecode 3.4\n/dev/mem: Permission denied\n", "other": "Handle with care"} {
		if e, err := dmidecode.Read(t.Context(), []string{"a"}, dmidecode.Options{FS: fstest.MapFS{"a": {Data: []byte(text)}}}); err == nil {
			t.Errorf("%s: no error but %+v", name, e)
		}
	}
}

func TestFiller(t *testing.T) {
	e := source().MustRead(t, map[string]string{"a.txt": strings.NewReplacer("3FHXYZ1", "To Be Filled By O.E.M.", "PowerEdge R620", "R\x1b[31m\u202e620").Replace(poweredge)})
	if h := e.Hosts[0]; h.Serial != "" || strings.ContainsAny(h.Model, "\x1b\u202e") {
		t.Errorf("got %+v", h)
	}
	if e.Hosts[0].CPU.Clock != inventory.MHz(2000) {
		t.Errorf("the clock of the moment counts: %s", e.Hosts[0].CPU.Clock)
	}
}

func TestRecognise(t *testing.T) {
	for text, want := range map[string]bool{poweredge: true, old: true, old[17:]: true, "": false, "Handle with care": false, "<REQUEST>": false} {
		if got := dmidecode.Recognise([]byte(text), "x"); got != want {
			t.Errorf("%.20q: %v", text, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(poweredge))
	f.Add([]byte(old + guest))
	f.Fuzz(func(t *testing.T, text []byte) { source().CheckAny(t, "a.txt", text) })
}
