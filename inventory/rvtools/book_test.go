package rvtools_test

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// bookWriter writes a workbook sheet by sheet, as RVTools does: shared texts,
// plain numbers, every cell with its reference.
type bookWriter struct {
	zip     *zip.Writer
	names   []string
	part    *bufio.Writer
	row     int
	numbers map[string]int
	texts   *bufio.Writer
	spool   *os.File
}

func newBook(t testing.TB, path string) *bookWriter {
	f, err := os.Create(path)
	check(t, err)
	spool, err := os.CreateTemp(t.TempDir(), "texts")
	check(t, err)
	t.Cleanup(func() { f.Close(); spool.Close() })
	return &bookWriter{zip: zip.NewWriter(f), numbers: map[string]int{}, spool: spool, texts: bufio.NewWriter(spool)}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *bookWriter) sheet(name string) {
	w.endSheet()
	w.names = append(w.names, name)
	part, _ := w.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(w.names)))
	w.part, w.row = bufio.NewWriter(part), 0
	w.part.WriteString(`<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
}

func (w *bookWriter) endSheet() {
	if w.part != nil {
		w.part.WriteString(`</sheetData><autoFilter ref="A1:B2"/></worksheet>`)
		w.part.Flush()
	}
}

// put writes a row: numbers as numbers, the rest as shared texts, nil as no cell.
func (w *bookWriter) put(cells ...any) {
	w.row++
	line := strconv.Itoa(w.row)
	w.part.WriteString(`<row r="` + line + `" spans="1:1">`)
	for i, c := range cells {
		if c == nil {
			continue
		}
		w.part.WriteString(`<c r="` + columnName(i) + line + `"`)
		switch c := c.(type) {
		case int:
			w.part.WriteString(`><v>` + strconv.Itoa(c) + `</v></c>`)
		case float64:
			w.part.WriteString(`><v>` + strconv.FormatFloat(c, 'f', -1, 64) + `</v></c>`)
		case raw:
			w.part.WriteString(string(c) + `</c>`)
		default:
			w.part.WriteString(` t="s"><v>` + strconv.Itoa(w.share(fmt.Sprint(c))) + `</v></c>`)
		}
	}
	w.part.WriteString(`</row>`)
}

// raw is the inside of a cell as it stands, from behind its reference.
type raw string

func (w *bookWriter) share(text string) int {
	n, ok := w.numbers[text]
	if !ok {
		n = len(w.numbers)
		w.numbers[text] = n
		w.texts.WriteString(`<si><t xml:space="preserve">`)
		xml.EscapeText(w.texts, []byte(text))
		w.texts.WriteString(`</t></si>`)
	}
	return n
}

func columnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnName(i/26-1) + string(rune('A'+i%26))
}

func (w *bookWriter) close(t testing.TB) {
	w.endSheet()
	part, err := w.zip.Create("xl/sharedStrings.xml")
	check(t, err)
	check(t, w.texts.Flush())
	_, err = w.spool.Seek(0, io.SeekStart)
	check(t, err)
	fmt.Fprint(part, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	_, err = io.Copy(part, w.spool)
	check(t, err)
	fmt.Fprint(part, `</sst>`)
	var sheets, rels strings.Builder
	for i, name := range w.names {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
	}
	part, err = w.zip.Create("xl/workbook.xml")
	check(t, err)
	fmt.Fprintf(part, `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>%s</sheets></workbook>`, sheets.String())
	part, err = w.zip.Create("xl/_rels/workbook.xml.rels")
	check(t, err)
	fmt.Fprintf(part, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>`, rels.String())
	for name, text := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	} {
		part, err = w.zip.Create(name)
		check(t, err)
		fmt.Fprint(part, text)
	}
	check(t, w.zip.Close())
}

// sheets is a small workbook or CSV set: the rows of each sheet, header first.
type sheets map[string][][]any

// order is the order RVTools writes its sheets in.
var order = []string{"vInfo", "vCPU", "vMemory", "vDisk", "vPartition", "vCD", "vUSB", "vSnapshot", "vTools", "vRP", "vCluster", "vHost", "vDatastore", "vMetaData"}

func (s sheets) book(t testing.TB, path string) string {
	t.Helper()
	w := newBook(t, path)
	for _, name := range order {
		if rows, ok := s[name]; ok {
			w.sheet(name)
			for _, row := range rows {
				w.put(row...)
			}
		}
	}
	w.close(t)
	return path
}

// folder writes the sheets as CSV with that separator, without quotes.
func (s sheets) folder(t testing.TB, dir, separator string) string {
	t.Helper()
	check(t, os.MkdirAll(dir, 0o755))
	for name, rows := range s {
		var text strings.Builder
		for _, row := range rows {
			for i, c := range row {
				if i > 0 {
					text.WriteString(separator)
				}
				if c != nil {
					fmt.Fprint(&text, c)
				}
			}
			text.WriteString("\r\n")
		}
		check(t, os.WriteFile(filepath.Join(dir, "RVTools_tab"+name+".csv"), []byte(text.String()), 0o644))
	}
	return dir
}
