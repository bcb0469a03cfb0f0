// Package workbook writes a report as a spreadsheet: the decision, the study
// and the annexes as sheets to read, and every long table as a sheet to work
// with. Cells are typed, sums are formulas, and no name is ever one.
package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"sobre/report/document"
)

// Write writes a report. The same report gives the same bytes.
func Write(w io.Writer, d *document.Document) error {
	b := &book{Document: d, f: excelize.NewFile(), styles: map[style]int{}, names: map[string]bool{}}
	defer b.f.Close() //nolint:errcheck // it only removes what was spilled to disk
	if err := b.fill(); err != nil {
		return fmt.Errorf("making the workbook: %w", err)
	}
	var packed bytes.Buffer
	if err := b.f.Write(&packed); err != nil {
		return fmt.Errorf("making the workbook: %w", err)
	}
	if err := repack(w, packed.Bytes()); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// repack writes the parts of a workbook in the order of their names and
// without times: the library writes them in an order that changes.
func repack(w io.Writer, packed []byte) error {
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	// The list of content types comes first, as readers expect.
	slices.SortFunc(r.File, func(a, b *zip.File) int {
		first := func(f *zip.File) int {
			if f.Name == contentTypes {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(first(a), first(b)), cmp.Compare(a.Name, b.Name))
	})
	out := zip.NewWriter(w)
	for _, f := range r.File {
		from, err := f.Open()
		if err != nil {
			return err
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if err := copyPart(to, from, f.Name == contentTypes); err != nil {
			return err
		}
	}
	return out.Close()
}

// contentTypes is the part that lists what the others are.
const contentTypes = "[Content_Types].xml"

// defaults are its entries by file ending.
var defaults = regexp.MustCompile(`(?:<Default [^>]*></Default>)+`)

// copyPart copies a part; the entries of the list of types are sorted.
func copyPart(to io.Writer, from io.ReadCloser, sorted bool) error {
	text, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	if sorted {
		text = defaults.ReplaceAllFunc(text, func(run []byte) []byte {
			entries := bytes.SplitAfter(run, []byte("</Default>"))
			slices.SortFunc(entries, bytes.Compare)
			return bytes.Join(entries, nil)
		})
	}
	if _, err := to.Write(text); err != nil {
		return err
	}
	return from.Close()
}

// book is a workbook on its way.
type book struct {
	*document.Document
	f      *excelize.File
	styles map[style]int
	names  map[string]bool // of sheets, in lower case
}

func (b *book) fill() error {
	if err := b.f.SetDocProps(&excelize.DocProperties{
		Title: b.Title + " – " + b.Subject, Subject: b.Subtitle, Creator: b.Tool, LastModifiedBy: b.Tool,
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z", Language: b.Language,
	}); err != nil {
		return err
	}
	full := true
	if err := b.f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full}); err != nil {
		return err
	}
	first := b.f.GetSheetName(0)
	for i, p := range b.Parts {
		name := b.sheetName(p.Title)
		if i == 0 {
			if err := b.f.SetSheetName(first, name); err != nil {
				return err
			}
		} else if _, err := b.f.NewSheet(name); err != nil {
			return err
		}
		if err := b.prose(name, p); err != nil {
			return fmt.Errorf("sheet %s: %w", name, err)
		}
	}
	for _, t := range b.tables() {
		if err := b.data(t); err != nil {
			return fmt.Errorf("table %s: %w", t.ID, err)
		}
	}
	return nil
}

// tables lists the long tables, each once.
func (b *book) tables() []*document.Table {
	var list []*document.Table
	for _, p := range b.Parts {
		for _, s := range p.Sections {
			for _, block := range s.Blocks {
				if t, ok := block.(*document.Table); ok && t.Data {
					list = append(list, t)
				}
			}
		}
	}
	return list
}

// sheetName makes a title fit for a sheet: at most 31 characters, none of
// those that are not allowed, and none twice.
func (b *book) sheetName(title string) string {
	clean := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, title), " '")
	for i := 1; ; i++ {
		ending := ""
		if i > 1 {
			ending = fmt.Sprintf(" %d", i)
		}
		name := shorten(clean, 31-len(ending)) + ending
		if key := strings.ToLower(name); name != "" && !b.names[key] {
			b.names[key] = true
			return name
		}
	}
}

// shorten cuts a text to n characters.
func shorten(s string, n int) string {
	for utf8.RuneCountInString(s) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimRight(s, " '")
}
