package libvirt_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"sobre/inventory"
	"sobre/inventory/libvirt"
	"sobre/inventory/sourcetest"
)

const web = `<?xml version="1.0" encoding="UTF-8"?>
<domain type='kvm' id='3'>
  <name>web</name>
  <uuid>3f0a1b2c-0000-4000-8000-00000000000a</uuid>
  <title>Site de la Ville</title>
  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0"><libosinfo:os id="http://debian.org/debian/12"/></libosinfo:libosinfo>
  </metadata>
  <memory unit='KiB'>4194304</memory>
  <currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static' current='2'>4</vcpu>
  <devices>
    <disk type='file' device='disk'><source file='/var/lib/libvirt/images/web.qcow2'/><target dev='vda'/></disk>
    <disk type='file' device='cdrom'><source file='/iso/debian.iso'/><target dev='sda'/></disk>
    <interface type='bridge'><mac address='52:54:00:00:00:0A'/></interface>
  </devices>
</domain>
`

const fax = `<domain type='kvm'><name>fax</name><uuid>3f0a1b2c-0000-4000-8000-00000000000b</uuid>
<memory>1048576</memory><vcpu>1</vcpu><memoryBacking><locked/></memoryBacking><memtune><min_guarantee unit='MiB'>512</min_guarantee></memtune>
<devices><hostdev mode='subsystem' type='usb'><source><vendor id='0x0557'/><product id='0x2008'/></source></hostdev>
<hostdev mode='subsystem' type='pci'><source><address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/></source></hostdev>
<interface type='hostdev'/>
<disk type='block' device='disk'><source dev='/dev/mapper/fax'/><target dev='vda'/><shareable/></disk>
<disk type='block' device='disk'><source dev='/dev/sdb'/><target dev='vdb'/></disk></devices></domain>
`

const hostXML = `<capabilities><host><uuid>11111111-2222-4333-8444-555555555555</uuid><cpu><arch>x86_64</arch><topology sockets='1' dies='1' cores='8' threads='2'/></cpu>
<topology><cells num='2'><cell id='0'><memory unit='KiB'>33554432</memory><cpus num='16'/></cell><cell id='1'><memory unit='KiB'>33554432</memory><cpus num='16'/></cell></cells></topology></host><guest/></capabilities>
<sysinfo type='smbios'><system><entry name='manufacturer'>Dell Inc.</entry><entry name='product'>PowerEdge R620</entry><entry name='serial'>3FHXYZ1</entry></system>
<processor><entry name='version'>Intel(R) Xeon(R) CPU E5-2650 0 @ 2.00GHz</entry><entry name='status'>Populated, Enabled</entry></processor>
<memory_device><entry name='size'>32 GB</entry></memory_device><memory_device><entry name='size'>32 GB</entry></memory_device><memory_device><entry name='size'>No Module Installed</entry></memory_device></sysinfo>`

func TestGolden(t *testing.T) {
	sourcetest.CheckGolden(t, "hosts.golden.yaml", source().MustRead(t, map[string]string{
		"kvm1/guests.xml": web + fax, "kvm1/host.xml": hostXML, "lost/db.xml": strings.NewReplacer("web", "db", "0000000a<", "0000000c<", " id='3'", "").Replace(web),
		"lost/again.xml": web, "kvm1/pom.xml": "<project/>", "notes.txt": "x",
	}))
}

func TestUnits(t *testing.T) {
	for unit, want := range map[string]float64{"": 4, " unit='KiB'": 4, " unit='k'": 4, " unit='KB'": 4096e3 / (1 << 20), " unit='bytes'": 4096.0 / (1 << 20), " unit='MiB'": 4096, " unit='G'": 4096 << 10} {
		e := source().MustRead(t, map[string]string{"a.xml": "<domain type='kvm'><name>a</name><memory" + unit + ">4096</memory><vcpu>1</vcpu></domain>"})
		if got := e.Workloads[0].Memory.MiB(); got != want {
			t.Errorf("%q: %g MiB, want %g", unit, got, want)
		}
	}
}

func TestBadInput(t *testing.T) {
	for name, c := range map[string]struct{ text, code string }{
		"cut off":         {web + fax[:100], "document-unreadable"},
		"entities":        {web + "<!DOCTYPE a [<!ENTITY b 'bb'>]><domain type='kvm'><name>&b;</name></domain>", "document-unreadable"},
		"deep":            {web + "<domain type='kvm'>" + strings.Repeat("<a>", 100), "document-unreadable"},
		"negative memory": {strings.Replace(web, "4194304", "-1", 1), "memory-unknown"},
		"huge memory":     {strings.Replace(web, "4194304", "9e99", 1), "memory-unknown"},
		"unknown unit":    {strings.Replace(web, "'KiB'>4194304", "'bananas'>4194304", 1), "memory-unknown"},
		"no vCPUs":        {strings.Replace(web, ">4</vcpu>", ">x</vcpu>", 1), "vcpus-unknown"},
		"the same twice":  {web + web, "machine-twice"},
		"no host":         {web, "host-unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			e := source().MustRead(t, map[string]string{"a.xml": c.text})
			if len(e.Workloads) != 1 || !sourcetest.Has(e, c.code) {
				t.Errorf("%d guests, findings %+v, want 1 and %s", len(e.Workloads), e.Findings, c.code)
			}
		})
	}
	e := source().MustRead(t, map[string]string{"a.xml": strings.Replace(web, "<name>web", "<name>w\x1b[31m\u202e*?", 1)})
	if id := e.Workloads; len(id) > 0 && strings.ContainsAny(id[0].ID+id[0].Name, "\x1b\u202e") {
		t.Errorf("the name %q would be shown as it is", id[0].Name)
	}
	for name, text := range map[string]string{"empty": "", "other XML": "<project/>", "cut off": fax[:60], "no XML": "PK\x03\x04"} {
		if e, err := libvirt.Read(t.Context(), []string{"a.xml"}, libvirt.Options{FS: fstest.MapFS{"a.xml": {Data: []byte(text)}}}); err == nil {
			t.Errorf("%s: no error but %+v", name, e)
		}
	}
	if _, err := source().Try(map[string]string{"notes.txt": "x"}); err == nil {
		t.Error("a folder without dumps is no error")
	}
}

func TestRecognise(t *testing.T) {
	for text, want := range map[string]bool{web: true, fax: true, hostXML: true, "<REQUEST>": false, "": false, "domain type=": false, "<html>": false} {
		if got := libvirt.Recognise([]byte(text), "x"); got != want {
			t.Errorf("%.20q: %v", text, got)
		}
	}
}

func TestPinsAreHardWhereTheyMust(t *testing.T) {
	e := source().MustRead(t, map[string]string{"a.xml": fax})
	kinds := map[inventory.PinKind]int{}
	for _, p := range e.Workloads[0].Pins {
		kinds[p.Kind]++
	}
	if kinds[inventory.PinUSB] != 1 || kinds[inventory.PinPassthrough] != 2 || kinds[inventory.PinSharedDisk] != 1 || kinds[inventory.PinRawDisk] != 1 || kinds[inventory.PinReservation] != 1 {
		t.Errorf("pins %+v", e.Workloads[0].Pins)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(web + fax))
	f.Add([]byte(hostXML))
	f.Fuzz(func(t *testing.T, text []byte) { source().CheckAny(t, "a.xml", text) })
}
