package ocs_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"sobre/inventory"
	"sobre/inventory/ocs"
)

// document writes an agent document: each part is the inside of CONTENT.
func document(deviceID string, parts ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n<REQUEST>\n<CONTENT>\n" + strings.Join(parts, "\n") +
		"\n</CONTENT>\n<DEVICEID>" + deviceID + "</DEVICEID>\n<QUERY>INVENTORY</QUERY>\n</REQUEST>\n"
}

// element writes <NAME><K>V</K>…</NAME> from pairs.
func element(name string, pairs ...string) string {
	var b strings.Builder
	b.WriteString("<" + name + ">")
	for i := 0; i+1 < len(pairs); i += 2 {
		fmt.Fprintf(&b, "<%s>%s</%s>", pairs[i], pairs[i+1], pairs[i])
	}
	return b.String() + "</" + name + ">"
}

// hardware writes the HARDWARE element of a small Linux server; pairs replace
// what it would say by itself.
func hardware(name string, pairs ...string) string {
	all := []string{"NAME", name}
	for _, def := range [][2]string{{"OSNAME", "Red Hat Enterprise Linux Server release 5.4"}, {"MEMORY", "4096"}} {
		if i := slices.Index(pairs, def[0]); i < 0 || i%2 == 1 {
			all = append(all, def[0], def[1])
		}
	}
	return element("HARDWARE", append(all, pairs...)...)
}

const (
	proliant  = "<BIOS><SMANUFACTURER>HP</SMANUFACTURER><SMODEL>ProLiant DL380 G5</SMODEL><SSN>CZC7310XYZ </SSN><TYPE>Rack Mount Chassis</TYPE></BIOS>"
	xeon5160  = "<CPUS><TYPE>Intel(R) Xeon(R) CPU            5160  @ 3.00GHz</TYPE><CORES>2</CORES><LOGICAL_CPUS>2</LOGICAL_CPUS><SPEED>3000</SPEED></CPUS>"
	vmwareVM  = "<BIOS><SMANUFACTURER>VMware, Inc.</SMANUFACTURER><SMODEL>VMware Virtual Platform</SMODEL><SSN>VMware-56 4d 0a 11 22 33 44 55-66 77 88 99 aa bb cc dd</SSN><TYPE>Other</TYPE></BIOS>"
	laptop    = "<BIOS><SMANUFACTURER>Dell Inc.</SMANUFACTURER><SMODEL>Latitude D630</SMODEL><SSN>7XK2B3J</SSN><TYPE>Notebook</TYPE></BIOS>"
	libvirtVM = "<VIRTUALMACHINES><NAME>intranet</NAME><VMTYPE>libvirt</VMTYPE><MEMORY>2097</MEMORY><VCPU>2</VCPU><STATUS>running</STATUS><UUID>3F0A1B2C-0000-4000-8000-00000000000A</UUID></VIRTUALMACHINES>"
)

// readOne reads one document and returns its estate.
func readOne(t *testing.T, doc string) *inventory.Estate {
	t.Helper()
	return readFiles(t, map[string]string{"one.ocs": doc}, ocs.Options{})
}

func readFiles(t *testing.T, files map[string]string, o ocs.Options) *inventory.Estate {
	t.Helper()
	e, err := tryFiles(files, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func tryFiles(files map[string]string, o ocs.Options) (*inventory.Estate, error) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["in/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	o.FS = fsys
	return ocs.Read(context.Background(), []string{"in"}, o)
}

// codes lists the findings as "code subject", in order.
func codes(e *inventory.Estate) []string {
	var out []string
	for _, f := range e.Findings {
		out = append(out, strings.TrimSpace(f.Code+" "+f.Subject))
	}
	return out
}

func zlibbed(text string) string {
	var b bytes.Buffer
	packed(zlib.NewWriter(&b), text)
	return b.String()
}

func gzipped(text string) string {
	var b bytes.Buffer
	packed(gzip.NewWriter(&b), text)
	return b.String()
}

func packed(w io.WriteCloser, text string) {
	if _, err := io.WriteString(w, text); err != nil {
		panic(err) // to a buffer: cannot happen
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
}

func latin1(t *testing.T, text string) string {
	t.Helper()
	s, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func utf16(t *testing.T, text string) string {
	t.Helper()
	s, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mapFS is a file system with one file.
func mapFS(name, text string) fstest.MapFS {
	return fstest.MapFS{name: {Data: []byte(text)}}
}
