package ocs_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/inventory/ocs"
)

// folder is a small OCS base with one of everything.
func folder(t *testing.T) map[string]string {
	accents := document("etatcivil-2007-05-02-09-00-00",
		hardware("ETATCIVIL", "DESCRIPTION", "État civil", "LASTDATE", "2009-11-02 08:00:00", "OSNAME", "Microsoft Windows Server 2003 Édition Standard"),
		proliant, xeon5160, xeon5160, element("ACCOUNTINFO", "KEYNAME", "TAG", "KEYVALUE", "Hôtel de ville"),
		element("STORAGES", "DISKSIZE", "139979", "TYPE", "Fixed hard disk media"),
		element("DRIVES", "LETTER", "C:/", "TYPE", "Hard Drive", "TOTAL", "20000", "FREE", "5000"),
		element("SOFTWARES", "NAME", "Oracle Database 10g Enterprise Edition"))
	return map[string]string{
		"etatcivil.ocs": latin1(t, accents),
		"host/kvm1.xml": document("kvm1-2009-01-01-00-00-00", hardware("kvm1", "LASTDATE", "2009-11-01 00:00:00", "UUID", "11111111-2222-4333-8444-555555555555"),
			strings.Replace(proliant, "CZC7310XYZ ", "CZC7310ABC", 1), xeon5160, libvirtVM, strings.Replace(strings.Replace(libvirtVM, "intranet", "wiki", 1), "0A<", "0B<", 1)),
		"intranet.ocs": zlibbed(document("intranet-2009-01-01-00-00-00", hardware("intranet", "LASTDATE", "2009-11-01 00:00:00",
			"UUID", "2C1B0A3F-0000-0040-8000-00000000000A"), "<BIOS><SMANUFACTURER>QEMU</SMANUFACTURER><SMODEL>Standard PC</SMODEL></BIOS>",
			element("CPUS", "CORES", "1"), element("CPUS", "CORES", "1"))),
		"paie-old.ocs": document("paie-2004-01-01-00-00-00", hardware("paie", "LASTDATE", "2008-01-01 00:00:00", "UUID", "AAAAAAAA-2222-4333-8444-555555555555"), proliant),
		"paie.ocs": utf16(t, document("paie-2009-06-01-00-00-00", hardware("paie", "LASTDATE", "2009-10-30 00:00:00", "UUID", "AAAAAAAA-2222-4333-8444-555555555555"),
			strings.Replace(proliant, "CZC7310XYZ ", "CZC7310PAI", 1), xeon5160)),
		"pc.ocs":      gzipped(document("pc-2009-01-01-00-00-00", hardware("PC-117", "OSNAME", "Microsoft Windows XP Professionnel"), laptop)),
		"broken.ocs":  document("x-2009-01-01-00-00-00", hardware("x"))[:200],
		"pom.xml":     "<project><name>not ours</name></project>",
		"notes.txt":   "not looked at",
		"vieux.ocs":   document("vieux-2003-01-01-00-00-00", hardware("vieux", "LASTDATE", "2008-12-31 00:00:00"), strings.Replace(proliant, "CZC7310XYZ ", "CZC1", 1)),
		"fax.ocs.gz":  gzipped(document("fax-2009-01-01-00-00-00", hardware("fax"), "<BIOS><SMANUFACTURER>IBM</SMANUFACTURER><SMODEL>eserver xSeries 345</SMODEL></BIOS>", element("CONTROLLERS", "NAME", "Eicon Diva Server BRI", "TYPE", "ISDN"))),
		"nobios.ocs":  document("nobios-2009-01-01-00-00-00", hardware("nobios")),
		"vcenter.ocs": document("vc-2009-01-01-00-00-00", hardware("vc", "PROCESSORN", "2"), vmwareVM),
	}
}

func TestReadFolder(t *testing.T) {
	checkGolden(t, "folder.golden.yaml", readFiles(t, folder(t), ocs.Options{}))
}

// checkGolden compares an estate with the golden file, or writes that anew, and
// sees that it can be read again.
func checkGolden(t *testing.T, name string, e *inventory.Estate) {
	t.Helper()
	var got bytes.Buffer
	if err := inventory.EncodeYAML(&got, e); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("testdata", name), got.Bytes())
	if _, err := inventory.Decode[inventory.Estate](&got, "golden"); err != nil {
		t.Errorf("the estate written cannot be read: %v", err)
	}
}

func TestReadIsTheSameInAnyOrderAndWithAnyWorkers(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for name, text := range folder(t) {
		p := filepath.Join(dir, strings.ReplaceAll(name, "/", "-"))
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(p) != ".txt" {
			paths = append(paths, p)
		}
	}
	pattern := filepath.Join(dir, "*.*[slz]")
	var texts []string
	for _, workers := range []int{1, 7} {
		e, err := ocs.Read(t.Context(), []string{pattern}, ocs.Options{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := inventory.EncodeJSON(&b, e); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, b.String())
	}
	if texts[0] != texts[1] {
		t.Error("one worker and seven give different estates")
	}
	// Single files, in the random order of a Go map: same machines, same IDs.
	e, err := ocs.Read(t.Context(), paths, ocs.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := ocs.Read(t.Context(), []string{dir}, ocs.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids(want), ids(e)); diff != "" {
		t.Errorf("folder and files differ (-folder +files):\n%s", diff)
	}
}

func ids(e *inventory.Estate) []string {
	var out []string
	for _, h := range e.Hosts {
		out = append(out, h.ID+" "+h.Serial)
	}
	for _, w := range e.Workloads {
		out = append(out, w.ID+" on "+w.Host)
	}
	return out
}

func TestWorkstationsAreKeptOnDemand(t *testing.T) {
	e := readFiles(t, folder(t), ocs.Options{Workstations: true})
	if !strings.Contains(strings.Join(ids(e), "\n"), "pc-117-os on pc-117") {
		t.Errorf("the laptop is missing: %v", ids(e))
	}
}

func TestStaleDays(t *testing.T) {
	for days, want := range map[int]bool{0: true, 400: false, -1: false} {
		e := readFiles(t, folder(t), ocs.Options{StaleDays: days})
		if got := strings.Contains(strings.Join(codes(e), "\n"), "machine-stale vieux"); got != want {
			t.Errorf("StaleDays %d: flagged %v, want %v", days, got, want)
		}
	}
}

func TestReadFails(t *testing.T) {
	empty := t.TempDir()
	for _, c := range []struct {
		name, want string
		paths      []string
	}{
		{"missing file", "no such file", []string{"nowhere.xml"}},
		{"empty folder", "no OCS document", []string{empty}},
		{"pattern without match", "no OCS document", []string{filepath.Join(empty, "*.ocs")}},
		{"bad pattern", "syntax error in pattern", []string{filepath.Join(empty, "[")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ocs.Read(t.Context(), c.paths, ocs.Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	p := filepath.Join(empty, "a.ocs")
	if err := os.WriteFile(p, []byte(document("a", hardware("a"))), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ocs.Read(ended, []string{p}, ocs.Options{}); err == nil {
		t.Error("reading went on after the context ended")
	}
}

func TestProgressCountsEveryDocument(t *testing.T) {
	var seen []int
	readFiles(t, folder(t), ocs.Options{Progress: func(done, total int) { seen = append(seen, done*100+total) }})
	if len(seen) != 12 || seen[11] != 1212 {
		t.Errorf("progress was %v, want 12 steps up to 12 of 12", seen)
	}
}

func TestRecognise(t *testing.T) {
	doc := document("a", hardware("a"))
	for name, c := range map[string]struct {
		head string
		want bool
	}{
		"plain": {doc, true}, "zlib": {zlibbed(doc), true}, "gzip": {gzipped(doc), true}, "utf-16": {utf16(t, doc), true},
		"bom": {"\ufeff" + doc, true}, "comment": {"<!-- a --><REQUEST/>", true},
		"cut zlib": {zlibbed(doc)[:100], true},
		"pom":      {"<?xml version='1.0'?><project/>", false}, "json": {`{"a":1}`, false}, "empty": {"", false},
		"other root": {"<REQUESTS/>", false}, "endless comment": {"<!-- ", false},
	} {
		if got := ocs.Recognise([]byte(c.head), "x"); got != c.want {
			t.Errorf("%s: recognised %v, want %v", name, got, c.want)
		}
	}
}

// TestConsoleExport reads a machine as the server's console exports it: columns
// of its tables, the key first, tabs, empty elements, no VMSYSTEM.
func TestConsoleExport(t *testing.T) {
	e := readOne(t, `<?xml version="1.0" encoding="UTF-8" ?>
<REQUEST>
	<DEVICEID>web1-2009-01-01-00-00-00</DEVICEID>
	<CONTENT>
		<ACCOUNTINFO><HARDWARE_ID>27</HARDWARE_ID><TAG>Mairie</TAG><SERVICE>Communication</SERVICE></ACCOUNTINFO>
		<BIOS><SMANUFACTURER>HP</SMANUFACTURER><SMODEL>ProLiant DL360 G5</SMODEL><SSN>CZC1</SSN><TYPE>Rack Mount Chassis</TYPE></BIOS>
		<CPUS><ID>34</ID><TYPE>Intel(R) Xeon(R) CPU 5130 @ 2.00GHz</TYPE><SERIALNUMBER /><SPEED>2000</SPEED><CORES>2</CORES><LOGICAL_CPUS>2</LOGICAL_CPUS><CURRENT_SPEED /></CPUS>
		<HARDWARE><NAME>web1</NAME><OSNAME>Debian GNU/Linux 5</OSNAME><MEMORY>2010</MEMORY><PROCESSORS>0</PROCESSORS><LASTDATE>2009-10-02 19:21:54</LASTDATE><ARCH /></HARDWARE>
		<STORAGES><ID>36</ID><NAME>sda</NAME><TYPE>disk</TYPE><DISKSIZE>73372</DISKSIZE></STORAGES>
	</CONTENT>
	<QUERY>INVENTORY</QUERY>
</REQUEST>`)
	h, w := e.Hosts[0], e.Workloads[0]
	if h.CPU.Cores != 2 || h.CPU.Clock != inventory.MHz(2000) || h.Disk != inventory.MiB(69973) || w.Service != "Communication" || w.Labels["tag"] != "Mairie" ||
		e.Collected.String() != "2009-10-02" {
		t.Errorf("got %+v\n%+v", h, w)
	}
}
