package open_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"sobre/inventory/open"
)

// TestFormatsAreToldByContent has a small file of each format under a name that
// says nothing.
func TestFormatsAreToldByContent(t *testing.T) {
	for text, want := range map[string]open.Format{
		`<domain type='kvm'><name>a</name><memory>1048576</memory><vcpu>1</vcpu></domain>`:                          open.Libvirt,
		"# dmidecode 3.4\nHandle 0x0100, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: HP\n":            open.Dmidecode,
		"*Server name,*Cores,*Memory (In MB),*OS name\na,1,1024,Debian\n":                                           open.Azure,
		"Computer;Computer Id;Last inventory;Operating system;\r\n\"a\";\"1\";\"2026-01-01\";\"Debian GNU/Linux\";": open.OCS,
		`{"27":{"hardware":{"NAME":"a","OSNAME":"Debian"},"bios":[{"SMODEL":"ProLiant"}]}}`:                         open.OCS,
		`[{"id":"node/pve1","type":"node","node":"pve1","maxcpu":8,"maxmem":34359738368}]`:                          open.Proxmox,
	} {
		e, found, err := open.Estate(t.Context(), []string{"x.dat"}, open.Options{FS: fstest.MapFS{"x.dat": {Data: []byte(text)}}})
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if found[0].Format != want || len(e.Workloads)+len(e.Hosts) == 0 {
			t.Errorf("got %s and %d machines, want %s", found[0].Format, len(e.Workloads)+len(e.Hosts), want)
		}
	}
	_, _, err := open.Estate(t.Context(), []string{"x.dat"}, open.Options{FS: fstest.MapFS{"x.dat": {Data: []byte("nothing")}}})
	if err == nil || !strings.Contains(err.Error(), "no inventory that sobre knows") {
		t.Errorf("got %v", err)
	}
}

// TestAFolderOfDifferentSources reads each part of a folder with its own source.
func TestAFolderOfDifferentSources(t *testing.T) {
	fsys := fstest.MapFS{
		"in/kvm1/web.xml":   {Data: []byte(`<domain type='kvm' id='1'><name>web</name><memory>1048576</memory><vcpu>1</vcpu></domain>`)},
		"in/etatcivil.txt":  {Data: []byte("# dmidecode 3.4\nHandle 0x0100, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: HP\n\tProduct Name: ProLiant DL380 G5\n")},
		"in/more/azure.csv": {Data: []byte("*Server name,*Cores,*Memory (In MB),*OS name,Server type\npaie,1,1024,Debian,Physical\n")},
		"in/README.md":      {Data: []byte("not looked at")},
	}
	e, found, err := open.Estate(t.Context(), []string{"in"}, open.Options{FS: fsys})
	if err != nil {
		t.Fatal(err)
	}
	// The fourth source is the built-in tables, which tell the year of the DL380.
	if len(found) != 3 || len(e.Hosts) != 2 || len(e.Workloads) != 3 || len(e.Sources) != 4 {
		t.Errorf("found %+v: %d hosts, %d workloads, %d sources", found, len(e.Hosts), len(e.Workloads), len(e.Sources))
	}
}

// TestSeriesJoinAnEstate gives measured series beside an inventory.
func TestSeriesJoinAnEstate(t *testing.T) {
	fsys := fstest.MapFS{
		"web.xml": {Data: []byte(`<domain type='kvm' id='1'><name>web</name><memory>1048576</memory><vcpu>1</vcpu></domain>`)},
		"a.csv":   {Data: []byte("machine,timestamp,metric,value,unit\nweb,2026-11-02T00:10:00Z,cpu,10,%\n")},
		"b.csv":   {Data: []byte("machine,timestamp,metric,value,unit\nweb,2026-11-02T00:20:00Z,cpu,30,%\n")},
		"sa02":    {Data: []byte("\x96\xd5\x75\x21")},
	}
	e, _, err := open.Estate(t.Context(), []string{"b.csv", "web.xml", "a.csv"}, open.Options{FS: fsys})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Workloads[0].Use.CPU; got.Mean.String() != "20 %" || got.Samples != 2 || len(e.Sources) != 3 {
		t.Errorf("use %+v, sources %+v", got, e.Sources)
	}
	if _, _, err := open.Estate(t.Context(), []string{"a.csv"}, open.Options{FS: fsys}); err == nil {
		t.Error("series without an inventory are no error")
	}
	if _, _, err := open.Estate(t.Context(), []string{"sa02"}, open.Options{FS: fsys}); err == nil || !strings.Contains(err.Error(), "sadf -d") {
		t.Errorf("a binary file of sysstat: %v", err)
	}
}
