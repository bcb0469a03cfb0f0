package rvtools_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"sobre/inventory/rvtools"

	"github.com/xuri/excelize/v2"
)

// Headers of RVTools 4.7, so that sheets are as wide as real ones.
const (
	infoHeader = `VM|Powerstate|Template|SRM Placeholder|Config status|DNS Name|Connection state|Guest state|Heartbeat|Consolidation Needed|PowerOn|Suspended To Memory|Suspend time|Suspend Interval|Creation date|Change Version|CPUs|Overall Cpu Readiness|Memory|Active Memory|NICs|Disks|Total disk capacity MiB|Fixed Passthru HotPlug|min Required EVC Mode Key|Latency Sensitivity|Op Notification Timeout|EnableUUID|CBT|Primary IP Address|Network #1|Network #2|Network #3|Network #4|Network #5|Network #6|Network #7|Network #8|Num Monitors|Video Ram KiB|Resource pool|Folder ID|Folder|vApp|DAS protection|FT State|FT Role|FT Latency|FT Bandwidth|FT Sec. Latency|Vm Failover In Progress|Provisioned MiB|In Use MiB|Unshared MiB|HA Restart Priority|HA Isolation Response|HA VM Monitoring|Cluster rule(s)|Cluster rule name(s)|Boot Required|Boot delay|Boot retry delay|Boot retry enabled|Boot BIOS setup|Reboot PowerOff|EFI Secure boot|Firmware|HW version|HW upgrade status|HW upgrade policy|HW target|Path|Log directory|Snapshot directory|Suspend directory|Annotation|owner|application|environment|Datacenter|Cluster|Host|OS according to the configuration file|OS according to the VMware Tools|Customization Info|Guest Detailed Data|VM ID|SMBIOS UUID|VM UUID|VI SDK Server type|VI SDK API Version|VI SDK Server|VI SDK UUID`
	placeTail  = `|Annotation|owner|Datacenter|Cluster|Host|Folder|OS according to the configuration file|OS according to the VMware Tools|VM ID|VM UUID|VI SDK Server|VI SDK UUID`
	cpuHeader  = `VM|Powerstate|Template|SRM Placeholder|CPUs|Sockets|Cores p/s|Max|Overall|Level|Shares|Reservation|Entitlement|DRS Entitlement|Limit|Hot Add|Hot Remove|Numa Hotadd Exposed` + placeTail
	memHeader  = `VM|Powerstate|Template|SRM Placeholder|Size MiB|Memory Reservation Locked To Max|Overhead|Max|Consumed|Consumed Overhead|Private|Shared|Swapped|Ballooned|Active|Entitlement|DRS Entitlement|Level|Shares|Reservation|Limit|Hot Add` + placeTail
	diskHeader = `VM|Powerstate|Template|SRM Placeholder|Disk|Disk Key|Disk UUID|Disk Path|Capacity MiB|Raw|Disk Mode|Sharing mode|Thin|Eagerly Scrub|Split|Write Through|Level|Shares|Reservation|Limit|Controller|Label|SCSI Unit #|Unit #|Shared Bus|Path|Raw LUN ID|Raw Comp. Mode` + placeTail
	partHeader = `VM|Powerstate|Template|SRM Placeholder|Disk Key|Disk|Capacity MiB|Consumed MiB|Free MiB|Free %` + placeTail
	hostHeader = `Host|Datacenter|Cluster|Config status|Compliance Check State|in Maintenance Mode|in Quarantine Mode|vSAN Fault Domain Name|CPU Model|Speed|HT Available|HT Active|# CPU|Cores per CPU|# Cores|CPU usage %|# Memory|Memory Tiering Type|Memory usage %|Console|# NICs|# HBAs|# VMs total|# VMs|VMs per Core|# vCPUs|vCPUs per Core|vRAM|Host Power Policy|ESX Version|Vendor|Model|Serial number|UUID|Object ID|VI SDK Server|VI SDK UUID`
)

// record fills a row of a sheet: values given by column name, something
// ordinary of a kind in the others.
func wideRow(header []string, values map[string]any, n int) []any {
	row := make([]any, len(header))
	for i, name := range header {
		v, ok := values[name]
		switch {
		case ok:
			row[i] = v
		case i%5 == 0:
			row[i] = n % 977
		case i%5 == 3:
			// empty
		default:
			row[i] = "False"
		}
	}
	return row
}

// largeBook writes a workbook of that many VMs, 33 of them a host, with two
// disks and three partitions each.
func largeBook(t testing.TB, path string, vms int) {
	w := newBook(t, path)
	hosts := max(vms/33, 1)
	table := func(name, header string, rows int, values func(n int) map[string]any) {
		names := strings.Split(header, "|")
		w.sheet(name)
		head := make([]any, len(names))
		for i := range names {
			head[i] = names[i]
		}
		w.put(head...)
		for n := range rows {
			w.put(wideRow(names, values(n), n)...)
		}
	}
	vm := func(n int) map[string]any {
		host := n % hosts
		return map[string]any{
			"VM": fmt.Sprintf("srv-app-%05d", n), "Powerstate": "poweredOn", "Datacenter": "dc-1", "Cluster": fmt.Sprintf("cl-%d", host/32),
			"Host": fmt.Sprintf("esx-%04d.example.org", host), "VM ID": fmt.Sprintf("vm-%d", 1000+n), "VM UUID": fmt.Sprintf("500b0000-0000-0000-0000-%012d", n),
			"VI SDK Server": "vc.example.org", "VI SDK UUID": "5b1f0000-aaaa-bbbb-cccc-000000000001", "owner": fmt.Sprintf("team-%d", n%40),
			"Folder": fmt.Sprintf("/dc-1/vm/app-%d", n%200), "Annotation": fmt.Sprintf("application %d, contact 0389%06d", n%300, n),
			"OS according to the configuration file": "Microsoft Windows Server 2019 (64-bit)", "OS according to the VMware Tools": "Microsoft Windows Server 2019 (64-bit)",
		}
	}
	with := func(n int, more map[string]any) map[string]any {
		m := vm(n)
		for k, v := range more {
			m[k] = v
		}
		return m
	}
	table("vInfo", infoHeader, vms, func(n int) map[string]any {
		return with(n, map[string]any{
			"CPUs": 1 + n%8, "Memory": 1024 * (1 + n%32), "Total disk capacity MiB": 40960 + n, "Provisioned MiB": 50000 + n, "In Use MiB": 20000 + n%9000,
			"DNS Name": fmt.Sprintf("srv-app-%05d.example.org", n), "Primary IP Address": fmt.Sprintf("10.%d.%d.%d", n>>16, n>>8&255, n&255),
			"Resource pool": fmt.Sprintf("/dc-1/cl-%d/Resources", n%hosts/32), "Path": fmt.Sprintf("[ds-%d] srv-app-%05d/srv-app-%05d.vmx", n%300, n, n),
			"Log directory": fmt.Sprintf("[ds-%d] srv-app-%05d/", n%300, n), "Snapshot directory": fmt.Sprintf("[ds-%d] srv-app-%05d/", n%300, n),
			"application": fmt.Sprintf("app-%d", n%300), "environment": "production", "SMBIOS UUID": fmt.Sprintf("42000000-0000-0000-0000-%012d", n),
			"Connection state": "connected", "Latency Sensitivity": "normal", "FT State": "notConfigured", "Cluster rule(s)": nil, "Cluster rule name(s)": nil,
		})
	})
	table("vCPU", cpuHeader, vms, func(n int) map[string]any {
		return with(n, map[string]any{"CPUs": 1 + n%8, "Overall": n % 3000, "Reservation": 0, "Limit": -1})
	})
	table("vMemory", memHeader, vms, func(n int) map[string]any {
		return with(n, map[string]any{"Size MiB": 1024 * (1 + n%32), "Consumed": 700 * (1 + n%32), "Active": 100, "Reservation": 0, "Limit": -1})
	})
	table("vDisk", diskHeader, 2*vms, func(n int) map[string]any {
		return with(n/2, map[string]any{
			"Disk": fmt.Sprintf("Hard disk %d", 1+n%2), "Disk UUID": fmt.Sprintf("6000C291-0000-0000-0000-%012d", n), "Capacity MiB": 20480, "Raw": "False",
			"Sharing mode": "sharingNone", "Shared Bus": "noSharing", "Path": fmt.Sprintf("[ds-%d] srv-app-%05d/disk-%d.vmdk", n/2%300, n/2, n%2), "Disk Path": nil,
		})
	})
	table("vPartition", partHeader, 3*vms, func(n int) map[string]any {
		return with(n/3, map[string]any{"Disk": fmt.Sprintf("%c:\\", 'C'+n%3), "Capacity MiB": 20000, "Consumed MiB": 9000, "Free MiB": 11000})
	})
	table("vHost", hostHeader, hosts, func(n int) map[string]any {
		return map[string]any{
			"Host": fmt.Sprintf("esx-%04d.example.org", n), "Datacenter": "dc-1", "Cluster": fmt.Sprintf("cl-%d", n/32), "in Maintenance Mode": "False", "CPU Model": "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz",
			"Speed": 2095, "HT Active": "True", "# CPU": 2, "Cores per CPU": 16, "# Cores": 32, "CPU usage %": n % 80, "# Memory": 523914, "Memory usage %": n % 90,
			"Vendor": "HPE", "Model": "ProLiant DL380 Gen10", "Serial number": fmt.Sprintf("CZ%08d", n), "UUID": fmt.Sprintf("30000000-0000-0000-0000-%012d", n), "VI SDK Server": "vc.example.org",
		}
	})
	w.close(t)
}

// BenchmarkRead reads a workbook of 50,000 VMs. The measure to hold: under 30 s
// and 300 MB.
func BenchmarkRead(b *testing.B) {
	path := filepath.Join(b.TempDir(), "large.xlsx")
	largeBook(b, path, 50_000)
	for b.Loop() {
		stop := watchMemory(b)
		e, err := rvtools.Read(context.Background(), []string{path}, rvtools.Options{})
		if err != nil {
			b.Fatal(err)
		}
		stop()
		if len(e.Workloads) != 50_000 {
			b.Fatalf("%d workloads", len(e.Workloads))
		}
	}
}

// BenchmarkExcelize reads all cells of the vInfo sheet of 5,000 VMs alone, as
// the library does it, to show what the own reader is for.
func BenchmarkExcelize(b *testing.B) {
	path := filepath.Join(b.TempDir(), "large.xlsx")
	largeBook(b, path, 5_000)
	cells := 0
	for b.Loop() {
		f, err := excelize.OpenFile(path, excelize.Options{UnzipXMLSizeLimit: 16 << 20})
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("vInfo")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			columns, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				b.Fatal(err)
			}
			cells += len(columns)
		}
		f.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(cells), "ns/cell")
}

// watchMemory reports the most memory that the Go runtime held.
func watchMemory(b *testing.B) (stop func()) {
	done, ended := make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		peak := uint64(0)
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64()-sample[1].Value.Uint64())
			select {
			case <-done:
				b.ReportMetric(float64(peak)/1e6, "peak-MB")
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() { close(done); <-ended }
}
