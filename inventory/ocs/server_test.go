package ocs_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory/ocs"
)

// serverAnswer is what GET /ocsapi/v1/computers gives: the tables of the
// server's database, by machine.
const serverAnswer = `{
"27": {"accountinfo": [{"HARDWARE_ID": 27, "TAG": "Mairie"}], "batteries": [],
  "bios": [{"HARDWARE_ID": 27, "SMANUFACTURER": "Dell Inc.", "SMODEL": "PowerEdge R620", "SSN": "3FH", "TYPE": "Rack Mount Chassis"}],
  "cpus": [{"CORES": 8, "LOGICAL_CPUS": 16, "SPEED": "2000", "TYPE": "Intel(R) Xeon(R) CPU E5-2650 0 @ 2.00GHz"},
           {"CORES": 8, "LOGICAL_CPUS": 16, "SPEED": "2000", "TYPE": "Intel(R) Xeon(R) CPU E5-2650 0 @ 2.00GHz"}],
  "hardware": {"ID": 27, "DEVICEID": "srv-2026-01-01-00-00-00", "NAME": "srv", "MEMORY": 65536, "OSNAME": "Debian GNU/Linux", "LASTDATE": "2026-11-01 10:00:00", "USERAGENT": "OCS-NG_unified_unix_agent_v2.10.0"}},
"3": {"hardware": {"ID": 3, "DEVICEID": "web-2026-01-01-00-00-00", "NAME": "web", "MEMORY": 4096, "OSNAME": "Debian GNU/Linux", "LASTDATE": "0000-00-00"},
  "bios": [{"SMANUFACTURER": "VMware, Inc.", "SMODEL": "VMware Virtual Platform", "SSN": "VMware-56 4d 0a 11 22 33 44 55-66 77 88 99 aa bb cc dd"}]},
"4": {"hardware": {"NAME": "part", "DEVICEID": "part-2026-01-01-00-00-00"}, "cpus": []}, "5": null
}`

func TestServerAnswer(t *testing.T) {
	twice, err := json.Marshal(serverAnswer)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"as documented": serverAnswer, "encoded twice": string(twice)} {
		t.Run(name, func(t *testing.T) {
			e := readFiles(t, map[string]string{"page.json": text, "one.xml": document("z-2026-01-01-00-00-00", hardware("z"), proliant)}, ocs.Options{})
			var got []string
			for _, w := range e.Workloads {
				got = append(got, string(w.Kind)+" "+w.ID+" "+w.Memory.String())
			}
			if diff := cmp.Diff([]string{"physical srv-os 64 GiB", "vm web 4 GiB", "physical z-os 4 GiB"}, got); diff != "" {
				t.Errorf("workloads (-want +got):\n%s", diff)
			}
			if h := e.Hosts[0]; h.CPU.Cores != 16 || h.CPU.Sockets != 2 || h.Labels["tag"] != "Mairie" {
				t.Errorf("host %+v", h)
			}
			if diff := cmp.Diff(map[string]int{"documents": 4, "servers": 2, "guests": 1, "skipped": 1}, e.Sources[0].Counts); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestServerAnswerCutOff(t *testing.T) {
	at := strings.Index(serverAnswer, `"VMware, Inc."`)
	e := readFiles(t, map[string]string{"page.json": serverAnswer[:at]}, ocs.Options{})
	if len(e.Hosts) != 1 {
		t.Errorf("%d hosts, want the one before the end", len(e.Hosts))
	}
	for _, f := range e.Findings {
		if f.Code == "document-unreadable" && strings.Contains(f.What, "it ends too early, after 1 machines") && f.Line == 8 {
			return
		}
	}
	t.Errorf("findings %+v", e.Findings)
}

// TestOverlappingPages has one machine on two pages of the server, which does
// not order them.
func TestOverlappingPages(t *testing.T) {
	e := readFiles(t, map[string]string{"a.json": serverAnswer, "b.json": serverAnswer}, ocs.Options{})
	if len(e.Hosts) != 1 || len(e.Workloads) != 2 {
		t.Errorf("%d hosts and %d workloads, want 1 and 2", len(e.Hosts), len(e.Workloads))
	}
}
