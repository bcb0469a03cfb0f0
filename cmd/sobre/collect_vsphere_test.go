package main

import (
	"bytes"
	"crypto/tls"
	"encoding/pem"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vmware/govmomi/simulator"

	"sobre/inventory"
	"sobre/inventory/open"
)

// vcenter starts a small vCenter for the account audit, and returns its URL
// and the file of its authority.
func vcenter(t *testing.T) (address, ca string) {
	t.Helper()
	m := simulator.VPX()
	if err := m.Create(); err != nil {
		t.Fatal(err)
	}
	m.Service.TLS = new(tls.Config)
	m.Service.Listen = &url.URL{User: url.UserPassword("audit", "pass word")}
	s := m.Service.NewServer()
	t.Cleanup(func() {
		s.Close()
		m.Remove()
	})
	ca = filepath.Join(t.TempDir(), "ca.pem")
	writeFile(t, ca, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})))
	return "https://" + s.URL.Host, ca
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCollectVSphere(t *testing.T) {
	address, ca := vcenter(t)
	t.Chdir(t.TempDir())
	writeFile(t, "password", "pass word\r\n")
	writeFile(t, "empty", "\n")
	for _, name := range []string{"SOBRE_VSPHERE_USER", "GOVC_USERNAME", "SOBRE_VSPHERE_PASSWORD", "GOVC_PASSWORD", "SOBRE_VSPHERE_URL"} {
		t.Setenv(name, "")
	}
	for _, c := range []struct {
		name string
		env  map[string]string
		args []string
		out  string // file that holds the estate; "-": standard output
		ok   bool
		want string // in the error, or else on standard error
	}{
		{"password file", nil, []string{"--url", address, "--user", "audit", "--ca", ca, "--password-file", "password", "-o", "e.yaml"}, "e.yaml", true, "hosts 4, clusters 1, VMs 4"},
		{"snapshot", nil, []string{"--url", address, "--user", "audit", "--ca", ca, "--password-file", "password", "-o", "e.yaml", "--snapshot", "town.snap"}, "e.yaml", true, "VMs 4"},
		{"environment", map[string]string{"SOBRE_VSPHERE_USER": "audit", "SOBRE_VSPHERE_PASSWORD": "pass word"}, []string{"--url", address, "--ca", ca, "-o", "e.json"}, "e.json", true, "VMs 4"},
		{"govc environment", map[string]string{"GOVC_USERNAME": "audit", "GOVC_PASSWORD": "pass word", "SOBRE_VSPHERE_URL": address}, []string{"--insecure"}, "-", true, "VMs 4"},
		{"no password", nil, []string{"--url", address, "--user", "audit", "-o", "none.yaml"}, "", false, "--password-file"},
		{"empty password file", nil, []string{"--url", address, "--user", "audit", "--password-file", "empty", "-o", "none.yaml"}, "", false, "does not hold one"},
		{"password in the URL", nil, []string{"--url", "https://audit:pass@vcenter.example", "-o", "none.yaml"}, "", false, "other users of this machine can see"},
		{"untrusted", nil, []string{"--url", address, "--user", "audit", "--password-file", "password", "-o", "none.yaml"}, "", false, "--thumbprint"},
		{"wrong password", map[string]string{"GOVC_PASSWORD": "wrong"}, []string{"--url", address, "--user", "audit", "--ca", ca, "-o", "none.yaml"}, "", false, "refuses user"},
		{"nowhere to write", nil, []string{"--url", address, "--user", "audit", "--ca", ca, "--password-file", "password", "-o", "none/e.yaml"}, "", false, "writing none/e.yaml"},
		{"deadline", nil, []string{"--url", address, "--user", "audit", "--ca", ca, "--password-file", "password", "--timeout", "1ns", "-o", "none.yaml"}, "", false, "--timeout"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for k, v := range c.env {
				t.Setenv(k, v)
			}
			var stdout, stderr bytes.Buffer
			cmd := newCollectVSphereCmd()
			addCommonFlags(cmd)
			cmd.SilenceUsage, cmd.SilenceErrors = true, true
			cmd.SetArgs(c.args)
			cmd.SetIn(strings.NewReader(""))
			cmd.SetOut(&stdout)
			cmd.SetErr(&stderr)
			err := cmd.ExecuteContext(t.Context())
			said := stderr.String()
			if err != nil {
				said += err.Error()
			}
			if (err == nil) != c.ok || !strings.Contains(said, c.want) {
				t.Errorf("error %v, standard error %q, want %q", err, stderr.String(), c.want)
			}
			if _, err := os.Stat("none.yaml"); err == nil {
				t.Error("an estate was written")
			}
			checkEstate(t, c.out, stdout.Bytes())
		})
	}
}

// TestPlanFromSnapshot reads the estate from what a vCenter answered before.
func TestPlanFromSnapshot(t *testing.T) {
	address, ca := vcenter(t)
	t.Chdir(t.TempDir())
	writeFile(t, "password", "pass word\n")
	var out bytes.Buffer
	cmd := newCollectVSphereCmd()
	addCommonFlags(cmd)
	cmd.SetArgs([]string{"--url", address, "--user", "audit", "--ca", ca, "--password-file", "password", "--zone", "UTC", "-o", "live.yaml", "--snapshot", "town.snap"})
	cmd.SetErr(&out)
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	in := &study{}
	if err := in.readEstate(t.Context(), cmd, []string{"town.snap"}, open.Options{Zone: time.UTC}); err != nil {
		t.Fatal(err)
	}
	live, err := inventory.DecodeFile[inventory.Estate]("live.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(in.estate.Hosts) != len(live.Hosts) || len(in.estate.Workloads) != len(live.Workloads) || in.files[0].Format != string(open.VSphere) {
		t.Errorf("%d hosts and %d VMs of %d and %d, format %s", len(in.estate.Hosts), len(in.estate.Workloads), len(live.Hosts), len(live.Workloads), in.files[0].Format)
	}
}

// checkEstate reads the estate that was written to out, if any.
func checkEstate(t *testing.T, out string, stdout []byte) {
	t.Helper()
	if out != "-" && len(stdout) > 0 {
		t.Errorf("standard output holds %.200s", stdout)
	}
	if out == "" {
		return
	}
	if out != "-" {
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		stdout = data
	}
	e, err := inventory.Decode[inventory.Estate](bytes.NewReader(stdout), out)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Hosts) != 4 || len(e.Workloads) != 4 {
		t.Errorf("the estate has %d hosts and %d workloads", len(e.Hosts), len(e.Workloads))
	}
}
