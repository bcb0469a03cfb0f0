package rvtools_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sobre/inventory"
	"sobre/inventory/rvtools"
)

// sound reads a file that may be anything and checks what must hold of every
// estate: unique IDs, references that lead somewhere, text that is safe to show.
func sound(t *testing.T, path string) {
	e, err := rvtools.Read(context.Background(), []string{path}, rvtools.Options{})
	if err != nil {
		return
	}
	hosts := map[string]bool{"": true}
	for _, h := range e.Hosts {
		if h.ID == "" || hosts[h.ID] {
			t.Errorf("host ID %q is empty or stands twice", h.ID)
		}
		hosts[h.ID] = true
	}
	seen := map[string]bool{}
	for _, w := range e.Workloads {
		if w.ID == "" || seen[w.ID] || !hosts[w.Host] {
			t.Errorf("workload %q: ID empty or twice, or host %q unknown", w.ID, w.Host)
		}
		seen[w.ID] = true
		if w.Name != inventory.CleanText(w.Name) || w.Memory.MiB() < 0 || w.VCPUs < 0 || w.Disk.MiB() < 0 {
			t.Errorf("workload %+v", w)
		}
	}
}

func FuzzSheet(f *testing.F) {
	f.Add(head + `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><v>2</v></c><c r="D2"><f>1</f></c></row></sheetData></worksheet>`)
	f.Add(head + `<row><c t="inlineStr"><is><t>a&#x1b;b</t></is></c><c/><c t="e"><v>#N/A</v></c></row>`)
	f.Add(`<worksheet><sheetData><row><c t="str"><v>vInfoVMName</v></c><!-- --><c><![CDATA[x]]></c></row>`)
	f.Fuzz(func(t *testing.T, sheet string) { sound(t, bookOf(t, sheet)) })
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(csvHead + "web,poweredOn,2,4096,10,\"a \"b\", c\",esx1\r\n"))
	f.Add([]byte("VM;Powerstate;CPUs;Memory;Host\nM\xe9t\xe9o;poweredOn;2;4 096,5;esx1.a.b\nx;poweredOn;1;1;esx1\n"))
	f.Add([]byte("sep=\t\nvInfoVMName\tvInfoCPUs\n\"a\n\"\t1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "RVTools_tabvInfo.csv")
		check(t, os.WriteFile(path, data, 0o600))
		sound(t, path)
	})
}

func FuzzRecognise(f *testing.F) {
	f.Add([]byte(csvHead), "a.csv")
	f.Add([]byte("PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaxl/workbook.xmlxx"), "rvtools.xlsx")
	f.Fuzz(func(t *testing.T, head []byte, name string) {
		if rvtools.Recognise(head, name) && len(head) == 0 {
			t.Error("nothing was recognised")
		}
	})
}
