package ocs_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/inventory/ocs"
)

// consoleCSV is what the console writes: a bare header, values in quotes that
// nobody escapes, a separator behind every row, no line end behind the last.
// The header Archiver has no values.
const consoleCSV = "Account info : TAG;Dernier inventaire;Machine;Id de la machine;Utilisateur connecté;Systeme;RAM (Mo);CPU (MHz);" +
	"Type de processeur;Nombre de processeurs;Description;Fabricant;Numéro de série;Modèle;Adresse MAC;Archiver;Account info : Service;" +
	"\r\n\"Mairie\";\"2009-11-02 08:00:00\";\"ETATCIVIL\";\"12\";\"root\";\"Microsoft Windows Server 2003\";\"8192\";\"3000\";" +
	"\"Intel(R) Xeon(R) CPU            5160  @ 3.00GHz\";\"2\";\"Serveur \"prod\"; salle A\r\n2e étage\";\"HP\";\"CZC7310XYZ \";\"ProLiant DL380 G5\";\"00:1a:4b:00:00:01\";\"État civil\";" +
	"\r\n\"NA\";\"2009-11-01 09:30:00\";\"intranet\";\"13\";\"\";\"Debian GNU/Linux 5.0\";\"2048\";\"0\";" +
	"\"\";\"2\";\"\";\"VMware, Inc.\";\"VMware-56 4d 0a 11 22 33 44 55-66 77 88 99 aa bb cc dd\";\"VMware Virtual Platform\";\"00:50:56:00:00:01\";\"\";" +
	"\r\n\"Mairie\";\"2008-01-01 09:30:00\";\"vieux\";\"14\";\"\";\"Red Hat Enterprise Linux ES release 4\";\"1024\";\"2800\";" +
	"\"Intel(R) Xeon(TM) CPU 2.80GHz\";\"2\";\"\";\"IBM\";\"KD1234\";\"eserver xSeries 345\";\"00:09:6b:00:00:01\";\"=cmd|'/c calc'!A1\";"

func readCSV(t *testing.T, text string, o ocs.Options) *inventory.Estate {
	t.Helper()
	return readFiles(t, map[string]string{"machines.csv": text}, o)
}

func TestConsoleList(t *testing.T) {
	checkGolden(t, "console.golden.yaml", readCSV(t, consoleCSV, ocs.Options{}))
}

// TestConsoleExportInOtherClothes reads the same list with another separator,
// saved again by a French spreadsheet, and with the rows of Archiver filled.
func TestConsoleExportInOtherClothes(t *testing.T) {
	names := func(e *inventory.Estate) []string {
		var out []string
		for _, w := range e.Workloads {
			out = append(out, strings.Join([]string{string(w.Kind), w.Name, w.OS, w.Memory.String(), w.Labels["tag"], w.Labels["description"]}, "|"))
		}
		return out
	}
	want := names(readCSV(t, consoleCSV, ocs.Options{}))
	plain := strings.ReplaceAll(strings.ReplaceAll(consoleCSV, "\"prod\"; salle A\r\n2e", "prod salle A 2e"), "Archiver;", "")
	wantPlain := names(readCSV(t, plain, ocs.Options{}))
	saved := strings.NewReplacer("\"", "", "2009-11-02 08:00:00", "02/11/2009 08:00", "2009-11-01 09:30:00", "01/11/2009 09:30", "2008-01-01 09:30:00", "01/01/2008 09:30").Replace(plain)
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"tabs":                     {strings.ReplaceAll(strings.ReplaceAll(consoleCSV, "\"; salle", "\", salle"), ";", "\t"), nil},
		"a separator of one's own": {strings.ReplaceAll(strings.ReplaceAll(consoleCSV, "\"; salle", "\", salle"), ";", "^"), nil},
		"with a byte order mark":   {"\ufeff" + consoleCSV, want},
		"line ends of Unix":        {strings.ReplaceAll(consoleCSV, "\r\n", "\n"), want},
		"saved by a spreadsheet":   {latin1(t, saved), wantPlain},
		"quoted as the standard says": {`"Computer","Last inventory","RAM (MB)","Operating system","Account info : TAG"` + "\n" + `"a ""b""","2009-11-02 08:00:00",1024,"Debian, 5",x` + "\n",
			[]string{`physical|a "b"|Debian, 5|1 GiB|x|`}},
	} {
		t.Run(name, func(t *testing.T) {
			e := readCSV(t, c.text, ocs.Options{})
			if c.want == nil {
				if len(e.Workloads) != 3 {
					t.Errorf("%d machines, want 3", len(e.Workloads))
				}
				return
			}
			if diff := cmp.Diff(c.want, names(e)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if e.Collected.String() != "2009-11-02" {
				t.Errorf("collected %s", e.Collected)
			}
		})
	}
}

func TestConsoleInAnotherLanguage(t *testing.T) {
	text := "Rechner;Letzte Inventur;Betriebssystem;Arbeitsspeicher;\r\n\"a\";\"2009-11-02\";\"SUSE Linux Enterprise\";\"2048\";"
	if ocs.Recognise([]byte(text), "x.csv") {
		t.Error("recognised without knowing a header")
	}
	columns := map[string]string{"name": "Rechner", "last_inventory": "letzte inventur", "os": "Betriebssystem", "memory": "Arbeitsspeicher"}
	e, err := ocs.Read(t.Context(), []string{"x.csv"}, ocs.Options{Columns: columns, FS: mapFS("x.csv", text)})
	if err != nil || len(e.Hosts) != 1 || e.Hosts[0].Memory != inventory.GiB(2) || e.Collected.String() != "2009-11-02" {
		t.Errorf("got %+v, %v", e, err)
	}
	_, err = ocs.Read(t.Context(), []string{"x.csv"}, ocs.Options{Columns: map[string]string{"nam": "Rechner"}, FS: mapFS("x.csv", text)})
	if err == nil || !strings.Contains(err.Error(), `did you mean "name"`) {
		t.Errorf("got %v", err)
	}
}

// TestConsoleDoubts has lists that something is wrong with.
func TestConsoleDoubts(t *testing.T) {
	header := "Computer;Computer Id;Last inventory;Operating system;RAM (MB);Archive;\r\n"
	row := func(name, archive string) string {
		return `"` + name + `";"` + name + `";"2026-01-01";"Debian GNU/Linux";"1024";"` + archive + `";` + "\r\n"
	}
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(row("m"+strings.Repeat("x", i), ""))
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		text     string
		machines int
		code     string
	}{
		"as long as a page":    {header + many(10), 10, "one-page-only"},
		"longer than a page":   {header + many(11), 11, ""},
		"archived":             {header + row("a", "") + row("b", "1") + row("c", "0"), 2, "archived-left-out"},
		"a value too many":     {header + row("a", "") + `"b";"2";"2026-01-01";"De";"bian";"1024";"";` + "\r\n" + row("c", ""), 2, "document-unreadable"},
		"a value missing":      {header + row("a", "") + `"b";"2";"2026-01-01";"1024";` + "\r\n" + row("c", ""), 2, "document-unreadable"},
		"a row without name":   {header + row("a", "") + row("", ""), 1, "document-unreadable"},
		"a group":              {header + row("a", "") + row("_SYSTEMGROUP_", ""), 1, ""},
		"the last row cut off": {header + row("a", "") + `"b";"2";"20`, 1, "document-unreadable"},
		"no BIOS columns":      {header + row("a", ""), 1, "column-missing"},
		"a page twice":         {header + row("a", "") + row("a", ""), 1, "machine-twice"},
	} {
		t.Run(name, func(t *testing.T) {
			e := readCSV(t, c.text, ocs.Options{})
			if len(e.Workloads) != c.machines {
				t.Errorf("%d machines, want %d: %v", len(e.Workloads), c.machines, codes(e))
			}
			if got := slices.ContainsFunc(e.Findings, func(f inventory.Finding) bool { return f.Code == c.code }); c.code != "" && !got {
				t.Errorf("no finding %s in %v", c.code, codes(e))
			}
			for _, f := range e.Findings {
				if c.code == "" && (f.Code == "one-page-only" || f.Code == "document-unreadable") {
					t.Errorf("finding %+v", f)
				}
				if f.Code == "document-unreadable" && (f.Line == 0 || f.At != "machines.csv") {
					t.Errorf("the place is missing in %+v", f)
				}
			}
		})
	}
}

func TestConsoleWithoutRows(t *testing.T) {
	_, err := tryFiles(map[string]string{"machines.csv": "Computer;Computer Id;Last inventory;\r\n"}, ocs.Options{})
	if err == nil || !strings.Contains(err.Error(), "no rows") {
		t.Errorf("got %v", err)
	}
}

func TestOtherTablesAreNoConsoleExport(t *testing.T) {
	for _, text := range []string{"Machine;Modèle;Numéro de série;Site\n", "machine;cpu_p95;cpu_max\n", "Computer,Manufacturer\n", "", ";;;;;\n", "Machine\n"} {
		if ocs.Recognise([]byte(text), "x.csv") {
			t.Errorf("%q is taken for a console export", text)
		}
	}
	if !ocs.Recognise([]byte(consoleCSV[:400]), "x") {
		t.Error("a console export is not recognised")
	}
}

func FuzzConsole(f *testing.F) {
	f.Add([]byte(consoleCSV))
	f.Add([]byte("Computer;Computer Id;Last inventory;Archive;\r\n\"a\";\"1\";\"\r\n\";\"\";\"b\";\"1\";"))
	f.Add([]byte("Computer,Computer Id,RAM (MB),CPU (MHz)\na,1,-5,1e99\n\"b\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := tryFiles(map[string]string{"a.csv": string(text), "b.ocs": document("z", hardware("z"), proliant)}, ocs.Options{Workstations: true, Workers: 1})
		if err != nil {
			t.Fatalf("a list beside a good document is an error: %v", err)
		}
		var out bytes.Buffer
		if err := inventory.EncodeYAML(&out, e); err != nil {
			t.Fatal(err)
		}
		if _, err := inventory.Decode[inventory.Estate](&out, "estate"); err != nil {
			t.Fatalf("the estate written cannot be read: %v", err)
		}
	})
}
