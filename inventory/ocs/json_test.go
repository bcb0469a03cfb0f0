package ocs_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/inventory/ocs"
)

const glpiJSON = `{
  "action": "inventory", "deviceid": "kvm1-2026-01-01-10-00-00", "itemtype": "Computer", "tag": "Mairie",
  "content": {
    "versionclient": "GLPI-Agent_v1.7",
    "hardware": {"name": "kvm1", "memory": 65536, "uuid": "11111111-2222-4333-8444-555555555555", "vmsystem": "Physical", "chassis_type": "Rack Mount Chassis"},
    "bios": {"smanufacturer": "HPE", "smodel": "ProLiant DL380 Gen10", "ssn": "CZ1"},
    "operatingsystem": {"full_name": "Debian GNU/Linux 12", "timezone": {"name": "Europe/Paris", "offset": "+0100"}},
    "cpus": [{"name": "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", "core": 16, "thread": 32, "speed": 2100},
             {"name": "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", "core": 16, "thread": 32, "speed": 2100}],
    "storages": [{"name": "sda", "type": "disk", "disksize": 1000204, "serialnumber": "S1"}],
    "virtualmachines": [{"name": "web", "status": "running", "uuid": "3f0a1b2c-0000-4000-8000-00000000000a", "vcpu": 2, "memory": 4096, "vmtype": "qemu"}],
    "softwares": [{"name": "Oracle Database 19c Enterprise Edition"}],
    "batteries": [[1, {"a": null}], true]
  }
}`

const glpiXML = `<?xml version="1.0"?><REQUEST><CONTENT>
<ACCOUNTINFO><KEYNAME>TAG</KEYNAME><KEYVALUE>Mairie</KEYVALUE></ACCOUNTINFO><VERSIONCLIENT>GLPI-Agent_v1.7</VERSIONCLIENT>
<HARDWARE><NAME>kvm1</NAME><MEMORY>65536</MEMORY><UUID>11111111-2222-4333-8444-555555555555</UUID><VMSYSTEM>Physical</VMSYSTEM><CHASSIS_TYPE>Rack Mount Chassis</CHASSIS_TYPE></HARDWARE>
<BIOS><SMANUFACTURER>HPE</SMANUFACTURER><SMODEL>ProLiant DL380 Gen10</SMODEL><SSN>CZ1</SSN></BIOS>
<OPERATINGSYSTEM><FULL_NAME>Debian GNU/Linux 12</FULL_NAME></OPERATINGSYSTEM>
<CPUS><NAME>Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz</NAME><CORE>16</CORE><THREAD>32</THREAD><SPEED>2100</SPEED></CPUS>
<CPUS><NAME>Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz</NAME><CORE>16</CORE><THREAD>32</THREAD><SPEED>2100</SPEED></CPUS>
<STORAGES><NAME>sda</NAME><TYPE>disk</TYPE><DISKSIZE>1000204</DISKSIZE><SERIALNUMBER>S1</SERIALNUMBER></STORAGES>
<VIRTUALMACHINES><NAME>web</NAME><STATUS>running</STATUS><UUID>3f0a1b2c-0000-4000-8000-00000000000a</UUID><VCPU>2</VCPU><MEMORY>4096</MEMORY><VMTYPE>qemu</VMTYPE></VIRTUALMACHINES>
<SOFTWARES><NAME>Oracle Database 19c Enterprise Edition</NAME></SOFTWARES>
</CONTENT><DEVICEID>kvm1-2026-01-01-10-00-00</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>`

// TestJSONIsTheSameDocument reads one machine in both letters of its agent.
func TestJSONIsTheSameDocument(t *testing.T) {
	of := func(name, text string) *inventory.Estate {
		e := readFiles(t, map[string]string{name: text}, ocs.Options{})
		for i := range e.Hosts {
			e.Hosts[i].From = nil
		}
		for i := range e.Workloads {
			e.Workloads[i].From = nil
		}
		for i := range e.Findings {
			e.Findings[i].At, e.Findings[i].Line = "", 0
		}
		return e
	}
	var asXML, asJSON bytes.Buffer
	for b, e := range map[*bytes.Buffer]*inventory.Estate{&asXML: of("a.xml", glpiXML), &asJSON: of("a.json", glpiJSON)} {
		if err := inventory.EncodeYAML(b, e); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(asXML.String(), asJSON.String()); diff != "" {
		t.Errorf("the estates differ (-XML +JSON):\n%s", diff)
	}
	if !strings.Contains(asJSON.String(), "cores: 32, threads: 64") {
		t.Errorf("the processors were not read:\n%s", asJSON.String())
	}
}

func TestJSONLines(t *testing.T) {
	e := readFiles(t, map[string]string{"a.json": glpiJSON}, ocs.Options{})
	if from := e.Hosts[0].From[0]; from.Line != 5 {
		t.Errorf("the host is from line %d, want that of hardware", from.Line)
	}
}

func TestOddJSON(t *testing.T) {
	tests := []struct{ name, text, code, says string }{
		{"cut off", glpiJSON[:700], "document-unreadable", "it ends too early"},
		{"a switch", strings.Replace(glpiJSON, `"Computer"`, `"NetworkEquipment"`, 1), "document-skipped", "NetworkEquipment"},
		{"an update", strings.Replace(glpiJSON, `"tag"`, `"partial": true, "tag"`, 1), "document-skipped", "partial"},
		{"another message", strings.Replace(glpiJSON, `"inventory"`, `"contact"`, 1), "document-skipped", "contact"},
		{"no machine", `{"deviceid": "x", "content": {"versionclient": "y"}}`, "document-skipped", "neither hardware nor bios"},
		{"deep", `{"deviceid": "x", "content": {"hardware": {"a": ` + strings.Repeat("[", 50_000), "document-unreadable", "nest deeper"},
		{"broken", strings.Replace(glpiJSON, `"memory": 65536,`, `"memory": 65536`, 1), "document-unreadable", "invalid character"},
		{"negative memory", strings.Replace(glpiJSON, `65536`, `-65536`, 1), "figure-impossible", "-65536"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := readFiles(t, map[string]string{"a.json": tt.text, "b.xml": document("z", hardware("z"), proliant)}, ocs.Options{})
			for _, f := range e.Findings {
				if f.Code == tt.code && strings.Contains(f.What, tt.says) {
					return
				}
			}
			t.Errorf("no finding %s with %q: %+v", tt.code, tt.says, e.Findings)
		})
	}
}

// TestJSONOfOthersIsLeftAlone has an estate lie in a folder of documents.
func TestJSONOfOthersIsLeftAlone(t *testing.T) {
	files := map[string]string{"a.json": glpiJSON, "estate.json": `{"version": 1, "hosts": []}`, "plan.json": `{"version": 1, "placements": []}`}
	e := readFiles(t, files, ocs.Options{})
	if e.Sources[0].Counts["documents"] != 1 {
		t.Errorf("documents %v, want one", e.Sources[0].Counts)
	}
	for name, text := range files {
		if got, want := ocs.Recognise([]byte(text), name), name == "a.json"; got != want {
			t.Errorf("Recognise(%s) = %v", name, got)
		}
	}
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(glpiJSON))
	f.Add([]byte(serverAnswer))
	f.Add([]byte(`{"content":{"hardware":[{"name":1e400}],"cpus":{"core":-1}},"partial":"true"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "a.json")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := ocs.Read(t.Context(), []string{path}, ocs.Options{Workstations: true, Workers: 1})
		if err == nil && len(e.Hosts)+len(e.Workloads) == 0 {
			t.Error("a document was read and gave nothing")
		}
	})
}
