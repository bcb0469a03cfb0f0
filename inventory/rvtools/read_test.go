package rvtools_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sobre/internal/golden"
	"sobre/inventory"
	"sobre/inventory/rvtools"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
)

// town is a small export with one of everything that matters.
func town() sheets {
	const tail = "vc1.town.example"
	return sheets{
		"vMetaData": {{"RVTools major version", "RVTools version", "xlsx creation datetime", "Server"}, {4.7, "4.7.1.4", 46347.4, tail}},
		"vInfo": {
			{"VM", "Powerstate", "Template", "SRM Placeholder", "Connection state", "CPUs", "Memory", "Total disk capacity MiB", "Latency Sensitivity", "Network #1", "Resource pool", "Folder", "FT State", "Provisioned MiB", "In Use MiB", "HA Restart Priority", "Cluster rule(s)", "Cluster rule name(s)", "Path", "Annotation", "owner", "lot", "Datacenter", "Cluster", "Host", "OS according to the configuration file", "OS according to the VMware Tools", "VM ID", "SMBIOS UUID", "VM UUID", "VI SDK Server"},
			{"Mairie-Web", "poweredOn", "False", "False", "connected", 2, 4096, 40960, "normal", "VLAN10", "/Mulhouse/Prod/Resources/Web", "/Mulhouse/vm/Web", "notConfigured", 45056, 20480, "high", "ClusterAntiAffinityRuleSpec", "web apart", "[san-1] Mairie-Web/Mairie-Web.vmx", "accueil; voir M. Muller", "DSI", "1", "Mulhouse", "Prod", "esx1.town.example", "Debian GNU/Linux 11 (64-bit)", "Debian GNU/Linux 12 (64-bit)", "vm-11", "4211BABD-0000-1111-2222-333344445501", "5011babd-0000-1111-2222-333344445501", tail},
			{"Mairie-Web2", "poweredOn", "False", "False", "connected", 2, 4096, 40960, "normal", "VLAN10", "/Mulhouse/Prod/Resources/Web", "/Mulhouse/vm/Web", "notConfigured", 45056, 20480, "medium", "ClusterAntiAffinityRuleSpec", "web apart", "[san-1] Mairie-Web2/Mairie-Web2.vmx", nil, "DSI", nil, "Mulhouse", "Prod", "esx2", "Debian GNU/Linux 11 (64-bit)", nil, "vm-12", "4211babd-0000-1111-2222-333344445502", nil, tail},
			{"Oracle", "poweredOn", "False", "False", "connected", 8, 65536, 819200, "high", "VLAN20", "/Mulhouse/Prod/Resources", "/Mulhouse/vm", "notConfigured", 884736, 600000.5, "medium", nil, nil, "[local-3] Oracle/Oracle.vmx", nil, "Finances", nil, "Mulhouse", "Prod", "bovm-esx03", "Red Hat Enterprise Linux 8 (64-bit)", nil, "vm-13", "4211babd-0000-1111-2222-333344445503", nil, tail},
			{"Modele", "poweredOff", "True", "False", "connected", 1, 2048, 20480, "normal", nil, nil, "/Mulhouse/vm", "notConfigured", 20480, 5000, "medium", nil, nil, "[san-1] Modele/Modele.vmx", nil, nil, nil, "Mulhouse", "Prod", "esx1.town.example", "Microsoft Windows Server 2019 (64-bit)", nil, "vm-14", nil, nil, tail},
			{"Secours", "poweredOff", "False", "True", "connected", 2, 8192, 0, "normal", nil, nil, "/Mulhouse/vm", "notConfigured", 0, 0, "medium", nil, nil, nil, nil, nil, nil, "Mulhouse", "Prod", "esx1.town.example", "Microsoft Windows Server 2019 (64-bit)", nil, "vm-15", nil, nil, tail},
			{"vCLS-4211babd", "poweredOn", "False", "False", "connected", 1, 128, 2048, "normal", nil, nil, "/Mulhouse/vm/vCLS", "notConfigured", 2048, 500, "medium", nil, nil, nil, nil, nil, nil, "Mulhouse", "Prod", "esx2", "Other 3.x or later Linux (64-bit)", nil, "vm-16", nil, nil, tail},
			{"Perdu", "poweredOff", "False", "False", "orphaned", 1, 1024, 1024, "normal", nil, nil, "/Mulhouse/vm", "notConfigured", 1024, 10, "medium", nil, nil, nil, nil, nil, nil, "Mulhouse", "Prod", "esx9", "Other", nil, "vm-17", nil, nil, tail},
			{"Fax", "suspended", "False", "False", "connected", 1, 1024, 10240, "normal", nil, nil, "/Mulhouse/vm", "notConfigured", 10240, 900, "medium", "ClusterVmHostRuleInfo", "fax at home", "[san-1] Fax/Fax.vmx", nil, nil, nil, "Mulhouse", "Prod", "esx2", "Microsoft Windows Server 2003 (32-bit)", nil, "vm-18", "4211babd-0000-1111-2222-333344445503", nil, tail},
			{nil}, {nil, nil, "   "}, {},
		},
		"vCPU": {
			{"VM", "CPUs", "Overall", "Reservation", "Limit", "VM ID", "VI SDK Server"},
			{"Mairie-Web", 2, 350, 0, -1, "vm-11", tail},
			{"Mairie-Web2", 2, 0, 500, 2000, "vm-12", tail},
			{"Oracle", 8, 9000, 0, -1, "vm-13", tail},
			{"Modele", 1, 0, 0, -1, "vm-14", tail},
			{"Inconnu", 1, 5, 0, -1, "vm-99", tail},
		},
		"vMemory": {
			{"VM", "Size MiB", "Memory Reservation Locked To Max", "Consumed", "Active", "Reservation", "Limit", "VM ID", "VI SDK Server"},
			{"Mairie-Web", 4096, "False", 3800, 400, 0, -1, "vm-11", tail},
			{"Oracle", 65536, "True", 65600, 30000, 65536, -1, "vm-13", tail},
		},
		"vDisk": {
			{"VM", "Disk", "Capacity MiB", "Raw", "Sharing mode", "Shared Bus", "Path", "Raw LUN ID", "VM ID", "VI SDK Server"},
			{"Oracle", "Hard disk 1", 409600, "False", "sharingNone", "noSharing", "[local-3] Oracle/Oracle.vmdk", nil, "vm-13", tail},
			{"Oracle", "Hard disk 2", 204800, "True", "sharingNone", "noSharing", "[san-1] Oracle/raw.vmdk", "naa.6000", "vm-13", tail},
			{"Oracle", "Hard disk 3", 204800, "False", "sharingMultiWriter", "physicalSharing", "[san-1] Oracle/rac.vmdk", nil, "vm-13", tail},
		},
		"vUSB": {
			{"VM", "Device Node", "Device Type", "Connected", "VM ID", "VI SDK Server"},
			{"Fax", "USB xHCI controller", "controller", "True", "vm-18", tail},
			{"Fax", "USB 1", "Dongle 0x0529", "True", "vm-18", tail},
			{"Mairie-Web", "USB 1", "Dongle 0x0529", "False", "vm-11", tail},
		},
		"vCD": {
			{"VM", "Device Node", "Device Type", "Connected", "VM ID", "VI SDK Server"},
			{"Fax", "CD/DVD drive 1", "Atapi host device", "True", "vm-18", tail},
			{"Mairie-Web", "CD/DVD drive 1", "ISO [san-1] debian.iso", "True", "vm-11", tail},
			{"Mairie-Web2", "CD/DVD drive 1", "Client device", "True", "vm-12", tail},
		},
		"vSnapshot": {
			{"VM", "Name", "Date / time", "Size MiB (total)", "VM ID", "VI SDK Server"},
			{"Oracle", "before patch", 45000.5, 51200, "vm-13", tail},
			{"Oracle", "before patch 2", 45010, 1024, "vm-13", tail},
		},
		"vTools": {{"VM", "Tools", "VM ID"}, {"Mairie-Web", "toolsOk", "vm-11"}, {"Fax", "toolsNotInstalled", "vm-18"}},
		"vRP": {
			{"Resource Pool name", "Resource Pool path", "CPU limit", "CPU reservation", "Mem limit", "Mem reservation", "VI SDK Server"},
			{"Resources", "/Mulhouse/Prod/Resources", -1, 0, -1, 0, tail},
			{"Web", "/Mulhouse/Prod/Resources/Web", 8000, 1000, -1, 4096, tail},
		},
		"vCluster": {
			{"Name", "HA enabled", "Failover Level", "AdmissionControlEnabled", "DRS enabled", "DRS default VM behavior", "DPM enabled", "VI SDK Server"},
			{"Prod", "True", 1, "True", "True", "fullyAutomated", "False", tail},
		},
		"vDatastore": {
			{"Name", "Type", "Capacity MiB", "Free MiB", "# Hosts", "Hosts", "VI SDK Server"},
			{"san-1", "VMFS", 4194304, 1048576, 3, "esx1.town.example, esx2.town.example, vm-esx03.town.example", tail},
			{"local-3", "VMFS", 1048576, 200000, 1, "vm-esx03.town.example", tail},
		},
		"vHost": {
			{"Host", "Datacenter", "Cluster", "in Maintenance Mode", "CPU Model", "Speed", "HT Active", "# CPU", "Cores per CPU", "# Cores", "CPU usage %", "# Memory", "Memory usage %", "Current EVC", "Host Power Policy", "ESX Version", "Vendor", "Model", "Serial number", "UUID", "VI SDK Server"},
			{"esx1.town.example", "Mulhouse", "Prod", "False", "Intel(R) Xeon(R) CPU E5-2680 0 @ 2.70GHz", 2700, "True", 2, 8, 16, 7, 262098, 41, "intel-sandybridge", "dynamic", "VMware ESXi 6.5.0 build-1", "HP", "ProLiant BL460c Gen8", "CZ1", "30000000-0000-1111-2222-333344445501", tail},
			{"esx2.town.example", "Mulhouse", "Prod", "True", "Intel(R) Xeon(R) CPU E5-2680 0 @ 2.70GHz", 2700, "False", 2, 8, 16, "0%", 262098, 3, "intel-sandybridge", nil, "VMware ESXi 6.5.0 build-1", "HP", "ProLiant BL460c Gen8", "CZ2", nil, tail},
			{"vm-esx03.town.example", "Mulhouse", "Prod", "False", "Intel(R) Xeon(R) CPU E5-2680 0 @ 2.70GHz", nil, "True", 2, nil, nil, nil, nil, nil, "intel-sandybridge", nil, nil, "HP", "ProLiant DL380 Gen8", "To Be Filled By O.E.M.", nil, tail},
		},
	}
}

func read(t *testing.T, paths ...string) *inventory.Estate {
	t.Helper()
	e, err := rvtools.Read(context.Background(), paths, rvtools.Options{})
	check(t, err)
	return e
}

func TestReadGolden(t *testing.T) {
	e := read(t, town().book(t, filepath.Join(t.TempDir(), "town.xlsx")))
	for i := range e.Sources {
		if len(e.Sources[i].SHA256) != 64 {
			t.Errorf("SHA256 %q", e.Sources[i].SHA256)
		}
		e.Sources[i].Path, e.Sources[i].SHA256 = filepath.Base(e.Sources[i].Path), ""
	}
	var got bytes.Buffer
	check(t, inventory.EncodeYAML(&got, e))
	golden.Compare(t, filepath.Join("testdata", "town.yaml"), got.Bytes())
	if _, err := inventory.Decode[inventory.Estate](&got, "estate.yaml"); err != nil {
		t.Errorf("the estate cannot be read back: %v", err)
	}
}

func TestProgress(t *testing.T) {
	dir := t.TempDir()
	last, of := -1, 0
	progress := func(done, total int) {
		if done < last || done > total {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last, of = done, total
	}
	paths := []string{town().book(t, filepath.Join(dir, "a.xlsx")), town().book(t, filepath.Join(dir, "b.xlsx"))}
	_, err := rvtools.Read(context.Background(), paths, rvtools.Options{Progress: progress})
	check(t, err)
	if last != of || of == 0 {
		t.Errorf("ended at %d of %d", last, of)
	}
}

// renamed is the export with other header names.
func (s sheets) renamed(rename func(sheet, header string) string) sheets {
	out := sheets{}
	for name, rows := range s {
		out[name] = slices.Clone(rows)
		out[name][0] = slices.Clone(rows[0])
		for i, h := range rows[0] {
			out[name][0][i] = rename(name, h.(string))
		}
	}
	return out
}

// old are the headers before 4.1, where MB stood for MiB.
func old(_, header string) string { return strings.ReplaceAll(header, "MiB", "MB") }

// internal are headers as -DBColumnNames writes them, where it is known how.
func internal(sheet, header string) string {
	names := map[string]string{
		"vInfo VM": "vInfoVMName", "vInfo SRM Placeholder": "vInfoSRMPlaceHolder", "vInfo Provisioned MiB": "vInfoProvisioned", "vInfo In Use MiB": "vInfoInUse",
		"vInfo Datacenter": "vInfoDataCenter", "vInfo OS according to the configuration file": "vInfoOS", "vInfo OS according to the VMware Tools": "vInfoOSTools",
		"vHost Host": "vHostName", "vHost Speed": "vHostCpuMhz", "vHost # CPU": "vHostNumCpu", "vHost # Cores": "vHostNumCpuCores", "vHost CPU usage %": "vHostOverallCpuUsage",
		"vHost # Memory": "vHostMemorySize", "vHost Memory usage %": "vHostOverallMemoryUsage", "vHost CPU Model": "vHostCpuModel", "vHost ESX Version": "vHostFullName",
		"vMemory VM": "vMemoryVMName", "vMemory Size MiB": "vMemorySizeMiB", "vDisk VM": "vDiskVMName",
	}
	if name, ok := names[sheet+" "+header]; ok {
		return name
	}
	if header == "owner" || header == "lot" {
		return header
	}
	return sheet + strings.ReplaceAll(header, " ", "")
}

// commas writes numbers with a decimal comma, as a French PC does.
func (s sheets) commas() sheets {
	out := sheets{}
	for name, rows := range s {
		for _, row := range rows {
			row = slices.Clone(row)
			for i, c := range row {
				switch c := c.(type) {
				case float64:
					row[i] = strings.ReplaceAll(sprint(c), ".", ",")
				case string:
					if strings.Contains(c, ";") {
						row[i] = `"` + c + `"`
					}
				}
			}
			out[name] = append(out[name], row)
		}
	}
	return out
}

func sprint(v any) string { return fmt.Sprint(v) }

// TestVersionsAgree reads one export as several versions and forms write it.
func TestVersionsAgree(t *testing.T) {
	dir := t.TempDir()
	want := read(t, town().book(t, filepath.Join(dir, "new.xlsx")))
	forms := map[string]string{
		"3.x headers":       town().renamed(old).book(t, filepath.Join(dir, "old.xlsx")),
		"internal headers":  town().renamed(internal).book(t, filepath.Join(dir, "internal.xlsx")),
		"other library":     otherBook(t, town(), filepath.Join(dir, "other.xlsx")),
		"CSV with ;":        town().commas().folder(t, filepath.Join(dir, "semicolons"), ";"),
		"CSV with tabs":     town().commas().folder(t, filepath.Join(dir, "tabs"), "\t"),
		"CSV, 3.x, with ; ": town().renamed(old).commas().folder(t, filepath.Join(dir, "old"), ";"),
	}
	for name, path := range forms {
		t.Run(name, func(t *testing.T) {
			got := read(t, path)
			ignore := cmp.Options{
				cmpopts.IgnoreFields(inventory.Estate{}, "Sources", "Findings", "Collected"),
				cmpopts.IgnoreFields(inventory.Origin{}, "At"),
				cmp.Comparer(func(a, b inventory.Level) bool { return a == b }),
				cmp.Comparer(func(a, b inventory.Size) bool { return a == b }),
				cmp.Comparer(func(a, b inventory.Frequency) bool { return a == b }),
				cmp.Comparer(func(a, b inventory.Date) bool { return a == b }),
				cmpopts.EquateComparable(inventory.Share{}, inventory.Power{}, inventory.YearlyEnergy{}, inventory.Money{}),
			}
			if diff := cmp.Diff(want, got, ignore); diff != "" {
				t.Errorf("another estate than that of the 4.x workbook (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(codes(want), codes(got)); diff != "" {
				t.Errorf("other findings (-want +got):\n%s", diff)
			}
		})
	}
}

// otherBook writes the export with excelize, which puts texts into the cells.
func otherBook(t *testing.T, s sheets, path string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for name, rows := range s {
		_, err := f.NewSheet(name)
		check(t, err)
		w, err := f.NewStreamWriter(name)
		check(t, err)
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			check(t, err)
			check(t, w.SetRow(cell, row))
		}
		check(t, w.Flush())
	}
	check(t, f.SaveAs(path))
	return path
}

// codes counts the findings by code.
func codes(e *inventory.Estate) map[string]int {
	n := map[string]int{}
	for _, f := range e.Findings {
		n[f.Code]++
	}
	return n
}

func TestSeveralExportsCountOnce(t *testing.T) {
	dir := t.TempDir()
	newer := town().book(t, filepath.Join(dir, "b-new.xlsx"))
	older := town()
	older["vMetaData"][1][2] = 46000.0
	older["vInfo"][1][6] = 1024
	older["vInfo"] = append(older["vInfo"], []any{"Disparu", "poweredOn", "False", "False", "connected", 1, 512, 100})
	path := older.book(t, filepath.Join(dir, "a-old.xlsx"))

	e := read(t, path, newer)
	back := read(t, newer, path, newer)
	if diff := cmp.Diff(yamlOf(t, e), yamlOf(t, back)); diff != "" {
		t.Errorf("the order of the paths matters (-a b, +b a):\n%s", diff)
	}
	if len(e.Hosts) != 4 || len(e.Workloads) != 9 {
		t.Errorf("%d hosts, %d workloads; want 4 and 9", len(e.Hosts), len(e.Workloads))
	}
	web := workload(t, e, "mairie-web")
	if web.Memory != inventory.MiB(4096) {
		t.Errorf("memory of mairie-web: %s, want that of the newer export", web.Memory)
	}
	if got := codes(e); got["workload-twice"] != 8 || got["host-twice"] != 3 {
		t.Errorf("findings %v", got)
	}
	if e.Collected.String() != "2026-11-21" {
		t.Errorf("collected %s", e.Collected)
	}
}

func yamlOf(t *testing.T, e *inventory.Estate) string {
	t.Helper()
	var b bytes.Buffer
	check(t, inventory.EncodeYAML(&b, e))
	return b.String()
}

func workload(t *testing.T, e *inventory.Estate, id string) inventory.Workload {
	t.Helper()
	for _, w := range e.Workloads {
		if w.ID == id {
			return w
		}
	}
	t.Fatalf("no workload %q", id)
	return inventory.Workload{}
}

// TestHostNamesJoin is about names that differ between vInfo and vHost.
func TestHostNamesJoin(t *testing.T) {
	tests := []struct {
		name   string
		vms    []string // the hosts that VMs name
		hosts  []string // those of vHost
		want   []string // the ID of the host of each VM
		finds  string
		number int
	}{
		{"exact", []string{"esx1.a.fr"}, []string{"esx1.a.fr"}, []string{"esx1"}, "host-name-matched", 0},
		{"case", []string{"ESX1"}, []string{"esx1"}, []string{"esx1"}, "host-name-matched", 0},
		{"short", []string{"esx1"}, []string{"esx1.a.fr"}, []string{"esx1"}, "host-name-matched", 1},
		{"short, other domain", []string{"esx1.b.fr"}, []string{"esx1.a.fr"}, []string{"esx1"}, "host-name-matched", 1},
		{"short is shared", []string{"esx1"}, []string{"esx1.a.fr", "esx1.b.fr"}, []string{"esx1"}, "host-unknown", 1},
		{"prefix", []string{"bovmprod3-01", "bovmsp-04.customer.com"}, []string{"vmprod3-01", "vmsp-04"}, []string{"vmprod3-01", "vmsp-04"}, "host-name-matched", 2},
		{"prefix on the other side", []string{"vmprod3-01"}, []string{"bovmprod3-01"}, []string{"bovmprod3-01"}, "host-name-matched", 1},
		{"end is too short", []string{"a-01"}, []string{"b-01", "01"}, []string{"a-01"}, "host-unknown", 1},
		{"end is shared by hosts", []string{"prod-01"}, []string{"a-prod-01", "b-prod-01"}, []string{"prod-01"}, "host-unknown", 1},
		{"end is shared by names", []string{"a-prod-01", "b-prod-01"}, []string{"prod-01"}, []string{"a-prod-01", "b-prod-01"}, "host-unknown", 2},
		{"digits do not split", []string{"110.0.0.1", "10110-esx"}, []string{"10.0.0.1", "110-esx"}, []string{"110.0.0.1", "10110-esx"}, "host-unknown", 2},
		{"an exact match is taken", []string{"prod-01", "x-prod-01"}, []string{"prod-01"}, []string{"prod-01", "x-prod-01"}, "host-unknown", 1},
		{"none", []string{"esx7"}, nil, []string{"esx7"}, "host-unknown", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := sheets{
				"vInfo": {{"VM", "Powerstate", "CPUs", "Memory", "Host"}},
				"vHost": {{"Host", "# CPU", "# Cores", "# Memory"}},
			}
			for i, h := range tt.vms {
				s["vInfo"] = append(s["vInfo"], []any{"vm" + sprint(i), "poweredOn", 1, 1024, h})
			}
			for _, h := range tt.hosts {
				s["vHost"] = append(s["vHost"], []any{h, 2, 16, 65536})
			}
			e := read(t, s.book(t, filepath.Join(t.TempDir(), "x.xlsx")))
			var got []string
			for _, w := range e.Workloads {
				got = append(got, w.Host)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("hosts of the VMs (-want +got):\n%s", diff)
			}
			if n := codes(e)[tt.finds]; n != tt.number {
				t.Errorf("%d findings %s, want %d: %v", n, tt.finds, tt.number, codes(e))
			}
			known := map[string]bool{}
			for _, h := range e.Hosts {
				known[h.ID] = true
			}
			if !known[got[0]] {
				t.Errorf("host %q is not in the estate: %v", got[0], known)
			}
		})
	}
}
