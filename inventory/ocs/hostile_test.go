package ocs_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/inventory/ocs"
)

// TestBadDocumentCostsItselfOnly puts one bad document beside a good one.
func TestBadDocumentCostsItselfOnly(t *testing.T) {
	good := document("good-2009-01-01-00-00-00", hardware("good"), proliant, xeon5160)
	bomb := gzipped(strings.Repeat("\x00", 20<<20))
	for _, c := range []struct{ name, doc, code, what string }{
		{"truncated", good[:len(good)-40], "document-unreadable", "it ends too early"},
		{"empty", "", "document-unreadable", "empty"},
		{"blank", " \n\t", "document-unreadable", "empty"},
		{"not XML", "PK\x03\x04 zip", "document-unreadable", ""},
		{"cut zlib", zlibbed(good)[:80], "document-unreadable", "unpacking"},
		{"zip bomb", bomb, "document-unreadable", "larger than 16 MiB"},
		{"entities", `<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><REQUEST><CONTENT>&c;</CONTENT></REQUEST>`, "document-unreadable", "document type"},
		{"unknown entity", `<REQUEST><CONTENT><HARDWARE><NAME>&x;</NAME></HARDWARE></CONTENT></REQUEST>`, "document-unreadable", "entity"},
		{"deep", strings.Repeat("<REQUEST>", 1000), "document-unreadable", "deeper"},
		{"too many elements", "<REQUEST><CONTENT>" + strings.Repeat("<A/>", 600_000), "document-unreadable", "elements"},
		{"other root", "<project/>", "document-skipped", "root element"},
		{"other message", "<REQUEST><QUERY>PROLOG</QUERY></REQUEST>", "document-skipped", "PROLOG"},
		{"nothing inside", "<REQUEST><CONTENT/></REQUEST>", "document-skipped", "neither"},
		{"mismatched", "<REQUEST><CONTENT></REQUEST></CONTENT>", "document-unreadable", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := readFiles(t, map[string]string{"bad.ocs": c.doc, "good.ocs": good}, ocs.Options{})
			if len(e.Hosts) != 1 || e.Hosts[0].ID != "good" {
				t.Fatalf("the good document is missing: %v", ids(e))
			}
			f := e.Findings[0]
			if f.Code != c.code || f.At != "bad.ocs" || f.Source != "ocs" || !strings.Contains(f.What, c.what) {
				t.Errorf("got %+v, want %s at bad.ocs with %q", f, c.code, c.what)
			}
			if _, err := tryFiles(map[string]string{"bad.ocs": c.doc}, ocs.Options{}); err == nil {
				t.Error("alone, the bad document is no error")
			}
		})
	}
}

// closed is a file system with a folder that may not be looked into.
type closed struct{ fstest.MapFS }

func (c closed) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "in/closed" {
		return nil, fs.ErrPermission
	}
	return c.MapFS.ReadDir(name)
}

func TestAClosedFolderCostsWhatIsInIt(t *testing.T) {
	doc := &fstest.MapFile{Data: []byte(document("a", hardware("a"), proliant))}
	e, err := ocs.Read(t.Context(), []string{"in"}, ocs.Options{FS: closed{fstest.MapFS{"in/a.ocs": doc, "in/closed/b.ocs": doc}}})
	if err != nil {
		t.Fatal(err)
	}
	if f := e.Findings[0]; len(e.Hosts) != 1 || f.Code != "document-unreadable" || f.At != "closed" || !strings.Contains(f.What, "permission denied") {
		t.Errorf("got %+v", e.Findings)
	}
}

func TestImpossibleFiguresAreCountedInTheEnd(t *testing.T) {
	e := readOne(t, document("a-2009-01-01-00-00-00", hardware("a"), proliant, xeon5160, strings.Repeat(element("STORAGES", "DISKSIZE", "-1"), 50)))
	last := e.Findings[len(e.Findings)-1]
	if len(e.Findings) != 21 || last.Code != "figures-impossible" || last.Values["figures"] != "30" {
		t.Errorf("got %d findings, the last %+v", len(e.Findings), last)
	}
}

func TestErrorNamesTheLine(t *testing.T) {
	doc := strings.Replace(document("a", hardware("a"), proliant), "</BIOS>", "\n\n</BISO>", 1)
	e := readFiles(t, map[string]string{"a.ocs": doc, "b.ocs": document("b", hardware("b"), proliant)}, ocs.Options{})
	if f := e.Findings[0]; f.Line != 7 {
		t.Errorf("got line %d in %+v, want 7", f.Line, f)
	}
}

func TestNamesAreDefused(t *testing.T) {
	doc := document("x-2009-01-01-00-00-00", hardware("srv\x1b[31m\u202e*?"), proliant, element("ACCOUNTINFO", "KEYNAME", "TAG", "KEYVALUE", "=cmd|'/c calc'!A1\x07"))
	e := readOne(t, doc)
	var out bytes.Buffer
	if err := inventory.EncodeJSON(&out, e); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\x07\u202e") || strings.Contains(out.String(), `\u001b`) {
		t.Errorf("control characters came through:\n%s", out.String())
	}
	if id := e.Hosts[0].ID; strings.ContainsAny(id, "*?[ ") {
		t.Errorf("the ID %q would be a pattern", id)
	}
}

func TestSameNameGetsItsOwnID(t *testing.T) {
	files := map[string]string{}
	for i := range 3 {
		files[fmt.Sprint(i, ".ocs")] = document(fmt.Sprintf("node1-200%d-01-01-00-00-00", i), hardware("node1"), proliantSerial(i))
	}
	if diff := cmp.Diff([]string{"node1 S0", "node1-2 S1", "node1-3 S2", "node1-2-os on node1-2", "node1-3-os on node1-3", "node1-os on node1"}, ids(readFiles(t, files, ocs.Options{}))); diff != "" {
		t.Error(diff)
	}
}

func proliantSerial(i int) string {
	return strings.Replace(proliant, "CZC7310XYZ ", fmt.Sprint("S", i), 1)
}

func TestIdentity(t *testing.T) {
	const uuid = "AAAAAAAA-2222-4333-8444-555555555555"
	other := strings.Replace(proliant, "CZC7310XYZ ", "OTHER", 1)
	noSerial := strings.Replace(proliant, "CZC7310XYZ ", "To Be Filled By O.E.M.", 1)
	for _, c := range []struct {
		name string
		a, b string
		want int // machines
		code string
	}{
		{"re-installed", document("a-2004-01-01-00-00-00", hardware("a", "UUID", uuid), proliant), document("a-2008-01-01-00-00-00", hardware("a", "UUID", uuid), proliant), 1, "machine-twice"},
		{"renamed", document("a-2004-01-01-00-00-00", hardware("a", "UUID", uuid), proliant), document("b-2008-01-01-00-00-00", hardware("b", "UUID", uuid), proliant), 1, "machine-twice"},
		{"sent twice", document("a-2004-01-01-00-00-00", hardware("a"), noSerial), document("a-2004-01-01-00-00-00", hardware("a"), noSerial), 1, "machine-twice"},
		{"one UUID for a whole series of boards", document("a-2004-01-01-00-00-00", hardware("a", "UUID", uuid), proliant), document("b-2004-01-01-00-00-00", hardware("b", "UUID", uuid), other), 2, "identity-shared"},
		{"the same without serial numbers", document("a-2004-01-01-00-00-00", hardware("a", "UUID", uuid), noSerial), document("b-2004-01-01-00-00-00", hardware("b", "UUID", uuid), noSerial), 2, "identity-shared"},
		{"one serial number, two names", document("a-2004-01-01-00-00-00", hardware("a"), proliant), document("b-2004-01-01-00-00-00", hardware("b"), proliant), 2, "identity-shared"},
		{"one name only", document("a-2004-01-01-00-00-00", hardware("a"), proliant), document("a-2005-01-01-00-00-00", hardware("a"), other), 2, ""},
		{"a copied guest", document("a-2004-01-01-00-00-00", hardware("a"), vmwareVM), document("b-2004-01-01-00-00-00", hardware("b"), vmwareVM), 2, "identity-shared"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := readFiles(t, map[string]string{"a.ocs": c.a, "b.ocs": c.b}, ocs.Options{})
			if len(e.Workloads) != c.want {
				t.Errorf("got %d machines, want %d: %v", len(e.Workloads), c.want, ids(e))
			}
			if c.code != "" && !strings.Contains(strings.Join(codes(e), " "), c.code) {
				t.Errorf("no finding %s in %v", c.code, codes(e))
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(document("a-2009-01-01-00-00-00", hardware("a"), proliant, xeon5160, libvirtVM)))
	f.Add([]byte(document("b-2009-01-01-00-00-00", hardware("b", "PROCESSORS", "1,5e3"), vmwareVM, element("DRIVES", "TOTAL", "1", "FREE", "9"))))
	f.Add([]byte(zlibbed(document("c", hardware("c")))))
	f.Add([]byte("\xff\xfe<\x00R\x00"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		e, err := tryFiles(map[string]string{"a.ocs": string(doc), "b.ocs": document("z", hardware("z"), proliant)}, ocs.Options{Workstations: true, Workers: 1})
		if err != nil {
			t.Fatalf("a document beside a good one is an error: %v", err)
		}
		var text bytes.Buffer
		if err := inventory.EncodeYAML(&text, e); err != nil {
			t.Fatal(err)
		}
		back, err := inventory.Decode[inventory.Estate](bytes.NewReader(text.Bytes()), "estate")
		if err != nil {
			t.Fatalf("the estate written cannot be read: %v\n%s", err, text.String())
		}
		if len(back.Workloads) != len(e.Workloads) {
			t.Fatal("workloads were lost on the way")
		}
	})
}

func FuzzRecognise(f *testing.F) {
	f.Add([]byte("<REQUEST>"))
	f.Add([]byte(zlibbed("<REQUEST>")))
	f.Fuzz(func(t *testing.T, head []byte) {
		before := bytes.Clone(head)
		ocs.Recognise(head, "")
		if !bytes.Equal(head, before) {
			t.Error("the bytes looked at were changed")
		}
	})
}

// TestLongListsAreRead has a list of the console that is larger than any
// document of an agent.
func TestLongListsAreRead(t *testing.T) {
	var list strings.Builder
	list.WriteString("Computer;Computer Id;Last inventory;Operating system;Description;\r\n")
	for i := range 4300 {
		fmt.Fprintf(&list, "\"srv%d\";\"%d\";\"2026-01-01\";\"Debian GNU/Linux\";\"%s\";\r\n", i, i, strings.Repeat("x", 4000))
	}
	e := readFiles(t, map[string]string{"machines.csv": list.String()}, ocs.Options{})
	if len(e.Hosts) != 4300 {
		t.Errorf("%d machines", len(e.Hosts))
	}
}
