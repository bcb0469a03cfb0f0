package proxmox_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/inventory/proxmox"
)

const resources = `[
 {"id":"node/pve1","type":"node","node":"pve1","status":"online","maxcpu":64,"cpu":0.125,"maxmem":274877906944,"mem":68719476736,"maxdisk":1,"disk":1},
 {"id":"node/pve2","type":"node","node":"pve2","status":"online","maxcpu":32,"cpu":0.5,"maxmem":137438953472,"mem":68719476736},
 {"id":"node/pve3","type":"node","node":"pve3","status":"offline","maxcpu":0,"cpu":0,"maxmem":0,"mem":0},
 {"id":"qemu/100","type":"qemu","vmid":100,"name":"Web","node":"pve1","status":"running","maxcpu":4,"cpu":0.25,"maxmem":8589934592,"mem":4294967296,"maxdisk":34359738368,"disk":0,"template":0,"tags":"prod;web","pool":"dsi"},
 {"id":"qemu/101","type":"qemu","vmid":101,"name":"Web","node":"pve2","status":"stopped","maxcpu":2,"cpu":0,"maxmem":2147483648,"mem":0,"maxdisk":34359738368,"template":0},
 {"id":"qemu/900","type":"qemu","vmid":900,"name":"debian-template","node":"pve1","status":"stopped","maxcpu":1,"maxmem":1073741824,"maxdisk":0,"template":1},
 {"id":"lxc/200","type":"lxc","vmid":"200","name":"dns","node":"pve2","status":"running","maxcpu":1,"cpu":0.01,"maxmem":536870912,"mem":104857600,"maxdisk":8589934592,"disk":1073741824},
 {"id":"qemu/300","type":"qemu","vmid":300,"name":"lost","node":"pve9","status":"running","maxcpu":1,"maxmem":1073741824},
 {"id":"storage/pve1/ceph","type":"storage","storage":"ceph","node":"pve1","shared":1,"plugintype":"rbd","maxdisk":1099511627776,"disk":549755813888},
 {"id":"storage/pve2/ceph","type":"storage","storage":"ceph","node":"pve2","shared":1,"plugintype":"rbd","maxdisk":1099511627776,"disk":549755813888},
 {"id":"storage/pve1/local","type":"storage","storage":"local","node":"pve1","shared":0,"plugintype":"dir","maxdisk":109951162777,"disk":54975581388},
 {"id":"storage/pve2/local","type":"storage","storage":"local","node":"pve2","shared":0,"plugintype":"dir","maxdisk":109951162777,"disk":1},
 {"id":"sdn/pve1/zone","type":"sdn","node":"pve1","status":"ok"}
]`

const pve1 = `{"data":{"cpuinfo":{"model":"Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz","sockets":2,"cores":32,"cpus":64,"mhz":"1000.012","hvm":"1"},
 "memory":{"total":274877906944,"used":1,"free":1},"pveversion":"pve-manager/8.1.3/b46aac3b42da5d15"}}`

func files(more map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range more {
		fsys["in/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func read(t *testing.T, more map[string]string) *inventory.Estate {
	t.Helper()
	e, err := proxmox.Read(context.Background(), []string{"in"}, proxmox.Options{FS: files(more)})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestReadGolden(t *testing.T) {
	e := read(t, map[string]string{"resources.json": resources, "pve1.json": pve1, "estate.json": `{"version":1,"hosts":[]}`, "notes.txt": "x"})
	var got bytes.Buffer
	if err := inventory.EncodeYAML(&got, e); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("testdata", "cluster.yaml"), got.Bytes())
	if _, err := inventory.Decode[inventory.Estate](&got, "estate"); err != nil {
		t.Error(err)
	}
}

// TestListsOfOneNode reads the guests of a node from lists that do not name it.
func TestListsOfOneNode(t *testing.T) {
	const nodes = `{"data":[{"node":"pve1","type":"node","status":"online","maxcpu":8,"cpu":0.1,"maxmem":34359738368,"mem":1},{"node":"pve10","type":"node","status":"online","maxcpu":8,"maxmem":34359738368}]}`
	const qemu = `[{"vmid":100,"name":"web","status":"running","cpus":2,"maxmem":2147483648,"mem":1073741824,"cpu":0.5}]`
	e := read(t, map[string]string{"nodes.json": nodes, "qemu-pve10.json": qemu, "lxc-pve1.json": strings.ReplaceAll(strings.ReplaceAll(qemu, "100", "101"), "web", "dns")})
	got := map[string]string{}
	for _, w := range e.Workloads {
		got[w.ID] = w.Host + " " + w.Labels["platform"] + " " + w.Use.CPU.Now.String()
	}
	if diff := cmp.Diff(map[string]string{"web": "pve10 qemu 50 %", "dns": "pve1 lxc 50 %"}, got); diff != "" {
		t.Errorf("guests (-want +got):\n%s", diff)
	}
}

func TestSameGuestCountsOnce(t *testing.T) {
	const qemu = `[{"vmid":100,"name":"web","status":"running","cpus":2,"maxmem":8589934592}]`
	e := read(t, map[string]string{"a-qemu.json": qemu, "resources.json": resources})
	for _, w := range e.Workloads {
		if w.Labels["vmid"] == "100" && w.Host != "pve1" {
			t.Errorf("guest %s runs on %q, want pve1, as the list of the cluster says", w.ID, w.Host)
		}
	}
	if len(e.Workloads) != 5 {
		t.Errorf("%d workloads, want 5", len(e.Workloads))
	}
}

func TestBadInput(t *testing.T) {
	tests := []struct{ name, text, code, says string }{
		{"cut off", resources[:500], "document-unreadable", ""},
		{"no list", `{"data":{"maxmem":1,"vmid":2}}`, "document-unreadable", "neither a list"},
		{"a record of another kind", strings.Replace(resources, `"maxcpu":4,`, `"maxcpu":{"x":1},`, 1), "record-unreadable", "no number"},
		{"no memory", strings.Replace(resources, `"maxmem":137438953472`, `"maxmem":0`, 1), "memory-unknown", "node pve2"},
		{"negative memory", strings.Replace(resources, `"maxmem":8589934592`, `"maxmem":-8589934592`, 1), "memory-unknown", "guest Web"},
		{"huge memory", strings.Replace(resources, `"maxmem":8589934592`, `"maxmem":1e300`, 1), "memory-unknown", "guest Web"},
		{"no vCPUs", strings.Replace(resources, `"maxcpu":4,`, ``, 1), "vcpus-unknown", "guest Web"},
		{"guest of no node", resources, "host-unknown", "pve9"},
		{"no processors", resources, "cores-unknown", "pve2"},
		{"status of nobody", pve1, "status-unjoined", "the status in a does"},
		{"escapes", strings.Replace(resources, `"name":"dns"`, `"name":"d\u001b[31mns"`, 1), "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := read(t, map[string]string{"a.json": tt.text, "z.json": strings.ReplaceAll(resources, "pve", "node")})
			found := tt.code == ""
			for _, f := range e.Findings {
				found = found || f.Code == tt.code && strings.Contains(f.What+f.At, tt.says)
			}
			if !found {
				t.Errorf("no finding %s with %q: %+v", tt.code, tt.says, e.Findings)
			}
			for _, w := range e.Workloads {
				if strings.Contains(w.Name, "\x1b") || w.Memory.MiB() < 0 {
					t.Errorf("workload %+v", w)
				}
			}
		})
	}
	_, err := proxmox.Read(context.Background(), []string{"in/a.json"}, proxmox.Options{FS: files(map[string]string{"a.json": "[{"})})
	if err == nil || !strings.Contains(err.Error(), "in/a.json") {
		t.Errorf("error %v, want one that names the file", err)
	}
}

func TestRecognise(t *testing.T) {
	tests := map[string]bool{
		resources: true, pve1: true, resources[:300]: true, "\ufeff" + resources: true,
		`{"version":1,"hosts":[{"id":"a"}]}`: false, `{"deviceid":"x","content":{"hardware":{}}}`: false, "": false, "vmid": false,
	}
	for text, want := range tests {
		if got := proxmox.Recognise([]byte(text), "a.json"); got != want {
			t.Errorf("Recognise(%.40q) = %v, want %v", text, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(resources))
	f.Add([]byte(pve1))
	f.Add([]byte(`[{"vmid":"1e9","name":"*?","maxmem":"12"},{"type":"storage"},{"type":"node"},null,{"vmid":true}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := proxmox.Read(context.Background(), []string{"in/a.json"}, proxmox.Options{FS: files(map[string]string{"a.json": string(text)})})
		if err != nil {
			return
		}
		hosts, seen := map[string]bool{"": true}, map[string]bool{}
		for _, h := range e.Hosts {
			hosts[h.ID] = true
		}
		for _, w := range e.Workloads {
			if seen[w.ID] || !hosts[w.Host] || w.Name != inventory.CleanText(w.Name) {
				t.Errorf("workload %+v", w)
			}
			seen[w.ID] = true
		}
	})
}
