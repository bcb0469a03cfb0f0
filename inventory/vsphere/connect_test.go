package vsphere_test

import (
	"context"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sobre/inventory/vsphere"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/soap"
)

// small is a vCenter with little in it, for tests of one thing that set sets.
func small(t testing.TB, set ...func(*simulator.Registry)) *simulator.Server {
	t.Helper()
	m := simulator.VPX()
	m.ClusterHost, m.Machine, m.Pool = 1, 1, 1
	if err := m.Create(); err != nil {
		t.Fatal(err)
	}
	for _, f := range set {
		f(m.Map())
	}
	return serve(t, m)
}

func TestTrust(t *testing.T) {
	s := small(t)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(ca, block, 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	long, short := soap.ThumbprintSHA256(s.Certificate()), soap.ThumbprintSHA1(s.Certificate())
	for _, c := range []struct {
		name string
		set  func(*vsphere.Options)
		want []string // parts of the error; none: it works
	}{
		{"nothing", func(*vsphere.Options) {}, []string{"--ca", "--thumbprint " + long, "--insecure"}},
		{"ca", func(o *vsphere.Options) { o.CA = ca }, nil},
		{"empty ca", func(o *vsphere.Options) { o.CA = empty }, []string{"no certificate in PEM form"}},
		{"missing ca", func(o *vsphere.Options) { o.CA = filepath.Join(t.TempDir(), "none") }, []string{"reading the authorities"}},
		{"sha256", func(o *vsphere.Options) { o.Thumbprint = long }, nil},
		{"sha256 bare", func(o *vsphere.Options) { o.Thumbprint = strings.ToLower(strings.ReplaceAll(long, ":", "")) }, nil},
		{"sha1", func(o *vsphere.Options) { o.Thumbprint = short }, nil},
		{"other thumbprint", func(o *vsphere.Options) { o.Thumbprint = strings.Repeat("AB:", 31) + "AB" }, []string{"may not be the server you know", long}},
		{"other thumbprint despite ca", func(o *vsphere.Options) { o.CA, o.Thumbprint = ca, strings.Repeat("ab", 20) }, []string{"may not be the server"}},
		{"no thumbprint", func(o *vsphere.Options) { o.Thumbprint = "12:34" }, []string{"64 hex digits"}},
		{"insecure", func(o *vsphere.Options) { o.Insecure = true }, nil},
		{"contradiction", func(o *vsphere.Options) { o.Insecure, o.Thumbprint = true, long }, []string{"contradict"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := vsphere.Options{URL: s.URL.Host, User: user, Password: password}
			c.set(&o)
			_, err := vsphere.Collect(t.Context(), o)
			checkError(t, err, c.want)
		})
	}
}

// checkError wants an error with all of the parts, or none without parts. No
// error may hold the password.
func checkError(t *testing.T, err error, parts []string) {
	t.Helper()
	if len(parts) == 0 {
		if err != nil {
			t.Errorf("got error %v", err)
		}
		return
	}
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("error %q does not hold %q", err, p)
		}
	}
	if strings.Contains(err.Error(), password) {
		t.Errorf("error %q holds the password", err)
	}
}

func TestRefusals(t *testing.T) {
	s := small(t)
	html := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<html><body>Welcome</body></html>"))
	}))
	defer html.Close()
	missing := httptest.NewTLSServer(http.NotFoundHandler())
	defer missing.Close()
	elsewhere := httptest.NewTLSServer(http.RedirectHandler(s.URL.String(), http.StatusFound))
	defer elsewhere.Close()
	closed := httptest.NewServer(nil)
	closed.Close()

	for _, c := range []struct {
		name string
		o    vsphere.Options
		want []string
	}{
		{"wrong password", vsphere.Options{URL: s.URL.Host, User: user, Password: "wrong"}, []string{"refuses user", user}},
		{"no user", vsphere.Options{URL: s.URL.Host, Password: password}, []string{"--user"}},
		{"no URL", vsphere.Options{User: user}, []string{"--url"}},
		{"web page", vsphere.Options{URL: html.URL, User: user, Password: password}, []string{"does not answer like a vCenter"}},
		{"not found", vsphere.Options{URL: missing.URL, User: user, Password: password}, []string{"does not answer like a vCenter", "404"}},
		{"redirection", vsphere.Options{URL: elsewhere.URL, User: user, Password: password}, []string{"another address"}},
		{"nobody there", vsphere.Options{URL: "https://" + closed.Listener.Addr().String(), User: user, Password: password}, []string{"cannot be reached"}},
		{"unknown name", vsphere.Options{URL: "vcenter.invalid", User: user, Password: password}, []string{"vcenter.invalid", "check --url"}},
		{"negative deadline", vsphere.Options{URL: s.URL.Host, User: user, Password: password, Deadline: -1}, []string{"negative"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.o.Insecure = true
			_, err := vsphere.Collect(t.Context(), c.o)
			checkError(t, err, c.want)
		})
	}
}

func TestURLs(t *testing.T) {
	for _, c := range []struct {
		url      string
		insecure bool
		want     string // part of the error; "" when it is fine
	}{
		{"vcenter.example", false, ""},
		{"https://vcenter.example/ui/app/folder;nav=h/urn:vmomi:Folder:group-d1", false, ""},
		{"https://user@vcenter.example/sdk", false, ""},
		{"https://user:" + password + "@vcenter.example/sdk", false, "holds a password"},
		{"user:" + password + "@vcenter.example", false, "holds a password"},
		{"https://user:pa/ss@vcenter.example", false, "holds a password"},
		{"https://user:12/ss@vcenter.example", false, "holds a password"},
		{"https://user:%zz@vcenter.example", false, "holds a password"},
		{"http://vcenter.example", false, "unencrypted"},
		{"http://vcenter.example", true, ""},
		{"ftp://vcenter.example", false, "should look like"},
		{"https://", false, "should look like"},
		{"https://vcenter.example:port", false, "cannot be read"},
	} {
		err := vsphere.Options{URL: c.url, User: user, Insecure: c.insecure}.Validate()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v, want %q", c.url, err, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), password) || strings.Contains(err.Error(), "ss@") || strings.Contains(err.Error(), "%zz")) {
			t.Errorf("%s: error %q repeats the password", c.url, err)
		}
	}
}

// TestDeadline collects from a server that never answers.
func TestDeadline(t *testing.T) {
	release := make(chan struct{})
	deaf := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-release:
		}
	}))
	defer deaf.Close()
	defer close(release)
	o := account(deaf.URL)
	o.Deadline = 50 * time.Millisecond
	_, err := vsphere.Collect(t.Context(), o)
	checkError(t, err, []string{"deadline of 50ms", "--timeout"})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v is no context.DeadlineExceeded", err)
	}
}
