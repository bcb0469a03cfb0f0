package rvtools

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

const (
	// maxPart is the largest part of a workbook that is read, unpacked. The
	// vInfo sheet of 50,000 VMs has about 250 MB.
	maxPart = 4 << 30
	// maxTotal bounds all parts read of one workbook together.
	maxTotal = 8 << 30
	// maxRatio is how many times its packed size a part may unpack to. Sheets
	// come to 10 to 40; a zip bomb to 1,000.
	maxRatio = 200
	// ratioFrom is where the ratio starts to count: small parts may be blank.
	ratioFrom = 16 << 20
	maxSheets = 1000
)

var errBomb = errors.New("unpacks to far more than any RVTools sheet: refused as a zip bomb")

// workbook is an open .xlsx.
type workbook struct {
	parts   map[string]*zip.File // by name in lower case
	closer  io.Closer
	sheets  map[string]*zip.File // by name in lower case
	strings *sharedStrings
	size    int64 // of the file
	read    int64 // bytes unpacked so far
}

// openWorkbook opens the workbook at path and reads its list of sheets and its
// shared strings.
func openWorkbook(path string) (*workbook, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, whyNoZip(path, err)
	}
	w := newWorkbook(z)
	info, err := os.Stat(path)
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	w.size = info.Size()
	if err := w.index(); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func newWorkbook(z *zip.ReadCloser) *workbook {
	w := &workbook{parts: map[string]*zip.File{}, closer: z}
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if _, twice := w.parts[name]; !twice {
			w.parts[name] = f
		}
	}
	return w
}

func (w *workbook) index() error {
	if err := w.listSheets(); err != nil {
		return fmt.Errorf("reading the list of sheets: %w", err)
	}
	return w.loadStrings()
}

func (w *workbook) loadStrings() error {
	f := w.part("xl/sharedStrings.xml")
	if f == nil {
		return nil
	}
	r, err := w.open(f)
	if err != nil {
		return err
	}
	defer r.Close()
	w.strings, err = readStrings(r)
	if err != nil {
		return fmt.Errorf("reading the shared strings: %w", err)
	}
	return nil
}

func (w *workbook) close() error {
	return errors.Join(w.strings.close(), w.closer.Close())
}

// part is the part of that name, whatever the case of its letters.
func (w *workbook) part(name string) *zip.File { return w.parts[strings.ToLower(name)] }

// listSheets fills sheets from xl/workbook.xml and its relationships.
func (w *workbook) listSheets() error {
	targets := map[string]string{}
	err := w.eachTag("xl/_rels/workbook.xml.rels", "Relationship", func(attrs []byte) {
		targets[string(attr(attrs, "Id"))] = string(attr(attrs, "Target"))
	})
	if err != nil {
		return err
	}
	w.sheets = map[string]*zip.File{}
	return w.eachTag("xl/workbook.xml", "sheet", func(attrs []byte) {
		name := strings.ToLower(strings.TrimSpace(string(attr(attrs, "name"))))
		target := targets[string(relationID(attrs))]
		if target == "" || w.sheets[name] != nil {
			return
		}
		if !strings.HasPrefix(target, "/") {
			target = path.Join("xl", target)
		}
		if f := w.part(strings.TrimPrefix(target, "/")); f != nil {
			w.sheets[name] = f
		}
	})
}

// relationID is the r:id of a sheet, whatever prefix stands for the namespace.
func relationID(attrs []byte) []byte {
	if id := attr(attrs, "r:id"); id != nil {
		return id
	}
	at := bytes.Index(attrs, []byte(":id="))
	if at < 0 {
		return nil
	}
	start := bytes.LastIndexAny(attrs[:at], " \t\r\n") + 1
	return attr(attrs, string(attrs[start:at+len(":id")]))
}

// eachTag calls f with the attributes of every element of that name in a part.
func (w *workbook) eachTag(part, name string, f func(attrs []byte)) error {
	file := w.part(part)
	if file == nil {
		return fmt.Errorf("it has no %s: it is a zip file, but no workbook", part)
	}
	r, err := w.open(file)
	if err != nil {
		return err
	}
	defer r.Close()
	s := newXMLScanner(r)
	for n := 0; n < maxSheets; {
		tok, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", part, err)
		}
		if tok.kind == startTag && string(tok.name) == name {
			f(tok.attrs)
			n++
		}
	}
	return fmt.Errorf("reading %s: more than %d sheets", part, maxSheets)
}

// open unpacks one part, guarded against bombs.
func (w *workbook) open(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", f.Name, err)
	}
	// The packed size that a part claims may be a lie; that of the file is not.
	packed := min(f.CompressedSize64, uint64(w.size), maxPart)
	limit := min(max(int64(packed)*maxRatio, ratioFrom), maxPart)
	return &guarded{ReadCloser: r, book: w, left: limit, name: f.Name}, nil
}

// guarded ends with an error when a part unpacks to more than it may.
type guarded struct {
	io.ReadCloser
	book *workbook
	left int64
	name string
}

func (g *guarded) Read(p []byte) (int, error) {
	n, err := g.ReadCloser.Read(p)
	g.left -= int64(n)
	g.book.read += int64(n)
	if g.left < 0 || g.book.read > maxTotal {
		return 0, fmt.Errorf("%s %w", g.name, errBomb)
	}
	return n, err
}
