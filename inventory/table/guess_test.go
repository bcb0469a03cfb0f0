package table_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/inventory/table"
)

// machines is a list as a town keeps it in a spreadsheet.
const machines = "Nom du serveur;N° série;Marque;Modèle matériel;Mémoire (Go);Nb cœurs;CPU;OS installé;Acheté le;Fin de garantie;Site;Hôte;Divers\r\n" +
	"ETATCIVIL;CZC7310XYZ;HP;ProLiant DL380 G5;8;4;2;Windows Server 2003;15/03/2007;14/03/2010;Hôtel de ville;;vieux\r\n" +
	"esx1;CZC8;HP;ProLiant BL460c G6;48;8;2;VMware ESX 4;01/09/2009;;Hôtel de ville;;\r\n" +
	"wiki;;;;2;2;;Debian 5;;;;esx1;à garder\r\n" +
	"paie;;;;4,5;2;;Red Hat 5;;;;esx9;\r\n"

func guess(t *testing.T, name, text string) *table.Guess {
	t.Helper()
	g, err := table.MakeGuess(fstest.MapFS{name: {Data: []byte(text)}}, name)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGuessGolden(t *testing.T) {
	var got bytes.Buffer
	if err := guess(t, "serveurs.csv", machines).Write(&got); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("testdata", "guess.golden.yaml"), got.Bytes())
	m, err := table.ReadMapping(fstest.MapFS{"m.yaml": {Data: got.Bytes()}}, "m.yaml")
	if err != nil {
		t.Fatalf("the mapping written cannot be read: %v", err)
	}
	checkEstate(t, "alone.golden.yaml", readWith(t, "serveurs.csv", []byte(machines), m))
}

func readWith(t *testing.T, name string, data []byte, m *table.Mapping) *inventory.Estate {
	t.Helper()
	r, err := table.Read(name, table.Options{Mapping: m, FS: fstest.MapFS{name: {Data: data}}})
	if err != nil {
		t.Fatal(err)
	}
	return r.Estate()
}

func checkEstate(t *testing.T, name string, e *inventory.Estate) {
	t.Helper()
	var got bytes.Buffer
	if err := inventory.EncodeYAML(&got, e); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("testdata", name), got.Bytes())
	if _, err := inventory.Decode[inventory.Estate](&got, "estate"); err != nil {
		t.Error(err)
	}
}

func TestGuesses(t *testing.T) {
	for _, c := range []struct{ header, values, field, unit, sure string }{
		{"Serial number", "A1|B2", "serial", "", "sure"},
		{"RAM (MB)", "8192|4096", "memory", "MiB", "sure"},
		{"RAM", "8192|4096", "memory", "MiB", "likely"},
		{"RAM", "8|4", "memory", "GiB", "likely"},
		{"Mémoire", "8 Go|4 Go", "memory", "", "sure"},
		{"Date d'achat", "15/03/2007|", "purchased", "", "sure"},
		{"Date d'achat", "HP|Dell", "purchased", "", "unsure"},
		{"Materiel", "ProLiant DL380|PowerEdge R620", "model", "", "unsure"},
		{"Quoi", "Windows Server 2003|Debian 12", "os", "", "unsure"},
		{"Identifiant", "4c4c4544-0046-4810-8058-b3c04f585931|", "uuid", "", "unsure"},
		{"Fréquence", "2,66|3", "clock", "GHz", "likely"},
		{"Divers", "a|b", "", "", "unsure"},
	} {
		rows := strings.Split(c.values, "|")
		g := guess(t, "t.csv", "x;"+c.header+"\n1;"+rows[0]+"\n2;"+rows[1]+"\n")
		if got := g.Columns[1]; got.Field != c.field || got.Unit != c.unit || got.Sure.String() != c.sure {
			t.Errorf("%s (%s): got %q %q %s (%s), want %q %q %s", c.header, c.values, got.Field, got.Unit, got.Sure, got.Why, c.field, c.unit, c.sure)
		}
	}
}

func TestConfidentLeavesOutWhatIsUnsure(t *testing.T) {
	g := guess(t, "t.csv", "Machine;Quoi\na;Debian\nb;Windows\n")
	m, unsure := g.Confident()
	if diff := cmp.Diff(map[string]string{"name": "Machine"}, m.Columns); diff != "" {
		t.Error(diff)
	}
	if len(unsure) != 1 || unsure[0] != `"Quoi"` {
		t.Errorf("got %q", unsure)
	}
}

// workbook makes a workbook whose second sheet holds the machines.
func workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if _, err := f.NewSheet("Parc"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetSheetRow("Sheet1", "A1", &[]any{"Lisez-moi"}); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2007, 3, 15, 0, 0, 0, 0, time.UTC)
	for i, row := range [][]any{
		{"Machine", "Numéro de série", "Site", "Date d'achat", "Mémoire", "Cœurs", "Prix"},
		{"ETATCIVIL", "CZC7310XYZ", "Hôtel de ville", day, 8, 4, 4250.5},
		{}, {"paie\x1b", "CZC8", "Mairie", "01/02/2004", "16 GiB", 2},
	} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Parc", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbook(t *testing.T) {
	data := workbook(t)
	fsys := fstest.MapFS{"parc.xlsx": {Data: data}}
	if !table.RecogniseFile(fsys, "parc.xlsx") {
		t.Error("the workbook is not recognised")
	}
	g, err := table.MakeGuess(fsys, "parc.xlsx")
	if err != nil || g.Mapping.Sheet != "Parc" || g.Mapping.Columns["purchased"] != "Date d'achat" {
		t.Fatalf("got %+v, %v", g, err)
	}
	e := readWith(t, "parc.xlsx", data, &g.Mapping)
	if len(e.Hosts) != 2 {
		t.Fatalf("got %+v", e.Hosts)
	}
	if h := e.Hosts[0]; h.Purchased.String() != "2007-03-15" || h.Memory != inventory.GiB(8) || h.CPU.Cores != 4 || h.From[0].Line != 2 || h.Price.String() != "4250.5 EUR" {
		t.Errorf("got %+v", h)
	}
	if h := e.Hosts[1]; h.Purchased.String() != "2004-02-01" || h.Memory != inventory.GiB(16) || h.Name != "paie" || h.From[0].Line != 4 {
		t.Errorf("got %+v", h)
	}
	for name, c := range map[string]struct {
		data []byte
		m    table.Mapping
		want string
	}{
		"no such sheet":    {data, table.Mapping{Version: 1, Sheet: "Stock"}, `no sheet "Stock"`},
		"cut off":          {data[:len(data)/2], table.Mapping{Version: 1}, "opening the workbook"},
		"no workbook":      {[]byte("PK\x03\x04"), table.Mapping{Version: 1}, "opening the workbook"},
		"before 2007":      {[]byte("\xd0\xcf\x11\xe0 old"), table.Mapping{Version: 1}, "save it as .xlsx"},
		"no machine in it": {data, table.Mapping{Version: 1, Sheet: "Sheet1"}, "no column with a serial number"},
	} {
		_, err := table.Read("p.xlsx", table.Options{Mapping: &c.m, FS: fstest.MapFS{"p.xlsx": {Data: c.data}}})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "p.xlsx") {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestEstateSaysWhatItAssumed(t *testing.T) {
	e := readWith(t, "t.csv", []byte("Machine;Etat;Kind;vCPU;Mémoire\na;arrêté;;;\nb;;VM;2;4\nc;;;;\n;;;;5\n"),
		&table.Mapping{Version: 1, Columns: map[string]string{"name": "Machine", "state": "Etat", "kind": "Kind", "vcpus": "vCPU", "memory": "Mémoire"}})
	if len(e.Hosts) != 2 || len(e.Workloads) != 3 || e.Hosts[0].State != inventory.HostOff || e.Workloads[1].Kind != inventory.VM || e.Workloads[1].VCPUs != 2 {
		t.Errorf("got %+v, %+v", e.Hosts, e.Workloads)
	}
	for _, code := range []string{"kind-uncertain", "memory-unknown", "cores-unknown", "row-without-machine"} {
		if !hasCode(e, code) {
			t.Errorf("no finding %s", code)
		}
	}
}

func FuzzGuess(f *testing.F) {
	f.Add([]byte(machines))
	f.Add([]byte("a,b\n\"\n=1,2\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := fstest.MapFS{"t.csv": {Data: data}}
		g, err := table.MakeGuess(fsys, "t.csv")
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := g.Write(&out); err != nil {
			t.Fatal(err)
		}
		m, err := table.ReadMapping(fstest.MapFS{"m": {Data: out.Bytes()}}, "m")
		if err != nil {
			t.Fatalf("the mapping written cannot be read: %v\n%s", err, out.String())
		}
		r, err := table.Read("t.csv", table.Options{Mapping: m, FS: fsys})
		if err != nil {
			return
		}
		out.Reset()
		if err := inventory.EncodeYAML(&out, r.Estate()); err != nil {
			t.Fatal(err)
		}
		if _, err := inventory.Decode[inventory.Estate](&out, "estate"); err != nil {
			t.Fatal(err)
		}
	})
}
