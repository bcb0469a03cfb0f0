package vsphere_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vapi/rest"
	_ "github.com/vmware/govmomi/vapi/simulator" // the REST API of the simulator
	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"

	"sobre/inventory"
	"sobre/inventory/vsphere"
)

// TestSnapshot makes the same estate of a snapshot as of the server.
func TestSnapshot(t *testing.T) {
	s := vcenter(t)
	tagged(t, s)
	var file bytes.Buffer
	o := account(s.URL.Host)
	o.History, o.Zone, o.Snapshot, o.Tags = 7*24*time.Hour, time.UTC, &file, true
	live := collect(t, o)
	if w := workloadByID(t, live, "web"); w.Labels["Lot"] != "1, pilote" || w.Labels["cpu_ready_p95"] == "" {
		t.Errorf("web has the labels %v", w.Labels)
	}
	s.Close()
	if !vsphere.RecogniseSnapshot(file.Bytes()[:min(file.Len(), 4096)], "x") {
		t.Error("the snapshot is not recognised")
	}
	again, err := vsphere.ReadSnapshot(t.Context(), bytes.NewReader(file.Bytes()), vsphere.Options{Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(live, again, exact); diff != "" {
		t.Errorf("the snapshot gives another estate (-live +snapshot):\n%s", diff)
	}
	z, err := gzip.NewReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{password, user, "Basic ", "vmware-api-session-id"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("the snapshot holds %s", secret)
		}
	}
	for _, line := range strings.Split(string(text), "\n") {
		if strings.Contains(line, `"call":"Login"`) && !strings.Contains(line, "<key></") {
			t.Errorf("the snapshot holds the key of the session: %s", line)
		}
	}
	if _, err := vsphere.ReadSnapshot(t.Context(), bytes.NewReader(file.Bytes()[:file.Len()/2]), vsphere.Options{}); err == nil || !strings.Contains(err.Error(), "ends too early") {
		t.Errorf("half a snapshot: %v", err)
	}
}

// tagged gives the VM web two tags of one category.
func tagged(t *testing.T, s *simulator.Server) {
	t.Helper()
	u := *s.URL
	vc, err := vim25.NewClient(t.Context(), soap.NewClient(&u, true))
	if err != nil {
		t.Fatal(err)
	}
	c := rest.NewClient(vc)
	if err := c.Login(t.Context(), s.URL.User); err != nil {
		t.Fatal(err)
	}
	m := tags.NewManager(c)
	category, err := m.CreateCategory(t.Context(), &tags.Category{Name: "Lot", Cardinality: "MULTIPLE"})
	if err != nil {
		t.Fatal(err)
	}
	web := guestRef(t, s, "web")
	for _, name := range []string{"pilote", "1"} {
		id, err := m.CreateTag(t.Context(), &tags.Tag{Name: name, CategoryID: category})
		if err != nil {
			t.Fatal(err)
		}
		if err := m.AttachTag(t.Context(), id, web); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTagsAreOptional asks a server whose REST API is off: only the tags are
// missing, which is said.
func TestTagsAreOptional(t *testing.T) {
	o := account(small(t).URL.Host)
	o.Tags, o.Password = true, password
	p := newProxy(t, small(t))
	p.request = func(method, _ string) (int, string) {
		if method == "?" {
			return 404, ""
		}
		return 0, ""
	}
	o.URL = p.URL
	e := collect(t, o)
	if len(e.Workloads) == 0 || !hasFinding(e, "section-unreadable") {
		t.Errorf("%d VMs, findings %+v", len(e.Workloads), e.Findings)
	}
}

// guestRef is the object of a VM by its name.
func guestRef(t *testing.T, s *simulator.Server, name string) mo.Reference {
	t.Helper()
	u := *s.URL
	c, err := govmomi.NewClient(t.Context(), &u, true)
	if err != nil {
		t.Fatal(err)
	}
	vm, err := find.NewFinder(c.Client).VirtualMachine(t.Context(), "/*/vm/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return vm.Reference()
}

func hasFinding(e *inventory.Estate, code string) bool {
	for _, f := range e.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

func TestAttributesAreOptional(t *testing.T) {
	o := account(vcenter(t).URL.Host)
	o.NoAttributes = true
	if w := workloadByID(t, collect(t, o), "web"); w.Labels["Service"] != "" {
		t.Errorf("web has the labels %v", w.Labels)
	}
}

func pack(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		panic(err) // to a buffer: cannot happen
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const snapshotStart = `{"kind":"sobre snapshot of vSphere","version":1,"url":"https://vcenter.example/sdk","history":"168h0m0s","page":0}` + "\n"

func TestBadSnapshots(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":         {"", "ends too early"},
		"other JSON":    {`{"kind":"plan"}` + "\n", "no snapshot"},
		"newer":         {`{"kind":"sobre snapshot of vSphere","version":2}` + "\n", "newer program"},
		"no history":    {`{"kind":"sobre snapshot of vSphere","version":1}` + "\n", "no duration"},
		"nothing in it": {snapshotStart, "ends too early"},
		"no JSON":       {snapshotStart + "hello\n", "snapshot"},
		"wrong answer":  {snapshotStart + `{"call":"RetrieveServiceContent","status":200,"answer":"<a/>"}` + "\n", ""},
	} {
		e, err := vsphere.ReadSnapshot(t.Context(), bytes.NewReader(pack(c.text)), vsphere.Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %+v, %v, want %q", name, e, err, c.want)
		}
	}
	if _, err := vsphere.ReadSnapshot(t.Context(), strings.NewReader("not packed"), vsphere.Options{}); err == nil {
		t.Error("what is not packed is no error")
	}
	for _, head := range []string{"", "\x1f\x8b", "PK\x03\x04", string(pack("<REQUEST>"))} {
		if vsphere.RecogniseSnapshot([]byte(head), "x") {
			t.Errorf("%q is taken for a snapshot", head)
		}
	}
}

func FuzzSnapshot(f *testing.F) {
	f.Add(snapshotStart + `{"call":"RetrieveServiceContent","status":200,"answer":"<a/>"}` + "\n")
	f.Add(snapshotStart + `{"call":"RetrieveServiceContent","status":500,"answer":""}` + "\n{}\n")
	f.Fuzz(func(t *testing.T, text string) {
		e, err := vsphere.ReadSnapshot(t.Context(), bytes.NewReader(pack(text)), vsphere.Options{})
		if err == nil && e == nil {
			t.Error("neither an estate nor an error")
		}
	})
}
