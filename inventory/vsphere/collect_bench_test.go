package vsphere_test

import (
	"fmt"
	"net/http"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sobre/inventory/vsphere"
)

// BenchmarkCollect reads vCenters of different sizes in pages of 100. What it
// holds at its peak, less the estate itself, must not grow with the size:
// compare overhead-MB.
func BenchmarkCollect(b *testing.B) {
	for _, n := range []int{400, 4000} {
		b.Run(strconv.Itoa(n)+"VMs", func(b *testing.B) {
			p := newProxy(b, vcenter(b))
			multiply(b, p, n)
			o := account(p.URL)
			o.PageSize, o.History, o.Zone = 100, 7*24*time.Hour, time.UTC
			var peak uint64
			o.Progress = func(vsphere.Progress) { peak = max(peak, liveBytes()) }
			b.ResetTimer()
			for b.Loop() {
				before := liveBytes()
				peak = 0
				e := collect(b, o)
				if len(e.Workloads) != n {
					b.Fatalf("got %d workloads", len(e.Workloads))
				}
				after := liveBytes()
				b.ReportMetric(float64(after-before)/float64(n), "estate-B/VM")
				b.ReportMetric(float64(int64(peak)-int64(after))/(1<<20), "overhead-MB")
				runtime.KeepAlive(e)
			}
		})
	}
}

// liveBytes is what the heap holds that is still in use. It costs a
// collection, so the time of the benchmark says little.
func liveBytes() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// multiply makes the proxy answer with n VMs, copies of the simulator's first.
func multiply(t testing.TB, p *proxy, n int) {
	t.Helper()
	var template string
	object := regexp.MustCompile(`(?s)<objects><obj type="VirtualMachine">.*?</objects>`)
	p.response = func(_, answer string) string {
		if template == "" {
			template = object.FindString(answer)
		}
		return answer
	}
	collect(t, account(p.URL))
	if template == "" {
		t.Fatal("no VM to copy")
	}
	p.response = nil
	page := regexp.MustCompile(`<maxObjects>(\d+)</maxObjects>`)
	token := regexp.MustCompile(`<token>copies-(\d+)-(\d+)</token>`)
	var mu sync.Mutex // the page is built once and cut from one buffer
	var buffer strings.Builder
	p.request = func(method, body string) (int, string) {
		from, size := 0, 0
		switch {
		case method == "RetrievePropertiesEx" && strings.Contains(body, "<type>VirtualMachine</type>"):
			size, _ = strconv.Atoi(page.FindStringSubmatch(body)[1])
		case method == "ContinueRetrievePropertiesEx" && token.MatchString(body):
			m := token.FindStringSubmatch(body)
			from, _ = strconv.Atoi(m[1])
			size, _ = strconv.Atoi(m[2])
		default:
			return 0, ""
		}
		mu.Lock()
		defer mu.Unlock()
		buffer.Reset()
		writeCopies(&buffer, method, template, copies{from, min(from+size, n), size, n})
		return http.StatusOK, buffer.String()
	}
}

// copies is which VMs a page holds, of how many.
type copies struct{ from, to, size, all int }

func writeCopies(w *strings.Builder, method, template string, c copies) {
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><%sResponse xmlns="urn:vim25"><returnval>`, method)
	if c.to < c.all {
		fmt.Fprintf(w, "<token>copies-%d-%d</token>", c.to, c.size)
	}
	for i := c.from; i < c.to; i++ {
		o := regexp.MustCompile(`<obj type="VirtualMachine">[^<]*<`).ReplaceAllString(template, fmt.Sprintf(`<obj type="VirtualMachine">vm-9%05d<`, i))
		w.WriteString(regexp.MustCompile(`(<name>name</name><val [^>]*>)[^<]*<`).ReplaceAllString(o, fmt.Sprintf("${1}copy-%05d<", i)))
	}
	fmt.Fprintf(w, "</returnval></%sResponse></soapenv:Body></soapenv:Envelope>", method)
}
