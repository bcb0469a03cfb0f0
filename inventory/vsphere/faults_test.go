package vsphere_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sobre/inventory"
	"sobre/inventory/vsphere"
)

// fault is an answer that refuses a call.
func fault(kind, inside string) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>
<faultcode>ServerFaultCode</faultcode><faultstring>refused</faultstring>
<detail><%[1]sFault xmlns="urn:vim25" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="%[1]s">%[2]s</%[1]sFault></detail>
</soapenv:Fault></soapenv:Body></soapenv:Envelope>`, kind, inside)
}

// TestOldServer refuses properties that it does not know, as versions of
// vSphere before them do; it still gives the rest.
func TestOldServer(t *testing.T) {
	p := newProxy(t, small(t))
	p.request = func(method, body string) (int, string) {
		for _, path := range []string{"hardware.systemInfo.serialNumber", "config.latencySensitivity.level"} {
			if method == "RetrievePropertiesEx" && strings.Contains(body, path) {
				return http.StatusInternalServerError, fault("InvalidProperty", "<name>"+path+"</name>")
			}
		}
		return 0, ""
	}
	e := collect(t, account(p.URL))
	if len(e.Hosts) == 0 || len(e.Workloads) == 0 || e.Hosts[0].CPU.Cores == 0 {
		t.Errorf("got %d hosts and %d workloads", len(e.Hosts), len(e.Workloads))
	}
	var got []string
	for _, f := range e.Findings {
		if f.Code == "property-unsupported" {
			got = append(got, f.At)
		}
	}
	if want := []string{"HostSystem.hardware.systemInfo.serialNumber", "VirtualMachine.config.latencySensitivity.level"}; !slices.Equal(got, want) {
		t.Errorf("findings speak of %v, want %v", got, want)
	}
}

// TestDeniedProperties takes the devices and the memory of VMs away, as a
// server does for an account without the right to them.
func TestDeniedProperties(t *testing.T) {
	p := newProxy(t, small(t))
	denied := regexp.MustCompile(`(?s)<propSet><name>(config\.hardware\.(?:device|memoryMB)|summary\.config\.memorySizeMB)</name>.*?</propSet>`)
	p.response = func(method, answer string) string {
		if !strings.Contains(answer, "VirtualMachine") || method != "RetrievePropertiesEx" {
			return answer
		}
		return moveToMissing(answer, denied)
	}
	e := collect(t, account(p.URL))
	for _, w := range e.Workloads {
		if w.Memory.Known() || len(w.Pins) > 0 {
			t.Errorf("%s has memory %v and pins %v, which nobody told", w.ID, w.Memory, w.Pins)
		}
	}
	counts := map[string]int{}
	for _, f := range e.Findings {
		counts[f.Code]++
		if f.Code == "permission-missing" && !strings.Contains(f.Do, "Read-only") {
			t.Errorf("finding does not say what to do: %+v", f)
		}
	}
	if counts["permission-missing"] != 3 || counts["memory-unknown"] != len(e.Workloads) || counts["pins-unknown"] != len(e.Workloads) {
		t.Errorf("findings by code: %v", counts)
	}
}

// moveToMissing turns matching properties of each object into the note that
// the account lacks a right.
func moveToMissing(answer string, denied *regexp.Regexp) string {
	object := regexp.MustCompile(`(?s)<objects>.*?</objects>`)
	return object.ReplaceAllStringFunc(answer, func(o string) string {
		missing := ""
		o = denied.ReplaceAllStringFunc(o, func(set string) string {
			missing += fmt.Sprintf(`<missingSet><path>%s</path><fault><fault xsi:type="NoPermission">`+
				`<object type="VirtualMachine">vm-1</object><privilegeId>System.Read</privilegeId></fault></fault></missingSet>`, denied.FindStringSubmatch(set)[1])
			return ""
		})
		return strings.Replace(o, "</objects>", missing+"</objects>", 1)
	})
}

// TestRefusedSections refuses whole kinds of object. Those a plan can do
// without are findings; without hosts or VMs there is no estate.
func TestRefusedSections(t *testing.T) {
	for _, c := range []struct {
		kind string
		want string // part of the error; "": a finding
	}{
		{"Datastore", ""}, {"ResourcePool", ""}, {"ClusterComputeResource", ""}, {"Folder", ""},
		{"HostSystem", "listing the hosts"}, {"VirtualMachine", "listing the VMs"},
	} {
		t.Run(c.kind, func(t *testing.T) {
			p := newProxy(t, small(t))
			p.request = func(method, body string) (int, string) {
				if method == "CreateContainerView" && strings.Contains(body, ">"+c.kind+"<") {
					return http.StatusInternalServerError, fault("NoPermission", "<privilegeId>System.View</privilegeId>")
				}
				return 0, ""
			}
			e, err := vsphere.Collect(t.Context(), account(p.URL))
			if c.want != "" {
				checkError(t, err, []string{c.want})
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(e.Findings, func(f inventory.Finding) bool { return f.Code == "section-unreadable" }) {
				t.Error("nothing says that a section is missing")
			}
		})
	}
}

// TestNoPerformance refuses performance data, in words or by a broken
// connection: only those figures are lost.
func TestNoPerformance(t *testing.T) {
	for name, answer := range map[string]struct {
		status int
		text   string
	}{
		"refused": {http.StatusInternalServerError, fault("RestrictedByAdministrator", "<details>vpxd.stats.maxQueryMetrics</details>")},
		"broken":  {http.StatusBadGateway, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProxy(t, vcenter(t))
			p.request = func(method, _ string) (int, string) {
				if method == "QueryPerf" {
					return answer.status, answer.text
				}
				return 0, ""
			}
			o := account(p.URL)
			o.History = 24 * time.Hour
			e := collect(t, o)
			if len(e.Workloads) != 40 || e.Hosts[0].Power.Mean.Known() || e.Hosts[0].Use.CPU.P95.Known() {
				t.Errorf("got %d workloads, power %v, use %v", len(e.Workloads), e.Hosts[0].Power, e.Hosts[0].Use)
			}
			var sections []string
			for _, f := range e.Findings {
				if f.Code == "section-unreadable" {
					sections = append(sections, f.Values["section"])
				}
			}
			if want := []string{"history of use", "power of the hosts"}; !slices.Equal(sections, want) {
				t.Errorf("findings speak of %v, want %v", sections, want)
			}
		})
	}
}

// TestBrokenPages ends the listing of VMs in the middle: there is no estate,
// because half of one would look whole.
func TestBrokenPages(t *testing.T) {
	for name, answer := range map[string]string{
		"nothing":    "",
		"cut":        `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><ContinueRetr`,
		"entities":   `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>`,
		"other root": `<x/>`,
		"expired":    fault("NotAuthenticated", ""),
	} {
		t.Run(name, func(t *testing.T) {
			p := newProxy(t, small(t))
			p.request = func(method, _ string) (int, string) {
				if method == "ContinueRetrievePropertiesEx" {
					return http.StatusOK, answer
				}
				return 0, ""
			}
			o := account(p.URL)
			o.PageSize = 1
			e, err := vsphere.Collect(t.Context(), o)
			if err == nil || e != nil {
				t.Fatalf("got an estate and error %v", err)
			}
		})
	}
}

// TestHiddenHosts takes a host away from a cluster that says it has two.
func TestHiddenHosts(t *testing.T) {
	p := newProxy(t, vcenter(t))
	p.response = func(_, answer string) string {
		return regexp.MustCompile(`(?s)<objects><obj type="HostSystem">host-37</obj>.*?</objects>`).ReplaceAllString(answer, "")
	}
	e := collect(t, account(p.URL))
	i := slices.IndexFunc(e.Findings, func(f inventory.Finding) bool { return f.Code == "hosts-hidden" })
	if i < 0 || e.Findings[i].Values["hosts"] != "8" || e.Findings[i].Values["seen"] != "7" {
		t.Errorf("nothing says that a host of the cluster is hidden")
	}
}

// TestHostileNames puts what a name must not do to a terminal, a rule or a
// file into names.
func TestHostileNames(t *testing.T) {
	p := newProxy(t, small(t))
	p.response = func(_, answer string) string {
		return strings.ReplaceAll(answer, ">DC0_H0_VM0<", ">*\u009b31m\u202e"+strings.Repeat("x", 100_000)+"<")
	}
	e := collect(t, account(p.URL))
	for _, w := range e.Workloads {
		if strings.ContainsAny(w.ID, "*?\u009b\u202e") || strings.ContainsAny(w.Name, "\u009b\u202e") || len(w.Name) > 2000 || w.ID == "" {
			t.Errorf("ID %.50q, name %.50q of %d bytes", w.ID, w.Name, len(w.Name))
		}
	}
}
