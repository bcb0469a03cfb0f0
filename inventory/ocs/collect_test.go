package ocs_test

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/inventory/ocs"
)

// townServer is an OCS server with faults that real ones have.
type townServer struct {
	machines int
	user     string // "": lets everyone in
	noList   bool   // has no listID
	twice    bool   // encodes listID and sections once more, as 2.8 does
	overlap  bool   // pages without an order: the last row of a page comes again, the row after it never
	broken   map[string]bool
	busy     map[string]int // how often a path answers 503 first
	webPage  bool

	mu    sync.Mutex
	asked []string
}

func (s *townServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := strings.TrimPrefix(r.URL.RequestURI(), "/ocsapi/v1")
	s.asked = append(s.asked, path)
	if user, password, _ := r.BasicAuth(); s.user != "" && (user != s.user || password != "pass word") {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if s.busy[path] > 0 {
		s.busy[path]--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	switch {
	case s.webPage:
		fmt.Fprint(w, "<!DOCTYPE html><title>OCS</title>")
	case s.broken[path]:
		fmt.Fprint(w, `{"7": {"hardware": {"NAME`)
	case path == "/computers/listID" && s.noList:
		w.WriteHeader(http.StatusNotFound)
	case path == "/computers/listID":
		s.list(w)
	case strings.HasPrefix(path, "/computers?"):
		s.page(w, r)
	case strings.HasPrefix(path, "/computer/"):
		n, _ := strconv.Atoi(strings.TrimPrefix(path, "/computer/"))
		fmt.Fprintf(w, "{%s}", s.machine(n))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (s *townServer) list(w http.ResponseWriter) {
	var rows []string
	for n := s.machines; n > 0; n-- { // in no order
		rows = append(rows, fmt.Sprintf(`{"ID":%d}`, n))
	}
	answer := "[" + strings.Join(rows, ",") + "]"
	if s.twice {
		text, _ := json.Marshal(answer)
		answer = string(text)
	}
	fmt.Fprint(w, answer)
}

func (s *townServer) page(w http.ResponseWriter, r *http.Request) {
	start, _ := strconv.Atoi(r.URL.Query().Get("start"))
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	if start >= s.machines || limit == 0 {
		fmt.Fprint(w, "null")
		return
	}
	var rows []string
	for n := start + 1; n <= min(start+limit, s.machines); n++ {
		if s.overlap && n == start+1 && start > 0 {
			rows = append(rows, s.machine(n-1))
			continue
		}
		rows = append(rows, s.machine(n))
	}
	fmt.Fprintf(w, "{%s}", strings.Join(rows, ","))
}

func (s *townServer) machine(n int) string {
	if n == 5 {
		return `"5": {"hardware": {"ID": 5, "DEVICEID": "_SYSTEMGROUP_", "NAME": "all servers"}, "bios": []}`
	}
	cpus := `[{"CORES": 2, "LOGICAL_CPUS": 2, "SPEED": "3000", "TYPE": "Intel(R) Xeon(R) CPU 5160 @ 3.00GHz"}]`
	if s.twice {
		text, _ := json.Marshal(cpus)
		cpus = string(text)
	}
	archive := ""
	if n == 6 {
		archive = "1"
	}
	return fmt.Sprintf(`"%d": {"hardware": {"ID": %d, "DEVICEID": "srv%d-2026-01-01-00-00-00", "NAME": "srv%d", "MEMORY": 8192, "OSNAME": "Debian GNU/Linux", "LASTDATE": "2026-11-01 10:00:00", "ARCHIVE": "%s"},
"bios": [{"SMANUFACTURER": "HP", "SMODEL": "ProLiant DL380 G5", "SSN": "S%d", "TYPE": "Rack Mount Chassis"}], "cpus": %s, "virtualmachines": []}`, n, n, n, n, archive, n, cpus)
}

// start serves s over TLS and returns its address and the file of its authority.
func start(t *testing.T, s *townServer) ocs.Server {
	t.Helper()
	server := httptest.NewTLSServer(s)
	t.Cleanup(server.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := &pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}
	if err := os.WriteFile(ca, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	return ocs.Server{URL: server.URL, CA: ca, Pause: time.Millisecond, PageSize: 4}
}

func TestCollect(t *testing.T) {
	all := []string{"srv1", "srv10", "srv2", "srv3", "srv4", "srv7", "srv8", "srv9"} // 5 is a group, 6 archived
	for name, c := range map[string]struct {
		server *townServer
		want   []string
		code   string // of a finding
	}{
		"as documented":      {&townServer{}, all, "archived-left-out"},
		"with a password":    {&townServer{user: "audit"}, all, ""},
		"encoded twice":      {&townServer{twice: true}, all, ""},
		"pages that overlap": {&townServer{overlap: true}, all, ""},
		"without a list":     {&townServer{noList: true}, all, "list-unreadable"},
		"busy at times":      {&townServer{busy: map[string]int{"/computers/listID": 2, "/computers?limit=4&start=4": 3}}, all, ""},
		"a page that fails":  {&townServer{broken: map[string]bool{"/computers?limit=4&start=0": true}}, all, ""},
		"a machine that fails": {&townServer{broken: map[string]bool{"/computers?limit=4&start=0": true, "/computer/3": true}},
			slices.DeleteFunc(slices.Clone(all), func(n string) bool { return n == "srv3" }), "document-unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			c.server.machines = 10
			s := start(t, c.server)
			s.User, s.Password = c.server.user, "pass word"
			e, err := ocs.Collect(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, h := range e.Hosts {
				got = append(got, h.Name)
				if h.CPU.Cores != 2 || h.Serial == "" {
					t.Errorf("host %+v", h)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("hosts (-want +got):\n%s", diff)
			}
			if !slices.ContainsFunc(e.Findings, func(f inventory.Finding) bool { return f.Code == c.code }) && c.code != "" {
				t.Errorf("no finding %s in %v", c.code, codes(e))
			}
			if e.Sources[0].Counts["archived"] != 1 || e.Sources[0].Counts["groups"] != 1 || strings.Contains(e.Sources[0].Path, "audit") {
				t.Errorf("source %+v", e.Sources[0])
			}
		})
	}
}

// TestCollectGoldens holds the estate of a live server to a file.
func TestCollectGoldens(t *testing.T) {
	s := start(t, &townServer{machines: 7})
	e, err := ocs.Collect(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	e.Sources[0].Path = "https://ocs.example/ocsapi/v1" // the test server's port changes
	checkGolden(t, "collect.golden.yaml", e)
}

func TestCollectFails(t *testing.T) {
	for name, c := range map[string]struct {
		server *townServer
		change func(*ocs.Server)
		want   string
	}{
		"wrong password":  {&townServer{user: "audit"}, func(s *ocs.Server) { s.User, s.Password = "audit", "wrong" }, `refuses user "audit"`},
		"no user":         {&townServer{user: "audit"}, nil, "give --user"},
		"untrusted":       {&townServer{}, func(s *ocs.Server) { s.CA = "" }, "--ca"},
		"no such file":    {&townServer{}, func(s *ocs.Server) { s.CA = "none.pem" }, "none.pem"},
		"a web page":      {&townServer{webPage: true}, nil, "web page"},
		"empty":           {&townServer{noList: true}, nil, "no machine in it"},
		"nobody there":    {&townServer{}, func(s *ocs.Server) { s.URL = "https://127.0.0.1:1" }, "cannot be reached"},
		"password in URL": {&townServer{}, func(s *ocs.Server) { s.URL = "https://a:b@ocs.example" }, "other users of this machine can see"},
		"plain HTTP":      {&townServer{}, func(s *ocs.Server) { s.URL, s.User = "http://ocs.example", "audit" }, "unencrypted"},
		"huge pages":      {&townServer{}, func(s *ocs.Server) { s.PageSize = 5000 }, "--page"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, c.server)
			if c.change != nil {
				c.change(&s)
			}
			e, err := ocs.Collect(t.Context(), s)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %+v, %v, want an error with %q", e, err, c.want)
			}
			if err != nil && (strings.Contains(err.Error(), "wrong\"") || strings.Contains(err.Error(), "a:b")) {
				t.Errorf("the error holds the password: %v", err)
			}
		})
	}
}

func TestCollectStopsWhenAsked(t *testing.T) {
	s := start(t, &townServer{machines: 10, busy: map[string]int{"/computers?limit=4&start=4": 1000}})
	s.Pause = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	s.Read.Progress = func(done, _ int) {
		if done == 4 {
			cancel()
		}
	}
	if _, err := ocs.Collect(ctx, s); err == nil || !strings.Contains(err.Error(), "context canceled") {
		t.Errorf("got %v", err)
	}
}

// TestAddresses has what people paste for the address of the server.
func TestAddresses(t *testing.T) {
	town := &townServer{machines: 1}
	s := start(t, town)
	for _, path := range []string{"", "/", "/ocsreports/", "/ocsreports/index.php?function=x", "/ocsinventory", "/ocsapi", "/ocsapi/v1/computers"} {
		town.asked = nil
		at := s
		at.URL += path
		if _, err := ocs.Collect(t.Context(), at); err != nil || town.asked[0] != "/computers/listID" {
			t.Errorf("%q: asked %v, %v", path, town.asked, err)
		}
	}
}
