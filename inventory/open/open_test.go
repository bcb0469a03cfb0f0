package open_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sobre/inventory"
	"sobre/inventory/open"

	"github.com/google/go-cmp/cmp"
)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write puts files into a new folder and returns it.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		check(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return dir
}

// book is a workbook with the rows of vInfo and vHost, cells separated by |.
func book(t *testing.T, sheets map[string][]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part := func(name, text string) {
		w, err := z.Create(name)
		check(t, err)
		_, err = io.WriteString(w, text)
		check(t, err)
	}
	list, rels := "", ""
	for i, name := range []string{"vInfo", "vHost"} {
		text := "<worksheet><sheetData>"
		for _, row := range sheets[name] {
			text += "<row>"
			for cell := range strings.SplitSeq(row, "|") {
				text += `<c t="str"><v>` + cell + `</v></c>`
			}
			text += "</row>"
		}
		part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i), text+"</sheetData></worksheet>")
		list += fmt.Sprintf(`<sheet name="%s" r:id="r%d"/>`, name, i)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Target="worksheets/sheet%d.xml"/>`, i, i)
	}
	part("xl/workbook.xml", "<workbook><sheets>"+list+"</sheets></workbook>")
	part("xl/_rels/workbook.xml.rels", "<Relationships>"+rels+"</Relationships>")
	check(t, z.Close())
	return b.String()
}

// agent is an agent document of OCS.
func agent(name, uuid, vendor, model, more string) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><REQUEST><CONTENT>
<HARDWARE><NAME>%s</NAME><UUID>%s</UUID><MEMORY>3900</MEMORY><OSNAME>Debian GNU/Linux 12</OSNAME></HARDWARE>
<BIOS><SMANUFACTURER>%s</SMANUFACTURER><SMODEL>%s</SMODEL><TYPE>Rack Mount Chassis</TYPE></BIOS>
<CPUS><TYPE>Intel(R) Xeon(R) CPU 5160 @ 3.00GHz</TYPE><CORES>2</CORES><THREADS>2</THREADS></CPUS>%s
</CONTENT><DEVICEID>%s-2026-11-01-10-00-00</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>`, name, uuid, vendor, model, more, name)
}

const (
	uuid1 = "4211babd-0000-1111-2222-333344445501"
	// uuid1 as Windows writes it.
	swapped1 = "BDBA1142-0000-1111-2222-333344445501"
	uuid2    = "4211babd-0000-1111-2222-333344445502"
)

func workbook(t *testing.T) string {
	return book(t, map[string][]string{
		"vInfo": {"VM|Powerstate|CPUs|Memory|Host|SMBIOS UUID", "Web|poweredOn|2|4096|esx1|" + uuid1, "Db|poweredOn|4|8192|esx1|" + uuid2},
		"vHost": {"Host|# CPU|# Cores|# Memory", "esx1|2|16|65536"},
	})
}

func estate(t *testing.T, paths ...string) (*inventory.Estate, []open.Recognised) {
	t.Helper()
	e, found, err := open.Estate(context.Background(), paths, open.Options{})
	check(t, err)
	return e, found
}

func ids(e *inventory.Estate) []string {
	var list []string
	for _, h := range e.Hosts {
		list = append(list, "host "+h.ID)
	}
	for _, w := range e.Workloads {
		list = append(list, string(w.Kind)+" "+w.ID+" on "+w.Host)
	}
	return list
}

func codes(e *inventory.Estate) map[string]int {
	n := map[string]int{}
	for _, f := range e.Findings {
		n[f.Code]++
	}
	return n
}

func TestFormatsAreRecognised(t *testing.T) {
	dir := write(t, map[string]string{
		"estate.yaml":             "version: 1\nhosts: [{id: a, memory: 1 GiB}]\nworkloads: [{id: a-os, host: a}]\n",
		"estate.json":             `{"version": 1, "name": "status", "workloads": [{"id": "w", "labels": {"objective": "x"}}]}`,
		"hosts.yml":               "version: 1\nhosts:\n- {id: a, memory: 1 GiB}\n",
		"odd name.bin":            workbook(t),
		"RVTools_tabvInfo.csv":    "VM;Powerstate;CPUs;Memory;Host\nx;poweredOn;1;1024;h\n",
		"resources.json":          `{"data":[{"type":"node","node":"pve1","maxcpu":8,"maxmem":34359738368}]}`,
		"glpi.json":               `{"action":"inventory","deviceid":"a","content":{"hardware":{"name":"a"},"bios":{"smodel":"ProLiant DL380"}}}`,
		"export/RVTools_tabv.txt": "no",
		"srv.xml":                 agent("srv", uuid2, "HP", "ProLiant DL380 G5", ""),
	})
	tests := []struct {
		file string
		want open.Format
	}{
		{"estate.yaml", open.EstateFile}, {"estate.json", open.EstateFile}, {"hosts.yml", open.EstateFile}, {"odd name.bin", open.RVTools},
		{"RVTools_tabvInfo.csv", open.RVTools}, {"srv.xml", open.OCS},
		{"resources.json", open.Proxmox}, {"glpi.json", open.OCS},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			_, found := estate(t, filepath.Join(dir, tt.file))
			if len(found) != 1 || found[0].Format != tt.want || found[0].Why == "" {
				t.Errorf("recognised %+v, want %s", found, tt.want)
			}
		})
	}
	for name, text := range map[string]string{
		"policy.yaml": "version: 1\npreset: bold\nminimise: [hosts]\nrules: []\n", "plan.json": `{"version":1,"status":"optimal","inputs":[],"placements":[],"rules":[]}`,
		"catalogue.yaml": "version: 1\nhosts:\n- {name: bl460, memory: 1 GiB}\n", "plan2.json": "{\n \"version\":1,\n \"status\":\"optimal\"}",
		"notes.txt": "hello", "empty.yaml": "", "other.xml": "<project/>", "table.csv": "a,b\n1,2\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(write(t, map[string]string{name: text}), name)
			_, _, err := open.Estate(context.Background(), []string{path}, open.Options{})
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want one that names the path", err)
			}
		})
	}
}

func TestFolderOfEverything(t *testing.T) {
	dir := write(t, map[string]string{
		"rvtools/RVTools_tabvInfo.csv": "VM,Powerstate,CPUs,Memory,Host\nx,poweredOn,1,1024,h\n",
		"rvtools/RVTools_tabvHost.csv": "Host,# CPU,# Cores,# Memory,CPU Model\nh,2,16,65536,x\n",
		"rvtools/RVTools_tabvDisk.csv": "VM,Disk,Capacity MiB,Raw\nx,d,1024,True\n",
		"ocs/srv.ocs":                  agent("srv", uuid2, "HP", "ProLiant DL380 G5", ""),
		"ocs/broken.ocs":               "<REQUEST><CONT",
		"pom.xml":                      "<project/>",
		"README":                       "hello",
		".hidden.xml":                  agent("hidden", uuid1, "HP", "ProLiant DL380 G5", ""),
	})
	e, found := estate(t, dir)
	want := []string{"host h", "host srv", "physical srv-os on srv", "vm x on h"}
	if diff := cmp.Diff(want, ids(e)); diff != "" {
		t.Errorf("machines (-want +got):\n%s", diff)
	}
	if e.Workloads[1].Disk != inventory.MiB(1024) || len(e.Workloads[1].Pins) != 1 {
		t.Errorf("the disk sheet was not joined: %+v", e.Workloads[1])
	}
	if codes(e)["document-unreadable"] != 1 {
		t.Errorf("findings %v", codes(e))
	}
	if len(found) != 4 {
		t.Errorf("recognised %+v", found)
	}
}

// TestOneMachineInTwoInventories is a guest that both the hypervisor's export
// and the agent inside tell of.
func TestOneMachineInTwoInventories(t *testing.T) {
	tests := []struct{ name, uuid, vendor, model string }{
		{"same UUID", uuid1, "VMware, Inc.", "VMware Virtual Platform"},
		{"bytes swapped", swapped1, "VMware, Inc.", "VMware Virtual Platform"},
		{"taken for a server", uuid1, "HP", "ProLiant DL380 G5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, map[string]string{"rvtools.xlsx": workbook(t), "web.ocs": agent("web", tt.uuid, tt.vendor, tt.model, "")})
			e, _ := estate(t, dir)
			want := []string{"host esx1", "vm db on esx1", "vm web on esx1"}
			if diff := cmp.Diff(want, ids(e)); diff != "" {
				t.Errorf("machines (-want +got):\n%s", diff)
			}
			web := e.Workloads[1]
			if web.Memory != inventory.MiB(4096) || web.OS != "Debian GNU/Linux 12" {
				t.Errorf("memory %s and OS %q, want what the hypervisor allots and the agent sees", web.Memory, web.OS)
			}
			if last := web.From[len(web.From)-1]; !strings.HasPrefix(last.Source, "ocs") || !strings.Contains(strings.Join(last.Fields, " "), "os") {
				t.Errorf("origins %+v", web.From)
			}
			if codes(e)["counted-once"] != 1 {
				t.Errorf("findings %v", codes(e))
			}
		})
	}
}

// TestOrderDoesNotDecideWhatAMachineIs has the agent's view first, as an estate
// file, and the hypervisor's second.
func TestOrderDoesNotDecideWhatAMachineIs(t *testing.T) {
	dir := write(t, map[string]string{
		"a.yaml": "version: 1\nsources: [{id: s, kind: ocs}]\nhosts: [{id: web, role: standalone, uuid: " + uuid1 + ", memory: 4 GiB}]\n" +
			"workloads: [{id: web-os, kind: physical, host: web, uuid: " + uuid1 + ", licences: [oracle]}]\nrules: [{stay: [web-os]}]\n",
		"b.xlsx": workbook(t),
	})
	e, _ := estate(t, filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.xlsx"))
	want := []string{"host esx1", "vm db on esx1", "vm web on esx1"} // the hypervisor's name for it
	if diff := cmp.Diff(want, ids(e)); diff != "" {
		t.Errorf("machines (-want +got):\n%s", diff)
	}
	if w := e.Workloads[1]; len(w.Licences) != 1 || w.VCPUs != 2 {
		t.Errorf("workload %+v", w)
	}
	if c := codes(e); c["server-is-guest"] != 1 || c["rule-matches-nothing"] != 0 {
		t.Errorf("findings %v", c)
	}
}

func TestSameIDsStayApart(t *testing.T) {
	const text = `version: 1
sources: [{id: s, kind: table}]
sites: [{name: town}]
chassis: [{id: enc, site: town}]
clusters: [{id: prod}]
pools: [{id: web, cluster: prod}, {id: sub, parent: web}]
hosts: [{id: esx1, cluster: prod, chassis: enc, memory: 8 GiB, from: [{source: s}]}]
workloads:
  - {id: web1, name: Web, host: esx1, cluster: prod, pool: sub, datastores: [san], from: [{source: s}]}
  - {id: web2, host: esx1, cluster: prod}
datastores: [{id: san, hosts: [esx1]}]
rules: [{apart: ["web*"]}, {only: [WEB], hosts: [esx1]}]
findings: [{code: x, subject: web1, what: y, source: s}]
`
	other := strings.Replace(text, "kind: table", "kind: table, path: other", 1)
	dir := write(t, map[string]string{"a.yaml": text, "b.yaml": other})
	e, _ := estate(t, filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml"))
	want := &inventory.Estate{
		Version:    1,
		Sources:    []inventory.Source{{ID: "s", Kind: "table"}, {ID: "s-2", Kind: "table", Path: "other"}},
		Sites:      []inventory.Site{{Name: "town"}},
		Chassis:    []inventory.Chassis{{ID: "enc", Site: "town"}, {ID: "enc-2", Name: "enc", Site: "town"}},
		Clusters:   []inventory.Cluster{{ID: "prod"}, {ID: "prod-2", Name: "prod"}},
		Pools:      []inventory.Pool{{ID: "sub", Parent: "web"}, {ID: "sub-2", Name: "sub", Parent: "web-2"}, {ID: "web", Cluster: "prod"}, {ID: "web-2", Name: "web", Cluster: "prod-2"}},
		Datastores: []inventory.Datastore{{ID: "san", Hosts: []string{"esx1"}}, {ID: "san-2", Name: "san", Hosts: []string{"esx1-2"}}},
		Hosts: []inventory.Host{
			{ID: "esx1", Cluster: "prod", Chassis: "enc", Memory: inventory.GiB(8), From: []inventory.Origin{{Source: "s"}}},
			{ID: "esx1-2", Cluster: "prod-2", Chassis: "enc-2", Memory: inventory.GiB(8), From: []inventory.Origin{{Source: "s-2"}}},
		},
		Workloads: []inventory.Workload{
			{ID: "web1", Name: "Web", Host: "esx1", Cluster: "prod", Pool: "sub", Datastores: []string{"san"}, From: []inventory.Origin{{Source: "s"}}},
			{ID: "web1-2", Name: "Web", Host: "esx1-2", Cluster: "prod-2", Pool: "sub-2", Datastores: []string{"san-2"}, From: []inventory.Origin{{Source: "s-2"}}},
			{ID: "web2", Host: "esx1", Cluster: "prod"},
			{ID: "web2-2", Host: "esx1-2", Cluster: "prod-2"},
		},
		Rules: []inventory.Rule{
			{Apart: []string{"web1", "web2"}}, {Apart: []string{"web1-2", "web2-2"}},
			{Only: []string{"web1"}, Hosts: []string{"esx1"}}, {Only: []string{"web1-2"}, Hosts: []string{"esx1-2"}},
		},
		Findings: []inventory.Finding{{Code: "x", Subject: "web1", What: "y", Source: "s"}, {Code: "x", Subject: "web1-2", What: "y", Source: "s-2"}},
	}
	for _, id := range []string{"esx1", "web1", "web2"} {
		name := strings.ReplaceAll(id, "web1", "web") // workload web1 is called Web
		why := "a name alone is not enough, and no UUID, serial number or address tells"
		want.Findings = append(want.Findings, inventory.Finding{
			Code: "perhaps-twice", Severity: inventory.Warning, Subject: id + "-2",
			What: id + " and " + id + "-2 have one name " + name + "; counted as two, because " + why,
			Do:   "say same or different in the decisions of the merge", Values: map[string]string{"id": id + "-2", "other": id, "by": "name " + name, "why": why},
		})
	}
	if diff := cmp.Diff(yamlOf(t, want), yamlOf(t, e)); diff != "" {
		t.Errorf("the joined estate (-want +got):\n%s", diff)
	}
}

// TestCopiesAreNotMerged is about guests copied with their UUID: it tells
// nothing about which is which.
func TestCopiesAreNotMerged(t *testing.T) {
	one := "version: 1\nworkloads: [{id: a, uuid: " + uuid1 + "}, {id: b, uuid: " + uuid1 + "}]\n"
	other := "version: 1\nworkloads: [{id: c, uuid: " + uuid1 + "}]\n"
	dir := write(t, map[string]string{"one.yaml": one, "other.yaml": other})
	for _, order := range [][]string{{"one.yaml", "other.yaml"}, {"other.yaml", "one.yaml"}} {
		e, _ := estate(t, filepath.Join(dir, order[0]), filepath.Join(dir, order[1]))
		if len(e.Workloads) != 3 || codes(e)["identity-shared"] != 2 {
			t.Errorf("%v: workloads %v, findings %v; want all three", order, ids(e), codes(e))
		}
	}
}

func yamlOf(t *testing.T, e *inventory.Estate) string {
	t.Helper()
	var b bytes.Buffer
	check(t, inventory.EncodeYAML(&b, e))
	return b.String()
}

// TestReadingAgainAddsNothing opens an estate that holds the findings of the
// day it was collected.
func TestReadingAgainAddsNothing(t *testing.T) {
	dir := write(t, map[string]string{"a.yaml": "version: 1\nhosts: [{id: a}]\nworkloads: [{id: w, host: gone}]\n"})
	first, _ := estate(t, filepath.Join(dir, "a.yaml"))
	if len(first.Findings) != 2 {
		t.Fatalf("findings %v", codes(first))
	}
	again := write(t, map[string]string{"b.yaml": yamlOf(t, first)})
	second, _ := estate(t, filepath.Join(again, "b.yaml"))
	if diff := cmp.Diff(yamlOf(t, first), yamlOf(t, second)); diff != "" {
		t.Errorf("the estate changed (-first +second):\n%s", diff)
	}
}

func TestHostsJoinBySerialNumber(t *testing.T) {
	host := func(id, more string) string {
		return "version: 1\nhosts: [{id: " + id + ", memory: 64 GiB, cpu: {cores: 16}, " + more + "}]\nworkloads: [{id: w-" + id + ", host: " + id + "}]\n"
	}
	tests := []struct{ name, a, b, want string }{
		{"one serial number", "make: HP, model: DL380 G5, serial: CZ1", "make: Hewlett-Packard, model: ProLiant DL380 G5, serial: cz1", "host a|w-a on a|w-b on a"},
		{"a serial number alone", "serial: CZ1", "serial: cz1", "host a|host b|w-a on a|w-b on b"},
		{"models differ", "make: HP, model: DL380 G5, serial: CZ1", "make: HP, model: DL360 G5, serial: CZ1", "host a|host b|w-a on a|w-b on b"},
		{"one UUID", "uuid: " + uuid1, "uuid: " + uuid1, "host a|w-a on a|w-b on a"},
		{"UUID in one only", "make: HP, model: DL380 G5, serial: CZ1, uuid: " + uuid1, "make: HP, model: DL380 G5, serial: CZ1", "host a|w-a on a|w-b on a"},
		{"UUIDs differ", "serial: CZ1, uuid: " + uuid1, "serial: CZ1, uuid: " + uuid2, "host a|host b|w-a on a|w-b on b"},
		{"other serial numbers", "serial: CZ1", "serial: CZ2", "host a|host b|w-a on a|w-b on b"},
		{"none", "make: HP", "make: HP", "host a|host b|w-a on a|w-b on b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, map[string]string{"a.yaml": host("a", tt.a), "b.yaml": host("b", tt.b)})
			e, _ := estate(t, filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml"))
			got := strings.ReplaceAll(strings.Join(ids(e), "|"), "| ", "|")
			if got != tt.want {
				t.Errorf("machines %s, want %s", got, tt.want)
			}
		})
	}
}

func TestDifferencesAreSaid(t *testing.T) {
	a := "version: 1\nhosts: [{id: h, uuid: " + uuid1 + ", memory: 64 GiB, cpu: {cores: 16, sockets: 2}}]\nworkloads: [{id: w, kind: vm, uuid: " + uuid2 + ", vcpus: 2, memory: 4 GiB}]\n"
	b := "version: 1\nhosts: [{id: h, uuid: " + uuid1 + ", memory: 62 GiB, cpu: {cores: 32, sockets: 2}}]\nworkloads: [{id: w, kind: vm, uuid: " + uuid2 + ", vcpus: 4, memory: 8 GiB}]\n"
	dir := write(t, map[string]string{"a.yaml": a, "b.yaml": b})
	e, _ := estate(t, filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml"))
	var got []string
	for _, f := range e.Findings {
		if f.Code == "inventories-differ" {
			got = append(got, f.Values["figure"]+" "+f.Values["used"]+" "+f.Values["other"])
		}
	}
	if diff := cmp.Diff([]string{"cpu.cores 32 16", "memory 8 GiB 4 GiB", "vcpus 4 2"}, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

func TestNamesakesAreSaid(t *testing.T) {
	file := func(source, id, name, uuid string) string {
		return fmt.Sprintf("version: 1\nsources: [{id: %s, kind: table}]\nworkloads: [{id: %s, name: %s, uuid: %q, from: [{source: %s}]}]\n", source, id, name, uuid, source)
	}
	tests := []struct {
		name, a, b string
		want       int
	}{
		{"no UUID", file("s", "a", "web", ""), file("t", "b", "WEB.example.org", ""), 1},
		{"one UUID", file("s", "a", "web", uuid1), file("t", "b", "web", ""), 1},
		{"two UUIDs", file("s", "a", "web", uuid1), file("t", "b", "web", uuid2), 0},
		{"two names", file("s", "a", "web", ""), file("t", "b", "mail", ""), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, map[string]string{"a.yaml": tt.a, "b.yaml": tt.b})
			e, _ := estate(t, filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml"))
			if n := codes(e)["perhaps-twice"]; n != tt.want || len(e.Workloads) != 2 {
				t.Errorf("%d findings, %d workloads; want %d and 2", n, len(e.Workloads), tt.want)
			}
		})
	}
}
