package vsphere

import (
	"fmt"
	"strconv"
	"time"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// doubts adds findings on what a plan should know of a VM: what is unknown,
// and what stands in the way of a move.
func (c *collector) doubts(r record, w inventory.Workload) {
	if w.Class == inventory.Orphan {
		state := r.text("runtime.connectionState")
		c.remark(r.ref, inventory.Finding{
			Code: "vm-orphaned", Severity: inventory.Warning,
			What:   fmt.Sprintf("VM %s is %s: the server lists it, but no host has it.", w.Name, state),
			Do:     "Register it again or take it out of the inventory.",
			Values: map[string]string{"state": state},
		})
		return // nothing else about it can be trusted
	}
	if w.Class == "" && w.VCPUs == 0 {
		c.remark(r.ref, inventory.Finding{
			Code: "cores-unknown", Severity: inventory.Error, What: fmt.Sprintf("VM %s tells no number of vCPUs.", w.Name),
			Do: "Check the account's rights, or write vcpus into the estate.",
		})
	}
	if w.Class == "" && !w.Memory.Known() {
		c.remark(r.ref, inventory.Finding{
			Code: "memory-unknown", Severity: inventory.Error, What: fmt.Sprintf("VM %s tells no memory.", w.Name),
			Do: "Check the account's rights, or write its memory into the estate.",
		})
	}
	if _, seen := r.props["config.hardware.device"]; !seen && w.Class == "" {
		c.remark(r.ref, inventory.Finding{
			Code: "pins-unknown", Severity: inventory.Warning,
			What: fmt.Sprintf("VM %s does not show its devices: whether one of them, or a local disk, keeps it where it is, is unknown.", w.Name),
			Do:   "Give the account the role Read-only on it.",
		})
	}
	c.snapshots(r, w)
	c.limits(r, w)
}

// snapshots says how many snapshots a VM has: each slows a move down and grows
// on the datastore.
func (c *collector) snapshots(r record, w inventory.Workload) {
	trees, ok := value[types.ArrayOfVirtualMachineSnapshotTree](r, "snapshot.rootSnapshotList")
	if !ok {
		return
	}
	n, oldest := 0, time.Time{}
	for queue := trees.VirtualMachineSnapshotTree; len(queue) > 0; {
		next := queue[0]
		queue = append(queue[1:], next.ChildSnapshotList...)
		n++
		if oldest.IsZero() || next.CreateTime.Before(oldest) {
			oldest = next.CreateTime
		}
	}
	if n == 0 {
		return
	}
	day := inventory.MakeDate(oldest.UTC()).String()
	c.remark(r.ref, inventory.Finding{
		Code: "snapshot", Severity: inventory.Note,
		What:   fmt.Sprintf("VM %s has %d snapshots, the oldest of %s.", w.Name, n, day),
		Do:     "Remove the snapshots that nobody needs before it is moved.",
		Values: map[string]string{"count": strconv.Itoa(n), "oldest": day},
	})
}

// limits says where a VM gets less than it has on paper, and where it needs
// cores of its own.
func (c *collector) limits(r record, w inventory.Workload) {
	if v, ok := r.number("config.cpuAllocation.limit"); ok && v >= 0 {
		c.limit(r.ref, w, "CPU", inventory.MHz(float64(v)).String())
	}
	// A limit at or above the memory allocated limits nothing.
	if v, ok := r.number("config.memoryAllocation.limit"); ok && v >= 0 && float64(v) < w.Memory.MiB() {
		c.limit(r.ref, w, "memory", inventory.MiB(float64(v)).String())
	}
	if r.rawText("config.latencySensitivity.level") == "high" {
		c.remark(r.ref, inventory.Finding{
			Code: "latency-sensitive", Severity: inventory.Note,
			What: fmt.Sprintf("VM %s is set to latency sensitivity \"high\": it wants cores of its own.", w.Name),
			Do:   "Do not overcommit the cores of its host.",
		})
	}
}

func (c *collector) limit(ref reference, w inventory.Workload, what, limit string) {
	c.remark(ref, inventory.Finding{
		Code: "limit-set", Severity: inventory.Note,
		What:   fmt.Sprintf("VM %s has a %s limit of %s: what it was seen to use may be less than what it needs.", w.Name, what, limit),
		Do:     "Find out whether the limit is still wanted.",
		Values: map[string]string{"resource": what, "limit": limit},
	})
}
