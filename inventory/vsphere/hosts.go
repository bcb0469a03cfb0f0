package vsphere

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// hostPaths are the properties of a host that matter here. `hardware` as a
// whole is left out: its list of PCI devices costs more than all else. Its few
// leaves stand in where the summary has not come yet.
var hostPaths = []string{
	"name", "parent",
	"summary.hardware.vendor", "summary.hardware.model", "summary.hardware.uuid", "summary.hardware.cpuModel",
	"summary.hardware.cpuMhz", "summary.hardware.numCpuPkgs", "summary.hardware.numCpuCores", "summary.hardware.numCpuThreads",
	"summary.hardware.memorySize", "summary.hardware.otherIdentifyingInfo",
	"hardware.systemInfo.serialNumber", "hardware.systemInfo.vendor", "hardware.systemInfo.model", "hardware.systemInfo.uuid",
	"hardware.cpuInfo.numCpuPackages", "hardware.cpuInfo.numCpuCores", "hardware.cpuInfo.numCpuThreads", "hardware.cpuInfo.hz", "hardware.memorySize",
	"summary.quickStats.overallCpuUsage", "summary.quickStats.overallMemoryUsage",
	"summary.currentEVCModeKey", "summary.maxEVCModeKey",
	"runtime.connectionState", "runtime.powerState", "runtime.inMaintenanceMode",
	"config.network.pnic", "config.product.fullName", "config.powerSystemInfo.currentPolicy.shortName",
}

// hostRecord is a host that is to be put in a chassis and given an ID.
type hostRecord struct {
	ref       reference
	host      inventory.Host
	enclosure string // serial of the enclosure, "" when the host tells none
}

func (c *collector) readHosts(ctx context.Context) error {
	var found []hostRecord
	n, err := c.each(ctx, c.query("HostSystem", "hosts", hostPaths...), func(r record) {
		found = append(found, c.host(r))
	})
	if err != nil {
		return err
	}
	c.counts["hosts"] = n
	names := make([]named, len(found))
	for i, h := range found {
		names[i] = named{h.ref, h.host.Name}
	}
	identify(names, c.ids)
	for i := range found {
		found[i].host.ID = c.ids[found[i].ref]
	}
	slices.SortFunc(found, func(a, b hostRecord) int { return strings.Compare(a.host.ID, b.host.ID) })
	c.makeChassis(found)
	for _, h := range found {
		c.estate.Hosts = append(c.estate.Hosts, h.host)
	}
	return nil
}

func (c *collector) host(r record) hostRecord {
	parent, _ := r.to("parent")
	c.parents[r.ref] = parent
	serials := serialsOf(r)
	h := inventory.Host{
		Name: r.name(), Role: inventory.Hypervisor, State: hostState(r), Site: c.siteOf(parent),
		Make:   firstText(r, "summary.hardware.vendor", "hardware.systemInfo.vendor"),
		Model:  firstText(r, "summary.hardware.model", "hardware.systemInfo.model"),
		Serial: serials.own, UUID: inventory.NormaliseUUID(firstText(r, "summary.hardware.uuid", "hardware.systemInfo.uuid")),
		OS: r.text("config.product.fullName"), CPU: hostCPU(r), From: origin(r.ref),
	}
	h.Labels = c.hostLabels(r, h.Site)
	ports, _ := value[types.ArrayOfPhysicalNic](r, "config.network.pnic")
	for _, p := range ports.PhysicalNic {
		h.MACs = append(h.MACs, p.Mac)
	}
	h.MACs = inventory.OwnMACs(h.MACs, false)
	c.fillFromModel(r.ref, &h)
	if bytes := firstPositive(r, "summary.hardware.memorySize", "hardware.memorySize"); bytes > 0 {
		h.Memory = bytesDown(bytes)
	} else {
		c.remark(r.ref, inventory.Finding{
			Code: "memory-unknown", Severity: inventory.Error,
			What: fmt.Sprintf("Host %s tells no memory, so nothing can be placed on it.", h.Name),
			Do:   "Connect the host again, or write its memory into the estate.",
		})
	}
	if h.CPU.Cores == 0 {
		c.remark(r.ref, inventory.Finding{
			Code: "cores-unknown", Severity: inventory.Error,
			What: fmt.Sprintf("Host %s tells no number of cores, so nothing can be placed on it.", h.Name),
			Do:   "Connect the host again, or write its cores into the estate.",
		})
	}
	if !h.CPU.Clock.Known() {
		c.remark(r.ref, inventory.Finding{
			Code: "clock-unknown", Severity: inventory.Warning,
			What: fmt.Sprintf("Host %s tells no clock, and its processor is not in the table of models: what it can do is unknown.", h.Name),
			Do:   "Write its clock into the estate.",
		})
	}
	c.hostUse(r, &h)
	return hostRecord{ref: r.ref, host: h, enclosure: serials.enclosure}
}

// hostState is the worst of what the host says. Standby counts as off.
func hostState(r record) inventory.HostState {
	switch {
	case r.rawText("runtime.powerState") == string(types.HostSystemPowerStateStandBy),
		r.rawText("runtime.powerState") == string(types.HostSystemPowerStatePoweredOff):
		return inventory.HostOff
	case isOneOf(r.rawText("runtime.connectionState"), "disconnected", "notResponding"):
		return inventory.HostDisconnected
	case r.flag("runtime.inMaintenanceMode"):
		return inventory.HostMaintenance
	}
	return inventory.HostOn
}

func isOneOf(s string, words ...string) bool { return slices.Contains(words, s) }

// hostUse fills what the host uses now: overallCpuUsage in MHz,
// overallMemoryUsage in MiB. A running host uses some memory, so 0 there means
// that the figures have not come yet; those of a host that is not connected
// are old.
func (c *collector) hostUse(r record, h *inventory.Host) {
	mib := r.positive("summary.quickStats.overallMemoryUsage")
	switch {
	case h.State == inventory.HostDisconnected:
		c.remark(r.ref, inventory.Finding{
			Code: "host-disconnected", Severity: inventory.Warning,
			What: fmt.Sprintf("Host %s is not connected: its figures may be old, and its use is left unknown.", h.Name),
			Do:   "Connect the host again and collect once more, or leave it out of the plan.",
		})
		return
	case h.State == inventory.HostOff || mib == 0:
		return
	}
	h.Use.Memory.Now = inventory.MiBLevel(mib)
	h.Use.CPU.Now = inventory.MHzLevel(r.positive("summary.quickStats.overallCpuUsage"))
}
