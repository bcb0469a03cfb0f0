package vsphere_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sobre/inventory"
	"sobre/inventory/vsphere"
)

// FuzzAnswer lets a server answer anything when it is asked for objects. A
// collection ends, with an estate that can be written and read, or an error.
func FuzzAnswer(f *testing.F) {
	for _, inside := range []string{
		"",
		"<token>1</token>",
		anObject("HostSystem", "host-1", aText("name", "esx1"), aProperty("summary.hardware.numCpuCores", "xsd:short", "24")),
		anObject("HostSystem", "host-1", aProperty("summary.hardware.memorySize", "xsd:long", "-9223372036854775808")),
		anObject("VirtualMachine", "vm-1", aText("name", "\u009b31mweb"), aProperty("config.hardware.memoryMB", "xsd:int", "2147483647")),
		anObject("VirtualMachine", "vm-1", aProperty("config.hardware.device", "ArrayOfVirtualDevice",
			`<VirtualDevice xsi:type="VirtualDisk"><key>1</key><backing xsi:type="VirtualCdromIsoBackingInfo"><fileName>[x] y</fileName></backing><capacityInKB>-1</capacityInKB></VirtualDevice>`)),
		anObject("VirtualMachine", "vm-1", aProperty("config.hardware.device", "ArrayOfVirtualDevice", `<VirtualDevice xsi:type="ManagedObjectReference" type="x">y</VirtualDevice>`)),
		anObject("ClusterComputeResource", "domain-c1", aProperty("configurationEx", "ClusterConfigInfoEx",
			`<rule xsi:type="ClusterAffinityRuleSpec"><key>1</key><vm type="VirtualMachine">vm-1</vm></rule><group xsi:type="ClusterVmGroup"><name>g</name></group>`)),
		anObject("VirtualMachine", "vm-1", aProperty("config.cpuAllocation.reservation", "xsd:long", "9223372036854775807"),
			aProperty("config.memoryAllocation.limit", "xsd:long", "9223372036854775807")),
		anObject("Folder", "group-1", aText("name", "a"), aProperty("parent", `ManagedObjectReference" type="Folder`, "group-1")),
	} {
		f.Add(inside)
	}
	f.Fuzz(func(t *testing.T, inside string) {
		s := httptest.NewServer(anything(inside))
		defer s.Close()
		o := account(s.URL)
		o.Deadline = 10 * time.Second // a hang shows as an error of the deadline
		e, err := vsphere.Collect(t.Context(), o)
		if err != nil {
			if strings.Contains(err.Error(), "--timeout") {
				t.Fatalf("the collection did not end: %v", err)
			}
			return
		}
		if _, err := inventory.Decode[inventory.Estate](bytes.NewReader(yamlOf(t, e)), "estate.yaml"); err != nil {
			t.Fatalf("the estate cannot be read back: %v", err)
		}
	})
}

// anything is a server that lets everybody in and answers all questions for
// objects with the same text.
func anything(inside string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		method := "?"
		if m := soapMethod.FindSubmatch(body); m != nil {
			method = string(m[1])
		}
		answer := ""
		switch method {
		case "RetrieveServiceContent":
			answer = `<rootFolder type="Folder">group-d1</rootFolder><propertyCollector type="PropertyCollector">pc</propertyCollector><viewManager type="ViewManager">vm</viewManager>` +
				`<about><name>x</name><fullName>x</fullName><apiType>VirtualCenter</apiType></about><sessionManager type="SessionManager">sm</sessionManager><perfManager type="PerformanceManager">pm</perfManager>`
		case "Login":
			answer = `<key>1</key><userName>a</userName><loginTime>2026-01-02T03:04:05Z</loginTime>`
		case "CreateContainerView":
			fmt.Fprintf(w, envelope, method, ` type="ContainerView"`, "view-1")
			return
		case "RetrievePropertiesEx", "ContinueRetrievePropertiesEx", "QueryPerf":
			answer = inside
		}
		fmt.Fprintf(w, envelope, method, "", answer)
	}
}

const envelope = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ` +
	`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><%[1]sResponse xmlns="urn:vim25"><returnval%[2]s>%[3]s</returnval></%[1]sResponse></soapenv:Body></soapenv:Envelope>`

func anObject(kind, id string, properties ...string) string {
	return fmt.Sprintf(`<objects><obj type="%s">%s</obj>%s</objects>`, kind, id, strings.Join(properties, ""))
}

func aProperty(name, kind, inside string) string {
	return fmt.Sprintf(`<propSet><name>%s</name><val xsi:type="%s">%s</val></propSet>`, name, kind, inside)
}

func aText(name, inside string) string { return aProperty(name, "xsd:string", inside) }
