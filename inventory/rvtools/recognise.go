package rvtools

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"path/filepath"
	"strings"

	"sobre/inventory"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Recognise tells whether a file that starts with head (up to 64 KiB) is an
// RVTools workbook or one of its CSV files. A workbook is known by its list of
// sheets; where that lies beyond head, only a name with "rvtools" in it tells,
// and RecogniseFile knows better.
func Recognise(head []byte, name string) bool {
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return sheetOfHeader(head) != "" || isSheet(sheetOfName(name), head)
	}
	if list, ok := sheetList(head); ok {
		return namesOurSheets(list)
	}
	base := strings.ToLower(filepath.Base(name))
	return strings.HasSuffix(base, ".xlsx") && strings.Contains(base, "rvtools")
}

// RecogniseFile is Recognise for a file on disk, the end of which it may read.
func RecogniseFile(path string) bool {
	head, err := readHead(path)
	if err != nil {
		return false
	}
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return Recognise(head, path)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return Recognise(head, path)
	}
	w := newWorkbook(z)
	defer w.close()
	if w.listSheets() != nil {
		return false
	}
	return w.sheets["vinfo"] != nil || w.sheets["vhost"] != nil
}

// sheetList unpacks xl/workbook.xml from the start of a zip file.
func sheetList(head []byte) ([]byte, bool) {
	const localHeader, name = 30, "xl/workbook.xml"
	at := bytes.Index(head, []byte(name))
	if at < localHeader || !bytes.HasPrefix(head[at-localHeader:], []byte("PK\x03\x04")) {
		return nil, false
	}
	h := head[at-localHeader:]
	method := binary.LittleEndian.Uint16(h[8:])
	extra := int(binary.LittleEndian.Uint16(h[28:]))
	start := localHeader + len(name) + extra
	if start > len(h) || method != zip.Deflate && method != zip.Store {
		return nil, false
	}
	r := io.Reader(bytes.NewReader(h[start:]))
	if method == zip.Deflate {
		r = flate.NewReader(r)
	}
	// What lies behind the part does no harm: only its names are looked at.
	list, _ := io.ReadAll(io.LimitReader(r, 1<<20))
	return list, len(list) > 0
}

func namesOurSheets(list []byte) bool {
	text := strings.ToLower(string(list))
	return strings.Contains(text, `name="vinfo"`) || strings.Contains(text, `name="vhost"`)
}

// isSheet tells whether the header of a CSV file is that of the sheet which its
// name promises.
func isSheet(sheet string, head []byte) bool {
	for _, spec := range allSpecs() {
		if !strings.EqualFold(spec.name, sheet) {
			continue
		}
		known := 0
		for name := range headerOf(head) {
			if _, ok := spec.columns[normalise(name, spec.name)]; ok {
				known++
			}
		}
		return known >= min(3, len(spec.columns))
	}
	return false
}

// headerOf is the names in the first line of a CSV file, in lower case.
func headerOf(head []byte) map[string]bool {
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), head)
	if err != nil && len(text) == 0 {
		return nil
	}
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	if bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")) {
		line, _, _ = bytes.Cut(rest, []byte("\n"))
	}
	headers := map[string]bool{}
	for _, name := range bytes.Split(line, []byte{sniffSeparator(line)}) {
		headers[strings.ToLower(strings.Trim(inventory.CleanText(string(name)), `" `))] = true
	}
	return headers
}

// sheetOfHeader is the sheet whose CSV file starts with head, "" for none of
// those that can be told apart by their header.
func sheetOfHeader(head []byte) string {
	headers := headerOf(head)
	switch {
	case headers["vm"] && headers["powerstate"] && headers["cpus"] && headers["memory"], headers["vinfovmname"]:
		return "vInfo"
	case headers["host"] && headers["cpu model"] && headers["# cores"], headers["vhostname"]:
		return "vHost"
	case headers["vm"] && headers["powerstate"] && headers["overall"] && headers["cores p/s"], headers["vcpuvmname"]:
		return "vCPU"
	case headers["vm"] && headers["consumed"] && headers["ballooned"], headers["vmemoryvmname"]:
		return "vMemory"
	}
	return ""
}
