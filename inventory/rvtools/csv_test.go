package rvtools_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sobre/inventory"
	"sobre/inventory/rvtools"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const csvHead = "VM,Powerstate,CPUs,Memory,In Use MB,Annotation,Host\r\n"

func TestOddCSV(t *testing.T) {
	latin, err := charmap.Windows1252.NewEncoder().String("VM;Powerstate;CPUs;Memory;Host\r\nMéteo;poweredOn;2;4096;esx1\r\n")
	check(t, err)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(csvHead + "Météo,poweredOn,2,4096,10,,esx1\r\n")
	check(t, err)
	tests := []struct {
		name, text string
		vms        string // name, vCPUs and host of each
		code, says string
	}{
		{"plain", csvHead + "web,poweredOn,2,4096,10,note,esx1\r\n", "web 2 esx1", "", ""},
		{"separator named", "sep=;\r\n" + strings.ReplaceAll(csvHead, ",", ";") + "web;poweredOn;2;4096;10;;esx1\r\n", "web 2 esx1", "", ""},
		{"separator at the end", strings.ReplaceAll(csvHead, "\r\n", ",\r\n") + "web,poweredOn,2,4096,10,note,esx1,\r\n", "web 2 esx1", "", ""},
		{"quotes unescaped", csvHead + `"web","poweredOn","2","4096","10","the "old" web","esx1"` + "\r\n", "web 2 esx1", "", ""},
		{"quotes cut the note", csvHead + `"web","poweredOn","2","4096","10","say "a","b" twice","esx1"` + "\r\n", "web 2 esx1", "row-mended", "1 rows"},
		{"quotes doubled", csvHead + `"web","poweredOn","2","4096","10","say ""a,b"" twice","esx1"` + "\r\n", "web 2 esx1", "", ""},
		{"note of two lines", csvHead + "web,poweredOn,2,4096,10,\"one\ntwo, three\",esx1\r\nb,poweredOn,1,1,1,,esx2\r\n", "web 2 esx1|b 1 esx2", "", ""},
		{"quote never closed", csvHead + "web,poweredOn,2,4096,10,\"one,esx1\r\nb,poweredOn,1,1,1,,esx2\r\n", "b 1 esx2", "row-unreadable", "1 rows"},
		{"too short", csvHead + "web,poweredOn,2\r\nb,poweredOn,1,1,1,,esx2\r\n", "b 1 esx2", "row-unreadable", "1 rows"},
		{"blank rows", csvHead + ",,,,,,\r\n\r\nb,poweredOn,1,1,1,,esx2\r\n,,\r\n", "b 1 esx2", "", ""},
		{"Windows-1252", latin, "Méteo 2 esx1", "", ""},
		{"UTF-16", wide, "Météo 2 esx1", "", ""},
		{"no end of line", csvHead + "web,poweredOn,2,4096,10,note,esx1", "web 2 esx1", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "RVTools_tabvInfo.csv")
			check(t, os.WriteFile(path, []byte(tt.text), 0o644))
			e := read(t, path)
			var got []string
			for _, w := range e.Workloads {
				got = append([]string{w.Name + " " + sprint(w.VCPUs) + " " + w.Host}, got...)
			}
			if s := strings.Join(got, "|"); s != tt.vms {
				t.Errorf("read %q, want %q", s, tt.vms)
			}
			if tt.code != "" && !finding(e, tt.code, tt.says) {
				t.Errorf("no finding %s with %q: %+v", tt.code, tt.says, e.Findings)
			}
			if tt.code == "" && (codes(e)["row-mended"] > 0 || codes(e)["row-unreadable"] > 0) {
				t.Errorf("findings %v", codes(e))
			}
		})
	}
}

// TestNumbersOfLocales reads memory as PCs of several countries write it.
func TestNumbersOfLocales(t *testing.T) {
	tests := []struct {
		separator, memory string
		want              inventory.Size
	}{
		{",", "4096", inventory.MiB(4096)},
		{",", `"4,096.5"`, inventory.MiB(4096.5)},
		{",", `"4,096"`, inventory.Size{}}, // 4096 or 4.096?
		{",", `"1,234,567"`, inventory.MiB(1234567)},
		{";", "4096,5", inventory.MiB(4096.5)},
		{";", "4 096", inventory.MiB(4096)},
		{";", "4\u00a0096,25", inventory.MiB(4096.25)},
		{";", "4.096,5", inventory.MiB(4096.5)},
		{"\t", "4096,125", inventory.MiB(4096.125)},
	}
	for _, tt := range tests {
		t.Run(tt.separator+tt.memory, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "RVTools_tabvInfo.csv")
			text := strings.Join([]string{"VM", "Powerstate", "CPUs", "Memory"}, tt.separator) + "\n" +
				strings.Join([]string{"web", "poweredOn", "2", tt.memory}, tt.separator) + "\n"
			check(t, os.WriteFile(path, []byte(text), 0o644))
			if got := read(t, path).Workloads[0].Memory; got != tt.want {
				t.Errorf("memory %s, want %s", got, tt.want)
			}
		})
	}
}

func TestFolderOfExports(t *testing.T) {
	dir := t.TempDir()
	small().folder(t, filepath.Join(dir, "vc1_20240102030405"), ",")
	other := small()
	other["vInfo"][1][0] = "db"
	other["vInfo"][1][5], other["vHost"][1][0] = "esx2", "esx2"
	other.book(t, filepath.Join(dir, "RVTools_export_all_20240203040506.xlsx"))
	check(t, os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("none"), 0o644))
	check(t, os.WriteFile(filepath.Join(dir, "~$lock.xlsx"), []byte("PK\x03\x04"), 0o644))
	e := read(t, dir)
	if len(e.Sources) != 2 || len(e.Hosts) != 2 || len(e.Workloads) != 2 {
		t.Errorf("%d sources, %d hosts, %d workloads; want 2 each", len(e.Sources), len(e.Hosts), len(e.Workloads))
	}
	if e.Collected.String() != "2024-02-03" || e.Sources[1].Collected.String() != "2024-01-02" {
		t.Errorf("collected %s, sources %+v", e.Collected, e.Sources)
	}
}

func TestRecognise(t *testing.T) {
	dir := t.TempDir()
	book := small().book(t, filepath.Join(dir, "export.xlsx"))
	data, err := os.ReadFile(book)
	check(t, err)
	other := zipOf(t, map[string]string{"xl/workbook.xml": `<workbook><sheets><sheet name="Sheet1" r:id="a"/></sheets></workbook>`, "xl/_rels/workbook.xml.rels": "<r/>"})
	tests := []struct {
		name string
		head []byte
		file string
		want bool
	}{
		{"workbook", data, "a.xlsx", true},
		{"start of a workbook by name", data[:200], "RVTools_export_all.xlsx", true},
		{"start of a workbook", data[:200], "a.xlsx", false},
		{"another workbook", other, "rvtools.xlsx", false},
		{"CSV", []byte(csvHead), "a.csv", true},
		{"CSV, semicolons, mark", []byte("\ufeff\"VM\";\"Powerstate\";\"CPUs\";\"Memory\"\r\n"), "a.csv", true},
		{"CSV, internal names", []byte("vInfoVMName,vInfoPowerstate\n"), "a.csv", true},
		{"CSV, known by name and header", []byte("VM,Disk,Capacity MiB,Raw\n"), "RVTools_tabvDisk.csv", true},
		{"CSV, known by name only", []byte("a,b,c,d\n"), "RVTools_tabvDisk.csv", false},
		{"another CSV", []byte("Name,CPU,RAM\n"), "RVTools_tabvInfo.csv", false},
		{"XML", []byte("<?xml version='1.0'?><REQUEST>"), "a.ocs", false},
		{"nothing", nil, "a.xlsx", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := rvtools.Recognise(tt.head, tt.file); got != tt.want {
				t.Errorf("Recognise = %v, want %v", got, tt.want)
			}
		})
	}
	if !rvtools.RecogniseFile(book) {
		t.Error("RecogniseFile does not know our own workbook")
	}
}
