package azure_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"sobre/inventory"
	"sobre/inventory/azure"
	"sobre/inventory/sourcetest"
)

const template = "*Server name,IP addresses,*Cores,*Memory (In MB),*OS name,OS version,OS architecture,Server type,Hypervisor," +
	"CPU utilization percentage,Memory utilization percentage,Network adapters,Boot type,Number of disks,Storage in use (In GB)," +
	"Disk 1 size (In GB),Disk 1 read throughput (MB per second),Disk 2 size (In GB)\r\n"

const rows = "etatcivil,10.0.0.5,4,8192,Windows Server 2003,5.2,x86,Physical,,10,40,1,BIOS,2,90,100,1.5,50\r\n" +
	"web.mulhouse.example,10.0.0.6;10.0.0.7,2,4096,Debian,12,x64,Virtual,VMware,5.5,60,1,UEFI,1,20,40,,\r\n"

// newer is the template of 2025, with MB and without disks.
const newer = "*Server name,IP addresses,*Cores,*Memory (In MB),*OS name,OS version,OS architecture,Server type,Hypervisor,CPU utilization percentage," +
	"Memory utilization percentage,Storage in use (In MB),*Storage allocated (In MB)\n" +
	"paie,,8,16384,Red Hat Enterprise Linux,8,x64,Physique,,12,,51200,102400\n"

func TestGolden(t *testing.T) {
	sourcetest.CheckGolden(t, "import.golden.yaml", source().MustRead(t, map[string]string{"a.csv": template + rows, "b.csv": newer, "other.csv": "Machine;Site\na;b\n"}))
}

func TestFrenchSpreadsheet(t *testing.T) {
	text := strings.ReplaceAll(strings.ReplaceAll(template+rows, "5.5", "5*5"), ";", " ")
	text = strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(text, "1.5", "1*5"), ",", ";"), "*5", ",5")
	e := source().MustRead(t, map[string]string{"a.csv": text})
	if got := e.Workloads[1].Use.CPU.Mean; got != inventory.PercentLevel(5.5) {
		t.Errorf("got %s", got)
	}
}

func TestBadInput(t *testing.T) {
	row := func(cells string) string { return template + rows + cells + "\r\n" }
	for name, c := range map[string]struct {
		text, code string
		servers    int
	}{
		"no name":        {row(",,4,8192,Debian"), "row-without-machine", 2},
		"no type":        {row("x,,4,8192,Debian"), "kind-uncertain", 3},
		"negative":       {row("x,,4,-8192,Debian,,,Virtual"), "cell-unreadable", 3},
		"huge":           {row("x,,9e99,8192,Debian,,,Virtual"), "cell-unreadable", 3},
		"not a number":   {row("x,,4,lots,Debian,,,Virtual"), "memory-unknown", 3},
		"formula":        {row("x,,=1+1,8192,Debian,,,Virtual"), "cell-formula", 3},
		"formula name":   {row("=A1,,1,8192,Debian,,,Virtual"), "cell-formula", 2},
		"too much use":   {row("x,,4,8192,Debian,,,Virtual,,140"), "cell-unreadable", 3},
		"twice":          {row("web,,4,8192,Debian,,,Virtual"), "", 3},
		"broken quotes":  {row("\"x,,4,8192,Debian"), "", 3},
		"use is unclear": {template + rows, "use-of-unknown-kind", 2},
	} {
		t.Run(name, func(t *testing.T) {
			e := source().MustRead(t, map[string]string{"a.csv": c.text})
			if len(e.Workloads) != c.servers || c.code != "" && !sourcetest.Has(e, c.code) {
				t.Errorf("%d servers, findings %+v, want %d and %s", len(e.Workloads), e.Findings, c.servers, c.code)
			}
		})
	}
	for name, text := range map[string]string{"empty": "", "header only": template, "other table": "Machine;Site\na;b\n"} {
		if e, err := azure.Read(t.Context(), []string{"a.csv"}, azure.Options{FS: fstest.MapFS{"a.csv": {Data: []byte(text)}}}); err == nil {
			t.Errorf("%s: no error but %+v", name, e)
		}
	}
}

func TestManyBadCellsAreCounted(t *testing.T) {
	e := source().MustRead(t, map[string]string{"a.csv": template + strings.Repeat("x,,-1,-1,Debian,,,Virtual\n", 1000)})
	if !sourcetest.Has(e, "findings-cut") || len(e.Findings) > 1100 {
		t.Errorf("%d findings", len(e.Findings))
	}
}

func TestRecognise(t *testing.T) {
	for text, want := range map[string]bool{template: true, newer: true, "Server name;Cores\n": false, "": false, "<REQUEST>": false} {
		if got := azure.Recognise([]byte(text), "x"); got != want {
			t.Errorf("%.20q: %v", text, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(template + rows))
	f.Add([]byte(newer))
	f.Fuzz(func(t *testing.T, text []byte) { source().CheckAny(t, "a.csv", text) })
}
