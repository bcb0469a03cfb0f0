package inventory_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
)

func TestReadCSV(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       inventory.CSV
	}{
		{"French spreadsheet", "N\xb0 de s\xe9rie;Prix\r\nCZC1;4250,50\r\n;\r\n", inventory.CSV{
			Header: []string{"N° de série", "Prix"}, Rows: []inventory.CSVRow{{2, []string{"CZC1", "4250,50"}}}, Separator: ';', Decimal: ',', Encoding: "windows-1252",
		}},
		{"English with a byte order mark", "\ufeffname,price\n\"a, b\",\"4,250.50\"\n", inventory.CSV{
			Header: []string{"name", "price"}, Rows: []inventory.CSVRow{{2, []string{"a, b", "4,250.50"}}}, Separator: ',', Decimal: '.', Encoding: "utf-8",
		}},
		{"separator line", "sep=|\na|b\n1|2\n", inventory.CSV{
			Header: []string{"a", "b"}, Rows: []inventory.CSVRow{{3, []string{"1", "2"}}}, Separator: '|', Decimal: '.', Encoding: "utf-8",
		}},
		{"new line in quotes, stray quotes, escape", "a\tb\n\"1\n2\"\tx\x1b[2J\n5\" disk\t=\"007\"\n", inventory.CSV{
			Header: []string{"a", "b"}, Rows: []inventory.CSVRow{{2, []string{"1 2", "x [2J"}}, {4, []string{`5" disk`, "007"}}}, Separator: '\t', Decimal: '.', Encoding: "utf-8",
		}},
		{"UTF-16", "\xff\xfea\x00;\x00b\x00\n\x001\x00;\x002\x00", inventory.CSV{
			Header: []string{"a", "b"}, Rows: []inventory.CSVRow{{2, []string{"1", "2"}}}, Separator: ';', Decimal: '.', Encoding: "utf-16",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := inventory.ReadCSV(strings.NewReader(c.text), inventory.CSVOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadCSVBelowATitle(t *testing.T) {
	got, err := inventory.ReadCSV(strings.NewReader("Liste des équipements, éditée le 02/11/2009\n\nNom;Site\npaie;Mairie\n"), inventory.CSVOptions{Header: 3})
	if err != nil {
		t.Fatal(err)
	}
	want := inventory.CSV{Header: []string{"Nom", "Site"}, Rows: []inventory.CSVRow{{4, []string{"paie", "Mairie"}}}, Separator: ';', Decimal: '.', Encoding: "utf-8"}
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := inventory.ReadCSV(strings.NewReader("a;b"), inventory.CSVOptions{Header: 9}); err != nil {
		t.Errorf("a header beyond the end: %v", err)
	}
}

func TestReadCSVRefuses(t *testing.T) {
	for text, o := range map[string]inventory.CSVOptions{
		"": {}, " \r\n;;\n": {}, strings.Repeat(";", 5000): {}, strings.Repeat(strings.Repeat(";", 1999)+"\n", 2600): {}, "a;b": {Encoding: "klingon"},
	} {
		if _, err := inventory.ReadCSV(strings.NewReader(text), o); err == nil {
			t.Errorf("%.20q was read", text)
		}
	}
}

func TestCSVNumbers(t *testing.T) {
	for _, c := range []struct {
		decimal byte
		cell    string
		want    float64
		ok      bool
	}{
		{',', "4 250,00", 4250, true}, {',', "4\u202f250,5", 4250.5, true}, {',', "1.234,5", 1234.5, true}, {',', "1.234", 1234, true},
		{'.', "1,234.5", 1234.5, true}, {'.', "-3", -3, true}, {'.', "12 kg", 0, false}, {'.', "NaN", 0, false}, {'.', "1e999", 0, false}, {',', "", 0, false},
	} {
		table := inventory.CSV{Decimal: c.decimal}
		if got, ok := table.Number(c.cell); got != c.want || ok != c.ok {
			t.Errorf("%q with %q: got %v %v, want %v %v", c.cell, c.decimal, got, ok, c.want, c.ok)
		}
	}
}

func TestCSVColumnsByAnySpelling(t *testing.T) {
	table := inventory.CSV{Header: []string{"Désignation", "N° de SÉRIE", "Prix d'achat HT"}}
	for name, want := range map[string]int{"n de serie": 1, "N° de série": 1, "designation": 0, "Prix d’achat HT": 2, "Site": -1} {
		if got := table.Column("nothing", name); got != want {
			t.Errorf("%s: got column %d, want %d", name, got, want)
		}
	}
}

func TestIsFormula(t *testing.T) {
	for cell, want := range map[string]bool{
		"=1+1": true, "@SUM(A1)": true, "+cmd|' /C calc'!A0": true, "-2+3+cmd": true, "=": true,
		"": false, "-12,5": false, "+33 3 89 32 58 58": false, "CZC1": false, "-": false,
	} {
		if got := inventory.IsFormula(cell); got != want {
			t.Errorf("%q: got %v, want %v", cell, got, want)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("a;b\n1,5;\"x\ny\"\n")
	f.Add("sep=,\na,b\n")
	f.Add("\xff\xfea\x00")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := inventory.ReadCSV(strings.NewReader(text), inventory.CSVOptions{})
		if err != nil {
			return
		}
		line := 0
		for _, r := range table.Rows {
			if r.Line <= line {
				t.Fatalf("row on line %d after line %d", r.Line, line)
			}
			line = r.Line
			for _, c := range r.Cells {
				if c != inventory.CleanText(c) {
					t.Fatalf("cell %q is not clean", c)
				}
			}
		}
	})
}
