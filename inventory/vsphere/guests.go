package vsphere

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// guestPaths are the properties of a VM that matter here. A VM that its host
// lost has no `config`; the copy in `summary.config` stands in.
var guestPaths = []string{
	"name", "parent", "resourcePool", "datastore", "snapshot.rootSnapshotList", "customValue",
	"config.uuid", "config.template", "config.guestFullName", "config.annotation", "config.managedBy", "config.ftInfo",
	"config.hardware.numCPU", "config.hardware.memoryMB", "config.hardware.device", "config.files.vmPathName",
	"config.cpuAllocation.reservation", "config.cpuAllocation.limit",
	"config.memoryAllocation.reservation", "config.memoryAllocation.limit",
	"config.memoryReservationLockedToMax", "config.latencySensitivity.level",
	"runtime.host", "runtime.powerState", "runtime.connectionState",
	"summary.config.template", "summary.config.numCpu", "summary.config.memorySizeMB", "summary.config.guestFullName",
	"summary.quickStats.overallCpuUsage", "summary.quickStats.hostMemoryUsage",
	"summary.storage.committed", "summary.storage.uncommitted",
	"guest.guestFullName",
}

// guest is a VM that is to get an ID.
type guest struct {
	ref  reference
	work inventory.Workload
}

// twins are a fault-tolerant VM and its shadow.
type twins struct {
	primary reference
	shadows []reference
}

func (c *collector) readGuests(ctx context.Context) error {
	n, err := c.each(ctx, c.query("VirtualMachine", "VMs", guestPaths...), func(r record) {
		c.guests = append(c.guests, guest{r.ref, c.guest(r)})
	})
	if err != nil {
		return err
	}
	c.counts["vms"] = n
	names := make([]named, len(c.guests))
	for i, g := range c.guests {
		names[i] = named{g.ref, g.work.Name}
	}
	identify(names, c.ids)
	slices.SortFunc(c.guests, func(a, b guest) int { return strings.Compare(c.ids[a.ref], c.ids[b.ref]) })
	c.estate.Workloads = make([]inventory.Workload, len(c.guests))
	for i, g := range c.guests {
		g.work.ID = c.ids[g.ref]
		c.estate.Workloads[i] = g.work
	}
	c.guests = nil
	return nil
}

func (c *collector) guest(r record) inventory.Workload {
	w := inventory.Workload{
		Name: r.name(), Kind: inventory.VM, State: guestState(r), Class: guestClass(r),
		OS:     firstText(r, "guest.guestFullName", "config.guestFullName", "summary.config.guestFullName"),
		UUID:   inventory.NormaliseUUID(r.rawText("config.uuid")),
		VCPUs:  int(firstPositive(r, "config.hardware.numCPU", "summary.config.numCpu")),
		Labels: c.guestLabels(r), From: origin(r.ref),
	}
	if mib := firstPositive(r, "config.hardware.memoryMB", "summary.config.memorySizeMB"); mib > 0 {
		w.Memory = inventory.MiB(mib)
	}
	c.place(r, &w)
	c.allocation(r, &w)
	c.storage(r, &w)
	guestUse(r, &w)
	c.pins(r, &w)
	w.MACs = cards(r)
	c.doubts(r, w)
	return w
}

// cards are the addresses of the VM's network cards.
func cards(r record) []string {
	var raw []string
	for _, d := range devices(r) {
		if card, ok := d.(types.BaseVirtualEthernetCard); ok {
			raw = append(raw, card.GetVirtualEthernetCard().MacAddress)
		}
	}
	return inventory.OwnMACs(raw, true)
}

// place fills where the VM runs: host, cluster, resource pool.
func (c *collector) place(r record, w *inventory.Workload) {
	if host, ok := r.to("runtime.host"); ok {
		w.Host = c.ids[host]
		w.Cluster = c.ids[c.parents[host]]
		if w.Host == "" {
			c.remark(r.ref, inventory.Finding{
				Code: "host-unknown", Severity: inventory.Warning,
				What:   fmt.Sprintf("VM %s runs on a host (%s) that the account does not see.", w.Name, at(host)),
				Do:     "Give the account the role Read-only at the top of the inventory, with propagation.",
				Values: map[string]string{"host": at(host)},
			})
		}
	}
	if pool, ok := r.to("resourcePool"); ok {
		w.Pool = c.ids[pool]
		if w.Cluster == "" {
			w.Cluster = c.ids[c.parents[pool]]
		}
	}
}

func guestState(r record) inventory.WorkloadState {
	if r.flag("config.template") || r.flag("summary.config.template") {
		return inventory.Template
	}
	switch r.rawText("runtime.powerState") {
	case string(types.VirtualMachinePowerStatePoweredOff):
		return inventory.Off
	case string(types.VirtualMachinePowerStateSuspended):
		return inventory.Suspended
	}
	return inventory.On
}

// guestClass tells what is no guest of its own: the platform's own agents
// (vCLS and what the ESX Agent Manager runs), the placeholders of Site
// Recovery Manager (its test VMs are real), and what no host knows.
func guestClass(r record) inventory.Class {
	managed, _ := value[types.ManagedByInfo](r, "config.managedBy")
	switch {
	case strings.HasPrefix(r.rawText("name"), "vCLS"), managed.ExtensionKey == "com.vmware.vim.eam":
		return inventory.Agent
	case strings.HasPrefix(managed.ExtensionKey, "com.vmware.vcDr") && managed.Type != "testVm":
		return inventory.Placeholder
	case isOneOf(r.rawText("runtime.connectionState"), "orphaned", "inaccessible", "invalid"):
		return inventory.Orphan
	}
	return ""
}

// allocation fills what the hypervisor guarantees, in MHz and MB (of 2²⁰
// bytes). Memory locked to its maximum is guaranteed whole.
func (c *collector) allocation(r record, w *inventory.Workload) {
	if v := r.amount("config.cpuAllocation.reservation"); v > 0 {
		w.CPUReservation = inventory.MHz(v)
	}
	if v := r.amount("config.memoryAllocation.reservation"); v > 0 {
		w.MemoryReservation = inventory.MiB(v)
	}
	if r.flag("config.memoryReservationLockedToMax") && w.Memory.Known() {
		w.MemoryReservation = w.Memory
	}
}

// guestUse fills what the VM uses now: CPU in MHz, and the host memory behind
// it in MiB (consumed, overhead included). Active memory is no measure of
// need: it samples recent minutes only. A running VM has some memory, so 0
// means that the figures have not come; a VM whose host is away has old ones.
func guestUse(r record, w *inventory.Workload) {
	mib := r.positive("summary.quickStats.hostMemoryUsage")
	if w.State != inventory.On || mib == 0 || !isOneOf(r.rawText("runtime.connectionState"), "connected", "") {
		return
	}
	w.Use.Memory.Now = inventory.MiBLevel(mib)
	w.Use.CPU.Now = inventory.MHzLevel(r.positive("summary.quickStats.overallCpuUsage"))
}

func firstText(r record, paths ...string) string {
	for _, p := range paths {
		if text := r.text(p); text != "" {
			return text
		}
	}
	return ""
}

func firstPositive(r record, paths ...string) float64 {
	for _, p := range paths {
		if v := r.positive(p); v > 0 {
			return v
		}
	}
	return 0
}
