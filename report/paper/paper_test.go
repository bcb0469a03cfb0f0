package paper_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"sobre/planner/plan"
	"sobre/report/document"
	"sobre/report/paper"
	"sobre/report/town"
	"sobre/wording"
)

func compose(l *wording.Language, p *plan.Plan) *document.Document {
	return document.Compose(document.Input{Language: l, Plan: p, Path: "plan.json"})
}

func set(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := paper.Write(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var (
	stream = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	shown  = regexp.MustCompile(`(?s)\(((?:[^()\\]|\\.)*)\) ?Tj`)
)

// pages are the texts on each page, one a line, in the order they are set.
func pages(t *testing.T, file []byte) []string {
	t.Helper()
	var list []string
	for _, m := range stream.FindAllSubmatch(file, -1) {
		r, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(r)
		if err != nil || !bytes.Contains(content, []byte(" Tj")) {
			continue
		}
		var page strings.Builder
		for _, s := range shown.FindAllSubmatch(content, -1) {
			page.WriteString(decode(s[1]) + "\n")
		}
		list = append(list, page.String())
	}
	return list
}

// decode undoes the escapes of a PDF string of UTF-16.
func decode(s []byte) string {
	var raw []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == 'r' {
				raw = append(raw, '\r')
				continue
			}
		}
		raw = append(raw, s[i])
	}
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

func TestPaper(t *testing.T) {
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		d := compose(l, town.Plan())
		file := set(t, d)
		list := pages(t, file)
		if n := bytes.Count(file, []byte("/Type /Page\n")); n != len(list) || n < 5 {
			t.Fatalf("%s: %d pages, %d of them with text", l.Code, n, len(list))
		}
		if !bytes.Contains(file, []byte("/Lang ("+l.Code+")")) || !bytes.Contains(file, []byte("/Outlines")) {
			t.Errorf("%s: no language or no bookmarks", l.Code)
		}
		contents := list[contentsPage(t, list, d)]
		for _, p := range d.Parts {
			for _, s := range p.Sections {
				checkEntry(t, list, contents, s)
			}
		}
	}
}

func contentsPage(t *testing.T, list []string, d *document.Document) int {
	t.Helper()
	for i, page := range list {
		if strings.Contains(page, "\n"+d.Words.Contents+"\n") {
			return i
		}
	}
	t.Fatal("no contents")
	return 0
}

// checkEntry finds the page that the contents name and the title of the section on it.
func checkEntry(t *testing.T, list []string, contents string, s document.Section) {
	t.Helper()
	title := s.Title
	if s.Number != "" {
		title = s.Number + "  " + title
	}
	_, after, found := strings.Cut(contents, title+"\n")
	var n int
	if _, err := fmt.Sscan(after, &n); !found || err != nil || n < 1 || n > len(list) {
		t.Errorf("the contents have no page for %q", title)
		return
	}
	if first, _, _ := strings.Cut(s.Title, " "); !strings.Contains(list[n-1], first) {
		t.Errorf("%q is not on page %d", title, n)
	}
}

func TestAccentsAndSpaces(t *testing.T) {
	text := strings.Join(pages(t, set(t, compose(wording.French(), town.Plan()))), "")
	for _, want := range []string{"Électricité", "tCO₂e", "«\u00a0Ville d'Essai\u00a0»", "21\u202f600", "œ"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q on paper", want)
		}
	}
}

func TestSameReportSameBytes(t *testing.T) {
	if !bytes.Equal(set(t, compose(wording.French(), town.Plan())), set(t, compose(wording.French(), town.Plan()))) {
		t.Error("two files of one plan differ")
	}
}

// TestNamesOfAllKinds holds that no name breaks the file: other scripts,
// characters beyond the font, controls and a word as long as a page.
func TestNamesOfAllKinds(t *testing.T) {
	for _, name := range []string{"服务器-01", "🖥️ web", "a\x00b\x1b[31m", "\xff\xfe", strings.Repeat("x", 4_000), "", " ", "\u202eevil"} {
		p := town.Plan()
		p.Placements[1].Workload, p.Hosts[1].Name, p.Estate.Name = name, name, name
		set(t, compose(wording.English(), p))
	}
}

func TestLongTablesEndOnPaper(t *testing.T) {
	p := town.Plan()
	for i := range 3000 {
		p.Placements = append(p.Placements, plan.Placement{Workload: fmt.Sprintf("vm-%04d", i), From: "srv-02", To: "bl-01", Kind: "move"})
	}
	list := pages(t, set(t, compose(wording.English(), p)))
	if len(list) > 60 || !strings.Contains(strings.Join(list, ""), "rows; the page and the workbook have them all") {
		t.Errorf("%d pages, or nothing says that rows are left out", len(list))
	}
}

func BenchmarkPaper(b *testing.B) {
	p := town.Plan()
	for i := range 10_000 {
		p.Placements = append(p.Placements, plan.Placement{Workload: fmt.Sprintf("vm-%05d", i), From: "srv-02", To: "bl-01", Kind: "move"})
	}
	d := compose(wording.French(), p)
	for b.Loop() {
		b.SetBytes(int64(len(set(b, d))))
	}
}
