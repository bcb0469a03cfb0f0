package vsphere_test

import (
	"bytes"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/vmware/govmomi/simulator"
)

// proxy stands between a collection and the simulator. It records the methods
// that go over the wire, and can answer in the server's place.
type proxy struct {
	*httptest.Server
	to     *simulator.Server
	client *http.Client

	// request may answer a call itself: a status other than 0 does.
	request func(method, body string) (status int, answer string)
	// response may change an answer of the simulator.
	response func(method, answer string) string

	mu    sync.Mutex
	calls []string
}

var soapMethod = regexp.MustCompile(`<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)`)

func newProxy(t testing.TB, to *simulator.Server) *proxy {
	t.Helper()
	p := &proxy{to: to, client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}}
	p.Server = httptest.NewTLSServer(p)
	t.Cleanup(p.Close)
	return p
}

// ServeHTTP passes one call on.
func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	method := "?"
	if m := soapMethod.FindSubmatch(body); m != nil {
		method = string(m[1])
	}
	p.mu.Lock()
	p.calls = append(p.calls, method)
	p.mu.Unlock()
	if p.request != nil {
		if status, answer := p.request(method, string(body)); status != 0 {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, answer)
			return
		}
	}
	target := url.URL{Scheme: p.to.URL.Scheme, Host: p.to.URL.Host, Path: r.URL.Path}
	req, err := http.NewRequestWithContext(r.Context(), r.Method, target.String(), bytes.NewReader(body))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	req.Header = r.Header.Clone()
	req.Header.Del("Accept-Encoding")
	res, err := p.client.Do(req)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer res.Body.Close()
	answer, _ := io.ReadAll(res.Body)
	if p.response != nil {
		answer = []byte(p.response(method, string(answer)))
	}
	res.Header.Del("Content-Length")
	for k, v := range res.Header {
		w.Header()[k] = v
	}
	w.WriteHeader(res.StatusCode)
	_, _ = w.Write(answer)
}

// methods are the names of the methods that were called, each once.
func (p *proxy) methods() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	sorted := slices.Sorted(slices.Values(p.calls))
	return slices.Compact(sorted)
}

// count is how often a method was called.
func (p *proxy) count(method string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, m := range p.calls {
		if m == method {
			n++
		}
	}
	return n
}
