package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// ocsServer serves one machine over TLS to the account audit.
func ocsServer(t *testing.T) (address string) {
	t.Helper()
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch user, password, _ := r.BasicAuth(); {
		case user != "audit" || password != "pass word":
			w.WriteHeader(http.StatusUnauthorized)
		case strings.HasSuffix(r.URL.Path, "/computers/listID"):
			fmt.Fprint(w, `[{"ID":1}]`)
		case r.URL.Query().Get("start") == "0":
			fmt.Fprint(w, `{"1":{"hardware":{"NAME":"etatcivil","MEMORY":8192,"OSNAME":"Debian GNU/Linux"},"bios":[{"SMANUFACTURER":"HP","SMODEL":"ProLiant DL380 G5"}]}}`)
		default:
			fmt.Fprint(w, "null")
		}
	}))
	t.Cleanup(s.Close)
	writeFile(t, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})))
	return s.URL
}

func TestCollectOCS(t *testing.T) {
	t.Chdir(t.TempDir())
	address := ocsServer(t)
	writeFile(t, "password", "pass word\n")
	writeFile(t, "german.csv", "Rechner;Betriebssystem;Arbeitsspeicher;\r\n\"etatcivil\";\"SUSE Linux Enterprise\";\"8192\";")
	writeFile(t, "columns.yaml", "name: Rechner\nos: Betriebssystem\nmemory: Arbeitsspeicher\n")
	for _, name := range []string{"SOBRE_OCS_USER", "SOBRE_OCS_PASSWORD"} {
		t.Setenv(name, "")
	}
	for _, c := range []struct {
		name string
		env  map[string]string
		args []string
		ok   bool
		want string // on standard output or error
	}{
		{"password file", nil, []string{"--url", address, "--user", "audit", "--ca", "ca.pem", "--password-file", "password"}, true, "id: etatcivil"},
		{"environment", map[string]string{"SOBRE_OCS_USER": "audit", "SOBRE_OCS_PASSWORD": "pass word"}, []string{"--url", address, "--insecure"}, true, "id: etatcivil"},
		{"wrong password", map[string]string{"SOBRE_OCS_PASSWORD": "wrong"}, []string{"--url", address, "--user", "audit", "--ca", "ca.pem"}, false, "refuses user"},
		{"no password", nil, []string{"--url", address, "--user", "audit", "--ca", "ca.pem"}, false, "SOBRE_OCS_PASSWORD"},
		{"untrusted", nil, []string{"--url", address}, false, "--ca"},
		{"too slow", nil, []string{"--url", address, "--ca", "ca.pem", "--timeout", "1ns"}, false, "--timeout"},
		{"files and a server", nil, []string{"--url", address, "x.csv"}, false, "not both"},
		{"nothing", nil, nil, false, "--url"},
		{"console in German", nil, []string{"german.csv", "--columns", "columns.yaml"}, true, "memory: 8 GiB"},
		{"console in German without columns", nil, []string{"german.csv"}, false, "no inventory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for k, v := range c.env {
				t.Setenv(k, v)
			}
			var out bytes.Buffer
			cmd := newCollectOCSCmd()
			addCommonFlags(cmd)
			cmd.SilenceUsage, cmd.SilenceErrors = true, true
			cmd.SetArgs(append([]string{}, c.args...))
			cmd.SetIn(strings.NewReader(""))
			cmd.SetOut(&out)
			cmd.SetErr(&out)
			err := cmd.ExecuteContext(t.Context())
			said := out.String()
			if err != nil {
				said += err.Error()
			}
			if (err == nil) != c.ok || !strings.Contains(said, c.want) {
				t.Errorf("error %v, said %q, want %q", err, said, c.want)
			}
			if strings.Contains(said, "pass word") {
				t.Error("the password is shown")
			}
		})
	}
}
