package rvtools_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sobre/inventory"
	"sobre/inventory/rvtools"
)

// small is the least export that gives a VM on a host.
func small() sheets {
	return sheets{
		"vInfo": {{"VM", "Powerstate", "CPUs", "Memory", "In Use MiB", "Host"}, {"web", "poweredOn", 2, 4096, 10000, "esx1"}},
		"vHost": {{"Host", "# CPU", "# Cores", "# Memory"}, {"esx1", 2, 16, 65536}},
	}
}

func TestUnreadableFiles(t *testing.T) {
	dir := t.TempDir()
	whole, err := os.ReadFile(small().book(t, filepath.Join(dir, "whole.xlsx")))
	check(t, err)
	tests := []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"empty", "a.xlsx", nil, "the file is empty"},
		{"cut off", "a.xlsx", whole[:len(whole)/2], "the workbook is damaged or cut off"},
		{"xls or password", "a.xlsx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "save it as .xlsx without password"},
		{"text", "a.txt", []byte("hello"), "neither a workbook (.xlsx) nor a CSV file"},
		{"another zip", "a.xlsx", zipOf(t, map[string]string{"mimetype": "x"}), "it is a zip file, but no workbook"},
		{"entities", "a.xlsx", zipOf(t, map[string]string{
			"xl/_rels/workbook.xml.rels": `<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Relationships/>`, "xl/workbook.xml": "<workbook/>",
		}), "document type declaration"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), tt.file)
			check(t, os.WriteFile(path, tt.data, 0o644))
			_, err := rvtools.Read(context.Background(), []string{path}, rvtools.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want one with %q and the path", err, tt.want)
			}
			// Beside a good one it costs itself only.
			e := read(t, path, filepath.Join(dir, "whole.xlsx"))
			if len(e.Workloads) != 1 || codes(e)["document-unreadable"] != 1 || len(e.Sources) != 2 {
				t.Errorf("%d workloads, %d sources, findings %v", len(e.Workloads), len(e.Sources), codes(e))
			}
		})
	}
}

func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		check(t, err)
		_, err = io.WriteString(w, text)
		check(t, err)
	}
	check(t, z.Close())
	return b.Bytes()
}

// bookOf is a workbook with the XML of its one sheet, vInfo, as given.
func bookOf(t testing.TB, sheet string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.xlsx")
	check(t, os.WriteFile(path, zipOf(t, map[string]string{
		"xl/workbook.xml":            `<x:workbook xmlns:x="m" xmlns:ns1="r"><x:sheets><x:sheet name="vInfo" sheetId="1" ns1:id="rId1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>shared &amp; sound</t><rPh><t>not this</t></rPh></si><si><r><t>two </t></r><r><t>runs</t></r></si></sst>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}), 0o644))
	return path
}

const head = `<worksheet><sheetData><row><c t="inlineStr"><is><t>VM</t></is></c><c t="str"><v>Powerstate</v></c><c t="str"><v>CPUs</v></c><c t="str"><v>Memory</v></c></row>`

func TestOddSheets(t *testing.T) {
	tests := []struct{ name, sheet, vm, code, says string }{
		{"namespace prefix", strings.ReplaceAll(strings.ReplaceAll(head+`<row><c t="s"><v>0</v></c></row></sheetData></worksheet>`, "<", "<x:"), "<x:/", "</x:"), "shared & sound", "", ""},
		{"shared text", head + `<row><c t="s"><v>0</v></c></row></sheetData></worksheet>`, "shared & sound", "memory-unknown", ""},
		{"runs of text", head + `<row><c t="s"><v>1</v></c></row></sheetData></worksheet>`, "two runs", "", ""},
		{"CDATA and comment", head + `<row><c t="str"><v><!-- x --><![CDATA[a<b]]></v></c></row></sheetData></worksheet>`, "a<b", "", ""},
		{"escaped line break", head + `<row><c t="str"><v>a_x000D_&#10;b</v></c></row></sheetData></worksheet>`, "a b", "", ""},
		{"terminal escape", head + "<row><c t=\"str\"><v>a\x1b[31mb&#x9b;c</v></c></row></sheetData></worksheet>", "a [31mb c", "", ""},
		{"cells out of place", head + `<row r="7"><c r="D7"><v>2048</v></c><c r="A7" t="str"><v>z</v></c></row></sheetData></worksheet>`, "z", "vcpus-unknown", "VM z"},
		{"formula with value", head + `<row><c t="str"><f>1+1</f><v>web</v></c><c/><c><f>1+1</f><v>2</v></c></row></sheetData></worksheet>`, "web", "", ""},
		{"formula without value", head + `<row><c t="str"><v>web</v></c><c/><c><f>1+1</f></c><c><f>A1</f><v></v></c></row></sheetData></worksheet>`, "web", "value-unreadable", "formula without a stored value"},
		{"error cell", head + `<row><c t="str"><v>web</v></c><c/><c t="e"><v>#REF!</v></c></row></sheetData></worksheet>`, "web", "value-unreadable", "#REF!"},
		{"negative", head + `<row><c t="str"><v>web</v></c><c/><c><v>-2</v></c><c><v>-4096</v></c></row></sheetData></worksheet>`, "web", "value-unreadable", "it is negative"},
		{"huge", head + `<row><c t="str"><v>web</v></c><c/><c><v>1e300</v></c><c><v>99999999999999999999</v></c></row></sheetData></worksheet>`, "web", "value-unreadable", "no such amount"},
		{"not a number", head + `<row><c t="str"><v>web</v></c><c/><c><v>NaN</v></c><c t="str"><v>lots</v></c></row></sheetData></worksheet>`, "web", "value-unreadable", "it is no number"},
		{"ambiguous comma", head + `<row><c t="str"><v>web</v></c><c/><c/><c t="str"><v>4,096</v></c></row></sheetData></worksheet>`, "web", "value-unreadable", "decimal or a thousands sign"},
		{"cut off", head + `<row><c t="str"><v>web</v></c></row><row><c t="str"><v>we`, "web", "sheet-truncated", "1 rows were read"},
		{"no such shared text", head + `<row><c t="str"><v>web</v></c></row><row><c t="s"><v>77</v></c></row></sheetData></worksheet>`, "web", "sheet-truncated", "shared text 77"},
		{"endless text", head + `<row><c t="str"><v>web</v></c></row><row><c t="str"><v>` + strings.Repeat("x", 3<<20) + `</v></c></row></sheetData></worksheet>`, "web", "sheet-truncated", "more than 1024 KiB"},
		{"document type inside", head + `<row><c t="str"><v>web</v></c></row><!DOCTYPE x></sheetData></worksheet>`, "web", "sheet-truncated", "document type declaration"},
		{"no header", `<worksheet><sheetData/></worksheet>`, "", "sheet-unreadable", "it has no header"},
		{"another header", `<worksheet><sheetData><row><c t="str"><v>Name</v></c></row></sheetData></worksheet>`, "", "sheet-unreadable", "none of its 1 columns"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := read(t, bookOf(t, tt.sheet))
			if tt.vm != "" && (len(e.Workloads) != 1 || e.Workloads[0].Name != tt.vm) {
				t.Errorf("workloads %+v, want one named %q", e.Workloads, tt.vm)
			}
			if tt.code != "" && !finding(e, tt.code, tt.says) {
				t.Errorf("no finding %s with %q: %+v", tt.code, tt.says, e.Findings)
			}
		})
	}
}

func finding(e *inventory.Estate, code, says string) bool {
	for _, f := range e.Findings {
		if f.Code == code && strings.Contains(f.What, says) {
			return true
		}
	}
	return false
}

// TestZipBomb is a sheet, then a table of texts, a thousandth of its size packed.
func TestZipBomb(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bomb.xlsx")
	check(t, os.WriteFile(path, zipOf(t, map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="vInfo" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   head + strings.Repeat(`<row></row>`, 3<<20) + `</sheetData></worksheet>`,
	}), 0o644))
	e := read(t, path)
	if !finding(e, "sheet-truncated", "zip bomb") {
		t.Errorf("findings %+v", e.Findings)
	}
	check(t, os.WriteFile(path, zipOf(t, map[string]string{"xl/sharedStrings.xml": "<sst><si><t>" + strings.Repeat("</t><t>", 6<<20),
		"xl/workbook.xml": "<workbook/>", "xl/_rels/workbook.xml.rels": "<Relationships/>"}), 0o644))
	_, err := rvtools.Read(context.Background(), []string{path}, rvtools.Options{})
	if err == nil || !strings.Contains(err.Error(), "zip bomb") {
		t.Errorf("error %v, want a refused bomb", err)
	}
}

// TestManyTexts has more shared texts than are kept in memory.
func TestManyTexts(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	random := rand.New(rand.NewPCG(1, 2))
	s := sheets{"vInfo": {{"VM", "Powerstate", "CPUs", "Memory", "Annotation"}}}
	notes := map[string]string{}
	for i := range 600 {
		note := make([]byte, 32_000)
		for k := range note {
			note[k] = 'a' + byte(random.IntN(26))
		}
		name := fmt.Sprint("vm-", i)
		notes[name] = string(note[:100])
		s["vInfo"] = append(s["vInfo"], []any{name, "poweredOn", 1, 1024, string(note)})
	}
	e := read(t, s.book(t, filepath.Join(t.TempDir(), "x.xlsx")))
	if len(e.Workloads) != 600 {
		t.Fatalf("%d workloads, findings %+v", len(e.Workloads), e.Findings)
	}
	for _, w := range e.Workloads {
		if !strings.HasPrefix(w.Labels["annotation"], notes[w.Name]) || w.State != inventory.On {
			t.Errorf("%s is %q and %s", w.Name, w.Labels["annotation"][:100], w.State)
		}
	}
	left, err := filepath.Glob(filepath.Join(tmp, "sobre-*"))
	check(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOddExports(t *testing.T) {
	tests := []struct {
		name   string
		change func(s sheets)
		code   string
		says   string
	}{
		{"no vHost", func(s sheets) { delete(s, "vHost") }, "sheet-missing", "how many are needed cannot be computed"},
		{"no vInfo", func(s sheets) { delete(s, "vInfo") }, "sheet-missing", "no VM is known"},
		{"column cut", func(s sheets) { s["vInfo"][0][3] = nil; s["vInfo"][1][3] = nil }, "column-missing", "the memory of the VMs is unknown"},
		{"VM on an unknown host", func(s sheets) { s["vInfo"][1][5] = "esx7" }, "host-unknown", "vHost does not have"},
		{"VM without host", func(s sheets) { s["vInfo"][1][5] = nil }, "host-unknown", "the host of VM web is unknown"},
		{"host without memory", func(s sheets) { s["vHost"][1][3] = 0 }, "memory-unknown", "host esx1"},
		{"host without cores", func(s sheets) { s["vHost"][1][2] = nil }, "cores-unknown", "host esx1"},
		{"host twice", func(s sheets) { s["vHost"] = append(s["vHost"], s["vHost"][1]) }, "host-twice", "same name"},
		{"fractions of a core", func(s sheets) { s["vHost"][1][2] = 1.5 }, "value-unreadable", "1.5"},
		{"rows for no VM", func(s sheets) { s["vCPU"] = [][]any{{"VM", "Overall"}, {"gone", 5}} }, "row-unjoined", "1 rows"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := small()
			tt.change(s)
			e := read(t, s.book(t, filepath.Join(t.TempDir(), "x.xlsx")))
			if !finding(e, tt.code, tt.says) {
				t.Errorf("no finding %s with %q: %+v", tt.code, tt.says, e.Findings)
			}
		})
	}
}

func TestSameNamesStayApart(t *testing.T) {
	s := small()
	s["vInfo"] = append(s["vInfo"], []any{"web", "poweredOff", 4, 8192, 10, "esx1"})
	s["vCPU"] = [][]any{{"VM", "Overall"}, {"web", 5}}
	e := read(t, s.book(t, filepath.Join(t.TempDir(), "x.xlsx")))
	if len(e.Workloads) != 2 || e.Workloads[0].ID != "web" || e.Workloads[1].ID != "web-2" {
		t.Errorf("workloads %+v", e.Workloads)
	}
	if !finding(e, "row-unjoined", "has several of by that name") {
		t.Errorf("findings %+v", e.Findings)
	}
}

func TestManyFindingsAreCounted(t *testing.T) {
	s := small()
	for i := range 200 {
		s["vInfo"] = append(s["vInfo"], []any{fmt.Sprint("vm", i), "poweredOn", nil, 1024, 1, "esx1"})
	}
	e := read(t, s.book(t, filepath.Join(t.TempDir(), "x.xlsx")))
	if n := codes(e)["vcpus-unknown"]; n != 51 || !finding(e, "vcpus-unknown", "150 more like these") {
		t.Errorf("%d findings, want 50 and one for the rest", n)
	}
}

func TestReadEnds(t *testing.T) {
	path := small().book(t, filepath.Join(t.TempDir(), "x.xlsx"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := rvtools.Read(ctx, []string{path}, rvtools.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	if _, err := rvtools.Read(context.Background(), []string{t.TempDir()}, rvtools.Options{}); err == nil || !strings.Contains(err.Error(), "no RVTools export") {
		t.Errorf("error %v for a folder without exports", err)
	}
	if _, err := rvtools.Read(context.Background(), []string{path + "x"}, rvtools.Options{}); err == nil {
		t.Error("no error for a path that is not there")
	}
}
