package table_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/inventory/table"
)

func estate() *inventory.Estate {
	return &inventory.Estate{
		Version: 1,
		Hosts: []inventory.Host{
			{ID: "etatcivil", Name: "ETATCIVIL", Role: inventory.Standalone, Serial: "CZC7310XYZ", Make: "HP", Memory: inventory.GiB(8), Labels: map[string]string{"tag": "HDV"}},
			{ID: "paie", Name: "paie.mulhouse.example", Role: inventory.Standalone, Serial: "OLD1"},
			{ID: "esx1", Name: "esx1", Role: inventory.Hypervisor, UUID: "11111111-2222-4333-8444-555555555555"},
			{ID: "twin", Name: "twin", Role: inventory.Standalone}, {ID: "twin-2", Name: "twin", Role: inventory.Standalone},
		},
		Workloads: []inventory.Workload{
			{ID: "etatcivil-os", Name: "ETATCIVIL", Kind: inventory.Physical, Host: "etatcivil", Memory: inventory.GiB(8)},
			{ID: "paie-os", Name: "paie", Kind: inventory.Physical, Host: "paie"},
			{ID: "wiki", Name: "wiki", Kind: inventory.VM, Host: "esx1"},
		},
	}
}

// register is a register as a French spreadsheet writes it, in Windows-1252.
const register = "N\xb0 de s\xe9rie;D\xe9signation;Site;Service;Date d'achat;Fin de maintenance;Prix d'achat HT;Lot;M\xe9moire;C\x9curs\r\n" +
	"CZC7310XYZ ;Serveur \xe9tat civil;H\xf4tel de ville;\xc9tat civil;15/03/2007;31/12/2010;4\xa0250,50;1;4;\r\n" +
	";PAIE;Mairie;Finances;01.02.2004;;\x80;2;16;4\r\n" +
	"CZC7310XYZ;doublon;;;;;;;;\r\n" +
	"CZCGONE;parti;Archives;;;;;;;\r\n" +
	";wiki;;Informatique;;;;;;\r\n" +
	";twin;Mairie;;;;;;;\r\n" +
	";;Mairie;;;;;;;\r\n"

func mapping() *table.Mapping {
	return &table.Mapping{
		Version: 1, Name: "Kimoce", Separator: ";", Encoding: "windows-1252", Decimal: ",", Country: "FR",
		Columns: map[string]string{
			"serial": "N° de série", "name": "Désignation", "site": "Site", "service": "Service", "purchased": "Date d'achat",
			"maintained": "Fin de maintenance", "price": "Prix d'achat HT", "memory": "Mémoire", "cores": "Cœurs", "owner": "Propriétaire",
		},
		Labels: map[string]string{"lot": "Lot"},
	}
}

func read(t *testing.T, text string, m *table.Mapping) *table.Register {
	t.Helper()
	r, err := tryRead(text, m)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func tryRead(text string, m *table.Mapping) (*table.Register, error) {
	return table.Read("in/register.csv", table.Options{Mapping: m, FS: fstest.MapFS{"in/register.csv": {Data: []byte(text)}}})
}

func TestEnrich(t *testing.T) {
	e := estate()
	read(t, register, mapping()).Enrich(e)
	var got bytes.Buffer
	if err := inventory.EncodeYAML(&got, e); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("testdata", "enriched.golden.yaml"), got.Bytes())
}

func TestHeadersAreGuessedWithoutMapping(t *testing.T) {
	e := estate()
	read(t, "Serial number,Site,Purchase date\nCZC7310XYZ,Town hall,2007-03-15\n", nil).Enrich(e)
	if h := e.Hosts[0]; h.Site != "Town hall" || h.Purchased.String() != "2007-03-15" || h.Year != 2007 {
		t.Errorf("got site %q, purchased %s, year %d", h.Site, h.Purchased, h.Year)
	}
}

func TestTwoRegistersAreTwoSources(t *testing.T) {
	e := estate()
	read(t, register, mapping()).Enrich(e)
	second := read(t, "Liste\nSerial number;Site\nCZC7310XYZ;=A1\nOLD1;Archives\n", &table.Mapping{Version: 1, Header: 2, Columns: map[string]string{"serial": "Serial number", "site": "Site"}})
	second.Enrich(e)
	from := e.Hosts[1].From
	if e.Sources[1].ID != "register-2" || from[len(from)-1].Source != "register-2" || from[len(from)-1].Line != 4 {
		t.Errorf("got %+v from %+v", e.Sources[1], from)
	}
	formulas := 0
	for _, f := range e.Findings {
		if f.Code == "cell-formula" && f.Source == "register-2" && f.Line == 3 {
			formulas++
		}
	}
	if formulas != 1 {
		t.Errorf("the formula of the second register was reported %d times", formulas)
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ order, cell, want string }{
		{"", "15/03/2007", "2007-03-15"}, {"", "5.3.07", "2007-03-05"}, {"", "2007-03-15T10:00:00", "2007-03-15"}, {"", "15/03/2007 10:00", "2007-03-15"},
		{"month first", "03/15/2007", "2007-03-15"}, {"", "03/15/2007", ""}, {"", "soon", ""}, {"", "15/03/0007", ""}, {"", "=TODAY()", ""},
	} {
		e := estate()
		m := &table.Mapping{Version: 1, Dates: c.order, Columns: map[string]string{"serial": "s", "purchased": "d"}}
		read(t, "s;d\nCZC7310XYZ;"+c.cell+"\n", m).Enrich(e)
		if got := e.Hosts[0].Purchased.String(); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.order, c.cell, got, c.want)
		}
		if c.want == "" && !hasCode(e, "cell-unreadable") && !hasCode(e, "cell-formula") {
			t.Errorf("%q is dropped without a word", c.cell)
		}
	}
}

func TestBladesGetTheirChassis(t *testing.T) {
	e := estate()
	m := &table.Mapping{Version: 1, Columns: map[string]string{"serial": "s", "chassis": "c", "site": "l"}}
	read(t, "s;c;l\nCZC7310XYZ;enc-1;Mairie\nOLD1;enc-1;Mairie\n", m).Enrich(e)
	if len(e.Chassis) != 1 || e.Chassis[0].ID != "enc-1" || e.Chassis[0].Site != "Mairie" || e.Hosts[1].Chassis != "enc-1" {
		t.Errorf("got %+v and %q", e.Chassis, e.Hosts[1].Chassis)
	}
}

func hasCode(e *inventory.Estate, code string) bool {
	for _, f := range e.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

func TestBadCellsAreFindings(t *testing.T) {
	e := estate()
	m := &table.Mapping{Version: 1, Columns: map[string]string{"serial": "s", "site": "a", "price": "p", "memory": "m", "cores": "c", "idle": "i"}}
	read(t, "s;a;p;m;c;i\nCZC7310XYZ;=HYPERLINK(\"x\");-5;-4 GiB;1e99;12 bananas\n", m).Enrich(e)
	h := e.Hosts[0]
	if h.Site != "" || h.Price.Known() || h.CPU.Cores != 0 || h.Power.Idle.Known() || h.Memory != inventory.GiB(8) {
		t.Errorf("a bad cell came through: %+v", h)
	}
	n := 0
	for _, f := range e.Findings {
		if f.Line == 2 && strings.HasPrefix(f.Code, "cell-") {
			n++
		}
	}
	if n != 5 {
		t.Errorf("got %d findings on the 5 bad cells: %+v", n, e.Findings)
	}
}

func TestAWrongMappingIsSaidOnceAndForAll(t *testing.T) {
	e := estate()
	m := &table.Mapping{Version: 1, Columns: map[string]string{"serial": "s", "purchased": "d"}}
	read(t, "s;d\n"+strings.Repeat("X1;never\n", 1500), m).Enrich(e)
	n, cut := 0, ""
	for _, f := range e.Findings {
		switch f.Code {
		case "cell-unreadable":
			n++
		case "findings-cut":
			cut = f.Values["findings"]
		}
	}
	if n != 999 || cut != "501" { // the first says how the table was read
		t.Errorf("got %d findings and %q further ones", n, cut)
	}
}

func TestReadFails(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		mapping    *table.Mapping
	}{
		"empty":             {"", "empty", nil},
		"no machine column": {"a;b\n1;2\n", "no column with a serial number", nil},
		"wrong field":       {"a\n1\n", `did you mean "serial"`, &table.Mapping{Version: 1, Columns: map[string]string{"serail": "a"}}},
		"wrong words":       {"a\n1\n", "separator", &table.Mapping{Version: 1, Separator: ";;", Decimal: "x", Dates: "y"}},
		"wrong version":     {"a\n1\n", "version", &table.Mapping{}},
	} {
		if _, err := tryRead(c.text, c.mapping); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "in/register.csv") {
			t.Errorf("%s: got %v, want an error with %q and the file", name, err, c.want)
		}
	}
	if _, err := table.Read("nowhere.csv", table.Options{}); err == nil {
		t.Error("a missing file is no error")
	}
}

func TestReadMapping(t *testing.T) {
	fsys := fstest.MapFS{
		"good.yaml": {Data: []byte("version: 1\nseparator: \";\"\ncolumns: {serial: N° de série}\nlabels: {lot: Lot}\n")},
		"bad.yaml":  {Data: []byte("version: 1\ncolums: {serial: a}\n")},
	}
	m, err := table.ReadMapping(fsys, "good.yaml")
	if err != nil || m.Columns["serial"] != "N° de série" || m.Labels["lot"] != "Lot" {
		t.Errorf("got %+v, %v", m, err)
	}
	if _, err := table.ReadMapping(fsys, "bad.yaml"); err == nil || !strings.Contains(err.Error(), "columns") {
		t.Errorf("got %v, want an error that names columns", err)
	}
}

func TestRecognise(t *testing.T) {
	for head, want := range map[string]bool{
		register: true, "sep=,\nSerial number,Site,Price\n": true,
		"machine;cpu_p95;cpu_max\n": false, "": false, "<REQUEST>": false, "PK\x03\x04": false,
	} {
		if got := table.Recognise([]byte(head), "x.csv"); got != want {
			t.Errorf("%.30q: got %v", head, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(register)
	f.Add("serial,site\n=1,2\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range []*table.Mapping{nil, mapping()} {
			r, err := tryRead(text, m)
			if err != nil {
				continue
			}
			e := estate()
			r.Enrich(e)
			if len(e.Hosts) != 5 || len(e.Workloads) != 3 {
				t.Fatal("machines came or went")
			}
			var out bytes.Buffer
			if err := inventory.EncodeYAML(&out, e); err != nil {
				t.Fatal(err)
			}
			if _, err := inventory.Decode[inventory.Estate](bytes.NewReader(out.Bytes()), "estate"); err != nil {
				t.Fatalf("the estate written cannot be read: %v\n%s", err, out.String())
			}
		}
	})
}
